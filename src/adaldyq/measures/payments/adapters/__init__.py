"""Files and other systems."""
