"""What a TensorFlow Serving operator sees of the SavedModel, through TensorFlow's own `saved_model_cli`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.encoder.encoder import Tower, TowerEncoder

pytestmark = pytest.mark.slow

TEXTS = ["Diseñadora gráfica, Illustrator y Photoshop", "I tidy data", "Contador\u00a0  público"]
# The command as it is installed, and the same with TensorFlow Text's operations loaded first.
PLAIN = "from tensorflow.python.tools.saved_model_cli import main; main()"
WITH_TEXT_OPS = f"import tensorflow_text; {PLAIN}"


def saved_model_cli(*arguments: str, program: str = WITH_TEXT_OPS) -> subprocess.CompletedProcess[str]:
    """Runs it in a process of its own."""
    return subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)


def test_signatures_take_texts_and_give_vectors(tiny_model: Path) -> None:
    shown = saved_model_cli("show", "--dir", str(tiny_model / "saved_model"), "--all", program=PLAIN)
    assert shown.returncode == 0, shown.stderr
    blocks = dict(re.findall(r"signature_def\['(\w+)'\]:(.*?)Method name is: (?:[\w/]*)", shown.stdout, re.DOTALL))
    assert {"seeker", "job", "serving_default"} <= set(blocks)
    dimension = TowerEncoder(tiny_model).manifest.dimension
    for name, output in (("seeker", "seeker_vectors"), ("job", "job_vectors"), ("serving_default", "seeker_vectors")):
        inputs, outputs = blocks[name].split("output(s):")
        assert re.findall(r"inputs\['(\w+)'\]", inputs) == ["texts"]
        assert "dtype: DT_STRING" in inputs
        assert "shape: (-1)\n" in inputs
        assert re.findall(r"outputs\['(\w+)'\]", outputs) == [output]
        assert "dtype: DT_FLOAT" in outputs
        assert f"shape: (-1, {dimension})" in outputs


@pytest.mark.parametrize("tower", list(Tower))
def test_its_vectors_are_those_of_the_flatbuffer(tiny_model: Path, tmp_path: Path, tower: Tower) -> None:
    signature = tower.value.removesuffix("_vectors")
    done = _run(tiny_model, signature, tmp_path, WITH_TEXT_OPS)
    assert done.returncode == 0, done.stderr
    vectors: NDArray[np.float32] = np.load(tmp_path / f"{tower.value}.npy")
    expected = TowerEncoder(tiny_model).encode(TEXTS, tower)
    assert np.sum(vectors * expected, axis=1).min() >= 0.999


def test_without_tensorflow_text_it_says_which_operation_is_missing(tiny_model: Path, tmp_path: Path) -> None:
    done = _run(tiny_model, "seeker", tmp_path, PLAIN)
    assert done.returncode != 0
    assert re.search(r"Op type not registered '(NormalizeUTF8|Sentencepiece\w*)'", done.stderr)


def _run(model: Path, signature: str, out: Path, program: str) -> subprocess.CompletedProcess[str]:
    where = ["--dir", str(model / "saved_model"), "--tag_set", "serve", "--signature_def", signature]
    return saved_model_cli("run", *where, "--input_exprs", f"texts={TEXTS!r}", "--outdir", str(out), program=program)
