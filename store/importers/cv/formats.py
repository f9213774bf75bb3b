"""What a CV file is, by its content and never by its name: a PDF, a Word document (.docx) or an OpenDocument text.

    kind = cv_kind(content)        # CvKind.PDF; raises InvalidInputError for what cannot be a CV

Employers open what people send. So nothing that runs passes (macros, scripts, files inside, templates from elsewhere),
nothing that unpacks to far more than it is, and nothing that only a password opens.
"""

from __future__ import annotations

from enum import StrEnum

from engine.errors import InvalidInputError
from store.importers.cv.packages import is_package, kind_of_package
from store.importers.cv.pdf import is_pdf, require_plain_pdf

MOST_BYTES = 2 * 1024 * 1024
# Word before 2007, and every Office document that has a password.
_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")


class CvKind(StrEnum):
    """The kinds of files, by their media types."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"


SUFFIXES = {CvKind.PDF: "pdf", CvKind.DOCX: "docx", CvKind.ODT: "odt"}


def cv_kind(content: bytes) -> CvKind:
    """The kind of a file; raises InvalidInputError for one that is none of them, or holds what it must not."""
    if is_pdf(content):
        require_plain_pdf(content)
        return CvKind.PDF
    if is_package(content):
        return CvKind(kind_of_package(content))
    if content.startswith(_COMPOUND_FILE):
        raise InvalidInputError(
            "the file has a password, or is a Word file of before 2007",
            expected="a PDF, .docx or .odt file without a password",
            field="body",
        )
    raise InvalidInputError(
        "the file is none that can be a CV here", expected="a PDF, .docx or .odt file", field="body"
    )
