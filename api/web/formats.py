"""How pages write amounts, days and times, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from jinja2 import Environment, pass_environment

from api.web.translations import Language, catalogue, marked

# Lima has no daylight saving.
LIMA = timezone(timedelta(hours=-5))
NO_CENTIMOS = 100
DAY_LENGTH = len("2026-11-12")
MONTHS = (
    *(marked("enero"), marked("febrero"), marked("marzo"), marked("abril"), marked("mayo"), marked("junio")),
    *(marked("julio"), marked("agosto"), marked("septiembre"), marked("octubre"), marked("noviembre")),
    marked("diciembre"),
)
WEEKDAYS = (
    *(marked("lunes"), marked("martes"), marked("miércoles"), marked("jueves"), marked("viernes")),
    *(marked("sábado"), marked("domingo")),
)


def soles(amount: float) -> str:
    """An amount of soles; céntimos of small ones, where there are any."""
    return f"S/ {amount:,.0f}" if float(amount).is_integer() or amount >= NO_CENTIMOS else f"S/ {amount:,.2f}"


def soles_range(amounts: list[float] | tuple[float, float]) -> str:
    """A least and a most amount, as one where they are the same."""
    least, most = amounts
    if least == most:
        return soles(least)
    return f"{soles(least)} – {soles(most).removeprefix('S/ ')}"


def number(value: float) -> str:
    """A number without a fraction of nothing."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def percent(share: float) -> str:
    """A share of one, in percent."""
    return f"{100 * share:.0f} %"


def moment_of(value: str | date) -> datetime:
    """A moment of a document, in Lima's time; of a day without a time, its beginning there."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(moment, datetime) or (isinstance(value, str) and len(value) == DAY_LENGTH):
        return datetime(moment.year, moment.month, moment.day, tzinfo=LIMA)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(LIMA)


@pass_environment
def day(environment: Environment, value: str | date) -> str:
    """A day: "12 de noviembre de 2026"."""
    moment, words = moment_of(value), _words(environment)
    return words("%(day)s de %(month)s de %(year)s") % {
        "day": moment.day,
        "month": words(MONTHS[moment.month - 1]),
        "year": moment.year,
    }


@pass_environment
def moment(environment: Environment, value: str | datetime) -> str:
    """A day and a time of it, in Lima."""
    told: str = day(environment, value)
    return f"{told}, {moment_of(value):%H:%M}"


@pass_environment
def ago(environment: Environment, value: str | datetime, now: datetime) -> str:
    """How long ago a day was, as people say it."""
    days = (moment_of(now).date() - moment_of(value).date()).days
    words = catalogue(_language(environment))
    if days <= 0:
        return words.gettext("hoy")
    if days == 1:
        return words.gettext("ayer")
    if days < 14:
        return words.gettext("hace %(days)s días") % {"days": days}
    if days < 60:
        return words.gettext("hace %(weeks)s semanas") % {"weeks": days // 7}
    return words.gettext("hace %(months)s meses") % {"months": days // 30}


def _language(environment: Environment) -> Language:
    language: Language = environment.globals["language"]  # type: ignore[assignment]
    return language


def _words(environment: Environment) -> Callable[[str], str]:
    return catalogue(_language(environment)).gettext


FILTERS: dict[str, Callable[..., Any]] = {
    "soles": soles,
    "soles_range": soles_range,
    "number": number,
    "percent": percent,
    "day": day,
    "moment": moment,
    "ago": ago,
}
marked("%(day)s de %(month)s de %(year)s")
