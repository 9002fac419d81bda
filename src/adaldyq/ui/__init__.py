"""Layouts and components."""
