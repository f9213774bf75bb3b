"""The wheel serves, with the versions of the lock file and nothing else installed.

It needs an environment of its own, which `make check-wheel` makes; without that the parts that use it are skipped.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.partner_server import partner_server

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ROOT / ".venv-wheel" / "bin"
LOCK = ROOT / "deploy" / "serving.lock"
GIVE_UP_SECONDS = 180
PROFILE = {"text": "Tejo redes de pesca", "availability": {"time_zone": "America/Lima", "hours_per_week": 20}}

INSTALLED = ENVIRONMENT.parent / ".installed"  # at the end of an install: what was broken off is none
needs_environment = pytest.mark.skipif(not INSTALLED.exists(), reason="no .venv-wheel: make check-wheel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built from a copy of what is in Git's care or may be."""
    folder = tmp_path_factory.mktemp("wheel")
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    for name in names:
        if (ROOT / name).is_file():
            copy = folder / "checkout" / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes((ROOT / name).read_bytes())
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index"]
    built = subprocess.run(
        [*build, "--wheel-dir", str(folder), str(folder / "checkout")], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*.whl"))


def locked() -> dict[str, str]:
    """The version of each distribution that the lock file names."""
    return {
        canonicalize_name(name): version
        for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", LOCK.read_text("utf-8"), re.MULTILINE)
    }


@pytest.mark.slow
def test_the_wheel_holds_what_serves_and_its_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    folders = {name.partition("/")[0] for name in names if ".dist-info/" not in name}
    assert folders == {"api", "chamba.py", "commands", "engine", "index", "store"}
    assert [name for name in names if name.endswith(".dist-info/licenses/LICENSE")]
    data = {
        path.relative_to(ROOT).as_posix()
        for folder in ("api", "commands", "engine", "index", "store")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert sorted(data - set(names)) == []


def test_the_lock_file_is_within_the_ranges_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    versions = locked()
    for requirement in map(Requirement, project["dependencies"]):
        assert versions[canonicalize_name(requirement.name)] in requirement.specifier, requirement
    assert "tensorflow" not in versions


@pytest.fixture
def server(wheel: Path, tiny_bundles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an installed wheel's server over the tiny bundle, whose partner's key is in `tmp_path/key`."""
    install = [str(ENVIRONMENT / "python"), "-m", "pip", "install", "--no-deps", "--no-index", "--force-reinstall"]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    monkeypatch.chdir(tmp_path)  # not the checkout, whose folders would be imported
    with partner_server([str(ENVIRONMENT / "chamba")], tiny_bundles, tmp_path, "", GIVE_UP_SECONDS) as server:
        yield server.address


@pytest.mark.slow
@needs_environment
def test_an_installed_wheel_serves(server: str, tmp_path: Path) -> None:
    key = (tmp_path / "key").read_text().strip()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    body = json.dumps({"profile": PROFILE, "limit": 3}).encode()
    request = urllib.request.Request(f"{server}/v1/recommendations", body, headers)
    with urllib.request.urlopen(request, timeout=GIVE_UP_SECONDS) as answer:
        assert len(json.load(answer)["recommendations"]) == 3


@pytest.mark.slow
@needs_environment
@pytest.mark.usefixtures("server")
def test_what_only_a_checkout_has_is_said_to_be_there(tmp_path: Path) -> None:
    command = [str(ENVIRONMENT / "chamba"), "sample", "--jobs", "1", "--data-dir", str(tmp_path)]
    asked = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert asked.returncode == 2
    assert "needs sample" in asked.stderr
    assert "checkout" in asked.stderr
