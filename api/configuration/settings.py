"""What an operator may set, from `CHAMBA_*` environment variables; read when `Settings()` is called, not at import."""

from __future__ import annotations

import os
import re
import sys
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from api.configuration.phone_settings import PhoneSettings
from store.database import database_url

# Argon2id's second recommended option computes on so many cores at a time.
LANES = 4
# As browsers send them: no path, no upper case.
ORIGIN = re.compile(r"https://[a-z0-9.-]{1,253}(:[0-9]{1,5})?|http://(localhost|127\.0\.0\.1)(:[0-9]{1,5})?")
MOST_HASHES, MOST_WAITING_HASHES = 16, 20  # together fewer than the threads that answer requests


def _hashes_at_once(stated: dict[str, Any]) -> int:
    """As many as the cores of one worker compute at full speed."""
    workers: int = stated.get("workers", 1)
    return min(MOST_HASHES, max(1, available_cores() // (LANES * workers)))


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class Settings(PhoneSettings):
    """`CHAMBA_PORT=9000` sets `port`, and so on; values given to the constructor win.

    What may hold a password is a SecretStr, and no error repeats what was stated: it may be in the wrong variable.
    """

    model_config = SettingsConfigDict(env_prefix="CHAMBA_", frozen=True, hide_input_in_errors=True)

    data_dir: Path = Field(Path("data"), description="where bundles, models and the SQLite file are")
    database_url: SecretStr = Field(SecretStr(""), description="a SQLAlchemy URL; empty: chamba.db in data_dir")
    master_keys: Path | None = Field(None, description="the file of master keys; without it master.keys in data_dir")
    password_memory_kib: int = Field(65_536, ge=19_456, description="memory of one password's Argon2id, in KiB")
    session_idle_days: int = Field(30, ge=1, le=90, description="a session that is not used for so long ends")
    session_days: int = Field(180, ge=1, le=366, description="a session ends after so long, used or not")
    staff_session_idle_minutes: int = Field(
        60, ge=15, le=1440, description="the same for administrators, analysts, officers and developers, without use"
    )
    staff_session_hours: int = Field(12, ge=1, le=48, description="the same for them, used or not")
    step_up_minutes: int = Field(
        15, ge=1, le=60, description="what decides about people asks for a log-in, or another proof, that is no older"
    )
    passkey_domain: str = Field(
        "localhost",
        pattern=r"^[a-z0-9-]+([.][a-z0-9-]+)*$",
        description="whose passkeys are taken: the domain of the pages where people log in, or one above it",
    )
    passkey_origins: str = Field(
        "http://localhost:8000", description="the origins of those pages, with commas: https://chamba.example"
    )
    smtp_url: SecretStr = Field(
        SecretStr(""), description="smtp://user:password@host:587; empty: mails are files in data_dir/outbox"
    )
    mail_sender: str = Field(
        "chamba@localhost",
        description="who mails are from; somebody reads what is answered to it: some mails ask for that",
    )
    public_address: str = Field(
        "", description="where people reach Chamba, as https://chamba.pe; empty: mails name places and link to none"
    )
    webhooks_to_loopback: bool = Field(False, description="for development: webhooks may be http:// on this machine")
    delivery_poll_seconds: float = Field(1, gt=0, description="how often to look for webhooks and mails to send")
    database_silent_seconds: float = Field(
        10, gt=0, description="how long a PostgreSQL that says nothing is waited for; then 503"
    )
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    workers: int = Field(1, ge=1, le=64, description="processes that serve; workers x threads <= cores")
    password_hashes_at_once: int = Field(
        default_factory=_hashes_at_once,
        ge=1,
        le=MOST_HASHES,
        description="passwords hashed at a time in one worker, each with password_memory_kib; from the cores",
    )
    password_hashes_waiting: int = Field(
        16,
        ge=0,
        le=MOST_WAITING_HASHES,
        description="requests that wait for one of those; the next gets 503 with Retry-After",
    )
    encoder_threads: int = Field(1, ge=1, le=64, description="threads of one encoder call; workers x threads <= cores")
    most_waiting: int = Field(
        32, ge=1, description="requests for recommendations that wait in one worker; the next gets 503 with Retry-After"
    )
    most_at_once_per_caller: int = Field(
        2,
        ge=1,
        description="requests of one partner or account answered at a time in one worker; others of theirs wait",
    )
    max_body_bytes: int = Field(256 * 1024, ge=1024)
    max_header_bytes: int = Field(32 * 1024, ge=1024, description="address and headers of a request; more is a 431")
    max_headers: int = Field(100, ge=10, description="headers of a request; more is a 431")
    most_pipelined: int = Field(64, ge=1, description="requests sent ahead on one connection; more end it")
    header_seconds: float = Field(10, gt=0, description="how long the headers of a request may take to come")
    body_seconds: float = Field(60, gt=0, description="how long the body of a request may take to come")
    least_bytes_per_second: int = Field(
        100, ge=1, description="who sends a body or reads an answer more slowly is cut off"
    )
    stalled_seconds: float = Field(10, gt=0, description="the time over which that speed is taken")
    keep_alive_seconds: int = Field(5, ge=1, description="how long a connection waits for its next request")
    stop_seconds: int = Field(20, ge=1, description="how long a server that is told to stop finishes answers")
    most_connections: int = Field(1000, ge=1, description="connections of one worker; the next gets 503 and is closed")
    most_connections_per_address: int = Field(
        200, ge=1, description="those of one IPv4 address or IPv6 /64 network; a village may share one"
    )
    proxy_addresses: str = Field(
        "",
        description="addresses and networks, with commas, of proxies in front: their X-Forwarded-For is believed, and "
        "their connections are not limited by address",
    )
    metrics_token: SecretStr = Field(
        SecretStr(""),
        description="who asks for /metrics shows it as a bearer token; empty: only who asks from this machine",
    )
    cors_origins: str = Field(
        "",
        description="origins, with commas, whose pages may ask with a partner's key, such as https://app.example.pe",
    )
    bundle_poll_seconds: float = Field(0.5, gt=0, description="how often to look for a newer bundle and changed jobs")
    journal_seconds: float = Field(0.5, gt=0, description="how long answers wait in the journal for the database")
    development_pages: bool = Field(False, description="for development: /diseño shows every component of the pages")
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("proxy_addresses")
    @classmethod
    def _are_addresses(cls, stated: str) -> str:
        try:
            networks_of(stated)
        except ValueError:
            raise ValueError("expected addresses and networks with commas, such as 127.0.0.0/8,::1") from None
        return stated

    @field_validator("public_address")
    @classmethod
    def _is_an_address(cls, stated: str) -> str:
        if stated and not is_site(stated):
            raise ValueError("expected an address without path, such as https://chamba.pe")
        return stated.rstrip("/")

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, stated: str) -> str:
        if not all(ORIGIN.fullmatch(origin) for origin in origins_of(stated)):
            raise ValueError(
                "expected origins with commas, such as https://app.example.pe (http:// for localhost alone), and no *"
            )
        return stated

    @model_validator(mode="after")
    def _are_origins_of_the_domain(self) -> Settings:
        for origin in origins_of(self.passkey_origins):
            host, domain = urlsplit(origin).hostname or "", self.passkey_domain
            if not ORIGIN.fullmatch(origin) or not (host == domain or host.endswith(f".{domain}")):
                raise ValueError(f"passkey_origins: expected https:// and {domain}, or a name below it, without a path")
        return self

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins of `cors_origins`."""
        return origins_of(self.cors_origins)

    def environment(self) -> dict[str, str]:
        """The variables that give another process these settings, passwords in the clear."""
        stated = ((name, value) for name, value in self.model_dump().items() if value is not None)
        return {f"CHAMBA_{name.upper()}": _in_the_clear(value) for name, value in stated}

    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks of `proxy_addresses`."""
        return networks_of(self.proxy_addresses)

    @property
    def bundles(self) -> Path:
        """The folder of published bundles, with its link `current`."""
        return self.data_dir / "bundles"

    @property
    def journal(self) -> Path:
        """The folder in which recommendations wait to be logged."""
        return self.data_dir / "journal"

    @property
    def analytics(self) -> Path:
        """The folder of pseudonymous snapshots."""
        return self.data_dir / "analytics"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force, with its password."""
        return database_url(self.data_dir, self.database_url.get_secret_value())


def is_site(stated: str) -> bool:
    """Whether a text is the address of a site: https, or http on this machine, and a host, nothing more."""
    try:
        url = urlsplit(stated)
        is_whole = url.scheme in ("https", "http") and bool(url.hostname) and (url.port is None or url.port > 0)
    except ValueError:
        return False
    is_bare = url.path in ("", "/") and not (url.query or url.fragment or "@" in url.netloc)
    is_plain = stated.isascii() and not any(character.isspace() or character in '<>"' for character in stated)
    return is_whole and is_bare and is_plain and (url.scheme == "https" or url.hostname in ("localhost", "127.0.0.1"))


def origins_of(stated: str) -> tuple[str, ...]:
    """Origins with commas between them."""
    return tuple(origin.strip() for origin in stated.split(",") if origin.strip())


def _in_the_clear(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def networks_of(stated: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and networks with commas between them; raises ValueError for what is neither."""
    return tuple(ip_network(one.strip()) for one in stated.split(",") if one.strip())
