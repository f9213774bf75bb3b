"""A folder of ESCO's download becomes one file, however its files are named; a wrong folder says what is wrong."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import InvalidInputError
from engine.explain import Locale
from engine.learning_paths.classification import Classification
from store.importers.esco.files import esco_files
from store.importers.esco.reading import read_classification
from tests.store.importers.esco.small_esco import SKILLS, uri, write_esco


@pytest.mark.parametrize("is_official", [True, False])
def test_both_ways_to_name_the_files_are_read(tmp_path: Path, is_official: bool) -> None:
    found = read_classification(write_esco(tmp_path, is_official=is_official))
    assert found.counts["skills"] == len(SKILLS)
    assert (found.counts["occupations"], found.counts["essential"], found.counts["optional"]) == (2, 7, 1)
    assert found.counts["bases"] == 4
    sheets = found.skills.uris.index(uri("skill", "sheets"))
    assert [found.skills.label(sheets, locale) for locale in Locale] == ["utilizar Hojas Kallpa", "use Kallpa Sheets"]


def test_the_newest_of_several_versions_is_read(tmp_path: Path) -> None:
    write_esco(tmp_path, is_official=False)
    (tmp_path / "skills_es.v1.0.csv.gz").rename(tmp_path / "skills_es.v1.10.csv.gz")
    (tmp_path / "skills_es.v1.9.csv.gz").write_bytes(b"nothing")
    assert esco_files(tmp_path)["skills_es"].name == "skills_es.v1.10.csv.gz"


def test_what_is_no_longer_in_use_is_left_out(tmp_path: Path) -> None:
    write_esco(tmp_path)
    for file in (tmp_path / "skills_es.csv", tmp_path / "skills_en.csv"):
        lines = file.read_text("utf-8").splitlines(keepends=True)
        file.write_text("".join(line.replace("released", "obsolete") if "trout" in line else line for line in lines))
    found = read_classification(tmp_path)
    assert uri("skill", "trout") not in found.skills.uris
    assert found.counts["essential"] == 6


def without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def rewritten(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (without("skills_en.csv"), r"expected skills_en \(\.csv\); got broaderRelationsSkillPillar_es\.csv"),
        (without("occupationSkillRelations_es.csv"), r"expected occupationSkillRelations"),
        (rewritten("skills_es.csv", b"uri,name\n1,a\n"), r"skills_es\.csv.*expected .*conceptUri.*got uri, name"),
        (rewritten("skills_es.csv", b""), r"skills_es\.csv.*got nada / nothing"),
        (
            rewritten("skills_es.csv", b"conceptUri,preferredLabel,altLabels,reuseLevel\n\xff\xfe,a,,\n"),
            r"UnicodeDecode",
        ),
        (rewritten("occupations_en.csv", b"conceptUri,preferredLabel,altLabels\n" + b"a" * 2**21), r"\(Error\)"),
    ],
)
def test_a_wrong_folder_says_what_was_expected_and_what_to_do(
    tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    csv.field_size_limit(2**24)  # as another reader leaves it
    spoil(write_esco(tmp_path))
    with pytest.raises(InvalidInputError, match=said) as error:
        read_classification(tmp_path)
    assert "descarga ESCO en CSV" in str(error.value)
    assert "download ESCO as CSV" in str(error.value)


def test_a_cut_off_file_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    write_esco(tmp_path, is_official=False)
    whole = gzip.decompress((tmp_path / "skills_en.v1.0.csv.gz").read_bytes())
    (tmp_path / "skills_en.v1.0.csv.gz").write_bytes(gzip.compress(whole)[:-20])
    with pytest.raises(InvalidInputError, match=r"skills_en\.v1\.0\.csv\.gz no se puede leer"):
        read_classification(tmp_path)
    with pytest.raises(InvalidInputError, match="no se puede leer / cannot be read"):
        read_classification(tmp_path / "elsewhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InvalidInputError, match="got nada / nothing"):
        read_classification(tmp_path / "empty")


def test_what_is_saved_is_opened_the_same(tmp_path: Path) -> None:
    found = read_classification(write_esco(tmp_path / "esco"))
    size = found.save(tmp_path / "file")
    opened = Classification.open(tmp_path / "file")
    assert size == (tmp_path / "file").stat().st_size
    assert (opened.counts, opened.source, opened.skills) == (found.counts, found.source, found.skills)
    for number in range(len(SKILLS)):
        assert opened.bases.of(number).tolist() == found.bases.of(number).tolist()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["file"]
