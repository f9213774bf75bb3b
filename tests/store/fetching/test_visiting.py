"""A guest's manners: robots.txt, the host's rate, what is asked again, where nobody goes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store.fetching.errors import FetchError, ForbiddenError, OutOfTimeError
from store.fetching.visiting import Validators, retry_after_seconds
from tests.local_site import Reply, Site
from tests.store.fetching.conftest import Time, Visit

MOST = 10_000
NOTHING = Validators()
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def test_a_page_is_read_after_robots_txt_at_the_hosts_rate(site: Site, visit: Visit, time: Time) -> None:
    site.set("/a", "hola")
    visitor = visit(gap_seconds=2.0)
    assert visitor.get(f"{site.address}/a", NOTHING, MOST).body == b"hola"
    visitor.get(f"{site.address}/a", NOTHING, MOST)
    assert site.paths() == ["/robots.txt", "/a", "/a"]
    assert time.slept == [2.0, 2.0]
    assert site.requests[1].headers["user-agent"].startswith("ChambaFeeds/1")


def test_what_did_not_change_is_not_sent_again(site: Site, visit: Visit) -> None:
    site.set("/a", Reply("hola", headers={"ETag": '"1"'}))
    answer = visit().get(
        f"{site.address}/a", Validators(etag='"1"', last_modified="Sun, 01 Nov 2026 00:00:00 GMT"), MOST
    )
    assert (answer.status, answer.body) == (304, b"")
    assert site.requests[-1].headers["if-modified-since"] == "Sun, 01 Nov 2026 00:00:00 GMT"


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_an_answer(site: Site, visit: Visit, status: int) -> None:
    site.set("/a", Reply(status=status))
    assert visit().get(f"{site.address}/a", NOTHING, MOST).status == status


@pytest.mark.parametrize(
    "robots",
    [
        "User-agent: *\nDisallow: /a",
        "User-agent: someone\nDisallow:\n\nUser-agent: ChambaFeeds\nDisallow: /*a$",
        "\ufeffuser-agent: chambafeeds\ndisallow: /",
        "User-agent: uno\nUser-agent: *\nDisallow: /a",
    ],
)
def test_what_robots_txt_forbids_is_not_asked(site: Site, visit: Visit, robots: str) -> None:
    site.set("/robots.txt", robots)
    site.set("/a", "hola")
    with pytest.raises(ForbiddenError, match=r"robots\.txt"):
        visit().get(f"{site.address}/a", NOTHING, MOST)
    assert site.paths() == ["/robots.txt"]
    assert visit(obeys_robots=False).get(f"{site.address}/a", NOTHING, MOST).body == b"hola"


@pytest.mark.parametrize("robots", ["User-agent: otro\nDisallow: /", "", "%%%\x00\n", "Disallow: /"])
def test_what_robots_txt_forbids_to_others_is_asked(site: Site, visit: Visit, robots: str) -> None:
    site.set("/robots.txt", robots)
    site.set("/a", "hola")
    assert visit().get(f"{site.address}/a", NOTHING, MOST).body == b"hola"


def test_the_rest_that_a_host_asks_for_is_kept(site: Site, visit: Visit, time: Time) -> None:
    site.set("/robots.txt", "User-agent: *\nCrawl-delay: 7\n\nUser-agent: lento\nCrawl-delay: 900")
    site.set("/a", "hola")
    visitor = visit()
    for _ in range(3):
        visitor.get(f"{site.address}/a", NOTHING, MOST)
    assert time.slept == [1.0, 7.0, 7.0]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_nothing_is_read_while_robots_txt_cannot_be(site: Site, visit: Visit, status: int) -> None:
    site.set("/robots.txt", Reply(status=status))
    with pytest.raises(FetchError, match=r"robots\.txt cannot be read") as failed:
        visit().get(f"{site.address}/a", NOTHING, MOST)
    assert failed.value.is_passing
    assert set(site.paths()) == {"/robots.txt"}


def test_a_long_robots_txt_is_read_to_its_cap(site: Site, visit: Visit) -> None:
    site.set("/robots.txt", "User-agent: *\nDisallow: /a\n" + "# nada\n" * 200_000)
    with pytest.raises(ForbiddenError):
        visit().get(f"{site.address}/a", NOTHING, MOST)


@pytest.mark.parametrize("after", ["30", "Sun, 29 Nov 2099 12:00:30 GMT", "luego", ""])
def test_what_may_pass_is_asked_again(site: Site, visit: Visit, time: Time, after: str) -> None:
    site.set("/a", Reply(status=429, headers={"Retry-After": after}), Reply("hola"))
    if "2099" in after:
        with pytest.raises(FetchError, match="429") as failed:
            visit(0.0).get(f"{site.address}/a", NOTHING, MOST)
        assert failed.value.retry_after_seconds is not None
        return
    assert visit(0.0).get(f"{site.address}/a", NOTHING, MOST).body == b"hola"
    assert time.slept == [30.0 if after == "30" else 5.0]


def test_a_host_that_keeps_failing_is_left_alone(site: Site, visit: Visit, time: Time) -> None:
    site.set("/a", Reply(status=500))
    with pytest.raises(FetchError, match="500"):
        visit(0.0).get(f"{site.address}/a", NOTHING, MOST)
    assert site.paths() == ["/robots.txt", "/a", "/a", "/a"]
    assert time.slept == [5.0, 20.0]


@pytest.mark.parametrize("status", [400, 401, 403, 418, 204])
def test_a_refusal_is_not_argued_with(site: Site, visit: Visit, status: int) -> None:
    site.set("/a", Reply(status=status))
    with pytest.raises(FetchError, match=str(status)):
        visit().get(f"{site.address}/a", NOTHING, MOST)
    assert site.paths() == ["/robots.txt", "/a"]


def test_redirects_are_followed_within_the_source(site: Site, visit: Visit) -> None:
    site.set("/a", Reply(status=301, headers={"Location": "/b"}))
    site.set("/b", "hola")
    answer = visit().get(f"{site.address}/a", NOTHING, MOST)
    assert (answer.body, answer.url) == (b"hola", f"{site.address}/b")


@pytest.mark.parametrize(
    "target", ["https://otro.example/b", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "//localhost/"]
)
def test_redirects_to_elsewhere_are_not(site: Site, visit: Visit, target: str) -> None:
    site.set("/a", Reply(status=302, headers={"Location": target}))
    with pytest.raises(ForbiddenError, match="another host"):
        visit().get(f"{site.address}/a", NOTHING, MOST)


def test_robots_txt_is_asked_for_at_each_step(site: Site, visit: Visit) -> None:
    site.set("/robots.txt", "User-agent: *\nDisallow: /privado")
    site.set("/a", Reply(status=302, headers={"Location": "/privado"}))
    with pytest.raises(ForbiddenError, match=r"robots\.txt"):
        visit().get(f"{site.address}/a", NOTHING, MOST)


@pytest.mark.parametrize("target", ["", "http://[", "ftp://127.0.0.1/", "/a"])
def test_redirects_that_lead_nowhere_end(site: Site, visit: Visit, target: str) -> None:
    site.set("/a", Reply(status=302, headers={"Location": target}))
    with pytest.raises(FetchError):
        visit().get(f"{site.address}/a", NOTHING, MOST)
    assert len(site.requests) < 10


def test_time_that_does_not_reach_ends_the_visit(site: Site, visit: Visit, time: Time) -> None:
    site.set("/a", "hola")
    visitor = visit(gap_seconds=60.0, until=time.now + 100)
    visitor.get(f"{site.address}/a", NOTHING, MOST)
    with pytest.raises(OutOfTimeError):
        visitor.get(f"{site.address}/a", NOTHING, MOST)
    assert time.now == 1060.0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("120", 120.0), ("Sun, 29 Nov 2026 12:01:00 GMT", 60.0), ("Sun, 29 Nov 2026 11:00:00 GMT", 0.0), ("-5", None)]
    + [(text, None) for text in ("", "soon", "9" * 400, "Sun, 99 Nov 2026", "1e3")],
)
def test_when_to_come_again(text: str, seconds: float | None) -> None:
    assert retry_after_seconds(text, NOW) == seconds
