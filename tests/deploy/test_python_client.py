"""The generated Python client asks a real server: a partner puts a job and a person, and gets recommendations.

It needs the generator's own environment, which `make check-client` makes; without that it is skipped.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.partner_server import partner_server

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ROOT / ".venv-client" / "bin"
GIVE_UP_SECONDS = 60
SCRIPT = """
import sys
from chamba_client import AuthenticatedClient
from chamba_client.api.partners import get_own_partner
from chamba_client.api.partners_jobs import put_job
from chamba_client.api.partners_people import put_seeker
from chamba_client.api.partners_recommendations import post_recommendations
from chamba_client.models import JobDocument, ProblemDocument, ProfileDocument, RecommendationRequest

address, key = sys.argv[1:]
with AuthenticatedClient(base_url=address, token=key) as client:
    job = JobDocument.from_dict({"title": "Tejedora de redes de pesca", "modality": "remote"})
    print(put_job.sync(job_id="red", client=client, body=job).state)
    put_seeker.sync(seeker_id="ana", client=client, body=ProfileDocument(text="Tejo redes de pesca"))
    asked = RecommendationRequest(seeker_id="ana", limit=100)
    answer = post_recommendations.sync(client=client, body=asked)
    print("red" in [one.job_id for one in answer.recommendations])
    print(get_own_partner.sync(client=client).name)
with AuthenticatedClient(base_url=address, token="chamba_wrong_key") as client:
    print(isinstance(get_own_partner.sync(client=client), ProblemDocument))
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sqlite_only("slow, and the same with any database"),
    pytest.mark.skipif(not (ENVIRONMENT.parent / ".installed").exists(), reason="no .venv-client: make check-client"),
]


@pytest.fixture
def server(tiny_bundles: Path, tmp_path: Path, database_url: str) -> Iterator[str]:
    """The address of a server over the tiny bundle, whose partner's key is in `tmp_path/key`."""
    with partner_server(
        [sys.executable, "-m", "chamba"], tiny_bundles, tmp_path, database_url, GIVE_UP_SECONDS
    ) as server:
        yield server.address


def test_the_generated_client_asks_a_server(server: str, tmp_path: Path) -> None:
    generate = [sys.executable, str(ROOT / "deploy" / "python_client" / "generate.py")]
    folder = tmp_path / "client"
    program = str(ENVIRONMENT / "openapi-python-client")
    made = subprocess.run([*generate, program, str(folder)], capture_output=True, text=True, check=False, cwd=ROOT)
    assert made.returncode == 0, made.stdout + made.stderr
    key = (tmp_path / "key").read_text().strip()
    asked = [str(ENVIRONMENT / "python"), "-c", SCRIPT, server, key]
    answered = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=folder)
    assert answered.stdout.split() == ["open", "True", "tests", "True"], answered.stderr
