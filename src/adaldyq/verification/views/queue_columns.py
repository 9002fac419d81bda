"""Columns of the queue of findings, on the page and in the file."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from adaldyq.kernel.naming import place_name
from adaldyq.ui.facts import State
from adaldyq.ui.tables import Column
from adaldyq.verification import labels, queries
from adaldyq.verification.models import Finding
from adaldyq.verification.views.object_words import object_words
from adaldyq.verification.views.words import KnownRules, finding_state, severity_state


def page_columns(known: KnownRules, *, several: bool) -> Sequence[Column]:
    """Columns of the page; the dataset is told only where there are several."""
    dataset = Column("dataset", _("Dataset"), value=lambda one: labels.dataset_title(one.dataset))
    return (
        Column(
            "question",
            _("Question"),
            value=lambda one: known.title(one.rule),
            link=lambda one: reverse("findings-finding", args=[one.pk]),
        ),
        Column("person", _("Person, body or place"), value=person),
        Column("object_id", _("About"), value=object_words),
        Column("amount", _("Sum"), kind="money", currency="currency", sort="amount"),
        Column("since", _("Since"), kind="day", sort="since"),
        Column("severity", _("Severity"), value=lambda one: severity_state(one.severity), sort="rank"),
        Column("state", _("State"), value=state_with_name),
        *((dataset,) if several else ()),
    )


def file_columns(known: KnownRules) -> Sequence[Column]:
    """Columns of the file."""
    return (
        Column("id", _("Id")),
        Column("rule", _("Rule")),
        Column("title", _("Question"), value=lambda one: known.title(one.rule)),
        Column("version", _("Version")),
        Column("kind", _("Kind")),
        Column("severity", _("Severity")),
        Column("dataset", _("Dataset")),
        Column("subject_id", _("Id of the person, body or place")),
        Column("subject_label", _("Person, body or place")),
        Column("object_id", _("About")),
        Column("object_label", _("Name of what it is about")),
        Column("amount", _("Sum"), kind="money", currency="currency"),
        Column("since", _("Since"), kind="day"),
        Column("state", _("State")),
        Column("assignee", _("Analyst"), value=lambda one: one.assignee.name if one.assignee else ""),
        Column("first_run", _("First run"), value=lambda one: one.first_run_id),
        Column("last_run", _("Last run"), value=lambda one: one.last_run_id),
        Column("gone_run", _("Gone since run"), value=lambda one: one.gone_run_id or ""),
    )


def person(finding: Finding) -> str:
    """Who the question is to, or the place that it is about."""
    kind = queries.subject_kind(finding)
    if kind == "territory":
        return place_name(finding.subject_id)
    return finding.subject_label or finding.subject_id


def standing(finding: Finding, latest: Collection[str]) -> State:
    """Whether a finding is new in the last run, still there, or gone."""
    if finding.gone_run_id:
        return State(pgettext("finding", "gone"), "closed")
    return (
        State(pgettext("finding", "new"), "open")
        if finding.first_run_id in latest
        else State(_("still there"), "plain")
    )


def state_with_name(finding: Finding) -> State:
    """The state, with the name of whoever works on it, and whether the rule no longer asks."""
    shown = finding_state(finding)
    word = str(shown.word)
    if finding.assignee is not None and finding.state != finding.LIFE.initial:
        word = f"{word}: {finding.assignee.name or finding.assignee.username}"
    if finding.gone_run_id:
        gone = pgettext("finding", "gone")
        word = f"{word}, {gone}"
    return State(word, shown.look)
