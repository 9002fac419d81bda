"""How each language writes numbers and dates. Django reads `<language>/formats.py`; `values` writes the rest."""
