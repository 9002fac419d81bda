"""Declarations are closed after their public years and erased after their kept ones, but what a procedure holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django.fixtures import Settings

from adaldyq.base.calendar import Term, TermUnit
from adaldyq.base.disclosure import FEW
from adaldyq.base.errors import NotAllowed
from adaldyq.countries.facts import Retention
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.models import Event, Person, SearchEntry
from adaldyq.kernel.roles import Registry, Role
from adaldyq.ledger import erasures
from adaldyq.ledger.models import Leaf, WaitingErasure
from adaldyq.measures.declarations import statistics
from adaldyq.measures.declarations.actions.distributions import count_distributions
from adaldyq.measures.declarations.actions.non_filing import give_all_notices
from adaldyq.measures.declarations.actions.opening import open_amendment
from adaldyq.measures.declarations.actions.receiving import Reception, give_back, receive_paper
from adaldyq.measures.declarations.actions.retention import Retained, erase_past_term, retain
from adaldyq.measures.declarations.jobs import begin_night
from adaldyq.measures.declarations.models import (
    Declaration,
    Distribution,
    Draft,
    DraftRow,
    FrozenCount,
    Obligation,
    ReceivedPaper,
    SentFile,
)
from adaldyq.measures.declarations.models.reviews import Review, ReviewInquiry, ReviewSelection
from adaldyq.measures.declarations.queries.retention import holds_of, outlook
from adaldyq.measures.declarations.queries.review_numbers import numbers as review_numbers
from adaldyq.project.cli.declaring import declarations
from adaldyq.verification.models import EvidenceRow, Finding, Run
from tests import factories
from tests.measures.declarations.views.journey import account_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BY = system("test")
AT = datetime(2032, 3, 1, 7, tzinfo=UTC)
"""The pack shows declarations for five years and keeps them for eight: of 2026 they are public, of 2023 still kept."""
CLOSED, KEPT, PAST = 2026, 2024, 2023
LATELY = timezone.localdate().year - 11
"""A year whose term has passed by the clock, and that a procedure can still hold."""
Plant = Callable[[Declaration], object]


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> None:
    """Where files lie, and where erasures are noted."""
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"
    settings.ERASED = tmp_path / "outside" / "erased"


def filed(year: int, who: Person | None = None) -> Declaration:
    """A public declaration with a row, which answers an obligation."""
    made = factories.declaration(who, year, rows={"cash": [{"amount": 777_777}]})
    factories.obligation(made.person, year)
    return made


def addresses(one: Declaration) -> list[str]:
    return [
        reverse("declarations-declaration", args=[one.pk]),
        reverse("declarations-person", args=[one.person_id]),
        f"/api/v1/declarations/{one.pk}",
        f"/api/v1/declarations/people/{one.person_id}",
    ]


def test_after_its_public_years_a_declaration_is_behind_no_public_door(client: Client) -> None:
    closed, shown = filed(KEPT), filed(CLOSED + 1)
    assert {client.get(address).status_code for address in addresses(closed)} == {200}
    begin_night({}, AT)
    assert {client.get(address).status_code for address in addresses(closed)} == {404}
    assert {client.get(address).status_code for address in addresses(shown)} == {200}
    for route in ("register", "register-rows", "register-csv", "register-json", "register-entities", "feed"):
        answer = client.get(reverse(f"declarations-{route}"))
        text = answer.getvalue() if getattr(answer, "streaming", False) else answer.content
        assert closed.pk.encode() not in text, route
        assert shown.pk.encode() in text, route
    assert set(SearchEntry.objects.values_list("key", flat=True)) == {shown.person_id}
    assert Declaration.objects.get(pk=closed.pk).cash.count() == 1  # type: ignore[attr-defined]  # made by section_model
    assert not Obligation.objects.get(person=closed.person_id).is_public


def test_whoever_has_newer_open_declarations_is_still_found() -> None:
    closed = filed(CLOSED - 1)
    shown = filed(CLOSED + 1, closed.person)
    retain(by=BY, at=AT)
    assert SearchEntry.objects.filter(key=shown.person_id).exists()
    assert list(Declaration.objects.filter(is_public=True)) == [shown]


def test_after_its_kept_years_a_declaration_is_erased_with_all_that_belongs_to_it() -> None:
    kept = filed(KEPT)
    gone = filed(PAST, kept.person)
    newer = factories.declaration(kept.person, PAST, version=2, rows={"cash": [{"amount": 5}]})
    other = filed(PAST)
    Draft.objects.create(
        person=gone.person, form="income", year=PAST, state="filed", declaration=newer, opened_at=AT, changed_at=AT
    )
    done = retain(by=BY, at=AT)
    assert (done.erased["declarations.Declaration"], done.closed["declarations.Declaration"]) == (3, 4)
    assert list(Declaration.objects.all()) == [kept]
    assert not Draft.objects.exists()
    assert set(Obligation.objects.values_list("year", flat=True)) == {KEPT}
    lines = Leaf.objects.filter(act="declarations.declaration.file", salt__isnull=True)
    assert lines.count() == 3
    assert not Leaf.objects.filter(subject__in=[gone.pk, newer.pk, other.pk]).exists()
    assert Leaf.objects.filter(subject=kept.pk, salt__isnull=False).exists()
    acts = Leaf.objects.filter(act__startswith="declarations.retention.").count()
    assert acts == 2
    assert Event.objects.filter(name="declarations.retention.erase").count() == 1
    assert retain(by=BY, at=AT) == Retained(Counter(), Counter())
    assert Leaf.objects.filter(act__startswith="declarations.retention.").count() == acts


def asked_about(declaration: Declaration, state: str = "open") -> Finding:
    """A finding whose evidence is a row of a declaration, and no more than that row."""
    run = Run.objects.create(snapshot="s", snapshot_path="s", started_at=AT, engine="test")
    made = Finding.objects.create(
        id=declaration.pk, rule="r", kind="flag", severity="low", subject_id="somebody", first_run=run, last_run=run,
        state=state,
    )  # fmt: skip
    row = declaration.cash.get()  # type: ignore[attr-defined]  # made by section_model
    EvidenceRow.objects.create(finding=made, table="declared_cash", key=row.pk, values={"amount": "777777"})
    return made


def unpaid(declaration: Declaration) -> None:
    Obligation.objects.filter(person=declaration.person_id).update(filed_date=None, group="official")
    give_all_notices(by=BY, at=datetime(PAST + 2, 1, 10, tzinfo=UTC))


def amended(declaration: Declaration) -> None:
    by = Actor(id=account_of(declaration.person).pk, person=declaration.person_id, roles=frozenset({Role.CITIZEN}))
    open_amendment(declaration=declaration, by=by, at=AT)


HOLDS: dict[str, Plant] = {"finding": asked_about, "offence": unpaid, "amendment": amended}


@pytest.mark.parametrize("reason", HOLDS)
def test_what_an_open_procedure_needs_is_held_with_its_reason(reason: str) -> None:
    held = filed(PAST)
    free = filed(PAST)
    HOLDS[reason](held)
    assert {year: [one.code for one in holds] for year, holds in holds_of(held.person_id, AT.date()).items()} == {
        PAST: [reason]
    }
    counted = {one.kind: (one.passed, one.going) for one in outlook(AT).lines}
    assert counted["declaration"] == counted["obligation"] == (2, 1)
    assert {hold.code: count for hold, count in outlook(AT).held if count} == {reason: 1}
    retain(by=BY, at=AT)
    assert list(Declaration.objects.all()) == [held]
    assert Obligation.objects.get().person_id == held.person_id
    assert not Declaration.objects.get().is_public  # a hold keeps, and does not show
    assert not holds_of(free.person_id, AT.date())


def test_no_procedure_holds_records_for_longer_than_the_pack_lets_it() -> None:
    held = filed(PAST)
    asked_about(held)
    last = datetime(PAST + 13, 12, 31, 7, tzinfo=UTC)
    retain(by=BY, at=last)
    assert Declaration.objects.filter(pk=held.pk).exists()
    retain(by=BY, at=last + timedelta(1))
    assert not Declaration.objects.exists()
    assert EvidenceRow.objects.get().values == {}


def numbers(year: int) -> tuple[object, ...]:
    """What the pages and files tell of a year."""
    today = AT.date()
    reviews = [(one.part, one.selected, one.decided) for one in review_numbers(today) if one.year == year]
    return (
        statistics.total(statistics.counted(today, year)),
        statistics.by_form(statistics.counted(today, year)),
        [one for one in statistics.counted_years(today) if one.name == str(year)],
        statistics.by_way(year),
        list(Distribution.objects.filter(year=year).order_by("name", "by", "key").values_list("officials", "median")),
        reviews,
    )


def test_the_numbers_of_a_year_stay_when_its_records_go() -> None:
    made = [filed(PAST) for _each in range(6)]
    factories.appointment(made[0].person, factories.post(factories.body()), since=date(PAST, 1, 1))
    facts = {"frame": b"", "weights": {}, "risk_share": 1, "random_share": 1, "risk_count": 6, "random_count": 0}
    drawn = ReviewSelection.objects.create(year=PAST, at=AT, drawn_at=AT, frame_size=6, **facts)
    for one in made:
        Review.objects.create(
            selection=drawn, declaration=one, person=one.person, part="risk", weight=1, state="confirmed",
            decision_due_date=AT.date(),
        )  # fmt: skip
    count_distributions(by=BY, at=AT)
    before = numbers(PAST)
    retain(by=BY, at=AT)
    count_distributions(by=BY, at=AT)
    assert not Declaration.objects.exists()
    assert not Obligation.objects.exists()
    assert numbers(PAST) == before
    page = Client().get(reverse("declarations-statistics"), {"year": PAST}).content.decode()
    assert f"?year={PAST}" in page
    assert Leaf.objects.filter(act="declarations.statistics.freeze").count() == 2
    retain(by=BY, at=AT)
    assert Leaf.objects.filter(act="declarations.statistics.freeze").count() == 2


def test_a_body_of_one_official_does_not_tell_of_them_when_their_year_is_closed(client: Client) -> None:
    tiny, small, large, other = (factories.body(f"Орган {number}", names={}) for number in range(4))
    one = factories.declaration(year=PAST, body=tiny)
    factories.obligation(one.person, PAST, body=tiny)
    factories.appointment(one.person, factories.post(tiny), since=date(PAST, 1, 1))
    address = {"by": "body", "year": str(PAST)}
    retain(by=BY, at=AT)
    FrozenCount.objects.bulk_create(
        FrozenCount(year=PAST, of="outcome", form="income", body=body, owed=owed, on_time=owed, frozen_at=AT)
        for body, owed in ((small, 3), (large, 7), (other, 40))
    )
    answer = client.get(reverse("declarations-statistics-csv"), address)
    told = answer.getvalue().decode()
    lines = {line.partition(",")[0]: line for line in told.splitlines()[1:]}
    assert set(lines) == {FEW, other.pk}, "the large one goes with them, or three would leave one"
    assert ",11,11,11," in lines[FEW]
    page = client.get(reverse("declarations-statistics"), address).content.decode()
    assert "Орган 0" not in page
    assert "Орган 3" in page
    assert statistics.counted(AT.date(), body=tiny.pk) == []
    assert statistics.by_category(AT.date(), PAST) == []


def test_a_paper_holds_its_year_while_it_is_in_hand_and_goes_with_it_afterwards() -> None:
    one = filed(PAST)
    keeper = factories.account("keeper")
    factories.grant(keeper, Role.REGISTRAR, registry=Registry.DECLARATIONS)
    by, day = actor_of(keeper), AT.date()
    reception = Reception(one.person, one.form, PAST, received=day, sheets=2, is_amendment=True)
    paper = receive_paper(reception=reception, by=by, at=AT)
    assert [hold.code for hold in holds_of(one.person_id, day)[PAST]] == ["paper"]
    retain(by=BY, at=AT)
    assert Declaration.objects.filter(pk=one.pk).exists()
    give_back(paper=paper, ground="Its years have passed.", by=by, at=AT)
    retain(by=BY, at=AT)
    assert not Declaration.objects.filter(pk=one.pk).exists()
    assert not ReceivedPaper.objects.exists()


def test_evidence_of_a_decided_finding_shows_the_erased_row_no_more() -> None:
    asked_about(filed(PAST), state="explained")
    retain(by=BY, at=AT)
    assert EvidenceRow.objects.get().values == {}
    assert Run.objects.get().not_reproducible_since == AT
    assert not Declaration.objects.exists()


def test_drafts_and_lists_of_sent_files_go_after_their_own_terms() -> None:
    who = factories.person()
    long_ago = AT - timedelta(days=400)
    for state, year, at in (("open", 2030, long_ago), ("set_aside", 2029, long_ago), ("open", 2031, AT)):
        draft = Draft.objects.create(
            person=who, form="income", year=year, state=state, opened_at=at, changed_at=at, opened_by="x"
        )
        DraftRow.objects.create(draft=draft, section="cash", position=0, typed={"amount": "5"})
    for at in (long_ago, AT):
        SentFile.objects.create(sha256=f"{at:%Y}", sent_by="x", sent_at=at)
    retain(by=BY, at=AT)
    assert list(Draft.objects.values_list("year", flat=True)) == [2031]
    assert DraftRow.objects.count() == SentFile.objects.count() == 1


def test_a_backup_that_is_restored_is_erased_again_by_the_next_night() -> None:
    gone = filed(PAST)
    reference = Leaf.objects.get(subject=gone.pk).reference
    retain(by=BY, at=AT)
    assert (erasures.LINE, reference) in set(WaitingErasure.objects.values_list("kind", "name"))


def test_nobody_but_the_clock_lets_records_go() -> None:
    with pytest.raises(NotAllowed):
        erase_past_term(people=[], by=Actor(id="x", roles=frozenset({Role.REGISTRAR})), at=AT)


def test_pages_tell_until_when_a_declaration_is_public_and_kept(client: Client) -> None:
    translation.activate("en")
    made = filed(2024)
    browser = Client()
    browser.force_login(account_of(made.person))
    own = browser.get(reverse("declarations-filed", args=[made.pk])).content.decode()
    for page in (own, client.get(reverse("declarations-person", args=[made.person_id])).content.decode()):
        for words in ("Public until", "31 December 2029", "Kept until", "31 December 2032"):
            assert words in page.replace("\u00a0", " "), words
    mine = browser.get(reverse("declarations-mine")).content.decode()
    assert "31 December 2032" in mine.replace("\u00a0", " ")


def test_the_keeper_sees_what_goes_and_what_is_held(client: Client) -> None:
    translation.activate("en")
    held = filed(LATELY)
    asked_about(held)
    filed(LATELY)
    client.force_login(factories.account("keeper", Role.REGISTRAR))
    page = " ".join(client.get(reverse("declarations-retention")).content.decode().split())
    assert "8 years" in page
    assert "An open question of verification" in page
    assert holds_of(held.person_id, timezone.localdate())


def test_the_shell_counts_first_and_lets_go_when_it_is_told_to() -> None:
    translation.activate("en")
    held, gone = filed(LATELY), filed(LATELY)
    asked_about(held)
    counted = CliRunner().invoke(declarations, ["retention", "--dry-run"])
    assert counted.exit_code == 0, counted.output
    assert "An open question of verification: 1" in counted.output
    assert Declaration.objects.count() == 2
    done = CliRunner().invoke(declarations, ["retention"])
    assert done.exit_code == 0, done.output
    assert list(Declaration.objects.values_list("pk", flat=True)) == [held.pk] != [gone.pk]


@pytest.mark.parametrize(("state", "left"), [("confirmed", 0), ("asked", 1)])
def test_a_new_shorter_term_lets_explanations_go_before_their_declaration(
    monkeypatch: pytest.MonkeyPatch, state: str, left: int
) -> None:
    made = filed(KEPT)
    selection = ReviewSelection.objects.create(
        year=KEPT,
        at=AT,
        frame=b"",
        frame_size=1,
        weights={},
        risk_share=1,
        random_share=1,
        risk_count=1,
        random_count=0,
    )
    review = Review.objects.create(
        selection=selection, declaration=made, person=made.person, part="risk", weight=1, state=state,
        decision_due_date=AT.date(),
    )  # fmt: skip
    account = factories.account("asker", Role.AGENCY_ANALYST)
    ReviewInquiry.objects.create(review=review, asked_by=account, asked_at=AT, due_date=AT.date())
    retain(by=BY, at=AT)
    assert ReviewInquiry.objects.count() == 1  # of eight years
    two = Retention("explanation", AT.date(), Term(2, TermUnit.YEARS), "a new law")
    pack = replace(naming.pack(), retention=(*naming.pack().retention, two))
    monkeypatch.setattr("adaldyq.kernel.deadlines.days.pack", lambda: pack)
    retain(by=BY, at=AT)
    assert ReviewInquiry.objects.count() == left
    assert Declaration.objects.filter(pk=made.pk).exists()


def test_a_run_that_was_stopped_is_gone_on_with_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    for _person in range(3):
        filed(PAST)
    begun: list[int] = []

    def stops(removed: object, at: datetime, people: object) -> None:
        begun.append(1)
        if len(begun) > 1:
            raise OSError("the machine was switched off")

    with monkeypatch.context() as patch:
        patch.setattr("adaldyq.measures.declarations.queries.retention.PEOPLE_TOGETHER", 1)
        patch.setattr("adaldyq.measures.declarations.actions.retention.blank_evidence", stops)
        with pytest.raises(OSError, match="switched off"):
            retain(by=BY, at=AT)
    left = list(Declaration.objects.values_list("pk", flat=True))
    assert len(left) == 2
    assert Leaf.objects.filter(subject__in=left, salt__isnull=False).count() == 2  # nothing half done
    retain(by=BY, at=AT)
    assert not Declaration.objects.exists()
    assert Leaf.objects.filter(act="declarations.declaration.file", salt__isnull=True).count() == 3
