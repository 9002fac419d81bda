"""Reads of reports that pages share, already narrowed to what the viewer may see."""
