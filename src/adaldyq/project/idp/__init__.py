"""The e-ID of the sample country: an OpenID Connect provider in a process of its own.

A real country has its own. This one lets anybody sign in as any person of the sample country, so that the protocol
that is spoken with a real one is spoken here too.
"""
