"""Serves the sample country's e-ID; `adaldyq idp` starts it with the environment that it needs."""

from __future__ import annotations

import os
import threading

import django
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def prepare() -> None:
    """Make the e-ID's own tables and register the portal as its client."""
    from allauth.idp.oidc.models import Client  # noqa: PLC0415  # models need Django set up
    from django.conf import settings  # noqa: PLC0415  # the same
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415  # the same
    from django.core.management import call_command  # noqa: PLC0415  # the same

    from adaldyq.project.idp import keys  # noqa: PLC0415  # the same

    call_command("migrate", verbosity=0, interactive=False)
    returns = [f"{portal}/sign-in/e-id/callback/" for portal in os.environ.get("ADALDYQ_IDP_PORTALS", "").split()]
    facts = {
        "name": "Adaldyq",
        "secret": make_password(keys.client_secret(settings.DATA_DIR)),
        "scopes": "openid\nprofile",
        "redirect_uris": "\n".join(returns),
    }
    if not Client.objects.filter(pk=keys.CLIENT).update(**facts):
        Client.objects.create(pk=keys.CLIENT, **facts)


def main() -> None:
    """Serve until told to end, or until the process that started this is gone."""
    from adaldyq.project.processes import end_with  # noqa: PLC0415  # nothing of ours before the settings are chosen

    if parent := os.environ.get("ADALDYQ_IDP_PARENT"):
        threading.Thread(target=end_with, args=(int(parent),), daemon=True).start()
    django.setup()
    prepare()
    Granian(
        "adaldyq.project.idp.wsgi:application",
        address=os.environ["ADALDYQ_IDP_HOST"],
        port=int(os.environ["ADALDYQ_IDP_PORT"]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=2,
        log_level=LogLevels.warning,
        workers_kill_timeout=5,  # one that was told to end before it could listen would be waited for for ever
    ).serve()


if __name__ == "__main__":
    main()
