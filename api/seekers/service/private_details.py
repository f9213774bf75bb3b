"""Private details as they are sent and as they are sealed."""

from __future__ import annotations

from datetime import date

from api.seekers.schemas import PrivateDetailsDocument
from engine.errors import InvalidInputError, Message
from store.people.seeker_accounts import PrivateDetails


def details_of(body: PrivateDetailsDocument) -> PrivateDetails:
    """Each as a text."""

    def day(value: date | None) -> str | None:
        return None if value is None else value.isoformat()

    return PrivateDetails(
        national_id=body.national_id,
        income=None if body.income is None else repr(body.income),
        household_size=None if body.household_size is None else str(body.household_size),
        poverty_class=body.poverty_class,
        poverty_class_date=day(body.poverty_class_date),
        birth_date=day(body.birth_date),
        region=body.region,
    )


def details_document(details: PrivateDetails) -> PrivateDetailsDocument:
    """As their owner reads them."""
    return PrivateDetailsDocument(
        national_id=details.national_id,
        income=None if details.income is None else float(details.income),
        household_size=None if details.household_size is None else int(details.household_size),
        poverty_class=details.poverty_class,
        poverty_class_date=details.poverty_class_date,
        birth_date=details.birth_date,
        region=details.region,
    )


def require_possible_days(body: PrivateDetailsDocument, today: date) -> None:
    """Raises InvalidInputError for a day that is yet to come, and for the day of a class that is not told."""
    for name in ("birth_date", "poverty_class_date"):
        value: date | None = getattr(body, name)
        if value is not None and value > today:
            raise InvalidInputError(
                "that day is yet to come", expected=Message("a day up to {day}", day=today), field=name
            )
    if body.poverty_class_date is not None and body.poverty_class is None:
        raise InvalidInputError("the day of a class that is not told", expected="poverty_class", field="poverty_class")
