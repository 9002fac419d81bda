"""Pages of this measure."""
