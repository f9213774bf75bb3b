"""The parts of `chamba bench http` and what may be set; imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Measurement(StrEnum):
    """What can be measured alone."""

    COST = "cost"
    LATENCY = "latency"
    OVERLOAD = "overload"
    BATCH = "batch"
    MISBEHAVIOUR = "misbehaviour"
    SWAP = "swap"
    WORKERS = "workers"


@dataclass(frozen=True, slots=True)
class HttpBench:
    """`seconds` is the length of every single load; closed loops, their figures medians, are run `rounds` times."""

    data_dir: Path
    measurements: tuple[Measurement, ...] = tuple(Measurement)
    seconds: float = 10.0
    rounds: int = 5
    connections: int = 4
    limit: int = 10
    seed: int = 7
    poisson: bool = False
