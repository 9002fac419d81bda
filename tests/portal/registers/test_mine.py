"""What a person sees of their own, and how they say that it is wrong."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from adaldyq.kernel.access import reads_by_route
from adaldyq.kernel.actions import corrections, merges
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account, Company, CorrectionRequest, LandRight, Notification, Person, SourceKey
from adaldyq.kernel.reads import record
from adaldyq.kernel.registry import as_text
from adaldyq.kernel.roles import Role
from adaldyq.kernel.uploads.actions import take_in
from adaldyq.kernel.uploads.purposes import CORRECTION
from adaldyq.portal.registers import words
from adaldyq.ui.formats.values import money, number
from tests import factories
from tests.kernel.registry import AT
from tests.portal.registers.test_pages import address, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return factories.person()


@pytest.fixture
def citizen(person: Person) -> Client:
    return signed_in("citizen", Role.CITIZEN, person)


def signed_in(name: str, role: Role, person: Person | None = None) -> Client:
    account = factories.account(name, role)
    Account.objects.filter(pk=account.pk).update(person=person)
    browser = Client()
    browser.force_login(Account.objects.get(pk=account.pk))
    return browser


def test_my_data_holds_the_registries_and_other_rooms(citizen: Client, person: Person) -> None:
    other = factories.person(["Бөтен Адам", "Чужой Человек", "Stranger Person"])
    factories.family_tie(person, other)
    factories.declaration(person)
    page = text_of(citizen, "registers-mine")
    assert "Tanatarov Serik Abdievich" in page
    assert "This is wrong" in page
    file = json.loads(citizen.get(address("registers-mine-json")).content)
    kinds = {one["kind"] for one in file["held"]}
    assert {"kernel.Person", "kernel.PersonName", "kernel.FamilyTie", "declarations.Declaration"} <= kinds
    assert "Stranger" not in json.dumps(file)
    assert not any(kind.startswith("verification.") for kind in kinds)
    assert "password" not in json.dumps(file)


def test_my_data_holds_my_sign_in_files_messages_and_what_names_my_records_by_id(
    citizen: Client, person: Person, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"
    account = Account.objects.get(username="citizen")
    by, pdf = actor_of(account), b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
    upload = take_in(purpose=CORRECTION, name="passport.pdf", content=pdf, by=by, at=AT, person=person)
    claim = corrections.Claim("person", person.pk, "sex", "m", "Passport 1")
    asked = corrections.submit_correction(claim=claim, files=[upload], by=by, at=AT)
    Notification.objects.create(account=account, key="k", message="m", created_at=AT)
    SourceKey.objects.create(register="person", source="tax", key="T1", record_id=person.pk)
    TOTP.activate(account, secret := generate_totp_secret())
    official = signed_in("official", Role.REGISTRAR, factories.person(["Бөтен Адам"]))
    registrar = actor_of(Account.objects.get(username="official"))
    corrections.take_correction(request=asked, by=registrar, at=AT)
    file = citizen.get(address("registers-mine-json")).content.decode()
    kinds = {one["kind"]: one["records"] for one in json.loads(file)["held"]}
    assert kinds["kernel.Upload"][0]["name"] == "passport.pdf"
    assert kinds["kernel.Account"][0]["username"] == "citizen"
    assert {"kernel.RoleGrant", "kernel.Notification", "kernel.CorrectionRequest", "kernel.Deadline"} <= set(kinds)
    assert {"kernel.SourceKey", "mfa.Authenticator", "ledger.Leaf"} <= set(kinds)
    assert secret not in file
    assert upload.place not in file
    assert "Passport 1" not in official.get(address("registers-mine-json")).content.decode()
    assert "Files" in text_of(citizen, "registers-mine")


def test_numbers_of_my_data_are_written_as_people_write_them(citizen: Client, person: Person) -> None:
    factories.land(person, share=Decimal("50.5"), area=Decimal(1214), price=Decimal(27890000), currency="KZT")
    page = text_of(citizen, "registers-mine")
    for shown in (">50.5<", f">{number(1214)}<", f">{money(27890000, 'KZT')}<"):
        assert shown in page


def test_a_sign_in_without_a_person_is_told_so() -> None:
    browser = signed_in("nobody", Role.CITIZEN)
    assert "does not belong to a person" in text_of(browser, "registers-mine")
    assert browser.get(address("registers-mine-json")).status_code == 404


def test_who_read_my_data_is_shown_to_me(citizen: Client, person: Person) -> None:
    registrar = signed_in("registrar", Role.REGISTRAR)
    text_of(registrar, "registers-person", person.pk)
    page = text_of(citizen, "registers-reads")
    assert "registrar" in page
    assert "page of the record" in page


def test_every_page_on_which_one_was_read_is_told_in_words(citizen: Client, person: Person) -> None:
    by = actor_of(factories.account("registrar", Role.REGISTRAR))
    shown = {route: kinds for route, kinds in reads_by_route(settings.ACCESS_MATRIX).items() if kinds}
    for route, kinds in shown.items():
        if not route.startswith("api-"):
            assert route in words.READ_PURPOSES, route
        assert {one.removeprefix("own:") for one in kinds} <= set(words.READ_KINDS), route
    record(by=by, kind="non_filing", of=[("1", person.pk)], purpose="declarations-non-filing", at=timezone.now())
    page = text_of(citizen, "registers-reads")
    assert "record of a declaration not filed" in page
    assert "deciding about a declaration not filed" in page


def test_a_day_is_asked_for_and_shown_as_people_write_it(citizen: Client, person: Person) -> None:
    claim = address("registers-claim", "person", person.pk)
    assert "1\u00a0March 1975" in text_of(citizen, "registers-claim", "person", person.pk)
    citizen.post(claim, {"field": "birth_date", "value": "27.03.1975", "evidence": "Passport 1"})
    request = CorrectionRequest.objects.get()
    assert request.claimed_value == "1975-03-27"
    assert "27\u00a0March 1975" in text_of(citizen, "registers-correction", request.pk)


def test_what_is_no_day_is_refused_beside_the_field(citizen: Client, person: Person) -> None:
    answer = citizen.post(
        address("registers-claim", "person", person.pk),
        {"field": "birth_date", "value": "31.02.1975", "evidence": "Passport 1"},
    )
    assert answer.status_code != 302
    assert 'id="id_value-error"' in answer.content.decode()


def test_a_correction_goes_from_the_person_to_the_registrar_and_back(citizen: Client, person: Person) -> None:
    claim = address("registers-claim", "person", person.pk)
    answer = citizen.post(claim, {"field": "sex", "value": "m", "evidence": "Passport 1"})
    request = CorrectionRequest.objects.get()
    assert answer.headers["Location"] == address("registers-correction", request.pk)
    registrar = signed_in("registrar", Role.REGISTRAR)
    assert "Sex" in text_of(registrar, "registers-corrections")
    page = address("registers-correction", request.pk)
    registrar.post(page, {"step": "take"})
    empty = registrar.post(page, {"step": "refuse", "ground": ""})
    assert empty.status_code == 422
    assert "must not be empty" in empty.content.decode()
    registrar.post(page, {"step": "refuse", "ground": "The passport is another person’s."})
    assert "The passport is another person’s." in text_of(citizen, "registers-correction", request.pk)
    citizen.post(page, {"step": "appeal", "ground": "It is mine."})
    reviewer = signed_in("reviewer", Role.REVIEWER)
    assert reviewer.post(page, {"step": "overturn", "ground": "It is."}).status_code == 302
    person.refresh_from_db()
    assert person.sex == "m"
    assert "Refusal overturned" in text_of(citizen, "registers-correction", request.pk)


def test_what_is_wrong_in_a_claim_is_told_and_kept(citizen: Client, person: Person) -> None:
    answer = citizen.post(
        address("registers-claim", "person", person.pk), {"field": "birth_date", "value": "long ago", "evidence": "E"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "is not a day" in page
    assert "long ago" in page
    assert "<title>Error: This is wrong" in page


def test_others_records_and_requests_have_no_page(citizen: Client, person: Person) -> None:
    other = factories.person()
    assert citizen.get(address("registers-claim", "person", other.pk)).status_code == 404
    citizen.post(
        address("registers-claim", "person", person.pk), {"field": "sex", "value": "m", "evidence": "Passport 1"}
    )
    request = CorrectionRequest.objects.get()
    assert signed_in("other", Role.CITIZEN, other).get(address("registers-correction", request.pk)).status_code == 404


def test_reads_follow_a_merge_and_part_again_after_a_split() -> None:
    kept, gone = factories.person(), factories.person(["Танатаров С."])
    citizens = {one: signed_in(f"citizen-{place}", Role.CITIZEN, one) for place, one in enumerate((kept, gone))}
    registrars = [factories.account(name, Role.REGISTRAR) for name in ("first", "second")]
    first, second = (actor_of(Account.objects.get(pk=one.pk)) for one in registrars)

    def read(person: Person, what: str, at: datetime) -> None:
        record(by=first, kind="person", of=[(person.pk, person.pk)], purpose=what, at=at)

    def shown(person: Person) -> set[str]:
        page = text_of(citizens[person], "registers-reads")
        return {what for what in ("of-kept", "of-gone", "of-both", "of-kept-later") if f">{what}<" in page}

    start = timezone.now() - timedelta(days=5)
    read(kept, "of-kept", start)
    read(gone, "of-gone", start)
    facts = {"register": "person", "kept": kept.pk, "merged": gone.pk, "reason": "One birth record"}
    merge = merges.propose_merge(**facts, by=first, at=start)
    merge = merges.confirm_merge(merge=merge, by=second, at=start + timedelta(days=1))
    read(kept, "of-both", start + timedelta(days=2))
    assert shown(kept) == shown(gone) == {"of-kept", "of-gone", "of-both"}
    split = merges.propose_split(merge=merge, reason="Two birth records", by=first, at=start)
    merges.confirm_split(merge=split, by=second, at=start + timedelta(days=3))
    read(kept, "of-kept-later", start + timedelta(days=4))
    assert shown(kept) == {"of-kept", "of-both", "of-kept-later"}
    assert shown(gone) == {"of-gone", "of-both"}


def test_who_answers_a_request_sees_whose_it_is_and_the_corrected_record_names_it_in_the_readers_language(
    citizen: Client, person: Person
) -> None:
    asks = {"field": "sex", "value": "f", "evidence": "Passport 1"}
    citizen.post(address("registers-claim", "person", person.pk), asks)
    request = CorrectionRequest.objects.get()
    answers = signed_in("registrar", Role.REGISTRAR)
    assert address("registers-person", person.pk) in text_of(answers, "registers-correction", request.pk)
    page = address("registers-correction", request.pk)
    answers.post(page, {"step": "take"})
    answers.post(page, {"step": "accept", "ground": "The passport says so."})
    record = answers.get(address("registers-person", person.pk).replace("/en/", "/ru/")).content.decode()
    assert f"Просьба об исправлении {request.pk}" in record
    mine = citizen.get(address("registers-mine").replace("/en/", "/kk/")).content.decode()
    assert f"{request.pk} түзету өтініші" in mine
    assert "name keys" not in mine


def test_a_day_that_is_none_is_told_in_the_form_that_the_hint_shows(citizen: Client, person: Person) -> None:
    asks = {"field": "birth_date", "value": "31.02.1960", "evidence": "Passport 1"}
    answer = citizen.post(address("registers-claim", "person", person.pk), asks)
    assert answer.status_code == 422
    assert "“31.02.1960” is not a day. Write it as 27.03.2024." in answer.content.decode()


def test_the_head_of_a_company_is_named(citizen: Client, person: Person) -> None:
    known = {"source": factories.SOURCE, "as_of": factories.AS_OF}
    company = Company(name="«Дала» ЖШС", legal_form="llp", head=person, registered_date=date(2020, 1, 1), **known)
    factories.loaded("company", company)
    page = text_of(citizen, "registers-mine")
    assert page.count("Tanatarov Serik Abdievich") > page.count(person.pk)
    assert f">{person.pk}<" not in page


@pytest.fixture
def land(person: Person) -> LandRight:
    return factories.land(person)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("share", "150", "at most 100 percent"),
        ("share", "-5", "at most 100 percent"),
        ("area", "9" * 40, "too many digits"),
        ("area", "0", "above 0"),
        ("price", "-1", "must not be below zero"),
        ("price", "1.005", "too many digits"),
        ("valid_from", "01.01.2999", "has not come yet"),
        ("valid_from", "31.02.2014", "is not a day"),
        ("kind", "spaceship", "is not a kind of object"),
        ("address", "Abai\u202e 1", "U+202E"),
    ],
)
def test_what_cannot_stand_in_a_register_is_refused_before_anybody_decides_about_it(
    citizen: Client, land: LandRight, field: str, value: str, told: str
) -> None:
    asks = {"field": field, "value": value, "evidence": "Contract 1"}
    answer = citizen.post(address("registers-claim", "land_register", land.pk), asks)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert value in answer.content.decode()
    assert not CorrectionRequest.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [("valid_from", "27.03.2014", "2014-03-27"), ("price", "1 000 000,50", "1000000.5"), ("kind", "Garage", "garage")],
)
def test_a_value_as_people_write_it_stands_in_the_register_once_it_is_accepted(
    citizen: Client, land: LandRight, field: str, value: str, kept: str
) -> None:
    asks = {"field": field, "value": value, "evidence": "Contract 1"}
    assert citizen.post(address("registers-claim", "land_register", land.pk), asks).status_code == 302
    page, registrar = (
        address("registers-correction", CorrectionRequest.objects.get().pk),
        signed_in("r", Role.REGISTRAR),
    )
    for step in ("take", "accept"):
        assert registrar.post(page, {"step": step, "ground": "So it is."}).status_code == 302
    records = LandRight.objects.filter(owner_person=land.owner_person, object_number=land.object_number)
    assert kept in {str(as_text(getattr(one, field))) for one in records}
