"""Where applicants must live, in running text: the sentence that asks it ("Residir en Sullana", "US citizens only")."""

from __future__ import annotations

import re

from engine.reading.found import Found
from engine.reading.place_limits import PlaceLimit, read_place_limit
from engine.reading.text_cleaning import aligned_plain

LONGEST_TEXT = 20_000
LONGEST_SENTENCE, MOST_SENTENCES = 400, 8
SENTENCE_END = re.compile(
    r"\n|(?<=[a-zñáéíóú)]{3})[.!?](?=[\sA-ZÁÉÍÓÚ•*])|[;•●▪✓✔✅➤►★*|\u2600-\u27bf\U0001f000-\U0001faff]"
)
# What comes after it, to the end of its clause, is where.
REQUIRED = re.compile(
    r"\b(?:resid(?:ir|a|an)|que residan?|(?<!los )(?<!las )(?<!de )(?<!con )residentes?|residencia|radi(?:car|que|quen)"
    r"|domiciliad[oa]s?) (?:\w+ ){0,2}?(?:en|cerca)\b|\bviv(?:ir|a|an) (?:actualmente )?(?:en|cerca)\b"
    r"|\bsolo (?:para )?(?=peruan|colombian|mexican|argentin|chilen|ecuatorian|personas (?:de|en)|candidat\w+ (?:de"
    r"|en))"
    r"|\b(?:must|need to|required to) (?:be )?(?:based|located|live|reside|residing|living)(?: \w+)? (?:in\b|within\b"
    r"|(?=outside\b))"
    r"|\b(?:only|exclusively) (?:open|available|hiring|accepting|considering)[\w ]{0,30}?(?:in|from|to|within)\b"
    r"|\b(?:authori[sz]ed|eligible|right|permit|authori[sz]ation) to (?:legally )?work in\b"
    r"|\b(?=(?:us|u\.s\.|american|canadian|uk|eu) (?:citizens?|citizenship|residents?)\b.{0,20}\b(?:only|require))"
    r"|\b(?:must be|only) (?:an? )?(?=(?:us|u\.s\.|american|canadian|uk|eu) (?:citizen|resident|person))"
    r"|\bnacionalidad (?=peruan|colombian|mexican|argentin|chilen|ecuatorian|venezolan)|\b(?:nacionalidad"
    r"|nationality): "
    r"|\blocation:? (?=.{0,30}\bhours? (?:from|of)\b)|\bwithin (?=\d{1,2} (?:hours?|hrs?) (?:of|from)\b)"
)
# Words of a welcome limit the place only where a place follows that is understood.
WELCOMED = re.compile(
    r"\bopen (?:to )?(?:all|anyone|candidates|applicants)(?: (?:in|from|across|within|based in|of))?\b"
    r"|\b(?:aceptamos|recibimos|buscamos|abiert[oa]s? a|dirigid[oa]s? a|para) (?:candidat\w+|postulantes|personas"
    r"|talentos?|profesionales) (?:de|en|desde)\b"
    r"|\bopen to (?:the )?(?=latam|latin|south america|the americas|peru)"
    r"|\b(?:hiring|recruiting) (?:only )?(?:in|from)\b"
    r"|\b(?:candidates?|applicants?|people|residents|those|anyone) (?:must )?(?:be )?(?:who (?:are"
    r"|live) )?(?:based |located"
    r" |living |residing )?(?:in|from|within|of)\b(?=.{0,60}\b(?:only|eligible|considered))"
    r"|\b(?:from |en |desde )(?:anywhere|any country|cualquier (?:parte|lugar|pais)) (?:in|within|of|en|de|del"
    r"|dentro de)\b"
)
CLAUSE_END = re.compile(r"[.;\n]|\b(?:y|and) (?:tener|contar|con|have|be|disponib)")
# A wish, a fact about the firm, or another thing that is called by the same word.
NO_LIMIT = re.compile(
    r"preferen|preferib|preferid|deseabl|no (?:es )?excluyente|se valora|idealmente|ideally|preferred|nice to have"
    r"|cambi(?:ar|o) de residencia|residencia (?:medica|de obra|en (?:medicina|psiq|cirugia|pediatr|ginecol))"
    r"|relocat|reubica|a plus\b|anywhere(?!,? (?:in|within|across|except|but|outside|excluding|other than)\b)"
    r"|(?:ingenier\w+|medic\w+|arquitect\w+|como|supervisora?) residente|residentes? (?:de|en|con) (?:obras?"
    r"|proyecto|experien)"
    r"|disponibilidad (?:para|de) (?:radic|resid|mud|viv|traslad)|no (?:es )?(?:necesario|indispensable|importa)"
    r"|clientes? que"
    r"|sin (?:importar|distin|discrimin)|regardless|without regard|equal (?:employment )?opportunit|discriminat"
)
DENIED = re.compile(r"(?:\bnot|n.t|\bno longer|\bcannot|\bno)(?: (?:currently|be|able to|se|actively|yet)){0,3} ?\Z")
LONGEST_DENIAL = 40
PART = re.compile(
    r"\b(?:zona|ciudad|distrito|provincia|norte|sur|centro|cerca|aledan|alrededor|area of|city of|state of)"
)
SURE, NOT_UNDERSTOOD = 0.9, 0.6
LONGEST_PLACE, LONGEST_WELCOME = 120, 40


def read_place_limit_in_prose(text: str) -> Found[PlaceLimit] | None:
    """The limit that one sentence of `text` sets, the first that is understood; else the first that is not."""
    found = [limit for sentence in _sentences(text[:LONGEST_TEXT]) if (limit := _limit_of(sentence)) is not None]
    return next((limit for limit in found if limit.value.countries), found[0] if found else None)


def _sentences(text: str) -> list[str]:
    parts = (part.strip(" -\t")[:LONGEST_SENTENCE] for part in SENTENCE_END.split(text))
    told = [part for part in parts if part and _limiting(aligned_plain(part))]
    return told[:MOST_SENTENCES]


def _limiting(words: str) -> re.Match[str] | None:
    return REQUIRED.search(words) or WELCOMED.search(words)


def _limit_of(sentence: str) -> Found[PlaceLimit] | None:
    words = aligned_plain(sentence)
    found = _limiting(words)
    if found is None or NO_LIMIT.search(words):
        return None
    cut = CLAUSE_END.search(words, found.end())
    longest = LONGEST_WELCOME if found.re is WELCOMED else LONGEST_PLACE
    end = min(cut.start() if cut else len(sentence), found.end() + longest)
    is_denied = DENIED.search(words, max(0, found.start() - LONGEST_DENIAL), found.start()) is not None
    limit = read_place_limit(("except " if is_denied else "") + sentence[found.end() : end])
    if limit.countries and not limit.is_part and not PART.search(words[found.end() : end]):
        return Found(limit, sentence, SURE)
    if found.re is WELCOMED or not (limit.countries or limit.unread):
        return None
    return Found(PlaceLimit((), sentence[found.start() : end].strip()), sentence, NOT_UNDERSTOOD)
