"""A person's CV file: one, sealed in pieces, so that no row is large; for those whom they apply to with it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, delete, insert, select

from engine.errors import NotFoundError
from store.encryption.field_cipher import FieldCipher, row_id_of
from store.importers.cv.formats import CvKind
from store.tables.people import CvFileRow, CvPartRow

CV_FILES: Table = CvFileRow.metadata.tables["cv_files"]
CV_PARTS: Table = CvPartRow.metadata.tables["cv_parts"]
PART = "cv_parts.part_sealed"
PART_BYTES = 48 * 1024


@dataclass(frozen=True, slots=True)
class CvFile:
    """What is known of a file without opening it."""

    kind: CvKind
    byte_count: int
    sent_at: datetime


def put_cv(
    connection: Connection, cipher: FieldCipher, seeker_id: str, kind: CvKind, content: bytes, now: datetime
) -> CvFile:
    """Keep a person's file in the place of the one before."""
    delete_cv(connection, seeker_id)
    file = CvFile(kind, len(content), now)
    values = {"seeker_id": seeker_id, "media_type": kind, "byte_count": file.byte_count, "sent_at": now}
    connection.execute(insert(CV_FILES).values(values))
    pieces = [content[start : start + PART_BYTES] for start in range(0, len(content), PART_BYTES)]
    rows = [
        {
            "seeker_id": seeker_id,
            "part_number": number,
            "part_sealed": cipher.seal(PART, row_id_of((seeker_id, number)), b64encode(piece).decode("ascii")),
        }
        for number, piece in enumerate(pieces)
    ]
    connection.execute(insert(CV_PARTS), rows)
    return file


def find_cv(connection: Connection, seeker_id: str) -> CvFile | None:
    """What is known of a person's file; None where there is none."""
    row = connection.execute(select(CV_FILES).where(CV_FILES.c.seeker_id == seeker_id)).one_or_none()
    return None if row is None else CvFile(CvKind(row.media_type), row.byte_count, row.sent_at)


def read_cv(connection: Connection, cipher: FieldCipher, seeker_id: str) -> tuple[CvFile, bytes]:
    """A person's file and its content, in the clear; raises NotFoundError where there is none."""
    file = find_cv(connection, seeker_id)
    if file is None:
        raise NotFoundError("there is no CV file", field="cv")
    query = select(CV_PARTS).where(CV_PARTS.c.seeker_id == seeker_id).order_by(CV_PARTS.c.part_number)
    pieces = [
        b64decode(cipher.open(PART, row_id_of((seeker_id, row.part_number)), row.part_sealed))
        for row in connection.execute(query)
    ]
    return file, b"".join(pieces)


def delete_cv(connection: Connection, seeker_id: str) -> bool:
    """Forget a person's file; False where there is none."""
    connection.execute(delete(CV_PARTS).where(CV_PARTS.c.seeker_id == seeker_id))
    return connection.execute(delete(CV_FILES).where(CV_FILES.c.seeker_id == seeker_id)).rowcount > 0
