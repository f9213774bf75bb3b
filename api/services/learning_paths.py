"""The compiled classification that paths to a skill come from, where an operator put one; followed as it changes."""

from __future__ import annotations

import logging
from pathlib import Path

from engine.errors import ArtifactError
from engine.explain import Locale
from engine.learning_paths.classification import FILE, Classification
from engine.learning_paths.paths import LearningPath, learning_path
from engine.recommendation.nearest import LackedSkill
from engine.seekers import Seeker

log = logging.getLogger("chamba.api")


class LearningPaths:
    """Paths by the file of a data folder. Without it there are none, and nothing is looked up.

    One that cannot be opened leaves the one before in service, and says why in `problem`.
    """

    def __init__(self, data_dir: Path) -> None:
        self._file = data_dir / FILE
        self._seen: tuple[int, ...] | None = None
        self.classification: Classification | None = None
        self.problem: str | None = None

    @property
    def state(self) -> str:
        """For operators: `served`, `none`, or what is wrong."""
        return self.problem or ("none" if self.classification is None else "served")

    def refresh(self) -> None:
        """Open the file if it is another than before. Never raises, logs what is wrong."""
        seen = self._signature()
        if seen == self._seen:
            return
        self._seen = seen
        if seen is None:
            self.classification, self.problem = None, None
            return
        try:
            self.classification, self.problem = Classification.open(self._file), None
        except ArtifactError as error:
            self.problem = str(error)
            log.warning("paths to skills cannot be served: %s", error)
        else:
            log.info("serving paths to skills: %d skills", self.classification.counts["skills"])

    def path_to(self, lacked: LackedSkill | None, seeker: Seeker, locale: Locale) -> LearningPath | None:
        """The path to a skill that somebody lacks; None where nothing is known of one."""
        known = self.classification
        if known is None or lacked is None:
            return None
        return learning_path(known, lacked.skill, lacked.titles, seeker, locale)

    def _signature(self) -> tuple[int, ...] | None:
        try:
            status = self._file.stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size
