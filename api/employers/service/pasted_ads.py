"""An ad that somebody pastes as they wrote it elsewhere: its first line and its text, read into a job's fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache, partial

from api.employers.schemas import MOST_POSTINGS
from engine.errors import InvalidInputError, Message
from engine.jobs import Job
from engine.reading.text_cleaning import tidy, tidy_line
from store.ids import new_id
from store.importers.postings.mapping import SourceMapping, parse_mapping
from store.importers.postings.reading import read_posting

LONGEST_AD, LONGEST_TITLE = 8_000, 120
_BETWEEN = re.compile(r"^[ \t]{0,20}-{3,80}[ \t]{0,20}$", re.MULTILINE)
_TEXTS = ["title", "text"]
_MAPPING = {
    "facts": {"country": "PE"},
    "id": {"hash": _TEXTS},
    "fields": {
        "title": {"columns": ["title"]},
        "description": {"reader": "prose", "columns": ["text"]},
        "pay": {"reader": "pay_prose", "joined": _TEXTS},
        "schedule": {"reader": "schedule_text", "joined": _TEXTS},
        "hours_per_week": {"reader": "weekly_hours_text", "joined": _TEXTS},
        "hours_type": {"reader": "hours_text", "joined": _TEXTS},
        "contract": {"reader": "contract_text", "joined": _TEXTS},
        "modality": {"reader": "modality_text", "joined": _TEXTS},
    },
}


def read_pasted_ad(text: str, now: datetime) -> Job:
    """The job that an ad's own words tell, with the sentences that its fields were read from.

    Raises InvalidInputError for an ad without words.
    """
    first, _, rest = tidy(text[:LONGEST_AD]).partition("\n")
    title = tidy_line(first)
    if not title:
        raise InvalidInputError("there is no ad", fix="paste its text", field="pasted")
    if len(title) > LONGEST_TITLE:  # a paragraph and no title: its first words have to do
        title, rest = title[:LONGEST_TITLE].rpartition(" ")[0] or title[:LONGEST_TITLE], f"{first}\n{rest}"
    job = read_posting({"title": title, "text": rest}, _mapping(), now)
    # Its own words, the age that it asks for among them: whoever wrote them is told what is wrong with them.
    return replace(job, title=title, description=tidy(rest), signs=())


@cache
def _mapping() -> SourceMapping:
    return parse_mapping("pasted", _MAPPING)


def pasted_reads(text: str, now: datetime) -> list[Callable[[], Job]]:
    """What reads each of several ads, which a line of dashes parts; raises InvalidInputError for none, or too many."""
    ads = [ad for ad in _BETWEEN.split(text) if ad.strip()]
    if not ads:
        raise InvalidInputError("there is no ad", fix="paste its text", field="pasted")
    if len(ads) > MOST_POSTINGS:
        most = Message("at most {most}", most=MOST_POSTINGS)
        raise InvalidInputError("too many postings at once", expected=most, field="pasted")
    return [partial(_new_job, ad, now) for ad in ads]


def _new_job(text: str, now: datetime) -> Job:
    return replace(read_pasted_ad(text, now), job_id=new_id())
