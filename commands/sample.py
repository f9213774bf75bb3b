"""`chamba sample`: a made-up world to try Chamba on.

chamba sample --seed 7 --jobs 3000 --seekers 4000
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from commands.opening import open_records
from commands.options import DATA_DIR, DatabaseUrl, DataDir

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: chamba sample --seed 7 --jobs 3000 --seekers 4000")
def sample(
    seed: Annotated[int, typer.Option(help="The same seed and day give the same world.")] = 7,
    jobs: Annotated[int, typer.Option(min=1, help="How many jobs.")] = 3000,
    seekers: Annotated[int, typer.Option(min=1, help="How many people.")] = 4000,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day (UTC) it is taken; without it today."),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=730, help="Over how many days its ads and choices lie.")] = 40,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Make a sample world (jobs, people, placements) and save it."""
    from sample.world import generate_world, within_days

    now = (as_of or datetime.now(UTC)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    world = within_days(generate_world(seed, jobs, seekers, now), days, now)
    records = open_records(data_dir, database_url)
    counts = records.put_jobs(world.jobs)
    records.put_seekers(world.seekers)
    records.add_placements(world.placements)
    typer.echo(f"{counts.created} jobs new, {counts.updated} changed, {counts.unchanged} as they were")
    typer.echo(f"{len(world.seekers)} people, {len(world.placements)} outcomes")
