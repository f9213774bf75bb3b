"""Pages with JSON-LD, found by sitemaps: of sitemaps, large, compressed, with pages that are broken or gone."""

from __future__ import annotations

import gzip

import pytest

from store.feeds.counts import Outcome
from store.feeds.feed_files import Feed
from store.records.records import Records
from tests.local_site import Reply
from tests.store.feeds.conftest import Desk, page, sitemap


@pytest.fixture
def feed(desk: Desk) -> Feed:
    """A feed of the pages under `/aviso/`."""
    return desk.write(
        "mapa",
        'kind = "sitemap"\naddress = "SITE/sitemap.xml"\npages = "/aviso/"\ngap_seconds = 0.1\nmost_pages = 300\n',
    )


def put_pages(desk: Desk, *numbers: int, modified: str = "") -> None:
    for number in numbers:
        desk.site.set(f"/aviso/{number}", page(number))
    at = [f"{desk.site.address}/aviso/{number}" for number in numbers]
    desk.site.set("/sitemap.xml", sitemap(*at, f"{desk.site.address}/ayuda", modified=modified))


def test_pages_of_a_sitemap(desk: Desk, feed: Feed) -> None:
    put_pages(desk, 1, 2)
    outcome, counts = desk.run(feed)
    assert (outcome, counts.read, counts.new, counts.documents) == (Outcome.COMPLETE, 2, 2, 3)
    assert "/ayuda" not in desk.site.paths()
    urls = {job.title: job.url for job in Records(desk.database).iter_jobs()}
    assert urls["Cajera 1"] == f"{desk.site.address}/aviso/1"


def test_a_sitemap_of_sitemaps_some_of_them_compressed(desk: Desk, feed: Feed) -> None:
    at = desk.site.address
    desk.site.set("/sitemap.xml", sitemap(f"{at}/a.xml", f"{at}/b.xml.gz", f"{at}/sitemap.xml", kind="sitemap"))
    desk.site.set("/a.xml", sitemap(f"{at}/aviso/1"))
    desk.site.set("/b.xml.gz", Reply(gzip.compress(sitemap(f"{at}/aviso/2", f"{at}/aviso/1").encode())))
    for number in (1, 2):
        desk.site.set(f"/aviso/{number}", page(number))
    outcome, counts = desk.run(feed)
    assert (outcome, counts.new) == (Outcome.COMPLETE, 2)
    assert desk.site.paths().count("/aviso/1") == 1
    assert desk.site.paths().count("/sitemap.xml") == 1


def test_what_the_sitemap_says_is_as_it_was_is_not_asked(desk: Desk, feed: Feed) -> None:
    put_pages(desk, 1, 2, modified="2026-11-01")
    desk.run(feed)
    outcome, counts = desk.run(feed)
    assert (outcome, counts.same, counts.read) == (Outcome.COMPLETE, 2, 2)
    assert desk.site.paths() == ["/robots.txt", "/sitemap.xml"]
    put_pages(desk, 1, 2, modified="2026-11-30")
    assert desk.run(feed)[1].same == 2
    assert "/aviso/1" in desk.site.paths()


def test_a_sitemap_is_not_believed_for_ever(desk: Desk, feed: Feed) -> None:
    put_pages(desk, 1, modified="2026-11-01")
    asked = []
    for _ in range(9):
        desk.run(feed)
        asked.append("/aviso/1" in desk.site.paths())
    assert asked == [True, *[False] * 6, True, False]


def test_a_page_that_is_gone_is_missed_and_one_that_fails_is_not(desk: Desk, feed: Feed) -> None:
    put_pages(desk, *range(1, 7))
    desk.run(feed)
    desk.site.remove("/aviso/5")
    desk.site.set("/aviso/6", Reply(status=500))
    for _ in range(3):
        outcome, counts = desk.run(feed)
        assert (outcome, counts.failed_documents, counts.closed) == (Outcome.PARTIAL, 1, 0)
        assert counts.skipped == {"a page that is gone": 1}
    desk.site.set("/aviso/6", page(6))
    desk.run(feed)
    assert desk.run(feed)[1].closed == 1
    assert desk.open_numbers() == ["1", "2", "3", "4", "6"]


def test_of_a_large_site_few_pages_may_fail_and_theirs_are_not_missed(desk: Desk, feed: Feed) -> None:
    put_pages(desk, *range(100))
    desk.run(feed)
    desk.site.set("/aviso/7", Reply(status=403))
    desk.site.remove("/aviso/8")
    desk.run(feed)
    outcome, counts = desk.run(feed)
    assert (outcome, counts.failed_documents, counts.closed) == (Outcome.COMPLETE, 1, 1)
    assert len(desk.open_numbers()) == 99
    assert "7" in desk.open_numbers()


def test_a_page_whose_posting_is_broken_is_rejected_and_its_job_stays(desk: Desk, feed: Feed) -> None:
    put_pages(desk, 1, 2, 3, 4)
    desk.run(feed)
    desk.site.set("/aviso/4", '<script type="application/ld+json">{"@type": "JobPosting", "title": </script>')
    for _ in range(3):
        outcome, counts = desk.run(feed)
        assert (outcome, counts.read, counts.same, counts.rejected) == (Outcome.COMPLETE, 4, 3, 1)
        assert any("/aviso/4" in problem for problem in counts.problems)
    assert len(desk.open_numbers()) == 4


def test_two_posts_under_one_number_are_two(desk: Desk, feed: Feed) -> None:
    put_pages(desk, 1)
    linked = [page(7), page(7).replace("Cajera", "Guardia")]
    desk.site.set("/aviso/1", "".join(linked))
    for _ in range(2):
        _, counts = desk.run(feed)
    assert (counts.read, counts.same, len(desk.jobs())) == (2, 2, 2)


def test_a_page_without_a_posting_is_passed_over(desk: Desk, feed: Feed) -> None:
    put_pages(desk, 1)
    desk.site.set("/aviso/1", "<p>Este aviso ya no está.</p>")
    _, counts = desk.run(feed)
    assert (counts.read, counts.skipped) == (1, {"a page without a posting": 1})


def test_addresses_are_taken_from_the_feeds_own_hosts(desk: Desk, feed: Feed) -> None:
    desk.site.set("/aviso/1", page(1))
    others = ("https://otro.example/aviso/2", "http://169.254.169.254/aviso/3", "ftp://a/aviso/", "", "http://[/aviso/")
    desk.site.set("/sitemap.xml", sitemap("/aviso/1", *others))
    outcome, counts = desk.run(feed)
    assert (outcome, counts.new, counts.skipped_count) == (Outcome.COMPLETE, 1, 5)


def test_a_page_of_its_own_address_and_one_that_is_relative(desk: Desk, feed: Feed) -> None:
    put_pages(desk, 1, 2)
    desk.site.set("/aviso/1", page(1, url="/aviso/1?de=mapa"))
    desk.site.set("/aviso/2", page(2, url="https://otro.example/2"))
    desk.run(feed)
    urls = [job.url for job in Records(desk.database).iter_jobs()]
    assert sorted(map(str, urls)) == [f"{desk.site.address}/aviso/1?de=mapa", "https://otro.example/2"]


@pytest.mark.parametrize("charset", ["iso-8859-1", "UTF-8", "windows-1252", "no-hay"])
def test_pages_are_read_in_the_letters_that_the_host_names(desk: Desk, feed: Feed, charset: str) -> None:
    put_pages(desk, 1)
    text = '<script type="application/ld+json">{"@type":"JobPosting","title":"Diseñadora","identifier":"1"}</script>'
    body = text.encode("utf-8" if charset == "no-hay" else charset)
    desk.site.set("/aviso/1", Reply(body, headers={"Content-Type": f"text/html; charset={charset}"}))
    desk.run(feed)
    assert [job.title for job in Records(desk.database).iter_jobs()] == ["Diseñadora"]


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "utf-7", "unicode_escape", "base64", "rot13", "utf-8-sig", "\\\\"]
)
def test_letters_that_no_page_is_written_in_are_not_tried(desk: Desk, feed: Feed, charset: str) -> None:
    put_pages(desk, 1)
    desk.site.set("/aviso/1", Reply(page(1), headers={"Content-Type": f"text/html; charset={charset}"}))
    assert desk.run(feed)[1].new == 1


def test_a_host_that_is_down_is_not_asked_for_each_page(desk: Desk, feed: Feed) -> None:
    put_pages(desk, *range(40))
    desk.run(feed)
    for number in range(3, 40):
        desk.site.set(f"/aviso/{number}", Reply(status=403))
    outcome, counts = desk.run(feed)
    assert (outcome, counts.same, counts.failed_documents) == (Outcome.PARTIAL, 3, 10)
    assert "/aviso/13" not in desk.site.paths()


def test_more_pages_than_the_feed_may_read(desk: Desk, feed: Feed) -> None:
    put_pages(desk, *range(310))
    outcome, counts = desk.run(feed)
    assert (outcome, counts.documents, counts.new) == (Outcome.PARTIAL, 300, 299)
    assert any("most_pages" in problem for problem in counts.problems)


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>Hola</body></html>",
        "",
        "no es xml",
        '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>',
    ],
)
def test_what_is_no_sitemap_is_no_empty_one(desk: Desk, feed: Feed, body: str) -> None:
    put_pages(desk, 1, 2, 3)
    desk.run(feed)
    desk.site.set("/sitemap.xml", body)
    for _ in range(3):
        outcome, counts = desk.run(feed)
        assert outcome is not Outcome.COMPLETE
        assert counts.failed_listings == 1
    assert len(desk.open_numbers()) == 3


def test_a_sitemap_that_breaks_off_gives_what_came_before(desk: Desk, feed: Feed) -> None:
    put_pages(desk, 1, 2, 3)
    at = desk.site.address
    desk.site.set("/sitemap.xml", sitemap(f"{at}/aviso/1", f"{at}/aviso/2")[:-20])
    outcome, counts = desk.run(feed)
    assert (outcome, counts.new) == (Outcome.PARTIAL, 1)


def test_pages_that_robots_txt_forbids_are_not_asked(desk: Desk, feed: Feed) -> None:
    put_pages(desk, 1, 2)
    desk.site.set("/robots.txt", "User-agent: *\nDisallow: /aviso/2")
    outcome, counts = desk.run(feed)
    assert (outcome, counts.new, counts.skipped) == (Outcome.COMPLETE, 1, {"robots.txt does not allow it": 1})
    assert "/aviso/2" not in desk.site.paths()


def test_a_posting_that_robots_txt_hides_is_not_missed(desk: Desk, feed: Feed) -> None:
    put_pages(desk, *range(5))
    desk.run(feed)
    desk.site.set("/robots.txt", "User-agent: *\nDisallow: /aviso/2")
    for _ in range(3):
        assert desk.run(feed)[0] is Outcome.COMPLETE
    assert len(desk.open_numbers()) == 5


def test_a_page_that_leads_elsewhere_is_passed_over(desk: Desk, feed: Feed) -> None:
    put_pages(desk, 1, 2)
    desk.site.set("/aviso/2", Reply(status=302, headers={"Location": "https://otro.example/"}))
    outcome, counts = desk.run(feed)
    assert (outcome, counts.new, counts.skipped) == (Outcome.COMPLETE, 1, {"leads to another host": 1})
