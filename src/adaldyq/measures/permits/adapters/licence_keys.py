"""The keys that sign licences and the list of their states: a file of the data folder, a key a line, the newest last.

They are not the keys of the ledger. The public ones are published; whoever checks a licence without a network has them as a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings

from adaldyq.base.errors import DomainError
from adaldyq.base.private_files import write_private
from adaldyq.ledger.notes import Note, SignerKey, VerifierKey
from adaldyq.measures.permits.domain.tokens import States, states_of

FILE, ENDING = "licence-keys", "/licences"


def file() -> Path:
    """Where the private keys are kept."""
    return Path(settings.DATA_DIR) / FILE


def signing_keys() -> Sequence[SignerKey]:
    """The keys, the oldest first; the first one is made here.

    Raises:
        DomainError: `licence-keys-wrong`: what is there is no key.
    """
    place = file()
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        write_private(place, f"{SignerKey.generate(f'{settings.LEDGER_ORIGIN}{ENDING}').text()}\n", fresh=True)
    try:
        found = [SignerKey.parse(line) for line in place.read_text(encoding="ascii").split("\n") if line.strip()]
    except (DomainError, UnicodeDecodeError):
        raise DomainError("licence-keys-wrong", file=str(place)) from None
    if not found:
        raise DomainError("licence-keys-wrong", file=str(place))
    return found


def newest() -> SignerKey:
    """The key that signs.

    Raises:
        DomainError: as `signing_keys`.
    """
    return signing_keys()[-1]


def public_text() -> str:
    """The public keys as they are published, a line each."""
    return "".join(f"{key.verifier}\n" for key in signing_keys())


def read_public(text: str) -> list[VerifierKey]:
    """Public keys of a file, a line each.

    Raises:
        DomainError: `key-malformed`, also when there is none.
    """
    found = [VerifierKey.parse(line) for line in text.splitlines() if line.strip()]
    if not found:
        raise DomainError("key-malformed", value="")
    return found


class Known:
    """Public keys by which tokens are checked."""

    def __init__(self, keys: Iterable[VerifierKey]) -> None:
        self.keys = {key.id.hex(): key for key in keys}

    def holds(self, key: str, signature: bytes, message: bytes) -> bool:
        """Whether a signature over a message is of the key with an id."""
        known = self.keys.get(key)
        return known is not None and known.signed(signature, message)

    def states(self, text: str) -> States:
        """The list of a signed note.

        Raises:
            DomainError: `licence-list-wrong`: it is none, or none of the keys signed it; `signature-wrong`.
        """
        try:
            note = Note.parse(text)
        except DomainError:
            raise DomainError("licence-list-wrong", field="states") from None
        if not note.checked(self.keys.values()):
            raise DomainError("licence-list-wrong", field="states")
        return states_of(note.text)


def ours() -> Known:
    """The keys of this installation."""
    return Known(key.verifier for key in signing_keys())


def signed_list(states: States) -> str:
    """A list of states as a signed note."""
    signer = newest()
    text = states.text(signer.verifier.name)
    return f"{text}\n{signer.line(text)}"
