"""A CV file is what its content says: a whole PDF, .docx or .odt, without password, macros or anything that unpacks."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

import pytest

from engine.errors import InvalidInputError
from store.importers.cv.formats import CvKind, cv_kind
from store.importers.cv.packages import MOST_BYTES, MOST_PARTS

CATALOG = b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
TRAILER = b"trailer\n<< /Root 1 0 R /Size 3 >>\nstartxref\n9\n%%EOF\n"
TYPES = (
    '<Types><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODT = "application/vnd.oasis.opendocument.text"
DOCX_PARTS = {"[Content_Types].xml": TYPES, "word/document.xml": "<w:document>Tejo /JavaScript</w:document>"}
ODT_PARTS = {"mimetype": ODT, "content.xml": "<office:scripts/>", "META-INF/manifest.xml": "<manifest:manifest/>"}


def pdf(*objects: bytes, trailer: bytes = TRAILER) -> bytes:
    return b"%PDF-1.7\n" + CATALOG + b"".join(objects) + trailer


def stream(head: bytes, content: bytes) -> bytes:
    return b"5 0 obj\n<< " + head + b" >>\nstream\n" + content + b"\nendstream\nendobj\n"


def package(parts: dict[str, str], **also: str | bytes) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in (parts | also).items():
            made.writestr(name, text)
    return written.getvalue()


def relations(kind: str, target: str) -> str:
    one = f'<Relationship Id="r" Type="{RELATION}/{kind}" Target="{target}" TargetMode="External"/>'
    return f"<Relationships>{one}</Relationships>"


def with_relation(kind: str, target: str) -> bytes:
    return package(DOCX_PARTS | {"word/_rels/settings.xml.rels": relations(kind, target)})


def test_whole_files_are_what_they_are() -> None:
    shown = stream(b"/Length 9 /Filter /FlateDecode", zlib.compress(b"(/JavaScript) Tj"))
    packed = stream(b"/Type /ObjStm /Filter /FlateDecode", zlib.compress(b"<< /Font /F1 /JSon 2 >>"))
    assert cv_kind(pdf(shown, packed)) is CvKind.PDF
    assert cv_kind(package(DOCX_PARTS)) is CvKind.DOCX
    assert cv_kind(package(ODT_PARTS)) is CvKind.ODT
    assert cv_kind(with_relation("hyperlink", "https://a.pe/frame/oleObject")) is CvKind.DOCX
    assert cv_kind(with_relation("attachedTemplate", "file:///C:\\Users\\ana\\Normal.dotm")) is CvKind.DOCX


def bomb() -> bytes:
    return package(
        DOCX_PARTS, **{"word/media/a.png": bytes(MOST_BYTES // 2 + 1), "word/media/b.png": bytes(MOST_BYTES)}
    )


def lying_bomb() -> bytes:
    """A package whose part says that it is small."""
    content, real = package(DOCX_PARTS, **{"word/a.xml": bytes(3_000_000)}), (3_000_000).to_bytes(4, "little")
    assert content.count(real) >= 1
    return content.replace(real, (100).to_bytes(4, "little"))


def encrypted_part() -> bytes:
    content = bytearray(package(DOCX_PARTS))
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


JS_PACKED = stream(b"/Type /ObjStm /Filter /FlateDecode", zlib.compress(b"<< /S /Java#53cript /JS (app.alert) >>"))
UNPACKS = stream(b"/Type /ObjStm /Filter /FlateDecode", zlib.compress(bytes(40_000_000)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "none that can be a CV"),
        (b"MZ" + bytes(90), "none that can be a CV"),
        (b"<html><script>alert(1)</script>", "none that can be a CV"),
        (b"\x89PNG\r\n\x1a\n" + bytes(90), "none that can be a CV"),
        (b"GIF89a" + pdf(), "none that can be a CV"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), "of before 2007"),
        (pdf()[:-40], "damaged"),
        (b"%PDF-1.7\n%%EOF", "damaged"),
        (pdf(b"5 0 obj << /Length 9 >> stream\nabc"), "damaged"),
        (pdf(trailer=TRAILER.replace(b"/Size", b"/Encrypt 4 0 R /Size")), "has a password"),
        (pdf(stream(b"/Type /XRef /Root 1 0 R /Encrypt 4 0 R", b"\0\1")), "has a password"),
        (pdf(b"4 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj\n"), "macros, scripts"),
        (pdf(b"4 0 obj << /S /J#61vaScript >> endobj\n"), "macros, scripts"),
        (pdf(b"4 0 obj << /S /Launch /F (cmd.exe) >> endobj\n"), "macros, scripts"),
        (pdf(b"4 0 obj << /Type /Filespec /EF << /F 5 0 R >> /EmbeddedFiles 1 >> endobj\n"), "macros, scripts"),
        (pdf(JS_PACKED), "macros, scripts"),
        (pdf(UNPACKS), "unpacks to more"),
        (package({"a.txt": "hola"}), "damaged"),
        (package(DOCX_PARTS)[:-30], "damaged"),
        (b"junk" + package(DOCX_PARTS), "none that can be a CV"),
        (package(DOCX_PARTS, **{"../../etc/passwd": "x"}), "damaged"),
        (package(DOCX_PARTS, **{"WORD/document.xml": "x"}), "damaged"),
        (bomb(), "unpacks to more"),
        (package(DOCX_PARTS, **{f"word/{n}.xml": "" for n in range(MOST_PARTS)}), "unpacks to more"),
        (lying_bomb(), "damaged"),
        (encrypted_part(), "has a password"),
        (package(DOCX_PARTS, **{"word/vbaProject.bin": "x"}), "macros, scripts"),
        (package(DOCX_PARTS, **{"word/embeddings/oleObject1.bin": "x"}), "macros, scripts"),
        (
            package(DOCX_PARTS | {"[Content_Types].xml": TYPES.replace("<Types>", "<Types>macroEnabled")}),
            "macros, scripts",
        ),
        (with_relation("attachedTemplate", "https://evil.example/t.dotm"), "macros, scripts"),
        (with_relation("oleObject", "https://evil.example/o"), "macros, scripts"),
        (package(ODT_PARTS, **{"Basic/Standard/Module1.xml": "Sub Main"}), "macros, scripts"),
        (package(ODT_PARTS | {"content.xml": "<script:event-listener/>"}), "macros, scripts"),
        (package(ODT_PARTS | {"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "has a password"),
    ],
)
def test_what_cannot_be_a_cv_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(InvalidInputError, match=said):
        cv_kind(content)
