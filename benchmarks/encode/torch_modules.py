"""Our towers as modules of sentence-transformers, so that its own `encode` is what is measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers.base.modules import InputModule

from benchmarks.encode import peer_files


class TokenisedBert(InputModule):  # type: ignore[misc]
    """`transformers.BertModel` behind our tokeniser, then mean, head and unit length."""

    def __init__(self, folder: Path, settings: dict[str, Any], padded: Callable[[Sequence[str]], Any]) -> None:
        super().__init__()
        self.bert = peer_files.bert_model(folder, settings)
        self.kernel, self.bias = (torch.from_numpy(values) for values in peer_files.head_weights(folder))
        self._padded, self._dimension = padded, settings["dimension"]

    def preprocess(self, inputs: Sequence[str], **_: Any) -> dict[str, Any]:
        """Token ids and mask `[batch, tokens]` of texts."""
        token_ids, mask = self._padded(inputs)
        return {"input_ids": torch.from_numpy(token_ids), "attention_mask": torch.from_numpy(mask)}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The features with `sentence_embedding` `[batch, dimension]` added."""
        mask = features["attention_mask"]
        states = self.bert(input_ids=features["input_ids"], attention_mask=mask).last_hidden_state
        return features | {
            "sentence_embedding": peer_files.tower_vectors(states, mask, self.kernel, self.bias, self._dimension)
        }

    def save(self, *_: Any, **__: Any) -> None:
        """Nothing is kept: the weights come from the model folder each time."""


def sentence_modules(folder: Path, settings: dict[str, Any], padded: Callable[[Sequence[str]], Any]) -> list[Any]:
    """The modules of a SentenceTransformer; `padded` maps texts to token ids and mask."""
    return [TokenisedBert(folder, settings, padded)]
