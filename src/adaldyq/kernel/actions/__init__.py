"""Acts on the base registries and on accounts."""
