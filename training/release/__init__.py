"""From a run to a released model: export, evaluation, gate, registry, promotion."""
