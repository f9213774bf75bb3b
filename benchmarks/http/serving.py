"""`chamba serve` as an operator sees it: seconds until ready, resident memory, and that TensorFlow stays out.

python -m benchmarks.http.serving --data-dir data
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median

import psutil

from api.server import EXAMPLE_BODY
from benchmarks.partner_key import benchmark_partner
from benchmarks.report import table, write_raw

STARTS, REQUESTS, PORT = 3, 200, 8765
GIVE_UP_SECONDS = 60


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, default=Path("data"))
    options = parser.parse_args()
    key = benchmark_partner(options.data_dir).key
    starts = [_start(options.data_dir, key) for _ in range(STARTS)]
    results = {name: median(start[name] for start in starts) for name in starts[0]}
    print(table(["figure", f"median of {STARTS} starts"], [[name, float(value)] for name, value in results.items()]))
    path = write_raw(options.data_dir / "benchmarks", "serving", {"median": results, "starts": starts})
    print(f"\nraw results: {path}")


def _start(data_dir: Path, key: str) -> dict[str, float]:
    """One start of the server, asked until it is ready and then for recommendations."""
    command = [sys.executable, "-m", "chamba", "serve", "--port", str(PORT), "--data-dir", str(data_dir)]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            ready_seconds = _wait_until_ready(began)
            process = psutil.Process(server.pid)
            at_ready = process.memory_info().rss
            latencies = [_ask(key) for _ in range(REQUESTS)]
            return {
                "jobs": _jobs_served(),
                "ready_seconds": ready_seconds,
                "resident_mb_when_ready": at_ready / 1e6,
                "resident_mb_after_requests": process.memory_info().rss / 1e6,
                "tensorflow_files_mapped": float(sum("tensorflow/" in m.path for m in process.memory_maps())),
                "profile_request_ms": 1e3 * median(latencies),
            }
        finally:
            server.terminate()


def _wait_until_ready(began: float) -> float:
    while (waited := time.perf_counter() - began) < GIVE_UP_SECONDS:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=5):
                return time.perf_counter() - began
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise SystemExit(f"not ready after {waited:.0f} s")


def _ask(key: str) -> float:
    request = urllib.request.Request(
        f"http://127.0.0.1:{PORT}/v1/recommendations",
        data=EXAMPLE_BODY.encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {key}"},
    )
    began = time.perf_counter()
    with urllib.request.urlopen(request, timeout=10) as answer:
        answer.read()
    return time.perf_counter() - began


def _jobs_served() -> float:
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/metrics", timeout=5) as answer:
        found = re.search(r"^chamba_jobs_served(?:\{[^}]*\})? (\S+)$", answer.read().decode(), re.MULTILINE)
    return float(found.group(1)) if found else 0.0


if __name__ == "__main__":
    main()
