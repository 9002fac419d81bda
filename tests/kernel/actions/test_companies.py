"""Owners of this company on that day."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions import companies
from adaldyq.kernel.models import Company, Ownership, Person
from adaldyq.kernel.queries import history
from tests import factories
from tests.kernel.registry import AT, ORIGIN, REGISTRAR, day

pytestmark = pytest.mark.django_db
HOW: dict[str, Any] = {"origin": ORIGIN, "by": REGISTRAR, "at": AT}


def company(name: str = "«Байтерек» ЖШС", **facts: Any) -> Company:
    return companies.register_company(
        name=name, legal_form="too", registered=day("2008-07-29"), facts=facts or None, **HOW
    )


def owned(of: Company, owner: Person | Company, share: str, since: str, kind: str = "direct") -> Ownership:
    return companies.record_ownership(company=of, owner=owner, share=Decimal(share), kind=kind, since=day(since), **HOW)


def test_owners_on_a_day_are_those_whose_share_had_begun_and_not_ended() -> None:
    firm, founder, buyer = company(), factories.person(), factories.person()
    share = owned(firm, founder, "60", "2008-07-29")
    owned(firm, company("«Холдинг» АҚ"), "40", "2008-07-29")
    companies.end_ownership(ownership=share, until=day("2015-05-31"), **HOW)
    owned(firm, buyer, "60", "2015-06-01")
    before = {one.owner_person_id for one in history.owners_of(firm.pk, day("2015-05-31"))}
    after = {one.owner_person_id for one in history.owners_of(firm.pk, day("2015-06-01"))}
    assert before == {founder.pk, None}
    assert after == {buyer.pk, None}
    assert history.holdings_of(buyer.pk, day("2020-01-01")).get().company == firm


def test_a_share_that_grows_ends_the_smaller_one() -> None:
    firm, owner = company(), factories.person()
    owned(firm, owner, "25", "2010-01-01")
    owned(firm, owner, "75", "2012-01-01")
    assert [one.share for one in history.owners_of(firm.pk, day("2011-12-31"))] == [25]
    assert [one.share for one in history.owners_of(firm.pk, day("2012-01-01"))] == [75]


def test_direct_shares_do_not_exceed_the_whole() -> None:
    firm = company()
    owned(firm, factories.person(), "60", "2010-01-01")
    with pytest.raises(DomainError, match="shares-above-the-whole"):
        owned(firm, factories.person(), "50", "2010-01-01")
    owned(firm, factories.person(), "50", "2010-01-01", "beneficial")


def test_a_direct_share_fits_beside_those_of_each_of_its_days() -> None:
    firm, buyer = company(), factories.person()
    owned(firm, factories.person(), "60", "2010-01-01")
    sold = owned(firm, factories.person(), "40", "2010-01-01")
    companies.end_ownership(ownership=sold, until=day("2015-06-30"), **HOW)
    with pytest.raises(DomainError, match="shares-above-the-whole"):
        owned(firm, buyer, "40", "2015-06-30")
    owned(firm, buyer, "40", "2015-07-01")
    with pytest.raises(DomainError, match="shares-above-the-whole"):
        owned(firm, factories.person(), "10", "2009-01-01")


@pytest.mark.parametrize("share", ["0", "-5", "100.01"])
def test_a_share_is_a_part_of_the_whole(share: str) -> None:
    with pytest.raises(DomainError, match="share-out-of-range"):
        owned(company(), factories.person(), share, "2010-01-01")


def test_a_company_does_not_own_itself() -> None:
    firm = company()
    with pytest.raises(DomainError, match="owner-of-itself"):
        owned(firm, firm, "10", "2010-01-01")


def test_a_number_names_one_company() -> None:
    company(identifier="080740800604")
    with pytest.raises(DomainError, match="company-there-already"):
        company("«Басқа» ЖШС", identifier="080740800604")


def test_striking_off_ends_the_shares() -> None:
    firm = company()
    share = owned(firm, factories.person(), "60", "2010-01-01")
    companies.close_company(company=firm, until=day("2020-12-31"), **HOW)
    share.refresh_from_db()
    assert share.valid_to == day("2020-12-31")
    assert not history.owners_of(firm.pk, day("2021-01-01"))
