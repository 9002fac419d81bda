"""What an analyst holds a declaration against: the registers at the end of its year, and last year's declaration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from adaldyq.kernel import naming
from adaldyq.kernel.models import Person
from adaldyq.kernel.queries.history import resolve
from adaldyq.measures.declarations.domain.checks import read_row
from adaldyq.measures.declarations.domain.questions import sections_of
from adaldyq.measures.declarations.domain.sections import Section
from adaldyq.measures.declarations.domain.side_by_side import Entry, Row, beside
from adaldyq.measures.declarations.models import Declaration, Draft
from adaldyq.measures.declarations.queries.drafts import asked_of, last_year
from adaldyq.measures.declarations.queries.registered import family_on, of_registers
from adaldyq.measures.declarations.queries.sections import Contents


@dataclass(frozen=True)
class Compared:
    """A declaration held against registers and last year.

    Attributes:
        before: last year's declaration, if there is one.
        sections: those of its form, each with its entries.
        relatives: ids of the people of the family whose records are shown.
    """

    before: Declaration | None
    sections: list[tuple[Section, list[Entry]]]
    relatives: list[str]


def compared(declaration: Declaration) -> Compared:
    """Hold a declaration against what the registers know of the household, and against last year.

    What registers have of a husband or wife and is not declared here is left out when they have filed for the same
    year themselves: they answer for it there.
    """
    year = declaration.year
    person = Person.objects.get(pk=resolve("person", declaration.person_id))
    before = last_year(person.pk, declaration.form, year)
    contents = Contents([declaration, *([before] if before else [])])
    family = family_on(person, date(year, 12, 31))
    spouses = [relative.pk for tie, relative, _name in family if tie.kind == "spouse"]
    own = Declaration.objects.filter(person_id__in=spouses, year=year, is_current=True).exists()
    registered: dict[str, list[Row]] = {}
    asked = asked_of(Draft(person_id=person.pk, form=declaration.form, year=year))
    for one in of_registers(person, year, with_spouse=True):
        registered.setdefault(one.section, []).append(read_row(one.section, one.typed, asked).values)
    home = naming.pack().code
    sections = [
        (
            section,
            [
                one
                for one in beside(
                    section.name,
                    contents.rows(declaration, section.name),
                    registered.get(section.name, ()),
                    contents.rows(before, section.name) if before else None,
                    home,
                )
                if not (own and declared_elsewhere(section.name, one))
            ],
        )
        for section in sections_of(declaration.form)
    ]
    return Compared(before, sections, [relative.pk for _tie, relative, _name in family])


def declared_elsewhere(section: str, one: Entry) -> bool:
    """Whether an entry is a thing of the husband or wife that only a register tells of."""
    return section != "family" and one.declared is None and bool(one.registered) and one.any_row["owner"] == "spouse"
