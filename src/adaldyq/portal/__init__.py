"""Pages that belong to no single measure: home, sign-in, errors."""
