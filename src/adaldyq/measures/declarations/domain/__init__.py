"""What a declaration is made of, without a database."""
