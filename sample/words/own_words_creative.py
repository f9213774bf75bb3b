"""How people who know the occupations of video, networks, writing and the web say so: seldom in the words of the ads.

For each occupation and specialty: Spanish sentences, then English ones.
"""

from __future__ import annotations

from sample.terms import OwnWords

CREATIVE_WORDS: OwnWords = {
    "video_editing": {
        "reels": (
            (
                "Hago tiktoks para emprendimientos, los armo en el celular",
                "Recorto lo mejor de un vivo y lo subo con letras grandes",
                "Mis videitos cortos tienen miles de vistas",
            ),
            ("I cut short clips on my phone, some got thousands of views",),
        ),
        "youtube": (
            (
                "Le armo los episodios a un canal de viajes",
                "Edito el pódcast de unos amigos, quito lo aburrido",
                "Pasaba noches montando videos largos",
            ),
            ("I put together the episodes of a travel channel",),
        ),
        "courses": (
            (
                "Arreglaba las clases grabadas de un instituto",
                "Hago dibujitos animados que explican cosas",
                "En pandemia edité las lecciones de mi colegio",
            ),
            ("I tidied up the recorded lessons of a school",),
        ),
    },
    "community_management": {
        "small_business": (
            (
                "Llevo las redes de una bodega y de un salón de belleza",
                "Le muevo el Face y el Insta a la chifa de mi barrio",
                "Publico lo que venden mis vecinas y les llegan pedidos",
            ),
            ("I look after the pages of a corner shop and a beauty salon",),
        ),
        "replies": (
            (
                "Le contestaba a todos los que comentaban en la página",
                "Sabía cuándo un comentario iba a traer problemas",
                "Hablaba con los seguidores de una marca como si fuera la marca",
            ),
            ("I talked to the followers as if I were the brand",),
        ),
        "paid_social": (
            (
                "Ponía los anuncios pagados de una academia y veía cuánto costaba cada alumno",
                "Muevo la plata de la publicidad para que rinda",
                "Probaba un anuncio contra otro hasta hallar el bueno",
            ),
            ("I placed the paid posts of an academy and watched the cost",),
        ),
    },
    "copywriting": {
        "articles": (
            (
                "Escribo notas largas para una página de salud",
                "Tengo un blog de mi pueblo que lee bastante gente",
                "Hacía crónicas para la revista de la universidad",
            ),
            ("I write long pieces for a health page",),
        ),
        "emails_ads": (
            (
                "Inventaba frases para vender en campañas",
                "Escribía los mailings de una tienda y la gente sí los abría",
                "Se me ocurren eslóganes hasta en la combi",
            ),
            ("I invented selling lines for campaigns",),
        ),
        "product_sheets": (
            (
                "Describía zapatillas y zapatos, cientos de ellos",
                "Redactaba lo que dice debajo de cada artículo de una página",
                "Arreglaba textos mal traducidos de un importador",
            ),
            ("I described shoes, hundreds of them",),
        ),
    },
    "seo": {
        "content_seo": (
            (
                "Logré que una página de recetas salga primero en Google",
                "Veo qué pregunta la gente y armo el tema a partir de eso",
                "Acomodo los textos para que el buscador los quiera",
            ),
            ("I got a recipe page to the top of Google",),
        ),
        "technical_seo": (
            (
                "Revisaba por qué una página demoraba o no aparecía",
                "Encontraba enlaces rotos y los arreglaba",
                "Me gusta mirar por dentro cómo Google lee un sitio",
            ),
            ("I found out why a site was slow or missing from search",),
        ),
        "local_search": (
            (
                "Puse en el mapa a los negocios de mi distrito",
                "Ayudo a restaurantes a tener estrellas y horarios correctos",
                "Convenzo a los dueños de pedir opiniones",
            ),
            ("I put the shops of my district on the map",),
        ),
    },
    "web_development": {
        "wordpress": (
            (
                "Hago páginas para abogados, dentistas y colegios",
                "Armé la tienda en línea de una señora de Gamarra",
                "Cuando a alguien se le cae su página me llama",
            ),
            ("I make pages for lawyers, dentists and schools",),
        ),
        "frontend": (
            (
                "Me gusta que lo que el diseñador dibuja se mueva igualito",
                "Hice la parte visible de una app de delivery",
                "Aprendí a programar pantallas en un bootcamp",
            ),
            ("I built the screens of a delivery app after a bootcamp",),
        ),
        "automation": (
            (
                "Hice un programita que manda solo los reportes",
                "Uno sistemas que no se hablaban entre ellos",
                "Sacaba consultas de la base y limpiaba datos con scripts",
            ),
            ("I wrote a little program that sends the reports by itself",),
        ),
    },
    "qa_testing": {
        "web_testing": (
            (
                "Buscaba dónde se caía una página de pagos antes que el público",
                "Rompo los formularios metiendo cosas raras",
                "Anotaba fallas con captura y todo para los programadores",
            ),
            ("I broke payment forms before the public could",),
        ),
        "mobile_apps": (
            (
                "Probaba una app de taxi en todos los celulares de mi familia",
                "Fui de los que prueban la versión antes de que salga",
                "Anotaba en qué teléfono se trababa",
            ),
            ("I tried a taxi app on every phone in the family",),
        ),
        "games_testing": (
            (
                "Juego mucho y encuentro los bugs al toque",
                "Participé en betas y mandaba reportes",
                "Grababa las partidas donde el juego se colgaba",
            ),
            ("I play a lot and send bug reports from betas",),
        ),
    },
}
