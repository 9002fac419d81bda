"""A visitor finds declarations that nobody filed at each step of what follows, and can go on with each."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from adaldyq.demo.lapse_story import tell_lapses
from adaldyq.demo.sign_ins import KEEPERS_OF_DECLARATIONS, LATE
from adaldyq.kernel.actions.accounts import mark_as_sample
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.declarations.models import NonFiling
from tests import factories

pytestmark = pytest.mark.django_db


def test_those_who_did_not_file_stand_at_each_step_of_what_follows(client: Client) -> None:
    for name in KEEPERS_OF_DECLARATIONS:
        account = factories.account(name)
        factories.grant(account, Role.REGISTRAR, registry=Registry.DECLARATIONS)
        mark_as_sample(account=account, by=factories.BY, at=factories.AT)
    silent = factories.obligation(factories.person(), 2024, due_date=date(2025, 9, 15), is_public=False)
    for _number in range(3):
        factories.declaration(year=2024, is_public=False)
    for _twice in range(2):
        tell_lapses(datetime(2026, 11, 29, 12, tzinfo=UTC))
    matters = {one.state: one for one in NonFiling.objects.select_related("obligation")}
    assert set(matters) == {"fined", "appealed", "offence", "noticed"}
    assert matters["fined"].obligation == silent
    assert {one.obligation.year for one in matters.values() if one.obligation} == {2024, 2025}
    client.force_login(Account.objects.get(username=LATE))
    page = client.get(f"/en/declarations/non-filing/{matters['fined'].pk}/").content.decode()
    assert "Appeal" in page
    for words in ("The register holds neither", "В реестре нет", "Тізілімде декларация да"):
        assert words in page, "what was found is to be read by every visitor"
    assert "fined" in client.get("/en/messages/").content.decode(), "whoever was fined was told"
