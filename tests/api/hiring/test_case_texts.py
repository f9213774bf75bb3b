"""Whatever is decided has words for whoever asked for it, in both languages."""

from __future__ import annotations

import pytest

from api.hiring.case_texts import DECIDED, WAITS
from engine.explain import Locale
from store.people.cases import Decision


@pytest.mark.parametrize("locale", list(Locale))
def test_every_decision_has_words_and_what_waits_says_until_when(locale: Locale) -> None:
    assert DECIDED[locale].keys() == set(Decision)
    assert "{until}" in WAITS[locale]
