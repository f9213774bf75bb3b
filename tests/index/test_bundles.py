"""Which bundles are kept, serving another, and going back; and what is refused while the old one goes on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from chamba import app
from engine.errors import ArtifactError
from engine.jobs import Job
from index.build import IndexConfig, build_index, publish_built
from index.bundle import BUNDLE_FORMAT_VERSION, BundleManifest, current_folder
from index.serving import BundleWatch, open_bundle

Data = tuple[Path, list[str]]


@pytest.fixture
def data(tiny_model: Path, tiny_jobs: list[Job], tmp_path: Path) -> Data:
    """A data folder with three bundles of 90, 80 and 70 jobs, and their versions."""
    bundles = tmp_path / "bundles"
    reports = [
        build_index(tiny_jobs[:count], tiny_model, bundles, IndexConfig(recall_floor=0.5)) for count in (90, 80, 70)
    ]
    return tmp_path, [report.manifest.version for report in reports]


def run(data_dir: Path, *arguments: str) -> str:
    result = CliRunner().invoke(app, ["bundle", *arguments, "--data-dir", str(data_dir)], catch_exceptions=False)
    return result.output


def served(data_dir: Path) -> str:
    folder = current_folder(data_dir / "bundles")
    assert folder is not None
    return folder.name


def test_the_list_names_every_bundle_and_marks_the_served(data: Data) -> None:
    folder, versions = data
    lines = run(folder, "list").splitlines()
    assert [version in line for version, line in zip(reversed(versions), lines, strict=True)] == [True] * 3
    assert [line.startswith("served") for line in lines] == [True, False, False]
    assert "70 jobs" in lines[0]


def test_in_a_relative_folder_the_served_bundle_is_marked_and_kept(
    data: Data, tiny_model: Path, tiny_jobs: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, versions = data
    monkeypatch.chdir(folder)
    here = Path()
    build_index(tiny_jobs[:60], tiny_model, here / "bundles", IndexConfig(recall_floor=0.5, build_only=True))
    publish_built(here / "bundles", versions[0])
    lines = run(here, "list").splitlines()
    assert [line.startswith("served") for line in lines] == [False, False, True]
    assert versions[0] in lines[-1]
    assert BundleManifest.read(folder / "bundles" / versions[0]).version == versions[0]


def test_a_rollback_serves_the_one_before_and_servers_follow(data: Data) -> None:
    folder, versions = data
    watch = BundleWatch(folder / "bundles")
    watch.refresh()
    run(folder, "rollback")
    assert served(folder) == versions[1]
    assert watch.refresh()
    assert watch.current is not None
    assert watch.current.job_count == 80
    run(folder, "rollback")
    assert served(folder) == versions[0]
    with pytest.raises(ArtifactError, match="no bundle before"):
        run(folder, "rollback")
    run(folder, "publish", versions[2])
    assert served(folder) == versions[2]


@pytest.mark.parametrize("version", ["nothing", "../bundles", ".", "current"])
def test_what_is_not_a_bundle_is_not_served(data: Data, version: str) -> None:
    folder, versions = data
    with pytest.raises(ArtifactError, match="there is no bundle"):
        run(folder, "publish", version)
    assert served(folder) == versions[2]


@pytest.mark.parametrize("part", ["vectors.npy", "catalogue/told.bin", "model/model.json"])
def test_a_truncated_bundle_is_refused_and_the_old_one_goes_on(data: Data, part: str) -> None:
    folder, versions = data
    path = folder / "bundles" / versions[0] / part
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(ArtifactError, match=Path(part).name):
        run(folder, "publish", versions[0])
    assert served(folder) == versions[2]


def test_an_older_format_is_listed_as_what_it_is(data: Data) -> None:
    folder, versions = data
    manifest = folder / "bundles" / versions[0] / "manifest.json"
    manifest.write_text(
        manifest.read_text().replace(f'"format_version": {BUNDLE_FORMAT_VERSION}', '"format_version": 1')
    )
    assert "cannot be served" in run(folder, "list").splitlines()[2]
    assert f"expected format_version {BUNDLE_FORMAT_VERSION}; got 1" in run(folder, "list").splitlines()[2]


def test_no_bundle_is_said_as_such(tmp_path: Path) -> None:
    assert "chamba index" in run(tmp_path, "list")


def test_a_model_that_did_not_make_the_vectors_is_refused(data: Data, tiny_model: Path) -> None:
    folder, versions = data
    from engine.artifacts import seal_folder
    from index.bundle import BUNDLE_MANIFEST, BundleManifest

    bundle = folder / "bundles" / versions[0]
    manifest = replace(BundleManifest.read(bundle), model_id="0123456789abcdef")
    seal_folder(bundle, BUNDLE_MANIFEST, manifest.document())
    run(folder, "publish", versions[0])
    watch = BundleWatch(folder / "bundles")
    assert not watch.refresh()
    assert watch.problem is not None
    assert "do not belong together" in watch.problem
    assert tiny_model.name in watch.problem


def test_old_bundles_move_to_the_archive_where_there_is_one(data: Data, tiny_model: Path, tiny_jobs: list[Job]) -> None:
    folder, versions = data
    config = IndexConfig(recall_floor=0.5, force=True)
    build_index(tiny_jobs[:60], tiny_model, folder / "bundles", config)
    assert not (folder / "bundles" / versions[0]).exists()
    archive = folder / "bundle-archive"
    archive.mkdir()
    build_index(tiny_jobs[:50], tiny_model, folder / "bundles", config)
    assert [path.name for path in archive.iterdir()] == [versions[1]]
    assert BundleManifest.read(archive / versions[1]).job_count == 80


def test_eight_threads_open_bundles_at_once(data: Data) -> None:
    folder, versions = data
    wanted = [(folder / "bundles" / versions[number % 3], (90, 80, 70)[number % 3]) for number in range(24)]
    with ThreadPoolExecutor(8) as threads:
        opened = list(threads.map(lambda bundle: open_bundle(bundle[0]), wanted))
    assert [bundle.job_count for bundle in opened] == [count for _, count in wanted]
    assert [len(bundle.job_vectors) for bundle in opened] == [count for _, count in wanted]


def test_a_bundle_whose_manifest_states_no_arrays_opens_all_the_same(data: Data) -> None:
    folder, versions = data
    bundle = folder / "bundles" / versions[0]
    manifest = orjson.loads((bundle / "manifest.json").read_bytes())
    assert manifest.pop("arrays")["vectors.npy"]["shape"][0] == 90
    (bundle / "manifest.json").write_bytes(orjson.dumps(manifest))
    assert open_bundle(bundle).job_count == 90
