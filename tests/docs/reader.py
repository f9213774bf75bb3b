"""Somebody who reads a page from top to bottom and does what it says, in a folder with a small world in it."""

from __future__ import annotations

import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from api.delivering.deliveries import Deliveries
from api.recommendations.schemas.answers import RecommendationAnswer
from engine.programmes.form import read_rules
from store.importers.postings.mapping import parse_mapping
from tests.api.services_of import services_of
from tests.docs.answers import differences
from tests.docs.boards import point_at
from tests.docs.command_line import read_command, try_command
from tests.docs.pages import ROOT, Block
from tests.docs.receiver import NAME, Receiver
from tests.docs.requests_of_curl import ask
from tests.docs.shell import Call, Terminal
from tests.local_site import Site

# What answers call it, and what pages call it afterwards.
CARRIED = {"access_token": "TOKEN", "bundle": "BUNDLE"}
IMAGE = "grafana/grafana-oss"
_TARGET = re.compile(r"^([a-z][\w-]*):", re.MULTILINE)
_CODE = re.compile(r"\b\d{6}\b")


class Reader:
    """Follows blocks; what is answered is kept for the blocks that show answers or go on with their ids."""

    def __init__(self, client: TestClient, terminal: Terminal, receiver: Receiver, boards: Site) -> None:
        """With a server to ask, a terminal in the current folder, a receiver of webhooks, and boards of postings."""
        self._client, self._terminal, self._receiver, self._boards = client, terminal, receiver, boards
        self._names: dict[str, Any] = {"__name__": "page"}
        self._last: Any = None

    def follow(self, block: Block) -> None:
        """Do what a block says; raises whatever shows that it is not so."""
        match block.language:
            case "sh":
                for call in self._terminal.calls(block.text):
                    self._do(call, block)
            case "json":
                self._compare(block)
            case "python":
                exec(compile(block.text, block.where, "exec"), self._names)  # noqa: S102 (ours)
            case "toml":
                document = tomllib.loads(block.text)
                assert "fields" not in document or parse_mapping("page", document)
                assert "rules" not in document or read_rules(document)
            case "typescript":  # tests/deploy/test_typescript_client.py compiles and runs it
                assert '"chamba-client"' in block.text, f"{block.where}: a program of the client"
            case "text":
                assert block.text.strip(), f"{block.where}: an empty drawing"

    def _do(self, call: Call, block: Block) -> None:
        match call.program:
            case "chamba":
                point_at(self._boards, Path("data/feeds"))
                try_command(call.arguments, call.said)
            case "curl":
                self._ask(call.arguments, block)
            case "make":
                targets = set(_TARGET.findall((ROOT / "Makefile").read_text()))
                assert {word for word in call.arguments if "=" not in word} <= targets, call
            case "pip":
                _require_installable(call.arguments)
            case ".venv-prefect/bin/python":
                script, _, *rest = call.arguments
                assert (ROOT / script).is_file(), call
                read_command(["retrain", *(rest[rest.index("--") + 1 :] if "--" in rest else [])])
            case "python3":
                assert call.arguments[:1] == ["-m"], call
            case _:  # programs of others, which may not be here: the files of ours that they read are
                words = " ".join(call.arguments).replace(f"{Path.cwd()}/", "").replace(IMAGE, "")
                ours = re.findall(r"(?<![\w/])(?:grafana|deploy)/[\w./-]+", words)
                assert all((ROOT / path).exists() for path in ours), call

    def _ask(self, arguments: list[str], block: Block) -> None:
        answer = ask(self._client, [word.replace(NAME, self._receiver.url) for word in arguments])
        expected = block.note.removeprefix("status: ") if block.note.startswith("status: ") else "2"
        assert str(answer.status_code).startswith(expected), f"{block.where}: {answer.status_code} {answer.text}"
        if not answer.content:
            return
        kind = answer.headers["content-type"]
        self._last = (
            json.loads(answer.text.splitlines()[0] if "jsonl" in kind else answer.text)
            if "json" in kind
            else answer.text
        )
        if isinstance(self._last, dict):
            self._carry(self._last)

    def _carry(self, answer: dict[str, Any]) -> None:
        for name, value in answer.items():
            if isinstance(value, str) and (name in CARRIED or name.endswith("_id")):
                self._terminal.set(CARRIED.get(name, name.upper()), value)
        services = services_of(self._client)
        Deliveries(services).send_due()
        for mail in sorted((services.settings.data_dir / "outbox").glob("*.eml")):
            if code := _CODE.search(mail.read_text("utf-8").partition("\n\n")[2]):
                self._terminal.set("CODE", code[0])

    def _compare(self, block: Block) -> None:
        shown = json.loads(block.text)
        if block.note == "answer":
            assert not (found := differences(shown, self._last)), found
            if "recommendations" in shown and "seeker_id" not in shown:
                RecommendationAnswer.model_validate(shown)
        else:
            assert block.note == "delivery", "JSON is an answer or a delivery; say which above it"
            _, body = self._receiver.received[-1]
            assert shown.keys() == json.loads(body).keys()


def _require_installable(arguments: list[str]) -> None:
    """Extras and groups that `pip install` names are in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    known = {*project["project"]["optional-dependencies"], *project.get("dependency-groups", {})}
    named = [name for word in arguments for name in re.findall(r"\[([\w,-]+)\]", word)]
    pairs = list(pairwise(arguments))
    named += [word for before, word in pairs if before == "--group"]
    assert all((ROOT / word).is_file() for before, word in pairs if before == "--requirement"), arguments
    assert {one for name in named for one in name.split(",")} <= known, arguments
