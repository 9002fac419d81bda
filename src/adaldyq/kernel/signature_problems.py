"""Sentences of the errors of signatures by certificates."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str] = {
    "signature-not-one": _(
        "This file is not a signature that can be read. Send the file that your signing program made (.p7s, .sig), "
        "or the PDF that you signed."
    ),
    "signature-altered": _(
        "The signature is of another document than what would be filed now: it, or the declaration, was changed since. "
        "Download what is to be signed again, sign it and send it."
    ),
    "signature-weak": _(
        "The signature was made in a way that is not accepted here. Use a certificate with RSA or ECDSA and SHA-256, "
        "or sign with your password."
    ),
    "signature-no-roots": _("No certificates are accepted here yet. Sign with your password."),
    "signature-issuer-unknown": _(
        "The certificate comes from an authority that is not trusted here. Use your national certificate."
    ),
    "signature-expired": _("The certificate has expired. Get a new one, or sign with your password."),
    "signature-not-yet-valid": _("The certificate is not in force yet. Wait until it is, or sign with your password."),
    "signature-revoked": _("The certificate was revoked. Get a new one, or sign with your password."),
    "signature-revocation-unknown": _(
        "It cannot be told now whether the certificate was revoked: the authority’s list is missing or out of date. "
        "Try again later, or sign with your password."
    ),
    "signature-other-use": _("The certificate is not one for signing. Use your certificate for signing."),
    "signature-no-number": _("The certificate does not state one person’s number, so it cannot be told whose it is."),
    "signature-other-person": _("The certificate is that of %(name)s. Sign with your own."),
    "signature-clock-ahead": _("The signature says that it was made later than now. Set your computer’s clock."),
    "signature-roots-unreadable": _(
        "%(file)s in the folder of trusted authorities cannot be read. Put a certificate or a revocation list in PEM or "
        "DER in its place."
    ),
    "no-certificates-in-production": _(
        "This server is for others: it has ADALDYQ_HTTPS=1, or names in ADALDYQ_HOSTS. No certificate is made here. "
        "Look at the sample country on a machine of your own, with `adaldyq run`."
    ),
    "no-sample-person": _("“%(value)s” is neither a sign-in nor a number of a person of the sample country."),
}
