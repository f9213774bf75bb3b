"""What fraudulent offers in Spanish draw their reader into (paid clicks, pyramids, moving money).

Phrases without accents, in the notation of `engine.moderation.fraud.phrases`.
"""

from __future__ import annotations

from engine.moderation.fraud.phrases import PIECES, Phrase, phrases
from engine.offer_signs import SignKind

_PIECES = {
    **PIECES,
    "EARN": r" (?:gana|ganas|gane|ganar|ganaras|genera\w? (?:dinero|ingresos)|cobras?|comision|comisiones|te pag\w+"
    r"|pagamos|ganancias|te regal\w+|remuneradas|pagadas|recibes?(?: \S+)? (?:pago|dinero|comisiones|s/))",
    "EASY": r"(?: (?:muy|simples?|sencillas?|faciles|facil|diarias|basicas|en linea|online|virtuales|digitales|cortas"
    r"|por (?:whatsapp|telegram)|desde (?:tu|el) (?:celular|telefono)))+",
    "LIKE": r" (?:me gustas?|likes?|megusta|seguidores|corazones|follows?)",
    "TO_CLICK": r" (?:videos?|publicacion(?:es)?|paginas?|canal(?:es)?|perfiles|reels|fotos|tiktoks?|youtube|facebook"
    r"|instagram|anuncios|hotel(?:es)?|restaurantes|productos|aplicaciones|apps)",
    "TASK": r" (?:tareas?|likes?|me gustas?|videos|anuncios|publicidad|hoteles|estrellas|misiones|encuestas"
    r"|restaurantes|clics|clicks|resenas)",
    "FRIENDS": r" (?:amigos|amistades|familiares|conocidos|socios|personas|gente)",
}

_CLICKS = """
da|dale|dar|dando|das|den un|tu|solo* LIKE [4] TO_CLICK|te_pag~|gana|ganas|cobra|cobras
completa|completar|completando|completas|procesa|procesando pedidos|ordenes [6] comision|comisiones|gana|ganas
pagamos|pagan|paga|pago por|para ver|mirar|dar|seguir|suscribirte|suscribirse|calificar|resenar [3] TASK|TO_CLICK
por|x cada LIKE|suscripcion_al_canal|estrella|calificacion|captura|clic|click|mision|video_visto
por|x cada tarea|video|anuncio que completes|veas|mires|realices|hagas
gana|ganas|ganar|ganaras|gane|genera|generas|cobra|cobras|recibe|recibes|recibiras|ingresos|comision|comisiones|dinero
    [5] por|con|viendo|mirando|dando|calificando|haciendo|realizando|completando|resolviendo
    cada|unas|de|solo|tus|las|simples|pequenas|nuestras* TASK
completa|completar|completando|completas|realiza|realizar|realizas|realizando|haz|hacer|haciendo|resuelve|resolver
    |cumple|cumplir [2] tareas EASY [8] EARN
tareas EASY [6] EARN
calificador|calificadores|resenador|resenadores|calificadora de hoteles|restaurantes|aplicaciones|apps
resenas|opiniones|calificaciones positivas|falsas|5_estrellas|cinco_estrellas [6] MONEY|cada_una|pago
dales|dale|dar|pon|poner 5|cinco estrellas
pedidos|ordenes|compras|articulos simulad~|virtuales|ficticios|ficticias
completa|completar|completando|finalizar|terminar|termina|realiza|realizar|realizas|haz|complete las|tus* AMOUNT
    tareas [7] EARN|retira|retiras|retirar
califica|calificar|calificas|calificando|puntua|puntuar|resena|resenar|resenando|valorando
    a|los|las|con|estrellas|cinco|5|y|nuestros|diferentes* hoteles|hotel|restaurantes|aplicaciones|apps
deja|dejar|dejando|escribe|escribir|publica|publicar|pon|poner una|unas|buenas|positivas|tus|5|cinco|de*
    resena|resenas|estrellas|calificaciones|opiniones [4] hoteles|google|restaurantes|maps [8] EARN
desbloquea|desbloquear|desbloqueas|desbloqueo [3] tareas|misiones|nivel_vip|niveles_vip|siguiente_nivel|comisiones|vip
suscribete|suscribirte|suscribirse|sigue|seguir|mira|mirar|ver|viendo a|los|las|2|3|5|10|canales|videos|de|nuestros
    |cuentas|en|paginas|cortos* TO_CLICK [6] EARN
"""

_PYRAMID = """
arma|armar|armas|construye|construir|crea|crear|forma|formar|desarrolla|desarrollar|haz|expande tu|propia|propio*
    tu|propia red !de_datos|de_contactos|de_computo|social|de_clientes|neuronal|wifi
arma|armar|construye|construir|crea|crear|forma|formar|desarrolla|desarrollar|lidera tu|tus|propio|un* equipo de
    afiliados|distribuidores|socios|emprendedores|consultoras|referidos
empresa|negocio|negocios|sistema|marketing|venta|ventas|plan|modelo|compania|redes|trabajo|oportunidad de|en|por?
    multinivel|mlm
redes|red|mercadeo|marketing de_mercadeo|en_red|multinivel
afilia|afiliar|afilias|afilie|invita|invitar|invitas|invitando|afiliando|refiere|referir|recluta|reclutar|trae|traer
    |inscribe|inscribir a|tu|tus|mas|otras|otros|nuevos|nuevas|2|3|dos|tres* FRIENDS [6] gana|ganas|ganaras|comision
    |comisiones|genera|tu_red|bajo_tu|a_tu_red|a_tu_equipo|ingresos|porcentaje|sube|subir|rango|por_cada_uno
    |por_cada_referido !un_bono|bono|bonos
por|cada cada? persona|amigo|socio|afiliado|referido|conocido que? invites|refieras|traigas|afilies|inscribas|ingreses
    |registres
gana|ganas|ganar|ganaras|gane|comision|comisiones|ingresos|bono|bonos|ganancias
    por|con|de|tus|los|sobre|las|compras|ventas* referidos_directos|tu_red|afiliados_directos|patrocinio|binario
    |residual|residuales
gana|ganas|ganar|ganaras|gane|cobra|cobras [5] por|con|de tus|cada referido|referidos
por|x cada persona|amigo que se? registre|inscriba|una|afilie|entre|ingrese
patrocina|patrocinar a? tus|nuevos amigos|socios|personas
ingreso|ingresos residual|residuales|pasivo|pasivos|multinivel
libertad financiera
tu|mi patrocinador|upline|sponsor
"""

_MULE = """
recibe|recibes|recibir|recibiras|recibiendo|cobra|cobrar|acepta|aceptar los|las|y|pagos|depositos|transferencias
    |dinero|fondos|abonos|el|de|nuestros* pagos|depositos|deposito|transferencias|dinero|fondos|abonos|clientes
    |terceros|personas|yapes en|por|mediante|a_traves_de tu|su propia?
    cuenta|cuentas|yape|plin|billetera|tarjeta|numero
depositalos|transfierelos|reenvialos|depositarlos|transferirlos|reenviarlos [1] otra|otras cuenta|cuentas
presta|prestar|prestas|prestanos|prestarme|prestarnos|prestame|alquila|alquilar|alquilamos|alquilas|compramos|renta
    |usamos|usaremos|utilizaremos|usar|utilizar|cede tu|tus propia? cuenta|cuentas|tarjeta|yape|plin
    !de_correo|google|de_gmail
entregas|entregar|das|dar|entreganos [2] accesos
alquilamos|alquilo|compramos|compro|renta|rento|rentamos cuenta|cuentas bancarias|bcp|de_yape|yape|bancaria
quedandote|quedandose|quedate|quedarte|quedas con el|un|una? AMOUNT|porcentaje|comision
cuenta|cuentas [6] para_recibir|para_recepcionar|para_mover los|las? depositos|transferencias|dinero|fondos|abonos
    |pagos_de|pagos_del
uso|prestamo de tu cuenta|tarjeta|yape !de_correo
clientes|terceros|personas|usuarios [2] depositan|depositaran|transfieren|transferiran|abonan|envian [3] tu
    cuenta|yape
reenvia|reenvias|reenviar|reenviaras [1] dinero|fondos|plata|deposito|depositos
recibe|recibes|recibir|recibiras [1] paquetes|cajas|encomiendas [8] etiqueta|etiquetas|correo|extranjero|exterior
quedate|quedarte|quedas|retienes|retener|retira|retirar|reenvia|reenviar|transfiere|transferir|mueve [6] el_resto
    |lo_restante|a_otra_cuenta|a_otras_cuentas|a_la_cuenta_que_te
reenvia|reenviar|reenvias|reenvio|reempaca|reempacar|reempaquetar|reetiqueta|reexpedir de|los|las*
    paquete|paquetes|encomienda|encomiendas|envios|mercaderia
recibe|recibes|recibir|recibiras|recepciona|recepcionar los|las? paquetes|encomiendas|envios|pedidos en tu|su
    casa|domicilio|hogar|direccion
"""

SPANISH_SCHEMES: tuple[Phrase, ...] = phrases(
    {
        SignKind.PAID_CLICKS: _CLICKS,
        SignKind.PYRAMID: _PYRAMID,
        SignKind.MONEY_MULE: _MULE,
    },
    _PIECES,
)
