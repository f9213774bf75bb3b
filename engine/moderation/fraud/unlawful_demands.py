"""What an offer may not ask of people: an age, a sex, a look, a marital status (Peru's Ley 26772).

Phrases without accents, in the notation of `engine.moderation.fraud.phrases`, in Spanish and English.
"""

from __future__ import annotations

from engine.moderation.fraud.phrases import PIECES, Phrase, phrases
from engine.offer_signs import SignKind

_PIECES = {
    **PIECES,
    "AGE_ANOS": r" (?:1[89]|[2-6]\d) anos",
    "SEX": r" (?:femenin[oa]|masculin[oa]|mujer(?:es)?|hombres?|varon(?:es)?|damas?)",
    "OTHER_SEX": r"(?: ,)? [yoeu]"
    r" (?:femenin|masculin|mujer|hombre|varon|caballer|indistint|dama|senor|joven)\w*",
}

_AGE = """
edad !minima_18|minima_de_18 minim~|maxim~|requerida|de|entre|los|desde|hasta|anos|rango|ideal|preferi~|preferente
    |limite|del|promedio* AGE << mayor|mayores
de|entre|desde los? AGE a|y|hasta los? AGE_ANOS !de_experiencia|experiencia|de_trayectoria|en_el << experiencia|ninos
hasta|maximo|menor|menores de|a|los* AGE_ANOS !de_experiencia|experiencia|en_el|de_trayectoria <<
    experiencia|ninos|hijos
aged|age|ages between|from|range|limit|is|of* AGE to|and|up_to AGE
between AGE and|to AGE years_old|years_of_age
under|younger|below|maximum than? AGE years_old|years_of_age
"""

_SEX = """
sexo|genero preferente|preferible|preferentemente|solo? SEX !OTHER_SEX
solo|solamente|unicamente|exclusivamente|personal para|personal? SEX !OTHER_SEX
senorita|senoritas !OTHER_SEX << o|y|u
only|exclusively females|males|female|male|women|men|ladies|girls|boys << not|women
female|females|male|males|women|men|ladies|girls only|preferred|candidates_only
"""

_LOOKS = """
buena|excelente|impecable presencia|apariencia !digital|en|de|online|web|comercial
cv|curriculum|hoja|adjuntar|adjunta|enviar|envia|enviando [5] con|y|tu|una|mas|, tu|una|con? foto|fotografia
    !de|del|dni|y
foto|fotos|fotografia de_cuerpo_entero|de_cuerpo_completo|reciente|actualizada
cv|resume|application|send|attach|include [4] with|and|a|your recent? photo|picture|photograph
    !editing|editor|and|of|portfolio|id << id
attractive|presentable appearance|look|looking|female|girl|lady
"""

_MARITAL_STATUS = """
soltero|solteros|soltera|solteras !o_casado|o_casada|o|y|,
sin hijos|carga_familiar|cargas_familiares|compromisos_familiares
single|unmarried women|woman|female|females|ladies|candidates
"""

UNLAWFUL_DEMANDS: tuple[Phrase, ...] = tuple(
    phrase
    for kind, lines in (
        (SignKind.ASKS_AGE, _AGE),
        (SignKind.ASKS_SEX, _SEX),
        (SignKind.ASKS_LOOKS, _LOOKS),
        (SignKind.ASKS_MARITAL_STATUS, _MARITAL_STATUS),
    )
    for phrase in phrases(kind, lines, _PIECES)
)
