"""Forms of those who report, and of those who receive."""
