"""Pages of the register of declarations, by subject."""
