"""The words of pages: every one is in English, none is there for nothing, and what stands in braces stays."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from api.web.translations import FOLDER

ROOT = Path(__file__).parents[3]
FILES = sorted(FOLDER.glob("*/*.po"))
_NAMES = re.compile(r"%\([a-z_]+\)s|%%")


def named(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


def test_catalogues_have_the_words_of_the_pages() -> None:
    run = subprocess.run([sys.executable, "deploy/catalogues.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert (run.returncode, run.stdout.strip()) == (0, ""), "make catalogues, and translate what is new"


@pytest.mark.parametrize("file", [file for file in FILES if file.parent.name == "en"], ids=named)
def test_every_word_is_in_english(file: Path) -> None:
    assert [entry.msgid for entry in polib.pofile(str(file)) if not entry.translated()] == []


@pytest.mark.parametrize("file", FILES, ids=named)
def test_names_stay_as_they_are(file: Path) -> None:
    changed = [
        entry.msgid
        for entry in polib.pofile(str(file)).translated_entries()
        for told in [*([entry.msgstr] if entry.msgstr else []), *entry.msgstr_plural.values()]
        if set(_NAMES.findall(entry.msgid)) != set(_NAMES.findall(told))
    ]
    assert changed == []


@pytest.mark.parametrize("file", [file for file in FILES if file.parent.name == "qu"], ids=named)
def test_quechua_says_that_no_speaker_has_read_it(file: Path) -> None:
    assert "Not yet read by a speaker of Quechua." in polib.pofile(str(file)).header
