"""How people who know the occupations of records, text and review say so: seldom in the words of the ads.

For each occupation and specialty: Spanish sentences, then English ones.
"""

from __future__ import annotations

from sample.terms import OwnWords

OFFICE_WORDS: OwnWords = {
    "content_moderation": {
        "comments": (
            (
                "Era admin de un grupo de Facebook de 40 mil vecinos y sacaba a los malcriados",
                "Cuidaba el chat de un streamer",
                "Borraba insultos y estafas en una página de noticias",
            ),
            ("I ran a Facebook group of forty thousand neighbours and kept it clean",),
        ),
        "images_video": (
            (
                "Revisaba videos reportados para una app, uno tras otro",
                "Miraba transmisiones y cortaba lo que no debía salir",
                "Veía fotos por montones y decía cuáles pasaban",
            ),
            ("I watched reported clips and decided what stayed",),
        ),
        "marketplace": (
            (
                "Chequeaba que los avisos no fueran una estafa",
                "Reconozco rápido una foto robada o un precio mentiroso",
                "Aprobaba los anuncios de un portal de autos",
            ),
            ("I can tell a fake ad at a glance",),
        ),
    },
    "virtual_assistance": {
        "executive": (
            (
                "Le llevaba el día a mi jefa: reuniones, pasajes, papeles",
                "Fui secretari[o/a] de gerencia, sé adelantarme a lo que hace falta",
                "Tomaba apuntes en las juntas y perseguía los acuerdos",
            ),
            ("I ran my boss's day: meetings, flights, papers",),
        ),
        "real_estate": (
            (
                "Apoyaba a un corredor con sus departamentos en alquiler",
                "Enseñaba casas por video y anotaba quién quería volver a ver",
                "Ponía los avisos de lotes y contestaba a los que preguntaban",
            ),
            ("I helped an agent rent his flats and kept track of visitors",),
        ),
        "entrepreneurs": (
            (
                "Hago de todo en un negocito: pedidos, boletas, publicaciones",
                "Ayudo a una señora que vende tortas con sus mensajes y sus cuentas",
                "Soy la persona que resuelve en una empresa chiquita",
            ),
            ("I do a bit of everything for a small cake business",),
        ),
    },
    "data_entry": {
        "forms": (
            (
                "Pasaba fichas de papel a la computadora en una municipalidad",
                "Tipeaba guías y recibos todo el día casi sin mirar el teclado",
                "Escaneaba expedientes y llenaba el sistema",
            ),
            ("I typed paper forms into the system at a town hall",),
        ),
        "catalogue": (
            (
                "Llenaba el sistema de una ferretería producto por producto",
                "Le puse código, foto y medida a todo el almacén",
                "Ordené la lista de precios de una distribuidora",
            ),
            ("I gave every item in a hardware store its code and photo",),
        ),
        "crm_cleaning": (
            (
                "Buscaba los números y correos que faltaban en la lista de clientes",
                "Limpié una base de contactos que estaba repetida por todos lados",
                "Juntaba listas de empresas de varios rubros",
            ),
            ("I cleaned a contact list that was full of repeats",),
        ),
    },
    "transcription": {
        "interviews": (
            (
                "Pasé a escrito las grabaciones de tesis de varios amigos",
                "Escucho una conversación y la dejo tal cual en Word",
                "Ayudé a una ONG con las grabaciones de sus talleres",
            ),
            ("I typed up the recordings for my friends' theses",),
        ),
        "medical": (
            (
                "Copiaba lo que dictaba el radiólogo",
                "En la posta pasaba a limpio los informes de los doctores",
                "Escribía historias clínicas al dictado",
            ),
            ("I wrote down what the radiologist dictated",),
        ),
        "captions": (
            (
                "Le pongo letras a los videos para que se entiendan sin sonido",
                "Subtitulaba doramas con un grupo de fans",
                "Hago los textos que salen abajo en los videos de mi iglesia",
            ),
            ("I add captions to drama series with a fan group",),
        ),
    },
    "data_labelling": {
        "images": (
            (
                "Hacía tareas por internet marcando carros y personas en fotos",
                "Trabajé encuadrando objetos en imágenes para una empresa de afuera",
                "Clasificaba fotos de cultivos según su plaga",
            ),
            ("I drew boxes around cars and people in pictures",),
        ),
        "text": (
            (
                "Calificaba lo que contestaba un robot y decía cuál sonaba mejor",
                "Leía mensajes y ponía si la persona estaba molesta o contenta",
                "Comparaba textos y explicaba cuál estaba bien",
            ),
            ("I scored what a chatbot answered and said why",),
        ),
        "audio": (
            (
                "Presté mi voz leyendo frases para un proyecto",
                "Oía pedacitos de audio y decía si estaban bien escritos",
                "Marcaba quién habla y cuándo en grabaciones",
            ),
            ("I lent my voice and checked short clips",),
        ),
    },
    "bookkeeping": {
        "sunat_invoicing": (
            (
                "Sacaba las facturas y boletas de una distribuidora",
                "Le ayudo a mi cuñado con sus recibos y la clave SOL",
                "Sé anular comprobantes y ver por qué los rechazan",
            ),
            ("I made the invoices for a distributor",),
        ),
        "reconciliation": (
            (
                "Cuadraba la caja y el banco de una empresa de transportes",
                "No me acuesto si las cuentas no me salen al céntimo",
                "Llevaba quién nos debe y a quién debemos",
            ),
            ("I matched the till and the bank to the last cent",),
        ),
        "foreign_books": (
            (
                "Le llevé las cuentas a un pequeño negocio de Florida",
                "Ordenaba los gastos de tarjeta de un cliente gringo",
                "Aprendí el sistema contable que usan en Estados Unidos",
            ),
            ("I kept the accounts of a small shop in Florida",),
        ),
    },
}
