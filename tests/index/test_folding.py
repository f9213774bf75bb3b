"""A bundle with changes folded in holds what one built anew holds, and encodes only what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from chamba import app
from engine.array_files import ArrayFiles
from engine.artifacts import file_checksum
from engine.catalogue.builder import build_catalogue
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.folding import fold
from engine.filtering.bitmaps import RowBitmap
from engine.jobs import Job
from index.backends.exact import ExactSearch
from index.backends.list_search import ListSearch
from index.backends.lists import build_lists, read_lists, renumber, write_lists
from index.backends.planning import ExactCost, PlanCosts, ProbeCost
from index.bundle import BundleManifest, current_folder
from store.database import open_database
from store.records.records import Records
from tests.databases import NewDatabaseUrl


def rows_by_job(catalogue: Catalogue) -> dict[str, tuple[object, ...]]:
    """All that a catalogue knows of each job, without its numbering."""
    columns, distinct = catalogue.columns, catalogue.distinct
    words = catalogue.inverted_index
    said: list[set[tuple[int, bool]]] = [set() for _ in range(len(catalogue))]
    for list_number, (start, end) in enumerate(pairwise(words.offsets.tolist())):
        for row in words.rows[start:end].tolist():
            said[row].add((int(words.hashes[list_number // 2]), bool(list_number % 2)))
    rows_seen: dict[str, tuple[object, ...]] = {}
    for row in range(len(catalogue)):
        numbers, _ = catalogue.skills.of(np.array([row]))
        rows_seen[catalogue.job_id(row)] = (
            catalogue.cards[row],
            catalogue.reason_inputs[row],
            distinct.schedules[columns.schedule_number[row]],
            distinct.languages[columns.language_number[row]],
            distinct.places[columns.place_number[row]],
            [catalogue.skills.names.names[number] for number in numbers],
            str(columns.soles_per_month[row]),
            int(columns.closes_at[row]),
            *(int(getattr(columns, name)[row]) for name in COPIED),
            said[row],
        )
    return rows_seen


COPIED = (
    "duplicate_group",
    "owner",
    "text_signature",
    "title_words",
    "title_words_again",
    "title_level",
    "foreign_languages",
    "told_words",
)


@settings(max_examples=25)
@given(st.data())
def test_folding_keeps_every_chosen_row_as_it_was(tiny_jobs: list[Job], data: st.DataObject) -> None:
    parts = []
    for jobs in (tiny_jobs[:40], tiny_jobs[40:70], tiny_jobs[70:]):
        chosen = data.draw(st.lists(st.integers(0, len(jobs) - 1), unique=True))
        parts.append((build_catalogue(jobs), np.array(chosen, dtype=np.int64)))
    folded = fold(parts)
    expected: dict[str, tuple[object, ...]] = {}
    for catalogue, rows in parts:
        kept = {catalogue.job_id(int(row)) for row in rows}
        expected |= {
            job_id: reason_inputs for job_id, reason_inputs in rows_by_job(catalogue).items() if job_id in kept
        }
    assert rows_by_job(folded.catalogue) == expected
    assert (np.diff(folded.catalogue.columns.schedule_number) >= 0).all()
    ids = [catalogue.job_id(int(row)) for catalogue, rows in parts for row in rows]
    assert [ids[place] for place in folded.order] == [folded.catalogue.job_id(row) for row in range(len(ids))]


def test_renumbered_lists_find_what_new_ones_find(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    vectors = random.normal(size=(4000, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    write_lists(build_lists(vectors[:3500]), tmp_path / "lists")
    lists = read_lists(tmp_path / "lists")
    old_rows = np.flatnonzero(random.random(3500) < 0.9)
    new_row = random.permutation(len(old_rows) + 500)
    renumber(lists, old_rows, new_row[: len(old_rows)])
    lists.add_with_ids(vectors[3500:], new_row[len(old_rows) :])
    moved = np.empty((len(new_row), 32), dtype=np.float32)
    moved[new_row] = np.concatenate([vectors[old_rows], vectors[3500:]])
    write_lists(lists, tmp_path / "moved")
    everything = RowBitmap.of_mask(np.ones(len(moved), dtype=np.bool_))
    costs = PlanCosts((ProbeCost(1.0, lists.nlist, 1e-9, 1.0),), (ExactCost(1, 1e6),))
    searcher = ListSearch.open(moved, tmp_path / "moved", costs)
    exact = ExactSearch(moved)
    hits = sum(
        len(set(searcher.nearest(query, everything, 10).rows) & set(exact.nearest(query, everything, 10).rows))
        for query in moved[::40]
    )
    assert hits / (10 * len(moved[::40])) > 0.98
    assert faiss.downcast_index(lists).ntotal == 4000


@pytest.fixture
def data(
    tiny_models: Path, tiny_jobs: list[Job], tmp_path: Path, database_url: str, commands_use: Callable[[str], None]
) -> Iterator[tuple[Path, Records]]:
    """A data folder with the tiny model and sixty jobs, indexed."""
    (tmp_path / "models").symlink_to(tiny_models)
    commands_use(database_url)
    database = open_database(database_url)
    records = Records(database)
    records.put_jobs(tiny_jobs[:60])
    index(tmp_path)
    yield tmp_path, records
    database.dispose()


def index(folder: Path, *arguments: str) -> str:
    command = ["index", "--recall-floor", "0.5", "--data-dir", str(folder), *arguments]
    result = CliRunner().invoke(app, command, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def served(folder: Path) -> Path:
    found = current_folder(folder / "bundles")
    assert found is not None
    return found


def test_a_job_that_came_with_its_vector_is_not_encoded_again(data: tuple[Path, Records], tiny_jobs: list[Job]) -> None:
    folder, records = data
    model_id = BundleManifest.read(served(folder)).model_id
    vectors = np.eye(2, np.load(served(folder) / "vectors.npy").shape[1], dtype=np.float32)
    records.put_job(tiny_jobs[60], vectors[0], model_id)
    records.put_job(tiny_jobs[61], vectors[1], "another")
    assert "62 jobs, 1 encoded" in index(folder)
    row_of = Catalogue.open(ArrayFiles(served(folder) / "catalogue")).row_of
    stored = np.load(served(folder) / "vectors.npy")
    np.testing.assert_array_equal(stored[row_of(tiny_jobs[60].job_id)], vectors[0])
    assert not np.array_equal(stored[row_of(tiny_jobs[61].job_id)], vectors[1])


def test_an_index_after_few_changes_is_the_index_of_all_jobs(data: tuple[Path, Records], tiny_jobs: list[Job]) -> None:
    folder, records = data
    soon = datetime.now(UTC) + timedelta(seconds=1)
    records.put_jobs([replace(tiny_jobs[0], pay=None), replace(tiny_jobs[1], title="Otro título"), tiny_jobs[60]])
    records.put_jobs([replace(tiny_jobs[2], is_open=False), replace(tiny_jobs[3], closes_at=soon - timedelta(days=1))])
    records.delete_job(tiny_jobs[4].job_id)
    assert "58 jobs, 2 encoded" in index(folder)
    folded = served(folder)
    index(folder, "--full")
    assert served(folder) != folded
    assert rows_by_job(Catalogue.open(ArrayFiles(folded / "catalogue"))) == rows_by_job(
        Catalogue.open(ArrayFiles(served(folder) / "catalogue"))
    )
    vectors = {
        path: dict(
            zip(
                [Catalogue.open(ArrayFiles(path / "catalogue")).job_id(row) for row in range(58)],
                np.load(path / "vectors.npy"),
                strict=True,
            )
        )
        for path in (folded, served(folder))
    }
    for job_id, vector in vectors[folded].items():
        np.testing.assert_array_equal(vector, vectors[served(folder)][job_id])
    assert BundleManifest.read(folded).job_change_number == records.job_change_number()


def test_an_index_without_changes_holds_the_same(data: tuple[Path, Records]) -> None:
    folder, _ = data
    first = served(folder)
    assert "60 jobs, 0 encoded" in index(folder)
    for name in ("vectors.npy", "catalogue/cards.bin", "catalogue/columns/place_number.npy"):
        assert file_checksum(served(folder) / name) == file_checksum(first / name)


def test_many_changes_and_a_store_put_back_are_read_anew(
    data: tuple[Path, Records],
    tiny_jobs: list[Job],
    new_database_url: NewDatabaseUrl,
    commands_use: Callable[[str], None],
) -> None:
    folder, records = data
    records.put_jobs(tiny_jobs[60:])
    assert "90 jobs" in index(folder)
    url = new_database_url(folder)
    commands_use(url)
    database = open_database(url)
    Records(database).put_jobs(tiny_jobs[:70])
    database.dispose()
    assert "70 jobs" in index(folder)
