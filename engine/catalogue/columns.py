"""The columns of a catalogue, and the distinct values that some of them number."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, get_type_hints

import numpy as np
from numpy.typing import NDArray

from engine.availability import WorkingHours
from engine.jobs import HoursType, LanguageNeed, Modality

NOT_STATED = 0
LIKELY = 128  # what a job does not call itself, plus this
NEVER_SECONDS = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Place:
    """Where a job is and from where it may be done; `region` and `city` as normalised words, spaces around each."""

    modality: Modality | None
    country: str | None
    applicant_countries: tuple[str, ...]
    region: str | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """One value a job, `[N]` each; 0 means "not stated" in the codes, NaN in the pays and the years of experience.

    `*_number` index the catalogue's distinct values; `duplicate_group`, `owner`, `text_signature`, `title_words`,
    `title_words_again`, `title_level` and `foreign_languages` are of `engine.catalogue.duplicates`, `told_words` is of
    `engine.catalogue.thin_ads`; `id_hash` tells job ids apart; times are seconds since 1970, `closes_at` is the largest
    integer when a job does not close.
    """

    schedule_number: NDArray[np.int32]
    language_number: NDArray[np.int32]
    place_number: NDArray[np.int32]
    modality: NDArray[np.uint8]
    contract: NDArray[np.uint8]
    hours_type: NDArray[np.uint8]
    device: NDArray[np.uint8]
    connection: NDArray[np.uint8]
    soles_per_month: NDArray[np.float32]
    soles_per_hour: NDArray[np.float32]
    experience_years: NDArray[np.float32]
    pay_currency: NDArray[np.int32]
    closes_at: NDArray[np.int64]
    posted_at: NDArray[np.int64]
    duplicate_group: NDArray[np.int64]
    owner: NDArray[np.int64]
    text_signature: NDArray[np.uint64]
    title_words: NDArray[np.uint64]
    title_words_again: NDArray[np.uint64]
    title_level: NDArray[np.uint8]
    foreign_languages: NDArray[np.uint32]
    told_words: NDArray[np.uint8]
    id_hash: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DistinctValues:
    """The values that the number columns index."""

    schedules: list[WorkingHours]
    languages: list[tuple[LanguageNeed, ...]]
    places: list[Place]


@cache
def column_dtype(name: str) -> Any:
    """The dtype that the declaration of `Columns` gives a column."""
    array = get_type_hints(Columns)[name]
    return array.__args__[1].__args__[0]


def hours_type_code(stated: HoursType | None, likely: HoursType | None) -> int:
    """The number of how a job's hours are called, or, from 128 on, of what they are by their number."""
    return enum_code(stated) if stated is not None or likely is None else LIKELY + enum_code(likely)


def currency_code(code: str | None) -> int:
    """A number for a currency's three letters (ISO 4217), 0 for "not stated"."""
    return NOT_STATED if code is None else int.from_bytes(code.upper().encode("ascii", "replace")[:3], "big")


def called_hours(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The numbers of what hours are, called so or not; 0 for "not stated"."""
    return codes & np.uint8(LIKELY - 1)


def enum_code(member: StrEnum | None) -> int:
    """A small number for a term: its position in its enum from 1 on, 0 for "not stated"."""
    return NOT_STATED if member is None else list(type(member)).index(member) + 1


def id_hash(job_id: str) -> int:
    """A number of 64 bits for a job's id."""
    return int.from_bytes(hashlib.blake2b(job_id.encode(), digest_size=8).digest(), "little", signed=True)
