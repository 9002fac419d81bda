"""What officers do in the register comes to the findings: rules read the tables that the measure publishes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from adaldyq.kernel.models import Account, Ownership
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.verification.models import Finding, Run
from adaldyq.verification.runs import verify_country
from adaldyq.verification.views.object_words import object_words
from tests import factories
from tests.measures.permits.applying import DAY, applicant, granted, officers, opened

pytestmark = pytest.mark.django_db
NIGHT = datetime(2025, 9, 22, 18, tzinfo=UTC)
"""Eleven in the evening by the country's clock."""


def quiet(what: str, done: int, total: int) -> None:
    """Nobody watches."""


def run(data: Path) -> Run:
    """A run of the rules over the registers."""
    done = verify_country(data=data, clock=lambda: NIGHT, progress=quiet).run
    assert done is not None
    return done


def known(*names: str) -> None:
    """Let the register of people know who is behind some accounts."""
    for name in names:
        Account.objects.filter(username=name).update(person=factories.person())


def found(rule: str) -> dict[str, Finding]:
    """What a rule asks, by whom it asks."""
    return {one.subject_id: one for one in Finding.objects.filter(rule=rule, gone_run=None)}


def test_what_officers_did_by_night_and_for_their_own_is_asked_about_once_it_is_known(tmp_path: Path) -> None:
    entry, by = opened(), applicant()
    officers(entry.body)
    known("officer-1", "officer-2")
    for number in range(5):
        granted(entry, by, NIGHT + number * DAY)
    one = PermitApplication.objects.select_related("decided_by", "company").order_by("pk")[0]
    assert one.decided_by is not None
    assert one.company is not None
    facts = {"source": factories.SOURCE, "as_of": factories.AS_OF, "valid_from": date(2019, 1, 14), "kind": "direct"}
    factories.loaded(
        "ownership", Ownership(company=one.company, owner_person=one.decided_by.person, share=Decimal(10), **facts)
    )
    assert run(tmp_path).outcome == "done"
    at_night = found("permits.outside-office-hours")
    assert set(at_night) <= set(Account.objects.filter(username__startswith="officer").values_list("person", flat=True))
    assert {object_words(each) for each in at_night.values()} == {"2025-09"}
    related = found("permits.related-reviewer")[one.decided_by.person_id or ""]
    assert object_words(related) == one.company.name
    assert set(related.evidence.values_list("table", flat=True)) == {"permit_application", "ownership"}
    assert found("permits.licence-without-payment") == {}


def test_an_account_of_nobody_known_is_not_passed_over(tmp_path: Path) -> None:
    entry, by = opened(), applicant()
    officers(entry.body)
    granted(entry, by, NIGHT)
    counted = run(tmp_path).rules.get(rule="permits.related-reviewer")
    assert (counted.checked, counted.unjudged) == (0, {"officer-unknown": 1})
