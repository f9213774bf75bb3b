"""`/trabajos/buscar`: jobs for some words, with the limits that they state as chips that can be taken away."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access.rules import SeekerCaller
from api.credentials.callers import Caller
from api.http.problems import ProblemError
from api.seekers.pages.answers import PAGE
from api.seekers.pages.clicks import remember_answer
from api.seekers.pages.people import saved_profile
from api.seekers.pages.seen_jobs import shown_match
from api.seekers.pages.wanted import active_chips
from api.seekers.schemas import SearchRequest
from api.seekers.service.own_recommendations import searched_jobs
from api.services.services import ServicesOfApp
from api.web.cookies import Cookie
from api.web.forms import Form
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.sealed_cookies import keep_sealed, read_sealed
from engine.errors import ChambaError
from engine.recommendation.recommend import MAX_LIMIT

router = APIRouter(route_class=PageRoute)

PATH = "/trabajos/buscar"
MOST_PAGES = MAX_LIMIT // PAGE
BETWEEN = "|"
PageNumber = Annotated[int, Query(ge=1, le=MOST_PAGES)]


class WordSearch(BaseModel):
    """What somebody looks for; `chips`: kind and words of the limits to keep, None: all that the words state."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    query: str = ""
    is_for_me: bool = True
    chips: tuple[tuple[str, str], ...] | None = None
    filters: dict[str, Any] = Field(default_factory=dict)

    def request(self, limit: int) -> SearchRequest:
        """As the API takes it; raises the problem of words that cannot be looked for."""
        document = {"query": self.query, "is_for_me": self.is_for_me, "filters": self.filters, "limit": limit}
        if self.chips is not None:
            document["understood"] = [{"kind": kind, "quote": quote} for kind, quote in self.chips]
        return checked(SearchRequest, document)


@router.get(PATH)
async def get_words(caller: SeekerCaller, frame: Frame, services: ServicesOfApp, pagina: PageNumber = 1) -> Response:
    """The form, and what was found for the words that were looked for last."""
    async with services.admission.place(caller.name):
        return await services.admission.in_thread(caller.name, partial(_page, frame, caller, pagina))


@router.post(PATH)
def post_words(_caller: SeekerCaller, form: Form, frame: Frame) -> Response:
    """Other words; they stand in no address."""
    search = WordSearch(query=" ".join(form.text("query").split()), is_for_me=form.is_on("is_for_me"))
    try:
        search.request(PAGE)
        return keep_words(frame, frame.see(PATH), search)
    except (ProblemError, ChambaError) as error:
        return frame.again("seekers/words.html", error, form, search=search, answer=None, jobs=[], number=1)


@router.post(PATH + "/entendido")
def post_chips(_caller: SeekerCaller, form: Form, frame: Frame) -> Response:
    """Without one of the limits: its words are looked for instead."""
    kept = [chip for chip in form.texts("chip") if chip != form.text("quitar")]
    chips = [(kind, quote) for kind, _, quote in (chip.partition(BETWEEN) for chip in kept)]
    search = read_words(frame).model_copy(update={"chips": tuple(chips)})
    try:
        search.request(PAGE)
        return keep_words(frame, frame.see(PATH), search)
    except (ProblemError, ChambaError) as error:
        return frame.again("seekers/words.html", error, form, search=search, answer=None, jobs=[], number=1)


def read_words(frame: PageFrame) -> WordSearch:
    """What was looked for last in this browser."""
    return read_sealed(frame, Cookie.WORDS, WordSearch)


def keep_words(frame: PageFrame, response: Response, search: WordSearch) -> Response:
    """`response`, with which the browser keeps what is looked for."""
    return keep_sealed(frame, response, Cookie.WORDS, search)


def _page(frame: PageFrame, caller: Caller, number: int) -> Response:
    search = read_words(frame)
    if not search.query:
        return frame.page("seekers/words.html", search=search, answer=None, jobs=[], number=1)
    start, seeker, now = (number - 1) * PAGE, saved_profile(frame, caller), frame.services.now()
    answer = orjson.loads(searched_jobs(search.request(min(MAX_LIMIT, start + PAGE + 1)), caller, frame.services))
    found = answer["recommendations"]
    answer["has_more"] = number < MOST_PAGES and len(found) > start + PAGE
    free = None if seeker is None else seeker.availability
    jobs = [shown_match(one, free, now) for one in found[start : start + PAGE]]
    chips = active_chips(search.filters)
    page = frame.page("seekers/words.html", search=search, answer=answer, jobs=jobs, number=number, chips=chips)
    return remember_answer(frame, page, answer["recommendation_id"])
