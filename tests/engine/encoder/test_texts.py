"""What the towers read: title first, and no shouting."""

from __future__ import annotations

from engine.encoder.texts import job_text, seeker_text
from engine.jobs import Job
from engine.seekers import Seeker


def test_a_shouted_title_reads_as_a_spoken_one() -> None:
    loud, calm = (Job(job_id="a", title=title, description="Turno noche") for title in ("CAJERA", "cajera"))
    assert job_text(loud) == job_text(calm)
    assert seeker_text(Seeker(text="BUSCO TRABAJO DE CAJERA")) == "busco trabajo de cajera"


def test_capitals_within_a_text_stay() -> None:
    job = Job(job_id="a", title="Analista SUNAT", skills=("SQL",), description="Manejo de SAP")
    assert job_text(job) == "Analista SUNAT. SQL. Manejo de SAP"
