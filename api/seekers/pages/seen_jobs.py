"""An ad as people see it, for the pages that are about one."""

from __future__ import annotations

from functools import partial
from typing import Any

from api.hiring.seen_states import seen_job, shown_document
from api.services.services import Services
from api.web.frame import PageFrame
from engine.errors import NotFoundError


def job_shown(frame: PageFrame, job_id: str, services: Services) -> dict[str, Any]:
    """The ad; raises NotFoundError for none that they may see."""
    job = services.read(partial(seen_job, job_id=job_id))
    if job is None:
        raise NotFoundError("no such job", got=repr(job_id[:80]), field="job_id")
    return shown_document(job, services.now(), frame.language.locale)
