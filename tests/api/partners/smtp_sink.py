"""An SMTP server on loopback that keeps what it is given."""

from __future__ import annotations

import queue
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class SmtpSink:
    """What it was told; `refuses` are recipients that it does not take. With `tls` it offers STARTTLS.

    `hangs_up`: as soon as it has taken a mail.
    """

    port: int = 0
    tls: ssl.SSLContext | None = None
    mails: list[str] = field(default_factory=list)
    waiting: queue.Queue[str] = field(default_factory=queue.Queue)
    commands: list[str] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    hangs_up: bool = False


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, *_: Any) -> None:
        """Whoever asked may be gone."""


class _Handler(socketserver.StreamRequestHandler):
    sink: SmtpSink
    is_encrypted = False

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline().decode().strip():
            self.sink.commands.append(("TLS " if self.is_encrypted else "") + line)
            self.answer(line)

    def finish(self) -> None:
        super().finish()
        self.connection.close()  # the server closes only what it accepted, which is not the encrypted one

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def answer(self, line: str) -> None:
        match line.upper().split()[0]:
            case "EHLO":
                offers_tls = self.sink.tls is not None and not self.is_encrypted
                self.say(f"250-sink\r\n250 {'STARTTLS' if offers_tls else 'AUTH PLAIN'}")
            case "STARTTLS":
                self.say("220 go on")
                self.encrypt()
            case "RCPT" if any(refused in line for refused in self.sink.refuses):
                self.say(f"550 no such mailbox: {line}")
            case "DATA":
                self.say("354 go on")
                lines = iter(lambda: self.rfile.readline().decode().rstrip("\r\n"), ".")
                self.sink.mails.append("\n".join(lines))
                self.sink.waiting.put(self.sink.mails[-1])
                self.say("250 taken")
                if self.sink.hangs_up:
                    self.connection.shutdown(socket.SHUT_RDWR)
            case "QUIT":
                self.say("221 bye")
            case "AUTH":
                self.say("235 welcome")
            case _:
                self.say("250 fine")

    def encrypt(self) -> None:
        assert self.sink.tls is not None
        self.connection = self.sink.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.is_encrypted = True


@contextmanager
def open_smtp_sink(tls: ssl.SSLContext | None = None) -> Iterator[SmtpSink]:
    """A sink while it listens."""
    sink = SmtpSink(tls=tls)
    handler = type("Handler", (_Handler,), {"sink": sink})
    with _Server(("127.0.0.1", 0), handler) as server:
        sink.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield sink
        finally:
            server.shutdown()
            thread.join()
