"""The measures against corruption, one app each; they do not know each other."""
