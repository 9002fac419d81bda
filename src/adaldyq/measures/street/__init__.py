"""S13: people tell openly how they were met at services."""
