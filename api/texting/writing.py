"""What is answered by text message, in words: each text fits one SMS; a job takes two."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files

from engine.documents.how_to_apply import ApplyWay, how_to_apply
from engine.explain import Locale, hours_wording, personal_reasons
from engine.jobs import Job
from engine.pay_texts import pay_text
from engine.schedules import ScheduleKind
from engine.sign_texts import warnings
from engine.times_text import times_text
from engine.working_hours import working_hours
from store.notices.quoting import quoted
from store.notices.short_texts import short_text

MOST_JOBS = 3
LONGEST_TITLE, LONGEST_EMPLOYER, LONGEST_PART = 60, 40, 110


def said(key: str, locale: Locale, **values: str) -> str:
    """A text of `words.toml` with its values, the longest of which are cut until it fits one SMS."""
    return short_text(_words()[locale][key], values)


def alert_text(titles: Mapping[int, str], locale: Locale) -> str:
    """One to three new jobs by their numbers."""
    key = "alert" if len(titles) == 1 else f"alerts_{len(titles)}"
    named = {f"job{place}": title for place, title in enumerate(titles.values(), 1)}
    return said(key, locale, **named, **{f"n{place}": str(number) for place, number in enumerate(titles, 1)})


def job_texts(number: int, job: Job, locale: Locale) -> tuple[str, str]:
    """A job in two messages: what it is, when, what it pays; how one applies, and what to beware of.

    What the ad does not say is said not to be said.
    """
    words = _words()[locale]
    named = {
        "number": str(number),
        "job": title_of(job, locale),
        "employer": employer_of(job, locale),
        "hours": _hours(job, locale),
        "pay": words["no_pay"] if job.pay is None else words["pays"].format(pay=pay_text(job.pay, locale)),
    }
    return said("job", locale, **named), _applying(number, job, locale)


def title_of(job: Job, locale: Locale) -> str:
    """What the ad is called."""
    return quoted(job.title, LONGEST_TITLE) or {Locale.ES: "un trabajo", Locale.EN: "a job"}[locale]


def employer_of(job: Job, locale: Locale) -> str:
    """Whose it is, or that it does not say so."""
    return quoted(job.employer, LONGEST_EMPLOYER) or _words()[locale]["no_employer"]


def apply_text(job: Job, locale: Locale) -> str:
    """How one applies, where that is not by Chamba."""
    return how_to_apply(job.url, locale, takes_applications=job.takes_applications).text


def listed(numbers: Collection[int], locale: Locale) -> str:
    """Numbers as people say them: 1, 2 y 3."""
    names = list(map(str, numbers))
    return _words()[locale]["and"].join([part for part in (", ".join(names[:-1]), names[-1]) if part])


def _applying(number: int, job: Job, locale: Locale) -> str:
    told = how_to_apply(job.url, locale, takes_applications=job.takes_applications)
    named = {"number": str(number)}
    found = [text for one in warnings(job, locale) if (text := quoted(one.text, LONGEST_PART))]
    if found:
        here = _words()[locale]["here_warned"].format(**named)
        apply = here if told.how is ApplyWay.HERE else told.text
        return said("warned", locale, **named, warning=found[0].rstrip("."), apply=apply)
    if told.how is ApplyWay.HERE:
        return said("apply_here", locale, **named)
    return said("apply_elsewhere", locale, **named, apply=told.text)


def _hours(job: Job, locale: Locale) -> str:
    """When it is, where the ad says so; else how many hours, or that it does not say."""
    schedule = job.schedule
    if schedule is not None and schedule.kind is ScheduleKind.FIXED:
        times = times_text(schedule.windows, schedule.time_zone, locale)
        return _words()[locale]["times"].format(times=times)
    working = working_hours(job)
    wording = hours_wording(job, working.rule, locale, working)
    return personal_reasons(wording, (), None, locale, asks_hours=False)[0].text.rstrip(".")


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    document: Mapping[str, Mapping[str, str]] = tomllib.loads(
        (files("api") / "texting" / "words.toml").read_text("utf-8")
    )
    return document
