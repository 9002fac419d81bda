"""Signatures under a declaration as facts."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adaldyq.kernel.signatures.queries import signatures_of
from adaldyq.measures.declarations.queries.drafts import Declaration
from adaldyq.ui.facts import Fact, Link

FORMS: Mapping[str, object] = {
    "cms": gettext_lazy("a file beside the declaration (CMS)"),
    "pades": gettext_lazy("within the PDF (PAdES)"),
}


def cards_of(declaration: Declaration) -> list[list[Fact]]:
    """The signatures of one's own declaration."""
    return [
        [
            Fact(_("Certificate of"), one.signer),
            Fact(_("Issued by"), one.issuer),
            Fact(_("Serial number of the certificate"), one.serial),
            Fact(_("Signature"), FORMS.get(one.form, one.form)),
            Fact(_("Checked"), one.verified_at, kind="moment"),
            Fact(_("Signed by the signer’s own clock"), one.claimed_at, kind="moment"),
            Fact(_("Digest of the signature (SHA-256)"), one.digest, hint=_("It stands in the ledger.")),
            *([Fact(_("File"), download_link(one.upload_id))] if one.upload_id else []),
        ]
        for one in signatures_of(declaration)
    ]


def download_link(upload: str) -> Link | str:
    """Where the file with the signature is saved from; its id where this installation has no desk."""
    try:
        return Link(_("Save the signature"), reverse("desk-file", args=[upload]))
    except NoReverseMatch:
        return upload
