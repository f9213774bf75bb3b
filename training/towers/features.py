"""What the towers read of every text: computed once, before the first step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.encoder.encoder import pad
from training.data.datasets import PlacementSet
from training.encoders.body_outputs import BodyOutputs
from training.encoders.pretrained import PretrainedEncoder
from training.towers.fit_config import FitConfig


@dataclass(frozen=True, slots=True)
class Features:
    """What the towers read for every text: body outputs `[texts, dimension]`, or tokens `[texts, 2, tokens]`."""

    seekers: NDArray[Any]
    jobs: NDArray[Any]


def features_of(placements: PlacementSet, encoder: PretrainedEncoder, config: FitConfig, cache: Path) -> Features:
    """Tokens where blocks of the body are trained, the body's outputs, kept in the folder `cache`, where none is."""
    if not config.trained_blocks:
        outputs = BodyOutputs(encoder, cache, config.max_tokens)
        return Features(
            outputs(placements.seeker_texts, encoder.seeker_prefix),
            outputs(placements.job_texts, encoder.job_prefix),
        )
    with TemporaryDirectory() as folder:
        tokenise = encoder.open_tokeniser(Path(folder))

    def tokens(texts: list[str], prefix: str) -> NDArray[np.int32]:
        ids, mask = pad(tokenise(texts, prefix, config.max_tokens), config.max_tokens, encoder.tokeniser.pad_id)
        return np.stack([ids, mask], axis=1)

    return Features(
        tokens(placements.seeker_texts, encoder.seeker_prefix),
        tokens(placements.job_texts, encoder.job_prefix),
    )
