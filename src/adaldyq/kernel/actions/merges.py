"""Merging two records that are one person, company or body, and splitting them again; each by two registrars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.db import IntegrityError, models, transaction

from adaldyq.base.errors import DomainError
from adaldyq.kernel import findable
from adaldyq.kernel.actions.periods import hold
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.indexing import follow
from adaldyq.kernel.models import Merge, SourceKey
from adaldyq.kernel.policies import require_registrar
from adaldyq.kernel.queries.history import resolve
from adaldyq.kernel.registry import register_named
from adaldyq.kernel.search import take_out
from adaldyq.kernel.states import advance

MERGEABLE = ("person", "company", "body")
PUBLIC = frozenset({findable.COMPANY, findable.BODY})
LONGEST_REASON = 2000
Moved = list[list[object]]  # model, column, keys


def line(merge: Merge) -> Recorded:
    """The ledger line of a step: which records, and how it stands."""
    facts: dict[str, object] = {
        "merge": merge.pk,
        "register": merge.register,
        "kept": merge.kept_id,
        "merged": merge.merged_id,
        "state": merge.state,
    }
    return Recorded([facts], facts)


@act("kernel.merge.propose", records=line)
def propose_merge(*, register: str, kept: str, merged: str, reason: str, by: Actor, at: datetime) -> Merge:
    """Propose that two records are one; nothing changes until another registrar confirms it.

    Args:
        register: person, company or body.
        kept: id of the record that stays.
        merged: id of the record whose id will redirect.

    Raises:
        NotAllowed: `by` does not keep the register.
        DomainError: `not-mergeable`, `no-such-record`, `merge-with-itself`, `merged-already`,
            `value-missing` without a reason, `text-too-long`.
    """
    if register not in MERGEABLE:
        raise DomainError("not-mergeable", field="register", value=register, known=", ".join(MERGEABLE))
    require_person(by, "kernel.merge.propose", register)
    check_reason(reason)
    if kept == merged:
        raise DomainError("merge-with-itself", field="merged")
    for field, record in (("kept", kept), ("merged", merged)):
        register_named(register).find(record)
        if resolve(register, record) != record:
            raise DomainError("merged-already", field=field)
    facts = {"kept_id": kept, "merged_id": merged, "reason": reason.strip()}
    try:
        with transaction.atomic():
            return Merge.objects.create(register=register, proposed_by_id=by.id, proposed_at=at, **facts)
    except IntegrityError:
        raise DomainError("merged-already", field="merged") from None


def require_person(by: Actor, act: str, register: str, *, other_than: str = "") -> None:
    """Stop whoever does not keep a register, took the step before, or is no person.

    Raises:
        NotAllowed: as said.
    """
    require(not by.system and by.id != other_than, act)
    require_registrar(by, act, register)


def check_reason(reason: str) -> None:
    """Refuse an empty reason, or one that is too long.

    Raises:
        DomainError: `value-missing` or `text-too-long`.
    """
    if not reason.strip():
        raise DomainError("value-missing", field="reason")
    if len(reason) > LONGEST_REASON:
        raise DomainError("text-too-long", field="reason", length=len(reason), limit=LONGEST_REASON)


@act("kernel.merge.confirm", records=line)
def confirm_merge(*, merge: Merge, by: Actor, at: datetime) -> Merge:
    """Confirm a merge: whatever leads to the merged record leads to the kept one, and the old id redirects.

    A row that could not stand beside one of the kept record, such as a second name in one language, stays where
    it is.

    Raises:
        NotAllowed: `by` does not keep the register, or proposed it.
        Conflict: it is no longer proposed.
        DomainError: `merged-already` when one of the two was merged meanwhile.
    """
    require_person(by, "kernel.merge.confirm", merge.register, other_than=merge.proposed_by_id)
    register = register_named(merge.register)
    kept, gone = hold(register.find(merge.kept_id)), hold(register.find(merge.merged_id))
    if resolve(merge.register, merge.kept_id) != merge.kept_id:
        raise DomainError("merged-already", field="kept")
    if merge.register in PUBLIC:
        take_out(merge.register, [merge.merged_id])
    moved = [*move_references(kept, gone), *move_keys(merge.register, merge.merged_id, merge.kept_id)]
    follow(merge.register, [merge.merged_id], [merge.kept_id])
    return advance(merge, "confirm", by=by, at=at, decided_by_id=by.id, decided_at=at, moved=moved)


def move_references(kept: models.Model, gone: models.Model) -> Moved:
    """Let every row of every room that leads to one record lead to another; tell which did."""
    moved: Moved = []
    for model, column in references_to(type(gone)):
        keys = [key for key in keys_of(model, column, gone.pk) if moves(model, column, key, kept)]
        if keys:
            moved.append([model._meta.label, column, keys])
    return moved


def references_to(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Every column of every room that leads to records of a model."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and not relation.many_to_many:
            yield relation.related_model, relation.field.attname


def keys_of(model: type[models.Model], column: str, record_id: str) -> list[str | int]:
    """Keys of the rows whose column leads to a record."""
    return list(model._default_manager.filter(**{column: record_id}).order_by("pk").values_list("pk", flat=True))


def moves(model: type[models.Model], column: str, key: object, kept: models.Model) -> bool:
    """Let one row lead to the kept record, unless it would then lead there twice or stand in another's way."""
    row = model._default_manager.get(pk=key)
    same = [one.attname for one in model._meta.concrete_fields if one.related_model is type(kept)]
    if any(getattr(row, other) == kept.pk for other in same if other != column):
        return False
    if isinstance(row, type(kept)) and row.pk == kept.pk:
        return False
    try:
        with transaction.atomic():
            model._default_manager.filter(pk=key).update(**{column: kept.pk})
    except IntegrityError:
        return False
    return True


def move_keys(register: str, gone: str, kept: str) -> Moved:
    """Let the keys of sources find the kept record, so that their next file does."""
    keys = keys_of_sources(register, gone)
    SourceKey.objects.filter(pk__in=keys).update(record_id=kept)
    return [[SourceKey._meta.label, "record_id", keys]] if keys else []


def keys_of_sources(register: str, record_id: str) -> list[str]:
    """Keys of the rows in which sources know a record."""
    known = SourceKey.objects.filter(register=register, record_id=record_id)
    return list(known.order_by("pk").values_list("pk", flat=True))


@act("kernel.merge.reject", records=line)
def reject_merge(*, merge: Merge, by: Actor, at: datetime) -> Merge:
    """Reject a proposal; whoever made it may withdraw it in the same way.

    Raises:
        NotAllowed: `by` does not keep the register.
        Conflict: it is no longer proposed.
    """
    require_person(by, "kernel.merge.reject", merge.register)
    return advance(merge, "reject", by=by, at=at, decided_by_id=by.id, decided_at=at)


@act("kernel.merge.propose_split", records=line)
def propose_split(*, merge: Merge, reason: str, by: Actor, at: datetime) -> Merge:
    """Propose that two merged records are two after all.

    Raises:
        NotAllowed: `by` does not keep the register.
        Conflict: they are not merged.
        DomainError: `value-missing` without a reason, `text-too-long`.
    """
    require_person(by, "kernel.merge.propose_split", merge.register)
    check_reason(reason)
    facts = {"split_reason": reason.strip(), "split_proposed_by_id": by.id, "split_proposed_at": at}
    return advance(merge, "propose_split", by=by, at=at, **facts)


@act("kernel.merge.confirm_split", records=line)
def confirm_split(*, merge: Merge, by: Actor, at: datetime) -> Merge:
    """Confirm a split: what the merge moved goes back, unless it has been changed since; the id redirects no more.

    Raises:
        NotAllowed: `by` does not keep the register, or proposed the split.
        Conflict: no split is proposed.
    """
    require_person(by, "kernel.merge.confirm_split", merge.register, other_than=merge.split_proposed_by_id or "")
    register = register_named(merge.register)
    hold(register.find(merge.kept_id))
    hold(register.find(merge.merged_id))
    for label, column, keys in merge.moved:
        rows = apps.get_model(label)._default_manager.filter(pk__in=keys, **{column: merge.kept_id})
        rows.update(**{column: merge.merged_id})
    findable.refresh([register.find(merge.merged_id)])
    split = advance(merge, "confirm_split", by=by, at=at, split_decided_by_id=by.id, split_decided_at=at)
    both = [merge.kept_id, merge.merged_id]
    follow(merge.register, both, both)
    return split


@act("kernel.merge.reject_split", records=line)
def reject_split(*, merge: Merge, by: Actor, at: datetime) -> Merge:
    """Reject the proposal of a split: the records stay merged.

    Raises:
        NotAllowed: `by` does not keep the register.
        Conflict: no split is proposed.
    """
    require_person(by, "kernel.merge.reject_split", merge.register)
    return advance(merge, "reject_split", by=by, at=at, split_decided_by_id=by.id, split_decided_at=at)
