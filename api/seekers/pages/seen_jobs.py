"""An ad as people see it, and what it is to them, for the pages that show some."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from api.hiring.seen_states import seen_job, shown_document
from api.services.services import Services
from api.web.frame import PageFrame
from api.web.weeks import week_picture
from engine.errors import NotFoundError
from engine.jobs import Job
from engine.seekers import Availability


def visible_job(job_id: str, services: Services) -> Job:
    """The ad as it is stored; raises NotFoundError for none that people may see."""
    job = services.read(partial(seen_job, job_id=job_id))
    if job is None:
        raise NotFoundError("no such job", got=repr(job_id[:80]), field="job_id")
    return job


def job_shown(frame: PageFrame, job_id: str, services: Services) -> dict[str, Any]:
    """The ad; raises NotFoundError for none that they may see."""
    return shown_document(visible_job(job_id, services), services.now(), frame.language.locale)


def shown_match(found: dict[str, Any], free: Availability | None, now: datetime) -> dict[str, Any]:
    """A recommendation as pages show it: its page, the picture of its week, and its reasons in two lots."""
    reasons = found["reasons"]
    return found | {
        "where": f"/trabajos/{quote(found['job_id'])}",
        "week": week_picture(free, found["job"].get("schedule"), now),
        "speaks_for_it": [reason["text"] for reason in reasons if reason["kind"] != "ask"],
        "not_said": [reason["text"] for reason in reasons if reason["kind"] == "ask"],
    }
