"""Feed files: what they may say, and what their author is told of what they may not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.errors import InvalidInputError
from store.feeds.boards import BOARDS
from store.feeds.feed_files import load_feed, load_feeds


def write(folder: Path, text: str, name: str = "uno") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", BOARDS)
def test_every_board_needs_its_name_and_nothing_else(tmp_path: Path, kind: str) -> None:
    feed = load_feed(write(tmp_path, f'kind = "{kind}"\nboard = "taller-andino"\n'))
    assert feed.address.startswith("https://")
    assert ("taller-andino" in feed.address) == ("{board}" in BOARDS[kind].address)
    assert feed.mapping.name == feed.mapping.facts.source == "uno"
    assert feed.every == timedelta(days=1)


@pytest.mark.parametrize(
    ("every", "time"),
    [
        ("30m", timedelta(minutes=30)),
        ("6h", timedelta(hours=6)),
        ("6 h", timedelta(hours=6)),
        ("2d", timedelta(days=2)),
    ],
)
def test_how_often(tmp_path: Path, every: str, time: timedelta) -> None:
    assert load_feed(write(tmp_path, f'kind = "remotive"\nevery = "{every}"\n')).every == time


def test_facts_are_of_every_posting(tmp_path: Path) -> None:
    text = 'kind = "greenhouse"\nboard = "a"\n[facts]\nemployer = "Taller"\nmodality = "remote"\n'
    facts = load_feed(write(tmp_path, text)).mapping.facts
    assert (facts.employer, facts.modality) == ("Taller", "remote")


@pytest.mark.parametrize(
    "text",
    [
        "",
        'kind = "linkedin"',
        'kind = "greenhouse"',
        'kind = "greenhouse"\nboard = "../../otro"',
        'kind = "greenhouse"\nboard = "a?b=c"',
        'kind = "sitemap"',
        'kind = "sitemap"\naddress = "file:///etc/passwd"',
        'kind = "sitemap"\naddress = "https://u:p@a.example/"',
        'kind = "sitemap"\naddress = "https://a.example/"\npages = "("',
        'kind = "sitemap"\naddress = "https://a.example/"\nobeys_robots = false',
        'kind = "json"\naddress = "https://a.example/"',
        'kind = "json"\naddress = "https://a.example/"\nmapping = "no-hay"',
        'kind = "remotive"\nevery = "siempre"',
        'kind = "remotive"\nevery = "0h"',
        'kind = "remotive"\ngap_seconds = 0',
        'kind = "remotive"\nmost_pages = 0',
        'kind = "remotive"\ncada = "6h"',
        'kind = "remotive"\n[facts]\ncolor = "azul"',
        'kind = "remotive"\n[facts]\ncountry = "Perú"',
        'kind = remotive"',
        "\x00",
    ],
)
def test_what_cannot_be_used_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidInputError, match=r"uno\.toml cannot be used"):
        load_feed(write(tmp_path, text))


@pytest.mark.parametrize("name", ["api", "sample", "Uno", "a b", "-a", "a" * 65, "ñ"])
def test_names_are_plain_and_nobody_elses(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInputError, match="cannot be used"):
        load_feed(write(tmp_path, 'kind = "remotive"', name))


def test_a_bad_file_leaves_the_rest_and_mappings_are_no_feeds(tmp_path: Path) -> None:
    write(tmp_path, 'kind = "remotive"', "bueno")
    write(tmp_path, "kind = ", "malo")
    write(tmp_path, '[fields]\ntitle = { columns = ["t"] }', "mapa")
    feeds, unusable = load_feeds(tmp_path)
    assert [feed.name for feed in feeds] == ["bueno"]
    assert list(unusable) == ["malo"]
    assert load_feeds(tmp_path / "no-hay") == ([], {})


def test_api_without_robots_may_be_stated(tmp_path: Path) -> None:
    assert not load_feed(write(tmp_path, 'kind = "remotive"\nobeys_robots = false')).file.obeys_robots
