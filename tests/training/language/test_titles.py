"""Titles: one case, gender forms apart, other slashes left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.language.titles import plain_title, title_forms


@pytest.mark.parametrize(
    ("title", "forms"),
    [
        ("director técnico/directora técnica", ("director técnico", "directora técnica")),
        ("diseñador/a", ("diseñador", "diseñadora")),
        ("director/ra de arte", ("director de arte", "directora de arte")),
        ("abogado/a laboralista", ("abogado laboralista", "abogada laboralista")),
        ("conductor/-a", ("conductor", "conductora")),
        ("operador de CAD/CAM", ("operador de CAD/CAM",)),
        ("cocinero", ("cocinero",)),
        ("publicidad y/o relaciones públicas", ("publicidad y/o relaciones públicas",)),
        ("asistente / secretaria", ("asistente / secretaria",)),
    ],
)
def test_gender_forms(title: str, forms: tuple[str, ...]) -> None:
    assert title_forms(title) == forms


def test_case_and_spaces_do_not_matter() -> None:
    assert plain_title("  ANALISTA   Contable ") == plain_title("analista contable") == "analista contable"


@given(st.text(max_size=60))
def test_any_text_has_forms_and_plain_titles_stay(title: str) -> None:
    forms = title_forms(title)
    assert 1 <= len(forms) <= 2
    assert plain_title(plain_title(title)) == plain_title(title)
