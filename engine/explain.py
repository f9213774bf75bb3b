"""Why a job is recommended, in words for the person: hours, skills, pay, and what to ask about."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from engine.availability import HoursRule, WorkingHours
from engine.comparable_pay import ComparablePay, comparable_pay
from engine.facts import facts
from engine.jobs import UNCOUNTED_EXPERIENCE_YEARS, HoursBound, HoursType, Job, LanguageLevel, Modality
from engine.pay_texts import comparison_texts, stated_pay_text
from engine.reason_texts import LANGUAGE_NAMES, TEXTS
from engine.schedules import Weekday
from engine.times_text import days_text, times_text
from engine.working_hours import HERE, full_time_hours, is_only_full_time, told_hours

SKILLS_NAMED = 4
FRESH_DAYS, DAYS_PER_MONTH, DAYS_PER_YEAR = 30, 30.44, 365
LONGEST_QUOTE = 90  # characters of an ad's own words


class Locale(StrEnum):
    """The language of reasons; Spanish is the product's first."""

    ES = "es"
    EN = "en"


class ReasonKind(StrEnum):
    """What a reason is about."""

    WORDS = "words"
    HOURS = "hours"
    SKILLS = "skills"
    PAY = "pay"
    NEEDS = "needs"
    ASK = "ask"


# Enums are slow to look into, thirty times a request.
_HOURS, _SKILLS, _ASK = ReasonKind.HOURS, ReasonKind.SKILLS, ReasonKind.ASK
_FULL_TIME = HoursType.FULL_TIME


class Reason(NamedTuple):
    """One reason, ready to show."""

    kind: ReasonKind
    text: str


class HoursWording(NamedTuple):
    """Which sentence tells of a job's hours (`name`), and what it tells of the job: its `hours` (None: not known), its
    `times` (windows, or those of each shift), and in words how many "full time" is taken to be ("": they are told)."""

    name: str
    hours: float | None = None
    times: tuple[str, ...] = ()
    full_time: str = ""


class PersonHours(NamedTuple):
    """Hours a week of one person and one job: shared and needed (None: the job states none), the same inside a team's
    day, of several shifts the number of the best one and how many are free, and days of the job without time for it."""

    shared: float
    needed: float | None
    core_shared: float | None = None
    core_needed: float | None = None
    best_shift: int = -1
    free_shifts: int = 0
    days_without_time: tuple[Weekday, ...] = ()


def reasons(
    job: Job,
    skills: tuple[str, ...],
    rule: HoursRule,
    hours: PersonHours | None,
    locale: Locale = Locale.ES,
) -> list[Reason]:
    """The reasons for one job.

    Args:
        job: the job. skills: those it shares with the person, in the order to name them.
        rule: how its hours are known. hours: what the person shares of them; None where the person states none.
        locale: the language to write in.
    """
    personal = personal_reasons(hours_wording(job, rule, locale), skills, hours, locale)
    return personal + posting_reasons(job, comparable_pay(job), locale)


def personal_reasons(
    wording: HoursWording,
    skills: tuple[str, ...],
    hours: PersonHours | None,
    locale: Locale,
    *,
    asks_hours: bool = True,
) -> list[Reason]:
    """The reasons that depend on the person: hours, by the wording of `hours_wording`, and skills.

    Who states no hours is told the job's; with `asks_hours` also that they may state theirs.
    """
    texts = TEXTS[locale]
    found = [_job_hours_reason(locale, wording) if hours is None else _hours_reason(locale, wording, hours)]
    if hours is None and asks_hours:
        found.append(Reason(_ASK, texts["yours_unstated"]))
    if skills:
        named, more = ", ".join(skills[:SKILLS_NAMED]), len(skills) - SKILLS_NAMED
        key = "skills_more" if more > 0 else "skills"
        found.append(Reason(_SKILLS, texts[key].format(skills=named, more=more)))
    return found


def term_match_reasons(words: tuple[str, ...], locale: Locale) -> list[Reason]:
    """The reason of a job that says some `words` that a person looks for."""
    return [Reason(ReasonKind.WORDS, TEXTS[locale]["words"].format(words=", ".join(words)))] if words else []


def age_reasons(days: int, locale: Locale) -> list[Reason]:
    """The reason of a posting that is so many days old: that it may be filled, once it is over thirty."""
    if days <= FRESH_DAYS:
        return []
    months, years = round(days / DAYS_PER_MONTH), days // DAYS_PER_YEAR
    name, count = ("years", years) if years > 1 else ("months", months)
    texts = TEXTS[locale]
    age = texts[name if count > 1 else "month"].format(count=count)
    return [Reason(_ASK, texts["old"].format(age=age))]


def posting_reasons(job: Job, comparable: ComparablePay | None, locale: Locale) -> list[Reason]:
    """The reasons that the posting alone gives: its pay, which is `comparable` so, and what to ask about."""
    texts = TEXTS[locale]
    found = []
    if job.pay is not None:
        found.append(Reason(ReasonKind.PAY, texts["pay"].format(pay=stated_pay_text(job.pay, locale))))
        if comparable is not None:
            found += [Reason(ReasonKind.PAY, text) for text in comparison_texts(job.pay, comparable, locale)]
    else:
        found.append(Reason(ReasonKind.ASK, texts["pay_unstated"]))
    if job.modality is None:
        found.append(Reason(ReasonKind.ASK, texts["modality_unstated"]))
    elif job.modality is Modality.HYBRID:
        place = job.city or job.region or texts["the_office"]
        found.append(Reason(ReasonKind.ASK, texts["hybrid"].format(place=place)))
    if job.schedule is None and (said := next((one.sentence for one in job.readings if one.field == "schedule"), None)):
        found.append(Reason(ReasonKind.ASK, texts["clock_untold"].format(times=_shortened(said))))
    if job.unread_place_limit is not None and not job.applicant_countries:
        key = "place_local" if job.country == HERE else "place_unread"
        found.append(Reason(ReasonKind.ASK, texts[key].format(limit=_shortened(job.unread_place_limit))))
    return found


def home_cost_reason(is_employer: bool, words: str, locale: Locale) -> Reason:
    """The reason of a posting whose `words` say who pays the connection at home."""
    kind, key = (ReasonKind.PAY, "costs_employer") if is_employer else (ReasonKind.ASK, "costs_worker")
    return Reason(kind, TEXTS[locale][key].format(words=_shortened(words)))


def working_days_reason(days: Sequence[Weekday], locale: Locale) -> Reason:
    """The reason of an ad that tells the days that are worked and not the hours."""
    return Reason(ReasonKind.NEEDS, TEXTS[locale]["working_days"].format(days=days_text(days, locale)))


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1].rstrip(" .,;:") + "…"


SPOKEN_HERE = "es"
MONTHS_TOLD_UNDER = 1.0  # years


def experience_reasons(years: float | None, locale: Locale) -> list[Reason]:
    """What an ad says of experience: how many `years` it asks for (None: it says nothing; under a month: some)."""
    texts = TEXTS[locale]
    if years is None:
        return []
    if years == 0:
        return [Reason(ReasonKind.NEEDS, texts["experience_none"])]
    if years <= UNCOUNTED_EXPERIENCE_YEARS:
        return [Reason(ReasonKind.ASK, texts["experience_some"])]
    months = round(years * 12)
    unit = "month" if months == 1 else "months" if years < MONTHS_TOLD_UNDER else "year" if years == 1 else "years"
    number = months if years < MONTHS_TOLD_UNDER else years
    return [Reason(ReasonKind.NEEDS, texts[f"experience_{unit}"].format(number=number_text(number)))]


def language_reasons(job: Job, locale: Locale) -> list[Reason]:
    """What to tell somebody who states no languages of those that a job names, but for the one of the country."""
    texts, names = TEXTS[locale], LANGUAGE_NAMES[locale]
    named = [(need, names.get(need.code, need.code)) for need in job.languages if need.code != SPOKEN_HERE]
    needed = [f"{name} {level_name(need.level, locale)}" for need, name in named if need.level is not None]
    wished = [name for need, name in named if need.level is None]
    both = (("languages_needed", needed), ("languages_wished", wished))
    return [Reason(ReasonKind.ASK, texts[key].format(languages=listed(found, locale))) for key, found in both if found]


def level_name(level: LanguageLevel, locale: Locale) -> str:
    """A level as people write it: `B1`, `nativo`."""
    return TEXTS[locale]["native"] if level is LanguageLevel.NATIVE else level.name


def listed(names: Sequence[str], locale: Locale) -> str:
    """Names as a sentence lists them: `inglés y francés`."""
    *first, last = names
    return f"{', '.join(first)} {TEXTS[locale]['and']} {last}" if first else last


def hours_wording(job: Job, rule: HoursRule, locale: Locale, working: WorkingHours | None = None) -> HoursWording:
    """Which sentence tells of a job's hours, and how many they are."""
    wording = _wording(job, rule, locale)
    if is_only_full_time(job):
        name = _FULL_TIME_NAMES.get(rule, wording.name)
        wording = wording._replace(name=name, full_time=_full_time_text(job.country, locale))
    return wording if wording.hours is not None else wording._replace(hours=told_hours(job, working))


_FULL_TIME_NAMES = {
    HoursRule.HOURS_ONLY: "full_time",
    HoursRule.FLEXIBLE: "full_time_flexible",
    HoursRule.WITHIN: "full_time_within",
}


def _full_time_text(country: str | None, locale: Locale) -> str:
    """How many hours a week "full time" is taken to be, and where that is so."""
    known, hours = facts("full_time"), number_text(full_time_hours(country))
    if country is None or country not in known:
        return TEXTS[locale]["full_time_as_here"].format(hours=hours)
    return TEXTS[locale]["full_time_there"].format(hours=hours, country=known[country]["name"][locale.value])


def _wording(job: Job, rule: HoursRule, locale: Locale) -> HoursWording:
    schedule = job.schedule
    if rule is HoursRule.UNSTATED:
        if job.hours_bound is HoursBound.AT_MOST and job.hours_per_week is not None:
            return HoursWording("hours_at_most", job.hours_per_week)
        return HoursWording(job.hours_type.value if job.hours_type not in (None, _FULL_TIME) else "hours_unstated")
    if rule is HoursRule.HOURS_ONLY:
        return HoursWording("hours_at_least" if job.hours_bound is HoursBound.AT_LEAST else "hours_only")
    if schedule is None or rule in (HoursRule.FIXED, HoursRule.FLEXIBLE):
        return HoursWording("hours")
    times = tuple(times_text(shift, schedule.time_zone, locale) for shift in schedule.shifts or (schedule.windows,))
    is_least = rule is HoursRule.WITHIN and job.hours_bound is HoursBound.AT_LEAST
    return HoursWording("within_at_least" if is_least else rule.name.lower(), times=times)


@lru_cache(maxsize=4096)
def _job_hours_reason(locale: Locale, wording: HoursWording) -> Reason:
    """What a job's hours are, for who states none."""
    texts, name = TEXTS[locale], wording.name
    if name == "rotating" and not any(wording.times):
        return Reason(_ASK, texts["rotating_untold"])
    if wording.hours is not None and name != "hours_at_most":
        key = "job_full_time" if wording.full_time else "job_at_least" if name == "hours_at_least" else "job_hours"
        return Reason(_HOURS, texts[key].format(hours=number_text(wording.hours), full_time=wording.full_time))
    if name in ("within", "within_at_least"):
        return Reason(_ASK, texts["job_within"].format(windows="; ".join(wording.times)))
    untold = name if name in _SAYS_NOTHING_OF_ONES_OWN else "hours_unstated"
    return Reason(_ASK, texts[untold].format(hours=number_text(wording.hours or 0)))


_SAYS_NOTHING_OF_ONES_OWN = ("hours_at_most", "part_time", "hourly", "internship")


@lru_cache(maxsize=4096)
def _hours_reason(locale: Locale, wording: HoursWording, hours: PersonHours) -> Reason:
    name = _hours_sentence(wording, hours)
    times = wording.times
    text = TEXTS[locale][name].format(
        shared=number_text(hours.shared),
        needed=number_text(hours.needed or 0),
        core_shared=number_text(hours.core_shared or 0),
        core=number_text(hours.core_needed or 0),
        hours=number_text(wording.hours or 0),
        shift=times[hours.best_shift] if 0 <= hours.best_shift < len(times) else "",
        shifts="; ".join(times),
        windows="; ".join(times),
        full_time=wording.full_time,
    )
    return Reason(_ASK if hours.needed is None else _HOURS, text)


def _hours_sentence(wording: HoursWording, hours: PersonHours) -> str:
    name, needed = wording.name, hours.needed
    if needed is None:
        return {"within": "within_untold", "rotating": "rotating_untold", "hours": "flexible_untold"}.get(name, name)
    has_all = hours.shared >= needed
    if name == "core_overlap":
        return "core_all" if has_all and (hours.core_shared or 0) >= (hours.core_needed or 0) else "core"
    if name == "one_of":
        is_any = hours.free_shifts == len(wording.times)
        return "one_of_any" if is_any else "one_of" if hours.free_shifts else "one_of_part"
    if name == "rotating" and not any(wording.times):
        return "rotating_untold"
    return f"{name}_all" if has_all and name in ("hours", "rotating") else name


def number_text(value: float) -> str:
    """Thousands with a comma, as Peru writes them, and decimals only where there are any."""
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}".rstrip("0").rstrip(".")
