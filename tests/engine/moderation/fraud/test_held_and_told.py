"""Signs by kind, in ads as they are written: what is held, what is told, and the honest ads beside them."""

from __future__ import annotations

import pytest

from engine.jobs import ContractType, HoursType, Job
from engine.moderation.fraud.signs import offer_signs
from engine.offer_signs import Severity, SignKind, blocking_kinds
from engine.pay import Pay, PayPeriod
from engine.schedules import Schedule, ScheduleKind, Weekday, Window

HELD = (
    ("Rent us your verified Uber account", SignKind.BORROWS_IDENTITY),
    ("rentanos tu cuenta verificada de rappi y gana semanal", SignKind.BORROWS_IDENTITY),
    ("presten su DNI para sacar líneas", SignKind.BORROWS_IDENTITY),
    ("PRESTA TU DNI PARA SACAR CHIPS, 20 SOLES POR LINEA", SignKind.BORROWS_IDENTITY),
    ("Instala AnyDesk en tu celular para que configuremos tu app del banco", SignKind.REMOTE_CONTROL),
    ("descarga any desk y nuestro asesor entra a tu yape", SignKind.REMOTE_CONTROL),
    ("Comparte el código de 6 dígitos que te llegará por SMS", SignKind.ASKS_FOR_CODES),
    ("pasame el codigo q te llega al wasap", SignKind.ASKS_FOR_CODES),
    ("te va a llegar un mensaje con un codigo, me lo envias", SignKind.ASKS_FOR_CODES),
    ("ALQUILO TU CUENTA DE INDRIVE", SignKind.BORROWS_IDENTITY),
    ("examen medico 75 soles", SignKind.CHARGES_MEDICAL_EXAM),
    ("necesitas 100 soles para comenzar", SignKind.ASKS_FOR_MONEY),
    ("Examen médico ocupacional corre por tu cuenta (S/ 75)", SignKind.CHARGES_MEDICAL_EXAM),
    ("el emo lo paga el postulante", SignKind.CHARGES_MEDICAL_EXAM),
    ("trae 20 soles para tu carpeta de postulante", SignKind.ASKS_FOR_MONEY),
    ("escribe en el formulario los numeros de tu tarjeta", SignKind.ASKS_FOR_SECRETS),
    ("tu ganancia depende de cuántas personas entren por ti", SignKind.PYRAMID),
    ("los pagos caen en tu cuenta y tú los mandas al exterior", SignKind.MONEY_MULE),
    ("chica para atender ejecutivos", SignKind.ESCORT_LIKE),
    ("señoritas para acompañar caballeros, discreción total", SignKind.ESCORT_LIKE),
)
TOLD = (
    ("Edad máx. 35 años", SignKind.ASKS_AGE),
    ("Rango etario: 25 a 40", SignKind.ASKS_AGE),
    ("Age limit 35", SignKind.ASKS_AGE),
    ("Menores de 35", SignKind.ASKS_AGE),
    ("de 24 años en adelante", SignKind.ASKS_AGE),
    ("Edad entre 18 y 99 años", SignKind.ASKS_AGE),
    ("Mujeres", SignKind.ASKS_SEX),
    ("SOLO VENDEDORAS", SignKind.ASKS_SEX),
    ("se busca chica para tienda", SignKind.ASKS_SEX),
    ("varones para carga", SignKind.ASKS_SEX),
    ("buena presencia", SignKind.ASKS_LOOKS),
    ("mandar cv con foto", SignKind.ASKS_LOOKS),
    ("soltera sin hijos", SignKind.ASKS_MARITAL_STATUS),
    ("sueldo 800 soles mensuales, lunes a sabado 8 horas diarias", SignKind.PAY_BELOW_MINIMUM),
    ("pago 3 soles la hora", SignKind.PAY_BELOW_MINIMUM),
    ("lunes a sabado de 8am a 8pm", SignKind.TOO_MANY_HOURS),
    ("12 horas diarias de lunes a domingo", SignKind.TOO_MANY_HOURS),
    ("L-S 7am a 7pm", SignKind.TOO_MANY_HOURS),
    ("turno de 12 hrs x 6 dias", SignKind.TOO_MANY_HOURS),
    ("max 30 años", SignKind.ASKS_AGE),
    ("jovenes de 18 a 25", SignKind.ASKS_AGE),
    ("25 años a mas", SignKind.ASKS_AGE),
    ("para damas solamente", SignKind.ASKS_SEX),
    ("Vacante para mujer", SignKind.ASKS_SEX),
    ("cv c/foto", SignKind.ASKS_LOOKS),
    ("no casadas", SignKind.ASKS_MARITAL_STATUS),
)
HONEST = (
    "Examen médico a cargo de la empresa",
    "El cajero maneja dinero y cuadra caja",
    "Soporte con AnyDesk para clientes",
    "Mujeres y hombres",
    "Ambos sexos",
    "Profesora para colegio de señoritas",
    "Modelo de datos de clientes",
    "Apply with your CV, no photo please",
    "CV sin foto ni edad",
    "Mayores de 18 años",
    "Archivar las fichas de los clientes",
    "Dictar clases a niños de 14 a 17 años",
    "Manejo de personal de 20 a 30 personas",
    "Hombres y mujeres, 18 años a más",
    "Franja horaria de 7am - 6pm, 6 días de trabajo",
    "No pedimos foto",
    "Te damos S/ 100 para tu uniforme",
    "Sell training packages of $90",
    "Premio para quien refiera a un compañero que sea contratado",
    "Traer DNI original el día de la entrevista",
    "Lunes a viernes de 8 am a 6 pm",
    "Turno de 12:00 pm a 9:00 pm, 1 día de descanso rotativo",
)
WEEKDAYS = tuple(Weekday)


def found(words: str) -> dict[SignKind, Severity]:
    return {sign.kind: sign.severity for sign in offer_signs(Job("job", "Trabajo", words, "Botica San Juan"))}


@pytest.mark.parametrize(("words", "kind"), HELD)
def test_what_is_surely_fraud_is_held(words: str, kind: SignKind) -> None:
    assert found(words)[kind] is Severity.BLOCK
    assert blocking_kinds(offer_signs(Job("job", "Trabajo", f"Somos una empresa seria. {words}.")))


@pytest.mark.parametrize(("words", "kind"), TOLD)
def test_what_the_law_forbids_is_told_and_not_held(words: str, kind: SignKind) -> None:
    assert found(words)[kind] is Severity.NOTE
    assert found(f"Ofrecemos buen trato.\n- {words}\n- Puntualidad")[kind] is Severity.NOTE
    assert not blocking_kinds(offer_signs(Job("job", "Trabajo", words)))


@pytest.mark.parametrize("words", HONEST)
def test_an_honest_ad_beside_them_has_no_sign(words: str) -> None:
    assert found(words) == {}


@pytest.mark.parametrize(
    ("hours", "amount", "is_low"),
    [(48, 1130, False), (48, 1000, True), (24, 565, False), (24, 400, True), (12, 300, False), (60, 1130, False)],
)
def test_monthly_pay_is_held_against_the_minimum_by_its_hours(hours: float, amount: float, *, is_low: bool) -> None:
    job = Job("job", "Cajera", "Tienda", hours_per_week=hours, pay=Pay(amount, "PEN", PayPeriod.MONTH), country="PE")
    signs = [sign for sign in offer_signs(job) if sign.kind is SignKind.PAY_BELOW_MINIMUM]
    assert [sign.quote for sign in signs] == ([f"S/ {amount:,} al mes"] if is_low else [])


@pytest.mark.parametrize(
    ("pay", "is_low"),
    [
        (Pay(4, "PEN", PayPeriod.HOUR), True),
        (Pay(5, "PEN", PayPeriod.HOUR), False),
        (Pay(30, "PEN", PayPeriod.DAY), True),
        (Pay(40, "PEN", PayPeriod.DAY), False),
        (Pay(200, "PEN", PayPeriod.WEEK), True),
        (Pay(270, "PEN", PayPeriod.WEEK), False),
        (Pay(12_000, "PEN", PayPeriod.YEAR), True),
        (Pay(150, "USD", PayPeriod.MONTH), True),
        (Pay(800, "PEN", PayPeriod.MONTH, max_amount=1500), False),
        (Pay(0, "PEN", PayPeriod.MONTH), False),
        (Pay(20, "PEN", PayPeriod.PROJECT), False),
        (Pay(800, "XXX", PayPeriod.MONTH), False),
    ],
)
def test_pay_of_other_periods_and_currencies_is_held_against_it_too(pay: Pay, *, is_low: bool) -> None:
    job = Job("job", "Cajera", "Tienda", hours_type=HoursType.FULL_TIME, pay=pay, country="PE")
    assert any(sign.kind is SignKind.PAY_BELOW_MINIMUM for sign in offer_signs(job)) == is_low


def test_nothing_is_said_of_pay_where_hours_are_unknown_or_the_work_is_another_countrys_or_no_employment() -> None:
    pay = Pay(700, "PEN", PayPeriod.MONTH)
    for job in (
        Job("job", "Cajera", "Tienda", pay=pay, country="PE"),
        Job("job", "Cajera", "Tienda", pay=pay, hours_per_week=48, country="EC"),
        Job("job", "Cajera", "Tienda", pay=pay, hours_per_week=48, country="PE", contract=ContractType.FREELANCE),
        Job("job", "Practicante", "Tienda", pay=pay, hours_per_week=48, country="PE", hours_type=HoursType.INTERNSHIP),
        Job("job", "Vendedora", "Sueldo más comisiones", pay=pay, hours_per_week=48, country="PE"),
    ):
        assert offer_signs(job) == ()


def test_hours_of_a_stated_schedule_count_without_lunch() -> None:
    def week(days: tuple[Weekday, ...], start: int, end: int) -> set[SignKind]:
        schedule = Schedule(ScheduleKind.FIXED, "America/Lima", (Window(days, 60 * start, 60 * end),))
        return {sign.kind for sign in offer_signs(Job("job", "Cajera", "Tienda", schedule=schedule, country="PE"))}

    assert week(WEEKDAYS[:6], 8, 17) == set()
    assert week(WEEKDAYS[:5], 8, 19) == set()
    assert week(WEEKDAYS[:6], 8, 18) == {SignKind.TOO_MANY_HOURS}
    assert week(WEEKDAYS, 8, 17) == {SignKind.TOO_MANY_HOURS}


@pytest.mark.parametrize(
    "words",
    [
        "Ⓓⓔⓟⓞⓢⓘⓣⓐ 50 soles para tu cupo",
        "🇩🇪🇵🇴🇸🇮🇹🇦 50 soles",
        "ᴅᴇᴘᴏꜱɪᴛᴀ 50 soles",
        "🅳🅴🅿🅾🆂🅸🆃🅰 50 soles",
        "Ｄｅｐｏｓｉｔａ　Ｓ／５０",
        "deposita 🔥 50 💰 soles 👉 hoy",
        "deposita_50_soles_para_tu_cupo",
        "depositaaaa 50 soleees",
        "Deposita🔥50 soles",
    ],
)
def test_a_fee_is_known_behind_drawn_letters_pictures_and_runs_of_a_letter(words: str) -> None:
    assert found(words)[SignKind.ASKS_FOR_MONEY] is Severity.BLOCK


@pytest.mark.parametrize(
    "words",
    ["𝗘𝗱𝗮𝗱: 𝟮𝟬 𝗮 𝟯𝟬 𝗮𝗻̃𝗼𝘀", "ed\u200bad: 20 a 30 añ\u200bos", "EDAD 🔥 de 20 💰 a 30 años", "Еdаd máxima 35 años"],
)
def test_an_age_is_known_behind_them_too(words: str) -> None:
    assert found(words)[SignKind.ASKS_AGE] is Severity.NOTE
