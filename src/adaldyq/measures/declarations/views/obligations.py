"""What a person must declare and by which law: the person's own page, and the pages of those who keep declarations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel import kept_forms, naming, reads
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.queries import lookup
from adaldyq.kernel.trying import tried
from adaldyq.measures.declarations.actions import non_filing as non_filing_acts
from adaldyq.measures.declarations.actions import relief
from adaldyq.measures.declarations.forms import ExemptionForm, ExtensionForm, FindPersonForm, NoticeForm
from adaldyq.measures.declarations.queries import non_filing, obligations
from adaldyq.measures.declarations.queries.obligations import Owed
from adaldyq.measures.declarations.queries.retention import Hold, holds_of
from adaldyq.measures.declarations.views.outcomes import ended_state, outcome_state
from adaldyq.measures.declarations.views.retention import term_facts
from adaldyq.ui.facts import Fact
from adaldyq.ui.tables import Column, Table

READ = "obligation"
UNPROCESSABLE, CONFLICT = 422, 409


@require_safe
def own_obligations(request: HttpRequest) -> HttpResponse:
    """What the viewer, or whom they act for, must file, with reason, law and day, and what became of it."""
    by = actor_of(request.user)
    person = obligations.person_of(by)
    today = timezone.localdate()
    found = obligations.obligations_of(person, today) if person else []
    holds = holds_of(person, today) if person else {}
    followed = non_filing.own_non_filings(person) if person == by.person else {}
    rows = [
        (one, facts_of(one, holds.get(one.year, ()), own=True), followed[one.id].pk if one.id in followed else "")
        for one in found
    ]
    place = naming.spoken(naming.pack().filing_days["paper"].place)
    return render(request, "declarations/obligations.html", {"rows": rows, "nobody": not person, "place": place})


@require_http_methods(["GET", "HEAD", "POST"])
def find_obligations(request: HttpRequest) -> HttpResponse:
    """The obligations of a person whom a keeper of declarations names by number or id.

    The number is sent in the body, so that it stands in no history of a browser and no log of a proxy.
    """
    form = FindPersonForm(
        request.POST if request.method == "POST" else request.GET if "person" in request.GET else None
    )
    person = lookup.person(form.cleaned_data["person"].strip()) if form.is_bound and form.is_valid() else None
    if form.is_bound and form.is_valid() and person is None:
        form.add_error("person", _("Nobody has this number or id. Check it; it may have been merged."))
    if person is not None and request.method == "POST":
        return redirect(f"{reverse('declarations-obligations-find')}?{urlencode({'person': person.pk})}")
    found = obligations.obligations_of(person.pk, timezone.localdate()) if person else []
    reads.note(request, READ, [(one.id, one.person_id) for one in found])
    columns = [
        Column("year", _("Year"), kind="year", link=address),
        Column("form", _("Form")),
        Column("reason", _("Why")),
        Column("due", _("Last day to file"), kind="day"),
        Column("filed", _("Filed"), kind="day"),
        Column("outcome", _("State"), value=state_of),
    ]
    empty = _("This person need not declare, and never had to.")
    context = {
        "form": form,
        "name": naming.names_of([person.pk]).get(person.pk, person.pk) if person else "",
        "table": Table(_("Obligations"), columns, found, hide_caption=True, empty=empty) if person else None,
    }
    return render(request, "declarations/obligations_find.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def obligation_page(request: HttpRequest, obligation_id: str) -> HttpResponse:
    """One obligation, for those who keep declarations: put off the last day, exempt, or give notice.

    Raises:
        Http404: there is none, or it has ended.
    """
    one = obligations.obligation(obligation_id)
    if one is None:
        raise Http404(obligation_id)
    by = actor_of(request.user)
    asked = request.POST.get("step", "") if request.method == "POST" else ""
    extension = ExtensionForm(request.POST if asked == "extend" else None)
    exemption = ExemptionForm(request.POST if asked == "exempt" else None)
    notice = NoticeForm(request.POST if asked == "notice" else None)
    form = {"extend": extension, "exempt": exemption, "notice": notice}.get(asked)
    if form is not None and form.is_valid():
        pages: list[str] = []
        if tried(form, lambda: pages.append(decided(request, obligation_id, asked, form))):
            return redirect(pages[0])
    unsaved = form is None and kept_into(request, (extension, exemption))
    reads.note(request, READ, [(one.pk, one.person_id)])
    today = timezone.localdate()
    shown = next(row for row in obligations.obligations_of(one.person_id, today) if row.id == one.pk)
    context = {
        "name": naming.names_of([one.person_id]).get(one.person_id, one.person_id),
        "owed": shown,
        "facts": facts_of(shown, holds_of(one.person_id, today).get(one.year, ()), own=False),
        "extension": extension if one.due_date >= today and obligations.may_decide(by, relief.EXTEND, one) else None,
        "exemption": exemption if obligations.may_decide(by, relief.EXEMPT, one) else None,
        "notice": notice if obligations.may_notice(by, one, today) else None,
        "failed": form,
        "unsaved": unsaved,
        "limit": relief.latest_day(one),
    }
    failed = form is not None and form.errors
    return render(request, "declarations/obligation.html", context, status=UNPROCESSABLE if failed else 200)


def kept_into(request: HttpRequest, given: Iterable[django_forms.Form]) -> bool:
    """Put what was typed while the sign-in ended back into the boxes that it came from."""
    typed = kept_forms.take(request)
    for form in given:
        kept_forms.fill(form, typed)
    return bool(typed)


def decided(request: HttpRequest, obligation_id: str, step: str, form: django_forms.Form) -> str:
    """Act once on a form, and return the page to go on with.

    Raises:
        DomainError: what the act refuses.
    """
    by, at = actor_of(request.user), timezone.now()
    one: Any = obligations.obligation(obligation_id)

    def act() -> dict[str, str]:
        given = form.cleaned_data
        if step == "extend":
            relief.extend_obligation(obligation=one, due=given["due"], reason=given["reason"], by=by, at=at)
            return {"page": reverse("declarations-obligation", args=[obligation_id])}
        if step == "notice":
            made = non_filing_acts.give_notice(obligation=one, by=by, at=at)
            return {"page": reverse("declarations-non-filing", args=[made.pk])}
        relief.exempt_obligation(obligation=one, ground=given["ground"], by=by, at=at)
        return {"page": f"{reverse('declarations-obligations-find')}?person={one.person_id}"}

    done = sent_once(request.POST, place=f"{step} {obligation_id}", owner=by.id, at=at, perform=act)
    return str(done["page"])


def address(one: Owed) -> str:
    """The page of an obligation; none when it has ended."""
    return "" if one.ended_as else reverse("declarations-obligation", args=[one.id])


def state_of(one: Owed) -> object:
    """What became of an obligation, as a word with a look."""
    return ended_state(one.ended_as) if one.ended_as else outcome_state(one.outcome)


def why_later(one: Owed) -> str:
    """Why somebody has longer to file than the law gives everybody: what obliges them was entered after that day."""
    if one.extension or not one.law or one.due <= naming.pack().filing_deadlines.get(one.year, one.due):
        return ""
    return _("What obliges you was entered in the register late; the term counts from the day on which it was.")


def facts_of(one: Owed, holds: Iterable[Hold] = (), *, own: bool) -> list[Fact]:
    """An obligation in words, and what holds its records past their term.

    Args:
        own: whether it is the reader's.
    """
    facts = [
        Fact(_("State"), state_of(one)),
        Fact(_("Why"), one.reason, hint=one.body or one.companies),
        Fact(_("Law"), one.law or _("The source does not say.")),
        Fact(_("In force since"), one.phase_since, kind="day"),
        Fact(_("Last day to file"), one.due, kind="day", hint=why_later(one)),
        Fact(_("Filed"), one.filed, kind="day"),
    ]
    if one.extension:
        facts.append(Fact(_("Put off from"), one.extension.due_before, kind="day", hint=one.extension.reason))
    if one.opens:
        why = _("That you held a post whose holders declare in public was entered in the register afterwards.")
        facts.append(Fact(_("Opens to everybody"), one.opens, kind="day", hint=why if own else ""))
    if one.ended_as:
        facts.append(Fact(_("Ended"), one.ended_on, kind="day", hint=one.why_ended))
    if not one.ended_as:
        seen = _("Everybody sees whether it was filed, and what the law opens of it.")
        closed = (
            _("Only you, your body’s integrity officer and the authority see whether it was filed.")
            if own
            else _("Only the person, their body’s integrity officer and the authority see whether it was filed.")
        )
        facts.append(Fact(_("Who sees it"), seen if one.is_public else closed))
        facts += term_facts(one.year, timezone.localdate(), holds, public=one.is_public)
    return [fact for fact in facts if fact.value not in (None, "")]
