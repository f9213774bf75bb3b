"""The documents inside a job's and a person's: hours, schedules, free time and pay."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, JsonValue

from engine.documents.conversion import reader, stated, writer
from engine.documents.fields import (
    Address,
    Amount,
    ApplyWayName,
    Clock,
    CurrencyCode,
    DayName,
    Document,
    FieldName,
    Hours,
    Name,
    PeriodName,
    Quote,
    ScheduleKindName,
    SeverityName,
    Share,
    SignKindName,
    ZoneName,
)
from engine.documents.how_to_apply import HowToApply
from engine.documents.kinds import part, several
from engine.jobs import Reading
from engine.offer_signs import OfferSign
from engine.pay import Pay
from engine.schedules import Schedule, Weekday, Window, clock_text
from engine.seekers import Availability

AVAILABILITY_EXAMPLE: dict[str, JsonValue] = {
    "time_zone": "America/Lima",
    "hours_per_week": 20,
    "windows": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "19:00", "end": "23:00"}],
}


class WindowDocument(Document):
    """The same hours on some days; an end at or before the start runs into the next day."""

    days: Annotated[tuple[Weekday, ...], several(DayName, 7, least=1)]
    start: Clock
    end: Clock


def _window(days: tuple[Weekday, ...], start: int, end: int) -> Window:
    return Window(days, start, end)


def window_document(window: Window) -> dict[str, JsonValue]:
    """A window as documents write it."""
    days: list[JsonValue] = [day.name.lower() for day in window.days]
    return {"days": days, "start": clock_text(window.start_minute), "end": clock_text(window.end_minute)}


Windows = Annotated[
    tuple[Window, ...],
    several(Annotated[Window, part(WindowDocument, reader(_window), window_document)], 50),
]


class ReadingDocument(Document):
    """A sentence of the posting that a field was read from, and how surely."""

    field: FieldName
    sentence: Quote
    confidence: Share


class PayDocument(Document):
    """An amount for a period; `max_amount` ends a range, which starts at 0 where the posting only says "up to"."""

    amount: Amount
    currency: CurrencyCode
    period: PeriodName
    max_amount: Amount | None = None
    extras: Name | None = Field(None, description="what the posting says comes on top: commissions, bonuses")


class ScheduleDocument(Document):
    """When the work happens: `fixed` windows, `core_hours` inside the windows of a team's day, `flexible`, `one_of`
    several shifts, `rotating` shifts, or somewhere `within` the windows."""

    kind: ScheduleKindName
    time_zone: ZoneName | None = None
    windows: Windows | None = None
    hours_per_week: Hours | None = None
    core_hours: Hours | None = None
    shifts: Annotated[tuple[tuple[Window, ...], ...], several(Windows, 12)] | None = Field(
        None, description="the windows of each shift, where it is one of several or they rotate"
    )


class OfferSignDocument(Document):
    """A sign of a fraudulent or unlawful offer, and the words that show it."""

    kind: SignKindName
    severity: SeverityName
    quote: Quote


class ApplyDocument(Document):
    """How one applies: `here`, at the `url` that the ad names, or `not_told`; `text` is ready to show."""

    how: ApplyWayName
    text: Name
    url: Address | None = None


class AvailabilityDocument(Document):
    """The hours a person is free, in local time; without windows, any hour of the week."""

    model_config = ConfigDict(json_schema_extra={"examples": [AVAILABILITY_EXAMPLE]})

    time_zone: ZoneName
    hours_per_week: Hours | None = None
    windows: Windows | None = None

    def availability(self) -> Availability:
        """The hours."""
        return Availability(**stated(self))


PayPart = Annotated[Pay, part(PayDocument, reader(Pay), writer(PayDocument))]
SchedulePart = Annotated[Schedule, part(ScheduleDocument, reader(Schedule), writer(ScheduleDocument))]
Readings = Annotated[
    tuple[Reading, ...],
    several(Annotated[Reading, part(ReadingDocument, reader(Reading), writer(ReadingDocument))], 20),
]
OfferSigns = Annotated[
    tuple[OfferSign, ...],
    several(Annotated[OfferSign, part(OfferSignDocument, reader(OfferSign), writer(OfferSignDocument))], 60),
]
apply_document = writer(ApplyDocument)
ApplyPart = Annotated[HowToApply, part(ApplyDocument, reader(HowToApply), apply_document)]
AvailabilityPart = Annotated[
    Availability, part(AvailabilityDocument, reader(Availability), writer(AvailabilityDocument))
]
