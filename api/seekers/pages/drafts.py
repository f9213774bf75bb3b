"""What somebody says of themselves before they have an account: it is kept in their browser alone, sealed."""

from __future__ import annotations

import base64
import zlib
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import Response

from api.web.cookies import Cookie, drop_cookie, set_cookie, shown_cookie
from api.web.frame import PageFrame
from api.web.weeks import DAYS, HOURS, LIMA, cells_of, hours_of_windows, painted, windows_painted
from engine.documents.parts import window_document
from engine.documents.seekers import seeker_document
from engine.errors import ArtifactError, InvalidInputError
from engine.schedules import Window
from engine.seekers import Seeker

# A browser keeps 4,096 bytes a cookie, its name and flags among them.
MOST_COOKIE, MOST_TEXT, MOST_SKILLS, MOST_SKILL = 3_700, 1_000, 15, 60
PLACE = ("cookies.search_sealed", "")


class SearchDraft(BaseModel):
    """What was said in the three steps, and how the jobs are to be like; empty where nothing was."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = ""
    skills: tuple[Annotated[str, Field(max_length=MOST_SKILL)], ...] = ()
    cells: frozenset[str] = frozenset()
    device: str = ""
    connection: str = ""
    english: str = ""
    min_pay: float | None = None
    filters: dict[str, Any] = Field(default_factory=dict)
    sort: str = ""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.text.strip() or self.skills)

    def windows(self) -> tuple[Window, ...]:
        """The hours that were painted."""
        return windows_painted(painted(self.cells))

    def profile(self) -> dict[str, Any]:
        """The profile, as the API takes it."""
        languages = {"es": "native"} | ({"en": self.english} if self.english else {})
        found: dict[str, Any] = {"text": self.text, "skills": list(self.skills), "languages": languages}
        if self.cells:
            windows = [window_document(one) for one in self.windows()]
            found["availability"] = {"time_zone": LIMA, "windows": windows}
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
    cells: set[str] = set()
    if seeker.availability is not None and seeker.availability.windows:
        cells = cells_of(hours_of_windows(seeker.availability.windows))
    pay = seeker.min_pay
    return SearchDraft(
        text=seeker.text[:MOST_TEXT],
        skills=tuple(skill[:MOST_SKILL] for skill in seeker.skills[:MOST_SKILLS]),
        cells=frozenset(cells),
        device=document.get("device") or "",
        connection=document.get("connection") or "",
        english=(document.get("languages") or {}).get("en") or "",
        min_pay=pay.amount if pay is not None and pay.currency == "PEN" and pay.period == "month" else None,
    )


def read_draft(frame: PageFrame) -> SearchDraft:
    """The draft that a browser keeps; an empty one where there is none that can be read."""
    shown = shown_cookie(frame.request, Cookie.SEARCH)
    if not shown:
        return SearchDraft()
    try:
        sealed = base64.urlsafe_b64decode(shown.encode())
        packed = frame.services.cipher.open(*PLACE, sealed)
        return SearchDraft.model_validate_json(_unpacked(packed))
    except (ValueError, ValidationError, ArtifactError, zlib.error):
        return SearchDraft()


def keep_draft(frame: PageFrame, response: Response, draft: SearchDraft) -> Response:
    """`response`, with which the browser keeps a draft; raises InvalidInputError for more than it can."""
    sealed = frame.services.cipher.seal(*PLACE, _packed(draft.model_dump_json(exclude_defaults=True)))
    value = base64.urlsafe_b64encode(sealed).decode()
    if len(value) > MOST_COOKIE:
        raise InvalidInputError("that is more than your phone keeps", fix="say it in fewer words", field="text")
    set_cookie(response, frame.request, Cookie.SEARCH, value)
    return response


def forget_draft(frame: PageFrame, response: Response) -> Response:
    """`response`, after which the browser keeps no draft."""
    drop_cookie(response, frame.request, Cookie.SEARCH)
    return response


def all_cells() -> list[tuple[int, list[str]]]:
    """The rows of the grid from five in the morning on: the hour, and the cells of its days."""
    return [(hour % HOURS, [f"{day}-{hour % HOURS}" for day in range(DAYS)]) for hour in range(5, 5 + HOURS)]


def _packed(text: str) -> str:
    return base64.b85encode(zlib.compress(text.encode(), 9)).decode()


def _unpacked(packed: str) -> bytes:
    """What was packed; it was sealed by us, so that it is no larger than we made it."""
    return zlib.decompress(base64.b85decode(packed))
