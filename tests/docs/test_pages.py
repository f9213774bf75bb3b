"""What the pages name is there: files, settings with their defaults; and the README fits two screens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr

from api.configuration.settings import Settings
from api.server import example_request
from tests.docs.pages import ROOT, blocks, inline_code, name_of, pages

README = (ROOT / "README.md").read_text("utf-8")
OPERATORS = (ROOT / "docs" / "operators.md").read_text("utf-8")
LINES_OF_TWO_SCREENS = 90
ALL = [*pages(), ROOT / "ARCHITECTURE.md"]
IN_THE_REPOSITORY = r"(?:api|benchmarks|commands|deploy|engine|grafana|index|sample|store|tests|training|docs)/[\w./-]*"
# Of the command line and of the client's own, which are no settings of a server.
OTHER_VARIABLES = {"CHAMBA_REGISTRY_URL", "CHAMBA_", "CHAMBA_FEEDS", "CHAMBA_FEEDS_CONTACT", "CHAMBA_FEEDS_NETWORKS"}
OTHER_VARIABLES |= {"CHAMBA_URL", "CHAMBA_KEY"}  # of a partner's own program


def test_the_request_is_the_one_that_make_run_prints(tmp_path: Path) -> None:
    (tmp_path / "demo.key").write_text("chamba_…")
    shown = example_request("http://127.0.0.1:8000", tmp_path).replace(str(tmp_path), "data")
    assert shown in README


def test_the_readme_fits_two_screens() -> None:
    assert len(README.splitlines()) <= LINES_OF_TWO_SCREENS


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    named = [code for code in inline_code(page) if re.fullmatch(IN_THE_REPOSITORY, code) and "NAME" not in code]
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://)([^)#\s]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_contributors_are_told_of_many_files() -> None:
    told = inline_code(ROOT / "docs" / "contributors.md")
    assert len([code for code in told if re.fullmatch(IN_THE_REPOSITORY, code)]) > 30


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_every_setting_that_a_page_names_is_one(page: Path) -> None:
    named = set(re.findall(r"\bCHAMBA_[A-Z_]*", page.read_text("utf-8"))) - OTHER_VARIABLES
    assert named <= {f"CHAMBA_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_stands_in_the_table_with_its_default(name: str) -> None:
    (row,) = re.findall(rf"^\| `CHAMBA_{name.upper()}` \| (.*?) ?\| .+ \|$", OPERATORS, re.MULTILINE)
    default = Settings.model_fields[name].get_default()
    if Settings.model_fields[name].default_factory is not None:
        assert row == "from the cores"
        return
    text = default.get_secret_value() if isinstance(default, SecretStr) else str(default)
    assert row == ("" if text in ("", "None") else f"`{text.lower() if isinstance(default, bool) else text}`")


def test_every_page_has_a_place_in_the_site() -> None:
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]
    placed = {file for entry in nav for file in entry.values()}
    assert placed == {file.name for file in (ROOT / "docs").glob("*.md")}


@pytest.mark.parametrize("fence", ["```\nls\n```\n", "```ruby\n1\n```\n", "<!-- skip -->\n```sh\nls\n```\n"])
def test_a_block_of_no_known_kind_fails(fence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.docs.pages.ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text(f"# Page\n\n{fence}")
    with pytest.raises(ValueError, match=r"page.md:3: no test knows"):
        list(blocks(page))


def test_no_block_escapes_the_pages() -> None:
    for page in pages():
        fences = len(re.findall(r"^\s*```", page.read_text("utf-8"), re.MULTILINE))
        assert fences == 2 * len(list(blocks(page))), name_of(page)
