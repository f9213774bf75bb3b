"""The vector of a job or a person, by the served model."""

from __future__ import annotations

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
    with services.metrics.stage(Stage.ENCODE):
        vector: NDArray[np.float32] = bundle.encoder.encode([job_text(job)], Tower.JOB)[0]
    return vector


def seeker_vector(seeker: Seeker, bundle: ServedBundle, services: Services) -> NDArray[np.float32]:
    """The person's vector `[dimension]` by the bundle's model."""
    with services.metrics.stage(Stage.ENCODE):
        vector: NDArray[np.float32] = bundle.encoder.encode([seeker_text(seeker)], Tower.SEEKER)[0]
    return vector
