"""The API root: `/api/v1`, its schema, its page, and what holds for every request to it."""
