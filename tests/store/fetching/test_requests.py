"""One request keeps to public addresses, to its time and to its size, whatever the host does."""

from __future__ import annotations

import gzip
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path

import pytest

from engine.errors import InvalidInputError
from store.fetching.addresses import IpAddress, networks_of, require_reachable
from store.fetching.bodies import gunzipped
from store.fetching.errors import FetchError, ForbiddenError
from store.fetching.requests import Answer, Fetcher, FetchLimits, MostBytes, address_of
from tests.api.partners.certificates import tls_for
from tests.local_site import LOOPBACK, Reply, Site, gzipped, local_site

MOST = MostBytes(10_000)
PRIVATE = ("127.0.0.1", "10.0.0.5", "192.168.0.9", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "fd00::1")  # noqa: S104
MAPPED = ("::ffff:10.0.0.5", "64:ff9b::a00:5", "2002:a00:5::1")


def ask(fetcher: Fetcher, site: Site, path: str = "/a", most: MostBytes = MOST) -> Answer:
    return fetcher.ask(address_of(site.address + path), {}, most)


@pytest.mark.parametrize("address", [*PRIVATE, *MAPPED])
def test_a_name_that_leads_into_a_private_network_is_not_asked(address: str) -> None:
    fetcher = Fetcher(resolve=lambda _host, _port: [ip_address("8.8.8.8"), ip_address(address)])
    with pytest.raises(ForbiddenError, match="private network"):
        fetcher.ask(address_of("https://empleos.example/a"), {}, MOST)
    fetcher.close()


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "localhost", "[::1]", "[::ffff:7f00:1]"]
)
def test_however_it_is_written(site: Site, host: str) -> None:
    fetcher = Fetcher()
    with pytest.raises(FetchError):
        fetcher.ask(address_of(site.address.replace("127.0.0.1", host) + "/a"), {}, MOST)
    assert site.requests == []
    fetcher.close()


def test_networks_that_were_named_are_asked(site: Site) -> None:
    site.set("/a", "hola")
    fetcher = Fetcher(networks=networks_of("10.0.0.0/8, 127.0.0.1/32"))
    assert ask(fetcher, site).body == b"hola"
    fetcher.close()


def test_what_was_checked_is_connected_to(site: Site) -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[IpAddress]:
        asked.append(host)
        return [ip_address("127.0.0.1")]

    site.set("/a", "hola")
    fetcher = Fetcher(networks=LOOPBACK, resolve=resolve)
    answer = fetcher.ask(address_of(site.address.replace("127.0.0.1", "empleos.example") + "/a"), {}, MOST)
    assert (answer.body, asked) == (b"hola", ["empleos.example"])
    assert site.requests[0].headers["host"].startswith("empleos.example:")
    fetcher.close()


@pytest.mark.parametrize("text", ["10.0.0.0/33", "casa", "127.0.0.1/8"])
def test_networks_are_written_right(text: str) -> None:
    with pytest.raises(InvalidInputError, match="not a network"):
        networks_of(text)


def test_a_name_without_addresses_is_not_reachable() -> None:
    with pytest.raises(InvalidInputError, match="no address"):
        require_reachable([], ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hola",
        "ftp://a.example/",
        "https://",
        "https://u:p@a.example/",
        "https://a.example:0/",
        "https://a.example:99999/",
        "file:///etc/passwd",
        "https://" + "a" * 2100,
        "https://[",
        "http:///a",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(FetchError):
        address_of(text)


def test_compressed_bodies_are_read(fetcher: Fetcher, site: Site) -> None:
    site.set("/a", gzipped("hola " * 100))
    assert ask(fetcher, site).body == b"hola " * 100


@pytest.mark.parametrize(
    "reply",
    [
        gzipped("hola " * 1000, cut=20),
        Reply(b"no es gzip", headers={"Content-Encoding": "gzip"}),
        Reply(b"x", headers={"Content-Encoding": "br"}),
        Reply("x" * 10_001),
        Reply(gzip.compress(b"0" * 30_000_000), headers={"Content-Encoding": "gzip"}),
        Reply(gzip.compress(b"0" * 6_000) * 2, headers={"Content-Encoding": "gzip"}),
    ],
    ids=["cut", "not gzip", "not asked for", "large", "bomb", "two members"],
)
def test_bodies_that_cannot_be_used_are_refused(fetcher: Fetcher, site: Site, reply: Reply) -> None:
    site.set("/a", reply)
    with pytest.raises(FetchError):
        ask(fetcher, site)


def test_a_body_that_may_be_cut_is(fetcher: Fetcher, site: Site) -> None:
    site.set("/a", Reply("x" * 50_000))
    assert ask(fetcher, site, most=MostBytes(100, is_cut=True)).body == b"x" * 100


def test_a_body_that_ends_too_early_is_no_body(fetcher: Fetcher, site: Site) -> None:
    site.set("/a", Reply(headers={"Content-Length": "100"}, writes=lambda handler: handler.wfile.write(b"hola")))
    with pytest.raises(FetchError) as failed:
        ask(fetcher, site)
    assert failed.value.is_passing


def test_a_host_that_stops_in_the_middle_is_left(site: Site) -> None:
    def stall(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"hola")
        handler.wfile.flush()
        site.ended.wait()

    site.set("/a", Reply(writes=stall))
    fetcher = Fetcher(networks=LOOPBACK, limits=FetchLimits(5.0, 0.2, 30.0))
    with pytest.raises(FetchError):
        ask(fetcher, site)
    fetcher.close()


def test_a_host_that_drips_is_left(site: Site) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        while not site.ended.wait(0.01):
            handler.wfile.write(b".")
            handler.wfile.flush()

    site.set("/a", Reply(writes=drip))
    fetcher = Fetcher(networks=LOOPBACK, limits=FetchLimits(5.0, 5.0, 0.5))
    with pytest.raises(FetchError, match="too slow"):
        ask(fetcher, site)
    fetcher.close()


def test_a_port_where_nobody_listens_is_an_error(site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(FetchError, match="no whole answer"):
        fetcher.ask(address_of("http://127.0.0.1:1/"), {}, MOST)
    assert site.requests == []


def test_files_that_are_gzip_are_opened() -> None:
    assert gunzipped(gzip.compress(b"hola"), 100) == b"hola"
    assert gunzipped(b"<urlset/>", 100) == b"<urlset/>"
    with pytest.raises(FetchError, match="too large"):
        gunzipped(gzip.compress(b"0" * 10_000_000), 1_000)


def test_the_certificate_is_held_against_the_name(tmp_path: Path) -> None:
    server_tls, client_tls = tls_for("empleos.example", tmp_path)
    with local_site(server_tls) as site:
        site.set("/a", "hola")
        fetcher = Fetcher(networks=LOOPBACK, tls=client_tls, resolve=lambda _host, _port: [ip_address("127.0.0.1")])
        at = site.address.replace("http://127.0.0.1", "https://empleos.example")
        assert fetcher.ask(address_of(f"{at}/a"), {}, MOST).body == b"hola"
        with pytest.raises(FetchError, match="no whole answer"):
            fetcher.ask(address_of(f"{at}/a".replace("empleos", "otro")), {}, MOST)
        fetcher.close()
    assert len(site.requests) == 1


def test_of_a_names_addresses_the_first_that_answers_is_taken(site: Site) -> None:
    site.set("/a", "hola")
    addresses: list[IpAddress] = [ip_address("127.0.0.2"), ip_address("127.0.0.1")]  # nobody listens at the first
    fetcher = Fetcher(networks=LOOPBACK, resolve=lambda _host, _port: addresses)
    assert ask(fetcher, site).body == b"hola"
    fetcher.close()
