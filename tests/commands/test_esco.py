"""`chamba esco` compiles a download, tells what it holds, and `chamba recommend` prints the path."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from commands.app import app
from commands.recommend import _skill_lines
from engine.errors import InvalidInputError
from engine.learning_paths.classification import FILE, Classification
from engine.recommendation.nearest import LackedSkill
from engine.recommendation.recommend import Recommendations
from engine.seekers import Seeker
from tests.store.importers.esco.small_esco import SKILLS, uri, write_esco


def lines(found: Recommendations, data: Path) -> list[str]:
    return list(_skill_lines(found, Seeker(text="vecina"), data))


def test_a_download_is_compiled_and_its_paths_are_printed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    lacked = LackedSkill("Hojas Kallpa", 3, 4, ("Ayudante rural de oficina",) * 3)
    found = Recommendations([], 9, 9, 9, (), lacked_skill=lacked)
    said = "+ 3 de los 4 avisos cercanos que nombran habilidades piden Hojas Kallpa, que no mencionas"
    assert lines(found, data) == [said]
    result = CliRunner().invoke(app, ["esco", str(write_esco(tmp_path / "esco")), "--data-dir", str(data)])
    assert result.exit_code == 0, result.output
    assert f"{len(SKILLS)} skills, 2 occupations" in result.output
    assert f"{(data / FILE).stat().st_size:,} bytes, from sha256:" in result.output
    printed = lines(found, data)
    assert printed[0] == said
    assert printed[1].startswith("  Es esencial para trabajar como ayudante rural")
    assert f"    tablas de números: {uri('skill', 'tables')}" in printed
    assert printed[-1] == "  Este servicio utiliza la clasificación ESCO de la Comisión Europea."
    assert lines(Recommendations([], 9, 9, 9, ()), data) == []


def test_a_wrong_folder_leaves_the_file_of_before(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", write_esco(tmp_path / "esco")
    CliRunner().invoke(app, ["esco", str(folder), "--data-dir", str(data)])
    before = (data / FILE).read_bytes()
    (folder / "skills_en.csv").unlink()
    result = CliRunner().invoke(app, ["esco", str(folder), "--data-dir", str(data)])
    assert isinstance(result.exception, InvalidInputError)
    assert (data / FILE).read_bytes() == before
    assert [path.name for path in data.iterdir()] == [FILE]
    assert Classification.open(data / FILE).counts["skills"] == len(SKILLS)
