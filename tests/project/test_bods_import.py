"""BODS 0.4 comes in as people, companies and shares, what cannot be taken is told, and our own export comes back."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from adaldyq.kernel import naming
from adaldyq.kernel.actions.plans import Source
from adaldyq.kernel.actor import system
from adaldyq.kernel.adapters.columns import columns_of
from adaldyq.kernel.models import Company, Ownership, Person, PersonIdentifier, PersonName, SourceKey
from adaldyq.project.cli.exporting import statements
from adaldyq.project.cli.registry_importing import Report, import_file
from tests import factories

pytestmark = pytest.mark.django_db
KINDS = ("people", "companies", "ownership")
Counts = tuple[int, int, int, int]


class Import:
    """Imports a file of statements as each kind in turn."""

    def __init__(self, folder: Path) -> None:
        self.file, self.rejects = folder / "owners.json", folder / "rejects" / "r.csv"

    def __call__(self, kind: str, text: str) -> Counts:
        self.file.write_text(text, encoding="utf-8")
        report = Report.at(self.rejects)
        source = Source("openown", "Open owners", date(2026, 1, 1))
        columns = columns_of(kind, naming.pack().languages)
        for _batch in import_file(kind, self.file, columns, source, system("import"), report):
            pass
        report.rejects.close()
        return report.new, report.changed, report.unchanged, report.refused

    def told(self) -> list[tuple[str, str]]:
        with self.rejects.open(encoding="utf-8", newline="") as stream:
            return [(row["line"], row["reason"]) for row in csv.DictReader(stream)]


@pytest.fixture
def take(tmp_path: Path) -> Import:
    return Import(tmp_path)


def statement(record: str, kind: str, details: dict[str, Any], day: str = "2025-05-01", **core: Any) -> dict[str, Any]:
    ids = {"statementId": f"s-{record}-{day}", "recordId": record, "recordType": kind}
    return {**ids, "statementDate": day, "recordDetails": {"isComponent": False, **details}, **core}


PERSON = statement(
    "p-1",
    "person",
    {
        "personType": "knownPerson",
        "names": [{"type": "legal", "fullName": "Ахметова Айгүл"}, {"type": "translation", "fullName": "Akhmetova A"}],
        "birthDate": "1984-03",
        "nationalities": [{"name": "Kazakhstan", "code": "KZ"}],
    },
)
COMPANY = statement(
    "c-1",
    "entity",
    {
        "entityType": {"type": "registeredEntity", "details": "too"},
        "name": "«Байтерек» ЖШС",
        "identifiers": [{"id": "080740800604", "schemeName": "BIN"}],
        "foundingDate": "2008-07-29",
    },
)
STATE = statement("b-1", "entity", {"entityType": {"type": "stateBody"}, "name": "A ministry"})


def owned(share: dict[str, Any], **interest: Any) -> dict[str, Any]:
    one = {"type": "shareholding", "beneficialOwnershipOrControl": True, "startDate": "2020-01-01", "share": share}
    voting = {"type": "votingRights", "share": {"exact": 90}}
    parties = {"subject": "c-1", "interestedParty": "p-1"}
    return statement("r-1", "relationship", {**parties, "interests": [voting, {**one, **interest}]})


def test_statements_of_an_array_come_in_as_what_they_are_and_once(take: Import) -> None:
    text = json.dumps([PERSON, COMPANY, STATE, owned({"minimum": 25, "maximum": 50})], indent=1)
    assert [take(kind, text) for kind in KINDS] == [(1, 0, 0, 0)] * 3
    assert [take(kind, text) for kind in KINDS] == [(0, 0, 1, 0)] * 3
    person, company, share = Person.objects.get(), Company.objects.get(), Ownership.objects.get()
    assert set(person.names.values_list("language", "text")) == {("kk", "Ахметова Айгүл"), ("en", "Akhmetova A")}
    assert (person.birth_date, person.country, person.as_of) == (None, "KZ", date(2025, 5, 1))
    assert (company.identifier, company.legal_form, company.registered_date) == (
        "080740800604",
        "too",
        date(2008, 7, 29),
    )
    assert (share.owner_person, share.company, share.share, share.kind) == (person, company, None, "beneficial")


def test_lines_hold_the_history_of_a_record_and_a_closed_share_ends(take: Import) -> None:
    later = statement("p-1", "person", {"names": [{"fullName": "Омарова Айгүл"}]}, "2025-09-01", recordStatus="updated")
    closed = {**owned({"exact": 51}), "statementDate": "2025-11-01", "recordStatus": "closed", "statementId": "s-9"}
    lines = [PERSON, COMPANY, later, owned({"exact": 51}), closed]
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines)
    assert take("people", text) == (1, 1, 0, 0)
    assert PersonName.objects.get(language="kk", valid_to=None).text == "Омарова Айгүл"
    take("companies", text)
    assert take("ownership", text) == (1, 1, 0, 0)
    share = Ownership.objects.get()
    assert (share.share, share.valid_to) == (Decimal(51), date(2025, 11, 1))


def test_what_cannot_be_taken_is_told_by_line_and_the_rest_is_taken(take: Import) -> None:
    unknown = owned({"exact": 1})
    unknown["recordDetails"]["interestedParty"] = {"reason": "subjectUnableToConfirmOrIdentifyBeneficialOwner"}
    older = {"statementID": "old", "statementType": "ownershipOrControlStatement"}
    hollow = {"statementId": "s", "recordType": "relationship"}
    text = "[\n" + ",\n".join(map(json.dumps, (COMPANY, PERSON, unknown, older, hollow, 5))) + "\n]"
    take("companies", text)
    take("people", text)
    assert take("ownership", text) == (0, 0, 0, 4)
    with translation.override("en"):
        take("ownership", text)
    found = take.told()
    assert [line for line, _reason in found] == ["4", "5", "6", "7"]
    assert "subjectUnableToConfirm" in found[0][1]
    assert "before version 0.4" in found[1][1]
    assert "BODS 0.4" in found[2][1]


@pytest.mark.parametrize("broken", ['[{"statementId": "s"', "[{]", '[{"statementId": 1} "', "[", "[1e]"])
def test_an_array_that_is_broken_is_told_with_its_line(take: Import, broken: str) -> None:
    assert take("people", "\n\n" + broken)[3] >= 1
    assert take.told()[-1][0] == "3"


def test_what_we_export_comes_back_the_same(take: Import) -> None:
    person = factories.person()
    number = PersonIdentifier(person=person, scheme="IIN", country="KZ", value="750301300110")
    factories.loaded("person_identifier", number)
    firms = [
        Company(name=name, legal_form="too", identifier=code, source="r", as_of=factories.AS_OF)
        for name, code in (("«А» ЖШС", "080740800604"), ("«Б» ЖШС", ""))
    ]
    factories.loaded("company", *firms)
    first, second = firms
    begun = date(2015, 2, 1)
    factories.loaded(
        "ownership",
        Ownership(company=first, owner_person=person, share=Decimal("33.5"), kind="direct", valid_from=begun),
        Ownership(company=first, owner_person=person, kind="beneficial", valid_from=begun, valid_to=date(2020, 1, 1)),
        Ownership(company=first, owner_company=second, share=Decimal(40), kind="direct", valid_from=begun),
    )
    before = list(statements("Us", everything=True))
    for model in (Ownership, Company, PersonName, PersonIdentifier, Person, SourceKey):
        model.objects.all().delete()
    for kind in KINDS:
        assert take(kind, json.dumps(before, ensure_ascii=False))[3] == 0
    ours = {key.record_id: key.key for key in SourceKey.objects.all()}
    after = list(statements("Us", everything=True))
    assert told(after, ours) == told(before, {})


def told(found: list[dict[str, Any]], ours: dict[str, str]) -> list[str]:
    """What statements say, under the ids of before and without ids of statements."""
    said = [{name: one[name] for name in ("recordId", "recordType", "recordDetails", "recordStatus")} for one in found]
    text = json.dumps(said, ensure_ascii=False)
    for new, old in ours.items():
        text = text.replace(new, old)
    return sorted(json.dumps(one, sort_keys=True, ensure_ascii=False) for one in json.loads(text))
