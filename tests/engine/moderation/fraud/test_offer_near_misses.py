"""Honest ads that speak of money, chats, identity papers and tasks, written for these tests: none has a sign."""

from __future__ import annotations

import pytest

from engine.jobs import Job
from engine.moderation.fraud.signs import offer_signs
from engine.offer_signs import SignKind

ADS = (
    "No pedimos dinero. No cobramos por postular. Capacitación pagada, pago semanal, pago de planilla",
    "Cajera: recibir pagos en efectivo, realizar depósitos y cuadrar la caja",
    "Agente de atención al cliente por WhatsApp: responder mensajes de clientes",
    "Cajero de banco: validar DNI del cliente, cambio de clave y apertura de cuentas",
    "Community manager: responder mensajes de WhatsApp y aumentar likes y seguidores",
    "Recibe tu pago semanal en tu cuenta BCP",
    "Nunca te pediremos que deposites dinero ni que envíes fotos de tu DNI",
    "Si alguien te pide pagar una inscripción en nuestro nombre, denúncialo",
    "Inscripción gratuita al curso. Sin costo de inscripción ni de materiales",
    "Asesor de matrícula: registrar pagos de matrícula de los alumnos (matrícula S/ 200)",
    "Comisión de S/ 30 por matrícula",
    "Costo de capacitación asumido por la empresa. Uniforme a cargo de la empresa",
    "Bono por referidos S/ 300",
    "Afiliar comercios a nuestra app de pagos",
    "Sueldo S/ 1,500 mensuales sin experiencia",
    "Sexo indistinto. Sin importar sexo, edad ni estado civil",
    "Mayor de edad, experiencia de 2 a 20 años. Más de 25 años de experiencia en el mercado",
    "Repartidor: entregar paquetes y encomiendas a domicilio",
    "Analista de costos: costo de materiales y de capacitación, inversión inicial de proyectos",
    "Digitador: completar tareas diarias de registro",
    "Fotógrafo: enviar CV con portafolio. Editor de fotos de producto",
    "Anotador de datos: pago por tarea completada según tarifa",
    "We never ask for money. No registration fee. Paid training.",
    "Bank teller: process deposits and help customers with their credit card",
    "Collect registration fees from students",
    "Customer support via WhatsApp and Telegram for clients",
    "Review hotel contracts with suppliers. Rate products in our catalogue",
    "Cobranza telefónica: contactar a clientes por WhatsApp y llamadas para recordarles el pago de sus cuotas",
    "Asesor bancario: abrir cuentas, entregar tarjetas y ayudar a los clientes a cambiar su clave de internet",
    "Soporte de mesa de ayuda: restablecer contraseñas y enviar códigos de verificación a los usuarios",
    "Cajera para botica: cobrar, dar vuelto, aceptar Yape y Plin, hacer el depósito diario en el banco",
    "Pagamos por Yape cada sábado. Sueldo S/ 1,300 al mes más movilidad",
    "La empresa te da el uniforme y la laptop sin costo. La capacitación es pagada: S/ 40 por día",
    "Vendedora de cursos: la matrícula del curso cuesta S/ 250 y ganas 10% por cada alumno inscrito",
    "No solicitamos ningún pago ni depósito para postular. Denuncia a quien te pida dinero a nuestro nombre",
    "Coordinador de redes sociales: planificar publicaciones, responder comentarios y hacer crecer los "
    "seguidores de la marca",
    "Analista de inversiones: evaluar el capital inicial de proyectos y la recuperación en el primer año",
    "Repartidor en moto: recibir pedidos en el local y entregarlos en el domicilio del cliente",
    "Despachador: reetiquetar cajas, preparar paquetes y enviarlos por courier desde el almacén",
    "Asistente contable: conciliar depósitos, transferencias y comprobantes de pago, planillas y CTS",
    "Afiliador de comercios para app de pagos: sueldo fijo S/ 1,200 + comisión por comercio afiliado",
    "Promotor de AFP: afiliar trabajadores, sueldo S/ 1,130 más comisiones",
    "Community manager: responder mensajes de WhatsApp e Instagram, medir likes y alcance",
    "Enviar CV a seleccion@empresa.pe o al WhatsApp del área de selección",
    "Se deposita el sueldo en tu cuenta los días 15 y 30. Debes contar con cuenta bancaria propia",
    "Presentar copia de DNI y certificados el día de la firma del contrato",
    "Etiquetador de imágenes: completar tareas de anotación; se paga por hora",
    "Encuestador telefónico: completar encuestas con usuarios de hoteles y restaurantes",
    "Auditor de calidad de hoteles: visitar hoteles y calificar el servicio según la norma",
    "Digitadora sin experiencia: S/ 1,130 al mes, horario de lunes a viernes",
    "Agente de viajes: reservar hoteles, cobrar el depósito de garantía a los huéspedes",
    "Profesor de inglés por horas, S/ 35 la hora, experiencia de un año",
    "Administrador de edificios: cobrar cuotas de mantenimiento y garantías de los inquilinos",
    "Bono de S/ 200 por cada amigo referido que pase el periodo de prueba",
    "Líder de equipo: formar a tu equipo de ventas y acompañarlo",
    "Técnico de redes: armar y mantener la red de datos de la oficina",
    "Ejecutiva de admisión: inscribir alumnos nuevos, coordinar la inscripción y el pago de matrícula",
    "Nos tomamos en serio la seguridad: nunca compartas tu clave ni códigos SMS con nadie",
    "No discriminamos por edad, sexo, estado civil ni apariencia",
    "Fotógrafo de producto: enviar CV con portafolio de fotos",
    "Cuidado de niños de 18 a 36 meses en guardería. Empresa con más de 30 años en el mercado",
    "Programa de prácticas, universitarios de últimos ciclos, subvención S/ 1,130",
    "We pay weekly by bank transfer. No fees, no deposits, ever",
    "Customer support agent: help customers reset passwords and verify their accounts",
    "Accounts payable: process payments from clients into the company account and reconcile deposits",
    "Warehouse associate: receive packages, relabel boxes and ship orders",
    "Social media manager: like and reply to comments, grow the community",
    "Content reviewer: review videos and posts against the policy, paid monthly",
    "Loan officer: explain the processing fee to clients",
    "Fotocheck y EPP a cargo de la empresa. Examen médico pagado por la empresa",
    "Requiere depósito legal. Encargado de depósito para empresa de alimentos",
    "Asesor de tarjeta de crédito: la tarjeta no tiene costo de membresía el primer año",
    "Recargas, giros y transferencias: atención en agente bancario",
    "Si necesitas más información sobre el puesto, la reclutadora te llamará al número que dejes en tu postulación",
    "Desarrolladora React Native, pago S/ 9,000 mensuales, 5 años de experiencia",
    "Trader junior: comprar y vender criptomonedas por cuenta de la empresa",
    "Cobrador: recibe los pagos de los clientes y deposítalos en la cuenta de la empresa",
    "Buscamos auxiliar de cobranzas para llamar a clientes con cuotas vencidas. Sueldo S/ 1,400, planilla "
    "desde el primer día. La capacitación de 3 días se paga a S/ 30 por día.",
    "Tutora de primaria por videollamada. Pagamos S/ 25 la hora por transferencia o Yape cada viernes. "
    "Necesitas laptop e internet estable.",
    "Asistente virtual para tienda de ropa: responder WhatsApp, registrar pedidos, coordinar envíos y cambios"
    " con los clientes. S/ 1,200 al mes, 6 horas al día.",
    "Operador de caja: cobrar en efectivo, tarjeta, Yape y Plin; cuadrar caja y depositar lo recaudado en el "
    "banco al cierre.",
    "Ejecutivo de banca: captar depósitos a plazo, explicar costos de membresía y tarjetas a los clientes. "
    "Sueldo S/ 1,800 más comisiones.",
    "Reclutador: entrevistar postulantes, pedirles copia de DNI y coordinar su examen médico, que paga la empresa.",
    "Vendedor de seguros: el seguro cuesta S/ 45 al mes y ganas comisión por cada póliza. Sueldo básico S/ 1,130.",
    "Community manager: crear reels y videos para TikTok, responder comentarios, medir likes. S/ 1,500 mensuales.",
    "Analista de fraude: revisar transferencias, detectar cuentas mula, estafas con códigos SMS y robo de contraseñas.",
    "Moderador de contenido: ver videos y anuncios reportados y calificar si cumplen la política. S/ 2,200 al mes.",
    "Asesor de ventas de internet: afiliar hogares, comisión de S/ 60 por instalación. Con o sin experiencia.",
    "Recepcionista de hotel: registrar huéspedes, cobrar garantía de S/ 100 por habitación y responder reseñas.",
    "Encargado de almacén: recibir cajas, etiquetar paquetes y despachar a provincia.",
    "Cuidadora de adulta mayor, cama afuera, S/ 1,300. Entrevista presencial en el domicilio de la familia.",
    "Diseñador gráfico freelance: S/ 80 por pieza, pago contra entrega. Enviar portafolio en Behance.",
    "Programa de referidos: si recomiendas a un amigo y lo contratamos, recibes S/ 150.",
    "Coordinador de capacitación: armar cursos, controlar el costo de los materiales y el presupuesto de talleres.",
    "Secretaria de instituto: matricular alumnos, cobrar inscripción y pensión, emitir certificados.",
    "Repartidor con bicicleta propia. Ganas S/ 6 por pedido más propinas. Te damos mochila y polo gratis.",
    "Call center para banco: verificar la identidad del cliente con su DNI, bloquear tarjetas y ayudar con la"
    " clave de internet.",
    "Por tu seguridad, nunca pagues por un empleo. Nuestra empresa no cobra por entrevistas, cursos, "
    "uniformes ni exámenes.",
    "Trabajador social: visitar hogares, llenar fichas. Movilidad S/ 20 por día. Ficha y materiales los "
    "entrega el proyecto.",
    "Practicante de contabilidad: registrar compras, conciliar cuentas bancarias y depósitos. Subvención S/ 1,130.",
    "Traductora quechua-castellano por horas, S/ 50 la hora, sin horario fijo.",
    "Soporte técnico nivel 1: crear usuarios, restablecer claves y resolver tickets por chat. No se requiere "
    "experiencia, te enseñamos. S/ 1,350.",
    "Data annotator: label images on our platform, complete tasks at your own pace, paid $4 per hour weekly.",
    "Virtual assistant for an online shop: process orders, send refunds to customers, answer on WhatsApp.",
    "Bookkeeper: record deposits, reconcile bank accounts, prepare payment runs.",
    "Influencer manager: negotiate fees with creators, track likes and views of campaign videos, commission on sales.",
    "Mystery shopper coordinator: assign hotel visits, check receipts and rate reports.",
)


@pytest.mark.parametrize("words", ADS)
@pytest.mark.parametrize("employer", [None, "Botica San Juan"])
def test_an_honest_ad_has_no_sign(words: str, employer: str | None) -> None:
    assert offer_signs(Job("job", "Trabajo remoto", words, employer)) == ()
    assert offer_signs(Job("job", "Trabajo remoto", words.upper(), employer)) == ()


@pytest.mark.parametrize(
    ("honest", "fraudulent", "kind"),
    [
        ("No pedimos depósitos de 50 soles", "Pedimos depósitos de 50 soles", SignKind.ASKS_FOR_MONEY),
        ("Nunca deposites 50 soles", "Deposita 50 soles", SignKind.ASKS_FOR_MONEY),
        ("Inscripción de S/ 50 gratis con nosotros", "Inscripción: S/ 50", SignKind.ASKS_FOR_MONEY),
        ("La empresa te paga S/ 50 por día", "Paga S/ 50 por tu kit", SignKind.ASKS_FOR_MONEY),
        ("El cliente deposita 50 soles", "Deposita 50 soles", SignKind.ASKS_FOR_MONEY),
        ("Si alguien te pide pagar 50 soles, avísanos", "Debes pagar 50 soles", SignKind.ASKS_FOR_MONEY),
        ("Sin pago de inscripción de S/ 50", "Pago de inscripción de S/ 50", SignKind.ASKS_FOR_MONEY),
        ("No te preocupes, no es un costo", "No te preocupes, deposita 50 soles", SignKind.ASKS_FOR_MONEY),
        ("Sin experiencia, pago semanal", "Sin experiencia, deposita 50 soles", SignKind.ASKS_FOR_MONEY),
        ("Nunca te pediremos tu clave", "Envíanos tu clave", SignKind.ASKS_FOR_SECRETS),
        ("Explicar a clientes cómo cambiar su clave", "Brinda tu clave", SignKind.ASKS_FOR_SECRETS),
        ("Indicar al cliente su número de cuenta", "Indicar su número de cuenta", SignKind.ASKS_FOR_SECRETS),
        ("Vender el paquete que cuesta S/ 80", "El paquete cuesta S/ 80", SignKind.ASKS_FOR_MONEY),
        ("Recibe tu pago en tu cuenta", "Recibe pagos de terceros en tu cuenta", SignKind.MONEY_MULE),
        ("Arma tu red de datos", "Arma tu red de afiliados", SignKind.PYRAMID),
        ("Escribir por WhatsApp a los clientes", "Escribir al WhatsApp", SignKind.PRIVATE_CHAT_ONLY),
        ("Sexo femenino o masculino", "Sexo femenino", SignKind.ASKS_SEX),
        ("Mayor de edad, 20 a 25 horas", "Edad: 20 a 25 años", SignKind.ASKS_AGE),
        ("Edad mínima 18 años", "Edad mínima 25 años", SignKind.ASKS_AGE),
        ("De 20 a 25 años de experiencia", "De 20 a 25 años", SignKind.ASKS_AGE),
        ("No es necesario enviar CV con foto", "Enviar CV con foto", SignKind.ASKS_LOOKS),
    ],
)
def test_a_word_or_two_tell_an_honest_ad_from_a_fraudulent_one(honest: str, fraudulent: str, kind: SignKind) -> None:
    assert offer_signs(Job("job", "Trabajo", honest)) == ()
    assert kind in {sign.kind for sign in offer_signs(Job("job", "Trabajo", fraudulent))}
