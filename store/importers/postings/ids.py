"""What tells the postings of a source apart: its own ids, which are the same at every import."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.jobs import Job
from engine.reading.text_cleaning import plain, tidy_line
from store.importers.postings.columns import column_texts
from store.importers.postings.mapping import IdRule

PLAIN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
HASH_DIGITS = 20
LIKE_A_HASH = re.compile(rf"[0-9a-f]{{{HASH_DIGITS}}}")
ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PostingIds:
    """The id of a posting, and those it may have instead.

    `former`: what it was imported as while the ids of a source were not scoped. `apart`: its id where another posting
    of the same file, with another title or place, has the same one.
    """

    job_id: str
    former: str | None = None
    apart: str | None = None

    def of(self, source: str) -> PostingIds:
        """The same ids, with the name of the source before them."""
        former, apart = (one and f"{source}:{one}" for one in (self.former, self.apart))
        return replace(self, job_id=f"{source}:{self.job_id}", former=former, apart=apart)


def posting_ids(row: Mapping[str, Any], rule: IdRule, job: Job) -> PostingIds:
    """The source's own id; else a hash of what tells its postings apart, which is the same at every import.

    Ids and addresses are exact: another's letters in other capitals or without accents are another's. An id that looks
    like a hash is hashed, so that nobody names the posting of an address. Only words are compared as words. Where a
    source's ids are those of many employers, they are theirs: `scoped_by` fields of the job name whose, and where one
    of them is not told, the columns `else_scoped_by` too.
    """
    for column in rule.columns:
        for text in column_texts(row, column):
            match = rule.pattern.search(text) if rule.pattern else None
            found = text.strip() if rule.pattern is None else match and match[1]
            if found:
                return _found_ids(found, rule, job, row)
    texts = [" ".join(column_texts(row, column)) for column in rule.hashed]
    if job.url and not texts:
        return PostingIds(_hashed(job.url))
    return PostingIds(_of_words([*texts] or [job.title, job.employer, *_place(job)]))


def _found_ids(found: str, rule: IdRule, job: Job, row: Mapping[str, Any]) -> PostingIds:
    is_kept = PLAIN_ID.fullmatch(found) and not LIKE_A_HASH.fullmatch(found)
    own = found if is_kept else _hashed(found)
    if not rule.scoped_by or ADDRESS.match(found):
        return PostingIds(own)
    scope = [str(getattr(job, field) or "") for field in rule.scoped_by]
    if not all(scope):
        scope += [text for column in rule.else_scoped_by for text in column_texts(row, column)]
    scoped = _hashed("\0".join([found, *scope])) if any(scope) else own
    apart = _hashed("\0".join([scoped, _of_words([job.title, *_place(job)])]))
    return PostingIds(scoped, own if scoped != own else None, apart)


def _place(job: Job) -> list[str | None]:
    return [job.country, job.region, job.city]


def _of_words(words: list[str | None] | list[str]) -> str:
    return _hashed("\0".join(plain(tidy_line(part or "")) for part in words))


def _hashed(written: str) -> str:
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_DIGITS]
