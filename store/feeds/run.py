"""One run of one feed: its documents are read, their postings stored, and what disappeared is closed.

    counts = FeedRun(feed, database, visitor).run()

A run that is killed, or that runs out of time, is gone on with by the next: documents that it read are not asked again.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection, Engine

from engine.jobs import Job
from store.feeds import ledger
from store.feeds.closing import close, count_misses, what_closes
from store.feeds.counts import Outcome, RunCounts
from store.feeds.documents import Document, DocumentKind, Parsed, first_document
from store.feeds.feed_files import DIGEST_DIGITS, Feed
from store.feeds.postings import Contents, contents_of
from store.feeds.sightings import (
    REPEATED,
    KnownDocument,
    ReadDocument,
    always_whole,
    forget_old,
    keep_document,
    known_document,
    see,
    see_again,
)
from store.fetching.errors import FetchError, ForbiddenError, OutOfTimeError
from store.fetching.requests import Answer
from store.fetching.visiting import GONE, NOT_MODIFIED, Validators, Visitor, validators_of
from store.upserts import BATCH_ROWS, batches, in_transaction

Result = TypeVar("Result")
Now = Callable[[], datetime]

# A sitemap may go on saying that a page is as it was; after this long it is asked all the same.
LONGEST_TRUSTED = timedelta(days=7)
# Of a large site some pages always fail; more than these, and what was not seen may be there.
MOST_FAILED_SHARE = 0.02
MOST_FAILURES_IN_A_ROW = 10  # a host that is down is not asked for each of its pages
SAY_EACH = 50


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


class FeedRun:
    """A run under way."""

    def __init__(
        self,
        feed: Feed,
        database: Engine,
        visitor: Visitor,
        *,
        now: Now = utc_now,
        say: Callable[[str], None] = lambda _line: None,
        is_fresh: bool = False,
        accepts_closing: bool = False,
    ) -> None:
        """`accepts_closing`: close what disappeared even where it is half of the source or more."""
        self._feed, self._database, self._visitor, self._now, self._say = feed, database, visitor, now, say
        self._accepts_closing = accepts_closing
        self._wait = 0.0  # how long the host wants to be left alone
        self._run = self._write(partial(ledger.begin, feed=feed, now=now(), is_fresh=is_fresh))
        self._is_cut = False
        self._failures_in_a_row = 0

    def run(self) -> tuple[Outcome, RunCounts]:
        """Read until all is read, or the time is over."""
        waiting, met = [first_document(self._feed)], set[str]()
        try:
            while waiting:
                document = waiting.pop()
                if document.address in met:
                    continue
                if self._is_over(len(met)):
                    break
                met.add(document.address)
                waiting.extend(reversed(self._read(document)))
                if len(met) % SAY_EACH == 0:
                    self._say(f"{self._feed.name}: {len(met)} documents, {self._run.counts.read} postings")
        except OutOfTimeError as error:
            self._tell(str(error))
            self._write(partial(ledger.note, run=self._run, counts=self._run.counts))
            self._write(partial(ledger.stop, run=self._run, now=self._now()))
            return Outcome.STOPPED, self._run.counts
        return self._ended()

    def _is_over(self, count: int) -> bool:
        """Whether nothing more is asked for: too much was, or one document after the other failed."""
        if self._failures_in_a_row >= MOST_FAILURES_IN_A_ROW:
            self._tell(f"{MOST_FAILURES_IN_A_ROW} documents failed one after the other: the rest was not asked for")
            self._is_cut = True
        elif count >= self._feed.file.most_pages:
            self._tell(f"more than {count} documents: the rest was not read; see most_pages")
            self._is_cut = True
        return self._is_cut

    def _ended(self) -> tuple[Outcome, RunCounts]:
        counts, outcome = self._run.counts, self._outcome()
        if outcome is Outcome.COMPLETE:
            closing = self._write(partial(what_closes, run=self._run, accepts_all=self._accepts_closing))
            counts.closed += close(self._database, self._run, closing)
            counts.not_closed = closing.not_closed
            if closing.not_closed:
                counts.tell(
                    f"{closing.not_closed} postings disappeared, half of the source or more: nothing was closed; "
                    "look at the source, then run it with --accept-closing"
                )
        self._write(partial(self._end, outcome=outcome))
        return outcome, counts

    def _end(self, connection: Connection, outcome: Outcome) -> None:
        if outcome is Outcome.COMPLETE:
            count_misses(connection, self._run)
            forget_old(connection, self._run)
        ledger.end(connection, self._run, outcome, self._now(), self._feed.every, self._wait)

    def _outcome(self) -> Outcome:
        counts = self._run.counts
        if counts.failed_listings and not counts.read:
            return Outcome.FAILED
        pages = max(1, counts.documents)
        is_whole = not self._is_cut and not counts.failed_listings
        return (
            Outcome.COMPLETE if is_whole and counts.failed_documents <= MOST_FAILED_SHARE * pages else Outcome.PARTIAL
        )

    def _read(self, document: Document) -> list[Document]:
        """Do with one document; the documents that come after it."""
        with self._database.connect() as connection:
            known = known_document(connection, self._run, document.address)
        if known is not None and document.kind is not DocumentKind.SITEMAP:
            if known.read_run == self._run.number:
                return _next(document, known.next_address)
            if self._is_as_sitemap_said(document, known):
                return self._unchanged(document, known, known.validators)
        try:
            return self._ask(document, known)
        except OutOfTimeError:
            raise
        except ForbiddenError as error:
            if document.kind is DocumentKind.PAGE:
                return self._passed_over(document, error.message, is_unread=True)
            return self._failed(document, error)
        except FetchError as error:
            return self._failed(document, error)

    def _ask(self, document: Document, known: KnownDocument | None) -> list[Document]:
        """Read a document from its host; raises FetchError where it cannot be."""
        before = None if document.kind is DocumentKind.SITEMAP else known
        validators = before.validators if before is not None else Validators()
        answer = self._visitor.get(document.address, validators, self._feed.most_bytes)
        if answer.status == NOT_MODIFIED:
            if before is None or not validators.headers():
                raise FetchError("the host says that nothing changed, and was not asked that")
            return self._unchanged(document, before, validators)
        if answer.status in GONE:
            if document.kind is not DocumentKind.PAGE:
                raise FetchError(f"the host answered {answer.status}")
            return self._passed_over(document, "a page that is gone")
        if before is not None and before.content_digest == digest_of(answer.body):
            return self._unchanged(document, before, validators_of(answer))
        return self._keep(document, answer, contents_of(document, answer, self._feed, self._now()))

    def _is_as_sitemap_said(self, document: Document, known: KnownDocument) -> bool:
        is_recent = self._now() - known.read_at < LONGEST_TRUSTED
        return document.modified is not None and document.modified == known.sitemap_modified and is_recent

    def _unchanged(self, document: Document, known: KnownDocument, validators: Validators) -> list[Document]:
        self._failures_in_a_row = 0
        read = ReadDocument(document.address, validators, document.modified, known.next_address, known.content_digest)
        is_trusted = self._is_as_sitemap_said(document, known)

        def write(connection: Connection, counts: RunCounts) -> None:
            counts.same += see_again(connection, self._run, document.address, known.read_run)
            keep_document(connection, self._run, read, known.read_at if is_trusted else self._now())
            counts.documents += 1

        self._count(write)
        return _next(document, known.next_address)

    def _passed_over(self, document: Document, reason: str, *, is_unread: bool = False) -> list[Document]:
        self._failures_in_a_row = 0
        read = ReadDocument(document.address, is_unread=is_unread)

        def write(connection: Connection, counts: RunCounts) -> None:
            counts.skip([reason])
            counts.documents += 1
            keep_document(connection, self._run, read, self._now())

        self._count(write)
        return []

    def _failed(self, document: Document, error: FetchError) -> list[Document]:
        self._wait = max(self._wait, error.retry_after_seconds or 0.0)
        self._failures_in_a_row += 1

        def write(connection: Connection, counts: RunCounts) -> None:
            counts.documents += 1
            counts.failed_documents += 1
            counts.failed_listings += document.kind is not DocumentKind.PAGE
            counts.tell(f"{document.address}: {error}")
            keep_document(connection, self._run, ReadDocument(document.address, is_unread=True), self._now())

        self._count(write)
        return []

    def _keep(self, document: Document, answer: Answer, contents: Contents) -> list[Document]:
        """Store what a document holds, some postings at a time; the document is done with the last of them."""
        parsed, rejected = contents.parsed, contents.rejected
        self._failures_in_a_row = 0
        repeated = self._run.counts.skipped.get(REPEATED, 0)
        groups = [*batches(contents.jobs, BATCH_ROWS)]
        read = ReadDocument(
            document.address,
            validators_of(answer),
            document.modified,
            parsed.further[0].address if parsed.further and document.kind is not DocumentKind.SITEMAP else None,
            digest_of(answer.body),
            is_unread=bool(rejected),
        )

        def finish(connection: Connection, counts: RunCounts, jobs: list[Job]) -> None:
            see(connection, self._run, document.address, jobs, counts)
            counts.skip(parsed.skipped)
            counts.leave_unread(contents.unread)
            counts.rejected += len(rejected)
            counts.documents += 1
            counts.failed_listings += parsed.is_cut
            for reason in rejected:
                counts.tell(f"{document.address}: {reason}")
            # A posting of two documents is known by the first alone: the second cannot tell that it is there as it was.
            has_repeated = counts.skipped.get(REPEATED, 0) > repeated
            keep_document(connection, self._run, always_whole(read) if has_repeated else read, self._now())

        for jobs in groups[:-1]:
            self._count(
                lambda connection, counts, jobs=jobs: see(connection, self._run, document.address, jobs, counts)
            )
        self._count(partial(finish, jobs=groups[-1] if groups else []))
        return [] if self._is_met_before(document, parsed, repeated) else parsed.further

    def _is_met_before(self, document: Document, parsed: Parsed, repeated: int) -> bool:
        """Whether a page of a board holds nothing but what pages before it held: the host does not heed its number."""
        is_page = document.kind is DocumentKind.JSON and bool(parsed.rows)
        return is_page and self._run.counts.skipped.get(REPEATED, 0) - repeated == len(parsed.rows)

    def _tell(self, problem: str) -> None:
        self._run.counts.tell(problem)

    def _count(self, write: Callable[..., None]) -> None:
        """Write with what it counts, in one transaction, which may be tried again."""

        def both(connection: Connection) -> RunCounts:
            counts = copy.deepcopy(self._run.counts)
            write(connection, counts=counts)
            ledger.note(connection, self._run, counts)
            return counts

        self._run.counts = self._write(both)

    def _write(self, write: Callable[[Connection], Result]) -> Result:
        return in_transaction(self._database, write)


def digest_of(body: bytes) -> str:
    """A name for what a document holds."""
    return hashlib.sha256(body).hexdigest()[:DIGEST_DIGITS]


def _next(document: Document, address: str | None) -> list[Document]:
    return [] if address is None else [Document(address, document.kind)]
