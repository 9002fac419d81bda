"""Keeping signatures."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Model

from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import Signature, Upload
from adaldyq.kernel.uploads.actions import attach

if TYPE_CHECKING:
    from adaldyq.kernel.signatures.verifying import Verified  # reads in what only those need who sign


def kept(signature: Signature) -> Recorded:
    """The ledger line of a signature: digests of it, of what was signed and of the certificate."""
    facts: dict[str, object] = {
        "signature": signature.pk,
        "subject": signature.subject_id,
        "sha256": signature.digest,
        "content": signature.content,
        "certificate": signature.certificate,
    }
    return Recorded([facts], {"signature": signature.pk, "subject": signature.subject_id})


@act("kernel.signature.keep", records=kept)
def keep_signature(*, subject: Model, verified: Verified, upload: Upload, by: Actor, at: datetime) -> Signature:
    """Keep a signature that was checked, within the act that needs it.

    Raises:
        NotAllowed: nobody stands behind `by`, or somebody else handed the file in.
        Conflict: the file is attached to something already.
    """
    require(bool(by.person), "kernel.signature.keep")
    attach(upload=upload, subject=subject, by=by, at=at)
    return Signature.objects.create(
        subject_kind=subject._meta.label,
        subject_id=subject.pk,
        person_id=by.person,
        upload=upload,
        form=verified.form,
        signer=verified.signer,
        issuer=verified.issuer,
        serial=verified.serial,
        certificate=verified.certificate,
        content=verified.content,
        digest=upload.sha256,
        claimed_at=verified.claimed_at,
        verified_at=at,
    )
