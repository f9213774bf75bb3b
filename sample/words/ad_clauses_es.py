"""The clauses any Spanish ad may hold: who hires, when, for how much, what is asked and what is offered."""

from __future__ import annotations

from engine.jobs import ContractType
from sample.terms import AdClauses

SPANISH_CLAUSES = AdClauses(
    intros=(
        "{employer}, {company}, busca personal para el puesto de {job}, desde casa.",
        "Somos {company} y tenemos una vacante: {job}.",
        "En {employer} atravesamos un buen momento y abrimos el puesto de {job}.",
        "¿Te interesa trabajar con {company} sin salir de tu casa? La vacante es {job}.",
        "{employer} requiere cubrir el puesto de {job}. El trabajo es 100% remoto.",
        "Convocatoria de {company}: {job}, en modalidad remota.",
        "Trabajamos para {company}, que necesita cubrir cuanto antes el puesto de {job}.",
        "Únete a {employer}. Esta vez la vacante es {job}, a distancia.",
        "Teletrabajo: {company} abre convocatoria para {job}.",
    ),
    task_headings=("Funciones:", "Lo que harás:", "Tus tareas:", "Responsabilidades del puesto:", "Tu día a día:"),
    task_sentences=(
        "Te encargarás de {tasks}.",
        "Tu trabajo consistirá en {tasks}.",
        "Entre tus tareas estarán {tasks}.",
        "En el día a día te tocará {tasks}.",
    ),
    task_additions=("Además hay que {tasks}.", "También te tocará {tasks}.", "A veces habrá que {tasks}."),
    ask_headings=("Requisitos:", "Lo que pedimos:", "Buscamos que tengas:", "Perfil:", "Para postular necesitas:"),
    skill_asks=(
        "manejo de {skills}",
        "conocimientos de {skills}",
        "práctica en {skills}",
        "de preferencia, {skills}",
        "dominio básico de {skills}",
        "haber trabajado con {skills} (deseable)",
    ),
    tool_asks=(
        "uso de {tool} o similar",
        "{tool} a nivel usuario",
        "ganas de aprender {tool}",
        "{tool} (te capacitamos)",
    ),
    experience=(
        "sin experiencia previa, nosotros te enseñamos",
        "seis meses en un puesto parecido",
        "un año de experiencia, formal o por tu cuenta",
        "experiencia comprobable de dos años",
        "no pedimos título, sí una pequeña prueba práctica",
        "estudios técnicos en curso o terminados",
        "portafolio o ejemplos de trabajos anteriores",
        "secundaria completa y muchas ganas",
        "referencias de algún trabajo anterior, aunque sea informal",
    ),
    language_levels=("{language} {level}", "nivel {level} de {language}", "{language} en nivel {level} o superior"),
    language_no_level=("conocimientos de {language}", "manejo de {language}"),
    devices={
        1: ("basta un celular con Android reciente", "se puede hacer desde el celular", "solo necesitas un smartphone"),
        2: ("tablet o computadora propia", "una tablet con teclado es suficiente"),
        3: (
            "laptop o PC propia con 8 GB de RAM",
            "computadora propia en buen estado",
            "PC o laptop (no se entregan equipos)",
        ),
    },
    connections={
        1: ("funciona incluso con datos móviles", "no consume muchos datos"),
        2: ("internet fijo estable", "conexión de fibra o cable", "internet de 20 Mbps o más"),
    },
    fixed_hours=(
        "Horario: {when} ({zone}).",
        "El turno es de {when}, {zone}.",
        "Se trabaja {when} ({zone}).",
        "Turno fijo: {when}, {zone}; {hours} horas a la semana.",
    ),
    core_hours=(
        "Son {hours} horas semanales; al menos {core} deben coincidir con el equipo ({when}, {zone}).",
        "Coincides {core} horas a la semana con nosotros ({when}, {zone}); el resto, hasta {hours}, lo organizas tú.",
        "Horario semiflexible de {hours} horas: {core} dentro de {when}, {zone}.",
    ),
    flexible_hours=(
        "Horario libre: {hours} horas por semana cuando te acomode.",
        "Tú eliges cuándo; calculamos {hours} horas semanales.",
        "Por horas y sin turno fijo, alrededor de {hours} a la semana.",
    ),
    pay=(
        "Pago: {amount}.",
        "Ofrecemos {amount}.",
        "Remuneración de {amount}.",
        "Se paga {amount}, puntual.",
        "Ingreso de {amount} según experiencia.",
    ),
    pay_unstated=(
        "Pago a tratar según experiencia.",
        "Remuneración acorde al mercado.",
        "La paga se conversa en la entrevista.",
    ),
    benefits=(
        "capacitación pagada desde el primer día",
        "pagos quincenales por Yape o transferencia",
        "línea de carrera",
        "bono por puntualidad",
        "día libre por cumpleaños",
        "apoyo para el recibo de internet",
        "ambiente respetuoso y sin gritos",
        "horario respetado, sin mensajes fuera de turno",
        "posibilidad de aumentar horas más adelante",
        "permiso para temas familiares",
        "cursos gratis en nuestra plataforma",
        "refrigerio de media hora",
        "una persona de contacto para cualquier problema",
        "acompañamiento de una persona con experiencia",
        "equipo conformado en su mayoría por mamás y papás",
    ),
    contracts={
        ContractType.PERMANENT: ("planilla con todos los beneficios de ley", "contrato indeterminado en planilla"),
        ContractType.FIXED_TERM: (
            "contrato por seis meses con opción a renovar",
            "planilla temporal, con gratificación",
        ),
        ContractType.PROJECT: ("contrato por proyecto", "acuerdo por entregables"),
        ContractType.FREELANCE: ("pago contra recibo por honorarios", "trabajo independiente, sin exclusividad"),
    },
    employer_facts=(
        "Empezamos en {year} y ya somos {team} personas.",
        "Nuestro equipo de {team} personas está repartido en varias regiones del Perú.",
        "Llevamos desde {year} trabajando a distancia.",
        "Somos una empresa chica, de {team} personas, y aquí todos se conocen.",
        "Valoramos la diversidad y recibimos postulaciones de personas con discapacidad.",
        "Nos recomiendan quienes ya trabajan aquí.",
        "Estamos formalmente inscritos y pagamos a tiempo desde {year}.",
        "El área tiene {team} integrantes y buen humor.",
        "Este año abrimos operaciones nuevas y por eso crecemos.",
        "No cobramos por postular ni por capacitar.",
    ),
    closings=(
        "Postula con tu CV, no hace falta foto.",
        "Escríbenos contando por qué te interesa.",
        "El proceso toma {days} días: una llamada y una prueba corta.",
        "Inicio inmediato.",
        "Ingreso a fin de mes.",
        "Cerramos la convocatoria al completar las vacantes.",
        "Respondemos a todas las postulaciones en {days} días.",
        "La entrevista es virtual y dura veinte minutos.",
        "Adjunta una muestra de tu trabajo si la tienes.",
        "Cuéntanos también en qué horario se te puede llamar.",
    ),
)

LANGUAGE_WORDS_ES = {"es": "español", "en": "inglés", "qu": "quechua", "ay": "aimara", "pt": "portugués"}
