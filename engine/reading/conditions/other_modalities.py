"""Words of where work is done that are said of something else: interviews, customers, tools, some days of the week."""

from __future__ import annotations

import re

HOME_OFFICE = r"(?:home ?-?of{1,2}i[cs]e?s?|home ?-?working)"  # as people write it, too
HOME = rf"(?:{HOME_OFFICE}|remot[oae]s?|virtual(?:es)?|tele ?-?trabajo|(?:desde|en) (?:tu |la )?casa|home|online)\b"
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
# Training and interviews: whatever is said right after them is said of them
_TRAINING = (
    r"(?:entrevistas?|procesos?|induccion(?:es)?|entrenamientos?|capa(?:citacion(?:es)?)?|formacion|cursos?|clases"
    r"|talleres"
    r"|interviews?|training|onboarding|trainings)"
)
AFTER_TRAINING = (
    rf"\b{_TRAINING}(?: (?:de|seleccion|es|sera|son|seran|is|are|will|be|inicial|pagad[oa]|previa|100 ?%|en|forma"
    r"|manera"
    r"|modalidad)|[:(,]){0,5}\W{0,3}$"
)
# "carrera semipresencial", "clases en modalidad remota": of what is taught
OF_STUDIES = (
    r"\b(?:carreras?|estudios?|estudiantes?|alumn\w{2,3}|educacion|ensenanza|docencia|programas?|maestrias?|diplomados?"
    r"|bachillerato|universidad|clases|cursos?|talleres|capacitacion(?:es)?|eventos?)"
    r"(?:(?: (?!trabaj|puesto|jornada|labor)\w+){0,2} (?:en|de|con|a|bajo)(?: la| una)?)?(?: modalidad)? $"
)
POSSIBLE = r"\b(?:posibilidad(?:es)?|opcion(?:es)?|podra|podria|puede (?:evaluar|ser))\b[^\n.]{0,30}$"
EXPERIENCE = r"\bexperienc(?:e|ia)\b[^\n.,;:(]{0,50}$"
PARTLY = r"\b(?:partially|partly|parcialmente|semi|part|mix of|mezcla de|alternando|combinacion de) $"
_CHANNEL = (
    r"(?:digital(?:es)?|telef\w+|on-?line|canales|redes|whats ?app|correos?|e-?mail|mail|virtual(?:es|mente)?"
    r"|llamadas?"
    r"|remot[oa]s?|distancia|chat|crm)"
)
_MANNER = r"(?:(?:de|en) (?:forma|manera) |por |via |en |a )?"
# "de manera presencial y digital", "telefónica, presencial": how customers are served, or two modes of which one
_BEFORE_PRESENT = rf"\b{_CHANNEL}(?:[ ,./]|\b(?:y|e|o|u|en|de|por|via|forma|manera|tanto)\b){{1,8}}\(?$"
SERVED = re.compile(
    r" (?:de|a|con) (?:los |las |sus )?(?:clientes?|usuarios|pacientes|socios|alumnos|cobran|cartera|proveedores"
    r"|publico)"
    rf"|[,.]? ?(?:y|e|o|u|como|y/o|o/y|/|,) ?{_MANNER}(?:{_CHANNEL}|campo\b|{HOME_OFFICE}|teletrab|hibrid)"
)
OR_ELSEWHERE = re.compile(
    rf",? ?(?:o|u|y/o|/) ?{_MANNER}(?:virtual|remot|on-?line|{HOME_OFFICE}|teletrab|a distancia|hibrid)"
)
OR_AT_THE_OFFICE = (
    rf"(?:,? ?(?:o|u|y/o|or) ?| ?[,/] ?(?=h[iy]brid)){_MANNER}(?:presencial|on-?site|in[- ]person|in[- ]office"
    r"|en (?:la )?oficina|hibrid|hybrid)"
)
AFTER_ELSEWHERE = rf"\b(?:{HOME}|hibrid[oa]|hybrid) ?(?:\b(?:o|u|y/o|or)\b|/) ?{_MANNER}(?:modalidad )?$"
# "híbrido o presencial" is two that are offered
HYBRID_OR_ANOTHER = (
    rf" (?:o|u|or) {_MANNER}(?:100 ?% )?(?:presencial|on-?site|in[- ]person|in[- ]office|remot|{HOME_OFFICE})"
)
ANOTHER_OR_HYBRID = (
    r"\bremot[aoe] ?[,/] ?$|\b(?:presencial|on-?site|in[- ]person|in[- ]office|remot[aoe]) (?:o|u|or) (?:modalidad )?$"
)
# A sale, an order or a customer is met; "buena presencial" is how a person looks.
MET = re.compile(
    r"(?:\bventa|(?<!\w de )(?<!\w en )\b(?:ventas|cobranzas?|gestion|campanas?)|\b(?:entregas?|compras?|pedidos"
    r"|estudios|comercializar|canal|trato|asesoramiento|ensenanza|educacion|carrera|buena|excelente"
    r"|solida|impecable|(?:premio|bono|plus) (?:de|por)|sin necesidad de|no requiere)) $"
    r"|\bclientes[^\n.;:(]{0,25} $|\bexperiencia[^\n.;:,]{0,45} $"
    r"|\b(?!trabaj|labor|desempen|realiz|incorpor|sumar|contrat|integr|prest)\w{3,12}(?:ar|er|ir) de (?:manera"
    r"|forma) $"
    rf"|{_BEFORE_PRESENT}"
)
_WORK = (
    r"\b(?:trabaj|labor|modalidad|jornada|esquema|formato|puesto|posicion|vacante|sistema|regimen|modelo|horario"
    r"|disponib|hibrid|mixt|part|full|tiempo|condiciones|metodologia|desempen|equipo|lunes|chamba|altern|combin)"
)
NO_WORK = re.compile(rf"\A(?![^\n]*{_WORK})[^\n]*\w[^\n]*\Z")  # words before, and none of them of the work
AFTER_OTHERS = re.compile(
    rf"\b{_OF_OTHERS}(?: (?:de|del|a|al|con|en|los|las|la|el|y|e|o|u|por|sus?|forma|manera|modo|modalidad|tanto"
    r"|clientes?|asegurados|terceros|usuarios|pacientes"
    r"|publico|ser[ai]n?|son|es|inicial|100 ?%|virtual|virtuales|telefonic[oa]s?|practic[oa]s?|personal|previa?"
    r"|semanal(?:es)?|mensual(?:es)?|quincenal(?:es)?|periodic[oa]s?"
    r"|grupal|sera|totalmente)|[,/:(]){0,6}\W{0,3}$"
)
_NOT = (
    r"(?:\bno (?:es|son|sera|hay|ofrecemos|se ofrece|aplica|trabajamos|contamos con)?\s?(?:un )?(?:trabajo |puesto "
    r"|modalidad |de forma |en modalidad |teletrabajo ni )?|\bnot (?:a )?|\bsin |\bnon[- ]|\bni |\bno-|\bnada de "
    r"|\bno (?:se )?(?:realiza|permite|acepta|contempla|considera|existe)\w{0,2} (?:el |la )?(?:trabajo |modalidad )?"
    r"|\b(?:not|n't) (?:offer|allow|provide|permit|have|do)(?:ing)? (?:any )?)(?:100 ?% )?"
)
AFTER_NOT = re.compile(rf"(?:{_NOT})$")
NOT_OF_WORK = re.compile(
    r"\b(?:percepcion|deteccion|teledeteccion|control(?:es)?|comunidad(?:es)?|zonas?|lugar(?:es)?|sectores"
    r"|localidad(?:es)?|areas?|pueblos?|sitios?|sensor(?:es)?"
    r"|escritorios?|accesos?|equipos?|dispositivos?|servidor(?:es)?|estacion(?:es)?|operacion(?:es)?|gestion"
    r"|diagnostico|medicion|lectura|soporte|asistencia"
    r"|oficinas?|sensoramiento|sensado|locacion(?:es)?|campamentos?|minas?|mineras?|islas?|caserios?|faenas?|pozos?"
    r"|monitoreo|mandos?|conexion(?:es)?|sistemas?|sedes?|postas?|amazonia|unidad(?:es)?|poblacion(?:es)?|antena"
    r"|vigilancia|ubicacion(?:es)?|agencias?|trabajos?"
    r"|equipos? de trabajo|colaboradores|profesionales|terminal(?:es)?|repositorios?|posibilidad(?:es)?"
    r"|opcion(?:es)?|eventual(?:es|mente)?|servicios?|administrativa)"
    r"(?: (?:de|en|con|la|el|las|los|mas|muy|y|altamente|asignad[oa]s?|rural(?:es)?|tecnic[oa]|a)){0,5}\W{0,2}$"
)
NOT_BEFORE_REMOTE = re.compile(
    r"(?:-(?:first|friendly) (?:company|organi[sz]ation|team|culture|startup|business)"
    r"| ?(?:work\w{0,3} |trabajo |option )?(?:(?:is|are|esta|es|sera) )?(?:not|isn't|no) (?:(?:esta|es|se) )?"
    r"(?:available|allowed|possible|offered|permitted|an option|disponible|permit\w+|posible|aplica\w*|ofrec\w+"
    r"|contempl\w+))"
    r"|[ -]?(?:controll?ed|operated)\b| ?(?:onboarding|training|interviews?|induction|meetings?|mines?\b|camps?\b"
    r"|villages?|islands?|regions?|stations?|de (?:maquinaria|equipos|drones|vehiculos))"
    r"| ?(?:sensing|controls?|desktop|access|support|areas?|locations?|sites?|monitoring|communit|teams?\b|servers?"
    r"|devices?|assistance|user|employees|display|config|i center|login|problems?|problemas|equipment|stipend"
    r"|allowance"
    r"|set-?up|budget|furniture|perk|reimburs|bonus"
    r"|(?:work(?:ing)? )?experience\b|(?:luego|despues|a partir|tras|segun|pasad[oa])\b"
    r"|(?:a|de|para) (?:otras|los|las|clientes|nuestros|empresas|usuarios)\b"
    r"|(?:una|dos|tres|cuatro|\d{1,2}|algunas) (?:semanas?|veces|dias) (?:al|por|a) (?:ano|mes)|(?:durante|solo"
    r"|solamente) (?:la |el |las |los )?(?:capacit|induc|primer)"
    r"|de (?:la )?(?:amazonia|sierra|selva)|amazon|y sig\b|la capacit)"
)
PART_OF_WEEK = re.compile(
    r"(?: (?:eventual|ocasional|esporadic|occasional)\w*| (?:up to )?(?:one|two|three|four|[1-4]) days?\b"
    r"|\W{0,3}(?:una|dos|tres|cuatro|\d) (?:dias?|veces)"
    r"|\W{0,3}(?:los|el|lo|solo los) (?:dias )?(?:lunes|martes"
    r"|miercoles|jueves|viernes|sabados?)| (?:parcial|los fines))"
)
OF_A_HYBRID = re.compile(
    r"\b(?:aplicacion(?:es)?|apps?|nubes?|cloud|vehiculos?|autos?|motor(?:es)?|redes|lenguaje\w*|moviles"
    r"|deprogramacion|programacion|infraestructuras?|arquitecturas?|sistemas"
    r"|entornos|metodologias?|plataformas?|in-?house/external|nativas?(?: o| y|,)|ios o|maiz|semillas?|external"
    r"|react native,?|support|energia|soluciones)(?: \w+){0,2}[ (/-]{1,3}(?:[ouye] )?$|external $|ios o $|support $"
    rf"|{POSSIBLE}|{AFTER_TRAINING}|\bexperience\b[^\n.]{{0,55}}$"
    rf"|\bour (?:\w{{1,14}} ){{0,3}}$|\bopen to\b[^\n.]{{0,45}}$|{ANOTHER_OR_HYBRID}"
)
HYBRID_OF = re.compile(
    rf"(?:{HYBRID_OR_ANOTHER})| (?:events?|meetings?|classes|learning|training|conferences?|companies|teams?"
    r"|que combina)\b"
    r"| ?(?:cloud|shared|mobile|apps?|or agile|agile|delivery|infrastructure|environments?,? (?:aws|azure)"
    r"|y nativ|como:|vehic|project|intelligent|systems?|electric|search)"
)
