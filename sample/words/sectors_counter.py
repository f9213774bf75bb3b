"""Trades of care, money and style: how ads and people speak of them."""

from __future__ import annotations

from sample.terms import Sector, SectorWords

COUNTER_SECTORS: dict[str, Sector] = {
    "pharmacy": Sector(
        "care",
        ("Botica", "Farma", "Salud"),
        SectorWords(
            ("una cadena de boticas", "una farmacia digital"),
            ("clientes de botica", "personas que buscan medicinas"),
            "medicinas y cuidado personal",
            "boticas",
        ),
        SectorWords(
            ("a drugstore chain", "an online pharmacy"),
            ("drugstore customers", "people looking for medicines"),
            "medicines and personal care",
            "pharmacy",
        ),
        ("conozco de remedios", "I know my way around medicines"),
    ),
    "health": Sector(
        "care",
        ("Clínica", "Dental", "Vida", "Sanar"),
        SectorWords(
            ("un policlínico", "una red de consultorios dentales", "un servicio de telemedicina"),
            ("pacientes y familiares", "pacientes"),
            "consultas y exámenes médicos",
            "salud",
        ),
        SectorWords(
            ("a dental network", "a telehealth service"),
            ("patients", "patients and their families"),
            "consultations and medical tests",
            "healthcare",
        ),
        ("he pasado por clínicas y postas", "I have been around clinics"),
    ),
    "insurance": Sector(
        "money",
        ("Seguros", "Protege", "Amparo"),
        SectorWords(
            ("una corredora de seguros", "una aseguradora"),
            ("asegurados", "afiliados"),
            "seguros de salud y vehiculares",
            "seguros",
        ),
        SectorWords(
            ("an insurance broker", "an insurance start-up"),
            ("policy holders", "members"),
            "health and car insurance",
            "insurance",
        ),
        ("sé cómo funcionan los seguros", "I know how insurance works"),
    ),
    "banking": Sector(
        "money",
        ("Caja", "Crédito", "Finanza", "Ahorro"),
        SectorWords(
            ("una caja municipal", "una financiera digital", "una cooperativa de ahorro"),
            ("socios", "clientes con crédito"),
            "créditos y cuentas de ahorro",
            "microfinanzas",
        ),
        SectorWords(
            ("a microfinance lender", "a digital wallet"),
            ("borrowers", "account holders"),
            "loans and savings accounts",
            "fintech",
        ),
        ("trabajé entre bancos y cajas", "I have worked around banks"),
    ),
    "legal": Sector(
        "money",
        ("Estudio", "Lex", "Asesores"),
        SectorWords(
            ("un estudio contable y legal", "una consultora de trámites"),
            ("empresas clientes", "personas con trámites pendientes"),
            "trámites y asesoría legal",
            "estudio legal",
        ),
        SectorWords(
            ("a law and accounting firm", "an immigration consultancy"),
            ("client companies", "applicants"),
            "paperwork and legal advice",
            "legal services",
        ),
        ("me manejo entre trámites y notarías", "I am used to notaries and paperwork"),
    ),
    "realestate": Sector(
        "money",
        ("Inmobiliaria", "Hogar", "Habita"),
        SectorWords(
            ("una inmobiliaria", "un portal de alquileres"),
            ("compradores de vivienda", "inquilinos y propietarios"),
            "departamentos y terrenos",
            "inmobiliaria",
        ),
        SectorWords(
            ("a property agency", "a rental portal"),
            ("home buyers", "tenants and owners"),
            "flats and land",
            "real estate",
        ),
        ("he visto de cerca alquileres y lotes", "I know rentals from up close"),
    ),
    "fashion": Sector(
        "style",
        ("Moda", "Textil", "Trama", "Hilo"),
        SectorWords(
            ("una marca de ropa juvenil", "una tienda de calzado en línea"),
            ("compradoras y compradores", "clientes de la tienda"),
            "ropa y calzado",
            "moda",
        ),
        SectorWords(
            ("a clothing brand", "an online shoe shop"), ("shoppers", "store customers"), "clothes and shoes", "fashion"
        ),
        ("sé de telas y de ropa", "I know fabrics and clothes"),
    ),
    "cosmetics": Sector(
        "style",
        ("Bella", "Piel", "Rubor"),
        SectorWords(
            ("una marca de cosméticos por catálogo", "un salón con tienda virtual"),
            ("consultoras de belleza", "clientas y clientes"),
            "maquillaje y cuidado de la piel",
            "belleza",
        ),
        SectorWords(
            ("a cosmetics brand", "a skincare shop"), ("beauty consultants", "buyers"), "make-up and skincare", "beauty"
        ),
        ("me gusta el mundo de la belleza", "I like the beauty world"),
    ),
    "crafts": Sector(
        "style",
        ("Alpaca", "Telar", "Arte"),
        SectorWords(
            ("una exportadora de artesanía", "una tienda de prendas de alpaca"),
            ("compradores del exterior", "coleccionistas y tiendas de regalo"),
            "tejidos de alpaca y cerámica",
            "artesanía",
        ),
        SectorWords(
            ("a fair-trade crafts exporter", "an alpaca clothing shop"),
            ("gift shops", "buyers abroad"),
            "alpaca knitwear and pottery",
            "crafts",
        ),
        ("vengo de familia de artesanos", "I come from a family of artisans"),
    ),
}
