"""Pages that are one step of a report: a few words, a form, and back to the report once it is taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.reports.forms.office import LetterForm
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.views.office import seen
from adaldyq.measures.reports.views.office_words import said_in_writing


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a report.

    Attributes:
        name: stable, by which a form that is sent twice is known.
        title: of the page, and `button` of what takes the step.
        words: sentences above the form.
        more: what the template of the step shows besides.
        said: what the script that seals the text says besides.
        back: where one comes to afterwards; the page of the report when it is empty.
    """

    name: str
    title: str
    button: str
    form: forms.Form | None
    perform: Callable[[Mapping[str, Any], Actor, datetime], object]
    words: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)
    template: str = "reports/step.html"
    back: str = ""


def step_page(
    request: HttpRequest, report_id: str, made: Callable[[Actor, Report, Any], Step], *, stays: bool = False
) -> HttpResponse:
    """The page of a step, and the step itself when its form is sent.

    Args:
        made: the step for an officer, a report, and what was sent; none is sent when the page is only looked at.
        stays: whether one comes back to this page afterwards, and not to that of the report.

    Raises:
        Http404: there is no such report, or it is not the officer's to see.
    """
    by, report = seen(request, report_id)
    step, status = made(by, report, request.POST if request.method == "POST" else None), HTTPStatus.OK
    form, back = step.form, request.path if stays else step.back or report_address(report)
    if request.method == "POST" and form is not None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            refused = refusal(form, lambda: once(request, by, report, step, form.cleaned_data))
            if refused is None:
                return redirect(back)
            status = refused
    said = said_in_writing(report) | {"back": back} if isinstance(form, LetterForm) else {}
    context = {"report": report, "step": step, "form": form, "said": said | dict(step.said), **step.more}
    return render(request, step.template, context, status=status)


def report_address(report: Report) -> str:
    """The page of a report."""
    return reverse("reports-report", args=[report.pk])


def once(request: HttpRequest, by: Actor, report: Report, step: Step, sent: Mapping[str, Any]) -> None:
    """Take a step once, also when its form is sent twice."""
    now = timezone.now()

    def perform() -> Mapping[str, Any]:
        step.perform(sent, by, now)
        return {}

    sent_once(request.POST, place=f"reports.{step.name}.{report.pk}", owner=by.id, at=now, perform=perform)
