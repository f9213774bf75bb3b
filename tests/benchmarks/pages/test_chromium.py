"""Where there is no browser it is told what to install."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.pages.chromium import chromium
from engine.errors import ArtifactError


def test_what_to_install_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ArtifactError, match="apt-get install chromium"), chromium():
        pass
