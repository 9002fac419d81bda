"""Providers of payments, each one class of one shape: see `protocol`."""
