"""Titles: one case, gender forms apart, other slashes left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reading.titles import plain_title, title_forms


@pytest.mark.parametrize(
    ("title", "forms"),
    [
        ("director técnico/directora técnica", ("director técnico", "directora técnica")),
        ("diseñador/a", ("diseñador", "diseñadora")),
        ("director/ra de arte", ("director de arte", "directora de arte")),
        ("abogado/a laboralista", ("abogado laboralista", "abogada laboralista")),
        ("conductor/-a", ("conductor", "conductora")),
        ("operador de CAD/CAM", ("operador de CAD/CAM",)),
        ("cocinero", ("cocinero",)),
        ("publicidad y/o relaciones públicas", ("publicidad y/o relaciones públicas",)),
        ("asistente / secretaria", ("asistente / secretaria",)),
        ("Enfermera/o", ("Enfermera", "Enfermero")),
        ("Enfermero(a)", ("Enfermero", "Enfermera")),
        ("ENFERMERA / O", ("ENFERMERA", "ENFERMERO")),
        ("LICENCIADA (O) EN ENFERMERÍA", ("LICENCIADA EN ENFERMERÍA", "LICENCIADO EN ENFERMERÍA")),
        ("Licenciado/a", ("Licenciado", "Licenciada")),
        ("Operarios/as", ("Operarios", "Operarias")),
        ("trabajadores/as sociales", ("trabajadores sociales", "trabajadoras sociales")),
        ("Médico(a) cirujano(a)", ("Médico cirujano", "Médica cirujana")),
        ("Diseñador/a Gráfico/a y/o Editor/a", ("Diseñador Gráfico y/o Editor", "Diseñadora Gráfica y/o Editora")),
        ("Cocinero-a", ("Cocinero", "Cocinera")),
        ("CAJEROS-AS", ("CAJEROS", "CAJERAS")),
        ("CHOFER/A", ("CHOFER", "CHOFERA")),
        ("Diseñador@", ("Diseñador", "Diseñadora")),
        ("Diseñador@s", ("Diseñadores", "Diseñadoras")),
        ("operari@s de planta", ("operarios de planta", "operarias de planta")),
        ("Contador/ora", ("Contador", "Contadora")),
        ("Diseñadora/or", ("Diseñadora", "Diseñador")),
        ("Empleado/da", ("Empleado", "Empleada")),
        ("Vendedora/o", ("Vendedora", "Vendedor")),
        ("Vendedoras/os", ("Vendedoras", "Vendedores")),
        ("Vendedoras/es", ("Vendedoras", "Vendedores")),
        ("Vendedoras/res", ("Vendedoras", "Vendedores")),
        ("Jefa/e de tienda", ("Jefa de tienda", "Jefe de tienda")),
        ("Guardián/a", ("Guardián", "Guardiana")),
        ("alcalde/esa", ("alcalde", "alcaldesa")),
        ("Un/a contador/a", ("Un contador", "Una contadora")),
        ("especialista/a", ("especialista",)),
        ("soldador de mig/mag", ("soldador de mig/mag",)),
        ("Obrero zona (A)", ("Obrero zona (A)",)),
        ("Operario Servicio/Ica", ("Operario Servicio/Ica",)),
        ("CHOFER PALCA (CO)", ("CHOFER PALCA (CO)",)),
        ("Vendedor interior (GBA)", ("Vendedor interior (GBA)",)),
        ("contacto@correo.pe", ("contacto@correo.pe",)),
    ],
)
def test_gender_forms(title: str, forms: tuple[str, ...]) -> None:
    assert title_forms(title) == forms


def test_case_and_spaces_do_not_matter() -> None:
    assert plain_title("  ANALISTA   Contable ") == plain_title("analista contable") == "analista contable"


@given(st.text(max_size=60))
def test_any_text_has_forms_and_plain_titles_stay(title: str) -> None:
    forms = title_forms(title)
    assert 1 <= len(forms) <= 2
    assert plain_title(plain_title(title)) == plain_title(title)
