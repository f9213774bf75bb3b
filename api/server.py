"""Runs the app under uvicorn and, once it answers, prints a request that can be pasted."""

from __future__ import annotations

import copy
import os
import socket
import tempfile
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.config import LOGGING_CONFIG
from uvicorn.supervisors import Multiprocess

from api.app import create_app
from api.metrics import MULTIPROCESS_DIR
from api.settings import Settings

EXAMPLE_BODY = (
    '{"profile": {"text": "Diseñadora gráfica, identidad de marca y redes sociales", '
    '"skills": ["Adobe Illustrator", "Photoshop"], "languages": {"es": "native", "en": "A2"}, '
    '"availability": {"time_zone": "America/Lima", "hours_per_week": 20, '
    '"windows": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "19:00", "end": "23:00"}]}}, "limit": 3}'
)


class AnnouncingServer(uvicorn.Server):
    """uvicorn's server, which says how to ask it as soon as it listens."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the request."""
        await super().startup(sockets)
        if self.started:
            address = f"http://{self.config.host}:{self.config.port}"
            print(f"\nChamba answers on {address} (documentation: {address}/docs). Try:\n")
            print(example_request(address), end="\n\n", flush=True)


def example_request(address: str) -> str:
    """A shell line that asks the server at `address` for recommendations."""
    return (
        f"curl -s {address}/v1/recommendations -H 'Content-Type: application/json' "
        f"-d '{EXAMPLE_BODY}' | python3 -m json.tool --no-ensure-ascii"
    )


def serve(settings: Settings) -> None:
    """Serve until stopped: in this process, or in several that share the port, their metrics counted together."""
    if settings.workers == 1:
        AnnouncingServer(_config(create_app(settings), settings)).run()
        return
    with tempfile.TemporaryDirectory(prefix="chamba-metrics-") as metrics:
        os.environ |= settings.environment() | {MULTIPROCESS_DIR: metrics}
        config = _config("api.server:worker_app", settings, factory=True, workers=settings.workers)
        sockets = [_bound_socket(settings)]
        address = f"http://{settings.host}:{settings.port}"
        print(f"\n{settings.workers} workers answer on {address}. Try:\n\n{example_request(address)}\n", flush=True)
        Multiprocess(config, sockets).run()


def _bound_socket(settings: Settings) -> socket.socket:
    """The port that the workers share.

    It is named TCP: on sockets that are not, asyncio leaves Nagle's algorithm on, and each answer waits for 40 ms.
    """
    family, kind, _, _, address = socket.getaddrinfo(
        settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    bound = socket.socket(family, kind, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(address)
    bound.set_inheritable(True)
    return bound


def worker_app() -> FastAPI:
    """The app of one worker among several, set by the environment that `serve` made."""
    return create_app(Settings())


def _config(app: Any, settings: Settings, **more: Any) -> uvicorn.Config:
    log_config = _log_config(settings.log_level)
    return uvicorn.Config(app, host=settings.host, port=settings.port, log_config=log_config, access_log=False, **more)


def _log_config(level: str) -> dict[str, Any]:
    """uvicorn's own logging with our loggers beside its."""
    config = copy.deepcopy(LOGGING_CONFIG)
    config["loggers"]["chamba"] = {"handlers": ["default"], "level": level.upper(), "propagate": False}
    return config
