"""The index job killed outright at each of its steps: what was served stays served, and nothing is lost."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from engine.jobs import Job
from index.build import IndexConfig, build_index
from index.bundle import current_folder
from index.serving import BundleWatch
from sample.world import World
from store.database import open_database
from store.records.records import Records

STEPS = (
    "index.encoding.write_atomically",
    "index.build._write_contents",
    "engine.catalogue.catalogue.Catalogue.save",
    "index.build.seal_folder",
    "pathlib.Path.rename",
    "index.build.publish",
    "index.build._remove_old",
)
FOLDING = "index.build.contents_with_changes"
# New jobs since the first bundle: so many that all are read again, or so few that they are folded in.
MORE = {"all jobs read": 30, "changes folded in": 9}
KILLED_AT = """
import importlib, os, signal, sys
step, data = sys.argv[1:]
owner, name = step.rsplit(".", 1)
module = owner if owner.islower() else owner.rsplit(".", 1)[0]
holder = importlib.import_module(module)
if module != owner:
    holder = getattr(holder, owner.rsplit(".", 1)[1])
setattr(holder, name, lambda *_args, **_more: os.kill(os.getpid(), signal.SIGKILL))
import chamba
sys.argv = ["chamba", "index", "--recall-floor", "0.5", "--data-dir", data]
chamba.main()
"""


@pytest.mark.slow
@pytest.mark.sqlite_only("slow, and the same with any database")
@pytest.mark.parametrize(
    ("step", "how"),
    [*((step, "all jobs read") for step in STEPS), *((step, "changes folded in") for step in (FOLDING, *STEPS))],
)
def test_a_build_killed_at_any_step_loses_nothing(
    step: str,
    how: str,
    tiny_models: Path,
    tiny_world: World,
    tmp_path: Path,
    database_url: str,
    commands_use: Callable[[str], None],
) -> None:
    (tmp_path / "models").symlink_to(tiny_models)
    commands_use(database_url)
    database = open_database(database_url)
    records = Records(database)
    records.put_jobs(tiny_world.jobs[:60])
    first = build_index(
        tiny_world.jobs[:60],
        tiny_models / "current",
        tmp_path / "bundles",
        IndexConfig(recall_floor=0.5, job_change_number=records.job_change_number()),
    )
    edited = replace(tiny_world.jobs[0], title="Otro título", description="Otra cosa")
    later = tiny_world.jobs[60 : 60 + MORE[how]]
    records.put_jobs([*later, edited])
    records.delete_job(tiny_world.jobs[1].job_id)

    killed = subprocess.run(
        [sys.executable, "-c", KILLED_AT, step, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    expected = current_folder(tmp_path / "bundles")
    assert expected is not None
    assert (expected == first.folder) == (step != "index.build._remove_old")
    watch = BundleWatch(tmp_path / "bundles", feed=records)
    assert watch.refresh()
    assert not knows(watch, tiny_world.jobs[1])

    again = subprocess.run(
        [sys.executable, "-m", "chamba", "index", "--recall-floor", "0.5", "--data-dir", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.returncode == 0, again.stderr
    assert watch.refresh()
    assert watch.current is not None
    assert watch.current.job_count == 59 + len(later)
    assert not knows(watch, tiny_world.jobs[1])
    assert all(knows(watch, job) for job in (*tiny_world.jobs[2:60], *later, edited))
    assert not list((tmp_path / "bundles").glob(".new-*"))
    database.dispose()


def knows(watch: BundleWatch, job: Job) -> bool:
    """Whether a job can be recommended by what is served."""
    assert watch.current is not None
    for segment in watch.current.recommender.segments:
        row = segment.catalogue.row_of(job.job_id)
        alive = segment.alive
        if row is not None and (alive is None or int(alive[row >> 6]) >> (row & 63) & 1):
            return True
    return False
