"""Shell blocks as a reader's own bash reads them: quoting, variables, functions and pipes are real.

The programs that a block calls write down what they were called with; a test then does it. A program that nobody named
here is not found, and fails the block.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

# What a block calls; each is tried by `Reader`.
OURS = ("chamba", "curl", "make", "pip", "python3", ".venv-prefect/bin/python")
OTHERS = ("prometheus", "promtool", "docker", "sudo", "tensorflow_model_server")
# What needs no trying.
ORDINARY = ("cat", "mkdir", "cp", "basename", "tee")
WRITE_DOWN = """#!/bin/bash
said=$(cat)
printf '%s\\0' "$(($# + 2))" "$said" {name} "$@" >> "$CALLS"
"""
_ASSIGNED = re.compile(r"^([A-Za-z_]+)=", re.MULTILINE)


@dataclass(frozen=True)
class Call:
    """A program with its arguments, and what came on its standard input."""

    program: str
    arguments: list[str]
    said: str


class Terminal:
    """One terminal: what a block sets stays set for the next."""

    def __init__(self, folder: Path, tools: Path) -> None:
        """In `folder`; `tools` gets the programs."""
        self._folder, self._tools, self._state = folder, tools, tools / "state"
        self._state.touch()
        self._names: list[str] = []
        for name in ORDINARY:
            (tools / name).symlink_to(str(shutil.which(name)))
        for name in (*OURS, *OTHERS):
            place = folder / name if "/" in name else tools / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(WRITE_DOWN.format(name=name))
            place.chmod(0o755)

    def set(self, name: str, value: str) -> None:
        """A variable, as its reader would set it."""
        self._names.append(name)
        with self._state.open("a") as state:
            state.write(f"{name}='{value}'\n")

    def calls(self, script: str) -> list[Call]:
        """What a block calls, in order; raises AssertionError for what bash does not understand."""
        written = self._tools / "calls"
        written.write_bytes(b"")
        environment = {"PATH": str(self._tools), "CALLS": str(written), "STATE": str(self._state), "HOME": os.devnull}
        self._names += _ASSIGNED.findall(script)
        variables = f"declare -p {' '.join(self._names)};" if self._names else ""
        keep = f'{{ {variables} declare -f; }} > "$STATE"'
        command = ["/bin/bash", "-euo", "pipefail", "-c", f'source "$STATE"\n{script}\n{keep}']
        done = subprocess.run(
            command, cwd=self._folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return _parsed(written.read_text("utf-8").split("\0")[:-1])


def _parsed(words: list[str]) -> list[Call]:
    found = []
    while words:
        count = int(words[0])
        said, program, *arguments = words[1 : count + 1]
        found.append(Call(program, arguments, said))
        words = words[count + 1 :]
    return found
