"""A pretrained text encoder, whatever its source: body, vocabulary, tokeniser, prefixes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import keras

from engine.encoder.tokeniser import Tokeniser, TokeniserKind, TokeniserSpec, load_tokeniser
from engine.errors import ArtifactError
from training.encoders import vocabulary

SENTENCEPIECE_SPEC = TokeniserSpec(
    TokeniserKind.SENTENCEPIECE, bos_id=vocabulary.BOS, eos_id=vocabulary.EOS, pad_id=vocabulary.PAD
)


@dataclass(frozen=True, slots=True)
class PretrainedEncoder:
    """A text encoder ready to be trained and exported.

    `body` maps token ids and mask, `[batch, tokens]` each, to vectors `[batch, dimension]`; `vocabulary` is the
    tokeniser's file as bytes; the prefixes are put before every text of that side. `source` is what `load_encoder`
    took; `adapters`, where the body was tuned since, is the safetensors file of what was added to it.
    """

    name: str
    body: keras.Model
    dimension: int
    vocabulary: bytes
    tokeniser: TokeniserSpec
    seeker_prefix: str = ""
    job_prefix: str = ""
    source: str = ""
    adapters: bytes = b""

    def open_tokeniser(self, folder: Path) -> Tokeniser:
        """The tokeniser, its vocabulary written to `folder` first (WordPiece reads only files)."""
        path = folder / "vocabulary.model"
        path.write_bytes(self.vocabulary)
        return load_tokeniser(path, self.tokeniser)


def wordpiece_spec(pieces: list[str], lower_case: bool | None = None) -> TokeniserSpec:
    """How to read a `vocab.txt`; without a word on case, a vocabulary that holds no capital letter is lower case."""
    try:
        bos, eos, pad = (pieces.index(name) for name in ("[CLS]", "[SEP]", "[PAD]"))
    except ValueError as cause:
        raise ArtifactError("vocab.txt is not a BERT vocabulary", expected="[CLS], [SEP] and [PAD]") from cause
    if lower_case is None:
        lower_case = not any(piece[0].isupper() for piece in pieces if piece)
    return TokeniserSpec(TokeniserKind.WORDPIECE, bos, eos, pad, lower_case)
