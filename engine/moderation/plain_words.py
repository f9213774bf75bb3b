"""A text as plain words, to look for phrases in: lower case, no accents, and what hides a word undone.

Scammers write `w.h.a.t.s.a.p.p`, `dep0sito`, `𝗬𝗮𝗽𝗲` or letters of another alphabet that look like ours. Each plain
word knows where it stands in the text, so that a finding can be quoted as it was written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from engine.moderation.styled_letters import unstyled
from engine.normal_forms import nfkd

BREAK = "."
PAUSE = ","
# Characters that nobody sees: soft hyphen, joiners and marks of direction, variation selectors, keycap.
UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\u20e3"
ACCENTS = "\u0300-\u036f"
WORD_CHARACTERS = rf"[\w{UNSEEN}{ACCENTS}]"
_TOKEN = re.compile(
    rf"(?P<money>(?<![^\W\d_])(?:[sS]/\.?|[uU][sS]?\$|[rR]\$)|[$€])"
    rf"|(?P<number>\d+(?:[.,]\d+)+)"
    rf"|(?P<word>{WORD_CHARACTERS}+(?:[@$](?=[^\W\d_]){WORD_CHARACTERS}+)*)"
    r"|(?P<stop>[.!?;\n\r•|…¡¿])"
    r"|(?P<other>[^\s\w])"
)
_PICTURE = r"[\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
# A picture before a small letter or a sum parts no sentence: "deposita 🔥 50 soles 💰 hoy".
_AMONG_WORDS = re.compile(rf"{_PICTURE}(?:\s|{_PICTURE}|[{UNSEEN}]){{0,8}}+(?:(?-i:[a-zñáéíóú])|\d|[sS]/|\$)")
_RUN_OF_A_LETTER = re.compile(r"([a-hj-vx-zñ])\1{2,}+")
_LONGEST_KEPT = 24
_DROPPED = re.compile(rf"[{UNSEEN}{ACCENTS}_]")
_NUMBER_AND_UNIT = re.compile(
    r"(\d+)(soles?|usd|pen|dolares|k|mil|hrs?|horas?|hs?|[ap]m|dias?|anos|meses|diari[oa]s?|semanal(?:es)?|mensual(?:es)?)"
)
_LETTERS_OF_DIGITS = str.maketrans("013457@$", "oieastas")
# Cyrillic and Greek letters that look like Latin ones, after lower-casing.
_LOOKALIKES = str.maketrans("аеорсухкмтіѕјһԁԝьοαρνικτυ", "aeopcyxkmtisjhdwboapviktu")
_CHAT = "whatsapp"
_WHATSAPP = re.compile(r"w++h?[au]t++h?s++[au]p++s*+|[gw]u?as++ap++s*+|w++h?ats++|wsa?p++s?|wa?pp|wt++sp++|wha?ts++p++")
# The same within other letters: of a run at either end, one letter is enough.
_WITHIN = re.compile(r"wh?[au]t++h?s++[au]p|[gw]u?as++ap|wh?ats|wsa?p|wa?pp|wt++sp|wha?ts++p")
_TELEGRAM = re.compile(r"te?le?gra[mn]")
_MONEY_SIGNS = {"s/": "s/", "us$": "usd", "u$": "usd", "r$": "r$"}
_SHORT_WORD = re.compile(r"[^\W\d_]{2,3}(?!\w)")
_FEWEST_SPELLED_LETTERS = 3
_SHORTEST_DISGUISED = 3
# Between letters of one word ("what.sapp") these part nothing.
_INSIDE_WORDS = frozenset("'’`´*_-/\\+~^\"“”:()[]{}#&%=<>@$")


def folded(word: str) -> str:
    """Lower case without accents, unseen characters and foreign look-alikes; styled letters become plain ones."""
    return _folded_before(word) if len(word) <= _LONGEST_KEPT else _fold(word)


def _fold(word: str) -> str:
    if not word.isascii():
        word = nfkd(word).casefold().translate(_LOOKALIKES)
    word = _DROPPED.sub("", word.lower())
    return _RUN_OF_A_LETTER.sub(r"\1", word)


_folded_before = lru_cache(maxsize=1 << 14)(_fold)  # ads are written with the same few thousand words


@dataclass(frozen=True, slots=True)
class PlainWord:
    """A plain word and where it stands: `text[start:end]` as written."""

    word: str
    start: int
    end: int


class PlainWords:
    """The plain words of a text, among them `.` for a full stop or a new line, `,` for any other pause, and `s/`.

    `text` has them all with one space around each.
    """

    def __init__(self, text: str) -> None:
        text = unstyled(text)
        self.words = _joined(_tokens(text), text)
        self.text = f" {' '.join(word.word for word in self.words)} "

    @cached_property
    def places(self) -> list[int]:
        """Where each word begins in `self.text`, ascending."""
        places, place = [], 1
        for word in self.words:
            places.append(place)
            place += len(word.word) + 1
        return places

    def plain_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the words of `text[start:end]` as written stand in `self.text`; None where there are none."""
        first = bisect_left(self.words, start, key=lambda word: word.start)
        last = bisect_left(self.words, end, key=lambda word: word.start) - 1
        if first > last:
            return None
        return self.places[first], self.places[last] + len(self.words[last].word)

    def span_around(self, start: int, end: int, words_around: int) -> tuple[int, int]:
        """Where `self.text[start:end]` was written, with so many words more on both sides of the same sentence."""
        first, last = bisect_right(self.places, start) - 1, bisect_left(self.places, end) - 1
        for _ in range(words_around):
            first -= first > 0 and self.words[first - 1].word != BREAK
            last += last + 1 < len(self.words) and self.words[last + 1].word != BREAK
        return self.words[first].start, self.words[last].end


def _tokens(text: str) -> list[PlainWord]:
    found: list[PlainWord] = []
    for match in _TOKEN.finditer(text):
        kind, start, end = match.lastgroup, *match.span()
        if kind == "word":
            word = folded(match[0])
            parts = _NUMBER_AND_UNIT.fullmatch(word)
            if parts is not None and len(word) == end - start:
                middle = start + parts.end(1)
                found += [PlainWord(parts[1], start, middle), PlainWord(parts[2], middle, end)]
            elif word == "s" and text[end : end + 1] == "/":  # an S that the pattern does not know
                found.append(PlainWord("s/", start, end + 1))
            elif word:
                found.append(PlainWord(word, start, end))
        elif kind in ("money", "number"):
            found.append(PlainWord(_MONEY_SIGNS.get(match[0].lower().removesuffix("."), match[0]), start, end))
        elif kind == "stop" and not _is_inside_word(text, start):
            found.append(PlainWord(BREAK, start, end))
        elif kind == "other" and match[0] not in _INSIDE_WORDS and not _AMONG_WORDS.match(text, start):
            found.append(PlainWord(PAUSE, start, end))
    return found


def _is_inside_word(text: str, place: int) -> bool:
    """Whether a mark parts what belongs together: `gmail.com`, `GMAIL.COM`, `what.sapp`, `W.h.a.t.s`."""
    if not (0 < place < len(text) - 1 and text[place - 1].isalnum() and text[place + 1].isalnum()):
        return False
    parts_single_characters = not (text[place - 2 : place - 1].isalnum() or text[place + 2 : place + 3].isalnum())
    is_shouted_ending = text[place - 1].isupper() and _SHORT_WORD.match(text, place + 1) is not None
    return parts_single_characters or is_shouted_ending or (text[place - 1].islower() and text[place + 1].islower())


def _joined(tokens: list[PlainWord], text: str) -> list[PlainWord]:
    """The tokens with letters that are written one by one put together, and words known by other names named so."""
    joined: list[PlainWord] = []
    ends = _ends_of_spelled(tokens, text)
    place = 0
    while place < len(tokens):
        end = ends.get(place, place)
        if end > place:
            letters = "".join(part.word for part in tokens[place:end]).translate(_LETTERS_OF_DIGITS)
            name = _CHAT if _WITHIN.search(letters) else letters
            joined.append(PlainWord(name, tokens[place].start, tokens[end - 1].end))
        elif _is_parted_chat(tokens, place, text):
            end = place + 2
            joined.append(PlainWord(_CHAT, tokens[place].start, tokens[place + 1].end))
        else:
            token = tokens[place]
            joined.append(PlainWord(named(token.word), token.start, token.end))
        place = max(end, place + 1)
    return joined


def _ends_of_spelled(tokens: list[PlainWord], text: str) -> dict[int, int]:
    """By the place of each letter that may begin a word spelled out, the place after the last letter of that word.

    From the last token to the first, so that single characters in a row are counted once, wherever a word begins.
    """
    ends: dict[int, int] = {}
    end_of_last_letter = letters = 0
    for place in range(len(tokens) - 1, -1, -1):
        if not _is_one_character(tokens[place]):
            letters = 0
            continue
        if place + 1 < len(tokens) and letters and not _is_one_step(text, tokens, place + 1):
            letters = 0
        if tokens[place].word.isalpha():
            end_of_last_letter = end_of_last_letter if letters else place + 1
            letters += 1
            if letters >= _FEWEST_SPELLED_LETTERS and 2 * letters > end_of_last_letter - 1 - place:
                ends[place] = end_of_last_letter
    return ends


def _is_parted_chat(tokens: list[PlainWord], place: int, text: str) -> bool:
    """Whether a token and the next are one name in two parts: "whats app"."""
    if not (tokens[place].word.startswith(("w", "g")) and place + 1 < len(tokens)):
        return False
    both = tokens[place].word + tokens[place + 1].word
    return both.endswith("p") and _WHATSAPP.fullmatch(both) is not None and _is_one_step(text, tokens, place + 1)


def _is_one_character(token: PlainWord) -> bool:
    return token.end - token.start == 1 and token.word.isalnum()


def _is_one_step(text: str, tokens: list[PlainWord], place: int) -> bool:
    """Whether one character parts a token from the one before it."""
    before = tokens[place - 1].end
    return tokens[place].start - before == 1 and text[before] != "\n"


def named(word: str) -> str:
    """The word with its disguise undone: `dep0sito`, `k1t`, `wasap`."""
    if not word.isalpha() and len(word) >= _SHORTEST_DISGUISED:
        letters = sum(map(str.isalpha, word))
        if letters >= 2 and 2 * letters >= len(word):
            word = word.translate(_LETTERS_OF_DIGITS)
    if word.startswith(("w", "g", "t")) and word.isalpha():
        if _WHATSAPP.fullmatch(word):
            return _CHAT
        if _TELEGRAM.fullmatch(word):
            return "telegram"
    return word
