"""Webhooks go to the open internet, whatever a name or a number leads to."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.delivering.webhook_addresses import port_of, require_public, webhook_url
from engine.errors import InvalidInputError
from store.fetching.addresses import is_public, system_addresses

PUBLIC = ("8.8.8.8", "190.12.3.4", "2001:4860:4860::8888", "2800:200::1")
PRIVATE = (
    *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1"),  # noqa: S104 (nothing is bound)
    *("192.168.1.1", "100.64.0.1", "169.254.169.254"),
    *("192.0.0.8", "192.88.99.1", "198.18.0.1", "224.0.1.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fd00::1", "fec0::1", "ff02::1", "2001:db8::1"),
    # IPv4 in IPv6: mapped, compatible, 6to4, Teredo, and translated (RFC 6052, RFC 8215)
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::", "2001:0:7f00:1::", "64:ff9b::7f00:1"),
    "64:ff9b:1::a00:1",
)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_open_internet_is_taken(address: str) -> None:
    assert is_public(ip_address(address))
    require_public(webhook_url("https://a.pe", allows_loopback=False), [ip_address(address)], allows_loopback=False)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_another_network_is_refused(address: str) -> None:
    url = webhook_url("https://a.pe", allows_loopback=False)
    for addresses in ([ip_address(address)], [ip_address("8.8.8.8"), ip_address(address)]):
        with pytest.raises(InvalidInputError, match="private network"):
            require_public(url, addresses, allows_loopback=False)


@given(number=st.integers(0, 2**32 - 1))
def test_an_ipv4_address_is_judged_alike_however_ipv6_writes_it(number: int) -> None:
    plain = IPv4Address(number)
    assert is_public(IPv6Address(f"::ffff:{plain}")) == is_public(plain)
    assert not is_public(IPv6Address(f"64:ff9b::{plain}"))
    assert not is_public(IPv6Address(f"::{plain}"))


def test_loopback_is_taken_only_in_development_and_alone_without_encryption() -> None:
    url = webhook_url("http://localhost:8001/hook", allows_loopback=True)
    require_public(url, [ip_address("127.0.0.1"), ip_address("::1")], allows_loopback=True)
    for address in ("8.8.8.8", "10.0.0.1"):
        with pytest.raises(InvalidInputError):
            require_public(url, [ip_address(address)], allows_loopback=True)
    with pytest.raises(InvalidInputError, match="encryption"):
        webhook_url("http://localhost:8001/hook", allows_loopback=False)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "x",
            "https://",
            "https:///a",
            "ftp://a.pe/",
            "file:///etc/passwd",
            "//a.pe",
            "https://[::1",
            "https://a\n.pe",
        ),
        *("https://user:password@a.pe/", "https://user@a.pe", "https://a.pe/#part", "https://a.pe/" + "a" * 2_000),
    ],
)
def test_another_form_of_address_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        webhook_url(text, allows_loopback=True)
    assert "password@" not in str(caught.value)


@given(text=st.text(max_size=60))
def test_every_text_is_an_address_or_refused(text: str) -> None:
    for candidate in (text, f"https://{text}"):
        try:
            url = webhook_url(candidate, allows_loopback=False)
        except InvalidInputError:
            continue
        assert (url.scheme, bool(url.host), url.userinfo) == ("https", True, b"")
        url.raw_host.decode("ascii")
        assert 0 <= port_of(url) <= 65_535


@pytest.mark.parametrize("port", [1, 22, 25, 80, 587, 2375, 3306, 5432, 6379, 8080, 9200, 11211, 65_535])
def test_a_port_where_something_else_than_a_web_server_answers_is_refused(port: int) -> None:
    with pytest.raises(InvalidInputError, match=f"port {port},"):
        webhook_url(f"https://a.pe:{port}/hook", allows_loopback=False)
    kept = webhook_url(f"https://a.pe:{port}/hook", allows_loopback=True)  # as one that was made before
    with pytest.raises(InvalidInputError, match=f"port {port},"):
        require_public(kept, [ip_address("8.8.8.8")], allows_loopback=True)
    require_public(kept, [ip_address("127.0.0.1")], allows_loopback=True)


@pytest.mark.parametrize("port", [443, 8443])
def test_a_port_of_web_servers_is_taken(port: int) -> None:
    url = webhook_url(f"https://a.pe:{port}/hook", allows_loopback=False)
    require_public(url, [ip_address("8.8.8.8")], allows_loopback=False)


@pytest.mark.parametrize("number", ["127.0.0.1", "2130706433", "0x7f.1"])
def test_a_number_in_any_form_is_the_address_that_it_is(number: str) -> None:
    assert system_addresses(number, 443) == [ip_address("127.0.0.1")]


@pytest.mark.parametrize("host", ["a..pe", "a" * 64 + ".pe", "no-such-host.invalid", ".."])
def test_a_host_that_nobody_knows_has_no_address(host: str) -> None:
    with pytest.raises(socket.gaierror):
        system_addresses(host, 443)
