"""The phrases of fraudulent and unlawful offers in Portuguese, in the notation of `engine.moderation.fraud.phrases`."""

from __future__ import annotations

from engine.moderation.fraud.phrases import PIECES, Phrase, phrases
from engine.offer_signs import SignKind

_PIECES = {
    **PIECES,
    "FEE": r" (?:inscricao|inscricoes|matricula|cadastro|adesao|ativacao|credenciamento|reserva|contratacao|selecao"
    r"|treinamento|capacitacao|curso|kits?|uniforme|cracha|apostila|caucao|antecedentes|franquia|mensalidade)",
    "TO_START": r"(?: (?:para|pra)(?: poder| voce)? (?:comecar|iniciar|participar|trabalhar|concorrer|entrar"
    r"|se inscrever|(?:garantir|reservar|liberar|ativar|confirmar|acessar|receber|desbloquear|validar|segurar)"
    r"(?: (?:a|o|as|seu|sua|seus))*"
    r" (?:vaga|cadastro|entrevista|acesso|conta|inscricao|contratacao|kit|contrato|lugar|tarefas|plataforma|salario))"
    r"| antes (?:de|da|do) (?:comecar|iniciar|entrevista|treinamento|primeiro))",
    "SECRET": r" (?:senhas?|cvv|token|pin|numero do(?: seu)? cartao|dados do(?: seu)? cartao|codigo de seguranca"
    r"|login e(?: a)? senha|internet banking)",
    "PAPERS": r" (?:(?:fotos?|fotografias?|imagem|imagens|copia)(?: (?:de|do|da|dos|seu|sua|seus|com|o|a|ambos))+"
    r" (?:rg|cpf|cnh|documentos?|identidade|cartao)|selfie(?: (?:com|segurando|do|seu|o|ao|lado))+ (?:rg|documento|cnh)"
    r"|(?:rg|cnh|documentos?)(?: (?!\. )\S+){0,2}? (?:frente e verso|dos dois lados|ambos os lados))",
    "CLICKED": r" (?:videos?|fotos?|perfis|paginas?|canais|canal|hotel|hoteis|restaurantes?|anuncios|produtos"
    r"|publicacoes|posts|aplicativos|instagram|tiktok|youtube)",
    "SEX": r" (?:mulher(?:es)?|homem|homens|mocas?|rapaz(?:es)?|feminin[oa]|masculin[oa]|garotas?|meninas?|senhoras)",
    "OTHER_SEX": r"(?: ,| /)*(?: (?:e|ou|/))?(?: (?:de|para|a|o))? (?:mulher|homem|homens|moca|rapaz|feminin|masculin"
    r"|ambos|senhor)\w*",
    "AGE_ANOS": r" (?:1[89]|[2-6]\d) anos",
}

_MONEY = """
deposite|transfira|pague|invista|recarregue|desembolse [3] MONEY << nao|nos|que|quem
taxa|taxas|mensalidade|sinal|valor de|da|do|para|unica|pequena* inscricao|cadastro|matricula|adesao|ativacao|reserva
    |credenciamento|unica|unico|simbolica|simbolico|antecipada|contratacao|selecao de|da|apenas|so|no|valor|e|a|sera|,*
    MONEY << sem
caucao|taxa de|da|do|apenas|so|no|valor|e|,* MONEY [2] TO_START|antecipad~|obrigatori~|devolvid~|reembolsavel
caucao de|da|do|no|valor* MONEY
cobramos|cobra|cobrada|cobrado|cobraremos|mediante|pagar|pague|paga|pagando|pagamento|pagas|pagos [3] taxa|taxas|caucao
    de|da|do|e? FEE|antecipad~|unica|simbolica|MONEY << nao
mediante pagamento|deposito|pix|transferencia de|do|no|valor* MONEY|taxa|FEE
taxa|taxas de|da|do inscricao|cadastro|matricula|adesao|ativacao|credenciamento|contratacao [4] pix|obrigatoria
    |antecipad~|MONEY|TO_START
voce|candidato|candidata|candidatos|interessado|interessados|contratado|contratados|deve|devera|deverao|precisa
    |necessario|preciso|obrigatorio|tem|so|apenas que|de|so|tem|e|primeiro|antes|voce|precisa|deve* pagar|pague|paga
    |pagam|arca|arcar|arcam|custear|custeia|comprar|compra|adquirir|depositar|investir [4] taxa|inscricao|matricula|kit
    |caucao|cracha|apostila|MONEY << empresa|quem
faca|fazer|faz|mande|mandar|manda|envie|enviar|realize|realizar|efetue|efetuar um|uma|o|a|seu* pix|deposito
    |transferencia|recarga [3] MONEY << vamos|iremos|nos
faca|fazer|faz|mande|mandar|manda|envie|enviar|realize|realizar|efetue|efetuar um|uma|o|a|seu* pix|deposito|pagamento
    |transferencia|recarga [3] taxa|inscricao|matricula|TO_START|antecipad~ << vamos|iremos|nos
pix|deposito|transferencia|recarga de|no|do|valor|um|inicial|minim~|simbolic~|apenas|so* MONEY <<
    por|via|em|bonus|premio|no|ganhe
pix|deposito|pagamento|recarga|transferencia|valor|caucao [3] TO_START << no|do|emitir|o
reserve|reservar|garanta|garantir|assegure|segure|libere|liberar|ative|ativar|separe sua|seu|a|o* vaga|vagas|cadastro
    |lugar|acesso|entrevista|conta|kit [4] MONEY|pix|deposito|pagamento
compre|comprar|compra|adquira|adquirir|adquire|compram o|a|seu|sua|um|uma|nosso|nossa|primeiro|do* kit|kits|curso
    |uniforme|apostila|lote|material|pacote|franquia|combo|cracha [5] MONEY|TO_START|obrigatori~ << pode|que
envie|enviar|mande|mandar|anexe|anexar|encaminhe|apresente|apresentar o|um|a|seu* comprovante de|do|da
    pix|pagamento|deposito|taxa|inscricao|matricula|transferencia
investimento|capital inicial|minimo|unico|de|e|apenas|so* MONEY << do|de|o
recarregue|recarregar|recarga sua|seu|da|do|na|a|o conta|saldo|carteira|plataforma [4] MONEY|desbloquear|liberar|tarefas
"""

_SECRETS = """
envie|enviar|mande|mandar|manda|anexe|anexar|passe|tire|tirar|precisamos|preciso|poste|encaminhe|pedimos [5] PAPERS
envie|enviar|mande|mandar|informe|informar|passe|passar|compartilhe|digite|digitar|forneca|confirme|preencha|precisamos
    |precisar|precisaremos|pedimos|pediremos|cadastre|diga [7] SECRET << para
sua|seu senha|token|cvv do|da|de banco|cartao|gov|app|aplicativo|conta|pix << redefina|troque|crie
"""

_CLICKS = """
curta|curtir|curtindo|curte|siga|seguir|seguindo|avalie|avaliar|avaliando|assista|assistir|assistindo a|as|os|e|o|de
    |nossos|nossas|fotos|videos|perfis|seguir|seguindo|curtir|curtindo* CLICKED [8]
    ganhe|ganha|ganhar|receba|recebe|pagamos|paga|saque|comissao|dinheiro|MONEY
ganhe|ganha|ganhar|receba|renda|pagamos|paga [4] curtindo|assistindo|avaliando|seguindo|clicando
pagamos|paga|pago|reais|ganhe|receba por|a_cada cada? curtida|curtidas|avaliacao|avaliacoes|seguidor|clique|video
    !entregue|editado|produzido|de_desempenho
tarefas simples|faceis|rapidas|online|diarias|no|pelo|do|em|celular|aplicativo|app* [4] saque|ganhe|receba|comissao
    |retire|pix
"""

_PYRAMID = """
marketing|venda|vendas|negocio|negocios|empresa|plano|modelo|sistema de|em? rede|multinivel|mmn !social|de_lojas
    |varejista|de_dados << loja
monte|montar|crie|criar|construa|construir|forme|desenvolva sua|a|propria|uma|seu|equipe* rede|equipe|time de
    afiliados|revendedores|consultores|distribuidores|empreendedores|indicados
ganhe|ganha|comissao|comissoes|bonus|renda [3] sobre|de|por cada|todos|tudo|vendas|quem|os|as|o|que* indicados|indicado
    |convidados|nivel|niveis|afiliados|eles << vendedor
indique|convide|recrute|traga|cadastre|chame [3] amigos|pessoas|gente|conhecidos|familiares|afiliados [8]
    ganhe|ganha|receba|comissao|porcentagem|renda|bonus !quando|apos|na_contratacao
"""

_MULE = """
receba|recebe|receber|recebera|recebimento de? depositos|transferencias|valores|dinheiro|pix|pagamentos|os|as
    [3] na|em sua|seu|conta_bancaria|conta_pessoal|conta_propria conta|pix? [8] repass~|transfir~|transfer~|saqu~|sacar
    |saca|envi~|bitcoin|cripto~
conta [4] movimentar valores|dinheiro|pix|quantias
ceda|empreste|emprestar|alugue|use a? sua conta para|pra receber|movimentar|passar|receb~
"""

_NAMES = """
abrimos|abrir|abriremos|registramos|registrar|financiamos|colocamos|pegar|contratar [4] no|em seu nome
    !com_sua|na_sua
laranja para|pra conta|empresa|receber
"""

_CHAT = """
chame|chama|mande|manda|envie|enviar|fale|falar|contato|contate|interessados|interessadas|inscricoes|inscreva|candidate
    [5] CHAT|zap|zapzap !business|web|dos_client~|com_client~|aos_client~ << atender|responder
"""

_AGE = """
ate|maximo|menos|menores de? AGE_ANOS !de_experiencia|experiencia|de_mercado|no_mercado|de_contrato|de_garantia
    |para_pagar << pelo|ao|em|por|ha|garantia|prazo|criancas|experiencia
idade entre|de|ate|maxima|minima|maximo|a_partir|limite|desejada|:|,* AGE << maior
"""

_SEX = """
somente|apenas|exclusivamente|exclusivo|exclusiva|unicamente|so para|candidatas|candidatos|pessoas|publico|do|de|sexo|o
    |a|,* SEX !OTHER_SEX << nao
sexo|genero SEX !OTHER_SEX
procura|procuramos|procuro|contrata|contratamos|busca|buscamos|precisa|preciso|precisamos|admite|admitimos
    se|de|uma|um|duas|dois|2|por|jovem|umas* SEX !OTHER_SEX
vaga|vagas|oportunidade|emprego|trabalho para|de uma|um|as? SEX !OTHER_SEX << a
preferencia|preferencialmente|preferivelmente|preferimos por|para|a|do|sexo|,* SEX !OTHER_SEX
mulher|mulheres|homem|homens|moca|mocas|rapaz|rapazes para trabalhar|atender|recepcao|limpeza|carga|loja|vendas
    !OTHER_SEX << e|ou|de|roupa|moda
"""

_LOOKS = """
boa|otima|excelente|bela aparencia !do|da|dos|visual|das
curriculo|cv|curriculos com|e uma? foto !de|do|da
"""

_MARITAL_STATUS = """
solteira|solteiras|solteiro|solteiros !e|ou|a << mae|maes|pai|pais
sem filhos !menores_de << casal|pessoas_com
nao ter|tenha|possuir filhos
"""

PORTUGUESE_PHRASES: tuple[Phrase, ...] = phrases(
    {
        SignKind.ASKS_FOR_MONEY: _MONEY,
        SignKind.ASKS_FOR_SECRETS: _SECRETS,
        SignKind.PAID_CLICKS: _CLICKS,
        SignKind.PYRAMID: _PYRAMID,
        SignKind.MONEY_MULE: _MULE,
        SignKind.BORROWS_IDENTITY: _NAMES,
        SignKind.PRIVATE_CHAT_ONLY: _CHAT,
        SignKind.ASKS_AGE: _AGE,
        SignKind.ASKS_SEX: _SEX,
        SignKind.ASKS_LOOKS: _LOOKS,
        SignKind.ASKS_MARITAL_STATUS: _MARITAL_STATUS,
    },
    _PIECES,
)
