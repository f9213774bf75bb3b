"""Signs of a fraudulent or unlawful job offer, for people to judge: what an ad asks, promises or demands.

    signs = offer_signs(job)
    any(sign.severity is Severity.BLOCK for sign in signs)   # then it is not shown until a person has looked

An offer that costs money to enter is a fraud until shown otherwise. Nothing is decided here: a sign quotes the ad.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from engine.jobs import Job
from engine.moderation.contacts.masking import PrivateKind, PrivateWord, masked_excerpt, private_words
from engine.moderation.fraud.access_schemes import ACCESS_SCHEMES
from engine.moderation.fraud.cues import CUES, CueBook
from engine.moderation.fraud.cues_pt import PORTUGUESE_CUES
from engine.moderation.fraud.escort_like import ESCORT_LIKE
from engine.moderation.fraud.pay_promised import implausible_pay
from engine.moderation.fraud.phrases import Found, PhraseBook
from engine.moderation.fraud.phrases_en import ENGLISH_PHRASES
from engine.moderation.fraud.phrases_es import SPANISH_PHRASES
from engine.moderation.fraud.phrases_pt import PORTUGUESE_PHRASES
from engine.moderation.fraud.portuguese import is_portuguese
from engine.moderation.fraud.schemes_es import SPANISH_SCHEMES
from engine.moderation.fraud.stated_hours import stated_hours
from engine.moderation.fraud.unlawful_demands import UNLAWFUL_DEMANDS, demands_at_start
from engine.moderation.fraud.wider_cues import WIDER_CUES
from engine.moderation.fraud.working_terms import signs_of_fields, too_many_hours
from engine.moderation.plain_words import PlainWords
from engine.offer_signs import MOST_QUOTED_CHARACTERS, UNLAWFUL, OfferSign, Severity, SignKind
from engine.reading.age_limits import age_limits

MOST_QUOTES_A_KIND = 3
WORDS_AROUND_A_QUOTE = 8
_CUES = CueBook((*CUES, *WIDER_CUES, *ACCESS_SCHEMES, *ESCORT_LIKE))
_PHRASES = PhraseBook((*SPANISH_PHRASES, *SPANISH_SCHEMES, *ENGLISH_PHRASES, *UNLAWFUL_DEMANDS))
_PORTUGUESE_CUES, _PORTUGUESE_PHRASES = CueBook(PORTUGUESE_CUES), PhraseBook(PORTUGUESE_PHRASES)

# What stands where the employer's name does, and names nobody.
_NO_EMPLOYER = re.compile(
    r" (?:confidencial|anonim[oa]|particular|privad[oa]|reservad[oa]|(?:una )?importante (?:empresa|compania)[^.]*"
    r"|(?:empresa|compania) (?:lider|confidencial|privada|reconocida)[^.]*|empresa|reclutadora?|sin nombre|n a"
    r"|confidential|private|company|recruiter) "
)
# Another way to apply than a chat: an office, a page, an address, the board itself.
_OTHER_WAY = re.compile(
    r" (?:(?:por|en|a traves de|mediante)"
    r" (?:este|esta|la misma|el mismo|nuestra|el portal|la plataforma|la pagina|la web)"
    r"(?: (?:medio|aviso|anuncio|plataforma|pagina|via|portal|bolsa|web))?"
    r"|postula(?:r|te)? (?:aqui|por aqui|en linea|en la web)|boton"
    r"|(?:https?|www) (?:www )?(?!(?:t|wa) me |(?:api|chat|web) whatsapp |bit ly )\S+"
    r"|apply (?:here|now|online|on our|at www)"
    r"|(?:pelo|no|neste|nosso|para o|ao) (?:site|portal|e ?mail|formulario|link)|candidate se (?:aqui|pelo|no)"
    r"|(?:al?|por|nuestro|siguiente) (?:siguiente )?(?:correo|e ?mail|mail)|presentarse en|acercate a|acercarse a) "
)


def with_signs(job: Job) -> Job:
    """The job with the signs that its words show now, whatever signs it came with."""
    return replace(job, signs=offer_signs(job))


def offer_signs(job: Job) -> tuple[OfferSign, ...]:
    """The signs in a job's title, description and skills, in the order of the text, a few quotes of each kind; those
    that its fields show come last."""
    text = "\n".join((job.title, job.description, *job.skills))
    words = PlainWords(text)
    hours = list(stated_hours(words.text))
    found = [*_found(text, words, job), *too_many_hours(hours, job)]
    of_fields = signs_of_fields(text, words.text, hours, job)
    private = private_words(text) if found else []
    if found and not _is_only_chat(words, private):
        found = [sign for sign in found if sign.kind is not SignKind.PRIVATE_CHAT_ONLY]
    signs = [
        OfferSign(sign.kind, _severity(sign.kind, job), _quote(text, words, sign, private)) for sign in _quotable(found)
    ]
    quoted = {sign.kind for sign in signs}
    return (*signs, *(sign for sign in of_fields if sign.kind not in quoted))


def _found(text: str, words: PlainWords, job: Job) -> Iterator[Found]:
    plain_words = [word.word for word in words.words]
    yield from _PHRASES.found(words.text, plain_words)
    in_portuguese = is_portuguese(plain_words)
    for sign in _CUES.found(words.text, plain_words, words.places):
        if not (in_portuguese and sign.kind is SignKind.ASKS_FOR_MONEY):  # "valor" and "a confirmar" are no fee there
            yield sign
    if in_portuguese:
        yield from _PORTUGUESE_PHRASES.found(words.text, plain_words)
        yield from _PORTUGUESE_CUES.found(words.text, plain_words, words.places)
    yield from demands_at_start(words.text)
    for limit in age_limits(text):
        if (span := words.plain_span(*limit)) is not None:
            yield Found(SignKind.ASKS_AGE, *span)
    for start, end in age_limits(words.text):  # what hides a word in the text is undone here
        yield Found(SignKind.ASKS_AGE, max(1, start), min(end, len(words.text) - 1))
    pay = implausible_pay(words.text, job)
    if pay is not None:
        yield pay


def _quotable(found: Iterable[Found]) -> Iterator[Found]:
    """Of each kind the first few that do not overlap, the longer of two that begin together."""
    counts, end_of_last = Counter[SignKind](), Counter[SignKind]()
    for sign in sorted(found, key=lambda sign: (sign.start, -sign.end)):
        if sign.start >= end_of_last[sign.kind] and counts[sign.kind] < MOST_QUOTES_A_KIND:
            counts[sign.kind] += 1
            end_of_last[sign.kind] = sign.end
            yield sign


def _severity(kind: SignKind, job: Job) -> Severity:
    """A law that an ad breaks is noted; so is a chat as the only way to an employer who gives a name."""
    if kind in UNLAWFUL or (kind is SignKind.PRIVATE_CHAT_ONLY and _is_named(job.employer)):
        return Severity.NOTE
    return Severity.BLOCK


def _is_named(employer: str | None) -> bool:
    name = PlainWords((employer or "").strip(" .-")).text
    return not name.isspace() and not _NO_EMPLOYER.fullmatch(name)


def _is_only_chat(words: PlainWords, private: list[PrivateWord]) -> bool:
    has_email = any(word.kind is PrivateKind.EMAIL for word in private)
    return not has_email and not _OTHER_WAY.search(words.text)


def _quote(text: str, words: PlainWords, sign: Found, private: list[PrivateWord]) -> str:
    start, end = words.span_around(sign.start, sign.end, WORDS_AROUND_A_QUOTE)
    quote = " ".join(masked_excerpt(text, private, start, end).split())
    return quote if len(quote) <= MOST_QUOTED_CHARACTERS else quote[: MOST_QUOTED_CHARACTERS - 1].rstrip() + "…"
