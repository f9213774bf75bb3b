"""Somebody and a job in an employer's words: what they do, and the hours they share."""

from __future__ import annotations

import pytest

from engine.explain import Locale
from engine.recommendation.fit_texts import LONGEST_HEADLINE, fit_reasons, headline_of, shared_hours_text
from engine.seekers import Seeker


@pytest.mark.parametrize(
    ("text", "skills", "headline"),
    [
        ("Tejo a mano. Vendo en ferias.", (), "Tejo a mano"),
        ("Tejo a mano\ny vendo", (), "Tejo a mano"),
        ("Uso Node.js y Vue 3.4 en tiendas; aprendo rápido", (), "Uso Node.js y Vue 3.4 en tiendas"),
        ("  \n ", ("Telar", "Tintes", "Punto", "Crochet", "Bordado"), "Telar, Tintes, Punto, Crochet"),
        ("", (), None),
    ],
)
def test_a_headline_is_the_first_sentence_or_the_first_skills(
    text: str, skills: tuple[str, ...], headline: str | None
) -> None:
    assert headline_of(Seeker(text=text, skills=skills)) == headline


@pytest.mark.parametrize("text", ["palabra " * 90, "x" * 5_000])
def test_a_headline_is_short(text: str) -> None:
    found = headline_of(Seeker(text=text))
    assert found is not None
    assert (len(found) <= LONGEST_HEADLINE, found[-1]) == (True, "…")


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ((9.0, 9.0), "Tiene libres las 9 horas que pide el aviso"),
        ((7.5, 9.0), "Comparte 7.5 de las 9 horas que pide el aviso"),
        ((20.0, 20.0, 3.0, 5.0), "Tiene libres las 20 horas que pide el aviso; con el equipo coincide en 3 de 5"),
        ((12.0, None), "Tiene libres 12 horas; el aviso no dice cuántas pide"),
        ((None, 9.0), "No ha dicho qué horas tiene libres"),
    ],
)
def test_hours_are_told_of_somebody_else(hours: tuple[float | None, ...], told: str) -> None:
    assert shared_hours_text(*hours, locale=Locale.ES) == told
    assert shared_hours_text(*hours, locale=Locale.EN).startswith("They ")


def test_more_skills_than_a_line_holds_are_counted() -> None:
    _, skills = fit_reasons("", ["Telar", "Tintes", "Punto", "Crochet", "Bordado"], Locale.ES)
    assert skills.text == "Nombra lo que pide el aviso: Telar, Tintes, Punto, Crochet y 1 más"
