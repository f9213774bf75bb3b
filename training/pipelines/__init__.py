"""Whole runs: train, retrain, release, erase."""
