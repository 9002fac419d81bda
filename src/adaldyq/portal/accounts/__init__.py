"""Accounts: one's own sessions, mandates and absences, and the pages of administrators, who read no records."""
