"""An institution sends many events in one request; each is acted on once, and answered by itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from adaldyq.kernel.models import Person, StoredAnswer
from adaldyq.kernel.scopes import Scope
from adaldyq.ledger.models import Leaf
from adaldyq.portal.api.lines import LONGEST_LINE, MOST_BYTES, MOST_LINES
from tests import factories

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/events"
ORIGIN = {"source": "register of births, 12-45", "as_of": "2026-03-01"}


@pytest.fixture(autouse=True)
def own_counts(settings: Settings, tmp_path: Path) -> None:
    """Requests of other tests do not count."""
    settings.DATA_DIR = tmp_path


def birth(name: str, **more: object) -> dict[str, Any]:
    names = [{"language": "kk", "script": "Cyrl", "text": name}]
    return {"event": "people", "data": {"names": names, "birth_date": "2026-02-27", **ORIGIN}, **more}


def send(
    secret: str, body: bytes | str, *, key: str = "whole", kind: str = "application/jsonl", language: str = "en"
) -> Any:
    headers = {"Authorization": f"Bearer {secret}", "Accept-Language": language}
    place = "batch" if kind == "application/json" else "lines"
    return Client().post(
        f"{ROOT}/{place}", body, content_type=kind, headers=headers | ({"Idempotency-Key": key} if key else {})
    )


def lines(values: Iterable[object]) -> str:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in values)


def answers(answer: Any) -> list[dict[str, Any]]:
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/jsonl"), answer.content
    return [json.loads(one) for one in answer.content.decode().splitlines()]


def test_each_line_is_answered_and_a_refused_one_stops_no_other() -> None:
    token, secret = factories.token(Scope.PEOPLE_WRITE)
    mother = factories.person()
    tie = {"event": "ties", "data": {"person_id": mother.pk, "relative_id": mother.pk, "kind": "parent", **ORIGIN}}
    before = Leaf.objects.count()
    sent = lines([birth("Бірінші"), birth("Екінші", surprise=1), {"event": "moon", "data": {}}, 7, tie])
    sent += "\n{broken\n" + json.dumps(birth("\\ud800")).replace("\\\\", "\\") + "\n" + lines([birth("Соңғы")])
    found = answers(send(secret, sent, language="ru"))
    assert [one["line"] for one in found] == [1, 2, 3, 4, 5, 7, 8, 9]
    assert [one["status"] for one in found] == [201, 422, 422, 422, 403, 422, 422, 201]
    codes = [one["problem"]["code"] for one in found if one.get("problem")]
    assert codes == [
        "not-in-order",
        "no-such-event",
        "not-in-order",
        "scope-missing",
        "line-not-json",
        "not-utf-8",
    ]
    assert found[1]["problem"]["field"] == "surprise"
    assert any("а" <= letter <= "я" for letter in found[1]["problem"]["detail"])
    assert {one.pk for one in Person.objects.exclude(pk=mother.pk)} == {found[0]["id"], found[-1]["id"]}
    held = Leaf.objects.filter(holder=token.pk).values_list("reference", flat=True)
    assert set(held) == {*found[0]["receipts"], *found[-1]["receipts"]}
    assert Leaf.objects.count() == before + 2


def test_the_whole_may_be_sent_again_and_acts_once() -> None:
    _, secret = factories.token(Scope.PEOPLE_WRITE)
    wrong = birth("Екінші")
    wrong["data"] = wrong["data"] | {"birth_date": "2999-01-01"}
    first = answers(send(secret, lines([birth("Бірінші"), wrong])))
    again = answers(send(secret, lines([birth("Бірінші"), birth("Екінші")])))
    assert [one["status"] for one in first] == [201, 422]
    assert [(one["status"], one["replayed"]) for one in again] == [(201, True), (201, False)]
    assert again[0]["id"] == first[0]["id"]
    other = answers(send(secret, lines([birth("Басқа")])))
    assert other[0]["problem"]["code"] == "key-of-another-request"
    assert Person.objects.count() == 2


def test_an_event_with_a_key_is_the_same_alone_and_in_a_batch() -> None:
    _, secret = factories.token(Scope.PEOPLE_WRITE)
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "own-1"}
    alone = Client().post(f"{ROOT}/people", birth("Бірінші")["data"], content_type="application/json", headers=headers)
    events = [birth("Бірінші", key="own-1"), birth("Екінші", key="own-2"), birth("Басқа", key="own-2")]
    answer = send(secret, json.dumps({"events": events}), kind="application/json")
    found = answer.json()
    assert (found["recorded"], found["replayed"], found["refused"]) == (1, 1, 1)
    assert found["results"][0]["id"] == alone.json()["id"]
    assert found["results"][2]["problem"]["code"] == "key-of-another-request"
    assert set(StoredAnswer.objects.values_list("key", flat=True)) == {"own-1", "own-2"}


def test_lines_beyond_the_limits_are_refused_before_any_is_acted_on() -> None:
    _, secret = factories.token(Scope.PEOPLE_WRITE)
    for body, status, code in (
        ("\n \n", 422, "no-lines"),
        ("{}\n" * (MOST_LINES + 1), 422, "too-many-lines"),
        (b" " * (MOST_BYTES + 1), 413, "request-entity-too-large"),
    ):
        refused = send(secret, body)
        assert (refused.status_code, refused["Content-Type"]) == (status, "application/problem+json")
        assert refused.json()["code"] == code
    long = answers(send(secret, lines([birth("Бірінші"), birth("а" * LONGEST_LINE)])))
    assert [one["status"] for one in long] == [201, 422]
    assert send(secret, lines([birth("Бірінші")]), key="").json()["code"] == "key-empty"
    wrong_kind = send(secret, lines([birth("Бірінші")]), kind="text/plain")
    assert (wrong_kind.status_code, wrong_kind.json()["code"]) == (415, "unsupported-media-type")
