"""What the caller says of a deadline that it starts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Model, QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Account, Body, Deadline, Person


@dataclass(frozen=True, slots=True)
class Due:
    """What is due.

    Attributes:
        name: what the country pack calls the deadline.
        title: what is due, an English sentence of the catalogues (`gettext_noop`).
        last_day: the last day in time; without it, as the pack counts it from the day of the act.
        working: whether pauses, reminders and extensions count working days.
        step: step of the subject's life that the clock takes when the day has passed; it must be the clock's own.
        action: dotted name of an action with `subject`, `by` and `at` that the clock calls instead.
        reminders: days before the last day on which those bound are reminded.
        escalations: days after it on which those above them are told.
        href: page of the subject, without the language.
    """

    name: str
    title: str
    last_day: date | None = None
    working: bool = True
    step: str = ""
    action: str = ""
    reminders: tuple[int, ...] = ()
    escalations: tuple[int, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """Whom a deadline binds, and who is told when it was missed: the heads of the body without `escalates_to`."""

    body: Body | None = None
    account: Account | None = None
    person: Person | None = None
    escalates_to: Account | None = None


class Narrowing(Protocol):
    """Who may know of the deadlines of a measure, where a role for the body that they bind is not enough.

    That something is due tells that there is something; not all who answer for the body may learn that.
    """

    def seen(self, by: Actor, day: date) -> QuerySet[Any]:
        """Ids of the subjects whose deadlines the viewer may see."""

    def bound(self, deadline: Deadline, day: date) -> Collection[str]:
        """Accounts that a deadline binds besides those that it names or whose role for its body does."""

    def kept_from(self, deadline: Deadline, accounts: Collection[str], day: date) -> Collection[str]:
        """Of some accounts those that must not be told of a deadline."""


def kind_of(subject: Model) -> str:
    """The model of a subject, as app.Model."""
    return subject._meta.label
