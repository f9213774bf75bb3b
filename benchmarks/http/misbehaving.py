"""Callers who misbehave together until they are stopped: `python -m benchmarks.http.misbehaving REQUESTS HOST PORT`.

REQUESTS is a JSON file: by name, how many connections send the same request over and over, and the request's bytes in
Latin-1. Each connection sends one request and reads until the server ends it, as the request asks it to.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import orjson

READ_BYTES = 256 * 1024
PAUSE_SECONDS = 0.05  # after a refusal: who asks again at once only measures how fast one is refused


async def _misbehave(host: str, port: int, request: bytes) -> None:
    while True:
        try:
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(request)
                head = await reader.read(READ_BYTES)
                while await reader.read(READ_BYTES):
                    pass
            finally:
                writer.close()
        except OSError:
            head = b""
        if not head.startswith(b"HTTP/1.1 20"):
            await asyncio.sleep(PAUSE_SECONDS)


async def _all(document: dict[str, list[str | int]], host: str, port: int) -> None:
    callers = [
        _misbehave(host, port, str(request).encode("latin-1"))
        for count, request in document.values()
        for _ in range(int(count))
    ]
    await asyncio.gather(*callers)


if __name__ == "__main__":
    asyncio.run(_all(orjson.loads(Path(sys.argv[1]).read_bytes()), sys.argv[2], int(sys.argv[3])))
