"""A text made ready to be read: plain words, and for each place of them the sentence of the text that it stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from engine.reading.text_cleaning import BULLETS, plain

LONGEST_TEXT = 40_000  # characters; nobody states hours after that
LONGEST_SENTENCE = 280
_NO_END = r"(?<![aApP]\.[mM]\.)(?<![aApP]\. [mM]\.)(?<![aApP][mM]\.)(?<![hH][sSrR]\.)(?<![rR][sS]\.)(?<!\b[LlDS]\.)"
SENTENCE_ENDS = re.compile(
    rf"[\n\t]+|(?<=[.!?]){_NO_END}\s+(?=[^\W\d_a-záéíóúñ]|[¿¡•*])|(?=[•●▪✓✔➤►◆■✅🕒🕘🕐📍📅🗓⏰💼🏢])"
)
MARKDOWN = re.compile(r"\\(?=[-.|!()\[\]*+])|\*{1,3}")
DASHES = re.compile("[\u2010-\u2015\u2212]")
OTHER_SIGNS = re.compile(r"[^\w\s.,:;/()$%&+|#°ºª'’!?=<>*\"-]+")
LONG_DAYS = "(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
GLUED = re.compile(
    rf"{LONG_DAYS}|(?<=[a-z\d])(?=horarios?\b|jornada\b|(?<!noc)turnos?\b)"
    r"|(?:(?<=\dh[sr])|(?<=\d h[sr]))(?=[a-z]{3})"
)
PARTED_WORDS = re.compile(
    r"(?<=[a-záéíóúñ)])(?=[A-ZÁÉÍÓÚÑ][A-Za-záéíóúñÁÉÍÓÚÑ])|(?<=[a-záéíóú]{3}\.)(?=[A-ZÁÉÍÓÚÑ])"
    r"|(?<=[A-ZÁÉÍÓÚÑ]{3})(?=[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{2})"
)
DOUBLED_END = re.compile(r"\b(lunes|martes|miercoles|jueves|viernes)s\b")  # "vierness"
HALF_HOUR = re.compile(r"(?<![\d:.,])(\d{1,2}) y (?:30|media)(?= ?(?:[ap]\.? ?m\b|hs\b|hrs\b|horas\b|a \d|de la))")
PARTED_NUMBER = re.compile(r"(?<!\d)(\d) (\d)(?!\d)")
PARTED_HOUR = re.compile(r"(?<![\d:.,])([01]?\d|2[0-3]) ([0-5]0)(?= ?(?:hs|hrs?)\b)")
PARTED_CLOCK = re.compile(r"(\d[:.]) (\d\d)(?!\d)")
# "07,30 a 17,30" and "8.: 30", as boards and keyboards of commas write them
COMMA_CLOCKS = re.compile(
    r"(?<![\d$.,])(?:[01]?\d|2[0-3])(?:,(?:00|15|30|45))? ?(?:hs?|hrs?)?\.? ?(?:a|-|hasta|y)(?: las)? ?"
    r"(?:[01]?\d|2[0-4])(?:,(?:00|15|30|45))?(?![\d,])"
)
DOUBLE_POINT = re.compile(r"(\d)[.:]: ?([0-5]\d)(?!\d)")
# As people write in a chat: "pago x hora", "4 hrs d lunes a viernes", "9a6"
CHAT = re.compile(
    r"(?<=[a-z)]) (?:(?P<by>x) (?=[a-z])|(?<! y )(?P<of>d) (?=[a-z\d]))"
    r"|(?<=\d)(?P<to>a)(?= ?\d{1,2}(?:\D|$))|(?<=\d )(?P<then>a)(?=\d)"
)
_MEANT = {"by": " por ", "of": " de ", "to": " a ", "then": "a "}
NO_DAY = re.compile(r"santo domingo|monday\.com|sun(?:glass|screen)")


@dataclass(frozen=True, slots=True)
class Passages:
    """`words` are the plain sentences, one a line; `sentences` are as they were written, from `starts` on."""

    words: str
    sentences: tuple[str, ...]
    starts: tuple[int, ...]

    def sentence(self, start: int, end: int) -> str:
        """The sentences that `words[start:end]` stands in, as they were written."""
        first = bisect_right(self.starts, start) - 1
        last = max(bisect_right(self.starts, max(start, end - 1)) - 1, first)
        written = " ".join(" ".join(self.sentences[first : last + 1]).split()).lstrip(BULLETS)
        if len(written) <= LONGEST_SENTENCE:
            return written
        ahead = max(0, start - self.starts[first] - LONGEST_SENTENCE // 4)
        return written[ahead : ahead + LONGEST_SENTENCE]


@lru_cache(maxsize=8)  # a posting's text is read for several fields, one after another
def passages(text: str) -> Passages:
    """The sentences of `text`."""
    sentences = tuple(part for part in SENTENCE_ENDS.split(text[:LONGEST_TEXT]) if part and not part.isspace())
    starts, lines, length = [], [], 0
    for sentence in sentences:
        line = plain_words(sentence)
        starts.append(length)
        lines.append(line)
        length += len(line) + 1
    return Passages("\n".join(lines), sentences, tuple(starts))


def plain_words(sentence: str) -> str:
    """A sentence in lower case without accents, its numbers whole, words that a board glued together apart."""
    words = PARTED_WORDS.sub(" ", MARKDOWN.sub("", sentence))
    words = OTHER_SIGNS.sub(" | ", DASHES.sub("-", plain(words)))
    words = NO_DAY.sub(" ", " ".join(words.split()))
    words = HALF_HOUR.sub(r"\1:30", DOUBLED_END.sub(r"\1", words))
    words = " ".join(GLUED.sub(lambda found: f" {found[0]} ", words).split())
    words = CHAT.sub(lambda found: _MEANT[str(found.lastgroup)], words)
    return joined_numbers(words)


def joined_numbers(text: str) -> str:
    """`text` with numbers whole that a board parted ("1 8: 0 0" is 18:00)."""
    whole = PARTED_CLOCK.sub(r"\1\2", PARTED_NUMBER.sub(r"\1\2", text))
    whole = PARTED_HOUR.sub(r"\1:\2", whole)
    return COMMA_CLOCKS.sub(lambda found: found[0].replace(",", ":"), DOUBLE_POINT.sub(r"\1:\2", whole))
