"""Roles hold where they were given, deputies have them while their holders are away, and duties stay apart."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel.actions.absences import declare_absence, end_absence
from adaldyq.kernel.actions.accounts import grant_role, withdraw_role
from adaldyq.kernel.actions.proposals import confirm, propose, recover, refuse
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.duties import duties
from adaldyq.kernel.models import Account, Body, Event, Proposal, RecoveryLink, RoleGrant
from adaldyq.kernel.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


def again(account: Account) -> Actor:
    """The actor behind an account, with what it may do now."""
    return actor_of(Account.objects.get(pk=account.pk))


def now() -> datetime:
    return timezone.now()


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def ministry() -> Body:
    return factories.body()


@pytest.fixture
def administrators() -> tuple[Account, Account]:
    return factories.account("first", Role.ADMINISTRATOR), factories.account("second", Role.ADMINISTRATOR)


def test_a_role_for_a_body_holds_for_it_and_those_below_it_only(ministry: Body) -> None:
    below, other = factories.body("Комитет", parent=ministry), factories.body("Басқа министрлік")
    account = factories.account("registrar")
    factories.grant(account, Role.REGISTRAR, body=ministry)
    actor = again(account)
    assert actor.may(Role.REGISTRAR)
    assert actor.may(Role.REGISTRAR, body=ministry)
    assert actor.may(Role.REGISTRAR, body=below)
    assert not actor.may(Role.REGISTRAR, body=other)
    assert not actor.may(Role.INSPECTOR, body=ministry)


def test_a_role_for_a_territory_holds_for_what_lies_in_it_and_its_bodies(ministry: Body) -> None:
    account = factories.account("inspector")
    factories.grant(account, Role.INSPECTOR, territory=factories.territory("KZ-71"))
    city = factories.body("Әкімдік", place="KZ-71")
    actor = again(account)
    assert actor.may(Role.INSPECTOR, territory=factories.territory("KZ-71"))
    assert actor.may(Role.INSPECTOR, body=city)
    assert not actor.may(Role.INSPECTOR, territory=factories.territory("KZ-10"))
    assert not actor.may(Role.INSPECTOR, body=ministry)


def test_a_role_at_large_holds_everywhere(ministry: Body) -> None:
    assert again(factories.account("auditor", Role.AUDITOR)).may(Role.AUDITOR, body=ministry)


def test_a_withdrawn_role_is_gone_at_once_and_once(administrators: tuple[Account, Account]) -> None:
    account = factories.account("registrar", Role.REGISTRAR)
    grant = RoleGrant.objects.get(account=account)
    withdraw_role(grant=grant, by=again(administrators[0]), at=now())
    assert again(account).roles == frozenset()
    with pytest.raises(Conflict):
        withdraw_role(grant=grant, by=again(administrators[0]), at=now())


def test_reading_what_an_actor_may_takes_one_query(django_assert_num_queries: object) -> None:
    account = Account.objects.get(pk=factories.account("registrar", Role.REGISTRAR).pk)
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture of pytest-django
        actor = actor_of(account)
        assert actor.may(Role.REGISTRAR)
        assert account.roles


@pytest.fixture
def colleagues(ministry: Body) -> tuple[Account, Account]:
    """An integrity officer of the ministry, and a registrar of it."""
    officer, registrar = factories.account("officer"), factories.account("registrar")
    factories.grant(officer, Role.INTEGRITY_OFFICER, body=ministry)
    factories.grant(registrar, Role.REGISTRAR, body=ministry)
    return officer, registrar


def declared(officer: Account, deputy: Account, body: Body, first: date, last: date) -> object:
    return declare_absence(
        account=officer, deputy=deputy, body=body, valid_from=first, valid_to=last, by=again(officer), at=now()
    )


def test_a_deputy_has_the_role_in_that_body_while_the_absence_lasts(
    colleagues: tuple[Account, Account], ministry: Body
) -> None:
    officer, deputy = colleagues
    other = factories.body("Басқа министрлік")
    factories.grant(officer, Role.INTEGRITY_OFFICER, body=other)
    declared(officer, deputy, ministry, today(), today() + timedelta(days=3))
    actor = again(deputy)
    assert actor.may(Role.INTEGRITY_OFFICER, body=ministry)
    assert not actor.may(Role.INTEGRITY_OFFICER, body=other)
    assert {one.deputy_for for one in actor.held if one.role is Role.INTEGRITY_OFFICER} == {officer.pk}
    for day in (today() - timedelta(days=1), today() + timedelta(days=4)):
        roles = RoleGrant.objects.reaching(deputy, day).values_list("role", flat=True)
        assert Role.INTEGRITY_OFFICER not in roles


def test_an_absence_ended_early_ends_the_deputys_role(colleagues: tuple[Account, Account], ministry: Body) -> None:
    officer, deputy = colleagues
    absence = declared(officer, deputy, ministry, today(), today())
    end_absence(absence=absence, by=again(officer), at=now())  # type: ignore[arg-type]  # what the act returned
    assert not again(deputy).may(Role.INTEGRITY_OFFICER)


def test_a_withdrawn_role_is_gone_for_the_deputy_too(colleagues: tuple[Account, Account], ministry: Body) -> None:
    officer, deputy = colleagues
    declared(officer, deputy, ministry, today(), today())
    RoleGrant.objects.filter(account=officer).update(withdrawn_at=now())
    assert not again(deputy).may(Role.INTEGRITY_OFFICER)


def test_nobody_declares_anothers_absence_but_the_head_of_the_body(
    colleagues: tuple[Account, Account], ministry: Body
) -> None:
    officer, deputy = colleagues
    days = {"valid_from": today(), "valid_to": today(), "body": ministry, "at": now()}
    with pytest.raises(NotAllowed):
        declare_absence(account=officer, deputy=deputy, by=again(deputy), **days)  # type: ignore[arg-type]  # as named
    head = factories.account("head")
    factories.grant(head, Role.HEAD, body=ministry)
    assert declare_absence(account=officer, deputy=deputy, by=again(head), **days)  # type: ignore[arg-type]  # as named


def test_a_deputy_must_be_of_the_body_and_keep_duties_apart(
    colleagues: tuple[Account, Account], ministry: Body
) -> None:
    officer, registrar = colleagues
    stranger = factories.account("stranger", Role.INSPECTOR)
    with pytest.raises(DomainError, match="deputy-not-of-the-body"):
        declared(officer, stranger, ministry, today(), today())
    reviewer = factories.account("reviewer")
    factories.grant(reviewer, Role.REVIEWER, body=ministry)
    with pytest.raises(DomainError, match="roles-apart"):
        declared(registrar, reviewer, ministry, today(), today())
    with pytest.raises(DomainError, match="deputy-is-oneself"):
        declared(officer, officer, ministry, today(), today())
    with pytest.raises(DomainError, match="absence-days-wrong"):
        declared(officer, registrar, ministry, today(), today() - timedelta(days=1))


def test_roles_whose_keys_are_personal_are_not_passed_on(ministry: Body) -> None:
    holder, deputy = factories.account("holder"), factories.account("deputy")
    factories.grant(holder, Role.RECEIVING_OFFICER, body=ministry)
    factories.grant(deputy, Role.OPERATOR, body=ministry)
    with pytest.raises(DomainError, match="nothing-to-stand-in-for"):
        declared(holder, deputy, ministry, today(), today())


@pytest.mark.parametrize("pair", sorted(map(sorted, duties().roles)), ids="-".join)
def test_every_pair_of_roles_that_must_be_apart_is_kept_apart(pair: list[Role]) -> None:
    account = factories.account("both", pair[0])
    with pytest.raises(DomainError, match="roles-apart"):
        factories.grant(account, pair[1])
    assert again(account).roles == {pair[0]}


def test_a_role_that_takes_two_is_not_given_by_one(administrators: tuple[Account, Account]) -> None:
    account = factories.account("somebody")
    for role in duties().two_persons:
        with pytest.raises(DomainError, match="two-persons-needed"):
            grant_role(account=account, role=role, by=again(administrators[0]), at=now())


def test_what_one_proposes_another_confirms(administrators: tuple[Account, Account]) -> None:
    account = factories.account("somebody")
    first, second = map(again, administrators)
    made = propose(kind=Proposal.Kind.GRANT, account=account, role=Role.AUDITOR, by=first, at=now())
    with pytest.raises(DomainError, match="acts-apart"):
        confirm(proposal=made, by=first, at=now())
    assert again(account).roles == frozenset()
    confirm(proposal=made, by=second, at=now())
    assert again(account).roles == {Role.AUDITOR}
    event = Event.objects.get(name="kernel.proposal.confirm")
    assert (event.actor, event.subject) == (second.id, f"kernel.proposal:{made.pk}")
    with pytest.raises(Conflict):
        confirm(proposal=made, by=second, at=now())


def test_a_refused_proposal_gives_nothing(administrators: tuple[Account, Account]) -> None:
    account = factories.account("somebody")
    first, second = map(again, administrators)
    made = propose(kind=Proposal.Kind.GRANT, account=account, role=Role.AUDITOR, by=first, at=now())
    refuse(proposal=made, by=second, at=now())
    assert again(account).roles == frozenset()


def test_nobody_decides_about_themselves(administrators: tuple[Account, Account]) -> None:
    first, second = administrators
    with pytest.raises(DomainError, match="not-to-oneself"):
        grant_role(account=first, role=Role.OFFICIAL, by=again(first), at=now())
    with pytest.raises(DomainError, match="not-to-oneself"):
        propose(kind=Proposal.Kind.GRANT, account=first, role=Role.AUDITOR, by=again(first), at=now())
    made = propose(kind=Proposal.Kind.RECOVERY, account=second, by=again(first), at=now())
    with pytest.raises(DomainError, match="not-to-oneself"):
        confirm(proposal=made, by=again(second), at=now())
    assert not RecoveryLink.objects.exists()


def test_a_lost_sign_in_is_recovered_by_two_administrators_once_and_within_an_hour(
    administrators: tuple[Account, Account],
) -> None:
    account = factories.account("somebody", Role.REGISTRAR)
    first, second = map(again, administrators)
    made = propose(kind=Proposal.Kind.RECOVERY, account=account, by=first, at=now())
    secret = confirm(proposal=made, by=second, at=now()).secret
    with pytest.raises(DomainError, match="recovery-link-over"):
        recover(secret=secret, password="x" * 20, by=factories.BY, at=now() + timedelta(hours=1, seconds=1))
    recover(secret=secret, password="a new password of a test", by=factories.BY, at=now())
    account.refresh_from_db()
    assert account.check_password("a new password of a test")
    with pytest.raises(DomainError, match="recovery-link-over"):
        recover(secret=secret, password="x" * 20, by=factories.BY, at=now())
    assert secret not in str(list(RecoveryLink.objects.values()))


def test_only_administrators_give_withdraw_and_propose(administrators: tuple[Account, Account]) -> None:
    account, by = factories.account("somebody"), again(factories.account("auditor", Role.AUDITOR))
    with pytest.raises(NotAllowed):
        grant_role(account=account, role=Role.OFFICIAL, by=by, at=now())
    with pytest.raises(NotAllowed):
        propose(kind=Proposal.Kind.RECOVERY, account=account, by=by, at=now())
    grant = RoleGrant.objects.get(role=Role.AUDITOR)
    with pytest.raises(NotAllowed):
        withdraw_role(grant=grant, by=by, at=now())
