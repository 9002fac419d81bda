"""Prepares an installation: database, static files, keys, witness, a registrar and a program.

Prints what the harness must know.
"""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: E402  # Django must be set up first
from django.contrib.auth.hashers import make_password  # noqa: E402  # as above
from django.utils import timezone  # noqa: E402  # as above

from adaldyq.kernel.actions.accounts import grant_role, open_account  # noqa: E402  # as above
from adaldyq.kernel.actions.tokens import MOST_REQUESTS  # noqa: E402  # as above
from adaldyq.kernel.actor import system  # noqa: E402  # as above
from adaldyq.kernel.roles import Role  # noqa: E402  # as above
from adaldyq.kernel.scopes import Scope  # noqa: E402  # as above
from adaldyq.ledger.keys import signing_keys  # noqa: E402  # as above
from adaldyq.ledger.witness import Witness  # noqa: E402  # as above
from adaldyq.project.assets import collect_when_changed  # noqa: E402  # as above
from adaldyq.project.cli.migrating import prepare_database  # noqa: E402  # as above
from adaldyq.project.cli.witness import NAME, default_folder  # noqa: E402  # as above
from tests import factories  # noqa: E402  # as above
from tests.faults.visitor import PASSWORD, REGISTRAR  # noqa: E402  # as above

BY = system("shell")


def main() -> None:
    prepare_database()
    collect_when_changed()
    now, app = timezone.now(), generate_totp_secret()
    registrar = open_account(username=REGISTRAR, name="Registrar", password_hash=make_password(PASSWORD), by=BY, at=now)
    grant_role(account=registrar, role=Role.REGISTRAR, by=BY, at=now)
    TOTP.activate(registrar, app)
    _token, secret = factories.token(Scope.COMPANIES_WRITE, requests_a_minute=MOST_REQUESTS)
    keys = [one.verifier for one in signing_keys()]
    witness = Witness.open(default_folder(), NAME, keys)
    json.dump({"log": str(keys[0]), "witness": str(witness.key), "app": app, "token": secret}, sys.stdout)


main()
