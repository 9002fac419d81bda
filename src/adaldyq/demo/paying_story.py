"""Gives people of the sample country fees to pay, and lets some pay them: with a browser, at the test provider, for real."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from typing import Any

import requests
import structlog
from django.apps import apps
from django.db import transaction

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Person
from adaldyq.measures.payments.actions.invoices import NewInvoice, issue_invoice
from adaldyq.measures.payments.actions.loading import load_fees

BY = system("demo")
SUBJECT = "demo.Payment"
CODES = ("document", "vehicle", "property")
SECONDS = 20.0
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FILLED = re.compile(r'name="reference" value="([^"]+)"')
GOOD, EMPTY, CONTESTED = "4111 1111 1111 1111", "4000 0000 0000 0002", "4000 0000 0000 0259"

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """What somebody does to pay.

    Attributes:
        method: chosen on the portal's page.
        said: what is written on the provider's.
    """

    method: str
    said: tuple[tuple[str, str], ...]


VISITS = (
    Visit("card", (("number", GOOD),)),
    Visit("card", (("number", EMPTY),)),
    Visit("transfer", (("amount", "100"),)),
    Visit("card", (("number", CONTESTED),)),
    Visit("qr", ()),
    Visit("card", (("number", GOOD),)),
)
"""They are paid, declined, paid in part by a transfer that only the statement tells, contested, and paid twice more."""


def issue_fees(at: datetime) -> None:
    """Publish the pack's fees and issue invoices to some people; once."""
    invoice = apps.get_model("payments", "Invoice")
    if invoice._default_manager.filter(subject_kind=SUBJECT).exists():
        return
    with transaction.atomic():
        try:
            load_fees(by=BY, at=at)
        except DomainError as refused:  # registers of an older version lack a body
            log.warning("fees were not published", code=refused.code)
            return
        versions = [fee_of(code) for code in CODES]
        for number, (person, version) in enumerate(zip(payers(), cycle(versions), strict=False)):
            new = NewInvoice(version, person=person, subject_kind=SUBJECT, subject_id=str(number))
            issue_invoice(new=new, by=BY, at=at)


def fee_of(code: str) -> Any:
    """The version of a fee that is in force."""
    version = apps.get_model("payments", "FeeVersion")
    return version._default_manager.get(schedule__code=code, valid_to=None)


def payers() -> Sequence[Person]:
    """Whom invoices are issued to: not those of the stories of the last year, who come first."""
    return list(Person.objects.filter(death_date=None).order_by("-pk")[: len(VISITS)])


def to_be_paid() -> Sequence[str]:
    """Keys of the invoices that nobody has begun to pay, in the order of the visits."""
    invoice = apps.get_model("payments", "Invoice")
    left = invoice._default_manager.filter(subject_kind=SUBJECT, state="issued", attempts=None)
    rows = left.values_list("subject_id", "pk")
    return [key for _number, key in sorted((int(subject), key) for subject, key in rows)]


def pay(portal: str, invoices: Sequence[str]) -> None:
    """Pay some invoices as people do: on the portal's page, then on the provider's. What goes wrong is left as it is.

    Args:
        portal: address of the portal.
    """
    for key, visit in zip(invoices, VISITS, strict=False):
        try:
            with requests.Session() as browser:
                go(browser, f"{portal}/ru/payments/invoices/{key}/", visit)
        except (requests.RequestException, ValueError) as failed:
            log.warning("a payment of the sample country was not made", why=type(failed).__name__)


def go(browser: requests.Session, page: str, visit: Visit) -> None:
    """Pay one invoice.

    Raises:
        RequestException: a page does not open.
        ValueError: a page has no form.
    """
    shown = opened(browser.get(page, timeout=SECONDS))
    asked = {"csrfmiddlewaretoken": token_of(shown), "method": f"test:{visit.method}", "form_key": page}
    at_provider = browser.post(page, asked, headers={"Referer": page}, timeout=SECONDS)
    form = opened(at_provider)
    filled = FILLED.search(form)  # a browser sends what stands in the box already
    said = {"csrfmiddlewaretoken": token_of(form), **({"reference": filled[1]} if filled else {}), **dict(visit.said)}
    address = at_provider.url
    if visit.method == "qr":
        address = address.replace("/pay/", "/mobile/").partition("?")[0]
        said["confirm"] = "1"
        said["csrfmiddlewaretoken"] = token_of(opened(browser.get(address, timeout=SECONDS)))
    opened(browser.post(address, said, headers={"Referer": address}, timeout=SECONDS))


def opened(answer: requests.Response) -> str:
    """What a page says.

    Raises:
        RequestException: it is an error.
    """
    answer.raise_for_status()
    return answer.text


def token_of(page: str) -> str:
    """The token without which a form is not taken.

    Raises:
        ValueError: the page has no form.
    """
    found = TOKEN.search(page)
    if found is None:
        raise ValueError("no form")
    return found[1]
