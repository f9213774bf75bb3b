"""What fraudulent offers say in words that no phrase foresees: several cues close together, in any order.

"el cupo se aparta con 100 soles": a sum, a word for paying it, and a thing one needs to begin
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.moderation.fraud.phrases import Found, is_taken_back
from engine.moderation.plain_words import BREAK
from engine.offer_signs import SignKind

MONEY_CUE = "MONEY"
_SIGNS = frozenset(("s/", "usd", "r$", "$", "€"))
_UNITS = frozenset(("soles", "dolares", "usd", "dollars", "lucas", "sol", "reais"))
_WORDS_AROUND, _WORDS_BEFORE, _WORDS_AFTER = 8, 3, 3
_NOWHERE = -(10**9)


@dataclass(frozen=True, slots=True)
class Cues:
    """Cues that together show a sign: one of each of `slots` within `window` words.

    A cue is a word or two, or a sum of money. Words of `never` between them or right after, and words near them that
    begin as `others` do, of the same sentence, make it something else. `is_one_sentence`: no full stop may part them.
    """

    kind: SignKind
    slots: tuple[frozenset[str], ...]
    window: int
    never: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    is_one_sentence: bool = True


def cues(
    kind: SignKind, *slots: str, window: int, never: str = "", others: str = "", is_one_sentence: bool = True
) -> Cues:
    """Cues from words divided by spaces; `a_b` are two words that follow each other."""
    sets = (frozenset(word.replace("_", " ") for word in slot.split()) for slot in slots)
    return Cues(kind, tuple(sets), window, frozenset(never.split()), tuple(others.split()), is_one_sentence)


class CueBook:
    """Groups of cues, looked for together in one pass."""

    def __init__(self, groups: Sequence[Cues]) -> None:
        self._groups = groups
        self._slots: dict[str, list[tuple[int, int]]] = {}
        for number, group in enumerate(groups):
            for slot, words in enumerate(group.slots):
                for word in words:
                    self._slots.setdefault(word, []).append((number, slot))

    def found(self, plain: str, words: Sequence[str], places: Sequence[int]) -> Iterator[Found]:
        """The groups whose cues stand together; `places` is where each of `words` begins in `plain`."""
        last = [[_NOWHERE] * len(group.slots) for group in self._groups]
        for index, word in enumerate(words):
            if word == BREAK:
                for number, group in enumerate(self._groups):
                    if group.is_one_sentence:
                        last[number] = [_NOWHERE] * len(group.slots)
                continue
            before = words[index - 1] if index else ""
            for number, slot in self._hits(word, before, words[index + 1 : index + 2]):
                last[number][slot] = index
                first = min(last[number])
                if index - first >= self._groups[number].window:
                    continue
                kind, starts = self._groups[number].kind, {places[place] for place in last[number]}
                last[number] = [_NOWHERE] * len(last[number])
                end = places[index] + len(word)
                if self._counts(number, words, first, index) and not any(
                    is_taken_back(plain, kind, start, end) for start in starts
                ):
                    yield Found(kind, min(starts), end)

    def _hits(self, word: str, before: str, after: Sequence[str]) -> Iterator[tuple[int, int]]:
        yield from self._slots.get(word, ())
        yield from self._slots.get(f"{before} {word}", ())
        is_sum = (word in _SIGNS and after and after[0][0].isdigit()) or (word in _UNITS and before[:1].isdigit())
        if is_sum:
            yield from self._slots.get(MONEY_CUE, ())

    def _counts(self, number: int, words: Sequence[str], first: int, last: int) -> bool:
        group = self._groups[number]
        if not group.never.isdisjoint(_near(words, first, last, _WORDS_BEFORE, _WORDS_AFTER)):
            return False
        around = _near(words, first, last, _WORDS_AROUND, _WORDS_AROUND)
        return not any(word.startswith(group.others) for word in around) if group.others else True


def _near(words: Sequence[str], first: int, last: int, before: int, after: int) -> Sequence[str]:
    """The words from `first` to `last` and so many more of the same sentence on either side."""
    start, end = first, last + 1
    while start > max(0, first - before) and words[start - 1] != BREAK:
        start -= 1
    while end < min(len(words), last + 1 + after) and words[end] != BREAK:
        end += 1
    return words[start:end]


_PAYING = (
    "cobran cobramos cobrara cobraran se_cobra agencia_cobra cuesta cuestan costo precio valor cancela cancelas"
    " cancelar cancele abona abonas abonar deja dejas dejar deje compra compras comprar adquiere adquirir aparta"
    " apartas apartar separa separas separar reserva reservas deposita depositas depositar yapea yapear recarga asume"
    " asumes asumir costea costear cubres cubras cubrir pagas pague se_paga debes_pagar que_pagar a_pagar un_pago"
    " prepago traer empieza_con inicia_con activas fee payable cover buy purchase"
)
_NEEDED_TO_BEGIN = (
    "inscripcion ficha charla induccion capacitacion entrenamiento kit material materiales insumos paquete cupo"
    " vacante certificado certificados antecedentes carnet carne examen examenes homologacion tramite tramites"
    " uniforme fotocheck membresia registro lugar manual stock panel visa evaluacion psicologico medico folder"
    " colocacion carta invitacion maletin catalogo envio premium usuario insurance shipment training"
)
# What the reader is paid.
PAID_OUT = (
    "sueldo ganas gana ganar ganancia ganancias bono bonos comision comisiones remuneracion salario pagada pagado"
    " pagamos movilidad viaticos asignacion refrigerio subvencion incentivo incentivos beneficio beneficios diarios"
    " hour hourly diario asistido dia hora semanal mensual mensuales semanales salary bonus earn"
)
# Who sells, lends or enrols others: the sum is theirs to pay.
OF_OTHERS = "vend vent client alumn estudiant pacient proveedor presupuest cotiz inventar sales customer student budget"
_REWARD = (
    "pago pagan pagamos paga gana ganas ganar comision comisiones abonan abona cobra cobras ganancia ganancias earn"
    " paid commission commissions money"
)
_CLICKED = (
    "hoteles booking videos tiktok youtube canales anuncios restaurantes apps google_maps hotels channels app_data"
    " amazon publicaciones perfiles"
)

CUES: tuple[Cues, ...] = (
    cues(SignKind.ASKS_FOR_MONEY, MONEY_CUE, _PAYING, _NEEDED_TO_BEGIN, window=14, never=PAID_OUT, others=OF_OTHERS),
    cues(
        SignKind.ASKS_FOR_MONEY,
        MONEY_CUE,
        "curso taller book pack garantia servicio laptop equipo unidad suscripcion onboarding formulario activacion",
        "nuestro nuestra dictamos financia requisito haber pide_tu duplica en_efectivo en_cuotas cuota charge",
        window=14,
        never=PAID_OUT,
        others=OF_OTHERS,
    ),
    cues(
        SignKind.ASKS_FOR_MONEY,
        MONEY_CUE,
        "minimo fondeas fondear fondea depositando deposit",
        "cuenta inversion operar trading plataforma casino apuestas account broker",
        window=14,
        never=PAID_OUT,
        others=OF_OTHERS,
    ),
    cues(
        SignKind.PAID_CLICKS,
        "valora valorar califica calificar calificas resena resenar mira mirar mires ver visualiza visualizar"
        " suscribete suscribirte like likes me_gusta optimiza optimizar optimizing rate liking watch reaccionando"
        " reaccion siga comente reacciones",
        _CLICKED,
        _REWARD,
        window=14,
        never="edicion editar produccion grabar marca clientes estrategia contenido campanas huespedes content"
        " campaigns campaign politica reportados responder moderar moderacion comentarios comments",
        is_one_sentence=False,
    ),
    cues(
        SignKind.PAID_CLICKS,
        "tareas tarea misiones mision tasks task pedidos ordenes orders",
        "retiras retira_tu prepago desbloquear desbloqueas withdraw top_up cobras_al usdt combo unlock captura"
        " recarga_para",
        "comision comisiones ganancia ganancias commission earn soles tarea_toma prueba platform plataforma ganas"
        " gana deposit",
        window=24,
        is_one_sentence=False,
    ),
    cues(
        SignKind.PYRAMID,
        "tu_estructura tu_organizacion tu_red tu_codigo tu_linea cada_activacion tus_niveles tu_equipo_de",
        "gana ganas ganaras cobra cobras comision comisiones ganancias",
        "afiliado afiliados invitas invita invites invitados conocidos referidos socios consumo amigos activacion"
        " consumen compran",
        window=18,
    ),
    cues(
        SignKind.PYRAMID,
        "debajo_de under_you bajo_tuyo por_debajo",
        "gana ganas ganaras cobras comision ingresos ingreso income earn grows consume consumen",
        "gente personas persona people person metas invites inscribas sign",
        window=18,
    ),
    cues(
        SignKind.PYRAMID,
        "invitas invites metes refieres sponsor",
        "gana ganas cobra cobras bono bonos comision comisiones bonuses",
        "equipo socios sistema personas program activacion nivel niveles red",
        window=14,
        is_one_sentence=False,
    ),
    cues(
        SignKind.MONEY_MULE,
        "tu_cuenta tus_cuentas tu_yape your_account",
        "giras saldo resto restante sacas retiras reenvias transfieres",
        "comision porcentaje ganancia cobra cobras reciben recibes clientes commission",
        window=16,
        never="sueldo",
    ),
    cues(
        SignKind.MONEY_MULE,
        "yape plin cuenta_bancaria cuenta_bcp cuenta_activa cuenta_propia",
        "recibir recibe reciba reciban recibas",
        "retirarlos retirar retires retira enviarlos reenviar reenviarlos transferirlos transferir sacarlos sacar"
        " pasarlos",
        window=18,
        never="sueldo sistema tienda caja supervisor contabilidad empresa",
    ),
    cues(
        SignKind.MONEY_MULE,
        "recibes recibiras recibe depositamos depositan llegan receive received yapean",
        "dinero fondos deposito depositos transferencias depositamos plata funds money transfers yapean",
        "sacas retiras entregas pasas pasaras conviertes convertir reenvias reenviaras transfieres transferiras"
        " usdt entregarlo entregarla western otra_cuenta resend forward_it bitcoin",
        window=18,
        never="sueldo sistema tienda caja supervisor contabilidad",
    ),
    cues(
        SignKind.MONEY_MULE,
        "paquetes productos cajas encomiendas pedidos packages parcels",
        "tu_direccion tu_casa tu_domicilio tu_hogar your_address your_home",
        "empacar reempacar reenvias envias mandas despachas destinatario etiqueta guias reship repackage relabel",
        window=22,
        is_one_sentence=False,
    ),
    cues(
        SignKind.ASKS_FOR_SECRETS,
        "clave claves contrasena token pin cvv otp",
        "dinamica digital cajero banco bancaria yape tarjeta telefono celular app internet deposito",
        "envia envianos enviar das nos_das danos brindas brindanos indica indicanos comparte registrarte tu_clave"
        " tu_tarjeta tu_dni tu_app ingresa requisito",
        window=14,
        never="clientes cliente usuarios usuario",
    ),
)
