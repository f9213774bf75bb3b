"""The index job: what it encodes, what it publishes, what it refuses, and what a kill leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

import index.build
from engine.array_files import ArrayFiles
from engine.artifacts import only_one
from engine.encoder.encoder import TowerEncoder
from engine.encoder.texts import job_text
from engine.errors import ArtifactError
from engine.jobs import Job
from engine.recommendation.query import Query
from engine.seekers import Seeker
from index.build import IndexConfig, IndexReport, build_index
from index.bundle import BUNDLE_FORMAT_VERSION, BundleManifest, current_folder
from index.serving import BundleWatch, open_bundle

LENIENT = IndexConfig(recall_floor=0.5)


def build(jobs: list[Job], model: Path, bundles: Path, config: IndexConfig = LENIENT) -> IndexReport:
    return build_index(jobs, model, bundles, config)


def test_only_jobs_whose_text_changed_are_encoded(tiny_model: Path, tiny_jobs: list[Job], tmp_path: Path) -> None:
    first = build(tiny_jobs, tiny_model, tmp_path)
    assert first.encoded_count == len({job_text(job) for job in tiny_jobs})
    repriced = [replace(job, pay=None, url="https://example.pe") for job in tiny_jobs]
    assert build(repriced, tiny_model, tmp_path).encoded_count == 0
    retitled = [replace(tiny_jobs[0], title="Otro puesto"), *tiny_jobs[1:]]
    assert build(retitled, tiny_model, tmp_path).encoded_count == 1


@pytest.mark.slow
def test_another_model_encodes_everything_again(
    tiny_model: Path, tiny_jobs: list[Job], tmp_path: Path, tiny_hugging_face: Path
) -> None:
    from engine.relevance import Calibration
    from training.encoders.sources import load_encoder
    from training.release.export import export_model
    from training.towers.model import TwoTowers

    build(tiny_jobs, tiny_model, tmp_path / "bundles")
    encoder = load_encoder(f"hf:{tiny_hugging_face}")
    other = export_model(
        encoder, TwoTowers(32), Calibration(0.2, 0.8), {}, tmp_path, max_tokens=64, with_saved_model=False
    )
    report = build(tiny_jobs, other, tmp_path / "bundles")
    assert report.encoded_count == len({job_text(job) for job in tiny_jobs})
    assert report.manifest.model_id == other.name


def test_vectors_taken_over_are_those_the_encoder_gives(tiny_model: Path, tiny_jobs: list[Job], tmp_path: Path) -> None:
    from engine.catalogue.catalogue import Catalogue
    from engine.encoder.encoder import Tower

    build(tiny_jobs, tiny_model, tmp_path)
    folder = build(list(reversed(tiny_jobs)), tiny_model, tmp_path).folder
    catalogue, vectors = Catalogue.open(ArrayFiles(folder / "catalogue")), np.load(folder / "vectors.npy")
    text_of = {job.job_id: job_text(job) for job in tiny_jobs}
    texts = [text_of[catalogue.job_id(row)] for row in range(len(catalogue))]
    assert np.sum(vectors * TowerEncoder(tiny_model).encode(texts, Tower.JOB), axis=1).min() > 0.9999


def test_a_killed_build_loses_no_encoded_job_and_publishes_nothing(
    tiny_model: Path, tiny_jobs: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(index.build, "_write_contents", killed)
        with pytest.raises(KeyboardInterrupt):
            build(tiny_jobs, tiny_model, tmp_path)
    assert current_folder(tmp_path) is None
    assert not list(tmp_path.glob(".new-*"))
    report = build(tiny_jobs, tiny_model, tmp_path)
    assert report.encoded_count == 0
    assert report.published


def test_a_bundle_below_its_recall_floor_is_not_published(
    tiny_model: Path, tiny_jobs: list[Job], tmp_path: Path
) -> None:
    published = build(tiny_jobs, tiny_model, tmp_path)
    strict = IndexConfig(recall_floor=1.01)
    refused = build(tiny_jobs, tiny_model, tmp_path, strict)
    assert not refused.published
    assert "recall@10" in refused.objections[0]
    assert current_folder(tmp_path) == published.folder
    forced = build(tiny_jobs, tiny_model, tmp_path, replace(strict, force=True))
    assert current_folder(tmp_path) == forced.folder


@pytest.mark.parametrize(("kept", "published"), [(46, True), (45, False), (1, False)])
def test_a_bundle_half_the_size_of_the_last_is_not_published(
    kept: int, published: bool, tiny_model: Path, tiny_jobs: list[Job], tmp_path: Path
) -> None:
    build(tiny_jobs[:90], tiny_model, tmp_path)
    report = build(tiny_jobs[:kept], tiny_model, tmp_path)
    assert report.published is published
    assert build(tiny_jobs[:kept], tiny_model, tmp_path, replace(LENIENT, force=True)).published


def test_two_jobs_do_not_build_in_one_folder(tiny_model: Path, tiny_jobs: list[Job], tmp_path: Path) -> None:
    with only_one(tmp_path, "a test holds"), pytest.raises(ArtifactError, match="another index job"):
        build(tiny_jobs, tiny_model, tmp_path)
    assert build(tiny_jobs, tiny_model, tmp_path).published


def test_an_empty_catalogue_is_refused_with_what_to_do(tiny_model: Path, tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match="chamba import-jobs"):
        build([], tiny_model, tmp_path)


def test_old_bundles_are_removed_and_the_served_one_never(
    tiny_model: Path, tiny_jobs: list[Job], tmp_path: Path
) -> None:
    for _ in range(5):
        report = build(tiny_jobs, tiny_model, tmp_path)
    assert len([path for path in tmp_path.iterdir() if path.is_dir() and not path.is_symlink()]) == 3
    assert current_folder(tmp_path) == report.folder


def test_one_job_is_a_bundle(tiny_model: Path, tiny_jobs: list[Job], tmp_path: Path) -> None:
    bundle = open_bundle(build(tiny_jobs[:1], tiny_model, tmp_path).folder)
    vector = np.load(tmp_path / "current" / "vectors.npy")[0]
    found = bundle.recommender.recommend(Query(Seeker(), vector), datetime(2026, 7, 1, tzinfo=UTC))
    assert [job.job_id for job in found.jobs] == [tiny_jobs[0].job_id]


@pytest.mark.parametrize(
    "name",
    ["vectors.npy", "text_hashes.npy", "catalogue/cards.bin", "model/towers.tflite", "catalogue/columns/device.npy"],
)
def test_a_damaged_file_is_refused_by_name(name: str, tiny_model: Path, tiny_jobs: list[Job], tmp_path: Path) -> None:
    folder = build(tiny_jobs, tiny_model, tmp_path).folder
    content = bytearray((folder / name).read_bytes())
    content[-1] ^= 0xFF
    (folder / name).unlink()  # a new file: the model's is a hard link of the original
    (folder / name).write_bytes(content)
    with pytest.raises(ArtifactError, match=name):
        open_bundle(folder)


def test_a_bundle_of_another_format_is_refused(tiny_model: Path, tiny_jobs: list[Job], tmp_path: Path) -> None:
    folder = build(tiny_jobs, tiny_model, tmp_path).folder
    manifest = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(
        manifest.replace(f'"format_version": {BUNDLE_FORMAT_VERSION}', '"format_version": 99')
    )
    with pytest.raises(ArtifactError, match=f"format_version {BUNDLE_FORMAT_VERSION}; got 99"):
        BundleManifest.read(folder)


def test_the_watch_follows_new_bundles_and_keeps_the_old_one_when_a_new_one_is_damaged(
    tiny_model: Path, tiny_jobs: list[Job], tmp_path: Path
) -> None:
    watch = BundleWatch(tmp_path)
    assert not watch.refresh()
    assert watch.problem is not None
    assert "chamba index" in watch.problem
    first = build(tiny_jobs, tiny_model, tmp_path)
    assert watch.refresh()
    assert not watch.refresh()
    broken = build(tiny_jobs, tiny_model, tmp_path)
    (broken.folder / "vectors.npy").write_bytes(b"")
    assert not watch.refresh()
    assert watch.current is not None
    assert watch.current.version == first.manifest.version
    assert watch.problem is not None
    assert "vectors.npy" in watch.problem
    mended = build(tiny_jobs, tiny_model, tmp_path)
    assert watch.refresh()
    assert watch.current.version == mended.manifest.version
