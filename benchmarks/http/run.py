"""What `chamba bench http` does: measures the chosen parts, prints each table as it is ready, keeps the raw figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn

from benchmarks.http.baseline import create_app
from benchmarks.http.batches import batch_section, measure_batches
from benchmarks.http.measure import LOADS, OVERLOAD, HttpMeasurement
from benchmarks.http.measurements import HttpBench, Measurement
from benchmarks.http.misbehaviour import measure_misbehaviour, misbehaviour_section
from benchmarks.http.people import read_people
from benchmarks.http.servers import Server
from benchmarks.http.swaps import measure_swaps, swap_section
from benchmarks.http.tables import cost_section, engine_section, load_section, overload_section, workers_section
from benchmarks.report import Section, write_raw


def run_http(bench: HttpBench, out: Path, say: Callable[[str], object]) -> None:
    """Measure, print and write; what was measured before a failure is kept.

    Raises:
        ArtifactError: no bundle, or nobody with a vector, in the data directory.
        ChambaError: a server did not start or ended under load.
    """
    people = read_people(bench.data_dir, bench.seed)
    results: dict[str, Any] = {
        "bench": asdict(bench) | {"data_dir": bench.data_dir.name},
        "people": len(people.measured),
        "server": server_in_words(),
    }
    sections: list[Section] = []
    with TemporaryDirectory() as folder:
        measurement = HttpMeasurement(bench, people, Path(folder))
        try:
            for section in _sections(measurement, results, say):
                sections.append(section)
                say(section.as_markdown() + "\n")
        finally:
            if sections:
                results["sections"] = [section.as_document() for section in sections]
                say(f"raw results: {write_raw(out, 'http', results)}")


def server_in_words() -> str:
    """What uvicorn is here, for our app and for Starlette's alike: version, parser, loop."""
    config = uvicorn.Config(create_app(b""))
    config.load()
    loop = getattr(config.get_loop_factory(), "__module__", "asyncio").partition(".")[0]
    return f"uvicorn {uvicorn.__version__} with {config.http_protocol_class.__name__} on {loop}"


def _sections(measurement: HttpMeasurement, results: dict[str, Any], say: Callable[[str], object]) -> Iterator[Section]:
    measurements = measurement.bench.measurements
    if set(measurements) - {Measurement.WORKERS}:
        with ExitStack() as stack:
            say("starting chamba serve")
            server = stack.enter_context(measurement.serve())
            measurement.warm_up(server)
            yield from _of_one_worker(measurement, server, results, say)
    if Measurement.WORKERS in measurements:
        say("loading one worker and two")
        results["workers"] = measurement.workers()
        yield workers_section(results["workers"])


def _of_one_worker(
    measurement: HttpMeasurement, server: Server, results: dict[str, Any], say: Callable[[str], object]
) -> Iterator[Section]:
    bench = measurement.bench
    if Measurement.COST in bench.measurements:
        say("timing the engine, Starlette and Chamba in turns")
        results["cost"] = measurement.cost(server)
        yield engine_section(results["cost"])
        yield cost_section(results["cost"], results["server"])
    if Measurement.BATCH in bench.measurements:
        say("asking for many people at once")
        results["batch"] = measure_batches(measurement, server)
        yield batch_section(results["batch"])
    if not {Measurement.LATENCY, Measurement.OVERLOAD, Measurement.SWAP, Measurement.MISBEHAVIOUR} & {
        *bench.measurements
    }:
        return
    if "cost" in results:
        capacity = results["cost"]["median"]["chamba"]["answered_per_second"]
    else:
        capacity = measurement.capacity_per_second(server)
    results["capacity_per_second"] = capacity
    if Measurement.LATENCY in bench.measurements:
        say("loading it at shares of its capacity")
        results["latency"] = {str(share): measurement.under_load(server, share * capacity) for share in LOADS}
        yield load_section(results["latency"], capacity, bench.connections)
    if Measurement.OVERLOAD in bench.measurements:
        say("loading it beyond its capacity")
        results["overload"] = measurement.under_load(server, OVERLOAD * capacity)
        yield overload_section(OVERLOAD, results["overload"])
    if Measurement.MISBEHAVIOUR in bench.measurements:
        say("loading it while others misbehave")
        results["misbehaviour"] = measure_misbehaviour(measurement, server, capacity)
        yield misbehaviour_section(results["misbehaviour"])
    if Measurement.SWAP in bench.measurements:
        say("publishing bundles under load")
        results["swap"] = measure_swaps(measurement, capacity)
        yield swap_section(results["swap"])
