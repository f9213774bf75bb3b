"""Commands as the real command line takes them: run, or, where that costs minutes, read with all their options."""

from __future__ import annotations

from typing import Any

import typer
from typer.testing import CliRunner

import chamba

# What costs minutes or never ends: their arguments are read and checked by the real command line, and no more.
READ_ONLY = frozenset({"serve", "tune", "train", "train-reranker", "build-model", "retrain", "bench", "model"})
# The smallest sizes, put behind what the page says.
SMALLEST = {"sample": ["--jobs", "90", "--seekers", "150"], "index": ["--recall-floor", "0.5"]}


def try_command(arguments: list[str], said: str) -> None:
    """Run `chamba` with some arguments, or read them; raises AssertionError when it does not succeed."""
    if arguments[0] in READ_ONLY:
        read_command(arguments)
        return
    result = CliRunner().invoke(chamba.app, [*arguments, *SMALLEST.get(arguments[0], [])], input=said)
    failure = result.exception if isinstance(result.exception, Exception) else None
    assert result.exit_code == 0, f"chamba {' '.join(arguments)}: {result.output}{failure!r}"


def read_command(arguments: list[str]) -> None:
    """Have the command line read arguments without doing what they say; raises its UsageError for what it has not."""
    command: Any = typer.main.get_command(chamba.app)
    context = command.make_context("chamba", list(arguments))
    while hasattr(command, "resolve_command"):
        name, command, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        context = command.make_context(name, rest, parent=context)


def require_named(arguments: list[str]) -> None:
    """The same for a command that is only named: what it needs may be missing, its name and options may not."""
    command: Any = typer.main.get_command(chamba.app)
    words = list(arguments)
    while hasattr(command, "commands") and words:
        assert words[0] in command.commands, f"chamba {' '.join(arguments)}: there is no {words[0]!r}"
        command = command.commands[words.pop(0)]
    known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}
    unknown = [word for word in words if word.startswith("--") and word not in known]
    assert not unknown, f"chamba {' '.join(arguments)}: there is no {unknown}"
