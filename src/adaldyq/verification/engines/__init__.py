"""What runs rules: one module an engine, none of them knows Django."""
