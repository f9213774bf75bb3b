"""The report for people: one HTML file with plots and tables; begin with `document.py`."""
