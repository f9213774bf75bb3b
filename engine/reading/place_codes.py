"""Which country a name or a code means where it stands: "Lima, Ohio", "Bogotá, CO", "PE, CO, MX", "Georgia", "us"."""

from __future__ import annotations

from engine.reading.places import LONGEST_NAME, WORDS_TOO, Token, alpha3, limit_words, place_names, us_states
from engine.reading.world import world

SEPARATORS = frozenset(",;/|()[]\n")
INSIDE_NAMES = frozenset(".'’&-–")
LONE_WORDS = frozenset(["remote", "-", "–", "only", "or", "and", "y", "o"])


def place_at(tokens: list[Token], position: int) -> tuple[frozenset[str], int]:
    """The countries of the longest name that begins at a token, and its length in tokens."""
    words: list[str] = []
    best: tuple[frozenset[str], int] = (frozenset(), 0)
    if position >= len(tokens):
        return best
    names = place_names()
    for end in range(position, min(position + 2 * LONGEST_NAME, len(tokens))):
        text = tokens[end].text
        if text in INSIDE_NAMES and words:
            continue
        if not text.isalnum():
            break
        words.append(text)
        countries = names.get(tuple(words))
        if countries is not None:
            best = countries, end + 1 - position
    return best if best[1] else (_coded(tokens, position), 1)


def _coded(tokens: list[Token], position: int) -> frozenset[str]:
    """The country of a code of two or three letters, or of "Georgia", by what stands around it."""
    token = tokens[position]
    word = token.text
    if word == "georgia":
        return _georgia(tokens)
    if word == "us":
        before = next((one.text for one in reversed(tokens[:position]) if one.text not in INSIDE_NAMES), None)
        is_country = token.is_capital or before is None or before in SEPARATORS or before in limit_words("before_us")
        return frozenset(["US"]) if is_country else frozenset()
    stands_alone = _stands_alone(tokens, position)
    is_code = token.is_capital or stands_alone
    if word in alpha3() and is_code and not (word in WORDS_TOO and _is_in_capitals(tokens)):
        return frozenset([alpha3()[word]])
    if word in us_states() and is_code and is_state(tokens, position):
        return frozenset(["US"])
    if len(word) == 2 and word.upper() in world()["countries"] and is_code:
        is_a_word = word in limit_words("within") or word in limit_words("neutral")
        return frozenset() if is_a_word and not (token.is_capital and stands_alone) else frozenset([word.upper()])
    return frozenset()


def _is_in_capitals(tokens: list[Token]) -> bool:
    words = [token for token in tokens if token.text.isalpha()]
    is_list = all(token.text in alpha3() for token in words)
    return len(words) > 1 and not is_list and all(token.is_capital for token in words)


def _stands_alone(tokens: list[Token], position: int) -> bool:
    """Whether a word is all that its part of the list says, "remote" aside."""
    around = []
    for step in (-1, 1):
        at = position + step
        while 0 <= at < len(tokens) and tokens[at].text not in SEPARATORS:
            around.append(tokens[at].text)
            at += step
    return all(word in LONE_WORDS for word in around)


def is_state(tokens: list[Token], position: int) -> bool:
    """Whether a code that a US state and a country share is the state's: after a comma that follows a town, a state or
    the United States, or where nothing else is named; never in a list of countries' codes."""
    codes = {token.text for token in tokens if len(token.text) == 2 and token.text.isalpha() and token.text != "or"}
    is_list = len(codes) > 1 and all(token.text in codes for token in tokens if token.text.isalnum())
    if is_list and any(code not in us_states() and code != "us" for code in codes):
        return False
    word = tokens[position].text
    if word.upper() not in world()["countries"]:
        return True
    if any(code in us_states() and code.upper() not in world()["countries"] for code in codes):
        return True
    is_before_comma = [token.text for token in tokens[position + 1 : position + 2]] == [","]
    if is_before_comma and place_at(tokens, position + 2)[0] == frozenset(["US"]):  # "GA, USA"
        return True
    if position < 2 or tokens[position - 1].text != ",":
        return False
    town = _place_ending(tokens, position - 1)
    return town != frozenset([word.upper()]) and not (is_list and tokens[0].text not in us_states() | {"us": ""})


def _place_ending(tokens: list[Token], end: int) -> frozenset[str]:
    """The countries of the name that ends before `end`."""
    start = end
    while start > 0 and end - start < LONGEST_NAME and tokens[start - 1].text not in SEPARATORS:
        start -= 1
    names = (tuple(token.text for token in tokens[at:end] if token.text.isalnum()) for at in range(start, end))
    return next((place_names()[words] for words in names if words in place_names()), frozenset())


def _georgia(tokens: list[Token]) -> frozenset[str]:
    """The state beside others of the United States, the country beside other countries; alone, nobody knows."""
    others = [token for token in tokens if token.text != "georgia"]
    named = frozenset[str]()
    for position in range(len(others)):
        named |= place_at(others, position)[0]
    if not named:
        return frozenset()
    return frozenset(["US"]) if named == {"US"} else frozenset(["GE"])
