"""Messages about an application, sealed; and the templates of an organisation, with words to fill in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from engine.errors import ConflictError, InvalidInputError, NotFoundError
from store.encryption.field_cipher import FieldCipher
from store.hiring.applications import StepTaker
from store.ids import new_id
from store.requests.quotas import TEMPLATES as MOST_TEMPLATES
from store.requests.quotas import require_room
from store.tables.hiring import MessageRow, MessageTemplateRow

MESSAGES: Table = MessageRow.metadata.tables["messages"]
TEMPLATES: Table = MessageTemplateRow.metadata.tables["message_templates"]
BODY = "messages.body_sealed"
PLACEHOLDERS = frozenset({"name", "job", "employer"})


@dataclass(frozen=True, slots=True)
class Message:
    """A message in the clear."""

    message_id: str
    sent_by: StepTaker
    text: str
    sent_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Template:
    """Words that an organisation sends often."""

    template_id: str
    name: str
    body: str


def send_message(
    connection: Connection, cipher: FieldCipher, application_id: str, sent_by: StepTaker, text: str, now: datetime
) -> str:
    """The id of a new message."""
    message_id = new_id()
    connection.execute(
        insert(MESSAGES).values(
            message_id=message_id,
            application_id=application_id,
            sent_by=sent_by,
            body_sealed=cipher.seal(BODY, message_id, text),
            sent_at=now,
        )
    )
    return message_id


def messages_of(connection: Connection, cipher: FieldCipher, application_id: str) -> list[Message]:
    """Every message about an application, the first first."""
    query = select(MESSAGES).where(MESSAGES.c.application_id == application_id).order_by(MESSAGES.c.message_id)
    return [
        Message(
            row.message_id,
            StepTaker(row.sent_by),
            cipher.open(BODY, row.message_id, row.body_sealed),
            row.sent_at,
            row.read_at,
        )
        for row in connection.execute(query)
    ]


def mark_read(connection: Connection, application_id: str, reader: StepTaker, now: datetime) -> None:
    """Note that one side has read what the other wrote."""
    unread = (MESSAGES.c.application_id == application_id) & (MESSAGES.c.sent_by != reader)
    connection.execute(update(MESSAGES).where(unread, MESSAGES.c.read_at.is_(None)).values(read_at=now))


def put_template(connection: Connection, employer_id: str, template: Template, now: datetime) -> None:
    """Create or replace a template; raises ConflictError for a name that another one has."""
    unknown = placeholders_in(template.body) - PLACEHOLDERS
    if unknown:
        raise InvalidInputError(
            "the template has words to fill in that are not known",
            expected=", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS)),
            got=", ".join(f"{{{name[:40]}}}" for name in sorted(unknown)),
            field="text",
        )
    query = select(TEMPLATES.c.template_id).where(
        TEMPLATES.c.employer_id == employer_id, TEMPLATES.c.name == template.name
    )
    if connection.execute(query).scalar() not in (None, template.template_id):
        raise ConflictError("another template has that name", field="name")
    at_id = (TEMPLATES.c.template_id == template.template_id) & (TEMPLATES.c.employer_id == employer_id)
    values = {"name": template.name, "body": template.body, "updated_at": now}
    if connection.execute(update(TEMPLATES).where(at_id).values(**values)).rowcount == 0:
        require_room(connection, MOST_TEMPLATES, select(func.count()).where(TEMPLATES.c.employer_id == employer_id))
        made = {"template_id": template.template_id, "employer_id": employer_id, "created_at": now}
        connection.execute(insert(TEMPLATES).values(**made, **values))


def list_templates(connection: Connection, employer_id: str) -> list[Template]:
    """Every template of an organisation, by name."""
    query = select(TEMPLATES).where(TEMPLATES.c.employer_id == employer_id).order_by(TEMPLATES.c.name)
    return [Template(row.template_id, row.name, row.body) for row in connection.execute(query)]


def get_template(connection: Connection, employer_id: str, template_id: str) -> Template:
    """A template; raises NotFoundError."""
    for template in list_templates(connection, employer_id):
        if template.template_id == template_id:
            return template
    raise NotFoundError("no such template", got=repr(template_id[:80]), field="template_id")


def delete_template(connection: Connection, employer_id: str, template_id: str) -> None:
    """Delete a template; raises NotFoundError."""
    at_id = (TEMPLATES.c.template_id == template_id) & (TEMPLATES.c.employer_id == employer_id)
    if connection.execute(delete(TEMPLATES).where(at_id)).rowcount == 0:
        raise NotFoundError("no such template", got=repr(template_id[:80]), field="template_id")


def placeholders_in(body: str) -> set[str]:
    """The names between braces; a brace alone is a brace."""
    parts = body.split("{")[1:]
    return {part.partition("}")[0] for part in parts if "}" in part}


def filled(body: str, values: dict[str, str]) -> str:
    """The words of a template with its placeholders filled in; values are not looked through again."""
    text, rest = "", body
    while "{" in rest:
        before, _, after = rest.partition("{")
        name, closed, left = after.partition("}")
        is_known = bool(closed) and name in values
        text += before + (values[name] if is_known else "{")
        rest = left if is_known else after
    return text + rest
