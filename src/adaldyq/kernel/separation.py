"""Holds people to the separation of duties that `duties.csv` asks for."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models

from adaldyq.base.errors import DomainError
from adaldyq.kernel.duties import duties
from adaldyq.kernel.models import Account, Event
from adaldyq.kernel.roles import Role


def check_roles(held: Collection[Role], new: Collection[Role]) -> None:
    """Stop a grant after which somebody would hold two roles that must be apart.

    Raises:
        DomainError: `roles-apart`.
    """
    for pair in duties().roles:
        if pair & set(new) and pair <= {*held, *new}:
            first, second = sorted(pair)
            raise DomainError("roles-apart", field="role", first=first, second=second)


def subject_of(thing: object) -> str:
    """What an act was on, as it stands in its event.

    Raises:
        TypeError: it is no record.
    """
    if not isinstance(thing, models.Model):
        raise TypeError(f"an act is on a record, not on {type(thing).__name__}")
    return f"{thing._meta.label_lower}:{thing.pk}"


def check_act(act: str, subject: str, actor: str) -> None:
    """Stop an act by somebody who has done, on the same object, what must be done by another.

    Two accounts of one person are one person.

    Raises:
        DomainError: `acts-apart`.
    """
    others = {other for pair in duties().acts if act in pair for other in pair - {act}}
    if others and Event.objects.filter(subject=subject, name__in=others, actor__in=of_same_people([actor])).exists():
        raise DomainError("acts-apart", act=act)


def of_same_people(accounts: Collection[str]) -> set[str]:
    """Some accounts and all others of the same people. An account without a person behind it stands for itself."""
    people = Account.objects.filter(pk__in=accounts, person__isnull=False).values("person")
    return {*accounts, *Account.objects.filter(person__in=people).values_list("pk", flat=True)}
