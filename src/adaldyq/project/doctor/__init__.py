"""What `adaldyq doctor` looks at: each check says in a line whether something is in order, and what to do if not."""
