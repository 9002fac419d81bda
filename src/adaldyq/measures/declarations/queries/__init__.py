"""Reads of declarations that pages and files share, already narrowed to what the public may see."""
