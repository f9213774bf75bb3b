"""What decides a fit of the towers, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from training.data.interest import LabelWeights
from training.encoders.pretrained import PretrainedEncoder
from training.towers.hard_negatives import MiningConfig
from training.towers.model import TwoTowers


@dataclass(frozen=True, slots=True)
class FitConfig:
    """Everything that decides a run besides its data and its encoder.

    `tuned_weight` is the share of the tuned weights when they are averaged with the untuned ones at the end: a little
    fit is given for keeping what the encoder knew (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022).
    `prefixes` are the dimensions that the vectors must also serve when cut (Matryoshka); none: only whole vectors.
    `rejections` and `mined_negatives` are how many jobs a seeker is held against beyond the batch: those a recruiter
    rejected them for, and near misses, mined again with the current vectors every `mine_every` epochs. `labels` is
    what clicks and applications weigh beside matches.
    """

    epochs: int = 25
    batch_pairs: int = 256
    learning_rate: float = 1e-3
    weight_decay: float = 0.05
    dropout: float = 0.3
    tuned_weight: float = 0.6
    trained_blocks: int = 0
    max_tokens: int = 128
    seed: int = 7
    prefixes: tuple[int, ...] = (384, 256, 128, 64)
    rejections: int = 0
    mined_negatives: int = 0
    mine_every: int = 5
    mining: MiningConfig = field(default_factory=MiningConfig)
    labels: LabelWeights = field(default_factory=LabelWeights)


@dataclass(slots=True)
class FittedTowers:
    """The towers of the best epoch, how they came about and what they reach."""

    towers: TwoTowers
    encoder: PretrainedEncoder
    config: FitConfig
    metrics: dict[str, float]
    cosines: dict[str, float]
    history: list[dict[str, float]] = field(default_factory=list)
    prefix_cosines: dict[int, dict[str, float]] = field(default_factory=dict)
