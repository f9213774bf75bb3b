"""How the phrases of fraudulent offers are written down and found: by their first word, in one pass over an ad.

A phrase counts only where the words around it do not take it back: "no pedimos depósitos", "inscripción gratuita", "si
alguien te pide dinero". It is written in the notation of `phrases`, over the words of `engine.moderation.plain_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.offer_signs import SignKind

AMOUNT = r"\d[\d.,]*(?: \d{3}){0,2}"
# Named pieces of phrases. Each is a regular expression that begins with a space.
PIECES = {
    "AMOUNT": rf" {AMOUNT}",
    "MONEY": rf"(?: (?:s/|soles|usd|r\$|\$|€) {AMOUNT}"
    rf"| {AMOUNT} (?:soles|sol|dolares|usd|pen|euros|dollars|lucas|reais))",
    "AGE": r" (?:1[89]|[2-6]\d)(?: anos)?",
    "PHONE": r"(?: \d{9}| \d{2,5}(?: \d{2,5}){1,4}| (?:\d ){6,}\d)",
    "CHAT": r" (?:whatsapp|telegram)",
}
_MOST_REPEATED = 5
_TOKEN = re.compile(r"\[(?P<gap>\d)\]|(?P<no>!)?(?P<words>[^\s?*]+)(?P<times>[?*]?)")

# In Portuguese "no" is where something is.
_IN_THE = (
    r"(?! (?:seus?|suas?|noss[oa]s?|valor|minimo|celular|cartao|banco|endereco|inicio|primeiro|final|aplicativo|mesmo"
    r"|momento|dia) )"
)
_NOT = (
    rf"no{_IN_THE}|nunca|jamas|ni|tampoco|ningun|ninguna|nadie|never|not|don|doesn|won|dont|doesnt|wont|neither|nor|without"
    r"|nao|nenhum|nenhuma|ninguem|nem|tampouco"
)
_BETWEEN = (
    r"te|se|le|les|nos|os|lo|la|el|los|las|un|una|unos|unas|que|es|de|del|por|a|al|ni|y|o|e|en|tu|tus|su|sus|ningun"
    r"|ninguna|tipo|clase|nada|vamos|va|van|voy|debes?|deber[aei]\w*|tien\w+|tendr\w+|hay|habra|hace|hacer|falta"
    r"|necesit\w+|necesari[oa]|obligatori[oa]|oblig\w+|ped\w+|pid\w+|solicit\w+|cobr\w+|exig\w+|exij\w+|requier\w+"
    r"|requer\w+|realiz\w+|pag\w+|dinero|costos?|cuotas?|depositos?|adelant\w+|previ[oa]s?|envi\w+|prestes|dar"
    r"|inscripcion|matricula|we|you|they|i|t|s|ask\w*|for|to|will|would|ever|requir\w+|charg\w+|request\w*|any|kind|of"
    r"|do|does|be|is|are|a|an|the|need\w*|have|must|should|or|upfront|your|us|send\w*|money|fees?|going|via"
    r"|conduct\w*|hold|hire|recruit|contact|interview\w*|text|message\w*|compart\w+|revel\w+|proporcion\w+"
    r"|entreg\w+|brind\w+|share|disclose|give|reveal|registration|application|enroll?ment|training|hidden|there"
    r"|da|do|das|dos|em|um|uma|uns|umas|nenhum|nenhuma|ou|para|por|seu|sua|seus|suas|qualquer|valor(?:es)?|deve\w*|tem|ha"
    r"|precis\w+|necessari\w+|obrigatori\w+|requer\w+|dinheiro|custos?|taxas?|antecipad\w+|senhas?|codigos?|pix|pelo"
    r"|pela|aos?|e|as|os|sera|candidatos?|voces?|faz\w*|haver\w*|cadastro|vamos"
)
_TAKEN_BACK_BEFORE = re.compile(
    rf" (?:{_NOT})(?: (?:{_BETWEEN})(?= )(?: ,)?)*+ $"
    r"| (?:la|a|nuestra|nossa) (?:empresa|compania)(?: (?:te|le|lhe))?"
    r" (?:pag\w+|cubr\w+|asum\w+|cobre|banca|custeia|financia|ofrece|oferece|brinda)(?: (?!\. )\S+){0,2} $"
    r"| sem(?: (?:nenhum|nenhuma|tipo|de|pedir|cobrar|cobranca|necessidade|ter|que|fazer|pagar|pagamento|custos?|taxas?"
    r"|previ[oa]s?|um|uma|a|o|qualquer)(?= ))*+ $"
    r"| sin(?: (?:ningun|ninguna|tipo|de|pedir\w*|solicitar|cobrar\w*|exigir|necesidad|tener|que|hacer|realizar|pagar"
    r"|pagos?|costos?|cobros?|previ[oa]s?|un|una|la|el|tu)(?= ))*+ $"
    r"| (?:si|if|quem|alguem|quien|quienes|alguien|anyone|anybody|someone|whoever|nadie)(?: (?!\. )\S+){0,6}?"
    r" (?:pid|ped|pec|solicit|exij|exig|cobr|ask|request|requir|demand)\w*"
    r"(?: (?:te|le|you|your|que|to|for|un|una|el|la|algun|alguna|a|an|any|dinero|money|o|or|por|dinheiro"
    r"|para|em|qualquer|uma|um|nosso|nome)(?= ))*+ $"
)
_TAKEN_BACK_AFTER = re.compile(
    r"(?: (?![.,] )\S+){0,4}? (?:gratis|gratuit[oa]s?|free"
    r"|(?:sin|no tiene|no tienen|no genera) (?:ningun )?(?:costo|cargo|cobro)"
    r"|sem (?:nenhum |qualquer )?(?:custo|onus|taxa|cobranca)|por (?:conta da|nossa) (?:empresa|conta|loja|casa)"
    r"|(?:pag|custead|fornecid|oferecid)[oa]s? (?:pela|por) (?:empresa|nossa|loja|nos|casa)"
    r"|(?:los? |las? )?(?:asum\w+|cubr\w+|cubiert[oa]s?|pag\w+|financiad[oa]s?|brindad[oa]s?|entregad[oa]s?)"
    r" (?:al cien |al 100 |al )?(?:por )?(?:la empresa|la compania|nosotros|la organizacion|nuestra empresa)"
    r"|a cargo de (?:la|nuestra) (?:empresa|compania)|(?:paid|covered|provided) by (?:us|the company)) "
)
# Those whose money, papers and payments honest jobs are about.
_THIRD_PARTY = (
    r" (?:client[ea]s?|usuari[oa]s?(?! y (?:clave|contrasena))|alumn[oa]s?|estudiantes?|padres|pacientes?"
    r"|proveedor(?:es)?|comensales|inquilin[oa]s?|huesped(?:es)?|comprador(?:es)?|asegurad[oa]s?|deudor(?:es)?"
    r"|titular(?:es)?|turistas?|colegios|tourists?|builders?|renters?|schools|customers?"
    r"|clients?|users?|students?|tenants?|parents|patients?|guests?|vendors?|suppliers?"
    r"|buyers?|fornecedor(?:es)?|morador(?:es)?|correntistas?|segurad[oa]s?|devedor(?:es)?|hospedes?)"
)
_THIRD_PARTY_BEFORE = re.compile(rf"{_THIRD_PARTY}(?: (?!\. )\S+){{0,2}} $")
_THIRD_PARTY_AFTER = re.compile(
    rf"^(?: (?!\. )\S+){{0,2}} (?:a|al|de|del|con|por|ao|aos|as|dos|das|do|da|com|pelos)"
    rf"(?: los| las| nuestros| sus| our| the| os| as| nossos| seus)?{_THIRD_PARTY} "
)
_THIRD_PARTY_WITHIN = re.compile(rf"{_THIRD_PARTY} ")
_DENIED_WITHIN = re.compile(r" (?:no|sin|without) ")
_PAID_TO_YOU = re.compile(
    r" (?:(?:te|les?) (?:damos|daremos|doy|regalamos|pagamos|entregamos|yapeamos)|(?:we (?:give|pay)|get|gives) you)"
    r" (?:s/ |usd |\$ )?\d"
)
_FEW_CHARACTERS = 20
_CHARACTERS_BEFORE, _CHARACTERS_AFTER = 110, 80


# In these it is the reader who pays, tells or writes; somebody else, and the words are about a day's work.
_OF_THE_READER = frozenset(
    (
        SignKind.ASKS_FOR_MONEY,
        SignKind.CHARGES_MEDICAL_EXAM,
        SignKind.ASKS_FOR_SECRETS,
        SignKind.ASKS_FOR_CODES,
        SignKind.PRIVATE_CHAT_ONLY,
    )
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that show a sign: one of `heads`, then `rest`; not right after a word of `unless_after`."""

    kind: SignKind
    heads: tuple[str, ...]
    rest: re.Pattern[str]
    unless_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase that stands in the plain words at `start:end`."""

    kind: SignKind
    start: int
    end: int


def phrases(lines_of: Mapping[SignKind, str], pieces: Mapping[str, str] = PIECES) -> tuple[Phrase, ...]:
    """The phrases of each kind's lines; a line that begins with spaces goes on with the one before.

    `a|b` is one of these words, `a|b?` may be missing, `a|b*` stands up to five times, `!a|b` may not follow; `a_b` are
    two words, `pag~` is any word that begins so, `[3]` up to three words of the same sentence, `MONEY` a piece. What
    follows `<<` are words that, right before, make it something else.
    """
    return tuple(phrase for kind, lines in lines_of.items() for phrase in _phrases(kind, lines, pieces))


def _phrases(kind: SignKind, lines: str, pieces: Mapping[str, str]) -> Iterator[Phrase]:
    whole = re.sub(r"\n\s+(?=\|)", "", lines.strip())
    for line in re.sub(r"\n\s+", " ", whole).splitlines():
        occurrences, _, unless_after = line.partition(" << ")
        heads, _, rest = occurrences.partition(" ")
        pattern = "".join(_expression(token, pieces) for token in _TOKEN.finditer(rest))
        # From the end of the first word to the end of another: a phrase never stops inside a word.
        yield Phrase(
            kind,
            tuple(heads.split("|")),
            re.compile(f"{pattern}(?= )"),
            frozenset(filter(None, unless_after.split("|"))),
        )


def _expression(token: re.Match[str], pieces: Mapping[str, str]) -> str:
    if token["gap"]:
        return rf"(?: (?!\. )\S+){{0,{token['gap']}}}?"
    words = [
        pieces[word] if word in pieces else " " + word.replace("_", " ").replace("~", r"\w*")
        for word in token["words"].split("|")
    ]
    either = "|".join(words)
    if token["no"]:
        return rf"(?!(?:{either}) )"
    return rf"(?:{either})" + {"": "", "?": "?", "*": f"{{0,{_MOST_REPEATED}}}"}[token["times"]]


class PhraseBook:
    """Phrases by their first word."""

    def __init__(self, all_phrases: Iterable[Phrase]) -> None:
        self._by_head: dict[str, list[Phrase]] = {}
        for phrase in all_phrases:
            for head in phrase.heads:
                self._by_head.setdefault(head, []).append(phrase)

    def found(self, plain: str, words: Iterable[str]) -> Iterator[Found]:
        """The phrases that stand in `plain`, in order; `words` are its words."""
        start, before = 1, ""
        for word in words:
            for phrase in self._by_head.get(word, ()):
                match = phrase.rest.match(plain, start + len(word))
                if match is None or before in phrase.unless_after:
                    continue
                if not is_taken_back(plain, phrase.kind, start, match.end()):
                    yield Found(phrase.kind, start, match.end())
            start, before = start + len(word) + 1, word


def is_taken_back(plain: str, kind: SignKind, start: int, end: int) -> bool:
    """Whether the words around `plain[start:end]` deny it, warn of it, or tell it of others than the reader."""
    before = _same_sentence_before(plain, start)
    if _TAKEN_BACK_BEFORE.search(before):
        return True
    if kind is SignKind.ASKS_LOOKS and _DENIED_WITHIN.search(plain[start:end]):  # "CV, no photo"
        return True
    if kind is SignKind.ASKS_FOR_MONEY and _PAID_TO_YOU.search(f"{before[-_FEW_CHARACTERS:]}{plain[start:end]} "):
        return True
    if kind not in _OF_THE_READER:
        return False
    after = plain[end : end + _CHARACTERS_AFTER].partition(" . ")[0] + " "
    return (
        _TAKEN_BACK_AFTER.match(after) is not None
        or _THIRD_PARTY_BEFORE.search(before) is not None
        or _THIRD_PARTY_AFTER.match(after) is not None
        or _THIRD_PARTY_WITHIN.search(f" {plain[start:end]} ") is not None
    )


def _same_sentence_before(plain: str, start: int) -> str:
    """The words before a place, with a space on both sides; the first may be missing, never a part of it."""
    first = plain.index(" ", max(0, start - _CHARACTERS_BEFORE))
    return " " + plain[first:start].rpartition(" . ")[2].lstrip()
