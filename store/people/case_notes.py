"""What administrators note on cases, for each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, insert, select

from store.encryption.field_cipher import FieldCipher
from store.ids import new_id
from store.people.cases import get_case
from store.tables.trust import SupportNoteRow

NOTES: Table = SupportNoteRow.metadata.tables["support_notes"]
NOTE_BODY = "support_notes.body_sealed"


@dataclass(frozen=True, slots=True)
class SupportNote:
    """What an administrator noted, in the clear."""

    author_id: str
    body: str
    noted_at: datetime


def add_note(
    connection: Connection, cipher: FieldCipher, case_id: str, author_id: str, body: str, now: datetime
) -> None:
    """Note something on a case; raises NotFoundError."""
    get_case(connection, case_id)
    note_id = new_id()
    sealed = cipher.seal(NOTE_BODY, note_id, body)
    connection.execute(
        insert(NOTES).values(note_id=note_id, case_id=case_id, author_id=author_id, body_sealed=sealed, noted_at=now)
    )


def notes_of(connection: Connection, cipher: FieldCipher, case_id: str) -> list[SupportNote]:
    """Every note on a case, the first first."""
    query = select(NOTES).where(NOTES.c.case_id == case_id).order_by(NOTES.c.note_id)
    return [
        SupportNote(row.author_id, cipher.open(NOTE_BODY, row.note_id, row.body_sealed), row.noted_at)
        for row in connection.execute(query)
    ]
