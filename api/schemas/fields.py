"""The kinds of values that documents hold, with their bounds.

What OpenAPI says of a coded text (its pattern, its terms) is taken from the engine, which is what checks it.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

from fastapi import Path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from engine.document_fields import COUNTRY, CURRENCY, LANGUAGE, LARGEST_COUNT, URL, Form, term_name
from engine.jobs import Connection, ContractType, Device, HoursType, LanguageLevel, Modality
from engine.pay import PayPeriod
from engine.schedules import HOURS_IN_A_WEEK, LEAST_HOURS_A_WEEK, ScheduleKind, Weekday

ID_PATTERN = "^[A-Za-z0-9._:~-]{1,128}$"
ROW_ID_PATTERN = r"^[0-9a-f-]{36}$"  # of ids that are ours: UUIDs
# What addresses name.
IdInPath = Annotated[str, Path(pattern=ID_PATTERN)]
RowIdInPath = Annotated[str, Path(pattern=ROW_ID_PATTERN)]


class Document(BaseModel):
    """A JSON object whose keys are all known; numbers are finite and are not written as texts."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


def _term(choices: type[Enum]) -> Any:
    return Field(max_length=40, json_schema_extra={"enum": [term_name(term) for term in choices]})


def _code(form: Form, longest: int) -> Any:
    pattern, words = form
    return Field(max_length=longest, description=words, json_schema_extra={"pattern": f"^{pattern.pattern}$"})


def _in_form(form: Form) -> AfterValidator:
    """Checks a coded text that nothing behind the document checks."""

    def check(text: str) -> str:
        if not form[0].fullmatch(text):
            raise PydanticCustomError("form", "expected {words}", {"words": form[1]})
        return text

    return AfterValidator(check)


SomeText = Annotated[str, Field(max_length=4_000)]
Name = Annotated[str, Field(max_length=300)]
Skills = Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=50)]
Moment = Annotated[str, Field(max_length=40, json_schema_extra={"format": "date-time"})]

Hours = Annotated[float, Field(strict=True, ge=LEAST_HOURS_A_WEEK, le=HOURS_IN_A_WEEK)]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
Amount = Annotated[float, Field(strict=True, ge=0, lt=1e12)]
Count = Annotated[int, Field(strict=True, ge=1, le=LARGEST_COUNT)]
Flag = Annotated[bool, Field(strict=True)]

CountryCode = Annotated[str, _code(COUNTRY, 2)]
CurrencyCode = Annotated[str, _code(CURRENCY, 3)]
LanguageCode = Annotated[str, _code(LANGUAGE, 2)]
Address = Annotated[str, _code(URL, 2_000)]
CheckedCountryCode = Annotated[CountryCode, _in_form(COUNTRY)]
CheckedAddress = Annotated[Address, _in_form(URL)]
ZoneName = Annotated[str, Field(max_length=64, description="an IANA time zone", examples=["America/Lima"])]
Clock = Annotated[str, Field(max_length=5, description="HH:MM, 00:00 to 24:00", examples=["19:00"])]

DeviceName = Annotated[str, _term(Device)]
ConnectionName = Annotated[str, _term(Connection)]
LevelName = Annotated[str, _term(LanguageLevel)]
DayName = Annotated[str, _term(Weekday)]
HoursTypeName = Annotated[str, _term(HoursType)]
ContractName = Annotated[str, _term(ContractType)]
ModalityName = Annotated[str, _term(Modality)]
PeriodName = Annotated[str, _term(PayPeriod)]
ScheduleKindName = Annotated[str, _term(ScheduleKind)]


class WindowDocument(Document):
    """The same hours on some days; an end at or before the start runs into the next day."""

    days: Annotated[list[DayName], Field(min_length=1, max_length=7)]
    start: Clock
    end: Clock


Windows = Annotated[list[WindowDocument], Field(max_length=50)]


class PayDocument(Document):
    """An amount for a period; `max_amount` ends a range."""

    amount: Amount
    currency: CurrencyCode
    period: PeriodName
    max_amount: Amount | None = None


Words = Annotated[str, Field(min_length=1, max_length=2_000)]


WHEN = "2026-11-25T19:00:00+00:00"


EXAMPLE_ID = "0197a6b2-5c1e-7d4a-9b3f-2f6c1d0e8a47"


RowId = Annotated[str, Field(pattern=ROW_ID_PATTERN, examples=[EXAMPLE_ID])]
