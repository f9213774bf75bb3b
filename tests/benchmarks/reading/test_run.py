"""The command: tables of both halves, examples of development alone, and the count of readings of the test half."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from benchmarks.reading.labels import Half, LabelledSentence
from benchmarks.reading.postings import coverage
from benchmarks.reading.run import ReadingBench, run_reading
from engine.jobs import Job, Modality
from store.importers.postings.mapping import load_mapping

HEADER = "id,titulo,descripcion,empresa,provincia,ciudad,salarioDescripcion,tipoTrabajo,tipoContrato,modalidadTrabajo"
COLUMNS = f"{HEADER},skills,idiomas,cantidadVacante,fechaHoraPublicacion,fechaHoraVence"


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    """A folder of labels with a sentence that is read right and one that is not, in either half."""
    for half in Half:
        folder = tmp_path / half
        folder.mkdir()
        lines = [
            {"id": f"{half}-1", "source": "remotive", "group": 1, "text": "Fully remote", "truths": ["remote"]},
            {"id": f"{half}-2", "source": "remotive", "group": 1, "text": "Control remoto", "truths": [None]},
        ]
        (folder / "modality.jsonl").write_bytes(b"\n".join(map(orjson.dumps, lines)))
    return tmp_path


def always_remote(sentence: LabelledSentence) -> Job:
    return Job("x", "-", modality=Modality.REMOTE, source=sentence.source)


def run(labels: Path, half: Half) -> str:
    said: list[str] = []
    run_reading(ReadingBench(half, None, labels / "out", folder=labels), said.append, always_remote)
    return "\n".join(said)


def test_development_shows_what_is_wrong_and_counts_nothing(labels: Path) -> None:
    said = run(labels, Half.DEVELOPMENT)
    assert "Control remoto" in said
    assert "read remote, right is nothing" in said
    assert not (labels / "out" / "test_reads.jsonl").exists()


def test_the_test_half_shows_no_sentence_and_counts_its_readings(labels: Path) -> None:
    assert "read 1 times" in run(labels, Half.TEST)
    said = run(labels, Half.TEST)
    assert "read 2 times" in said
    assert "Control" not in said
    assert "modality, remotive" in said
    (raw, *_) = (labels / "out").glob("reading-*.json")
    assert "Control" not in raw.read_text("utf-8")


def test_coverage_tells_own_columns_from_text_and_what_is_unread(tmp_path: Path) -> None:
    rows = [
        "1,Cocinera,Horario de lunes a viernes de 9 a 18 hs,A,Pichincha,Quito,460.00 US$ (Mensual),,,Remoto",
        "2,Mozo,Horario por conversar. Sueldo atractivo,B,Pichincha,Quito,A convenir,,,",
        "3,Chofer,Buen ambiente,C,Pichincha,Quito,A convenir,,,",
    ]
    path = tmp_path / "postings.csv"
    path.write_text("\n".join([COLUMNS, *(f"{row},,,,," for row in rows)]), "utf-8")
    found = coverage(path, load_mapping("computrabajo-ec"), 100)
    assert found.postings == 3
    assert found.shares("schedule") == {"rows": 3, "own_column": 0.0, "in_text": 0.333, "unread": 0.333}
    assert found.shares("pay") == {"rows": 3, "own_column": 0.333, "in_text": 0.0, "unread": 0.333}
    assert found.shares("place")["own_column"] == 1.0
