"""Passphrases and phrases, typed unseen into a terminal."""

from __future__ import annotations

import getpass
import sys

from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError

SHORTEST = 12


def asked_twice() -> str:
    """A new passphrase, typed twice.

    Raises:
        DomainError: `passphrase-short`, `passphrases-differ`.
    """
    first = asked_once()
    if len(first) < SHORTEST:
        raise DomainError("passphrase-short", least=SHORTEST)
    if sys.stdin.isatty() and getpass.getpass(_("Once more: ")) != first:
        raise DomainError("passphrases-differ")
    return first


def asked_once() -> str:
    """A passphrase, typed unseen; from a program, the first line that it sends."""
    return typed_unseen(_("Passphrase: "))


def asked_for_phrase() -> str:
    """The phrase of a receipt, typed unseen; from a program, the first line that it sends."""
    return typed_unseen(_("Phrase of the receipt, all words in their order: "))


def typed_unseen(question: str) -> str:
    """A line that is typed and not shown, or that a program sends."""
    return getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
