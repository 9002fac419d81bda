"""Signing in: password with a second factor for staff, the national e-ID for everybody else."""
