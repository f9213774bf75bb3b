"""Ads in Portuguese, written for these tests: fraudulent ones are known for it, honest ones are left alone."""

from __future__ import annotations

import pytest

from engine.jobs import Job
from engine.moderation.fraud.signs import offer_signs
from engine.offer_signs import UNLAWFUL, Severity, SignKind

ADS = {
    SignKind.ASKS_FOR_MONEY: (
        "Vaga home office. A taxa de cadastro é de R$ 29,90 e você começa amanhã",
        "Para participar da seleção deposite 40 reais na conta da consultora",
        "Reserve sua vaga com um pix de R$ 15",
        "O curso preparatório, que custa R$ 150, é obrigatório para todos os contratados",
        "Antes da entrevista é necessário pagar 25 reais da avaliação psicológica",
        "É preciso adquirir a apostila do colaborador (R$ 55)",
        "Trabalhe montando canetas em casa: o primeiro lote de material você compra por R$ 80",
        "Enviamos o notebook, você só paga o frete de 60 reais",
        "Taxa única de adesão de 49 reais, reembolsável no primeiro pagamento",
        "TAXA DE INSCRIÇÃO: R$ 20 VIA PIX!!!",
        "Mande o comprovante de pagamento da taxa para o recrutador",
        "O valor do crachá e do uniforme, 70 reais, é descontado do seu primeiro salário",
        "Inscrições mediante pagamento de R$ 18,00",
        "Cobra-se R$ 45 pela emissão do certificado exigido",
    ),
    SignKind.ASKS_FOR_SECRETS: (
        "Mande fotos da sua CNH, dos dois lados, e uma selfie com o documento na mão",
        "Vamos precisar da senha do seu cartão para cadastrar o salário",
        "Preencha o formulário com número do cartão, validade e CVV",
        "Passe o login e a senha do seu banco para liberarmos o adiantamento",
    ),
    SignKind.ASKS_FOR_CODES: (
        "Vai chegar um código no seu celular: mande para a gente na hora",
        "Informe o código de 6 dígitos que você receber por SMS",
        "Repasse o código que chegou por mensagem para concluir o cadastro",
    ),
    SignKind.PYRAMID: (
        "Indique pessoas para o negócio e ganhe uma porcentagem das vendas delas",
        "Empresa de marketing de rede busca novos líderes",
        "Ganhe por cada pessoa que você trouxer e também por quem ela trouxer",
        "Recrute três amigos, cada um traz mais três, e sua renda cresce sem parar",
    ),
    SignKind.MONEY_MULE: (
        "Sua função é receber transferências na sua conta e enviar o restante em bitcoin",
        "Procuramos pessoas com conta bancária ativa para receber valores e repassar, comissão de 8%",
        "Preciso de alguém com conta digital para movimentar valores",
        "Receba encomendas no seu endereço, embale de novo e despache com a etiqueta que mandamos",
    ),
    SignKind.BORROWS_IDENTITY: (
        "Compramos ou alugamos contas de motorista de aplicativo já verificadas",
        "Empreste seu CPF para abrirmos linhas de celular, pagamos na hora",
    ),
    SignKind.PAID_CLICKS: (
        "Renda extra: curta fotos no Instagram e receba R$ 5 por curtida",
        "Complete tarefas simples no aplicativo e saque sua comissão no mesmo dia",
    ),
    SignKind.ASKS_SEX: ("Contrata-se moça para recepção", "Sexo: feminino", "Apenas homens, trabalho com carga"),
    SignKind.ASKS_AGE: ("Idade máxima 40 anos", "Candidatos de 20 a 35 anos", "Ter até 28 anos"),
    SignKind.ASKS_LOOKS: ("Exige-se boa aparência", "Enviar currículo com foto recente"),
}
HONEST = (
    "Não pedimos depósito nem taxa. Quem pedir dinheiro em nosso nome está aplicando um golpe",
    "A empresa paga o curso de R$ 500 e o material",
    "La empresa paga el curso de S/ 500 y el uniforme",
    "Taxa: R$ 65,00 a hora, projeto de seis meses",
    "Recepcionista. Pagos puntuales, seguro de vida, bono de S/ 100 y certificado de trabajo",
    "Ganhe bônus de R$ 100 por indicação de cliente",
    "Cursos pagos pela empresa, com certificado",
    "Plano de saúde com coparticipação de R$ 30 e seguro de vida",
    "Consultor de vendas: vender planos de R$ 99, comissão de 8% por contrato",
    "Auxiliar financeiro: contas a pagar e a receber, conciliação bancária, emissão de boletos",
    "O valor da hora é de R$ 25, pagos por pix ao final do dia",
    "Ajuda de custo de R$ 200 para internet e material de trabalho",
    "Recepção: cadastro de pacientes, conferência de carteirinha e cobrança da consulta (R$ 150)",
    "Atendente de banco: desbloqueio de cartão e troca de senha dos correntistas",
    "Analista de segurança: gestão de senhas, tokens e certificados digitais",
    "Enviar a documentação do candidato aprovado ao departamento pessoal",
    "Líder de equipe: treinar novos vendedores e acompanhar metas",
    "Rede de lojas com mais de 200 afiliados em todo o país",
    "Conferente: receber encomendas, etiquetar e despachar no centro de distribuição",
    "Editor de vídeos para YouTube e TikTok, pagamento por vídeo entregue",
    "Motorista com conta própria em aplicativo é um diferencial",
    "Banco de currículos: vagas para pessoas de todos os gêneros",
    "Professora de crianças de 8 a 12 anos",
    "Atuamos há 25 anos no mercado e temos de 20 a 30 lojas",
    "Homem ou mulher, com disponibilidade de horário",
    "Desenvolvedor: integrar pix, cartão e boleto na plataforma de pagamentos",
    "Pesquisador de campo: aplicar questionários de satisfação, R$ 12 por questionário",
    "Convidamos você e seus amigos para conhecer a nossa feira de empregos",
    "Garantia de emprego durante a experiência de 90 dias",
)


def kinds_in(text: str) -> set[SignKind]:
    return {sign.kind for sign in offer_signs(Job("1", "Vaga", text, employer="Comércio Jatobá", country="BR"))}


@pytest.mark.parametrize(("kind", "ad"), [(kind, ad) for kind, ads in ADS.items() for ad in ads])
def test_fraudulent_ads_are_known_for_what_they_are(kind: SignKind, ad: str) -> None:
    for text in (ad, ad.upper(), ad.lower()):
        signs = {sign.kind: sign for sign in offer_signs(Job("1", "Vaga", text, employer="Comércio Jatobá"))}
        assert kind in signs
        assert signs[kind].severity is (Severity.NOTE if kind in UNLAWFUL else Severity.BLOCK)


@pytest.mark.parametrize("ad", HONEST)
def test_honest_ads_have_no_sign(ad: str) -> None:
    assert kinds_in(ad) == set()
