"""How people who know the occupations that hire, teach, translate and design say so: seldom in the words of the ads.

For each occupation and specialty: Spanish sentences, then English ones.
"""

from __future__ import annotations

from sample.terms import OwnWords

PEOPLE_WORDS: OwnWords = {
    "payroll_hr": {
        "payroll": (
            (
                "Calculaba los pagos de fin de mes de treinta obreros",
                "Sabía cuánto le toca a cada uno de grati y de CTS",
                "Hacía las boletas de pago en una agroexportadora",
            ),
            ("I worked out the monthly pay of thirty labourers",),
        ),
        "personnel_files": (
            (
                "Tenía los files de los trabajadores completos y al día",
                "Veía los contratos que estaban por vencer",
                "Ordenaba papeles de personal en una constructora",
            ),
            ("I kept every worker's papers complete",),
        ),
        "onboarding": (
            (
                "Recibía a los nuevos y les enseñaba cómo era todo",
                "Organizaba los cumpleaños y las charlas de la empresa",
                "Acompañaba a los que recién empezaban para que no renuncien",
            ),
            ("I welcomed the newcomers and showed them around",),
        ),
    },
    "recruiting": {
        "sourcing": (
            (
                "Buscaba gente en redes para que venga a trabajar",
                "Encontraba el perfil que nadie encontraba",
                "Juntaba currículums y los ordenaba por puesto",
            ),
            ("I found the people nobody else could find",),
        ),
        "screening": (
            (
                "Entrevistaba a los que querían entrar a una fábrica",
                "Llamaba y en diez minutos sabía si la persona calzaba",
                "Seleccionaba impulsadoras y vendedores de campaña",
            ),
            ("I spoke to applicants for a factory all day",),
        ),
        "coordination": (
            (
                "Cuadraba los horarios de las entrevistas de todos",
                "Pedía referencias y papeles a los que iban a ingresar",
                "Que nadie se quede esperando respuesta era mi tarea",
            ),
            ("I lined up everybody's interviews",),
        ),
    },
    "tutoring": {
        "maths": (
            (
                "Le enseño números a los chicos de mi cuadra y ya varios ingresaron a la universidad",
                "En la academia explicaba álgebra hasta que la entendían",
                "Siempre me buscan para que les explique ecuaciones",
            ),
            ("I explain equations to the kids on my block",),
        ),
        "english": (
            (
                "Practico conversación con gente que va a viajar",
                "Di clases de inglés básico en un instituto",
                "Aprendí inglés sol[o/a] y ahora lo enseño",
            ),
            ("I practise conversation with people about to travel",),
        ),
        "school": (
            (
                "Ayudo con las tareas a niños de segundo y tercer grado",
                "Hice refuerzo de lectura en el barrio",
                "Los chiquitos me hacen caso, aprendemos jugando",
            ),
            ("Small children listen to me, we learn by playing",),
        ),
    },
    "translation": {
        "documents": (
            (
                "Pasaba partidas y títulos al inglés para gente que migraba",
                "Traducía papeles para un estudio de abogados",
                "Reviso cada coma cuando paso un contrato a otro idioma",
            ),
            ("I turned birth certificates into English for people who moved abroad",),
        ),
        "subtitles": (
            (
                "Pasé al español capítulos enteros de series",
                "Me gusta que los chistes funcionen también en castellano",
                "Traducía charlas grabadas para mi comunidad",
            ),
            ("I put whole episodes into Spanish for fans",),
        ),
        "websites": (
            (
                "Puse en inglés la página de un hotel de Cusco",
                "Pasé al castellano el menú de una app",
                "Traducía lo que vende una tienda de artesanía",
            ),
            ("I wrote the English pages of a hotel in Cusco",),
        ),
    },
    "quechua_interpreting": {
        "health": (
            (
                "Acompañaba a las mamás en la posta y les explicaba en quechua",
                "Fui el puente entre el doctor y los abuelitos que no hablan castellano",
                "Promotor[/a] de salud en mi comunidad, hablo con todos en su lengua",
            ),
            ("I was the bridge between the doctor and the elders",),
        ),
        "surveys": (
            (
                "Hice el censo en comunidades de altura hablando runasimi",
                "Preguntaba a las familias en quechua y llenaba la ficha",
                "Llamaba a agricultores para preguntarles por su cosecha",
            ),
            ("I asked families in Quechua and filled in the census forms",),
        ),
        "public_services": (
            (
                "Ayudaba a mis paisanos con sus papeles en el juzgado",
                "Leía en quechua lo que decía el documento antes de que firmen",
                "En la muni atendía a los que venían del campo",
            ),
            ("I read papers aloud in Quechua before people signed",),
        ),
    },
    "graphic_design": {
        "branding": (
            (
                "Le hice su imagen a varias bodegas y a una panadería",
                "Dibujo el símbolo de un negocio y elijo sus colores",
                "Hago logos, tarjetas y letreros",
            ),
            ("I draw the sign and pick the colours for small shops",),
        ),
        "social_pieces": (
            (
                "Armo los afiches y flyers que salen cada día en una página",
                "Hacía los posts de una pollería con sus promociones",
                "En una hora te saco tres artes",
            ),
            ("I make the daily flyers for a chicken restaurant",),
        ),
        "packaging": (
            (
                "Diseñé etiquetas para miel, café y chocolates",
                "Trabajé en una imprenta armando cajas y revistas",
                "Sé dejar un arte listo para imprimir, con medidas y cortes",
            ),
            ("I made labels for honey and coffee at a print shop",),
        ),
    },
}
