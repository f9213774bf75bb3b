"""Generates the Python client from the app's own OpenAPI document; no server runs, nothing is downloaded.

    python deploy/python_client/generate.py GENERATOR FOLDER

GENERATOR is the program `openapi-python-client`, of an environment of its own. FOLDER is replaced.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from api.app import create_app
from api.configuration.settings import Settings

CONFIG = Path(__file__).with_name("config.yml")
# The client has no types for these: they are bytes to it (config.yml says so too). PDF stands for all CV files.
UNTYPED = frozenset({"application/jsonl", "application/ld+json", "text/calendar", "application/pdf"})
BYTES = {"type": "string", "format": "binary"}


def openapi_document() -> dict[str, Any]:
    """What the app says of itself, with short names, and as bytes what a client takes as bytes."""
    with tempfile.TemporaryDirectory() as data:
        document = create_app(Settings(data_dir=Path(data), database_url="")).openapi()
    for operation in (operation for path in document["paths"].values() for operation in path.values()):
        # Modules of the client are named so, in a folder a tag: without the address and the method.
        operation["operationId"] = operation["operationId"].partition("_v1_")[0]
        for described in (operation.get("requestBody", {}), *operation["responses"].values()):
            untyped = UNTYPED & described.get("content", {}).keys()
            if untyped:  # alone: the same as plain JSON would be a union of everything
                described["content"] = {media_type: {"schema": BYTES} for media_type in untyped}
    return document


def generate(generator: Path, folder: Path) -> None:
    """Write the client to `folder`; raises CalledProcessError when the generator cannot read a part of the document."""
    with tempfile.TemporaryDirectory() as work:
        document = Path(work) / "openapi.json"
        document.write_text(json.dumps(openapi_document()), "utf-8")
        places = ["--path", str(document), "--output-path", str(folder), "--config", str(CONFIG)]
        command = [str(generator), "generate", *places, "--meta", "setup", "--overwrite", "--fail-on-warning"]
        # It formats what it wrote with the ruff beside it.
        path = os.pathsep.join([str(generator.absolute().parent), os.environ.get("PATH", "")])
        subprocess.run(command, check=True, env=os.environ | {"PATH": path})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Generates the Python client.")
    parser.add_argument("generator", type=Path, help="the program openapi-python-client")
    parser.add_argument("folder", type=Path, help="where the client goes")
    asked = parser.parse_args()
    generate(asked.generator, asked.folder)
