"""The register of open declarations: search, filters, order."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, override

from adaldyq.base.ids import LENGTH
from adaldyq.base.name_keys import asked_keys
from adaldyq.base.names import comparison_key
from adaldyq.kernel import naming
from adaldyq.kernel.models import Body
from adaldyq.measures.declarations.domain.outcomes import AMENDED, LATE, ON_TIME
from adaldyq.measures.declarations.models import Declaration
from adaldyq.measures.declarations.policies import CURRENT
from adaldyq.measures.declarations.queries import words

WORDS_OF_A_SEARCH = 8
ROWS_AT_ONCE = 2000
NEWEST_FIRST = ("-year", "name_order", "id")


@dataclass(frozen=True, slots=True)
class Asked:
    """What part of the register is asked for; empty fields ask for all.

    Attributes:
        words: beginnings of words of names, posts and bodies, in any script.
        region: ISO 3166-2 code.
    """

    words: str = ""
    year: int | None = None
    body: str = ""
    region: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register.

    Attributes:
        published_at: when it came into the register, for those who follow it; a paper counts as filed before it is keyed in.
    """

    id: str
    person_id: str
    name: str
    year: int
    form: str
    body_id: str
    body: str
    post: str
    filed_at: datetime | None
    outcome: str
    published_at: datetime | None = None


def declarations(asked: Asked) -> QuerySet[Declaration]:
    """Open declarations in force that fit, newest year first, then by name.

    A number of a declaration finds that declaration. When no name, post or body has the words as they are written,
    those of declarants whose name may be spelt so.
    """
    found = Declaration.objects.filter(CURRENT)
    if asked.year is not None:
        found = found.filter(year=asked.year)
    if asked.form:
        found = found.filter(form=asked.form)
    if asked.body:
        found = found.filter(body_id=asked.body)
    if asked.region:
        found = found.filter(body__territory_id__in=naming.territories_of(asked.region))
    number = asked.words.strip().upper()
    if len(number) == LENGTH and (numbered := found.filter(pk=number)).exists():
        return numbered
    folded = comparison_key(asked.words).split()[:WORDS_OF_A_SEARCH]
    if asked.words.strip() and not folded:
        return found.none()
    equal = found
    for word in folded:
        equal = equal.filter(search_text__contains=f" {word}")
    if not folded or equal.exists():
        return equal.order_by(*NEWEST_FIRST)
    return spelt_otherwise(found, asked.words).order_by(*NEWEST_FIRST)


def spelt_otherwise(found: QuerySet[Declaration], words: str) -> QuerySet[Declaration]:
    """Those of some declarations whose declarant's name may be spelt as the words are."""
    for keys in asked_keys(words)[:WORDS_OF_A_SEARCH]:
        spelt = Q(pk__in=())
        for key in keys:
            spelt |= Q(search_text__contains=f" {key}")
        found = found.filter(spelt)
    return found


def entries(rows: Collection[Declaration]) -> list[Entry]:
    """Declarations as lines in the reader's language."""
    names = naming.names_of([row.person_id for row in rows])
    bodies = Body.objects.in_bulk({row.body_id for row in rows if row.body_id})
    return [entry(row, names, bodies) for row in rows]


def entry(row: Declaration, names: dict[str, str], bodies: dict[str, Body]) -> Entry:
    """One line."""
    body = bodies.get(row.body_id or "")
    return Entry(
        id=row.pk,
        person_id=row.person_id,
        name=names.get(row.person_id, row.declarant_name),
        year=row.year,
        form=words.form_name(row.form),
        body_id=body.pk if body else "",
        body=naming.spoken(body.names, body.name) if body else "",
        post=naming.spoken(row.post_titles, row.post_title),
        filed_at=row.filed_at,
        outcome=outcome_of(row),
    )


def outcome_of(row: Declaration) -> str:
    """How the declaration came: amended, late, or on time; empty when the source does not say when."""
    if row.version > 1:
        return AMENDED
    if row.filed_at is None or row.due_date is None:
        return ""
    return LATE if timezone.localtime(row.filed_at).date() > row.due_date else ON_TIME


def all_entries(found: QuerySet[Declaration]) -> Iterator[Entry]:
    """All lines of a part of the register, in the language of now, in memory for a few at a time."""
    language = get_language()
    ids = list(found.values_list("pk", flat=True))
    for start in range(0, len(ids), ROWS_AT_ONCE):
        rows = Declaration.objects.in_bulk(ids[start : start + ROWS_AT_ONCE])
        with override(language):
            some = entries([rows[key] for key in ids[start : start + ROWS_AT_ONCE] if key in rows])
        yield from some


def years() -> list[int]:
    """Years that there are open declarations of, newest first."""
    return list(Declaration.objects.filter(CURRENT).order_by("-year").values_list("year", flat=True).distinct())


def newest_filing() -> datetime | None:
    """When the newest open declaration was filed."""
    filed = Declaration.objects.filter(CURRENT, filed_at__isnull=False)
    return filed.order_by("-filed_at").values_list("filed_at", flat=True).first()
