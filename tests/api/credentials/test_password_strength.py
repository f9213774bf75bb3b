"""What many people would choose is refused, in two languages, and words that nobody else puts together are taken."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api.credentials.password_strength import require_good_password
from engine.errors import InvalidInputError
from engine.explain import Locale

EMAIL, NAME = "rosa.quispe@correo.pe", "Rosa Quispe Mamani"
WEAK = """
qwertyui peru1234 Peru2024 PERU2026! p3ru1234 1q2w3e4r asdfghjkl asdfghjklñ zxcvbnm1 ñlkjhgfd qwertyuiopasdf
alianza1901 AlianzaLima universitario1 cristal2023 Cienciano1 huancayo99 Arequipa2025 cusco123 machupicchu1
chamba123 trabajo2026 chambachamba mamita123 teamomucho TeQuieroMucho1 diosesamor princesa1 miamor12 mivida2020
maria1234 juancarlos1 CarlosJuan2 jesus777 milagros7 brayan2005 kevin123 huaman123 mamani2000
rosaquispe1 RosaQuispe2026 quispe.rosa rosa1998 mamani.rosa1 Rosa.Quispe.1998 rosa-quispe-rosa mariaperu1
peru.maria1 juan_jesus_1 hola.peru.2026 lima,lima,lima amor-amor-amor alianza/lima/1901
12/05/1998 enero2026 lunes123 fiestaspatrias28 1234567a abc12345 11111111a abcdefgh hola1234 holahola clave123
Cl@ve2026 4l14nz4l1m4 incakola1 ceviche123 !"·$%&/()= !@#$%^&*() password1 iloveyou contraseña1 Contrasena2026
46781234 987654312 20481736591 enfermera123 Ingeniero2020 chef1234 cholito99
"""
STRONG = [
    "lluvia en Huaraz",
    "granizo en Puno",
    "zapato verde cocina martes",
    "siete tortugas bailan salsa",
    "el vecino pinta burbujas",
    "correct horse battery staple",
    "quinua-lámpara-río-bisagra",
    "Xk7#vQ2m!pLz",
    "h9Tq-w3Rz-71bK",
    "mi abuela cría patos azules en Jauja",
    "ñandú bajo la escalera rota",
    "chamba de noche, charango de día",
    "{[(<|+%$@!4839>)]}~^",
    "我的密码很难猜到对吧",
    "830174926518",  # digits are letters like others, where there are enough
]


@pytest.mark.parametrize("weak", [weak for weak in WEAK.split() if len(weak) >= 8])
@pytest.mark.parametrize("locale", Locale)
def test_what_many_would_choose_is_refused_without_being_repeated(weak: str, locale: Locale) -> None:
    with pytest.raises(InvalidInputError) as refused:
        require_good_password(weak, EMAIL, NAME, locale)
    assert weak.casefold() not in str(refused.value).casefold()
    assert ("contraseña" if locale is Locale.ES else "the password") in refused.value.message
    assert ("palabras" if locale is Locale.ES else "words") in refused.value.expected
    assert refused.value.field == "password"


@pytest.mark.parametrize("strong", STRONG)
def test_words_that_nobody_else_puts_together_are_taken(strong: str) -> None:
    require_good_password(strong, EMAIL, NAME)
    require_good_password(strong + " etc" * 20, EMAIL, NAME)


@pytest.mark.parametrize("name", ["Zoraida Ñahuincopa", "Zoraida de la Ñahuincopa"])
def test_a_name_is_weak_for_its_owner_alone(name: str) -> None:
    require_good_password("Nahuincopa73", "otra@correo.pe", "Otra Persona")
    with pytest.raises(InvalidInputError):
        require_good_password("Ñahuincopa73", "otra@correo.pe", name)


@pytest.mark.parametrize("length", [0, 7, 129, 100_000])
def test_lengths_have_bounds(length: int) -> None:
    with pytest.raises(InvalidInputError, match="8"):
        require_good_password(("kz7!Qw" * length)[:length], EMAIL)


def test_whose_words_count_does_not_depend_on_who_else_asks() -> None:
    """The library keeps words in a global: none of anybody's may be there."""
    owners = [(f"Zurimkovia{letter}qel", letter) for letter in "bcdfgh"] * 8

    def is_refused(asked: tuple[str, str]) -> bool:
        try:
            require_good_password(asked[0] + "73", "x@correo.pe", asked[0])
        except InvalidInputError:
            return True
        return False

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(is_refused, owners))


@given(st.text(max_size=140), st.text(max_size=30), st.text(max_size=30))
@example("@({[<!|$+%4836917052" * 7, "", "")
@example("{[(<|+%$@!4839>)]}~^", "@@@", "\0")
def test_any_text_is_judged(password: str, mailbox: str, name: str) -> None:
    with suppress(InvalidInputError):
        require_good_password(password, f"{mailbox}@correo.pe", name)
