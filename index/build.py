"""The index job: jobs of the store to a checked bundle, published only when it is fit to serve.

chamba index
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import cast

import numpy as np
import orjson

from engine.array_files import array_forms
from engine.arrays import Vectors
from engine.artifacts import link_or_copy, only_one, seal_folder
from engine.encoder.encoder import FLATBUFFER, MODEL_MANIFEST, VOCABULARY, ModelManifest, TowerEncoder
from engine.errors import ArtifactError
from engine.jobs import Job
from engine.reranking.model import RERANKER
from index.backends.backend import search_backend
from index.backends.index_parts import FAISS
from index.bundle import (
    BUNDLE_MANIFEST,
    CATALOGUE,
    MODEL,
    TEXT_HASHES,
    VECTORS,
    BundleManifest,
    archive_of,
    bundle_folders,
    current_folder,
    publish,
    publish_checked,
)
from index.contents import ChangedJob, Contents, contents_of_jobs, contents_with_changes
from index.encoding import VectorSource

RECALL_QUERIES = 200
STORED_BUNDLES = 3
CHUNKS, BUSY = ".encoding", "another index job is building in"


@dataclass(frozen=True, slots=True)
class IndexConfig:
    """`recall_floor`: least recall@10 without a filter. `least_size_ratio`: least size beside the last bundle.
    `force` publishes a bundle that misses either; `build_only` publishes none: `publish_built` does that later.
    `job_change_number`: the store's newest change when the jobs were read. `search_backend`: the engine's name."""

    recall_floor: float = 0.95
    least_size_ratio: float = 0.5
    as_of: datetime | None = None
    threads: int = 2
    force: bool = False
    build_only: bool = False
    job_change_number: int = 0
    search_backend: str = FAISS


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a build did. `objections` are the reasons why the bundle was not, or only by force, published."""

    manifest: BundleManifest
    folder: Path
    encoded_count: int
    published: bool
    objections: list[str] = field(default_factory=list)


def build_index(
    jobs: Sequence[Job],
    model: Path,
    bundles: Path,
    config: IndexConfig,
    *,
    data_version: str = "",
    seeker_vectors: Vectors | None = None,
) -> IndexReport:
    """Build a bundle of `jobs` with the model folder `model`, and publish it in `bundles` when it is fit.

    Args:
        seeker_vectors: real queries `[Q, dimension]` to measure recall with; without them job vectors serve.

    Raises:
        ArtifactError: the model cannot be used, there is no job to index, or another job is building.
    """
    with only_one(bundles, BUSY):
        return _build(jobs, model, bundles, config, data_version, seeker_vectors)


def publish_built(bundles: Path, version: str) -> None:
    """Serve a bundle that `build_only` left; raises ArtifactError when it is gone or damaged."""
    with only_one(bundles, BUSY):
        publish_checked(bundles, version)
        shutil.rmtree(bundles / CHUNKS, ignore_errors=True)
        _remove_old(bundles)


def update_index(
    changes: Sequence[ChangedJob],
    model: Path,
    bundles: Path,
    config: IndexConfig,
    *,
    data_version: str = "",
    seeker_vectors: Vectors | None = None,
) -> IndexReport:
    """Build a bundle of the published one with `changes` folded in; else as `build_index`.

    Raises:
        ArtifactError: as `build_index`, or the published bundle cannot take them in (see `foldable`).
    """
    with only_one(bundles, BUSY):
        if foldable(bundles, model) is None:
            raise ArtifactError("the published bundle cannot take changes in", fix="build it anew: chamba index --full")
        folder = current_folder(bundles)
        assert folder is not None
        return _build(changes, model, bundles, config, data_version, seeker_vectors, folder)


def foldable(bundles: Path, model: Path) -> BundleManifest | None:
    """The published bundle's manifest if it is whole, of this model and of today, so that it can take changes in."""
    manifest = _read_previous(bundles)
    if manifest is None or manifest.as_of is not None or manifest.model_id != ModelManifest.read(model).model_id:
        return None
    return manifest


def _build(
    jobs: Sequence[Job] | Sequence[ChangedJob],
    model: Path,
    bundles: Path,
    config: IndexConfig,
    data_version: str,
    seeker_vectors: Vectors | None,
    fold_into: Path | None = None,
) -> IndexReport:
    encoder, previous, built_at = TowerEncoder(model, config.threads), _read_previous(bundles), datetime.now(UTC)
    reusable = previous and previous.model_id == encoder.model_id
    source = VectorSource(encoder, bundles / CHUNKS, current_folder(bundles) if reusable else None)
    if fold_into is not None:
        contents = contents_with_changes(fold_into, cast("Sequence[ChangedJob]", jobs), source, built_at)
    else:
        contents = contents_of_jobs(cast("Sequence[Job]", jobs), source)
    if not len(contents.jobs.catalogue):
        raise ArtifactError(
            "there is no open job to index",
            expected="at least one open job",
            fix="import some (chamba import-jobs, chamba sample); for a past catalogue add --as-of DATE",
        )
    queries = _recall_queries(contents.jobs.vectors, seeker_vectors)
    manifest, final = _write_bundle(contents, model, bundles, config, data_version, queries, built_at)
    objections = _objections(manifest, previous, config)
    if config.build_only or (objections and not config.force):
        return IndexReport(manifest, final, contents.encoded_count, False, objections)
    publish(bundles, manifest.version)
    source.forget_progress()
    _remove_old(bundles)
    return IndexReport(manifest, final, contents.encoded_count, True, objections)


def _write_bundle(
    contents: Contents,
    model: Path,
    bundles: Path,
    config: IndexConfig,
    data_version: str,
    queries: Vectors,
    built_at: datetime,
) -> tuple[BundleManifest, Path]:
    """A sealed bundle in a folder of its own, or nothing: its manifest and where it is."""
    model_id = ModelManifest.read(model).model_id
    folder = Path(mkdtemp(dir=bundles, prefix=".new-"))
    try:
        _write_contents(folder, contents, model)
        figures = search_backend(config.search_backend).write(contents.jobs, folder, queries, config.threads)
        manifest = BundleManifest(
            version=f"{built_at:%Y%m%dT%H%M%S%f}-{model_id[:8]}",
            built_at=built_at,
            as_of=config.as_of,
            model_id=model_id,
            dimension=contents.jobs.vectors.shape[1],
            job_count=len(contents.jobs.catalogue),
            recall_at_10=figures.recall_at_10,
            data_version=data_version,
            job_change_number=config.job_change_number,
            costs=figures.costs,
            search_backend=config.search_backend,
            arrays=array_forms(folder),
        )
        seal_folder(folder, BUNDLE_MANIFEST, manifest.document())
        folder.chmod(0o755)
        return manifest, folder.rename(bundles / manifest.version)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _write_contents(folder: Path, contents: Contents, model: Path) -> None:
    """Everything but the manifest and what searches."""
    (folder / MODEL).mkdir()
    settings = orjson.loads((model / MODEL_MANIFEST).read_bytes())
    for name in {FLATBUFFER, VOCABULARY, RERANKER} & set(settings["files"]):
        link_or_copy(model / name, folder / MODEL / name)
    seal_folder(folder / MODEL, MODEL_MANIFEST, settings)
    np.save(folder / VECTORS, contents.jobs.vectors)
    np.save(folder / TEXT_HASHES, contents.hashes)
    (folder / CATALOGUE).mkdir()
    contents.jobs.catalogue.save(folder / CATALOGUE)


def _recall_queries(vectors: Vectors, seeker_vectors: Vectors | None) -> Vectors:
    """The same few people every time, or jobs where there are none."""
    queries = vectors if seeker_vectors is None or not len(seeker_vectors) else seeker_vectors
    return queries[np.random.default_rng(0).permutation(len(queries))[:RECALL_QUERIES]]


def _read_previous(bundles: Path) -> BundleManifest | None:
    """The published bundle's manifest; a damaged one counts as none, so that a rebuild can replace it."""
    folder = current_folder(bundles)
    if folder is None:
        return None
    try:
        return BundleManifest.read(folder)
    except ArtifactError:
        return None


def _objections(manifest: BundleManifest, previous: BundleManifest | None, config: IndexConfig) -> list[str]:
    objections = []
    if manifest.recall_at_10 < config.recall_floor:
        objections.append(
            f"recall@10 of the lists is below its floor: expected at least {config.recall_floor}, "
            f"got {manifest.recall_at_10:.4f}"
        )
    if previous and manifest.job_count <= previous.job_count * config.least_size_ratio:
        objections.append(
            f"the catalogue shrank: expected more than {config.least_size_ratio:.0%} of the last bundle's "
            f"{previous.job_count} jobs, got {manifest.job_count}"
        )
    return objections


def _remove_old(bundles: Path) -> None:
    """Keep the newest bundles and the published one; leftovers of killed builds go too.

    Where there is an archive, the old ones move there: answers are replayed from the bundle that gave them.
    """
    published, archive = current_folder(bundles), archive_of(bundles)
    versions = [path for path in bundle_folders(bundles) if path != published]
    for path in versions[: -(STORED_BUNDLES - 1)]:
        if archive.is_dir():
            shutil.move(path, archive / path.name)
        else:
            shutil.rmtree(path, ignore_errors=True)
    for path in bundles.glob(".new-*"):
        shutil.rmtree(path, ignore_errors=True)


def oldest_change_number(bundles: Path) -> int:
    """The job change up to which every kept bundle holds what was deleted; 0 when one cannot be read."""
    try:
        manifests = [BundleManifest.peek(path) for path in bundle_folders(bundles)]
    except ArtifactError:
        return 0
    return min((manifest.job_change_number for manifest in manifests), default=0)
