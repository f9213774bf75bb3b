"""The words of mails, in the language of whoever reads them."""

from __future__ import annotations

from engine.explain import Locale
from store.people.mail import Mail

_TEXTS = {
    Locale.ES: {
        "sign_up": (
            "Tu código de Chamba: {code}",
            "Hola:\n\nTu código para abrir tu cuenta es {code}. Vale por 15 minutos.\n\n"
            "Si no lo pediste, no hagas nada: sin el código no se crea ninguna cuenta.\n",
        ),
        "new_password": (
            "Tu código para cambiar la contraseña: {code}",
            "Hola:\n\nTu código para poner una contraseña nueva es {code}. Vale por 15 minutos.\n\n"
            "Si no lo pediste, no hagas nada: tu contraseña sigue igual.\n",
        ),
        "new_email": (
            "Tu código para cambiar el correo: {code}",
            "Hola:\n\nTu código para usar este correo en Chamba es {code}. Vale por 15 minutos.\n",
        ),
        "has_account": (
            "Ya tienes una cuenta en Chamba",
            "Hola:\n\nAlguien pidió abrir una cuenta con este correo, que ya tiene una. Si fuiste tú, entra con tu "
            "contraseña o pide una nueva. Si no, no hagas nada.\n",
        ),
        "new_device": (
            "Cerramos una sesión de tu cuenta",
            "Hola:\n\nAlguien usó dos veces la misma llave de tu sesión, así que la cerramos por seguridad. "
            "Entra de nuevo; si no fuiste tú, cambia tu contraseña.\n",
        ),
        "application_news": (
            "Hay novedades de tu postulación",
            "Hola:\n\nUna de tus postulaciones en Chamba tiene novedades. Entra a tu cuenta para verlas.\n",
        ),
    },
    Locale.EN: {
        "sign_up": (
            "Your Chamba code: {code}",
            "Hello,\n\nYour code to open your account is {code}. It holds for 15 minutes.\n\n"
            "If you did not ask for it, do nothing: no account is made without the code.\n",
        ),
        "new_password": (
            "Your code for a new password: {code}",
            "Hello,\n\nYour code to set a new password is {code}. It holds for 15 minutes.\n\n"
            "If you did not ask for it, do nothing: your password stays as it is.\n",
        ),
        "new_email": (
            "Your code for a new address: {code}",
            "Hello,\n\nYour code to use this address at Chamba is {code}. It holds for 15 minutes.\n",
        ),
        "has_account": (
            "You have an account at Chamba",
            "Hello,\n\nSomebody asked for an account with this address, which has one. If it was you, log in with your "
            "password or ask for a new one. If not, do nothing.\n",
        ),
        "new_device": (
            "We ended a session of your account",
            "Hello,\n\nSomebody used the same key of your session twice, so we ended the session to be safe. "
            "Log in again; if it was not you, change your password.\n",
        ),
        "application_news": (
            "There is news of your application",
            "Hello,\n\nThere is news of one of your applications at Chamba. Log in to see it.\n",
        ),
    },
}


def mail(kind: str, locale: Locale, recipient: str, **values: str) -> Mail:
    """The mail of a kind."""
    subject, body = _TEXTS[locale][kind]
    return Mail(recipient, subject.format(**values), body.format(**values))
