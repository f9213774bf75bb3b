"""What a title says of the work: the words that name it, and the level it is at.

Beside them titles promise pay, hurry, and name shifts and the employer's own town. Of two ads of one employer those
words tell nothing; one that names another trade or another level does.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.catalogue.inverted_index import word_stem
from engine.skills import normalised_words

MOST_WORDS = 40

_BESIDE_THE_WORK = frozenset(
    normalised_words(
        # grammar
        "a al c con de del desde el en la las los o para por s sin un una y at for from in of or the to with"
        # where and when
        " home work casa trabajo trabaja trabajar remoto remota presencial hibrido hibrida ref sede sedes zona zonas"
        " zonal distrito ciudad agencia ag local norte sur este oeste centro turno turnos horario horarios manana tarde"
        " noche am pm part full time parttime fulltime medio tiempo completo jornada flexible flexibles libre libres"
        " domingo domingos sabado sabados lunes viernes descansa"
        # hurry
        " urgente inmediato inmediata ingreso ingresos ultimo dia dias ya hoy aqui ven unete postula te esperamos nuevo"
        " nueva primer primera solo busca buscamos solicita requiere necesita convocatoria vacante vacantes puesto"
        " oportunidad excelente sumate equipo forma parte"
        # what is paid and asked
        " gana hasta sueldo basico fijo fija comisiones bono bonos pago pagos pagada mes mensual mensuales quincenal"
        " semanal planilla planillas beneficios movilidad pasajes ilimitadas ilimitados altas atractivas capacitacion"
        " exp experiencia personal"
    )
)
# Who sells or answers is called by any of the first, what they sell by any of the second, and that they do it by
# telephone by any of the third.
_SAME_WORK = {
    word: meant
    for meant, words in {
        "asesor": "asesor asesora asesores asesoras ejecutivo ejecutiva ejecutivos ejecutivas agente agentes"
        " representante representantes promotor promotora promotores promotoras consultor consultora consultores"
        " consultoras",
        "venta": "venta ventas vendedor vendedora vendedores vendedoras comercial comerciales sales",
        "call": "call contact center telefonico telefonica telefonicos telefonicas telefono teleoperador teleoperadora"
        " teleoperadores teleoperadoras televentas telemarketing",
    }.items()
    for word in words.split()
}
_LEVELS = {
    word: 1 << bit
    for bit, words in enumerate(
        (
            "practicante practicantes practica practicas pasante pasantes pasantia pasantias intern internship trainee"
            " aprendiz becario becaria",
            "junior jr",
            "ssr semisenior semi",
            "senior sr",
            "jefe jefa gerente subgerente manager director directora head lider leader lead supervisor supervisora"
            " supervisores supervisoras coordinador coordinadora coordinadores coordinadoras",
            "ingles english bilingue bilingual portugues portuguese frances french aleman german italiano italian",
        )
    )
    for word in words.split()
}
_ONLY_LEVELS = frozenset(["junior", "jr", "ssr", "semisenior", "semi", "senior", "sr"])
_NO_WORK = _BESIDE_THE_WORK | _ONLY_LEVELS
_NUMBERED = {"1": 1 << 6, "2": 1 << 7, "3": 3 << 6, "i": 1 << 6, "ii": 1 << 7, "iii": 3 << 6}
_NUMBERED_ALONE = frozenset(("ii", "iii"))
_NUMBERS = frozenset(("nivel", "level"))  # what comes next is numbered


def words_of_the_work(title: Sequence[str], town: Sequence[str] = (), most: int = MOST_WORDS) -> set[str]:
    """Of the first `most` normalised words of a title those that name the work, in any number and gender; `town` names
    none."""
    named = (word for word in title[:most] if not (word in _NO_WORK or word in town or word.isdigit()))
    return {_SAME_WORK.get(word) or word_stem(word) or word for word in named}


def level_of(title: Sequence[str]) -> int:
    """The level that a title's normalised words name, and whether another language, in 8 bits; 0: none is named."""
    level, before = 0, ""
    for word in title[:MOST_WORDS]:
        level |= _LEVELS.get(word, 0)
        if word in _NUMBERED_ALONE or before in _NUMBERS:
            level |= _NUMBERED.get(word, 0)
        before = word
    return level
