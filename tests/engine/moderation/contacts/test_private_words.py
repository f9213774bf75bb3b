"""Private contacts are found and masked; pay, years, hours, codes and portfolios stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.moderation.contacts.masking import MASK, PrivateKind, masked, private_words

PHONES = (
    "987654321", "987 654 321", "987-654-321", "987.654.321", "(987) 654-321", "98 765 43 21", "9 8 7 6 5 4 3 2 1",
    "+51 987 654 321", "+51987654321", "51987654321", "51 987 654 321", "(+51) 987-654-321", "0051 987 654 321",
    "nueve ocho siete seis cinco cuatro tres dos uno", "nueve ochenta y siete 65 43 21", "987 seis cinco cuatro 321",
    "nine eight seven 654 321", "cero uno dos tres cuatro cinco seis siete", "987 guion 654 guion 321",
    "(01) 234-5678", "01 234 5678", "01-2345678", "044-234567", "(044) 234567", "(084) 23 45 67",
    "9\ufe0f\u20e38\ufe0f\u20e37\ufe0f\u20e3 654 321", "９８７６５４３２１", "987\u200b654\u200b321",
    "+34 612 345 678", "+1 555-123-4567", "*9*8*7*6*5*4*3*2*1*", "98765 4321", "987•654•321",
    "987 | 654 | 321", "014445566",
)  # fmt: skip
PHONES_BY_THE_WORD_BEFORE = (
    "Telf: 234-5678", "teléfono 2345678", "cel987654321", "WhatsApp: 11 4074 0793", "wsp al número 0991234567",
    "Tel. 234-5678 / 234-5679", "Llámame al 2 3 4 5 6 7 8",
)  # fmt: skip
EMAILS = (
    "ana.quispe@example.org", "ana+cv@correo.com.pe", "ana arroba gmail punto com", "ana [at] correo [dot] pe",
    "ana punto quispe arroba hotmail punto com", "ana.q(arroba)empresa.com.pe", "ana @ gmail . com", "ana(a)gmail.com",
    "ana guion bajo quispe arroba yahoo punto es", "ana arroba gmail", "ana at gmail dot com",
)  # fmt: skip
CHATS = (
    "wa.me/51987654321", "https://wa.me/51987654321?text=hola", "t.me/ana_q", "https://t.me/+AbCdEf12",
    "https://chat.whatsapp.com/AbCdEf", "api.whatsapp.com/send?phone=51987654321", "wa punto me/51987654321",
    "tg://resolve?domain=ana",
)  # fmt: skip
IDENTITIES = (
    "DNI 12345678", "DNI: 12.345.678", "D.N.I. N° 12345678", "mi documento es el 12345678", "12345678 (DNI)",
    "documento de identidad 12345678", "DNI 12345678-9", "carné de extranjería 001234567",
    "identificada con 12345678", "me identifico con el número 12.345.678",
)  # fmt: skip
NOT_PRIVATE = (
    "S/ 1 130", "S/. 1,130.00", "1500 soles", "S/ 930 000 000", "930 000 000 soles", "entre 1 200 y 1 800 soles",
    "Sueldo 900 - 1100, 25 horas", "S/ 900 1000 25", "3 500 000", "800 900 1000", "2019-2024", "30-06-2026",
    "9-12-2024 15:00", "9/12/2024", "19:00-23:00", "9:00 a 18:00", "9.00 - 18.00 hs", "9 00 18 00 30", "24 x 7",
    "9 - 12 24 48 12",
    "Ref. 2024-0123", "A987654321", "CAS 987-2024-MINSA", "DS 006-2024-TR", "Ley 26772", "ISO 9001 14001 45001",
    "12345678", "RUC 20123456786", "https://www.behance.net/ana.quispe", "github.com/ana", "instagram.com/ana_disena",
    "linkedin.com/in/ana-quispe", "Node.js 18.12.1",
    "desarrollador(a) asp.net", "dos o tres años", "una o dos veces por semana", "work at gmail",
    "egresad@s y bachilleres", "arroba de papas", "uno a uno", "Telf.: 24 horas, 365 días",
)  # fmt: skip
BITS = st.sampled_from(
    ("9", "99", "999", "999999999", "987 654", "51", "+", "-", " ", ".", "(01)", "(", "044", ")", "@", "a", "ñ",
     "gmail", "arroba", "punto", "com", "dni", "S/ ", "000", "soles", "[contacto]", "wa.me/", "t.me/", "telegram: @",
     "nueve", "ochenta y siete", "\n", "ruc ", "10123456781", "whatsapp", "234 5678", "12345678", "٩", "\u200b", "_",
     "$", "/", "[", "]", "at", "y", "guion", " , ", "novecientos", "doble", "O", "l", "🔥", "gmail: ", "a22", "pedido",
     "carné", "⑨", "🇵", "\u0336", "de", "[contacto]")
)  # fmt: skip
ANY_TEXT = st.one_of(st.text(), st.lists(BITS, max_size=25).map("".join), st.lists(BITS, max_size=20).map(" ".join))
LONG = 40_000


def kinds(text: str) -> set[PrivateKind]:
    return {word.kind for word in private_words(text)}


@pytest.mark.parametrize("phone", PHONES)
def test_a_telephone_number_is_masked_however_it_is_written(phone: str) -> None:
    text = f"Interesados: {phone}, hasta las 18:00"
    assert kinds(text) == {PrivateKind.PHONE}
    left = masked(text).replace("18:00", "")
    assert not any(character.isdigit() for character in left)
    assert MASK in left


@pytest.mark.parametrize("text", PHONES_BY_THE_WORD_BEFORE)
def test_a_number_after_a_word_for_telephone_is_masked(text: str) -> None:
    assert kinds(text) == {PrivateKind.PHONE}
    assert not any(character.isdigit() for character in masked(text))


@pytest.mark.parametrize(("number"), ["11 4074 0793", "2345678", "0991234567"])
def test_the_same_number_without_that_word_stays(number: str) -> None:
    assert masked(f"lote {number}") == f"lote {number}"


@pytest.mark.parametrize("email", EMAILS)
def test_an_address_is_masked_whole_also_spelled_out(email: str) -> None:
    assert masked(f"Escribe a {email} hoy") == f"Escribe a {MASK} hoy"
    assert kinds(email) == {PrivateKind.EMAIL}


@pytest.mark.parametrize("link", CHATS)
def test_a_link_to_a_chat_is_masked_and_the_sentence_goes_on(link: str) -> None:
    assert masked(f"Más info: {link}.") == f"Más info: {MASK}."
    assert kinds(link) == {PrivateKind.CHAT}


def test_a_name_in_a_chat_is_masked_and_a_mention_elsewhere_is_not() -> None:
    assert masked("Telegram: @ana_q") == f"Telegram: {MASK}"
    assert masked("siguenos en @empresa_pe") == "siguenos en @empresa_pe"


@pytest.mark.parametrize("text", IDENTITIES)
def test_an_identity_number_is_known_by_the_word_near_it(text: str) -> None:
    assert kinds(text) == {PrivateKind.IDENTITY_NUMBER}
    assert not any(character.isdigit() for character in masked(text))


def test_a_persons_ruc_is_private_and_a_companys_is_not() -> None:
    assert kinds("RUC 10123456781") == {PrivateKind.TAX_NUMBER}
    assert kinds("RUC 10123456782") == {PrivateKind.TAX_NUMBER}
    assert kinds("Emite con 10123456781") == {PrivateKind.TAX_NUMBER}  # its last digit checks the others
    assert kinds("Emite con 10123456782") == set()
    assert kinds("RUC 20123456786") == set()


@pytest.mark.parametrize("text", NOT_PRIVATE)
def test_what_is_no_contact_stays_word_for_word(text: str) -> None:
    assert masked(text) == text
    assert masked(f"Aviso: {text}, más detalles abajo") == f"Aviso: {text}, más detalles abajo"


def test_several_contacts_in_a_text_are_told_apart_in_order() -> None:
    text = "DNI 12345678, cel. 987 654 321 o 912345678, ana@example.org, t.me/ana"
    found = [(word.kind.value, text[word.start : word.end]) for word in private_words(text)]
    assert found == [
        ("identity_number", "12345678"),
        ("phone", "987 654 321"),
        ("phone", "912345678"),
        ("email", "ana@example.org"),
        ("chat", "t.me/ana"),
    ]
    assert masked(text) == f"DNI {MASK}, cel. {MASK} o {MASK}, {MASK}, {MASK}"


@given(ANY_TEXT)
def test_words_slice_the_text_in_order_and_masking_again_changes_nothing(text: str) -> None:
    words = private_words(text)
    place, parts = 0, []
    for word in words:
        assert place <= word.start < word.end <= len(text)
        parts += [text[place : word.start], MASK]
        place = word.end
    once = masked(text)
    assert once == "".join([*parts, text[place:]])
    assert masked(once) == once


@pytest.mark.parametrize(
    "part",
    ["a", "@", "a@", "9", "9 ", "nueve ", "a.", "a at b ", " arroba", "(", "+9 ", "wa.me/", "dni ", "n ", "sesenta y ",
     "a punto ", "[arroba", "w a t s a p p ", "\u200b", "a\u0301", "a@a-", "https://", "t punto me ", "s/ 9 ", "٩"],
)  # fmt: skip
def test_a_long_text_made_against_the_patterns_is_read_to_its_end(part: str) -> None:
    text = (part * LONG)[:LONG]
    once = masked(f"{text} ana@example.org")
    assert once.endswith(MASK)
    assert masked(once) == once
