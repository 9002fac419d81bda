"""A line of the ledger commits to its payload and tells nothing of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.ledger.actions import append
from adaldyq.ledger.leaves import canonical, commit, opens
from adaldyq.ledger.models import Leaf

AT = datetime(2026, 3, 1, 12, 34, 56, tzinfo=UTC)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=10,
)
payloads = st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), values, max_size=5)


@given(payloads)
def test_a_payload_has_one_form_whatever_the_order_of_its_keys(payload: dict[str, object]) -> None:
    turned = dict(reversed(payload.items()))
    assert canonical(turned) == canonical(payload)
    assert json.loads(canonical(payload)) == json.loads(json.dumps(payload))


@given(payloads, payloads)
def test_a_line_opens_to_its_own_payload_only(payload: dict[str, object], other: dict[str, object]) -> None:
    line = commit("a.b.c", payload, AT)
    assert opens(line.entry, line.salt, line.payload)
    assert opens(line.entry, line.salt, canonical(other)) == (canonical(other) == line.payload)
    assert not opens(line.entry, bytes(32), line.payload)


def test_two_lines_of_one_payload_look_unrelated() -> None:
    one, other = (commit("a.b.c", {"person": "P1 of a test"}, AT) for _ in range(2))
    assert one.entry != other.entry
    assert b"P1 of a test" not in one.entry  # two letters may come by chance


def test_a_line_tells_the_hour_in_utc_and_not_the_minute() -> None:
    almaty = datetime(2026, 3, 1, 17, 34, 56, tzinfo=timezone(timedelta(hours=5)))
    assert json.loads(commit("a.b.c", {}, almaty).entry)["at"] == "2026-03-01T12:00Z"


@pytest.mark.parametrize("value", [1.5, AT, b"x", {1: 2.0}, [object()]])
def test_what_has_no_exact_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="ledger payload"):
        canonical({"value": value})


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_the_transaction_of_its_act_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        append(act="a.b.c", payloads=[{}], at=AT)
    assert not Leaf.objects.exists()
