"""Fraudulent ads, written for these tests: each is known for what it is, however it is spelled."""

from __future__ import annotations

import unicodedata

import pytest

from engine.jobs import Job
from engine.moderation.fraud.signs import offer_signs
from engine.offer_signs import UNLAWFUL, Severity, SignKind

ADS = {
    SignKind.ASKS_FOR_MONEY: (
        "Vacantes para call center home office. La capacitación cuesta 120 soles e incluye certificado",
        "Para reservar tu vacante debes hacer un depósito de 25 soles a la cuenta BCP de la encargada",
        "Solo debes invertir 50 soles y en una semana ganas 500",
        "T r a b a j o seguro!! manda 20 lucas x yape y te reservo cupo",
        "Postula ya. Pago único de S/15 por derecho de inscripción en nuestra bolsa de trabajo",
        "Te enviamos la laptop a tu casa, tú solo pagas el flete de 40 soles",
        "Ingresa a la plataforma con una recarga desde 30 USDT y cobra comisiones diarias",
        "Importante: antes de la entrevista se cancela S/ 12 por concepto de evaluación psicológica",
        "Trabajo de encuestador online. Activa tu membresía premium por solo 25 soles al mes",
        "El proceso incluye certificado de antecedentes que gestionamos nosotros por 65 soles",
        "Solo pedimos un aporte de 40 soles para tus implementos de seguridad",
        "Separa tu entrevista con 10 soles, cupos limitados",
        "Requisito: adquirir el manual del trabajador (S/ 55)",
        "Tu sueldo se libera cuando transfieras el 10% de impuesto a la cuenta indicada",
        "Envía tu voucher de pago de inscripción al reclutador",
        "Applicants must purchase their own starter package ($75) before training",
        "Trabajo de armado de globos: el primer paquete de material lo compras tú a 42 soles, luego te lo damos gratis",
        "Vacante en barco pesquero, el cupo se aparta con 100 soles vía Plin",
        "Redactor de contenido: para habilitar tu panel haz una recarga inicial de 10 dólares",
        "Para recibir tu primer sueldo primero hay que pagar la comisión de retiro",
        "Aparta tu lugar en la capacitación con solo 20 soles y trabaja desde mañana",
        "Inversión de 150 soles que recuperas en tres días",
        "Buscamos modelos para catálogo. El book de fotos lo realiza nuestro estudio por 250 soles.",
        "Postulación: llena el formulario y adjunta tu constancia de yape de S/ 5 por gastos de formulario.",
        "Home office para minera. La laptop la financia el trabajador con una cuota inicial de 150 soles.",
        "Cajeros para casino en línea, te damos cuenta demo y luego fondeas con 20 dólares para empezar a cobrar.",
        "Empleo garantizado en 24 horas. Nuestro servicio vale S/ 80 y si no trabajas te devolvemos la plata.",
        "You need to buy a starter kit for $49 before you can receive your first order",
        "A refundable deposit of 80 USD is required for the laptop",
        "There is a one-time activation fee of 20 dollars for your worker account",
        "Pay the background check fee via gift card and send us the code",
        "Candidates have to cover the training cost of 100 USD, refunded after the first month",
        "Send $25 for your background check and uniform",
        "Entry level assistant. New hires pay a one time $45 onboarding charge, returned with your first paycheck.",
    ),
    SignKind.ASKS_FOR_SECRETS: (
        "Para validar tu postulación mándanos foto de tu DNI anverso y reverso por el chat",
        "Necesitamos tus datos bancarios (número de cuenta, CCI y clave de 6 dígitos) para abrir tu planilla",
        "Facilítanos tu tarjeta de débito y clave para depositarte el sueldo",
        "Adjuntar selfie sosteniendo tu DNI junto al rostro",
        "Llena el formulario con tu DNI, tu número de tarjeta y la clave de cajero",
        "Compártenos las credenciales de tu banca por internet para la transferencia del adelanto",
        "Dime el codigo de 6 digitos que llegó a tu celular y quedas registrada",
        "Pásanos tu DNI por ambas caras y la clave de tu Yape para registrarte en planilla",
        "Requisitos: enviar fotografía del DNI, selfie con el documento y un número de cuenta",
        "Para agilizar tu contrato regístrate en el link con tu clave de internet y número de celular Yape.",
        "Text me the code you receive so that we can verify your account",
        "Please provide your online banking username and password for direct deposit setup",
        "To set up payroll send a picture of your debit card, front and back",
        "We need your bank login to deposit your first check",
        "Reply with your full name, bank name, account number and a photo of your ID card",
        "Send front and back of your ID, your SSN and your bank login to HR on Telegram.",
    ),
    SignKind.PRIVATE_CHAT_ONLY: (
        "Trabajo desde casa, gana dinero. Escríbeme al WhatsApp 912 345 678 y te explico",
        "Interesadas al interno o wsp nueve uno dos tres cuatro cinco seis siete ocho",
        "Únete a nuestro grupo de Telegram para más información https://t.me/+abcd",
        'Mándame "INFO" al wasap y te paso los detalles del empleo',
        "Solo atendemos por W.h.a.t.s.A.p.p",
        "Si te interesa mándame un mensajito al wtsp 912-345-678",
        "Agrégame a Telegram @reclutadora_pe para la entrevista",
        "Comunícate al 912345678 por wasap con la señora Rosa",
        "Trabajo para señoras del hogar. Interesadas escribir al privado",
        "Solicito personal urgente, informes al wsp 987 111 222",
        "Contáctame por Telegram @empleos_lima",
        "Atención solo por wasap, no respondo llamadas",
        "Buscamos jóvenes para trabajo serio, buen sueldo. Hablar por inbox.",
        "No respondo por aquí, solo al WhatsApp: nueve ocho siete, seis cinco cuatro, tres dos uno.",
    ),
    SignKind.IMPLAUSIBLE_PAY: (
        "Gana 250 soles diarios desde tu celular, no necesitas experiencia",
        "Ingresos de 2000 soles semanales, sin experiencia, medio tiempo",
        "Trabajo online part time: US$ 120 al día, cualquier persona puede hacerlo",
        "Sin experiencia ni estudios, gana entre 400 y 600 soles al día",
        "Pago diario de S/ 350, solo necesitas un celular con internet",
        "No experience required! $2,000 weekly working 2 hours from home",
        "Se paga S/ 280 al día por copiar textos, sin experiencia, solo con tu celular",
        "Ingresos diarios de 90 dólares, no hace falta experiencia",
        "Trabajo de copiar y pegar textos. Ganas 150 dólares diarios. Sin experiencia.",
        "No experience needed, earn $300 a day from your phone",
    ),
    SignKind.PAID_CLICKS: (
        "Solo tienes que seguir cuentas de Instagram y dar like, te pagamos 3 soles por cada follow",
        "Asistente de reseñas: pon 5 estrellas a negocios en Google Maps y cobra al instante",
        "Ayuda a los comerciantes de Amazon a subir sus ventas completando pedidos, comisión del 20% por cada pedido",
        "Mira videos cortos y gana plata real",
        "Optimiza aplicaciones en nuestra plataforma, 40 tareas diarias, comisiones que retiras el mismo día",
        "Desbloquea más tareas con un pequeño depósito",
        "Buscamos colaboradores para dar corazones y comentar en TikTok, pago inmediato por Yape",
        "Únete a nuestro equipo de calificadores de hoteles, comisiones de 80 soles por jornada",
        "Gana dinero reseñando restaurantes en Google",
        "Por suscribirte a 3 canales de YouTube te regalamos 15 soles, luego más tareas",
        "Trabajo de likes: 10 soles por cada captura enviada",
        "Trabajo por horas dando likes y siguiendo tiendas, cobra cada noche por Plin",
        "Misiones diarias desde el celular: completa 3 tareas y retira tu ganancia el mismo día",
        "Te pagamos por ver anuncios y suscribirte a canales",
        "Se necesita personas con celular para ver videos de TikTok. Pago inmediato por Yape. Solo mayores de 18 años.",
        "Promociona apps: descárgalas, dales 5 estrellas y cobra.",
        "Empleo digital: compras artículos ficticios para subir ventas de la tienda, se te reembolsa más 15%.",
        "Rate apps on our platform, complete 40 daily tasks and withdraw your commission",
        "Easy online job: subscribe to channels and get paid $3 for each",
        "Hiring product boosters. Submit 40 orders a day, deposit when your balance is low, withdraw at the end.",
    ),
    SignKind.PYRAMID: (
        "Buscamos líderes emprendedores, forma tu equipo y cobra por el trabajo de tus referidos",
        "Negocio propio con empresa líder de nutrición, inscribe a 3 personas y sube de rango",
        "Ingresos pasivos y libertad financiera, sé tu propio jefe",
        "Modelo de redes de mercadeo, patrocina a tus amigos",
        "Vende productos naturales y afilia a más personas a tu red para subir a diamante",
        "Network marketing, ingresos residuales de por vida",
        "Trae a tus amigos y familiares y por cada uno te pagamos un porcentaje de su inversión",
        "Oportunidad de negocio: tú y tus 5 invitados ganan, arma tu red de consumo",
        "Invita a dos amigos, ellos invitan a dos más y recibe ganancias de tu red",
        "Únete a la comunidad de trading, cobra por cada afiliado que ingrese a tu estructura.",
        "Sistema probado: metes a 2, ellos meten a 2 y cobras de por vida.",
        "Build your own team and earn from everyone they recruit",
        "Join our MLM business, earn from your downline",
        "Be your own boss! Sponsor others into our program and collect bonuses on their purchases.",
    ),
    SignKind.MONEY_MULE: (
        "Solo necesitas tener cuenta BCP o Interbank, te depositan clientes y tú transfieres quedándote con el 5%",
        "Alquilamos tu cuenta de Yape, 200 soles semanales",
        "Agente de pagos: recibirás transferencias en tu cuenta personal y las convertirás en bitcoin",
        "Se busca personas con cuenta bancaria activa para recibir depósitos, pago 100 soles por operación",
        "Se renta cuenta bancaria, pago 150 semanal por el uso de tu tarjeta",
        "Asistente financiero remoto: los clientes depositan a tu cuenta y tú reenvías el dinero por Western Union",
        "Gestor de cobros: usarás tu cuenta personal para recibir los abonos de la empresa y luego comprar USDT",
        "Buscamos titulares de cuentas para mover fondos de nuestros clientes, te quedas con 8%",
        "Trabajo fácil: recibe yapes en tu número y depósitalos en otra cuenta, 30 soles por operación",
        "Necesito cuenta de ahorros a tu nombre para recibir pagos del extranjero, comisión del 7%",
        "Pago 300 soles por prestarme tu tarjeta una semana.",
        "Cajero virtual: te yapean los clientes y tú retiras en agente para entregarlo a la central. Comisión 4%.",
        "Work as a shipping assistant from home: receive parcels, relabel them and ship them abroad",
        "Payment processor needed: use your bank account to receive funds, keep 8% and forward the rest in crypto",
        "Receive money transfers on your account and resend them minus your 10% commission",
        "Receive packages at your address, repackage them and send them to our customers abroad",
        "Financial agent: keep 5% of every payment you get on Zelle or PayPal and pass the rest on as Bitcoin.",
    ),
    SignKind.ASKS_AGE: (
        "Edad: de 20 a 30 años",
        "Edad máxima 35 años",
        "De 18 a 28 años, con ganas de aprender",
        "Females only, aged 20 to 30",
    ),
    SignKind.ASKS_SEX: (
        "Buscamos señoritas para atención en línea",
        "Requisitos: sexo femenino, residir en Lima",
        "Solo mujeres con disponibilidad completa",
        "Personal masculino para monitoreo remoto",
        "Females only, aged 20 to 30",
    ),
    SignKind.ASKS_LOOKS: (
        "Buena presencia y excelente dicción",
        "Enviar CV con foto reciente",
        "Foto de cuerpo entero y pretensiones",
        "Send your CV with a recent photo",
    ),
    SignKind.ASKS_MARITAL_STATUS: (
        "Persona soltera, sin hijos",
        "Sin carga familiar",
    ),
}
CASES = [(kind, words) for kind, ads in ADS.items() for words in ads]
# The letters of small capitals, of one alphabet after another, and of a keyboard's digits.
BOLD = str.maketrans(
    {chr(ord("a") + place): chr(ord("𝗮") + place) for place in range(26)}
    | {chr(ord("A") + place): chr(ord("𝗔") + place) for place in range(26)}
)
CYRILLIC = str.maketrans("aeopc", "аеорс")


def kinds(words: str) -> set[SignKind]:
    return {sign.kind for sign in offer_signs(Job("job", "Trabajo remoto", words))}


@pytest.mark.parametrize(("kind", "words"), CASES)
def test_a_fraudulent_ad_is_known_for_what_it_is(kind: SignKind, words: str) -> None:
    assert kind in kinds(words)


@pytest.mark.parametrize(("kind", "words"), CASES)
def test_it_is_known_in_capitals_without_accents_and_with_other_letters(kind: SignKind, words: str) -> None:
    without_accents = "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))
    assert kind in kinds(words.upper())
    assert kind in kinds(without_accents)
    assert kind in kinds(unicodedata.normalize("NFD", words))
    assert kind in kinds(without_accents.translate(BOLD))
    assert kind in kinds(words.lower().translate(CYRILLIC))
    assert kind in kinds(f"Empresa seria. Horario libre.\n- {words}\n- Ambiente grato")


@pytest.mark.parametrize(
    "words",
    ["D e p o s i t a 50 soles para tu cupo", "dep0sita 50 soles", "DEPOSITA 50SOLES", "d3p0sita S/.50", "Deposita $50",
     "Paga tu 1nscripc10n", "Paga tu i n s c r i p c i ó n", "p4g4 tu k1t", "Yapéa 50 lucas", "depositá 50 soles"],
)  # fmt: skip
def test_a_fee_is_known_behind_digits_and_parted_letters(words: str) -> None:
    assert SignKind.ASKS_FOR_MONEY in kinds(words)


def test_only_what_the_law_forbids_does_not_block() -> None:
    for kind, words in CASES:
        severity = {sign.severity for sign in offer_signs(Job("job", "Trabajo", words)) if sign.kind is kind}
        assert severity == {Severity.NOTE if kind in UNLAWFUL else Severity.BLOCK}
