"""Makes a run the released towers: its weights and figures, and the golden vectors that every serving path must give.

python -m training.pipelines.golden data/runs/RUN
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from safetensors.numpy import save

from engine.artifacts import write_atomically
from engine.encoder.encoder import Tower
from engine.reranking.model import RERANKER
from training.encoders.sources import ADAPTERS, RUN, released_folder
from training.pipelines.train import export_run
from training.towers.runs import WEIGHTS

GOLDEN = "golden.safetensors"
GOLDEN_TEXTS = (
    "Diseñadora gráfica, identidad de marca y redes sociales. Adobe Illustrator, Photoshop",
    "contador/a con manejo de SUNAT, planillas y Excel avanzado",
    "ATENCIÓN AL CLIENTE DESDE CASA, TURNO NOCHE",
    "Junior data analyst: SQL, Power BI, Python",
    "Virtual assistant, English C1, evenings in Lima",
    "Cajera",
    "  Data   entry\tclerk, nights ",
    "",
)


def release(run: Path, released: Path) -> None:
    """Copy a run's files to `released` and write the golden vectors of its SavedModel beside them."""
    for name in (WEIGHTS, ADAPTERS, RUN, RERANKER):
        if (run / name).is_file():
            write_atomically(released / name, (run / name).read_bytes())
        else:
            (released / name).unlink(missing_ok=True)
    with TemporaryDirectory() as folder:
        model = export_run(run, Path(folder), with_saved_model=True, say=print)
        vectors = {tower.value: saved_model_vectors(model, tower) for tower in Tower}
    write_atomically(released / GOLDEN, save({name: rows.astype(np.float16) for name, rows in vectors.items()}))


def saved_model_vectors(model: Path, tower: Tower) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Vectors `[texts, dimension]` of the golden texts by a model folder's SavedModel."""
    import tensorflow as tf
    import tensorflow_text  # noqa: F401 (its operations are in the graph)

    signature = tf.saved_model.load(str(model / "saved_model")).signatures
    name = "seeker" if tower is Tower.SEEKER else "job"
    rows: np.ndarray[tuple[int, ...], np.dtype[np.float32]] = signature[name](texts=tf.constant(GOLDEN_TEXTS))[
        tower.value
    ].numpy()
    return rows


if __name__ == "__main__":
    release(Path(sys.argv[1]), released_folder())
