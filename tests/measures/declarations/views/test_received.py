"""A declaration on paper is taken in, keyed in by two people who do not see each other's, compared, checked and filed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.actor import actor_of, system
from adaldyq.kernel.deadlines.actions import start_deadline
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.models import Account, Body, Document, Notification, Person, Read, Upload
from adaldyq.kernel.naming import pack
from adaldyq.kernel.roles import Registry, Role
from adaldyq.kernel.sessions import BEGAN, SEEN
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.actions.keying import key_in
from adaldyq.measures.declarations.domain.questions import sections_of
from adaldyq.measures.declarations.models import Declaration, KeyedSection, Keying, NonFiling, Obligation, ReceivedPaper
from adaldyq.measures.declarations.queries.non_filing import to_notice
from adaldyq.measures.declarations.queries.plans import to_remind
from adaldyq.measures.declarations.statistics import counted
from adaldyq.measures.declarations.tables import in_hand
from tests import factories
from tests.kernel.documents.reading import text_of

pytestmark = pytest.mark.django_db

PAPERS = "/en/declarations/papers/"
YEAR = 2024
RECEIVED = pack().filing_days["paper"].of(YEAR)
CAR = {"kind": "car", "make": "Toyota Camry", "basis": "ownership", "value": "9 500 000,50"}
DAY = {f"received_{part}": str(value) for part, value in zip(("day", "month", "year"), (15, 7, 2025), strict=True)}


@pytest.fixture
def declarant() -> Person:
    """An official who owes a declaration, with an account; the last day is the electronic one."""
    who = factories.person()
    factories.obligation(who, YEAR, due_date=pack().filing_deadlines[YEAR], body=factories.body(), is_public=True)
    Account.objects.filter(pk=factories.account("citizen", Role.CITIZEN).pk).update(person=who)
    return who


def officer(name: str, **bounds: Any) -> Client:
    """A browser of a registrar of declarations, opened on first use."""
    account = Account.objects.filter(username=name).first()
    if account is None:
        account = factories.account(name)
        factories.grant(account, Role.REGISTRAR, registry=Registry.DECLARATIONS, **bounds)
    client = Client()
    client.force_login(account)
    return client


def opened(*names: str) -> None:
    """Accounts of registrars who act without a page."""
    for name in names:
        officer(name)


def taken(who: Person, by: str = "first", **other: object) -> ReceivedPaper:
    """A paper, taken in through the page."""
    given = {"person": who.pk, "form": "income", "year": str(YEAR), "sheets": "3", **DAY, **other}
    opened("first", "second", "third")
    answer = officer(by).post(f"{PAPERS}new/", given)
    assert answer.status_code == 302, answer.content.decode()
    return ReceivedPaper.objects.get(pk=answer.headers["Location"].split("/")[-2])


def step(by: str, paper: ReceivedPaper, name: str, text: str = "") -> tuple[int, str]:
    answer = officer(by).post(f"{PAPERS}{paper.pk}/", {"step": name, "text": text})
    paper.refresh_from_db()
    return answer.status_code, answer.content.decode()


def page_of(by: str, paper: ReceivedPaper, section: str) -> dict[str, str]:
    """What the page of a section would send: its hidden boxes."""
    page = officer(by).get(f"{PAPERS}{paper.pk}/keying/{section}/").content.decode()
    return dict(re.findall(r'name="(start|count|shown|revision|anyway)" value="(\d+)"', page))


def keyed(by: str, paper: ReceivedPaper, section: str, *rows: dict[str, str], **more: str) -> tuple[int, str]:
    """Entries of a section, sent through its page."""
    boxes = {f"e{number}-{name}": text for number, row in enumerate(rows, 1) for name, text in row.items()}
    answer = officer(by).post(
        f"{PAPERS}{paper.pk}/keying/{section}/", {**page_of(by, paper, section), "go": "next", **boxes, **more}
    )
    return answer.status_code, answer.content.decode()


def keyed_in(by: str, paper: ReceivedPaper, *cars: dict[str, str]) -> None:
    """All sections of a paper, with these vehicles only, said to be whole."""
    actor = actor_of(Account.objects.get(username=by))
    key_in(paper=paper, rows={"vehicle": cars}, by=actor, at=timezone.now())
    paper.refresh_from_db()


def keyed_on_pages(by: str, paper: ReceivedPaper, *cars: dict[str, str]) -> None:
    """The same through the pages."""
    assert step(by, paper, "begin")[0] == 302
    browser, address = officer(by), f"{PAPERS}{paper.pk}/keying/"
    for one in sections_of(paper.form):
        if one.name != "vehicle":
            assert browser.post(f"{address}{one.name}/").status_code == 302
    assert keyed(by, paper, "vehicle", *cars)[0] == 302
    assert browser.post(address).status_code == 302
    paper.refresh_from_db()


def told(who: Person) -> list[str]:
    return list(
        Notification.objects.filter(account__person=who).order_by("created_at").values_list("message", flat=True)
    )


def test_what_two_people_key_in_alike_is_filed_as_of_the_day_on_which_it_came(declarant: Person) -> None:
    paper = taken(declarant, scans=SimpleUploadedFile("sheet.png", PNG, "image/png"))
    keyed_on_pages("first", paper, CAR)
    assert paper.state == "keyed"
    keyed_on_pages("second", paper, CAR | {"value": "9500000.5", "make": "Toyota  Camry"})
    filed = Declaration.objects.get()
    assert (paper.state, paper.declaration) == ("filed", filed)
    assert (filed.way, filed.filed_date, filed.due_date, filed.version) == ("paper", RECEIVED, RECEIVED, 1)
    (car,) = filed.vehicle.all()  # type: ignore[attr-defined]  # made from the sections
    assert (car.owner, car.currency, car.country, int(car.share)) == ("declarant", "KZT", "KZ", 100)
    assert (Obligation.objects.get().filed_date, Obligation.objects.get().due_date) == (RECEIVED, RECEIVED)
    assert Leaf.objects.filter(act="declarations.declaration.file").count() == 1
    assert Leaf.objects.filter(act="declarations.paper.receive").count() == 1
    assert told(declarant) == ["paper-received", "paper-filed"]
    assert Upload.objects.get().subject_id == paper.pk
    assert Read.objects.filter(person_id=declarant.pk, kind="declaration_paper").exists()


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc33"
    "0000000049454e44ae426082"
)


def test_nobody_keys_a_paper_in_twice_nor_sees_what_the_other_typed(declarant: Person) -> None:
    paper = taken(declarant)
    keyed_in("first", paper, CAR)
    assert step("first", paper, "begin")[0] == 422
    assert officer("first").get(f"{PAPERS}{paper.pk}/keying/").status_code == 302
    assert Keying.objects.count() == 1
    assert step("second", paper, "begin")[0] == 302
    assert step("third", paper, "begin")[0] == 422
    for address in ("", "keying/", "keying/vehicle/"):
        assert "Toyota" not in officer("second").get(f"{PAPERS}{paper.pk}/{address}").content.decode()
    assert officer("third").get(f"{PAPERS}{paper.pk}/keying/vehicle/").status_code == 302


def test_only_the_differences_are_shown_and_somebody_who_was_not_first_decides(declarant: Person) -> None:
    paper = taken(declarant)
    niva = CAR | {"make": "Niva", "value": "100"}
    keyed_in("first", paper, CAR, niva)
    keyed_in("second", paper, CAR | {"value": "9500000", "acquired_date_day": "7"})
    assert paper.state == "differs"
    address = f"{PAPERS}{paper.pk}/differences/"
    shown = [address in officer(name).get(f"{PAPERS}{paper.pk}/").content.decode() for name in ("first", "second")]
    assert shown == [False, True]
    page = officer("second").get(address).content.decode()
    assert "4.10 Value, Entry 1" in page
    assert "4.6 Share" not in page
    assert "only one of the two has it" in page
    decision = {"d0": "typed", "t0_day": "8", "t0_month": "3", "t0_year": "2019", "d1": "first", "d2": "not_there"}
    assert officer("first").post(address, decision).status_code == 422
    assert officer("second").post(address, decision | {"d1": ""}).status_code == 422
    assert not Declaration.objects.exists()
    assert officer("second").post(address, decision).status_code == 302
    paper.refresh_from_db()
    assert paper.state == "filed"
    (car,) = Declaration.objects.get().vehicle.all()  # type: ignore[attr-defined]  # made from the sections
    assert (str(car.value), car.acquired_date.isoformat()) == ("9500000.50", "2019-03-08")


def test_what_a_check_refuses_stays_in_hand_with_its_reason_and_the_person_reads_it(declarant: Person) -> None:
    paper = taken(declarant)
    wrong = CAR | {"share": "150"}
    step("first", paper, "begin")
    status, page = keyed("first", paper, "vehicle", wrong)
    assert status == 422
    assert "A share lies above 0" in page
    assert KeyedSection.objects.get().rows == [wrong], "it is kept as the paper says it"
    assert keyed("first", paper, "vehicle", wrong, anyway="1")[0] == 302
    keyed_in("first", paper, wrong)
    keyed_in("second", paper, wrong)
    assert paper.state == "refused"
    assert not Declaration.objects.exists()
    line = "4.6 Share, Entry 1: A share lies above 0"
    citizen = Client()
    citizen.force_login(Account.objects.get(username="citizen"))
    own = citizen.get("/en/declarations/mine/").content.decode()
    assert paper.number in own
    assert "It cannot be filed as it stands" in own
    assert "You need not file the same" not in own
    assert line in officer("third").get(f"{PAPERS}{paper.pk}/").content.decode()
    assert line in citizen.get(f"/en/declarations/mine/papers/{paper.pk}/").content.decode()
    assert told(declarant) == ["paper-received", "paper-refused"]
    assert step("third", paper, "again")[0] == 302
    for by in ("first", "second"):
        keyed_in(by, paper, CAR | {"share": "50"})
    assert paper.state == "filed"
    assert told(declarant)[-1] == "paper-filed"


def test_what_is_typed_survives_a_new_sign_in_and_a_second_window(declarant: Person) -> None:
    paper = taken(declarant)
    step("first", paper, "begin")
    stale = page_of("first", paper, "vehicle")
    keyed("first", paper, "vehicle", CAR)
    assert "Toyota Camry" in officer("first").get(f"{PAPERS}{paper.pk}/keying/vehicle/").content.decode()
    answer = officer("first").post(f"{PAPERS}{paper.pk}/keying/vehicle/", {**stale, "e1-make": "Niva"})
    assert answer.status_code == 409
    assert "Niva" in answer.content.decode()
    emptied = officer("first").post(f"{PAPERS}{paper.pk}/keying/vehicle/", {"shown": "1"})
    assert emptied.status_code == 409
    assert KeyedSection.objects.get().rows[0]["make"] == "Toyota Camry"
    many = [CAR | {"make": f"Car {number}"} for number in range(1, 11)]
    keyed("first", paper, "vehicle", *many, go="more", count="10")
    more = f"{PAPERS}{paper.pk}/keying/vehicle/?from=10"
    assert "Entry 11" in officer("first").get(more).content.decode()
    hidden = {"start": "10", "count": "1", "shown": "0", "revision": "2", "go": "list"}
    officer("first").post(more, {**hidden, **{f"e11-{name}": text for name, text in CAR.items()}})
    assert [row["make"] for row in KeyedSection.objects.get().rows] == [f"Car {one}" for one in range(1, 11)] + [
        "Toyota Camry"
    ]
    unfinished = officer("first").post(f"{PAPERS}{paper.pk}/keying/")
    assert unfinished.status_code == 422
    assert "15 sections were not gone through" in unfinished.content.decode()


def test_a_paper_after_its_last_day_is_late_though_the_electronic_day_is_to_come(declarant: Person) -> None:
    paper = taken(declarant, received_month="8")
    assert "After the last day on paper" in officer("first").get(f"{PAPERS}{paper.pk}/").content.decode()
    keyed_in("first", paper)
    keyed_in("second", paper)
    filed = Declaration.objects.get()
    assert filed.filed_date is not None
    assert filed.due_date == RECEIVED < filed.filed_date < pack().filing_deadlines[YEAR]
    assert Obligation.objects.get().due_date == RECEIVED


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"received_year": "2099"}, "still to come"),
        ({"received_month": "12", "received_year": "2024"}, "is not over yet"),
        ({"received_day": "31", "received_month": "2"}, "There is no such day"),
        ({"sheets": "0"}, "number of sheets"),
        ({"is_amendment": "on"}, "Nothing was filed"),
        ({"person": "NOBODY"}, "Nobody has this number"),
        ({"scans": SimpleUploadedFile("sheet.png", b"<html>", "image/png")}, "sheet.png"),
    ],
)
def test_what_cannot_be_taken_in_is_told_beside_its_box(wrong: dict[str, Any], said: str, declarant: Person) -> None:
    given = {"person": declarant.pk, "form": "income", "year": str(YEAR), "sheets": "3", **DAY, **wrong}
    answer = officer("first").post(f"{PAPERS}new/", given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ReceivedPaper.objects.exists()


def test_a_paper_whose_declaration_was_filed_online_meanwhile_says_so(declarant: Person) -> None:
    paper = taken(declarant)
    factories.declaration(declarant, YEAR)
    keyed_in("first", paper)
    keyed_in("second", paper)
    assert paper.state == "refused"
    Declaration.objects.update(filed_at=timezone.now())
    citizen = Client()
    citizen.force_login(Account.objects.get(username="citizen"))
    for page in ("/en/declarations/mine/", f"/en/declarations/mine/papers/{paper.pk}/"):
        assert "You have filed this declaration since" in citizen.get(page).content.decode()
    assert "after the paper had come" in officer("third").get(f"{PAPERS}{paper.pk}/").content.decode()
    assert step("third", paper, "file")[0] == 302
    assert (paper.state, Declaration.objects.count()) == ("refused", 1)
    assert step("third", paper, "amends_nothing")[0] == 422
    assert step("third", paper, "amends")[0] == 302
    assert step("third", paper, "amends")[0] == 409
    assert step("third", paper, "file")[0] == 302
    assert (paper.state, Declaration.objects.get(is_current=True).version) == ("refused", 1)
    assert Leaf.objects.filter(act="declarations.paper.mark").count() == 1


def test_a_paper_is_in_hand_once_holds_back_the_notice_and_is_given_back_with_a_ground(declarant: Person) -> None:
    Obligation.objects.update(group="official")
    after = pack().filing_deadlines[YEAR] + timedelta(1)
    assert to_notice(after).count() == 1
    paper = taken(declarant)
    assert to_notice(after).count() == 0
    assert not NonFiling.objects.exists()
    given = {"person": declarant.pk, "form": "income", "year": str(YEAR), "sheets": "3", **DAY}
    assert "in hand already" in officer("second").post(f"{PAPERS}new/", given).content.decode()
    assert step("second", paper, "give_back")[0] == 422
    assert step("second", paper, "give_back", "Not signed.")[0] == 302
    assert told(declarant)[-1] == "paper-given-back"
    assert to_notice(after).count() == 1
    taken(declarant, "second")


def test_a_paper_counts_from_the_day_on_which_it_came_while_it_is_keyed_in(declarant: Person) -> None:
    factories.declaration(declarant, YEAR - 1)
    person = f"/en/declarations/people/{declarant.pk}/"
    deadline = start_deadline(
        subject=Obligation.objects.get(),
        due=Due("filing", "File", pack().filing_deadlines[YEAR], working=False),
        bound=Bound(person=declarant),
        by=system("clock"),
        at=factories.AT,
    )
    assert "Not filed" in Client().get(person).content.decode()
    paper = taken(declarant)
    owed = Obligation.objects.get()
    assert (owed.filed_date, owed.due_date) == (RECEIVED, RECEIVED)
    assert "Received on paper, being entered" in Client().get(person).content.decode()
    assert (
        "Received on paper, being entered" in Client().get(f"/en/declarations/bodies/{owed.body_id}/").content.decode()
    )
    assert sum(one.outcomes.on_time for one in counted(timezone.localdate(), YEAR)) == 1
    deadline.refresh_from_db()
    assert deadline.state in {"met", "met_late"}
    assert [row["id"] for row in in_hand()] == [paper.pk]
    assert step("second", paper, "give_back", "Not signed.")[0] == 302
    owed.refresh_from_db()
    assert (owed.filed_date, owed.due_date) == (None, pack().filing_deadlines[YEAR])
    assert list(to_remind(factories.AS_OF)) == [owed]
    assert "Not filed" in Client().get(person).content.decode()


def test_a_paper_amends_what_was_filed_and_the_list_has_it_with_its_age(declarant: Person) -> None:
    before = factories.declaration(declarant, YEAR, filed_at=datetime(2025, 6, 1, 8, tzinfo=UTC))
    paper = taken(declarant, is_amendment="on")
    page = officer("second").get(PAPERS).content.decode()
    assert paper.number in page
    assert str((timezone.localdate() - RECEIVED).days) in page
    keyed_in("first", paper)
    step("second", paper, "begin")
    assert step("third", paper, "leave")[0] == 302
    keyed_in("third", paper)
    versions = Declaration.objects.filter(person=declarant).order_by("version")
    assert [(one.version, one.way, one.is_current) for one in versions] == [
        (1, before.way, False),
        (2, "paper", True),
    ]
    assert paper.number not in officer("second").get(PAPERS).content.decode()
    assert paper.number in officer("second").get(f"{PAPERS}?state=filed").content.decode()


def test_the_receipt_is_printed_and_lies_with_the_documents_of_the_person(declarant: Person) -> None:
    paper = taken(declarant)
    answer = officer("first").post(f"{PAPERS}{paper.pk}/receipt/", follow=True)
    text = text_of(answer.content)
    assert paper.number in text
    assert "Receipt of a declaration on paper" in text
    assert Document.objects.get().person_id == declarant.pk


def test_a_keeper_of_another_body_and_the_declarant_see_nothing_of_it(declarant: Person, client: Client) -> None:
    paper = taken(declarant)
    Account.objects.filter(pk=Account.objects.get(username="first").pk).update(person=declarant)
    other = factories.body("Басқа министрлік")
    for browser in (officer("first"), officer("elsewhere", body=other)):
        assert browser.get(f"{PAPERS}{paper.pk}/").status_code == 404
        assert paper.number not in browser.get(PAPERS).content.decode()
    assert officer("here", body=Body.objects.get(pk=paper.body_id)).get(f"{PAPERS}{paper.pk}/").status_code == 200
    given = {"person": declarant.pk, "form": "assets", "year": str(YEAR), "sheets": "3", **DAY}
    assert "taken in and keyed in by others" in officer("first").post(f"{PAPERS}new/", given).content.decode()


def test_what_was_typed_when_the_sign_in_ended_comes_back_with_the_next(declarant: Person) -> None:
    paper = taken(declarant)
    step("first", paper, "begin")
    keyed("first", paper, "vehicle", *[CAR] * 10, go="more", count="10")
    browser, account = officer("first"), Account.objects.get(username="first")
    section = f"{PAPERS}{paper.pk}/keying/vehicle/"
    hidden = {"start": "10", "count": "1", "shown": "0", "revision": "1", "go": "next"}
    typed: dict[str, dict[str, str]] = {
        f"{section}?from=10": {**hidden, "e11-make": "Typed Long Ago"},
        f"{PAPERS}new/": {"person": declarant.pk, "form": "income", "year": str(YEAR), "sheets": "7777", **DAY},
        f"{PAPERS}{paper.pk}/documents/": {"place": "11", "reason": "Burnt in the archive."},
    }
    for address, boxes in typed.items():
        session = browser.session
        session[BEGAN] = session[SEEN] = 1
        session.save()
        assert "sign-in" in browser.post(address, boxes).headers["Location"]
        browser.force_login(account)
        page = unescape(browser.get(address.split("?")[0]).content.decode())
        assert "is not saved yet" in page
        assert all(text in page for name, text in boxes.items() if name in {"e11-make", "sheets", "reason"})
    browser.post(f"{section}?from=10", typed[f"{section}?from=10"])
    assert KeyedSection.objects.get().rows[10] == {"make": "Typed Long Ago"}
