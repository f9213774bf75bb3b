"""Debian's Kannel on this machine, with its fake message centre as somebody's phone: real processes, real sockets."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import quote_from_bytes, unquote_to_bytes

SENDS_TO = "8000"
PASSWORD = "s3cret-of-tests"
WITHIN_SECONDS, LATIN = 15.0, 0xFF
FAKE_CENTRE = Path("/usr/lib/kannel/test/fakesmsc")
_GOT = re.compile(r"Got message \d+: <\S+ (\S+) (text|ucs-2) (.*)>$", re.MULTILINE)
CONFIGURATION = """
group = core
admin-port = {admin}
admin-password = {password}
admin-interface = 127.0.0.1
smsbox-port = {boxes}
box-allow-ip = 127.0.0.1

group = smsc
smsc = fake
smsc-id = FAKE
port = {centre}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sending}
sendsms-interface = 127.0.0.1
global-sender = {sender}

group = sendsms-user
username = chamba
password = {password}
max-messages = 6
concatenation = true

group = sms-service
keyword = default
catch-all = true
max-messages = 0
get-url = "{incoming}?from=%p&text=%b&id=%I&charset=%C"
"""


@dataclass
class Phone:
    """Somebody's phone: what it got, and how it writes. One connection to the centre at a time."""

    number: str
    port: int
    folder: Path
    got: list[str] = field(default_factory=list)
    _process: subprocess.Popen[bytes] | None = None
    _log: Path | None = None
    _before: list[str] = field(default_factory=list)

    def switch_on(self, text: str = "") -> None:
        """Be reached, and write a text if there is one."""
        self.switch_off()
        self._log = self.folder / f"phone-{len(list(self.folder.iterdir()))}.log"
        count, message = ("1", text) if text else ("0", "-")
        command = [str(FAKE_CENTRE), "-H", "127.0.0.1", "-r", str(self.port), "-i", "0.05", "-m", count]
        with self._log.open("wb") as log:
            kind = "text" if max(map(ord, message)) <= LATIN else "ucs2"
            words = message if kind == "text" else quote_from_bytes(message.encode("utf-16-be"))
            written = f"{self.number} {SENDS_TO} {kind} {words}"
            self._process = subprocess.Popen([*command, written], stdout=log, stderr=log)

    def switch_off(self) -> None:
        """Be out of reach; what comes meanwhile waits at the centre."""
        if self._process is not None:
            self._read()
            self._before = self.got
            self._process.kill()
            self._process.wait()
            self._process = None

    def waits_for(self, count: int, meanwhile: Callable[[], object]) -> list[str]:
        """The next so many messages, the first first."""
        have = len(self.got)

        def came() -> bool:
            meanwhile()
            self._read()
            return len(self.got) >= have + count

        wait_until(came, f"{count} messages on the phone; got {self.got[have:]}")
        return self.got[have : have + count]

    def _read(self) -> None:
        text = self._log.read_text("utf-8", "replace") if self._log is not None else ""
        found = [(number, kind, words) for number, kind, words in _GOT.findall(text)]
        assert {number for number, _, _ in found} <= {self.number}
        self.got = [*self._before, *(_words(kind, words) for _, kind, words in found)]


@dataclass(frozen=True)
class Kannel:
    """A gateway that runs: where it takes messages, and the port of its centre."""

    url: str
    centre: int


@contextmanager
def kannel(folder: Path, incoming: str, sending: int) -> Iterator[Kannel]:
    """Bearerbox and smsbox over a fake centre; what phones write is handed over at `incoming`."""
    boxes, centre, admin = (free_port() for _ in range(3))
    values = {"boxes": boxes, "centre": centre, "admin": admin, "sending": sending, "sender": SENDS_TO}
    configuration = folder / "kannel.conf"
    configuration.write_text(CONFIGURATION.format(**values, password=PASSWORD, incoming=incoming))
    with ExitStack() as running:
        for name, port in (("bearerbox", boxes), ("smsbox", sending)):
            running.enter_context(_box(name, configuration, folder))
            wait_until(partial(_listens, port), f"{name} on port {port}")
        yield Kannel(f"http://127.0.0.1:{sending}/cgi-bin/sendsms", centre)


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Fails when it is not so within some seconds."""
    end = monotonic() + WITHIN_SECONDS
    while not is_so():
        assert monotonic() < end, f"waited in vain for {what}"
        sleep(0.03)


@contextmanager
def _box(name: str, configuration: Path, folder: Path) -> Iterator[None]:
    path = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/sbin")
    assert path is not None, f"{name} is not there: apt-get install kannel kannel-extras"
    assert FAKE_CENTRE.exists(), "the fake message centre is not there: apt-get install kannel-extras"
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen([path, "-v", "1", str(configuration)], stdout=log, stderr=log, cwd=folder)
    try:
        yield
    finally:
        process.kill()  # told to end, it takes seconds
        process.wait()


def _listens(port: int) -> bool:
    with closing(socket.socket()) as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def _words(kind: str, words: str) -> str:
    if kind == "text":
        return words
    return unquote_to_bytes(words.replace("+", "%20")).decode("utf-16-be")
