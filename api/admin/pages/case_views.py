"""What pages show of a case, and of an ad that one is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from api.admin.pages.job_facts import job_facts, profile_facts, query_facts
from api.admin.pages.reading import with_words
from api.admin.service.marking import marked_parts
from api.admin.service.owners_jobs import jobs_of_owner
from api.credentials.callers import Caller
from api.web.frame import PageFrame
from store.people.cases import ABOUT_JOBS, CaseKind

# What a case is about, by the part of a template that shows it.
SECTIONS = {
    **dict.fromkeys(ABOUT_JOBS, "job"),
    CaseKind.EMPLOYER: "organisation",
    CaseKind.ORGANISATION_APPEAL: "organisation",
    CaseKind.HUMAN_REVIEW: "answer",
    CaseKind.ELIGIBILITY: "screening",
    CaseKind.APPEAL: "account",
    CaseKind.CORRECTION: "account",
}
MOST_OF_OWNER = 8


def case_values(frame: PageFrame, caller: Caller, case: Mapping[str, Any], wanted: Mapping[str, str]) -> dict[str, Any]:
    """What the template of a case uses."""
    section = SECTIONS[CaseKind(case["kind"])] if case["subject"] is not None else ""
    values = {**with_words(frame, caller), "case": case, "wanted": wanted, "section": section}
    if section == "job":
        return values | job_values(frame, case["subject"])
    return values | (answer_values(frame, case["subject"]) if section == "answer" else {})


def answer_values(frame: PageFrame, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the part of a contested answer uses: it, and what it was given for."""
    asked = [*profile_facts(given["profile"], frame.language), *query_facts(given["query"], frame.language)]
    return {"given": given, "asked": asked}


def job_values(frame: PageFrame, found: Mapping[str, Any]) -> dict[str, Any]:
    """What the part of an ad uses: its words with those of its signs marked, its facts, other ads of its owner."""
    job = found["job"] or {}
    quotes = [sign["quote"] for sign in found["signs"]]
    owner, own = found["owner"], found["job_id"]

    def others(connection: Connection) -> list[dict[str, Any]]:
        return jobs_of_owner(connection, owner["kind"], owner["owner_id"], own, MOST_OF_OWNER)

    return {
        "ad": found,
        "title_parts": marked_parts(job.get("title") or "", quotes),
        "text_parts": marked_parts(job.get("description") or "", quotes),
        "facts": job_facts(job, frame.language),
        "others": frame.services.read(others),
    }
