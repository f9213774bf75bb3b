"""The impact record that DS 115-2025-PCM asks for, in Spanish, from the figures of this installation at this moment.

write_dossier(Path("dossier.md"), Source(connection, data_dir, now, replay_count=20))
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from commands.dossier.document import Block, Paragraph, Section, as_html, as_markdown
from commands.dossier.figures import LIMA, Source
from commands.dossier.people import consents, fairness, moderation, reviews, rights
from commands.dossier.safety import incidents, measures, risks, times
from commands.dossier.system import answers_by_month, data_used, models, purpose, quality, replays
from engine.artifacts import write_atomically
from engine.errors import ChambaError

SECTIONS: dict[str, Callable[[Source], list[Block]]] = {
    "Sistema y finalidad": purpose,
    "Base legal y consentimientos": consents,
    "Datos que usa y que no usa": data_used,
    "Modelos y paquetes en servicio": models,
    "Recomendaciones por mes": answers_by_month,
    "Calidad medida": quality,
    "Equidad y congestión": fairness,
    "Supervisión humana": reviews,
    "Avisos falsos": moderation,
    "Derechos de las personas": rights,
    "Riesgos y medidas": risks,
    "Medidas de seguridad": measures,
    "Plazos de conservación": times,
    "Repetición de respuestas": replays,
    "Incidentes": incidents,
}
CANNOT = "No se pudo calcular"
HTML_ENDINGS = (".html", ".htm")


def dossier(source: Source) -> tuple[str, list[Section]]:
    """The record's title and sections; one that cannot be worked out says why."""
    title = f"Chamba: registro de impacto, {source.now.astimezone(LIMA):%d/%m/%Y}"
    return title, [Section(name, tuple(_blocks(build, source))) for name, build in SECTIONS.items()]


def write_dossier(out: Path, source: Source) -> list[str]:
    """Write the record whole or not at all, as HTML where the file's name says so; the sections that say why not."""
    title, sections = dossier(source)
    written = as_html if out.suffix.lower() in HTML_ENDINGS else as_markdown
    write_atomically(out, written(title, sections).encode())
    return [section.title for section in sections if _is_missing(section)]


def _blocks(build: Callable[[Source], list[Block]], source: Source) -> list[Block]:
    try:
        return build(source)
    except (ChambaError, OSError, ValueError, KeyError) as error:
        return [Paragraph(f"{CANNOT}: {error if isinstance(error, ChambaError) else type(error).__name__}")]
    except SQLAlchemyError as error:
        source.connection.rollback()  # else PostgreSQL answers nothing more
        return [Paragraph(f"{CANNOT}: {type(error).__name__}")]


def _is_missing(section: Section) -> bool:
    return any(isinstance(block, Paragraph) and block.text.startswith(CANNOT) for block in section.blocks)
