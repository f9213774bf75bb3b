"""Databases that live in the process that asks: LanceDB, Milvus Lite and Qdrant Edge, each with its own filter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from benchmarks.search.peers.graphs import EF_CONSTRUCTION, GRAPH, LINKS
from benchmarks.search.peers.jobs import Where
from benchmarks.search.peers.peer import Knob, Peer
from engine.arrays import Vectors

BATCH = 10_000


def batches(count: int) -> Iterator[slice]:
    """The rows in batches that a client would send."""
    return (slice(start, min(start + BATCH, count)) for start in range(0, count, BATCH))


def condition(where: Where) -> str | None:
    """The filter as databases write it."""
    if where is None:
        return None
    return f"bucket < {where['bucket_below']}" if "bucket_below" in where else "night_english = true"


class LanceDb(Peer):
    """LanceDB: graphs over quantised vectors, results refined with whole ones, indexes on both columns."""

    settings = GRAPH

    def build(self) -> None:
        import lancedb
        import pyarrow as pa
        from lancedb.index import Bitmap, BTree, HnswSq

        table = lancedb.connect(str(self.place)).create_table("jobs", self._rows(pa))
        table.create_index("vector", config=HnswSq("dot", m=LINKS, ef_construction=EF_CONSTRUCTION))
        table.create_index("bucket", config=BTree())
        table.create_index("night_english", config=Bitmap())

    def _rows(self, pa: Any) -> Any:
        count, dimension = self.jobs.vectors.shape
        vectors = pa.FixedSizeListArray.from_arrays(np.asarray(self.jobs.vectors).ravel(), dimension)
        columns = {"row": np.arange(count), "bucket": self.jobs.buckets, "night_english": self.jobs.night_english}
        return pa.table({"vector": vectors, **columns})

    def open(self) -> None:
        import lancedb

        self._table = lancedb.connect(str(self.place)).open_table("jobs")

    def knobs(self, *, filtered: bool) -> Sequence[Knob]:  # noqa: ARG002
        steps = ((1, 32, 2), (1, 64, 4), (2, 128, 8), (4, 256, 16), (8, 512, 32), (16, 1024, 64))
        return [{"nprobes": nprobes, "ef": ef, "refine": refine} for nprobes, ef, refine in steps]

    def search(self, query: Vectors, depth: int, where: Where, knob: Knob) -> Sequence[int]:
        search = self._table.search(query).distance_type("dot").limit(depth).select(["row"])
        search = search.nprobes(knob["nprobes"]).ef(knob["ef"]).refine_factor(knob["refine"])
        if where is not None:
            search = search.where(condition(where), prefilter=True)
        rows: list[int] = search.to_arrow()["row"].to_pylist()
        return rows


class MilvusLite(Peer):
    """Milvus Lite, reached as its client reaches it: over a socket, in this process."""

    settings = GRAPH

    def build(self) -> None:
        from pymilvus import DataType, MilvusClient

        count, dimension = self.jobs.vectors.shape
        client = MilvusClient(str(self.place / "jobs.db"))
        schema = client.create_schema(auto_id=False)
        schema.add_field("row", DataType.INT64, is_primary=True)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
        schema.add_field("bucket", DataType.INT64)
        schema.add_field("night_english", DataType.BOOL)
        client.create_collection("jobs", schema=schema)
        for rows in batches(count):
            client.insert("jobs", self._entities(rows))
        client.flush("jobs")
        indexes = client.prepare_index_params()
        graph = {"M": LINKS, "efConstruction": EF_CONSTRUCTION}
        indexes.add_index("vector", index_type="HNSW", metric_type="IP", params=graph)
        for column in ("bucket", "night_english"):
            indexes.add_index(column, index_type="INVERTED")
        client.create_index("jobs", indexes)
        client.load_collection("jobs")
        client.close()

    def _entities(self, rows: slice) -> list[dict[str, Any]]:
        jobs = self.jobs
        return [
            {"row": row, "vector": vector, "bucket": bucket, "night_english": night}
            for row, vector, bucket, night in zip(
                range(rows.start, rows.stop),
                np.asarray(jobs.vectors[rows]),
                jobs.buckets[rows].tolist(),
                jobs.night_english[rows].tolist(),
                strict=True,
            )
        ]

    def open(self) -> None:
        from pymilvus import MilvusClient

        self._client = MilvusClient(str(self.place / "jobs.db"))
        self._client.load_collection("jobs")

    def knobs(self, *, filtered: bool) -> Sequence[Knob]:  # noqa: ARG002
        return [{"ef": ef} for ef in (16, 32, 64, 128, 256, 512, 1024, 2048)]

    def search(self, query: Vectors, depth: int, where: Where, knob: Knob) -> Sequence[int]:
        [hits] = self._client.search(
            "jobs",
            [query],
            filter=(condition(where) or "").replace(" = ", " == "),
            limit=depth,
            search_params={"metric_type": "IP", "params": {"ef": knob["ef"]}},
        )
        return [hit["row"] for hit in hits]

    def close(self) -> None:
        self._client.close()


class QdrantEdge(Peer):
    """Qdrant Edge: one segment, indexes on both columns; its planner scans where few are eligible.

    Its Python module (0.9) reads True as 1 in a condition, which matches no boolean: so the boolean is a word.
    """

    settings = GRAPH

    def build(self) -> None:
        from qdrant_edge import EdgeShard, PayloadSchemaType, Point, UpdateOperation

        shard = EdgeShard.create(str(self.place / "shard"), self._configuration())
        for column, kind in (("bucket", PayloadSchemaType.Integer), ("night_english", PayloadSchemaType.Keyword)):
            shard.update(UpdateOperation.create_field_index(column, kind))
        jobs = self.jobs
        for rows in batches(len(jobs.vectors)):
            numbers, vectors = range(rows.start, rows.stop), jobs.vectors[rows].tolist()
            columns = zip(jobs.buckets[rows].tolist(), jobs.night_english[rows].tolist(), strict=True)
            payloads = [{"bucket": bucket, "night_english": str(night)} for bucket, night in columns]
            points = [Point(*one) for one in zip(numbers, vectors, payloads, strict=True)]
            shard.update(UpdateOperation.upsert_points(points))
        shard.optimize()
        shard.flush()
        shard.close()

    def _configuration(self) -> Any:
        import qdrant_edge as edge

        _, dimension = self.jobs.vectors.shape
        return edge.EdgeConfig(
            vectors=edge.EdgeVectorParams(dimension, edge.Distance.Dot),
            hnsw_config=edge.HnswIndexConfig(LINKS, EF_CONSTRUCTION, 10_000),
            optimizers=edge.EdgeOptimizersConfig(default_segment_number=1, max_segment_size=10_000_000),
            max_search_threads=1,
        )

    def open(self) -> None:
        from qdrant_edge import EdgeShard

        self._shard = EdgeShard.load(str(self.place / "shard"))

    def knobs(self, *, filtered: bool) -> Sequence[Knob]:  # noqa: ARG002
        return [{"ef": ef} for ef in (16, 32, 64, 128, 256, 512, 1024, 2048)]

    def prepare(self, where: Where) -> None:
        import qdrant_edge as edge

        self._edge, self._filter = edge, None
        if where is not None:
            below = edge.FieldCondition("bucket", range=edge.RangeFloat(lt=where.get("bucket_below")))
            night = edge.FieldCondition("night_english", match=edge.MatchValue(str(True)))
            self._filter = edge.Filter(must=[below if "bucket_below" in where else night])

    def search(self, query: Vectors, depth: int, where: Where, knob: Knob) -> Sequence[int]:  # noqa: ARG002
        edge = self._edge
        nearest = edge.Query.Nearest(query.tolist())
        parameters = edge.SearchParams(hnsw_ef=knob["ef"])
        found = self._shard.query(edge.QueryRequest(depth, query=nearest, filter=self._filter, params=parameters))
        return [point.id for point in found]

    def close(self) -> None:
        self._shard.close()
