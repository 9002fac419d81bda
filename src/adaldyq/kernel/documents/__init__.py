"""Documents that are issued: numbered, tagged for accessibility, and checked by anybody."""
