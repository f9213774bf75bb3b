"""Fuzzes the parsers of outside text by which branches a text reaches (atheris), for longer than the gate has.

    python -m tests.attacks.fuzzing SECONDS FOLDER [PARSER…]

Each parser has its share of the seconds. A text at which one fails otherwise than by the errors that refuse a text is
kept as a file in FOLDER/PARSER.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

EACH_LONGEST = 4096
ONE = "--one"


def main() -> int:
    """The exit status: 1 where a parser failed."""
    if sys.argv[1] == ONE:
        fuzz_one(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
        return 0
    from tests.attacks.short_parsers import FUZZED

    seconds, folder, names = float(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] or list(FUZZED)
    failed = []
    for name in names:
        crashes = folder / name.replace(" ", "-").replace("'", "")
        crashes.mkdir(parents=True, exist_ok=True)
        share = max(1, round(seconds / len(names)))
        command = [sys.executable, "-m", "tests.attacks.fuzzing", ONE, name, str(share), str(crashes)]
        with (crashes / "log").open("w") as log:
            done = subprocess.run(command, stdout=log, stderr=log, check=False)
        if done.returncode:
            failed.append(f"{name}: see {crashes}")
    print("\n".join(failed) or f"{len(names)} parsers failed at no text")
    return int(bool(failed))


def fuzz_one(name: str, seconds: int, crashes: Path) -> None:
    """One parser; ends the process."""
    import atheris

    with atheris.instrument_imports(
        include=["api", "engine", "store.importers", "store.feeds", "store.fetching", "store.hiring"]
    ):
        from tests.attacks.short_parsers import FUZZED

    case = FUZZED[name]

    def parse(data: bytes) -> None:
        text = case.before + data.decode("utf-8", "replace") + case.after
        with suppress(*refusals()):
            case.parser(text)

    options = [f"-max_total_time={seconds}", f"-max_len={EACH_LONGEST}", "-timeout=20", f"-artifact_prefix={crashes}/"]
    atheris.Setup([name, *options], parse)
    atheris.Fuzz()


def refusals() -> tuple[type[Exception], ...]:
    """What a parser may raise at a text that it refuses."""
    from api.http.problems import ProblemError
    from engine.errors import InvalidInputError

    return InvalidInputError, ProblemError


if __name__ == "__main__":
    sys.exit(main())
