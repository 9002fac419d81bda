"""Base registries and access: what every measure shares."""
