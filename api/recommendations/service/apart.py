"""What an answer tells beside its matches: the jobs that come nearest, and what would open more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.documents.parts import window_document
from engine.explain import Locale
from engine.filtering.what_ifs import Loosened, WhatIf
from engine.learning_paths.path_texts import ATTRIBUTION, path_text
from engine.learning_paths.paths import LearningPath
from engine.recommendation.nearest import LackedSkill, NearestJob
from engine.recommendation.recommend import Recommendations
from engine.recommendation.unlock_texts import skill_text, unlock_text


def missing_documents(nearest: Sequence[NearestJob]) -> list[list[dict[str, Any]]]:
    """What each of the nearest jobs lacks."""
    return [[{"kind": one.kind, "text": one.text} for one in near.missing] for near in nearest]


def unlock_documents(found: Recommendations, locale: Locale, path: LearningPath | None = None) -> list[dict[str, Any]]:
    """What would open more, in the shape of `UnlockDocument`; `path` leads to the lacked skill."""
    documents = [
        {
            "kind": unlock.what_if.loosened,
            "opens": unlock.opens,
            "text": unlock_text(unlock.what_if, unlock.opens, locale),
            "change": _change(unlock.what_if),
        }
        for unlock in found.unlocks or ()
    ]
    return documents + ([_skill(found.lacked_skill, path, locale)] if found.lacked_skill else [])


def _skill(lacked: LackedSkill, path: LearningPath | None, locale: Locale) -> dict[str, Any]:
    return {
        "kind": Loosened.SKILL,
        "opens": None,
        "text": skill_text(lacked.skill, lacked.asking, lacked.among, locale),
        "change": {"skill": lacked.skill},
        "path": None if path is None else _path(path, locale),
    }


def _path(path: LearningPath, locale: Locale) -> dict[str, Any]:
    """A path in the shape of `LearningPathDocument`."""
    return {
        "text": path_text(path, locale),
        "steps": [step._asdict() for step in path.steps],
        "leads_to": None if path.leads_to is None else path.leads_to._asdict(),
        "has": [one._asdict() for one in path.has],
        "attribution": ATTRIBUTION[locale],
    }


def _change(what_if: WhatIf) -> dict[str, Any]:
    """What to state in the next question."""
    value = what_if.change
    match what_if.loosened:
        case Loosened.HOURS_OF_DAY | Loosened.HOURS_OF_WEEK:
            window = what_if.window
            return {"extra_hours": what_if.extra_hours, "window": None if window is None else window_document(window)}
        case Loosened.MIN_PAY:
            return {"min_pay": {"amount": value.amount, "currency": value.currency, "period": value.period}}
        case Loosened.LANGUAGE:
            code, level = value
            return {"languages": {code: level.name}}
        case Loosened.DEVICE | Loosened.CONNECTION:
            return {what_if.loosened.value: value.name.lower()}
        case Loosened.MODALITY:
            return {"modalities": sorted(what_if.wanted.modalities or ())}
        case Loosened.CONTRACT:
            return {"contracts": None}
        case Loosened.HOURS_TYPE:
            return {"hours_types": None}
        case _:
            return {"allow_unstated": True}
