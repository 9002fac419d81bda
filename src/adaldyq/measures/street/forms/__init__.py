"""Forms of those who tell, and of those who read what they wrote."""
