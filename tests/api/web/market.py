"""A market for analysts to ask of: the sample world's people and jobs, what people were shown, and who was placed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import Connection, insert

from api.services.services import Services
from sample.world import World
from store.matching.events import Event, EventKind
from store.tables import Base


def fill(services: Services, world: World) -> None:
    """Put a world into the store, and what its people saw and clicked in the month before now."""
    services.records.put_jobs(world.jobs)
    services.records.put_seekers(world.seekers)
    services.records.add_placements(world.placements)
    now = services.now()
    shown = [
        Event(f"{person}-{place}", kind, one.seeker_id, job.job_id, None, place + 1, now - timedelta(days=person % 30))
        for person, one in enumerate(world.seekers)
        for place, job in enumerate(world.jobs[person % 7 : person % 7 + 6])
        for kind in ((EventKind.IMPRESSION, EventKind.CLICK)[place % 2],)
    ]
    told = [{"told_by": "socio", "received_at": now} | asdict(one) for one in shown]

    def work(connection: Connection) -> None:
        connection.execute(insert(Base.metadata.tables["events"]), told)

    services.write(work)
