"""Stage A as a run: ESCO to adapters on disk, going on from where a killed run was.

chamba tune ESCO_FOLDER
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray
from safetensors.numpy import save

from engine.artifacts import write_atomically
from engine.errors import InvalidInputError
from engine.jobs import Job
from training.checkpoints import Checkpoints
from training.encoders.adapters import Adapter, extract, kernels, to_tensors
from training.encoders.bert import BertBody
from training.encoders.pretrained import PretrainedEncoder
from training.encoders.sources import ADAPTERS, RUN, load_encoder, with_adapters
from training.language.esco import Occupation, read_esco
from training.language.posting_texts import posting_occupations
from training.language.work_language import WorkLanguageConfig, WorkLanguageFit, encode

RUN_FORMAT_VERSION = 1
# How many of a hundred unit groups are kept out of training to see what it does to occupations it never saw.
HELD_OUT_PERCENT = 4
# Batches are drawn evenly: more titles of postings than this would crowd the occupations out.
POSTINGS_AN_OCCUPATION = 0.5


def tune_body(
    esco_folder: Path,
    source: str,
    config: WorkLanguageConfig,
    data_dir: Path,
    say: Callable[[str], object],
    postings: Sequence[Job] = (),
) -> Path:
    """Tune the body of the encoder `source` on the occupations in `esco_folder` and on `postings`; returns the run's
    folder.

    Raises:
        InvalidInputError: the body is none of ours, so that it has no kernels to put adapters on.
    """
    encoder, esco = _untuned_encoder(source), read_esco(esco_folder)
    held_out_groups = choose_held_out(esco.occupations)
    trained = [one for one in esco.occupations if one.isco_group not in held_out_groups]
    held_out = [one for one in esco.occupations if one.isco_group in held_out_groups]
    say(f"ESCO {esco.version}: {len(trained)} occupations to learn from, {len(held_out)} held out")
    from_postings = posting_occupations(postings, most=round(len(trained) * POSTINGS_AN_OCCUPATION))
    if from_postings:
        say(f"and {len(from_postings)} titles of postings with their text")
    untuned = title_mrr(encoder, held_out)
    made_of = [source, esco.version, asdict(config), [one.uri for one in from_postings]]
    identity = hashlib.sha256(orjson.dumps(made_of)).hexdigest()[:16]
    checkpoints = Checkpoints(data_dir / "checkpoints" / identity, identity)
    fit = WorkLanguageFit(encoder, [*trained, *from_postings], config)
    fit.run(checkpoints)
    adapters = extract(kernels(encoder.body), fit.kernels_before, config.released_rank, config.tuned_weight)
    content = save(to_tensors(adapters))
    tuned = title_mrr(with_adapters(load_encoder(source), content), held_out)
    say(f"held-out occupations, a title finds another of its occupation: MRR {untuned:.3f} untuned, {tuned:.3f} tuned")
    folder = _save(content, adapters, encoder, esco.version, config, {"untuned": untuned, "tuned": tuned}, data_dir)
    checkpoints.clear()
    say(f"run saved in {folder}; to fit the heads on it: chamba train --encoder tuned:{folder}")
    return folder


def _untuned_encoder(source: str) -> PretrainedEncoder:
    encoder = load_encoder(source)
    if not isinstance(encoder.body, BertBody):
        raise InvalidInputError(
            "only a BERT that we read can be tuned", expected="e5-small or hf:DIRECTORY", got=source
        )
    if encoder.adapters:
        raise InvalidInputError(
            "this body has been tuned already", expected="an untuned encoder, such as e5-small", got=source
        )
    return encoder


def choose_held_out(occupations: Sequence[Occupation]) -> frozenset[str]:
    """The unit groups kept out of training: a few of a hundred, at least one, the same for every run."""
    groups = sorted(
        {one.isco_group for one in occupations}, key=lambda group: hashlib.sha256(group.encode()).hexdigest()
    )
    return frozenset(groups[: max(1, len(groups) * HELD_OUT_PERCENT // 100)])


def title_mrr(encoder: PretrainedEncoder, occupations: Sequence[Occupation]) -> float:
    """Mean reciprocal rank of the nearest other title of the same occupation, over Spanish and English titles."""
    titles = [(row, title) for row, one in enumerate(occupations) for of in one.titles.values() for title in of]
    rows = np.array([row for row, _ in titles])
    texts = [title for _, title in titles]
    queries = encode(encoder, texts, encoder.seeker_prefix)
    found = encode(encoder, texts, encoder.job_prefix)
    return _reciprocal_rank(queries @ found.T, rows)


def _reciprocal_rank(cosines: NDArray[np.float32], rows: NDArray[np.int64]) -> float:
    same = rows[:, None] == rows[None, :]
    np.fill_diagonal(same, False)
    np.fill_diagonal(cosines, -np.inf)
    best = np.where(same, cosines, -np.inf).max(axis=1)
    has_other = same.any(axis=1)
    ranks = (cosines > best[:, None]).sum(axis=1) + 1
    return float(np.mean(1 / ranks[has_other]))


def _save(
    content: bytes,
    adapters: dict[str, Adapter],
    encoder: PretrainedEncoder,
    data_version: str,
    config: WorkLanguageConfig,
    held_out_mrr: dict[str, float],
    data_dir: Path,
) -> Path:
    moment = datetime.now(UTC)
    folder = data_dir / "runs" / f"{moment:%Y%m%dT%H%M%S}-language"
    write_atomically(folder / ADAPTERS, content)
    document: dict[str, Any] = {
        "format_version": RUN_FORMAT_VERSION,
        "encoder": encoder.source,
        "encoder_name": encoder.name,
        "data": {"name": "esco", "version": data_version},
        "config": asdict(config),
        "metrics": {f"{name}_held_out_title_mrr": value for name, value in held_out_mrr.items()},
        "adapters": {"kernels": len(adapters), "bytes": len(content)},
        "finished_at": moment.isoformat(timespec="seconds"),
    }
    write_atomically(folder / RUN, orjson.dumps(document, option=orjson.OPT_INDENT_2))
    return folder
