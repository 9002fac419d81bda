"""The public, tamper-evident record of acts."""
