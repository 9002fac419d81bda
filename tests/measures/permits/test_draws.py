"""Officers are drawn by what nobody could know when the list was fixed, and a fee keeps a licence back until it is settled."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from adaldyq.base.draw import differences
from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.deadlines.days import end_of
from adaldyq.kernel.models import PortAnswer, PortRequest
from adaldyq.kernel.nights import begin_hour
from adaldyq.kernel.roles import Role
from adaldyq.ledger.sequencer import sequence
from adaldyq.measures.permits.actions import drawing, licensing
from adaldyq.measures.permits.actions.fees import take_answer
from adaldyq.measures.permits.models import PermitDraw, PermitLicence, PermitSecret
from adaldyq.measures.permits.queries.draws import bundle_of
from adaldyq.measures.permits.states import EXPIRED, RENEWED, VALID
from tests import factories
from tests.factories import BY
from tests.measures.permits.applying import (
    AT,
    DAY,
    applicant,
    decider,
    drawn,
    fresh,
    granted,
    officers,
    opened,
    sent,
    step,
    verified,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def digest(secret: str) -> str:
    """The hash of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def test_two_offices_make_the_seed_and_neither_tells_before_the_list_is_fixed() -> None:
    of = opened()
    officers(of.body)
    one = sent(of, applicant())
    offices = [factories.body("Біріншісі"), factories.body("Екіншісі")]
    people = []
    for number, office in enumerate(offices):
        account = factories.account(f"integrity-{number}")
        factories.grant(account, Role.INTEGRITY_OFFICER, body=office)
        people.append(actor_of(account))
        made = drawing.commit_secrets(office=office, digests=[digest(f"s{number}")], by=people[-1], at=AT)
        with pytest.raises(Conflict):
            drawing.reveal_secret(secret=made[0], text=f"s{number}", by=people[-1], at=AT)
    with pytest.raises(NotAllowed):
        drawing.commit_secrets(office=offices[0], digests=[digest("x")], by=people[1], at=AT)
    drawing.draw_all(by=BY, at=AT)
    draw = PermitDraw.objects.get()
    secrets = {each.body_id: each for each in draw.secrets.all()}
    with pytest.raises(DomainError, match="secret-wrong"):
        drawing.reveal_secret(secret=secrets[offices[0].pk], text="s1", by=people[0], at=AT)
    drawing.reveal_secret(secret=secrets[offices[0].pk], text="s0", by=people[0], at=AT)
    assert drawing.draw_all(by=BY, at=AT + HOUR) == 0
    drawing.reveal_secret(secret=secrets[offices[1].pk], text="s1", by=people[1], at=AT + HOUR)
    assert drawing.draw_all(by=BY, at=AT + 2 * HOUR) == 1
    assert fresh(one).decider_id
    assert differences(bundle_of(PermitDraw.objects.get())) == []


def test_an_office_that_keeps_its_secret_back_is_named_and_steers_nothing() -> None:
    of = opened()
    officers(of.body)
    one = sent(of, applicant())
    for number in range(2):
        drawing.commit_secrets(office=factories.body(f"O{number}"), digests=[digest(f"told~{number}")], by=BY, at=AT)
    drawing.draw_all(by=BY, at=AT)
    drawing.reveal_secret(secret=PermitSecret.objects.get(digest=digest("told~0")), text="told~0", by=BY, at=AT)
    drawing.draw_all(by=BY, at=AT + 25 * HOUR)
    sequence(at=AT + 25 * HOUR)
    assert drawing.draw_all(by=BY, at=AT + 26 * HOUR) == 1
    assert fresh(one).verifier_id
    assert PermitSecret.objects.get(digest=digest("told~1")).withheld_at
    assert "told~0" not in PermitDraw.objects.get().beacon


def test_where_nobody_else_is_left_the_draw_says_why() -> None:
    of = opened()
    officers(of.body, "only")
    one = drawn(sent(of, applicant()))
    assert (bool(one.verifier_id), one.decider_id) == (True, None)
    assert PermitDraw.objects.get().result["reasons"][one.pk] == "conflicts"
    page = Client().get(f"/en/permits/draws/{one.draw_id}/").content.decode()
    assert "conflicts of interest leave no more officers" in page


def test_an_hour_begins_once() -> None:
    assert [begin_hour(at=AT), begin_hour(at=AT), begin_hour(at=AT + HOUR)] == [True, False, True]


def test_no_licence_is_issued_before_its_fee_is_settled_also_when_silence_granted_it() -> None:
    of = opened(fee=10)
    one = sent(of, applicant())
    request = PortRequest.objects.get(subject_id=one.pk)
    assert (request.port, one.fee_state) == ("invoice", "waiting")
    assert one.due_date is not None
    tick(at=end_of(one.due_date))
    one = fresh(one)
    assert (one.state, PermitLicence.objects.exists()) == ("granted", False)
    with pytest.raises(DomainError, match="permit-fee-unpaid"), transaction.atomic():
        licensing.issue_licence(application=one, by=BY, at=AT)
    for state in ("issued", "paid"):
        answer = PortAnswer(request=request, state=state, number="I-1", day=AT.date(), at=AT)
        one = take_answer(application=one, answer=answer, by=BY, at=AT)
    assert (one.fee_state, PermitLicence.objects.count()) == ("paid", 1)
    with pytest.raises(Conflict):
        take_answer(application=one, answer=answer, by=BY, at=AT)


def test_a_licence_ends_by_the_clock_or_is_renewed_by_another() -> None:
    of, who = opened(), applicant()
    officers(of.body)
    first = PermitLicence.objects.get(application=granted(of, who))
    assert first.valid_until is not None
    later = AT + 300 * DAY
    one = verified(drawn(sent(of, who, later, renews=first), later), later)
    second = PermitLicence.objects.get(application=step(one, "grant", decider(one), later))
    first.refresh_from_db()
    assert (first.state, first.successor_id) == (VALID, second.pk)
    assert second.valid_from == first.valid_until + DAY
    assert second.valid_until is not None
    tick(at=end_of(first.valid_until))
    first.refresh_from_db()
    assert first.state == RENEWED
    tick(at=end_of(second.valid_until) - timedelta(seconds=1))
    second.refresh_from_db()
    assert second.state == VALID
    tick(at=end_of(second.valid_until))
    second.refresh_from_db()
    assert second.state == EXPIRED
