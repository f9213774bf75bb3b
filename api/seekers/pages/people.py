"""Who looks at a page of jobs: somebody with a profile, or a visitor with what their browser keeps."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Response

from api.credentials.callers import Caller
from api.http.problems import ProblemError
from api.recommendations.service.recommending import Person
from api.seekers.endpoints import profile as profile_endpoints
from api.seekers.pages.drafts import SearchDraft, draft_of, forget_draft, keep_draft, read_draft
from api.seekers.service.own_recommendations import own_person
from api.seekers.service.profiles import read_own_profile
from api.web.frame import PageFrame, checked
from api.web.translations import marked
from engine.documents.seekers import ProfileDocument, seeker_document
from engine.errors import ChambaError, ConflictError, NotFoundError
from engine.seekers import Seeker
from store.people.accounts import Role


def saved_profile(frame: PageFrame, caller: Caller) -> Seeker | None:
    """The profile of somebody with an account; None without one."""
    if not caller.has(Role.SEEKER):
        return None
    try:
        return frame.services.read(partial(read_own_profile, account_id=caller.account_id)).seeker
    except NotFoundError:
        return None


def person_who_asks(frame: PageFrame, caller: Caller) -> Person | None:
    """Somebody with an account and a profile, which who has just got one has from what they came with; else None.

    Raises ConflictError for a profile that there is no consent any more to use.
    """
    if not caller.has(Role.SEEKER):
        return None
    try:
        return own_person(caller, frame.services)
    except NotFoundError:
        return None if save_draft_as_profile(frame, caller) is None else own_person(caller, frame.services)
    except ConflictError:
        if saved_profile(frame, caller) is None:
            return None
        raise


def draft_of_caller(frame: PageFrame, caller: Caller) -> SearchDraft:
    """What was said so far: in this browser, or else in the saved profile."""
    draft = read_draft(frame)
    if draft.says_something:
        return draft
    saved = saved_profile(frame, caller)
    return draft if saved is None else draft_of(saved).model_copy(update=wishes(draft))


def wishes(draft: SearchDraft) -> dict[str, Any]:
    """What is kept in the browser of somebody with a profile, too: how jobs are to be like."""
    return {"filters": draft.filters, "sort": draft.sort}


def profile_document(draft: SearchDraft, saved: Seeker | None) -> dict[str, Any]:
    """The profile that a draft says; what the steps do not ask for stays as it was `saved`."""
    told = draft.profile()
    if saved is None:
        return told
    before = seeker_document(saved)
    kept = {code: level for code, level in (before.get("languages") or {}).items() if code != "en"}
    told["languages"] |= kept
    hours = (before.get("availability") or {}).get("hours_per_week")
    if hours is not None and "availability" in told:
        told["availability"]["hours_per_week"] = hours
    is_asked_for = draft_of(saved).min_pay is not None
    others = {"country": before.get("country"), "min_pay": None if is_asked_for else before.get("min_pay")}
    return {name: value for name, value in others.items() if value is not None} | told


def save_draft_as_profile(frame: PageFrame, caller: Caller) -> Seeker | None:
    """The profile of somebody with an account; who has just got one has that which they came with."""
    saved = saved_profile(frame, caller)
    if saved is not None or not caller.has(Role.SEEKER):
        return saved
    draft = read_draft(frame)
    if not draft.says_something:
        return None
    try:
        body = checked(ProfileDocument, draft.profile())
        profile_endpoints.put_profile(caller, body, frame.services)
    except (ProblemError, ChambaError):  # without the consent that a profile needs
        return None
    return body.seeker()


def has_profile(frame: PageFrame) -> bool:
    """Whether whoever asks saved a profile, of which a step then changes one part."""
    return saved_profile(frame, frame.caller) is not None


def after_step(frame: PageFrame, caller: Caller, draft: SearchDraft, next_step: str) -> Response:
    """The next step; who has a profile has it saved, and is back where they came from."""
    saved = saved_profile(frame, caller)
    if saved is None:
        return keep_draft(frame, frame.see(next_step), draft)
    return save_and_go_back(frame, caller, draft, saved)


def save_and_go_back(frame: PageFrame, caller: Caller, draft: SearchDraft, saved: Seeker | None) -> Response:
    """What a draft says is the profile, but for what was `saved` beside; the browser keeps no more of it."""
    body = checked(ProfileDocument, profile_document(draft, saved))
    profile_endpoints.put_profile(caller, body, frame.services)
    where = frame.see(draft.goes_on or "/trabajos", said=marked("Guardamos tu perfil."))
    return forget_draft(frame, where)
