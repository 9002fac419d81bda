"""Reads that pages, tables and acts share."""
