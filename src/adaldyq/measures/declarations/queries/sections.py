"""Rows of declarations by section: redacted, in words, with what changed since the year before.

Restricted columns are read to match rows of two years and never leave this module.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from adaldyq.base.redaction import without_numbers
from adaldyq.base.tables import Column
from adaldyq.kernel import naming
from adaldyq.kernel.models import Body, Company
from adaldyq.measures.declarations.domain.changes import GONE, Difference, Row, differences, is_compared
from adaldyq.measures.declarations.domain.codes import OWNER, PARTY
from adaldyq.measures.declarations.domain.fingerprint import row_line
from adaldyq.measures.declarations.domain.redaction import FREE_TEXT, Redact, redactor, without_loose_numbers
from adaldyq.measures.declarations.domain.sections import BY_NAME, SECTIONS, Section
from adaldyq.measures.declarations.domain.wealth import Rates, Totals, totals
from adaldyq.measures.declarations.domain.wealth_change import Year
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration
from adaldyq.measures.declarations.policies import party_shown, shown_columns
from adaldyq.measures.declarations.queries import attachments, words
from adaldyq.measures.declarations.queries.kin import kin_names

COMPANY_ID = "company_id"
KEYS = frozenset({"row_id", "declaration_id"})
PAR = Decimal(1)
OWNERS = tuple(OWNER)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the public may see it: values by column, codes as words, and how it stands to the year before."""

    values: Mapping[str, object]
    change: str
    changed: tuple[str, ...]

    @property
    def gone(self) -> bool:
        """Whether it stood in the declaration of the year before only."""
        return self.change == GONE


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its open columns and rows, and whether these are compared with others."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[ShownRow]
    compared: bool


class Contents:
    """The rows of some declarations, read once: one query a section, however many declarations there are."""

    def __init__(self, declarations: Collection[Declaration]) -> None:
        self._rows: dict[str, dict[str, list[Row]]] = {
            one.pk: {section.name: [] for section in SECTIONS} for one in declarations
        }
        for section in SECTIONS:
            names = [column.name for column in section.table.columns]
            found = SECTION_MODELS[section.name]._default_manager.filter(declaration_id__in=list(self._rows))
            for row in sorted(found.order_by("row_id").values(*names), key=place_in(section)):
                self._rows[row["declaration_id"]][section.name].append(row)
        self._declarants = {one.pk: (one.person_id, one.declarant_name) for one in declarations}
        self._redactors: dict[str, Redact] = {}
        self._named: dict[str, Collection[str]] = {}
        self._kin: Mapping[str, Collection[str]] | None = None
        self._traders = sole_traders_among(self._parties() | self._named_companies())
        self._organisations = organisations_among(self._parties()) - self._traders.keys()
        self._companies = names_of_companies(self._named_companies())
        self._relations = {one: self._relations_in(rows["family"]) for one, rows in self._rows.items()}

    def _relations_in(self, family: Sequence[Row]) -> Mapping[str, str]:
        """What relatives are to whoever declares them, by id, and by the id of the company under which they trade alone."""
        known = relations_in(family)
        return {**known, **{key: known[head] for key, head in self._traders.items() if head in known}}

    def _organisations_of(self, declaration: str) -> Collection[str]:
        """Ids of companies and state bodies, and of companies under which the declarant trades, who is named anyway."""
        if declaration not in self._named:
            own = {one for one in self._traders if self._is_own(declaration, one)}
            self._named[declaration] = self._organisations | own if own else self._organisations
        return self._named[declaration]

    def _is_own(self, declaration: str, company: str) -> bool:
        """Whether it is the declarant who trades alone under a company."""
        return bool(company) and self._traders.get(company) == self._declarants[declaration][0]

    def _parties(self) -> set[str]:
        """Ids of all other sides."""
        keyed = [(one.name, one.party.id) for one in SECTIONS if one.party and one.party.id]
        return {str(row[key]) for rows in self._rows.values() for name, key in keyed for row in rows[name] if row[key]}

    def _named_companies(self) -> set[str]:
        """Ids of the companies that stand beside a name in own words."""
        named = [one.name for one in SECTIONS if COMPANY_ID in one.table.by_name]
        return {str(row[COMPANY_ID]) for rows in self._rows.values() for name in named for row in rows[name]}

    def _public(self, section: str, row: Row) -> Row:
        """A row in which the other side, and what was written in own words, stand as the public may see them."""
        party, shown_row = BY_NAME[section].party, dict(row)
        if party is not None:
            relations = self._relations[str(row["declaration_id"])]
            other = party_shown(party, row, self._organisations_of(str(row["declaration_id"])), relations)
            typed = bool(other) and other == row[party.name] and not (party.id and row[party.id])
            redact = self._redactor(str(row["declaration_id"])) if typed else without_numbers
            shown_row[party.name] = (
                without_loose_numbers(section, party.name, redact(other)) if typed else redact(other)
            )
        for name in FREE_TEXT[section]:
            if row[name] and not self._is_registered(row, str(row[name])):
                text = self._redactor(str(row["declaration_id"]))(str(row[name]))
                shown_row[name] = without_loose_numbers(section, name, text)
        return shown_row

    def _is_registered(self, row: Row, text: str) -> bool:
        """Whether a text is the name that the register has of the company of a row, and no other person's."""
        company = str(row.get(COMPANY_ID))
        if company in self._traders and not self._is_own(str(row["declaration_id"]), company):
            return False
        return self._companies.get(company) == text

    def _redactor(self, declaration: str) -> Redact:
        """What takes closed values out of the texts of a declaration."""
        if declaration not in self._redactors:
            rows, organisations = self._rows[declaration], self._organisations_of(declaration)
            people = [
                str(row[party.name] or "")
                for section in SECTIONS
                if (party := section.party)
                for row in rows[section.name]
                if party_shown(party, row, organisations, self._relations[declaration]) != row[party.name]
            ]
            people += self._traders_named(rows, organisations)
            person, name = self._declarants[declaration]
            self._redactors[declaration] = redactor(rows, name, [*people, *self._kin_of(person)])
        return self._redactors[declaration]

    def _traders_named(self, rows: Mapping[str, Sequence[Row]], organisations: Collection[str]) -> list[str]:
        """Names of others who trade alone, as rows and the register have them beside a share or a position in their company."""
        named = [one.name for one in SECTIONS if COMPANY_ID in one.table.by_name]
        theirs = [row for name in named for row in rows[name] if str(row[COMPANY_ID]) in self._traders]
        others = [row for row in theirs if row[COMPANY_ID] not in organisations]
        written = [str(row.get("company_name") or row.get("organisation") or "") for row in others]
        return [*filter(None, written), *(self._companies[str(row[COMPANY_ID])] for row in others)]

    def _kin_of(self, person: str) -> Collection[str]:
        """What relatives of a declarant are called; read for all declarants when the first text is shown."""
        if self._kin is None:
            self._kin = kin_names({one for one, _name in self._declarants.values()})
        return self._kin[person]

    def totals(self, declaration: Declaration, currency: str, owner: str = "") -> Totals:
        """What a declaration adds up to in a currency; with an owner, only what is theirs."""
        rows, asks_income = self._rows[declaration.pk], declaration.form != "assets"
        if owner:
            rows = {name: [row for row in listed if row["owner"] == owner] for name, listed in rows.items()}
        return totals(rows, declaration.year, currency, rates(), asks_income=asks_income)

    def year(self, declaration: Declaration) -> Year:
        """A declaration for the account of how wealth changed, with the numbers by which things are known again."""
        return Year(declaration.year, self._rows[declaration.pk], declaration.form != "assets")

    def rows(self, declaration: Declaration, section: str) -> Sequence[Row]:
        """Rows of a section with all their columns, for those who may see them."""
        return self._rows[declaration.pk][section]

    def sections(self, declaration: Declaration, before: Declaration | None = None) -> list[ShownSection]:
        """All sections of a declaration, compared with the one before when there is one."""
        return [
            ShownSection(
                section.name,
                section.title,
                tuple(column for column in shown_columns(section.name) if column.name not in KEYS),
                [
                    shown(section.name, replace(one, row=self._public(section.name, one.row)))
                    for one in self.compared(section.name, declaration, before)
                ],
                before is not None and is_compared(section.name, same_year=before.year == declaration.year),
            )
            for section in SECTIONS
        ]

    def compared(
        self, section: str, declaration: Declaration, before: Declaration | None, *, whole: bool = False
    ) -> list[Difference]:
        """Rows of a section with their differences; on the whole, also of closed columns, for those who may see them."""
        earlier = self._rows[before.pk][section] if before else None
        same = before is not None and before.year == declaration.year
        return differences(section, self._rows[declaration.pk][section], earlier, same_year=same, whole=whole)

    def opened(self, declaration: Declaration) -> dict[str, list[dict[str, object]]]:
        """Rows by section with their open columns only, codes as they are kept; for files."""
        return {
            name: [
                {column.name: public[column.name] for column in shown_columns(name)}
                for public in (self._public(name, row) for row in rows)
            ]
            for name, rows in self._rows[declaration.pk].items()
        }

    def lines(self, declaration: Declaration) -> list[str]:
        """All rows and documents of a declaration in the exact form that its ledger line commits to."""
        rows = self._rows[declaration.pk]
        filed = [row_line(name, row.__getitem__) for name, listed in rows.items() for row in listed]
        return [*filed, *map(attachments.line_of, attachments.of_declaration(declaration))]


def relations_in(family: Sequence[Row]) -> Mapping[str, str]:
    """What relatives are to whoever declares them, by id. To another declarant the same person is somebody else."""
    listed = ((str(row["relative_id"] or ""), str(row["relation"])) for row in family)
    return {relative: relation for relative, relation in listed if relative and relation in PARTY}


def rates() -> Rates:
    """What one unit of each currency is worth at the ends of years in the country's own, which has the rate 1."""
    pack = naming.pack()
    years = {year for _, year in pack.exchange_rates}
    return {**pack.exchange_rates, **{(pack.currency, year): PAR for year in years}}


def organisations_among(ids: Collection[str]) -> set[str]:
    """Which of some ids are companies or state bodies."""
    known: set[str] = set()
    for model in (Company, Body):
        known |= set(model._default_manager.filter(pk__in=ids).values_list("pk", flat=True))
    return known


def sole_traders_among(ids: Collection[str]) -> Mapping[str, str]:
    """Which of some ids are companies under which a person trades by themselves, with the id of that person, if known.

    The name of such a company is a person's.
    """
    forms = naming.pack().sole_traders
    found = Company.objects.filter(pk__in=ids, legal_form__in=forms) if ids and forms else Company.objects.none()
    return {company: head or "" for company, head in found.values_list("pk", "head_id")}


def names_of_companies(ids: Collection[str]) -> Mapping[str, str]:
    """What the register calls some companies, by id."""
    return dict(Company.objects.filter(pk__in=ids).values_list("pk", "name"))


def place_in(section: Section) -> Callable[[Row], tuple[int, Decimal]]:
    """Orders rows of a section: the declarant's before those of others, of each owner the largest first."""

    def place(row: Row) -> tuple[int, Decimal]:
        owner, worth = str(row["owner"]), row.get(section.worth)
        first = OWNERS.index(owner) if owner in OWNERS else len(OWNERS)
        return first, -worth if isinstance(worth, Decimal) else Decimal(0)

    return place


def shown(section: str, difference: Difference) -> ShownRow:
    """A row without what the law keeps closed."""
    names = [column.name for column in shown_columns(section) if column.name not in KEYS]
    return ShownRow(words.in_words(section, difference.row, names), difference.change, difference.columns)
