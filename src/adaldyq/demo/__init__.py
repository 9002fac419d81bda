"""The sample country: coherent people and registers, with schemes whose truth is known."""
