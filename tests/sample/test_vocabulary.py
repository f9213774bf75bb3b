"""Word lists of the sample world: every file is read, every name is known, and a translator's mistakes are told."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import InvalidInputError
from sample.vocabulary import read_vocabulary, vocabulary

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "sample" / "words"
CHAT = "occupations/customer_service.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A translator's copy of the word lists."""
    return Path(shutil.copytree(WORDS, tmp_path / "words"))


def edited(folder: Path, name: str, old: str, new: str) -> Path:
    """The folder, after `old` became `new` in the file `name`."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return folder


def texts_of(document: object) -> Iterator[str]:
    """Every text of a TOML document that stands as a value."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, list | dict):
        for part in document.values() if isinstance(document, dict) else document:
            yield from texts_of(part)


def test_an_untouched_copy_is_what_chamba_comes_with(folder: Path) -> None:
    assert read_vocabulary(folder) == vocabulary()


def test_every_file_is_read(folder: Path) -> None:
    """Without any one of the files the vocabulary is not there: none lies about unread."""
    files = sorted(folder.rglob("*.toml"))
    assert len(files) > 30
    for file in files:
        text = file.read_bytes()
        file.unlink()
        with pytest.raises(InvalidInputError, match=rf"{file.relative_to(folder)}: .*no such file"):
            read_vocabulary(folder)
        file.write_bytes(text)


def test_every_text_of_every_file_is_used() -> None:
    used = repr(vocabulary())
    unused = [
        text
        for file in WORDS.rglob("*.toml")
        for text in texts_of(tomllib.loads(file.read_text("utf-8")))
        if repr(text) not in used
    ]
    assert unused == []


def test_folders_stay_small() -> None:
    for folder in (WORDS, WORDS / "occupations"):
        assert len(list(folder.glob("*"))) <= 25
    assert list(WORDS.rglob("*.py")) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "expected", "got"),
    [
        ("profiles.toml", "[hopes]\nes", "[hopes]\nes_old", "hopes.es", "this key", "nothing"),
        ("profiles.toml", "[hopes]", "[hope]", "hopes", "this key", "nothing"),
        ("ads.toml", "[pay]\n", "[pay]\npt = []\n", "pay.pt", "no such key", "[]"),
        ("titles.toml", "[extras]", '[extras]\nfr = ["loin"]', "extras.fr", "no such key", "loin"),
        ("hours.toml", '"lunes a viernes"', "5", "days.weekdays.es", "a text", "5"),
        ("hours.toml", '["hora de Lima", "hora peruana"]', '"hora de Lima"', "zones.America/Lima.es", "a list", "Lima"),
        ("hours.toml", '["hora de Lima", "hora peruana"]', "[]", "zones.America/Lima.es", "at least one", "[]"),
        ("hours.toml", '"hora peruana"', '""', "zones.America/Lima.es.1", "says something", "''"),
        ("hours.toml", '"hora peruana"', '"hora peruana "', "zones.America/Lima.es.1", "ends with a space", "peruana "),
        ("hours.toml", '"hora peruana"', '"hora de Lima"', "zones.America/Lima.es", "every text once", "twice"),
        ("figures.toml", "share = 1.7", 'share = "1.7"', "customer_service.share", "a number", "'1.7'"),
        ("figures.toml", "phone = 0.45", "phone = 45", "customer_service.phone", "less than or equal to 1", "45"),
        ("figures.toml", "people = 0.9", "gente = 0.9", "customer_service.traits", "traits among people", "gente"),
        (CHAT, "{tool}", "{herramienta}", "tasks", "slots {company}, {customers}, {goods}, {tool}", "{herramienta} in"),
        (CHAT, "{tool}", "{tool", "tasks", "in pairs of braces", "en {tool y"),
        (CHAT, "Asesor[/a]", "Asesor[a]", "specialties.chat.titles", "gendered endings as [o/a]", "Asesor[a]"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_file_key_and_what_would_be_right(
    folder: Path, name: str, old: str, new: str, key: str, expected: str, got: str
) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        read_vocabulary(edited(folder, name, old, new))
    error = refusal.value
    assert error.field == key
    assert expected in error.expected
    assert got in error.got
    assert error.fix
    assert str(error).startswith(f"{name}, {key}: " if key else f"{name}: ")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("[days]", "[days]\n[days]", 4),
        ("\nsaturday = {", "\nweekdays = {", 9),
        ('"lunes a viernes"', '"lunes a viernes', 4),
        ('"lunes a viernes"', "lunes a viernes", 4),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(folder: Path, old: str, new: str, line: int) -> None:
    with pytest.raises(InvalidInputError, match=r"^hours\.toml: ") as refusal:
        read_vocabulary(edited(folder, "hours.toml", old, new))
    assert f"line {line}," in refusal.value.got
    assert "write each key once" in refusal.value.fix


def test_a_file_in_another_encoding_is_told(folder: Path) -> None:
    text = (folder / "hours.toml").read_text("utf-8")
    (folder / "hours.toml").write_text(text, "latin-1")
    with pytest.raises(InvalidInputError, match=r"^hours\.toml: .*save as UTF-8"):
        read_vocabulary(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "unknown"),
    [
        ("figures.toml", '"courtesy"', '"cortesía"', "customer_service.skills", "cortesía"),
        ("figures.toml", "day = 4", "daily = 4", "customer_service.shifts", "daily"),
        ("figures.toml", "ecommerce_support = 0.7", "shops = 0.7", "customer_service.neighbours", "shops"),
        ("figures.toml", '["chat_support",', '["chats",', "customer_service.specialties.chat.skills", "chats"),
        ("figures.toml", '["telecom"]', '["tel"]', "technical_support.specialties.internet.sectors", "tel"),
        (CHAT, "specialties.email", "specialties.emails", "specialties.emails", "nothing"),
        ("backgrounds.toml", "customer_service = 1.0", "shops = 1.0", "bodega.leads_to", "shops"),
        ("backgrounds.toml", '"pharmacy"', '"shop"', "bodega.sectors", "shop"),
        ("backgrounds.toml", '"invoicing"', '"bills"', "bodega.skills", "bills"),
        ("skills.toml", 'soft = ["attention"', 'soft = ["order"', "soft", "order"),
        ("hours.toml", "[free.evenings]", "[free.nightly]", "free", "nightly"),
    ],
)
def test_names_that_no_other_list_knows_are_told(
    folder: Path, name: str, old: str, new: str, key: str, unknown: str
) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        read_vocabulary(edited(folder, name, old, new))
    assert str(refusal.value).startswith(f"{name}, ")
    assert refusal.value.field.startswith(key.split(".")[0])
    assert unknown in refusal.value.got


def test_an_occupation_needs_figures_and_words(folder: Path) -> None:
    (folder / CHAT).rename(folder / "occupations" / "customer_care.toml")
    with pytest.raises(InvalidInputError, match=r"^occupations/customer_service\.toml: .*no such file"):
        read_vocabulary(folder)


def test_importing_the_sample_world_reads_no_words() -> None:
    program = "import sample.world, sample.vocabulary as v; print(v.vocabulary.cache_info().currsize)"
    printed = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == "0"
