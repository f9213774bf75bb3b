"""`chamba bench`: measurements, each beside its peers in the same run. Imports nothing heavy until one is asked for.

chamba bench relevance --data ../shared/data --model data/models/current
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.http.measurements import HttpBench, Measurement
from benchmarks.relevance.suites import Suite, chosen_suites
from commands.options import DATA_DIR, RESULTS_DIR, DataDir, ResultsDir, bench_modules

bench = typer.Typer(
    help="Measurements, each beside its peers in the same run.", no_args_is_help=True, rich_markup_mode=None
)


@bench.callback()
def _bench() -> None:
    """Measurements, each beside its peers in the same run."""


@bench.command(
    epilog="Example: chamba bench relevance --data ../shared/data\n\nExample: chamba bench relevance --only sample"
)
def relevance(
    data: Annotated[
        Path | None,
        typer.Option(help="Folder with talentclef2025-taskA, melo-es and decision-br; without it the sample world."),
    ] = None,
    model: Annotated[
        list[Path],
        typer.Option(help="A model folder to judge; repeat it. Without it the current model, where there is one."),
    ] = [],  # noqa: B006
    only: Annotated[list[Suite], typer.Option(help="One test; repeat it. Without it: all the data allows.")] = [],  # noqa: B006
    out: Annotated[Path, typer.Option(help="Where raw results and the count of test reads go.")] = RESULTS_DIR,
    encoder: Annotated[
        str, typer.Option(help="The untuned encoder to put beside: e5-small, hf:DIRECTORY or hub:HANDLE.")
    ] = "e5-small",
    body: Annotated[
        list[str],
        typer.Option(help="A tuned body without heads, for the title tests: released or tuned:RUN; repeat it."),
    ] = [],  # noqa: B006
    threads: Annotated[int, typer.Option(min=1)] = 2,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Judge how well models find what belongs together, beside lexical, untuned, off-the-shelf and published rows."""
    suites = chosen_suites(only, data)
    current = data_dir / "models" / "current"
    models = model or ([current] if current.is_dir() else [])
    with bench_modules():
        from benchmarks.relevance.run import RelevanceConfig, run_relevance
    config = RelevanceConfig(suites, data, models, out, data_dir / "cache", encoder, tuple(body), threads)
    run_relevance(config, typer.echo)


@bench.command(epilog="Example: chamba bench matches")
def matches() -> None:
    """Of the answers told 0.8, how many were judged right: the reliability curve, and what a floor lets through."""
    import orjson

    from benchmarks.matches.run import run_matches
    from engine.relevance import MatchCalibration
    from training.encoders.sources import RUN, released_folder

    document = orjson.loads((released_folder() / RUN).read_bytes())
    run_matches(MatchCalibration(**document["match_calibration"]), typer.echo)


@bench.command(epilog="Example: chamba bench language --data ../shared/data --body e5-small --body tuned:data/runs/RUN")
def language(
    data: Annotated[Path, typer.Option(help="With esco-es, bumeran-ar, computrabajo-ec, servir-pe and remote-en.")],
    body: Annotated[list[str], typer.Option(help="e5-small, released or tuned:RUN; repeat it.")],
    out: ResultsDir = RESULTS_DIR,
) -> None:
    """Development figures of tuned bodies: what was gained, what was forgotten. Reads no test."""
    from benchmarks.language.run import run_language

    run_language(data, body, out, typer.echo)


@bench.command(
    epilog="Example: chamba bench reading --only schedule --examples 50\n\n"
    "Example: chamba bench reading --data ../shared/data"
)
def reading(
    data: Annotated[
        Path | None, typer.Option(help="The folder of real postings; without it labelled sentences alone.")
    ] = None,
    only: Annotated[list[str], typer.Option(help="One field, by its name in the table; repeat it.")] = [],  # noqa: B006
    examples: Annotated[int, typer.Option(min=0, help="Sentences to print of each kind, of development only.")] = 5,
    test: Annotated[
        bool, typer.Option("--test", help="Judge on the test half. Each reading of it is counted.")
    ] = False,
    out: ResultsDir = RESULTS_DIR,
) -> None:
    """Hours, pay, place, contract and modality as read of ads' words, beside sentences labelled by hand."""
    from benchmarks.reading.labels import Half
    from benchmarks.reading.run import ReadingBench, run_reading

    half = Half.TEST if test else Half.DEVELOPMENT
    run_reading(ReadingBench(half, data, out, tuple(only), examples), typer.echo)


@bench.command(epilog="Example: chamba bench words --data ../shared/data")
def words(
    data: Annotated[Path, typer.Option(help="The folder of real postings.")],
    model: Annotated[Path | None, typer.Option(help="A model folder; without it the current one.")] = None,
    out: ResultsDir = RESULTS_DIR,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Searches of real ads by words, beside BM25 and search by meaning alone."""
    with bench_modules():
        from benchmarks.lexical_search.run import run_words
    run_words(data, model or data_dir / "models" / "current", data_dir / "cache", out, typer.echo)


@bench.command(epilog="Example: chamba bench signs --data ../shared/data")
def signs(
    data: Annotated[
        Path | None, typer.Option(help="The folder of real postings; without it labelled ads alone.")
    ] = None,
    test: Annotated[bool, typer.Option("--test", help="Read the test half, which is counted.")] = False,
    out: ResultsDir = RESULTS_DIR,
) -> None:
    """Precision and recall of signs of fraudulent and unlawful offers by kind, and false alarms among real ads."""
    from benchmarks.signs.run import run_signs

    run_signs(data, out, typer.echo, is_test=test)


@bench.command(epilog="Example: chamba bench encode --peer-python .venv-peers/bin/python")
def encode(
    model: Annotated[
        Path | None, typer.Option(help="A model folder with its SavedModel; without it the current one.")
    ] = None,
    threads: Annotated[str, typer.Option(help="Numbers of threads, one table each.")] = "1,2",
    peer_python: Annotated[
        Path | None, typer.Option(help="A Python that has the group peers; without it this one.")
    ] = None,
    runtime: Annotated[list[str], typer.Option(help="One runtime, by its name in the table; repeat it.")] = [],  # noqa: B006
    rounds: Annotated[int, typer.Option(min=1, help="Interleaved rounds; figures are their medians.")] = 3,
    seconds: Annotated[float, typer.Option(min=0, help="For each set of texts in each round.")] = 2.0,
    out: ResultsDir = RESULTS_DIR,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Texts a second and latency of our encoder beside other runtimes that hold the same weights."""
    from benchmarks.encode.run import run_encode

    chosen = model or data_dir / "models" / "current"
    run_encode(chosen, threads, peer_python, runtime, rounds, seconds, out, data_dir / "cache", typer.echo)


@bench.command("train", epilog="Example: chamba bench train --minutes 2")
def train_cost(
    minutes: Annotated[float, typer.Option(min=0, help="Of training, for each mode in each round.")] = 1.0,
    mode: Annotated[list[str], typer.Option(help="One mode, by its name in the table; repeat it.")] = [],  # noqa: B006
    batch_pairs: Annotated[int, typer.Option(min=4, help="Pairs in a step.")] = 32,
    max_tokens: Annotated[int, typer.Option(min=8, max=512)] = 64,
    encoder: Annotated[str, typer.Option(help="e5-small, hf:DIRECTORY or hub:HANDLE.")] = "e5-small",
    threads: Annotated[int, typer.Option(min=1)] = 2,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds over all modes; figures are their medians.")] = 1,
    out: ResultsDir = RESULTS_DIR,
) -> None:
    """Pairs a second, peak memory and recall an hour of every way to train, on a small sample world."""
    from benchmarks.train_cost.run import run_train_cost
    from benchmarks.train_cost.worker import TrainCost

    settings = TrainCost(60 * minutes, batch_pairs, max_tokens, threads=threads, encoder=encoder)
    run_train_cost(settings, mode, rounds, out, typer.echo)


@bench.command(
    epilog="Example: chamba bench http --data-dir data --seconds 10\n\n"
    "Example: chamba bench http --only cost --only latency"
)
def http(
    only: Annotated[list[Measurement], typer.Option(help="One part; repeat it. Without it: all.")] = [],  # noqa: B006
    seconds: Annotated[float, typer.Option(min=0.1, help="Of each single load.")] = 10.0,
    rounds: Annotated[int, typer.Option(min=1, help="Of each closed loop; figures are their medians.")] = 5,
    connections: Annotated[int, typer.Option(min=1, max=256, help="Kept busy where capacity is measured.")] = 4,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Jobs each request asks for.")] = 10,
    poisson: Annotated[bool, typer.Option(help="Requests at random moments instead of evenly.")] = False,
    seed: Annotated[int, typer.Option(help="Of the order of people and of random moments.")] = 7,
    out: ResultsDir = RESULTS_DIR,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """`chamba serve` over the engine alone and beside Starlette, its latency under load and beyond its capacity."""
    with bench_modules():
        from benchmarks.http.run import run_http
    chosen = tuple(measurement for measurement in Measurement if not only or measurement in only)
    run_http(HttpBench(data_dir, chosen, seconds, rounds, connections, limit, seed, poisson), out, typer.echo)


@bench.command(epilog="Example: chamba bench pages --data-dir data")
def pages(
    seconds: Annotated[float, typer.Option(min=0.1, help="Of each load of the API and its page.")] = 20.0,
    out: ResultsDir = RESULTS_DIR,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Bytes, requests and nodes of seekers' pages on a phone, and their latency beside the API's own answer."""
    with bench_modules():
        from benchmarks.pages.run import run_pages
    run_pages(data_dir, seconds, out, typer.echo)


@bench.command(
    epilog="Example: chamba bench grow data/million --data ../shared/data, then bench http --data-dir data/million"
)
def grow(
    target: Annotated[Path, typer.Argument(help="The new data directory; 6 GB for a million jobs.")],
    data: Annotated[Path, typer.Option(help="The folder of real postings.")],
    count: Annotated[int, typer.Option(min=1000, help="How many jobs the postings are grown to.")] = 1_000_000,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """A data directory of many jobs, grown from real postings, to serve and to measure."""
    from benchmarks.http.grown import grow_data_dir

    grow_data_dir(data, data_dir / "models" / "current", data_dir / "cache", count, target, typer.echo)


@bench.command(epilog="Example: chamba bench search --data ../shared/data --peer-python .venv-search/bin/python")
def search(
    data: Annotated[Path, typer.Option(help="The folder of real postings.")],
    count: Annotated[int, typer.Option(min=1000, help="How many jobs the postings are grown to.")] = 1_000_000,
    peer: Annotated[list[str], typer.Option(help="One peer beside ours, by its name in the table; repeat it.")] = [],  # noqa: B006
    peer_python: Annotated[
        Path | None, typer.Option(help="A Python that has the group search-peers; without it this one.")
    ] = None,
    build_minutes: Annotated[float, typer.Option(min=0, help="The longest a peer may build.")] = 60.0,
    out: ResultsDir = RESULTS_DIR,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Filtered search beside its peers: same vectors, same filters, one thread each, recall beside every latency."""
    from benchmarks.search.run import SearchSettings, run_search

    python = str(peer_python or sys.executable)
    model, cache = data_dir / "models" / "current", data_dir / "cache"
    run_search(SearchSettings(data, model, cache, count, peer, python, 60 * build_minutes, out), typer.echo)


@bench.command(epilog="Example: chamba bench indexes --data ../shared/data")
def indexes(
    data: Annotated[Path, typer.Option(help="The folder of real postings.")],
    count: Annotated[int, typer.Option(min=1000, help="How many jobs the postings are grown to.")] = 1_000_000,
    kind: Annotated[list[str], typer.Option("--type", help="One type, by its name in the table; repeat it.")] = [],  # noqa: B006
    out: ResultsDir = RESULTS_DIR,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """The index types and dimensions that Chamba's own was chosen from, over the same real vectors."""
    from benchmarks.search.index_types import IndexSettings, run_indexes

    model, cache = data_dir / "models" / "current", data_dir / "cache"
    run_indexes(IndexSettings(data, model, cache, count, kind, out), typer.echo)


@bench.command(epilog="Example: chamba bench scale --data ../shared/data --size 10000 --size 100000 --size 1000000")
def scale(
    data: Annotated[Path, typer.Option(help="The folder of real postings.")],
    size: Annotated[list[int], typer.Option(min=1000, help="A number of jobs; repeat it.")] = [  # noqa: B006
        10_000,
        100_000,
        1_000_000,
        10_000_000,
    ],
    threads: Annotated[int, typer.Option(min=1, help="Of a build; one thread searches.")] = 2,
    folder: Annotated[Path | None, typer.Option(help="For vectors and lists meanwhile: 10 GB for ten million.")] = None,
    out: ResultsDir = RESULTS_DIR,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Latency, memory, build and update from ten thousand jobs to ten million, and the exponents of each."""
    from benchmarks.search.scale import ScaleSettings, run_scale

    cache = data_dir / "cache"
    model = data_dir / "models" / "current"
    run_scale(ScaleSettings(data, model, cache, folder or cache, size, threads, out), typer.echo)
