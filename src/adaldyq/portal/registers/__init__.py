"""Pages of the base registries: bodies, companies, people, and what each may ask of their own records."""
