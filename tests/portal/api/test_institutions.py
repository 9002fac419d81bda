"""Programs of institutions read and record what the scopes of their token open, and nothing else."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from adaldyq.kernel.access import matrix, scopes_for
from adaldyq.kernel.actions.tokens import revoke_token
from adaldyq.kernel.models import Account, Event, Person, Read, StoredAnswer
from adaldyq.kernel.roles import Role
from adaldyq.kernel.scopes import Scope
from adaldyq.ledger.models import Leaf
from adaldyq.ledger.sequencer import sequence
from adaldyq.portal.api.urls import operations
from tests import factories

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"
ORIGIN = {"source": "register of births, 12-45", "as_of": "2026-03-01"}
NUMBER = {"scheme": "IIN", "country": "KZ", "value": "750301300120"}


@pytest.fixture(autouse=True)
def own_counts(settings: Settings, tmp_path: Path) -> None:
    """Requests of other tests do not count."""
    settings.DATA_DIR = tmp_path


class Program:
    """A program with a token."""

    def __init__(self, secret: str, language: str = "en") -> None:
        self.headers = {"Authorization": f"Bearer {secret}", "Accept-Language": language}

    def get(self, path: str, **query: object) -> Any:
        return Client().get(f"{ROOT}{path}", query_params=query, headers=self.headers)

    def post(self, path: str, given: object, key: str | None = None) -> Any:
        named = {} if key == "" else {"Idempotency-Key": key or str(uuid4())}
        return Client().post(f"{ROOT}{path}", given, content_type="application/json", headers=self.headers | named)


def program(*scopes: Scope, **facts: Any) -> Program:
    return Program(factories.token(*scopes, **facts)[1])


def test_a_wrong_an_expired_or_a_revoked_token_is_refused() -> None:
    token, secret = factories.token()
    assert Program(secret).get("/token").status_code == 200
    long_ago = timezone.now() - timedelta(days=40)
    _, over = factories.token(at=long_ago, expires_at=long_ago + timedelta(days=30))
    revoke_token(token=token, by=factories.BY, at=timezone.now())
    for shown in (secret, over, "adaldyq_" + "0" * 64, "nothing", ""):
        for path in ("/token", "/rules"):
            answer = Program(shown).get(path)
            assert (answer.status_code, answer.json()["code"]) == (401, "token-not-known"), shown
            assert answer["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert Client().get(f"{ROOT}/token", headers={"Authorization": "Basic YTpi"}).status_code == 401
    unnamed = Client().get(f"{ROOT}/token")
    assert (unnamed.status_code, unnamed["WWW-Authenticate"]) == (401, "Bearer")


def test_a_missing_scope_is_named() -> None:
    answer = program(Scope.FAMILIES_READ).get(f"/registers/people/{factories.person().pk}")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert (answer.json()["code"], answer.json()["scope"]) == ("scope-missing", "people:read")
    assert answer["WWW-Authenticate"] == 'Bearer error="insufficient_scope", scope="people:read"'


def test_each_scope_opens_the_operations_of_its_rows_only() -> None:
    body, rows = factories.body(), matrix(Path(django_settings.ACCESS_MATRIX))
    programs = {scope: program(scope, of=body, requests_a_minute=6000) for scope in Scope}
    for operation in operations:
        name = operation.name or ""
        arguments = dict.fromkeys(operation.pattern.converters, "00000000ZZZZ")
        path = reverse(name, kwargs=arguments).removeprefix(ROOT)
        for scope, one in programs.items():
            answer = one.get(path)
            permitted = Role.PUBLIC in rows[name] or scope in scopes_for(name)
            assert answer.status_code < 500, (name, scope)
            assert (answer.status_code != 403) is permitted, (name, scope)
            assert answer.status_code != 401, (name, scope)


def test_a_token_opens_no_page_and_a_session_no_operation() -> None:
    _, secret = factories.token()
    client = Client()
    assert client.get("/en/registers/people/", headers={"Authorization": f"Bearer {secret}"}).status_code == 302
    client.force_login(factories.account("registrar", Role.REGISTRAR))
    assert client.get(f"{ROOT}/registers/people/{factories.person().pk}").status_code == 401


def test_a_token_says_what_it_is_good_for() -> None:
    token, secret = factories.token(Scope.PEOPLE_READ)
    found = Program(secret, "ru").get("/token").json()
    assert (found["id"], found["scopes"], found["institution"]) == (token.pk, ["people:read"], "Министерство финансов")
    token.refresh_from_db()
    assert token.last_used_date == timezone.localdate()


def test_a_program_renews_its_own_secret_and_the_old_one_lives_on_for_a_while() -> None:
    token, secret = factories.token(Scope.PEOPLE_READ)
    renewal = {"grace_days": 2}
    headers = {"Authorization": f"Bearer {secret}"}
    answer = Client().post(f"{ROOT}/token/secret", renewal, content_type="application/json", headers=headers)
    assert (answer.status_code, answer["Cache-Control"]) == (201, "no-store")
    fresh = Program(answer.json()["secret"])
    assert fresh.get("/token").json() | {"secret_ends_at": None} == Program(secret).get("/token").json() | {
        "secret_ends_at": None
    }
    assert (fresh.get("/token").json()["id"], fresh.get("/token").json()["secret_ends_at"]) == (token.pk, None)
    former = datetime.fromisoformat(answer.json()["former_ends_at"])
    assert timedelta(days=1, hours=23) < former - timezone.now() <= timedelta(days=2)
    again = Program(secret).post("/token/secret", {})
    assert (again.status_code, again.json()["code"]) == (409, "secret-replaced")
    at_once = fresh.post("/token/secret", {"grace_days": 0})
    assert fresh.get("/token").json()["code"] == "token-not-known"
    assert Program(at_once.json()["secret"]).get("/token").status_code == 200
    assert Event.objects.filter(name="kernel.token.renew", actor=token.pk).count() == 2
    assert fresh.post("/token/secret", {"grace_days": 8}).status_code == 401
    for days, words in ((8, "It is 7 or less."), (-1, "It is 0 or more.")):
        problem = Program(at_once.json()["secret"]).post("/token/secret", {"grace_days": days}).json()
        assert (problem["field"], problem["detail"]) == ("grace_days", words)


def test_registers_are_read_as_they_were_on_a_day() -> None:
    one, post = factories.person(), factories.post()
    child = factories.person(("Бала", "Ребёнок", "Child"))
    factories.family_tie(one, child, "child")
    held = factories.appointment(one, post, date(2019, 2, 1), date(2020, 1, 31))
    asks = program()
    person = asks.get(f"/registers/people/{one.pk}").json()
    assert [name["text"] for name in person["names"]] == [factories.NAMES[2], factories.NAMES[0], factories.NAMES[1]]
    assert [(one["relative_id"], one["kind"]) for one in asks.get(f"/registers/people/{one.pk}/family").json()] == [
        (child.pk, "child")
    ]
    assert asks.get(f"/registers/posts/{post.pk}/holder", day="2019-05-01").json()["id"] == held.pk
    assert asks.get(f"/registers/posts/{post.pk}/holder", day="2021-05-01").status_code == 404
    assert (
        asks.get(f"/registers/bodies/{post.body_id}/posts", day="2019-05-01").json()[0]["appointment"]["id"] == held.pk
    )
    assert [one["id"] for one in asks.get(f"/registers/people/{one.pk}/appointments").json()] == [held.pk]
    assert asks.get("/registers/people/00000000ZZZZ").status_code == 404


def test_the_person_sees_which_institution_read_about_them() -> None:
    one = factories.person()
    answer = program(Scope.PEOPLE_READ).get(f"/registers/people/{one.pk}")
    assert answer["Cache-Control"] == "private, no-cache"
    read = Read.objects.get(person_id=one.pk)
    assert (read.kind, read.purpose, read.acting_for[:5]) == ("person", "api-person", "body:")
    account = factories.account("somebody", Role.CITIZEN)
    Account.objects.filter(pk=account.pk).update(person=one)
    client = Client()
    client.force_login(account)
    assert "a program of: Ministry of Finance" in client.get("/en/registers/mine/reads/").content.decode()


def test_people_are_looked_up_by_their_numbers() -> None:
    asks = program(Scope.PEOPLE_READ, Scope.PEOPLE_WRITE)
    made = asks.post("/events/people", born(number=NUMBER)).json()["id"]
    found = asks.post("/registers/people-lookup", {"numbers": [NUMBER["value"], "1"]}, "").json()
    assert found == [{"number": NUMBER["value"], "person_id": made}, {"number": "1", "person_id": None}]
    assert Read.objects.get().person_id == made


def born(**more: object) -> dict[str, Any]:
    """The event of a birth."""
    names = [{"language": "kk", "script": "Cyrl", "text": "Серікқызы Айгерім"}]
    return {"names": names, "birth_date": "2026-02-27", "sex": "f", "country": "KZ", **ORIGIN, **more}


def test_a_birth_a_marriage_and_a_move_are_recorded_once_each() -> None:
    token, secret = factories.token(Scope.PEOPLE_WRITE, Scope.FAMILIES_WRITE)
    asks, mother = Program(secret), factories.person()
    factories.territory()
    first = asks.post("/events/people", born(), "k-1")
    again = asks.post("/events/people", born(), '"k-1"')
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.json(), again["Idempotency-Replayed"]) == (first.json(), "true")
    assert "Idempotency-Replayed" not in first
    child = first.json()["id"]
    assert Person.objects.exclude(pk=mother.pk).get().pk == child
    tie = asks.post("/events/ties", {"person_id": child, "relative_id": mother.pk, "kind": "parent", **ORIGIN})
    assert tie.status_code == 201
    moved = {"person_id": child, "territory_id": "KZ-75", "since": "2026-03-01", **ORIGIN}
    assert asks.post("/events/residences", moved).status_code == 201
    assert (
        asks.post("/events/tie-ends", {"tie_id": tie.json()["id"], "until": "2026-03-01", **ORIGIN}).status_code == 201
    )
    event = Event.objects.get(name="kernel.person.register")
    assert (event.actor, event.on_behalf_of) == (token.pk, f"body:{token.body_id}")
    assert StoredAnswer.objects.count() == 4


def test_a_key_is_needed_and_belongs_to_one_request() -> None:
    asks = program(Scope.PEOPLE_WRITE)
    missing = asks.post("/events/people", born(), "")
    assert (missing.status_code, missing.json()["code"]) == (400, "key-empty")
    asks.post("/events/people", born(), "k-1")
    other = asks.post("/events/people", born(sex="m"), "k-1")
    assert (other.status_code, other.json()["code"], other.json()["field"]) == (
        422,
        "key-of-another-request",
        "Idempotency-Key",
    )
    assert Person.objects.count() == 1


def test_a_refused_event_names_its_field_and_leaves_nothing() -> None:
    asks, lines = program(Scope.PEOPLE_WRITE), Leaf.objects.count
    before = lines()
    for given, field in (
        (born(number=NUMBER | {"value": "1"}), "value"),
        (born(birth_date="2999-01-01"), "birth_date"),
        (born(surprise=1), "surprise"),
        (born(names=[]), "names"),
        (born(source="a\0b"), "source"),
    ):
        answer = asks.post("/events/people", given, "k-1")
        assert (answer.status_code, answer.json()["field"].split(".")[-1]) == (422, field)
    assert (lines(), StoredAnswer.objects.count(), Person.objects.count()) == (before, 0, 0)


def test_appointments_and_companies_are_recorded() -> None:
    one, post = factories.person(), factories.post()
    asks, other = program(of=post.body), program(of=factories.body("Басқа министрлік"))
    factories.territory()
    appointed = {"person_id": one.pk, "post_id": post.pk, "since": "2026-01-05", "act_number": "12-K", **ORIGIN}
    made = asks.post("/events/appointments", appointed).json()["id"]
    assert asks.post("/events/appointments", appointed).json()["code"] == "period-overlaps"
    refused = other.post("/events/appointments", appointed)
    assert (refused.status_code, refused.json()["code"]) == (403, "register-not-kept")
    ended = {"appointment_id": made, "until": "2026-02-28", **ORIGIN}
    assert asks.post("/events/dismissals", ended).status_code == 201
    company = {"name": "Алатау", "legal_form": "too", "registered": "2026-01-05", "territory_id": "KZ-75", **ORIGIN}
    number = asks.post("/events/companies", company).json()["id"]
    share = {"company_id": number, "owner_person_id": one.pk, "kind": "direct", "share": "60", "since": "2026-01-05"}
    owned = asks.post("/events/owners", share | ORIGIN).json()["id"]
    assert asks.get(f"/registers/companies/{number}/owners", day="2026-02-01").json()[0]["share"] == "60.000000"
    assert asks.post("/events/owners", share | ORIGIN | {"owner_company_id": number}).json()["code"] == "one-owner"
    assert asks.post("/events/owner-ends", {"ownership_id": owned, "until": "2026-02-01", **ORIGIN}).status_code == 201
    assert asks.post("/events/company-ends", {"company_id": number, "until": "2026-03-01", **ORIGIN}).status_code == 201
    assert asks.get("/registers/companies", q="Алатау").json()["items"][0]["closed_date"] == "2026-03-01"
    unknown = asks.post(
        "/events/names", {"person_id": "00000000ZZZZ", "name": born()["names"][0], "since": "2026-03-01", **ORIGIN}
    )
    assert (unknown.json()["code"], unknown.json()["field"]) == ("no-such-record", "person_id")


def test_the_receipt_of_an_act_is_whole_for_its_institution_only() -> None:
    body = factories.body()
    reference = program(Scope.PEOPLE_WRITE, of=body).post("/events/people", born()).json()["receipts"][0]
    asks = program(Scope.RECEIPTS_READ, of=body)
    assert asks.get(f"/ledger/lines/{reference}").json()["index"] is None
    assert asks.get(f"/token/receipts/{reference}").status_code == 404
    sequence(at=timezone.now())
    whole = asks.get(f"/token/receipts/{reference}").json()
    assert "kernel.person.register" in whole["entry"]
    assert body.pk in whole["own"]["payload"]
    assert "own" not in asks.get(f"/ledger/receipts/{reference}").json()
    other = program(Scope.RECEIPTS_READ, of=factories.body("Басқа министрлік"))
    assert other.get(f"/token/receipts/{reference}").status_code == 404


def test_each_token_has_a_count_of_its_own() -> None:
    asks, other = program(Scope.PEOPLE_READ, requests_a_minute=2), program(Scope.PEOPLE_READ)
    answers = [asks.get("/token") for _ in range(3)]
    if [one["RateLimit-Remaining"] for one in answers] == ["1", "0", "0"]:  # else a minute ended in between
        assert (answers[2].status_code, answers[2].json()["status"]) == (429, 429)
        assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert other.get("/token")["RateLimit-Limit"] == "600"


def test_a_record_is_changed_only_as_it_was_seen_when_the_program_asks_for_that() -> None:
    asks = program(Scope.PEOPLE_READ, Scope.PEOPLE_WRITE, Scope.LAND_READ, Scope.LAND_WRITE)
    one, other = factories.person(), factories.person()
    right = factories.land(one)
    name = {"language": "kk", "script": "Cyrl", "text": "Жаңа Есім"}
    change = {"person_id": one.pk, "name": name, "since": "2026-02-01", **ORIGIN}
    seen = asks.get(f"/registers/people/{one.pk}")["ETag"]
    asks.headers["If-Match"] = seen
    changed = asks.post("/events/names", change, key="1")
    assert changed.status_code == 201, changed.content
    stale = asks.post("/events/numbers", {"person_id": one.pk, "number": NUMBER, **ORIGIN})
    assert (stale.status_code, stale["Content-Type"], stale.json()["code"], stale.json()["field"]) == (
        412,
        "application/problem+json",
        "record-not-as-seen",
        "If-Match",
    )
    again = asks.post("/events/names", change, key="1")
    assert (again.status_code, again["Idempotency-Replayed"]) == (201, "true")
    passes = {"right_id": right.pk, "owner_person_id": other.pk, "since": "2026-02-01", "basis": "gift", **ORIGIN}
    assert asks.post("/events/land-transfers", passes).status_code == 412
    event = {"event": "land-transfers", "data": passes}
    batch = {"events": [event | {"if_match": seen}, event | {"if_match": "*"}]}
    results = asks.post("/events/batch", batch).json()["results"]
    assert [result["status"] for result in results] == [412, 201]
    del asks.headers["If-Match"]
    assert asks.post("/events/numbers", {"person_id": one.pk, "number": NUMBER, **ORIGIN}).status_code == 201
    headers = asks.headers | {"If-Match": seen}
    read = Client().get(f"{ROOT}/registers/people/{one.pk}", headers=headers)
    assert (read.status_code, read["Content-Type"]) == (412, "application/problem+json")
