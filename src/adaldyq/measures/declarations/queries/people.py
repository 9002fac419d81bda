"""What the public may know of an official through declarations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from adaldyq.kernel import naming
from adaldyq.kernel.models import Appointment
from adaldyq.kernel.queries.history import merged_into, resolve
from adaldyq.measures.declarations.domain.outcomes import outcome, while_entered
from adaldyq.measures.declarations.domain.wealth import Totals
from adaldyq.measures.declarations.models import Declaration, Obligation
from adaldyq.measures.declarations.policies import CURRENT, OPEN
from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.queries.entering import entered_of
from adaldyq.measures.declarations.queries.sections import Contents
from adaldyq.measures.declarations.queries.terms import until

SHARERS = ("declarant", "spouse", "child")
"""Owners whose part counts as the family's."""


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post that somebody holds or held."""

    post: str
    body: str
    body_id: str
    since: date
    until: date | None
    act_number: str


@dataclass(frozen=True, slots=True)
class FiledYear:
    """What was due for a year and what was filed.

    A day or id is empty when there is none, the outcome when the source does not say enough to tell.
    """

    year: int
    form: str
    outcome: str
    due: date | None
    filed: date | None
    declaration_id: str
    version: int
    public_until: date
    kept_until: date


@dataclass
class Official:
    """An official who has at least one open declaration.

    Attributes:
        declarations: open and in force, newest year first, the yearly form before the other.
        years: what was due and filed, newest first.
    """

    id: str
    name: str
    other_names: list[str]
    posts: list[HeldPost]
    declarations: list[Declaration]
    years: list[FiledYear]
    contents: Contents = field(repr=False)

    @property
    def leading(self) -> dict[int, Declaration]:
        """The declaration that stands for each year: the yearly form where both were filed."""
        return {one.year: one for one in reversed(self.declarations)}

    @property
    def currency(self) -> str:
        """The currency that years are compared in: that of the newest declaration."""
        return self.declarations[0].currency

    def totals(self) -> list[Totals]:
        """Wealth and income by year, oldest first, in one currency."""
        return [self.contents.totals(one, self.currency) for _, one in sorted(self.leading.items())]

    def shares(self) -> list[Mapping[str, Totals]]:
        """What is the declarant's, the spouse's and the children's in each year, newest first, in one currency."""
        return [
            {owner: self.contents.totals(one, self.currency, owner) for owner in SHARERS}
            for _, one in sorted(self.leading.items(), reverse=True)
        ]

    def against(self, declaration: Declaration, asked: str) -> Declaration | None:
        """What a declaration is compared with: the one asked for, else that of the year before.

        Raises:
            LookupError: what is asked for is not another declaration of this official.
        """
        if not asked:
            return self.before(declaration)
        found = next((one for one in self.declarations if one.pk == asked != declaration.pk), None)
        if found is None:
            raise LookupError(asked)
        return found

    def before(self, declaration: Declaration) -> Declaration | None:
        """The declaration of the year before, of the same form where there is one."""
        same = [one for one in self.declarations if one.year == declaration.year - 1 and one.form == declaration.form]
        return same[0] if same else self.leading.get(declaration.year - 1)

    @property
    def as_of(self) -> datetime | None:
        """When the newest of the declarations was filed."""
        return max((one.filed_at for one in self.declarations if one.filed_at), default=None)


def official(person_id: str, today: date) -> Official | None:
    """The official with this id; None when there is nobody, or nothing of them is open.

    What stayed with a record that was merged into theirs is theirs: two declarations of one year stand side by side.
    """
    people = merged_into("person", person_id)
    declarations = list(Declaration.objects.filter(CURRENT, person_id__in=people))
    if not declarations:
        return None
    declarations.sort(key=lambda one: (-one.year, one.form != "income", one.form))
    declared = declarations[0].declarant_name
    name = naming.names_of([person_id]).get(person_id, declared)
    return Official(
        id=person_id,
        name=name,
        other_names=[declared] if declared != name else [],
        posts=posts_of(people),
        declarations=declarations,
        years=filed_years(people, declarations, today),
        contents=Contents(declarations),
    )


def kept_id(person_id: str) -> str:
    """The id under which the page of an official stands now; the same when they were merged into nobody who has one."""
    kept = resolve("person", person_id)
    if kept == person_id:
        return person_id
    opened = Declaration.objects.filter(CURRENT, person_id__in=merged_into("person", kept))
    return kept if opened.exists() else person_id


def posts_of(people: Collection[str]) -> list[HeldPost]:
    """Posts that somebody holds or held by one of their records, newest first."""
    found = Appointment.objects.filter(person_id__in=people).select_related("post__body").order_by("-valid_from", "id")
    return [
        HeldPost(
            post=naming.spoken(one.post.titles, one.post.title),
            body=naming.spoken(one.post.body.names, one.post.body.name),
            body_id=one.post.body_id,
            since=one.valid_from,
            until=one.valid_to,
            act_number=one.act_number,
        )
        for one in found
    ]


def filed_years(people: Collection[str], declarations: Sequence[Declaration], today: date) -> list[FiledYear]:
    """Years and forms that were due or filed, newest first; years that were due and not filed among them.

    Args:
        people: ids of the records of one person.
    """
    owed: dict[tuple[int, str], list[Obligation]] = defaultdict(list)
    for due in Obligation.objects.filter(OPEN, person_id__in=people).order_by("pk"):
        owed[due.year, due.form].append(due)
    filed: dict[tuple[int, str], list[Declaration | None]] = defaultdict(list)
    for one in declarations:
        filed[one.year, one.form].append(one)
    in_hand = entered_of([*people])
    return [
        filed_year(key, due_of(owed[key], one), one, today, entered=any((who, *key) in in_hand for who in people))
        for key in sorted({*owed, *filed}, key=lambda key: (-key[0], key[1] != "income"))
        for one in filed.get(key) or [None]
    ]


def due_of(owed: Sequence[Obligation], declaration: Declaration | None) -> Obligation | None:
    """The obligation that a declaration answers: that of the same record, else any of the year."""
    same = [one for one in owed if declaration is not None and one.person_id == declaration.person_id]
    return next(iter([*same, *owed]), None)


def filed_year(
    key: tuple[int, str], owed: Obligation | None, declaration: Declaration | None, today: date, *, entered: bool
) -> FiledYear:
    """One year of one form.

    Args:
        entered: whether what came on paper is being keyed in.
    """
    due = owed.due_date if owed else declaration.due_date if declaration else None
    day = owed.filed_date if owed else filing_day(declaration)
    ends = until(key[0], today)
    told = owed is not None or (day is not None and due is not None)
    became = outcome(due, day, today) if told else ""
    return FiledYear(
        year=key[0],
        form=words.form_name(key[1]),
        outcome=while_entered(became) if entered and declaration is None else became,
        due=due,
        filed=day,
        declaration_id=declaration.pk if declaration else "",
        version=declaration.version if declaration else 0,
        public_until=ends.public,
        kept_until=ends.kept,
    )


def filing_day(declaration: Declaration | None) -> date | None:
    """The day on which a declaration without a stated obligation was filed, as far as it says."""
    if declaration is None:
        return None
    return timezone.localtime(declaration.filed_at).date() if declaration.filed_at else declaration.due_date


@dataclass(frozen=True)
class OneDeclaration:
    """One open declaration, current or replaced, with what stands around it.

    Attributes:
        before: what it is compared with: the version that it amends, else the declaration of the year before.
    """

    declaration: Declaration
    name: str
    body: str
    before: Declaration | None
    versions: list[Declaration]
    contents: Contents = field(repr=False)


def one_declaration(declaration_id: str) -> OneDeclaration | None:
    """The open declaration with this id; None when there is none."""
    found = Declaration.objects.filter(OPEN, pk=declaration_id).select_related("body").first()
    if found is None:
        return None
    same = Declaration.objects.filter(OPEN, person_id=found.person_id)
    versions = list(same.filter(year=found.year, form=found.form).order_by("version"))
    earlier = [one for one in versions if one.version < found.version]
    before = earlier[-1] if earlier else same.filter(year=found.year - 1, form=found.form, is_current=True).first()
    return OneDeclaration(
        declaration=found,
        name=naming.names_of([found.person_id]).get(found.person_id, found.declarant_name),
        body=naming.spoken(found.body.names, found.body.name) if found.body else "",
        before=before,
        versions=versions,
        contents=Contents([one for one in (found, before) if one]),
    )
