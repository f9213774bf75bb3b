"""Where the work is done, by the words of a posting: "modalidad híbrida", "100% presencial", "work from home".

The same words are said of interviews, training, customers, tools and places: those state nothing.
"""

from __future__ import annotations

import re

from engine.jobs import Modality
from engine.reading.conditions.statements import Stating, stated_in
from engine.reading.found import Found
from engine.reading.schedules.passages import passages

_LABELLED, _WORD, _WEAK = 0.95, 0.85, 0.65
_OF_OTHERS = (
    r"(?:entrevistas?|visitas?|etapas?|reunion(?:es)?|atencion|atender|consultas|clases?|encuestas?|procesos?"
    r"|ferias?|eventos?|canal(?:es)?"
    r"|soporte|asistencia|cursos?|talleres|capacitacion(?:es)?|induccion(?:es)?|entrenamientos?|formacion"
    r"|interviews?|evaluacion(?:es)?"
    r"|sesion(?:es)?|charlas?|ventas y atencion|clientes|experiencia (?:en|con|previa en)|examen(?:es)?|inventarios?"
    r"|auditorias?|training|onboarding"
    r"|supervision(?:es)?|supervisando|acompanamientos?|actividades|tutorias?|asesorias?|coordinacion(?:es)?"
    r"|monitoreo|acceso|escritorio|control(?:es)?)"
)
# "de manera presencial y digital", "presencial, telefónica": how customers are served
_SERVED = re.compile(
    r",? ?(?:y|e|o|u|como|y/o|/|,) ?(?:por |de forma |de manera )?(?:digital|telefon|online|canales|por redes|whats"
    r"|correo|campo)"
)
_AFTER_OTHERS = re.compile(
    rf"\b{_OF_OTHERS}(?: (?:de|del|a|al|con|en|los|las|la|el|y|e|o|u|por|sus?|forma|manera|modo|modalidad|tanto"
    r"|clientes?|asegurados|terceros|usuarios|pacientes"
    r"|publico|ser[ai]n?|son|es|inicial|100 ?%|virtual|virtuales|telefonic[oa]s?|practic[oa]s?|personal|previa?"
    r"|grupal|sera|totalmente)|[,/:(]){0,6}\W{0,3}$"
)
_NOT = (
    r"(?:\bno (?:es|son|sera|hay|ofrecemos|se ofrece|aplica|trabajamos|contamos con)?\s?(?:un )?(?:trabajo |puesto "
    r"|modalidad |de forma |en modalidad |teletrabajo ni )?|\bnot (?:a )?|\bsin |\bnon[- ]|\bni )(?:100 ?% )?"
)
_AFTER_NOT = re.compile(rf"(?:{_NOT})$")
_NOT_OF_WORK = re.compile(
    r"\b(?:percepcion|deteccion|teledeteccion|control(?:es)?|comunidad(?:es)?|zonas?|lugar(?:es)?|sectores"
    r"|localidad(?:es)?|areas?|pueblos?|sitios?|sensor(?:es)?"
    r"|escritorios?|accesos?|equipos?|dispositivos?|servidor(?:es)?|estacion(?:es)?|operacion(?:es)?|gestion"
    r"|diagnostico|medicion|lectura|soporte|asistencia"
    r"|monitoreo|mandos?|conexion(?:es)?|sistemas?|sedes?|postas?|amazonia|unidad(?:es)?|poblacion(?:es)?|antena"
    r"|vigilancia|ubicacion(?:es)?|agencias?|trabajos?"
    r"|equipos? de trabajo|colaboradores|profesionales|terminal(?:es)?|repositorios?|posibilidad(?:es)?"
    r"|opcion(?:es)?|eventual(?:es|mente)?)"
    r"(?: (?:de|en|con|la|el|las|los|mas|muy|y|altamente|asignad[oa]s?|rural(?:es)?|tecnic[oa]|a)){0,5}\W{0,2}$"
)
_NOT_BEFORE_REMOTE = re.compile(
    r" ?(?:sensing|controls?|desktop|access|support|areas?|locations?|sites?|monitoring|communit|teams?\b|servers?"
    r"|devices?|assistance|user|employees"
    r"|(?:una|dos|tres|cuatro|\d{1,2}|algunas) (?:semanas?|veces|dias) (?:al|por|a) (?:ano|mes)|(?:durante|solo"
    r"|solamente) (?:la |el |las |los )?(?:capacit|induc|primer)"
    r"|de (?:la )?(?:amazonia|sierra|selva)|amazon|y sig\b|la capacit)"
)
_PART_OF_WEEK = re.compile(
    r"(?:\W{0,3}(?:una|dos|tres|cuatro|\d) (?:dias?|veces)|\W{0,3}(?:los|el|lo|solo los) (?:dias )?(?:lunes|martes"
    r"|miercoles|jueves|viernes|sabados?)| (?:parcial|los fines))"
)
_DAYS_AT_HOME = (
    r"(?:\d|un|una|uno|dos|tres|cuatro|algunos|2 o 3) ?(?:dias?|veces|x)\b(?: (?:de|por|a|la|semana|semanales|en|al"
    r"|mes|trabajo|office|home|x)){0,5}\W{0,3}"
)
_HOME = r"(?:home ?office|remot[oae]s?|virtual(?:es)?|teletrabajo|desde casa|home|online)\b"
_OFFICE = r"(?:presencial(?:es)?|oficinas?|en (?:la |nuestras? )?oficinas?|office|onsite|on-site)\b"
_LABEL = (
    r"(?:modalidad(?: de)?(?: trabajo| contratacion| laboral)?|esquema(?: de trabajo)?|formato|tipo de (?:puesto"
    r"|trabajo|jornada)|work ?(?:place|location|mode|model)|lugar de trabajo|location|ubicacion|job type)"
)

_RULES = (
    Stating(Modality.HYBRID, re.compile(
        rf"\b{_LABEL}[ :(*-]{{0,4}}(?:de trabajo |es |sera |100 ?% )?(?:hibrid\w*|hybrid|mixt[oa]"
        r"|semi ?-?presencial)|#li-hybrid"
    ), _LABELLED),
    Stating(Modality.HYBRID, re.compile(
        r"\b(?:hibrid[oa]s?|hybrid)\b"
    ), _WORD, re.compile(
        r"\b(?:aplicacion(?:es)?|apps?|nubes?|cloud|vehiculos?|autos?|motor(?:es)?|redes|lenguaje\w*|moviles"
        r"|deprogramacion|programacion|infraestructuras?|arquitecturas?|sistemas"
        r"|entornos|metodologias?|plataformas?|in-?house/external|nativas?(?: o| y|,)|ios o|maiz|semillas?|external"
        r"|react native,?|support)(?: \w+){0,2} (?:o |u |y |e )?$|external $|ios o $|support $"
    ), re.compile(
        r" ?(?:cloud|shared|mobile|apps?|or agile|agile|delivery|infrastructure|environments?,? (?:aws|azure)"
        r"|y nativ|como:|vehic|project)")),
    Stating(Modality.HYBRID, re.compile(r"\bsemi ?-?presencial\w*"), _WORD),
    Stating(Modality.HYBRID, re.compile(
        rf"{_DAYS_AT_HOME}{_HOME}(?!\W{{1,3}}(?:al|por) (?:ano|mes))|{_DAYS_AT_HOME}{_OFFICE}[^\n.]{{0,25}}{_HOME}"
        rf"|\b{_HOME}[^\n.]{{0,12}}(?:\d|un|dos|tres) (?:dias?|veces) (?:a|por|x)(?: la)? semana"
        rf"|\b(?:presencial|oficina) (?:y|e|/|con|-|\+) ?(?:algo de )?{_HOME}|\b{_HOME} ?(?:y|e|/|\+) ?presencial\b"
        rf"|\b[1-4] ?x ?[1-4] ?\(?[^\n.]{{0,20}}{_HOME}|\bteletrabajo parcial|\b[1-4] ?(?:dias? )?(?:ho"
        rf"|home)\b[^\n.]{{0,12}}\b[1-4] ?(?:dias? )?(?:presencial|oficina|office)"
        rf"|\b[1-4] ?(?:dias? )?(?:presencial(?:es)?|oficina|office)\b[^\n.]{{0,12}}\b[1-4] ?(?:dias? )?(?:ho"
        rf"|home)\b|\bhome ?office ?[:(]?[^\n.]{{0,3}}(?:\d|una|un|dos|tres) (?:vez|veces|dias?)"
    ), _WORD),
    Stating(Modality.REMOTE, re.compile(
        rf"\b{_LABEL}[ :(*-]{{0,4}}(?:de trabajo |es |sera |100 ?% |full |totalmente |trabajo )?(?:remot[oae]"
        r"|home ?office|teletrabajo|virtual|desde casa|a distancia)\b|#li-remote"
        r"|\b(?:100 ?%|totalmente|completamente|full|fully|enteramente) (?:en |de manera "
        r"|de forma )?(?:remot[oae](?:mente)?|virtual|home ?office|online|a distancia|teletrabajo)\b|\b(?:remot[oae]"
        r"|home ?office|virtual|teletrabajo) (?:al )?(?:100 ?%|total\b|full)"
    ), _LABELLED, _AFTER_NOT, _PART_OF_WEEK),
    Stating(Modality.REMOTE, re.compile(
        r"\b(?:trabaj\w+|labor\w*|work(?:ing)?|empleo|puesto|posicion|vacante|job|position|role"
        r"|opportunity)(?: (?:sera|es|100 ?%|en modo|de forma|de manera|modo|totalmente|fully|is"
        r"|en modalidad))? (?:remot[oae](?:mente|ly)?|home ?office|desde (?:tu |su |la )?(?:casa|hogar)|from home"
        r"|from anywhere|a distancia)\b"
        r"|\bremote (?:position|job|role|opportunity|work(?:space)?|first|contract|setup)|\bremote-(?:first"
        r"|friendly)|\bglobal remote\b|\bwork from home\b|\bfrom the comfort of (?:your|their) home"
        r"|\bde (?:forma|manera) remota\b|\bteletrabajo\b|\bdesde (?:tu|su|la comodidad de (?:tu|su)) (?:casa|hogar)"
    ), _WORD, re.compile(
        rf"{_AFTER_OTHERS.pattern}|{_AFTER_NOT.pattern}|\b(?:posibilidad(?:es)?|opcion(?:es)?|eventual"
        rf"|experiencia)\b[^\n.]{{0,30}}$"),
        re.compile(f"(?:{_PART_OF_WEEK.pattern})|(?:{_NOT_BEFORE_REMOTE.pattern})")),
    Stating(Modality.REMOTE, re.compile(r"\bremot[oae]\b|\bhome ?office\b|\bfull remote\b"), _WEAK,
        re.compile(
            rf"{_AFTER_OTHERS.pattern}|{_AFTER_NOT.pattern}|{_NOT_OF_WORK.pattern}|{_DAYS_AT_HOME}$|\b(?:dias? de"
            r"|benefi\w*:?|asistencia|soporte|docencia|educacion|ensenanza|aprendizaje|bono (?:de|por)|kit de"
            r"|equipo de|viernes|lunes|viatico\w*) $"),
        re.compile(f"(?:{_PART_OF_WEEK.pattern})|(?:{_NOT_BEFORE_REMOTE.pattern})")),
    Stating(Modality.ON_SITE, re.compile(
        rf"\b{_LABEL}[ :(*-]{{0,4}}(?:de trabajo |es |sera |100 ?% |totalmente |full |empleo "
        r"|trabajo )?(?:presencial\w*|on-?site|in person|in-person)\b|\b(?:100 ?%|totalmente|full"
        r"|fully) (?:presencial\w*|on-?site)|#li-onsite"
        r"|\b(?:puesto|trabajo|modalidad|posicion) no remot[oa]\b|\bno es (?:un )?(?:trabajo |puesto )?remot[oa]\b"
        r"|\bno (?:hay |se ofrece |ofrecemos )?(?:home ?office|teletrabajo)\b"
    ), _LABELLED, _AFTER_OTHERS),
    Stating(Modality.ON_SITE, re.compile(r"\bpresencial(?:mente|idad)?\b"), _WORD,
        re.compile(rf"{_AFTER_OTHERS.pattern}|{_AFTER_NOT.pattern}|{_DAYS_AT_HOME}$|\b(?:semi|no)[ -]$"), _SERVED),
    Stating(Modality.ON_SITE, re.compile(r"\bon-?site\b|\bin[- ]person\b"), _WEAK,
        re.compile(
            rf"{_AFTER_OTHERS.pattern}|{_AFTER_NOT.pattern}|{_DAYS_AT_HOME}$|\b(?:gym|meal|parking|lunch|visits?"
            rf"|collaboration|client|customer|encourages|meetings?)[^\n.]{{0,12}}$"),
        re.compile(
            r" ?(?:gym|meals?|parking|collaboration|meetings?|visits?|interview|support|clinic|cafeteria|events?)")),
)  # fmt: skip
_WORTH_READING = re.compile(
    r"presencial|remot|hibrid|hybrid|home ?office|teletrab|on-?site|in[- ]person|from home|from anywhere|distancia"
    r"|virtual"
    r"|mixt|de(?:sde)? (?:tu |su |la )?(?:casa|hogar)|#li-|your home"
)


def read_modality(text: str) -> Found[Modality] | None:
    """Where the work is done, as `text` states it; None where it does not, or offers several."""
    read = passages(text)
    if not _WORTH_READING.search(read.words):
        return None
    stated = stated_in(read.words, _RULES)
    meaning = _settled(set(stated))
    if meaning is None:
        return None
    place = stated.get(meaning) or next(iter(stated.values()))
    return Found(meaning, read.sentence(place.start, place.end), place.confidence)


def _settled(stated: set[Modality]) -> Modality | None:
    """Some days at home and some not are hybrid, whatever else is told of either."""
    if Modality.HYBRID in stated:
        return Modality.HYBRID
    return next(iter(stated)) if len(stated) == 1 else None
