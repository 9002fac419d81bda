"""Pages of accounts in a browser: sound on a phone and a desk, and a role given by two administrators."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.actions.proposals import propose
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account, Proposal
from adaldyq.kernel.roles import Role
from tests import factories
from tests.browser.conftest import sign_in
from tests.browser.looks import Look, in_looks, put_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OWN = ("my/", "my/sessions/", "my/acting-for/", "my/mandates/", "my/absences/")


def citizen_with_post() -> Account:
    """Somebody with a person behind the account and a role in a body."""
    account = factories.account("somebody", Role.CITIZEN)
    factories.grant(account, Role.INTEGRITY_OFFICER, body=factories.body())
    Account.objects.filter(pk=account.pk).update(person=factories.person())
    return Account.objects.get(pk=account.pk)


@in_looks
def test_pages_of_accounts_are_sound(
    live_server: LiveServer, page: Page, sound: Callable[[], None], look: Look
) -> None:
    put_on(page, look)
    account = citizen_with_post()
    sign_in(page, live_server, account)
    for path in OWN:
        page.goto(f"{live_server.url}/{look.language}/{path}")
        sound()
    first = factories.account("first", Role.ADMINISTRATOR)
    by = actor_of(Account.objects.get(pk=first.pk))
    kind = Proposal.Kind.GRANT
    propose(kind=kind, account=account, role=Role.PROSECUTOR, by=by, at=timezone.now())
    sign_in(page, live_server, factories.account("second", Role.ADMINISTRATOR))
    token, _secret = factories.token()
    of_token = f"accounts/tokens/{token.pk}/"
    tokens = ("accounts/tokens/", of_token, f"{of_token}rotate/", f"{of_token}revoke/")
    for path in ("accounts/", f"accounts/{account.pk}/", "accounts/proposals/", *tokens):
        page.goto(f"{live_server.url}/{look.language}/{path}")
        sound()


def test_a_role_is_proposed_by_one_administrator_and_confirmed_by_another(live_server: LiveServer, page: Page) -> None:
    account = factories.account("somebody")
    first, second = (factories.account(name, Role.ADMINISTRATOR) for name in ("first", "second"))
    sign_in(page, live_server, first)
    page.goto(f"{live_server.url}/en/accounts/{account.pk}/")
    page.get_by_label("Role", exact=True).select_option("auditor")
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_text("waits for a second administrator")).to_be_visible()
    sign_in(page, live_server, second)
    page.goto(f"{live_server.url}/en/accounts/proposals/")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    assert Account.objects.get(pk=account.pk).roles == {Role.AUDITOR}
