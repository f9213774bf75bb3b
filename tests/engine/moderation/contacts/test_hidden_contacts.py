"""Contacts and identity numbers as people write them, and hide them; what looks like one and is none stays."""

from __future__ import annotations

import pytest

from engine.moderation.contacts.masking import MASK, masked

# What is written, and what of it must be gone.
IDENTITIES = {
    "mi dni 46128837": "46128837",
    "DNI: 4612 8837": "4612 8837",
    "d.n.i. 46.128.837": "46.128.837",
    "dni_46128837": "46128837",
    "DNI 👉 46128837": "46128837",
    "DNI «46128837»": "46128837",
    "DNI => [46128837]": "46128837",
    "mi DNI vigente hasta 2031 es 46128837": "46128837",
    "DNI de mi mamá Rosa Huamán: 46128837": "46128837",
    "DNI (8 dígitos): 46128837": "46128837",
    "46128837 es mi dni": "46128837",
    "46128837 es el número de mi D.N.I.": "46128837",
    "con 46128837 como documento": "46128837",
    "mis DNI son 46128837 y 70211943": "70211943",
    "dni cuatro seis uno dos ocho ocho tres siete": "ocho tres",
    "DNI 461288374": "461288374",
    "DNI 4612883": "4612883",
    "DNI 46128837K": "46128837",
    "Dni 4 6 1 2 8 8 3 7": "4 6 1 2",
    "ⒹⓃⒾ ④⑥①②⑧⑧③⑦": "④⑥",
    "DNI 4612883l": "4612883",
    "documento nacional de identidad (DNI) Nº46128837": "46128837",
    "brevete Q46128837": "46128837",
    "DNI 46,128,837": "46,128,837",
    "libreta electoral 46128837": "46128837",
    "CUI 46128837": "46128837",
    "pasaporte venezolano 117730284": "117730284",
    "mi pasaporte es el AQ 731902": "731902",
    "ruc10461288375": "10461288375",
    "mi hijo (dni 71234567) y yo (46128837)": "46128837",
    "licencia de conducir Q-46128837": "46128837",
    "CE 001458822": "001458822",
    "c.e. nro. 001458822": "001458822",
    "CE001458822": "001458822",
    "carné de extranjería en trámite, número 001458822": "001458822",
    "cédula de identidad V-18442906": "18442906",
    "cédula 1.032.455.618": "1.032.455.618",
    "pasaporte AQ731902": "731902",
    "pasaporte N° 117730284": "117730284",
    "PTP 004417720": "004417720",
    "mi ruc activo es 10461288375": "10461288375",
    "RUC: 10-46128837-5": "46128837",
    "R.U.C. 10 46128837 5": "46128837",
}
PHONES = {
    "cel 987_402_118": "987_402_118",
    "987🔥402🔥118": "987🔥402",
    "9 ❤ 8 ❤ 7 ❤ 4 ❤ 0 ❤ 2 ❤ 1 ❤ 1 ❤ 8": "8 ❤ 7",
    "987/402/118": "987/402",
    "cel: 987,402,118": "987,402",
    "mi wasap 987, 402, 118": "402",
    "51987 402 118": "402 118",
    "5 1 9 8 7 4 0 2 1 1 8": "9 8 7",
    "🇵🇪987402118": "987402118",
    "⑨⑧⑦ ④⓪② ①①⑧": "⑨⑧⑦",
    "❾❽❼❹⓿❷❶❶❽": "❾❽❼",
    "⁹⁸⁷⁴⁰²¹¹⁸": "⁹⁸⁷",
    "9\u03368\u03367\u03364\u03360\u03362\u03361\u03361\u03368\u0336": "7\u03364",
    "98740211O": "98740211",
    "98O 4O2 118": "118",
    "987ㅤ402ㅤ118": "402",
    "nueve, ocho, siete, cuatro, cero, dos, uno, uno, ocho": "siete, cuatro",
    "nuebe ocho siete cuatro sero dos uno uno ocho": "siete cuatro",
    "nueve8siete4cero2uno1ocho": "siete4",
    "novecientos ochenta y siete cuatrocientos dos ciento dieciocho": "cuatrocientos",
    "nueve ochentaisiete cuarenta veintiuno dieciocho": "cuarenta veintiuno",
    "nueve ocho siete cuatro cero dos doble uno ocho": "doble uno",
    "fijo 445 6605": "445 6605",
    "987 luego 402 luego 118": "luego 402",
}
EMAILS = {
    "ana-quispe-arroba-gmail-punto-com": "quispe",
    "ana_quispe_arroba_gmail_punto_com": "quispe",
    "anaquispeARROBAgmail.com": "anaquispe",
    "anaquispearrobagmailpuntocom": "anaquispe",
    "anaquispe arrova jotmail punto com": "anaquispe",
    "anaquispe@gmail,com": "anaquispe",
    "anaquispe@taller,com": "anaquispe",
    "anaquispe@gmail。com": "anaquispe",
    "anaquispe&#64;gmail.com": "anaquispe",
    "anaquispe%40gmail.com": "anaquispe",
    "anaquispe 📧 gmail.com": "anaquispe",
    "anaquispe arroba g mail punto com": "anaquispe",
    "a n a q @ g m a i l . c o m": "n a q",
    "𝗮𝗻𝗮𝗾𝘂𝗶𝘀𝗽𝗲@gmail.com": "𝗮𝗻𝗮",
    "gmail: ana.quispe22": "quispe22",
    "anaquispe@@gmail.com": "anaquispe",
    "anaquispe22@gmailcom": "anaquispe22",
    "anaquispe22gmail.com": "anaquispe22",
    "anaquispe#gmail.com": "anaquispe",
    "telegram ana_quispe": "ana_quispe",
    "mi gmail es anaquispe22": "anaquispe22",
    "anaquispe22 de hotmail": "anaquispe22",
    "anaquispe22 (gmail)": "anaquispe22",
    "telegram: ana_quispe": "ana_quispe",
}
STAYS = (
    "pedido 46128837, traer DNI", "orden 46128837", "código 46128837 y DNI vigente", "lote 46128837", "46128837",
    "S/ 46128837", "DNI y CV, sueldo 46128837 soles", "Tengo DNI, trabajé 2019-2024", "Con DNI. Pedido 46128837",
    "trabajé del 2019 al 2024 con DNI", "DNI vigente", "sin DNI ni RUC", "RUC 20461288371", "carné de sanidad vigente",
    "novecientos soles", "mil novecientos ochenta y siete", "doscientos trescientos cuatrocientos soles",
    "uno, dos, tres, cuatro, cinco", "salas 901, 902, 903", "turnos 900/950/980", "doble turno", "120 m²", "10 000 000",
    "S/ 987,402,118", "H₂O y CO₂", "de 9 a 18, 5 días", "20 l de agua", "Gmail, Excel 2019 y Word",
    "clases en vivo (live)", "C4CE41044127D2EC61373E68", "5288CE605561373E68", "Informes | 02-12-2024",
    "Licencia de conducir | 14-01-2025",
    "www.hotmail.com", "DNI vigente; pedido 46128837", "telegram y wasap",
    "Informes 2024/12/02", "marca 7 | 1150.0 | 21", "brevete vigente | https://avisos.pe/empleos/1118015143.html",
    "Python3 en live", "anuncio @ pedido", "gmail y outlook", "mi correo es de gmail", "Office365 de Outlook",
    "experiencia del 2015 al 2019: DNI electrónico", "9, 8, 7, 6 y 5 años", "arroba de papa a 3 soles",
    "versión 2.46128837",
)  # fmt: skip


@pytest.mark.parametrize(("text", "secret"), [*IDENTITIES.items(), *PHONES.items(), *EMAILS.items()])
def test_what_leads_to_a_person_is_masked_however_it_is_written(text: str, secret: str) -> None:
    for written in (text, f"Busco trabajo. {text}. Puedo de 9 a 18 y cobro S/ 1200", f"{text}\nGracias"):
        once = masked(written)
        assert MASK in once, once
        assert secret not in once
        assert masked(once) == once
    assert "S/ 1200" in masked(f"{text}. Cobro S/ 1200")


@pytest.mark.parametrize("text", STAYS)
def test_what_looks_like_one_and_is_none_stays(text: str) -> None:
    assert masked(text) == text
    assert masked(f"Aviso: {text}, más detalles abajo") == f"Aviso: {text}, más detalles abajo"


@pytest.mark.parametrize(
    "text",
    [text for text in IDENTITIES if sum(map(str.isdecimal, text)) in (8, 9, 11) and "8 dígitos" not in text],
)
def test_no_digit_of_an_identity_number_is_left(text: str) -> None:
    assert not any(character.isdecimal() for character in masked(text))
