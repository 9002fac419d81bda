"""What pages and measures read of the ledger."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Sum

from adaldyq.ledger import keys, store
from adaldyq.ledger.merkle import inclusion_proof
from adaldyq.ledger.models import DayCount, Leaf, StoredCheckpoint, StoredCosignature
from adaldyq.ledger.notes import Note
from adaldyq.ledger.receipts import Receipt


def line_of(reference: str) -> Leaf | None:
    """The line of a reference."""
    return Leaf.objects.filter(reference=reference).first()


def line_about(act: str, subject: str) -> Leaf | None:
    """The newest line that an act left about a record; None when there is none, or it was forgotten."""
    return Leaf.objects.filter(subject=subject, act=act).order_by("-pk").first()


def payloads_about(act: str, subjects: Collection[str]) -> dict[str, str]:
    """By record, the payload of the newest line that an act left about it, unless it was forgotten."""
    lines = Leaf.objects.filter(subject__in=subjects, act=act, payload__isnull=False).order_by("pk")
    return {str(subject): str(payload) for subject, payload in lines.values_list("subject", "payload")}


def lines_of_holder(account: str) -> Sequence[Leaf]:
    """Lines of acts of an account, the newest first."""
    return list(Leaf.objects.filter(holder=account).order_by("-pk")[:100])


def receipt_of(line: Leaf, *, own: bool = False) -> Receipt | None:
    """The receipt of a line; None while it waits for its place.

    Args:
        own: with salt and payload, for the holder only.
    """
    checkpoint = None if line.position is None else proving_checkpoint(line.position)
    if checkpoint is None or line.position is None:
        return None
    proof = inclusion_proof(store.nodes(checkpoint.size), line.position, checkpoint.size)
    return Receipt(
        reference=line.reference,
        entry=bytes(line.entry),
        index=line.position,
        proof=tuple(proof),
        note=str(checkpoint.cosigned()),
        keys=tuple(keys.public_keys()),
        salt=bytes(line.salt) if own and line.salt is not None else None,
        payload=line.payload if own else None,
    )


def proving_checkpoint(position: int) -> StoredCheckpoint | None:
    """The newest checkpoint that holds a place, of those that a witness cosigned if there is one."""
    cosigned = (
        StoredCosignature.objects.filter(checkpoint_id__gt=position)
        .select_related("checkpoint")
        .order_by("-checkpoint_id")
        .first()
    )
    if cosigned:
        return cosigned.checkpoint
    return StoredCheckpoint.objects.filter(size__gt=position).order_by("-size").first()


def first_signed(position: int, witnesses: Sequence[str]) -> list[str] | None:
    """The first checkpoints that hold a place, as each of some witnesses signed them; None while one has not.

    Args:
        witnesses: names of their keys; without any it is the first that the log itself signed.

    Returns:
        Notes with the signatures of the log and of that witness, in the order of the names.
    """
    if not witnesses:
        own = StoredCheckpoint.objects.filter(size__gt=position).order_by("size").first()
        return [own.note] if own else None
    notes: list[str] = []
    for name in sorted(set(witnesses)):
        cosigned = StoredCosignature.objects.filter(witness=name, checkpoint_id__gt=position)
        first = cosigned.select_related("checkpoint").order_by("checkpoint_id").first()
        if first is None:
            return None
        notes.append(str(Note.parse(first.checkpoint.note).with_lines(first.line)))
    return notes


def checkpoints(page_size: int, before: int | None = None) -> list[StoredCheckpoint]:
    """Checkpoints with their cosignatures, the largest first.

    Args:
        before: only those of fewer lines.
    """
    found = StoredCheckpoint.objects.prefetch_related("cosignatures").order_by("-size")
    return list((found if before is None else found.filter(size__lt=before))[:page_size])


def last_cosigned(witness: str) -> StoredCosignature | None:
    """The cosignature of a witness of the largest checkpoint; None when there is none."""
    return StoredCosignature.objects.filter(witness=witness).order_by("-checkpoint_id").first()


def checkpoint_of(size: int) -> StoredCheckpoint | None:
    """The checkpoint of a size."""
    return StoredCheckpoint.objects.filter(size=size).first()


def acts_by_day(since: date, until: date) -> list[tuple[date, str, int]]:
    """Day, act and number of lines, the newest day first."""
    found = DayCount.objects.filter(day__gte=since, day__lte=until).order_by("-day", "act")
    return list(found.values_list("day", "act", "count"))


def acts_in_all() -> list[tuple[str, int]]:
    """Act and number of lines since the beginning, the most frequent first."""
    return list(DayCount.objects.values_list("act").annotate(total=Sum("count")).order_by("-total", "act"))


def waiting_lines() -> int:
    """How many lines wait for their place."""
    return Leaf.objects.filter(position=None).count()


def beacon_after(act: str, subject: str, witnesses: Sequence[str]) -> str | None:
    """What witnesses signed first after an act left its line about a record: a seed that nobody chose.

    None while the line has no place, or one of them has not signed.
    """
    line = line_about(act, subject)
    if line is None or line.position is None:
        return None
    notes = first_signed(line.position, witnesses)
    return "\n".join(notes) if notes else None
