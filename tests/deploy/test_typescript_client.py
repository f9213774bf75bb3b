"""The generated TypeScript client asks a real server: the program is the one that partners read.

It needs the generator and the compiler, which `make check-client` installs; without them it is skipped.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.partners.pages.overview import first_call
from tests.docs.pages import blocks, pages
from tests.partner_server import PartnerServer, partner_server

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "deploy" / "typescript_client"
INSTALLED = CLIENT / "node_modules"
GIVE_UP_SECONDS = 60
PROGRAM = "\n".join(block.text for page in pages() for block in blocks(page) if block.language == "typescript")
# Each of these lines must not compile: the compiler says so where one does.
MISTAKES = """
import { chambaClient, everyItem } from "chamba-client";
const chamba = chambaClient({ baseUrl: "http://127.0.0.1", key: "" });
// @ts-expect-error: nothing is at that address
chamba.GET("/v1/nothing");
// @ts-expect-error: the path lacks its id
chamba.GET("/v1/jobs/{job_id}", {});
// @ts-expect-error: a job has a title
chamba.PUT("/v1/jobs/{job_id}", { params: { path: { job_id: "a" } }, body: { modality: "remote" } });
// @ts-expect-error: not a modality
chamba.PUT("/v1/jobs/{job_id}", { params: { path: { job_id: "a" } }, body: { title: "T", modality: "moon" } });
const { data, error } = await chamba.GET("/v1/partner");
// @ts-expect-error: there may be no answer
data.name;
// @ts-expect-error: problems have no such field
error?.reason;
for await (const job of everyItem((cursor) => chamba.GET("/v1/jobs", { params: { query: { cursor } } }))) {
    // @ts-expect-error: jobs in a list have no such field
    job.name;
}
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sqlite_only("slow, and the same with any database"),
    pytest.mark.skipif(not (INSTALLED / ".installed").exists(), reason="not installed: make check-client"),
]


@pytest.fixture(scope="module")
def server(tiny_bundles: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PartnerServer]:
    """A server over the tiny bundle."""
    chamba = [sys.executable, "-m", "chamba"]
    folder = tmp_path_factory.mktemp("server")
    with partner_server(chamba, tiny_bundles, folder, f"sqlite:///{folder}/store.db", GIVE_UP_SECONDS) as server:
        yield server


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A partner's own project, in which the generated client is installed."""
    folder = tmp_path_factory.mktemp("project")
    _run([sys.executable, str(CLIENT / "generate.py"), str(folder / "client")], ROOT)
    installed = folder / "node_modules"
    installed.mkdir()
    (installed / "chamba-client").symlink_to(folder / "client")
    # What npm would fetch for the client and for who writes in TypeScript for Node.
    (folder / "client" / "node_modules").symlink_to(INSTALLED)
    (installed / "@types").symlink_to(INSTALLED / "@types")
    (installed / "undici-types").symlink_to(INSTALLED / "undici-types")
    (folder / "package.json").write_text(json.dumps({"type": "module"}))
    return folder


def test_the_program_that_partners_read_compiles_and_asks_a_server(project: Path, server: PartnerServer) -> None:
    _compile(project, "program.ts", PROGRAM)
    key = {"CHAMBA_URL": server.address, "CHAMBA_KEY": server.key}
    lines = [line.split(" ") for line in _run(["node", "program.js"], project, key).splitlines()]
    # The partner's list has the other tests' jobs, too, in whichever order these run.
    assert ["own", "web-1", "open"] in lines
    told = [words for words in lines if words[0] != "own"]
    assert told[-4:-2] == [
        ["put", "open", "Diseñadora", "web,", "por", "las", "noches"],
        ["problem", "/problems/invalid-input", "limit"],
    ]
    (_, case, replayed), (_, same, replayed_again) = told[-2:]
    assert (replayed, replayed_again) == ("null", "true")
    assert len(case) == 36
    assert case == same
    assert {words[0] for words in told[:-4]} == {"match"}


def test_the_first_call_of_the_developers_page_compiles_and_is_answered(project: Path, server: PartnerServer) -> None:
    _compile(project, "first.ts", first_call("typescript"))
    key = {"CHAMBA_URL": server.address, "CHAMBA_KEY": server.key}
    assert len(_run(["node", "first.js"], project, key).splitlines()[-1]) == 36


def test_mistakes_do_not_compile(project: Path) -> None:
    _compile(project, "mistakes.ts", MISTAKES)


def test_a_list_is_asked_to_its_end_and_a_refusal_is_thrown(project: Path, server: PartnerServer) -> None:
    program = """
    import { chambaClient, everyItem, ProblemError } from "chamba-client";
    const [baseUrl, key] = [process.env["CHAMBA_URL"]!, process.env["CHAMBA_KEY"]!];
    const chamba = chambaClient({ baseUrl, key, language: "en" });
    for (const job_id of ["a", "b", "c"]) {
        await chamba.PUT("/v1/jobs/{job_id}", { params: { path: { job_id } }, body: { title: "Tejedora de redes" } });
    }
    const page = (cursor: string | null) => chamba.GET("/v1/jobs", { params: { query: { cursor, limit: 2 } } });
    const told: string[] = [];
    for await (const job of everyItem(page)) told.push(job.job_id);
    console.log(told.filter((one) => one.length === 1).join());
    const wrong = chambaClient({ baseUrl, key: "chamba_wrong_key", language: "en" });
    try {
        for await (const job of everyItem(() => wrong.GET("/v1/jobs"))) console.log(job);
    } catch (error) {
        console.log(error instanceof ProblemError && `${error.problem.status} ${error.message}`);
    }
    """
    _compile(project, "lists.ts", program)
    key = {"CHAMBA_URL": server.address, "CHAMBA_KEY": server.key}
    items, refusal = _run(["node", "lists.js"], project, key).splitlines()
    assert items == "a,b,c"
    assert refusal.startswith("401 ")


def _compile(project: Path, name: str, text: str) -> None:
    (project / name).write_text(text, "utf-8")
    options = ["--strict", "--module", "nodenext", "--target", "es2022", "--exactOptionalPropertyTypes"]
    _run([str(INSTALLED / ".bin" / "tsc"), *options, name], project)


def _run(command: list[str], folder: Path, variables: dict[str, str] | None = None) -> str:
    environment = os.environ | (variables or {})
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout
