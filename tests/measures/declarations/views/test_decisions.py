"""What is decided where two keyings of a paper differ is held to the checks of its box before it goes in."""

from __future__ import annotations

import re

import pytest

from adaldyq.kernel.models import Notification, Person
from adaldyq.measures.declarations.models import Declaration
from tests.measures.declarations.views.test_received import CAR, PAPERS, declarant, keyed_in, officer, taken

__all__ = ["declarant"]
"""A fixture."""

pytestmark = pytest.mark.django_db


def test_what_is_decided_is_checked_before_it_goes_in_and_nothing_typed_is_lost(declarant: Person) -> None:
    paper = taken(declarant)
    keyed_in("first", paper, CAR | {"currency": "KZT", "acquired_date_year": "2019"})
    keyed_in("second", paper, CAR | {"value": "12,345", "currency": "USD", "acquired_date_year": "2018"})
    address = f"{PAPERS}{paper.pk}/differences/"
    page = officer("second").get(address).content.decode()
    order = re.findall(r'name="t(\d)(?:_day)?"', page)
    day = re.findall(r'name="t(\d)_day"', page)[0]
    value, currency = [one for one in order if one != day]
    typed = {f"d{one}": "typed" for one in "012"} | {f"t{day}_day": "30", f"t{day}_month": "2", f"t{day}_year": "2019"}
    answer = officer("second").post(address, typed | {f"t{value}": "-5", f"t{currency}": "XXX"})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no day “" in told
    assert 'value="-5"' in told
    assert 'value="30"' in told
    assert all(f'href="#id_t{one}' in told for one in "012")
    first = officer("second").post(address, {f"d{one}": "second" for one in "012"})
    assert first.status_code == 422
    assert "If the paper says it so, decide once more." in first.content.decode()
    paper.refresh_from_db()
    assert paper.state == "differs"
    assert "paper-refused" not in [*Notification.objects.values_list("message", flat=True)]
    right = {f"t{day}_day": "28", f"t{value}": "9 500 000", f"t{currency}": "EUR"}
    assert officer("second").post(address, typed | right).status_code == 302
    (car,) = Declaration.objects.get().vehicle.all()  # type: ignore[attr-defined]  # made from the sections
    assert (str(car.value), car.currency, car.acquired_date.isoformat()) == ("9500000.00", "EUR", "2019-02-28")
