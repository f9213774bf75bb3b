"""The record's sections about keeping data safe: measures in force, times, risks, and incidents to fill in."""

from __future__ import annotations

from sqlalchemy import select

from commands.dossier.document import Block, Bullets, Grid, Paragraph, grid
from commands.dossier.figures import Source, moment, number
from store.audit import AuditAction
from store.audit_chain import ENTRIES, verify_audit
from store.encryption.data_keys import DATA_KEYS
from store.encryption.index_texts import INDEX_TEXTS
from store.encryption.sealed_columns import sealed_columns
from store.retention.times import Retained, RetentionTime, retention_times
from store.tables import Base

RETAINED_NAMES = {
    Retained.RECOMMENDATIONS: "Respuestas del sistema y perfiles de los que salieron",
    Retained.CASES: "Revisiones humanas y otros casos decididos",
    Retained.EVENTS: "Mostrado, mirado, postulado, contratado",
    Retained.JOB_VERSIONS: "Lo que decían los avisos, mientras una respuesta lo necesite",
    Retained.SCREENINGS: "Respuestas de programas que vencieron",
    Retained.INVITATIONS: "Invitaciones a postular",
    Retained.APPLICATION_WORDS: "Notas y mensajes de postulaciones rechazadas o retiradas",
    Retained.STOPPED_PHONES: "Números que no quieren mensajes de texto: solo su huella",
    Retained.INACTIVE_ACCOUNTS: "Cuentas que nadie usa",
    Retained.INACTIVITY_NOTICE: "Aviso por correo antes de borrar una cuenta que nadie usa",
    Retained.ANALYTICS_SNAPSHOTS: "Fotografías analíticas, con seudónimos",
    Retained.WEBHOOK_DELIVERIES: "Envíos a aplicaciones asociadas",
    Retained.WRITTEN_MAILS: "Correos en archivos",
    Retained.ATTEMPTS: "Cuentas de intentos",
    Retained.SESSIONS: "Sesiones cerradas o sin uso, con el nombre del aparato",
}
RISKS = (
    (
        "Avisos falsos que estafan a quien busca trabajo",
        "Señales de fraude retienen el aviso hasta que una persona lo mire; denuncias; RUC verificado",
    ),
    (
        "Que se recomiende peor a un grupo (idioma, lugar, horas)",
        "Medida por grupo en este registro; un modelo que empeora un idioma no se publica",
    ),
    (
        "Que todos sean enviados a las mismas vacantes",
        "Congestión medida en este registro y en la aprobación de cada modelo",
    ),
    (
        "Que datos sensibles cambien lo que se recomienda",
        "No están en el perfil ni en las características; se guardan cifrados y aparte",
    ),
    (
        "Que alguien reciba una respuesta que no entiende o no comparte",
        "Razones en cada respuesta, revisión por una persona, respuestas que se repiten bit a bit",
    ),
    (
        "Robo de datos personales",
        "Cifrado por campo, contactos fuera de los textos, permisos por ruta, auditoría encadenada",
    ),
)


def measures(source: Source) -> list[Block]:
    """Encryption with its keys, and whether the audit log is as it was written."""
    keys = source.connection.execute(select(DATA_KEYS).order_by(DATA_KEYS.c.purpose, DATA_KEYS.c.created_at)).all()
    rows = [
        (row.key_id, row.purpose, moment(row.created_at), moment(row.retired_at), row.master_key_id) for row in keys
    ]
    sealed = sorted(str(column.sealed) for column in sealed_columns(Base.metadata, INDEX_TEXTS))
    report = verify_audit(source.connection)
    state = "íntegra" if report.fault is None else f"DAÑADA en la entrada {report.bad_number} ({report.fault})"
    return [
        Bullets(
            (
                "Cada dato privado se cifra por separado (AES-256-GCM), ligado a su fila y columna; se busca por HMAC.",
                "Las llaves de datos están cifradas por una llave maestra que no está en la base de datos.",
                "Contraseñas con Argon2id; sesiones de diez minutos que se renuevan con llaves de un solo uso.",
                "Los contactos escritos en textos se tapan al guardar; los modelos y los analistas no los ven.",
                "Cada ruta tiene una sola regla de acceso, y una prueba automática las compara con la tabla.",
            )
        ),
        Paragraph(f"Columnas cifradas ({len(sealed)}): {', '.join(sealed)}."),
        grid(("Llave", "Para", "En uso desde", "Retirada", "Llave maestra"), rows, "Aún no hay llaves."),
        Paragraph(
            f"Auditoría: {number(report.head.number)} entradas encadenadas, {state}. Cabeza, para guardar en otro "
            f"lugar: {report.head}."
        ),
    ]


def times(source: Source) -> list[Block]:
    """How long things are kept and why, and when that was last enforced."""
    rows = [(RETAINED_NAMES[kind], _length(time), time.source) for kind, time in retention_times().items()]
    enforced = AuditAction.RETENTION_ENFORCED
    query = select(ENTRIES).where(ENTRIES.c.action == enforced).order_by(ENTRIES.c.number.desc()).limit(1)
    last = source.connection.execute(query).one_or_none()
    removed = [] if last is None else sorted(last.detail.items())
    when = "Nunca se ha aplicado: chamba retention." if last is None else f"Aplicado el {moment(last.happened_at)}:"
    return [
        Grid(("Qué", "Cuánto", "Por qué"), tuple(rows)),
        Paragraph("La auditoría y los recibos de borrado no nombran a nadie y se guardan siempre."),
        Paragraph(when),
        *([grid(("Qué", "Cuántos"), removed, "–")] if removed else []),
    ]


def risks(_source: Source) -> list[Block]:
    """What may go wrong and what is done about it; the rest is for people to judge."""
    return [
        Grid(("Riesgo", "Medida en vigor"), RISKS),
        Paragraph("Valoración de lo que queda, por quien responde del sistema: (completar a mano)."),
    ]


def incidents(_source: Source) -> list[Block]:
    """A table to fill in by hand."""
    empty = ("", "", "", "", "", "")
    head = (
        "Ocurrido",
        "Detectado",
        "Qué pasó y a cuántas personas",
        "Comunicado a la ANPD",
        "A las personas",
        "Medidas",
    )
    return [
        Paragraph(
            "Un incidente que afecte datos personales se comunica a la autoridad dentro de las 48 horas de conocido "
            "(DS 016-2024-JUS). Se completa a mano; «ninguno» también se escribe."
        ),
        Grid(head, (empty, empty)),
    ]


def _length(time: RetentionTime) -> str:
    if time.months:
        return f"{time.months} meses"
    return "1 día" if time.days == 1 else f"{time.days} días"
