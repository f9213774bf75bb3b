"""Cues of fraudulent offers in Portuguese, in the notation of `engine.moderation.fraud.cues`."""

from __future__ import annotations

from engine.moderation.fraud.cues import MONEY_CUE, Cues, cues
from engine.offer_signs import SignKind

_OF_OTHERS = "client alun estudant pacient fornecedor orcament vendedor vender correntist usuari segurad hospede"
_PAID_OUT = (
    "ajuda vale auxilio bonus comissao comissoes remuneracao remunerado remunerada diaria diarias premio beneficio"
    " beneficios ganha ganhe recebe receba gratificacao pagamos hora hourly rate clt pj"
)
_PAYING = (
    "pague pagar deposite depositar deposita transfira transferir compre comprar compra adquira"
    " adquirir adquire invista investir recarregue recarregar custa custam custo arca arcar saem sai_por preco cobramos"
    " cobra cobrado cobrada cobrados taxa caucao desconta descontado descontada descontados recarga antecipado pix"
)
_NEEDED_TO_BEGIN = (
    "inscricao matricula cadastro kit kits curso treinamento capacitacao uniforme cracha apostila lote material"
    " materiais vaga vagas certificado antecedentes exame avaliacao credenciamento adesao ativacao franquia frete"
    " selecao entrevista tarefas seguro equipamento notebook celular"
)
_BACK_TO_YOU = (
    "reembolsavel reembolsaveis devolvido devolvida devolvidos devolvemos devolveremos reembolsado reembolsada"
    " primeiro_salario primeiro_pagamento"
)
_PICTURE, _PAPER = (
    "foto fotos selfie imagem imagens print",
    "rg cpf cnh documento documentos identidade cartao passaporte",
)
_SENT = (
    "envie enviar envia mande mandar manda anexe anexar precisamos tire tirar segurando frente verso lados passe"
    " cadastrar encaminhe na_mao"
)
_KEYS = "senha senhas cvv token pin login codigo"
_OF_A_BANK = "banco bancario bancaria cartao gov aplicativo app conta nubank itau bradesco caixa pix"
_TOLD = (
    "envie mande informe passe passar preencha digite precisamos precisar forneca compartilhe confirme formulario diga"
    " liberarmos cadastrar fazermos"
)
_CODE, _ARRIVES = (
    "codigo codigos otp digitos",
    "chegar chega chegou chegara mensagem recebe receber recebera receberem sms verificacao celular aparecer aparece",
)
_GIVE = (
    "mande mandar manda envie enviar passe passar nos_passar informe informar diga dite compartilhe encaminhe repasse"
    " fale"
)
_BRING_IN = "convide convida convidar indique indica indicar recrute recrutar recruta traga traz trouxer cadastre chame"
_PEOPLE = "amigos pessoas pessoa gente amigo tres 3 dois familiares conhecidos afiliados"
_FROM_THEM = "ganhe ganha ganhar comissao porcentagem renda lucro bonus"
_HIRED = "contratado contratada contratados contratacao efetivado feira evento colega"
_ACCOUNT = "sua_conta conta_bancaria conta_no conta_ativa conta_propria conta_pessoal seu_pix sua_chave"
_COMES_IN = "recebe receba receber recebera cai caem entram deposito depositos transferencias transferem depositam"
_GOES_OUT = (
    "repassa repasse repassar saca saque sacar envia envie enviar transfere transfira transferir bitcoin restante"
)
_LEND = "alugamos alugo aluga alugar compramos compro compra empreste emprestar empresta ceda ceder vende"

PORTUGUESE_CUES: tuple[Cues, ...] = (
    cues(SignKind.ASKS_FOR_MONEY, MONEY_CUE, _PAYING, _NEEDED_TO_BEGIN, window=14, never=_PAID_OUT, others=_OF_OTHERS),
    cues(
        SignKind.ASKS_FOR_MONEY, MONEY_CUE, _BACK_TO_YOU, window=16, never=_PAID_OUT, others=f"{_OF_OTHERS} despes viag"
    ),
    cues(
        SignKind.ASKS_FOR_MONEY,
        MONEY_CUE,
        "invista investir aplique deposite",
        "comece lucrar lucro lucros retorno dobre dobrar hoje",
        window=12,
        others=f"{_OF_OTHERS} carteir",
    ),
    cues(
        SignKind.ASKS_FOR_SECRETS,
        _PICTURE,
        _PAPER,
        _SENT,
        window=14,
        never="valida validar conferir",
        others=_OF_OTHERS,
    ),
    cues(
        SignKind.ASKS_FOR_SECRETS,
        _KEYS,
        _OF_A_BANK,
        _TOLD,
        window=14,
        never="redefinir trocar troca desbloqueio gestao",
        others=_OF_OTHERS,
    ),
    cues(SignKind.ASKS_FOR_CODES, _CODE, _ARRIVES, _GIVE, window=18, others=_OF_OTHERS, is_one_sentence=False),
    cues(SignKind.PYRAMID, _BRING_IN, _PEOPLE, _FROM_THEM, window=14, never=_HIRED, others="contrat"),
    cues(SignKind.MONEY_MULE, _ACCOUNT, _COMES_IN, _GOES_OUT, window=22, never="salario", others="salari financeir"),
    cues(
        SignKind.MONEY_MULE,
        "pacotes encomendas caixas produtos mercadorias",
        "em_casa sua_casa seu_endereco sua_residencia",
        "reenvie reenviar reenvia reembale embale embala etiqueta etiquetas despache despachar exterior",
        window=22,
        is_one_sentence=False,
    ),
    cues(
        SignKind.BORROWS_IDENTITY,
        _LEND,
        "conta contas cpf cnpj perfil nome",
        "pagamos pago reais linhas bancaria banco motorista verificada verificadas aplicativo celular",
        window=14,
        never="imoveis veiculos apartamento pagar receber",
        others=_OF_OTHERS,
    ),
    cues(
        SignKind.PAID_CLICKS,
        "curtir curtindo curta curtida curtidas seguir seguindo siga avaliacao avaliando avalie assistindo assista",
        "videos perfis fotos paginas canais hotel hoteis restaurantes anuncios instagram tiktok youtube posts"
        " publicacoes",
        "ganhe ganha ganhar receba recebe pagamos dinheiro renda comissao saque",
        window=14,
        never="clientes fornecedores marca negociar conteudo campanhas editor",
    ),
    cues(
        SignKind.PAID_CLICKS,
        "tarefas tarefa missoes",
        "saque sacar saca desbloquear desbloqueie recarregue",
        "comissao ganhe ganhos lucro simples aplicativo plataforma",
        window=18,
    ),
)
