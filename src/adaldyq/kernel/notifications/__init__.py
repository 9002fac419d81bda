"""Telling account holders: in the application, by e-mail, by SMS."""
