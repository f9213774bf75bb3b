"""What is suggested while somebody types a skill."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.search.skill_suggestions import SkillSuggestions
from engine.skills import normalised_words

NAMES = [("Excel", 90), ("Microsoft Excel", 40), ("Atención al cliente", 70), ("Photoshop", 30), ("C++", 2), ("R", 1)]
names = st.lists(st.tuples(st.text(st.sampled_from("aábc+ "), max_size=12), st.integers(0, 9)), max_size=30)


def test_every_word_of_a_name_may_be_begun() -> None:
    suggestions = SkillSuggestions(NAMES)
    assert suggestions.like("EXC") == ["Excel", "Microsoft Excel"]
    assert suggestions.like("cli") == ["Atención al cliente"]
    assert suggestions.like("atencion al") == ["Atención al cliente"]


def test_what_begins_nothing_is_taken_for_what_is_near() -> None:
    assert SkillSuggestions(NAMES).like("fotoshop") == ["Photoshop"]
    assert SkillSuggestions(NAMES).like("zzzzzz") == []


def test_known_ones_and_single_letters_are_not_suggested() -> None:
    suggestions = SkillSuggestions(NAMES)
    assert suggestions.like("excel", without=("excel",)) == ["Microsoft Excel"]
    assert suggestions.like("r") == []


def test_one_name_in_other_letters_is_one() -> None:
    suggestions = SkillSuggestions([("Costura", 1), ("COSTURA", 5), ("costurá", 2)])
    assert len(suggestions) == 1
    assert suggestions.like("cost") == ["Costura"]


@given(names, st.text(st.sampled_from("abc+ "), min_size=2, max_size=6))
def test_suggestions_are_those_that_a_walk_through_all_names_finds(
    given_names: list[tuple[str, int]], typed: str
) -> None:
    wanted = " ".join(normalised_words(typed))
    known = {" ".join(normalised_words(name)) for name, _ in given_names} - {""}
    begun = {words for words in known if len(wanted) > 1 and f" {wanted}" in f" {words}"}
    found = [" ".join(normalised_words(name)) for name in SkillSuggestions(given_names).like(typed, limit=100)]
    if begun:
        assert set(found) == begun
