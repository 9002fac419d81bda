"""The name under which a person trades alone is a person's name, and is as closed as one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from adaldyq.kernel.models import Company, Person
from adaldyq.measures.declarations.models import Declaration
from tests import factories
from tests.measures.declarations.test_redaction import CHILD, content, doors

pytestmark = pytest.mark.django_db

STRANGER = "Посторонний Чужак"


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def trader(name: str, head: Person | None, form: str = "ip") -> Company:
    """A company under which somebody trades alone."""
    made = Company(name=name, legal_form=form, source="a test", as_of=factories.AS_OF, head=head)
    factories.loaded("company", made)
    return made


def declared(*companies: Company, **facts: Any) -> Declaration:
    """A declaration in which each of some companies gives, pays and is owned."""
    return factories.official(
        2024,
        rows={
            "gift": [{"kind": "thing", "giver": one.name, "giver_id": one.pk, "value": 5} for one in companies],
            "income": [{"kind": "rent", "payer": one.name, "payer_id": one.pk, "amount": 5} for one in companies],
            "company_interest": [
                {"owner": "child", "company_name": one.name, "company_id": one.pk, "share": 100} for one in companies
            ],
            **facts,
        },
    )


def sections_of(client: Client, one: Declaration) -> dict[str, Any]:
    """What the public reads of its sections."""
    told = json.loads(content(client, reverse("declarations-person-json", args=[one.person_id])))
    sections: dict[str, Any] = next(each["sections"] for each in told["declarations"] if each["id"] == one.pk)
    return sections


def test_nobody_who_trades_alone_is_named_by_any_door_and_a_relative_is_told_as_one(client: Client) -> None:
    child, stranger = factories.person(CHILD), factories.person([STRANGER])
    one = declared(
        trader(f"ИП {CHILD[1]}", child),
        trader(f"ИП {STRANGER}", stranger),
        trader("ИП Безглавый Владелец", None),
        family=[{"relation": "child", "relative_id": child.pk, "name": CHILD[1]}],
    )
    for address in doors(one):
        told = content(client, address)
        hidden = [name for name in ("Тайников", "Балапан", "Посторонний", "Чужак", "Безглавый") if name in told]
        assert hidden == [], address
    sections = sections_of(client, one)
    assert sorted(row["giver"] for row in sections["gift"]) == ["child", "private person", "private person"]
    assert sorted(row["payer"] for row in sections["income"]) == ["child", "private person", "private person"]


def test_the_declarant_who_trades_alone_and_a_company_are_named(client: Client) -> None:
    one = declared()
    own, firm = trader("ИП Сам Декларант", one.person), trader("ТОО Арна", factories.person([STRANGER]), "too")
    two = factories.declaration(
        one.person,
        2025,
        is_public=True,
        rows={
            "gift": [{"kind": "thing", "giver": each.name, "giver_id": each.pk, "value": 5} for each in (own, firm)],
            "company_interest": [{"owner": "declarant", "company_name": own.name, "company_id": own.pk, "share": 100}],
        },
    )
    sections = sections_of(client, two)
    assert sorted(row["giver"] for row in sections["gift"]) == ["ИП Сам Декларант", "ТОО Арна"]
    assert [row["company_name"] for row in sections["company_interest"]] == ["ИП Сам Декларант"]


def test_a_position_in_the_company_of_somebody_who_trades_alone_is_shown_without_their_name(client: Client) -> None:
    company = trader(f"ИП {STRANGER}", factories.person([STRANGER]))
    one = declared(
        position=[
            {"organisation": company.name, "company_id": company.pk, "title": f"Бухгалтер, {STRANGER}"},
            {"company_id": company.pk, "title": "None"},
        ]
    )
    for address in doors(one):
        told = content(client, address)
        assert [name for name in ("Посторонний", "Чужак") if name in told] == [], address
    assert "None" in [row["title"] for row in sections_of(client, one)["position"]]
