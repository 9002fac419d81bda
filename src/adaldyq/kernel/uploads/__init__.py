"""Files that people hand in: taken only when they are what they say, kept sealed, shown by right."""
