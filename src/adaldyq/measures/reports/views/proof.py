"""Proof of filing, for the reporter who has come back with the phrase."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.adapters import proofs
from adaldyq.measures.reports.queries.proofs import in_ledger_since, proved_acts
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.ui.downloads import as_attachment
from adaldyq.ui.formats.values import day

NAME = "receipt.zip"
"""Of the file: it lies in the folder of downloads, where a name that tells would be read by others."""


def download_proof(report: Report) -> HttpResponse:
    """The proof as a file.

    Raises:
        DomainError: `proof-to-come`: the lines are not in the ledger yet.
    """
    acts = proved_acts(report)
    if not acts:
        raise DomainError("proof-to-come")
    return as_attachment(proofs.packed(bytes(report.locked_mailbox), acts), NAME, "application/zip")


def ledger_line(report: Report) -> str:
    """That a line about a report stands in the ledger, and since when; empty while none does."""
    since = in_ledger_since(report)
    if since is None:
        return ""
    return _(
        "Since %(day)s a line about your report stands in the public ledger, among lines that mean nothing. The file shows which one it is, and that nobody has changed what you sent."
    ) % {"day": day(since)}
