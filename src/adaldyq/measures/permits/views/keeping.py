"""Pages of whoever keeps the catalogue: a new entry, and an entry that says something else from a day on."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions import catalogue as acts
from adaldyq.measures.permits.forms.entry import EntryForm, initial_of
from adaldyq.measures.permits.queries import catalogue


@require_http_methods(["GET", "HEAD", "POST"])
def introduce_page(request: HttpRequest) -> HttpResponse:
    """The form of a new entry.

    Raises:
        PermissionDenied: the visitor keeps other registers.
    """
    by, at = actor_of(request.user), timezone.now()
    if not policies.may_keep(by, acts.INTRODUCE):
        raise PermissionDenied
    form, status = EntryForm(request.POST if request.method == "POST" else None), HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            said = form.cleaned_data
            new = acts.NewEntry(said["number"].strip(), said["body"], form.terms(), said["since"])

            def perform() -> dict[str, str]:
                return {"number": acts.introduce_entry(new=new, by=by, at=at).number}

            refused = refusal(
                form,
                lambda: sent_once(request.POST, place="permits.introduce", owner=by.id, at=at, perform=perform),
            )
            if refused is None:
                return redirect("permits-entry", new.number)
            status = refused
    return render(request, "permits/keep.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def amend_page(request: HttpRequest, number: str) -> HttpResponse:
    """The form of an entry that says something else from a day on.

    Raises:
        Http404: the catalogue has none of that number.
        PermissionDenied: the visitor does not keep it.
    """
    by, at, entry = actor_of(request.user), timezone.now(), catalogue.entry(number)
    if entry is None:
        raise Http404(number)
    if not policies.may_keep(by, acts.AMEND, entry.body):
        raise PermissionDenied
    last = catalogue.newest(entry)
    initial = initial_of(catalogue.terms_of(last), last.body_id)
    form, status = (
        EntryForm(request.POST if request.method == "POST" else None, initial=initial, amends=True),
        HTTPStatus.OK,
    )
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            terms, said = form.terms(entry.kind), form.cleaned_data

            def perform() -> dict[str, str]:
                acts.amend_entry(entry=entry, terms=terms, body=said["body"], since=said["since"], by=by, at=at)
                return {}

            refused = refusal(
                form,
                lambda: sent_once(request.POST, place=f"permits.amend.{entry.pk}", owner=by.id, at=at, perform=perform),
            )
            if refused is None:
                return redirect("permits-entry", entry.number)
            status = refused
    name = naming.spoken(entry.names, entry.number)
    return render(request, "permits/keep.html", {"form": form, "entry": entry, "name": name}, status=status)
