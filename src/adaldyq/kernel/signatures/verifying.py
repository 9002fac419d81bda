"""Checks signatures: detached ones (CMS, RFC 5652) and those within a PDF (PAdES, ETSI EN 319 142-1).

Everything is checked at the instant at which the signature is handed in. The time that stands in a signature is what
the signer's own clock said; it is kept as a claim and decides nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from asn1crypto import cms, core, x509
from cryptography.exceptions import UnsupportedAlgorithm
from django.conf import settings
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, ModificationLevel, SuspiciousModification
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import SignedDataCerts
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_self_reported_ts,
    validate_sig_integrity,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import CertificateValidator, ValidationContext, errors
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from adaldyq.base.errors import DomainError
from adaldyq.base.signature_forms import der_of, is_pdf
from adaldyq.kernel import naming
from adaldyq.kernel.identity import person_by_identifier
from adaldyq.kernel.signatures import trust

CMS, PADES = "cms", "pades"
SIGNS = {"non_repudiation"}
"""Key usage of certificates by which people sign: content commitment (RFC 5280, 4.2.1.3; ETSI EN 319 412-2, 4.3.2)."""
DIGESTS = {"sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"}
SCHEMES = {"rsassa_pkcs1v15", "rsassa_pss", "ecdsa", "ed25519", "ed448"}
NUMBER = re.compile(r"(?:[A-Z]{3}(?:[A-Z]{2})?-?)?(?P<value>[0-9].*)")
"""A number alone, after its scheme (`IIN…`), or as ETSI EN 319 412-1, 5.1.3 writes it (`PNOKZ-…`)."""
FAST_CLOCK = timedelta(minutes=10)
BROKEN = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, NotImplementedError),
    *(PdfError, SignatureValidationError, UnsupportedAlgorithm),
)
"""What the libraries raise on a file that is not what it says."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that holds.

    Attributes:
        form: `cms` for a detached one, `pades` for one within a PDF.
        signer, issuer: names of the person and the authority, in words.
        number: the person's number as the certificate states it, without the letters of its scheme.
        serial: of the certificate, in hexadecimal.
        certificate: SHA-256 of the certificate, in hexadecimal.
        content: SHA-256 of what was signed, in hexadecimal.
        claimed_at: when the signer's own clock said that it was signed; empty when the signature does not say.
    """

    form: str
    signer: str
    issuer: str
    number: str
    serial: str
    certificate: str
    content: str
    claimed_at: datetime | None


def verify(handed_in: bytes, contents: Sequence[bytes], *, at: datetime) -> Verified:
    """Check a signature of one of some contents: a detached one, or the content itself as a signed PDF.

    Args:
        contents: the exact bytes that may have been signed.
        at: at which the certificate must be in force.

    Raises:
        DomainError: `signature-not-one`, `signature-altered`, `signature-weak`, `signature-no-roots`,
            `signature-issuer-unknown`, `signature-expired`, `signature-not-yet-valid`, `signature-revoked`,
            `signature-revocation-unknown`, `signature-other-use`, `signature-no-number`, `signature-clock-ahead`.
    """
    known = trust.trusted()
    if not known.roots:
        raise DomainError("signature-no-roots", field="signature")
    try:
        verified, found = signed_pdf(handed_in, contents) if is_pdf(handed_in) else detached(handed_in, contents)
        if verified.claimed_at is not None and verified.claimed_at > at + FAST_CLOCK:
            raise DomainError("signature-clock-ahead", field="signature")
        require_path(found, known, at)
    except BROKEN as error:
        raise DomainError("signature-not-one", field="signature") from error
    if not verified.number:
        raise DomainError("signature-no-number", field="signature")
    return verified


def require_own(verified: Verified, person: str, day: date) -> None:
    """Hold a certificate to be that of a person of the registers.

    Raises:
        DomainError: `signature-other-person`.
    """
    scheme, country = settings.SIGNATURE_SCHEME, naming.pack().code
    holder = person_by_identifier(scheme, country, verified.number, day=day)
    if holder is None or not person or holder.pk != person:
        raise DomainError("signature-other-person", field="signature", name=verified.signer)


def detached(handed_in: bytes, contents: Sequence[bytes]) -> tuple[Verified, SignedDataCerts]:
    """A CMS signature that lies beside what it signs, or carries it within.

    Raises:
        DomainError: as `verify`; other errors for what is no signature.
    """
    data = der_of(handed_in)
    if data is None:
        raise DomainError("signature-not-one", field="signature")
    signed = cms.ContentInfo.load(data, strict=True)["content"]
    (signer,) = signed["signer_infos"]
    found = extract_certs_for_validation(signed)
    carried = signed["encap_content_info"]["content"]
    within = None if carried is core.VOID or carried.native is None else carried.native
    for content in contents:
        if (within is None or within == content) and holds(signer, found.signer_cert, content):
            return described(CMS, signer, found.signer_cert, content), found
    raise DomainError("signature-altered", field="signature")


def holds(signer: cms.SignerInfo, certificate: x509.Certificate, content: bytes) -> bool:
    """Whether a signature is of this content."""
    digest = hashlib.new(strong_digest(signer), content).digest()
    return all(validate_sig_integrity(signer, certificate, "data", digest))


def strong_digest(signer: cms.SignerInfo) -> str:
    """The digest of a signature.

    Raises:
        DomainError: `signature-weak`: it, or the way of signing, is none that is safe and known here.
    """
    name = str(signer["digest_algorithm"]["algorithm"].native)
    try:
        scheme = signer["signature_algorithm"].signature_algo
    except ValueError:
        scheme = ""
    if name not in DIGESTS or scheme not in SCHEMES:
        raise DomainError("signature-weak", field="signature")
    return name


def signed_pdf(handed_in: bytes, contents: Sequence[bytes]) -> tuple[Verified, SignedDataCerts]:
    """A PDF that was handed out and came back with one signature, and nothing else, added behind it.

    Raises:
        DomainError: as `verify`; other errors for what is no signature.
    """
    content = next((one for one in contents if handed_in.startswith(one)), None)
    if content is None:
        raise DomainError("signature-altered", field="signature")
    reader = PdfFileReader(io.BytesIO(handed_in))
    (signature,) = reader.embedded_regular_signatures
    signer, found = signature.signer_info, extract_certs_for_validation(signature.signed_data)
    strong_digest(signer)
    signature.compute_integrity_info(skip_diff=True)
    whole = signature.coverage == SignatureCoverageLevel.ENTIRE_FILE
    right = all(validate_sig_integrity(signer, found.signer_cert, "data", signature.compute_digest()))
    if not (whole and right and only_signed(reader, content)):
        raise DomainError("signature-altered", field="signature")
    return described(PADES, signer, found.signer_cert, content, signature), found


def only_signed(reader: PdfFileReader, content: bytes) -> bool:
    """Whether a file differs from what was handed out by its signature alone."""
    before = PdfFileReader(io.BytesIO(content)).xrefs.total_revisions
    found = DEFAULT_DIFF_POLICY.review_file(reader, before - 1, doc_mdp=MDPPerm.FILL_FORMS)
    return not isinstance(found, SuspiciousModification) and found.modification_level <= ModificationLevel.FORM_FILLING


def described(
    form: str,
    signer: cms.SignerInfo,
    certificate: x509.Certificate,
    content: bytes,
    within: EmbeddedPdfSignature | None = None,
) -> Verified:
    """What is kept of a signature."""
    numbers = [
        found["value"]
        for one in trust.of_name(certificate.subject, settings.SIGNATURE_ATTRIBUTE)
        if (found := NUMBER.fullmatch(one.strip()))
    ]
    claimed: datetime | None = within.self_reported_timestamp if within else extract_self_reported_ts(signer)
    return Verified(
        form=form,
        signer=trust.name_of(certificate.subject),
        issuer=trust.name_of(certificate.issuer),
        number=numbers[0] if len(numbers) == 1 else "",
        serial=f"{certificate.serial_number:x}",
        certificate=hashlib.sha256(certificate.dump()).hexdigest(),
        content=hashlib.sha256(content).hexdigest(),
        claimed_at=claimed,
    )


def require_path(found: SignedDataCerts, known: trust.Trust, at: datetime) -> None:
    """Hold a certificate to come from a trusted authority, to be in force, and to be one for signing (RFC 5280, 6).

    Raises:
        DomainError: as `verify`.
    """
    needs_list = RevocationCheckingRule.CRL_REQUIRED if known.lists else RevocationCheckingRule.NO_CHECK
    above = RevocationCheckingRule.CHECK_IF_DECLARED_SOFT if known.lists else RevocationCheckingRule.NO_CHECK
    context = ValidationContext(
        trust_roots=list(known.roots),
        moment=at,
        allow_fetching=False,
        crls=list(known.lists),
        revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy(needs_list, above)),
    )
    checked = CertificateValidator(found.signer_cert, list(found.other_certs), validation_context=context)
    try:
        asyncio.run(checked.async_validate_usage(SIGNS))
    except (errors.PathError, errors.ValidationError) as error:
        raise DomainError(refusal(error), field="signature") from error


def refusal(error: Exception) -> str:
    """Why a certificate is refused, as the code of our own error."""
    reasons: tuple[tuple[type[Exception], str], ...] = (
        (errors.PathError, "signature-issuer-unknown"),
        (errors.RevokedError, "signature-revoked"),
        (errors.ExpiredError, "signature-expired"),
        (errors.NotYetValidError, "signature-not-yet-valid"),
        (errors.InsufficientRevinfoError, "signature-revocation-unknown"),
        (errors.DisallowedAlgorithmError, "signature-weak"),
        (errors.InvalidCertificateError, "signature-other-use"),
    )
    return next((code for kind, code in reasons if isinstance(error, kind)), "signature-issuer-unknown")
