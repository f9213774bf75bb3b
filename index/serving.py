"""Opens a published bundle for serving, and follows the `current` link to newer ones without a torn read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from engine.catalogue import Catalogue
from engine.encoder import TowerEncoder
from engine.errors import ArtifactError, ChambaError
from engine.filter_bitmaps import BitmapFilter
from engine.recommend import Recommender
from engine.reranker import Reranker
from engine.segments import Segment
from index.bundle import CATALOGUE, FIX, LISTS, MODEL, VECTORS, BundleManifest, current_folder
from index.search import FaissSearcher


@dataclass(frozen=True, slots=True)
class ServedBundle:
    """Model, index and catalogue of one version, open; nothing in it changes."""

    version: str
    built_at: datetime
    as_of: datetime | None
    model_id: str
    job_count: int
    recommender: Recommender
    encoder: TowerEncoder

    def now(self) -> datetime:
        """The moment to answer for: the day the bundle is pinned to, or the clock."""
        return self.as_of or datetime.now(UTC)


def open_bundle(folder: Path, threads: int = 1) -> ServedBundle:
    """Open the bundle in `folder`, its large files mapped.

    Raises:
        ArtifactError: a file is missing or damaged, or model and vectors do not belong together.
    """
    manifest = BundleManifest.read(folder)
    encoder = TowerEncoder(folder / MODEL, threads)
    vectors = np.load(folder / VECTORS, mmap_mode="r", allow_pickle=False)
    expected = (manifest.job_count, encoder.manifest.dimension)
    if vectors.shape != expected or encoder.model_id != manifest.model_id:
        raise ArtifactError(
            f"the parts of bundle {folder.name} do not belong together",
            expected=f"vectors {expected} of model {encoder.model_id}",
            got=f"vectors {vectors.shape} of model {manifest.model_id}",
            fix=FIX,
        )
    searcher = FaissSearcher.open(vectors, folder / LISTS, manifest.costs)
    calibration = encoder.manifest.calibration
    reranker = Reranker.open(folder / MODEL, calibration) if encoder.manifest.has_reranker else None
    catalogue = Catalogue.open(folder / CATALOGUE)
    segment = Segment(catalogue, searcher, BitmapFilter(catalogue))
    recommender = Recommender((segment,), calibration, reranker)
    return ServedBundle(
        manifest.version,
        manifest.built_at,
        manifest.as_of,
        manifest.model_id,
        manifest.job_count,
        recommender,
        encoder,
    )


class BundleWatch:
    """The bundle in service. `current` is swapped whole; who holds the old one goes on with it."""

    def __init__(self, bundles: Path, threads: int = 1) -> None:
        self._bundles, self._threads = bundles, threads
        self._opened: Path | None = None
        self._refused: Path | None = None
        self.current: ServedBundle | None = None
        self.problem: str | None = f"no bundle in {bundles}; {FIX}"

    def refresh(self) -> bool:
        """Open the published bundle if it is another than before; True when `current` changed.

        A bundle that cannot be opened leaves the old one in service and says why in `problem`.
        """
        folder = current_folder(self._bundles)
        if folder is None or folder == self._opened or (folder == self._refused and self.current is not None):
            return False
        try:
            bundle = open_bundle(folder, self._threads)
        except (ChambaError, OSError, ValueError, RuntimeError) as cause:
            self.problem, self._refused = f"bundle {folder.name} cannot be served: {cause}", folder
            return False
        self.current, self._opened, self.problem = bundle, folder, None
        return True
