"""One peer in a process of its own: builds its index, or opens it and answers searches, a line of JSON each.

python -m benchmarks.search.peers.worker PEER FOLDER PLACE build|search
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from benchmarks.search.peers.peer import Peer

WARM_UP, LEAST_QUERIES = 5, 20
SEARCH = "search"

NAMES = (
    "Chamba",
    "FAISS HNSW32-SQ8",
    "FAISS IVF-Flat",
    "hnswlib",
    "USearch",
    "Voyager",
    "ScaNN",
    "LanceDB",
    "Milvus Lite",
    "Qdrant Edge",
    "PostgreSQL pgvector",
)


def peer_class(name: str) -> type[Peer]:
    """The class of the peer of that name."""
    from benchmarks.search.peers import databases, graphs, libraries, ours, postgresql

    classes = (
        ours.Chamba,
        libraries.FaissGraph,
        libraries.FaissCells,
        graphs.Hnswlib,
        graphs.USearch,
        graphs.Voyager,
        libraries.Scann,
        databases.LanceDb,
        databases.MilvusLite,
        databases.QdrantEdge,
        postgresql.Pgvector,
    )
    return dict(zip(NAMES, classes, strict=True))[name]


def search(peer: Peer, command: dict[str, Any]) -> dict[str, Any]:
    """Found rows and seconds of every query, or of as many as fit into the command's `seconds`."""
    where, depth, knob = command["where"], command["depth"], command["knob"]
    queries = peer.jobs.queries
    peer.prepare(where)
    for query in queries[:WARM_UP]:
        peer.search(query, depth, where, knob)
    found: list[list[int]] = []
    seconds: list[float] = []
    until = time.perf_counter() + command["seconds"]
    for query in queries:
        began = time.perf_counter()
        rows = peer.search(query, depth, where, knob)
        ended = time.perf_counter()
        found.append(list(map(int, rows)))
        seconds.append(ended - began)
        if ended > until and len(seconds) >= LEAST_QUERIES:
            break
    return {"rows": found, "seconds": seconds}


def answers(peer: Peer, task: str) -> Iterator[dict[str, Any]]:
    """What is said of a build; or of the opened index, and of every search that is asked for."""
    began = time.perf_counter()
    if task != SEARCH:
        peer.build()
        yield {"seconds": time.perf_counter() - began}
        return
    # Whatever threads the peer starts stay on this core.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    peer.open()
    knobs = {"all": peer.knobs(filtered=False), "filtered": peer.knobs(filtered=True)}
    yield {
        "seconds": time.perf_counter() - began,
        "knobs": {name: list(map(dict, some)) for name, some in knobs.items()},
        "disk_bytes": peer.disk_bytes(),
        "server_ids": peer.server_ids(),
    }
    try:
        for line in sys.stdin:
            yield search(peer, json.loads(line))
    finally:
        peer.close()


def serve(arguments: list[str], output: TextIO) -> None:
    """Do the task that the arguments name; what goes wrong is an answer too."""
    name, folder, place, task = arguments

    def say(document: dict[str, Any]) -> None:
        output.write(json.dumps(document) + "\n")
        output.flush()

    try:
        from benchmarks.search.peers.jobs import Jobs

        for document in answers(peer_class(name)(Jobs(Path(folder)), Path(place)), task):
            say(document)
    except ModuleNotFoundError as error:
        say({"missing": error.name})
    except Exception as error:
        reason, *_ = str(error).splitlines() or [""]
        say({"failed": f"{type(error).__name__}: {reason}"})
        traceback.print_exc()


if __name__ == "__main__":
    # Asked to end, a worker ends its servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # Libraries print to standard output; answers have it for themselves.
    own = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    serve(sys.argv[1:], own)
