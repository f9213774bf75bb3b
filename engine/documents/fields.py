"""The kinds of values that documents hold, with their bounds: read, written and described by the same few lines."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from engine.documents.faults import LIST_ABOVE
from engine.documents.how_to_apply import ApplyWay
from engine.documents.kinds import Kind, code, moment, number, read_text, several, some_text, term, text, whole_number
from engine.documents.terms import term_name
from engine.jobs import Connection, ContractType, Device, HoursBound, HoursType, LanguageLevel, LanguageNeed, Modality
from engine.offer_signs import Severity, SignKind
from engine.pay import PayPeriod
from engine.schedules import (
    HOURS_IN_A_WEEK,
    LEAST_HOURS_A_WEEK,
    POSSIBLE_HOURS,
    ScheduleKind,
    Weekday,
    clock_text,
    parse_clock,
    require_time_zone,
)

LARGEST_COUNT = 2**31 - 1
MOST_LANGUAGES = 30
_LARGEST_AMOUNT = 1e12


class Document(BaseModel):
    """A JSON object whose keys are all known; numbers are finite and are not written as texts."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


def _zone_name(name: str) -> str:
    require_time_zone(name)
    return name


Title = Annotated[str, some_text(300, minLength=1)]
Description = Annotated[str, text(40_000)]
SomeText = Annotated[str, text(4_000)]
Quote = Annotated[str, some_text(4_000)]
FieldName = Annotated[str, some_text(80)]
Name = Annotated[str, text(300)]
SourceName = Annotated[str, text(80)]
Skills = Annotated[tuple[str, ...], several(Annotated[str, some_text(80)], 50)]
Moment = Annotated[datetime, moment()]

Hours = Annotated[float, number(POSSIBLE_HOURS, ge=LEAST_HOURS_A_WEEK, le=HOURS_IN_A_WEEK)]
Amount = Annotated[float, number("an amount from 0 up", ge=0, lt=_LARGEST_AMOUNT)]
Share = Annotated[float, number("a share from 0 to 1", ge=0, le=1)]
Count = Annotated[int, whole_number("a whole number from 1 up", ge=1, le=LARGEST_COUNT)]
Flag = Annotated[bool, Field(strict=True)]

CountryCode = Annotated[str, code("[A-Z]{2}", "two capital letters (ISO 3166-1), such as PE", 2)]
CountryCodes = Annotated[tuple[str, ...], several(CountryCode, 250)]
CurrencyCode = Annotated[str, code("[A-Z]{3}", "three capital letters (ISO 4217), such as PEN", 3)]
LanguageCode = Annotated[str, code("[a-z]{2}", "two small letters (ISO 639-1), such as es", 2)]
Address = Annotated[str, code(r"https?://[^\s\x00-\x1f]+", "an address that starts with http:// or https://", 2_000)]
ZoneName = Annotated[str, read_text(_zone_name, 64, description="an IANA time zone", examples=["America/Lima"])]
Clock = Annotated[int, read_text(parse_clock, 5, clock_text, description="HH:MM, 00:00 to 24:00", examples=["19:00"])]

DeviceName = Annotated[Device, term(Device)]
ConnectionName = Annotated[Connection, term(Connection)]
LevelName = Annotated[LanguageLevel, term(LanguageLevel, "no level of a language")]
DayName = Annotated[Weekday, term(Weekday, "not a day", LIST_ABOVE)]
HoursTypeName = Annotated[HoursType, term(HoursType)]
HoursBoundName = Annotated[HoursBound, term(HoursBound)]
ContractName = Annotated[ContractType, term(ContractType)]
ModalityName = Annotated[Modality, term(Modality)]
PeriodName = Annotated[PayPeriod, term(PayPeriod)]
ScheduleKindName = Annotated[ScheduleKind, term(ScheduleKind)]
SignKindName = Annotated[SignKind, term(SignKind)]
ApplyWayName = Annotated[ApplyWay, term(ApplyWay)]
SeverityName = Annotated[Severity, term(Severity)]


def _needs(levels: dict[str, LanguageLevel | None]) -> tuple[LanguageNeed, ...]:
    return tuple(LanguageNeed(code, level) for code, level in levels.items())


def _needed_levels(needs: tuple[LanguageNeed, ...]) -> dict[str, Any]:
    return {need.code: term_name(need.level) for need in needs}


def _spoken_levels(languages: tuple[tuple[str, LanguageLevel], ...]) -> dict[str, Any]:
    return {code: term_name(level) for code, level in languages}


LanguageNeeds = Annotated[
    tuple[LanguageNeed, ...],
    Kind(
        Annotated[dict[LanguageCode, LevelName | None], Field(max_length=MOST_LANGUAGES)],
        _needs,
        _needed_levels,
    ),
]
SpokenLanguages = Annotated[
    tuple[tuple[str, LanguageLevel], ...],
    Kind(
        Annotated[dict[LanguageCode, LevelName], Field(max_length=MOST_LANGUAGES)],
        lambda levels: tuple(levels.items()),
        _spoken_levels,
    ),
]
