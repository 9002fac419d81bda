"""A receipt proves its act to whoever holds it, and nothing else to anybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from adaldyq.ledger import keys
from adaldyq.ledger.actions import append, forget
from adaldyq.ledger.cosignatures import CosignerKey, cosign, cosigner
from adaldyq.ledger.models import Leaf, StoredCheckpoint
from adaldyq.ledger.notes import SignerKey
from adaldyq.ledger.queries import line_about, line_of, receipt_of
from adaldyq.ledger.receipts import Receipt, check, check_text
from adaldyq.ledger.sequencer import sequence
from adaldyq.ledger.verdicts import Watch

AT = datetime(2026, 3, 1, 12, 34, 56, tzinfo=UTC)
ACT = "room.record.make"
WITNESS = cosigner("witness.example/1")


@pytest.fixture
def receipt(db: None, settings: Settings, tmp_path: Path) -> Receipt:
    """The holder's copy of the receipt of line 3 of 300."""
    settings.DATA_DIR = tmp_path
    with transaction.atomic():
        append(act=ACT, payloads=[{"record": f"R{number}"} for number in range(300)], at=AT)
    sequence(at=AT, batch=100)
    return copy_of("R3")


def copy_of(subject: str) -> Receipt:
    line = line_about(ACT, subject)
    assert line is not None
    found = receipt_of(line, own=True)
    assert found is not None
    return found


def witness() -> CosignerKey:
    assert isinstance(WITNESS.verifier, CosignerKey)
    return WITNESS.verifier


def codes(text: str, trusted: list[Any] | None = None) -> list[str]:
    return [step.code for step in check_text(text, keys.public_keys() if trusted is None else trusted).steps]


def test_the_holders_copy_is_checked_step_by_step(receipt: Receipt) -> None:
    verdict = check_text(receipt.text(), keys.public_keys())
    assert [(step.code, step.holds) for step in verdict.steps] == [
        ("step-read", True),
        ("step-opens", True),
        ("step-included", True),
        ("step-signed", True),
        ("step-no-witness-known", None),
    ]
    assert verdict.holds
    assert verdict.steps[0].facts == {"act": ACT, "hour": "2026-03-01T12:00Z"}
    assert verdict.steps[2].facts == {"index": 3, "size": 300}


def test_the_public_copy_has_neither_salt_nor_payload(receipt: Receipt) -> None:
    line = line_of(receipt.reference)
    assert line is not None
    public = receipt_of(line)
    assert public is not None
    assert line.payload is not None
    assert line.payload not in public.text()
    assert "own" not in public.document()
    verdict = check(public, keys.public_keys())
    assert verdict.holds
    assert verdict.steps[1].code == "step-closed"


def test_a_line_that_waits_has_no_receipt_yet(receipt: Receipt) -> None:
    with transaction.atomic():
        append(act=ACT, payloads=[{"record": "late"}], at=AT)
    line = line_about(ACT, "late")
    assert line is not None
    assert receipt_of(line) is None


def test_without_a_trusted_key_a_receipt_is_not_believed(receipt: Receipt) -> None:
    verdict = check(receipt, [])
    assert not verdict.holds
    assert not verdict.refuted
    assert "step-key-unknown" in {step.code for step in verdict.steps}


def test_a_receipt_signed_by_somebody_else_is_refuted(receipt: Receipt) -> None:
    stranger = SignerKey.generate("localhost/ledger").verifier
    assert "not-signed" in codes(receipt.text(), [stranger])
    assert check(receipt, [stranger]).refuted


def test_a_trusted_witness_is_named_with_its_time(receipt: Receipt) -> None:
    stored = StoredCheckpoint.objects.get(size=200)
    line = cosign(stored.cosigned().text, WITNESS, at=AT)
    stored.cosignatures.create(witness=line.name, line=str(line), stated_at=AT)
    again = copy_of("R3")
    verdict = check(again, keys.public_keys(), Watch((witness(),), least=1, at=AT))
    assert verdict.holds
    assert [step.code for step in verdict.steps[-2:]] == ["step-cosigned", "step-witnessed"]
    assert verdict.steps[-2].facts == {"witness": "witness.example/1", "at": "2026-03-01 12:34:56 UTC"}
    assert verdict.steps[2].facts == {"index": 3, "size": 200}
    assert copy_of("R250").note == StoredCheckpoint.objects.get(size=300).note


def changed(receipt: Receipt, change: Callable[[dict[str, Any]], object]) -> str:
    document: dict[str, Any] = receipt.document()
    change(document)
    return json.dumps(document)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda one: one.update(entry=one["entry"].replace("make", "mark")), "inclusion-wrong"),
        (lambda one: one.update(index=4), "inclusion-wrong"),
        (lambda one: one.update(index=-1), "inclusion-wrong"),
        (lambda one: one["proof"].pop(), "inclusion-wrong"),
        (lambda one: one["proof"].append(one["proof"][0]), "inclusion-wrong"),
        (lambda one: one["proof"].reverse(), "inclusion-wrong"),
        (lambda one: one["own"].update(payload='{"record":"R4"}'), "payload-wrong"),
        (lambda one: one["own"].update(salt="AAAA"), "payload-wrong"),
        (lambda one: one.update(checkpoint=one["checkpoint"].replace("\n300\n", "\n301\n")), "signature-wrong"),
        (lambda one: one.update(checkpoint=one["checkpoint"].replace("\n300\n", "\n0300\n")), "checkpoint-malformed"),
        (lambda one: one.update(checkpoint=""), "note-malformed"),
    ],
)
def test_whatever_is_changed_is_told(receipt: Receipt, change: Callable[[dict[str, Any]], object], told: str) -> None:
    text = changed(receipt, change)
    assert told in codes(text)
    assert check_text(text, keys.public_keys()).refuted


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.pop("entry"),
        lambda one: one.update(index="3"),
        lambda one: one.update(index=True),
        lambda one: one.update(proof="AAAA"),
        lambda one: one.update(proof=["?"]),
        lambda one: one.update(proof=["AAAA"] * 65),
        lambda one: one.update(keys=["no key"]),
        lambda one: one.update(own=[]),
        lambda one: one["own"].pop("payload"),
        lambda one: one["own"].update(payload="\ud800"),
        lambda one: one.update(entry="no line"),
        lambda one: one.update(entry='{"act":"\\u001b[2J","at":"x","commitment":"y"}'),
        lambda one: one.update(format="another"),
    ],
)
def test_what_is_no_receipt_is_told(receipt: Receipt, change: Callable[[dict[str, Any]], object]) -> None:
    assert codes(changed(receipt, change)) == ["receipt-malformed"]


@given(st.text() | st.sampled_from(["[" * 100_000, "9" * 10_000, "null", "[]", '{"format":"adaldyq-receipt/1"}']))
def test_any_text_gets_an_answer(text: str) -> None:
    assert [step.code for step in check_text(text, []).steps] == ["receipt-malformed"]


@given(st.data())
def test_a_receipt_survives_its_text(data: st.DataObject) -> None:
    printable = st.text(st.characters(exclude_categories=["Cs"]))
    one = Receipt(
        reference=data.draw(printable),
        entry=data.draw(printable).encode(),
        index=data.draw(st.integers(0, 2**62)),
        proof=tuple(data.draw(st.lists(st.binary(), max_size=5))),
        note=data.draw(printable),
        keys=(WITNESS_AS_LOG,),
        salt=data.draw(st.binary()),
        payload=data.draw(printable),
    )
    assert Receipt.parse(one.text()) == one


WITNESS_AS_LOG = SignerKey.generate("example.kz/ledger").verifier


def test_forgetting_a_person_leaves_every_proof_valid(receipt: Receipt) -> None:
    before = Leaf.objects.get(reference=receipt.reference)
    payload = before.payload
    with transaction.atomic():
        assert forget(Q(subject="R3")) == 1
    line = line_of(receipt.reference)
    assert line is not None
    assert (line.salt, line.payload, line.subject, line.holder) == (None, None, None, None)
    assert line_about(ACT, "R3") is None
    with transaction.atomic():
        append(act=ACT, payloads=[{"record": "after"}], at=AT)
        assert forget(Q(subject="after")) == 1
    assert sequence(at=AT) == 1
    for one in Leaf.objects.all():
        found = receipt_of(one, own=True)
        assert found is not None
        assert check(found, keys.public_keys()).holds
        assert payload is not None
        assert payload not in found.text()
    assert check(receipt, keys.public_keys()).holds


@pytest.mark.django_db(transaction=True)
def test_forgetting_outside_an_act_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        forget(Q(subject="R3"))
