"""Territories over time: made, renamed, merged and split on a day, on pages and from files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actions import companies, people, territories
from adaldyq.kernel.actions.plans import Source
from adaldyq.kernel.actor import system
from adaldyq.kernel.adapters.columns import columns_of
from adaldyq.kernel.models import (
    Account,
    Body,
    Company,
    FormerValue,
    LandRight,
    Residence,
    RoleGrant,
    Territory,
    TerritorySuccession,
)
from adaldyq.kernel.queries import history
from adaldyq.kernel.roles import Registry, Role
from adaldyq.ledger.models import Leaf
from adaldyq.project.cli.registry_importing import Report, import_file
from tests import factories
from tests.kernel.registry import AT, ORIGIN, REGISTRAR, day
from tests.portal.registers.test_pages import SOURCE, address, dated, text_of
from tests.portal.registers.test_rights import keeper

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar() -> Client:
    factories.territory("KZ-75")
    return keeper(Registry.TERRITORIES)


def event(registrar: Client, code: str, kind: str, **facts: str) -> int:
    answer = registrar.post(address("registers-territory-event", code, kind), {**facts, **SOURCE})
    return answer.status_code


def made(code: str, name: str, parent: str = "KZ-75") -> Territory:
    above = Territory.objects.get(pk=parent)
    facts = {"level": "district", "parent": above, "names": {"kk": name, "en": f"{name} (en)"}}
    how = {"origin": ORIGIN, "by": REGISTRAR, "at": AT}
    return territories.create_territory(code=code, **facts, since=day("2010-01-01"), **how)  # type: ignore[arg-type]  # as the test says


def test_a_territory_is_made_and_renamed_and_its_former_name_stays(registrar: Client) -> None:
    facts = {
        "code": "75-901",
        "level": "district",
        "parent": "KZ-75",
        "name_kk": "Жаңа аудан",
        "name_ru": "",
        "name_en": "",
    }
    begin = registrar.post(address("registers-begin", "territory"), {**facts, **dated("since", "2015-01-01"), **SOURCE})
    assert begin.headers["Location"] == address("registers-territory", "75-901")
    naming.forget_territory_names()
    assert naming.place_name("75-901") == "Жаңа аудан"
    names = {"name_kk": "Наурыз ауданы", "name_ru": "Наурызский район", "name_en": "Nauryz District"}
    assert event(registrar, "75-901", "rename", **names, **dated("since", "2020-03-22")) == 302
    naming.forget_territory_names()
    page = text_of(Client(), "registers-territory", "75-901")
    assert "Nauryz District" in page
    assert "Жаңа аудан" in page
    assert FormerValue.objects.get(register="territory", field="names").valid_to == day("2020-03-21")
    assert Leaf.objects.filter(act="kernel.territory.rename").count() == 1


def test_a_name_of_the_pack_stays_as_the_former_one(registrar: Client, django_capture_on_commit_callbacks: Any) -> None:
    before = dict(naming.names_in_pack()["KZ-71"])
    names = {"name_kk": "Басқа атау", "name_ru": "Другое", "name_en": "Another"}
    with django_capture_on_commit_callbacks(execute=True):
        assert event(registrar, "KZ-71", "rename", **names, **dated("since", "2022-09-17")) == 302
    assert FormerValue.objects.get(register="territory", record_id="KZ-71").value == before
    assert "Another" in text_of(Client(), "registers-territories", query="?q=another")


def test_what_lies_in_a_merged_territory_belongs_to_the_other(registrar: Client) -> None:
    old, other = made("75-901", "Ескі"), made("75-902", "Үлкен")
    inside = made("75-9011", "Ауыл", "75-901")
    body = factories.body(territory=old)
    assert event(registrar, old.pk, "merge", into=other.pk, **dated("since", "2020-01-01")) == 302
    old.refresh_from_db()
    inside.refresh_from_db()
    assert (old.closed_date, inside.parent_id) == (day("2019-12-31"), other.pk)
    assert Body.objects.get(pk=body.pk).territory_id == other.pk
    assert FormerValue.objects.get(register="body", field="territory_id").value == old.pk
    naming.forget_territory_names()
    page = text_of(Client(), "registers-territory", old.pk)
    assert "What follows it" in page
    assert "Үлкен (en)" in page
    assert event(registrar, old.pk, "rename", name_kk="Жоқ", **dated("since", "2021-01-01")) == 422


def test_roles_that_are_held_for_a_territory_end_with_it_and_others_go_on(registrar: Client) -> None:
    old, other = made("75-901", "Ескі"), made("75-902", "Басқа")
    official = factories.account("official")
    for territory in (old, other):
        factories.grant(official, Role.REGISTRAR, territory=territory, registry=Registry.LAND)
    RoleGrant.objects.filter(territory=old).update(valid_from=day("2015-01-01"))
    assert event(registrar, old.pk, "merge", into=other.pk, **dated("since", "2020-01-01")) == 302
    ended = RoleGrant.objects.get(territory=old)
    assert (ended.valid_to, ended.withdrawn_at) == (day("2019-12-31"), None)
    held = [one for one in Account.objects.get(pk=official.pk).held if one.territory_id]
    assert [one.territory_id for one in held] == [other.pk]


def test_a_role_that_was_given_after_the_day_is_withdrawn(registrar: Client) -> None:
    old, other = made("75-901", "Ескі"), made("75-902", "Басқа")
    official = factories.account("official")
    factories.grant(official, Role.REGISTRAR, territory=old, registry=Registry.LAND)
    assert event(registrar, old.pk, "merge", into=other.pk, **dated("since", "2020-01-01")) == 302
    assert RoleGrant.objects.get(territory=old).withdrawn_at is not None
    assert not Account.objects.get(pk=official.pk).held


def test_a_territory_is_split_when_nothing_is_left_in_it(registrar: Client) -> None:
    whole, first, second = made("75-901", "Бүтін"), made("75-902", "Бірінші"), made("75-903", "Екінші")
    body = factories.body(territory=whole)
    parts = {"first": first.pk, "second": second.pk}
    assert event(registrar, whole.pk, "split", **parts, **dated("since", "2022-06-08")) == 422
    Body.objects.filter(pk=body.pk).update(territory=first)
    assert event(registrar, whole.pk, "split", **parts, **dated("since", "2022-06-08")) == 302
    assert set(TerritorySuccession.objects.values_list("former_id", "successor_id")) == {
        (whole.pk, first.pk),
        (whole.pk, second.pk),
    }


def lying_in(place: Territory) -> tuple[Company, Residence, LandRight]:
    """A company, a resident since 2012 and a flat."""
    how: dict[str, Any] = {"origin": ORIGIN, "by": REGISTRAR, "at": AT}
    facts = {"territory": place, "identifier": "101040000015"}
    company = companies.register_company(name="K", legal_form="too", registered=day("2011-01-01"), facts=facts, **how)
    person = factories.person()
    home = people.record_residence(person=person, territory=place, dwelling="D1", since=day("2012-01-01"), **how)
    return company, home, factories.land(person, territory=place)


def test_those_who_live_in_a_merged_territory_and_what_is_registered_there_go_along(registrar: Client) -> None:
    old, other = made("75-901", "Ескі"), made("75-902", "Үлкен")
    company, home, flat = lying_in(old)
    gone = factories.land(factories.person(), territory=old, object_number="20-1", valid_to=day("2015-01-01"))
    assert event(registrar, old.pk, "merge", into=other.pk, **dated("since", "2020-01-01")) == 302
    company.refresh_from_db()
    flat.refresh_from_db()
    gone.refresh_from_db()
    assert (company.territory_id, flat.territory_id, gone.territory_id) == (other.pk, other.pk, old.pk)
    lived = Residence.objects.order_by("valid_from").values_list("territory_id", "dwelling", "valid_from", "valid_to")
    assert list(lived) == [
        (old.pk, "D1", day("2012-01-01"), day("2019-12-31")),
        (other.pk, "D1", day("2020-01-01"), None),
    ]
    assert history.residence_of(home.person_id, day("2019-06-01")).territory_id == old.pk  # type: ignore[union-attr]  # it is there
    before = FormerValue.objects.filter(field="territory_id", value=old.pk, valid_to=day("2019-12-31"))
    assert set(before.values_list("register", flat=True)) == {"company", "land_register"}


def test_a_split_says_who_takes_what_and_who_the_rest(registrar: Client) -> None:
    whole, first, second = made("75-901", "Бүтін"), made("75-902", "Бірінші"), made("75-903", "Екінші")
    company, home, flat = lying_in(whole)
    parts = {"first": first.pk, "second": second.pk, **dated("since", "2022-06-08")}
    assert event(registrar, whole.pk, "split", **parts) == 422
    assert event(registrar, whole.pk, "split", **parts, placed="20-313-001", rest="first") == 422
    assert event(registrar, whole.pk, "split", **parts, placed="20-313-001 KZ-71", rest="first") == 422
    assert event(registrar, whole.pk, "split", **parts, placed="nothing 75-903", rest="first") == 422
    assert Residence.objects.get().territory_id == whole.pk
    placed = f"20-313-001 {second.pk}\n\nD1 {second.pk}\n"
    assert event(registrar, whole.pk, "split", **parts, placed=placed, rest="first") == 302
    company.refresh_from_db()
    flat.refresh_from_db()
    assert (company.territory_id, flat.territory_id) == (first.pk, second.pk)
    assert Residence.objects.get(person=home.person_id, valid_to=None).territory_id == second.pk


def test_a_territory_is_not_merged_into_what_lies_in_it(registrar: Client) -> None:
    outer = made("75-901", "Сырт")
    inner = made("75-902", "Іш", "75-901")
    with pytest.raises(DomainError, match="territory-within-itself"):
        territories.merge_territory(
            territory=outer, into=inner, since=day("2020-01-01"), origin=ORIGIN, by=REGISTRAR, at=AT
        )


def test_others_are_told_that_territories_are_not_theirs(registrar: Client) -> None:
    page = address("registers-territory-event", "KZ-71", "rename")
    answer = keeper(Registry.LAND).get(page)
    assert answer.status_code == 403
    assert "territories" in answer.content.decode()
    assert page not in text_of(Client(), "registers-territory", "KZ-71")
    assert page in text_of(registrar, "registers-territory", "KZ-71")
    assert registrar.get(address("registers-territory-event", "KZ-71", "sell")).status_code == 404


def test_a_file_of_territories_comes_in_once_and_a_newer_one_renames(tmp_path: Path) -> None:
    factories.territory("KZ-75")
    file = tmp_path / "t.csv"

    def take(text: str, as_of: str) -> tuple[int, int, int, int]:
        file.write_text("code,level,parent,name_kk\n" + text, encoding="utf-8")
        report = Report.at(tmp_path / "r" / "r.csv")
        source = Source("kato", "KATO", date.fromisoformat(as_of))
        columns = columns_of("territories", naming.pack().languages)
        for _batch in import_file("territories", file, columns, source, system("import"), report):
            pass
        report.rejects.close()
        return report.new, report.changed, report.unchanged, report.refused

    rows = "75-9,district,KZ-75,Аудан\n75-91,rural,75-9,Ауыл\n75-X,village,75-9,Қате\n75-92,rural,NO,Қате\n"
    assert take(rows, "2026-01-01") == (2, 0, 0, 2)
    assert take(rows, "2026-01-01") == (0, 0, 2, 2)
    assert take("75-9,district,KZ-75,Жаңа аудан\n", "2026-02-01") == (0, 1, 0, 0)
    assert FormerValue.objects.get(register="territory").value == {"kk": "Аудан"}
    assert Territory.objects.get(pk="75-91").parent_id == "75-9"
