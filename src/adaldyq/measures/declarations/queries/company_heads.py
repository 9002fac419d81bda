"""Who headed which company from when to when, of a span of people at a time.

A company holds its present head; who headed it before, and to which day, is among the former values of its record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from adaldyq.kernel.models import Company, FormerValue
from adaldyq.measures.declarations.queries.spans import Span, ties_of

HEADED = FormerValue.objects.filter(register="company", field="head_id")
QUOTE = Value('"')


class Headship(NamedTuple):
    """That somebody headed a company.

    Attributes:
        key: id of the person, or of the tie to the person.
        since: first day; none when it is not known.
        until: last day; none while it lasts.
    """

    key: str
    company: str
    since: date | None
    until: date | None

    def holds(self, day: date) -> bool:
        """Whether it held on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or self.until >= day)


def headships(span: Span) -> Iterator[Headship]:
    """When the people of a span headed companies."""
    present = Company.objects.filter(span.on("head_id")).annotate(taken=last_change("pk"))
    for person, company, taken, registered, closed in present.values_list(
        "head_id", "pk", "taken", "registered_date", "closed_date"
    ):
        yield Headship(person, company, begun(taken, registered), closed)
    yield from former(span.on("holder", '"{}"'.format))


def headships_of_spouses(span: Span) -> Iterator[Headship]:
    """When the spouses of the people of a span headed companies, by the id of the tie."""
    ties = ties_of(span)
    present = ties.filter(relative__company__isnull=False).annotate(
        company=F("relative__company"), taken=last_change("relative__company")
    )
    for tie, company, taken, registered, closed in present.values_list(
        "pk", "company", "taken", "relative__company__registered_date", "relative__company__closed_date"
    ):
        yield Headship(tie, company, begun(taken, registered), closed)
    spouses = ties.values_list(Concat(QUOTE, "relative_id", QUOTE, output_field=TextField()))
    heads = list(former(Q(holder__in=spouses)))
    of_spouse: dict[str, list[str]] = defaultdict(list)
    for tie, spouse in ties.filter(relative_id__in={one.key for one in heads}).values_list("pk", "relative_id"):
        of_spouse[spouse].append(tie)
    yield from (Headship(tie, *one[1:]) for one in heads for tie in of_spouse[one.key])


def companies_headed(people: Collection[str], day: date) -> QuerySet[Company]:
    """Companies that one of some people headed on a day."""
    span = Span(people=tuple(people))
    return Company.objects.filter(pk__in={one.company for one in headships(span) if one.holds(day)} if people else ())


def former_heads(company: str) -> set[str | None]:
    """Whoever headed a company before."""
    return set(HEADED.filter(record_id=company).values_list("value", flat=True))


def last_change(company: str) -> Subquery:
    """The last day of a company's head before the present one; none where it never had another."""
    return latest(HEADED.filter(record_id=OuterRef(company)))


def latest(rows: QuerySet[FormerValue]) -> Subquery:
    """The last day of former heads of one company."""
    return Subquery(rows.order_by().values("record_id").annotate(last=Max("valid_to")).values("last"))


def former(condition: Q) -> Iterator[Headship]:
    """From when to when former heads headed their companies.

    Args:
        condition: on `holder`, their id as the text of JSON, of which `former_head_of_company` is an index.
    """
    company = Company.objects.filter(pk=OuterRef("record_id"))
    found = HEADED.annotate(holder=Cast("value", TextField())).filter(condition)
    dated = found.annotate(
        taken=latest(HEADED.filter(record_id=OuterRef("record_id"), valid_to__lt=OuterRef("valid_to"))),
        registered=Subquery(company.values("registered_date")),
        closed=Subquery(company.values("closed_date")),
    )
    for person, key, taken, registered, closed, until in dated.values_list(
        "value", "record_id", "taken", "registered", "closed", "valid_to"
    ):
        yield Headship(str(person), key, begun(taken, registered), min(until, closed or until))


def begun(taken: date | None, registered: date | None) -> date | None:
    """The first day of a head: after the one before, or the company's own."""
    return taken + timedelta(days=1) if taken else registered
