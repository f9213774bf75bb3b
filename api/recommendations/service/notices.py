"""What to tell a person when fewer jobs fit than were asked for (how few, and which limits they could loosen), or none
mentions what they look for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from engine.explain import Locale, ReasonKind
from engine.filtering.filters import JobFilter
from engine.recommendation.recommend import Query
from engine.recommendation.recommendation import RecommendedJob
from engine.seekers import Seeker

WAYS_NAMED = 3

_TEXTS = {
    Locale.ES: {
        "none": "Ningún trabajo cumple con todo lo que pides.",
        "few": "Solo {found} de los {limit} trabajos que pediste cumplen con todo.",
        "one": "Solo 1 de los {limit} trabajos que pediste cumple con todo.",
        "unmentioned": "Ningún trabajo que puedas tomar menciona lo que buscas; estos son los que más se le parecen.",
        "loosen": "Para ver más puedes {ways}.",
        "or": " o ",
        "availability": "indicar más horas libres",
        "min_pay": "bajar el pago mínimo",
        "modalities": "aceptar más modalidades (remoto, híbrido, presencial)",
        "contracts": "aceptar otros tipos de contrato",
        "hours_types": "aceptar otras jornadas",
        "allow_unstated": "aceptar avisos que no dicen todo lo que filtras",
        "languages": "revisar los idiomas que indicaste",
        "device": "indicar un equipo o una conexión mejores",
    },
    Locale.EN: {
        "none": "No job meets everything you ask for.",
        "few": "Only {found} of the {limit} jobs you asked for meet everything.",
        "one": "Only 1 of the {limit} jobs you asked for meets everything.",
        "unmentioned": "No job that you can take mentions what you look for; these come closest.",
        "loosen": "To see more you can {ways}.",
        "or": " or ",
        "availability": "state more free hours",
        "min_pay": "lower the least pay",
        "modalities": "accept more kinds of place (remote, hybrid, on site)",
        "contracts": "accept other kinds of contract",
        "hours_types": "accept other working times",
        "allow_unstated": "accept ads that do not state all that you filter by",
        "languages": "check the languages you stated",
        "device": "state a better device or connection",
    },
}


def notice_of(query: Query, jobs: Sequence[RecommendedJob]) -> str | None:
    """What to tell of the `jobs` that answer a question, None for nothing."""
    few = _notice_of_few(query.seeker, query.wanted, len(jobs), query.limit, query.locale)
    if not query.by_words or not jobs or any(one.kind is ReasonKind.WORDS for job in jobs for one in job.reasons):
        return few
    return " ".join(filter(None, (_TEXTS[query.locale]["unmentioned"], few)))


def _notice_of_few(seeker: Seeker, wanted: JobFilter, found: int, limit: int, locale: Locale) -> str | None:
    """How few there are; None when `found` jobs are as many as the `limit` asked for."""
    if found >= limit:
        return None
    texts = _TEXTS[locale]
    how_few = texts["none" if found == 0 else "one" if found == 1 else "few"].format(found=found, limit=limit)
    ways = [texts[limit_name] for limit_name in islice(_limits(seeker, wanted), WAYS_NAMED)]
    if not ways:
        return how_few
    *first, last = ways
    listed = f"{', '.join(first)}{texts['or']}{last}" if first else last
    return f"{how_few} {texts['loosen'].format(ways=listed)}"


def _limits(seeker: Seeker, wanted: JobFilter) -> Iterator[str]:
    """The limits that were stated, those that usually rule out most jobs first."""
    stated = {
        "modalities": wanted.modalities is not None,
        "availability": seeker.availability is not None,
        "min_pay": seeker.min_pay is not None,
        "hours_types": wanted.hours_types is not None,
        "contracts": wanted.contracts is not None,
        "allow_unstated": not wanted.allow_unstated,
        "device": seeker.device is not None or seeker.connection is not None,
        "languages": bool(seeker.languages),
    }
    return (name for name, is_stated in stated.items() if is_stated)
