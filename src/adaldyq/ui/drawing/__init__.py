"""Turns plots into shapes: positions in per cent for templates to write as SVG. Knows no colours."""
