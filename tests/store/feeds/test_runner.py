"""Feeds run side by side: one that fails leaves the rest, none runs twice at once, each when its time has come."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from engine.artifacts import only_one
from engine.jobs import Job
from store.database import open_database
from store.feeds import postings as postings_module
from store.feeds.counts import Outcome
from store.feeds.documents import Document, Parsed, parse
from store.feeds.feed_files import Feed
from store.feeds.ledger import KEPT_RUNS, feed_states, last_runs
from store.feeds.runner import LOCKS, FeedRunner, RunOptions
from store.fetching.requests import Answer
from store.records.records import Records
from tests.local_site import Reply, gzipped
from tests.store.feeds.conftest import Desk, board, posting

FEED = 'kind = "remotive"\naddress = "SITE{path}"\nevery = "6h"\ngap_seconds = 0.1\n'


def feed_at(desk: Desk, name: str, path: str) -> Feed:
    return desk.write(name, FEED.format(path=path))


def cut(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b'{"jobs": [')


FAULTS = {
    "500": Reply(status=500),
    "403": Reply(status=403),
    "404": Reply(status=404),
    "304": Reply(status=304),
    "429": Reply(status=429, headers={"Retry-After": "40000"}),
    "no json": Reply("Volvemos pronto"),
    "cut": Reply(headers={"Content-Length": "900"}, writes=cut),
    "cut gzip": gzipped('{"jobs": [' + "{}," * 500, cut=30),
    "private": Reply(status=302, headers={"Location": "http://10.0.0.1/api"}),
    "loop": Reply(status=302, headers={"Location": "/malo"}),
    "numbers": Reply("[1, 2"),
    "nested": Reply('{"jobs":' + "[" * 5000),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_that_fails_leaves_the_rest(desk: Desk, fault: str) -> None:
    desk.site.set("/malo", FAULTS[fault])
    desk.site.set("/a", board(1))
    desk.site.set("/z", board(1, 2))
    feeds = [feed_at(desk, "a", "/a"), feed_at(desk, "malo", "/malo"), feed_at(desk, "z", "/z")]
    results = {result.feed: result for result in desk.results(*feeds)}
    assert [results[name].is_well for name in ("a", "malo", "z")] == [True, False, True]
    assert (results["malo"].outcome, results["malo"].error) == (Outcome.FAILED, "")
    assert results["malo"].counts.problems
    assert len(desk.jobs()) == 3


def test_whatever_is_raised_leaves_the_rest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_at_one(document: Document, answer: Answer, feed: Feed) -> Parsed:
        if feed.name == "malo":
            raise RecursionError("a fault of ours")
        return parse(document, answer, feed)

    monkeypatch.setattr(postings_module, "parse", fail_at_one)
    for path in ("/a", "/malo"):
        desk.site.set(path, board(1))
    results = {result.feed: result for result in desk.results(feed_at(desk, "a", "/a"), feed_at(desk, "malo", "/malo"))}
    assert results["a"].is_well
    assert results["malo"].outcome is Outcome.FAILED
    assert "a fault of ours" in results["malo"].counts.problems[0]


def test_a_host_that_says_when_is_asked_then(desk: Desk) -> None:
    desk.site.set("/a", Reply(status=503, headers={"Retry-After": "40000"}))
    feed = feed_at(desk, "a", "/a")
    desk.run(feed)
    desk.now += timedelta(seconds=39_000)
    assert desk.runner().due([feed]) == []
    desk.now += timedelta(seconds=1_500)
    assert desk.runner().due([feed]) == [feed]


def test_what_failed_is_tried_sooner_and_less_and_less_often(desk: Desk) -> None:
    desk.site.set("/a", Reply(status=403))
    feed = feed_at(desk, "a", "/a")
    waits = []
    for _ in range(6):
        desk.run(feed)
        with desk.database.connect() as connection:
            waits.append((feed_states(connection)["a"].due_at - desk.now).total_seconds() / 60)
    assert waits == [15, 30, 60, 120, 240, 360]
    desk.site.set("/a", board(1))
    desk.run(feed)
    with desk.database.connect() as connection:
        state = feed_states(connection)["a"]
    assert (state.failures, state.succeeded_at, state.due_at) == (0, desk.now, desk.now + timedelta(hours=6))


def test_a_feed_is_due_at_first_and_when_its_time_has_come(desk: Desk) -> None:
    desk.site.set("/a", board(1))
    feed = feed_at(desk, "a", "/a")
    assert desk.runner().due([feed]) == [feed]
    desk.run(feed)
    assert desk.runner().due([feed]) == []
    desk.now += timedelta(hours=6)
    assert desk.runner().due([feed]) == [feed]


def test_a_feed_that_runs_elsewhere_is_left(desk: Desk) -> None:
    desk.site.set("/a", board(1))
    feed = feed_at(desk, "a", "/a")
    with only_one(desk.folder / LOCKS / "a", "a test runs"):
        (result,) = desk.results(feed)
    assert (result.is_busy, result.is_well, desk.site.paths()) == (True, True, [])


@pytest.mark.postgresql_only("two machines share PostgreSQL")
def test_a_feed_that_another_machine_runs_is_left(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        begun.set()
        may_end.wait()
        handler.wfile.write(board(1).content)

    desk.site.set("/a", Reply(headers={"Content-Length": str(len(board(1).content))}, writes=slow))
    feed = feed_at(desk, "a", "/a")
    desk.fetcher._limits = type(desk.fetcher._limits)(60.0, 60.0, 120.0)
    thread = threading.Thread(target=lambda: desk.runner().run([feed], RunOptions(), lambda _result: None))
    thread.start()
    begun.wait()
    other = open_database(desk.database.url.render_as_string(hide_password=False))
    runner = FeedRunner(other, tmp_path_factory.mktemp("elsewhere"), desk.fetcher, now=lambda: desk.now)
    (result,) = runner.run([feed], RunOptions(), lambda _result: None)
    may_end.set()
    thread.join()
    other.dispose()
    assert result.is_busy
    assert len(desk.jobs()) == 1


def test_of_many_runs_the_last_are_kept(desk: Desk) -> None:
    desk.site.set("/a", board(1, etag='"1"'))
    feed = feed_at(desk, "a", "/a")
    for _ in range(KEPT_RUNS + 3):
        desk.run(feed)
    with desk.database.connect() as connection:
        runs = last_runs(connection, "a", 1000)
    assert [run.run_number for run in runs] == list(range(KEPT_RUNS + 3, 3, -1))


def test_an_ad_that_is_surely_fraud_is_held(desk: Desk) -> None:
    text = (
        "Para empezar deposita S/ 150 por el kit de trabajo a la cuenta de nuestra coordinadora antes de la entrevista."
    )
    desk.site.set("/a", json.dumps({"jobs": [posting(1, description=text), posting(2)]}))
    _, counts = desk.run(feed_at(desk, "a", "/a"))
    assert (counts.new, counts.held, desk.jobs()) == (2, 1, {"a:1": False, "a:2": True})


def test_an_id_that_is_somebody_elses_is_left_alone(desk: Desk) -> None:
    Records(desk.database).put_job(Job("a:1", "Otra cosa", source="otro"), None, None)
    desk.site.set("/a", board(1, 2))
    _, counts = desk.run(feed_at(desk, "a", "/a"))
    assert (counts.read, counts.new, counts.rejected) == (2, 1, 1)
    assert Records(desk.database).get_job("a:1").title == "Otra cosa"


def test_a_host_that_the_file_names_is_asked_at_a_public_address_all_the_same(desk: Desk) -> None:
    desk.site.set("/a", Reply(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"}))
    feed = desk.write("a", FEED.format(path="/a") + 'hosts = ["169.254.169.254"]\nobeys_robots = false\n')
    outcome, counts = desk.run(feed)
    assert outcome is Outcome.FAILED
    assert "private network" in counts.problems[0]


def test_a_document_larger_than_the_feed_may_read_is_not_read(desk: Desk) -> None:
    desk.site.set("/a", json.dumps({"jobs": [posting(1, description="x" * 2_000_000)]}))
    feed = desk.write("a", FEED.format(path="/a") + "most_megabytes = 1\n")
    outcome, counts = desk.run(feed)
    assert (outcome, desk.jobs()) == (Outcome.FAILED, {})
    assert "most_megabytes" in counts.problems[0]


def test_a_compressed_list_is_read_and_a_bomb_is_not(desk: Desk) -> None:
    feed = desk.write("a", FEED.format(path="/a") + "most_megabytes = 1\n")
    desk.site.set("/a", gzipped(board(1, 2).content.decode()))
    assert desk.run(feed)[1].new == 2
    desk.site.set("/a", gzipped(" " * 50_000_000))
    assert desk.run(feed)[0] is Outcome.FAILED
