"""Pages of verification: the public catalogue of rules, the analysts' queue, and runs."""
