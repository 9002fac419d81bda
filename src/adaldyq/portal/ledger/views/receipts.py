"""Pages of receipts."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account
from adaldyq.ledger import keys, queries
from adaldyq.ledger.checkpoints import Checkpoint
from adaldyq.ledger.cosignatures import cosignatures
from adaldyq.ledger.models import Leaf
from adaldyq.ledger.notes import Note
from adaldyq.ledger.receipts import Receipt, check
from adaldyq.ledger.witnessing import known_keys
from adaldyq.portal.ledger.act_words import act_title
from adaldyq.portal.ledger.views.checking import judged, watch_of
from adaldyq.portal.ledger.views.files import line_or_404, receipt_or_404
from adaldyq.ui.facts import Fact, Link, State
from adaldyq.ui.tables import Column, Table


@require_safe
def show_receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """What the ledger says of one act, checked now. The public page never shows what the act said."""
    line = line_or_404(reference)
    found = queries.receipt_of(line)
    context: dict[str, object] = {
        "line": line,
        "title": act_title(line.act),
        "receipt": found,
        "facts": facts_of(line, found),
        "own": found is not None and is_holder(line, request.user) and line.salt is not None,
    }
    if found:
        note = Note.parse(found.note)
        watch = watch_of()
        context |= judged(check(found, keys.public_keys(), watch), watch)
        context |= {"entry": found.entry.decode(), "proof": "\n".join(proof_lines(found)), "checkpoint": note}
        trusted = "".join(f" --witness '{key}'" for key in watch.keys)
        context |= {"command": f"adaldyq ledger verify receipt-{line.reference}.json --key '{found.keys[-1]}'{trusted}"}
    return render(request, "ledger_pages/receipt.html", context)


@require_safe
@never_cache
def own_receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """The holder's own copy, with salt and payload.

    Raises:
        Http404: somebody else acted, or the record was erased.
    """
    line = line_or_404(reference)
    if not is_holder(line, request.user) or line.salt is None:
        raise Http404(reference)
    found = receipt_or_404(reference, own=True)
    name = f'attachment; filename="receipt-{found.reference}-own.json"'
    return HttpResponse(
        found.text(), content_type="application/json; charset=utf-8", headers={"Content-Disposition": name}
    )


@require_safe
def my_receipts(request: HttpRequest) -> HttpResponse:
    """Receipts of what the visitor did."""
    columns = (
        Column("act", _("Act"), value=lambda line: Link(act_title(line.act), page_of(line))),
        Column("recorded_at", _("Recorded"), kind="moment"),
        Column("place", _("Place in the tree"), value=place_of),
    )
    lines = queries.lines_of_holder(actor_of(request.user).id)
    empty = _("What you file or decide leaves a receipt here.")
    return render(
        request,
        "ledger_pages/mine.html",
        {"table": Table(_("My receipts"), columns, lines, empty=empty, hide_caption=True)},
    )


def is_holder(line: Leaf, user: Account | AnonymousUser) -> bool:
    """Whether somebody performed the act of a line."""
    return bool(line.holder) and line.holder == actor_of(user).id


def page_of(line: Leaf) -> str:
    """Address of a receipt's page."""
    return reverse("ledger-receipt", args=[line.reference])


def place_of(line: Leaf) -> object:
    """The place of a line, or that it waits for one."""
    return State(_("waits"), "work") if line.position is None else str(line.position)


def facts_of(line: Leaf, found: Receipt | None) -> list[Fact]:
    """What a receipt says in short."""
    if found is None:
        state = State(_("waits for its place in the public tree"), "work")
        return [Fact(_("Receipt"), line.reference), Fact(_("State"), state)]
    said = found.facts()
    hour = parse_datetime(str(said["at"]))
    checkpoint = Checkpoint.parse(Note.parse(found.note).text)
    return [
        Fact(_("Receipt"), line.reference),
        Fact(_("State"), State(_("stands in the public tree"), "good")),
        Fact(_("Act"), act_title(line.act)),
        Fact(
            _("Hour"), hour, kind="moment", hint=_("The line tells the hour only, so that it does not tell who acted.")
        ),
        Fact(_("Place in the tree"), found.index, kind="number", hint=_("Counted from 0.")),
        Fact(_("Lines in the tree"), checkpoint.size, kind="number"),
        Fact(_("Witnesses"), ", ".join(witnesses(found)) or _("none yet"), hint=_("Those whose key is known here.")),
    ]


def witnesses(found: Receipt) -> list[str]:
    """Names of the known witnesses that cosigned the checkpoint."""
    try:
        return [one.key.name for one in cosignatures(Note.parse(found.note), known_keys())]
    except DomainError:
        return []


def proof_lines(found: Receipt) -> list[str]:
    """The proof, a hash a line."""
    return [step.hex() for step in found.proof]
