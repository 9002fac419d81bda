"""What rows of a former register refer to, looked up together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from adaldyq.base.errors import DomainError
from adaldyq.base.names import comparison_key
from adaldyq.kernel import naming
from adaldyq.kernel.actions.plans import Row
from adaldyq.kernel.models import Company, Person, PersonIdentifier, PersonName, Territory
from adaldyq.measures.permits.domain.holder_names import is_company, is_person
from adaldyq.measures.permits.models import PermitEntry, PermitLicence, PermitVersion

LEGAL_FORMS = "legal_form"


@dataclass(slots=True)
class Known:
    """What some rows refer to.

    Attributes:
        licences: that are there, by number.
        new: numbers of those that rows before brought.
        versions: of entries, by the entry's number, the oldest first.
        companies: by number and by id.
        people: ids of people by number and by id.
        names: what people are and were called, by id.
        dead: days on which people died, by id.
        places: names of territories by code.
        forms: what legal forms are called, as `domain.holder_names` has it.
    """

    licences: dict[str, PermitLicence]
    versions: dict[str, list[PermitVersion]]
    companies: dict[str, Company]
    people: dict[str, str]
    names: dict[str, list[str]]
    dead: dict[str, date]
    places: dict[str, str]
    forms: list[str]
    new: set[str] = field(default_factory=set)

    def entry(self, number: str, day: date) -> tuple[PermitEntry, PermitVersion]:
        """An entry, and what it said on a day; what it said first when it had not begun.

        Raises:
            DomainError: `refers-to-nothing`.
        """
        listed = self.versions.get(number)
        if not listed:
            raise DomainError("refers-to-nothing", field="permit", value=number)
        version = next((one for one in reversed(listed) if one.valid_from <= day), listed[0])
        return version.entry, version

    def holder(self, number: str) -> tuple[Company | None, str | None]:
        """The company or the person of a number.

        Raises:
            DomainError: `refers-to-nothing`; `licence-holder-two` where it is of a company and of a person.
        """
        company, person = self.companies.get(number), self.people.get(number)
        if company is not None and person is not None:
            raise DomainError("licence-holder-two", field="holder", value=number)
        if company is None and person is None:
            raise DomainError("refers-to-nothing", field="holder", value=number)
        return company, person

    def check_holder(self, company: Company | None, person: str | None, said: str, *, in_force: bool) -> None:
        """Refuse a holder whom the registers call otherwise, and one who is no more and is said to hold a licence in force.

        Raises:
            DomainError: `licence-holder-other`, `licence-holder-gone`.
        """
        if company is not None:
            same, ended = is_company(said, company.name, self.forms), company.closed_date
        else:
            names = self.names.get(person or "")
            same, ended = names is None or is_person(said, names), self.dead.get(person or "")
        if not same:
            raise DomainError("licence-holder-other", field="holder_name", value=said[:80])
        if ended is not None and in_force:
            raise DomainError("licence-holder-gone", field="holder", day=ended)

    def place(self, code: str | None, address: str) -> str:
        """An address, with the name of its territory before it.

        Raises:
            DomainError: `refers-to-nothing`.
        """
        if not code:
            return address
        if code not in self.places:
            raise DomainError("refers-to-nothing", field="region", value=code)
        return ", ".join(part for part in (self.places[code], address) if part)[:300]


def known_of(rows: Sequence[Row]) -> Known:
    """What some rows refer to, in as many queries however many they are."""
    said = {name: {str(one.values[name]) for one in rows if name in one.values} for name in ("number", "permit", "holder", "region")}  # fmt: skip
    licences = PermitLicence.objects.select_related("origin").filter(number__in=said["number"])
    versions: dict[str, list[PermitVersion]] = {}
    found = PermitVersion.objects.select_related("entry", "body").filter(entry__number__in=said["permit"])
    for one in found.order_by("version"):
        versions.setdefault(one.entry.number, []).append(one)
    companies = Company.objects.filter(Q(identifier__in=said["holder"]) | Q(pk__in=said["holder"]))
    people = dict(
        PersonIdentifier.objects.filter(value__in=said["holder"], valid_to=None).values_list("value", "person_id")
    )
    people |= {one: one for one in Person.objects.filter(pk__in=said["holder"]).values_list("pk", flat=True)}
    listed = sorted(set(people.values()))
    spelt: dict[str, list[str]] = {}
    for person, name in PersonName.objects.filter(person__in=listed).values_list("person_id", "text"):
        spelt.setdefault(person, []).append(name)
    died = Person.objects.filter(pk__in=listed, death_date__isnull=False).values_list("pk", "death_date")
    there = set(Territory.objects.filter(pk__in=said["region"]).values_list("pk", flat=True))
    names = naming.territory_names() if there else {}
    return Known(
        licences={one.number: one for one in licences},
        versions=versions,
        companies={key: one for one in companies for key in (one.identifier, one.pk) if key},
        people=people,
        names=spelt,
        dead={pk: day for pk, day in died if day},
        places={code: names.get(code, {}).get(naming.pack().languages[0], code) for code in there},
        forms=legal_forms(),
    )


def legal_forms() -> list[str]:
    """What the pack calls legal forms in all its languages, folded, the longest first."""
    listed = {comparison_key(name) for one in naming.pack().codes[LEGAL_FORMS].values() for name in one.values()}
    return sorted(listed, key=lambda form: (-len(form), form))
