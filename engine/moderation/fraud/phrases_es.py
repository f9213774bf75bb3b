"""What fraudulent offers in Spanish ask of their reader: money, secrets, to go on in a private chat.

Phrases without accents, in the notation of `engine.moderation.fraud.phrases`, written from how such offers work (who
pays whom, what for, and before what), not copied from ads.
"""

from __future__ import annotations

from engine.moderation.fraud.phrases import PIECES, Phrase, phrases
from engine.offer_signs import SignKind

_PIECES = {
    **PIECES,
    # What a job never costs the person who takes it; of the surer ones hardly an ad speaks as of a benefit.
    "FEE": r" (?:inscripcion|matricula|kits?|garantia|membresia|capacitacion|entrenamiento|induccion|curso|uniforme"
    r"|fotocheck|carnet|credencial|cupo|vacante|plaza|activacion|verificacion|antecedentes|registro|tramites?|derecho"
    r"|licencia|paquete|expediente|plataforma|afiliacion|suscripcion|franquicia|examen medico)",
    "SURE_FEE": r" (?:inscripcion|matricula|kits?|garantia|membresia|cupo|fotocheck|activacion|derecho de|credencial)",
    "TO_START": r" para(?: poder| que puedas)? (?:inicia\w+|empezar|comenzar|arrancar|participar|trabajar|postular"
    r"|desbloquear|inscrib\w+|registrar(?:te|se)|entrar|tu (?:inscripcion|registro|kit|vacante|cupo)"
    r"|(?:activar|reservar|separar|asegurar|acceder|ingresar|obtener|recibir|validar|habilitar|garantizar|cubrir)"
    r"(?: (?:a|al|tu|su|el|la|un|una))* (?:cupo|vacante|plaza|puesto|ingreso|inscripcion|kit|acceso|contratacion"
    r"|cuenta|trabajo|equipo|capacitacion|usuario|plataforma|materiales?|pago|contrato|registro|fotocheck))",
    "TO_PAY": r" (?:pagar|abonar|depositar|cancelar|transferir|yapear|invertir|desembolsar|consignar|aportar)",
    "PAYMENT": r" (?:pagos?|depositos?|abonos?|aportes?|adelantos?|cuotas?|transferencias?|recargas?|garantias?"
    r"|inversion(?:es)?|yapes?|yapeos?|plin|giros?)",
    "YOU": r" (?:postulante|candidat[oa]|trabajador|trabajadora|interesad[oa]|ti|colaborador|participante)",
    "FIRST_PAY": r" (?:primer|primera|proximo)"
    r" (?:sueldo|pago|mes|cobro|semana|quincena|salario|remuneracion|deposito)",
    "SECRET": r" (?:claves?|contrasenas?|password|pin|cvv|token|otp|cci|tarjetas?|cuenta bancaria|datos bancarios"
    r"|numero de(?: tu| su)? (?:cuenta|tarjeta)|cuenta interbancaria|credenciales|usuario y clave|banca movil)",
    "PAPERS": r" (?:(?:fotos?|fotografias?|imagen|imagenes|captura)(?: (?:de|del|por|a|tu|su|ambos|lados|y|clara))+"
    r" (?:dni|documento|cedula)|selfie(?: (?:con|sosteniendo|junto|a|tu|el|su))+ (?:dni|documento)"
    r"|(?:dni|documento|cedula)(?: (?!\. )\S+){0,3}? (?:ambos|ambas|los dos|las dos) (?:lados|caras)"
    r"|codigos?(?: otp| sms| de verificacion| de seguridad)? que (?:te|le) \w+|codigos? (?:otp|sms))",
}

_MONEY = """
deposita|deposite|depositas|yapea|yapee|yapeas|yapear|yapeanos|yapeame|plinea|transfiere|transfiera|abona|abone|abonas
    |consigna|recarga|recargue|recargas|pague|pagas|paga|cancela|cancele|cancelas|invierte|invierta|inviertes
    |invirtiendo [3] MONEY << te|le|les|se|nos|empresa|nosotros|que|quien|lo|al|el|ella
paga|pague|pagas|cancela|cancele|cancelas|abona|abone|abonas|cobra|cobran|cobramos|cobraremos|compra|compre|compras
    |adquiere|adquiera|adquieres tu|su|la|el|una|un|los|solo|solamente|unicamente|por|nuestro|nuestra|primero*
    inscripcion|matricula|membresia|kit|kits|garantia|cupo|fotocheck|carnet|derecho_de|vacante <<
    te|le|les|nos|empresa|que
debes|debe|deben|deberas|debera|deberan|tienes|tiene|tendras|hay|necesitas|necesita|solo|solamente|primero|antes
    |requisito que|primero|previamente|solo|antes|unicamente|realizar|hacer|efectuar|un|el|tu|por|es*
    TO_PAY|pago|abono|deposito|yape [4] SURE_FEE|MONEY
comprar|adquirir|compra|adquiere|compre|adquiera|pagar|pagas|costear tu|su|nuestro|un|el|primero|por|la* kit|paquete
    |membresia|codigo|combo|pack|inscripcion|cupo|matricula|uniforme [3] MONEY|TO_START <<
    puede|pueden|desean|desea|quieren|quiere
inscripcion|kit|kits|garantia|membresia|cupo|fotocheck|carnet|credencial|derecho|activacion|reserva de|del|inicio
    |inicial|trabajo|ingreso|es|a|solo|unica|unico|costo|cuesta|vale|tiene|un|tu|la|el|cupo|vacante* MONEY << por|cada
    |comision|bono|con|como|incentivo|vendida|en|premio|ganas|gana
pago|deposito|abono|cuota|aporte|monto|cobro|yape|transferencia|garantia|inversion|inscripcion
    unic~|previ~|simbolic~|reembolsable|minim~|adelantado [2] FEE|MONEY|TO_START << gastos
pago|deposito|abono|cuota|aporte|cobro|yape de|por|la|el|tu|una|un|concepto|en* SURE_FEE [3]
    MONEY|TO_START|obligatori~|requerido|reembolsable
costo|precio|valor de|del|la|el|los|por|tu|unico* FEE|visa|flete|envio|insumos|materiales|pasajes|pasaje [4] MONEY
capacitacion|entrenamiento|induccion|curso|registro|proceso|examen|evaluacion|uniforme|carnet|tramite|preregistro
    tiene|con|a|es|de|un|una|costo|precio|solo|unico|pago* MONEY << por|bono|comision|pagada|de|dicta|dictar
capacitacion|entrenamiento|induccion|curso|certificado|examen|evaluacion|uniforme|carnet|tramite|visa|material|kit [5]
    cuesta|cuestan|vale|valor|costo|precio solo|unico|de|es|un* MONEY << por|bono|comision|vender|venta|del
manda|mandas|mandame|envia|enviame|enviar|mandar|gira [1] MONEY por|x|al|a|para|y
cancela|abona|paga MONEY por_concepto|por_derecho|por_evaluacion|por_inscripcion|por_tramite
activa|activar|separa|separar|reserva|reservar|asegura|valida|validar|habilita|habilitar tu|su|la|el membresia|cuenta
    |cupo|vacante|plaza|entrevista|puesto|lugar|registro|usuario|perfil [5] MONEY|yape|deposito << empresa
antecedentes|fotocheck|carnet|visa|certificado|certificados [5] por|a|cuesta|vale|costo MONEY << comision|cada
hay que pagar|depositar|abonar|yapear|invertir
contar|cuentes|disponer|dispongas con|de MONEY para
necesitas|requieres|tener|traer solo? MONEY TO_START
pago|abono|deposito|cobro|aporte de? MONEY por|para tu|su|la|el? FEE << comision|bono|te|les
debes|deberas|tendras tienes? que|primero|antes* pagar|abonar|depositar|yapear|invertir|desembolsar
requisito|requisitos|obligatorio|indispensable|debes|deberas|necesario|necesitas [1] adquirir|comprar [5] MONEY
adquiere|compra|compras [4] MONEY << que|y|de
pagues|abones|deposites|yapees|recargues|inviertas
transfieras|envies|gires [4] MONEY|impuesto|garantia|comision
envia|envianos|enviame|manda|mandanos|mandame|adjunta|sube|presenta [2] voucher
envia|envianos|enviame|manda|mandanos|mandame|adjunta|sube tu|el|la|una|captura|foto|del|de* comprobante|constancia de
    tu? pago|deposito|yape|transferencia|inscripcion
postulante|postulantes|candidato|interesado|participante|trabajador asum~|cubr~|paga|pagara|cancela|cancelara|abona
    |abonara|corre|costea [3] costo|costos|gastos|examen|examenes|capacitacion|uniforme|inscripcion|tramite|materiales
costo|precio|costos|gastos [5] asum~|cubr~|corre|pag~|cargo el|la|por|del|de|cuenta* YOU
requiere|requerimos|solicita|solicitamos|pedimos|pide|piden|exige|exigimos|necesita|necesitas|cobra|cobramos|cobran
    |solicitara|requerira|solicitaremos|pediremos|cobraremos|haciendo|realizando|previo|hacer|haz|haga|realiza
    |realizar|dejar|deja un|una|el|la|solo|unic~|pequen~|minim~|previ~|primer~|simbolic~|de|por|hacer|realizar|tu*
    PAYMENT [2] MONEY|TO_START|reembolsable|garantia << bono
requiere|requieres|requerimos|necesita|necesitas|hacer|haz|pide|pedimos una|la|solo|pequen~* inversion|capital
    inicial|minim~|propi~|previ~ << proyecto
pedimos|pediremos|solicitamos|exigimos|piden|requerimos solo|un|algo|de* dinero|pago_por_adelantado
inversion|capital inicial|minim~|unica|es|desde|de|solo|propi~* MONEY << de|en|proyectos|proyecto|la
pequena|minima|baja inversion
recarga|recargas|recargar|recargue tu|su cuenta|billetera|wallet|saldo|usuario|plataforma
recarga|recargas minima|inicial de? MONEY
yape|plin|yapea|yapear|yapeanos al|a|este|numero|el|nuestro|siguiente|cuenta|de|por|nombre* PHONE <<
    bono|vale|por|con|via
yape|plin de? MONEY TO_START
compra|deposita|envia|invierte|transfiere|recarga|manda [2] usdt|bitcoin|bitcoins|btc|cripto|criptos|criptomoneda
    |criptomonedas|crypto|ethereum|tether
para poder? inicia~|empezar|comenzar|participar|trabajar|postular|activar|reservar|separar|asegurar|acceder|ingresar
    |obtener|recibir|registrar~|inscrib~ [5] paga|pagas|pagar|pague|abona|abonas|abonar|deposita|depositas|depositar
    |yapea|invierte|invertir|inviertes|compras|comprar|cancelas|transferir|recarga|recargar [3] FEE|MONEY
devuelve|devolvemos|devolvera|devolveremos|devuelto|devuelta|reembolsa|reembolsamos|reembolsado|reembolsada
    |reembolsara|reembolsaremos|reintegra|reintegramos|recuperas|recuperaras|descuenta|descontamos|descontara
    |descontado [5] FIRST_PAY
"""

_SECRETS = """
envianos|enviame|mandanos|mandame|compartenos|comparteme|brindanos|brindame|facilitanos|facilitame|indicanos|indicame
    |dinos|dime|danos|dame|pasanos|pasame|reenvianos|reenviame|confirmanos|confirmame|proporcionanos [6] SECRET|PAPERS
envia|envie|enviar|envies|mandar|manda|mande|comparte|comparta|compartir|adjunta|adjunte|adjuntar|brinda|brinde
    |brindar|facilita|facilite|facilitar|proporciona|proporcione|proporcionar|indica|indique|indicar|ingresa|ingrese
    |confirma|confirme|reenvia|reenvie|remite|remitir|sube|subir|coloca|coloque|dar|deja|pedimos|pediremos|solicitamos
    |solicitaremos|requerimos|necesitamos|solicitara|pedira [6] PAPERS
envia|envie|enviar|mandar|manda|mande|comparte|comparta|compartir|adjunta|adjunte|adjuntar|brinda|brinde|brindar
    |facilita|facilite|facilitar|proporciona|proporcione|proporcionar|indica|indique|indicar|ingresa|ingrese|confirma
    |confirme|remite|remitir|sube|coloca|coloque|dar|deja|pedimos|pediremos|solicitamos|solicitaremos|requerimos
    |necesitamos|solicitara|pedira [6] tu|tus|su|sus SECRET
envianos|enviame|mandanos|mandame|dinos|dime|danos|dame|pasanos|pasame|dicta|dictame|indicanos|confirmanos [2] codigo
    [3] digitos|sms|llego|llega|llegue|llegara|verificacion
tu|tus clave|claves|contrasena|contrasenas|pin|cvv|numero_de_tarjeta|numero_de_cuenta|token << crea|cambia|usuario
clave|claves|contrasena|usuario|token|credenciales de|del|tu|la|y|contrasena|clave* banco|cajero|banca|yape|tarjeta
enviar|mandar|adjuntar|indicar|ingresar|entregar [2] token|clave|claves|contrasena|pin|cvv [3]
    tu|cajero|banco|bancaria
codigo [5] envialo|reenvialo|mandalo|compartelo|dictalo|enviaselo|dinoslo|pasalo
"""

_CHAT = """
escribeme|escribenos|escribirme|escribirnos|mandame|mandanos|enviame|envianos|contactame|contactanos|comunicate
    |agregame|agreganos|hablame|hablanos|llamame|unete [7] CHAT !business|web|para_client~|para_atend~|para_brind~
    |para_vent~
escribe|escriba|escribir|contacta|comunicarse|comunicarte|agrega|postula|postular|postulate al|a|por|via|mediante
    |nuestro|numero|un|mensaje|solo|siguiente* CHAT !business|web
envia|enviar|envie|enviando|manda|mandar|mande|remitir|deja|dejar [2] cv|curriculum|hoja_de_vida|datos|mensaje
    |mensajito|palabra|hola|info|nombre [7] CHAT !business|web
info|informes|interesados|interesadas|postulaciones [6] CHAT !business|web|para_client~ <<
    a|los|las|de|con|clientes|potenciales|nuestros
info|informes|interesados|interesadas|hablar|escribe|escribir|escribeme|manda|mandame|detalles [5] por_interno
    |al_interno|inbox|al_dm|por_dm|al_privado|por_privado
solo|solamente|unicamente|exclusivamente [1] por|via|al|mensaje|de|mensajes* CHAT
whatsapp|telegram al|numero|nro|cel|celular|a|de|,* PHONE
wa|t me [1]
chat|api|web whatsapp_com
"""

SPANISH_PHRASES: tuple[Phrase, ...] = phrases(
    {
        SignKind.ASKS_FOR_MONEY: _MONEY,
        SignKind.ASKS_FOR_SECRETS: _SECRETS,
        SignKind.PRIVATE_CHAT_ONLY: _CHAT,
    },
    _PIECES,
)
