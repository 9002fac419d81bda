"""The registries as they were on a day: who held a post, who headed a body, who owned a company, who was family."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from adaldyq.base.names import comparison_key
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import (
    Appointment,
    FamilyTie,
    FormerValue,
    Merge,
    Ownership,
    PersonIdentifier,
    PersonName,
    Post,
    Residence,
    Territory,
)
from adaldyq.kernel.naming import territory_names
from adaldyq.kernel.periods import on
from adaldyq.kernel.registry import as_text, register_named

MERGED = ("merged", "split_proposed")
MOST_MERGES = 20
KEPT = Compiled(
    lambda register, key: Merge.objects.filter(register=register, merged_id=key, state__in=MERGED).values_list(
        "kept_id", flat=True
    ),
    str,
    str,
)

BESIDE = Compiled(
    lambda register, keys: Merge.objects.filter(
        Q(merged_id__any_of=keys) | Q(kept_id__any_of=keys), register=register, state__in=MERGED
    ).values_list("kept_id", "merged_id"),
    str,
    list,
)


@dataclass(frozen=True, slots=True)
class Holding:
    """A post of a body, and who held it on a day; `appointment` is None when nobody did."""

    post: Post
    appointment: Appointment | None


def holder_of(post_id: str, day: date) -> Appointment | None:
    """Who held a post on a day."""
    return Appointment.objects.filter(on(day), post_id=post_id).order_by("-valid_from").first()


def head_of(body_id: str, day: date) -> Appointment | None:
    """Who headed a body on a day."""
    held = Appointment.objects.filter(on(day), post__body_id=body_id, post__heads_body=True)
    return held.select_related("post").order_by("-valid_from").first()


def posts_of(body_id: str, day: date) -> list[Holding]:
    """Posts of a body with who held them on a day, the head first."""
    held = Appointment.objects.filter(on(day), post__body_id=body_id).order_by("valid_from")
    by_post = {one.post_id: one for one in held}
    posts = Post.objects.filter(body_id=body_id).order_by("-heads_body", "category", "title", "id")
    return [Holding(post, by_post.get(post.pk)) for post in posts]


def career_of(person_id: str) -> QuerySet[Appointment]:
    """All posts that a person has held, newest first."""
    return Appointment.objects.filter(person_id=person_id).select_related("post__body").order_by("-valid_from", "id")


def owners_of(company_id: str, day: date) -> QuerySet[Ownership]:
    """Who owned a company on a day, the largest share first."""
    held = Ownership.objects.filter(on(day), company_id=company_id)
    return held.select_related("owner_company").order_by("kind", "-share", "id")


def holdings_of(person_id: str, day: date) -> QuerySet[Ownership]:
    """Shares that a person owned on a day."""
    held = Ownership.objects.filter(on(day), owner_person_id=person_id)
    return held.select_related("company").order_by("company__name", "id")


def family_of(person_id: str, day: date) -> QuerySet[FamilyTie]:
    """The family of a person on a day: spouse, parents, children, siblings as the register has them."""
    return FamilyTie.objects.filter(on(day), person_id=person_id).order_by("kind", "valid_from", "id")


def names_of(person_id: str, day: date) -> QuerySet[PersonName]:
    """What a person was called on a day, a row a language and script."""
    return PersonName.objects.filter(on(day), person_id=person_id).order_by("language", "script", "id")


def identifiers_of(person_id: str, day: date) -> QuerySet[PersonIdentifier]:
    """Numbers that a person had on a day."""
    return PersonIdentifier.objects.filter(on(day), person_id=person_id).order_by("scheme", "country", "id")


def residence_of(person_id: str, day: date) -> Residence | None:
    """Where a person was registered to live on a day."""
    return Residence.objects.filter(on(day), person_id=person_id).order_by("-valid_from").first()


def residences_of(person_id: str) -> QuerySet[Residence]:
    """Everywhere that a person has been registered to live, newest first."""
    return Residence.objects.filter(person_id=person_id).order_by("-valid_from", "id")


def facts_on(register: str, record_id: str, day: date) -> Mapping[str, object]:
    """The undated facts of a record as they were on a day; days and numbers as text.

    A fact that changed later has former values that lasted at least to that day; the earliest of these is
    what it was.

    Raises:
        DomainError: `no-such-register` or `no-such-record`.
    """
    kept = register_named(register)
    record = kept.find(record_id)
    facts: dict[str, object] = {field: as_text(getattr(record, field)) for field in kept.correctable}
    former = FormerValue.objects.filter(register=register, record_id=record_id, valid_to__gte=day)
    return facts | dict(former.order_by("-valid_to").values_list("field", "value"))


def former_values(register: str, record_id: str) -> QuerySet[FormerValue]:
    """Everything that a record held before, newest first."""
    return FormerValue.objects.filter(register=register, record_id=record_id).order_by("-valid_to", "field", "id")


def resolve(register: str, record_id: str) -> str:
    """The id under which a record is kept now: its own, or that of the record it was merged into."""
    seen = record_id
    for _step in range(MOST_MERGES):
        if (found := KEPT.first(register, seen)) is None:
            break
        seen = found
    return seen


def kept_ids(register: str, records: Collection[str]) -> dict[str, str]:
    """Of some records those that were merged into others, with the ids under which they are kept now."""
    gone = Merge.objects.filter(register=register, merged_id__in=records, state__in=MERGED)
    return {merged: resolve(register, kept) for merged, kept in gone.values_list("merged_id", "kept_id")}


def merged_into(register: str, record_id: str) -> list[str]:
    """A record with all that are merged into it, and into these."""
    found, latest = [record_id], [record_id]
    while latest:
        rows = Merge.objects.filter(register=register, kept_id__in=latest, state__in=MERGED)
        latest = [one for one in rows.values_list("merged_id", flat=True) if one not in found]
        found.extend(latest)
    return found


def records_of_one(register: str, records: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Some records, each with all that are one with it by now: the kept one, and whatever was merged into that.

    One statement when none of them was merged, however many they are.
    """
    found: dict[str, frozenset[str]] = {one: frozenset({one}) for one in records}
    latest = set(found)
    while latest:
        rows = BESIDE(register, sorted(latest))
        latest = {one for row in rows for one in row} - found.keys()
        for kept, merged in rows:
            joined = found.get(kept, frozenset({kept})) | found.get(merged, frozenset({merged}))
            found.update(dict.fromkeys(joined, joined))
    return {one: found[one] for one in records}


def territories(text: str) -> QuerySet[Territory]:
    """Territories, those that ended among them; narrowed by code or by a part of their name in some language."""
    found = Territory.objects.all()
    if not text:
        return found
    wanted = comparison_key(text)
    named = [
        code
        for code, names in territory_names().items()
        if any(wanted in comparison_key(one) for one in names.values())
    ]
    return found.filter(Q(pk=text.upper()) | Q(pk__in=named))
