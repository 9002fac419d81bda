"""S2: universal declaration of income and assets."""
