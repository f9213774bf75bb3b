"""What others wrote is quoted on one short line that leads nowhere."""

from __future__ import annotations

import pytest

from store.notices.quoting import quoted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Cajera\r\nBcc: todos@correo.pe", "Cajera Bcc: [contacto]"),
        ("Gana ya https://estafa.example/x?y", "Gana ya [enlace]"),
        ("Entra a WWW.estafa.example hoy", "Entra a [enlace] hoy"),
        ("Entra a estafa.example/pago", "Entra a [enlace]"),
        ("Paga en javascript:alert(1)", "Paga en [enlace]"),
        ("Llama a tel:+51987654321", "Llama a [enlace]"),
        ("Ventas en Bodegas.pe", "Ventas en Bodegas .pe"),
        ("Ventas en Bodegas。pe", "Ventas en Bodegas .pe"),
        ("Escribe a rosa@correo.pe", "Escribe a [contacto]"),
        ("Llama al 987 654 321", "Llama al [contacto]"),
        ("Ad\u202emin\u200bistra\u00addora\u0000", "Administradora"),
        ("🔥🔥 URGENTE 🔥🔥 Operario", "URGENTE Operario"),
        ("Ca\u0301jera", "Cájera"),
        ("Obra S.A.C. N° 3, 9:30 a 18:00", "Obra S.A.C. N° 3, 9:30 a 18:00"),
        ("C++/.NET y Node.js", "C++/.NET y Node .js"),
    ],
)
def test_a_line_leads_nowhere(text: str, shown: str) -> None:
    assert quoted(text, 80) == shown


def test_nothing_is_quoted_of_nothing() -> None:
    assert quoted(None, 80) is None
    assert quoted("\u200b\u202e \n", 80) is None


def test_a_long_title_is_cut_between_words_and_a_long_word_within() -> None:
    cut = quoted("Asistente de " * 1_000, 30)
    assert cut == "Asistente de Asistente de…"
    assert quoted("x" * 10_000, 30) == "x" * 29 + "…"
    assert len(quoted("😀" * 10_000 + "Cajera", 30) or "") <= 30
