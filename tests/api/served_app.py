"""The app under a real server in this process, whose clock tests move."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import requests
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.configuration.settings import Settings
from api.services.services import Services
from tests.api.authenticator import DOMAIN, ORIGIN
from tests.api.partners.parts import Clock

LEAST_KIB, NEVER, LONG = 19_456, 1e6, 3_600
GATEWAY_SECRET = "one-of-a-gateway-that-tests-are"


@dataclass(frozen=True)
class ServedApp:
    """An app that answers on this machine, a session of connections to it, and the clock that it goes by."""

    app: FastAPI
    url: str
    session: requests.Session
    clock: Clock

    @property
    def named_url(self) -> str:
        """The same by the name of this machine: passkeys are of a name, not of a number."""
        return self.url.replace("127.0.0.1", DOMAIN)

    @property
    def services(self) -> Services:
        """Those of the app."""
        services: Services = self.app.state.services
        return services

    def ask(self, method: str, path: str, headers: dict[str, str], body: Any = None) -> Any:
        """The JSON of an answer, which has to be a success."""
        answer = self.session.request(method, self.url + path, headers=headers, json=body)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None


@contextmanager
def served_app(data_dir: Path, bundles: Path, database_url: str, **settings: Any) -> Iterator[ServedApp]:
    """An app over a data folder and a database of its own, with a bundle; it sends nothing by itself."""
    (data_dir / "bundles").symlink_to(bundles)
    # Named TCP: on sockets that are not, asyncio leaves Nagle's algorithm on, and each answer waits for 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    app, clock = (
        create_app(
            Settings(
                data_dir=data_dir,
                database_url=database_url,
                password_memory_kib=LEAST_KIB,
                webhooks_to_loopback=True,
                delivery_poll_seconds=NEVER,
                journal_seconds=NEVER,
                **{"incoming_secret": GATEWAY_SECRET, "passkey_origins": f"{ORIGIN},http://{DOMAIN}:{port}"} | settings,
            )
        ),
        Clock(),
    )
    app.state.services.clock = clock
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_keep_alive=LONG))
    with closing(listening), requests.Session() as session:
        listening.listen()  # before the server runs: what is asked meanwhile waits
        thread = Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the app did not start; its log says why"
                sleep(0.01)
            yield ServedApp(app, f"http://127.0.0.1:{port}", session, clock)
        finally:
            session.close()  # the server waits for connections that are kept
            server.should_exit = True
            thread.join()
