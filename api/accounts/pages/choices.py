"""`/mi-cuenta/permisos` and `/mi-cuenta/avisos`: what somebody's data are used for, and what Chamba writes to them."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Response

from api.access.rules import AccountCaller
from api.accounts.endpoints import me, notices
from api.accounts.schemas.accounts import ConsentDocument, ConsentStatement
from api.accounts.schemas.notices import NoticeBy, NoticeChoicesRequest, NoticeWays
from api.credentials.callers import Caller
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form
from api.web.frame import Frame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import InvalidInputError
from store.notices.texts import NoticeGroup
from store.people.accounts import Role
from store.people.consents import ConsentPurpose, ConsentText, consent_texts

router = APIRouter(route_class=PageRoute)

CONSENTS, NOTICES = "/mi-cuenta/permisos", "/mi-cuenta/avisos"
# What a consent is for, and what follows when it is taken back.
NAMES = {
    ConsentPurpose.MATCHING: marked("Recomendarme trabajos"),
    ConsentPurpose.BE_FOUND: marked("Que las empresas me encuentren"),
    ConsentPurpose.TRAINING: marked("Que Chamba aprenda de lo que pasa"),
    ConsentPurpose.SENSITIVE: marked("Guardar datos de mis ingresos, si los cuento"),
    ConsentPurpose.SCREENING: marked("Ver si puedo entrar a un programa"),
}
FOLLOWS = {
    ConsentPurpose.MATCHING: marked(
        "Si lo quitas, ya no te recomendamos trabajos. Tu perfil y tus postulaciones quedan."
    ),
    ConsentPurpose.BE_FOUND: marked(
        "Si lo quitas, ninguna empresa te encuentra y se cierran tus invitaciones. Tus postulaciones siguen."
    ),
    ConsentPurpose.TRAINING: marked(
        "Si lo quitas, lo que pase con tus postulaciones ya no enseña nada al sistema. Te recomendamos trabajos igual."
    ),
    ConsentPurpose.SENSITIVE: marked(
        "Si lo quitas, borramos al momento tus ingresos y tu clasificación. No cambia qué trabajos te recomendamos."
    ),
    ConsentPurpose.SCREENING: marked("Si lo quitas, ya no podemos decirte si puedes entrar a un programa."),
}

WAYS = {
    NoticeBy.MAIL: marked("A mi correo"),
    NoticeBy.SMS: marked("Por mensaje de texto"),
    NoticeBy.WHATSAPP: marked("Por WhatsApp"),
    NoticeBy.NONE: marked("No me lo envíen"),
}

# What nobody of another role gets.
OF_ROLE = {
    NoticeGroup.APPLICATIONS: Role.SEEKER,
    NoticeGroup.ALERTS: Role.SEEKER,
    NoticeGroup.NEW_APPLICATIONS: Role.EMPLOYER,
    NoticeGroup.JOBS: Role.EMPLOYER,
}


@dataclass(frozen=True, slots=True)
class ShownConsent:
    """A consent as its page shows it; `last`: the newest statement, None where nothing was said yet."""

    text: ConsentText
    name: str
    follows: str
    is_given: bool
    is_outdated: bool
    last: ConsentDocument | None


@router.get(CONSENTS)
def get_consents(caller: AccountCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """Each with the whole text that is agreed to."""
    return frame.page("accounts/consents.html", consents=_consents(caller, services), locale=frame.language.locale)


@router.post("/mi-cuenta/permisos/{purpose}")
def post_consent(
    caller: AccountCaller, purpose: ConsentPurpose, form: Form, frame: Frame, services: ServicesOfApp
) -> Response:
    """Gives it, by the version of the text that stood on the page, or takes it back."""
    is_given = form.is_on("dar")
    stated = {"purpose": purpose.value, "text_version": form.text("version"), "is_given": is_given}
    try:
        me.post_consent(caller, checked(ConsentStatement, stated), services)
    except InvalidInputError:  # the page was opened before the text changed
        return frame.see(CONSENTS, said=marked("El texto cambió. Léelo otra vez y decide."))
    return frame.see(CONSENTS, said=marked("Diste tu permiso.") if is_given else marked("Quitaste tu permiso."))


@router.get(NOTICES)
def get_notices(caller: AccountCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """Every group, with those that are always sent."""
    ways = [(way, frame.words(words)) for way, words in _ways(caller, services).items()]
    groups = [one for one in notices.get_notices(caller, services).items if _concerns(one.group, caller)]
    return frame.page("accounts/notices.html", groups=groups, ways=ways)


@router.post(NOTICES)
def post_notices(caller: AccountCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """Each group comes from now on by what was chosen, or not at all."""
    offered = _ways(caller, services)
    by = {name: form.text(name) for name in NoticeWays.model_fields if form.text(name) in offered}
    notices.put_notices(caller, checked(NoticeChoicesRequest, {"by": by}), services)
    return frame.see(NOTICES, said=marked("Guardamos qué avisos quieres."))


def _concerns(group: NoticeGroup, caller: Caller) -> bool:
    return group not in OF_ROLE or caller.has(OF_ROLE[group])


def _ways(caller: Caller, services: Services) -> dict[str, str]:
    """By what notices can reach the caller, in words."""
    account = me.get_me(caller, services)
    has_whatsapp = bool(services.settings.whatsapp_url)
    there = {
        NoticeBy.MAIL: account.email is not None,
        NoticeBy.SMS: account.log_in_phone is not None,
        NoticeBy.WHATSAPP: account.log_in_phone is not None and has_whatsapp,
        NoticeBy.NONE: True,
    }
    return {way.value: words for way, words in WAYS.items() if there[way]}


def _consents(caller: Caller, services: Services) -> list[ShownConsent]:
    known = me.get_consents(caller, services)
    newest = {statement.purpose: statement for statement in known.history}
    return [
        ShownConsent(
            text,
            NAMES[purpose],
            FOLLOWS[purpose],
            is_given=purpose in known.agreed,
            is_outdated=purpose in known.agreed and newest[purpose].text_version != text.version,
            last=newest.get(purpose),
        )
        for purpose, text in consent_texts().items()
    ]
