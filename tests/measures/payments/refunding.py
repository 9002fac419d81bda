"""Asks for refunds of one payment from many threads at once, in this process or in others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import connection
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import system
from adaldyq.measures.payments.actions.refunds import NewRefund, request_refund
from adaldyq.measures.payments.models import PaymentAttempt

THREADS = 25
PROGRAM = """
import sys, django
django.setup()
from tests.measures.payments.refunding import ask
print(ask(sys.argv[1], sys.argv[2], int(sys.argv[3])))
"""


def ask(attempt: str, name: str, count: int) -> int:
    """Ask for so many refunds of 30.00, and return how many were let through.

    Args:
        name: tells the refunds of one asker from those of others.
    """
    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(partial(one, attempt, name), range(count)))


def one(attempt: str, name: str, number: int) -> bool:
    """Ask for a refund on a connection of its own, and tell whether it was let through."""
    try:
        of = PaymentAttempt.objects.select_related("invoice__body").get(pk=attempt)
        new = NewRefund(of, 3_000, "mistake", "At once.", f"{name}-{number}")
        request_refund(new=new, by=system("test"), at=timezone.now())
    except DomainError as refused:
        if refused.code != "refund-too-much":
            raise
        return False
    else:
        return True
    finally:
        connection.close()
