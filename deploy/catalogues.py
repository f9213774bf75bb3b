"""Brings the catalogues of pages up to date with their words, by Babel: `make catalogues`.

Each folder of `api/` that has templates or marks words has a catalogue in each language, `api/web/locale/LANGUAGE/
FOLDER.po`. Words that are gone leave it; new ones come in without a translation, which a test asks for.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
API, LOCALE = ROOT / "api", ROOT / "api" / "web" / "locale"
LANGUAGES = ("en", "qu")
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"**/templates/**.html": {"trimmed": "false", "newstyle_gettext": "true"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "marked": None}
UNREVIEWED = "Not yet read by a speaker of Quechua."
# Of a request, which makes every run another file.
_DATES = re.compile(r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team): .*\n', re.M)


def folders() -> list[str]:
    """The folders of `api/` with words of pages."""
    return sorted(folder.name for folder in API.iterdir() if folder.is_dir() and (folder / "templates").is_dir())


def words_of(folder: str) -> Catalog:
    """The words that the templates and the code of a folder say."""
    found = Catalog(project="Chamba", fuzzy=False)
    for name, _, message, comments, _ in extract_from_dir(
        API / folder, METHODS, OPTIONS, KEYWORDS, comment_tags=("NOTE:",)
    ):
        found.add(message, None, [(f"api/{folder}/{name}", 0)], auto_comments=comments)
    return found


def updated(folder: str, language: str) -> str:
    """The text of a catalogue, up to date."""
    file = LOCALE / language / f"{folder}.po"
    before = Catalog(locale=language, project="Chamba", fuzzy=False)
    if file.exists():
        with file.open("rb") as stream:
            before = read_po(stream, locale=language)
    before.update(words_of(folder), no_fuzzy_matching=True)
    before.obsolete.clear()
    before.fuzzy = False
    before.header_comment = f"# Words of the pages of api/{folder}." + (f"\n# {UNREVIEWED}" if language == "qu" else "")
    written = io.BytesIO()
    write_po(written, before, width=100, no_location=True, sort_output=True, ignore_obsolete=True)
    return _DATES.sub("", written.getvalue().decode())


def main() -> int:
    """Write every catalogue; with `--check` only say which are not up to date."""
    stale = []
    for language in LANGUAGES:
        for folder in folders():
            file, text = LOCALE / language / f"{folder}.po", updated(folder, language)
            if file.exists() and file.read_text("utf-8") == text:
                continue
            stale.append(str(file.relative_to(ROOT)))
            if "--check" not in sys.argv:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
    print("\n".join(stale))
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
