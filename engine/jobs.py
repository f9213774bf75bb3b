"""What a job is: `Job` and the terms it is written in. `None` always means "not stated", never a default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from engine.offer_signs import OfferSign
from engine.pay import Pay
from engine.schedules import Schedule


class HoursType(StrEnum):
    """How a posting names its working time; the legal borders are in `facts/peru.toml`."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    HOURLY = "hourly"
    INTERNSHIP = "internship"


class HoursBound(StrEnum):
    """How a posting means its hours a week: "20 horas", "mínimo 20 horas", "hasta 20 horas"."""

    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


UNCOUNTED_EXPERIENCE_YEARS = 1 / 12  # experience is asked for, and how much is not told


class ContractType(StrEnum):
    """The bond between worker and employer."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    PROJECT = "project"
    FREELANCE = "freelance"
    APPRENTICESHIP = "apprenticeship"
    OTHER = "other"


class Modality(StrEnum):
    """Where the work is done."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ON_SITE = "on_site"


class Device(IntEnum):
    """The least device the work can be done on; a larger value can do all that a smaller one can."""

    PHONE = 1
    TABLET = 2
    COMPUTER = 3


class Connection(IntEnum):
    """The least connection the work can be done on."""

    MOBILE_DATA = 1
    BROADBAND = 2


class LanguageLevel(IntEnum):
    """Levels of the Common European Framework, and `NATIVE` above them."""

    A1 = 1
    A2 = 2
    B1 = 3
    B2 = 4
    C1 = 5
    C2 = 6
    NATIVE = 7


@dataclass(frozen=True, slots=True)
class Reading:
    """Which `sentence` of a posting's text a `field` of its job was read from, and how surely: `confidence`, 0 to 1."""

    field: str
    sentence: str
    confidence: float


@dataclass(frozen=True, slots=True)
class LanguageNeed:
    """A language a job needs: ISO 639-1 `code`; `level` is None when the posting names no level."""

    code: str
    level: LanguageLevel | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One posting.

    `schedule` says when the work happens, `hours_per_week` how much of it there is, `hours_type` only
    how the posting calls it: each may be known without the others. `hours_bound` says how the hours a week are meant
    (None: exactly). `country` (ISO 3166-1 alpha-2) is where the employer's post is; `applicant_countries` is where
    applicants may live (empty: not stated or anywhere), `unread_place_limit` what the posting says of it that nobody
    understood. `readings` are the sentences that fields were read from.
    `signs` are those found in its words when it came in (`engine.moderation.fraud`). `takes_applications`: it was
    posted here, by somebody who reads them; no document says so, the store knows it.
    """

    job_id: str
    title: str
    description: str = ""
    employer: str | None = None
    skills: tuple[str, ...] = ()
    languages: tuple[LanguageNeed, ...] = ()
    schedule: Schedule | None = None
    hours_per_week: float | None = None
    hours_bound: HoursBound | None = None
    hours_type: HoursType | None = None
    contract: ContractType | None = None
    modality: Modality | None = None
    pay: Pay | None = None
    country: str | None = None
    region: str | None = None
    city: str | None = None
    applicant_countries: tuple[str, ...] = ()
    unread_place_limit: str | None = None
    device: Device | None = None
    connection: Connection | None = None
    openings: int | None = None
    source: str = "api"
    url: str | None = None
    posted_at: datetime | None = None
    closes_at: datetime | None = None
    readings: tuple[Reading, ...] = ()
    is_open: bool = True
    signs: tuple[OfferSign, ...] = ()
    takes_applications: bool = False

    def is_open_at(self, now: datetime) -> bool:
        """Whether it is open, and its last moment has not passed."""
        return self.is_open and (self.closes_at is None or self.closes_at > now)
