"""What keeps a report sealed: the words of a receipt, the keys made from them, padding and age envelopes.

Pure: no Django and no database. The formats are told in docs/reference/sealed-reports.md, and the scripts of the
pages do the same in the reader's browser.
"""
