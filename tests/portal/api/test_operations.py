"""Programs get what the pages show to everybody, page by page, in their language, and refusals they can read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from adaldyq.kernel.scopes import Scope
from adaldyq.ledger.sequencer import sequence
from adaldyq.verification.catalogue import rules
from tests import factories

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


@pytest.fixture(autouse=True)
def own_counts(settings: Settings, tmp_path: Path) -> None:
    """Requests of other tests do not count."""
    settings.DATA_DIR = tmp_path


def get(client: Client, path: str, status: int = 200, language: str = "en", **query: object) -> Any:
    answer = client.get(f"{ROOT}{path}", query_params=query, headers={"Accept-Language": language})
    assert answer.status_code == status, answer.content
    return answer.json()


def test_the_register_is_listed_page_by_page(client: Client) -> None:
    for _ in range(3):
        factories.official()
    answer = client.get(f"{ROOT}/declarations?limit=2")
    found = answer.json()
    assert (found["total"], len(found["items"])) == (3, 2)
    assert 'offset=2>; rel="next"' in answer["Link"]
    assert 'rel="prev"' not in answer["Link"]
    following = client.get(f"{ROOT}/declarations?limit=2&offset=2")
    assert len(following.json()["items"]) == 1
    assert 'rel="next"' not in following["Link"]


def test_head_answers_as_get_without_content(client: Client) -> None:
    full, head = client.get(f"{ROOT}/declarations"), client.head(f"{ROOT}/declarations")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == full["ETag"]
    assert client.head(f"{ROOT}/declarations", headers={"If-None-Match": head["ETag"]}).status_code == 304


def test_names_come_in_the_language_asked_for(client: Client) -> None:
    factories.official()
    names = {
        language: get(client, "/declarations", language=language)["items"][0]["name"] for language in ("kk", "ru", "en")
    }
    assert list(names.values()) == list(factories.NAMES)


def test_a_session_opens_nothing_and_its_language_counts_for_nothing(client: Client) -> None:
    client.cookies["django_language"] = "kk"
    assert (
        get(client, "/nothing", 404, language="ru")["title"] == get(Client(), "/nothing", 404, language="ru")["title"]
    )


def test_an_official_and_a_declaration_are_whole_and_redacted(client: Client) -> None:
    filed = factories.official(rows={"income": [{"amount": 1500, "payer": "Somebody", "payer_id": "9"}]})
    person = get(client, f"/declarations/people/{filed.person_id}")
    assert person["declarations"][0]["sections"]["income"][0]["amount"] == "1500.00"
    assert person["totals"][0]["net"] == "0"
    one = get(client, f"/declarations/{filed.pk}")
    assert one["in_force"] is True
    assert "payer" in one["sections"]["income"][0]
    assert "payer_id" not in one["sections"]["income"][0]


def test_what_the_law_keeps_closed_is_not_there(client: Client) -> None:
    closed = factories.official(is_public=False)
    assert get(client, "/declarations")["total"] == 0
    assert get(client, f"/declarations/{closed.pk}", 404)["code"] == "not-found"
    assert get(client, f"/declarations/people/{closed.person_id}", 404)["code"] == "not-found"


def test_who_has_filed_is_counted(client: Client) -> None:
    factories.official(2024)
    found = get(client, "/declarations/statistics", by="year")
    assert [(one["key"], one["owed"], one["on_time"]) for one in found["items"]] == [("2024", 1, 1)]


def test_rules_bodies_and_territories_are_listed(client: Client) -> None:
    body = factories.body()
    assert get(client, "/rules")["total"] == len(rules())
    first = next(iter(rules()))
    assert get(client, f"/rules/{first}", language="ru")["sql"]
    assert get(client, "/registers/bodies", q="Қаржы")["items"][0]["name"] == "Ministry of Finance"
    assert get(client, f"/registers/bodies/{body.pk}", language="ru")["name"] == "Министерство финансов"
    assert {"KZ", "KZ-75"} <= {one["code"] for one in get(client, "/registers/territories")}


def test_a_receipt_is_given_and_checked(client: Client) -> None:
    factories.account("somebody")
    assert get(client, "/ledger/checkpoint", 404)["code"] == "not-found"
    sequence(at=factories.AT)
    from adaldyq.ledger.models import Leaf  # noqa: PLC0415  # the test's own look behind

    reference = Leaf.objects.get().reference
    receipt = client.get(f"{ROOT}/ledger/receipts/{reference}")
    assert get(client, "/ledger/checkpoint")["size"] == 1
    checked = client.post(
        f"{ROOT}/ledger/receipts-check", {"receipt": receipt.content.decode()}, content_type="application/json"
    ).json()
    assert checked["holds"] is True
    forged = receipt.content.decode().replace("kernel.account.open", "kernel.account.shut")
    refused = client.post(f"{ROOT}/ledger/receipts-check", {"receipt": forged}, content_type="application/json").json()
    assert refused["refuted"] is True


def test_an_answer_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    factories.official()
    tag = client.get(f"{ROOT}/declarations")["ETag"]
    again = client.get(f"{ROOT}/declarations", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    factories.official()
    assert client.get(f"{ROOT}/declarations", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "code", "field"),
    [
        ("/declarations?limit=0", 422, "not-in-order", "limit"),
        ("/declarations?year=last", 422, "not-in-order", "year"),
        ("/declarations/statistics?by=moon", 422, "not-in-order", "by"),
        ("/nothing", 404, "not-found", None),
        ("/rules/no.rule", 404, "not-found", None),
    ],
)
def test_a_refusal_is_a_problem_document(client: Client, path: str, status: int, code: str, field: str | None) -> None:
    answer = client.get(f"{ROOT}{path}", headers={"Accept-Language": "ru"})
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    found = answer.json()
    assert (found["status"], found["code"], found.get("field")) == (status, code, field)
    assert found["type"] == f"urn:adaldyq:problem:{code}"
    assert any("а" <= letter <= "я" for letter in found["detail"])


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ('{"declarations": [\n', 400, "from line 2, character 1"),
        ('{"declarations": []}', 422, "declarations: It holds at least 1."),
        ('{"declarations": {}}', 422, "declarations: It is a list"),
        ("[]", 422, "body: It is an object"),
        ("", 422, "body: It is missing."),
    ],
)
def test_a_body_that_cannot_be_read_is_told_where(client: Client, body: str, status: int, said: str) -> None:
    _token, secret = factories.token(Scope.DECLARATIONS_WRITE)
    told = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "1", "Accept-Language": "en"}
    answer = client.post(f"{ROOT}/filings", body, content_type="application/json", headers=told)
    found = answer.json()
    assert answer.status_code == status
    assert said in f"{found.get('field')}: {found['detail']}"


def test_a_method_or_a_body_that_does_not_fit_is_refused(client: Client) -> None:
    answer = client.delete(f"{ROOT}/declarations")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    options = client.options(f"{ROOT}/ledger/receipts-check")
    assert (options.status_code, options.content, options["Allow"]) == (204, b"", "POST, OPTIONS")
    assert client.options(f"{ROOT}/openapi.json")["Allow"] == "GET, HEAD, OPTIONS"
    broken = client.post(f"{ROOT}/ledger/receipts-check", "{", content_type="application/json")
    assert (broken.status_code, broken["Content-Type"]) == (400, "application/problem+json")
    empty = client.post(f"{ROOT}/ledger/receipts-check", {}, content_type="application/json").json()
    assert (empty["field"], empty["errors"][0]["field"]) == ("receipt", "receipt")


def test_one_request_too_many_is_refused_until_the_next_minute(client: Client, settings: Settings) -> None:
    settings.API_REQUESTS_A_MINUTE = 3
    left = [client.get(f"{ROOT}/rules?limit=1")["RateLimit-Remaining"] for _ in range(3)]
    refused = client.get(f"{ROOT}/rules?limit=1")
    if [*left, refused["RateLimit-Remaining"]] == ["2", "1", "0", "0"]:  # else a minute ended in between
        assert refused.status_code == 429
        assert 0 < int(refused["Retry-After"]) <= 60
    assert client.get("/en/about/").status_code == 200


def test_the_page_lists_every_operation_and_asks_no_other_host(client: Client) -> None:
    answer = client.get("/kk/api/")
    page = answer.content.decode()
    assert "/api/v1/declarations/statistics" in page
    assert "https://" not in page
    assert "img-src 'self' data:" in answer["Content-Security-Policy"].split("; ")
    assert "img-src 'self'" in client.get("/kk/about/")["Content-Security-Policy"].split("; ")


def test_a_body_that_is_nested_too_deep_is_told_so() -> None:
    deep = "[" * 100_000 + "]" * 100_000
    headers = {"Accept-Language": "en"}
    answer = Client().post(f"{ROOT}/ledger/receipts-check", deep, content_type="application/json", headers=headers)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (400, "body-too-deep")
    assert "nested too deep" in told["detail"]
