"""Development figures: ads asked by their titles, held-out unit groups, one row a body."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import orjson
import pytest

from benchmarks.language.run import ad_categories, run_language, same_group_map, sampled_ads
from tests.training.esco_folder import write_esco

TRADES = ["cocinera", "programador", "contador", "vendedora", "chofer", "diseñadora"]


def write_postings(data: Path) -> None:
    """A few ads in the files of each source."""
    text = "con experiencia de dos años para trabajar desde casa en una empresa en crecimiento"
    bumeran = "id,titulo,empresa,ubicacion,fecha_publicacion,descripcion_full,url_original,fuente\n" + "".join(
        f'{n},{trade},Empresa {n},"Lima, Lima",2025-11-03,Buscamos {trade} {text},https://a/{n},x\n'
        for n, trade in enumerate(TRADES)
    )
    servir = (
        "job_title,public_institution,ubication,vacancies,salary,start_publication_date,end_publication_date,"
        "required_experience,educational_background,specialization,required_knowledge,skills,snapshot\n"
    ) + "".join(
        f"{trade},Entidad {n},LIMA - LIMA,1,2000,29/11/2024,13/12/2024,{text},Bachiller,{text},{text},Orden,x\n"
        for n, trade in enumerate(TRADES)
    )
    remoteok = "Job Title,Company Name,Technical Skills,Job Attributes,Location,Date Posted,Job URL\n" + "".join(
        f'{trade},Company {n},"Excel, Photoshop, Illustrator, Customer support, Sales",,Worldwide,'
        f"2025-08-22T13:22:49+00:00,https://remoteok.com/{n}\n"
        for n, trade in enumerate(TRADES)
    )
    ecuador = "titulo,categoria\nCOCINERA,Cocina\nayudante de cocina,Cocina\ncajero,Ventas\ncajero,Cocina\n" + "".join(
        f"{trade},{category}\n"
        for trade, category in zip(("vendedora", "vendedor/a", "algo"), ("Ventas", "Ventas", "Otros"), strict=True)
    )
    for path, content in (
        ("computrabajo-ec/postings.csv.gz", ecuador),
        ("bumeran-ar/postings.csv.gz", bumeran),
        ("servir-pe/postings.csv.gz", servir),
        ("remote-en/remoteok_2025.csv.gz", remoteok),
    ):
        (data / path).parent.mkdir()
        (data / path).write_bytes(gzip.compress(content.encode()))


def test_titles_of_one_category_alone_are_kept(tmp_path: Path) -> None:
    write_postings(tmp_path)
    titles, categories = ad_categories(tmp_path / "computrabajo-ec/postings.csv.gz")
    assert dict(zip(titles, categories, strict=True)) == {
        "cocinera": "Cocina",
        "ayudante de cocina": "Cocina",
        "vendedora": "Ventas",
        "vendedor": "Ventas",
    }


def test_a_title_is_judged_by_its_group_and_never_by_itself() -> None:
    vectors = np.array([[1, 0], [0.9, 0.4], [0.95, 0.3], [0, 1]], np.float32)
    groups = np.array(["a", "a", "b", "b"])
    # The first finds a stranger before its brother; the last finds one before its own.
    found = same_group_map(vectors[[0, 3]], vectors, groups, np.array([0, 3]))
    assert found == pytest.approx((1 / 2 + 1 / 2) / 2)


@pytest.mark.slow
def test_a_row_a_body_and_no_test_is_read(
    tiny_hugging_face: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    write_esco(data / "esco-es")
    write_postings(data)
    titles, texts = sampled_ads(data / "bumeran-ar/postings.csv.gz", "bumeran-ar")
    assert sorted(titles) == sorted(TRADES)
    assert all(title not in text for title, text in zip(titles, texts, strict=True))
    run_language(data, [f"hf:{tiny_hugging_face}"], tmp_path / "results", print)
    assert f"hf:{tiny_hugging_face}" in capsys.readouterr().out
    (raw,) = (tmp_path / "results").glob("language-*.json")
    (row,) = orjson.loads(raw.read_bytes())["results"]["rows"]
    assert 0 < row["measures"]["mean"] <= 1
    assert not (tmp_path / "results" / "test_reads.jsonl").exists()
