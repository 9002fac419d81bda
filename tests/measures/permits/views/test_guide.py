"""The guided questions end with everything that somebody needs, and promise nothing that nobody looks up."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from adaldyq.base.errors import DomainError
from adaldyq.countries.permits import PaperFact
from adaldyq.kernel import naming
from adaldyq.measures.permits.actions.catalogue import amend_entry
from adaldyq.measures.permits.actions.loading import load_pack, load_procedures
from tests import factories
from tests.factories import BY
from tests.measures.permits.applying import opened
from tests.measures.permits.entries import AT, entry, spoken, terms

pytestmark = pytest.mark.django_db

NOTHING = "you need nothing"
BESIDES = "something is needed for other things"


def page(query: str) -> str:
    """The guide."""
    return html.unescape(Client().get(f"/en/permits/guide/{query}").content.decode())


def test_a_bus_company_that_opens_a_business_learns_of_the_licence_for_buses() -> None:
    for name in sorted({one.body for one in naming.pack().permits}):
        factories.body(name)
    load_pack(by=BY, at=AT)
    load_procedures(by=BY, at=AT)
    assert 'value="49"' in page("?event=open_business")
    end = page("?event=open_business&activity=49")
    assert "L-004" in end
    assert NOTHING not in end


def test_what_names_no_life_event_is_needed_by_whoever_works_in_its_branch() -> None:
    opened(life_events=[], activities=["86"])
    end = page("?event=open_business&activity=86")
    assert ("L-001" in end, BESIDES in end) == (True, False)


def test_what_is_for_something_else_in_the_branch_is_told_apart() -> None:
    opened(life_events=["open_business"], activities=["56"])
    opened("L-002", life_events=["build"], activities=["56"])
    end = page("?event=open_business&activity=56")
    before, told, after = end.partition(BESIDES)
    assert ("L-001" in before, "L-002" in before, bool(told), "L-002" in after) == (True, False, True, True)
    assert NOTHING in page("?event=open_business&activity=01")
    assert NOTHING in page("?event=any&activity=any")


def test_no_entry_promises_a_document_of_a_register_that_is_not_asked() -> None:
    of_residence = [PaperFact(spoken("Certificate of residence"), "residence")]
    with pytest.raises(DomainError) as refused:
        entry(documents=of_residence)
    assert (refused.value.code, refused.value.field) == ("declared-not-offered", "documents")
    made = entry()
    with pytest.raises(DomainError):
        amend_entry(entry=made, terms=terms(documents=of_residence), body=made.body, since=AT.date(), by=BY, at=AT)


def test_a_promise_of_before_is_not_repeated_on_the_page() -> None:
    made = opened(documents=[PaperFact(spoken("Certificate of residence"), "land_register")])
    version = made.versions.get()
    version.documents = [{**version.documents[0], "held_by": "residence"}]
    version.save()
    start = re.sub(r"<[^>]+>", " ", html.unescape(Client().get("/en/permits/L-001/apply/").content.decode()))
    assert "Certificate of residence" in start
    assert "you need not bring it" not in start


def test_no_answer_is_chosen_beforehand_and_a_question_without_one_says_so() -> None:
    opened()
    for begun, name in (("", "event"), ("?event=open_business", "activity")):
        asked = page(begun)
        assert f'name="{name}"' in asked
        assert "checked" not in asked
        sent = Client().get(f"/en/permits/guide/{begun}{'&' if begun else '?'}question={name}")
        said = html.unescape(sent.content.decode())
        assert (sent.status_code, "There is a problem" in said, "None of these”." in said) == (422, True, True)
        assert f'href="#id_{name}' in said
