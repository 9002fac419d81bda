"""Draws of officers for everybody, each as a file that anybody repeats; and the page on which offices tell their secrets."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.beacons import QUICKNET
from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.drawing import commit_secrets, reveal_secret
from adaldyq.measures.permits.forms.handling import CommitForm, RevealForm
from adaldyq.measures.permits.queries import draws
from adaldyq.measures.permits.queries.application_words import BEACON_WORDS, REASON_WORDS
from adaldyq.measures.permits.queries.catalogue import body as body_of
from adaldyq.measures.permits.views.acting import acted
from adaldyq.ui.facts import Fact
from adaldyq.ui.tables import Column, Table, sorted_page


@require_safe
def draws_page(request: HttpRequest) -> HttpResponse:
    """Draws, the newest first."""
    columns = [
        Column("hour", _("Hour"), sort="hour", link=lambda row: reverse("permits-draw", args=[row.pk])),
        Column("body", _("Body"), value=lambda row: naming.spoken(row.body.names, row.body.name)),
        Column("count", _("Applications"), kind="number", value=lambda row: row.frame["count"]),
        Column("people", _("Officers"), kind="number", value=lambda row: len(row.frame["people"])),
        Column("drawn", _("Drawn"), kind="moment", value=lambda row: row.drawn_at),
    ]
    page = sorted_page(request, draws.draws(), columns, default="-fixed_at")
    empty = _("Nothing has been drawn yet.")
    table = Table(_("Draws"), columns, page.rows, page=page, hide_caption=True, empty=empty)
    return render(
        request, "permits/draws.html", {"table": table, "commits": policies.may_commit(actor_of(request.user))}
    )


def found(key: str) -> Any:
    """A draw.

    Raises:
        Http404: there is none.
    """
    one = draws.draws().filter(pk=key).first()
    if one is None:
        raise Http404(key)
    return one


@require_safe
def draw_page(request: HttpRequest, draw_id: str) -> HttpResponse:
    """A draw: what was fixed, what made the seed, who got what and why.

    Raises:
        Http404: there is none.
    """
    one = found(draw_id)
    due = QUICKNET.time_of(one.round) if one.round else None
    facts = [
        Fact(_("Body"), naming.spoken(one.body.names, one.body.name)),
        Fact(_("Fixed"), one.fixed_at, kind="moment"),
        Fact(_("Root in the ledger"), one.root),
        Fact(_("What makes the seed"), BEACON_WORDS[one.beacon_kind]),
        Fact(_("Round of the public beacon"), str(one.round or "")),
        Fact(_("When the round comes"), due, kind="moment"),
        Fact(_("Drawn"), one.drawn_at, kind="moment"),
        Fact(_("Seed"), one.seed),
    ]
    given = [{"application": key, "people": ", ".join(people)} for key, people in one.result.get("given", {}).items()]
    columns = [Column("application", _("Application")), Column("people", _("First verifies, second decides"))]
    table = Table(_("Who got what"), columns, given, empty=_("The seed is still to come."))
    why = [(key, REASON_WORDS[reason]) for key, reason in one.result.get("reasons", {}).items()]
    context = {"draw": one, "facts": [fact for fact in facts if fact.value], "table": table, "reasons": why}
    context["late"] = due is not None and one.drawn_at is None and due < timezone.now()
    return render(request, "permits/draw.html", context)


@require_safe
def bundle_json(request: HttpRequest, draw_id: str) -> HttpResponse:
    """All that somebody needs to repeat a draw.

    Raises:
        Http404: there is none, or it was not drawn yet.
    """
    one = found(draw_id)
    if one.drawn_at is None:
        raise Http404(draw_id)
    return JsonResponse(draws.bundle_of(one), json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_http_methods(["GET", "HEAD", "POST"])
def secrets_page(request: HttpRequest) -> HttpResponse:
    """Where an office hands in hashes of secrets, and tells the secret that a draw waits for.

    Raises:
        PermissionDenied: no draw waits for a secret of the visitor's office.
    """
    by, at = actor_of(request.user), timezone.now()
    names, offices = naming.body_names(), policies.offices_of(by)
    data = request.POST if request.method == "POST" else None
    due = list(draws.due_secrets(offices))
    telling = data is not None and "secret" in data
    commit = CommitForm(None if telling else data, offices=[(key, names.get(key, key)) for key in offices])
    reveal = RevealForm(data if telling else None)

    def perform() -> None:
        if telling:
            reveal_secret(secret=due[0], text=reveal.cleaned_data["secret"], by=by, at=at)
        elif (office := body_of(commit.cleaned_data["office"])) is not None:
            commit_secrets(office=office, digests=commit.cleaned_data["digests"].split(), by=by, at=at)

    if telling and not due:
        raise PermissionDenied
    done, status = acted(request, reveal if telling else commit, "permits.secrets", by, at, perform)
    if done is not None:
        return redirect("permits-secrets")
    context = {"form": reveal if telling else commit, "commit": commit, "reveal": reveal, "due": due}
    return render(request, "permits/secrets.html", context, status=status)
