"""What somebody says of themselves before they have an account: it is kept in their browser alone, sealed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.web.cookies import Cookie, drop_cookie
from api.web.frame import PageFrame
from api.web.sealed_cookies import keep_sealed, opened, read_sealed
from api.web.weeks import LIMA, cells_of, hours_of_windows, in_lima, windows_of_documents
from engine.documents.parts import window_document
from engine.documents.seekers import seeker_document
from engine.schedules import Window
from engine.seekers import Seeker
from store.encryption.field_cipher import FieldCipher

MOST_TEXT, MOST_SKILLS, MOST_SKILL = 1_000, 15, 60


class SearchDraft(BaseModel):
    """What was said in the three steps, and how the jobs are to be like; empty where nothing was.

    `goes_on`: the page that somebody came to the steps from, and goes back to once they are done.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = ""
    skills: tuple[Annotated[str, Field(max_length=MOST_SKILL)], ...] = ()
    windows: tuple[dict[str, Any], ...] = ()
    device: str = ""
    connection: str = ""
    english: str = ""
    min_pay: float | None = None
    filters: dict[str, Any] = Field(default_factory=dict)
    sort: str = ""
    goes_on: str = ""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.text.strip() or self.skills)

    @property
    def hours(self) -> tuple[Window, ...]:
        """The hours that one is free, in Lima."""
        return windows_of_documents(self.windows)

    @property
    def cells(self) -> set[str]:
        """The cells of the grid, of hours that are free as a whole."""
        return cells_of(hours_of_windows(self.hours))

    def with_hours(self, windows: Sequence[Window]) -> SearchDraft:
        """The draft with other hours."""
        return self.model_copy(update={"windows": tuple(window_document(one) for one in windows)})

    def profile(self) -> dict[str, Any]:
        """The profile, as the API takes it."""
        languages = {"es": "native"} | ({"en": self.english} if self.english else {})
        found: dict[str, Any] = {"text": self.text, "skills": list(self.skills), "languages": languages}
        if self.windows:
            found["availability"] = {"time_zone": LIMA, "windows": list(self.windows)}
        if self.device:
            found["device"] = self.device
        if self.connection:
            found["connection"] = self.connection
        if self.min_pay:
            found["min_pay"] = {"amount": self.min_pay, "currency": "PEN", "period": "month"}
        return {name: value for name, value in found.items() if value not in ("", [])}


def draft_of(seeker: Seeker) -> SearchDraft:
    """What a saved profile says, as the steps show it."""
    document = seeker_document(seeker)
    windows = () if seeker.availability is None else in_lima(seeker.availability)
    pay = seeker.min_pay
    return SearchDraft(
        text=seeker.text[:MOST_TEXT],
        skills=tuple(skill[:MOST_SKILL] for skill in seeker.skills[:MOST_SKILLS]),
        windows=tuple(window_document(one) for one in windows),
        device=document.get("device") or "",
        connection=document.get("connection") or "",
        english=(document.get("languages") or {}).get("en") or "",
        min_pay=pay.amount if pay is not None and pay.currency == "PEN" and pay.period == "month" else None,
    )


def read_draft(frame: PageFrame) -> SearchDraft:
    """The draft that a browser keeps; an empty one where there is none that can be read."""
    return read_sealed(frame, Cookie.SEARCH, SearchDraft)


def opened_draft(cipher: FieldCipher, kept: str) -> SearchDraft:
    """The draft of a cookie; raises ArtifactError, ValueError or zlib.error for one that we did not seal."""
    return opened(cipher, Cookie.SEARCH, kept, SearchDraft)


def keep_draft(frame: PageFrame, response: Response, draft: SearchDraft) -> Response:
    """`response`, with which the browser keeps a draft; raises InvalidInputError for more than it can."""
    return keep_sealed(frame, response, Cookie.SEARCH, draft)


def forget_draft(frame: PageFrame, response: Response) -> Response:
    """`response`, after which the browser keeps no draft."""
    drop_cookie(response, frame.request, Cookie.SEARCH)
    return response
