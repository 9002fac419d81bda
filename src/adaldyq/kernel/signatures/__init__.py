"""Signatures by certificates of authorities that the country trusts: checked, and kept with what was signed."""
