"""How people who know the occupations that serve, sell to and answer customers say so: seldom in the words of the ads.

For each occupation and specialty: Spanish sentences, then English ones.
"""

from __future__ import annotations

from sample.terms import OwnWords

SERVICE_WORDS: OwnWords = {
    "customer_service": {
        "chat": (
            (
                "Contestaba el WhatsApp de la tienda, a veces cinco personas al mismo tiempo",
                "En mi anterior trabajo respondía mensajes todo el día y no dejaba a nadie en visto",
                "Me encargaba de la ventanita de mensajes de una página",
            ),
            ("I used to answer the shop's messages all day, several people at once",),
        ),
        "phone": (
            (
                "Estuve dos años con los audífonos puestos recibiendo reclamos",
                "Trabajé en una central donde la gente llamaba molesta y la calmaba",
                "Contestaba el teléfono de informes de una empresa grande",
            ),
            ("I spent two years on a headset calming angry callers",),
        ),
        "email": (
            (
                "Respondía las cartas y mails que mandaban los clientes",
                "Veía el buzón de quejas y contestaba una por una",
                "Me tocaba redactar las respuestas formales a los usuarios",
            ),
            ("I took care of the complaints mailbox, one by one",),
        ),
    },
    "technical_support": {
        "internet": (
            (
                "Ayudaba a la gente cuando se le iba el internet en su casa",
                "Trabajé para una empresa de cable viendo por qué no había señal",
                "Sé mover un módem y encontrar dónde está la falla del wifi",
            ),
            ("I helped families get back online when the wifi died",),
        ),
        "software": (
            (
                "Enseñaba a usar el sistema a los que recién entraban y veía sus errores",
                "Era a quien todos preguntaban cuando el programa se colgaba",
                "Apoyaba a los usuarios de un sistema de ventas",
            ),
            ("I was the one everybody asked when the program froze",),
        ),
        "devices": (
            (
                "Formateo laptops e instalo impresoras desde chibol[o/a]",
                "Arreglaba las máquinas de una cabina de internet",
                "Veía las computadoras de un colegio, entraba a distancia y las dejaba bien",
            ),
            ("I fix laptops and printers for the whole neighbourhood",),
        ),
    },
    "telesales": {
        "outbound": (
            (
                "Ofrecía planes por teléfono y casi siempre pasaba la meta",
                "Vendía tarjetas llamando de una lista",
                "Me defiendo hablando, convenzo sin ser pesad[o/a]",
            ),
            ("I sold phone plans from a list and usually beat my target",),
        ),
        "renewals": (
            (
                "Hablaba con los que querían darse de baja y muchos se quedaban",
                "Llamaba a los socios antes de que se les venza",
                "Convencía a antiguos clientes de volver",
            ),
            ("I talked people out of leaving, kindly",),
        ),
        "b2b": (
            (
                "Buscaba empresas que pudieran comprarnos y les escribía",
                "Conseguía reuniones para el vendedor grande",
                "Armaba cotizaciones para compras de oficina",
            ),
            ("I looked for companies that could buy from us and wrote to them",),
        ),
    },
    "collections": {
        "early": (
            (
                "Recordaba a la gente que su cuota ya vencía",
                "Hacía las llamadas de aviso de una caja municipal",
                "Avisaba los pagos de una academia",
            ),
            ("I reminded people that a payment was coming up",),
        ),
        "agreements": (
            (
                "Ayudaba a los que debían a partir su deuda en pagos chicos",
                "Armaba los convenios para ponerse al día",
                "Sacaba la cuenta de cuánto podía pagar cada socio de la cooperativa",
            ),
            ("I worked out small instalments with people who owed money",),
        ),
        "written": (
            (
                "Mandaba los avisos de atraso por mensaje y llevaba la lista en Excel",
                "Preparaba los estados de cuenta de los morosos del edificio",
                "Hacía las cartas de deuda de una financiera",
            ),
            ("I sent the overdue notices and kept the list in a sheet",),
        ),
    },
    "ecommerce_support": {
        "listings": (
            (
                "Subía la ropa a la página con sus fotos y precios",
                "Vendo por Marketplace, yo mism[o/a] tomo las fotos y las arreglo",
                "Le tenía ordenada la vitrina por internet a mi tía",
            ),
            ("I post my aunt's clothes online, photos and prices included",),
        ),
        "orders": (
            (
                "Despachaba los paquetes y avisaba por dónde iban",
                "Coordinaba con el motorizado y con la agencia de Shalom",
                "Veía que a cada quien le llegue lo que compró",
            ),
            ("I packed the parcels and told buyers where they were",),
        ),
        "returns": (
            (
                "Atendía a los que les llegó mal el producto y les buscaba solución",
                "Hacía los cambios de talla y devolvía la plata",
                "Sé tratar a un comprador molesto para que no ponga una estrella",
            ),
            ("I handled the wrong sizes and the refunds",),
        ),
    },
    "appointment_setting": {
        "clinics": (
            (
                "Daba los turnos en un consultorio dental",
                "Era la voz que contestaba en la clínica y acomodaba a los pacientes",
                "Separaba hora con los doctores y llamaba para confirmar",
            ),
            ("I was the voice that booked patients at a dental clinic",),
        ),
        "demos": (
            (
                "Llamaba a los interesados y les sacaba cita con el vendedor",
                "Conseguía que la gente acepte una reunión por Zoom",
                "Escribía a gente por LinkedIn hasta que me daban diez minutos",
            ),
            ("I got busy people to accept a Zoom meeting",),
        ),
        "visits": (
            (
                "Mandaba a los técnicos a cada casa y veía que lleguen a la hora",
                "Acomodaba las rutas de los instaladores",
                "Avisaba a los vecinos cuándo pasaba el gasista",
            ),
            ("I decided which technician went to which house",),
        ),
    },
}
