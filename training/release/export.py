"""Writes a model folder: a SavedModel that takes raw strings, and the LiteRT flatbuffer the API serves.

The SavedModel opens with `tensorflow_hub.load`; its signatures `seeker` and `job` map `texts` `[batch]` to
vectors `[batch, dimension]`. TF Serving serves the folder `saved_model` as it is.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import keras
import orjson
import tensorflow as tf
import tensorflow_text as tf_text
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2
from tqdm import tqdm

from engine.artifacts import file_checksum, point_link, seal_folder
from engine.encoder.encoder import FLATBUFFER, MODEL_FORMAT_VERSION, MODEL_MANIFEST, VOCABULARY, Tower, pad
from engine.encoder.texts import MAX_TEXT_CHARACTERS, job_text, seeker_text
from engine.encoder.tokeniser import TokeniserKind, TokeniserSpec
from engine.errors import ArtifactError
from engine.relevance import Calibration, MatchCalibration
from sample.world import generate_world
from training.encoders.bert import BertBody
from training.encoders.pretrained import PretrainedEncoder
from training.losses import unit_prefix
from training.release.smoothing import smoothed
from training.towers.model import TwoTowers

SAVED_MODEL = "saved_model"
CURRENT = "current"
LEAST_FLATBUFFER_BYTES_PER_WEIGHT = 0.9
CALIBRATION_SEED, CALIBRATION_TEXTS = 0, 48

Token = tf.TensorSpec([None, None], tf.int32)
Texts = tf.TensorSpec([None], tf.string)


@dataclass(frozen=True, slots=True)
class _Untracked:
    """Layers that `tf.saved_model.save` does not see, only the variables they hold.

    A Keras variable is saved as a copy beside the one that the graph reads, and only the copy is restored:
    `tf.saved_model.load` mends that, TensorFlow Serving finds no value.
    """

    body: Any
    seeker_head: keras.layers.Layer
    job_head: keras.layers.Layer


class TokenTowers(tf.Module):
    """Token ids and mask `[batch, tokens]` to the vectors of both towers, `[batch, dimension]` each.

    A `dimension` below the towers' own gives the prefixes of their vectors, brought to length 1 again.
    """

    def __init__(self, body: Any, towers: TwoTowers, dimension: int) -> None:
        super().__init__()
        self._graph = _Untracked(body, towers.seeker_head, towers.job_head)
        parts = (body, towers.seeker_head, towers.job_head)
        self.weights = [variable.value for part in parts for variable in part.variables]
        self.loaded = getattr(body, "loaded", None)
        self._dimension = dimension

    @tf.function(input_signature=[Token, Token])
    def __call__(self, token_ids: tf.Tensor, mask: tf.Tensor) -> dict[str, tf.Tensor]:
        """Vectors by tower; a text is meant for one of them, the other costs nothing beside the body."""
        pooled = self._graph.body(token_ids, mask)
        return {
            Tower.SEEKER.value: self._cut(self._graph.seeker_head(pooled)),
            Tower.JOB.value: self._cut(self._graph.job_head(pooled)),
        }

    def _cut(self, vectors: tf.Tensor) -> tf.Tensor:
        return vectors if self._dimension == vectors.shape[-1] else unit_prefix(vectors, self._dimension)


class TextTowers(tf.Module):
    """Raw strings to vectors: prefix, tokeniser and towers in one graph."""

    def __init__(self, encoder: PretrainedEncoder, towers: TwoTowers, max_tokens: int, dimension: int) -> None:
        super().__init__()
        self.token_towers = TokenTowers(encoder.body, towers, dimension)
        self.tokeniser = graph_tokeniser(encoder.vocabulary, encoder.tokeniser)
        self._spec, self._max_tokens = encoder.tokeniser, max_tokens
        self._prefixes = {Tower.SEEKER: encoder.seeker_prefix, Tower.JOB: encoder.job_prefix}

    @tf.function(input_signature=[Texts])
    def seeker(self, texts: tf.Tensor) -> dict[str, tf.Tensor]:
        """Seeker vectors of `texts` `[batch]`."""
        return {Tower.SEEKER.value: self._vectors(texts, Tower.SEEKER)}

    @tf.function(input_signature=[Texts])
    def job(self, texts: tf.Tensor) -> dict[str, tf.Tensor]:
        """Job vectors of `texts` `[batch]`."""
        return {Tower.JOB.value: self._vectors(texts, Tower.JOB)}

    def _vectors(self, texts: tf.Tensor, tower: Tower) -> tf.Tensor:
        pieces = self.tokeniser.tokenize(self._prefixes[tower] + graph_tidy(texts))
        if self._spec.kind is TokeniserKind.WORDPIECE:
            pieces = pieces.merge_dims(1, -1) if pieces.ragged_rank > 1 else pieces
        pieces = tf.cast(pieces[:, : self._max_tokens - 2], tf.int32)
        framed = tf.concat([self._column(texts, self._spec.bos_id), pieces, self._column(texts, self._spec.eos_id)], 1)
        token_ids = framed.to_tensor(self._spec.pad_id)
        mask = tf.sequence_mask(framed.row_lengths(), tf.shape(token_ids)[1], tf.int32)
        return self.token_towers(token_ids, mask)[tower.value]

    @staticmethod
    def _column(texts: tf.Tensor, token_id: int) -> tf.RaggedTensor:
        return tf.RaggedTensor.from_tensor(tf.fill([tf.shape(texts)[0], 1], token_id))


def graph_tokeniser(vocabulary: bytes, spec: TokeniserSpec) -> Any:
    """The in-graph tokeniser that agrees with `engine.encoder.tokeniser`."""
    if spec.kind is TokeniserKind.SENTENCEPIECE:
        return tf_text.SentencepieceTokenizer(model=vocabulary)
    return tf_text.FastBertTokenizer(
        vocab=vocabulary.decode().splitlines(),
        token_out_type=tf.int32,
        lower_case_nfd_strip_accents=spec.lower_case,
    )


def graph_tidy(texts: tf.Tensor) -> tf.Tensor:
    """`engine.encoder.texts.tidy` in the graph."""
    composed = tf_text.normalize_utf8(tf.strings.regex_replace(texts, "\u200d", " "), "NFC")
    single_spaced = tf.strings.strip(tf.strings.regex_replace(composed, r"[\s\p{Z}\x1c-\x1f\x85]+", " "))
    return tf.strings.strip(tf.strings.substr(single_spaced, 0, MAX_TEXT_CHARACTERS, unit="UTF8_CHAR"))


def quantisable_body(encoder: PretrainedEncoder, max_tokens: int) -> keras.Model:
    """The body smoothed on texts of the sample world; one whose blocks are not ours, as it is."""
    if not isinstance(encoder.body, BertBody):
        return encoder.body
    world = generate_world(CALIBRATION_SEED, CALIBRATION_TEXTS // 2, CALIBRATION_TEXTS // 2)
    texts = [*map(job_text, world.jobs), *map(seeker_text, world.seekers)]
    with TemporaryDirectory() as folder:
        token_ids = encoder.open_tokeniser(Path(folder))(texts, encoder.job_prefix, max_tokens)
    return smoothed(encoder.body, *pad(token_ids, max(map(len, token_ids)), encoder.tokeniser.pad_id))


def write_flatbuffer(body: keras.Model, towers: TwoTowers, path: Path, dimension: int) -> None:
    """The towers as a LiteRT flatbuffer with 8-bit weights (dynamic range): token ids and mask to both vectors."""
    module = TokenTowers(body, towers, dimension)
    # Unfrozen, the converter leaves the weights out without a word; frozen, the outputs lose their names.
    frozen = convert_variables_to_constants_v2(module.__call__.get_concrete_function())

    @tf.function(input_signature=[Token, Token])
    def named(token_ids: tf.Tensor, mask: tf.Tensor) -> dict[str, tf.Tensor]:
        return dict(zip(sorted(Tower), frozen(token_ids, mask), strict=True))

    converter = tf.lite.TFLiteConverter.from_concrete_functions([named.get_concrete_function()], module)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    flatbuffer = converter.convert()
    weights = sum(int(tf.size(variable)) for variable in module.variables)
    if len(flatbuffer) < weights * LEAST_FLATBUFFER_BYTES_PER_WEIGHT:
        raise ArtifactError(
            "the converter left weights out of the flatbuffer",
            expected=f"about {weights / 1e6:.0f} MB",
            got=f"{len(flatbuffer) / 1e6:.1f} MB",
        )
    path.write_bytes(flatbuffer)


def write_saved_model(module: TextTowers, path: Path) -> None:
    """The towers as a SavedModel: signatures `seeker` (the default) and `job` take `texts` `[batch]`."""
    signatures = {"seeker": module.seeker, "job": module.job, "serving_default": module.seeker}
    tf.saved_model.save(module, str(path), signatures=signatures)


def export_model(
    encoder: PretrainedEncoder,
    towers: TwoTowers,
    calibration: Calibration,
    provenance: Mapping[str, Any],
    models: Path,
    *,
    max_tokens: int,
    dimension: int | None = None,
    with_saved_model: bool = True,
    match_calibration: MatchCalibration | None = None,
) -> Path:
    """Write the model to `models/<model_id>`, make `models/current` point to it, and return its folder.

    `dimension` is the width of the vectors (None: all of it). `provenance` is recorded as it is: run, data version,
    metrics. `match_calibration`: None where nobody judged its answers. The same weights give the same model id; a
    folder of that name is replaced.
    """
    width = dimension or encoder.dimension
    models.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(dir=models, prefix=".new-"))
    try:
        (folder / VOCABULARY).write_bytes(encoder.vocabulary)
        _write_graphs(folder, encoder, towers, max_tokens, width, with_saved_model)
        settings = _settings(encoder, calibration, max_tokens, width)
        if match_calibration is not None:
            settings["match_calibration"] = asdict(match_calibration)
        model_id = _model_id(folder, settings)
        seal_folder(folder, MODEL_MANIFEST, settings | {"model_id": model_id, "provenance": dict(provenance)})
        target = models / model_id
        if target.exists():
            shutil.rmtree(target)
        folder.chmod(0o755)
        folder.rename(target)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    point_link(models / CURRENT, model_id)
    return target


def _write_graphs(
    folder: Path, encoder: PretrainedEncoder, towers: TwoTowers, max_tokens: int, width: int, with_saved_model: bool
) -> None:
    with tqdm(total=1 + with_saved_model, desc="writing the model", unit="file") as progress:
        progress.set_postfix_str("LiteRT flatbuffer")
        write_flatbuffer(quantisable_body(encoder, max_tokens), towers, folder / FLATBUFFER, width)
        progress.update()
        if with_saved_model:
            progress.set_postfix_str("SavedModel")
            write_saved_model(TextTowers(encoder, towers, max_tokens, width), folder / SAVED_MODEL)
            progress.update()


def _settings(encoder: PretrainedEncoder, calibration: Calibration, max_tokens: int, dimension: int) -> dict[str, Any]:
    spec = encoder.tokeniser
    return {
        "format_version": MODEL_FORMAT_VERSION,
        "encoder": encoder.name,
        "dimension": dimension,
        "max_tokens": max_tokens,
        "prefixes": {"seeker": encoder.seeker_prefix, "job": encoder.job_prefix},
        "tokeniser": {
            "kind": spec.kind.value,
            "bos_id": spec.bos_id,
            "eos_id": spec.eos_id,
            "pad_id": spec.pad_id,
            "lower_case": spec.lower_case,
        },
        "calibration": {
            "unrelated_cosine": calibration.unrelated_cosine,
            "placed_cosine": calibration.placed_cosine,
        },
    }


def _model_id(folder: Path, settings: Mapping[str, Any]) -> str:
    """A name for the exact weights, vocabulary and settings."""
    content = [file_checksum(folder / FLATBUFFER), file_checksum(folder / VOCABULARY)]
    return hashlib.sha256(orjson.dumps([content, settings], option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
