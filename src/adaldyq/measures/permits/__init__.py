"""Permits: what a business needs before it begins, and why."""
