"""What public services cost, for everybody; and the pages of whoever publishes it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.countries.facts import AmountUnit
from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.actions.fees import PUBLISH, NewFee, publish_fee
from adaldyq.measures.payments.forms.fees import FeeForm, initial_of
from adaldyq.measures.payments.queries import fees
from adaldyq.measures.payments.queries.words import ground_titles
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Fact, State
from adaldyq.ui.tables import Column, Table

ILLUSTRATIVE = "illustrative"


@require_safe
def fees_page(request: HttpRequest) -> HttpResponse:
    """What every service costs today, by which law."""
    rows = rows_of()
    table = Table(
        _("Fees"),
        columns(),
        rows,
        hide_caption=True,
        download=reverse("payments-fees-csv"),
        empty=_("No fee has been published."),
    )
    publishes = policies.may_set_fees(actor_of(request.user), PUBLISH)
    illustrative = any(row["source"] == ILLUSTRATIVE for row in rows)
    context = {"table": table, "publishes": publishes, "illustrative": illustrative}
    return render(request, "payments/fees.html", context)


def rows_of() -> list[dict[str, Any]]:
    """Fees in force today."""
    today, found = timezone.localdate(), []
    for one in fees.fees():
        version = fees.fee_on(one, today)
        if version is not None:
            sum_ = fees.sum_on(version, today)
            found.append(
                {
                    "code": one.code,
                    "name": naming.spoken(version.names),
                    "body": naming.spoken(one.body.names, one.body.name) if one.body else _("Any body"),
                    "formula": formula_words(version.formula),
                    "amount": sum_.amount if sum_ else None,
                    "currency": naming.pack().currency,
                    "law_number": version.law_number,
                    "since": version.valid_from,
                    "source": version.source,
                }
            )
    return found


def columns() -> list[Column]:
    """Columns of the list."""
    return [
        Column("name", _("Service"), link=lambda row: reverse("payments-fee", args=[row["code"]])),
        Column("body", _("Body")),
        Column("formula", _("How it is counted")),
        Column("amount", _("Today"), kind="money", currency="currency"),
        Column("law_number", _("Number of the act")),
    ]


def formula_words(formula: Mapping[str, str]) -> str:
    """How a fee is counted, in words."""
    if not formula:
        return _("an act states the sum")
    unit = naming.spoken(naming.pack().index_name) if formula["unit"] == AmountUnit.INDEX else naming.pack().currency
    words = {
        "base": _("%(number)s × %(unit)s"),
        "each": _("%(number)s × %(unit)s for each"),
        "least": _("at least %(number)s × %(unit)s"),
        "most": _("at most %(number)s × %(unit)s"),
    }
    numbers = {name: Decimal(formula[name]) for name in words if name in formula}
    told = {name: number_format(number) for name, number in numbers.items() if number}
    return "; ".join(words[name] % {"number": number, "unit": unit} for name, number in told.items())


@require_safe
def fees_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a file."""
    names = ("code", "name", "body", "formula", "amount", "currency", "law_number", "since", "source")
    return csv_response("fees.csv", [Column(name, name) for name in names], rows_of())


@require_safe
def fee_page(request: HttpRequest, code: str) -> HttpResponse:
    """A fee: what it is now, by which law, who need not pay, and what it was.

    Raises:
        Http404: there is none of that code.
    """
    one = fees.schedule(code)
    if one is None:
        raise Http404(code)
    today = timezone.localdate()
    version = fees.fee_on(one, today) or fees.newest(one)
    listed = [
        Column("version", _("Version"), kind="number"),
        Column("since", _("From"), kind="day", value=lambda row: row.valid_from),
        Column("until", _("Until"), kind="day", value=lambda row: row.valid_to),
        Column("formula", _("How it is counted"), value=lambda row: formula_words(row.formula)),
        Column("law_number", _("Number of the act")),
    ]
    context = {
        "fee": one,
        "name": naming.spoken(version.names),
        "facts": facts_of(one, version),
        "versions": Table(_("Versions"), listed, fees.versions(one)),
        "illustrative": version.source == ILLUSTRATIVE,
        "publishes": policies.may_set_fees(actor_of(request.user), PUBLISH, one.body),
    }
    return render(request, "payments/fee.html", context)


def facts_of(one: Any, version: Any) -> list[Fact]:
    """What a version says."""
    sum_, grounds = fees.sum_on(version, timezone.localdate()), ground_titles()
    law = _("%(title)s, No. %(number)s of %(day)s, %(article)s") % {
        "title": naming.spoken(version.law),
        "number": version.law_number,
        "day": Fact("", version.law_date, kind="day").shown,
        "article": naming.spoken(version.law_article),
    }
    waived = "; ".join(
        _("%(ground)s: %(share)s %%")
        % {"ground": grounds.get(each["ground"], each["ground"]), "share": each["per_cent"]}
        for each in version.exemptions
    )
    facts = [
        Fact(_("Today"), sum_, kind="money"),
        Fact(_("How it is counted"), formula_words(version.formula)),
        Fact(_("Body"), naming.spoken(one.body.names, one.body.name) if one.body else _("Any body")),
        Fact(_("Law"), law),
        Fact(_("In force from"), version.valid_from, kind="day"),
        Fact(_("To be paid within"), _("%(days)s working days") % {"days": version.due_days}),
        Fact(_("Who need not pay, or not all"), waived),
    ]
    if version.source == ILLUSTRATIVE:
        facts.insert(
            0, Fact(_("Note"), State(_("Illustrative: it has the shape of the law, not its numbers"), "attention"))
        )
    return [each for each in facts if each.stated]


@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request: HttpRequest) -> HttpResponse:
    """The form of a new fee.

    Raises:
        PermissionDenied: the visitor keeps other registers.
    """
    return published(request, "")


@require_http_methods(["GET", "HEAD", "POST"])
def change_page(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a fee that is something else from a day on.

    Raises:
        Http404: there is none of that code.
        PermissionDenied: the visitor does not keep it.
    """
    return published(request, code)


def published(request: HttpRequest, code: str) -> HttpResponse:
    """Publish a version of a fee, or show the form."""
    by, at, one = actor_of(request.user), timezone.now(), fees.schedule(code) if code else None
    if code and one is None:
        raise Http404(code)
    if not policies.may_set_fees(by, PUBLISH, one.body if one else None):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    form = FeeForm(sent, changes=one is not None, initial=initial_of(fees.newest(one)) if one else {})
    status = HTTPStatus.OK
    if form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            said = form.cleaned_data
            known = one.code if one else said["code"].strip()

            def perform() -> dict[str, str]:
                body = one.body if one else said["body"]
                publish_fee(new=NewFee(known, body, form.terms(), said["since"]), by=by, at=at)
                return {}

            place = f"payments.fee.{code}"
            refused = refusal(form, lambda: sent_once(request.POST, place=place, owner=by.id, at=at, perform=perform))
            if refused is None:
                return redirect("payments-fee", known)
            status = refused
    name = naming.spoken(fees.newest(one).names) if one else ""
    return render(request, "payments/fee_form.html", {"form": form, "fee": one, "name": name}, status=status)
