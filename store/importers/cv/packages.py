"""Documents that are ZIP packages: OOXML (ECMA-376, part 2) and OpenDocument (ISO/IEC 26300, part 3)."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from store.importers.cv.faults import active, damaged, encrypted, too_large_inside

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
_LOCAL_HEADER = b"PK\x03\x04"
MOST_PARTS, MOST_BYTES, MOST_OF_A_PART, PIECE = 1_000, 40 * 1024 * 1024, 20 * 1024 * 1024, 64 * 1024
MOST_READ = 1024 * 1024  # of a part whose words are looked at
_ENCRYPTED = 0x1
_TYPES, _MIMETYPE, _MANIFEST = "[Content_Types].xml", "mimetype", "META-INF/manifest.xml"
_MAIN_PART = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# Places of what runs, or is another file: in Word's packages and in LibreOffice's.
_ACTIVE_PLACES = ("word/activex/", "word/embeddings/", "basic/", "scripts/", "object ", "objectreplacements/")
_ACTIVE_ENDS = ("vbaproject.bin", "vbadata.xml", ".exe", ".dll", ".js", ".vbs", ".jar", ".class")
_ACTIVE_WORDS = (b"macroenabled", b"vbaproject")
# What a reader fetches or runs; a template on the writer's own disk, which Word names in what was made of it, is none.
_RELATION = re.compile(rb"<relationship\b[^<>]*+>")
_FETCHED = re.compile(rb"relationships/(oleobject|frame|subdocument|afchunk|control|package|attachedtemplate)[\"']")
_OWN_DISK = re.compile(rb"[\s\"']target=[\"']file:///[a-z]:")
_SCRIPTS = re.compile(rb"<script:event-listener|<office:script(?!s)")


def is_package(content: bytes) -> bool:
    """Whether a file begins as a ZIP."""
    return content.startswith(_LOCAL_HEADER)


def kind_of_package(content: bytes) -> str:
    """The media type of a package without anything that runs; raises InvalidInputError for any other."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = _require_sound(package)
            texts = {name: _read(package, part) for name, part in parts.items()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise damaged() from None
    if _TYPES in texts:
        return _kind_of_ooxml(texts)
    if _MIMETYPE in texts:
        return _kind_of_open_document(texts)
    raise damaged()


def _require_sound(package: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The parts by name: few and small enough, each once, none encrypted, none outside the package."""
    infos = package.infolist()
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_BYTES:
        raise too_large_inside()
    if any(info.file_size > MOST_OF_A_PART for info in infos):
        raise too_large_inside()
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise encrypted()
    names = [info.filename for info in infos]
    is_first = min((info.header_offset for info in infos), default=1) == 0
    if len(set(map(str.lower, names))) < len(names) or not is_first or any(map(_leads_out, names)):
        raise damaged()
    low = [name.lower() for name in names]
    if any(name.startswith(_ACTIVE_PLACES) or name.endswith(_ACTIVE_ENDS) for name in low):
        raise active()
    return {info.filename: info for info in infos}


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _read(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The beginning of a part, all of which is unpacked: its length and its sum are what the package says."""
    kept = bytearray()
    with package.open(part) as opened:
        while piece := opened.read(PIECE):
            if len(kept) < MOST_READ:
                kept += piece
    return bytes(kept)


def _kind_of_ooxml(texts: dict[str, bytes]) -> str:
    types = texts[_TYPES]
    if any(word in types.lower() for word in _ACTIVE_WORDS):
        raise active()
    if _MAIN_PART not in types or "word/document.xml" not in texts:
        raise damaged()
    for name, text in texts.items():
        if not name.lower().endswith(".rels"):
            continue
        if b"\0" in text:  # in UTF-16 nothing would be found
            raise damaged()
        if any(map(_is_fetched, _RELATION.findall(text.lower()))):
            raise active()
    return DOCX


def _is_fetched(relation: bytes) -> bool:
    kinds = set(_FETCHED.findall(relation))
    is_own = kinds == {b"attachedtemplate"} and relation.count(b"target=") == 1 and _OWN_DISK.search(relation)
    return bool(kinds) and not is_own


def _kind_of_open_document(texts: dict[str, bytes]) -> str:
    manifest = texts.get(_MANIFEST)
    if texts[_MIMETYPE] != ODT.encode() or "content.xml" not in texts or manifest is None or b"\0" in manifest:
        raise damaged()
    if b"encryption-data" in manifest:
        raise encrypted()
    content = texts["content.xml"]
    if b"\0" in content or _SCRIPTS.search(content):
        raise active()
    return ODT
