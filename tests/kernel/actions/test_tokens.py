"""A token is issued by one administrator, its secret made by another; it is rotated, expires, and is revoked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel.actions.tokens import GRACE, HandedOver, issue_token, make_secret, revoke_token, rotate_token
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.models import Body, InstitutionToken, TokenSecret
from adaldyq.kernel.policies import may_write
from adaldyq.kernel.roles import Role
from adaldyq.kernel.scopes import Scope
from adaldyq.kernel.tokens import FORM, actor_by, note_use, token_behind
from adaldyq.ledger.models import Leaf
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def first() -> Actor:
    return actor_of(factories.account("first", Role.ADMINISTRATOR))


@pytest.fixture
def second() -> Actor:
    return actor_of(factories.account("second", Role.ADMINISTRATOR))


def issued(by: Actor, **facts: Any) -> HandedOver:
    usual = {"body": factories.body(), "label": "exchange", "scopes": [Scope.PEOPLE_READ, Scope.FAMILIES_READ]}
    return issue_token(**{**usual, "expires_at": AT + timedelta(days=90), **facts}, by=by, at=AT)


def test_a_secret_takes_two_administrators(first: Actor, second: Actor) -> None:
    token = issued(first).token
    assert not TokenSecret.objects.exists()
    with pytest.raises(DomainError, match="acts-apart"):
        make_secret(token=token, by=first, at=AT)
    secret = make_secret(token=token, by=second, at=AT).secret
    assert token_behind(secret, at=AT) == token
    with pytest.raises(Conflict):
        make_secret(token=InstitutionToken.objects.get(), by=second, at=AT)
    assert [leaf.act for leaf in Leaf.objects.filter(act__startswith="kernel.token").order_by("pk")] == [
        "kernel.token.issue",
        "kernel.token.hand_over",
    ]


def test_a_secret_can_be_found_by_scanners_and_is_kept_as_a_hash_only() -> None:
    secret = issued(factories.BY).secret
    assert FORM.fullmatch(secret)
    assert secret not in str(list(TokenSecret.objects.values())) + str(list(Leaf.objects.values()))
    assert token_behind(secret.upper(), at=AT) is None
    assert token_behind("adaldyq_" + "0" * 64, at=AT) is None


def test_the_old_secret_lives_on_for_a_while_after_a_rotation(first: Actor, second: Actor) -> None:
    done = issued(factories.BY)
    waiting = rotate_token(token=done.token, by=first, at=AT).token
    with pytest.raises(Conflict):
        rotate_token(token=waiting, by=second, at=AT)
    newer = make_secret(token=waiting, by=second, at=AT).secret
    for secret, days, opens in ((done.secret, 6, True), (done.secret, 8, False), (newer, 8, True)):
        assert (token_behind(secret, at=AT + timedelta(days=days)) is not None) is opens
    known = token_behind(done.secret, at=AT)
    assert known is not None
    assert known.replaced_at == AT + GRACE


def test_a_second_rotation_does_not_make_the_oldest_secret_live_longer() -> None:
    done = issued(factories.BY)
    rotate_token(token=done.token, by=factories.BY, at=AT, grace=timedelta(days=1))
    rotate_token(token=done.token, by=factories.BY, at=AT, grace=timedelta(days=30))
    assert token_behind(done.secret, at=AT + timedelta(days=2)) is None


def test_a_token_opens_nothing_when_it_is_over_or_its_body_is_closed(first: Actor) -> None:
    done = issued(factories.BY)
    assert token_behind(done.secret, at=AT + timedelta(days=90)) is None
    Body.objects.filter(pk=done.token.body_id).update(closed_date=date(2026, 3, 1))
    assert token_behind(done.secret, at=AT) is None
    Body.objects.update(closed_date=None)
    revoke_token(token=done.token, by=first, at=AT)
    assert token_behind(done.secret, at=AT) is None
    with pytest.raises(Conflict):
        revoke_token(token=done.token, by=first, at=AT)
    with pytest.raises(Conflict):
        rotate_token(token=InstitutionToken.objects.get(), by=first, at=AT)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"label": " "}, "value-missing"),
        ({"label": "x" * 101}, "text-too-long"),
        ({"scopes": []}, "no-scope"),
        ({"expires_at": AT}, "token-life-wrong"),
        ({"expires_at": AT + timedelta(days=400)}, "token-life-wrong"),
        ({"requests_a_minute": 0}, "token-requests-wrong"),
    ],
)
def test_a_token_that_nobody_should_have_is_refused(facts: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError, match=code):
        issued(factories.BY, **facts)


def test_only_administrators_deal_with_tokens(first: Actor) -> None:
    registrar = actor_of(factories.account("registrar", Role.REGISTRAR))
    token = issued(first).token
    for act in (rotate_token, make_secret, revoke_token):
        with pytest.raises(NotAllowed):
            act(token=token, by=registrar, at=AT)
    with pytest.raises(NotAllowed):
        issued(registrar)
    assert not InstitutionToken.objects.exclude(pk=token.pk).exists()


def test_a_token_keeps_registers_only_when_it_may_write_and_stands_for_its_institution() -> None:
    reads, writes = issued(factories.BY).token, issued(factories.BY, scopes=[Scope.COMPANIES_WRITE]).token
    assert actor_by(reads).roles == frozenset()
    assert actor_by(writes).roles == {Role.REGISTRAR}
    assert may_write(actor_by(writes), "kernel.company.register")
    assert not may_write(actor_by(writes), "kernel.person.register")
    assert actor_by(reads).acting_for == f"body:{reads.body_id}"


def test_the_day_of_its_last_use_is_kept() -> None:
    token = issued(factories.BY).token
    note_use(token, at=AT)
    token.refresh_from_db()
    assert token.last_used_date == date(2026, 3, 2)
