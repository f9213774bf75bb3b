"""Every block of every page is tried: commands run, requests are answered, answers look as they are shown.

What costs minutes or never ends (`chamba serve`, `train`, `tune`, `retrain`, `bench` …) is read with all its options
by the real command line, and not run: `tests.docs.command_line.READ_ONLY` names it. Other tests run it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.command_line import require_named
from tests.docs.pages import blocks, inline_code, name_of, pages
from tests.docs.reader import Reader

pytestmark = pytest.mark.sqlite_only("readers of the pages begin with SQLite")


@pytest.mark.slow
@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_a_page_can_be_followed(page: Path, reader: Reader) -> None:
    for block in blocks(page):
        try:
            reader.follow(block)
        except Exception as error:
            raise AssertionError(f"{block.where}: {error}") from error


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_commands_that_a_page_names_are_there(page: Path) -> None:
    for code in inline_code(page):
        if code.startswith("chamba "):
            require_named(code.replace("…", "").split()[1:])
