"""What became of every record of an import, and of every field that the records state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.errors import ChambaError
from engine.offer_signs import blocking_kinds
from store.importers.postings.reading import PostingRead
from store.upserts import PutCounts


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A record that was not imported: the line of the file where it starts, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A record that is no posting, or one that was there: the line where it starts, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class HeldPosting:
    """A posting that was imported and is shown to nobody, and the kinds of its signs of fraud."""

    job_id: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldCount:
    """In how many postings a field was stated, in how many of them it could not be read, and the first of those."""

    stated: int = 0
    unread: int = 0
    first_unread: RejectedRow | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did; the counts, the rejected and the skipped rows add up to the file's records.

    `held` are those of the counts that a person has to look at before they are shown, `expired` how many are older than
    their source's ads last.
    """

    created: int
    updated: int
    unchanged: int
    rejected: list[RejectedRow]
    held: list[HeldPosting] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    fields: Mapping[str, FieldCount] = field(default_factory=dict, compare=False)
    expired: int = 0

    @property
    def stored(self) -> int:
        """The records whose jobs are stored as the file tells them."""
        return self.created + self.updated + self.unchanged

    @property
    def read(self) -> int:
        """All records of the file."""
        return self.stored + len(self.rejected) + len(self.skipped)


@dataclass(slots=True)
class Tally:
    """Counts while an import runs; `on_error` hears of each bad row as it is met."""

    on_error: Callable[[RejectedRow], None] | None = None
    rejected: list[RejectedRow] = field(default_factory=list)
    signs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    held: list[HeldPosting] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    fields: dict[str, FieldCount] = field(default_factory=dict)
    expired: int = 0

    def reject(self, line: int, error: ChambaError) -> None:
        """A record that cannot be imported."""
        self.rejected.append(RejectedRow(line, f"{error.field}: {error}" if error.field else str(error)))
        if self.on_error is not None:
            self.on_error(self.rejected[-1])

    def skip(self, line: int, reason: str) -> None:
        """A record that need not be imported."""
        self.skipped.append(SkippedRow(line, reason))

    def count(self, line: int, read: PostingRead) -> None:
        """A posting that can be imported: what it states, and what of that could not be read."""
        if kinds := blocking_kinds(read.job.signs):
            self.signs[read.job.job_id] = kinds
        reasons = {fault.field: fault.reason for fault in read.faults}
        for name in sorted(read.stated | reasons.keys()):
            before = self.fields.get(name, FieldCount())
            first = RejectedRow(line, reasons[name]) if name in reasons else None
            self.fields[name] = FieldCount(
                before.stated + 1, before.unread + (name in reasons), before.first_unread or first
            )

    def hold(self, job_id: str) -> None:
        """A posting that was stored, and waits: what a moderator has released does not."""
        self.held.append(HeldPosting(job_id, self.signs.get(job_id, ())))

    def report(self, counts: PutCounts) -> ImportReport:
        """All of it, once the jobs are stored."""
        return ImportReport(
            counts.created,
            counts.updated,
            counts.unchanged,
            self.rejected,
            self.held,
            self.skipped,
            dict(self.fields),
            self.expired,
        )
