"""Adaldyq: an open national integrity system."""

__version__ = "0.1.0"
