"""Offers that are after the reader's name, phone or accounts: codes, remote control, borrowed papers, a charged exam.

Cues, in the notation of `engine.moderation.fraud.cues`, for ads in Spanish and in English.
"""

from __future__ import annotations

from engine.moderation.fraud.cues import MONEY_CUE, Cues, cues
from engine.offer_signs import SignKind

# Whose codes, phones and papers a day's work is about.
_OF_CLIENTS = "client usuari pacient alumn custom user student patient their sucursal"

_EXAM = (
    "examen_medico examenes_medicos examen_ocupacional examenes_ocupacionales examen_preocupacional preocupacional"
    " salud_ocupacional examen_clinico emo chequeo_medico evaluacion_medica medical_exam medical_exams"
    " pre_employment_medical medical_costs medical_screening"
    " medical_examination medical_check medical_checkup medical_test health_check health_exam"
)
_READER_PAYS = (
    "tu_cuenta su_cuenta cuenta_propia pagas pagaras debes_pagar deberas_pagar debe_pagar tienes_que hay_que asumes"
    " asumiras cubres cubriras cancelas cancelaras abonas abonaras costeas te_descuenta se_descuenta se_descontara"
    " se_descontaran te_descontara te_descontamos te_descontaremos descontado descontada you_pay candidates_pay"
    " applicants_pay your_own your_expense deducted"
)
_SOMEBODY_PAYS = (
    "cuenta cargo costo paga pagado pagados pagar asume asumen asumir asumido asumidos cubre cubierto cubiertos"
    " cancela cancelado cancelar abona abonar costea costeado pay pays paid cost costs covered borne"
)
_THE_READER = (
    "postulante postulantes trabajador trabajadora trabajadores candidato candidata candidatos ingresante ingresantes"
    " interesado interesados colaborador solicitante aspirante candidate candidates applicant applicants worker"
    " employee"
)
_THE_HOUSE = "empresa empleador compania institucion nosotros asumimos cubrimos pagamos company employer we us"
_CODE = "codigo codigos otp pin token digitos numero_que clave_que one_time code codes passcode sms_que digits"
_ARRIVES = (
    "llegara llegar llegue llega llego llegan recibes recibas recibiras recibir reciba sms"
    " verificacion seguridad whatsapp"
    " mensaje te_envie te_envia te_manda te_mande te_enviara te_mandara te_enviaremos aparece app banco you_get"
    " you_receive will_receive will_get arrives text_message sent_to sends_you on_your verification otp password"
)
_GIVE = (
    "comparte compartenos comparteme compartir compartas compartelo pasanos pasanoslo pasame pasamelo pasalo envianos"
    " enviame envianoslo enviar envia enviando envialo enviaselo manda mandanos mandame mandanoslo mandando dinos dime"
    " dinoslo dicta dictanos dictame dictalo indica indicanos indicalo nos_das nos_dices danos dame danoslo reenvia"
    " reenvianos reenviar reenvialo escribe escribelo confirmanos confirma brindanos te_pediremos te_pedira te_pedimos"
    " te_pediran te_solicitaremos nos_brindas me_lo nos_lo lo_envias lo_mandas share forward tell"
    " give read_us send_us reply text_us ask_you dictate"
    " read_it"
)
_REMOTE_APP = (
    "anydesk any_desk teamviewer team_viewer rustdesk rust_desk quicksupport quick_support ultraviewer supremo airdroid"
    " aweray screenconnect zoho_assist acceso_remoto control_remoto remote_access remote_control remote_desktop"
)
_GET_AN_APP = (
    "instala instalas instalar instale instales descarga descargas descargar descargue descargarte bajate baja bajas"
    " bajar activa activas abre install installs download open give dale"
    " instalado instalada"
)
_INTO_WHAT_IS_YOURS = (
    "tu_cel tu_celular tu_telefono tu_equipo tu_movil tu_computadora tu_laptop tu_pc tu_app tu_yape"
    " tu_plin tu_banco tu_banca"
    " tu_billetera tu_cuenta tu_id tu_identidad entrevista dejanos danos envianos darnos permitenos permisos"
    " conectemos configuremos configurar registrarte verificarte asesor your_phone your_computer your_bank your_wallet"
    " your_account your_device let_us give_us interview onboarding your_id"
)
_BANK = (
    "yape plin banco banca bancaria bancario billetera cuenta pagos bcp bbva interbank bank banking"
    " wallet account payments paypal"
)
_DEVICE = (
    "tu_celular tu_cel tu_telefono tu_equipo tu_movil tu_computadora tu_laptop tu_pc su_celular"
    " your_phone your_computer"
    " your_device your_laptop"
)
_TAKE_OVER = (
    "control controlara controlaremos controlar manejara manejaremos manejar entrara entraremos entrar accedera"
    " accederemos acceder acceso acceda ingresara ingresar conectarnos access connect"
)
_LEND = (
    "presta prestas prestar preste presten prestan prestanos prestame prestarnos prestando alquila alquilas alquilar"
    " alquile alquilamos alquilan alquilanos te_alquilamos la_alquilamos alquilame rentamos rentanos"
    " rentame rento renta rentas cede cedes ceder ceda"
    " cedan dejarnos dejanos facilita facilitanos usamos usar usaremos compramos compro vendenos vende rent lend lease"
    " borrow sell_us letting_us let_us use hand"
    " alquilo rento buy"
)
_IDENTITY = (
    "tu_dni su_dni dni tu_identidad su_identidad tu_documento su_documento tus_documentos tus_datos sus_datos"
    " tu_firma cuenta_verificada cuentas_verificadas perfil_verificado cuenta_activa tu_nombre su_nombre verified"
    " driver_account seller_account freelancer_account courier_account your_id your_identity your_ssn your_name"
    " your_passport identity cuenta_de_conductor vendedor_verificado conductor_verificada conductor_verificado"
)
_PLATFORM_ACCOUNT = (
    "uber rappi pedidosya indrive didi upwork fiverr freelancer mercadolibre airbnb delivery driver bank binance paypal"
    " payoneer"
)
_IN_YOUR_NAME = (
    "tu_nombre su_nombre nombre_tuyo tu_dni su_dni tu_documento su_documento tu_identidad tus_datos your_name"
    " your_identity your_id"
)
_TAKEN_ON = (
    "lineas linea chips chip sim sims simcards celular celulares equipos equipo prestamos prestamo creditos credito"
    " tarjetas empresas empresa cuentas companies company accounts loans loan phones lines"
)
_FOR_PAY = (
    "pagamos pago pagan paga te_pagamos gana ganas ganaras comision cobra cobras efectivo entregues entregas entreganos"
    " recogemos recompensa soles pay earn paid cash commission hand per"
)

ACCESS_SCHEMES: tuple[Cues, ...] = (
    cues(SignKind.CHARGES_MEDICAL_EXAM, _EXAM, _READER_PAYS, window=12, never=_THE_HOUSE, others=_OF_CLIENTS),
    cues(
        SignKind.CHARGES_MEDICAL_EXAM,
        _EXAM,
        _SOMEBODY_PAYS,
        _THE_READER,
        window=14,
        never=_THE_HOUSE,
        others="client pacient patient",
    ),
    cues(
        SignKind.CHARGES_MEDICAL_EXAM,
        _EXAM,
        MONEY_CUE,
        "cuesta costo paga pagas pagar cancela cancelar valor precio costs cost",
        window=10,
        never=_THE_HOUSE,
        others=f"{_OF_CLIENTS} vend plan segur",
    ),
    cues(
        SignKind.CHARGES_MEDICAL_EXAM,
        _EXAM,
        MONEY_CUE,
        window=5,
        never=f"{_THE_HOUSE} gratis gratuito anual",
        others=f"{_OF_CLIENTS} vend plan segur",
    ),
    cues(SignKind.ASKS_FOR_CODES, _CODE, _ARRIVES, _GIVE, window=16, others=_OF_CLIENTS),
    cues(SignKind.REMOTE_CONTROL, _REMOTE_APP, _GET_AN_APP, _INTO_WHAT_IS_YOURS, window=22, others=_OF_CLIENTS),
    cues(SignKind.REMOTE_CONTROL, _REMOTE_APP, _TAKE_OVER, _DEVICE, window=18, others=_OF_CLIENTS),
    cues(SignKind.REMOTE_CONTROL, _REMOTE_APP, f"{_GET_AN_APP} {_TAKE_OVER}", _BANK, window=22, others=_OF_CLIENTS),
    cues(SignKind.REMOTE_CONTROL, _TAKE_OVER, _DEVICE, _BANK, window=20, others=_OF_CLIENTS),
    cues(
        SignKind.REMOTE_CONTROL,
        "apk app aplicacion application",
        _GET_AN_APP,
        "permisos accesibilidad origen_desconocido origenes_desconocidos fuera_de not_from unknown_sources"
        " te_enviaremos te_enviamos te_mandamos te_pasaremos our_link",
        window=20,
        never="entregas fotos",
        others=_OF_CLIENTS,
    ),
    cues(
        SignKind.REMOTE_CONTROL,
        "pantalla screen",
        "comparte compartes compartir compartiendo muestranos share sharing",
        "yape plin banca bancaria billetera banco bank banking wallet",
        window=18,
        others=_OF_CLIENTS,
    ),
    cues(SignKind.BORROWS_IDENTITY, _LEND, _IDENTITY, _FOR_PAY, window=18, others=_OF_CLIENTS),
    cues(SignKind.BORROWS_IDENTITY, _LEND, _IDENTITY, _TAKEN_ON, window=14, others=_OF_CLIENTS),
    cues(
        SignKind.BORROWS_IDENTITY,
        "presta prestas preste presten prestar prestanos prestame rentanos rentamos alquilanos"
        " alquilame alquila alquilas alquile alquilamos te_alquilamos"
        " la_alquilamos compramos compro alquilo cede ceda cedes rent lend lease buy",
        "cuenta cuentas account accounts perfil",
        f"{_PLATFORM_ACCOUNT} verificada verificado verificadas conductor vendedor repartidor verified seller",
        window=14,
        never="autos departamentos apartments cars",
        others=_OF_CLIENTS,
    ),
    cues(SignKind.BORROWS_IDENTITY, _TAKEN_ON, _IN_YOUR_NAME, _FOR_PAY, window=20, others=_OF_CLIENTS),
    cues(
        SignKind.BORROWS_IDENTITY,
        "figure figures figurar figuras aparecer aparezcas prestanombre prestanombres testaferro registrado",
        "gerente titular socio representante dueno propietario prestanombre prestanombres testaferro",
        "empresa empresas compania negocio cuenta cobras pago pagamos",
        window=14,
    ),
)
