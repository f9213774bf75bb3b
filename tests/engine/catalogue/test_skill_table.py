"""The numbered skills against asking skill by skill."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.array_files import ArrayFiles
from engine.catalogue.skill_table import SkillTable, shares_held
from engine.seekers import Seeker
from engine.skills import normalised_words, seeker_words

words = st.sampled_from(["excel", "power", "bi", "c++", "ventas", "de", "café", "…"])
phrases = st.lists(words, max_size=3).map(" ".join)


def share_one_by_one(skills: list[str], seeker: Seeker) -> float:
    """Each distinct skill looked for in the person's words, one after the other."""
    said_words = seeker_words(seeker).text
    named = {" ".join(normalised_words(skill)) for skill in skills} - {""}
    return float(np.mean([f" {name} " in said_words for name in named])) if named else np.nan


def covered_by(table: SkillTable, rows: NDArray[np.int64], said_words: Sequence[str]) -> NDArray[np.float64]:
    numbers, counts = table.of(rows)
    return shares_held(table.held(said_words)[numbers], counts)


@given(st.lists(st.lists(phrases, max_size=4), min_size=1, max_size=6), phrases, st.lists(phrases, max_size=3))
def test_the_share_is_that_of_looking_for_each_skill(jobs: list[list[str]], text: str, own: list[str]) -> None:
    seeker = Seeker(text=text, skills=tuple(own))
    rows = np.arange(len(jobs))[::-1].copy()
    table = SkillTable.build(jobs)
    covered = covered_by(table, rows, seeker_words(seeker).words)
    np.testing.assert_allclose(covered, [share_one_by_one(jobs[row], seeker) for row in rows])


def test_a_table_is_read_back_as_it_was_saved(tmp_path: Path) -> None:
    table = SkillTable.build([["Power BI", "Excel"], [], ["Atención al cliente"]])
    table.save(tmp_path)
    opened = SkillTable.open(ArrayFiles(tmp_path))
    said_words = normalised_words("Excel avanzado y atencion al CLIENTE")
    assert covered_by(opened, np.array([0, 1, 2]), said_words).tolist()[::2] == [0.5, 1.0]
    assert np.isnan(covered_by(opened, np.array([1]), said_words)).all()
