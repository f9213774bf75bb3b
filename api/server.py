"""Runs the app under uvicorn and, once it answers, prints a request that can be pasted."""

from __future__ import annotations

import copy
import logging
import os
import signal
import socket
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.config import LOGGING_CONFIG
from uvicorn.supervisors import Multiprocess

from api.app import create_app
from api.configuration.settings import Settings
from api.http.connection import Connection
from api.http.listening import bound_socket
from api.http.metrics import MULTIPROCESS_DIR
from api.web.templating import read_templates

DEMO_KEY = "demo.key"
SUPERVISOR = "CHAMBA_SUPERVISOR"  # the variable that tells workers whose they are
LOOK_SECONDS = 1.0
OTHERS = 0o007
KILL_SECONDS = 10  # what a worker has beyond its own time to stop
EXAMPLE_BODY = (
    '{"profile": {"text": "Diseñadora gráfica, identidad de marca y redes sociales", '
    '"skills": ["Adobe Illustrator", "Photoshop"], "languages": {"es": "native", "en": "A2"}, '
    '"availability": {"time_zone": "America/Lima", "hours_per_week": 20, '
    '"windows": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "19:00", "end": "23:00"}]}}, "limit": 3}'
)


log = logging.getLogger("chamba.api")


class AnnouncingServer(uvicorn.Server):
    """uvicorn's server, which says how to ask it as soon as it listens; a demo's key is in `data_dir`."""

    def __init__(self, config: uvicorn.Config, data_dir: Path) -> None:
        super().__init__(config)
        self._data_dir = data_dir

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the request."""
        await super().startup(sockets)
        if self.started:
            address = f"http://{self.config.host}:{self.config.port}"
            print(f"\nChamba answers on {address}: open it in a browser (documentation: {address}/docs). Apps ask:\n")
            print(example_request(address, self._data_dir), end="\n\n", flush=True)


class Supervisor(Multiprocess):
    """uvicorn's, but a worker that does not end in time is killed."""

    def join_all(self) -> None:
        """Wait for the workers, which were told to stop."""
        kill_at = time.monotonic() + (self.config.timeout_graceful_shutdown or 0) + KILL_SECONDS
        for worker in self.processes:
            worker.process.join(max(0.0, kill_at - time.monotonic()))
            if worker.process.is_alive():
                worker.kill()
            worker.join()


def example_request(address: str, data_dir: Path) -> str:
    """A shell line that asks the server at `address` for recommendations, with the demo's key or one to put in."""
    key_file = data_dir / DEMO_KEY
    key = f"$(cat {key_file})" if key_file.exists() else "KEY"
    hint = "" if key_file.exists() else "# for a KEY: chamba partner create NAME\n"
    return (
        f'{hint}curl -s {address}/v1/recommendations -H "Authorization: Bearer {key}" '
        f"-H 'Content-Type: application/json' -d '{EXAMPLE_BODY}' | python3 -m json.tool --no-ensure-ascii"
    )


def serve(settings: Settings) -> None:
    """Serve until stopped: in this process, or in several that share the port, their metrics counted together."""
    _keep_from_others(settings.data_dir)
    if settings.workers == 1:
        read_templates()
        AnnouncingServer(_config(create_app(settings), settings), settings.data_dir).run()
        return
    with tempfile.TemporaryDirectory(prefix="chamba-metrics-") as metrics:
        os.environ |= settings.environment() | {MULTIPROCESS_DIR: metrics, SUPERVISOR: str(os.getpid())}
        config = _config(
            "api.server:worker_app",
            settings,
            factory=True,
            workers=settings.workers,
        )
        sockets = [_workers_socket(settings)]
        address = f"http://{settings.host}:{settings.port}"
        print(f"\n{settings.workers} workers answer on {address}: open it in a browser. Apps ask:\n", flush=True)
        print(example_request(address, settings.data_dir), end="\n\n", flush=True)
        Supervisor(config, sockets).run()


def _keep_from_others(data_dir: Path) -> None:
    """Shut the data folder to who is neither its owner nor of its group: files of before may be open to everybody."""
    with suppress(OSError):  # of somebody else, who may have reasons
        data_dir.chmod(data_dir.stat().st_mode & ~OTHERS)


def _workers_socket(settings: Settings) -> socket.socket:
    """Holds the port that the workers share; raises OSError when another server has it."""
    family, _, _, _, address = socket.getaddrinfo(
        settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    bound_socket(family, address, is_shared=False).close()  # sharing would be granted beside another server's too
    bound = bound_socket(family, address)
    bound.set_inheritable(True)
    return bound


def worker_app() -> FastAPI:
    """The app of one worker among several, set by the environment that `serve` made; it ends with its supervisor."""
    Thread(target=_end_with, args=(int(os.environ[SUPERVISOR]),), daemon=True).start()
    read_templates()
    return create_app(Settings())


def _end_with(supervisor: int) -> None:
    """Stop this process as SIGTERM does once it is somebody else's child: nobody would start or stop it any more."""
    while os.getppid() == supervisor:
        time.sleep(LOOK_SECONDS)
    log.error("the supervisor is gone: this worker finishes its answers and ends")
    os.kill(os.getpid(), signal.SIGTERM)


def _config(app: Any, settings: Settings, **more: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=Connection,
        ws="none",
        loop="api.http.listening:ServingLoop",
        log_config=_log_config(settings.log_level),
        access_log=False,
        # The one setting: by default uvicorn believes anybody on this machine, or whom another variable names.
        proxy_headers=bool(settings.proxies()),
        forwarded_allow_ips=[str(network) for network in settings.proxies()],
        timeout_keep_alive=settings.keep_alive_seconds,
        timeout_graceful_shutdown=settings.stop_seconds,
        **more,
    )


def _log_config(level: str) -> dict[str, Any]:
    """uvicorn's own logging with our loggers beside its; what strangers can cause is written seldom."""
    config = copy.deepcopy(LOGGING_CONFIG)
    filters = {"seldom": "RepeatFilter", "request": "RequestIdFilter"}
    config["filters"] = {name: {"()": f"api.http.log_filters.{kind}"} for name, kind in filters.items()}
    config["handlers"]["default"]["filters"] = ["request"]
    config["formatters"]["default"]["fmt"] += "%(request)s"
    config["loggers"]["chamba"] = {"handlers": ["default"], "level": level.upper(), "propagate": False}
    config["loggers"]["chamba.connections"] = {"filters": ["seldom"]}
    config["loggers"]["uvicorn.error"]["filters"] = ["seldom"]
    return config
