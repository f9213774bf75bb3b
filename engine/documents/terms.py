"""How a document writes what JSON has no kind for: enumerated terms, and moments."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum, IntEnum

from engine.errors import InvalidInputError
from engine.jobs import LanguageLevel

LONGEST_SHOWN = 40
EARLIEST, LATEST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def term_name(term: Enum | None) -> str | None:
    """How a document writes an enumerated value: `phone`, `B2`, `full_time`."""
    if isinstance(term, LanguageLevel) and term is not LanguageLevel.NATIVE:
        return term.name
    if isinstance(term, IntEnum):
        return term.name.lower()
    return None if term is None else str(term.value)


def utc(moment: datetime) -> datetime:
    """`moment` in UTC; one without a zone is taken as UTC already.

    Raises OverflowError for one that is not of the years 1 to 9999 in every zone: a database may read it in another.
    """
    found = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    if not EARLIEST <= found <= LATEST:
        raise OverflowError("date value out of range")
    return found


def moment_text(moment: datetime) -> str:
    """A moment as a document writes it: ISO 8601, in UTC."""
    return utc(moment).isoformat()


def read_moment(written: str) -> datetime:
    """The moment of a text of ISO 8601, in UTC; raises InvalidInputError."""
    try:
        return utc(datetime.fromisoformat(written))
    except (ValueError, OverflowError):
        raise InvalidInputError(
            "not a time",
            expected="ISO 8601 with a zone, such as 2026-05-01T09:00:00-05:00",
            got=repr(written[:LONGEST_SHOWN]),
        ) from None
