"""The register of licences for everybody, one licence with its life, its PDF, and the acts of the body that issued it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.documents.actions import Issue, issue_document
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions import licensing, transferring
from adaldyq.measures.permits.forms.handling import ConfirmForm, OrderForm
from adaldyq.measures.permits.forms.licences import LicencesForm
from adaldyq.measures.permits.queries import licences
from adaldyq.measures.permits.queries.application_words import HAPPENED_TO_IT, LOOKS, STATE_ON_A_DAY
from adaldyq.measures.permits.queries.companies import company_of
from adaldyq.measures.permits.queries.licence_paper import facts_of, paper, public_facts
from adaldyq.measures.permits.queries.words import KIND_WORDS
from adaldyq.measures.permits.views.acting import acted
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Fact, Happening, State
from adaldyq.ui.formats.values import day
from adaldyq.ui.tables import Column, Table, sorted_page

SERIES = "LIC"
"""Letters before the numbers of printed licences."""

SOURCE = ("source", "source_title", "source_as_of")
"""Columns of the file that say from where a licence was taken over."""

MOST_PAGED = 500
"""Licences that the pages of the register go through; whoever wants more narrows the search, or takes the file."""


def state_of(row: Any) -> State:
    """How a licence stands today."""
    state = licences.state_on(row, timezone.localdate())
    return State(STATE_ON_A_DAY[state], LOOKS.get(state, "closed"))  # type: ignore[arg-type]  # a look


@require_safe
def register_page(request: HttpRequest) -> HttpResponse:
    """Licences by words, permit, body and state."""
    form = LicencesForm(request.GET)
    page = sorted_page(request, licences.searched(form.asked), columns(), default="number", most=MOST_PAGED)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    table = Table(
        _("Licences"), columns(), page.rows, page=page, hide_caption=True,
        download=reverse("permits-licences-csv") + query,
        empty=_("The register holds no such licence. Try fewer words."),
    )  # fmt: skip
    return render(request, "permits/licences.html", {"form": form, "table": table})


def columns() -> list[Column]:
    """Columns of the register."""
    return [
        Column("number", _("Number"), sort="number", link=lambda row: reverse("permits-licence", args=[row.number])),
        Column("holder", _("Holder"), value=lambda row: row.holder_name, sort="holder_name"),
        Column("name", _("For what"), value=lambda row: naming.spoken(row.entry.names, row.entry.number)),
        Column("body", _("Body"), value=lambda row: naming.spoken(row.body.names, row.body.name)),
        Column("issued", _("Issued"), kind="day", value=lambda row: row.issued_date, sort="issued_date"),
        Column("until", _("Valid until"), kind="day", value=lambda row: row.valid_until, sort="valid_until"),
        Column("state", _("State"), value=state_of),
    ]


@require_safe
def register_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a file: codes as they are kept."""
    names = (
        "number", "serial", "kind", "holder_name", "holder_identifier", "address", "state", "issued_date", "valid_from",
        "valid_until", "deemed", "body_id",
    )  # fmt: skip
    listed = [Column(name, name) for name in names]
    listed.insert(2, Column("entry", "entry", value=lambda row: row.entry.number))
    listed += [Column(name, name, value=from_source(name)) for name in SOURCE]
    found = licences.licences(LicencesForm(request.GET).asked)
    return csv_response("licences.csv", listed, found.iterator())


def from_source(name: str) -> Callable[[Any], object]:
    """What a column says of where a licence was taken over from."""
    return lambda row: licences.source_of(row)[name]


def found(number: str) -> Any:
    """A licence.

    Raises:
        Http404: there is none.
    """
    one = licences.licence(number.upper())
    if one is None:
        raise Http404(number)
    return one


@require_safe
def licence_page(request: HttpRequest, number: str) -> HttpResponse:
    """A licence: what it permits, how it stands, what happened to it.

    Raises:
        Http404: there is none.
    """
    one, by, today = found(number), actor_of(request.user), timezone.localdate()
    holds = policies.acts_for(by, one.person_id or "", one.company_id or "") if by.id else False
    facts = [Fact(_("State"), state_of(one)), *(Fact(title, value) for title, value in facts_of(one))]
    if one.deemed:
        facts.append(Fact(_("Granted"), _("since the body was silent up to the last day")))
    if (origin := getattr(one, "origin", None)) is not None:
        facts.append(Fact(_("Taken over from"), origin.title, hint=day(origin.as_of)))
    if one.successor is not None:
        href = reverse("permits-licence", args=[one.successor.number])
        facts.append(Fact(_("What took its place"), one.successor.number, href=href))
    context = {
        "licence": one,
        "kind": KIND_WORDS[one.kind],
        "state": state_of(one),
        "facts": facts,
        "conditions": one.conditions,
        "life": [
            Happening(
                HAPPENED_TO_IT.get(each.happened, each.happened),
                each.day,
                by=_("No. %(number)s") % {"number": each.act_number} if each.act_number else "",
                text=each.ground,
            )
            for each in licences.life(one)
        ],
        "holds": holds or policies.issues(by, one),
        "renews": holds and licences.not_renewable(one, today, today) is None,
        "does": acts_for(by, one),
        "token": licences.token_of(one),
        "owed": licences.owed_by(one) if holds or policies.issues(by, one) else None,
    }
    return render(request, "permits/licence.html", context)


def acts_for(by: Actor, one: Any) -> list[tuple[str, str]]:
    """What the visitor may do about a licence now."""
    if not policies.issues(by, one):
        return []
    words = {
        "suspend": _("Suspend it"),
        "restore": _("Let it be valid again"),
        "revoke": _("Revoke it"),
        "transfer": _("Propose a transfer"),
    }
    by_state = {"valid": ("suspend", "revoke", "transfer"), "suspended": ("restore", "revoke")}
    found = [(act, words[act]) for act in by_state.get(one.state, ())]
    proposal = licences.proposal_of(one)
    if proposal is not None and proposal.company is not None and not policies.is_same(by, proposal.account):
        found.append(("confirm", _("Transfer it to %(company)s") % {"company": proposal.company.name}))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def act_page(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Something that the body does about a licence, by an act.

    Raises:
        Http404: there is none.
        PermissionDenied: it is not the visitor's to do.
    """
    one, by, at = found(number), actor_of(request.user), timezone.now()
    offered = dict(acts_for(by, one))
    if act not in offered:
        raise PermissionDenied
    form = form_of(one, act, request.POST if request.method == "POST" else None)
    perform = performed(one, act, form, by, at)
    done, status = acted(request, form, f"permits.licence.{act}.{one.pk}", by, at, perform)
    if done is not None:
        return redirect("permits-licence", one.number)
    return render(
        request, "permits/licence_act.html", {"licence": one, "form": form, "title": offered[act]}, status=status
    )


def form_of(one: Any, act: str, data: Any) -> OrderForm | ConfirmForm:
    """The form of what is to be done about a licence."""
    if act == "confirm":
        proposal = licences.proposal_of(one)
        return ConfirmForm(data, initial={"proposal": proposal.pk if proposal else None})
    owed = licences.owed_by(one) if act == "suspend" else None
    ground = _("The payer’s bank took the fee back, and it was not paid again.") if owed else ""
    return OrderForm(data, transfer=act == "transfer", ground=ground)


def performed(one: Any, act: str, form: OrderForm | ConfirmForm, by: Actor, at: datetime) -> Callable[[], None]:
    """The act behind a form."""

    def perform() -> None:
        if isinstance(form, ConfirmForm):
            transferring.transfer_licence(licence=one, proposal=form.cleaned_data["proposal"], by=by, at=at)
            return
        who: dict[str, Any] = {"licence": one, "order": form.order, "by": by, "at": at}
        if act == "transfer":
            company = company_of(form.cleaned_data["company"])
            if company is None:
                raise DomainError("permit-applicant-gone", field="company")
            transferring.propose_transfer(to=company, **who)
        else:
            simple = {
                "suspend": licensing.suspend_licence,
                "restore": licensing.restore_licence,
                "revoke": licensing.revoke_licence,
            }
            simple[act](**who)

    return perform


@require_POST
def print_licence(request: HttpRequest, number: str) -> HttpResponse:
    """The PDF of a licence, for its holder and the body; issued once in each language while it says the same.

    Raises:
        Http404: there is none.
        PermissionDenied: the visitor neither holds nor issued it.
    """
    one, by, language = found(number), actor_of(request.user), get_language() or naming.pack().languages[0]
    holds = policies.acts_for(by, one.person_id or "", one.company_id or "") if by.id else False
    if not (holds or policies.issues(by, one)):
        raise PermissionDenied
    issued = licences.paper_of(by, one, language)
    if issued is None:
        issue = Issue(licences.LICENCE, SERIES, one, paper(one, language), public_facts(one), one.person)
        issued = issue_document(issue=issue, by=by, at=timezone.now())
    return redirect("desk-document", issued.pk)
