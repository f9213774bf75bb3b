"""The questions of the analyst, a file a subject; `answers.py` names them all."""
