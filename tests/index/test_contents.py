"""What a bundle holds is worked out of each job once."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType, FunctionType

from engine.catalogue.folding import schedule_order
from engine.encoder.encoder import TowerEncoder
from engine.jobs import Job
from engine.working_hours import working_hours
from index.contents import contents_of_jobs
from index.encoding import VectorSource


class CallCounter:
    """Counts the calls of one function while it is entered, in this thread."""

    def __init__(self, function: object) -> None:
        assert isinstance(function, FunctionType)
        self._code, self.calls = function.__code__, 0

    def __enter__(self) -> CallCounter:
        sys.setprofile(self._see)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _see(self, frame: FrameType, event: str, _: object) -> None:
        self.calls += event == "call" and frame.f_code is self._code


def test_the_hours_of_a_job_are_worked_out_once(tiny_model: Path, tiny_jobs: list[Job], tmp_path: Path) -> None:
    jobs = tiny_jobs[:12]
    source = VectorSource(TowerEncoder(tiny_model), tmp_path, None)
    with CallCounter(working_hours) as counter:
        contents = contents_of_jobs(jobs, source)
    assert counter.calls == len(jobs)
    catalogue = contents.jobs.catalogue
    by_id = {job.job_id: working_hours(job) for job in jobs}
    laid = [by_id[catalogue.job_id(row)] for row in range(len(jobs))]
    assert laid == sorted(laid, key=schedule_order)
    assert laid == [catalogue.distinct.schedules[number] for number in catalogue.columns.schedule_number]
