"""Which authorities are trusted, and what they have revoked: files that the operator puts into one folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import crl, pem, x509
from django.conf import settings

from adaldyq.base.errors import DomainError

CERTIFICATES, LISTS = (".pem", ".crt", ".cer"), (".crl",)
SAMPLE = "Adaldyq sample country"
"""The organisation in certificates of the sample country's authority, which no real country may trust."""
SAMPLE_FILE = "sample-country.pem"
"""The file by which the sample country trusts its own authority."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What signatures are held against.

    Attributes:
        roots: certificates of authorities; a path must end at one of them.
        lists: of revoked certificates; without any, nobody asks whether a certificate was revoked.
    """

    roots: Sequence[x509.Certificate]
    lists: Sequence[crl.CertificateList]


def folder() -> Path:
    """Where those files lie."""
    return Path(settings.SIGNATURE_ROOTS)


def trusted() -> Trust:
    """Read the folder; an authority that was added or taken away counts at once.

    Raises:
        DomainError: `signature-roots-unreadable`, with the file.
    """
    certificates, lists = files_of(CERTIFICATES), files_of(LISTS)
    return Trust(
        [x509.Certificate.load(data) for file in certificates for data in blocks(file, x509.Certificate)],
        [crl.CertificateList.load(data) for file in lists for data in blocks(file, crl.CertificateList)],
    )


def is_configured() -> bool:
    """Whether anybody's certificates are trusted, so that signing by one can be offered."""
    return bool(files_of(CERTIFICATES))


def files_of(endings: Sequence[str]) -> list[Path]:
    """Files of the folder with these endings, by name."""
    there = folder()
    return sorted(file for file in there.iterdir() if file.suffix.lower() in endings) if there.is_dir() else []


def blocks(file: Path, kind: type[x509.Certificate | crl.CertificateList]) -> Iterator[bytes]:
    """The DER of everything in a file, PEM or DER.

    Raises:
        DomainError: `signature-roots-unreadable`.
    """
    try:
        data = file.read_bytes()
        found = [one for _kind, _headers, one in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        for one in found:
            _all_of_it = kind.load(one, strict=True).native
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DomainError("signature-roots-unreadable", file=file.name) from error
    yield from found


def sample_roots(trust: Trust) -> list[str]:
    """Names of trusted authorities that are the sample country's."""
    return [name_of(one.subject) for one in trust.roots if SAMPLE in of_name(one.subject, "organization_name")]


def of_name(name: x509.Name, attribute: str) -> list[str]:
    """All values of an attribute of a name, such as `serial_number`."""
    parts = [part for one in name.chosen for part in one]
    return [str(part["value"].native) for part in parts if part["type"].native == attribute]


def name_of(name: x509.Name) -> str:
    """A name in words: the common name first, then the organisation and the country, as far as they are there."""
    wanted = ("common_name", "organization_name", "country_name")
    return ", ".join(dict.fromkeys(value for one in wanted for value in of_name(name, one))) or str(name.human_friendly)
