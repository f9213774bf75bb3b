"""What rules may know of a person: what she told herself, None where she did not. It is never part of a profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from engine.jobs import Device


class SisfohClass(StrEnum):
    """The socio-economic classes of households (SISFOH)."""

    NOT_POOR = "not_poor"
    POOR = "poor"
    EXTREMELY_POOR = "extremely_poor"


@dataclass(frozen=True, slots=True)
class ScreenedPerson:
    """Soles a month of her household and how many live in it; the class with the day it was given; `consents`: purpose
    → the version of the text that she agrees to now."""

    household_income: float | None = None
    household_size: int | None = None
    sisfoh_class: SisfohClass | None = None
    sisfoh_date: date | None = None
    birth_date: date | None = None
    region: str | None = None
    device: Device | None = None
    consents: Mapping[str, str] = field(default_factory=dict)
