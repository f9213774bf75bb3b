"""Somebody and a job, in words for whoever posted it: what they do, the hours they share, the skills they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.explain import SKILLS_NAMED, Locale, Reason, ReasonKind, number_text
from engine.seekers import Seeker

LONGEST_HEADLINE, LOOKED_THROUGH = 120, 600

_TEXTS = {
    Locale.ES: {
        "all": "Tiene libres las {needed} horas que pide el aviso",
        "some": "Comparte {shared} de las {needed} horas que pide el aviso",
        "core": "{hours}; con el equipo coincide en {core_shared} de {core_needed}",
        "untold": "Tiene libres {shared} horas; el aviso no dice cuántas pide",
        "unstated": "No ha dicho qué horas tiene libres",
        "skills": "Nombra lo que pide el aviso: {skills}",
        "skills_more": "Nombra lo que pide el aviso: {skills} y {more} más",
    },
    Locale.EN: {
        "all": "They are free for all {needed} hours that the ad asks for",
        "some": "They share {shared} of the {needed} hours that the ad asks for",
        "core": "{hours}; {core_shared} of {core_needed} are the team's",
        "untold": "They have {shared} hours free; the ad does not say how many it asks for",
        "unstated": "They have not said which hours they are free",
        "skills": "They name what the ad asks for: {skills}",
        "skills_more": "They name what the ad asks for: {skills} and {more} more",
    },
}


def shared_hours_text(
    shared: float | None,
    needed: float | None,
    core_shared: float | None = None,
    core_needed: float | None = None,
    *,
    locale: Locale,
) -> str:
    """The hours a week that somebody shares with a job; `shared` None: they state none, `needed` None: the ad does."""
    texts = _TEXTS[locale]
    if shared is None:
        return texts["unstated"]
    if needed is None:
        return texts["untold"].format(shared=number_text(shared))
    hours = texts["all" if shared >= needed else "some"].format(shared=number_text(shared), needed=number_text(needed))
    if core_needed is None:
        return hours
    core = {"core_shared": number_text(core_shared or 0), "core_needed": number_text(core_needed)}
    return texts["core"].format(hours=hours, **core)


def fit_reasons(hours_text: str, skills: Sequence[str], locale: Locale) -> list[Reason]:
    """Why somebody fits, or does not: their hours as `shared_hours_text` tells them, and the skills of the ad."""
    found = [Reason(ReasonKind.HOURS, hours_text)]
    if skills:
        named, more = ", ".join(skills[:SKILLS_NAMED]), len(skills) - SKILLS_NAMED
        text = _TEXTS[locale]["skills_more" if more > 0 else "skills"].format(skills=named, more=more)
        found.append(Reason(ReasonKind.SKILLS, text))
    return found


def headline_of(seeker: Seeker) -> str | None:
    """What somebody does, as a list shows it: their own first sentence, or the skills that they name first."""
    first = re.split(r"(?<=[.!?;])\s|\n", seeker.text[:LOOKED_THROUGH].strip(), maxsplit=1)[0]
    words = " ".join(first.split()).rstrip(".;") or ", ".join(seeker.skills[:SKILLS_NAMED])
    if len(words) > LONGEST_HEADLINE:
        words = words[: LONGEST_HEADLINE - 1]
        words = (words.rpartition(" ")[0] or words).rstrip(" ,;:") + "…"
    return words or None
