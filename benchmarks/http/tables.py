"""The tables of `chamba bench http`, from the raw figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks.report import Row, Section

MS_PER_SECOND = 1e3
COST_COLUMNS = {
    "ms": "ms a request",
    "cpu_ms": "CPU ms",
    "times": "times Starlette",
    "cpu_times": "by CPU",
    "per_second": "requests/s",
    "cores": "cores busy",
}
LOAD_COLUMNS = {
    "offered": "offered/s",
    "answered": "answered/s",
    "p50": "p50 ms",
    "p95": "p95 ms",
    "p99": "p99 ms",
    "max": "max ms",
    "shed": "503",
    "failed": "failed",
    "late": "sent late, p99 ms",
}
OVERLOAD_COLUMNS = {
    **LOAD_COLUMNS,
    "shed_p99": "503 p99 ms",
    "retry_after": "503 with Retry-After",
}
GOAL, ENGINE_GOAL = 1.4, 1.5

Figures = Mapping[str, float]


def cost_section(raw: Mapping[str, Any], server: str) -> Section:
    """What a request costs over the engine, as a multiple of what Starlette needs for the same bytes."""
    engine, starlette, ours = (raw["median"][name] for name in ("engine", "starlette", "chamba"))
    unit = (starlette["seconds_per_request"], starlette["cpu_seconds_per_request"])
    alone = (engine["engine_seconds_mean"], engine["engine_cpu_seconds_mean"])
    whole = (ours["seconds_per_request"], ours["cpu_seconds_per_request"])
    rows = [
        Row("engine alone", _cost(*alone, unit)),
        Row("reading a stored person", _cost(engine["read_seconds_mean"], engine["read_cpu_seconds_mean"], unit)),
        Row("Starlette, the same bytes", _cost(*unit, unit) | _rate(starlette)),
        Row("Chamba", _cost(*whole, unit) | _rate(ours)),
        _less_the_engine(raw["rounds"], unit),
    ]
    remarks = (
        f"One core, closed loops, different people; an answer of {raw['answer_bytes']} bytes; {server}. "
        f"Goal: Chamba less the engine at most {GOAL} times Starlette.",
        "Times of the clock are stretched by whatever else the machine does; those of the processor less so. The last "
        "row is the median of the rounds' own differences: where these spread wide, more rounds are needed.",
    )
    return Section("What a request costs", COST_COLUMNS, rows, remarks)


def engine_section(raw: Mapping[str, Any]) -> Section:
    """The whole of `recommend()` as a multiple of the search inside it."""
    engine = raw["median"]["engine"]
    search = engine["search_seconds_median"]
    names = {
        "search": "the search inside it",
        "engine": "recommend()",
        "full": "… where as many match as are asked for",
        "short": "… where fewer do, with what comes nearest and what would open more",
    }
    rows = [
        Row(
            name,
            {
                "p50": MS_PER_SECOND * engine[f"{step}_seconds_median"],
                "cpu": MS_PER_SECOND * engine[f"{step}_cpu_seconds_mean"],
                "times": engine[f"{step}_seconds_median"] / search,
            },
        )
        for step, name in names.items()
        if f"{step}_seconds_median" in engine
    ]
    remark = (
        f"Of a stored person; {engine['short_share']:.0%} of the answers are short. Goal: at most {ENGINE_GOAL} times "
        "its search by the clock."
    )
    columns = {"p50": "p50, ms", "cpu": "mean CPU ms", "times": "times its search"}
    return Section("The engine", columns, rows, (remark,))


def load_section(by_load: Mapping[str, Figures], capacity_per_second: float, connections: int) -> Section:
    """Latency from when each request was due, at shares of capacity."""
    remark = (
        f"Capacity: {capacity_per_second:.0f} requests/s on one core, {connections} connections kept busy. Requests "
        "are sent at given moments, whatever the server does; latency counts from those."
    )
    rows = [Row(f"{float(share):.0%} of capacity", _load(one)) for share, one in by_load.items()]
    return Section("Latency under load", LOAD_COLUMNS, rows, (remark,))


def overload_section(share: float, figures: Figures) -> Section:
    """What happens beyond capacity."""
    measures = _load(figures) | _known(
        {
            "shed_p99": _ms(figures, "shed_latency_p99_seconds"),
            "retry_after": figures["retry_after_share_of_shed"],
        }
    )
    remark = "p50 to max are of what was answered with 200."
    return Section("Beyond capacity", OVERLOAD_COLUMNS, [Row(f"{share:.0%} of capacity", measures)], (remark,))


def workers_section(raw: Mapping[str, Any]) -> Section:
    """Two workers against one."""
    found: Mapping[str, Figures] = raw["median"]
    columns = {"per_second": "requests/s", "times": "times one worker", "cpu_ms": "CPU ms", "cores": "cores busy"}
    columns |= {"generator": "generator's cores", "p99": "p99 ms"}
    rows = [
        Row(
            f"{count} worker(s)",
            {
                "per_second": one["answered_per_second"],
                "times": one["answered_per_second"] / found["1"]["answered_per_second"],
                "cpu_ms": MS_PER_SECOND * one["cpu_seconds_per_request"],
                "cores": one["server_cores_used"],
                "generator": one["generator_cores_used"],
                "p99": _ms(one, "latency_p99_seconds"),
            },
        )
        for count, one in found.items()
    ]
    remark = "One worker has one core; two share every core with the generator, which takes its part of them."
    return Section("Workers", columns, rows, (remark,))


def _less_the_engine(rounds: Sequence[Mapping[str, Figures]], unit: tuple[float, float]) -> Row:
    """The difference within each round, which meets one state of the machine; their median, and how far they spread."""
    by_clock = [one["chamba"]["seconds_per_request"] - one["engine"]["engine_seconds_mean"] for one in rounds]
    by_cpu = [one["chamba"]["cpu_seconds_per_request"] - one["engine"]["engine_cpu_seconds_mean"] for one in rounds]
    spread = f"{MS_PER_SECOND * min(by_cpu):.2f} to {MS_PER_SECOND * max(by_cpu):.2f} CPU ms in {len(rounds)} round(s)"
    return Row("Chamba less the engine", _cost(median(by_clock), median(by_cpu), unit), note=spread)


def _cost(seconds: float, cpu_seconds: float, unit: tuple[float, float]) -> dict[str, float]:
    return {
        "ms": MS_PER_SECOND * seconds,
        "cpu_ms": MS_PER_SECOND * cpu_seconds,
        "times": seconds / unit[0],
        "cpu_times": cpu_seconds / unit[1],
    }


def _rate(figures: Figures) -> dict[str, float]:
    return {"per_second": figures["answered_per_second"], "cores": figures["server_cores_used"]}


def _load(figures: Figures) -> dict[str, float]:
    return _known(
        {
            "offered": figures["offered_per_second"],
            "answered": figures["answered_per_second"],
            **{name: _ms(figures, f"latency_{name}_seconds") for name in ("p50", "p95", "p99", "max")},
            "shed": figures["shed_share"],
            "failed": figures["failed_share"],
            "late": _ms(figures, "lateness_p99_seconds"),
        }
    )


def _ms(figures: Figures, name: str) -> float:
    return MS_PER_SECOND * figures.get(name, float("nan"))


def _known(measures: Mapping[str, float]) -> dict[str, float]:
    """Without those that are not a number: nothing was measured, the table shows a dash."""
    return {name: value for name, value in measures.items() if value == value}
