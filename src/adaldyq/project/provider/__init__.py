"""The test provider: takes payments of the sample country in a process of its own, and sends no money anywhere.

A country has its banks and gateways. This one has pages of its own for card, transfer and QR code, tells what happens by
signed webhooks that it can delay, lose, double and disorder, and gives a statement of each day. It shares nothing with
the portal but two secrets, and speaks to this machine only.
"""
