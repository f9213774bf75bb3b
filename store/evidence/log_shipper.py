"""A process beside the servers of a folder that takes their journals to the database, and lets them go first.

Taking an answer there costs some fifty microseconds of Python. On a thread of a server that is time in which it answers
nobody, most of all after a rush; another process takes what time is left.
"""

from __future__ import annotations

import fcntl
import logging
import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from store.database import open_database
from store.evidence.log_shipping import ship_all

LOCK = ".drainer"
PRIORITY = 5
START_AGAIN_SECONDS = 10.0
GIVE_UP_SECONDS = 10.0

log = logging.getLogger("chamba.store")


class LogShipper:
    """Drains a folder's journals into a database."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self._folder, self._engine = folder, engine
        self._is_failing = False

    def ship(self, *, wait: bool = False) -> None:
        """Log what waits, of every process that writes into the folder; never raises, says what is wrong once.

        Another process may be at it; with `wait` what was answered before this call is in the log after it.
        """
        try:
            shipped = ship_all(self._folder, self._engine, wait=wait)
        except Exception as error:  # whatever it is must not end the logging
            self._report(error)
        else:
            if shipped is not None and self._is_failing:
                log.warning("the database takes recommendations again; %d had waited", shipped.logged_count)
                self._is_failing = False

    def _report(self, error: Exception) -> None:
        if not self._is_failing:
            cause = None if isinstance(error, SQLAlchemyError) else error  # what a database says quotes profiles
            wait = "recommendations wait in %s for the database (%s)"
            log.warning(wait, self._folder, type(error).__name__, exc_info=cause)
        self._is_failing = True


class LogShipperProcess:
    """Drains a folder every so often in a process of its own, which ends with this one, however that ends."""

    def __init__(self, folder: Path, engine: Engine, every_seconds: float) -> None:
        self._folder, self._url, self._every_seconds = folder, engine.url, every_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._start_after: float | None = None

    def ensure(self) -> None:
        """Start it unless it runs, for this process or for another of the folder's.

        Nothing is started before answers waited for `every_seconds`, nor again at once. Raises OSError when it cannot.
        """
        if self._process is not None:
            status = self._process.poll()
            if status is None:
                return
            log.warning("the process that logs recommendations ended with status %d; it is started again", status)
            self._forget()
        if self._start_after is None:
            self._start_after = time.monotonic() + self._every_seconds
        if time.monotonic() < self._start_after:
            return
        self._start_after = time.monotonic() + START_AGAIN_SECONDS
        with (self._folder / LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self._start(lock.fileno())  # which holds the lock from now on

    def close(self) -> None:
        """End it; what it had not finished waits in the journals as before."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(GIVE_UP_SECONDS)
            self._forget()

    def _start(self, lock: int) -> None:
        # -P: what is imported does not depend on the folder that the server was started in. A process group of its own:
        # Ctrl-C is for the server. Not a session: Linux shares processors out by session before it looks at priorities.
        command = [sys.executable, "-P", "-m", __name__, str(self._folder), str(self._every_seconds)]
        self._process = subprocess.Popen(  # noqa: S603 (ours, with no text from outside)
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, process_group=0, pass_fds=[lock]
        )
        assert self._process.stdin is not None
        # Not as an argument: others can read those. The pipe stays open: its end is how the process learns of ours.
        self._process.stdin.write(self._url.render_as_string(hide_password=False).encode() + b"\n")
        self._process.stdin.flush()

    def _forget(self) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process = None


def main() -> None:
    """Drain until whoever started this ends: `FOLDER SECONDS`, and the database's URL as the first line of input."""
    _step_back()
    logging.basicConfig(format="%(levelname)s:     %(message)s")
    folder, every_seconds = Path(sys.argv[1]), float(sys.argv[2])
    engine = open_database(sys.stdin.readline().strip())
    log_shipper = LogShipper(folder, engine)
    while not select.select([sys.stdin], [], [], every_seconds)[0]:
        log_shipper.ship()
    engine.dispose()


def _step_back() -> None:
    """Leave the processor to requests, but for a share: beside servers that want all of it, a quarter of a core.

    By idle priority alone it had none for as long as they were busy, and held SQLite's write lock meanwhile. As a batch
    process it never interrupts a request that has just begun.
    """
    os.nice(PRIORITY)
    if sys.platform == "linux":
        with suppress(OSError):  # some sandboxes do not let a process choose
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


if __name__ == "__main__":
    main()
