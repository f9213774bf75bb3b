"""Where the work is done, by the words of a posting: "modalidad híbrida", "100% presencial", "work from home".

The same words are said of interviews, training, customers, tools and places: those state nothing.
"""

from __future__ import annotations

import re

from engine.jobs import Modality
from engine.reading.conditions.other_modalities import (
    AFTER_ELSEWHERE,
    AFTER_NOT,
    AFTER_OTHERS,
    AFTER_TRAINING,
    EXPERIENCE,
    HOME,
    HOME_OFFICE,
    HYBRID_OF,
    HYBRID_OR_ANOTHER,
    MET,
    NO_WORK,
    NOT_BEFORE_REMOTE,
    NOT_OF_WORK,
    OF_A_HYBRID,
    OF_STUDIES,
    OR_AT_THE_OFFICE,
    OR_ELSEWHERE,
    PART_OF_WEEK,
    PARTLY,
    POSSIBLE,
    SERVED,
)
from engine.reading.conditions.statements import Stating, stated_in
from engine.reading.found import Found
from engine.reading.schedules.passages import passages

_LABELLED, _WORD, _WEAK = 0.95, 0.85, 0.65
_DAYS_AT_HOME = (
    r"(?:\d|un|una|uno|dos|tres|cuatro|algunos|2 o 3) ?(?:\(?dias?\)?|veces|vez|x)\b\)?(?: (?:de|por|a|la|semana"
    r"|semanal"
    r"|semanales|en|al|con|mes|trabajo|office|home|forma|manera|x)){0,6}\W{0,3}"
)
_OFFICE = r"(?:presencial(?:es)?|oficinas?|en (?:la |nuestras? )?oficinas?|office|onsite|on-site)\b"
_LABEL = (
    r"(?:modalidad(?: de)?(?: trabajo| contratacion| laboral)?|esquema(?: de (?:trabajo|empleo))?|formato"
    r"|tipo de (?:puesto"
    r"|trabajo|jornada)|work ?(?:place|location|mode|model)|job type"
    r"|(?:lugar de trabajo|location|ubicacion)(?= ?[:(*-]))"
)
_SOME_DAYS = (
    r"(?:[1-4]|una?|dos|tres|cuatro|(?:algun|un)[oa]s|one|two|three|four)(?: ?(?:-|to|or|a|o) ?[2-4])? ?"
    r"(?:\(?dias?\)?|veces|vez|days?|times)\b\)?"
)
_A_WEEK = r"(?: (?:a|por|x|de|en|per|each|every)(?: la)? (?:semana|week)| semanal(?:es)?| weekly)"
_AT_WORK = r"(?:presencial(?:es)?|(?:en|a|de) (?:la |las |nuestras? )?oficinas?|on-?site|in[- ](?:office|person))\b"
_EITHER = rf"(?:el )?(?:trabajo )?(?:{HOME}|in[- ]?office|office|on[- ]?site|in[- ]person|presencial|oficina)"
_FEW = r"(?:[1-4]|one|two|three|four)"
_WEEKDAY = r"(?:lunes|martes|miercoles|jueves|viernes|sabados?)"
_TO_SOME = rf"{AFTER_OTHERS.pattern}|{AFTER_TRAINING}|{AFTER_NOT.pattern}|{PARTLY}|{OF_STUDIES}|{EXPERIENCE}"
_TO_TRAINING = rf"{AFTER_TRAINING}|{OF_STUDIES}|{EXPERIENCE}"

_HYBRID = (
    Stating(Modality.HYBRID, re.compile(
        rf"\b{_LABEL}[ :(*-]{{0,4}}(?:de trabajo |es |sera |100 ?% )?(?:hibrid\w*|hybrid|mixt[oa]"
        r"|semi ?-?presencial)|#li-hybrid"
    ), _LABELLED, re.compile(rf"{POSSIBLE}|{OF_STUDIES}"), re.compile(HYBRID_OR_ANOTHER)),
    Stating(Modality.HYBRID, re.compile(
        r"\b(?:hibrid[oa]|hybrid|(?:modalidad(?:es)?|jornadas?|esquemas?|trabajos|puestos) hibrid[oa]s)\b"
    ), _WORD, OF_A_HYBRID, HYBRID_OF),
    Stating(Modality.HYBRID, re.compile(
        rf"\bsemi ?-?presencial\w*|\b(?:partially|partly|parcialmente|semi)[ -]?remot\w+|\bremot[oa] parcial"
        rf"|\b(?:{HOME_OFFICE}|tele ?-?trabajo) (?:parcial|mixto)|\b[1-9]\d ?% (?:de |en )?(?:trabajo )?{HOME}"
        rf"|\b(?:mix(?: of)?|part|alternando|combin(?:acion de|ar|amos|ando)) \(?{_EITHER}[^\n.]{{0,12}}"
        rf"(?:\b(?:and|part|y|con)|&|/) ?{_EITHER}"
    ), _WORD, re.compile(_TO_TRAINING), re.compile(HYBRID_OR_ANOTHER)),
    # some days of the week there: of a training or a fair it is how long that lasts
    Stating(Modality.HYBRID, re.compile(
        rf"\b0?{_SOME_DAYS}(?:{_A_WEEK})?,?(?: de)?(?: trabajo)? {_AT_WORK}"
        r"|\b(?:(?:en|a|de) (?:la |nuestras? )?oficinas?|in[- ]office"
        rf"|on-?site) ?[(:,-]? ?(?:solo )?{_SOME_DAYS}{_A_WEEK}"
    ), _WORD, re.compile(_TO_TRAINING), re.compile(
        r" (?:de |para |of )?(?:la )?(?:capacit|induc|entren|train|onboard|feria|clases)|[^\n.]{0,50}\b(?:visit"
        r"|locales|calle)"
    )),
    Stating(Modality.HYBRID, re.compile(
        rf"{_DAYS_AT_HOME}{HOME}(?!\W{{1,3}}(?:al|por) (?:ano|mes))|{_DAYS_AT_HOME}{_OFFICE}[^\n.]{{0,25}}{HOME}"
        rf"|\b{HOME}[^\n.]{{0,12}}(?:\d|un|dos|tres) (?:dias?|veces) (?:a|por|x)(?: la)? semana"
        rf"|\b[1-4] ?x ?[1-4] ?\(?[^\n.]{{0,20}}{HOME}|\bteletrabajo parcial|\b[1-4] ?(?:dias? )?(?:ho"
        rf"|home)\b[^\n.]{{0,12}}\b[1-4] ?(?:dias? )?(?:presencial|oficina|office)"
        rf"|\b[1-4] ?(?:dias? )?(?:presencial(?:es)?|oficina|office)\b[^\n.]{{0,12}}\b[1-4] ?(?:dias? )?(?:ho"
        rf"|home)\b|\b{HOME_OFFICE} ?[:(]?[^\n.]{{0,3}}(?:\d|una|un|dos|tres) (?:vez|veces|dias?)"
        rf"|\b{_FEW}(?: ?(?:-|to|or) ?{_FEW})? (?:set |fixed )?days?(?: (?:a|per|each|every) week)?,? (?:in|at"
        rf"|(?:work\w{{0,3}} )?from)(?: the| our| an)? (?:\w{{1,12}} )?(?:office|home)\b"
        rf"|\bdias (?:en (?:la )?oficina|presenciales)[^\n.]{{0,20}}{HOME}|\b[1-4] ?dias? ho\b"
        rf"|\b(?:presencial|oficina)\b[^\n.]{{0,40}}\bresto (?:de los dias )?(?:en )?{HOME}"
        rf"|\boffice (?:once|twice|{_FEW} (?:days|times)) (?:a|per|each|every) week"
        rf"|\bmixt[oa]\b[^\n.]{{0,20}}\b(?:{HOME}|casa)"
        rf"|\b(?:remotely|from home) (?:up to )?{_FEW} days?\b"
        rf"|\bfrom the office {_FEW}(?: ?(?:-|to|or) ?{_FEW})? (?:set |fixed )?days?"
    ), _WORD),
    # "presencial y remoto" is hybrid of the work; of customers it is two ways to serve them
    Stating(Modality.HYBRID, re.compile(
        rf"\b(?:presencial|oficina) ?(?:y|e|/|con|-|\+) ?(?:algo de |de manera |de forma )?{HOME}"
        rf"|\b{HOME} ?(?:y|e|/|\+) ?(?:de manera |de forma )?(?:presencial|oficina)\b"
    ), _WORD, re.compile(rf"{_TO_SOME}|{NO_WORK.pattern}")),
    # a day of the week at home: not the whole of "lunes a viernes home office"
    Stating(Modality.HYBRID, re.compile(
        rf"\b{_WEEKDAY} ?:?(?: -)?(?: (?:de|con|en|trabajo))? (?:{HOME_OFFICE}|remot[oa]|teletrabajo)\b"
        rf"|\bviernes flex\w*[^\n.]{{0,25}}\b{HOME_OFFICE}\b"
        rf"|\b(?:{HOME_OFFICE}|remot[oa]) (?:solo )?(?:los|el)? ?{_WEEKDAY}\b(?! ?(?:a|al|-|hasta) )"
        rf"|\bdias? de (?:trabajo )?(?:{HOME_OFFICE}|remoto|teletrabajo)\b(?!\W{{1,3}}(?:al|por) (?:ano|mes))"
    ), _WEAK, re.compile(r"(?:\b(?:a|al|to|hasta|5|cinco)|\w ?-) ?$|\b(?:posibilidad(?:es)?|opcion)\b[^\n.]{0,30}$")),
)  # fmt: skip

_REMOTE = (
    Stating(Modality.REMOTE, re.compile(
        rf"\b{_LABEL}[ :(*-]{{0,4}}(?:de trabajo |es |sera |100 ?% |full |totalmente |trabajo )?(?:remot[oae]"
        rf"|{HOME_OFFICE}|teletrabajo|virtual|desde casa|a distancia)\b|#li-remote|\blocation: (?:anywhere|worldwide)\b"
    ), _LABELLED, re.compile(rf"{AFTER_NOT.pattern}|{OF_STUDIES}|{AFTER_TRAINING}"), re.compile(
        rf"(?:{PART_OF_WEEK.pattern})|{OR_AT_THE_OFFICE}")),
    Stating(Modality.REMOTE, re.compile(
        r"\b(?:100 ?%|totalmente|completamente|full|fully|enteramente) (?:en |de manera "
        rf"|de forma )?(?:remot[oae](?:mente)?|virtual|{HOME_OFFICE}|on-?line|a distancia|teletrabajo)\b"
        rf"|\b(?:remot[oae]|{HOME_OFFICE}|virtual|teletrabajo) (?:al )?(?:100 ?%|total\b|full)"
    ), _LABELLED, re.compile(rf"{AFTER_NOT.pattern}|{PARTLY}|{_TO_TRAINING}"), re.compile(
        rf"(?:{PART_OF_WEEK.pattern})|{OR_AT_THE_OFFICE}")),
    Stating(Modality.REMOTE, re.compile(
        r"\b(?:trabaj\w+|labor\w*|work(?:ing)?|empleo|chamba|puesto|posicion|vacante|job|position|role"
        r"|opportunity)(?: (?:sera|es|100 ?%|en modo|de forma|de manera|modo|totalmente|fully|is"
        rf"|en modalidad))? (?:remot[oae](?:mente|ly)?|{HOME_OFFICE}|desde (?:tu |su |la )?(?:casa|hogar)|from home"
        r"|from anywhere|a distancia)\b"
        r"|\bremotely (?:from|in|within|based)\b|\bremote (?:position|job|role|opportunity|work(?:space)?|first"
        r"|contract|setup)|\bremote-(?:first"
        r"|friendly)(?! (?:company|organi[sz]ation|team|culture|startup|business))|\bglobal remote\b"
        r"|\bwork(?:ing)? from (?:your )?home\b|\bwfh\b|\bhome[- ]based (?:position|role|job|work|agent)"
        r"|\bfrom the comfort of (?:your|their) home|\b(?:trabajo|empleo|puesto|vacante) (?:100 ?% )?(?:virtual"
        r"|on-?line)\b"
        r"|\b(?:trabaj|labor)\w+[^\n.]{0,20}\bdesde (?:cualquier (?:lugar|parte|ciudad)|donde (?:quieras|estes"
        r"|vivas))\b"
        r"|\b(?:role|position|job|work)\b[^\n.]{0,20}\bremotely\b|\btelecommut(?:e|ing)\b|\bteleworking\b"
        r"|\btele ?-?trabajo\b"
    ), _WORD, re.compile(
        rf"{_TO_SOME}|\b(?:posibilidad(?:es)?|opcion(?:es)?|eventual|experiencia|occasional)\b[^\n.]{{0,30}}$"
        rf"|\bdias de $"
            rf"|{_DAYS_AT_HOME}$"
        r"|\b(?:conocimientos?|manejo|cursos?|normativa|ley|monto|herramientas)\b[^\n.;]{0,45}$"),
        re.compile(rf"(?:{PART_OF_WEEK.pattern})|(?:{NOT_BEFORE_REMOTE.pattern})|{OR_AT_THE_OFFICE}")),
    # from home, customers are served too: only training, and what customers do there, is something else
    Stating(Modality.REMOTE, re.compile(
        r"\bdesde (?:(?:tu|su|mi|la|la comodidad de (?:tu|su)) )?(?:casa|hogar)\b(?! (?:matriz|central))"
    ), _WORD, re.compile(
        rf"{AFTER_TRAINING}|{AFTER_NOT.pattern}|{POSSIBLE}|{EXPERIENCE}|{_DAYS_AT_HOME}$"
        r"|\b(?:compr|aprend|estudi|pid|disfrut)\w{1,6}[^\n.]{0,25}$"
    ), re.compile(rf"(?:{PART_OF_WEEK.pattern})|{OR_AT_THE_OFFICE}")),
    Stating(Modality.REMOTE, re.compile(r"\bde (?:forma|manera) remota\b"), _WORD,
        re.compile(rf"{_TO_SOME}|{NO_WORK.pattern}|\b(?:posibilidad(?:es)?|opcion(?:es)?)\b[^\n.]{{0,30}}$"),
        re.compile(rf"(?:{PART_OF_WEEK.pattern})|(?:{NOT_BEFORE_REMOTE.pattern})|{OR_AT_THE_OFFICE}")),
    Stating(Modality.REMOTE, re.compile(rf"\bremot[oae]\b|\b{HOME_OFFICE}\b"), _WEAK,
        re.compile(
            rf"{_TO_SOME}|{NOT_OF_WORK.pattern}|{_DAYS_AT_HOME}$|\b(?:dias? de"
            r"|benefi\w*:?|asistencia|soporte|docencia|educacion|ensenanza|aprendizaje|bono (?:de|por)|kit de"
            r"|equipo de|(?<!\ba )(?:viernes|lunes)|herramientas para|viatico\w*|presencial(?:es)? (?:[yeou]|y/o)"
            r"|[ou]|forma|manera|occasional"
            r"|limited|some) $"
            r"|\bexperience\b[^\n.]{0,55}$|(?<!\ba )\bviernes\b[^\n.]{0,12}$"),
        re.compile(f"(?:{PART_OF_WEEK.pattern})|(?:{NOT_BEFORE_REMOTE.pattern})|{OR_AT_THE_OFFICE}")),
)  # fmt: skip

_ON_SITE = (
    Stating(Modality.ON_SITE, re.compile(
        rf"\b{_LABEL}[ :(*-]{{0,4}}(?:de trabajo |es |sera |100 ?% |totalmente |full |empleo "
        r"|trabajo )?(?:presencial\w*|on-?site|in person|in-person)\b|\b(?:100 ?%|totalmente|full"
        rf"|fully) (?:presencial\w*|on-?site)|#li-on-?site|\bmodalidad(?: de trabajo| laboral)? ?[:-] ?(?:en )?(?:la )?"
        r"(?:oficinas?|planta|campo|tienda)\b|\b0?(?:5|five|cinco|6|six|seis) ?(?:dias?"
        rf"|days?)(?:{_A_WEEK})?(?: de)?(?: trabajo)?"
        rf" {_AT_WORK}|\bin[- ]office,? (?:5|five) days|\b(?:5|five) days(?:{_A_WEEK})? (?:in|at) (?:the|our) office\b"
        r"|\bnot a (?:fully )?remote (?:position|role|job)\b|\boffice[- ]based (?:position|role|job)\b"
        r"|\b(?:puesto|trabajo|modalidad|posicion) no remot[oa]\b|\bno es (?:un )?(?:trabajo |puesto )?remot[oa]\b"
            rf"|\bno es {HOME_OFFICE}\b"
        rf"|\bno (?:hay |se ofrece |ofrecemos )?(?:{HOME_OFFICE}|teletrabajo)\b"
        r"|\bin-office (?:position|role|job|only)|\b(?:100 ?% |fully )office[- ]based\b"
    ), _LABELLED, re.compile(rf"{AFTER_OTHERS.pattern}|{OF_STUDIES}|{AFTER_ELSEWHERE}"), OR_ELSEWHERE),
    Stating(Modality.ON_SITE, re.compile(
        r"\bpresencial(?:mente|idad)?\b|\b(?:horarios?|labores|jornadas?|puestos?|vacantes?|posiciones)"
        r"(?: laborales| de trabajo| son){0,2} presenciales\b"
    ), _WORD,
        re.compile(
            rf"{_TO_SOME}|{_DAYS_AT_HOME}$|\b(?:semi|no)[ -]$|{MET.pattern}|{AFTER_ELSEWHERE}|{POSSIBLE}"), SERVED),
    Stating(Modality.ON_SITE, re.compile(
        r"\bon-?site\b|\bon site (?:in|at|work|position|role|job)\b|\bin[- ]person\b"
    ), _WEAK,
        re.compile(
            rf"{_TO_SOME}|{_DAYS_AT_HOME}$|{AFTER_ELSEWHERE}|\b(?:gym|meal|parking|lunch|visits?"
            rf"|collaboration|client|customer|encourages|meetings?)[^\n.]{{0,12}}$|\b(?:assist\w*|respond\w*|support"
            r"|queries|telephone|phone|online|clientes|usuarios|eventual\w*)\b[^\n.;]{0,40}$"),
        re.compile(
            r" (?:once|twice|(?:one|two|three|\d) (?:times?|days?))(?: a| per| every)? (?:month|quarter|year)"
            r"|,? ?(?:(?:or|and|and/or|via|by) (?:phone|e-?mail|online|remote|virtual|from home)|via phone|gym|meals?"
            r"|parking"
            r"|collaboration|meetings?|(?:technical )?visits?|interview|support|clinic|cafeteria|events?)")),
)  # fmt: skip
_RULES = (*_HYBRID, *_REMOTE, *_ON_SITE)
_WORTH_READING = re.compile(
    r"presencial|remot|hibrid|hybrid|home ?-?(?:of|work)|tele ?-?trab|on[- ]?site|in[- ](?:person|office)|from home"
    r"|from anywhere"
    r"|distancia|virtual|mixt|de(?:sde)? (?:tu |su |la )?(?:casa|hogar)|desde (?:cualquier|donde)|telecommut|telework"
    r"|modalidad ?[:-]"
    r"|(?:en|a) (?:la )?oficina|home[- ]based|anywhere|dias? ho(?:me)?\b|resto |office (?:once|twice)|#li-|your home"
    r"|wfh|home-based|office-based"
    r"|the office"
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
