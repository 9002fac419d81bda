"""Two who register the same thing at the same moment, on connections of their own, do not exceed the whole."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection, transaction

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions import companies, rights
from adaldyq.kernel.actions.importing import take_rows
from adaldyq.kernel.actions.plans import Row, Source
from adaldyq.kernel.actions.rights import Acquisition, Estate
from adaldyq.kernel.models import Company, LandRight, Ownership, Person, VehicleRight
from tests import factories
from tests.kernel.registry import AT, ORIGIN, REGISTRAR, day

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
SINCE, SHARE = day("2026-01-01"), Decimal(60)
PATIENCE = 1.0  # seconds for which the first leaves its act open, unless the second is through already


def land(owner: Person) -> object:
    acquired = Acquisition(owner, SINCE, SHARE, "purchase")
    return rights.register_land(
        estate=Estate("20-313-001", "apartment"), acquired=acquired, origin=ORIGIN, by=REGISTRAR, at=AT
    )


def vehicle(owner: Person) -> object:
    acquired = Acquisition(owner, SINCE)
    return rights.register_vehicle(
        number="XWB3L32EDCA000001", kind="car", make="Lada", acquired=acquired, origin=ORIGIN, by=REGISTRAR, at=AT
    )


def share(owner: Person) -> object:
    return companies.record_ownership(
        company=Company.objects.get(), owner=owner, share=SHARE, kind="direct", since=SINCE, origin=ORIGIN,
        by=REGISTRAR, at=AT,
    )  # fmt: skip


def from_file(owner: Person) -> object:
    values = {"object_number": "20-313-001", "kind": "apartment", "owner_person": owner.pk, "share": SHARE}
    row = Row(2, {**values, "basis": "purchase", "valid_from": SINCE})
    [plan] = take_rows(kind="land", rows=[row], source=Source("cadastre", "Cadastre", day("2026-03-01")), by=REGISTRAR, at=AT)  # fmt: skip
    for one in plan.refused:
        raise one.error
    return plan


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (land, land, "rights-above-the-whole"),
        (land, from_file, "rights-above-the-whole"),
        (vehicle, vehicle, "vehicle-has-an-owner"),
        (share, share, "shares-above-the-whole"),
    ],
)
def test_of_two_at_once_the_second_is_refused(
    first: Callable[[Person], object], second: Callable[[Person], object], code: str
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time")
    one, other = factories.person(), factories.person()
    companies.register_company(name="K", legal_form="too", registered=SINCE, origin=ORIGIN, by=REGISTRAR, at=AT)  # fmt: skip
    written, through = threading.Event(), threading.Event()

    def begin() -> None:
        with transaction.atomic():
            first(one)
            written.set()
            through.wait(PATIENCE)
        connection.close()

    def follow() -> str:
        written.wait()
        try:
            second(other)
        except DomainError as refusal:
            return refusal.code
        finally:
            through.set()
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        begun, followed = pool.submit(begin), pool.submit(follow)
        begun.result()
        assert followed.result() == code
    assert LandRight.objects.count() + VehicleRight.objects.count() + Ownership.objects.count() == 1
