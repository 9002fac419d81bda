"""Pages of a draft: one subject each, files, the check of everything, and sending."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from adaldyq.kernel import naming
from adaldyq.kernel.acting import COMPANY, PERSON
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions import applying as acts
from adaldyq.measures.permits.domain.applying import ADDRESS, REQUIREMENTS, SUBTYPES
from adaldyq.measures.permits.forms.applying import (
    AddressForm,
    ApplicantForm,
    PaperForm,
    RequirementsForm,
    SendForm,
    SubtypesForm,
)
from adaldyq.measures.permits.queries.application_words import PART_WORDS
from adaldyq.measures.permits.queries.applications import applicants
from adaldyq.measures.permits.queries.applying import missing_of
from adaldyq.measures.permits.queries.catalogue import fee_of
from adaldyq.measures.permits.queries.held import held, to_bring
from adaldyq.measures.permits.views.acting import acted
from adaldyq.measures.permits.views.applications import DRAFT, answers_of, held_facts, name_of, papers, seen
from adaldyq.ui.facts import Fact

PARTS = ("applicant", SUBTYPES, ADDRESS, REQUIREMENTS)


def draft(request: HttpRequest, key: str) -> Any:
    """A draft of the visitor's.

    Raises:
        Http404: there is none, it was sent, or it is somebody else's.
    """
    one = seen(request, key)
    if one.state != DRAFT or not policies.stands_for(actor_of(request.user), one):
        raise Http404(key)
    return one


@require_http_methods(["GET", "HEAD", "POST"])
def part_page(request: HttpRequest, application_id: str, part: str) -> HttpResponse:
    """One subject of a draft.

    Raises:
        Http404: as `draft`; there is no such subject.
    """
    one, by, at = draft(request, application_id), actor_of(request.user), timezone.now()
    if part not in PARTS:
        raise Http404(part)
    form = form_of(one, part, request)

    def perform() -> None:
        given = form.given if isinstance(form, RequirementsForm) else form.cleaned_data
        acts.answer(application=one, part=part, given=given, by=by, at=at)

    done, status = acted(request, form, f"permits.part.{one.pk}.{part}", by, at, perform)
    if done is not None:
        return redirect("permits-application", one.pk)
    context = {"application": one, "name": name_of(one), "form": form, "title": PART_WORDS[part]}
    return render(request, "permits/application_part.html", context, status=status)


def form_of(one: Any, part: str, request: HttpRequest) -> forms.Form:
    """The form of a subject, with what was answered before."""
    data = request.POST if request.method == "POST" else None
    if part == SUBTYPES:
        return SubtypesForm(data, version=one.version, chosen=one.answers.get(SUBTYPES, ()))
    if part == ADDRESS:
        return AddressForm(data, said=one.answers.get(ADDRESS, ""))
    if part == REQUIREMENTS:
        return RequirementsForm(data, version=one.version, said=one.answers.get(REQUIREMENTS, {}))
    chosen = f"{COMPANY}:{one.company_id}" if one.company_id else f"{PERSON}:{one.person_id or ''}"
    offered = applicants(actor_of(request.user), timezone.localdate())
    return ApplicantForm(data, offered=offered, chosen=chosen)


@require_http_methods(["GET", "HEAD", "POST"])
def papers_page(request: HttpRequest, application_id: str) -> HttpResponse:
    """Documents that the applicant brings: what is there, and the form that adds one; a button takes one out.

    Raises:
        Http404: as `draft`.
    """
    one, by, at = draft(request, application_id), actor_of(request.user), timezone.now()
    if request.method == "POST" and (key := request.POST.get("drop")):
        paper = one.papers.filter(pk=key).select_related("upload", "application").first()
        if paper is None:
            raise Http404(key)
        acts.drop_paper(paper=paper, by=by, at=at)
        return redirect("permits-application-papers", one.pk)
    names = one.version.documents
    offered = [(str(place), naming.spoken(names[place]["names"])) for place in to_bring(one, day_of(at))]
    sent = request.method == "POST"
    form = PaperForm(request.POST if sent else None, request.FILES if sent else None, offered=offered)

    def perform() -> None:
        file = form.cleaned_data["file"][0]
        place = int(form.cleaned_data["place"])
        acts.add_paper(application=one, place=place, name=file.name, content=file.read(), by=by, at=at)

    done, status = acted(request, form, f"permits.paper.{one.pk}", by, at, perform)
    if done is not None:
        return redirect("permits-application-papers", one.pk)
    context = {"application": one, "name": name_of(one), "form": form, "papers": papers(one), "offered": offered}
    return render(request, "permits/application_papers.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: HttpRequest, application_id: str) -> HttpResponse:
    """Everything that was answered, to be looked through and sent.

    Raises:
        Http404: as `draft`.
    """
    one, by, at = draft(request, application_id), actor_of(request.user), timezone.now()
    form = SendForm(request.POST if request.method == "POST" else None)

    def perform() -> None:
        acts.send_application(application=one, by=by, at=at)

    done, status = acted(request, form, f"permits.send.{one.pk}", by, at, perform)
    if done is not None:
        return redirect("permits-application", one.pk)
    today = day_of(at)
    fee = fee_of(one.version, today)
    context = {
        "application": one,
        "name": name_of(one),
        "form": form,
        "facts": [Fact(PART_WORDS["applicant"], one.applicant_name), *answers_of(one)],
        "held": held_facts(held(one, today), one),
        "papers": papers(one),
        "lacking": [PART_WORDS[part] for part in missing_of(one, today)],
        "fee": fee,
    }
    return render(request, "permits/application_check.html", context, status=status)


@require_http_methods(["POST"])
def discard(request: HttpRequest, application_id: str) -> HttpResponse:
    """Throw a draft away.

    Raises:
        Http404: as `draft`.
        PermissionDenied: never; the draft is the visitor's.
    """
    one, by = draft(request, application_id), actor_of(request.user)
    if not by.id:
        raise PermissionDenied
    acts.discard_draft(application=one, by=by, at=timezone.now())
    return redirect("permits-applications")
