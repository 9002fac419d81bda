"""What the worker does for declarations: by night for everybody, and after an act of the registries for whom it concerns."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from adaldyq.base.errors import Conflict
from adaldyq.kernel.actor import system
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import CorrectionRequest, PortAnswer
from adaldyq.ledger.leaves import Payload
from adaldyq.measures.declarations.actions import invoices, referrals
from adaldyq.measures.declarations.actions.distributions import count_distributions
from adaldyq.measures.declarations.actions.non_filing import give_all_notices
from adaldyq.measures.declarations.actions.obliging import determine_open_years, determine_people
from adaldyq.measures.declarations.actions.retention import erase_all, withdraw_all
from adaldyq.measures.declarations.actions.selecting import assign_all, draw_all
from adaldyq.measures.declarations.actions.taking_back import lapse_all
from adaldyq.measures.declarations.actions.taking_over import take_over
from adaldyq.measures.declarations.models import BreachReferral, FineInvoice
from adaldyq.measures.declarations.queries.concerned import CORRECTED, concerned, record_of
from adaldyq.measures.declarations.queries.corrected import TOLD, changed_rows, corrected, drafts_about
from adaldyq.measures.declarations.queries.entered import entry_of
from adaldyq.measures.declarations.queries.imported import imported

BY = system("clock")
PAYMENTS, CASES = system("payments"), system("register of cases")


def begin_night(payload: Payload, at: datetime) -> None:
    """State who must declare, close what was public for its years, count, draw and give out reviews, erase what has passed its term.

    Erasing comes last, since of all it takes longest: nothing waits for it, and a night that stops in it loses nothing.
    """
    determine_everybody(payload, at)
    withdraw_all(by=BY, at=at)
    count_distributions(by=BY, at=at)
    draw_all(by=BY, at=at)
    assign_all(by=BY, at=at)
    erase_all(by=BY, at=at)


def determine_everybody(payload: Payload, at: datetime) -> None:
    """State who must declare for every year that may still be filed in time, and tell those whose day has passed."""
    for _done in determine_open_years(by=BY, at=at):
        pass
    give_all_notices(by=BY, at=at)
    lapse_all(by=BY, at=at)


def determine_concerned(payload: Payload, at: datetime) -> None:
    """State anew whether those must declare of whom the registries have learned that something ended."""
    determine_people(concerned(payload), by=BY, at=at)


def determine_entered(payload: Payload, at: datetime) -> None:
    """State anew whether those must declare of whom something was entered, also for years that are over.

    Where facts of a record were changed, open drafts that were filled in from it take them over.
    """
    people = concerned(payload)
    if "fields" in payload:
        let_drafts_know(payload, people, at)
    determine_people(people, by=BY, at=at, entry=entry_of(payload, day_of(at)))


def determine_imported(payload: Payload, at: datetime) -> None:
    """State anew whether those must declare of whom a file of a register brought something late."""
    for entry, people in imported(payload, day_of(at)):
        determine_people(people, by=BY, at=at, entry=entry)


def take_correction(payload: Payload, at: datetime) -> None:
    """Let duties and open drafts follow a record that holds by now what a person claimed."""
    request = CorrectionRequest.objects.filter(pk=payload["request"], state__in=CORRECTED).first()
    if request is not None:
        determine_entered(record_of(request), at)


def let_drafts_know(payload: Payload, people: Collection[str], at: datetime) -> None:
    """Let open drafts of people, and of their relatives, take over what a register was corrected to."""
    what = corrected(str(payload["register"]), str(payload["record"]), str(payload["person"]))
    if what.register not in TOLD:
        return
    for draft in drafts_about(people):
        if changed_rows(draft, what, day_of(at)):
            with suppress(Conflict):  # filed or given up meanwhile
                take_over(draft=draft, what=what, by=BY, at=at)


def take_port_answer(payload: Payload, at: datetime) -> None:
    """Take in what payments answered about the invoice of a fine, or a register of cases about a referral.

    What was taken in before stays as it is.
    """
    answer = PortAnswer.objects.select_related("request").filter(pk=payload["answer"]).first()
    if answer is None:
        return
    kind, key = answer.request.subject_kind, answer.request.subject_id
    with suppress(Conflict):
        if kind == FineInvoice._meta.label and (invoice := FineInvoice.objects.filter(pk=key).first()):
            invoices.take_answer(invoice=invoice, answer=answer, by=PAYMENTS, at=at)
        elif kind == BreachReferral._meta.label and (referral := BreachReferral.objects.filter(pk=key).first()):
            referrals.take_answer(referral=referral, answer=answer, by=CASES, at=at)
