"""Views of the registries, by subject."""
