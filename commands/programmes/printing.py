"""Rules read from a file, and what trying them tells as lines."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from engine.errors import InvalidInputError

if TYPE_CHECKING:
    from engine.programmes.form import ProgrammeRules
    from store.programmes.simulation import SimulatedRules

WIDTH = 22


def print_simulation(found: SimulatedRules) -> None:
    """A line a group; · is hidden, because it would tell about one to four people."""
    names = ("people", "eligible", "not_eligible", "undecided", "eligible_in_force")
    typer.echo(f"{'group':<{WIDTH}}" + "".join(f"{name:>19}" for name in (*names, "pass rate")))
    for one in found.groups:
        name = one.group if one.kind == one.group else f"{one.kind} {one.group}"
        rate = "·" if one.pass_rate is None else f"{one.pass_rate:.0%} ({one.low:.0%}-{one.high:.0%})"
        counts = "".join(f"{_shown(getattr(one, name)):>19}" for name in names)
        typer.echo(f"{name:<{WIDTH}}{counts}{rate:>19}{'  ' + one.stands_out if one.stands_out else ''}")
    typer.echo(f"would pass and do not now: {_shown(found.gain)}; pass now and would not: {_shown(found.lose)}")
    for proof, share in found.lacking.items():
        typer.echo(f"lack {proof}: {'·' if share is None else f'{share:.0%}'}")


def _shown(count: int | None) -> str:
    return "·" if count is None else str(count)


def read_file(file: Path) -> ProgrammeRules:
    """Raises InvalidInputError for a file that holds no rules."""
    import orjson

    from engine.programmes.form import read_rules

    try:
        content = file.read_bytes()
        document: Any = orjson.loads(content) if file.suffix == ".json" else tomllib.loads(content.decode())
    except (OSError, ValueError) as error:
        raise InvalidInputError(
            f"the rules cannot be read: {error}", expected="a file of TOML, or of JSON named .json", field=str(file)
        ) from None
    return read_rules(document)
