"""The page of security tells each requirement of ASVS 5.0.0, levels 1 and 2, once, and names tests that are there."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
# How many requirements of levels 1 and 2 each section has, from its first on; those of level 3 are left out.
SECTIONS = {
    "1.1": "1-2", "1.2": "1-9", "1.3": "1-11", "1.4": "1-3", "1.5": "1-2",
    "2.1": "1-3", "2.2": "1-3", "2.3": "1-4", "2.4": "1",
    "3.2": "1-2", "3.3": "1-4", "3.4": "1-6", "3.5": "1-5", "3.7": "1-2",
    "4.1": "1-3", "4.2": "1", "4.3": "1-2", "4.4": "1-4",
    "5.1": "1", "5.2": "1-3", "5.3": "1-2", "5.4": "1-3",
    "6.1": "1-3", "6.2": "1-12", "6.3": "1-4", "6.4": "1-4", "6.5": "1-5", "6.6": "1-3", "6.8": "1-4",
    "7.1": "1-3", "7.2": "1-4", "7.3": "1-2", "7.4": "1-5", "7.5": "1-2", "7.6": "1-2",
    "8.1": "1-2", "8.2": "1-3", "8.3": "1", "8.4": "1",
    "9.1": "1-3", "9.2": "1-4",
    "10.1": "1-2", "10.2": "1-2", "10.3": "1-4", "10.4": "1-11", "10.5": "1-5", "10.6": "1-2", "10.7": "1-3",
    "11.1": "1-2", "11.2": "1-3", "11.3": "1-3", "11.4": "1-4", "11.5": "1", "11.6": "1",
    "12.1": "1-3", "12.2": "1-2", "12.3": "1-4",
    "13.1": "1", "13.2": "1-5", "13.3": "1-2", "13.4": "1-5",
    "14.1": "1-2", "14.2": "1-4", "14.3": "1-3",
    "15.1": "1-3", "15.2": "1-3", "15.3": "1-7",
    "16.1": "1", "16.2": "1-5", "16.3": "1-4", "16.4": "1-3", "16.5": "1-3",
    "17.1": "1", "17.2": "1-4", "17.3": "1-2",
}  # fmt: skip

ROW = re.compile(
    r"^\| (?P<numbers>\d[\d., ]*(?: to [\d.]+)?) \| [^|]* \| (?P<state>met|part|no|none) \| (?P<told>[^|]*)\|$"
)
STATES = {"met", "part", "no", "none"}
# What is met by what is not there, or by words alone: no test can hold it.
WITHOUT_TEST = {
    "1.3.2",
    "6.1.3",
    "6.2.10",
    "6.3.2",
    "6.4.2",
    "7.6.2",
    "8.3.1",
    "13.1.1",
    "13.2.3",
    "13.4.3",
    "15.1.1",
    "16.2.3",
}


def sections() -> list[str]:
    """Every requirement of the two levels, in order."""
    wanted = []
    for section, numbers in SECTIONS.items():
        first, _, last = numbers.partition("-")
        wanted += [f"{section}.{number}" for number in range(int(first), int(last or first) + 1)]
    return wanted


ALL = sections()
ROWS = [found for line in PAGE.splitlines() if (found := ROW.match(line))]


def numbers_of(row: re.Match[str]) -> list[str]:
    """The requirements that a row is of: named one by one, or from one to another."""
    first, to, last = row["numbers"].partition(" to ")
    return ALL[ALL.index(first) : ALL.index(last) + 1] if to else row["numbers"].split(", ")


def test_the_standard_has_so_many() -> None:
    assert len(ALL) == 253


def test_every_requirement_stands_once() -> None:
    told = [number for row in ROWS for number in numbers_of(row)]
    assert [number for number, count in Counter(told).items() if count > 1] == []
    assert set(told) == set(ALL)


def test_no_row_of_the_tables_is_overlooked() -> None:
    tables = PAGE[PAGE.index("## ASVS") :]
    rows = [line for line in tables.splitlines() if re.match(r"^\| \d", line)]
    assert rows == [row[0] for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["numbers"])
def test_what_is_met_names_its_test_and_what_is_not_its_reason(row: re.Match[str]) -> None:
    paths = re.findall(r"`(tests/[\w/.]+)`", row["told"])
    assert [path for path in paths if not (ROOT / path).is_file()] == []
    if row["state"] in ("part", "no"):
        assert len(row["told"].split()) >= 5


def test_most_of_what_is_met_is_held_by_a_test() -> None:
    """A row that is met names a test, a file, a command or a page, or is met by what is not there."""
    bare = [row["numbers"] for row in ROWS if row["state"] == "met" and not re.search(r"[`\[]", row["told"])]
    assert set(bare) <= WITHOUT_TEST | {"1.4.1, 1.4.2, 1.4.3", "11.1.2", "11.2.1", "11.2.3", "11.4.1, 11.4.3", "11.5.1"}


def test_the_page_says_how_many() -> None:
    counts = Counter(row["state"] for row in ROWS for _ in numbers_of(row))
    assert (
        f"{counts['met']} met, {counts['part']} in part, {counts['no']} not, {counts['none']} of what is not here"
        in PAGE
    )
