"""What Spanish ads say of the occupations that hire, teach, translate and design."""

from __future__ import annotations

from sample.terms import OccupationWords, SpecialtyWords

SPANISH_PEOPLE: dict[str, OccupationWords] = {
    "payroll_hr": OccupationWords(
        tasks=(
            "mantener al día los datos del personal en {tool}",
            "resolver dudas de los trabajadores sobre boletas y vacaciones",
            "preparar constancias y certificados de trabajo",
            "cuidar la reserva de sueldos y datos personales",
            "apoyar en auditorías e inspecciones laborales",
            "coordinar con contabilidad los pagos del mes",
        ),
        specialties={
            "payroll": SpecialtyWords(
                ("Asistente de planillas", "Analista de nóminas", "Auxiliar de remuneraciones"),
                (
                    "calcular planillas, gratificaciones, CTS y liquidaciones",
                    "declarar el PLAME y revisar el T-Registro",
                    "procesar horas extra, faltas y descuentos",
                    "cuadrar aportes a AFP y ONP",
                ),
            ),
            "personnel_files": SpecialtyWords(
                ("Auxiliar de legajos digitales", "Asistente administrativ[o/a] de RR. HH.", "Archivo de personal"),
                (
                    "armar y revisar los legajos digitales",
                    "controlar vencimientos de contratos y renovaciones",
                    "pedir firmas electrónicas y archivar cargos",
                    "digitar altas, bajas y cambios de puesto",
                ),
            ),
            "onboarding": SpecialtyWords(
                (
                    "Asistente de inducción y bienestar",
                    "Coordinador[/a] de ingreso de personal",
                    "Apoyo de talento humano",
                ),
                (
                    "dar la bienvenida por videollamada a quienes ingresan",
                    "dictar la inducción y enviar los materiales",
                    "organizar encuestas de clima y actividades en línea",
                    "acompañar a los nuevos durante su primer mes",
                ),
            ),
        },
    ),
    "recruiting": OccupationWords(
        tasks=(
            "publicar vacantes en {tool} y otras bolsas de trabajo",
            "mantener informados a todos los postulantes, también a los no elegidos",
            "registrar avances y motivos de descarte",
            "coordinar con los jefes de área el perfil que buscan",
            "cuidar que el proceso sea justo y sin discriminación",
            "armar reportes de avance por vacante",
        ),
        specialties={
            "sourcing": SpecialtyWords(
                ("Sourcer / Búsqueda de talento", "Investigador[/a] de candidatos", "Asistente de hunting"),
                (
                    "buscar perfiles en LinkedIn y bases propias",
                    "escribir mensajes de contacto que la gente responda",
                    "armar listas cortas de candidatos para {company}",
                    "estudiar el mercado y los sueldos de cada puesto",
                ),
            ),
            "screening": SpecialtyWords(
                ("Entrevistador[/a] telefónic[o/a]", "Asistente de selección masiva", "Reclutador[/a] junior"),
                (
                    "llamar a postulantes y hacer la primera entrevista",
                    "confirmar experiencia, horarios y pretensión salarial",
                    "tomar pruebas en línea y explicar los resultados",
                    "entrevistar entre 20 y 30 personas por día",
                ),
            ),
            "coordination": SpecialtyWords(
                ("Coordinador[/a] de entrevistas", "Asistente de reclutamiento", "Apoyo administrativo de selección"),
                (
                    "agendar entrevistas entre candidatos y jefes",
                    "enviar recordatorios, enlaces y documentos",
                    "verificar referencias y certificados",
                    "llevar la hoja de seguimiento del proceso",
                ),
            ),
        },
    ),
    "tutoring": OccupationWords(
        tasks=(
            "preparar la clase según lo que el alumno necesita",
            "usar {tool} para ejercicios y explicaciones",
            "contar a los padres los avances de cada semana",
            "llevar asistencia y notas cortas de cada sesión",
            "hacer preguntas antes de dar la respuesta",
            "adaptar el ritmo a cada estudiante",
        ),
        specialties={
            "maths": SpecialtyWords(
                ("Profesor[/a] de matemática online", "Tutor[/a] de matemáticas", "Docente virtual de números"),
                (
                    "enseñar aritmética, álgebra y geometría de secundaria",
                    "resolver problemas tipo examen de admisión",
                    "explicar un mismo ejercicio de varias maneras",
                    "corregir prácticas y señalar dónde estuvo el error",
                ),
            ),
            "english": SpecialtyWords(
                ("Profesor[/a] de inglés en línea", "Tutor[/a] de inglés conversacional", "Docente de inglés virtual"),
                (
                    "dictar clases de conversación en grupos pequeños",
                    "preparar a adultos para entrevistas en inglés",
                    "enseñar pronunciación y vocabulario de uso diario",
                    "corregir textos cortos de los alumnos",
                ),
            ),
            "school": SpecialtyWords(
                ("Tutor[/a] de primaria", "Refuerzo escolar virtual", "Acompañamiento de tareas en línea"),
                (
                    "acompañar tareas de comunicación y ciencia con niños de primaria",
                    "hacer juegos y fichas para mantener la atención",
                    "reforzar la lectura y la comprensión de textos",
                    "coordinar con la maestra del colegio",
                ),
            ),
        },
    ),
    "translation": OccupationWords(
        tasks=(
            "traducir entre inglés y español cuidando el sentido",
            "trabajar con memorias de traducción en {tool}",
            "mantener un glosario por cliente",
            "revisar la traducción de un colega antes de entregar",
            "preguntar cuando el original es ambiguo",
            "respetar formatos, números y nombres propios",
        ),
        specialties={
            "documents": SpecialtyWords(
                (
                    "Traductor[/a] de documentos",
                    "Traductor[/a] legal inglés-español",
                    "Traductor[/a] de contratos y certificados",
                ),
                (
                    "traducir contratos, partidas y certificados",
                    "cotejar sellos, fechas y firmas con el original",
                    "usar terminología jurídica peruana",
                    "dejar el documento con la misma disposición",
                ),
            ),
            "subtitles": SpecialtyWords(
                ("Traductor[/a] de subtítulos", "Adaptador[/a] audiovisual", "Traducción de series y cursos"),
                (
                    "traducir diálogos y ajustarlos al tiempo en pantalla",
                    "adaptar bromas y expresiones al público latino",
                    "escuchar el audio para no perder matices",
                    "revisar la sincronía en la versión final",
                ),
            ),
            "websites": SpecialtyWords(
                (
                    "Localizador[/a] de sitios web",
                    "Traductor[/a] de tienda virtual",
                    "Especialista de localización es-en",
                ),
                (
                    "traducir fichas de {goods}, menús y avisos",
                    "probar que los textos entren en botones y pantallas",
                    "elegir palabras que la gente busca en Google",
                    "actualizar las versiones en ambos idiomas",
                ),
            ),
        },
    ),
    "quechua_interpreting": OccupationWords(
        tasks=(
            "interpretar entre quechua y castellano con respeto y fidelidad",
            "explicar palabras que no tienen equivalente directo",
            "atender por {tool} a personas de comunidades andinas",
            "guardar reserva de lo que se escucha",
            "anotar la variante de quechua de cada persona",
            "pedir una pausa cuando la conversación va muy rápido",
        ),
        specialties={
            "health": SpecialtyWords(
                (
                    "Intérprete quechua en salud",
                    "Intérprete de teleconsulta quechua-castellano",
                    "Mediador[/a] intercultural en salud",
                ),
                (
                    "acompañar teleconsultas entre médicos y pacientes quechuahablantes",
                    "explicar recetas y cuidados en quechua",
                    "llamar para recordar controles y vacunas",
                    "orientar a las familias sobre sus citas",
                ),
            ),
            "surveys": SpecialtyWords(
                (
                    "Encuestador[/a] telefónic[o/a] en quechua",
                    "Entrevistador[/a] quechuahablante",
                    "Encuestas en runasimi",
                ),
                (
                    "hacer encuestas por teléfono en quechua",
                    "digitar las respuestas en el formulario",
                    "explicar el consentimiento antes de preguntar",
                    "volver a llamar a quienes no contestaron",
                ),
            ),
            "public_services": SpecialtyWords(
                (
                    "Intérprete de trámites públicos",
                    "Traductor[/a] e intérprete de lengua originaria",
                    "Orientador[/a] bilingüe quechua",
                ),
                (
                    "interpretar en audiencias y trámites por videollamada",
                    "traducir avisos y afiches cortos al quechua",
                    "orientar a la ciudadanía sobre programas sociales",
                    "leer documentos en voz alta y explicar lo que se firma",
                ),
            ),
        },
    ),
    "graphic_design": OccupationWords(
        tasks=(
            "diseñar en {tool} siguiendo la línea gráfica",
            "proponer dos o tres ideas y ajustar con los comentarios",
            "entregar archivos finales bien nombrados",
            "preparar artes para impresión y para pantalla",
            "buscar referencias sin copiar",
            "trabajar de la mano con redacción y marketing",
        ),
        specialties={
            "branding": SpecialtyWords(
                (
                    "Diseñador[/a] de identidad visual",
                    "Diseñador[/a] gráfic[o/a] de marca",
                    "Diseñador[/a] de logotipos",
                ),
                (
                    "crear logotipos, paletas y manuales de marca",
                    "renovar la imagen de {company}",
                    "diseñar tarjetas, firmas y plantillas",
                    "presentar los conceptos al cliente",
                ),
            ),
            "social_pieces": SpecialtyWords(
                (
                    "Diseñador[/a] para redes sociales",
                    "Diseñador[/a] gráfic[o/a] junior",
                    "Creador[/a] de piezas digitales",
                ),
                (
                    "hacer entre cinco y diez piezas al día para redes",
                    "adaptar un arte a historias, banners y anuncios",
                    "armar carruseles sobre {goods}",
                    "cumplir pedidos urgentes de campaña",
                ),
            ),
            "packaging": SpecialtyWords(
                ("Diseñador[/a] de empaques", "Diseñador[/a] de etiquetas y catálogos", "Diagramador[/a]"),
                (
                    "diseñar cajas y etiquetas con medidas exactas",
                    "diagramar catálogos de {goods}",
                    "armar el arte final con troqueles y sangrado",
                    "revisar pruebas de color con la imprenta",
                ),
            ),
        },
    ),
}
