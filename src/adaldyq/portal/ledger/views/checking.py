"""Checks a receipt step by step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from adaldyq.kernel.problems import IN_FORCE
from adaldyq.ledger import keys
from adaldyq.ledger.cosignatures import CosignerKey
from adaldyq.ledger.receipts import check_text
from adaldyq.ledger.verdicts import Step, Verdict, Watch
from adaldyq.ledger.witnessing import known_keys
from adaldyq.ledger.wording import sentence
from adaldyq.portal.ledger.act_words import act_title
from adaldyq.portal.ledger.forms import CheckForm
from adaldyq.ui.facts import State
from adaldyq.ui.formats.values import moment
from adaldyq.ui.tables import Column, Table

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def check_receipt(request: HttpRequest) -> HttpResponse:
    """Take a receipt and say what it proves."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        given, watch = form.cleaned_data["key"], watch_of(form.cleaned_data["witnesses"])
        context |= judged(check_text(form.receipt(), [given] if given else keys.public_keys(), watch), watch)
        return render(request, "ledger_pages/check.html", context)
    return render(request, "ledger_pages/check.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def watch_of(given: Sequence[CosignerKey] = ()) -> Watch:
    """The witnesses to trust now: those that the visitor gives, or those of this ledger."""
    return Watch(tuple(given) or known_keys(), at=timezone.now())


def judged(verdict: Verdict, watch: Watch) -> dict[str, object]:
    """A verdict as a page shows it."""
    return {
        "verdict": "holds" if verdict.holds else "refuted" if verdict.refuted else "unjudged",
        "witnessed": witnessed(verdict, watch),
        "steps": steps_table(verdict.steps),
    }


def witnessed(verdict: Verdict, watch: Watch) -> str:
    """How many of the known witnesses cosigned, and which."""
    if not watch.keys:
        return _("No key of a witness is known here, so nobody but the ledger itself vouches for it.")
    found = [str(step.facts["witness"]) for step in verdict.steps if step.code == "step-cosigned"]
    facts = {"count": len(found), "known": len(watch.keys), "names": ", ".join(found or [k.name for k in watch.keys])}
    if found:
        said = ngettext(
            "Cosigned by the one known witness: %(names)s.",
            "Cosigned by %(count)s of the %(known)s known witnesses: %(names)s.",
            len(watch.keys),
        )
    else:
        said = ngettext(
            "The one known witness has not cosigned it: %(names)s.",
            "None of the %(known)s known witnesses has cosigned it: %(names)s.",
            len(watch.keys),
        )
    return said % facts


def told(step: Step) -> str:
    """A step in words: acts by what they are called here, times in the country's own form."""
    spoken = {"act": act_title, "hour": time_told, "at": time_told}
    return sentence(step.code, {name: spoken.get(name, str)(str(said)) for name, said in step.facts.items()}, IN_FORCE)


def time_told(text: str) -> str:
    """A time as a receipt or a cosignature writes it, in UTC; to the letter when there is no such time."""
    try:
        instant = datetime.fromisoformat(text.removesuffix(" UTC"))
        return moment(instant if instant.tzinfo else instant.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return text


def steps_table(steps: Sequence[Step]) -> Table:
    """Steps of a check, each with its outcome."""
    words = {
        True: State(_("holds"), "good"),
        False: State(_("does not hold"), "bad"),
        None: State(_("not checked"), "plain"),
    }
    columns = (
        Column("code", _("What was checked"), value=told),
        Column("holds", _("Outcome"), value=lambda step: words[step.holds]),
    )
    return Table(_("The check, step by step"), columns, steps, hide_caption=True, sentences=True)
