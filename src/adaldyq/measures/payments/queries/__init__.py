"""Reads that pages and the API share."""
