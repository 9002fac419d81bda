"""Attacks on the database of a log of 9 lines that a witness has cosigned, before the next lines are signed."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db.models import F

from adaldyq.ledger import keys
from adaldyq.ledger.checkpoints import Checkpoint
from adaldyq.ledger.models import Leaf, StoredCheckpoint, StoredCosignature, StoredTile
from adaldyq.ledger.notes import SignerKey
from adaldyq.ledger.tiles import Edge
from tests.faults.attacks.world import STRANGER, flipped


def newest() -> StoredCheckpoint:
    """What was signed last."""
    return StoredCheckpoint.objects.order_by("-size")[0]


def forget_last_checkpoint() -> None:
    """Take what was signed last out of the database."""
    last = newest()
    StoredCosignature.objects.filter(checkpoint=last).delete()
    last.delete()


def seen() -> Path:
    """The file outside the backups."""
    return Path(settings.LEDGER_SEEN)


def newest_checkpoint_taken_out() -> None:
    forget_last_checkpoint()


def newest_checkpoint_and_its_file_taken_out() -> None:
    forget_last_checkpoint()
    seen().unlink()


def newest_checkpoint_with_another_root() -> None:
    last = newest()
    last.root = flipped(bytes(last.root))
    last.save()


def tile_of_hashes_with_a_bit_turned() -> None:
    tile = StoredTile.objects.get()
    tile.hashes = flipped(bytes(tile.hashes))
    tile.save()


def tile_of_hashes_cut_short() -> None:
    tile = StoredTile.objects.get()
    tile.hashes = bytes(tile.hashes)[:-32]
    tile.save()


def tile_of_hashes_gone() -> None:
    StoredTile.objects.all().delete()


def line_with_a_place_behind_the_last() -> None:
    line = Leaf.objects.filter(position=None)[0]
    line.position = 9
    line.save()


def places_moved_by_one() -> None:
    for line in Leaf.objects.filter(position__isnull=False).order_by("-position"):
        Leaf.objects.filter(pk=line.pk).update(position=F("position") + 1)


def history_signed_anew_with_the_true_key() -> None:
    """Another tree of the same size and tiles to match, by somebody who has database and key."""
    tile, last = StoredTile.objects.get(), newest()
    tile.hashes = bytes(tile.hashes)[32:64] + bytes(tile.hashes)[:32] + bytes(tile.hashes)[64:]
    tile.save()
    signer = keys.signing_keys()[0]
    root = root_of(bytes(tile.hashes))
    last.root, last.note = root, str(Checkpoint(signer.verifier.name, last.size, root).signed(signer))
    last.save()


def history_signed_anew_and_its_file_taken_out() -> None:
    history_signed_anew_with_the_true_key()
    seen().unlink()


def file_of_what_was_signed_forged() -> None:
    seen().write_text(str(Checkpoint("localhost/ledger", 9, bytes(32)).signed(STRANGER)), encoding="utf-8")


def file_of_what_was_signed_emptied() -> None:
    seen().write_text("", encoding="utf-8")


def key_gone() -> None:
    keys.file().unlink()


def key_of_another_log() -> None:
    keys.file().write_text(SignerKey.generate("example.kz/second").text(), encoding="ascii")


def key_that_is_none() -> None:
    keys.file().write_text("PRIVATE+KEY+localhost/ledger+00000000+AAAA", encoding="ascii")


def root_of(hashes: bytes) -> bytes:
    """Root of a tree that has one tile."""
    edge = Edge()
    for at in range(0, len(hashes), 32):
        edge.append(hashes[at : at + 32])
    return edge.root()
