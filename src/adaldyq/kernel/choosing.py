"""Form fields that name one record: by a part of its name, its number or its id, without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from adaldyq.base.names import comparison_key
from adaldyq.kernel import naming
from adaldyq.kernel.findable import BODY, COMPANY
from adaldyq.kernel.models import Account, Body, Company, Post, RoleGrant, Territory
from adaldyq.kernel.queries import lookup
from adaldyq.kernel.search import find
from adaldyq.ui.lookup import MOST_ANSWERS, Answer, LookupField

AT_MOST = MOST_ANSWERS + 1


class RecordField(LookupField):
    """One record; cleaned, it is the record itself, or None when nothing was typed."""

    def __init__(
        self,
        *,
        find: Callable[[str], Sequence[Answer]],
        record: Callable[[str], Any],
        answer: Callable[[Any], Answer],
        **options: Any,
    ) -> None:
        def name_of(value: str) -> object:
            found = record(value)
            return answer(found).label if found else value

        super().__init__(find=find, name_of=name_of, **options)
        self.record = record

    def clean(self, value: Any) -> Any:
        """The record that is meant."""
        key = super().clean(value)
        return self.record(key) if key else None


class BodyField(RecordField):
    """A state body."""

    def __init__(self, **options: Any) -> None:
        super().__init__(find=bodies, record=lookup.body, answer=of_body, **options)


class CompanyField(RecordField):
    """A company."""

    def __init__(self, **options: Any) -> None:
        super().__init__(find=companies, record=lookup.company, answer=of_company, **options)


class PostField(RecordField):
    """A post in a state body."""

    def __init__(self, **options: Any) -> None:
        super().__init__(find=posts, record=post, answer=of_post, **options)


class TerritoryField(RecordField):
    """A territory of the country."""

    def __init__(self, **options: Any) -> None:
        super().__init__(find=territories, record=territory, answer=of_territory, **options)


class ColleagueField(RecordField):
    """An account that holds a role in one of some bodies; it finds nobody else."""

    def __init__(self, *, bodies: Iterable[str], **options: Any) -> None:
        theirs = RoleGrant.objects.on(timezone.localdate()).filter(body__in=list(bodies)).values("account")
        staff = Account.objects.filter(pk__in=theirs, is_active=True)
        super().__init__(
            find=lambda text: colleagues(staff, text),
            record=lambda key: staff.filter(pk=key).first(),
            answer=of_account,
            **options,
        )


def bodies(text: str) -> list[Answer]:
    """State bodies that a number or an id names, or whose name has every word of a text."""
    return [of_body(one) for one in records(text, BODY, lookup.body, lookup.bodies)]


def companies(text: str) -> list[Answer]:
    """Companies that a number or an id names, or whose name has every word of a text."""
    return [of_company(one) for one in records(text, COMPANY, lookup.company, lookup.companies)]


def records(text: str, kind: str, one: Callable[[str], Any], many: Callable[[str], QuerySet[Any]]) -> Sequence[Any]:
    """Records of a public registry that a text names, the best first."""
    named = one(text)
    if named is not None:
        return [named]
    found = find(text, kind=kind, most=AT_MOST)
    keys = [] if found.read_as else [entry.key for entry in found.entries]
    current = many("").in_bulk(keys)
    ranked = [current[key] for key in keys if key in current]
    return ranked or list(many(text).order_by("name")[:AT_MOST])


def posts(text: str) -> list[Answer]:
    """The post whose id a text is, else those whose title begins with it and all of the bodies that it names."""
    every = Post.objects.select_related("body")
    titled = Q()
    for spelling in {text, text.lower(), text.capitalize()}:
        titled |= Q(title__startswith=spelling)
    theirs = Q(body__in=[one.pk for one in records(text, BODY, lookup.body, lookup.bodies)])
    named = every.filter(pk=text.upper()) if lookup.is_id(text.upper()) else every.none()
    return [of_post(one) for one in named or every.filter(titled | theirs).order_by("title", "id")[:AT_MOST]]


def post(key: str) -> Post | None:
    """The post with this id."""
    return Post.objects.select_related("body").filter(pk=key).first()


def territories(text: str) -> list[Answer]:
    """Territories whose code is a text, or whose name in some language holds it."""
    wanted = comparison_key(text)
    names = naming.territory_names()
    found = [
        of_territory(one)
        for one in Territory.objects.filter(closed_date=None).order_by("id")
        if text.upper() == one.pk or any(wanted in comparison_key(name) for name in names.get(one.pk, {}).values())
    ]
    exact = [one for one in found if one.value == text.upper()]
    return (exact or found)[:AT_MOST]


def territory(code: str) -> Territory | None:
    """The territory with this code."""
    return Territory.objects.filter(pk=code).first()


def colleagues(staff: QuerySet[Account], text: str) -> list[Answer]:
    """Those of some accounts whose name or sign-in name holds a text."""
    wanted = comparison_key(text)
    found = [
        one for one in staff.order_by("name") if wanted in comparison_key(one.name) or text.lower() in one.username
    ]
    return [of_account(one) for one in found[:AT_MOST]]


def of_body(body: Body) -> Answer:
    """A body as an answer."""
    return Answer(body.pk, naming.spoken(body.names, body.name), place_of(body.territory_id), body.identifier)


def of_company(company: Company) -> Answer:
    """A company as an answer."""
    return Answer(company.pk, company.name, place_of(company.territory_id), company.identifier)


def of_post(one: Post) -> Answer:
    """A post as an answer."""
    body = naming.spoken(one.body.names, one.body.name)
    return Answer(one.pk, f"{naming.spoken(one.titles, one.title)}, {body}", place_of(one.body.territory_id))


def of_territory(one: Territory) -> Answer:
    """A territory as an answer."""
    return Answer(one.pk, naming.place_name(one.pk), one.pk)


def of_account(account: Account) -> Answer:
    """An account as an answer."""
    return Answer(account.pk, account.name, account.username, account.username)


def place_of(code: str | None) -> str:
    """Where something is, as a word that tells it from its namesakes."""
    return naming.place_name(code) if code else ""
