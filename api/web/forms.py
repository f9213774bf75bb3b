"""What a form sends: read with limits of its size and of its fields, as texts that were trimmed."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from api.http.problems import LONGEST_SHOWN, ProblemError, ProblemKind, invalid_input
from api.routing.json_bodies import read_body
from api.web.form_tokens import FIELD
from engine.errors import Message

URL_ENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
MOST_FIELDS, MOST_FILES = 400, 2
MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that a form sends, as the browser names it."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SentForm:
    """The fields of a form; one that was not sent is empty."""

    fields: tuple[tuple[str, str], ...] = ()
    files: dict[str, SentFile] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The last value of a field, without white space around it."""
        return next((value for other, value in reversed(self.fields) if other == name), "")

    def texts(self, name: str) -> list[str]:
        """Every value of a field that is not empty."""
        return [value for other, value in self.fields if other == name and value]

    def lines(self, name: str) -> list[str]:
        """The lines and the parts between commas of a field, without empty ones."""
        parts = self.text(name).replace("\n", ",").split(",")
        return [part.strip() for part in parts if part.strip()]

    def is_on(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.text(name))

    def stated(self, *names: str) -> dict[str, str]:
        """The fields that are not empty."""
        return {name: self.text(name) for name in names if self.text(name)}

    def fields_sent(self) -> list[tuple[str, str]]:
        """What was sent, without the token, which is another each time."""
        return sorted(pair for pair in self.fields if pair[0] != FIELD)

    def file(self, name: str) -> SentFile | None:
        """A file that was chosen."""
        return self.files.get(name)


async def read_form(request: Request, most_file_bytes: int) -> SentForm:
    """The form of a request; raises the problem of a body that is none, or too large.

    `most_file_bytes`: 0 where the page takes no files.
    """
    media_types = (URL_ENCODED, MULTIPART) if most_file_bytes else (URL_ENCODED,)
    most_bytes = MOST_BYTES + most_file_bytes
    body = await read_body(request.scope, request.receive, most_bytes, media_types)
    if request.headers.get("content-type", "").lower().startswith(MULTIPART):
        return await _multipart(request.headers, body, most_file_bytes)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise _no_form() from None
    return SentForm(tuple(_trimmed(pairs)))


async def _multipart(headers: Headers, body: bytes, most_file_bytes: int) -> SentForm:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    parser = MultiPartParser(
        headers, stream(), max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=most_file_bytes
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError, UnicodeError):
        raise _no_form() from None
    files = {name: await _file(sent) for name, sent in form.items() if isinstance(sent, UploadFile) and sent.filename}
    await form.close()
    return SentForm(tuple(_trimmed(_texts(form))), files)


async def _file(sent: UploadFile) -> SentFile:
    return SentFile((sent.filename or "")[:LONGEST_SHOWN], sent.content_type or "", await sent.read())


def _texts(form: FormData) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, value in form.multi_items() if isinstance(value, str))


def _trimmed(pairs: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Browsers end lines by CR LF; a NUL, which no database keeps in a text, is nothing that anybody typed."""
    for name, value in pairs:
        if "\0" in name or "\0" in value:
            raise invalid_input([{"field": name.replace("\0", "")[:LONGEST_SHOWN], "message": "a text with NUL in it"}])
        yield name, value.replace("\r\n", "\n").replace("\r", "\n").strip()


def _no_form() -> ProblemError:
    detail = Message("expected a form of at most {most} fields, in UTF-8", most=MOST_FIELDS)
    return ProblemError(ProblemKind.MALFORMED_BODY, detail)


def _sent_form(request: Request) -> SentForm:
    form: SentForm = request.state.form
    return form


Form = Annotated[SentForm, Depends(_sent_form)]
