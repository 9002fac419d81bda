"""The first question of a request shows whether the connection lives, and is asked again on a new one when it does not."""

from __future__ import annotations

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Account
from adaldyq.kernel.together import Together
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

BY_KEY = Compiled(lambda key: Account.objects.filter(pk=key), str)
BOTH = Together(BY_KEY, BY_KEY)


def begin_request() -> None:
    """Do as Django does before a request: the connection is to be checked before it is used."""
    connection.ensure_connection()
    connection.health_check_enabled = True  # type: ignore[attr-defined]  # the stubs do not know it
    connection.close_if_unusable_or_obsolete()


def cut() -> None:
    """End the connection from the side of the server, as its restart does."""
    mine = connection.connection.info.backend_pid
    with psycopg.connect(connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"]) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [mine])


def test_a_question_is_answered_though_the_database_was_started_again_meanwhile() -> None:
    account = factories.account("olzhas")
    begin_request()
    cut()
    assert [one.pk for one in BY_KEY(account.pk)] == [account.pk]
    begin_request()
    cut()
    assert [[one.pk for one in found] for found in BOTH((account.pk,), (account.pk,))] == [[account.pk]] * 2


def test_within_a_transaction_nothing_is_asked_twice() -> None:
    account = factories.account("olzhas")
    begin_request()
    with pytest.raises(OperationalError), transaction.atomic():
        cut()
        BY_KEY(account.pk)


def test_a_later_question_of_the_same_request_is_asked_once() -> None:
    begin_request()
    account = factories.account("olzhas")
    BY_KEY(account.pk)
    cut()
    with pytest.raises(OperationalError):
        BY_KEY(account.pk)
    connection.close()
