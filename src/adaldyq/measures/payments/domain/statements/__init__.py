"""Statements of bank accounts: camt.053 of ISO 20022 and MT940 of SWIFT, read strictly.

What a bank sends is proof of money, so nothing is guessed: a file is taken whole or refused with the line that is wrong.
Amounts are whole minor units of the currency of the account.
"""
