"""Escort and sex work presented as a job: company, massage, bars and cameras, asked of women and for men.

Cues, in the notation of `engine.moderation.fraud.cues`, for ads in Spanish and in English.
"""

from __future__ import annotations

from engine.moderation.fraud.cues import Cues, cues
from engine.offer_signs import SignKind

_WOMEN = (
    "chica chicas senorita senoritas jovencita jovencitas damas dama mujer mujeres muchacha muchachas anfitriona"
    " anfitrionas azafatas edecanes modelo modelos masajista masajistas girls girl ladies lady women female females"
    " hostess hostesses models"
)
_MEN = (
    "caballero caballeros ejecutivos empresarios hombres adinerados vip hombres_de gentlemen gentleman businessmen"
    " sponsors men"
)
_COMPANY = (
    "compania acompanar acompanante acompanantes acompanamiento atender atencion entretener masaje masajes copas salida"
    " salidas citas company companion companions companionship entertain massage massages party parties"
)
_HONEST_COMPANY = (
    "telefono correo ventas comercial corporativos corporativo restaurante terapeutico terapeutica fisioterapia"
    " medico medicas adultos_mayores mayores ninos ninas ropa zapatos calzado barberia barber menswear seguros banca"
    " tarjetas eventos familiar familiares boutique peluqueria uniforme damas_y futbol"
)
_NIGHT = (
    "nightclub night_club bar_nocturno club_nocturno discoteca show_bar local_nocturno centro_nocturno bares_nocturnos"
)
_DISCREET = (
    "discrecion discreto discreta discretas discreet liberal liberales mente_abierta open_minded sin_tabues"
    " sin_prejuicios desinhibidas desinhibida caricias sensual sensuales eroticos erotico tantrico tantricos"
    " final_feliz"
)

ESCORT_LIKE: tuple[Cues, ...] = (
    cues(SignKind.ESCORT_LIKE, _WOMEN, _MEN, _COMPANY, window=14, never=f"{_HONEST_COMPANY} o y"),
    cues(SignKind.ESCORT_LIKE, _WOMEN, "compania", "damas_de dama_de chicas_de senoritas_de", window=6),
    cues(
        SignKind.ESCORT_LIKE,
        "acompanante acompanantes damas_de companion companions",
        _MEN,
        window=8,
        never=_HONEST_COMPANY,
    ),
    cues(SignKind.ESCORT_LIKE, _WOMEN, _NIGHT, window=14, never="cajera limpieza contabilidad"),
    cues(SignKind.ESCORT_LIKE, _WOMEN, _DISCREET, window=18),
    cues(
        SignKind.ESCORT_LIKE,
        "masaje masajes masajista masajistas massage",
        f"{_DISCREET} {_MEN}",
        window=16,
        never=_HONEST_COMPANY,
    ),
    cues(
        SignKind.ESCORT_LIKE,
        "por_copa por_copas por_salida por_cita por_show por_ficha por_fichas",
        "gana ganas ganan pago pagamos ingresos comision cliente clientes chicas senoritas anfitrionas copas",
        window=14,
        never="tecnicas inscripcion datos",
    ),
    cues(
        SignKind.ESCORT_LIKE,
        "fichas ficha copas tragos",
        _WOMEN,
        "bar nocturno noche compania clientes",
        window=14,
        never="tecnicas inscripcion datos archivar mesera meseras servir",
        others="restaurant",
    ),
    cues(
        SignKind.ESCORT_LIKE,
        "webcam webcams cam onlyfans camaras contenido content chat streaming",
        "adultos adult adults erotico sensual xxx",
        "modelo modelos models model chicas vivo live ganas gana earn casa home transmisiones show shows",
        window=14,
        never="mayores educacion cursos",
    ),
    cues(SignKind.ESCORT_LIKE, "webcam cam onlyfans", "modelo modelos models model", window=6),
    cues(SignKind.ESCORT_LIKE, "sugar", "baby babies daddy daddies", window=4),
    cues(
        SignKind.ESCORT_LIKE,
        "escort escorts scort scorts kinesiologa kinesiologas meretriz",
        "buscamos busca se_busca necesito trabajo servicio servicios chicas wanted agencia agency for income ingresos"
        " ganas companions and hiring",
        window=10,
        never="vehicle security armed ford vehiculo",
    ),
)
