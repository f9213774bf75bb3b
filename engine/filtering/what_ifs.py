"""What if one limit were looser: the person and the filter as they would be, so that what opens can be counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Any

from engine.catalogue.catalogue import Catalogue
from engine.filtering.filters import JobFilter
from engine.jobs import Connection, Device, LanguageLevel, LanguageNeed, Modality
from engine.pay import Pay
from engine.schedules import Window
from engine.seekers import Seeker

PAY_SHARES = (0.9, 0.75)
MOST_LANGUAGES = 6


class Loosened(StrEnum):
    """Which limit is looser: the hours of one day or of the week, pay, a language, equipment, a filter; or a skill that
    many ask for."""

    HOURS_OF_DAY = "hours_of_day"
    HOURS_OF_WEEK = "hours_of_week"
    MIN_PAY = "min_pay"
    LANGUAGE = "language"
    DEVICE = "device"
    CONNECTION = "connection"
    MODALITY = "modality"
    CONTRACT = "contract"
    HOURS_TYPE = "hours_type"
    UNSTATED = "unstated"
    SKILL = "skill"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The person and the filter with one limit looser; `change` is what to state instead, or `extra_hours` in a
    `window` (None: at any time)."""

    loosened: Loosened
    seeker: Seeker
    wanted: JobFilter
    change: Any = None
    extra_hours: float = 0.0
    window: Window | None = None


def what_ifs(seeker: Seeker, wanted: JobFilter, catalogues: Sequence[Catalogue]) -> list[WhatIf]:
    """Every limit but hours that was stated, a step looser. Of equal ones the smaller step comes first."""
    found = [*_less_pay(seeker, wanted), *_more_languages(seeker, wanted, catalogues)]
    if seeker.device is not None and seeker.device < Device.COMPUTER:
        device = Device.COMPUTER
        found.append(WhatIf(Loosened.DEVICE, replace(seeker, device=device), wanted, device))
    if seeker.connection is not None and seeker.connection < Connection.BROADBAND:
        better = Connection.BROADBAND
        found.append(WhatIf(Loosened.CONNECTION, replace(seeker, connection=better), wanted, better))
    return found + list(_wider_filters(seeker, wanted))


def _wider_filters(seeker: Seeker, wanted: JobFilter) -> Iterator[WhatIf]:
    if wanted.modalities is not None:
        for modality in Modality:
            if modality not in wanted.modalities:
                wider = replace(wanted, modalities=wanted.modalities | {modality})
                yield WhatIf(Loosened.MODALITY, seeker, wider, modality)
    if wanted.contracts is not None:
        yield WhatIf(Loosened.CONTRACT, seeker, replace(wanted, contracts=None))
    if wanted.hours_types is not None:
        yield WhatIf(Loosened.HOURS_TYPE, seeker, replace(wanted, hours_types=None))
    if not wanted.allow_unstated:
        yield WhatIf(Loosened.UNSTATED, seeker, replace(wanted, allow_unstated=True))


def _less_pay(seeker: Seeker, wanted: JobFilter) -> Iterator[WhatIf]:
    floor = seeker.min_pay
    if floor is not None:
        for share in PAY_SHARES:
            less = Pay(round(floor.amount * share, 2), floor.currency, floor.period)
            yield WhatIf(Loosened.MIN_PAY, replace(seeker, min_pay=less), wanted, less)


def _more_languages(seeker: Seeker, wanted: JobFilter, catalogues: Sequence[Catalogue]) -> Iterator[WhatIf]:
    """Each language at the next level that a job asks for; who states none is ruled out by none."""
    levels = dict(seeker.languages)
    if not levels:
        return
    wanting: dict[str, LanguageLevel] = {}
    for code, asked in (pair for catalogue in catalogues for pair in _levels_asked(catalogue).items()):
        level = next((level for level in asked if level > levels.get(code, 0)), None)
        if level is not None:
            wanting[code] = min(level, wanting.get(code, level))
    for code, level in islice(sorted(wanting.items()), MOST_LANGUAGES):
        spoken = tuple(sorted((levels | {code: level}).items()))
        yield WhatIf(Loosened.LANGUAGE, replace(seeker, languages=spoken), wanted, (code, level))


def _levels_asked(catalogue: Catalogue) -> dict[str, list[LanguageLevel]]:
    """The levels that jobs ask for, lowest first, by language."""
    return catalogue.memo("levels asked", lambda: _levels_by_language(catalogue.distinct.languages))


def _levels_by_language(asked: Sequence[Sequence[LanguageNeed]]) -> dict[str, list[LanguageLevel]]:
    found: dict[str, set[int]] = {}
    for need in (need for needs in asked for need in needs):
        if need.level is not None:
            found.setdefault(need.code, set()).add(need.level)
    # An opened catalogue has plain numbers.
    return {code: [LanguageLevel(level) for level in sorted(levels)] for code, levels in found.items()}
