"""Acts on declarations and on the obligation to file them."""
