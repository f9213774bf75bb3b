"""What to tell a person when fewer jobs fit than were asked for (how few, and what would open more), or none mentions
what they look for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from engine.explain import Locale, ReasonKind
from engine.filtering.filters import JobFilter
from engine.recommendation.named_employers import RuledOut
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommendations
from engine.recommendation.unlock_texts import unlock_text
from engine.seekers import Seeker
from engine.skills import normalised_words
from engine.stopwords import without_stopwords

WAYS_NAMED = 3

_TEXTS = {
    Locale.ES: {
        "none": "Ningún trabajo cumple con todo lo que pides.",
        "unlike": "Nada encaja bien hoy con lo que haces o buscas.",
        "reword": "Prueba con otras palabras, o agrega qué sabes hacer y qué herramientas usas.",
        "few": "Solo {found} de los {limit} trabajos que pediste cumplen con todo y encajan bien.",
        "one": "Solo 1 de los {limit} trabajos que pediste cumple con todo y encaja bien.",
        "nearest": "Aparte va lo más cercano, con lo que le falta.",
        "outside": "Tus horas guardadas son otras: para esta búsqueda contamos las que pides.",
        "unmentioned_at_all": "Ningún trabajo menciona lo que buscas; estos son los que más se le parecen.",
        "unmentioned": "Ningún trabajo que puedas tomar menciona lo que buscas; estos son los que más se le parecen.",
        "hidden_jobs": "Hay {count} avisos de {employer}",
        "hidden_one_job": "Hay 1 aviso de {employer}",
        "hidden_more": "Hay {count} avisos más de {employer}",
        "hidden_one_more": "Hay 1 aviso más de {employer}",
        "hidden_by_hours": "fuera de tus horas",
        "hidden_by_pay": "por menos de lo que pides ganar",
        "hidden_by_languages": "con idiomas que no indicaste",
        "hidden_by_device": "con otro equipo u otra conexión",
        "hidden_by_filters": "fuera de tus filtros",
        "hidden_by_several": "fuera de varios de tus límites",
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
        "unlike": "Nothing fits well today with what you do or look for.",
        "reword": "Try other words, or add what you can do and which tools you use.",
        "few": "Only {found} of the {limit} jobs you asked for meet everything and fit well.",
        "one": "Only 1 of the {limit} jobs you asked for meets everything and fits well.",
        "nearest": "What comes nearest stands apart, with what is missing.",
        "outside": "Your saved hours are others: for this search those count that you ask for.",
        "unmentioned_at_all": "No job mentions what you look for; these come closest.",
        "unmentioned": "No job that you can take mentions what you look for; these come closest.",
        "hidden_jobs": "There are {count} ads of {employer}",
        "hidden_one_job": "There is 1 ad of {employer}",
        "hidden_more": "There are {count} more ads of {employer}",
        "hidden_one_more": "There is 1 more ad of {employer}",
        "hidden_by_hours": "outside your hours",
        "hidden_by_pay": "for less than you ask for",
        "hidden_by_languages": "with languages that you did not state",
        "hidden_by_device": "with another device or connection",
        "hidden_by_filters": "outside your filters",
        "hidden_by_several": "outside several of your limits",
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


def notice_of(
    query: Query, found: Recommendations, hidden: RuledOut | None = None, *, asks_outside: bool = False
) -> str | None:
    """What to tell of an answer, None for nothing; `hidden` are the jobs of an employer whom the search names,
    `asks_outside`: the hours that it asks for are none of the person's own."""
    texts = _TEXTS[query.locale]
    told = " ".join(filter(None, (texts["outside"] if asks_outside else None, _notice_of_answer(query, found)))) or None
    if hidden is None:
        return told
    key = ("one_more" if hidden.passing else "one_job") if hidden.count == 1 else "more" if hidden.passing else "jobs"
    count = texts[f"hidden_{key}"].format(count=hidden.count, employer=hidden.employer)
    return " ".join(filter(None, (f"{count} {texts[f'hidden_by_{hidden.by}']}.", told)))


def _notice_of_answer(query: Query, found: Recommendations) -> str | None:
    few = _notice_of_few(query, found)
    shown = [*found.jobs, *(near.job for near in found.nearest)]
    looks_for_words = query.by_words and bool(without_stopwords(normalised_words(query.seeker.text)))
    if not looks_for_words or not shown or any(one.kind is ReasonKind.WORDS for job in shown for one in job.reasons):
        return few
    name = "unmentioned" if query.is_for_me else "unmentioned_at_all"
    return " ".join(filter(None, (_TEXTS[query.locale][name], few)))


def _notice_of_few(query: Query, found: Recommendations) -> str | None:
    """How few there are; None when there are as many as were asked for."""
    count = len(found.jobs)
    if count >= query.limit:
        return None
    texts = _TEXTS[query.locale]
    name = {0: "unlike" if found.eligible_count and found.least_relevance else "none", 1: "one"}.get(count, "few")
    sentences = [texts[name].format(found=count, limit=query.limit)]
    if found.nearest:
        sentences.append(texts["nearest"])
    if found.unlocks:
        best = found.unlocks[0]
        sentences.append(f"{unlock_text(best.what_if, best.opens, query.locale)}.")
    if name == "unlike" and not (found.nearest or found.unlocks):
        sentences.append(texts["reword"])
    if name == "none" or not (found.unlocks or name == "unlike"):
        sentences += _loosening(query.seeker, query.wanted, texts)
    return " ".join(sentences)


def _loosening(seeker: Seeker, wanted: JobFilter, texts: Mapping[str, str]) -> list[str]:
    """Which limits one could loosen, where no single step was found to open anything."""
    ways = [texts[limit_name] for limit_name in islice(_limits(seeker, wanted), WAYS_NAMED)]
    if not ways:
        return []
    *first, last = ways
    listed = f"{', '.join(first)}{texts['or']}{last}" if first else last
    return [texts["loosen"].format(ways=listed)]


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
