"""`chamba tune`, `train`, `build-model`, `train-reranker`: from ESCO and placements to a model that is indexed with.

chamba train
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.opening import open_records
from commands.options import DATA_DIR, DatabaseUrl, DataDir

Encoder = Annotated[
    str, typer.Option(help="e5-small, released (its body as released), tuned:RUN, hf:DIRECTORY or hub:HANDLE.")
]
Placements = Annotated[
    Path | None, typer.Option(help="A snapshot's folder, or that of decision-br; without it the store's placements.")
]
TuneFirst = Annotated[Path | None, typer.Option(help="Tune the body on this ESCO download first, as chamba tune does.")]
TrainedBlocks = Annotated[int, typer.Option(min=0, help="Last blocks of the body to train; 0: the heads only.")]
Rejections = Annotated[
    int, typer.Option(min=0, help="Jobs a person was rejected for, held against each pair of theirs.")
]
MinedNegatives = Annotated[int, typer.Option(min=0, help="Near misses by the current vectors, held against each pair.")]
Unseen = Annotated[
    Path | None, typer.Option(help="Another data folder whose placements are reported on, not learned from.")
]

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: chamba tune esco-es\n\nExample: chamba tune esco-es --rank 0 --learning-rate 1e-4")
def tune(
    esco: Annotated[Path, typer.Argument(help="Folder of the ESCO download.")],
    encoder: Encoder = "e5-small",
    steps: Annotated[int, typer.Option(min=1)] = 200,
    rank: Annotated[int, typer.Option(min=0, help="Of the adapters that are trained; 0: whole kernels.")] = 16,
    released_rank: Annotated[int, typer.Option(min=1, help="Of the adapters that are kept.")] = 16,
    learning_rate: Annotated[float, typer.Option(min=0)] = 1e-3,
    tuned_weight: Annotated[float, typer.Option(min=0, max=1, help="How much of the change is kept.")] = 0.6,
    hard_share: Annotated[float, typer.Option(min=0, max=0.5, help="Share of mined neighbours.")] = 0.3,
    context_share: Annotated[float, typer.Option(min=0, max=1, help="Share of skills and descriptions.")] = 0.3,
    cached_gradients: Annotated[bool, typer.Option(help="Less memory for a large batch, a third slower.")] = False,
    bfloat16: Annotated[bool, typer.Option(help="Products of 16 bits: faster on processors with AMX.")] = False,
    occupations_per_batch: Annotated[int, typer.Option(min=2)] = 64,
    postings: Annotated[bool, typer.Option(help="Also the titles and texts of the store's jobs.")] = False,
    seed: Annotated[int, typer.Option()] = 7,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Tune an encoder's body on the language of work: ESCO's titles, skills and descriptions."""
    from training.language.run import tune_body
    from training.language.work_language import WorkLanguageConfig

    config = WorkLanguageConfig(
        steps=steps,
        occupations_per_batch=occupations_per_batch,
        learning_rate=learning_rate,
        rank=rank,
        hard_share=hard_share,
        context_share=context_share,
        cached_gradients=cached_gradients,
        product_dtype="bfloat16" if bfloat16 else "float32",
        tuned_weight=tuned_weight,
        released_rank=released_rank,
        seed=seed,
    )
    jobs = list(open_records(data_dir, database_url).iter_jobs()) if postings else []
    tune_body(esco, encoder, config, data_dir, typer.echo, jobs)


@app.command(epilog="Example: chamba train\n\nExample: chamba train --esco esco-es --data data/snapshots/current")
def train(
    data: Placements = None,
    esco: TuneFirst = None,
    encoder: Encoder = "released",
    epochs: Annotated[int, typer.Option(min=1)] = 25,
    batch_pairs: Annotated[int, typer.Option(min=2)] = 256,
    learning_rate: Annotated[float, typer.Option(min=0)] = 1e-3,
    trained_blocks: TrainedBlocks = 0,
    rejections: Rejections = 0,
    mined_negatives: MinedNegatives = 0,
    max_tokens: Annotated[int, typer.Option(min=8, max=512)] = 128,
    seed: Annotated[int, typer.Option()] = 7,
    export: Annotated[bool, typer.Option(help="Write the model folder, for chamba index to use.")] = True,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Fit the two towers on placements, save the run and export the model; a killed fit goes on."""
    from training.data.datasets import from_records
    from training.pipelines.train import placements_in, train_towers
    from training.towers.fit_config import FitConfig

    config = FitConfig(
        epochs=epochs,
        batch_pairs=batch_pairs,
        learning_rate=learning_rate,
        trained_blocks=trained_blocks,
        rejections=rejections,
        mined_negatives=mined_negatives,
        max_tokens=max_tokens,
        seed=seed,
    )
    placements = placements_in(data) if data else from_records(open_records(data_dir, database_url))
    source = encoder if esco is None else _tuned_source(esco, encoder, seed, data_dir)
    train_towers(placements, source, config, data_dir, export=export, say=typer.echo)


@app.command("build-model", epilog="Example: chamba build-model")
def build_model(
    run: Annotated[Path | None, typer.Option(help="A run's folder; without it the released towers.")] = None,
    dimension: Annotated[
        int | None, typer.Option(help="Cut the vectors to 256, 128 or 64; without it all 384.")
    ] = None,
    saved_model: Annotated[bool, typer.Option(help="Write the SavedModel too (260 MB).")] = True,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Make the model folder from the public encoder and trained towers, without training."""
    from training.pipelines.train import export_run

    export_run(run, data_dir, with_saved_model=saved_model, say=typer.echo, dimension=dimension)


@app.command("train-reranker", epilog="Example: chamba train-reranker\n\nThen: chamba index")
def train_reranker(
    model: Annotated[Path | None, typer.Option(help="A model folder; without it the one in use.")] = None,
    unseen: Unseen = None,
    save_to: Annotated[Path | None, typer.Option(help="A second place for reranker.json, to release it.")] = None,
    seed: Annotated[int, typer.Option()] = 7,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Learn what makes a retrieved job the right one; compare with the formula, give the model the better."""
    from training.data.datasets import data_of_records
    from training.reranking.run import RerankerConfig
    from training.reranking.run import train_reranker as fit_reranker

    fit_reranker(
        data_of_records(open_records(data_dir, database_url)),
        (model or data_dir / "models" / "current").resolve(),
        data_dir / "cache",
        RerankerConfig(seed=seed),
        unseen=data_of_records(open_records(unseen, "")) if unseen is not None else None,
        save_to=save_to,
        say=typer.echo,
    )


def _tuned_source(esco: Path, encoder: str, seed: int, data_dir: Path) -> str:
    """The name of the encoder whose body was tuned on an ESCO download just now."""
    from training.encoders.sources import PUBLIC_SOURCE
    from training.language.run import tune_body
    from training.language.work_language import WorkLanguageConfig

    untuned = PUBLIC_SOURCE if encoder == "released" else encoder
    return f"tuned:{tune_body(esco, untuned, WorkLanguageConfig(seed=seed), data_dir, typer.echo)}"
