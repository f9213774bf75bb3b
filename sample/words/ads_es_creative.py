"""What Spanish ads say of the occupations of video, networks, writing and the web."""

from __future__ import annotations

from sample.terms import OccupationWords, SpecialtyWords

SPANISH_CREATIVE: dict[str, OccupationWords] = {
    "video_editing": OccupationWords(
        tasks=(
            "cortar, ordenar y dar ritmo al material grabado",
            "limpiar el audio y nivelar voces",
            "poner textos y gráficos simples en {tool}",
            "corregir color sin exagerar",
            "entregar versiones para cada plataforma",
            "respaldar los proyectos con orden",
        ),
        specialties={
            "reels": SpecialtyWords(
                ("Editor[/a] de reels y TikTok", "Editor[/a] de videos cortos", "Creador[/a] de contenido en video"),
                (
                    "editar varios videos verticales al día con subtítulos llamativos",
                    "seguir tendencias y músicas del momento",
                    "armar ganchos para los primeros tres segundos",
                    "sacar clips cortos de grabaciones largas",
                ),
            ),
            "youtube": SpecialtyWords(
                ("Editor[/a] de video para YouTube", "Montajista de canal", "Editor[/a] de pódcast en video"),
                (
                    "montar episodios de 20 minutos o más",
                    "elegir las mejores partes y quitar silencios",
                    "hacer miniaturas y pantallas finales",
                    "proponer cambios al guion",
                ),
            ),
            "courses": SpecialtyWords(
                ("Editor[/a] de cursos virtuales", "Editor[/a] de video educativo", "Animador[/a] de explicativos"),
                (
                    "editar clases grabadas y sincronizar las láminas",
                    "animar esquemas para explicar {goods}",
                    "revisar que cada lección quede clara y sin saltos",
                    "exportar en los formatos de la plataforma",
                ),
            ),
        },
    ),
    "community_management": OccupationWords(
        tasks=(
            "armar el calendario de publicaciones del mes",
            "programar contenidos en {tool}",
            "medir alcance e interacción y contarlo en simple",
            "cuidar el tono de la marca en cada publicación",
            "coordinar fotos y videos con {company}",
            "seguir de cerca lo que hace la competencia",
        ),
        specialties={
            "small_business": SpecialtyWords(
                ("Community manager para negocio local", "Community manager", "Encargad[o/a] de redes sociales"),
                (
                    "manejar Facebook, Instagram y TikTok de varios negocios pequeños",
                    "tomar fotos y grabar historias con el celular",
                    "responder mensajes y convertirlos en pedidos",
                    "organizar sorteos y promociones",
                ),
            ),
            "replies": SpecialtyWords(
                ("Gestor[/a] de comunidad", "Agente de redes sociales", "Atención en redes sociales"),
                (
                    "contestar comentarios y mensajes privados de {customers}",
                    "detectar crisis y avisar antes de que crezcan",
                    "agradecer reseñas y atender las malas",
                    "armar un banco de respuestas con la voz de la marca",
                ),
            ),
            "paid_social": SpecialtyWords(
                ("Trafficker digital", "Especialista en pauta de redes", "Analista de Meta Ads"),
                (
                    "crear y optimizar campañas pagadas",
                    "seguir costo por resultado y presupuesto diario",
                    "probar públicos, textos e imágenes",
                    "armar tableros de resultados en hojas de cálculo",
                ),
            ),
        },
    ),
    "copywriting": OccupationWords(
        tasks=(
            "escribir textos claros y sin faltas",
            "investigar sobre {goods} antes de redactar",
            "adaptar la voz a cada marca",
            "aceptar correcciones y entregar la versión final a tiempo",
            "trabajar con {tool} y control de cambios",
            "proponer títulos y temas nuevos",
        ),
        specialties={
            "articles": SpecialtyWords(
                ("Redactor[/a] de artículos", "Redactor[/a] de blog", "Content writer en español"),
                (
                    "redactar artículos de 800 a 1500 palabras",
                    "entrevistar a especialistas y citar fuentes",
                    "explicar temas difíciles a gente común",
                    "actualizar artículos antiguos",
                ),
            ),
            "emails_ads": SpecialtyWords(
                ("Copywriter publicitari[o/a]", "Redactor[/a] de correos y anuncios", "Copy creativ[o/a]"),
                (
                    "escribir anuncios, correos y páginas de venta",
                    "probar dos versiones y ver cuál funciona",
                    "sacar textos cortos con plazos de un día",
                    "crear lemas y nombres",
                ),
            ),
            "product_sheets": SpecialtyWords(
                ("Redactor[/a] de fichas de producto", "Redactor[/a] e-commerce", "Descriptor[/a] de productos"),
                (
                    "redactar cientos de fichas de {goods} con un mismo formato",
                    "incluir palabras clave y medidas",
                    "corregir textos traducidos del inglés",
                    "revisar que no haya datos contradictorios",
                ),
            ),
        },
    ),
    "seo": OccupationWords(
        tasks=(
            "seguir posiciones y tráfico con {tool}",
            "estudiar qué busca la gente sobre {goods}",
            "explicar los resultados en un reporte mensual",
            "priorizar mejoras por impacto",
            "coordinar con redacción y desarrollo",
            "revisar lo que hacen los sitios que nos superan",
        ),
        specialties={
            "content_seo": SpecialtyWords(
                ("Especialista SEO de contenidos", "Analista SEO junior", "Redactor[/a] SEO"),
                (
                    "armar pautas de artículos a partir de palabras clave",
                    "mejorar títulos, descripciones y enlaces internos",
                    "escribir y editar textos que respondan la búsqueda",
                    "podar contenido que ya nadie visita",
                ),
            ),
            "technical_seo": SpecialtyWords(
                ("SEO técnic[o/a]", "Analista SEO técnic[o/a]", "Especialista en auditoría web"),
                (
                    "auditar velocidad, indexación y errores del sitio",
                    "trabajar con datos estructurados y redirecciones",
                    "analizar registros del servidor",
                    "escribir scripts pequeños para revisar páginas",
                ),
            ),
            "local_search": SpecialtyWords(
                ("Especialista SEO local", "Gestor[/a] de fichas de Google", "Asistente de posicionamiento local"),
                (
                    "mejorar fichas de Google Maps de varios locales",
                    "pedir y responder reseñas",
                    "conversar con los dueños para tener datos al día",
                    "corregir direcciones y horarios en directorios",
                ),
            ),
        },
    ),
    "web_development": OccupationWords(
        tasks=(
            "escribir código ordenado y probarlo antes de entregar",
            "usar {tool} en el trabajo diario",
            "estimar tareas y avisar a tiempo si algo se complica",
            "revisar el código de otras personas con respeto",
            "corregir errores reportados por {customers}",
            "documentar lo necesario para quien venga después",
        ),
        specialties={
            "wordpress": SpecialtyWords(
                ("Desarrollador[/a] WordPress", "Implementador[/a] web", "Técnic[o/a] de páginas web"),
                (
                    "armar sitios y tiendas en WordPress desde cero",
                    "instalar temas, plugins y pasarelas de pago",
                    "atender pedidos de cambios de los clientes",
                    "cuidar respaldos, dominios y seguridad",
                ),
            ),
            "frontend": SpecialtyWords(
                ("Desarrollador[/a] frontend", "Programador[/a] web React", "Maquetador[/a] web"),
                (
                    "pasar diseños de Figma a componentes",
                    "cuidar que todo funcione bien en celulares lentos",
                    "conectar pantallas con servicios existentes",
                    "mejorar la accesibilidad del sitio",
                ),
            ),
            "automation": SpecialtyWords(
                ("Desarrollador[/a] backend junior", "Programador[/a] Python", "Especialista en automatización"),
                (
                    "automatizar reportes y tareas repetidas con Python",
                    "conectar sistemas por API",
                    "escribir consultas SQL y cuidar la base de datos",
                    "vigilar procesos nocturnos y corregir fallas",
                ),
            ),
        },
    ),
    "qa_testing": OccupationWords(
        tasks=(
            "probar cada entrega antes de que salga al público",
            "reportar errores con pasos claros y capturas",
            "repetir pruebas cuando el error se corrige",
            "llevar los casos de prueba en {tool}",
            "pensar en lo que un usuario distraído podría hacer",
            "avisar riesgos antes del lanzamiento",
        ),
        specialties={
            "web_testing": SpecialtyWords(
                ("Tester QA web", "Analista de pruebas manuales", "Control de calidad de software"),
                (
                    "probar formularios, pagos y permisos en varios navegadores",
                    "revisar respuestas de API",
                    "comprobar datos en la base con consultas simples",
                    "apoyar en las primeras pruebas automáticas",
                ),
            ),
            "mobile_apps": SpecialtyWords(
                ("Tester de aplicaciones móviles", "QA mobile", "Probador[/a] de apps"),
                (
                    "probar la app en distintos celulares Android",
                    "medir consumo de datos y batería",
                    "revisar qué pasa cuando se cae la señal",
                    "hacer pruebas con usuarios reales y tomar nota",
                ),
            ),
            "games_testing": SpecialtyWords(
                ("Tester de videojuegos", "QA de juegos móviles", "Probador[/a] de videojuegos"),
                (
                    "jugar niveles muchas veces buscando fallas",
                    "grabar en video los errores encontrados",
                    "opinar sobre dificultad y diversión",
                    "comparar versiones entre consolas y celulares",
                ),
            ),
        },
    ),
}
