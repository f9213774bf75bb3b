"""The answer to a document as jobs: whatever it holds, it is that document's fault and not the feed's."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime

from engine.errors import InvalidInputError
from engine.jobs import Job
from store.feeds.documents import Document, Parsed, parse
from store.feeds.feed_files import Feed
from store.fetching.errors import FetchError
from store.fetching.requests import Answer
from store.importers.postings.reading import read_whole_posting

log = logging.getLogger("chamba.feeds")


@dataclass(slots=True)
class Contents:
    """The jobs of a document, of each row that is none, why, and the fields that were stated and not understood."""

    parsed: Parsed
    jobs: list[Job] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    apart: dict[str, str | None] = field(default_factory=dict)


def contents_of(document: Document, answer: Answer, feed: Feed, now: datetime) -> Contents:
    """What an answer of `now` holds; raises FetchError where it cannot be read as what it should be."""
    try:
        contents = Contents(parse(document, answer, feed))
        for row in contents.parsed.rows:
            _read_row(row, feed, contents, now)
    except FetchError:
        raise
    except Exception as error:  # a fault of ours that one page brings out: the others are read
        log.exception("%s of the feed %s", document.address, feed.name)
        raise FetchError("it could not be read", got=f"{type(error).__name__}: {error}"[:200]) from error
    return contents


def _read_row(row: dict[str, object] | InvalidInputError, feed: Feed, contents: Contents, now: datetime) -> None:
    try:
        if isinstance(row, InvalidInputError):
            raise row
        read = read_whole_posting(row, feed.mapping, now)
    except InvalidInputError as error:
        contents.rejected.append(f"{error.field}: {error}" if error.field else str(error))
        return
    job, apart = read.job, read.ids.apart
    if contents.apart.setdefault(job.job_id, apart) != apart and apart is not None:
        job = replace(job, job_id=apart)  # another post under the same number
    contents.jobs.append(job)
    contents.unread += [fault.field for fault in read.faults]
