"""What Spanish ads say of the occupations that serve, sell to and answer customers."""

from __future__ import annotations

from sample.terms import OccupationWords, SpecialtyWords

SPANISH_SERVICE: dict[str, OccupationWords] = {
    "customer_service": OccupationWords(
        tasks=(
            "atender a {customers} con amabilidad y respuestas claras",
            "registrar cada caso en {tool} y cerrarlo solo cuando esté resuelto",
            "derivar al área correcta los reclamos que no se puedan resolver en el momento",
            "explicar promociones, plazos y condiciones sobre {goods}",
            "avisar al supervisor cuando una misma queja se repite",
            "mantener al día la base de respuestas frecuentes",
            "hacer seguimiento a los casos abiertos hasta que el cliente quede conforme",
        ),
        specialties={
            "chat": SpecialtyWords(
                ("Asesor[/a] de atención por chat", "Agente de chat en vivo", "Atención al cliente por WhatsApp"),
                (
                    "llevar hasta cuatro conversaciones de chat a la vez sin perder el hilo",
                    "contestar los mensajes de WhatsApp en menos de tres minutos",
                    "usar plantillas y adaptarlas a lo que pregunta cada persona",
                    "pasar del bot a la conversación humana cuando {customers} lo pidan",
                ),
            ),
            "phone": SpecialtyWords(
                ("Teleoperador[/a] inbound", "Asesor[/a] telefónic[o/a]", "Agente de call center remoto"),
                (
                    "recibir llamadas de {customers} y resolver sus consultas en la primera llamada",
                    "seguir el protocolo de saludo, validación de datos y despedida",
                    "calmar llamadas difíciles con buen tono de voz",
                    "cumplir los indicadores de tiempo medio de llamada y satisfacción",
                ),
            ),
            "email": SpecialtyWords(
                (
                    "Ejecutiv[o/a] de atención por correo",
                    "Agente de soporte por e-mail",
                    "Gestor[/a] de casos escritos",
                ),
                (
                    "responder por correo entre 40 y 60 casos al día con redacción cuidada",
                    "revisar el historial del cliente antes de contestar",
                    "redactar respuestas a reclamos formales dentro del plazo legal",
                    "ordenar la bandeja compartida por prioridad y tema",
                ),
            ),
        },
    ),
    "technical_support": OccupationWords(
        tasks=(
            "diagnosticar fallas a distancia y guiar a {customers} paso a paso",
            "abrir, clasificar y documentar los casos en {tool}",
            "escalar al segundo nivel lo que no tenga solución remota",
            "explicar lo técnico con palabras sencillas",
            "escribir guías cortas para los problemas que más se repiten",
            "confirmar con el usuario que el problema quedó resuelto",
        ),
        specialties={
            "internet": SpecialtyWords(
                ("Soporte técnico de internet", "Asesor[/a] técnic[o/a] de telecomunicaciones", "Agente de averías"),
                (
                    "revisar la señal, reiniciar el módem y configurar el wifi por teléfono",
                    "programar visitas de técnicos cuando la avería es de planta externa",
                    "explicar cortes y plazos de reposición del servicio",
                    "hacer pruebas de velocidad junto con el abonado",
                ),
            ),
            "software": SpecialtyWords(
                ("Soporte de aplicaciones nivel 1", "Agente de soporte de software", "Mesa de ayuda SaaS"),
                (
                    "atender por chat dudas sobre el uso de la plataforma de {company}",
                    "reproducir errores y reportarlos al equipo de producto",
                    "crear usuarios, permisos y accesos",
                    "acompañar a cuentas nuevas en su primera configuración",
                ),
            ),
            "devices": SpecialtyWords(
                ("Técnic[o/a] de soporte remoto", "Help desk de equipos", "Soporte de computadoras e impresoras"),
                (
                    "conectarse por escritorio remoto para instalar programas y controladores",
                    "dar mantenimiento a laptops e impresoras del personal de {company}",
                    "llevar el inventario de equipos y licencias",
                    "configurar correos, antivirus y copias de seguridad",
                ),
            ),
        },
    ),
    "telesales": OccupationWords(
        tasks=(
            "llegar a la meta semanal con comisiones sin tope",
            "registrar cada gestión en {tool}",
            "rebatir objeciones con argumentos honestos",
            "enviar el resumen de la oferta por WhatsApp después de la llamada",
            "agendar rellamadas y cumplirlas a la hora pactada",
            "participar en la charla corta de inicio de turno",
        ),
        specialties={
            "outbound": SpecialtyWords(
                (
                    "Asesor[/a] de ventas telefónicas",
                    "Ejecutiv[o/a] de televentas",
                    "Vendedor[/a] call center desde casa",
                ),
                (
                    "llamar a una base entregada por la empresa y ofrecer {goods}",
                    "cerrar la venta en la misma llamada y validar los datos del comprador",
                    "hacer entre 80 y 120 llamadas por turno con marcador automático",
                    "detectar lo que necesita cada persona antes de ofrecer",
                ),
            ),
            "renewals": SpecialtyWords(
                ("Asesor[/a] de retención", "Ejecutiv[o/a] de renovaciones", "Fidelización de clientes"),
                (
                    "llamar a {customers} por vencer para renovar su contrato",
                    "entender por qué quieren irse y proponer alternativas",
                    "ofrecer mejoras de plan según el consumo de cada cuenta",
                    "recuperar clientes que cancelaron en los últimos tres meses",
                ),
            ),
            "b2b": SpecialtyWords(
                (
                    "Ejecutiv[o/a] comercial B2B remoto",
                    "SDR / Prospección de empresas",
                    "Asesor[/a] de ventas corporativas",
                ),
                (
                    "buscar empresas en LinkedIn y armar listas de contactos",
                    "escribir correos de primer contacto y darles seguimiento",
                    "preparar cotizaciones de {goods} para compradores corporativos",
                    "pasar reuniones calificadas al equipo de cierre",
                ),
            ),
        },
    ),
    "collections": OccupationWords(
        tasks=(
            "gestionar una cartera asignada de {customers} con pagos pendientes",
            "anotar promesas de pago en {tool} y verificar que se cumplan",
            "cuidar el trato: está prohibido presionar o amenazar",
            "informar cada semana el recupero y los casos sin contacto",
            "actualizar teléfonos y correos de la cartera",
            "coordinar con caja la confirmación de los abonos",
        ),
        specialties={
            "early": SpecialtyWords(
                ("Gestor[/a] de cobranza preventiva", "Asesor[/a] de mora temprana", "Cobranza telefónica remota"),
                (
                    "llamar antes del vencimiento para recordar la cuota",
                    "indicar los canales de pago más cercanos al cliente",
                    "atender más de cien contactos cortos por turno",
                    "identificar a quienes necesitan otra fecha de pago",
                ),
            ),
            "agreements": SpecialtyWords(
                ("Negociador[/a] de deudas", "Analista de refinanciamiento", "Asesor[/a] de acuerdos de pago"),
                (
                    "calcular cronogramas y cuotas que la persona pueda pagar de verdad",
                    "negociar descuentos dentro de los topes aprobados",
                    "explicar intereses, moras y consecuencias con claridad",
                    "redactar y enviar el acuerdo para su firma digital",
                ),
            ),
            "written": SpecialtyWords(
                (
                    "Cobranza digital por mensajes",
                    "Gestor[/a] de cobranza por correo y WhatsApp",
                    "Auxiliar de cobranzas",
                ),
                (
                    "enviar recordatorios por correo, SMS y WhatsApp según el calendario",
                    "responder por escrito a quienes piden su estado de cuenta",
                    "preparar cartas de cobranza y estados de cuenta en Excel",
                    "segmentar la cartera según días de atraso",
                ),
            ),
        },
    ),
    "ecommerce_support": OccupationWords(
        tasks=(
            "revisar a diario la tienda en {tool} y corregir lo que falte",
            "coordinar con almacén el stock de {goods}",
            "contestar preguntas de {customers} antes y después de la compra",
            "llevar un reporte simple de ventas y consultas",
            "cuidar la reputación de la cuenta y las calificaciones",
            "apoyar en campañas como Cyber Wow o Navidad",
        ),
        specialties={
            "listings": SpecialtyWords(
                (
                    "Auxiliar de publicaciones de marketplace",
                    "Gestor[/a] de catálogo e-commerce",
                    "Encargad[o/a] de tienda virtual",
                ),
                (
                    "publicar productos con buenas fotos, título y descripción",
                    "recortar fondos y ordenar las imágenes de {goods}",
                    "ajustar precios y promociones según la competencia",
                    "revisar que las variantes de talla y color estén correctas",
                ),
            ),
            "orders": SpecialtyWords(
                ("Asistente de pedidos online", "Coordinador[/a] de despachos e-commerce", "Seguimiento de envíos"),
                (
                    "generar guías y avisar el número de seguimiento al comprador",
                    "reclamar al courier por pedidos demorados",
                    "confirmar direcciones y horarios de entrega por WhatsApp",
                    "cuadrar los pedidos del día contra lo despachado",
                ),
            ),
            "returns": SpecialtyWords(
                (
                    "Asesor[/a] de cambios y devoluciones",
                    "Agente posventa de tienda online",
                    "Atención de reclamos e-commerce",
                ),
                (
                    "gestionar cambios, devoluciones y reembolsos",
                    "mediar con el marketplace cuando se abre un reclamo",
                    "pedir fotos y datos para evaluar si procede la garantía",
                    "proponer soluciones que eviten una mala reseña",
                ),
            ),
        },
    ),
    "appointment_setting": OccupationWords(
        tasks=(
            "llenar la agenda en {tool} sin cruces ni huecos",
            "confirmar cada cita un día antes",
            "reprogramar a quienes no pudieron llegar",
            "anotar el motivo de la cita y los datos de contacto",
            "informar al final del turno cuántas citas se lograron",
            "usar el guion sin sonar a grabación",
        ),
        specialties={
            "clinics": SpecialtyWords(
                (
                    "Recepcionista virtual de consultorio",
                    "Coordinador[/a] de citas médicas",
                    "Agendamiento de pacientes",
                ),
                (
                    "recibir a los pacientes por teléfono y darles cita con la especialidad correcta",
                    "explicar la preparación para análisis y exámenes",
                    "verificar la cobertura del seguro antes de la consulta",
                    "ordenar la lista de espera de cada médico",
                ),
            ),
            "demos": SpecialtyWords(
                ("Appointment setter", "Agendador[/a] de reuniones comerciales", "Concertador[/a] de citas de ventas"),
                (
                    "contactar interesados que dejaron sus datos y agendarles una demostración",
                    "hacer preguntas de calificación antes de pasar la cita",
                    "escribir por LinkedIn y correo a posibles compradores de {goods}",
                    "recuperar a quienes faltaron a su reunión",
                ),
            ),
            "visits": SpecialtyWords(
                (
                    "Programador[/a] de visitas técnicas",
                    "Coordinador[/a] de rutas y citas",
                    "Asistente de agenda de campo",
                ),
                (
                    "programar la ruta diaria de los técnicos por distrito",
                    "avisar a {customers} por WhatsApp la hora de llegada",
                    "reacomodar visitas cuando hay retrasos",
                    "cuadrar en una hoja de cálculo las visitas hechas y pendientes",
                ),
            ),
        },
    ),
}
