"""The two towers: model, batches, fit."""
