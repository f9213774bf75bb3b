"""A bundle: model, vectors, lists and catalogue of one version in one folder, published by one atomic rename.

bundles/
  current -> 20261123T150000-3fa9c1d2
  20261123T150000-3fa9c1d2/
    manifest.json  model/  vectors.npy  text_hashes.npy  lists.faiss  catalogue/
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.array_files import ArrayForm
from engine.artifacts import peek_manifest, point_link, read_manifest
from engine.errors import ArtifactError
from index.backends.index_parts import FAISS
from index.backends.planning import PlanCosts

BUNDLE_MANIFEST = "manifest.json"
BUNDLE_FORMAT_VERSION = 6
CURRENT, ARCHIVE = "current", "bundle-archive"
MODEL, VECTORS, TEXT_HASHES, CATALOGUE = "model", "vectors.npy", "text_hashes.npy", "catalogue"
FIX = "build a bundle: chamba index"


@dataclass(frozen=True, slots=True)
class BundleManifest:
    """What a bundle is. `as_of` is set when its jobs are those open at a past day; `recall_at_10` is that of a search
    without a filter; `job_change_number`: it holds every change of the store up to that one; `costs`: of each plan;
    `search_backend`: the name of the engine that searches it; `arrays`: the form of each array file."""

    version: str
    built_at: datetime
    as_of: datetime | None
    model_id: str
    dimension: int
    job_count: int
    recall_at_10: float
    data_version: str
    job_change_number: int = 0
    costs: PlanCosts = field(default_factory=PlanCosts)
    search_backend: str = FAISS
    arrays: Mapping[str, ArrayForm] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> BundleManifest:
        """The manifest after checking every file of the bundle; raises ArtifactError when one is wrong."""
        return cls.from_document(read_manifest(folder, BUNDLE_MANIFEST, BUNDLE_FORMAT_VERSION, FIX))

    @classmethod
    def peek(cls, folder: Path) -> BundleManifest:
        """The manifest without checking the files it lists; raises ArtifactError when it cannot be read."""
        return cls.from_document(peek_manifest(folder, BUNDLE_MANIFEST, BUNDLE_FORMAT_VERSION, FIX))

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> BundleManifest:
        """The manifest of a JSON document."""
        return cls(
            version=document["version"],
            built_at=datetime.fromisoformat(document["built_at"]),
            as_of=datetime.fromisoformat(document["as_of"]) if document["as_of"] else None,
            model_id=document["model_id"],
            dimension=document["dimension"],
            job_count=document["job_count"],
            recall_at_10=document["recall_at_10"],
            data_version=document["data_version"],
            job_change_number=document["job_change_number"],
            costs=PlanCosts.from_document(document["costs"]),
            search_backend=document.get("search_backend", FAISS),
            arrays={name: ArrayForm.from_document(form) for name, form in document.get("arrays", {}).items()},
        )

    def document(self) -> dict[str, Any]:
        """The JSON document of this manifest."""
        return {
            "format_version": BUNDLE_FORMAT_VERSION,
            "version": self.version,
            "built_at": self.built_at.isoformat(),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "model_id": self.model_id,
            "dimension": self.dimension,
            "job_count": self.job_count,
            "recall_at_10": self.recall_at_10,
            "data_version": self.data_version,
            "job_change_number": self.job_change_number,
            "costs": self.costs.document(),
            "search_backend": self.search_backend,
            "arrays": {name: form.document() for name, form in self.arrays.items()},
        }


def current_folder(bundles: Path) -> Path | None:
    """The folder of the published bundle, None when none was published."""
    link = bundles / CURRENT
    # By the name that listings have too: a path that is resolved is not equal to one that is not.
    folder = bundles / link.resolve().name
    return folder if link.is_symlink() and folder.is_dir() else None


def broken_link(bundles: Path) -> str | None:
    """What is wrong with what should name the published bundle; None where it does, or nothing was published."""
    link = bundles / CURRENT
    if link.is_symlink():
        return None if current_folder(bundles) else f"{link} names {link.readlink()}, which is not there"
    return f"{link} is no link to a bundle" if link.exists() else None


def publish(bundles: Path, version: str) -> None:
    """Make `version` the bundle that is served."""
    point_link(bundles / CURRENT, version)


def publish_checked(bundles: Path, version: str) -> None:
    """Make `version` the bundle that is served, once all of it has been checked; raises ArtifactError."""
    if bundles / version not in bundle_folders(bundles):
        known = ", ".join(path.name for path in bundle_folders(bundles)) or "none"
        raise ArtifactError(f"there is no bundle {version!r}", expected=f"one of: {known}", fix="chamba bundle list")
    BundleManifest.read(bundles / version)
    publish(bundles, version)


def bundle_folders(bundles: Path) -> list[Path]:
    """The folders of bundles, oldest first."""
    if not bundles.is_dir():
        return []
    paths = sorted(path for path in bundles.iterdir() if path.is_dir() and not path.name.startswith("."))
    return [path for path in paths if not path.is_symlink()]


def archive_of(bundles: Path) -> Path:
    """Where old bundles are kept, if an operator made that folder (or mounted one there)."""
    return bundles.parent / ARCHIVE


def previous_version(bundles: Path) -> str:
    """The bundle built before the served one; raises ArtifactError when there is none."""
    served = current_folder(bundles)
    older = [path for path in bundle_folders(bundles) if served is not None and path.name < served.name]
    if not older:
        raise ArtifactError("there is no bundle before the one in service", fix="chamba bundle list shows what is kept")
    return older[-1].name


def described_bundles(bundles: Path) -> list[str]:
    """A line for each bundle, the newest first."""
    served = current_folder(bundles)
    return [_described(path, path == served) for path in reversed(bundle_folders(bundles))]


def _described(folder: Path, is_served: bool) -> str:
    mark = "served" if is_served else "      "
    try:
        manifest = BundleManifest.peek(folder)
    except ArtifactError as error:
        return f"{mark}  {folder.name}  cannot be served: {error}"
    day = f", as of {manifest.as_of:%Y-%m-%d}" if manifest.as_of else ""
    return (
        f"{mark}  {folder.name}  {manifest.job_count} jobs, model {manifest.model_id}, "
        f"recall@10 {manifest.recall_at_10:.4f}{day}"
    )
