"""No text that somebody sends holds a worker up: the time of every parser grows with the length of what it reads."""

from __future__ import annotations

import pytest

from engine.encoder.texts import tidy as job_tidy
from engine.moderation.plain_words import PlainWords
from engine.skills import normalised_words
from store.importers.postings.markup import without_markup
from store.importers.postings.schedule_text import read_schedule
from store.importers.postings.text_cleaning import plain, without_markdown
from tests.attacks.growth import Parser, require_linear


@pytest.mark.parametrize("fragment", ["mon-", "lunes a ", "9 a 18 lunes y ", "l-v ", "lunes de 9 a 18, "])
def test_schedules_are_read_in_linear_time(fragment: str) -> None:
    require_linear(lambda text: read_schedule(text, "America/Lima"), fragment)


@pytest.mark.parametrize("fragment", ["w.", "a 1 1 1 ", "w.h.a.t.s.a.p. 1 1 ", "watsap" + "p" * 60])
def test_plain_words_are_found_in_linear_time(fragment: str) -> None:
    require_linear(PlainWords, fragment)


@pytest.mark.parametrize("fragment", ["\n", "\n-", "\n---x", " \n* "])
def test_markdown_is_removed_in_linear_time(fragment: str) -> None:
    require_linear(without_markdown, fragment)


@pytest.mark.parametrize("fragment", ["\u0323\u0301", "\u0f73", "\uff9e\u0301", "e\u0301"])
@pytest.mark.parametrize("parser", [plain, job_tidy, normalised_words, PlainWords])
def test_marks_upon_letters_are_put_in_order_in_linear_time(parser: Parser, fragment: str) -> None:
    require_linear(parser, fragment)


@pytest.mark.parametrize("fragment", ["<a", "<a b='", "<a b='>' ", "<!x", "<?", "</a", "<!--", "<script>", "&#1", "<"])
@pytest.mark.parametrize("after", ["", ">", "-->"])
def test_markup_is_removed_in_linear_time(fragment: str, after: str) -> None:
    require_linear(without_markup, fragment, after=after)
