"""Acts on declarations."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.base.name_keys import kept_keys
from adaldyq.base.names import order_key, search_text
from adaldyq.kernel import naming, search
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.erasing import Eraser, Erasing
from adaldyq.kernel.gathering import insert_later
from adaldyq.kernel.indexing import Searchable
from adaldyq.kernel.inserting import Written
from adaldyq.kernel.models import Body, PersonIdentifier
from adaldyq.kernel.policies import require_registrar
from adaldyq.kernel.queries.lookup import merged
from adaldyq.measures.declarations.actions.settling import BATCH, answer_duties, batches
from adaldyq.measures.declarations.domain.fingerprint import attachment_line, row_line
from adaldyq.measures.declarations.domain.plain import Plain
from adaldyq.measures.declarations.domain.questions import KEPT_IDS
from adaldyq.measures.declarations.domain.sections import BY_NAME
from adaldyq.measures.declarations.models import (
    SEARCH_LIMIT,
    SECTION_MODELS,
    Attachment,
    Declaration,
    DraftRow,
    Obligation,
)
from adaldyq.measures.declarations.policies import CURRENT, FILE, filer
from adaldyq.measures.declarations.queries.known import Known, known_of
from adaldyq.measures.declarations.queries.terms import KEPT, first_kept_year, kept_until

OFFICIAL = "official"
"""What the search calls somebody whose declaration is open."""
NAMING: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "family": ("relative_id", {"relative_id": "", "name": "", "birth_date": None, "number": ""}),
    **{
        name: (one.party.id, {one.party.id: "", one.party.name: "", "number": ""})
        for name, one in BY_NAME.items()
        if one.party and one.party.id
    },
}
"""Sections that name other people: the column with the id, and what is left of the row when a person is erased."""


@dataclass(frozen=True)
class FiledBatch:
    """Declarations to file together: the declarations, by section all their rows, and documents that are kept already.

    Attributes:
        plain: rows of those that were sent by a program and are plainly right.
        attached: documents that come with them.
        known: what registers say of the people, when whoever files has read it in the same transaction.
        earlier: all that the people have filed before, when whoever files has read it as well.
        together_with: whoever confirmed that whoever files does so for both of them.
        doers: who files each of the declarations, where several people do at once.
    """

    declarations: Sequence[Declaration]
    rows: Mapping[str, Sequence[models.Model]] = field(default_factory=dict)
    documents: Sequence[Attachment] = ()
    known: Known | None = None
    earlier: Sequence[Declaration] | None = None
    together_with: str = ""
    plain: Sequence[Plain] = ()
    attached: Sequence[Attachment] = ()
    doers: Sequence[Actor] = ()

    def tables(self) -> Iterator[Written]:
        """The plain rows, table by table."""
        for name, model in SECTION_MODELS.items():
            if rows := [row for one in self.plain for row in one.rows.get(name, ())]:
                yield Written(model, rows)


def filed(batch: FiledBatch) -> Recorded:
    """A ledger line for each declaration: which, whose, what year, and a digest of all that rows and documents say."""
    lines: dict[str, list[str]] = {declaration.pk: [] for declaration in batch.declarations}
    for name, rows in batch.rows.items():
        for row in rows:
            lines[row.declaration_id].append(line_of(name, row))  # type: ignore[attr-defined]  # made by section_model
    for plain in batch.plain:
        lines[plain.declaration] += plain.lines
    for one in (*batch.documents, *batch.attached):
        lines[str(one.declaration_id)].append(attachment_line(one.row_id, one.document, one.sha256, one.reason))
    payloads = [facts_of(declaration, lines[declaration.pk]) for declaration in batch.declarations]
    return Recorded(payloads, {"declarations": len(payloads)}, batch.doers)


def line_of(section: str, row: models.Model) -> str:
    """What a row says, in one exact form."""
    return row_line(section, lambda name: getattr(row, name))


def facts_of(declaration: Declaration, lines: Sequence[str]) -> dict[str, object]:
    """What the ledger says of a declaration with these rows."""
    return {
        "declaration": declaration.pk,
        "person": declaration.person_id,
        "form": declaration.form,
        "year": declaration.year,
        "version": declaration.version,
        "rows": digest(sorted(lines)),
    }


@act("declarations.declaration.file", leaves=Leaves.PER_RECORD, records=filed)
def file_declarations(*, batch: FiledBatch, by: Actor, at: datetime) -> FiledBatch:
    """File declarations, each with its rows and its own ledger line: in bulk, or the one that a person files.

    A later version takes the place of those before it, which stay; the obligation it answers is marked as met.

    Raises:
        NotAllowed: `by` is not the importer, and does not keep declarations, or not those of these bodies; nor files
            their own, or that of whom they act for.
    """
    require_filer(batch, by)
    people = {one.person_id for one in batch.declarations}
    known = batch.known or known_of(people, (one.body_id for one in batch.declarations))
    make_findable(batch.declarations, known)
    date_filings(batch.declarations)
    replace_versions(batch.declarations)
    insert_later(batch.declarations, *batch.rows.values(), *batch.tables(), batch.attached)
    if batch.documents:
        Attachment.objects.bulk_update(batch.documents, ["declaration", "row_id"], batch_size=BATCH)
    answer_duties(batch.declarations, at)
    open_to_search([one for one in batch.declarations if one.is_public], known, batch.earlier)
    return batch


def require_filer(batch: FiledBatch, by: Actor) -> None:
    """Stop whoever files neither as a keeper of declarations nor each their own.

    Raises:
        NotAllowed: as `file_declarations`.
    """
    people = [one.person_id for one in batch.declarations]
    if batch.doers:
        require(people == [filer(one) for one in batch.doers], FILE)
    elif {*people} - {batch.together_with} != {filer(by)}:
        require_keeper(by, FILE, batch.declarations, batch.known.bodies if batch.known else {})


def require_keeper(
    by: Actor, act: str, records: Sequence[Declaration | Obligation], known: Mapping[str, Body] | None = None
) -> None:
    """Stop whoever does not keep declarations of these bodies.

    Args:
        known: bodies that were read already.

    Raises:
        NotAllowed: as `require_registrar`.
    """
    require_registrar(by, act)
    if not by.system:
        wanted, there = {one.body_id for one in records if one.body_id}, known or {}
        others = wanted - there.keys()
        for body in [*(there[key] for key in wanted & there.keys()), *Body.objects.filter(pk__in=others)]:
            require_registrar(by, act, body=body)


OPEN_OF = Compiled(
    lambda people: Declaration.objects.filter(CURRENT, person_id__any_of=people).order_by("year", "version"), list
)


def open_to_search(filed: Sequence[Declaration], known: Known, earlier: Sequence[Declaration] | None = None) -> None:
    """Let the public search find those whose declarations are open, by all their names, with their newest post.

    Args:
        filed: open declarations of these people, kept or about to be.
        earlier: all others of theirs, when they have been read.
    """
    people = {one.person_id for one in filed}
    others = earlier if earlier is not None else [one for some in batches(people) for one in OPEN_OF(some)]
    posts: dict[str, Declaration] = {}
    for one in sorted((*others, *filed), key=lambda one: (one.year, one.version)):
        if one.is_public and one.is_current:
            posts[one.person_id] = one
    wanted = {one.body_id for one in posts.values() if one.body_id} - known.bodies.keys()
    bodies = {**known.bodies, **(Body.objects.in_bulk(wanted) if wanted else {})}
    found = (official(one, known.current(person), bodies.get(one.body_id or "")) for person, one in posts.items())
    search.put(list(found))


def open_declarants() -> models.QuerySet[Declaration]:
    """Declarations by which people are found; who was merged into another is found as that one."""
    return Declaration.objects.filter(CURRENT).exclude(person_id__in=merged("person"))


def declarants_after(key: str, most: int) -> list[str]:
    """Ids of those whose declarations are open, after one of them."""
    rows = open_declarants().filter(person_id__gt=key).order_by("person_id")
    return list(rows.values_list("person_id", flat=True).distinct()[:most])


def open_again(people: set[str]) -> None:
    """Let people be found by names as the product folds them now, in the public search and in the register."""
    rows = list(open_declarants().filter(person_id__in=people))
    known = known_of(people, (one.body_id for one in rows))
    make_findable(rows, known)
    Declaration.objects.bulk_update(rows, ["search_text", "name_order"], batch_size=BATCH)
    open_to_search(rows, known, ())


SEARCHABLES = (
    Searchable(
        OFFICIAL,
        _("Officials"),
        lambda: open_declarants().values("person_id").distinct().count(),
        declarants_after,
        lambda keys: open_again(set(keys)),
        register="person",
    ),
)
"""What the search finds of this measure."""


def official(newest: Declaration, names: Mapping[str, str], body: Body | None) -> search.Findable:
    """A declarant as the search knows them: the name, and the post and the body of the newest declaration."""
    first = naming.pack().languages[0]
    posts = {first: newest.post_title, **newest.post_titles}
    of_body = {first: body.name, **body.names} if body else {}
    notes = {
        language: ", ".join(filter(None, (posts.get(language, ""), of_body.get(language, ""))))
        for language in {**posts, **of_body}
    }
    called = {first: newest.declarant_name, **names}
    return search.Findable(OFFICIAL, newest.person_id, called, notes, called=list(called.values()))


def make_findable(declarations: Sequence[Declaration], known: Known) -> None:
    """Fill in what search and order by name read: all names of the person, the post and the body.

    Nobody finds a declaration that is not open, and nothing is filled in for it.
    """
    for one in declarations:
        if not one.is_public:
            continue
        body = known.bodies.get(one.body_id or "")
        of_body = [body.name, *body.names.values()] if body else []
        of_post = [one.post_title, *one.post_titles.values()]
        called = [one.declarant_name, *known.texts(one.person_id)]
        one.search_text = search_text([*called, *of_post, *of_body], SEARCH_LIMIT, kept_keys(called))
        one.name_order = order_key(one.declarant_name)


def date_filings(declarations: Sequence[Declaration]) -> None:
    """Fill in the day of filing: the one that the country's own clock showed."""
    country = naming.pack()
    for one in declarations:
        if one.filed_at:
            one.filed_date = country.day_of(one.filed_at)


def replace_versions(declarations: Sequence[Declaration]) -> None:
    """Mark the versions that these replace as no longer current."""
    for one in declarations:
        if one.version > 1 and one.is_current:
            earlier = Q(person_id=one.person_id, form=one.form, year=one.year, version__lt=one.version)
            Declaration.objects.filter(earlier, is_current=True).update(is_current=False)


def forbids(people: Collection[str], day: date) -> Iterator[DomainError]:
    """Declarations and duties to declare that the law still keeps, and declarations of others that name these people.

    The pack's term counts from the end of the year that they are about.
    """
    first = first_kept_year(KEPT, day)
    kept = Declaration.objects.filter(person_id__in=people, year__gte=first)
    if (year := kept.aggregate(year=Max("year"))["year"]) is not None:
        yield DomainError("erasure-declaration-kept", field="person", year=year, until=kept_until(year, KEPT, day))
    due = Obligation.objects.filter(person_id__in=people, year__gte=first, filed_date__isnull=True)
    if (year := due.aggregate(year=Max("year"))["year"]) is not None:
        yield DomainError("erasure-declaration-unfiled", field="person", year=year, until=kept_until(year, KEPT, day))
    years = [
        rows.filter(declaration__year__gte=first).aggregate(year=Max("declaration__year"))["year"]
        for rows, _left in naming_rows(people)
    ]
    if named := max((year for year in years if year is not None), default=None):
        yield DomainError("erasure-named-by-others", field="person", year=named, until=kept_until(named, KEPT, day))


def naming_rows(people: Collection[str]) -> Iterator[tuple[models.QuerySet[Any], Mapping[str, object]]]:
    """Rows in declarations of others that lead to these people, with what is left of the columns that name them."""
    numbers = list(PersonIdentifier.objects.filter(person__in=people).values_list("value", flat=True))
    for section, (key, left) in NAMING.items():
        rows = SECTION_MODELS[section]._default_manager.filter(Q(**{f"{key}__in": people}) | Q(number__in=numbers))
        yield rows.exclude(declaration__person_id__in=people), left


def erase_declarations(erasing: Erasing) -> None:
    """Take a person out of the search, and their name out of what others declared when its term has passed.

    Entries of others' drafts that name them go: they were filled in from a register that knows them no more.
    """
    search.take_out(OFFICIAL, erasing.people)
    for key in KEPT_IDS:
        drafted = DraftRow.objects.filter(**{f"typed__{key}__in": list(erasing.people)})
        erasing.note_removed(DraftRow._meta.label, drafted.values_list("pk", flat=True))
        drafted.delete()
    for rows, left in naming_rows(erasing.people):
        keys = list(rows.values_list("pk", "declaration_id"))
        erasing.lines.update(declaration for _row, declaration in keys)  # they no longer say what was filed
        rows.filter(pk__in=[row for row, _declaration in keys]).update(**left)
        erasing.note_stayed(rows.model._meta.label, len(keys))


ERASER = Eraser(forbids, erase_declarations)
"""What happens to declarations when a person is erased: their own go with the person."""
