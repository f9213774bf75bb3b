"""Times and numbers of documents, however they are written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.documents.jobs import job_from_document
from engine.errors import InvalidInputError

NEARLY_TIMES = st.builds(
    "{}{}{}".format,
    st.datetimes().map(lambda moment: moment.isoformat()) | st.dates().map(str) | st.sampled_from(["24:00", "W05-1"]),
    st.sampled_from(["", "T24:00", "T10", " "]),
    st.sampled_from(["", "Z", "+14:00", "-23:59", "+24:00", "+00:00:00.000001"]),
)
OFFSETS = st.integers(-24 * 60 + 1, 24 * 60 - 1).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def posted_at(text: str) -> datetime | None:
    """When a job was posted whose document says so."""
    return job_from_document({"title": "Costurera", "posted_at": text}).posted_at


@given(text=st.text(max_size=30) | NEARLY_TIMES)
@example("0001-01-01T00:00:00+14:00")
@example("9999-12-31T23:59:59-14:00")
@example("\ud800")
@example("2026-05-01\0")
def test_a_text_is_a_time_in_utc_or_is_refused(text: str) -> None:
    try:
        moment = posted_at(text)
    except InvalidInputError as error:
        refused = error
    else:
        assert moment is not None
        assert moment.tzinfo is UTC
        return
    assert refused.field == "posted_at"


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-30T23:00:00-05:00"])
def test_a_time_that_some_zone_cannot_write_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        posted_at(text)


@given(moment=st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31)), offset=OFFSETS)
def test_a_time_is_the_same_moment_in_every_zone(moment: datetime, offset: timezone) -> None:
    written = moment.replace(tzinfo=offset)
    assert posted_at(written.isoformat()) == written


@given(hours=st.floats() | st.integers() | st.booleans() | st.text(max_size=3) | st.none())
@example(5e-324)
@example(0.2499)
@example(168.0001)
@example(10**400)
def test_hours_of_a_week_are_a_quarter_of_an_hour_or_more(hours: Any) -> None:
    document = {"title": "Costurera", "hours_per_week": hours}
    is_number = isinstance(hours, int | float) and not isinstance(hours, bool)
    if hours is None or (is_number and 0.25 <= hours <= 168):
        assert job_from_document(document).hours_per_week == hours
    else:
        with pytest.raises(InvalidInputError):
            job_from_document(document)
