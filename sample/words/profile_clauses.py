"""The clauses a profile may hold besides its owner's work: what is sought, at hand, known and hoped for."""

from __future__ import annotations

from sample.terms import ProfileClauses

SPANISH_PROFILE = ProfileClauses(
    openings=(
        "Hola, busco algo para hacer desde mi casa",
        "Buenas, necesito un trabajo por internet",
        "Vivo en {place} y quiero trabajar a distancia",
        "Buenos días, estoy buscando chamba remota",
        "Soy de {place}",
        "Me recomendaron esta página",
        "Quiero un ingreso extra sin descuidar mi casa",
        "Acabo de quedarme sin trabajo",
        "Desde {place} busco una oportunidad",
    ),
    years=(
        "Llevo {years} años en esto",
        "Son {years} años de experiencia",
        "Tengo como {years} años haciéndolo",
        "Empecé hace {years} años",
    ),
    skills=(
        "Sé de {skills}",
        "Manejo {skills}",
        "Me defiendo con {skills}",
        "Aprendí {skills} por mi cuenta",
        "Llevé un curso de {skills}",
        "Tengo base en {skills}",
    ),
    free=("Mi tiempo: {free}", "Horario: {free}", "En cuanto a horas, {free}", "Ojo que {free}"),
    lived=("Además, {lived}", "También {lived}", "Y {lived}"),
    phone=(
        "Solo tengo celular por ahora",
        "Me conecto desde mi teléfono",
        "No tengo computadora, pero sí un buen celular",
    ),
    computer=("Tengo mi laptop", "Cuento con computadora", "Tengo PC en casa"),
    english={
        2: ("Mi inglés es de colegio", "Entiendo un poco de inglés", "Inglés básico"),
        3: ("Leo en inglés y algo hablo", "Me hago entender en inglés"),
        4: ("Converso en inglés sin problema", "Trabajé con gringos, así que hablo inglés", "Inglés intermedio alto"),
        5: ("Hablo y escribo inglés muy bien", "Viví afuera, el inglés es como mi segunda lengua"),
    },
    quechua=(
        "Mi lengua materna es el quechua",
        "Hablo quechua desde la cuna",
        "Con mi abuela solo hablo en quechua",
        "Runasimitam rimani, también castellano",
    ),
    hopes=(
        "Aprendo rápido",
        "Soy puntual y responsable",
        "Necesito estabilidad para mi familia",
        "Quiero terminar mis estudios",
        "Solo pido que paguen a tiempo",
        "Puedo empezar mañana mismo",
        "Nunca he trabajado en remoto, pero me adapto",
        "Me gustaría crecer en una empresa seria",
        "Gracias por leerme",
        "Ojalá me den la oportunidad",
    ),
)

ENGLISH_PROFILE = ProfileClauses(
    openings=(
        "Hi, I am looking for something to do from home",
        "I live in {place}",
        "I want to work online",
        "Looking for remote work from {place}",
        "I need an extra income",
    ),
    years=("I have done it for {years} years", "{years} years of experience", "I started {years} years ago"),
    skills=("I know {skills}", "I get by with {skills}", "I taught myself {skills}", "I took a course on {skills}"),
    free=("Hours: {free}", "About my time, {free}", "Please note that {free}"),
    lived=("Also, {lived}", "And {lived}"),
    phone=("For now I only have a phone", "I connect from my phone"),
    computer=("I have my own laptop", "There is a computer at home"),
    english={
        3: ("My English is still growing",),
        4: ("I speak English with ease",),
        5: ("I lived abroad, English is my second tongue", "My English is excellent"),
    },
    quechua=("Quechua is my mother tongue", "I grew up speaking Quechua"),
    hopes=(
        "I learn fast",
        "I am on time and responsible",
        "I can start tomorrow",
        "I want to grow with a serious company",
        "Thank you for reading",
    ),
)

PLACES = (
    "Villa El Salvador", "San Juan de Lurigancho", "Comas", "Ate", "Huancayo", "Ayacucho", "Cusco",
    "Puno", "Juliaca", "Arequipa", "Trujillo", "Chiclayo", "Piura", "Iquitos", "Pucallpa", "Tarapoto",
    "Cajamarca", "Huaraz", "Tacna", "Ica", "Chimbote", "Abancay", "Huancavelica", "Callao",
    "Los Olivos", "Villa María del Triunfo", "Tumbes", "Moquegua",
)  # fmt: skip

# How people type on a phone: whole words only.
TEXTED_WORDS = {
    "que": "q",
    "porque": "xq",
    "por": "x",
    "también": "tmb",
    "para": "pa",
    "tengo": "tngo",
    "mucho": "muxo",
    "hacer": "acer",
    "quiero": "kiero",
    "bien": "bn",
    "computadora": "compu",
}
