"""What a job asks for and a person did not speak of is told: languages, experience."""

from __future__ import annotations

import pytest

from engine.explain import Locale, Reason, ReasonKind
from engine.filtering.filters import JobFilter
from engine.filtering.what_ifs import Loosened, WhatIf
from engine.jobs import Job, LanguageLevel, LanguageNeed, Modality
from engine.recommendation.query import Query
from engine.recommendation.unlock_texts import unlock_text
from engine.seekers import Seeker
from sample.world import SAMPLE_NOW
from tests.engine.recommendation.few_jobs import VECTOR, recommender_of

ACCOUNTANT = Job(
    "accountant",
    "Contadora para estudio",
    "Llevar libros. Experiencia comprobable de dos años.",
    languages=(LanguageNeed("en", LanguageLevel.B1),),
    modality=Modality.REMOTE,
)
UNASKED = Reason(ReasonKind.ASK, "Pide inglés B1 y no has dicho qué idiomas hablas")


def reasons_for(seeker: Seeker) -> list[Reason]:
    (found,) = recommender_of([ACCOUNTANT]).recommend(Query(seeker, VECTOR), SAMPLE_NOW).jobs
    return found.reasons


def test_an_accountant_without_stated_languages_is_told_of_english() -> None:
    assert UNASKED in reasons_for(Seeker(text="Contadora"))


def test_who_states_them_is_not_asked() -> None:
    assert UNASKED not in reasons_for(Seeker(text="Contadora", languages=(("en", LanguageLevel.B2),)))


def test_the_experience_asked_for_is_told() -> None:
    assert Reason(ReasonKind.NEEDS, "Pide 2 años de experiencia") in reasons_for(Seeker(text="Contadora"))


@pytest.mark.parametrize(
    ("level", "spanish", "english"),
    [
        (LanguageLevel.NATIVE, "Con inglés nativo", "With English as a native"),
        (LanguageLevel.B2, "Con inglés B2", "With English B2"),
    ],
)
def test_what_a_language_opens_is_told_as_people_call_its_level(
    level: LanguageLevel, spanish: str, english: str
) -> None:
    step = WhatIf(Loosened.LANGUAGE, Seeker(text="Contadora"), JobFilter(), change=("en", level))
    assert unlock_text(step, 3, Locale.ES).startswith(f"{spanish} se abren 3")
    assert unlock_text(step, 3, Locale.EN).startswith(f"{english}, 3 jobs")
