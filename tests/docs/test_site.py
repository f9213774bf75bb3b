"""The site builds without a warning, and a browser that shows it asks no other host for anything."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "object": "data"}
LOADED_LINKS = {"stylesheet", "icon", "preload", "preconnect", "dns-prefetch", "modulepreload", "manifest"}
# The theme's script fetches libraries from elsewhere for pages that hold one of these, so no page may.
FETCH_THEIR_LIBRARY = re.compile(r'class="[^"]*\b(?:mermaid|glightbox|pyodide)\b')
MOST_PICTURE_BYTES = 60_000
ELSEWHERE = re.compile(r"^\s*(?:https?:)?//")


class Loads(HTMLParser):
    """What a browser loads for a page, without anybody's click."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in LOADED:
            self.addresses.append(given.get(LOADED[tag], ""))
        if tag == "link" and LOADED_LINKS & set(given.get("rel", "").split()):
            self.addresses.append(given["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; a warning fails it."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder / "site"


def test_every_page_is_there(site: Path) -> None:
    pages = {file.stem for file in (ROOT / "docs").glob("*.md")}
    assert pages <= {file.stem for file in site.glob("*.html")}


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        text, loads = page.read_text("utf-8"), Loads()
        loads.feed(text)
        assert loads.addresses
        assert [address for address in loads.addresses if ELSEWHERE.match(address)] == []
        assert FETCH_THEIR_LIBRARY.search(text) is None


def test_no_style_loads_anything_from_elsewhere(site: Path) -> None:
    styles = [file.read_text("utf-8") for file in (*site.rglob("*.css"), *site.rglob("*.html"))]
    named = [address.strip("'\" ") for style in styles for address in re.findall(r"url\(([^)]*)\)", style)]
    named += [address for style in styles for address in re.findall(r"@import\s+['\"]([^'\"]+)", style)]
    assert [address for address in named if ELSEWHERE.match(address)] == []


def test_pictures_are_drawings_of_our_own(site: Path) -> None:
    for picture in (site / "images").glob("*.*"):
        assert picture.suffix == ".svg"
        assert re.findall(r'(?:href|src)="(?!#)', picture.read_text("utf-8")) == []


def test_pictures_of_pages_are_small_and_shown(site: Path) -> None:
    pictures = list((site / "images" / "pages").iterdir())
    assert [one.name for one in pictures if one.suffix != ".webp" or one.stat().st_size > MOST_PICTURE_BYTES] == []
    shown = (ROOT / "docs" / "pages.md").read_text("utf-8")
    assert [one.name for one in pictures if f"images/pages/{one.name}" not in shown] == []
