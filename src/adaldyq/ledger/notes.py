"""Signed notes: text with signatures of named Ed25519 keys (C2SP signed-note).

Here and in what else a receipt is checked with, records are named tuples: the module of dataclasses takes a quarter of
the time in which a whole receipt is checked to be imported.

A note is text that ends in a newline, an empty line, and a line `— NAME BASE64` for every signature.
Keys have a text form: `NAME+ID+BASE64` for whoever verifies, `PRIVATE+KEY+NAME+ID+BASE64` for whoever signs.
"""

from __future__ import annotations

import base64
import binascii
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from typing import ClassVar, NamedTuple, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from adaldyq.base.errors import DomainError

ED25519 = 1
KEY_BYTES, ID_BYTES = 32, 4
MOST_SIGNATURES = 100
MOST_CHARACTERS = 1_000_000
SECRET = "PRIVATE+KEY+"  # noqa: S105  # the first words of the form, no secret
DASH = "\N{EM DASH} "


class VerifierKey:
    """A public key that signs notes.

    Attributes:
        name: of the signer; by custom an address without scheme, such as `example.kz/ledger`.
        public: 32 bytes as in RFC 8032.
        id: four bytes worked out of name, kind and key, by which a signature tells whose it is.
    """

    __slots__ = ("id", "name", "public")
    kind: ClassVar[int] = ED25519

    def __init__(self, name: str, public: bytes) -> None:
        if not is_name(name) or len(public) != KEY_BYTES:
            raise DomainError("key-malformed", value=name)
        digest = sha256(name.encode() + b"\n" + bytes([self.kind]) + public).digest()
        self.name, self.public, self.id = name, public, digest[:ID_BYTES]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, VerifierKey) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash((self.kind, self.name, self.public))

    def __repr__(self) -> str:
        return f"<{self}>"

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encoded(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text form.

        Raises:
            DomainError: `key-malformed`.
        """
        name, id_text, key = parts_of_key(text.strip(), text)
        found = cls(name, key[1:]) if key[:1] == bytes([cls.kind]) else None
        if found is None or found.id.hex() != id_text:
            raise DomainError("key-malformed", value=text)
        return found

    def holds(self, text: str, blob: bytes) -> bool:
        """Whether the bytes of a signature are this key's over a text."""
        return self.signed(blob, text.encode())

    def signed(self, signature: bytes, message: bytes) -> bool:
        """Whether an Ed25519 signature holds."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class SignerKey(NamedTuple):
    """A private key, with the public one that belongs to it."""

    verifier: VerifierKey
    secret: Ed25519PrivateKey

    @classmethod
    def of(cls, name: str, secret: Ed25519PrivateKey, kind: type[VerifierKey] = VerifierKey) -> SignerKey:
        """Name a private key."""
        return cls(kind(name, secret.public_key().public_bytes_raw()), secret)

    @classmethod
    def generate(cls, name: str, kind: type[VerifierKey] = VerifierKey) -> SignerKey:
        """Make a new key.

        Raises:
            DomainError: `key-malformed`: the name is empty or holds a space or a plus.
        """
        return cls.of(name, Ed25519PrivateKey.generate(), kind)

    @classmethod
    def parse(cls, text: str, kind: type[VerifierKey] = VerifierKey) -> SignerKey:
        """Read the text form.

        Raises:
            DomainError: `key-malformed`; it does not repeat the secret.
        """
        found = text.strip()
        if not found.startswith(SECRET):
            raise DomainError("key-malformed", value=SECRET)
        name, id_text, key = parts_of_key(found.removeprefix(SECRET), SECRET)
        if key[0] != kind.kind:
            raise DomainError("key-malformed", value=SECRET)
        made = cls.of(name, Ed25519PrivateKey.from_private_bytes(key[1:]), kind)
        if made.verifier.id.hex() != id_text:
            raise DomainError("key-malformed", value=SECRET)
        return made

    def text(self) -> str:
        """The text form, which is as secret as the key."""
        kind = bytes([self.verifier.kind])
        seed = self.secret.private_bytes_raw()
        return f"{SECRET}{self.verifier.name}+{self.verifier.id.hex()}+{encoded(kind + seed)}"

    def line(self, text: str) -> str:
        """The signature line over a text."""
        return str(Signature(self.verifier.name, self.verifier.id, self.secret.sign(text.encode())))


class Signature(NamedTuple):
    """A line of signature: whose it says to be, and its bytes."""

    name: str
    id: bytes
    blob: bytes

    def __str__(self) -> str:
        return f"{DASH}{self.name} {encoded(self.id + self.blob)}\n"

    @classmethod
    def parse(cls, line: str) -> Self:
        """Read a line, without its newline.

        Raises:
            DomainError: `note-malformed`.
        """
        name, _, text = line.removeprefix(DASH).partition(" ")
        blob = decoded(text)
        if not line.startswith(DASH) or not is_name(name) or blob is None or len(blob) <= ID_BYTES:
            raise DomainError("note-malformed")
        return cls(name, blob[:ID_BYTES], blob[ID_BYTES:])


class Note(NamedTuple):
    """A text and its signatures, none of them checked."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.signatures))}"

    @classmethod
    def parse(cls, note: str) -> Self:
        """Take a note apart.

        Raises:
            DomainError: `note-malformed`.
        """
        text, gap, lines = note.rpartition("\n\n")
        if not text or not gap or not lines.endswith("\n") or not is_clean(note):
            raise DomainError("note-malformed")
        found = tuple(Signature.parse(line) for line in lines[:-1].split("\n"))
        if len(found) > MOST_SIGNATURES:
            raise DomainError("note-malformed")
        return cls(text + "\n", found)

    def checked(self, keys: Iterable[VerifierKey]) -> dict[VerifierKey, Signature]:
        """The keys that signed this, each with its signature; unknown signatures are passed over.

        Raises:
            DomainError: `signature-wrong`: a signature names one of the keys, and is not its own.
        """
        known = {(key.name, key.id): key for key in keys}
        found: dict[VerifierKey, Signature] = {}
        for one in self.signatures:
            key = known.get((one.name, one.id))
            if key is None:
                continue
            if not key.holds(self.text, one.blob):
                raise DomainError("signature-wrong", name=one.name)
            found.setdefault(key, one)
        return found

    def with_lines(self, lines: str) -> Note:
        """This note with more signature lines, such as those that a witness answers.

        Raises:
            DomainError: `note-malformed`.
        """
        more = (Signature.parse(line) for line in lines.removesuffix("\n").split("\n"))
        return Note(self.text, (*self.signatures, *(one for one in more if one not in self.signatures)))


def sign(text: str, *signers: SignerKey) -> Note:
    """Sign a text.

    Raises:
        DomainError: `note-malformed`: the text does not end in a newline, or holds control characters.
    """
    return Note.parse(f"{text}\n{''.join(signer.line(text) for signer in signers)}")


def open_note(note: str, keys: Iterable[VerifierKey]) -> Note:
    """Read a note that at least one trusted key has signed.

    Raises:
        DomainError: `note-malformed`, `signature-wrong`, or `not-signed` by any of the keys.
    """
    found, trusted = Note.parse(note), list(keys)
    if not found.checked(trusted):
        raise DomainError("not-signed", keys=", ".join(key.name for key in trusted))
    return found


def parts_of_key(text: str, shown: str) -> tuple[str, str, bytes]:
    """Name, id and key bytes of a text form.

    Raises:
        DomainError: `key-malformed`.
    """
    name, _, rest = text.partition("+")
    id_text, _, key_text = rest.partition("+")
    key = decoded(key_text)
    if key is None or len(key) != 1 + KEY_BYTES:
        raise DomainError("key-malformed", value=shown)
    return name, id_text, key


def is_name(name: str) -> bool:
    """Whether a key may have this name: something, without spaces, plus signs and control characters."""
    return bool(name) and not any(letter == "+" or letter.isspace() or control(letter) for letter in name)


def is_clean(text: str) -> bool:
    """Whether a text may be a note: of bounded length, in UTF-8, and without control characters but newlines."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return len(text) <= MOST_CHARACTERS and not any(letter != "\n" and letter < " " for letter in text)


def control(letter: str) -> bool:
    """Whether a letter is a control character or half of a surrogate pair."""
    return unicodedata.category(letter) in {"Cc", "Cs"}


def encoded(data: bytes) -> str:
    """Standard base 64."""
    return base64.b64encode(data).decode("ascii")


def decoded(text: str) -> bytes | None:
    """Bytes of standard base 64 in its one form; None when it is something else."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if encoded(data) == text else None
