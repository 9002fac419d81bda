"""Registers verification with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.roles import Role


class VerificationConfig(AppConfig):
    """Rules, runs, findings."""

    name = "adaldyq.verification"
    label = "verification"
    navigation = (
        ("findings-queue", _("Findings"), (Role.AGENCY_ANALYST,)),
        ("verification-runs", _("Runs"), (Role.AGENCY_ANALYST, Role.AUDITOR)),
        ("rules-catalogue", _("Rules"), None),
        ("open-data", _("Open data"), None),
    )
    navigation_title = _("Verification")
    navigation_place = 1
    handlers = {
        "kernel.night.begin": "adaldyq.verification.jobs.renew_open_snapshot",
        "verification.run.request": "adaldyq.verification.jobs.start_requested",
        "kernel.erasure.confirm": "adaldyq.verification.jobs.forget_snapshots",
        "kernel.erasure.replay": "adaldyq.verification.jobs.forget_snapshots",
    }
    eraser = "adaldyq.verification.actions.erasures.ERASER"
