"""What a job asks for and a person did not speak of is told: languages, experience."""

from __future__ import annotations

from engine.explain import Reason, ReasonKind
from engine.jobs import Job, LanguageLevel, LanguageNeed, Modality
from engine.recommendation.query import Query
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
