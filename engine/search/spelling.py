"""Misspelt words held against those that ads have: a bounded edit distance over the index's vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from engine.reading.text_cleaning import aligned_plain
from engine.search.limit_places import place_words
from engine.stopwords import STOPWORDS

LEAST_LETTERS, LETTERS_FOR_TWO, LETTERS_FOR_TWO_OF_ADS = 4, 7, 8
MORE_OFTEN = 50  # times: a word that ads have too, seldom, is a slip of theirs
MOST_CANDIDATES = 30
LEAST_STOPWORD_LETTERS = 5
_LONG_STOPWORDS = sorted(word for word in STOPWORDS if len(word) >= LEAST_STOPWORD_LETTERS)
ALIKE = ("bv", "sczx", "ckq", "gj", "nm", "iy", "yl", "hj", "rl", "ou", "ei")

# Words of limits. What is near to one and in no ad is one.
LIMIT_WORDS = frozenset(
    """
    medio media tiempo parcial completo completa jornada horas hora practicas practicante practicantes pasantia
    profesionales preprofesionales remoto remota remotos casa desde hogar distancia teletrabajo hibrido hibrida
    presencial experiencia previa noche noches nocturno manana mananas tarde tardes madrugada turno semana semanas
    semanales fines lunes martes miercoles jueves viernes sabado sabados domingo domingos soles dolares mensual
    mensuales ingles portugues quechua time part full home office remote weekend weekends evening evenings morning
    mornings nights internship experience celular celulares computadora computadoras
    laptop laptops planilla planillas honorarios recibo recibos dolares phone
    """.split()  # noqa: SIM905
)


class Lexicon(Protocol):
    """The words that ads have."""

    def count(self, word: str) -> int:
        """How many ads have a plain word."""

    def count_of_form(self, word: str) -> int:
        """How many ads have a plain word in any number and gender."""

    def count_in_headings(self, words: Sequence[str]) -> int:
        """How many ads have all of some plain words in their headings."""

    def vocabulary(self) -> Sequence[str]:
        """Plain words of letters, four at least."""

    def meant(self, typed: str) -> str | None:
        """The word that a typed one was meant to be; None where it is a word."""


def is_misspelt_stopword(word: str, lexicon: Lexicon) -> bool:
    """Whether a plain word that no ad has is a word of searches that was misspelt: "travajo", "trabjo"."""
    if not _may_be_misspelt(word) or len(word) < LEAST_STOPWORD_LETTERS or lexicon.count_of_form(word):
        return False
    return any(_is_near_stopword(word, meant) for meant in _LONG_STOPWORDS)


def _is_near_stopword(word: str, meant: str) -> bool:
    if len(word) != len(meant) or sorted(word) == sorted(meant):
        return OSA.distance(word, meant, score_cutoff=1) <= 1
    return _sound_alike(word, meant)


def corrected_limit_word(word: str, lexicon: Lexicon) -> str | None:
    """The word of a limit that a plain word was meant to be; None where it is one, or another word."""
    if not _may_be_misspelt(word) or word in LIMIT_WORDS or word in place_words():
        return None
    near = _nearest(word, sorted(LIMIT_WORDS | place_words()))
    seldom = lexicon.count_of_form(word) if near else 0
    return near[0] if near and (not seldom or lexicon.count(near[0]) >= MORE_OFTEN * seldom) else None


def meant_word(typed: str, lexicon: Lexicon) -> str | None:
    """The word of ads that a typed one was meant to be: of the nearest the one that most ads have."""
    word = aligned_plain(typed)
    if not _may_be_misspelt(word):
        return None
    seldom = lexicon.count_of_form(word)
    if seldom and len(word) < LETTERS_FOR_TWO:  # a short word that an ad has is one
        return None
    near = _nearest(word, lexicon.vocabulary(), LETTERS_FOR_TWO_OF_ADS)
    if not near:
        return None
    best = max(near, key=lambda one: (-OSA.distance(word, one), lexicon.count(one)))
    is_sure = lexicon.count(best) > 0 if not seldom else lexicon.count(best) >= MORE_OFTEN * seldom
    return best if is_sure else None


def _may_be_misspelt(word: str) -> bool:
    return word.isalpha() and word.isascii() and len(word) >= LEAST_LETTERS and word not in STOPWORDS


def _nearest(word: str, vocabulary: Sequence[str], letters_for_two: int = LETTERS_FOR_TWO) -> list[str]:
    """The words at the least distance, one or two slips away, two only in words of so many letters."""
    most = 2 if len(word) >= letters_for_two else 1
    found = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=most, limit=MOST_CANDIDATES)
    least = min((distance for _, distance, _ in found), default=0)
    return [one for one, distance, _ in found if distance == least and _may_begin(word, one) and _is_slip(word, one)]


def _may_begin(word: str, meant: str) -> bool:
    """Whether a misspelt word may begin so: people seldom miss the first letter, but may put the second before it,
    write one that sounds alike, or leave an h out."""
    if word[0] in meant[:2] and meant[0] in word[:2]:
        return True
    return _are_alike(word[0], meant[0]) or f"h{word}"[:2] == meant[:2] or f"h{meant}"[:2] == word[:2]


def _are_alike(one: str, other: str) -> bool:
    return one == other or any({one, other} <= set(alike) for alike in ALIKE)


def _sound_alike(word: str, meant: str) -> bool:
    """Whether every letter of one word is that of another, or sounds or looks like it."""
    return all(_are_alike(one, other) for one, other in zip(word, meant, strict=True))


def _is_slip(word: str, meant: str) -> bool:
    """Whether one word may be another misspelt: among short ones many are a letter apart and both words ("cajera" and
    "calera"), so a letter for another counts only where they sound or look alike; in long ones one may be any other,
    but not two ("mujeres" is not "mejores")."""
    if word == meant or meant in STOPWORDS:
        return False
    if len(word) != len(meant) or sorted(word) == sorted(meant):
        return abs(len(word) - len(meant)) < 2  # "ayudante" is not "ayudan"
    others = sum(not _are_alike(one, other) for one, other in zip(word, meant, strict=True))
    return others <= (1 if len(word) >= LETTERS_FOR_TWO else 0)
