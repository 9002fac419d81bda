"""A section of two hundred entries is shown page by page, and an entry is found by its words, without a script."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from adaldyq.kernel.models import Person
from adaldyq.measures.declarations.domain.questions import MOST_ROWS
from adaldyq.measures.declarations.models import Draft, DraftRow
from tests.measures.declarations.views.journey import address, begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(citizen: Client, declarant: Person) -> Draft:
    """With as many accounts as a section takes, the last of them without its bank."""
    opened = begun(citizen, declarant)
    typed = {"owner": "declarant", "country": "KZ", "amount": "5", "currency": "KZT"}
    rows = [
        DraftRow(
            draft=opened,
            section="account",
            position=place,
            typed={**typed, **({"bank": f"Банк {place}"} if place < MOST_ROWS else {})},
        )
        for place in range(1, MOST_ROWS + 1)
    ]
    DraftRow.objects.bulk_create(rows)
    return opened


def titles(client: Client, draft: Draft, query: str = "") -> list[str]:
    page = client.get(address("draft-section", draft.pk, "account") + query).content.decode()
    return [" ".join(one.split()) for one in re.findall(r'summary-card__title">(.*?)</h', page, re.DOTALL)]


def test_twenty_five_entries_stand_on_a_page(citizen: Client, draft: Draft) -> None:
    first, last = titles(citizen, draft), titles(citizen, draft, "?page=8")
    assert (len(first), first[0], first[-1]) == (25, "Банк 1", "Банк 25")
    assert (len(last), last[0], last[-1]) == (25, "Банк 176", f"Entry {MOST_ROWS}")
    page = citizen.get(address("draft-section", draft.pk, "account") + "?page=8").content.decode()
    assert f"of {MOST_ROWS}" in page
    assert "Together: 1 000" in page.replace("\u00a0", " ").replace("\u202f", " "), "sums are of all entries"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=банк+137", ["Банк 137"]),
        ("?q=Bank+137", ["Банк 137"]),
        ("?mend=on", [f"Entry {MOST_ROWS}"]),
        ("?q=nothing+of+the+kind", []),
        ("?q=" + "x" * 201, None),
        ("?page=99", None),
        ("?page=-1&q=\u202e", None),
    ],
)
def test_an_entry_is_found_by_its_words(citizen: Client, draft: Draft, query: str, found: list[str] | None) -> None:
    shown = titles(citizen, draft, query)
    assert shown == found if found is not None else len(shown) == 25
    assert (
        "No entry fits." in citizen.get(address("draft-section", draft.pk, "account") + query).content.decode()
    ) == (found == [])


def test_whoever_changes_an_entry_comes_back_to_its_page(citizen: Client, draft: Draft) -> None:
    row = draft.rows.get(position=60)
    sent = {**row.typed, "amount": "7", "revision": str(row.revision)}
    back = citizen.post(address("draft-row", draft.pk, "account", row.pk), sent).headers["Location"]
    assert back.endswith("?page=3#rows")
    assert "Банк 60" in titles(citizen, draft, "?page=3")
    gone = citizen.post(address("draft-row-remove", draft.pk, "account", row.pk)).headers["Location"]
    assert gone.endswith("?page=3#rows")


def test_a_short_section_has_no_pages(citizen: Client, draft: Draft) -> None:
    draft.rows.filter(position__gt=25).delete()
    page = citizen.get(address("draft-section", draft.pk, "account")).content.decode()
    assert "Find an entry" not in page
    assert len(titles(citizen, draft)) == 25
