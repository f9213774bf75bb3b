"""A search in somebody's words, understood: which limits they state, what was misspelt, and the words that are left.

understood("medio tiempo noches diseñadra", lexicon)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from engine.reading.schedules.meanings import SEARCHED, Meanings
from engine.reading.text_cleaning import aligned_plain
from engine.search.chips import Chip, ChipKind
from engine.search.limit_hours import hours_in
from engine.search.limit_pay import pay_in
from engine.search.limit_phrases import Said, phrases_in
from engine.search.limit_places import places_in
from engine.search.limit_terms import terms_in
from engine.search.spelling import Lexicon, corrected_limit_word, is_misspelt_stopword
from engine.search.tokens import AROUND, Words, words_of
from engine.search.unwanted_words import unwanted_in
from engine.skills import normalised_words
from engine.stopwords import without_stopwords

Reader = Callable[[str], Iterator[Said]]
BLANK = "\0"  # in no word: limits do not reach over words that another took
# What is said of hours around those that were read, and of nothing else: "libre", "despues".
SAID_OF_HOURS = frozenset(
    """
    libre libres disponible disponibles despues antes horario horarios turno turnos jornada only free available maximo
    minimo menos hasta
    """.split()  # noqa: SIM905
)
EMPLOYER_WORDS = frozenset({"empresa", "compania", "empleador", "company", "employer"})  # what follows is its name
GREETING = re.compile(r"\b(?:buen[oa]s?|good|feliz) (?:dias?|tardes?|noches?|morning|afternoon|evening|night|day)\b")
ONCE = frozenset(ChipKind) - {
    ChipKind.HOURS_TYPE,
    ChipKind.MODALITY,
    ChipKind.LANGUAGES,
    ChipKind.SPOKEN,
    ChipKind.UNWANTED,
    ChipKind.CONTRACT,
}


@dataclass(frozen=True, slots=True)
class Understood:
    """The limits of a search, and the `rest`: the words to look for, corrected; empty where nothing else is said."""

    chips: tuple[Chip, ...]
    rest: str


def understood(
    text: str,
    lexicon: Lexicon,
    kept: Sequence[tuple[ChipKind, str]] | None = None,
    kinds: frozenset[ChipKind] = frozenset(ChipKind),
    meanings: Meanings = SEARCHED,
) -> Understood:
    """What a search asks for.

    Args:
        text: as somebody typed it.
        lexicon: the words that ads have, which misspelt ones are held against.
        kept: of the limits those to keep, by kind and words (None: all); the others' words are looked for.
        kinds: which limits to read. meanings: what is meant by parts of the day.
    """
    words = words_of(text, lambda word: corrected_limit_word(word, lexicon))
    # Earlier ones take their words: "por hora" belongs to a pay, "mañanas" to no place.
    own_hours, unwanted = partial(hours_in, meanings=meanings), partial(unwanted_in, headings=lexicon)
    readers: tuple[Reader, ...] = (pay_in, terms_in, phrases_in, own_hours, places_in, unwanted)
    chips, taken = _limits(words, readers, kept, kinds)
    rest, spelling = _rest(words, taken, lexicon, kept if ChipKind.SPELLING in kinds else ())
    return Understood((*chips, *spelling), rest)


def _limits(
    words: Words, readers: Sequence[Reader], kept: Sequence[tuple[ChipKind, str]] | None, kinds: frozenset[ChipKind]
) -> tuple[list[Chip], set[int]]:
    """The limits, and the places of the words that state them."""
    chips: list[Chip] = []
    greeting = GREETING.search(words.plain)
    taken = set(words.places(*greeting.span())) if greeting is not None else set[int]()
    plain = words.without(words.plain, taken, BLANK)
    for read in readers:
        said = sorted(read(plain), key=lambda one: (list(ChipKind).index(one[0]), one[2], -one[3]))
        for kind, alike in groupby(said, key=lambda one: one[0]):
            for value, places in _together(kind, list(alike), words, taken):
                chip = Chip(kind, words.as_typed_of(places), value)
                if kind not in kinds or (kept is not None and (kind, chip.words) not in kept):
                    continue
                chips.append(chip)
                taken |= places
                plain = words.without(plain, places, BLANK)
    return chips, taken


def _together(kind: ChipKind, said: list[Said], words: Words, taken: set[int]) -> Iterator[tuple[object, set[int]]]:
    """Limits of one kind with the places of their words; what is said once of a kind is one limit."""
    used = set(taken)
    if kind is ChipKind.TIMES:
        places = {place for _, _, start, end in said for place in words.places(start, end)} - used
        yield said[0][1], places
        return
    for _, value, start, end in said[: 1 if kind in ONCE else None]:
        places = set(words.places(start, end))
        if not places & used:
            used |= places
            yield value, places


def _rest(
    words: Words, taken: set[int], lexicon: Lexicon, kept: Sequence[tuple[ChipKind, str]] | None
) -> tuple[str, list[Chip]]:
    """The words that are left, misspelt ones corrected, without stopwords at either end; none where all are such."""
    left: list[str] = []
    spelling: list[Chip] = []
    for place, typed in enumerate(words.typed):
        bare = typed.strip(AROUND)
        if place in taken or is_misspelt_stopword(aligned_plain(bare), lexicon):
            continue
        may_be_other = kept is None or any(kind is ChipKind.SPELLING for kind, _ in kept)
        meant = (words.spelling.get(place) or lexicon.meant(bare)) if may_be_other else None
        if meant is not None and (kept is None or (ChipKind.SPELLING, bare) in kept):
            spelling.append(Chip(ChipKind.SPELLING, bare, meant))
            left.append(meant)
        else:
            left.append(typed)
    idle = SAID_OF_HOURS if taken else frozenset[str]()
    while left and _says_nothing(left[0], idle):
        left.pop(0)
    while left and _says_nothing(left[-1], idle):
        left.pop()
    if len(left) > 1 and aligned_plain(left[0]) in EMPLOYER_WORDS:
        left.pop(0)
    if all(_says_nothing(word, idle) or word.strip(AROUND).isdecimal() for word in left):
        left.clear()  # "7 a 11" and nothing else: in which half of the day?
    return " ".join(left).strip(" ,;:"), spelling


def _says_nothing(word: str, idle: frozenset[str]) -> bool:
    return not [one for one in without_stopwords(normalised_words(word)) if one not in idle]
