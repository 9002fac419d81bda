"""The whole register goes out as files that programs of others read: CSV, JSON and FollowTheMoney."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from followthemoney import model

from adaldyq.base.tables import ColumnType
from adaldyq.measures.declarations.domain.sections import SECTIONS
from adaldyq.measures.declarations.models import Declaration
from adaldyq.measures.declarations.queries import whole
from tests import factories

pytestmark = pytest.mark.django_db

REGISTER = "/en/declarations/"
OTHER = ("Әлиева Гүлнар Қайратқызы", "Алиева Гульнар Кайратовна", "Aliyeva Gulnar Kairatovna")
Entity = dict[str, Any]


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.getvalue().decode("utf-8-sig")


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(client, f"{REGISTER}rows.csv{query}"))))


def document(client: Client, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text(client, f"{REGISTER}declarations.json{query}"))["declarations"]
    return found


def entities(client: Client, address: str = f"{REGISTER}declarations.ftm.json") -> list[Entity]:
    return [json.loads(line) for line in text(client, address).splitlines()]


def linked(found: list[Entity], schema: str) -> list[dict[str, list[str]]]:
    return [one["properties"] for one in found if one["schema"] == schema]


def of_every_section(owner: str) -> dict[str, list[dict[str, object]]]:
    values = {
        ColumnType.TEXT: "open",
        ColumnType.DATE: date(2019, 5, 6),
        ColumnType.BOOLEAN: True,
        ColumnType.INTEGER: 2015,
    }
    common = {"row_id", "declaration_id", "owner", "currency", "country", "basis"}
    return {
        section.name: [
            {
                "owner": owner,
                **{
                    column.name: values.get(column.type, Decimal("5.5"))
                    for column in section.table.columns
                    if column.name not in common
                },
            }
        ]
        for section in SECTIONS
    }


def filled(**facts: Any) -> Declaration:
    found = of_every_section("declarant")
    for owner in ("spouse", "child", "other"):
        for section, listed in of_every_section(owner).items():
            found[section] += listed
    found["real_estate"][0]["basis"] = "lease"
    found["vehicle"][0]["kind"], found["vehicle"][1]["kind"] = "boat", "aircraft"
    found["family"] = [{"relation": "spouse"}, {"relation": "child"}, {"relation": "cousin"}]
    return factories.official(2024, rows=found, **facts)


def test_every_entity_is_one_of_followthemoney_and_every_reference_leads_somewhere(client: Client) -> None:
    declaration = filled()
    factories.official(2023, names=OTHER, rows={"income": [{"kind": "rent"}], "claim": [{"direction": "payable"}]})
    found = entities(client)
    ids = {one["id"] for one in found}
    for one in found:
        entity = model.get_proxy(one, cleaned=False)
        entity.schema.validate(one)
        for prop, value in entity.itervalues():
            assert prop.type.validate(value) or prop.name == "sourceUrl", (one["schema"], prop.name, value)
            if prop.type.name == "entity":
                assert value in ids, (one["schema"], prop.name)
                assert any(model[other["schema"]].is_a(prop.range) for other in found if other["id"] == value), (
                    one["schema"],
                    prop.name,
                )
    assert len({(one["id"], one["schema"]) for one in found}) == len(found)
    person = next(one for one in found if one["id"] == declaration.person_id)
    assert person["properties"]["topics"] == ["role.pep"]
    assert set(factories.NAMES) == {*person["properties"]["name"], *person["properties"]["alias"]}


def test_what_a_relative_owns_is_a_relatives_without_a_name(client: Client) -> None:
    estate = {"kind": "house", "owner": "spouse", "basis": "ownership", "share": 50}
    declaration = factories.official(2024, rows={"real_estate": [estate], "family": [{"relation": "spouse"}]})
    found = entities(client)
    spouse = f"{declaration.person_id}-spouse"
    (held,) = linked(found, "Ownership")
    assert (held["owner"], held["percentage"], held["recordId"]) == ([spouse], ["50"], [declaration.pk])
    assert [one["properties"]["name"] for one in found if one["id"] == spouse] == [[f"Spouse of {factories.NAMES[2]}"]]
    assert linked(found, "Family")[0]["relationship"] == ["spouse"]


def test_use_and_rent_are_no_ownership(client: Client) -> None:
    factories.official(2024, rows={"vehicle": [{"kind": "car", "basis": "use"}]})
    found = entities(client)
    assert linked(found, "Ownership") == []
    assert linked(found, "UnknownLink")[0]["role"] == ["use"]


def test_money_goes_the_way_it_went(client: Client) -> None:
    payable = {"direction": "payable", "kind": "mortgage", "counterparty": "Алатау Банкі", "amount": 7}
    wage = {"kind": "salary", "payer": "алатау  банкі", "amount": 3}
    declaration = factories.official(2024, rows={"claim": [payable], "income": [wage]})
    found = entities(client)
    (debt,), (payment,) = linked(found, "Debt"), linked(found, "Payment")
    assert debt["debtor"] == payment["beneficiary"] == [declaration.person_id]
    assert debt["creditor"] == payment["payer"]
    assert (debt["amount"], payment["amount"], payment["date"]) == (["7"], ["3"], ["2024"])


def test_the_entities_of_one_official_are_theirs_only(client: Client) -> None:
    one = filled()
    other = factories.official(names=OTHER, of=factories.body("Сот", names={}), rows={"cash": [{"amount": 5}]})
    address = f"{REGISTER}people/{one.person_id}/declarations.ftm.json"
    found = entities(client, address)
    assert found == [line for line in entities(client) if line in found]
    assert other.person_id not in text(client, address)
    assert client.get(f"{REGISTER}people/00000000ZZZZ/declarations.ftm.json").status_code == 404


def test_rows_and_document_hold_every_open_row_of_the_register(client: Client) -> None:
    first = filled()
    second = factories.official(2023, names=OTHER, rows={"cash": [{"amount": "1.50"}]})
    found = rows(client)
    told = {one["id"]: one for one in document(client)}
    assert set(told) == {first.pk, second.pk}
    for one in (first, second):
        listed = [(row["section"], row["row_id"]) for row in found if row["declaration_id"] == one.pk]
        sections = told[one.pk]["sections"]
        assert listed == [(name, row["row_id"]) for name, held in sections.items() for row in held]
    assert {(row["person_id"], row["name"]) for row in found} == {
        (first.person_id, factories.NAMES[2]),
        (second.person_id, OTHER[2]),
    }
    assert next(row for row in found if row["declaration_id"] == second.pk)["amount"] == "1.50"


def test_a_part_of_the_register_goes_out_alone(client: Client) -> None:
    one = factories.official(2024, rows={"cash": [{"amount": 1}]})
    factories.official(2023, names=OTHER, of=factories.body("Сот", names={}), rows={"cash": [{"amount": 2}]})
    for query in ("?year=2024", f"?body={one.body_id}", "?q=Танатаров"):
        assert [told["id"] for told in document(client, query)] == [one.pk]
        assert [row["declaration_id"] for row in rows(client, query)] == [one.pk]


@pytest.mark.parametrize("file", ["declarations.csv", "rows.csv", "declarations.json", "declarations.ftm.json"])
@pytest.mark.parametrize("query", ["year=abc", "form=xx", "q=" + "a" * 300])
def test_a_wrong_filter_brings_no_file_of_everything(client: Client, file: str, query: str) -> None:
    factories.official(2024)
    assert client.get(f"{REGISTER}{file}?{query}").status_code == 400


def test_some_at_a_time_is_the_same_as_all_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    body = factories.body()
    for year in (2022, 2023, 2024):
        factories.official(year, of=body, rows={"cash": [{"amount": year}]})
    addresses = [f"{REGISTER}{name}" for name in ("rows.csv", "declarations.json", "declarations.ftm.json")]
    at_once = [sorted(text(client, address).replace(",\n", "\n").splitlines()) for address in addresses]
    monkeypatch.setattr(whole, "PEOPLE_AT_ONCE", 1)
    assert [sorted(text(client, address).replace(",\n", "\n").splitlines()) for address in addresses] == at_once


def test_a_relative_of_one_official_is_nobodys_relative_in_the_declaration_of_another(client: Client) -> None:
    giver = factories.person()
    family = [{"relation": "spouse", "relative_id": giver.pk, "name": OTHER[0]}]
    gift = {"owner": "declarant", "giver": OTHER[0], "giver_id": giver.pk, "value": 9, "kind": "watch"}
    first = factories.official(2024, rows={"family": family, "gift": [gift]})
    second = factories.official(2024, names=OTHER, rows={"gift": [gift]})
    told = {one["id"]: one["sections"] for one in document(client)}
    for one, named in ((first, "spouse"), (second, "private person")):
        assert told[one.pk]["gift"][0]["giver"] == named
        assert client.get(f"/api/v1/declarations/{one.pk}").json()["sections"]["gift"][0]["giver"] == named
    payers = {paid["recordId"][0]: paid["payer"] for paid in linked(entities(client), "Payment")}
    assert payers[first.pk] == [f"{first.person_id}-spouse"]
    assert payers[second.pk] == [f"{told[second.pk]['gift'][0]['row_id']}-side"]


def test_organisations_of_whose_names_a_part_is_closed_stay_several(client: Client) -> None:
    family = [{"relation": "child", "name": f"{name} Алиева"} for name in ("Дархан", "Мадина")]
    paid = [
        {"kind": "salary", "payer": f"ТОО {name}", "amount": 5} for name in ("Дархан", "Мадина", "Алатау", "алатау")
    ]
    interests = [{"company_name": ""}, {"company_name": ""}]
    factories.official(2024, rows={"family": family, "income": paid, "company_interest": interests})
    found = entities(client)
    named = {one["id"]: one["properties"].get("name") for one in found}
    payers = [payment["payer"][0] for payment in linked(found, "Payment")]
    assert [named[payer] for payer in payers].count(["ТОО […]"]) == 2
    assert len(set(payers)) == 3, "only the two of one whole name are one"
    assert len({held["asset"][0] for held in linked(found, "Ownership")}) == 2


def test_an_empty_register_is_an_empty_file(client: Client) -> None:
    assert rows(client) == document(client) == entities(client) == []


def test_pages_link_to_the_files_of_what_they_show(client: Client) -> None:
    one = factories.official(2024)
    register = client.get(f"{REGISTER}?year=2024&page=1").content.decode()
    body = client.get(f"{REGISTER}bodies/{one.body_id}/").content.decode()
    for name in ("rows.csv", "declarations.json", "declarations.ftm.json"):
        assert f'href="{REGISTER}{name}?year=2024"' in register
        assert f'href="{REGISTER}{name}?body={one.body_id}"' in body
    assert f'href="{REGISTER}rows.csv"' in client.get(REGISTER).content.decode()
    person = client.get(f"{REGISTER}people/{one.person_id}/").content.decode()
    assert f'href="{REGISTER}people/{one.person_id}/declarations.ftm.json"' in person


def test_the_api_tells_the_same_entities(client: Client) -> None:
    one = filled()
    told = client.get(f"/api/v1/declarations/people/{one.person_id}/entities")
    in_file = entities(client, f"/kk{REGISTER.removeprefix('/en')}people/{one.person_id}/declarations.ftm.json")
    assert {(each["id"], each["schema"]) for each in told.json()} == {(each["id"], each["schema"]) for each in in_file}
    assert client.get("/api/v1/declarations/people/00000000ZZZZ/entities").status_code == 404
