"""E-mail addresses and links to chats in a text, also spelled out: "ana arroba correo punto com", "wa punto me/51…".

An address is looked for around its `@`, never forward from every letter before one: long texts stay cheap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.moderation.contacts.kinds import PrivateKind, PrivateWord

_CHAT_HOSTS = (
    r"wa\.me|wa\.link|(?:api|chat|web)\.whatsapp\.com|whatsapp\.com/channel|t\.me|telegram\.(?:me|dog)|m\.me"
    r"|signal\.(?:me|group)|discord\.gg|line\.me|join\.skype\.com"
)
_CHAT_LINK = re.compile(
    rf"(?<![\w.@-])(?:(?:https?://)?(?:www\.)?(?:{_CHAT_HOSTS})/|(?:wa|t)(?: punto | ?\. ?)me ?/ ?"
    r"|(?:whatsapp|tg|skype|viber|sgnl)://)[^\s<>\"'\[\]\0]+",
    re.IGNORECASE,
)
_ENDS_NO_LINK = ".,;:!?)…»”’*_"

_LOCAL_CHARACTER = re.compile(r"[\w.%+-]")
_DOMAIN = re.compile(r"@{0,2}[\w-]+\.[\w.-]*\w")
_HANDLE = re.compile(r"[\w.]{2,}\w")
_CHAT_BEFORE = re.compile(r"(?<![^\W\d_])(?:telegram|telegran|whatsapp|wsp|skype|discord)[\s:=(-]{0,3}$", re.IGNORECASE)
_LONGEST_CHAT_NAME = 14

# Of the services that people have mailboxes at, as they are written and said.
_SERVICE = (
    r"(?:g[ -]?mail|gmeil|gmial|gmai|jimeil|h?ot[ -]?m[ae]il|hotmal|jotmail|outlook|outluk|yahoo|yaho|icloud|live"
    r"|proton(?:mail)?)"
)
_SPELLED_AT = r"h?arr?o[bv]a"
_AT = re.compile(
    rf"[(\[{{<] ?(?:{_SPELLED_AT}|at|a|@) ?[)\]}}>]|(?<![^\W_]){_SPELLED_AT}(?![^\W_])"
    rf"|{_SPELLED_AT}(?={_SERVICE}(?:punto|dot|[ .]|$))|(?<!\w)at(?= \w)|&#0{{0,4}}64;|&commat;|%40|@|[📧✉📩📨]\ufe0f?",
    re.IGNORECASE,
)
_ENDING = r"(?:com|pe|net|org|edu|gob|es|io|ar|cl|co|mx|info)(?!\w)"
_SEPARATOR = r"[ _-]"
_DOT = (
    rf"(?: ?[(\[{{<] ?(?:punto|dot|\.) ?[)\]}}>] ?| ?\. ?|{_SEPARATOR}(?:punto|dot){_SEPARATOR}"
    r"|,(?=(?:com|net|org|pe)(?!\w)))"
)
_SPELLED_DOMAIN = re.compile(rf"{_SEPARATOR}?[\w-]{{2,40}}(?:{_DOT}{_ENDING}){{1,3}}", re.IGNORECASE)
_MAIL_SERVICE = re.compile(
    rf"{_SEPARATOR}?{_SERVICE}(?:(?:punto|dot)?(?:com|es)(?!\w)|(?![^\W_])(?:(?:{_DOT}| ){_ENDING}){{0,2}})",
    re.IGNORECASE,
)
# "at" is an English word: only before a mail service with its ending is it part of an address.
_MAIL_ADDRESS = re.compile(rf" {_SERVICE}{_DOT}{_ENDING}", re.IGNORECASE)
_JOINT_BEFORE = re.compile(
    rf"(?<=\w)(?: ?[(\[{{<] ?|{_SEPARATOR})(?:punto|dot|guion bajo|guion|underscore)(?: ?[)\]}}>] ?|{_SEPARATOR})$",
    re.I,
)
_LONGEST_JOINT, _MOST_JOINTS = 18, 3
# Letter by letter: "a n a @ g m a i l . c o m".
_LETTERS_AFTER = re.compile(rf"(?: ?\w(?= )){{3,30}} ?(?:{_DOT}|punto)(?: ?\w){{2,3}}(?!\w)", re.IGNORECASE)
_LETTERS_BEFORE = re.compile(r"(?<!\w)\w(?: \w){1,40} ?$")
_MOST_LETTERS = 84

# A mailbox or a name in a chat without its `@`: with a digit or a sign in it, it is no word.
_NAMES_A_BOX = rf"(?:(?!live){_SERVICE}|telegran?m?|skype|discord)"
_BOX = r"(?=[\w.+-]{0,30}[\d_.+]\w)[^\W\d_][\w.+-]{2,40}(?<![.+-])"
_BOX_AFTER = re.compile(
    rf"(?<!\w){_NAMES_A_BOX}(?: ?[:=-] ?| (?:es|como) (?:el )?|(?<=gram) )({_BOX})(?![\w@])", re.IGNORECASE
)
_BOX_BEFORE = re.compile(rf"(?<![\w.@+-])({_BOX}) (?:(?:de|en) |\( ?)(?!outl|live){_SERVICE}(?!\w)", re.IGNORECASE)

# An address without its `@`, or with another sign.
_GLUED_BOX = re.compile(
    r"(?<![\w.@/-])(?!www\.)([^\W\d_][\w.]{2,40}?[#*&$%!^~=|+©®]?(?:gmail|hotmail|outlook|yahoo)\.(?:com|es))(?!\w)",
    re.I,
)


def chat_links(text: str) -> Iterator[PrivateWord]:
    """The links that open a conversation."""
    for match in _CHAT_LINK.finditer(text):
        written = match[0].rstrip(_ENDS_NO_LINK)
        yield PrivateWord(PrivateKind.CHAT, match.start(), match.start() + len(written))


def email_addresses(text: str) -> Iterator[PrivateWord]:
    """The e-mail addresses as machines read them."""
    floor, at = 0, text.find("@")
    while at != -1:
        start, domain = at, _DOMAIN.match(text, at + 1)
        if domain is not None:
            start = _start_of_local_part(text, at, floor)
        if domain is not None and start < at:
            yield PrivateWord(PrivateKind.EMAIL, start, domain.end())
            floor = domain.end()
        else:
            floor = at + 1
        at = text.find("@", floor)


def spelled_addresses(text: str) -> Iterator[PrivateWord]:
    """The addresses as people spell them, and the names by which somebody is found in a chat."""
    floor = 0
    for at in _AT.finditer(text):
        if at.start() < floor:
            continue
        word = _handle(text, at) or _lettered_address(text, at, floor) or _spelled_address(text, at, floor)
        if word is not None:
            yield word
            floor = word.end


def named_boxes(text: str) -> Iterator[PrivateWord]:
    """Mailboxes and names in chats of which only the service is said: "gmail: ana.q22", "ana_q22 de hotmail"."""
    found = [match.span(1) for pattern in (_BOX_AFTER, _BOX_BEFORE, _GLUED_BOX) for match in pattern.finditer(text)]
    floor = 0
    for start, end in sorted(found):
        if start >= floor:
            yield PrivateWord(PrivateKind.EMAIL, start, end)
            floor = end


def _spelled_address(text: str, at: re.Match[str], floor: int) -> PrivateWord | None:
    sign = at[0].lower()
    if sign == "at":
        domain = _MAIL_ADDRESS.match(text, at.end())
    elif ("a" in sign and len(sign) == len("(a)")) or not sign.isascii():  # as in "diseñador(a)", or a picture
        domain = _MAIL_SERVICE.match(text, at.end())
    else:
        domain = _SPELLED_DOMAIN.match(text, at.end()) or _MAIL_SERVICE.match(text, at.end())
    if domain is None:
        return None
    end_of_local = at.start() - (text[at.start() - 1 : at.start()] == " ")
    start = _start_of_local_part(text, end_of_local, floor)
    for _ in range(_MOST_JOINTS):
        slice_start = max(floor, start - _LONGEST_JOINT)
        joint = _JOINT_BEFORE.search(text[slice_start:start])
        if joint is None or start == end_of_local:
            break
        start = _start_of_local_part(text, slice_start + joint.start(), floor)
    return PrivateWord(PrivateKind.EMAIL, start, domain.end()) if start < end_of_local else None


def _lettered_address(text: str, at: re.Match[str], floor: int) -> PrivateWord | None:
    """An address whose letters are written one by one."""
    domain = _LETTERS_AFTER.match(text, at.end())
    start = max(floor, at.start() - _MOST_LETTERS)
    letters = None if domain is None else _LETTERS_BEFORE.search(text[start : at.start()])
    if domain is None or letters is None:
        return None
    return PrivateWord(PrivateKind.EMAIL, start + letters.start(), domain.end())


def _handle(text: str, at: re.Match[str]) -> PrivateWord | None:
    if at[0] != "@" or not _CHAT_BEFORE.search(text[max(0, at.start() - _LONGEST_CHAT_NAME) : at.start()]):
        return None
    name = _HANDLE.match(text, at.end())
    return None if name is None else PrivateWord(PrivateKind.CHAT, at.start(), name.end())


def _start_of_local_part(text: str, end: int, floor: int) -> int:
    """Where the characters of a local part that end at `end` begin, `floor` at the earliest."""
    start = end
    while start > floor and _LOCAL_CHARACTER.match(text[start - 1]):
        start -= 1
    return start
