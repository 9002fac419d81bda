"""Kazakhstan."""
