"""Prepares a body that receives reports, for the measurement: its officers, bodies to report about, and reporters' regions.

Run with the environment of an installation, with the public keys of the officers on the command line; prints as JSON
what the bodies are called that reports are about.
"""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from django.apps import apps  # noqa: E402  # Django must be set up first
from django.db import connection, transaction  # noqa: E402  # as above

from adaldyq.kernel.actor import actor_of  # noqa: E402  # as above
from adaldyq.kernel.models import Account  # noqa: E402  # as above
from adaldyq.kernel.roles import Role  # noqa: E402  # as above
from adaldyq.measures.reports.actions.keys import add_key, open_unit  # noqa: E402  # as above
from adaldyq.project.assets import collect_when_changed  # noqa: E402  # as above
from tests import factories  # noqa: E402  # as above

OF_WHAT = ("Жер", "Су", "Орман", "Жол", "Кеден", "Салық", "Құрылыс", "Көлік", "Сауда", "Білім")
WHERE = ("Алматы", "Абай", "Жетісу", "Ұлытау", "Атырау", "Маңғыстау", "Қостанай", "Түркістан", "Павлодар", "Ақтөбе")


def analyse() -> None:
    """Let the database learn what its tables hold, as it does by itself before long."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._default_manager.exists():
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def main() -> None:
    """Open the agency, give each key to an officer, and make the bodies."""
    collect_when_changed()
    with transaction.atomic():
        unit = open_unit(body=factories.body(), kind="agency", by=factories.BY, at=factories.AT)
        for number, public in enumerate(sys.argv[1:]):
            account = factories.account(f"officer-{number}")
            factories.grant(account, Role.RECEIVING_OFFICER, body=unit.body)
            Account.objects.filter(pk=account.pk).update(person=factories.person())
            fresh = Account.objects.get(pk=account.pk)
            add_key(unit=unit, public=public, locked=b"", by=actor_of(fresh), at=factories.AT)
        names = [f"{place} {what} басқармасы" for place in WHERE for what in OF_WHAT]
        for name in names:
            factories.body(name=name, names={"kk": name})
    analyse()
    json.dump({"bodies": names}, sys.stdout)


main()
