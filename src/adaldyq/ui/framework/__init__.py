"""Sentences of Django and allauth that they lack in our languages, as a catalogue below every room's own.

The app stands last among the installed ones, so that a word which a room translates for itself, such as
"View", stays as the room says it. The entries come from the installed packages: `tools/framework_words.py`.
"""
