"""Files of statements as banks sent them: kept encrypted, downloaded by whoever collects or audits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Upload
from adaldyq.kernel.models.uploads import REMOVED
from adaldyq.kernel.uploads.purposes import Purpose
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.models import BankStatement


def entitled(by: Actor, upload: Upload) -> bool:
    """Whoever reads the books."""
    return policies.may_read_books(by)


STATEMENT_FILE = Purpose("bank_statement", _("Statement of a bank"), kinds=("txt",), may_read=entitled)
"""Taken in through the page of statements alone, which reads it whole first."""
PURPOSES = (STATEMENT_FILE,)


def file_of(digest: str) -> Upload | None:
    """The file of a digest, while it is kept."""
    found = Upload.objects.filter(purpose=STATEMENT_FILE.name, sha256=digest).exclude(state=REMOVED)
    return found.order_by("uploaded_at", "pk").first()


def file_for(by: Actor, of: BankStatement) -> Upload | None:
    """The file that a statement came in last, for whoever may read it."""
    return file_of(of.digest) if policies.may_read_books(by) else None
