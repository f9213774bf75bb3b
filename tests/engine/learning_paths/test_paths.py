"""Paths to a skill: found by its label alone, in the order of what comes first, and none rather than a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import ArtifactError
from engine.explain import Locale
from engine.learning_paths.classification import Classification
from engine.learning_paths.label_keys import form_key
from engine.learning_paths.path_texts import path_text
from engine.learning_paths.paths import LearningPath, learning_path
from engine.seekers import Seeker
from store.importers.esco.reading import read_classification
from tests.store.importers.esco.small_esco import uri, write_esco

HELPER = "Ayudante rural de oficina"
NOBODY = Seeker(text="vecina de Ayaviri")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Classification:
    return read_classification(write_esco(tmp_path_factory.mktemp("esco")))


def path_to(
    known: Classification, skill: str, *titles: str, seeker: Seeker = NOBODY, locale: Locale = Locale.ES
) -> LearningPath | None:
    return learning_path(known, skill, titles, seeker, locale)


def steps(path: LearningPath | None) -> list[str]:
    return [] if path is None else [step.uri.rpartition("/")[2] for step in path.steps]


def test_what_comes_before_is_the_first_step(known: Classification) -> None:
    path = path_to(known, "Hojas Kallpa", "Vendedora")
    assert steps(path) == ["tables", "sheets"]
    assert path is not None
    assert (path.leads_to, path.has) == (None, ())
    assert path_text(path, Locale.ES) == "Paso a paso: 1) tablas de números; 2) utilizar Hojas Kallpa."


def test_the_work_that_the_ads_offer_adds_what_it_needs_from_wide_to_narrow(known: Classification) -> None:
    path = path_to(known, "hojas kallpa", HELPER, "AYUDANTA RURAL DE OFICINA, Puno")
    assert steps(path) == ["tables", "papers", "phone", "seals", "sheets"]
    assert path is not None
    assert path.leads_to == (uri("occupation", "helper"), "ayudante rural/ayudanta rural de oficina")
    assert path.is_essential
    assert path_text(path, Locale.ES).startswith("Es esencial para trabajar como ayudante rural")


def test_one_title_may_be_a_chance_and_her_own_words_are_none(known: Classification) -> None:
    assert steps(path_to(known, "Hojas Kallpa", HELPER, "Vendedora")) == ["tables", "sheets"]
    says_so = Seeker(text="Secretaria rural de oficina, dos años")
    assert steps(path_to(known, "Hojas Kallpa", seeker=says_so))[-2:] == ["seals", "sheets"]


def test_what_she_has_is_told_and_is_no_step(known: Classification) -> None:
    seeker = Seeker(text="Sé archivar papeles", skills=("sello de cartas", "Sellar cartas andinas"))
    path = path_to(known, "Hojas Kallpa", HELPER, HELPER, seeker=seeker)
    assert steps(path) == ["tables", "counts", "phone", "sheets"]
    assert path is not None
    assert [entry.label for entry in path.has] == ["ordenar papeles", "sellar cartas andinas"]
    assert path_text(path, Locale.EN).endswith("You already mention: ordenar papeles and sellar cartas andinas.")


def test_in_english_all_is_named_in_english(known: Classification) -> None:
    path = path_to(known, "Hojas Kallpa", HELPER, HELPER, locale=Locale.EN)
    assert path is not None
    said = path_text(path, Locale.EN)
    assert said.startswith("It is essential to work as rural office helper. Step by step: 1) number tables;")
    assert said.endswith("5) use Kallpa Sheets (Hojas Kallpa).")


def test_a_skill_that_only_helps_says_so(known: Classification) -> None:
    path = path_to(known, "KAPA", HELPER, HELPER)
    assert path is not None
    assert not path.is_essential
    assert path_text(path, Locale.ES).startswith("Ayuda a trabajar como ")


@pytest.mark.parametrize(
    "skill",
    [
        "Excel",  # no label
        "arreglar líos",  # a label of two skills
        "Kapa",  # a name, not the acronym
        "tejer mantas",  # nothing comes before it, and no work uses it
        "",
        " . ",
        "utilizar",
        "Hojas Kallpa" + "!" * 1_000,
        "\ud800",
        "={}" * 40,
        "~utilizar",
    ],
)
def test_no_path_rather_than_a_wrong_one(known: Classification, skill: str) -> None:
    assert path_to(known, skill, HELPER, HELPER) is None


def test_who_has_the_skill_by_another_name_needs_no_path(known: Classification) -> None:
    assert path_to(known, "Hojas Kallpa", HELPER, HELPER, seeker=Seeker(text="manejo planillas Kallpa")) is None


@pytest.mark.parametrize(
    "title", ["Jefe", "Criador", "Criador de cuyes", "/" * 500, "(a)" * 200, "\ud800 de oficina", ""]
)
def test_a_title_that_says_less_than_an_occupation_names_none(known: Classification, title: str) -> None:
    path = path_to(known, "llevar cuentas", title, title)
    assert path is None


def test_a_title_begins_with_the_occupation(known: Classification) -> None:
    path = path_to(known, "llevar cuentas", "Criadora de truchas part time", "Urgente / Criador(a) de truchas - Puno")
    assert steps(path) == ["trout", "counts"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Resolución de problemas", "resolver problemas"),
        ("gestión de los inventarios", "gestionar el inventario"),
        ("Adaptación al cambio", "adaptarse a los cambios"),
        ("Microsoft Office", "utilizar Microsoft Office"),
        ("conocimientos de contabilidad", "Contabilidad"),
        ("Edición de vídeo", "editar vídeos"),
    ],
)
def test_inflections_of_a_label_have_one_form(one: str, other: str) -> None:
    assert form_key(one) == form_key(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [("C", "C++"), ("Ventas", "vender"), ("gestionar equipos", "gestionar un equipaje"), ("R", "r.js")],
)
def test_different_labels_have_different_forms(one: str, other: str) -> None:
    assert form_key(one) != form_key(other)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:0],
        lambda content: content[:-1],
        lambda content: content[:40],
        lambda content: content[:-9] + b"\0" + content[-8:],
        lambda content: b"[]\n" + content,
        lambda content: content.replace(b'"format_version":1', b'"format_version":2', 1),
        lambda content: content.replace(b'"arrays":[[', b'"arrays":[[0,', 1),
        lambda content: content.replace(b'"levels","|u1",', b'"levels","|u1",9', 1),
        lambda content: b"\xff" * len(content),
    ],
)
def test_a_damaged_file_is_refused_with_what_to_do(known: Classification, tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    known.save(tmp_path / "file")
    (tmp_path / "file").write_bytes(spoil((tmp_path / "file").read_bytes()))
    with pytest.raises(ArtifactError, match="chamba esco FOLDER"):
        Classification.open(tmp_path / "file")
    with pytest.raises(ArtifactError, match="cannot be read"):
        Classification.open(tmp_path / "missing")
