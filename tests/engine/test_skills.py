"""Matched skills: by words, both ways, never by a part of a word."""

from __future__ import annotations

import pytest

from engine.jobs import Job
from engine.seekers import Seeker
from engine.skills import matched_skills


@pytest.mark.parametrize(
    ("mine", "text", "asked", "description", "matched"),
    [
        (("Photoshop",), "", ("photoshop",), "", ("Photoshop",)),
        (
            ("facturación electrónica",),
            "",
            (),
            "Manejo de Facturacion Electronica en SUNAT",
            ("facturación electrónica",),
        ),
        ((), "Uso Excel todos los días", ("Excel",), "", ("Excel",)),
        (("Java",), "", (), "JavaScript y React", ()),
        (("C",), "", (), "C++ avanzado", ()),
        (("C++", "Node.js"), "", (), "c++ con node.js", ("C++", "Node.js")),
        (("Excel",), "", ("excel",), "Excel", ("Excel",)),
        (("de",), "", (), "", ()),
        (("…",), "", (), "…", ()),
        ((), "", ("Excel",), "Excel", ()),
    ],
)
def test_skills_are_matched_by_words(
    mine: tuple[str, ...], text: str, asked: tuple[str, ...], description: str, matched: tuple[str, ...]
) -> None:
    job = Job("job", "Puesto", description=description, skills=asked)
    assert matched_skills(Seeker(text=text, skills=mine), job) == matched
