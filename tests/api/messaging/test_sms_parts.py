"""What an SMS costs, and how it is written so that it costs least."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.delivering.messaging.sms_parts import Coding, sms

GSM = Coding.GSM_7
UCS = Coding.UCS_2


@pytest.mark.parametrize(
    ("text", "written", "coding", "parts"),
    [
        ("Hola", "Hola", GSM, 1),
        ("ñandú", "ñandú", UCS, 1),  # which costs no more
        ("¿Mañana? É ü ç".replace("ç", "Ç"), "¿Mañana? É ü Ç", GSM, 1),
        ("a" * 160, "a" * 160, GSM, 1),
        ("a" * 161, "a" * 161, GSM, 2),
        ("a" * 306, "a" * 306, GSM, 2),
        ("a" * 307, "a" * 307, GSM, 3),
        ("á" * 70, "á" * 70, UCS, 1),
        ("á" * 71, "a" * 71, GSM, 1),
        ("€" * 80, "€" * 80, GSM, 1),
        ("€" * 81, "€" * 81, GSM, 2),
        ("[" * 153, "[" * 153, GSM, 3),  # 76 to a part: none is parted
        ("Привет", "Привет", UCS, 1),
        ("Привет " * 11, ("Привет " * 11).strip(), UCS, 2),
        ("😀" * 35, "😀" * 35, UCS, 1),
        ("á", "á", UCS, 1),  # as it is typed in two
    ],
)
def test_a_text_is_written_so_that_it_costs_least(text: str, written: str, coding: Coding, parts: int) -> None:
    found = sms(text, 6)
    assert (found.text, found.coding, found.parts) == (written, coding, parts)


def test_what_is_longer_is_cut_after_a_word() -> None:
    found = sms("palabra " * 100, 1)
    assert found.parts == 1
    assert found.text.endswith("palabra...")
    assert len(found.text) > 140


@given(st.text(max_size=400), st.integers(1, 4))
def test_no_text_costs_more_than_it_may_or_than_ucs2(text: str, most: int) -> None:
    found = sms(text, most)
    assert found.parts <= most
    places = len(found.text.encode("utf-16-be", "surrogatepass")) // 2
    if found.coding is UCS:
        assert places <= (70 if found.parts == 1 else 67 * found.parts)
    else:
        assert len(found.text) <= (160 if found.parts == 1 else 153 * found.parts)
