"""Acts of verification: runs and what they found, and what analysts decide about it."""
