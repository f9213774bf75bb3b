"""Stage A on a small classification: what is read, what a batch holds, what training reaches, what a kill costs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.errors import InvalidInputError
from engine.jobs import Job
from tests.training.esco_folder import write_esco
from training.checkpoints import Checkpoints
from training.encoders.adapters import kernels
from training.encoders.sources import load_encoder
from training.language.esco import Esco, read_esco
from training.language.occupation_batches import OccupationBatches, isco_neighbours, mined_neighbours
from training.language.posting_texts import posting_occupations
from training.language.work_language import WorkLanguageConfig, WorkLanguageFit, encode


@pytest.fixture(scope="module")
def esco(tmp_path_factory: pytest.TempPathFactory) -> Esco:
    return read_esco(write_esco(tmp_path_factory.mktemp("esco")))


def test_titles_of_both_languages_with_gender_forms_apart(esco: Esco) -> None:
    designer = esco.occupations[0]
    assert designer.titles["es"] == ("diseñador gráfico", "diseñadora gráfica", "grafista")
    assert designer.titles["en"] == ("graphic designer", "visual designer")
    assert designer.skills == {"es": ("dibujar",), "en": ("draw",)}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"expected occupations_es"):
        read_esco(tmp_path)


def batches(esco: Esco, hard_share: float = 0.0, context_share: float = 0.0) -> OccupationBatches:
    return OccupationBatches(esco.occupations, 4, hard_share, context_share, np.random.default_rng(0))


def test_neighbours_of_a_unit_group_are_left_out_and_the_same_words_too(esco: Esco) -> None:
    drawing = batches(esco)
    for _ in range(20):
        batch = drawing.draw()
        groups = [esco.occupations[row].isco_group for row in batch.occupations]
        for one in range(len(batch.texts)):
            for other in range(len(batch.texts)):
                same_occupation = batch.occupations[one] == batch.occupations[other]
                neighbours = groups[one] == groups[other] and not same_occupation
                same_words = batch.texts[one] == batch.texts[other]
                assert batch.excluded[one, other] == (neighbours or same_words)


def test_hard_neighbours_come_along(esco: Esco) -> None:
    drawn = batches(esco, hard_share=0.5)
    drawn.neighbours = np.array([[(row + 1) % 8] for row in range(8)])
    seen = [set(drawn.draw().occupations.tolist()) for _ in range(30)]
    assert all(any((row + 1) % 8 in rows for row in rows) for rows in seen)


def test_isco_neighbours_share_the_minor_group_and_not_the_unit_group(esco: Esco) -> None:
    groups = [one.isco_group for one in esco.occupations]
    nearest = isco_neighbours(groups, np.random.default_rng(0))
    fashion = groups.index("2163")
    assert {groups[row] for row in nearest[fashion]} == {"2166"}
    for row, others in enumerate(nearest):
        assert all(groups[other] != groups[row] for other in others)


def test_mined_neighbours_are_the_nearest_of_another_group() -> None:
    vectors = np.eye(4, dtype=np.float32)
    vectors[1] = vectors[0]
    vectors[2] = (vectors[0] + vectors[2]) / np.sqrt(2)
    nearest = mined_neighbours(vectors, np.array([0, 0, 1, 2]), count=1)
    assert nearest[0, 0] == 2


def test_contexts_are_skills_or_a_first_sentence(esco: Esco) -> None:
    drawing = batches(esco, context_share=1.0)
    texts = {text for _ in range(30) for text in drawing.draw().texts}
    assert {"dibujar", "write code"} <= texts
    assert any(text.endswith(": sell") for text in texts)


def test_a_posting_is_its_title_and_what_it_says_without_it() -> None:
    jobs = [
        Job(
            job_id="a",
            title="Diseñador/a Gráfico",
            description="Buscamos DISEÑADOR gráfico que haga logotipos y afiches",
        ),
        Job(
            job_id="b", title="DISEÑADOR gráfico", description="El mismo aviso de otra agencia, con otras palabras aquí"
        ),
        Job(job_id="c", title="Cajera", description="corto"),
    ]
    (one,) = posting_occupations(jobs)
    assert one.titles == {"es": ("diseñador gráfico",)}
    assert one.description == {"es": "buscamos que haga logotipos y afiches"}
    drawn = OccupationBatches([one], 1, 0.0, 0.0, np.random.default_rng(0)).draw()
    assert drawn.texts == ["diseñador gráfico", "buscamos que haga logotipos y afiches"]


def config(**changes: object) -> WorkLanguageConfig:
    settings = {"steps": 12, "occupations_per_batch": 6, "learning_rate": 5e-3, "rank": 4, "chunks": 2, "seed": 3}
    alone = {"hard_share": 0.0, "context_share": 0.0}
    return WorkLanguageConfig(**(settings | alone | changes))  # type: ignore[arg-type]


def fit(esco: Esco, encoder_source: str, **changes: object) -> WorkLanguageFit:
    return WorkLanguageFit(load_encoder(encoder_source), esco.occupations, config(**changes))


def found(run: WorkLanguageFit, esco: Esco) -> float:
    """The share of the occupations whose Spanish title finds its own English title first."""
    asked = encode(run.encoder, [one.titles["es"][0] for one in esco.occupations], run.encoder.seeker_prefix)
    titles = encode(run.encoder, [one.titles["en"][-1] for one in esco.occupations], run.encoder.job_prefix)
    return float(np.mean(np.argmax(asked @ titles.T, axis=1) == np.arange(len(titles))))


@pytest.mark.slow
@pytest.mark.parametrize("changes", [{}, {"rank": 0, "learning_rate": 1e-3}, {"hard_share": 0.5, "mine_every": 4}])
def test_titles_find_their_translation(esco: Esco, tiny_hugging_face: Path, changes: dict[str, object]) -> None:
    run = fit(esco, f"hf:{tiny_hugging_face}", **({"steps": 80} | changes))
    before = found(run, esco)
    run.run()
    assert before < 0.4
    assert found(run, esco) >= 0.75


@pytest.mark.slow
def test_a_killed_run_ends_where_an_unbroken_one_does(esco: Esco, tiny_hugging_face: Path, tmp_path: Path) -> None:
    source = f"hf:{tiny_hugging_face}"
    changes = {"hard_share": 0.5, "mine_every": 4, "context_share": 0.3}
    unbroken = fit(esco, source, **changes)
    unbroken.run()

    class KilledError(Exception):
        pass

    def kill(step: int, _loss: float) -> None:
        if step == 7:
            raise KilledError

    broken = fit(esco, source, **changes)
    checkpoints = Checkpoints(tmp_path, "this run", every=2)
    with pytest.raises(KilledError):
        broken.run(checkpoints, on_step=kill)
    resumed = fit(esco, source, **changes)
    resumed.run(checkpoints)
    assert resumed.step == 12
    for name, kernel in kernels(unbroken.encoder.body).items():
        np.testing.assert_allclose(kernels(resumed.encoder.body)[name], kernel, rtol=1e-4, atol=1e-5)


@pytest.mark.slow
def test_the_seed_decides_the_run(esco: Esco, tiny_hugging_face: Path) -> None:
    runs = [fit(esco, f"hf:{tiny_hugging_face}", seed=seed) for seed in (3, 3, 4)]
    ends = []
    for run in runs:
        run.run()
        ends.append(kernels(run.encoder.body)["block_0.query"])
    np.testing.assert_allclose(ends[0], ends[1], rtol=1e-4, atol=1e-6)
    assert not np.allclose(ends[0], ends[2], atol=1e-4)


def test_a_checkpoint_of_another_run_is_left_alone(tmp_path: Path) -> None:
    import tensorflow as tf

    variable, random = tf.Variable([1.0]), np.random.default_rng(0)
    Checkpoints(tmp_path, "one", every=1).save(3, {"weight": variable}, random)
    variable.assign([2.0])
    assert Checkpoints(tmp_path, "other", every=1).restore({"weight": variable}, random) == 0
    assert variable.numpy() == [2.0]
    assert Checkpoints(tmp_path, "one", every=1).restore({"weight": variable}, random) == 3
    assert variable.numpy() == [1.0]
