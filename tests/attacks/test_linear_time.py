"""No text that somebody sends holds a worker up: the time of every parser grows with the length of what it reads."""

from __future__ import annotations

import pytest

from engine.moderation.plain_words import PlainWords
from store.importers.postings.schedule_text import read_schedule
from store.importers.postings.text_cleaning import without_markdown
from tests.attacks.growth import require_linear


@pytest.mark.parametrize("fragment", ["mon-", "lunes a ", "9 a 18 lunes y ", "l-v ", "lunes de 9 a 18, "])
def test_schedules_are_read_in_linear_time(fragment: str) -> None:
    require_linear(lambda text: read_schedule(text, "America/Lima"), fragment)


@pytest.mark.parametrize("fragment", ["w.", "a 1 1 1 ", "w.h.a.t.s.a.p. 1 1 ", "watsap" + "p" * 60])
def test_plain_words_are_found_in_linear_time(fragment: str) -> None:
    require_linear(PlainWords, fragment)


@pytest.mark.parametrize("fragment", ["\n", "\n-", "\n---x", " \n* "])
def test_markdown_is_removed_in_linear_time(fragment: str) -> None:
    require_linear(without_markdown, fragment)
