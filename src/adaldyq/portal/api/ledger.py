"""Operations of the ledger: what was signed, receipts, and whether a receipt holds."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema

from adaldyq.kernel.problems import IN_FORCE
from adaldyq.ledger import keys, queries, store
from adaldyq.ledger.receipts import MOST_CHARACTERS, check_text
from adaldyq.ledger.verdicts import Watch
from adaldyq.ledger.witnessing import known_keys
from adaldyq.ledger.wording import sentence

router = Router(tags=["ledger"])


class CheckpointOut(Schema):
    """What the ledger signed last."""

    size: int = Field(description="Lines in the tree.")
    checkpoint: str = Field(description="Signed note with its cosignatures (C2SP tlog-checkpoint).")
    keys: list[str] = Field(description="Public keys that have signed the log, the oldest first.")


class ReceiptOut(Schema):
    """The public copy of a receipt."""

    format: str
    reference: str
    entry: str = Field(description="The line: act, hour, commitment.")
    index: int = Field(description="Its place in the tree, from 0.")
    proof: list[str] = Field(description="Hashes from the line's neighbour up, base 64.")
    checkpoint: str = Field(description="Signed note that the proof leads to.")
    keys: list[str]


class LineOut(Schema):
    """A line of the ledger."""

    reference: str
    act: str
    hour: str = Field(description="In which it was written, ISO 8601 in UTC.")
    index: int | None = Field(description="Its place in the tree, from 0; null while it waits for it.")


class CheckIn(Schema):
    """A receipt to check; it is not kept."""

    receipt: str = Field(max_length=MOST_CHARACTERS, description="The receipt's file as text.")


class StepOut(Schema):
    """A step of a check."""

    code: str
    sentence: str
    holds: bool | None = Field(description="Null when it was not checked.")


class VerdictOut(Schema):
    """What a receipt proves."""

    holds: bool
    refuted: bool
    steps: list[StepOut]


class DayOut(Schema):
    """How many lines an act left on a day."""

    act: str
    lines: int


@router.get("/checkpoint", response=CheckpointOut, url_name="api-ledger-checkpoint", summary="The newest checkpoint")
def checkpoint(request: HttpRequest) -> dict[str, Any]:
    """What the ledger signed last, with cosignatures of witnesses.

    Raises:
        Http404: nothing has been signed yet.
    """
    newest = store.newest_checkpoint()
    if newest is None:
        raise Http404
    return {
        "size": newest.size,
        "checkpoint": str(newest.cosigned()),
        "keys": [str(key) for key in keys.public_keys()],
    }


@router.get("/acts", response=list[DayOut], url_name="api-ledger-acts", summary="Acts in all")
def acts(request: HttpRequest) -> list[dict[str, Any]]:
    """How many lines each act has left since the beginning."""
    return [{"act": act, "lines": lines} for act, lines in queries.acts_in_all()]


@router.get("/receipts/{reference}", response=ReceiptOut, url_name="api-ledger-receipt", summary="A receipt")
def receipt(request: HttpRequest, reference: str) -> dict[str, object]:
    """The public copy of a receipt, without what the act said.

    Raises:
        Http404: there is no such line, or it waits for its place.
    """
    known = queries.line_of(reference.upper()) if reference.isalnum() else None
    found = queries.receipt_of(known) if known else None
    if found is None:
        raise Http404(reference)
    return found.document()


@router.get("/lines/{reference}", response=LineOut, url_name="api-ledger-line", summary="A line")
def line(request: HttpRequest, reference: str) -> dict[str, object]:
    """A line by the reference of its receipt, also while it waits for its place.

    Raises:
        Http404: there is no such line.
    """
    found = queries.line_of(reference.upper()) if reference.isalnum() else None
    if found is None:
        raise Http404(reference)
    hour = found.recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%HZ")
    return {"reference": found.reference, "act": found.act, "hour": hour, "index": found.position}


@router.post("/receipts-check", response=VerdictOut, url_name="api-ledger-check", summary="Check a receipt")
def check(request: HttpRequest, given: CheckIn) -> dict[str, Any]:
    """Check a receipt against the keys of this ledger and of its witnesses, step by step. Nothing is kept."""
    verdict = check_text(given.receipt, keys.public_keys(), Watch(known_keys(), at=timezone.now()))
    steps = [
        {"code": step.code, "sentence": sentence(step.code, step.facts, IN_FORCE), "holds": step.holds}
        for step in verdict.steps
    ]
    return {"holds": verdict.holds, "refuted": verdict.refuted, "steps": steps}
