"""What an offer may not ask of people: an age, a sex, a look, a marital status (Peru's Ley 26772).

Phrases without accents, in the notation of `engine.moderation.fraud.phrases`, in Spanish and English. Age limits are
read by `engine.reading.age_limits` too, which takes them out of texts; here are those behind disguised digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.moderation.fraud.phrases import PIECES, Found, Phrase, is_taken_back, phrases
from engine.offer_signs import SignKind

_PIECES = {
    **PIECES,
    "AGE_ANOS": r" (?:1[89]|[2-6]\d) anos",
    "SEX": r" (?:femenin[oa]s?|masculin[oa]s?|mujer(?:es)?|hombres?|varon(?:es)?|damas?|caballeros?|senoritas?"
    r"|chicas?|seniorita)",
    "WOMEN_OF_A_TRADE": r" (?:vendedoras|cajeras|promotoras|asesoras|meseras|mozas|operarias|impulsadoras|anfitrionas"
    r"|azafatas|costureras|cocineras|mucamas|secretarias|chicas|damitas)",
    "OTHER_SEX": r"(?: ,| /)*(?: [yoeu/]| and| or)?(?: (?:de|para|a))?"
    r" (?:femenin|masculin|mujer|hombre|varon|caballer|indistint|dama|senor|joven|chico|nin|men|women|male|female)\w*",
}

_AGE = """
edad !minima_18|minima_de_18 minim~|maxim~|max|min|requerida|de|entre|los|desde|hasta|anos|rango|ideal|preferi~
    |preferente|limite|del|promedio* AGE << mayor|mayores
de|entre|desde los? AGE a|y|hasta los? AGE_ANOS !de_experiencia|experiencia|de_trayectoria|en_el
    << experiencia|ninos|clientes|publico|pacientes|alumnos|usuarios
hasta|maximo|menor|menores de|a|los* AGE_ANOS !de_experiencia|experiencia|en_el|de_trayectoria <<
    experiencia|ninos|hijos
aged|age|ages between|from|range|limit|is|of* AGE to|and|up_to AGE
between AGE and|to AGE years_old|years_of_age
under|younger|below|maximum than? AGE years_old|years_of_age
"""

_SEX = """
sexo|genero preferente|preferible|preferentemente|solo|requerido? SEX !OTHER_SEX
solo|solamente|unicamente|exclusivamente|exclusivo|personal para|personal|de|sexo|candidatas* SEX !OTHER_SEX
solo|solamente|unicamente|exclusivamente WOMEN_OF_A_TRADE !OTHER_SEX
personal|joven|jovenes de_sexo? femenino|masculino|varon|varones|mujer !OTHER_SEX
senorita|senoritas !OTHER_SEX << o|y|u|de|para|colegio|residencia
busco|buscamos|busca|buscan|requiere|requerimos|requieren|necesita|necesitamos|necesitan|solicita|solicito|solicitamos
    |contratamos|contrata un|una|unas|unos|a|personal|joven|jovenes|2|3|5|10|dos|tres|urgente* SEX !OTHER_SEX|de_datos
preferentemente|preferible|preferiblemente|preferencia|preferente que_sea|para|,|de|sexo* SEX !OTHER_SEX
mujer|hombre|varon|chica|chicas|dama de|con|a? preferencia|preferentemente
chica|chicas|chico|muchacha|muchachas|varon|varones|dama|caballero|mujer|hombre para atender|atencion
    |ventas|trabajo|trabajar|carga|limpieza|apoyo
    |reparto|cocina|bar|tienda|caja !OTHER_SEX << de|ropa|moda
only|exclusively females|males|female|male|women|men|ladies|girls|boys !OTHER_SEX << not|women
female|females|male|males|women|men|ladies|girls only|preferred|candidates|candidate|applicants << or|and|both|all
looking|look|seeking|need|hiring|want|wanted|searching for|a|an|some|young|two|2* lady|ladies|girl|girls|woman|women|man
    |men|male|female|gentleman !OTHER_SEX|owned
girls|ladies|women|men|males|females wanted|needed << or|and
male|female [1] needed|wanted|required << or|and
damas|mujeres|varones|hombres|senoritas|chicas solamente|unicamente|exclusivamente << y|o
vacante|vacantes|puesto|empleo|oportunidad para una|un? SEX !OTHER_SEX
"""

_LOOKS = """
buena|bna|buna|excelente|impecable|optima|muy_buena presencia|apariencia
    !digital|en|de|online|web|comercial|del|de_los|de_las
agradable presencia|apariencia
cv|curriculum|hoja|adjuntar|adjunta|enviar|envia|enviando|manda|mandar [5]
    con|c|y|tu|una|mas|, tu|una|con? foto|fotografia !de_los|de_las|del|dni|y
    |de_producto|de_productos|de_tu_dni|de_dni|de_tus_trabajos
foto|fotografia [3] cv|curriculum|hoja_de_vida !DNI << de|la
adjuntar|adjunta|adjunte|incluir|incluye tu|una|su? foto|fotografia !de|del|dni|a|al|por
foto|fotos|fotografia tamano|tipo carnet|carne|pasaporte
foto|fotos|fotografia de_cuerpo_entero|de_cuerpo_completo|reciente|actualizada
estatura|talla|altura minima|maxima|desde|mayor|de|a|no|menor|promedio* 1|1.4|1.5|1.6|1.7|1.8|1.50|1.55|1.58|1.60|1.62
    |1.63|1.64|1.65|1.66|1.67|1.68|1.69|1.70|1.72|1.74|1.75|1.78|1.80|1,50|1,55|1,60|1,62|1,65|1,68|1,70|1,72|1,75|1,80
tez|piel clara|blanca|morena|trigueña|triguena << de_la|la
contextura delgada|media|gruesa|atletica|mediana
buena|bonita|linda|excelente|esbelta figura|silueta|cara
rasgos finos|europeos|delicados
sin tatuajes|piercings|perforaciones
persona|chica|chicas|senorita|senoritas|mujer|joven joven|y|muy* agraciada|guapa|bonita|linda|simpatica|atractiva
    |delgada
guapas|bonitas|agraciadas|atractivas chicas|senoritas|mujeres|modelos
chicas|senoritas|mujeres guapas|bonitas|agraciadas|atractivas|lindas|delgadas
cv|resume|application|send|attach|include [4] with|and|a|your* recent? photo|picture|photograph|photos
    !editing|editor|and|of|portfolio|id << id
attach|send|include|upload a|your|one* full_body|recent|headshot [1] photo|picture|photograph
attractive|presentable appearance|look|looking|female|girl|lady|women
good looks|looking !after|for
slim and|build|figure|body
"""

_MARITAL_STATUS = """
soltero|solteros|soltera|solteras !o|u|y|,_casad~ << madre|madres|padre|padres|mama|mamas
estado civil soltero|soltera|casado|casada|indispensable|preferente
sin hijos|carga_familiar|cargas_familiares|compromisos_familiares|responsabilidades_familiares|obligaciones_familiares
    |pareja << personas_con
no tener|tenga|tengan|tienes [1] hijos|carga_familiar|cargas_familiares|compromisos_familiares
que no tenga|tengan [1] hijos|pareja|esposo
persona|personas|mujer|mujeres|chica|chicas|senorita|senoritas|joven|jovenes sin compromiso|compromisos !de|laborales
sin hijos pequenos|menores
no casada|casado|casadas|casados
single|unmarried women|woman|female|females|ladies|men|candidates|candidate|applicants|people|person|without|and|only
    !parents|parent
must|should be single|unmarried
marital status single|unmarried|must
no|without children|kids !under|below|needed|or_adults << teach|teaching
"""

UNLAWFUL_DEMANDS: tuple[Phrase, ...] = phrases(
    {
        SignKind.ASKS_AGE: _AGE,
        SignKind.ASKS_SEX: _SEX,
        SignKind.ASKS_LOOKS: _LOOKS,
        SignKind.ASKS_MARITAL_STATUS: _MARITAL_STATUS,
    },
    _PIECES,
)
# A sentence that begins with a sex, or is nothing else, says who is wanted: "Mujeres con experiencia", "- Varones".
_FIRST_OF_A_SENTENCE = re.compile(
    r"(?<= \.)(?: ,| \d{1,3}| -)*+ (?:mujer(?:es)?|hombres?|varon(?:es)?|damas|caballeros|senoritas?|chicas"
    rf"|femenino|masculino|males?|females?)(?!{_PIECES['OTHER_SEX']})(?= (?:\.|,|con|para|de \d|desde|entre|mayores|sin"
    r"|que|proactiv\w+|dinamic\w+|jovenes|responsables|solter\w+|with|who|only|from) )"
)


def demands_at_start(plain: str) -> Iterator[Found]:
    """The sexes that sentences of `plain` begin with."""
    whole = f" .{plain}. "
    for match in _FIRST_OF_A_SENTENCE.finditer(whole):
        start, end = max(1, match.start() - 1), match.end() - 2
        if not is_taken_back(plain, SignKind.ASKS_SEX, start, end):
            yield Found(SignKind.ASKS_SEX, start, end)
