"""What a text message asks for, read generously: case, accents, spaces, emojis and politeness do not matter.

What cannot be undone (applying, stopping) is done only for a text that says that and nothing else; one that may mean
it is asked back. Looking at a job harms nobody, so any text with its number shows it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any
from unicodedata import normalize

LONGEST, MOST_WORDS, MOST_NUMBERS = 1_600, 40, 3
LONGEST_NUMBER = 2  # digits; more are a telephone, a pay or a DNI
_RUNS = re.compile(r"[a-z]+|[0-9]+")
_ORDINAL_ENDS = frozenset({"ro", "do", "er", "era", "ero", "ra", "da"})
_REPEATED = re.compile(r"([a-z])\1+")


class Ask(StrEnum):
    """What somebody asks for by a message; `MAY_…`: what it looks like, which is asked back."""

    SEE = "see"
    APPLY = "apply"
    MAY_APPLY = "may_apply"
    STOP = "stop"
    MAY_STOP = "may_stop"
    START = "start"
    HELP = "help"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Command:
    """What is asked for, and the numbers of jobs in it, in their order."""

    ask: Ask
    numbers: tuple[int, ...] = ()


def read_command(text: str) -> Command:
    """What a message asks for; at most 1,600 characters of it are read."""
    heard, (words, is_question) = _heard(), _plain(text[:LONGEST])
    if not words or len(words) > MOST_WORDS:
        return Command(Ask.HELP if is_question and not words else Ask.UNREAD)
    said, digits = [word for word in words if not word.isdigit()], [word for word in words if word.isdigit()]
    numbers = _numbers(digits, said)
    meant = [word for word in said if word not in heard.polite]
    if (stop := _stopping(said, meant, has_numbers=bool(digits), is_question=is_question)) is not None:
        return Command(stop)
    if any(word in heard.applies or word.startswith(heard.may_apply) for word in said):
        return _applying(meant, digits, numbers, is_question=is_question)
    if meant and all(word in heard.helps for word in meant) and not digits:
        return Command(Ask.HELP)
    if meant and all(word in heard.starts for word in meant) and not digits:
        return Command(Ask.START)
    if numbers and len(words) <= 2 * MOST_NUMBERS + 4:
        return Command(Ask.SEE, numbers[:MOST_NUMBERS])
    return Command(Ask.UNREAD)


@dataclass(frozen=True, slots=True)
class _Heard:
    """The words of `heard.toml`, in the form that `_plain` gives them."""

    polite: frozenset[str]
    names_of_a_job: frozenset[str]
    applies: frozenset[str]
    may_apply: tuple[str, ...]
    stops: frozenset[str]
    of_stopping: frozenset[str]
    stop_phrases: frozenset[str]
    may_stop: frozenset[str]
    starts: frozenset[str]
    helps: frozenset[str]
    numbers: Mapping[str, int]


@cache
def _heard() -> _Heard:
    document = tomllib.loads((files("api") / "texting" / "heard.toml").read_text("utf-8"))
    found: dict[str, Any] = {
        name: frozenset(map(_once, words.split())) for name, words in document.items() if isinstance(words, str)
    }
    found["may_apply"] = tuple(document["may_apply"])
    found["stop_phrases"] = frozenset(document["stop_phrases"])
    found["numbers"] = document["numbers"]
    return _Heard(**found)


def _once(word: str) -> str:
    """Each run of a letter as one letter."""
    return _REPEATED.sub(r"\1", word)


def _plain(text: str) -> tuple[list[str], bool]:
    """Small letters and digits, apart from each other, each run of a letter as one; and whether something is asked."""
    folded = normalize("NFKD", text).lower()[: 2 * LONGEST]
    kept = "".join(one if one.isascii() else "" if one in "\u0301\u0303\u0308\ufe0f\u20e3" else " " for one in folded)
    words = list(map(_once, _RUNS.findall(kept)))
    said = [word for n, word in enumerate(words) if not _belongs_to_number(words, n)]
    return said, "?" in text or "¿" in text


def _belongs_to_number(words: Sequence[str], number: int) -> bool:
    """The letters of 1ro, 2do, 3er, and of N° 2."""
    before, after = words[max(number - 1, 0) : number], words[number + 1 : number + 2]
    ends = words[number] in _ORDINAL_ENDS and any(map(str.isdigit, before))
    return ends or (words[number] == "n" and any(map(str.isdigit, after)))


def _numbers(digits: Sequence[str], said: Sequence[str]) -> tuple[int, ...]:
    """The numbers in a message, each once; "123" is 1, 2 and 3. Words count where no digits do."""
    heard, found = _heard(), list[int]()
    for run in digits:
        if len(run) <= LONGEST_NUMBER:
            found.append(int(run))
        elif len(run) == MOST_NUMBERS and len(set(run)) == MOST_NUMBERS:
            found += map(int, run)
        else:
            return ()
    found = found or [heard.numbers[word] for word in said if word in heard.numbers]
    return tuple(dict.fromkeys(found))


def _stopping(said: Sequence[str], meant: Sequence[str], *, has_numbers: bool, is_question: bool) -> Ask | None:
    heard = _heard()
    names = any(word in heard.stops for word in meant)
    is_plain = names and all(word in heard.stops or word in heard.of_stopping for word in meant)
    is_phrase = " ".join(word for word in said if word not in ("por", "favor", "porfavor", "x")) in heard.stop_phrases
    if (is_plain or is_phrase) and not has_numbers and not is_question:
        return Ask.STOP
    if is_plain or is_phrase or (names and len(meant) <= MOST_NUMBERS):
        return Ask.MAY_STOP
    may = not has_numbers and any(word in heard.may_stop for word in meant)
    is_may = may and all(word in heard.may_stop or word in heard.of_stopping for word in meant)
    return Ask.MAY_STOP if is_may else None


def _applying(meant: Sequence[str], digits: Sequence[str], numbers: tuple[int, ...], *, is_question: bool) -> Command:
    """Applying is asked for by a word for it and one number in digits, and nothing that may turn it around."""
    heard = _heard()
    is_plain = all(word in heard.applies or word in heard.names_of_a_job for word in meant)
    if is_plain and not is_question and len(digits) == 1 and len(numbers) == 1:
        return Command(Ask.APPLY, numbers)
    return Command(Ask.MAY_APPLY, numbers[:MOST_NUMBERS])
