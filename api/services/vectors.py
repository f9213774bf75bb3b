"""The vector of a job or a person, by the served model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from api.http.metrics import Stage
from api.services.services import Services
from engine.encoder.encoder import Tower
from engine.encoder.texts import job_text, seeker_text
from engine.jobs import Job
from engine.seekers import Seeker
from index.serving import ServedBundle


def job_vector(job: Job, bundle: ServedBundle, services: Services) -> NDArray[np.float32]:
    """The job's vector `[dimension]` by the bundle's model, computed when it is posted."""
    vector: NDArray[np.float32] = job_vectors([job], bundle, services)[0]
    return vector


def job_vectors(jobs: Sequence[Job], bundle: ServedBundle, services: Services) -> NDArray[np.float32]:
    """The vectors `[jobs, dimension]` of several."""
    with services.metrics.stage(Stage.ENCODE):
        vectors: NDArray[np.float32] = bundle.encoder.encode([job_text(job) for job in jobs], Tower.JOB)
    return vectors


def seeker_vectors(seekers: Sequence[Seeker], bundle: ServedBundle, services: Services) -> NDArray[np.float32]:
    """The vectors `[people, dimension]` of several."""
    with services.metrics.stage(Stage.ENCODE):
        vectors: NDArray[np.float32] = bundle.encoder.encode([seeker_text(one) for one in seekers], Tower.SEEKER)
    return vectors


def seeker_vector(seeker: Seeker, bundle: ServedBundle, services: Services) -> NDArray[np.float32]:
    """The person's vector `[dimension]` by the bundle's model."""
    vector: NDArray[np.float32] = seeker_vectors([seeker], bundle, services)[0]
    return vector
