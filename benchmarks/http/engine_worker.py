"""The engine alone in a process of its own, without web: times `recommend` for stored people, a round a line of input.

python -m benchmarks.http.engine_worker DATA_DIR PEOPLE.json LIMIT
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import orjson

from engine.recommendation.query import Query
from index.bundle import current_folder
from index.serving import ServedBundle, open_bundle
from store.database import database_url, open_database
from store.records.records import Records

SEARCH_STAGE = "retrieve"


def one_round(
    bundle: ServedBundle, records: Records, people: Iterator[str], limit: int, seconds: float
) -> dict[str, list[float]]:
    """Seconds by the clock and of the processor for each person: reading them, the engine's work, the search in it, and
    its work once more for who got as many matches as asked for (`full`) and for who got fewer (`short`)."""
    steps = ("read", "engine", "search", "full", "short")
    found: dict[str, list[float]] = {f"{step}_{unit}": [] for step in steps for unit in ("seconds", "cpu_seconds")}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        began = time.perf_counter(), time.process_time()
        yield
        if name == SEARCH_STAGE:
            record("search", began, (time.perf_counter(), time.process_time()))

    def record(step: str, began: tuple[float, float], ended: tuple[float, float]) -> None:
        found[f"{step}_seconds"].append(ended[0] - began[0])
        found[f"{step}_cpu_seconds"].append(ended[1] - began[1])

    stop_at = time.perf_counter() + seconds
    while not found["read_seconds"] or time.perf_counter() < stop_at:
        seeker_id = next(people)
        began = time.perf_counter(), time.process_time()
        stored = records.read_person(seeker_id)
        read = time.perf_counter(), time.process_time()
        assert stored.vector is not None
        answer = bundle.recommender.recommend(Query(stored.seeker, stored.vector, limit), bundle.now(), stage)
        done = time.perf_counter(), time.process_time()
        record("read", began, read)
        record("engine", read, done)
        record("full" if len(answer.jobs) == limit else "short", read, done)
    return found


def main() -> None:
    """Open the bundle, say so, and time a round of as many seconds as each line of input says."""
    data_dir, limit = Path(sys.argv[1]), int(sys.argv[3])
    people = cycle(orjson.loads(Path(sys.argv[2]).read_bytes()))
    folder = current_folder(data_dir / "bundles")
    assert folder is not None
    bundle, database = open_bundle(folder), open_database(database_url(data_dir))
    print(orjson.dumps({"bundle": bundle.version, "jobs": bundle.job_count}).decode(), flush=True)
    records = Records(database)
    for line in sys.stdin:
        found = one_round(bundle, records, people, limit, float(line))
        print(orjson.dumps(found).decode(), flush=True)


if __name__ == "__main__":
    main()
