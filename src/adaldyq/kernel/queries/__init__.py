"""Reads of the base registries that pages, exports and measures share."""
