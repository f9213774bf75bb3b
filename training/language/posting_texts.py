"""Postings as contrastive texts: a title and what its ad says, in the words that employers use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from engine.jobs import Job
from engine.reading.titles import first_form
from training.language.esco import Occupation

LONGEST_TEXT_CHARACTERS = 240
LEAST_TEXT_CHARACTERS = 40


def posting_occupations(jobs: Iterable[Job], most: int | None = None) -> list[Occupation]:
    """One small occupation a title: its first ad's text and skills; at most so many, the same for the same ads.

    A title is the unit group of its own, so that no ad of the same title counts as a negative.
    """
    by_title: dict[str, Job] = {}
    for job in jobs:
        title = first_form(job.title)
        if (
            title
            and title not in by_title
            and len(job.description) + sum(map(len, job.skills)) >= LEAST_TEXT_CHARACTERS
        ):
            by_title[title] = job
    return [
        Occupation(
            uri=job.job_id,
            isco_group=f"posting {title}",
            titles={"es": (title,)},
            description={"es": without_title(job.description, title)},
            skills={"es": job.skills},
        )
        for title, job in sorted(by_title.items(), key=_by_chance)[:most]
    ]


def _by_chance(titled: tuple[str, Job]) -> str:
    return hashlib.sha256(titled[0].encode()).hexdigest()


def without_title(text: str, title: str) -> str:
    """The beginning of an ad without its title, which would give the answer away."""
    plain = " ".join(text.lower().split()).replace(title, " ")
    return " ".join(plain.split())[:LONGEST_TEXT_CHARACTERS]
