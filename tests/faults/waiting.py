"""Prints what of an installation still waits: lines, deadlines, the witness's signature of the newest checkpoint."""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from adaldyq.kernel.models import Deadline  # noqa: E402  # Django must be set up first
from adaldyq.kernel.models.deadlines import RUNNING  # noqa: E402  # as above
from adaldyq.ledger.models import StoredCosignature  # noqa: E402  # as above
from adaldyq.ledger.queries import waiting_lines  # noqa: E402  # as above
from adaldyq.ledger.store import newest_checkpoint  # noqa: E402  # as above

newest = newest_checkpoint()
json.dump(
    {
        "lines": waiting_lines(),
        "deadlines": Deadline.objects.filter(state=RUNNING).count(),
        "cosigned": bool(newest and StoredCosignature.objects.filter(checkpoint=newest).exists()),
    },
    sys.stdout,
)
