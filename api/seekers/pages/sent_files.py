"""What a form sends along: a CV file and a portfolio's address, saved as the API saves them."""

from __future__ import annotations

from typing import Any

import orjson

from api.credentials.callers import Caller
from api.hiring.career import Career, PortfolioLink
from api.seekers.endpoints import career as career_endpoints
from api.services.services import Services
from api.web.forms import SentForm
from api.web.frame import checked
from engine.errors import InvalidInputError
from store.importers.cv.formats import MOST_BYTES
from store.people.cv_files import CvFile, find_cv
from store.people.seeker_accounts import seeker_of


def save_sent_cv(form: SentForm, caller: Caller, services: Services) -> bool:
    """Whether a file came, which is saved in the place of the one before; raises InvalidInputError for one that is
    none of a CV."""
    file = form.file("cv")
    if file is None:
        return False
    if not file.content:
        raise InvalidInputError("the file is empty", fix="choose the file again", field="cv")
    if len(file.content) > MOST_BYTES:
        raise InvalidInputError("the file weighs more than 2 MB", fix="save it as a smaller PDF", field="cv")
    career_endpoints.put_own_cv(caller, file.content, services)
    return True


def sends_cv(form: SentForm, caller: Caller, services: Services) -> bool:
    """Whether a CV file goes along: the one that comes with the form, or the one that was saved before.

    Raises InvalidInputError for a saved one that is gone.
    """
    if save_sent_cv(form, caller, services):
        return True
    if form.is_on("with_cv") and saved_cv(caller, services) is None:
        raise InvalidInputError("there is no CV file to apply with", fix="choose the file again", field="cv")
    return form.is_on("with_cv")


def save_sent_link(form: SentForm, caller: Caller, services: Services) -> None:
    """Add the address that a form names to the portfolio, once; `https://` need not be typed."""
    typed = form.text("url")
    if not typed:
        return
    url = typed if "://" in typed else f"https://{typed}"
    label = form.stated("label")
    link = checked(PortfolioLink, {"url": url} | label).model_dump()
    career = saved_career(caller, services)
    if any(url == known["url"] for known in career["portfolio"]):
        return
    career["portfolio"].append(link)
    career_endpoints.put_own_career(caller, checked(Career, career), services)


def saved_cv(caller: Caller, services: Services) -> CvFile | None:
    """What is known of the file that somebody saved."""
    return services.read(lambda connection: find_cv(connection, seeker_of(connection, caller.account_id)))


def saved_career(caller: Caller, services: Services) -> dict[str, Any]:
    """Portfolio, experience and education as they were saved."""
    career: dict[str, Any] = orjson.loads(career_endpoints.get_own_career(caller, services).body)
    return career
