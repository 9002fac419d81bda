"""Pages of verification: what each viewer sees, and what happens to bad input."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from adaldyq.base.errors import DomainError
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from adaldyq.verification import catalogue, states
from adaldyq.verification.actions.decisions import Step, decide
from adaldyq.verification.catalogue import rules
from adaldyq.verification.models import Decision, Finding
from tests.verification.records import (
    AT,
    ESTATE,
    NAME,
    PERSON,
    account,
    analyst,
    as_actor,
    fact,
    made_run,
    the_finding,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]

BrowserOf = Callable[[Account], Client]
CATALOGUE, QUEUE, RUNS = "/en/verification/rules/", "/en/verification/findings/", "/en/verification/runs/"


@pytest.fixture
def desk(browser_of: BrowserOf) -> Client:
    """The browser of an analyst."""
    return browser_of(analyst())


def page_of(finding: Finding) -> str:
    return f"{QUEUE}{finding.pk}/"


def decision_at(finding: Finding) -> str:
    return f"{page_of(finding)}decide/"


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return html.unescape(answer.content.decode())


def test_the_catalogue_names_every_rule_in_every_language(client: Client) -> None:
    for language in ("kk", "ru", "en"):
        text = text_of(client, f"/{language}/verification/rules/")
        for rule in rules().values():
            assert rule.head.title.in_language(language) in text


def test_the_catalogue_is_searched_by_words_and_narrowed_by_severity(client: Client) -> None:
    title = rules()[ESTATE].head.title.en
    assert title in text_of(client, f"{CATALOGUE}?q=REGISTERED+estate")
    assert title in text_of(client, f"{CATALOGUE}?q=недвижимость")
    assert title not in text_of(client, f"{CATALOGUE}?severity=low")
    assert "No rule fits" in text_of(client, f"{CATALOGUE}?q=zzzz")


@pytest.mark.parametrize(
    "query", ["severity=huge", "subject=%27", "q=" + "a" * 300, "severity=low&severity=high&page=abc"]
)
def test_an_odd_filter_of_the_catalogue_is_told_and_breaks_nothing(client: Client, query: str) -> None:
    assert client.get(f"{CATALOGUE}?{query}").status_code == 200


def test_the_page_of_a_rule_shows_the_whole_file(client: Client) -> None:
    rule = rules()[ESTATE]
    text = text_of(client, f"/ru/verification/rules/{ESTATE}/")
    for one in (rule.head.explanation, *rule.head.basis, *rule.head.innocent):
        assert one.ru in text
    for example in (*rule.head.fires_on, *rule.head.silent_on):
        assert example.case.ru in text
    assert rule.version in text
    assert "list_concat" in text


def test_the_catalogue_can_be_downloaded(client: Client) -> None:
    answer = client.get(f"{CATALOGUE}rules.json")
    entries = {entry["id"]: entry for entry in json.loads(answer.content)["rules"]}
    assert set(entries) == set(rules())
    assert entries[ESTATE]["version"] == rules()[ESTATE].version
    assert entries[ESTATE]["sql"].startswith("WITH")


def test_where_the_pack_took_a_number_from_is_said_in_the_language_of_the_page(client: Client) -> None:
    text = text_of(client, "/ru/verification/rules/declarations.gifts-above-income/")
    assert "dragnet, анализ деклараций Украины" in text


def test_a_rule_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get(f"{CATALOGUE}declarations.nothing/").status_code == 404


def test_a_wrong_rule_file_is_told_in_words(client: Client, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made_run()

    def broken() -> None:
        raise DomainError("bad-rule-file", file="declarations/x.sql", line=3, problem="odd")

    monkeypatch.setattr(catalogue, "known", broken)
    for address in (CATALOGUE, f"{CATALOGUE}{ESTATE}/"):
        assert "declarations/x.sql, line 3" in text_of(client, address, status=503)
    assert client.get(f"{CATALOGUE}rules.json").status_code == 503
    assert NAME in text_of(desk, QUEUE)
    assert "no longer in the catalogue" in text_of(desk, page_of(the_finding()))


def test_counts_of_the_country_are_public_and_those_of_imported_people_are_not(client: Client) -> None:
    made_run([fact(PERSON), fact("P2")])
    made_run([fact(f"P{n}") for n in range(77)], dataset="nacp")
    text = text_of(client, f"{CATALOGUE}{ESTATE}/")
    assert "checked 1\u202f200 and asked about 2." in text
    assert "77" not in re.sub("[0-9A-Za-z]{12,}", "", text)  # an id may hold it by chance


def test_public_pages_name_nobody(client: Client) -> None:
    planted = fact(PERSON, "PLANTED-7")
    made_run([planted], names={PERSON: "Planted Name"})
    made_run([planted], names={PERSON: "Planted Name"}, dataset="nacp")
    for finding in Finding.objects.all():
        decide(finding=finding, step=Step(states.TAKE, 0), by=as_actor(analyst(f"Analyst {finding.pk}")), at=AT)
    secrets = ("Planted Name", PERSON, "PLANTED-7", "Analyst ", "nacp", *Finding.objects.values_list("pk", flat=True))
    for address in (CATALOGUE, f"{CATALOGUE}rules.json", *(f"{CATALOGUE}{rule}/" for rule in rules())):
        text = text_of(client, address)
        assert [secret for secret in secrets if secret in text] == [], address


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AGENCY_ANALYST])
def test_nobody_but_an_analyst_sees_a_finding(role: Role, client: Client, browser_of: BrowserOf) -> None:
    made_run(dataset="nacp")
    viewer = client if role is Role.PUBLIC else browser_of(account("Somebody", role))
    for address in (QUEUE, page_of(the_finding()), decision_at(the_finding()), f"{QUEUE}findings.csv"):
        answer = viewer.get(address)
        assert answer.status_code == (302 if role is Role.PUBLIC else 403)
        assert NAME not in answer.content.decode()


def test_the_queue_shows_questions_apart_from_data_quality(desk: Client) -> None:
    made_run()
    made_run([fact("P2", "N1")], kind="quality", dataset="nacp", names={"P2": "Misread Person"})
    text = text_of(desk, QUEUE)
    assert NAME in text
    assert "Misread Person" not in text
    text = text_of(desk, f"{QUEUE}?kind=quality")
    assert "Misread Person" in text
    assert NAME not in text


def test_the_queue_is_narrowed_to_what_is_new_gone_or_mine(browser_of: BrowserOf) -> None:
    names = {"P1": "Staying One", "P2": "Leaving One", "P3": "Coming One"}
    made_run([fact("P1"), fact("P2")], names=names, at=AT - timedelta(days=1))
    made_run([fact("P1"), fact("P3")], names=names)
    one = analyst()
    decide(finding=Finding.objects.get(subject_id="P1"), step=Step(states.TAKE, 0), by=as_actor(one), at=AT)
    desk = browser_of(one)
    for query, shown in {
        "": {"Staying One", "Coming One"},
        "standing=new": {"Coming One"},
        "standing=gone": {"Leaving One"},
        "standing=ever": set(names.values()),
        "whose=mine": {"Staying One"},
        "whose=nobody": {"Coming One"},
        "state=in_work": {"Staying One"},
        "state=decided": set(),
        "person=P3": {"Coming One"},
        "dataset=-": {"Staying One", "Coming One"},
        f"rule={ESTATE}&severity=high": {"Staying One", "Coming One"},
        "severity=low": set(),
    }.items():
        text = text_of(desk, f"{QUEUE}?{query}")
        assert {name for name in names.values() if name in text} == shown, query


def test_the_queue_is_sorted_by_severity_sum_and_day(desk: Client) -> None:
    made_run(
        [fact("P1", amount=Decimal(5)), fact("P2", amount=Decimal(900)), fact("P3", amount=None)],
        names={"P1": "Small", "P2": "Large", "P3": "Unknown"},
    )
    text = text_of(desk, f"{QUEUE}?sort=-amount")
    assert text.index("Large") < text.index("Small") < text.index("Unknown")


@pytest.mark.parametrize(
    "query",
    [
        "page=abc",
        "page=99999",
        "page=-1",
        "sort=password",
        "state=zzz",
        "kind=%00",
        "rule=x'--",
        "standing=old",
        "person=" + "P" * 500,
        "whose=everybody",
        "dataset=../..",
        "severity=low&severity=high",
    ],
)
def test_an_odd_filter_of_the_queue_is_told_and_breaks_nothing(desk: Client, query: str) -> None:
    made_run()
    assert NAME in text_of(desk, f"{QUEUE}?{query}")
    assert desk.get(f"{QUEUE}findings.csv?{query}").status_code == 200


def test_an_unknown_value_is_named_to_the_analyst(desk: Client) -> None:
    assert "“zzz” is not one of the choices." in text_of(desk, f"{QUEUE}?state=zzz")


def test_the_file_holds_what_the_page_shows(desk: Client) -> None:
    made_run([fact("P1"), fact("P2")], names={"P1": "First One", "P2": "=cmd()"})
    answer = desk.get(f"{QUEUE}findings.csv?person=P1")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # the test client hides it
    assert "First One" in text
    assert "cmd()" not in text
    assert text.count("\n") == 2


def test_a_decision_is_recorded_and_told(desk: Client) -> None:
    made_run()
    answer = desk.post(
        decision_at(the_finding()),
        {"step": "explain", "seen": 0, "reason": "Sold in December.", "ruled_out": ["1"]},
        follow=True,
    )
    text = answer.content.decode()
    assert "The decision is recorded" in text
    assert "Sold in December." in text
    assert the_finding().state == states.EXPLAINED
    assert Decision.objects.get().ruled_out == [1]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"step": "explain", "reason": ""}, "Write the reason"),
        ({"step": "explain", "reason": "а" * 100_000}, "The reason has 100000 characters"),
        ({"step": "forgive", "reason": "Because."}, "“forgive” is not a decision"),
        ({"reason": "Because."}, "Choose what you decide."),
        ({"step": "confirm", "reason": "Because."}, "every innocent explanation must be ruled out"),
        ({"step": "explain", "reason": "Because.", "ruled_out": ["77"]}, "is not one of this rule’s explanations"),
        ({"step": "explain", "reason": "Because.", "seen": "x"}, "Open the finding again"),
    ],
)
def test_a_decision_that_lacks_something_comes_back_filled(desk: Client, given: dict[str, str], told: str) -> None:
    made_run()
    answer = desk.post(decision_at(the_finding()), {"seen": 0, **given})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert told in text
    assert "<title>Error: " in text
    assert given["reason"] in text
    assert the_finding().state == states.OPEN


def test_the_second_of_two_analysts_reads_what_the_first_did(browser_of: BrowserOf) -> None:
    made_run()
    first, second = browser_of(analyst("First Analyst")), browser_of(analyst("Second Analyst"))
    address = decision_at(the_finding())
    first.post(address, {"step": "explain", "seen": 0, "reason": "An heir."})
    answer = second.post(address, {"step": "take", "seen": 0, "reason": "My own words."})
    text = answer.content.decode()
    assert answer.status_code == 409
    for told in ("First Analyst", "An heir.", "My own words.", "Somebody was first"):
        assert told in text
    assert Decision.objects.count() == 1


def test_a_finding_in_anothers_work_offers_only_to_take_over(browser_of: BrowserOf) -> None:
    made_run()
    decide(finding=the_finding(), step=Step(states.TAKE, 0), by=as_actor(analyst("First Analyst")), at=AT)
    text = text_of(browser_of(analyst("Second Analyst")), page_of(the_finding()))
    assert "First Analyst works on this finding" in text
    assert 'value="take-over"' in text
    assert 'value="explain"' not in text


def test_whoever_was_signed_out_is_told_that_nothing_was_recorded(desk: Client, client: Client) -> None:
    made_run()
    address = decision_at(the_finding())
    answer = client.post(address, {"step": "explain", "seen": 0, "reason": "Because."})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/en/sign-in/?next=")
    assert "Nothing was recorded" in text_of(desk, address)
    assert the_finding().state == states.OPEN


def test_a_finding_that_is_not_there_is_not_found(desk: Client) -> None:
    for address in (f"{QUEUE}ZZZ/", f"{QUEUE}ZZZ/decide/", f"{RUNS}ZZZ/"):
        assert desk.get(address).status_code == 404
    assert desk.post(f"{QUEUE}ZZZ/decide/", {"step": "take"}).status_code == 404


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_opens_in_every_language(language: str, desk: Client) -> None:
    run = made_run(unjudged={"missing-table:bank_balance": 30})
    for address in (
        "rules/",
        f"rules/{ESTATE}/",
        "findings/",
        f"findings/{the_finding().pk}/",
        "runs/",
        f"runs/{run.pk}/",
    ):
        assert f'lang="{language}"' in text_of(desk, f"/{language}/verification/{address}")


@pytest.mark.parametrize(("address", "queries"), [(QUEUE, 15), (RUNS, 8)])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    address: str, queries: int, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made_run([fact(f"P{n}") for n in range(60)])
    one = analyst("Another")
    for finding in Finding.objects.all()[:30]:
        decide(finding=finding, step=Step(states.TAKE, 0), by=as_actor(one), at=AT)
    with django_assert_max_num_queries(queries):
        desk.get(address)
