"""The rules of a programme as they are written: a version from one day on, each rule a kind with its parameters.

    rules = read_rules(tomllib.loads(text))

All rules have to be met; one may be a group, `any_of` or `all_of`, of rules that are no groups themselves.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, JsonValue, ValidationError, model_validator

from engine.documents.faults import document_error, refused
from engine.documents.fields import DeviceName, Document
from engine.documents.kinds import code, number, read_text, several, some_text, term, whole_number
from engine.errors import InvalidInputError, Message
from engine.jobs import Device
from engine.programmes.days import Day
from engine.programmes.figures import Line, line_of
from engine.programmes.people import SisfohClass
from engine.programmes.regions import LONGEST_REGION, region_named

MOST_RULES, MOST_IN_A_GROUP = 20, 10
SISFOH_MONTHS = 36  # how long a class holds
LARGEST_VERSION = 10_000

RULES_EXAMPLE: dict[str, JsonValue] = {
    "version": 1,
    "in_force_from": "2026-12-01",
    "in_force_to": None,
    "valid_months": 12,
    "rules": [
        {"kind": "age", "at_least": 18},
        {
            "kind": "any_of",
            "rules": [
                {"kind": "household_income_per_head", "at_most": "poverty_line", "factor": 1.5},
                {"kind": "sisfoh_class", "one_of": ["poor", "extremely_poor"]},
            ],
        },
    ],
}

Months = Annotated[int, whole_number("months, from 1 to 36", ge=1, le=SISFOH_MONTHS)]
Years = Annotated[int, whole_number("years, from 0 to 120", ge=0, le=120)]
Factor = Annotated[float, number("a number over 0, up to 10", gt=0, le=10)]
Soles = Annotated[float, number("soles a month, over 0, up to 100,000", gt=0, le=100_000)]
RegionName = Annotated[str, read_text(region_named, LONGEST_REGION, description="a region of Peru", examples=["Puno"])]
ClassName = Annotated[SisfohClass, term(SisfohClass)]
Version = Annotated[int, whole_number("a whole number from 1 to 10,000", ge=1, le=LARGEST_VERSION)]


class HouseholdIncomePerHead(Document):
    """The household's income a month, by how many live of it, is at most a line times a factor."""

    kind: Literal["household_income_per_head"]
    at_most: Annotated[Line, term(Line)]
    factor: Factor = 1.0
    year: Annotated[int, whole_number("a year", ge=2000, le=2100)] | None = Field(
        None, description="of the line; the newest known when left out"
    )
    amount: Soles | None = None
    source: Annotated[str, some_text(400)] | None = Field(None, description="where the amount comes from")

    @model_validator(mode="after")
    def _names_a_figure(self) -> HouseholdIncomePerHead:
        is_amount = self.at_most is Line.AMOUNT
        if is_amount and (self.amount is None or self.source is None):
            field = "amount" if self.amount is None else "source"
            raise refused("an amount needs its figure and where it comes from", "amount and source", field)
        if not is_amount and (self.amount is not None or self.source is not None):
            raise refused("a line has its own figure and source", 'at_most = "amount" beside amount', "amount")
        if is_amount and self.year is not None:
            raise refused("an amount is of no year", "no year", "year")
        if self.year is not None:
            try:
                line_of(self.at_most, date.max, self.year)
            except InvalidInputError as error:
                raise refused(error.message, error.expected, "year", error.got, error.fix) from None
        return self


class SisfohClassRule(Document):
    """The household's class is one of some, given no longer ago than it holds."""

    kind: Literal["sisfoh_class"]
    one_of: Annotated[tuple[SisfohClass, ...], several(ClassName, len(SisfohClass), 1)]
    not_older_than_months: Months = SISFOH_MONTHS


class AgeRule(Document):
    """Whole years on the day that is judged."""

    kind: Literal["age"]
    at_least: Years | None = None
    at_most: Years | None = None

    @model_validator(mode="after")
    def _bounds(self) -> AgeRule:
        if self.at_least is None and self.at_most is None:
            raise refused("an age without a bound", "at_least or at_most", "at_least", "nothing")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise refused(
                "nobody is of that age", Message("at least {least}", least=self.at_least), "at_most", str(self.at_most)
            )
        return self


class PlaceRule(Document):
    """The person lives in one of some regions."""

    kind: Literal["place"]
    regions: Annotated[tuple[str, ...], several(RegionName, 25, 1)]


class ConsentRule(Document):
    """The person agrees to a purpose, by that version of its text."""

    kind: Literal["consent"]
    purpose: Annotated[str, code("[a-z_]{1,40}", "a purpose of /v1/consent-texts, such as be_found", 40)]
    text_version: Annotated[str, code("[0-9A-Za-z.-]{1,40}", "the version of its text, such as 2026-11", 40)]


class DeviceRule(Document):
    """The best device of the person is one of some."""

    kind: Literal["device"]
    one_of: Annotated[tuple[Device, ...], several(DeviceName, len(Device), 1)]


PlainRule = Annotated[
    HouseholdIncomePerHead | SisfohClassRule | AgeRule | PlaceRule | ConsentRule | DeviceRule,
    Field(discriminator="kind"),
]


class RuleGroup(Document):
    """Rules of which one, or all, have to be met."""

    kind: Literal["any_of", "all_of"]
    rules: Annotated[tuple[PlainRule, ...], several(PlainRule, MOST_IN_A_GROUP, 1)]


Rule = Annotated[
    HouseholdIncomePerHead | SisfohClassRule | AgeRule | PlaceRule | ConsentRule | DeviceRule | RuleGroup,
    Field(discriminator="kind"),
]


class ProgrammeRules(Document):
    """A version of a programme's rules. Days are Lima's; an answer holds for `valid_months` at most."""

    model_config = ConfigDict(json_schema_extra={"examples": [RULES_EXAMPLE]})

    version: Version
    in_force_from: Day
    in_force_to: Day | None = None
    valid_months: Months = 12
    rules: Annotated[tuple[Rule, ...], several(Rule, MOST_RULES, 1)]

    @model_validator(mode="after")
    def _period(self) -> ProgrammeRules:
        if self.in_force_to is not None and self.in_force_to < self.in_force_from:
            raise refused(
                "the rules end before they begin",
                Message("a day from {day} on", day=self.in_force_from),
                "in_force_to",
                str(self.in_force_to),
            )
        return self

    def is_in_force(self, day: date) -> bool:
        """Whether the rules hold on a day, the first and the last among them."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def plain_rules(self) -> list[Any]:
        """Every rule that is no group."""
        return [inner for rule in self.rules for inner in (rule.rules if isinstance(rule, RuleGroup) else (rule,))]


def read_rules(document: object) -> ProgrammeRules:
    """The rules of a document; raises InvalidInputError naming the first thing that is wrong with it."""
    try:
        return ProgrammeRules.model_validate(document)
    except ValidationError as error:
        raise document_error(error.errors()[0]) from None
