"""More cues of offers that take money, papers and friends of their reader, for words in any order and any verb.

They are wider than those of `engine.moderation.fraud.cues`: each needs something that only the reader has or does.
"""

from __future__ import annotations

from engine.moderation.fraud.cues import MONEY_CUE, OF_OTHERS, PAID_OUT, Cues, cues
from engine.offer_signs import SignKind

_YOU_PAY = (
    "pagas pague pagues pagaras abona abonas abone abonaras cancelas cancela cancele deposita depositas deposite"
    " depositaras transfiere transfieres transfiera yapea yapeas yapee plinea trae traes traer traiga"
    " lleva llevas llevar"
    " desembolsas inviertes invierte cubres asumes costeas aporta aportas adquieres adquiere compra compras pay pays"
    " bring send buy cover deposit transfer"
)
_YOURS_TO_BEGIN = (
    "tu_carpeta tu_mochila tu_fotocheck tu_carne tu_carnet tu_uniforme tu_kit tu_ficha tu_visa tu_licencia tu_cupo"
    " tu_vacante tu_puesto tu_inscripcion tu_entrevista tu_usuario tu_cuenta tu_expediente tus_antecedentes"
    " tus_materiales tus_implementos tu_lote tu_plaza tu_lugar tu_certificado tu_capacitacion tu_curso tu_antecedente"
    " postulante postulacion charla ficha antecedentes your_badge your_uniform your_background your_spot your_place"
    " your_seat your_file your_kit your_training your_licence your_license your_account your_application visa"
    " primer_lote nuestro_asesor nuestra_cuenta nuestro_paquete al_ingresar first_shift"
)
_A_FEE = (
    "derecho derechos aporte adelanto garantia inscripcion matricula membresia charge payment fee"
    " pago_unico pago_inicial"
    " pago_previo deposito_previo abono licence license seguro prepago valor vale costo cuota"
)
_TO_BE_LET_IN = (
    "examen usuario habilita habilitamos habilitar tablet laptop equipo envio postular postulante cupo vacante confirma"
    " confirmed confirmar process your_file your_spot your_place your_seat activa activar activate inscribirte"
    " inscripcion_al proceso antes_de empezar iniciar al_proceso before_your to_start to_begin interview entrevista"
    " account worker ruta"
)
_BACK_TO_YOU = (
    "reembolsable reembolsables devuelve devolvemos devolveremos devuelto devuelta devolvera devolucion recuperas"
    " recuperaras reembolsa reembolsamos reembolsara refundable refunded reimbursed"
)
_EVERYONES_MONEY = f"{OF_OTHERS} turist builder schools tienda empresas comprador huesped viaje viatic gasto caja"

_PICTURE = "foto fotos fotografia imagen imagenes captura capturas selfie scan photo photos picture pictures screenshot"
_PAPER = (
    "dni documento documentos cedula carne_de pasaporte rostro cara tarjeta tarjetas saldo banca"
    " app_bancaria id passport"
    " card cards license face debit"
)
_ASKED_OF_YOU = (
    "envia envianos enviar enviame manda mandanos mandar mandalo mandame adjunta adjuntar adjuntas sube subir subes"
    " haznos pasanos registrarte registrarse postular postulacion requisito requisitos entrevista reservarte reservar"
    " validar se_pide pedimos necesitamos ver_una sacate tomate whatsapp inscribirte send upload attach email"
    " we_need before_the the_interview apply provide"
)
_NUMBERS_AND_WORDS = (
    "numeros numero digitos clave claves contrasena contrasenas password passwords usuario pin cvv credenciales details"
    " login username datos"
)
_OF_A_BANK = (
    "tarjeta tarjetas banco bancaria bancarios banca cajero correo gmail internet card bank banking debit email yape"
    " tu_app"
)
_TOLD_TO_THEM = (
    "llena llenar llenas formulario form escribe escribir dinos danos indica indicanos indicar registra"
    " registrar ingresa"
    " ingresar completa completar brinda brindanos brindar proporciona facilita facilitanos enlace link type enter"
    " provide submit fill"
)
_YOURS = "tu tus your su"

_BRING_IN = (
    "invita invitas invites inscribe inscribes inscribas suma sumas sumes recluta reclutas refiere refieres refieras"
    " patrocina patrocinas trae traes traigas traen mete metes metas afilia afilias afilies entren enroll enrol recruit"
    " recruits invite refer bring sponsor sponsoring sign_up patrocinando afiliando inscribiendo invitando reclutando"
)
_PEOPLE = (
    "amigo amigos conocido conocidos persona personas gente socio socios otros afiliados familiares dos"
    " 2 tres 3 friends"
    " friend people person others partners members everyone family"
)
_FROM_THEM = (
    "gana ganas ganaras ganancia ganancias comision comisiones porcentaje ingreso ingresos regalias cobras recibes"
    " ellos_trabajan te_deja te_paga duplica earn earns income commission commissions share cut collect retire"
    " what_they spend profits"
)
_ONE_HIRED = (
    "contratado contratada contratados contratamos colega companero companera planilla prueba probation hired hire moto"
    " propia entrega delivery ventas venta sale clientes cliente bonus bono premio recommend recomiendas recomendar"
)

WIDER_CUES: tuple[Cues, ...] = (
    cues(
        SignKind.ASKS_FOR_MONEY,
        MONEY_CUE,
        _YOU_PAY,
        _YOURS_TO_BEGIN,
        window=16,
        never=PAID_OUT,
        others=_EVERYONES_MONEY,
    ),
    cues(SignKind.ASKS_FOR_MONEY, MONEY_CUE, _A_FEE, _TO_BE_LET_IN, window=14, never=PAID_OUT, others=_EVERYONES_MONEY),
    cues(SignKind.ASKS_FOR_MONEY, MONEY_CUE, _BACK_TO_YOU, window=16, never=PAID_OUT, others=_EVERYONES_MONEY),
    cues(
        SignKind.ASKS_FOR_MONEY,
        MONEY_CUE,
        "on_you tu_cargo cubres_tu lo_cubres la_cubres lo_pagas la_pagas los_pagas los_compras lo_compras las_compras"
        " pagas_tu te_inscribes te_registras inscribete",
        window=14,
        never=PAID_OUT,
        others=_EVERYONES_MONEY,
    ),
    cues(
        SignKind.ASKS_FOR_MONEY,
        "pay pagas paga abonas",
        "course training curso capacitacion kit uniform uniforme",
        "your_salary tu_sueldo first_salary first_paycheck primer_sueldo primer_pago",
        window=14,
        others=f"{OF_OTHERS} pagamos we",
    ),
    cues(SignKind.ASKS_FOR_SECRETS, _PICTURE, _PAPER, _ASKED_OF_YOU, window=14, others=f"{OF_OTHERS} front recepcion"),
    cues(
        SignKind.ASKS_FOR_SECRETS,
        _NUMBERS_AND_WORDS,
        _OF_A_BANK,
        _TOLD_TO_THEM,
        _YOURS,
        window=14,
        never="memoria recuperar olvidaron",
        others=OF_OTHERS,
    ),
    cues(SignKind.PYRAMID, _BRING_IN, _PEOPLE, _FROM_THEM, window=14, never=_ONE_HIRED),
    cues(
        SignKind.PYRAMID,
        _FROM_THEM,
        "tu_red red_de tu_equipo_de plan_de your_network your_team under_you por_ti",
        "consumidores distribuidores afiliados socios niveles regalias entren every_person sign partners personas",
        window=14,
        never=_ONE_HIRED,
    ),
    cues(SignKind.PYRAMID, "enroll enrol recruit sponsor", "partners people friends members", "under_you", window=8),
    cues(
        SignKind.MONEY_MULE,
        "caen entran llegan entra depositan depositen depositamos comes_into abonan transfieren",
        "tu_cuenta tu_yape tu_tarjeta tu_plin te_depositen te_depositan your_account cajero",
        "mandas envias retiras sacas llevas entregas reenvias pasas lo_llevas los_mandas send withdraw forward crypto"
        " comision",
        window=16,
        never="sueldo salario empresa salary",
    ),
    cues(
        SignKind.MONEY_MULE,
        "retiras sacas withdraw",
        "cajero efectivo cash agente",
        "te_depositen te_depositan te_abonen te_transfieran they_send",
        window=18,
        never="sueldo empresa",
    ),
)
