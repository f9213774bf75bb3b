"""A text as plain words: what hides a word is undone, and each word knows where it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.moderation.plain_words import PlainWords


@pytest.mark.parametrize(
    "written",
    ["WhatsApp", "w h a t s a p p", "W.h.a.t.s.A.p.p", "w-h-a-t-s-a-p-p", "wh@tsapp", "wh4ts4pp", "wsp", "wasap",
     "wtsp", "wpp", "guasap", "whatsap", "Whatssap", "watsapp", "wha\u200btsapp", "𝗪𝗵𝗮𝘁𝘀𝗔𝗽𝗽", "ｗｈａｔｓａｐｐ",
     "whаtsаpp", "w h 4 t s a p p", "whats app"],
)  # fmt: skip
def test_every_spelling_of_a_chat_is_one_word(written: str) -> None:
    words = PlainWords(f"Escribe al {written}, gracias").words
    assert [word.word for word in words] == ["escribe", "al", "whatsapp", ",", "gracias"]
    assert (words[2].start, words[2].end) == (11, 11 + len(written))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Inscripción: S/.50", "inscripcion s/ 50"),
        ("dep0sito de 1,130.50soles", "deposito de 1,130.50 soles"),
        ("500soles diarios, US$ 20", "500 soles diarios , usd 20"),
        ("¡Hola! Gana ya\nHoy", ". hola . gana ya . hoy"),
        ("D.N.I. y what.sapp", "dni . y whatsapp"),
        ("Egresad@s y egresadoS", "egresadas y egresados"),
        ("ventas de S3, B2B, 3D y k1t", "ventas de s3 , b2b , 3d y kit"),
        ("What's new", "what s new"),
        ("los/las (19:00-23:00)", "los las 19 00 23 00"),
    ],
)
def test_words_are_plain_and_pauses_are_kept(written: str, plain: str) -> None:
    assert PlainWords(written).text == f" {plain} "


def test_a_place_is_found_again_with_its_neighbours_of_the_same_sentence() -> None:
    text = "Hola. Solo pagas S/ 35 por tu kit de inicio. Adiós"
    words = PlainWords(text)
    start = words.text.index("s/ 35")
    first, last = words.span_around(start, start + len("s/ 35"), 2)
    assert text[first:last] == "Solo pagas S/ 35 por tu"
    first, last = words.span_around(start, start + len("s/ 35"), 50)
    assert text[first:last] == "Solo pagas S/ 35 por tu kit de inicio"


@given(st.text())
def test_any_text_has_words_in_order_with_places_that_agree(text: str) -> None:
    words = PlainWords(text)
    place = 0
    for word, at in zip(words.words, words.places, strict=True):
        assert place <= word.start < word.end <= len(text)
        assert words.text[at : at + len(word.word)] == word.word
        place = word.end
    assert words.text == f" {' '.join(word.word for word in words.words)} "
