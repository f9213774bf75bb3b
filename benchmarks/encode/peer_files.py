"""Turns handed-over weights into what each peer opens: a Hugging Face directory, ONNX files, OpenVINO's 8 bits.

Runs in the peers' Python; each file is made when the first runtime asks for it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HUGGING_FACE, ONNX, ONNX_INT8, OPENVINO_INT8 = "hugging-face", "towers.onnx", "towers-int8.onnx", "towers-int8.xml"
WEIGHTS = "weights.npz"

Batch = tuple[NDArray[np.int32], NDArray[np.int32]]


def bert_model(folder: Path, settings: dict[str, Any], attention: str = "sdpa") -> Any:
    """The body as `transformers.BertModel`, saved as a Hugging Face directory and opened from it."""
    import torch
    from transformers import BertConfig, BertModel

    directory = folder / HUGGING_FACE
    if not directory.is_dir():
        config = BertConfig(
            vocab_size=settings["vocabulary_rows"],
            hidden_size=settings["hidden"],
            num_hidden_layers=settings["layers"],
            num_attention_heads=settings["heads"],
            intermediate_size=settings["feed_forward"],
            max_position_embeddings=settings["positions"],
            type_vocab_size=1,
            layer_norm_eps=settings["epsilon"],
        )
        model = BertModel(config, add_pooling_layer=False)
        with np.load(folder / WEIGHTS, allow_pickle=False) as stored:
            state = {name: torch.from_numpy(stored[name]) for name in stored if not name.startswith("head.")}
        missing, unknown = model.load_state_dict(state, strict=False)
        if unknown or [name for name in missing if not name.endswith(("position_ids", "token_type_ids"))]:
            raise ValueError(f"weights do not fit BertModel: missing {missing}, unknown {unknown}")
        model.save_pretrained(directory)
    return BertModel.from_pretrained(directory, add_pooling_layer=False, attn_implementation=attention).eval()


def head_weights(folder: Path) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The job head's kernel `[dimension, dimension]` and bias."""
    with np.load(folder / WEIGHTS, allow_pickle=False) as stored:
        return stored["head.kernel"], stored["head.bias"]


def onnx_file(folder: Path, settings: dict[str, Any]) -> Path:
    """The job tower in 32 bits: `token_ids` and `mask` `[batch, tokens]` to `vectors`."""
    return _once(folder / ONNX, lambda path: _export_onnx(folder, settings, path))


def onnx_int8_file(folder: Path, settings: dict[str, Any]) -> Path:
    """The same by ONNX Runtime's dynamic quantisation: 8-bit kernels by channel, activations as they come."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    source = onnx_file(folder, settings)
    return _once(
        folder / ONNX_INT8,
        lambda path: quantize_dynamic(
            source, path, op_types_to_quantize=["MatMul", "Gemm"], per_channel=True, weight_type=QuantType.QInt8
        ),
    )


def openvino_int8_file(folder: Path, settings: dict[str, Any], calibration: Sequence[Batch]) -> Path:
    """The same with weights and activations in 8 bits by NNCF, calibrated on batches of token ids and masks."""
    import nncf
    import openvino

    def quantise(path: Path) -> None:
        data = nncf.Dataset(list(calibration), lambda batch: dict(zip(("token_ids", "mask"), batch, strict=True)))
        model = openvino.Core().read_model(onnx_file(folder, settings))
        quantised = nncf.quantize(model, data, model_type=nncf.ModelType.TRANSFORMER, subset_size=len(calibration))
        openvino.save_model(quantised, path, compress_to_fp16=False)

    path = folder / OPENVINO_INT8
    if not path.is_file():
        quantise(path)
    return path


def _export_onnx(folder: Path, settings: dict[str, Any], path: Path) -> None:
    import torch

    class Tower(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.body = bert_model(folder, settings, attention="eager")
            for name, values in zip(("kernel", "bias"), head_weights(folder), strict=True):
                self.register_buffer(name, torch.from_numpy(values))

        def forward(self, token_ids: Any, mask: Any) -> Any:
            states = self.body(input_ids=token_ids, attention_mask=mask).last_hidden_state
            return tower_vectors(states, mask, self.kernel, self.bias, settings["dimension"])

    example = torch.ones((2, 16), dtype=torch.int32)
    torch.onnx.export(
        Tower().eval().requires_grad_(False),
        (example, example),
        str(path),
        input_names=["token_ids", "mask"],
        output_names=["vectors"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in ("token_ids", "mask")} | {"vectors": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )


def tower_vectors(states: Any, mask: Any, kernel: Any, bias: Any, dimension: int) -> Any:
    """Mean over tokens, unit length, residual head, its first dimensions, unit length again."""
    from torch.nn.functional import normalize

    present = mask.unsqueeze(-1).to(states.dtype)
    unit = normalize((states * present).sum(1) / present.sum(1).clamp(min=1.0), dim=-1)
    return normalize((unit + unit @ kernel + bias)[:, :dimension], dim=-1)


def _once(path: Path, make: Callable[[Path], object]) -> Path:
    if not path.is_file():
        unfinished = path.with_name(f"unfinished-{path.name}")
        make(unfinished)
        unfinished.rename(path)
    return path


def read_settings(folder: Path) -> dict[str, Any]:
    """What the hand-over says of the model."""
    settings: dict[str, Any] = json.loads((folder / "settings.json").read_text("utf-8"))
    return settings


def pin_threads(threads: int) -> None:
    """Every thread pool that reads its size from the environment gets it before its library is imported."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"):
        os.environ[name] = str(threads)
    os.environ["TF_NUM_INTEROP_THREADS"] = "1"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
