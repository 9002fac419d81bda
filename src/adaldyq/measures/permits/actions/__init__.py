"""Acts of this measure."""
