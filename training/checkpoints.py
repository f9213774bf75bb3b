"""A run's checkpoint: weights, optimiser state and the state of the random generators, written whole or not at all.

A run that was killed goes on from its newest checkpoint and ends with the weights it would have had.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

from engine.artifacts import write_atomically

FILE = "checkpoint.safetensors"
LENGTH_BYTES = 8


class Variable(Protocol):
    """A Keras or TensorFlow variable, as far as a checkpoint knows one."""

    def assign(self, value: NDArray[Any]) -> Any:
        """Take a new value."""

    def numpy(self) -> NDArray[Any]:
        """The value."""


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """The newest checkpoint of one run, in `folder`, of every so many steps; `identity` names what the run is made of
    (config, data)."""

    folder: Path
    identity: str
    every: int = 25

    def save(self, step: int, variables: Mapping[str, Variable], random: np.random.Generator) -> None:
        """Keep the state after `step` in place of the last."""
        state = {"step": step, "identity": self.identity, "random": random.bit_generator.state}
        # The generator's integers have 128 bits, more than a strict JSON writer takes.
        header = json.dumps(state).encode()
        tensors = save({name: np.asarray(one.numpy()) for name, one in variables.items()})
        write_atomically(self.folder / FILE, len(header).to_bytes(LENGTH_BYTES, "little") + header + tensors)

    def restore(self, variables: Mapping[str, Variable], random: np.random.Generator) -> int:
        """Put the newest state back and return its step; 0, with nothing touched, where there is none of this run."""
        path = self.folder / FILE
        if not path.is_file():
            return 0
        content = path.read_bytes()
        end = LENGTH_BYTES + int.from_bytes(content[:LENGTH_BYTES], "little")
        state = json.loads(content[LENGTH_BYTES:end])
        tensors = load(content[end:])
        if state["identity"] != self.identity or tensors.keys() != variables.keys():
            return 0
        for name, variable in variables.items():
            variable.assign(tensors[name])
        random.bit_generator.state = state["random"]
        return int(state["step"])

    def clear(self) -> None:
        """Forget the checkpoint: the run is finished."""
        (self.folder / FILE).unlink(missing_ok=True)
