"""The authority of the sample country: certificates by which its invented people sign. Everybody here can make them."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from asn1crypto import x509 as asn1
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from adaldyq.kernel.naming import pack
from adaldyq.kernel.signatures.trust import SAMPLE, SAMPLE_FILE
from adaldyq.project.idp import keys

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

ROOT, ROOT_KEY = "authority.pem", "authority-key.pem"
ROOT_DAYS, CERTIFICATE_DAYS = 3650, 365
EARLIER = timedelta(minutes=5)
FIELD = "Signature"
PEM = serialization.Encoding.PEM


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate and its key, which sign others."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Holder:
    """A person's certificate with its key.

    Attributes:
        root: of the authority that issued it.
    """

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    root: x509.Certificate

    def p12(self, password: str) -> bytes:
        """Certificate and key as signing programs keep them (PKCS #12, RFC 7292)."""
        secret = serialization.BestAvailableEncryption(password.encode())
        return pkcs12.serialize_key_and_certificates(b"sample", self.key, self.certificate, [self.root], secret)


def new_authority(at: datetime) -> Authority:
    """An authority that nobody trusts yet."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = name_of({NameOID.COMMON_NAME: f"{SAMPLE} authority", NameOID.ORGANIZATION_NAME: SAMPLE})
    built = begun(name, name, key.public_key(), at, at + timedelta(days=ROOT_DAYS))
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    built = built.add_extension(usage(signs=False), critical=True)
    return Authority(built.sign(key, hashes.SHA256()), key)


def name_of(facts: dict[x509.ObjectIdentifier, str]) -> x509.Name:
    """A name in the country of this installation."""
    parts = {NameOID.COUNTRY_NAME: pack().code, **facts}
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts.items()])


def begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    """A certificate without its extensions."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since - EARLIER)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def usage(*, signs: bool) -> x509.KeyUsage:
    """What a key is for: for signing documents, or certificates and revocation lists."""
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )


def issue(
    authority: Authority, number: str, name: str, *, since: datetime, until: datetime, signs: bool = True
) -> Holder:
    """Issue a certificate to a person.

    Args:
        number: of the person; it stands in the subject behind its scheme, as national authorities write it.
        signs: whether it is for signing.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    facts = {NameOID.COMMON_NAME: name[:64], NameOID.SERIAL_NUMBER: f"{settings.SIGNATURE_SCHEME}{number}"}
    root = authority.certificate
    built = begun(name_of(facts), root.subject, key.public_key(), since, until)
    built = built.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    built = built.add_extension(usage(signs=signs), critical=True)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    return Holder(built.add_extension(issuer, critical=False).sign(authority.key, hashes.SHA256()), key, root)


def revocation_list(authority: Authority, revoked: list[int], *, at: datetime) -> bytes:
    """The list of revoked certificates of an authority in PEM, good for a day.

    Args:
        revoked: serial numbers.
    """
    built = x509.CertificateRevocationListBuilder().issuer_name(authority.certificate.subject)
    built = built.last_update(at - EARLIER).next_update(at + timedelta(days=1))
    for serial in revoked:
        gone = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at - EARLIER).build()
        built = built.add_revoked_certificate(gone)
    return built.sign(authority.key, hashes.SHA256()).public_bytes(PEM)


def authority_of(data: Path, *, at: datetime) -> Authority:
    """The authority of this data folder, made at first use and trusted from then on."""
    kept = keys.folder(data)
    if not (kept / ROOT).exists():
        made = new_authority(at)
        own = made.key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        keys.once(kept / ROOT_KEY, own.decode("ascii") + made.certificate.public_bytes(PEM).decode("ascii"))
        both = (kept / ROOT_KEY).read_bytes()  # of whichever process was first
        root = x509.load_pem_x509_certificate(both)
        keys.once(kept / ROOT, root.public_bytes(PEM).decode("ascii"))
        trust_root(root)
    both = (kept / ROOT_KEY).read_bytes()
    key = serialization.load_pem_private_key(both, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{kept / ROOT_KEY} holds another kind of key")
    return Authority(x509.load_pem_x509_certificate(both), key)


def trust_root(root: x509.Certificate) -> None:
    """Put the root among the trusted ones of this installation, once: whoever takes it away again is obeyed."""
    folder = Path(settings.SIGNATURE_ROOTS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.once(folder / SAMPLE_FILE, root.public_bytes(PEM).decode("ascii"))


def signer_of(holder: Holder) -> SimpleSigner:
    """What pyHanko signs with."""
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415  # takes a second, for those who sign alone
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415  # the same

    der = serialization.Encoding.DER
    key = holder.key.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    own, root = (asn1.Certificate.load(one.public_bytes(der)) for one in (holder.certificate, holder.root))
    others = SimpleCertificateStore.from_certs([root])
    return SimpleSigner(signing_cert=own, signing_key=PrivateKeyInfo.load(key), cert_registry=others)


def signature(holder: Holder, content: bytes) -> bytes:
    """A detached signature of a content (CMS, RFC 5652), in DER."""
    return bytes(asyncio.run(signer_of(holder).async_sign_general_data(content, "sha256", detached=True)).dump())


def signed_pdf(holder: Holder, content: bytes) -> bytes:
    """A PDF with a signature within (PAdES, ETSI EN 319 142-1)."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415  # the same
    from pyhanko.sign import signers  # noqa: PLC0415  # the same
    from pyhanko.sign.fields import SigSeedSubFilter  # noqa: PLC0415  # the same

    facts = signers.PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    made = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), facts, signer=signer_of(holder))
    return bytes(made.getvalue())
