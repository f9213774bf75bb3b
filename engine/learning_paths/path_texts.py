"""A path to a skill in words for the person, and what ESCO asks to be said of its use."""

from __future__ import annotations

from engine.explain import Locale, listed
from engine.learning_paths.paths import LearningPath
from engine.skills import spaced_words

ATTRIBUTION = {
    Locale.ES: "Este servicio utiliza la clasificación ESCO de la Comisión Europea.",
    Locale.EN: "This service uses the ESCO classification of the European Commission.",
}
_TEXTS = {
    Locale.ES: {
        "essential": "Es esencial para trabajar como {occupation}.",
        "helps": "Ayuda a trabajar como {occupation}.",
        "steps": "Paso a paso: {steps}.",
        "has": "Ya mencionas: {has}.",
    },
    Locale.EN: {
        "essential": "It is essential to work as {occupation}.",
        "helps": "It helps to work as {occupation}.",
        "steps": "Step by step: {steps}.",
        "has": "You already mention: {has}.",
    },
}


def path_text(path: LearningPath, locale: Locale) -> str:
    """What a path leads to, its steps in order, and what the person has of it."""
    texts, said = _TEXTS[locale], []
    if path.leads_to is not None:
        said.append(texts["essential" if path.is_essential else "helps"].format(occupation=path.leads_to.label))
    *first, last = [step.label for step in path.steps]
    # Whoever reads of "metodologías de gestión de proyectos" should know that it is what the ads call Scrum.
    last = last if spaced_words(path.skill) in spaced_words(last) else f"{last} ({path.skill})"
    steps = "; ".join(f"{number}) {label}" for number, label in enumerate((*first, last), 1))
    said.append(texts["steps"].format(steps=steps))
    if path.has:
        said.append(texts["has"].format(has=listed([one.label for one in path.has], locale)))
    return " ".join(said)
