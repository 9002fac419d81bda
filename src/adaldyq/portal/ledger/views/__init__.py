"""Views of the ledger's pages and files."""
