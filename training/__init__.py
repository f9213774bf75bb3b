"""Placements become towers: datasets, the Keras BERT, loss, fit, evaluation, export. TensorFlow lives here only."""
