"""Text to token ids without TensorFlow: SentencePiece, or WordPiece for encoders that come with a vocab.txt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import sentencepiece

from engine.encoder.texts import tidy
from engine.errors import ArtifactError, extra_install


class TokeniserKind(StrEnum):
    """How a vocabulary splits words."""

    SENTENCEPIECE = "sentencepiece"
    WORDPIECE = "wordpiece"


@dataclass(frozen=True, slots=True)
class TokeniserSpec:
    """A vocabulary file's kind and the ids that frame a text: `bos … eos`, then `pad`."""

    kind: TokeniserKind
    bos_id: int
    eos_id: int
    pad_id: int
    lower_case: bool = False


class Tokeniser(Protocol):
    """Texts to token ids, framed by bos and eos, at most `max_tokens` each."""

    def __call__(self, texts: Sequence[str], prefix: str, max_tokens: int) -> list[list[int]]:
        """Ids of `prefix + text` for each text."""


class SentencePieceTokeniser:
    """A SentencePiece model whose ids are the encoder's embedding rows."""

    def __init__(self, model: Path | bytes, spec: TokeniserSpec) -> None:
        content = model if isinstance(model, bytes) else model.read_bytes()
        self._processor = sentencepiece.SentencePieceProcessor(model_proto=content)
        self._spec = spec

    def __call__(self, texts: Sequence[str], prefix: str, max_tokens: int) -> list[list[int]]:
        """Ids of `prefix + text` for each text."""
        pieces = self._processor.encode([prefix + tidy(text) for text in texts])
        return [[self._spec.bos_id, *ids[: max_tokens - 2], self._spec.eos_id] for ids in pieces]


class WordPieceTokeniser:
    """A BERT `vocab.txt`; needs the extra `wordpiece`."""

    def __init__(self, vocabulary: Path, spec: TokeniserSpec) -> None:
        try:
            from tokenizers import BertWordPieceTokenizer
        except ImportError as cause:
            raise ArtifactError(
                "this model's tokeniser is not installed",
                expected="tokenizers",
                fix=extra_install("wordpiece"),
            ) from cause
        self._spec = spec
        self._tokeniser = BertWordPieceTokenizer(str(vocabulary), lowercase=spec.lower_case)

    def __call__(self, texts: Sequence[str], prefix: str, max_tokens: int) -> list[list[int]]:
        """Ids of `prefix + text` for each text."""
        encoded = self._tokeniser.encode_batch([prefix + tidy(text) for text in texts], add_special_tokens=False)
        return [[self._spec.bos_id, *one.ids[: max_tokens - 2], self._spec.eos_id] for one in encoded]


def load_tokeniser(path: Path, spec: TokeniserSpec) -> Tokeniser:
    """The tokeniser of a model's vocabulary file."""
    if spec.kind is TokeniserKind.WORDPIECE:
        return WordPieceTokeniser(path, spec)
    return SentencePieceTokeniser(path, spec)
