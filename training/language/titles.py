"""Job titles as plain words: one case, one spelling of what is written in several, and gender forms apart."""

from __future__ import annotations

from engine.normal_forms import nfc

SHARED_STEM_LETTERS = 3
LONGEST_ENDING_LETTERS = 3
# "y/o" is no gender form.
CONJUNCTIONS = frozenset({"y", "e", "and"})


def plain_title(title: str) -> str:
    """NFC, lower case, single spaces: "ANALISTA  Contable" and "analista contable" are one title."""
    return " ".join(nfc(title).lower().split())


def first_form(title: str) -> str:
    """The first gender form of a title, as plain words."""
    return plain_title(title_forms(title)[0])


def title_forms(title: str) -> tuple[str, ...]:
    """The gender forms of a title apart: "director técnico/directora técnica" and "diseñador/a" are two titles each.

    A slash between different things ("operador de CAD/CAM") is left as it is.
    """
    before, slash, after = title.strip().partition("/")
    if not slash or not before or not after.strip():
        return (title.strip(),)
    ending, _, rest = after.partition(" ")
    ending = ending.strip("-()")
    is_ending = len(ending) <= LONGEST_ENDING_LETTERS and ending.isalpha() and ending.islower()
    if is_ending and before.split()[-1].lower() not in CONJUNCTIONS:
        return tuple(f"{form} {rest}".strip() for form in (before, _with_ending(before, ending)))
    if before.split()[0][:SHARED_STEM_LETTERS].lower() == after.split()[0][:SHARED_STEM_LETTERS].lower():
        return before.strip(), after.strip()
    return (title.strip(),)


def _with_ending(word: str, ending: str) -> str:
    """The other gender form of a word: diseñador + a, abogado + a, director + ra."""
    overlap = word.rfind(ending[0]) if len(ending) > 1 else -1
    if overlap > 0 and len(word) - overlap <= LONGEST_ENDING_LETTERS:
        return word[:overlap] + ending
    stem = word[:-1] if word[-1] in "oe" else word
    return stem + ending
