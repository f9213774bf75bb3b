"""Everything that once broke the server, together and for long, against the real one: what is lost, slow or grows.

    python -m tests.attacks.soak --minutes 10 --data-dir data [--database postgresql]

Needs the published bundle of a data folder, of which it changes nothing. Exits 1 where an acknowledged write is lost or
doubled, an answer was a failure of ours, /healthz was slow, or memory grows.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Thread
from time import monotonic, sleep, time

from engine.encoder.thread_priority import COMPUTING, step_back
from tests.attacks.soak import honest, hostile
from tests.attacks.soak.ground import Ground, opened_ground
from tests.attacks.soak.ledger import Kind
from tests.attacks.soak.looking import Found, by_api, in_database
from tests.attacks.soak.memory import Memory
from tests.attacks.soak.probing import Probe, percentile, read_probes

SEEKERS, LOGGING_IN, ADS = 4, 3, 4_000
SLOWEST_MS, MOST_GROWTH = 50.0, 0.20
LEAST_MINUTES = 5.0  # of a shorter run the memory is told and not judged: it is still warming up
ENDING_SECONDS, QUIET_SECONDS, LAST_KILL_SECONDS = 90, 5, 10
KILLS, LEAST_KILL_SECONDS = 10, 15
EXCUSED_SECONDS = 5  # connections of a worker that was killed a moment ago


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--data-dir", type=Path, default=Path("data"))
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args()
    with opened_ground(options.data_dir / "bundles", options.database) as ground:
        faults = soak(ground, options.minutes)
    print("\n".join(["", "FAILED:", *faults] if faults else ["", "nothing was lost, slow or growing"]))
    return int(bool(faults))


def soak(ground: Ground, minutes: float) -> list[str]:
    """What is wrong after so many minutes, in words; the tables are printed."""
    memory, killed, probes = Memory(), list[float](), ground.folder / "probes"
    began, load = monotonic(), os.getloadavg()[0]
    with probing(ground, probes):
        threads = started(ground, memory, killed, minutes)
        ground.over.wait(60 * minutes)
        ended, busiest = monotonic(), os.getloadavg()[0]
        ground.over.set()
    left = _joined(threads)
    cores = len(os.sched_getaffinity(0))
    print(f"{minutes:g} min, load {load:.1f} at the beginning and {busiest:.1f} at the end, {cores} cores")
    faults = [*left, *_looked_for(ground), *judged_probes(read_probes(probes), killed, busiest)]
    faults += judged_memory(memory.slopes(began, ended), minutes)
    statuses = ", ".join(f"{count} × {status}" for status, count in sorted(ground.ledger.statuses.items()))
    print(f"\nanswers: {statuses}; {ground.ledger.unanswered} without one; {len(killed)} workers killed")
    return faults + ground.ledger.failures[:10]


def started(ground: Ground, memory: Memory, killed: list[float], minutes: float) -> list[Thread]:
    """Everybody, each in a thread."""
    kill_seconds, last_kill_at = (
        max(LEAST_KILL_SECONDS, 60 * minutes / KILLS),
        time() + 60 * minutes - LAST_KILL_SECONDS,
    )
    callers: dict[str, Callable[[], None]] = {
        **{f"seeker {number}": partial(honest.seeker, ground, number) for number in range(1, SEEKERS + 1)},
        **{f"log-ins {number}": partial(honest.log_ins, ground, number) for number in range(1, LOGGING_IN + 1)},
        "newcomers": partial(honest.newcomers, ground),
        "importer": partial(honest.importer, ground, ADS),
        "partner, singly": partial(honest.partner_singly, ground),
        "partner, in bulk": partial(honest.partner_in_bulk, ground),
        "partner's events": partial(honest.partner_events, ground),
        "strangers": partial(hostile.strangers, ground),
        "stalled readers": partial(hostile.stalled_readers, ground),
        "one seeker's searches": partial(hostile.searches, ground),
        "hostile bodies": partial(hostile.hostile_bodies, ground),
        "killer": partial(hostile.killer, ground, killed, kill_seconds, last_kill_at),
        "memory": partial(memory.watch, ground),
    }
    threads = [Thread(target=_held, args=(ground, name, run), name=name) for name, run in callers.items()]
    for thread in threads:
        thread.daemon = True
        thread.start()
    return threads


@contextmanager
def probing(ground: Ground, file: Path) -> Iterator[None]:
    """Ask /healthz meanwhile."""
    command = [sys.executable, "-m", "tests.attacks.soak.probing", str(ground.server.port), str(file)]
    with subprocess.Popen(command) as process:
        try:
            yield
        finally:
            process.kill()


def _held(ground: Ground, name: str, run: Callable[[], None]) -> None:
    """A caller who fails is a fault of the soak's, and told. Others' callers do not compute on the server's machine."""
    step_back(COMPUTING)
    try:
        run()
    except Exception as error:  # whatever it is, it is in the report
        ground.ledger.fail(f"{name} ended by {error!r}")


def _joined(threads: list[Thread]) -> list[str]:
    give_up_at = monotonic() + ENDING_SECONDS
    for thread in threads:
        thread.join(max(0.0, give_up_at - monotonic()))
    return [f"{thread.name} is still waiting for an answer" for thread in threads if thread.is_alive()]


def _looked_for(ground: Ground) -> list[str]:
    sleep(QUIET_SECONDS)
    looked: dict[str, Found] = {"database": in_database(ground), "API": by_api(ground)}
    lost = {(kind, name): ground.ledger.lost(kind, one.proofs[kind]) for kind in Kind for name, one in looked.items()}
    print(f"\n{'acknowledged':<20}{'writes':>8}{'lost, database':>16}{'lost, API':>12}")
    for kind in Kind:
        count = len(ground.ledger.acknowledged[kind])
        print(f"{kind:<20}{count:>8}{len(lost[kind, 'database']):>16}{len(lost[kind, 'API']):>12}")
    faults = [f"lost, by the {name}: {kind} {one}" for (kind, name), some in lost.items() for one in some[:5]]
    return faults + [f"sent once, there twice: {text}" for text in looked["database"].doubled[:5]]


def judged_probes(probes: list[Probe], killed: list[float], load: float) -> list[str]:
    """What is wrong with the answers of /healthz, of which the figures are printed."""
    took = sorted(one.milliseconds for one in probes if one.is_answered)
    if not took:
        return ["/healthz never answered"]
    late = max(one.late_milliseconds for one in probes)
    worst = max((one for one in probes if one.is_answered), key=lambda one: one.milliseconds)
    failed = [one for one in probes if not one.is_answered]
    unexcused = [one for one in failed if not any(0 <= one.at - at < EXCUSED_SECONDS for at in killed)]
    print(
        f"\n/healthz, {len(probes)} times: p50 {percentile(took, 0.5):.1f} ms, p99 {percentile(took, 0.99):.1f} ms, "
        f"worst {worst.milliseconds:.1f} ms at {worst.at:.1f}; {len(failed)} cut off by a killed worker or failed; "
        f"the asking process itself was up to {late:.1f} ms late"
    )
    faults = [f"/healthz failed {len(unexcused)} times while no worker was killed"] if unexcused else []
    if worst.milliseconds > SLOWEST_MS:
        faults.append(f"/healthz took {worst.milliseconds:.0f} ms, at a load of {load:.1f}; expected {SLOWEST_MS:.0f}")
    return faults


def judged_memory(slopes: dict[int, tuple[float, float]], minutes: float) -> list[str]:
    """The same of what workers hold in memory."""
    for pid, (held, growth) in slopes.items():
        print(f"worker {pid}: {held:.0f} MiB, {growth:+.0%} an hour by the second half's slope")
    if minutes < LEAST_MINUTES:
        print(f"memory is not judged in less than {LEAST_MINUTES:g} min")
        return []
    if not slopes:
        return ["no worker lived long enough for its memory to be judged"]
    return [
        f"worker {pid} grows by {growth:.0%} an hour" for pid, (_, growth) in slopes.items() if growth > MOST_GROWTH
    ]


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
