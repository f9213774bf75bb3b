"""What disappears is closed when two complete runs missed it, and never half of a source at once."""

from __future__ import annotations

import pytest

from store.database import writing
from store.feeds.counts import Outcome
from store.feeds.feed_files import Feed
from store.hiring.moderated_imports import close_import
from store.hiring.taken_down import note_taken_down
from store.records.records import Records
from tests.local_site import Reply
from tests.store.feeds.conftest import Desk, board, page, sitemap

FIVE = (1, 2, 3, 4, 5)


def test_the_second_miss_closes(desk: Desk, board_feed: Feed) -> None:
    desk.site.set("/api", board(*FIVE))
    assert desk.run(board_feed)[1].new == 5
    desk.site.set("/api", board(1, 2, 3, 4))
    _, counts = desk.run(board_feed)
    assert (counts.read, counts.same, counts.closed, desk.open_ids()) == (4, 4, 0, ["1", "2", "3", "4", "5"])
    _, counts = desk.run(board_feed)
    assert (counts.closed, desk.open_ids()) == (1, ["1", "2", "3", "4"])
    assert desk.run(board_feed)[1].closed == 0


def test_what_comes_back_opens_again_and_has_two_more_runs(desk: Desk, board_feed: Feed) -> None:
    desk.site.set("/api", board(*FIVE))
    desk.run(board_feed)
    desk.site.set("/api", board(1, 2, 3, 4))
    desk.run(board_feed)
    desk.run(board_feed)
    desk.site.set("/api", board(*FIVE))
    _, counts = desk.run(board_feed)
    assert (counts.changed, counts.same, len(desk.open_ids())) == (1, 4, 5)
    desk.site.set("/api", board(1, 2, 3, 4))
    desk.run(board_feed)
    assert len(desk.open_ids()) == 5


def test_one_miss_between_two_sightings_is_none(desk: Desk, board_feed: Feed) -> None:
    for numbers in (FIVE, (1, 2, 3, 4), FIVE, (1, 2, 3, 4), FIVE):
        desk.site.set("/api", board(*numbers))
        assert desk.run(board_feed)[1].closed == 0
    assert len(desk.open_ids()) == 5


@pytest.mark.parametrize("left", [(), (1,), (1, 2)])
def test_half_of_a_source_is_not_closed_and_it_is_said(desk: Desk, board_feed: Feed, left: tuple[int, ...]) -> None:
    desk.site.set("/api", board(1, 2, 3, 4))
    desk.run(board_feed)
    desk.site.set("/api", board(*left))
    for _ in range(4):
        outcome, counts = desk.run(board_feed)
    gone = 4 - len(left)
    assert (outcome, counts.closed, counts.not_closed, len(desk.open_ids())) == (Outcome.COMPLETE, 0, gone, 4)
    assert any("--accept-closing" in problem for problem in counts.problems)
    (result,) = desk.results(board_feed)
    assert not result.is_well
    assert desk.run(board_feed, accepts_closing=True)[1].closed == gone
    assert len(desk.open_ids()) == len(left)


def test_a_run_that_failed_misses_nothing(desk: Desk, board_feed: Feed) -> None:
    desk.site.set("/api", board(*FIVE))
    desk.run(board_feed)
    for fault in (Reply(status=500), Reply("<html>", status=200), Reply('{"jobs": {}}'), Reply('{"jobs": [')):
        desk.site.set("/api", fault)
        outcome, counts = desk.run(board_feed)
        assert (outcome, counts.failed_listings) == (Outcome.FAILED, 1)
    desk.site.set("/api", board(1, 2, 3, 4))
    desk.run(board_feed)
    assert len(desk.open_ids()) == 5
    assert desk.run(board_feed)[1].closed == 1


def test_a_document_of_which_a_row_cannot_be_read_misses_nothing(desk: Desk, board_feed: Feed) -> None:
    desk.site.set("/api", board(*FIVE))
    desk.run(board_feed)
    broken = board(1, 2, 3).content.replace(b'"jobs": [', b'"jobs": ["?", {"id": 5, "title": " "}, ')
    desk.site.set("/api", Reply(broken))
    for _ in range(3):
        _, counts = desk.run(board_feed)
        assert (counts.read, counts.same, counts.rejected, counts.closed) == (5, 3, 2, 0)
    assert len(desk.open_ids()) == 5


def test_a_job_that_somebody_deleted_is_not_missed(desk: Desk, board_feed: Feed) -> None:
    desk.site.set("/api", board(*FIVE))
    desk.run(board_feed)
    Records(desk.database).delete_job("tablero:5")
    desk.site.set("/api", board(1, 2, 3, 4))
    for _ in range(3):
        desk.run(board_feed)
    assert desk.jobs() == {f"tablero:{number}": True for number in (1, 2, 3, 4)}


def test_a_feed_closes_what_is_its_own(desk: Desk, board_feed: Feed) -> None:
    other = desk.write("otro", 'kind = "remotive"\naddress = "SITE/otro"\ngap_seconds = 0.1\n')
    desk.site.set("/api", board(*FIVE))
    desk.site.set("/otro", board(*FIVE))
    desk.results(board_feed, other)
    desk.site.set("/api", board(1, 2, 3, 4))
    for _ in range(2):
        desk.results(board_feed, other)
    closed = [job_id for job_id, is_open in desk.jobs().items() if not is_open]
    assert closed == ["tablero:5"]


def test_a_host_that_says_that_nothing_changed_says_so_of_what_is_gone_too(desk: Desk, board_feed: Feed) -> None:
    desk.site.set("/api", board(*FIVE, etag='"a"'))
    desk.run(board_feed)
    desk.run(board_feed)
    desk.site.set("/api", board(1, 2, 3, 4, etag='"b"'))
    assert desk.run(board_feed)[1].same == 4
    _, counts = desk.run(board_feed)
    assert (counts.same, counts.closed, desk.open_ids()) == (4, 1, ["1", "2", "3", "4"])


def test_a_posting_of_two_pages_is_there_while_one_of_them_is(desk: Desk) -> None:
    feed = desk.write("mapa", 'kind = "sitemap"\naddress = "SITE/sitemap.xml"\ngap_seconds = 0.1\n')
    at = desk.site.address
    desk.site.set("/sitemap.xml", sitemap(*[f"{at}/{name}" for name in ("a", "b", "c", "d")], modified="2026-11-01"))
    for name, number in (("a", 1), ("b", 1), ("c", 2), ("d", 3)):
        content = page(number, url=f"https://taller.example/{number}")
        desk.site.set(f"/{name}", Reply(content, headers={"ETag": f'"{number}"'}))
    desk.run(feed)
    desk.site.remove("/a")
    desk.site.set("/sitemap.xml", sitemap(*[f"{at}/{name}" for name in ("b", "c", "d")], modified="2026-11-01"))
    for _ in range(4):
        desk.run(feed)
    assert desk.open_numbers() == ["1", "2", "3"]


def test_what_a_moderator_took_down_does_not_come_back(desk: Desk, board_feed: Feed) -> None:
    desk.site.set("/api", board(*FIVE))
    desk.run(board_feed)
    with writing(desk.database).begin() as connection:
        note_taken_down(connection, "tablero:1", None, desk.now)
        close_import(connection, "tablero:1")
    _, counts = desk.run(board_feed)
    assert (counts.same, desk.open_ids()) == (5, ["2", "3", "4", "5"])
    for numbers in ((2, 3, 4, 5), (2, 3, 4, 5), FIVE):
        desk.site.set("/api", board(*numbers))
        desk.run(board_feed)
    assert desk.open_ids() == ["2", "3", "4", "5"]
