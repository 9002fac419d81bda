"""Holds all registers against each other by readable rules."""
