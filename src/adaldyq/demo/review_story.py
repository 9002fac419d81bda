"""Selects declarations of the sample country for review and lets some of them go each way, so that a visitor sees them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import transaction

from adaldyq.demo.lists import YEARS
from adaldyq.demo.sign_ins import DECLARANT, PASSWORD
from adaldyq.kernel import naming
from adaldyq.kernel.actions.accounts import grant_role, mark_as_sample, open_account
from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from adaldyq.ledger.guard import Guard, sequence_guarded
from adaldyq.measures.declarations.actions import reviewing
from adaldyq.measures.declarations.actions.declarations import FiledBatch, file_declarations
from adaldyq.measures.declarations.actions.selecting import draw_selection, fix_frame
from adaldyq.verification.contracts import published
from adaldyq.verification.models import COUNTRY, Run

BY = system("demo")
SECTION = "declared_"
QUESTIONS = ("Бұл мүлік қай қаражатқа сатып алынды?", "Тізілімдегі жазба мен декларация неге бөлек?")
ANSWER = "Ата-анам сыйға берді, шарт нотариуста куәландырылған."
GROUND = "Тізілімдердегі жазбалар мен жауап салыстырылды."
APPEAL = "Шарттың көшірмесі есепке алынбаған."


def tell_reviews(at: datetime) -> None:
    """Select the last year of the sample country and lead a review into each state; once, and all of it or nothing.

    The seed comes of the log's own signature, since no witness has started yet. Nothing happens before the rules have run, or when the year's last day to file has not passed.
    """
    analyst = Account.objects.filter(username="analyst", is_sample=True).first()
    reviewer = Account.objects.filter(username="reviewer", is_sample=True).first()
    due = naming.pack().filing_deadlines[YEARS[-1]]
    ran = Run.objects.filter(dataset=COUNTRY, outcome="done").exists()
    selection: Any = apps.get_model("declarations", "ReviewSelection")
    selected = selection.objects.exclude(drawn_at=None).exists()
    if analyst is None or reviewer is None or not ran or selected or due >= naming.pack().day_of(at):
        return
    fixed = selection.objects.first() or fix_frame(year=YEARS[-1], by=actor_of(analyst), at=at)
    sequence_guarded(Guard.of_settings(), at=at)
    with transaction.atomic():
        made = draw_selection(selection=fixed, by=actor_of(analyst), at=at)
        given = made.reviews.filter(analyst=analyst).select_related("declaration__person").order_by("pk")
        lead = Lead(actor_of(analyst), actor_of(reviewer), at)
        for step, review in zip(lead.ways().values(), list(given)[:-1], strict=False):
            step(review)


class Lead:
    """Leads reviews each its way, in the name of the analyst, the person and the reviewer."""

    def __init__(self, analyst: Actor, reviewer: Actor, at: datetime) -> None:
        self.analyst, self.reviewer, self.at = analyst, reviewer, at
        self.declarants = 0
        self.password = make_password(PASSWORD)

    def ways(self) -> Mapping[str, Callable[[Any], Any]]:
        """The ways by the state to which they lead, those first that a visitor can go on with."""
        return {
            "asked": self.ask,
            "answered": self.answer,
            "explained": lambda one: self.decide(self.answer(one), "explain"),
            "appealed": self.appeal,
            "confirmed": lambda one: self.decide(one, "confirm"),
            "corrected": self.correct,
            "referred": self.refer,
            "upheld": lambda one: self.hear(one, upheld=True),
            "overturned": lambda one: self.hear(one, upheld=False),
        }

    def person_of(self, review: Any) -> Actor:
        """The declarant's own sign-in, opened on first use."""
        account = Account.objects.filter(person=review.person_id).first()
        if account is None:
            self.declarants += 1
            username = DECLARANT if self.declarants == 1 else f"{DECLARANT}-{self.declarants}"
            account = open_account(
                username=username,
                name=review.declaration.declarant_name,
                by=BY,
                at=self.at,
                person=review.declaration.person,
                password_hash=self.password,
            )
            grant_role(account=account, role=Role.CITIZEN, by=BY, at=self.at)
            mark_as_sample(account=account, by=BY, at=self.at)
        return Actor(account.pk, frozenset({Role.CITIZEN}), person=review.person_id)

    def ask(self, review: Any) -> Any:
        """Ask; the person can sign in and answer."""
        self.person_of(review)
        return reviewing.ask(review=review, questions=QUESTIONS, by=self.analyst, at=self.at)

    def answer(self, review: Any) -> Any:
        """Ask, and answer."""
        asked = self.ask(review)
        keys = [one.pk for inquiry in asked.inquiries.all() for one in inquiry.questions.all()]
        return reviewing.answer(
            review=asked, answers=dict.fromkeys(keys, ANSWER), by=self.person_of(review), at=self.at
        )

    def decide(self, review: Any, step: str) -> Any:
        """End a review in the person's favour."""
        return reviewing.decide(review=review, step=step, ground=GROUND, by=self.analyst, at=self.at)

    def refer(self, review: Any) -> Any:
        """Refer after the answer."""
        return reviewing.refer(review=self.answer(review), ground=GROUND, by=self.analyst, at=self.at)

    def appeal(self, review: Any) -> Any:
        """Refer, and appeal."""
        return reviewing.appeal(review=self.refer(review), text=APPEAL, by=self.person_of(review), at=self.at)

    def hear(self, review: Any, *, upheld: bool) -> Any:
        """Appeal, and decide it."""
        return reviewing.decide_appeal(
            review=self.appeal(review), upheld=upheld, ground=GROUND, by=self.reviewer, at=self.at
        )

    def correct(self, review: Any) -> Any:
        """File the same declaration as a later version, and end the review by it."""
        filed, rows = again(review.declaration, self.at)
        file_declarations(batch=FiledBatch([filed], rows), by=BY, at=self.at)
        return self.decide(review, "correct")


def again(declaration: Any, at: datetime) -> tuple[Any, dict[str, list[Any]]]:
    """A later version of a declaration with the same rows, unsaved."""
    model = type(declaration)
    kept = {field.attname: getattr(declaration, field.attname) for field in model._meta.concrete_fields}
    filed = model(**{**kept, "id": model().pk, "version": declaration.version + 1, "filed_at": at, "is_current": True})
    rows = {
        name.removeprefix(SECTION): [
            copy_of(row, filed.pk) for row in table.model._default_manager.filter(declaration=declaration)
        ]
        for name, table in published().items()
        if name.startswith(SECTION) and table.model is not None
    }
    return filed, rows


def copy_of(row: Any, declaration: str) -> Any:
    """A row of a section for another declaration, unsaved."""
    model = type(row)
    kept = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    return model(**{**kept, "row_id": model().pk, "declaration_id": declaration})
