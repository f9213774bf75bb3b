"""Generates the TypeScript client from the app's own OpenAPI document; no server runs, nothing is downloaded.

    python deploy/typescript_client/generate.py FOLDER

FOLDER is replaced by a package of npm, compiled. The generator and the compiler are those of package.json, installed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from api.app import create_app
from api.configuration.settings import Settings

HERE = Path(__file__).parent
PROGRAMS = HERE / "node_modules" / ".bin"
# What is sent may leave out what has a default.
HOW = ["--default-non-nullable", "false"]


def generate(folder: Path) -> None:
    """Write the client to `folder`; raises CalledProcessError when the document cannot be read or compiled."""
    shutil.rmtree(folder, ignore_errors=True)
    source = folder / "src"
    source.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as work:
        data = Path(work) / "data"
        data.mkdir()
        described = create_app(Settings(data_dir=data, database_url="")).openapi()
        document = Path(work) / "openapi.json"
        document.write_text(json.dumps(described), "utf-8")
        subprocess.run(
            [PROGRAMS / "openapi-typescript", document, "--output", source / "schema.ts", *HOW], check=True, cwd=HERE
        )
    shutil.copy(HERE / "client.ts", source / "index.ts")
    shutil.copy(HERE / "tsconfig.json", folder)
    (folder / "package.json").write_text(json.dumps(_package(described["info"]["version"]), indent=2) + "\n", "utf-8")
    # What it imports, where the compiler looks for it; whoever installs the package gets that from npm.
    beside = folder / "node_modules"
    beside.symlink_to(HERE.absolute() / "node_modules")
    subprocess.run([PROGRAMS.absolute() / "tsc"], check=True, cwd=folder)
    beside.unlink()


def _package(version: str) -> dict[str, object]:
    needs = json.loads((HERE / "package.json").read_text("utf-8"))
    return {
        "name": "chamba-client",
        "version": version,
        "license": "MIT",
        "type": "module",
        "exports": {".": {"types": "./dist/index.d.ts", "default": "./dist/index.js"}},
        "files": ["dist"],
        "engines": needs["engines"],
        "dependencies": needs["dependencies"],
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Generates the TypeScript client.")
    parser.add_argument("folder", type=Path, help="where the client goes")
    generate(parser.parse_args().folder.absolute())
