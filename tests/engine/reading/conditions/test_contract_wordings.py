"""How ads of several countries name a contract: each list is a kind of wording, and what looks like it and is none."""

from __future__ import annotations

import pytest

from engine.jobs import ContractType
from engine.reading.conditions.contract import read_contract

PERMANENT = (
    "Contrato laboral a término indefinido",
    "Modalidad de contratación: Permanente",
    "Tipo de vínculo: indefinido",
    "Condición: efectivo",
    "Duración: indefinida",
    "Incorporación inmediata y efectiva",
    "Ingreso inmediato y efectivo",
    "Puestos efectivos",
    "Ingreso como personal efectivo",
    "Efectivo en relación de dependencia",
    "Efectivización inmediata",
    "Job Types: Full-time, Commission, Permanent",
    "Position type: Permanent",
    "Full time, permanent",
    "An indefinite employment contract from day one",
    "Open-ended contract",
    "La empresa ofrece ingreso directo, inmediato y efectivo según convenio",
    "Posición full time, efectiva, con ingreso inmediato",
    "Puesto fijo y permanente",
    "Se incorpora de manera efectiva a la compañía",
    "This is a permanent opportunity",
    "y seguimientoCondiciones de contratación: Full time indeterminado",
)
FIXED_TERM = (
    # what Peru's law calls contracts for a time
    "Contrato sujeto a modalidad",
    "Contrato intermitente",
    "CAS transitorio",
    "Contratación administrativa de servicio CAS (necesidad transitoria)",
    "Tipo de contrato: Por necesidad de mercado",
    "Tipo de contrato: Suplencia",
    "Contrato por emergencia",
    # months and days that are told
    "Contrato por un periodo de seis meses",
    "Contrato de 45 días",
    "Contrato semestral renovable",
    "Contratos de 3 meses renovables",
    "Contrato por periodo lectivo",
    "Reemplazo por 45 días",
    "Término: 11 meses",
    "Contrato fijo renovable",
    "Contrato hasta diciembre",
    "Contrato hasta el 31/03/2027",
    "Contrato de enero a marzo",
    "Contrato del 1 de marzo al 30 de junio",
    "Puesto por 6 meses",
    "Vigencia: 3 meses",
    "National staff contract, 36 months initially",
    "Contract for three months",
    "Contract role (6 months)",
    "Duration: 6 months",
    "El puesto es por 3 meses",
    "The contract runs for six months",
    "Temporary, full-time position",
    "Temporary (3 months)",
    # of somebody who is away
    "Suplencia pre y post natal",
    "Reemplazo vacacional",
    "Puesto por reemplazo de 4 meses",
    "Vacante por licencia",
    "Cubrir vacante por licencia de maternidad",
    "Parental leave cover (9 months)",
    "Cobertura por descanso post natal",
    "Para suplir licencia por maternidad",
    # a season
    "Se requieren operarios por temporada",
    "Una posición para la temporada de girasol",
    "Personal de temporada",
    "Empleo para el verano",
    "Trabajo zafral",
    # of who is sought, and by a label
    "Se trata de posiciones eventuales y por convocatoria",
    "Ingreso inmediato y eventual por consultora",
    "Posición inicialmente eventual, con posibilidad de efectivización",
    "Contrato a tiempo parcial y plazo fijo",
    "Temporal 3 meses",
    "Job Types: Full-time, Temporary",
    "Temp-to-perm",
    "Short-term contract",
    "This position is temporary for 4 months",
    "Limited-term appointment (18 months)",
)
PROJECT = (
    "Tipo de contrato: obra o labor",
    "Contrato por duración de obra",
    "Contrato según proyecto",
    "Contrato por el tiempo que dure la obra",
    "Contrato por proyecto de 6 meses",
)
FREELANCE = (
    "Contrato por locacion de servicio",
    "Contrato civil de prestación de servicios",
    "Tipo de contrato: Prestación de servicios",
    "Orden de prestación de servicios",
    "Modalidad de contratación: honorarios",
    "Pago con boleta de honorarios",
    "Pago por R.H.",
    "Contar con RUC activo para emitir recibo por honorarios",
    "Honorarios asimilados a salarios",
    "La modalidad es bajo el régimen del monotributo",
    "No es un trabajo bajo relación de dependencia",
    "Sin relación de dependencia, por comisión",
    "Vendedor a comisión sin relación laboral",
    "Indispensable emitir recibos por honorarios electrónicos",
    "Servicios profesionales con factura",
    "Pago vía factura",
    "B2B Employment",
    "Employment Type: Full-Time Contractor",
    "Paid as a 1099",
    "Self-employed opportunity",
    "Oportunidad independiente/freelance",
    "Contratação PJ",
    "Honorarios $800 mensuales",
    "Pago por cuenta de cobro",
    "Indispensable facturar",
    "Contar con RUC para emitir facturas",
    "Contractor full time, pago en USD",
    "We're hiring freelance translators",
    "Join our pool of freelance experts",
    "Locación de servicios. Duración: 3 meses",
)
APPRENTICESHIP = (
    "Ofrecemos contrato de pasantías por 6 meses",
    "Convenio de pasantía",
    "Subvención económica y convenio de prácticas",
    "Si buscas realizar tus prácticas profesionales",
    "Únete como practicante de finanzas",
    "Looking for interns in marketing",
    "Convocatoria de prácticas",
    "Contrato en prácticas",
    "Estudiante en práctica",
    "Aprendiz SENA en logística",
    "Aprendiz universitario",
    "Como pasante de Compras tendrás la oportunidad de aprender",
    "Join us as a marketing intern",
    "We are looking for a design intern.",
    "Apprentice electrician",
    "6-month internship with possible conversion",
    "Estudiantes de 8vo ciclo para realizar prácticas",
    "Estágio em marketing",
)
TWO_ARE_OFFERED = (
    "02 meses RxH y Planilla MYPE al 3er mes",
    "Planilla o recibo por honorarios",
    "Contrato por RxH (todo sin descuento) o Planilla",
    "Relación de dependencia o monotributo",
    "Salary in USD (contractor) or in pesos (dependent relationship)",
    "Contrato temporal o permanente",
    "Contrato indefinido o a plazo fijo",
)
# What the work is about, what others have, how long something else lasts
OF_SOMETHING_ELSE = (
    "No se trata de un trabajo temporal",
    "Redactar contratos de locación de servicios",
    "Revisar contratos a plazo indeterminado",
    "Solicitar la emisión de los contratos de trabajo eventuales",
    "Administrar planilla de recibos por honorarios",
    "Acreditadas con boletas de pago o recibos por honorarios",
    "Administrador de contrato de obras públicas",
    "Descuentos por tiempo indefinido para clientes",
    "Cliente con contrato a plazo fijo",
    "Venta de planes con contrato de 12 meses",
    "Curso con duración de 3 meses",
    "Proyectos con duración de 3 meses",
    "Disponibilidad para trabajos eventuales de una semana",
    "Personal eventual y permanente a cargo",
    "Hogar refugio temporal",
    "Empresa de servicios temporales",
    "Conocer el mercado de trabajo temporal",
    "Somos líderes en empleo eventual",
    "Fixed-term deposits",
    "Captar ahorros, plazo fijo, CTS",
    "Campañas de temporada alta",
    "Pago a freelancers",
    "Atención a independientes y monotributistas",
    "Internship coordinator",
    "Medical coverage for the family",
    "Maternity coverage and dental plan",
    "Orchestration platforms (Airflow, Prefect, Temporal)",
    "Ingreso de efectivo",
    "Trabajo en efectivo y con tarjetas",
    "Afiliación por tiempo indefinido",
    "Agency or freelance background",
    "Lograr la contratación efectiva de candidatos",
    "Puesto de trabajo efectivo y ordenado",
    "Independent contractors may not be eligible",
    "Work with independent contractors",
    "Coordinar con freelancers y agencias",
    "Freelance platforms such as these",
    "Managing creatives (editors, designers, animators, freelancers)",
    "Internship experience preferred",
    "(leave out if N/A, e.g. Internship roles)",
    "Cargo mínimo: practicante profesional",
    "Nivel mínimo de puesto: practicante profesional, analista, asistente",
    "Incluido prácticas pre profesionales",
    "Pasante no excluyente",
    "Aprendiz de maestranza",
)
WORDINGS = [
    *((text, ContractType.PERMANENT) for text in PERMANENT),
    *((text, ContractType.FIXED_TERM) for text in FIXED_TERM),
    *((text, ContractType.PROJECT) for text in PROJECT),
    *((text, ContractType.FREELANCE) for text in FREELANCE),
    *((text, ContractType.APPRENTICESHIP) for text in APPRENTICESHIP),
    *((text, None) for text in (*TWO_ARE_OFFERED, *OF_SOMETHING_ELSE)),
]


@pytest.mark.parametrize(("text", "contract"), WORDINGS)
def test_what_a_wording_states(text: str, contract: ContractType | None) -> None:
    found = read_contract(f"Importante empresa del rubro.\n{text}\nSueldo acorde.")
    assert (found and found.value) == contract


@pytest.mark.parametrize(
    ("title", "contract"),
    [
        ("Encargada de hotel Temporada Verano", ContractType.FIXED_TERM),
        ("Vendedoras campaña navideña", ContractType.FIXED_TERM),
        ("Docente suplente de inglés", ContractType.FIXED_TERM),
        ("Abogada de la unidad de asesoría (suplencia)", ContractType.FIXED_TERM),
        ("Analista de gestión temporal", ContractType.FIXED_TERM),
        ("Auxiliar de obras y servicios (eventual)", ContractType.FIXED_TERM),
        ("Interim Finance Manager", ContractType.FIXED_TERM),
        ("Operaria de granja - Permanente", ContractType.PERMANENT),
        ("Asistente para hogar refugio temporal Puno", None),
        ("Temporary housing coordinator", None),
        ("Jefa de viajes eventuales", None),
    ],
)
def test_a_title_states_what_running_text_does_not(title: str, contract: ContractType | None) -> None:
    found = read_contract(f"{title}\nEmpresa del rubro busca personal.")
    assert (found and found.value) == contract
    if contract is not None:
        assert found is not None
        assert found.sentence == title


def test_words_of_titles_state_nothing_further_down() -> None:
    assert read_contract(f"{'Asesora de ventas ' * 7}docente suplente\nBuscamos docente suplente de directorio") is None
