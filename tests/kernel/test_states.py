"""Of two who act at once only one does."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone

from adaldyq.base.errors import Conflict, NotAllowed
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.compiled import CompiledUpdate
from adaldyq.kernel.gathering import gathered
from adaldyq.kernel.roles import Role
from adaldyq.kernel.states import advance, advance_later
from adaldyq.verification.models import Finding, Run

pytestmark = pytest.mark.django_db
ANALYST = Actor(id="someone", roles=frozenset({Role.AGENCY_ANALYST}))


@pytest.fixture
def finding() -> Finding:
    run = Run.objects.create(snapshot="0" * 64, snapshot_path="x", started_at=timezone.now(), engine="none")
    return Finding.objects.create(
        id="F" * 26, rule="a.b", kind="flag", severity="low", subject_id="P", since=date(2020, 1, 1),
        first_run=run, last_run=run, version="v",
    )  # fmt: skip


def test_a_step_that_the_table_has_is_taken(finding: Finding) -> None:
    assert advance(finding, "take", by=ANALYST, at=timezone.now()).state == "in_work"


def test_a_stale_copy_cannot_take_the_step_again(finding: Finding) -> None:
    stale = Finding.objects.get(pk=finding.pk)
    advance(finding, "take", by=ANALYST, at=timezone.now())
    with pytest.raises(Conflict):
        advance(stale, "take", by=ANALYST, at=timezone.now())


def test_a_step_that_the_table_has_not_is_refused(finding: Finding) -> None:
    with pytest.raises(Conflict):
        advance(finding, "reopen", by=ANALYST, at=timezone.now())


def test_a_step_belongs_to_its_role(finding: Finding) -> None:
    with pytest.raises(NotAllowed):
        advance(finding, "take", by=Actor(id="x", roles=frozenset({Role.AUDITOR})), at=timezone.now())


TAKE = CompiledUpdate(
    lambda key, state, target, version: (
        Finding.objects.filter(pk=key, state=state), {"state": target, "version": version}
    ),
    str, str, str, str,
)  # fmt: skip


def test_a_step_taken_later_is_in_the_copy_at_once_and_in_the_row_at_the_end_and_is_not_taken_twice(
    finding: Finding,
) -> None:
    stale = Finding.objects.get(pk=finding.pk)
    with transaction.atomic(), gathered():
        assert advance_later(finding, "take", by=ANALYST, written=TAKE, version="w").state == "in_work"
        assert Finding.objects.get(pk=finding.pk).state == stale.state
    kept = Finding.objects.get(pk=finding.pk)
    assert (kept.state, kept.version, finding.version) == ("in_work", "w", "w")
    with pytest.raises(Conflict), transaction.atomic(), gathered():
        advance_later(stale, "take", by=ANALYST, written=TAKE, version="x")
    with pytest.raises(Conflict):
        advance_later(stale, "take", by=ANALYST, written=TAKE, version="x")
    assert Finding.objects.get(pk=finding.pk).version == "w"


def test_a_step_taken_later_belongs_to_its_role_too(finding: Finding) -> None:
    with pytest.raises(NotAllowed):
        advance_later(finding, "take", by=Actor(id="x", roles=frozenset({Role.AUDITOR})), written=TAKE, version="w")
