"""No text that somebody sends holds a worker up: the time of every parser grows with the length of what it reads."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.reading.schedules.schedule_text import read_schedule
from tests.attacks.growth import calls, require_linear
from tests.attacks.parsers import CASES, HARD, LIMA, ParserCase
from tests.attacks.pattern_fragments import Fragment, fragments

pytestmark = pytest.mark.slow

MOST_DRAWN = 8  # of each module's patterns
MOST_CALLS, FEWEST_CALLS, CALLED_CHARACTERS = 2.3, 1_000, 20_000
ROOMS = ("engine", "store", "api", "index")
# What reads a text, by the module it comes from; of `re`, everything.
READERS = {
    "re": None,
    "unicodedata": {"normalize"},
    "html": {"unescape"},
    "csv": {"reader"},
    "json": {"loads", "JSONDecoder"},
}
READING_NAMES = {"HTMLParser", "Contentline"}
# They read what is ours, or what is shorter than a line.
OTHERS = {
    "api.admin.pages.audit": "an administrator's query of at most 200 letters",
    "api.admin.pages.cases": "an administrator's query of at most 200 letters",
    "api.admin.pages.reading": "ids of the log, and an administrator's query, of at most 200 characters",
    "api.accounts.pages.security": "a secret of 32 letters that we made",
    "api.analysts.endpoints": "a day of a query, ten characters",
    "api.employers.pages.job_forms": "a number of at most 15 characters",
    "api.seekers.pages.career": "a month of a form, of which all fields have at most 64 kB",
    "api.seekers.pages.clicks": "an id of 36 letters, in a cookie of at most 4,096",
    "api.web.components": "the style, which this code wrote",
    "api.web.local_paths": "an address of at most 300 characters",
    "api.configuration.settings": "the operator's own settings",
    "api.configuration.phone_settings": "the operator's own settings",
    "api.delivering.messaging.gateways": "texts of ours, of at most 1,600 characters, and the operator's own settings",
    "api.credentials.devices": "what a browser calls itself, of which 64 letters at most are read",
    "api.credentials.passwords": "passwords of at most 128 characters",
    "api.http.request_layer": "what a caller names a request, of at most 64 letters",
    "api.credentials.password_strength": "passwords of at most 128 characters, of which 24 are judged",
    "engine.array_files": "headers of files that this code wrote",
    "engine.learning_paths.label_keys": "titles and skills of at most 160 letters, and an operator's own lists",
    "engine.reading.titles": "titles of at most 160 letters, and an operator's own lists",
    "engine.reading.world": "a file that this code wrote",
    "engine.catalogue.duplicates": "employers' names of at most 300 characters",
    "engine.search.profiles": "texts no longer than a search",
    "store.analytics.note_texts": "notes that this code words",
    "store.audit": "names of acts that this code chooses",
    "store.audit_chain": "what an operator kept of the chain",
    "store.database": "the setting of the database",
    "store.encryption.master_keys": "the operator's file of keys",
    "store.importers.esco.files": "the operator's own files",
    "store.feeds.feed_files": "the operator's own files",
    "store.identity_keys": "mail addresses of at most 254 characters, and numbers of at most 24",
}


class WorkClock:
    """A clock that only its own parser advances, by a power of the text's length: no load of the machine moves it."""

    def __init__(self, power: int) -> None:
        self.power, self._seconds = power, 0.0

    def read(self, text: str) -> None:
        self._seconds += 1e-8 * len(text) ** self.power

    def seconds(self) -> float:
        return self._seconds


def _drawn(case: ParserCase) -> list[Fragment]:
    found: list[Fragment] = []
    for name in case.modules:
        of_module = [one for pattern in _patterns(vars(importlib.import_module(name))) for one in fragments(pattern)]
        found += of_module[:: len(of_module) // MOST_DRAWN + 1]
    return found


def _patterns(held: dict[str, Any]) -> Iterator[re.Pattern[Any]]:
    for value in held.values():
        values = value if isinstance(value, tuple | list) else value.values() if isinstance(value, dict) else (value,)
        for one in values:
            pattern = one[0] if isinstance(one, tuple) and one else one
            if isinstance(pattern, re.Pattern):
                yield pattern


@pytest.mark.parametrize("name", CASES)
def test_twice_the_text_takes_no_more_than_twice_the_time(name: str) -> None:
    case = CASES[name]
    for before, fragment in dict.fromkeys([*(("", hard) for hard in (*case.hard, *HARD)), *_drawn(case)]):
        require_linear(case.parser, fragment, case.before + before, case.after)


@pytest.mark.parametrize("name", CASES)
@settings(derandomize=True, max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_repetition_of_pieces_takes_longer(name: str, data: st.DataObject) -> None:
    case = CASES[name]
    pieces = st.lists(st.sampled_from([*case.hard, *HARD]) | st.text(min_size=1, max_size=2), min_size=2, max_size=4)
    require_linear(case.parser, "".join(data.draw(pieces)), case.before, case.after)


@pytest.mark.parametrize("fragment", ["9 a 18 lunes y ", "lunes de 9 a 18, ", "de 13 a 14 ", "turno noche, "])
def test_a_schedule_of_hundreds_of_statements_takes_calls_by_its_length(fragment: str) -> None:
    """What grows by the square of the statements is small beside the rest at lengths whose time can be taken."""
    parser = partial(read_schedule, time_zone=LIMA)
    assert calls(parser, fragment * 600) < MOST_CALLS * calls(parser, fragment * 300)


@pytest.mark.parametrize("name", CASES)
def test_no_parser_takes_more_calls_than_its_text_is_longer(name: str) -> None:
    """All that is hard for it, mixed, up to half of the longest text that the service takes."""
    case = CASES[name]
    mixed = "".join((*case.hard, *HARD))
    first, short, long = (  # what only the first call does is counted with the first
        calls(case.parser, case.before + (mixed * (length // len(mixed) + 1))[:length] + case.after)
        for length in (CALLED_CHARACTERS // 20, CALLED_CHARACTERS // 2, CALLED_CHARACTERS)
    )
    assert long < MOST_CALLS * max(short, FEWEST_CALLS), f"{first}, {short} and {long} calls"


@pytest.mark.parametrize("fragment", ["ab", "a b ", "é"])
@pytest.mark.parametrize(("power", "is_found"), [(1, False), (2, True), (3, True)])
def test_only_what_grows_by_more_than_its_length_is_found(fragment: str, power: int, is_found: bool) -> None:
    clock = WorkClock(power)
    with pytest.raises(AssertionError, match="expected at most 3 times as long") if is_found else nullcontext():
        require_linear(clock.read, fragment, clock=clock.seconds)


def test_every_module_that_reads_texts_is_held_to_it() -> None:
    reading = {name for room in ROOMS for name in _reading_modules(Path(room))}
    held = {module for case in CASES.values() for module in case.modules}
    assert reading - held - OTHERS.keys() == set(), "name it in a case of parsers.py, or say whose text it reads"
    assert OTHERS.keys() <= reading


def _reading_modules(room: Path) -> Iterator[str]:
    for path in room.rglob("*.py"):
        if any(map(_reads, ast.walk(ast.parse(path.read_text(encoding="utf-8"))))):
            yield ".".join(path.with_suffix("").parts)


def _reads(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    if isinstance(called, ast.Name):
        return called.id in READING_NAMES
    if (
        not isinstance(called, ast.Attribute)
        or not isinstance(called.value, ast.Name)
        or called.value.id not in READERS
    ):
        return False
    names = READERS[called.value.id]
    return names is None or called.attr in names
