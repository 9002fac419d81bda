"""What findings say of a declaration goes with it, also the sums that steps of the rules worked out of it."""

from __future__ import annotations

from datetime import date

import pytest

from adaldyq.measures.declarations.actions.retention import retain
from adaldyq.measures.declarations.models import Declaration
from adaldyq.verification.models import EvidenceRow, Finding
from tests.measures.declarations.actions.test_retention import AT, BY, KEPT, PAST, asked_about, filed, folders

__all__ = ["folders"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize("table", ["declared_total", "wealth_change", "declaration"])
def test_sums_worked_out_of_an_erased_declaration_stand_in_no_finding_any_more(table: str) -> None:
    gone, later = filed(PAST), filed(KEPT)
    later.person = gone.person
    later.save(update_fields=["person"])
    asked = {one: asked_about(one, state="explained") for one in (gone, later)}
    Finding.objects.filter(pk=asked[gone].pk).update(
        subject_id=gone.person_id, object_id=f"{PAST}:KZ869999AC0000077712", object_label="An account", amount=31_415,
        currency="KZT", since=date(PAST, 12, 31),
    )  # fmt: skip
    Finding.objects.filter(pk=asked[later].pk).update(subject_id=later.person_id, object_id=str(KEPT), amount=27_182)
    EvidenceRow.objects.create(finding=asked[gone], table=table, key=gone.pk, values={"money": "31415.00"})
    EvidenceRow.objects.create(
        finding=asked[later], table="year_before", key=later.pk,
        values={"declaration_id": later.pk, "before_id": gone.pk, "money_before": "31415.00"},
    )  # fmt: skip
    retain(by=BY, at=AT)
    assert Declaration.objects.get() == later
    shown = [str(row) for row in (*EvidenceRow.objects.values_list("values"), *Finding.objects.values_list())]
    assert not [row for row in shown if "31415" in row or "77712" in row or "An account" in row]
    assert dict(EvidenceRow.objects.filter(table="declared_cash").values_list("finding_id", "values")) == {
        asked[gone].pk: {},
        asked[later].pk: {"amount": "777777"},
    }
    assert list(Finding.objects.values_list("rule", "state", "since")) == [("r", "explained", None)] * 2
    assert not Finding.objects.exclude(amount=None).exists(), "the later question compared with the year that went"


def test_a_question_that_shows_only_a_sum_of_a_declaration_holds_it() -> None:
    held = filed(PAST)
    asked = asked_about(held)
    asked.evidence.update(table="declared_total", key=held.pk)
    retain(by=BY, at=AT)
    assert Declaration.objects.filter(pk=held.pk).exists()
    assert EvidenceRow.objects.get().values
