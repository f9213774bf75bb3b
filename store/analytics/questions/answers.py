"""Every question that an analyst may ask of a snapshot, and the function that answers it."""

from __future__ import annotations

from collections.abc import Callable

from store.analytics.questions.exposure import exposure, exposure_curve
from store.analytics.questions.freed_hours import freed_hours
from store.analytics.questions.funnel import funnel
from store.analytics.questions.hours import hours_balance
from store.analytics.questions.kept_answers import kept
from store.analytics.questions.matching import match_success
from store.analytics.questions.placement_time import time_to_placement, time_to_placement_curve
from store.analytics.questions.skills import skill_balance
from store.analytics.questions.usage import usage
from store.analytics.snapshots import AnalyticsSnapshot
from store.analytics.tables import Filters, Question, Table

ANSWERS: dict[Question, Callable[[AnalyticsSnapshot, Filters], Table]] = {
    Question.FUNNEL: funnel,
    Question.MATCH_SUCCESS: match_success,
    Question.TIME_TO_PLACEMENT: time_to_placement,
    Question.TIME_TO_PLACEMENT_CURVE: time_to_placement_curve,
    Question.EXPOSURE: exposure,
    Question.EXPOSURE_CURVE: exposure_curve,
    Question.SKILLS: skill_balance,
    Question.HOURS: hours_balance,
    Question.FREED_HOURS: freed_hours,
    Question.USAGE: usage,
}
# Of these an answer takes seconds, and is of the snapshot's day, whatever the period.
LONG = (Question.FREED_HOURS,)


def answer(snapshot: AnalyticsSnapshot, question: Question, filters: Filters | None = None) -> Table:
    """The table that answers a question; without filters of all weeks."""
    asked = filters or Filters()
    if question in LONG:
        return kept(snapshot, question, lambda: ANSWERS[question](snapshot, asked))
    return ANSWERS[question](snapshot, asked)


def prepare(snapshot: AnalyticsSnapshot) -> None:
    """Work out what takes long before anybody asks."""
    for question in LONG:
        answer(snapshot, question)
