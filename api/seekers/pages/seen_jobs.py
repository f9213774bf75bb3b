"""An ad as people see it, for the pages that are about one."""

from __future__ import annotations

from functools import partial
from typing import Any

from api.hiring.seen_states import seen_job, shown_document
from api.services.services import Services
from api.web.frame import PageFrame
from engine.errors import NotFoundError
from engine.jobs import Job


def visible_job(job_id: str, services: Services) -> Job:
    """The ad as it is stored; raises NotFoundError for none that people may see."""
    job = services.read(partial(seen_job, job_id=job_id))
    if job is None:
        raise NotFoundError("no such job", got=repr(job_id[:80]), field="job_id")
    return job


def job_shown(frame: PageFrame, job_id: str, services: Services) -> dict[str, Any]:
    """The ad; raises NotFoundError for none that they may see."""
    return shown_document(visible_job(job_id, services), services.now(), frame.language.locale)
