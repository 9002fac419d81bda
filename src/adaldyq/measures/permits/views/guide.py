"""Guided questions that end with the permits that somebody needs, and the page on which an application starts."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.idempotency import KeyField, sent_once
from adaldyq.kernel.problems import sentence
from adaldyq.measures.permits.actions import applying
from adaldyq.measures.permits.domain.terms import NUMBER
from adaldyq.measures.permits.forms.applying import offer
from adaldyq.measures.permits.queries import catalogue
from adaldyq.measures.permits.queries.applications import applicants, application
from adaldyq.measures.permits.queries.guide import Needed, branches, found, life_events
from adaldyq.measures.permits.queries.licences import licence
from adaldyq.measures.permits.queries.procedures import procedure_on
from adaldyq.measures.permits.queries.words import IN_FORCE, KIND_WORDS, activity_name, held_words
from adaldyq.ui.facts import Fact

ANY, QUESTION = "any", "question"


class QuestionForm(forms.Form):
    """One question with its answers."""

    def __init__(
        self, name: str, label: str, choices: list[tuple[str, str]], kept: dict[str, str], missing: str, data: QueryDict
    ) -> None:
        """Ask one question; answers to those before go along.

        Args:
            missing: what is said when it was sent without an answer.
            data: what was sent; whether this question was among it the question itself tells.
        """
        super().__init__(data if data.get(QUESTION) == name else None)
        self.fields[name] = forms.ChoiceField(
            label=label, widget=forms.RadioSelect, error_messages={"required": missing, "invalid_choice": missing}
        )
        offer(self, name, choices)
        for key, value in {**kept, QUESTION: name}.items():
            self.fields[key] = forms.CharField(widget=forms.HiddenInput, initial=value)


ASKED = (("event", 40), ("activity", 8))
"""What the address asks for, and so many characters of it."""


@require_safe
def guide_page(request: HttpRequest) -> HttpResponse:
    """One question after another: what somebody is about to do, in which branch; then what they need for it."""
    event, activity = (request.GET.get(name, "").replace("\x00", "")[:most] for name, most in ASKED)
    if not event:
        choices = [*life_events(), (ANY, _("None of these"))]
        missing = _("Choose what you are about to do, or “None of these”.")
        form = QuestionForm("event", _("What are you about to do?"), choices, {}, missing, request.GET)
        return question(request, form)
    chosen = "" if event == ANY else event
    if not activity:
        choices = [(code, activity_name(code)) for code in branches()]
        choices.append((ANY, _("None of these")))
        missing = _("Choose the branch in which you work, or “None of these”.")
        form = QuestionForm("activity", _("In which branch?"), choices, {"event": event}, missing, request.GET)
        return question(request, form)
    nothing = activity == ANY and not chosen
    listed = Needed([], []) if nothing else found(chosen, "" if activity == ANY else activity)
    context = {"needed": named(listed.now), "besides": named(listed.besides), "asked": True}
    return render(request, "permits/guide.html", context)


def question(request: HttpRequest, form: QuestionForm) -> HttpResponse:
    """The page of a question; it says so when the question was sent without an answer."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and not form.is_valid() else HTTPStatus.OK
    return render(request, "permits/guide.html", {"form": form}, status=status)


def named(listed: list[Any]) -> list[tuple[Any, str, object]]:
    """Entries with their names and kinds."""
    return [(one, naming.spoken(one.names, one.number), KIND_WORDS[one.kind]) for one in listed]


class BeginForm(forms.Form):
    """The button that begins an application."""

    form_key = KeyField()
    renews = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    previous = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def start_page(request: HttpRequest, number: str) -> HttpResponse:
    """The page on which an application starts: what is asked, what it costs, how long it takes, and what silence means.

    Raises:
        Http404: the catalogue has none of that number.
        PermissionDenied: it would take up what is somebody else's.
    """
    entry = catalogue.entry(number) if NUMBER.fullmatch(number) else None
    today, by = timezone.localdate(), actor_of(request.user)
    version = catalogue.version_on(entry, today) if entry else None
    if entry is None or version is None:
        raise Http404(number)
    problem, status = "", HTTPStatus.OK
    form = BeginForm(request.POST or None, initial={key: request.GET.get(key, "") for key in ("renews", "previous")})
    if request.method == "POST" and form.is_valid():
        if not by.id:
            return redirect(f"{reverse('sign-in')}?next={request.get_full_path()}")
        said = form.cleaned_data
        try:
            return redirect("permits-application", begun(request, entry, said["renews"], said["previous"]))
        except NotAllowed as refused:
            raise PermissionDenied from refused
        except DomainError as refused:
            problem, status = sentence(refused), HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "entry": entry,
        "name": naming.spoken(entry.names, entry.number),
        "facts": facts_of(version),
        "requirements": [naming.spoken(one) for one in version.requirements],
        "documents": [(naming.spoken(one["names"]), held_words(one["held_by"])) for one in version.documents],
        "form": form,
        "open": entry.state in IN_FORCE and procedure_on(entry, today) is not None,
        "begins": entry.introduced_date if entry.introduced_date > today else None,
        "problem": problem,
    }
    return render(request, "permits/start.html", context, status=status)


def begun(request: HttpRequest, entry: object, renews: str, previous: str) -> str:
    """Begin an application, once for a press of the button, and return its id.

    Raises:
        DomainError, NotAllowed: as `begin_application`.
    """
    by, at = actor_of(request.user), timezone.now()
    offered = applicants(by, day_of(at))
    only = offered[0].key if len(offered) == 1 and not renews and not previous else ""
    wanted = applying.Wanted(
        entry,  # type: ignore[arg-type]  # pages are handed entries
        only,
        renews=licence(renews) if renews else None,
        previous=application(previous) if previous else None,
    )

    def perform() -> dict[str, str]:
        return {"application": applying.begin_application(wanted=wanted, by=by, at=at).pk}

    return str(
        sent_once(request.POST, place=f"permits.begin.{wanted.entry.pk}", owner=by.id, at=at, perform=perform)[
            "application"
        ]
    )


def facts_of(version: object) -> list[Fact]:
    """What whoever applies wants to know before they begin."""
    one: object = version
    fee = catalogue.fee_of(one, timezone.localdate())  # type: ignore[arg-type]  # pages are handed versions
    days, silent = one.days, one.silence_is_consent  # type: ignore[attr-defined]  # the same
    silence = _("It counts as granted, by itself.") if silent else _("It does not count as granted; you may appeal.")
    return [
        Fact(_("Fee"), fee.amount, kind="money", currency=fee.currency),
        Fact(_("Decided within"), _("%(days)s working days") % {"days": days}),
        Fact(_("If the body is silent"), silence),
    ]
