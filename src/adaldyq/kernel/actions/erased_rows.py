"""The rows of a person who is erased: those that go, and those that the law keeps without the person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.db.models import ProtectedError, Q
from django.db.models.deletion import PROTECT, Collector

from adaldyq.base.errors import DomainError
from adaldyq.base.ids import new_id
from adaldyq.kernel.actions.accounts import end_sessions
from adaldyq.kernel.actions.merges import keys_of, references_to
from adaldyq.kernel.erasing import Erasing, erasers
from adaldyq.kernel.models import (
    Account,
    Company,
    ContactChoice,
    ContactCode,
    CorrectionRequest,
    Deadline,
    Document,
    Merge,
    Notification,
    Person,
    PortRequest,
    RecoveryLink,
    RoleGrant,
    Signature,
    Upload,
)
from adaldyq.kernel.models.uploads import HELD, REMOVED
from adaldyq.kernel.roles import STAFF
from adaldyq.kernel.uploads import store
from adaldyq.ledger import erasures

STAYS = frozenset(
    {
        "kernel.Appointment.person_id",
        "kernel.Ownership.owner_person_id",
        "kernel.LandRight.owner_person_id",
        "kernel.VehicleRight.owner_person_id",
    }
)
"""Who held a post and who owned what belongs to the history of the body, company or object as well."""
OF_ACCOUNTS = (ContactChoice, ContactCode, Notification, RecoveryLink)
OWN_ROOMS = "adaldyq."
SOURCE = "erasure"


def forbids(people: Collection[str], day: date) -> Iterator[DomainError]:
    """What of the base registries still lasts: nobody who holds a post, a share or a thing is erased."""
    for model, column in staying_references():
        if count := model._default_manager.filter(lasting(model, day), **{f"{column}__in": people}).count():
            title = model._meta.db_table.removeprefix("kernel_")
            yield DomainError("erasure-entry-lasts", field="person", register=title, count=count)
    if heads := Company.objects.filter(head_id__in=people, closed_date__isnull=True).count():
        yield DomainError("erasure-heads-company", field="person", count=heads)
    grants = RoleGrant.objects.on(day).filter(account__person_id__in=people, role__in=STAFF)
    if grants.exists():
        yield DomainError("erasure-in-office", field="person")


def lasting(model: type[models.Model], day: date) -> Q:
    """The condition that a dated row has not ended; rows without an end never last."""
    names = {one.attname for one in model._meta.concrete_fields}
    if "valid_to" not in names:
        return Q(pk__in=())
    open_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return open_ended & Q(withdrawn_at__isnull=True) if "withdrawn_at" in names else open_ended


def staying_references() -> Iterator[tuple[type[models.Model], str]]:
    """Columns that lead to people and whose rows stay without them: those of the lists, and those that protect."""
    listed = STAYS.union(*(one.stays for one in erasers()))
    for model, column in references_to(Person):
        key = next(one for one in model._meta.concrete_fields if one.attname == column)
        protects = key.remote_field is not None and key.remote_field.on_delete is PROTECT
        if model not in (Account, CorrectionRequest) and (protects or f"{model._meta.label}.{column}" in listed):
            yield model, column


def erase_rows(erasing: Erasing) -> None:
    """Remove what belongs to the people, let the rest lead to the stand-in, and then remove the people.

    Raises:
        DomainError: `erasure-held-elsewhere` when a record of another room protects one of those that would go.
    """
    people = Q(person_id__in=erasing.people)
    take_away(erasing, CorrectionRequest.objects.filter(people))
    take_away(erasing, Merge.objects.filter(register="person").filter(merges_of(erasing.people)))
    erase_about_removed(erasing)
    erase_files(erasing, people)
    for account in Account.objects.filter(people).order_by("pk"):
        erase_account(erasing, account)
    move_to_stand_in(erasing)
    erasing.ids |= erasing.people
    take_away(erasing, Person.objects.filter(pk__in=erasing.people))
    erase_about_removed(erasing)


def erase_about_removed(erasing: Erasing) -> None:
    """Remove files, documents, deadlines, signatures and requests through ports of records that went."""
    for kind, keys in list(erasing.removed.items()):
        about = Q(subject_kind=kind, subject_id__in=keys)
        erase_files(erasing, about)
        take_away(erasing, Deadline.objects.filter(about))
        take_away(erasing, Signature.objects.filter(about))
        take_away(erasing, PortRequest.objects.filter(about))


def merges_of(people: Collection[str]) -> Q:
    """The condition that a merge is of one of these records."""
    return Q(kept_id__in=people) | Q(merged_id__in=people)


def take_away(erasing: Erasing, rows: models.QuerySet[Any]) -> None:
    """Remove rows with whatever goes with them, and remember which went.

    Raises:
        DomainError: `erasure-held-elsewhere`.
    """
    collector = Collector(using=rows.db)
    try:
        collector.collect(rows)
        for model, instances in collector.data.items():
            erasing.note_removed(model._meta.label, (one.pk for one in instances))
        for some in collector.fast_deletes:
            erasing.note_removed(some.model._meta.label, some.values_list("pk", flat=True))
        collector.delete()
    except ProtectedError as error:
        kinds = {str(one._meta.verbose_name) for one in error.protected_objects}
        raise DomainError("erasure-held-elsewhere", field="person", kinds=", ".join(sorted(kinds))) from None


def erase_files(erasing: Erasing, which: Q) -> None:
    """Remove files and issued documents for good, also from what a restore brings back."""
    uploads = Upload.objects.filter(which)
    documents = Document.objects.filter(which)
    places = [*uploads.exclude(state=REMOVED).values_list("place", flat=True)]
    places += documents.values_list("place", flat=True)
    erasures.remember_erased(erasures.FILE, places)
    transaction.on_commit(lambda: drop(places))
    take_away(erasing, uploads)
    take_away(erasing, documents)


def drop(places: Iterable[str]) -> None:
    """Remove files from the disk."""
    for place in places:
        store.drop(place)


def erase_account(erasing: Erasing, account: Account) -> None:
    """Remove a person's sign-in. That of an official stays without the person: what was done in it is the state's."""
    end_sessions(account)
    for model, column in references_to(Account):
        if model in OF_ACCOUNTS or not model.__module__.startswith(OWN_ROOMS):
            take_away(erasing, model._default_manager.filter(**{column: account.pk}))
    if not account.grants.filter(role__in=STAFF).exists():
        erase_files(erasing, Q(owner=account, state=HELD))
        Upload.objects.filter(owner=account).update(owner=None)  # what others answer for stays with its subject
        if gone(erasing, account):
            erasing.ids.add(account.pk)
            return
    Account.objects.filter(pk=account.pk).update(
        username=f"erased-{new_id()}", name="", person=None, password=make_password(None), is_active=False
    )
    erasing.note_stayed(Account._meta.label, 1)


def gone(erasing: Erasing, account: Account) -> bool:
    """Whether an account could be removed: no record of an official act leads to it."""
    try:
        with transaction.atomic():
            take_away(erasing, Account.objects.filter(pk=account.pk))
    except DomainError:
        return False
    return True


def move_to_stand_in(erasing: Erasing) -> None:
    """Let rows that stay lead to a record that says nothing of anybody."""
    found = [(model, column, keys) for model, column, keys in staying(erasing.people) if keys]
    if not found:
        return
    Person.objects.create(pk=erasing.stand_in, source=SOURCE, as_of=erasing.at.date())
    for model, column, keys in found:
        model._default_manager.filter(pk__in=keys).update(**{column: erasing.stand_in})
        erasing.note_stayed(model._meta.label, len(keys))


def staying(people: Collection[str]) -> Iterator[tuple[type[models.Model], str, list[str | int]]]:
    """Rows that stay, by model and column."""
    for model, column in staying_references():
        yield model, column, [key for person in people for key in keys_of(model, column, person)]
