"""An official of whom two records were one has one page, by the id that is kept, and the other leads there."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from adaldyq.kernel.actions import merges
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Merge, SearchEntry
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.models import Declaration
from tests import factories
from tests.kernel.registry import AT
from tests.measures.declarations.test_redaction import CHILD, content

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)
PEOPLE, API = "/en/declarations/people/", "/api/v1/declarations/people/"


def merged(kept: Declaration, gone: Declaration, by: str = "") -> Merge:
    """Let the people of two declarations be one."""
    first, second = (actor_of(factories.account(f"{name}{by}", Role.REGISTRAR)) for name in ("proposes", "confirms"))
    facts = {"register": "person", "kept": kept.person_id, "merged": gone.person_id, "reason": "One birth record"}
    return merges.confirm_merge(merge=merges.propose_merge(**facts, by=first, at=AT), by=second, at=LATER)


def found() -> set[str]:
    """Officials whom the search of the whole site finds."""
    return set(SearchEntry.objects.filter(kind="official").values_list("key", flat=True))


@pytest.mark.parametrize("years", [(2023, 2024), (2024, 2024)], ids=["no clash", "both filed for one year"])
def test_a_merged_official_has_one_page_and_the_other_id_leads_there(client: Client, years: tuple[int, int]) -> None:
    kept = factories.official(years[0], rows={"cash": [{"amount": 11}]})
    gone = factories.official(years[1], rows={"cash": [{"amount": 22}]})
    old, new = gone.person_id, kept.person_id
    assert found() == {old, new}
    merge = merged(kept, gone)
    for part in ("", "declarations.csv", "declarations.json", "declarations.ftm.json", "change.csv"):
        answer = client.get(f"{PEOPLE}{old}/{part}?compare=")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{PEOPLE}{new}/{part}?compare="), part
    for part in ("", "/entities"):
        answer = client.get(f"{API}{old}{part}?limit=2")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{API}{new}{part}?limit=2")
    page = client.get(f"{PEOPLE}{new}/").content.decode()
    told = client.get(f"{API}{new}").json()
    assert {kept.pk, gone.pk} == {one["id"] for one in told["declarations"]}
    assert all(f"/declarations/{one.pk}/" in page for one in (kept, gone)), "both stand in the list of years"
    whole = json.loads(client.get("/en/declarations/declarations.json").getvalue())["declarations"]
    assert {(one["id"], one["person_id"]) for one in whole} == {(kept.pk, new), (gone.pk, new)}
    assert found() == {new}
    first, second = (actor_of(factories.account(name, Role.REGISTRAR)) for name in ("splits", "agrees"))
    split = merges.propose_split(merge=merge, reason="Two birth records", by=first, at=LATER)
    merges.confirm_split(merge=split, by=second, at=LATER)
    assert found() == {old, new}
    assert [client.get(f"{PEOPLE}{one}/").status_code for one in (old, new)] == [200, 200]


def test_a_record_that_was_merged_into_one_without_declarations_tells_nothing(client: Client) -> None:
    kept, gone = factories.person(), factories.person()
    first, second = (actor_of(factories.account(name, Role.REGISTRAR)) for name in ("proposes", "confirms"))
    facts = {"register": "person", "kept": kept.pk, "merged": gone.pk, "reason": "One birth record"}
    merges.confirm_merge(merge=merges.propose_merge(**facts, by=first, at=AT), by=second, at=LATER)
    assert client.get(f"{PEOPLE}{gone.pk}/").status_code == 404
    assert client.get(f"{API}{gone.pk}").status_code == 404


def test_a_child_is_named_by_no_declaration_whichever_of_the_merged_records_it_stayed_with(client: Client) -> None:
    kept, gone, again = (
        factories.official(2024, rows={"position": [{"organisation": f"Қор {CHILD[0]}", "title": "x"}]})
        for _each in range(3)
    )
    factories.family_tie(gone.person, factories.person(CHILD), "child")
    stayed = gone.person_id
    merged(kept, gone)
    merged(again, kept, "agrees")
    addresses = [
        *(reverse("declarations-declaration", args=[one.pk]) for one in (kept, gone, again)),
        *(f"/api/v1/declarations/{one.pk}" for one in (kept, gone, again)),
        reverse("declarations-person-json", args=[again.person_id]),
        reverse("declarations-register-json"),
    ]
    assert [one for one in addresses if CHILD[0].split()[1] in content(client, one)] == []
    assert Declaration.objects.get(pk=gone.pk).person_id == stayed, "the year clashes"
