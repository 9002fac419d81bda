"""A page says that a declaration is in the ledger only when that is so, and checks it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration
from adaldyq.measures.declarations.queries.people import one_declaration
from adaldyq.measures.declarations.queries.receipts import Receipt, receipt
from tests import factories

pytestmark = pytest.mark.django_db


def filed() -> Declaration:
    return factories.official(
        rows={
            "cash": [{"amount": "1250000.50"}],
            "real_estate": [{"kind": "house", "area": "72.5", "share": 50, "address": "Абай 1", "value": 30_000_000}],
            "position": [{"organisation": "Қор", "paid": False}],
        }
    )


def receipt_of(declaration: Declaration) -> Receipt | None:
    found = one_declaration(declaration.pk)
    assert found is not None
    return receipt(found.declaration, found.contents)


def test_a_filed_declaration_has_a_line_that_opens_and_agrees() -> None:
    line = receipt_of(filed())
    assert line is not None
    assert (line.opens, line.agrees, line.position) == (True, True, None)


@pytest.mark.parametrize(
    ("section", "change"),
    [
        ("cash", {"amount": Decimal("1250000.51")}),
        ("real_estate", {"address": "Абай 2"}),
        ("position", {"paid": True}),
    ],
)
def test_a_row_changed_behind_the_acts_shows(client: Client, section: str, change: dict[str, object]) -> None:
    made = filed()
    SECTION_MODELS[section]._default_manager.update(**change)
    line = receipt_of(made)
    assert line is not None
    assert (line.opens, line.agrees) == (True, False)


def test_a_row_taken_away_shows() -> None:
    made = filed()
    SECTION_MODELS["cash"]._default_manager.all().delete()
    line = receipt_of(made)
    assert line is not None
    assert not line.agrees


def test_a_payload_changed_behind_the_acts_shows() -> None:
    made = filed()
    leaf = Leaf.objects.get(payload__contains=made.pk)
    Leaf.objects.filter(pk=leaf.pk).update(payload=(leaf.payload or "").replace('"year":2024', '"year":2023'))
    line = receipt_of(made)
    assert line is not None
    assert not line.opens


def test_without_a_line_nothing_is_claimed(client: Client) -> None:
    made = filed()
    page = f"/en/declarations/{made.pk}/"
    assert "Recorded in the ledger" in client.get(page).content.decode()
    Leaf.objects.all().update(payload=None, salt=None)
    assert receipt_of(made) is None
    text = client.get(page).content.decode()
    assert "Recorded in the ledger" not in text
    assert "has no line for this declaration" in text


def test_the_line_is_shown_once_it_has_its_place_and_the_salt_is_kept(client: Client) -> None:
    made = filed()
    leaf = Leaf.objects.get(payload__contains=made.pk)
    address = f"/en/declarations/{made.pk}/"
    assert "commitment&quot;" not in client.get(address).content.decode()
    Leaf.objects.filter(pk=leaf.pk).update(position=7)
    text = client.get(address).content.decode()
    assert leaf.salt is not None
    assert bytes(leaf.salt).hex() not in text
    assert "commitment&quot;" in text
