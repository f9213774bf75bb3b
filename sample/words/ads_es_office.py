"""What Spanish ads say of the occupations of records, text and review."""

from __future__ import annotations

from sample.terms import OccupationWords, SpecialtyWords

SPANISH_OFFICE: dict[str, OccupationWords] = {
    "content_moderation": OccupationWords(
        tasks=(
            "aplicar las normas de la comunidad con criterio parejo",
            "marcar en {tool} el motivo de cada decisión",
            "escalar de inmediato los casos graves",
            "alcanzar la meta de revisiones por hora con pocos errores",
            "proponer ejemplos nuevos cuando la regla no alcanza",
            "tomar las pausas de bienestar previstas para este trabajo",
        ),
        specialties={
            "comments": SpecialtyWords(
                ("Moderador[/a] de comentarios", "Moderador[/a] de comunidad", "Moderación de foros y chats"),
                (
                    "leer comentarios y ocultar insultos, spam y estafas",
                    "advertir por mensaje a quienes rompen las reglas",
                    "bajar la tensión en discusiones de {customers}",
                    "suspender cuentas reincidentes siguiendo el procedimiento",
                ),
            ),
            "images_video": SpecialtyWords(
                ("Revisor[/a] de imágenes y videos", "Moderador[/a] de contenido audiovisual", "Analista de contenido"),
                (
                    "revisar videos e imágenes reportadas y decidir si se quedan",
                    "etiquetar escenas violentas o no aptas para menores",
                    "comparar contenido repetido o editado",
                    "mirar transmisiones en vivo durante el turno",
                ),
            ),
            "marketplace": SpecialtyWords(
                ("Revisor[/a] de anuncios", "Control de calidad de publicaciones", "Analista antifraude de avisos"),
                (
                    "aprobar o rechazar anuncios de {goods} según la política",
                    "detectar precios falsos, fotos robadas y vendedores sospechosos",
                    "pedir documentos cuando un aviso genera dudas",
                    "reportar patrones de fraude nuevos",
                ),
            ),
        },
    ),
    "virtual_assistance": OccupationWords(
        tasks=(
            "ordenar tareas y pendientes en {tool}",
            "manejar calendarios y recordatorios sin que se escape nada",
            "filtrar el correo y responder lo que no requiere decisión",
            "buscar información en internet y resumirla en una página",
            "preparar presentaciones y hojas de cálculo sencillas",
            "guardar con reserva la información que se te confíe",
        ),
        specialties={
            "executive": SpecialtyWords(
                (
                    "Asistente ejecutiv[o/a] virtual",
                    "Secretari[o/a] remot[o/a] de gerencia",
                    "Asistente de dirección a distancia",
                ),
                (
                    "organizar viajes, reservas y gastos de la gerencia",
                    "tomar notas en reuniones y enviar los acuerdos",
                    "coordinar con proveedores y otras áreas en nombre de la dirección",
                    "archivar contratos y documentos con un orden fácil de seguir",
                ),
            ),
            "real_estate": SpecialtyWords(
                (
                    "Asistente inmobiliari[o/a] virtual",
                    "Asistente remot[o/a] de corretaje",
                    "Apoyo virtual para agente de propiedades",
                ),
                (
                    "publicar departamentos y casas en los portales",
                    "llamar a los interesados y coordinar visitas",
                    "armar fichas de propiedades con fotos y medidas",
                    "actualizar el CRM con cada conversación",
                ),
            ),
            "entrepreneurs": SpecialtyWords(
                (
                    "Asistente virtual para emprendimiento",
                    "Asistente multitarea remot[o/a]",
                    "Mano derecha virtual de pequeña empresa",
                ),
                (
                    "responder mensajes, tomar pedidos y emitir boletas",
                    "programar publicaciones y hacer piezas simples en Canva",
                    "llevar el control de ingresos y gastos del negocio",
                    "proponer mejoras para que la dueña gane tiempo",
                ),
            ),
        },
    ),
    "data_entry": OccupationWords(
        tasks=(
            "digitar con velocidad y menos de 1% de errores",
            "revisar registros repetidos o incompletos en {tool}",
            "seguir al pie de la letra el manual de captura",
            "entregar el lote del día antes del corte",
            "consultar los casos dudosos en lugar de adivinar",
            "respetar la confidencialidad de los datos",
        ),
        specialties={
            "forms": SpecialtyWords(
                ("Digitador[/a] de documentos", "Auxiliar de digitación", "Capturista de formularios"),
                (
                    "pasar facturas y formularios escaneados a una base de datos",
                    "validar RUC, montos y fechas contra el documento",
                    "renombrar y ordenar los archivos digitalizados",
                    "cuadrar los totales de cada lote",
                ),
            ),
            "catalogue": SpecialtyWords(
                ("Digitador[/a] de catálogo", "Carga de productos", "Auxiliar de base de productos"),
                (
                    "cargar fichas de {goods} con medidas, fotos y precios",
                    "escribir descripciones cortas siguiendo un modelo",
                    "unificar nombres, marcas y categorías",
                    "reemplazar imágenes de baja calidad",
                ),
            ),
            "crm_cleaning": SpecialtyWords(
                ("Auxiliar de base de datos", "Depuración de CRM", "Asistente de datos comerciales"),
                (
                    "completar teléfonos y correos de {customers} buscando en la web",
                    "unir contactos duplicados del CRM",
                    "clasificar empresas por rubro y tamaño",
                    "preparar listas limpias para el equipo comercial",
                ),
            ),
        },
    ),
    "transcription": OccupationWords(
        tasks=(
            "escuchar audios y pasarlos a texto con buena ortografía",
            "marcar tiempos y cambios de voz en {tool}",
            "señalar los tramos que no se entienden sin inventar",
            "releer el texto completo antes de entregar",
            "cumplir la hora de entrega acordada para cada archivo",
            "seguir la guía de estilo del proyecto",
        ),
        specialties={
            "interviews": SpecialtyWords(
                ("Transcriptor[/a] de entrevistas", "Desgrabador[/a] de audios", "Transcripción de reuniones"),
                (
                    "transcribir entrevistas y grupos focales de investigación",
                    "identificar a cada participante por su voz",
                    "resumir en una página lo central de cada grabación",
                    "quitar nombres y datos personales del texto final",
                ),
            ),
            "medical": SpecialtyWords(
                (
                    "Transcriptor[/a] médic[o/a]",
                    "Digitador[/a] de informes clínicos",
                    "Transcripción de informes de salud",
                ),
                (
                    "pasar a texto los dictados de médicos y radiólogos",
                    "verificar nombres de medicinas y dosis",
                    "llenar los campos del informe según la especialidad",
                    "consultar con el médico toda palabra dudosa",
                ),
            ),
            "captions": SpecialtyWords(
                ("Subtitulador[/a] en español", "Transcripción y subtítulos de video", "Editor[/a] de subtítulos"),
                (
                    "crear subtítulos sincronizados para videos",
                    "partir las frases para que se lean con comodidad",
                    "describir sonidos para personas sordas",
                    "corregir subtítulos automáticos",
                ),
            ),
        },
    ),
    "data_labelling": OccupationWords(
        tasks=(
            "etiquetar según la guía y revisar el propio trabajo",
            "usar {tool} para entregar lotes diarios",
            "participar en rondas de calibración con otros revisores",
            "avisar cuando una instrucción no cubre un caso",
            "mantener el acuerdo con el equipo por encima de 95%",
            "aprender reglas nuevas cada cierto tiempo",
        ),
        specialties={
            "images": SpecialtyWords(
                ("Anotador[/a] de imágenes", "Etiquetador[/a] de datos visuales", "Entrenador[/a] de IA en imágenes"),
                (
                    "dibujar cajas y contornos sobre objetos en fotografías",
                    "clasificar fotos de {goods} por tipo y estado",
                    "marcar puntos en fotogramas de video",
                    "descartar imágenes borrosas o repetidas",
                ),
            ),
            "text": SpecialtyWords(
                ("Anotador[/a] de textos", "Evaluador[/a] de respuestas de IA", "Etiquetado de conversaciones"),
                (
                    "calificar respuestas de un asistente de inteligencia artificial",
                    "marcar intención y emoción en mensajes de {customers}",
                    "reescribir respuestas malas en español peruano natural",
                    "comparar dos textos y justificar cuál es mejor",
                ),
            ),
            "audio": SpecialtyWords(
                ("Anotador[/a] de audio", "Validador[/a] de grabaciones de voz", "Colaborador[/a] de datos de voz"),
                (
                    "escuchar clips cortos y confirmar lo que se dice",
                    "grabar frases con tu voz siguiendo un guion",
                    "señalar ruido, acento y cambios de hablante",
                    "corregir transcripciones automáticas",
                ),
            ),
        },
    ),
    "bookkeeping": OccupationWords(
        tasks=(
            "registrar compras y ventas en {tool}",
            "cuadrar los saldos antes del cierre de mes",
            "pedir a tiempo los comprobantes que faltan",
            "preparar reportes sencillos para la gerencia",
            "archivar los sustentos en la nube de forma ordenada",
            "cuidar que los plazos del cronograma tributario se cumplan",
        ),
        specialties={
            "sunat_invoicing": SpecialtyWords(
                ("Asistente de facturación electrónica", "Auxiliar contable SUNAT", "Facturador[/a] remot[o/a]"),
                (
                    "emitir facturas, boletas y notas de crédito electrónicas",
                    "revisar el registro de compras y ventas en el portal de SUNAT",
                    "anular y corregir comprobantes observados",
                    "enviar los comprobantes a {customers} y confirmar su recepción",
                ),
            ),
            "reconciliation": SpecialtyWords(
                ("Asistente contable", "Auxiliar de conciliaciones", "Analista junior de cuentas"),
                (
                    "conciliar los bancos y la pasarela de pagos cada semana",
                    "analizar cuentas por cobrar y por pagar",
                    "buscar diferencias de céntimos hasta encontrarlas",
                    "armar el flujo de caja de {company}",
                ),
            ),
            "foreign_books": SpecialtyWords(
                (
                    "Contador[/a] remot[o/a] para clientes del exterior",
                    "Bookkeeper bilingüe",
                    "Asistente contable QuickBooks",
                ),
                (
                    "llevar los libros de pequeñas empresas de Estados Unidos",
                    "clasificar gastos con tarjeta y pedir recibos por correo",
                    "emitir invoices y dar seguimiento a los pagos",
                    "preparar el cierre mensual para el CPA",
                ),
            ),
        },
    ),
}
