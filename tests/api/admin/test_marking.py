"""Words that show a sign are marked where they stand in the ad, whatever of them the quote hides or leaves out."""

from __future__ import annotations

from api.admin.service.marking import MarkedPart, marked_parts

AD = "Tejedoras de\n  casa. Para empezar   deposita S/ 45 al 987654321 de doña Nilda. Pago\tcada viernes."


def marked(*quotes: str) -> list[tuple[str, int]]:
    parts = marked_parts(AD, quotes)
    assert "".join(part.text for part in parts) == AD
    return [(part.text, part.number) for part in parts if part.number]


def test_a_quote_is_found_across_lines_and_spaces() -> None:
    assert marked("Para empezar deposita S/ 45") == [("Para empezar   deposita S/ 45", 1)]
    assert marked("Tejedoras de casa") == [("Tejedoras de\n  casa", 1)]


def test_what_a_quote_masks_is_marked_with_it() -> None:
    quote = "empezar deposita S/ 45 al [contacto] de doña Nilda"
    assert marked(quote) == [("empezar   deposita S/ 45 al 987654321 de doña Nilda", 1)]


def test_a_quote_that_was_cut_is_found_by_what_is_left() -> None:
    assert marked("Pago cada vie…") == [("Pago\tcada vie", 1)]


def test_quotes_that_overlap_are_each_marked_once() -> None:
    found = marked("deposita S/ 45 al", "S/ 45 al 987654321 de doña")
    assert found == [("deposita S/ 45 al", 1), (" 987654321 de doña", 2)]


def test_a_quote_of_another_text_marks_nothing() -> None:
    for quote in ("vende perfumes", "", "…", "[contacto]", " "):
        assert marked(quote) == []
    assert marked_parts("", ["algo"]) == []
    assert marked_parts("sin señales", []) == [MarkedPart("sin señales")]
