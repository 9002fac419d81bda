"""Pure calculation: which counts may be told, and how long people wait."""
