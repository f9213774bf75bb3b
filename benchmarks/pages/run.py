"""What `chamba bench pages` does: serves a copy of the data directory, measures, prints tables, keeps raw figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests
from playwright.sync_api import Browser

from benchmarks.http.measure import READY
from benchmarks.http.servers import Server, own_cores
from benchmarks.pages.chromium import chromium
from benchmarks.pages.latency import KINDS, SHARE_OF_CAPACITY, measure_latency
from benchmarks.pages.town import JOB, PROFILE, PagesTown, Somebody, copy_data_dir, settle
from benchmarks.pages.views import measure_journey, measure_view
from benchmarks.report import Origin, Row, Section, write_raw

# By path, and whether somebody with a profile looks; {job_id} is a job that one may apply for here.
VIEWS = {
    "/": False,
    "/buscar/horas": False,
    "/buscar/equipo": False,
    "/registrarse": False,
    "/trabajos": True,
    "/trabajos/{job_id}": True,
    "/trabajos/{job_id}/postular": True,
    "/mis-postulaciones": True,
    "/mi-perfil": True,
}
COLUMNS = {"kilobytes": "kB in all", "script_kilobytes": "kB of JavaScript", "requests": "requests", "nodes": "nodes"}
PUBLISHED = (
    Row("GOV.UK, home page", {"kilobytes": 246.0}, Origin.PUBLISHED, "transferred"),
    Row("median mobile home page", {"kilobytes": 2_559.0}, Origin.PUBLISHED, "HTTP Archive, 2025"),
)


def run_pages(data_dir: Path, seconds: float, out: Path, say: Callable[[str], object]) -> None:
    """Measure, print and write.

    Raises:
        ArtifactError: no data directory to copy, no browser.
        ChambaError: a server did not start, a mail did not come, a request was refused.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        served = folder / "data"
        served.mkdir()
        copy_data_dir(data_dir, served)
        town = settle(served)
        arguments = ["chamba", "serve", "--port", "{port}", "--data-dir", str(served)]
        with Server("chamba-pages", arguments, {own_cores()[0]}, folder, READY) as server:
            job = _prepare(town, _site(server))
            say("loading the API and its page in turns")
            results: dict[str, Any] = {"latency": measure_latency(server, town.seekers, seconds)}
            say("opening every page with nothing cached, and going from opening to a sent application")
            with chromium() as browser:
                results |= _views(browser, _site(server), town.seekers[0], job)
                results["journey"] = measure_journey(browser, _site(server), job, served / "outbox")
        for section in sections(results):
            say(section.as_markdown() + "\n")
        say(f"raw results: {write_raw(out, 'pages', results)}")


def sections(results: Mapping[str, Any]) -> list[Section]:
    """The tables of raw figures."""
    views = [Row(path, one) for path, one in results["views"].items()]
    journey = Row("from opening to a sent application, with an account by mail", results["journey"])
    latency = results["latency"]
    rows = [Row({"api": "the API's answer", "page": "the page of it"}[kind], latency[kind]) for kind in KINDS]
    more = {name: latency["page"][name] - latency["api"][name] for name in ("p50_ms", "p99_ms")}
    received = (
        "What Chromium received, headers included, compressed as it came, nothing cached; a service worker's too."
    )
    load = (
        f"A person's jobs asked of the API and as a page in turns, evenly, at {SHARE_OF_CAPACITY:.0%} of the capacity "
        f"of one core ({latency['capacity_per_second']:.0f} a second of both kinds), from when each was due."
    )
    return [
        Section("First view of a page on a phone", COLUMNS, [*views, *PUBLISHED], (received,)),
        Section("A whole way", {name: COLUMNS[name] for name in results["journey"]}, [journey], (received,)),
        Section("Beside the API", {"p50_ms": "p50, ms", "p99_ms": "p99, ms"}, [*rows, Row("more", more)], (load,)),
    ]


def _views(browser: Browser, site: str, seeker: Somebody, job: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for path, is_hers in VIEWS.items():
        address = path.format(job_id=job["job_id"])
        found[path] = measure_view(browser, site, address, seeker.cookie if is_hers else "")
    return {"views": found}


def _prepare(town: PagesTown, site: str) -> dict[str, Any]:
    """Everybody's profile is saved; the job that the employer posts."""
    for seeker in town.seekers:
        _ask("PUT", f"{site}/v1/me/profile", seeker, PROFILE)
    made = _ask("POST", f"{site}/v1/employers/{town.employer_id}/jobs", town.employer, JOB)
    return {"job_id": made["job_id"], "title": JOB["title"]}


def _ask(method: str, url: str, who: Somebody, body: Mapping[str, Any]) -> Any:
    answer = requests.request(method, url, json=body, headers={"Authorization": f"Bearer {who.token}"}, timeout=60)
    answer.raise_for_status()
    return answer.json()


def _site(server: Server) -> str:
    return f"http://{server.address[0]}:{server.address[1]}"
