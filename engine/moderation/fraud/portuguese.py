"""Whether an ad is written in Portuguese: many of its words are Spanish too, and mean no harm there."""

from __future__ import annotations

from collections.abc import Iterable

# Small words that the other language does not have.
_PORTUGUESE = frozenset(
    """
    nao voce voces um uma uns umas com sem ou seu sua seus suas dos das pela pelo pelas pelos em na nas ao aos ate mais
    vaga vagas trabalho nossa nosso nossos nossas isso sao tem temos fazer ter muito dinheiro reais r$ pix do da e o as
    ganhe receba idade feminino masculino homem homens mulheres moca rapaz
    """.split()  # noqa: SIM905
)
_SPANISH = frozenset(
    """
    el la los las un una unos unas con sin y del al lo tu su tus sus en mas tambien nuestra nuestro nuestros nuestras
    son tiene tenemos hacer quien muy dinero soles trabajo sueldo gana ganas recibe mujeres hombres
    the and of to with your you we
    """.split()  # noqa: SIM905
)


def is_portuguese(words: Iterable[str]) -> bool:
    """Whether plain words are Portuguese rather than Spanish or English."""
    balance = 0
    for word in words:
        balance += (word in _PORTUGUESE) - (word in _SPANISH)
    return balance > 0
