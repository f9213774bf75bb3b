"""Whatever happens to jobs and bundles, every answer that was given meanwhile is given again to the last bit."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.recommendations.service.replaying import Replayed, replay
from engine.documents.jobs import job_document
from engine.documents.seekers import seeker_document
from engine.errors import NotFoundError
from index.build import IndexConfig
from index.publishing import index_store
from sample.world import World
from store.evidence.log_shipping import ship_all
from tests.api.services_of import services_of

OpenApp = Callable[..., TestClient]


def replayed(client: TestClient, recommendation_id: str) -> Replayed:
    services = services_of(client)
    ship_all(services.settings.journal, services.database)
    with services.database.connect() as connection:
        return replay(recommendation_id, connection, services.settings.bundles)


class Story:
    """A random life of an app: jobs come, change and go, bundles are published, people ask."""

    def __init__(self, client: TestClient, world: World, model: Path, seed: int) -> None:
        self.client, self.world, self.model = client, world, model
        self.random = np.random.default_rng(seed)
        self.names: list[str] = []
        self.people = [f"p{number}" for number in range(5)]
        for name, seeker in zip(self.people, world.seekers, strict=False):
            client.put(f"/v1/seekers/{name}", json=seeker_document(seeker))
        services_of(client).records.put_jobs(world.jobs[:60])

    def step(self) -> None:
        """One thing happens."""
        actions = [self.put, self.put, self.imported, self.delete, self.one, self.one, self.profile, self.many]
        actions[int(self.random.integers(len(actions)))]()

    def publish(self) -> None:
        """The next bundle is built, and served."""
        services = services_of(self.client)
        config = IndexConfig(recall_floor=0.5, least_size_ratio=0)
        index_store(services.records, self.model, services.settings.bundles, config)
        services.refresh()

    def put(self) -> None:
        document = job_document(self._job()) | {"is_open": bool(self.random.random() < 0.8)}
        assert self.client.put(f"/v1/jobs/{self._own_id()}", json=document).status_code in (200, 201)

    def imported(self) -> None:
        changed = replace(self._job(), title=self._job().title, is_open=bool(self.random.random() < 0.8))
        services_of(self.client).records.put_jobs([changed, self._job()])

    def delete(self) -> None:
        if self.random.random() < 0.5:
            self.client.delete(f"/v1/jobs/{self._own_id()}")
        else:
            with suppress(NotFoundError):
                services_of(self.client).records.delete_job(self._job().job_id)

    def one(self) -> None:
        self._ask(seeker_id=str(self.random.choice(self.people)))

    def profile(self) -> None:
        seeker = self.world.seekers[int(self.random.integers(60))]
        self._ask(profile=seeker_document(seeker))

    def many(self) -> None:
        asked = self._asked() | {"seeker_ids": self.people}
        lines = self.client.post("/v1/recommendations:batch", json=asked).text.splitlines()
        self.names += [json.loads(line)["recommendation_id"] for line in lines]

    def _ask(self, **person: Any) -> None:
        answer = self.client.post("/v1/recommendations", json=self._asked() | person)
        self.names.append(answer.json()["recommendation_id"])

    def _own_id(self) -> str:
        """One that the partner has, or will have: imported jobs are not a partner's to change."""
        return f"own-{self.random.integers(30)}"

    def _job(self) -> Any:
        return self.world.jobs[int(self.random.integers(90))]

    def _asked(self) -> dict[str, Any]:
        asked: dict[str, Any] = {"limit": int(self.random.integers(1, 60))}
        if self.random.random() < 0.6:
            coverage = float(self.random.random())
            asked["filters"] = {"modalities": None, "min_hours_coverage": coverage, "allow_unstated": coverage < 0.8}
        return asked


@pytest.mark.slow
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1))
def test_every_answer_of_any_story_replays_at_its_end(
    open_app: OpenApp, tiny_bundles: Path, tiny_model: Path, tiny_world: World, tmp_path: Path, seed: int
) -> None:
    bundles = Path(shutil.copytree(tiny_bundles, tmp_path / f"{seed}-{len(list(tmp_path.iterdir()))}", symlinks=True))
    client = open_app(bundles)
    story = Story(client, tiny_world, tiny_model, seed)
    for _ in range(2):
        for _ in range(25):
            story.step()
        story.publish()
    for _ in range(10):
        story.step()
    story.one()
    assert len({replayed(client, name).logged.record.bundle for name in story.names}) > 1
    for name in story.names:
        again = replayed(client, name)
        assert again.is_identical, again.difference
