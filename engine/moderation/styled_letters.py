"""Letters and digits that are drawn otherwise (`Ⓓⓔⓟ`, `🇩🇪🇵`, `ᴅᴇᴘ`, `𝗗𝗲𝗽`, full width), each put back one for one.

The text keeps its length, so that what is found in it stands where it was written.
"""

from __future__ import annotations

import re
import unicodedata

_STYLED_RANGES = (
    range(0x2100, 0x2150),  # letter-like symbols
    range(0x2460, 0x2500),  # in circles and brackets
    range(0xFF01, 0xFF5F),  # full width
    range(0x1D400, 0x1D800),  # mathematical
    range(0x1F130, 0x1F14A),  # in squares
)
# These Unicode does not trace back to plain letters.
_FIRST_FLAG = 0x1F1E6
_FIRST_LETTERS = (0x1F150, 0x1F170, _FIRST_FLAG)  # in dark circles, in dark squares, of flags
_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True))


def _plain_of(code: int) -> str | None:
    plain = unicodedata.normalize("NFKD", chr(code)).strip("()")
    return plain if len(plain) == 1 and plain.isascii() and plain.isprintable() else None


_PLAIN: dict[int, str] = {
    **{code: plain for codes in _STYLED_RANGES for code in codes if (plain := _plain_of(code)) is not None},
    **{first + place: chr(ord("a") + place) for first in _FIRST_LETTERS for place in range(26)},
    **{ord(small): letter for small, letter in _SMALL_CAPITALS.items()},
}
_PLAIN_BUT_FLAGS = {code: plain for code, plain in _PLAIN.items() if not _FIRST_FLAG <= code < _FIRST_FLAG + 26}
# The blocks that they are in: few ranges are found faster than two thousand letters.
_STYLED = re.compile(
    "[\u0250-\u02af\u1d00-\u1d7f\u2100-\u214f\u2460-\u24ff\ua730\ua731\ua7af\uff01-\uff5e"
    "\U0001d400-\U0001d7ff\U0001f130-\U0001f189\U0001f1e6-\U0001f1ff]"
)
# Between single letters it is a word spelled out.
_BETWEEN_WORDS = re.compile(r"(?<=[^\W_]{2})_++(?=\w)|(?<=[^\W_])_++(?=[^\W_]{2})|(?<=[/$.,:;])_++|(?<!_)_++(?=[$(])")


def unstyled(text: str) -> str:
    """`text` in plain letters and digits, of the same length; an underscore between words is a space."""
    if _STYLED.search(text):
        text = text.translate(_PLAIN)
    return _BETWEEN_WORDS.sub(lambda marks: " " * len(marks[0]), text) if "_" in text else text


def plain_characters(text: str) -> str:
    """`text` with drawn letters and digits plain, of the same length; a flag is a picture, no letters."""
    return text.translate(_PLAIN_BUT_FLAGS) if _STYLED.search(text) else text
