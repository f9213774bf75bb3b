"""Every metric Chamba exports, declared here and nowhere else; one registry an app.

Several workers of one server count into files of one folder: whichever is scraped answers for all of them.

Seconds and bytes, as Prometheus wants. Routes are templates (`/v1/jobs/{job_id}`), never addresses.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from index.serving import BundleWatch
from store.evidence.journal import waiting_bytes
from store.feeds.status import read_status

# prometheus-client reads it when it is imported: set it before a worker starts.
MULTIPROCESS_DIR = "PROMETHEUS_MULTIPROC_DIR"
REQUEST_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
STAGE_SECONDS = (0.00005, 0.0001, 0.00025, *REQUEST_SECONDS[:-2])
WAIT_SECONDS = (0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
JOB_COUNTS = (0, 1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)


class Stage(StrEnum):
    """The steps of a recommendation; the engine names its own four."""

    ENCODE = "encode"
    FILTER = "filter"
    RETRIEVE = "retrieve"
    RERANK = "rerank"
    EXPLAIN = "explain"
    SERIALISE = "serialise"


class Step(StrEnum):
    """Where candidates are counted: all jobs, those that meet the constraints, those reranked, those answered."""

    CATALOGUE = "catalogue"
    ELIGIBLE = "eligible"
    RETRIEVED = "retrieved"
    RETURNED = "returned"


class DeliveryOutcome(StrEnum):
    """How an attempt to deliver ended; what failed is tried again."""

    DELIVERED = "delivered"
    FAILED = "failed"
    GIVEN_UP = "given_up"


class Refusal(StrEnum):
    """Why a connection was refused, or ended before its answer."""

    MOST_CONNECTIONS = "most_connections"
    ADDRESS = "most_of_address"
    DESCRIPTORS = "descriptors"
    NOT_ACCEPTED = "not_accepted"
    SLOW_HEADERS = "slow_headers"
    SLOW_BODY = "slow_body"
    SLOW_READER = "slow_reader"
    LARGE_HEADERS = "large_headers"
    LARGE_BODY = "large_body"
    PIPELINED = "pipelined"
    MALFORMED = "malformed"
    STOPPING = "stopping"


class Metrics:
    """The metrics of one app, on a registry of its own."""

    def __init__(self, watch: BundleWatch, journal: Path, feeds: Path) -> None:
        """`watch` knows the served bundle; in `journal` answers wait to be logged, in `feeds` lies how feeds stand."""
        self.registry = CollectorRegistry()
        self._add_requests()
        self._add_recommendations()
        self._add_hashing()
        self._facts = (BundleCollector(watch), JournalCollector(journal), FeedsCollector(feeds))
        for facts in self._facts:
            self.registry.register(facts)
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)

    def _add_requests(self) -> None:
        self.requests = Counter(
            "chamba_http_requests",
            "Requests answered.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.request_seconds = Histogram(
            "chamba_http_request_duration_seconds",
            "From the request's first byte to the answer's last.",
            ["method", "route"],
            buckets=REQUEST_SECONDS,
            registry=self.registry,
        )
        self.refused_connections = Counter(
            "chamba_refused_connections",
            "Connections refused, or ended for being slow or too large, by why.",
            ["reason"],
            registry=self.registry,
        )
        self.deliveries = Counter(
            "chamba_deliveries",
            "Attempts to deliver webhooks, by what they tell, mails, and messages to phones.",
            ["kind", "outcome"],
            registry=self.registry,
        )

    def _add_recommendations(self) -> None:
        stage_seconds = Histogram(
            "chamba_stage_duration_seconds",
            "Time in each stage of a recommendation; encode also when a profile is saved.",
            ["stage"],
            buckets=STAGE_SECONDS,
            registry=self.registry,
        )
        candidates = Histogram(
            "chamba_candidates",
            "Jobs left at each step of a recommendation.",
            ["step"],
            buckets=JOB_COUNTS,
            registry=self.registry,
        )
        self.bundle_refresh_failures = Counter(
            "chamba_bundle_refresh_failures",
            "Newer bundles that could not be served.",
            registry=self.registry,
        )
        self.unlogged_answers = Counter(
            "chamba_unlogged_answers",
            "Recommendations given that are in no log: the journal is full or cannot be written.",
            registry=self.registry,
        )
        self._stage_seconds: dict[str, Histogram] = {stage: stage_seconds.labels(stage) for stage in Stage}
        self._candidates = {step: candidates.labels(step) for step in Step}

    def _add_hashing(self) -> None:
        self.hashing_waiting = Gauge(
            "chamba_hashing_waiting",
            "Passwords that wait to be hashed.",
            multiprocess_mode="livesum",
            registry=self.registry,
        )
        self.hashing_wait_seconds = Histogram(
            "chamba_hashing_wait_seconds",
            "How long a password waited to be hashed.",
            buckets=WAIT_SECONDS,
            registry=self.registry,
        )
        self.hashing_refused = Counter(
            "chamba_hashing_refused",
            "Requests with a password that were told to come again: too many waited.",
            registry=self.registry,
        )

    def scraped(self) -> CollectorRegistry:
        """What a scrape reads: this process's registry, or the counts of all workers and what is a fact for all."""
        if MULTIPROCESS_DIR not in os.environ:
            return self.registry
        forget_dead_workers(Path(os.environ[MULTIPROCESS_DIR]))
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        for facts in self._facts:
            together.register(facts)
        return together

    def stage(self, name: str) -> AbstractContextManager[object]:
        """A context that times one stage; `name` is the value of a `Stage`."""
        return self._stage_seconds[name].time()

    def count_candidates(self, counts: dict[Step, int]) -> None:
        """Record how many jobs were left at each step of one recommendation."""
        for step, count in counts.items():
            self._candidates[step].observe(count)


def forget_dead_workers(folder: Path) -> None:
    """What a worker that was killed had waiting waits no longer; what it counted stays."""
    for file in folder.glob("gauge_live*.db"):
        process_id = int(file.stem.rpartition("_")[2])
        try:
            with suppress(PermissionError):  # it lives, as somebody else's
                os.kill(process_id, 0)
        except ProcessLookupError:
            mark_process_dead(process_id, str(folder))  # type: ignore[no-untyped-call]


class BundleCollector(Collector):
    """Facts of the served bundle, read at each scrape, so that they cannot lag behind a swap."""

    def __init__(self, watch: BundleWatch) -> None:
        self._watch = watch

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The bundle's metrics; only `chamba_jobs_served`, at 0, has a value while no bundle is served."""
        info = GaugeMetricFamily("chamba_bundle_info", "1 for the served bundle.", labels=["version", "model"])
        age = GaugeMetricFamily("chamba_bundle_age_seconds", "Time since the served bundle was built.")
        fresh = GaugeMetricFamily("chamba_fresh_jobs", "Jobs served that came or changed since the bundle was built.")
        served = GaugeMetricFamily("chamba_jobs_served", "Jobs in the served bundle; 0 while there is none.")
        bundle = self._watch.current
        if bundle is not None:
            info.add_metric([bundle.version, bundle.model_id], 1)
            age.add_metric([], (datetime.now(UTC) - bundle.built_at).total_seconds())
            fresh.add_metric([], bundle.fresh_job_count)
        served.add_metric([], bundle.job_count if bundle is not None else 0)
        return (info, age, fresh, served)


class JournalCollector(Collector):
    """How much waits to be logged, of every process that writes into the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The bytes that wait."""
        waiting = GaugeMetricFamily(
            "chamba_journal_waiting_bytes", "Answers on disk that the database does not have yet."
        )
        waiting.add_metric([], waiting_bytes(self._folder))
        return (waiting,)


class FeedsCollector(Collector):
    """How the feeds of this data folder stand, by the file that their runs write."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The metrics of each feed that ran; the postings are those of its last run."""
        age = GaugeMetricFamily("chamba_feed_age_seconds", "Time since a feed was read whole.", labels=["feed"])
        failures = GaugeMetricFamily(
            "chamba_feed_failures", "Runs that failed since one that did not.", labels=["feed"]
        )
        postings = GaugeMetricFamily(
            "chamba_feed_postings", "Postings of a feed's last run, by what became of them.", labels=["feed", "outcome"]
        )
        now = datetime.now(UTC)
        for feed, status in read_status(self._folder).items():
            if (seconds := status.age_seconds(now)) is not None:
                age.add_metric([feed], seconds)
            failures.add_metric([feed], status.failures)
            for outcome, count in status.postings.items():
                postings.add_metric([feed, outcome], count)
        return (age, failures, postings)
