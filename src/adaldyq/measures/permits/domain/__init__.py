"""Pure calculation and formats."""
