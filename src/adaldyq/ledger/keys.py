"""The keys that sign the log, and the public ones that have signed it.

Private keys stand in a file of the data folder, a line each, or in the environment. Public keys stand in the
database as well, so that pages can show them where no private key is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.base.private_files import write_private
from adaldyq.ledger.alone import alone
from adaldyq.ledger.models import LogKey
from adaldyq.ledger.notes import SignerKey, VerifierKey

FILE = "ledger-key"


def file() -> Path:
    """Where the private keys are kept."""
    return Path(settings.DATA_DIR) / FILE


def signing_keys() -> Sequence[SignerKey]:
    """The keys that sign, the oldest first; the first one is made here when the log has never been signed.

    Raises:
        DomainError: `ledger-key-missing`: the log has a key, and it is not here;
            `ledger-key-file-wrong`: what is there is no key.
    """
    if given := str(settings.LEDGER_KEY):
        return read(given, "ADALDYQ_LEDGER_KEY")
    place = file()
    if not place.exists():
        make_first(place)
    return read(place.read_text(encoding="ascii"), str(place))


def make_first(place: Path) -> None:
    """Make the log's first key and note it before anybody else may: workers on two machines share no file.

    Raises:
        DomainError: `ledger-key-missing`: another has one.
    """
    with alone(patient=True):
        if place.exists():
            return
        if LogKey.objects.exists():
            raise DomainError("ledger-key-missing", file=str(place))
        made = SignerKey.generate(settings.LEDGER_ORIGIN)
        write([made], fresh=True)
        note_use([made], timezone.now())


def read(text: str, place: str) -> Sequence[SignerKey]:
    """Keys of a text, one a line.

    Raises:
        DomainError: `ledger-key-file-wrong`: it holds none, something else, or keys of two logs.
    """
    try:
        found = [SignerKey.parse(line) for line in text.split("\n") if line.strip()]
    except DomainError:
        raise DomainError("ledger-key-file-wrong", file=place) from None
    if len({key.verifier.name for key in found}) != 1:
        raise DomainError("ledger-key-file-wrong", file=place)
    return found


def write(keys: Sequence[SignerKey], *, fresh: bool = False) -> None:
    """Keep keys, readable by their owner only, whole or not at all.

    Args:
        fresh: leave a file that another process made first as it is.
    """
    write_private(file(), "".join(f"{key.text()}\n" for key in keys), fresh=fresh)


def add_key() -> SignerKey:
    """Make another key that signs beside those that do; the log keeps its name.

    Raises:
        DomainError: `ledger-key-in-environment`: keys are not kept in the file; or as `signing_keys`.
    """
    refuse_environment()
    place = file()
    present = list(read(place.read_text(encoding="ascii"), str(place))) if place.exists() else []
    newest = LogKey.objects.order_by("-id").first()
    known = present[0].verifier.name if present else VerifierKey.parse(newest.text).name if newest else ""
    made = SignerKey.generate(known or settings.LEDGER_ORIGIN)
    write([*present, made])
    return made


def retire_key(key_id: str) -> VerifierKey:
    """Take a key away from those that sign; what it signed stays valid.

    Args:
        key_id: the eight hexadecimal digits in its text form.

    Raises:
        DomainError: `ledger-key-unknown`, or `ledger-key-last`: no other key would be left.
    """
    refuse_environment()
    present = signing_keys()
    gone = next((key for key in present if key.verifier.id.hex() == key_id.lower()), None)
    if gone is None:
        raise DomainError("ledger-key-unknown", value=key_id)
    if len(present) == 1:
        raise DomainError("ledger-key-last", value=key_id)
    write([key for key in present if key is not gone])
    return gone.verifier


def refuse_environment() -> None:
    """Stop when the keys are not ours to write.

    Raises:
        DomainError: `ledger-key-in-environment`.
    """
    if settings.LEDGER_KEY:
        raise DomainError("ledger-key-in-environment")


def public_keys() -> list[VerifierKey]:
    """Every key that has signed the log, the oldest first."""
    return [VerifierKey.parse(one.text) for one in LogKey.objects.all()]


def note_use(signers: Sequence[SignerKey], at: datetime) -> None:
    """Remember that keys sign."""
    known = set(LogKey.objects.values_list("text", flat=True))
    for key in signers:
        if str(key.verifier) not in known:
            LogKey.objects.create(text=str(key.verifier), first_signed_at=at)
