"""Where applicants may live, by what a posting says of it: "LATAM", "Anywhere except US", "Remote (Qatar, Iceland)".

What limits the place and is not understood is told as it stands: it is never read as "anywhere".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from engine.reading.place_codes import INSIDE_NAMES, SEPARATORS, is_state, place_at
from engine.reading.places import (
    Token,
    everywhere,
    limit_phrases,
    limit_words,
    parts_of_countries,
    tokens_of,
    us_states,
)
from engine.reading.text_cleaning import tidy_line

LONGEST_LIMIT = 300  # characters
JOINTS = frozenset(["/", "&", "and", "or", "nor", "y", "e", "o", "u", "ni"])


class PlaceLimit(NamedTuple):
    """The countries where applicants may live (none: anywhere, or not stated); `unread`: words that limit the place
    and were not understood. `is_part`: no whole country is meant."""

    countries: tuple[str, ...] = ()
    unread: str | None = None
    is_part: bool = False


@dataclass(slots=True)
class _Reading:
    """What has been read so far: places that are meant, places left out, and what else was said."""

    included: set[str] = field(default_factory=set)
    excluded: set[str] = field(default_factory=set)
    is_anywhere: bool = False
    is_of_clocks: bool = False
    is_whole: bool = False
    is_unknown_left_out: bool = False
    unknown: list[str] = field(default_factory=list)

    def limit(self, text: str) -> PlaceLimit:
        included = set(everywhere()) if self.is_anywhere or (self.excluded and not self.included) else self.included
        countries = included & everywhere() - self.excluded
        if countries and countries != everywhere():
            return PlaceLimit(tuple(sorted(countries)), None, not (self.is_whole or self.is_anywhere))
        is_open = bool(countries) or not (self.unknown or self.is_of_clocks or self.excluded or self.included)
        is_open = is_open and not self.is_unknown_left_out
        return PlaceLimit() if is_open else PlaceLimit((), text)


def read_place_limit(text: str) -> PlaceLimit:
    """Where the applicants of `text` may live, a text that is about that and little else."""
    text = tidy_line(text)[:LONGEST_LIMIT].strip()
    tokens = tokens_of(text)
    found, position, scope = _Reading(), 0, _Scope()
    while position < len(tokens):
        token = tokens[position]
        if token.text in SEPARATORS:
            scope.separated(token.text)
            position += 1
            continue
        position += scope.opened(tokens, position, found) or _read_place(tokens, position, found, scope)
    return found.limit(text)


@dataclass(slots=True)
class _Scope:
    """Whether places at the present word are left out: after "except" to its clause's end, after "non-" for one."""

    depth: int = 0
    except_depth: int | None = None
    only_next: bool = False

    @property
    def leaves_out(self) -> bool:
        return self.except_depth is not None or self.only_next

    def separated(self, sign: str) -> None:
        self.depth += (sign in "([") - (sign in ")]")
        if self.except_depth is not None and (self.depth < self.except_depth or sign in ";|"):
            self.except_depth = None

    def opened(self, tokens: list[Token], position: int, found: _Reading) -> int:
        """How many tokens open an exception here, or say "anywhere"; 0 for none."""
        word = tokens[position].text
        if word in limit_words("none_of") and place_at(tokens, _next_word(tokens, position))[0]:
            self.only_next = True
            return 1
        length = 1 if word in limit_words("except") else _phrase(tokens, position, limit_phrases("except_phrases"))
        if length:
            self.except_depth = self.depth
            return length
        length = 1 if word in limit_words("anywhere") else _phrase(tokens, position, limit_phrases("anywhere_phrases"))
        if length:
            following = tokens[position + length].text if position + length < len(tokens) else ""
            found.is_anywhere |= following not in limit_words("within")
        return length


def _next_word(tokens: list[Token], position: int) -> int:
    position += 1
    while position < len(tokens) and tokens[position].text in INSIDE_NAMES:
        position += 1
    return position


def _phrase(tokens: list[Token], position: int, phrases: tuple[tuple[str, ...], ...]) -> int:
    return next(
        (
            len(phrase)
            for phrase in phrases
            if tuple(token.text for token in tokens[position : position + len(phrase)]) == phrase
        ),
        0,
    )


def _read_place(tokens: list[Token], position: int, found: _Reading, scope: _Scope) -> int:
    """Read the place that begins at a token, if one does; how many tokens that took."""
    word = tokens[position].text
    is_clock = word in limit_words("clocks") and len(word) > len("et")  # EST is no Estonia; PT may be Portugal
    countries, length = (frozenset[str](), 1) if is_clock else place_at(tokens, position)
    if not countries:
        if word in limit_words("clocks"):
            found.is_of_clocks = True
        elif word.isalnum() and word not in limit_words("neutral") | limit_words("within"):
            found.unknown.append(word)
            found.is_unknown_left_out |= scope.leaves_out
        return 1
    end = position + length
    left_out = _left_out(tokens, end)
    leaves_out = scope.leaves_out or left_out is not None
    if end < len(tokens) and (tokens[end].text in limit_words("clocks") or _is_clock(tokens, end)):
        found.is_of_clocks = True
        return length
    words = tuple(token.text for token in tokens[position:end] if token.text.isalnum())
    is_part = words in parts_of_countries() or (len(words) == 1 and words[0] in us_states() and countries == {"US"})
    if is_part and leaves_out:  # "outside Lima": not the whole country
        found.unknown += words
    elif not (is_part and _is_in_a_state(tokens, end)):
        (found.excluded if leaves_out else found.included).update(countries)
        found.is_whole |= not is_part
    scope.only_next = scope.only_next and _goes_on(tokens, end) is not None
    return length + (left_out if left_out is not None and _goes_on(tokens, end) is None else 0)


def _goes_on(tokens: list[Token], end: int) -> int | None:
    """Where the place that is joined to the one before `end` ends: "US/Canada", "US or Canada"."""
    if end < len(tokens) and tokens[end].text in JOINTS:
        countries, length = place_at(tokens, end + 1)
        return end + 1 + length if countries else None
    return None


def _left_out(tokens: list[Token], end: int) -> int | None:
    """How many words after a place, or those joined to it, leave it out ("US excluded"); None where none do."""
    at, following = end, _goes_on(tokens, end)
    while following is not None:
        at, following = following, _goes_on(tokens, following)
    start = at
    while at < len(tokens) and tokens[at].text in INSIDE_NAMES | {"is", "are"}:
        at += 1
    word = tokens[at].text if at < len(tokens) else ""
    length = 1 if word in limit_words("left_out") else _phrase(tokens, at, limit_phrases("left_out_phrases"))
    ends_part = at + length == len(tokens) or tokens[at + length].text in {*SEPARATORS, "."}
    return at + length - start if length and ends_part else None


def _is_in_a_state(tokens: list[Token], end: int) -> bool:
    """Whether a town's name is followed by a state of the United States: "Lima, Ohio", "Paris, TX"."""
    if end + 1 >= len(tokens) or tokens[end].text != ",":
        return False
    word = tokens[end + 1].text
    return word in us_states().values() or (word in us_states() and is_state(tokens, end + 1))


def _is_clock(tokens: list[Token], position: int) -> bool:
    return tuple(token.text for token in tokens[position : position + 2]) in (("time", "zone"), ("time", "zones"))
