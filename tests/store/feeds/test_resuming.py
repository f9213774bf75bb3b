"""A run that is killed, or runs out of time, is gone on with: nothing is lost, and hardly anything asked again."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from store.feeds import run as run_module
from store.feeds.counts import Outcome, RunCounts
from store.feeds.feed_files import Feed
from store.feeds.ledger import Run, feed_states
from store.feeds.sightings import keep_document
from store.records.records import Records
from tests.local_site import Reply
from tests.store.feeds.conftest import Desk, board, page, sitemap


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def feed(desk: Desk) -> Feed:
    """A feed of six pages."""
    for number in range(6):
        desk.site.set(f"/aviso/{number}", page(number))
    desk.site.set("/sitemap.xml", sitemap(*[f"{desk.site.address}/aviso/{number}" for number in range(6)]))
    return desk.write("mapa", 'kind = "sitemap"\naddress = "SITE/sitemap.xml"\ngap_seconds = 0.1\n')


def kill_at(desk: Desk, monkeypatch: pytest.MonkeyPatch, feed: Feed, count: int) -> None:
    """End the process before the document after `count` others is kept."""
    kept, whole = [0], keep_document

    def keep(connection: Connection, run: Run, *rest: object) -> None:
        if kept[0] == count:
            raise Killed
        kept[0] += 1
        whole(connection, run, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(run_module, "keep_document", keep)
        with pytest.raises(Killed):
            desk.results(feed)


@pytest.mark.parametrize("count", range(7))
def test_killed_anywhere(desk: Desk, feed: Feed, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    kill_at(desk, monkeypatch, feed, count)
    assert len(desk.jobs()) == max(0, count - 1)
    outcome, counts = desk.run(feed)
    assert (outcome, counts.read, counts.new, len(desk.jobs())) == (Outcome.COMPLETE, 6, 6, 6)
    assert len([path for path in desk.site.paths() if path.startswith("/aviso")]) == 6 - max(0, count - 1)
    assert desk.run(feed)[1].same == 6


def test_killed_in_the_middle_of_a_long_list(desk: Desk, board_feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.site.set("/api", board(*range(1200)))
    kill_at(desk, monkeypatch, board_feed, 0)
    assert len(desk.jobs()) == 1000
    outcome, counts = desk.run(board_feed)
    assert (outcome, counts.new, counts.skipped_count, len(desk.jobs())) == (Outcome.COMPLETE, 1200, 1000, 1200)
    assert counts.read == counts.new + counts.changed + counts.same + counts.rejected + counts.skipped_count


def test_killed_while_closing(desk: Desk, board_feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.site.set("/api", board(1, 2, 3, 4, 5))
    desk.run(board_feed)
    desk.site.set("/api", board(1, 2, 3))
    desk.run(board_feed)

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(run_module, "count_misses", killed)
        with pytest.raises(Killed):
            desk.results(board_feed)
    assert desk.run(board_feed)[0] is Outcome.COMPLETE
    assert desk.open_ids() == ["1", "2", "3"]


def test_killed_before_a_miss_is_counted_counts_it_once(
    desk: Desk, board_feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.site.set("/api", board(1, 2, 3, 4, 5))
    desk.run(board_feed)
    desk.site.set("/api", board(1, 2, 3, 4))

    def killed(*_: object) -> None:
        raise Killed

    for _ in range(3):
        with monkeypatch.context() as patch:
            patch.setattr(run_module, "forget_old", killed)
            with pytest.raises(Killed):
                desk.results(board_feed)
    desk.run(board_feed)
    assert len(desk.open_ids()) == 5


@pytest.mark.usefixtures("feed")
def test_out_of_time(desk: Desk) -> None:
    slow = desk.write("mapa", 'kind = "sitemap"\naddress = "SITE/sitemap.xml"\ngap_seconds = 25\nmost_minutes = 1\n')
    asked: list[str] = []
    for _ in range(8):
        outcome, counts = desk.run(slow)
        asked += [path for path in desk.site.paths() if path.startswith("/aviso")]
        if outcome is Outcome.COMPLETE:
            break
        assert outcome is Outcome.STOPPED
        assert desk.runner().due([slow]) == [slow]
    assert (outcome, counts.new, len(asked), len(set(asked))) == (Outcome.COMPLETE, 6, 6, 6)
    with desk.database.connect() as connection:
        assert feed_states(connection)["mapa"].run_number == 1


def test_pages_of_a_board_are_gone_on_with(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = desk.write("paginas", 'kind = "lever"\naddress = "SITE/api"\ngap_seconds = 0.1\n')
    for skip in range(4):
        rows = [{"id": f"n{skip}", "text": "Guardia"}] if skip < 3 else []
        desk.site.set("/api" + (f"?skip={skip}" if skip else ""), Reply(str(rows).replace("'", '"')))
    kill_at(desk, monkeypatch, feed, 2)
    outcome, counts = desk.run(feed)
    assert (outcome, counts.new) == (Outcome.COMPLETE, 3)
    assert desk.site.paths() == ["/robots.txt", "/api?skip=2", "/api?skip=3"]


def test_counts_of_an_older_form_are_read() -> None:
    assert RunCounts.of({"new": 3, "gone": 1}, []).read == 3


def test_jobs_come_with_what_was_seen_of_them(desk: Desk, board_feed: Feed) -> None:
    desk.site.set("/api", board(1))
    desk.run(board_feed)
    assert Records(desk.database).get_job("tablero:1").employer == "Taller"
