"""Trades of the street, learning and the screen: how ads and people speak of them."""

from __future__ import annotations

from sample.terms import Sector, SectorWords

FIELD_SECTORS: dict[str, Sector] = {
    "food": Sector(
        "street",
        ("Sabor", "Sazón", "Brasas", "Delicias"),
        SectorWords(
            ("una cadena de pollerías", "un app de delivery de comida", "una distribuidora de abarrotes"),
            ("comensales", "bodegueros y restaurantes"),
            "comida y abarrotes",
            "restaurantes",
        ),
        SectorWords(
            ("a food delivery app", "a grocery distributor"),
            ("diners", "restaurant partners"),
            "meals and groceries",
            "food",
        ),
        ("me crié entre ollas y clientes", "I grew up among pots and customers"),
    ),
    "logistics": Sector(
        "street",
        ("Ruta", "Envíos", "Carga"),
        SectorWords(
            ("una empresa de courier", "un operador de mudanzas y carga"),
            ("remitentes y destinatarios", "tiendas que envían paquetes"),
            "envíos y encomiendas",
            "logística",
        ),
        SectorWords(
            ("a courier company", "a trucking broker"),
            ("senders and receivers", "shops that ship parcels"),
            "parcels and freight",
            "logistics",
        ),
        ("conozco de repartos y encomiendas", "I know deliveries"),
    ),
    "agro": Sector(
        "street",
        ("Agro", "Valle", "Cosecha"),
        SectorWords(
            ("una agroexportadora", "una cooperativa de café"),
            ("productores y compradores", "agricultores"),
            "café, palta y espárragos",
            "agroexportación",
        ),
        SectorWords(
            ("a coffee cooperative", "a farm produce exporter"),
            ("growers and buyers", "farmers"),
            "coffee and avocados",
            "agriculture",
        ),
        ("sé de campo y de cosechas", "I know farming"),
    ),
    "education": Sector(
        "learning",
        ("Academia", "Aula", "Saber"),
        SectorWords(
            ("una academia virtual", "un instituto a distancia"),
            ("alumnos y padres de familia", "estudiantes"),
            "cursos en línea",
            "educación",
        ),
        SectorWords(
            ("an online academy", "a distance-learning institute"),
            ("students and parents", "learners"),
            "online courses",
            "education",
        ),
        ("he estado siempre cerca de las aulas", "I have always been close to classrooms"),
    ),
    "ngo": Sector(
        "learning",
        ("Fundación", "Red", "Manos"),
        SectorWords(
            ("una ONG de desarrollo rural", "un programa social"),
            ("familias beneficiarias", "comunidades"),
            "programas de salud y alimentación",
            "proyectos sociales",
        ),
        SectorWords(
            ("a rural development charity", "a social programme"),
            ("families we serve", "communities"),
            "health and food programmes",
            "non-profit",
        ),
        ("he sido voluntari[o/a] en mi comunidad", "I have volunteered in my community"),
    ),
    "travel": Sector(
        "learning",
        ("Viajes", "Andes", "Rumbo"),
        SectorWords(
            ("una agencia de viajes", "una cadena de hospedajes"),
            ("viajeros", "huéspedes y turistas"),
            "paquetes turísticos y hospedaje",
            "turismo",
        ),
        SectorWords(
            ("a tour operator", "a chain of guesthouses"), ("travellers", "guests"), "tours and lodging", "travel"
        ),
        ("el turismo ha sido mi escuela", "tourism was my school"),
    ),
    "media": Sector(
        "screen",
        ("Prensa", "Canal", "Relato"),
        SectorWords(
            ("un medio digital", "una productora audiovisual"),
            ("lectores y seguidores", "suscriptores"),
            "noticias y entretenimiento",
            "medios",
        ),
        SectorWords(
            ("a digital news outlet", "a podcast studio"), ("readers", "subscribers"), "news and shows", "media"
        ),
        ("me atrae todo lo que sea medios", "media has always pulled me in"),
    ),
    "gaming": Sector(
        "screen",
        ("Pixel", "Nivel", "Joystick"),
        SectorWords(
            ("un estudio de videojuegos", "una plataforma de torneos en línea"),
            ("jugadores", "la comunidad gamer"),
            "juegos y torneos",
            "videojuegos",
        ),
        SectorWords(
            ("a mobile game studio", "an esports platform"),
            ("players", "the gaming community"),
            "games and tournaments",
            "gaming",
        ),
        ("los juegos son lo mío", "games are my thing"),
    ),
    "software": Sector(
        "screen",
        ("Nube", "Código", "Dato", "Lógica"),
        SectorWords(
            ("una empresa de software para pymes", "una startup de tecnología"),
            ("usuarios del sistema", "empresas suscritas"),
            "programas de gestión",
            "software",
        ),
        SectorWords(
            ("a SaaS company", "a technology start-up"), ("users", "subscribed companies"), "business software", "SaaS"
        ),
        ("siempre ando probando programas nuevos", "I am always trying new software"),
    ),
    "telecom": Sector(
        "screen",
        ("Señal", "Fibra", "Enlace"),
        SectorWords(
            ("una operadora de internet", "un distribuidor de telefonía"),
            ("abonados", "usuarios de fibra y celular"),
            "planes de internet y celular",
            "telecomunicaciones",
        ),
        SectorWords(
            ("an internet provider", "a mobile operator"),
            ("subscribers", "fibre and mobile users"),
            "internet and mobile plans",
            "telecom",
        ),
        ("sé de celulares y planes", "I know phones and plans"),
    ),
}
