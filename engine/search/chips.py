"""Limits that words of a search state, as an answer shows them: chips that can be taken away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from engine.documents.seekers import seeker_document
from engine.filtering.filters import JobFilter
from engine.jobs import ContractType, Device, LanguageLevel
from engine.schedules import Window
from engine.search.week_hours import shared_windows
from engine.seekers import Availability, Seeker


class ChipKind(StrEnum):
    """What a chip limits: `LANGUAGES` are not wanted, `SPOKEN` is one that the person speaks so well. `SPELLING` limits
    nothing: a word was read as another."""

    HOURS_TYPE = "hours_type"
    MODALITY = "modality"
    TIMES = "times"
    WEEKLY_HOURS = "weekly_hours"
    LEAST_HOURS = "least_hours"
    PAY = "pay"
    EXPERIENCE = "experience"
    PLACE = "place"
    LANGUAGES = "languages"
    SPOKEN = "spoken"
    UNWANTED = "unwanted"
    DEVICE = "device"
    CURRENCY = "currency"
    CONTRACT = "contract"
    SPELLING = "spelling"


# What may be "en planilla": an ad seldom says for how long.
ON_PAYROLL = frozenset(ContractType) - {ContractType.FREELANCE, ContractType.APPRENTICESHIP}
NATIVE_SPANISH = (("es", LanguageLevel.NATIVE),)  # of who has not said which languages they speak
# The fields of `filters` that hold what chips of a kind list.
_OF_TERMS = {
    ChipKind.HOURS_TYPE: "hours_types",
    ChipKind.MODALITY: "modalities",
    ChipKind.LANGUAGES: "without_languages",
    ChipKind.UNWANTED: "without_words",
    ChipKind.CURRENCY: "currencies",
    ChipKind.CONTRACT: "contracts",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A limit, and the `words` of the search that state it, as they were typed.

    `value` by kind: a frozenset of terms (hours type, modality, languages, unwanted words, currencies, contracts),
    windows (times), hours a week, a `Pay`, years of experience, the name of a place, a language's code and level, a
    device, the word that was meant.
    """

    kind: ChipKind
    words: str
    value: Any
    time_zone: str = "America/Lima"


@dataclass(frozen=True, slots=True)
class Limits:
    """A person and what jobs must be like, as chips leave them; `is_outside`: the times asked for are none of those
    that the person is free."""

    seeker: Seeker
    wanted: JobFilter
    is_outside: bool = False


def with_chips(
    chips: Iterable[Chip], seeker: Seeker, wanted: JobFilter, stated: frozenset[str] = frozenset()
) -> Limits:
    """The limits of a person and a request, made narrower by chips; several of a kind are alternatives. Fields of
    `wanted` that are `stated` stay as they are."""
    limits = Limits(seeker, wanted)
    by_kind: dict[ChipKind, list[Any]] = {}
    for chip in chips:
        by_kind.setdefault(chip.kind, []).append(chip.value)
    narrowed: dict[str, Any] = {
        name: frozenset().union(*by_kind[kind]) for kind, name in _OF_TERMS.items() if kind in by_kind
    }
    if ChipKind.EXPERIENCE in by_kind:
        narrowed["max_experience_years"] = max(by_kind[ChipKind.EXPERIENCE])
    if ChipKind.LEAST_HOURS in by_kind:
        narrowed["min_hours_per_week"] = by_kind[ChipKind.LEAST_HOURS][-1]
    if ChipKind.PLACE in by_kind:
        narrowed["place"] = by_kind[ChipKind.PLACE][-1]
    narrowed = {name: value for name, value in narrowed.items() if name not in stated}
    limits = replace(limits, wanted=replace(wanted, **narrowed))
    if ChipKind.SPOKEN in by_kind:
        spoken = dict(limits.seeker.languages or NATIVE_SPANISH) | dict(by_kind[ChipKind.SPOKEN])
        limits = replace(limits, seeker=replace(limits.seeker, languages=tuple(spoken.items())))
    if ChipKind.DEVICE in by_kind:
        limits = replace(limits, seeker=replace(limits.seeker, device=Device(min(by_kind[ChipKind.DEVICE]))))
    if ChipKind.PAY in by_kind:
        limits = replace(limits, seeker=replace(limits.seeker, min_pay=by_kind[ChipKind.PAY][-1]))
    windows = tuple(window for found in by_kind.get(ChipKind.TIMES, ()) for window in found)
    hours = min(by_kind.get(ChipKind.WEEKLY_HOURS, [None]))
    return _with_times(limits, windows, hours) if windows or hours else limits


def filter_document(chip: Chip) -> dict[str, Any]:
    """What a chip limits, as `filters` and profiles write it."""
    if chip.kind in _OF_TERMS:
        return {_OF_TERMS[chip.kind]: sorted(chip.value)}
    match chip.kind:
        case ChipKind.LEAST_HOURS:
            return {"min_hours_per_week": chip.value}
        case ChipKind.EXPERIENCE:
            return {"max_experience_years": chip.value}
        case ChipKind.SPOKEN:
            return _part(Seeker(languages=(chip.value,)), "languages")
        case ChipKind.DEVICE:
            return _part(Seeker(device=chip.value), "device")
        case ChipKind.PLACE:
            return {"place": chip.value}
        case ChipKind.PAY:
            return _part(Seeker(min_pay=chip.value), "min_pay")
        case ChipKind.TIMES:
            return _part(Seeker(availability=Availability(chip.time_zone, chip.value)), "availability")
        case ChipKind.WEEKLY_HOURS:
            return _part(Seeker(availability=Availability(chip.time_zone, (), chip.value)), "availability")
        case _:
            return {}


def _part(seeker: Seeker, key: str) -> dict[str, Any]:
    return {key: seeker_document(seeker)[key]}


def _with_times(limits: Limits, windows: tuple[Window, ...], hours: float | None) -> Limits:
    """The hours asked for, within those that the person has said to be free; where none are shared, those asked for."""
    own = limits.seeker.availability
    zone = own.time_zone if own is not None else "America/Lima"
    caps = [cap for cap in (hours, own.hours_per_week if own is not None else None) if cap is not None]
    shared = shared_windows(windows, own.windows) if own is not None and own.windows else windows
    if not windows and own is not None:
        shared = own.windows
    is_outside = bool(windows) and not shared
    free = Availability(zone, shared or windows, min(caps) if caps else None)
    return replace(limits, seeker=replace(limits.seeker, availability=free), is_outside=is_outside)
