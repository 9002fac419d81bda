"""Calculations and formats, without Django."""
