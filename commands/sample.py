"""`chamba sample`: a made-up world to try Chamba on.

chamba sample --seed 7 --jobs 3000 --seekers 4000
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from commands.opening import open_cipher, open_migrated
from commands.options import DATA_DIR, DatabaseUrl, DataDir, MasterKeyFile

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
    as_drawn: Annotated[
        bool, typer.Option("--as-drawn", help="Ads that tell everything, and nobody with an account: to train on.")
    ] = False,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
    master_keys: MasterKeyFile = None,
) -> None:
    """Make a sample world (jobs, people, placements) and save it.

    Ads lack what real ads lack. Some employers and people have accounts: `sample-accounts.json` in the data folder.
    """
    from commands.sampling.accounts import LogIns, settle
    from sample.served import ServedWorld, served_world
    from sample.world import generate_world, within_days
    from store.records.records import Records

    now = (as_of or datetime.now(UTC)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    world = within_days(generate_world(seed, jobs, seekers, now), days, now)
    served = ServedWorld(world.jobs, [], [], []) if as_drawn else served_world(world, seed, now)
    database = open_migrated(data_dir, database_url)
    records, log_ins = Records(database), LogIns.in_folder(data_dir)
    records.put_seekers(world.seekers)
    if as_drawn:
        counts = records.put_jobs(served.jobs)
    else:
        counts = settle(database, open_cipher(database, data_dir, master_keys), served, log_ins, now)
    records.add_placements(world.placements)
    typer.echo(f"{counts.created} jobs new, {counts.updated} changed, {counts.unchanged} as they were")
    typer.echo(f"{len(world.seekers)} people, {len(world.placements)} outcomes")
    if not as_drawn:
        typer.echo(f"accounts to log in with: {log_ins.file}")
