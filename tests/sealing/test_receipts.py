"""Keys of a receipt."""

import pytest

from adaldyq.base.errors import DomainError
from adaldyq.sealing import phrases, receipts
from adaldyq.sealing.envelopes import new_identity

SECRET = bytes.fromhex("000102030405060708090a")


def test_the_lookup_is_what_was_written_down() -> None:
    """Computed with another program for HKDF (Node's crypto.hkdfSync), since lookups must never change."""
    assert receipts.lookup(SECRET).hex() == "4db3b4ea206e5458e4f68950632b175fef7b049798c3595245837751a08aa9f4"


def test_the_key_is_what_was_written_down() -> None:
    """Computed with another program for Argon2id (@noble/hashes)."""
    assert (
        receipts.key(SECRET, bytes(range(16))).hex()
        == "b7ecf601d22075ca12dd71c910ad5468fd174fc1dd0930d2658fd422f497342c"
    )


def test_the_phrase_opens_its_mailbox_and_no_other_does() -> None:
    key, _recipient = new_identity()
    secret = phrases.new_entropy()
    locked = receipts.lock(secret, key)
    assert receipts.unlock(secret, locked) == key
    with pytest.raises(DomainError, match="mailbox-damaged"):
        receipts.unlock(SECRET, locked)


@pytest.mark.parametrize("damage", ["cut", "of another version", "empty"])
def test_a_changed_lock_is_named(damage: str) -> None:
    locked = receipts.lock(SECRET, new_identity()[0])
    changed = {"cut": locked[:-1], "of another version": b"\x02" + locked[1:], "empty": b""}[damage]
    with pytest.raises(DomainError, match="mailbox-damaged"):
        receipts.unlock(SECRET, changed)
