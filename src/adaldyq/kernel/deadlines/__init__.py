"""Deadlines: started and met by acts, watched by the clock."""
