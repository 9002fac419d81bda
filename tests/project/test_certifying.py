"""`adaldyq demo certificate` and `adaldyq demo sign`, and what the examination says of whom the country trusts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.serialization import pkcs12
from django.utils import timezone, translation

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.accounts import open_account
from adaldyq.kernel.models import Account, PersonIdentifier
from adaldyq.kernel.signatures.verifying import verify
from adaldyq.project.cli.demo import demo
from adaldyq.project.doctor.configuration import authorities
from adaldyq.project.doctor.outcomes import Level
from adaldyq.project.idp import certificates
from tests import factories

pytestmark = pytest.mark.django_db

NUMBER = "750301300123"


@pytest.fixture(autouse=True)
def _sample(settings: Any, tmp_path: Path) -> None:
    translation.activate("en")
    settings.DATA_DIR, settings.SIGNATURE_ROOTS = tmp_path, tmp_path / "roots"
    settings.ALLOWED_HOSTS = ["localhost"]
    person = factories.person()
    factories.loaded("person_identifier", PersonIdentifier(person=person, scheme="IIN", country="KZ", value=NUMBER))
    open_account(username="demo", name="demo", by=factories.BY, at=factories.AT, person=person, password_hash="x")
    Account.objects.update(is_sample=True)


def typed(*words: str) -> str:
    outcome = CliRunner().invoke(demo, words, catch_exceptions=False, standalone_mode=False)
    return outcome.output


def test_a_person_of_the_sample_country_signs_by_name_or_number(tmp_path: Path) -> None:
    file = tmp_path / "declaration.json"
    file.write_bytes(b"{}")
    for user in ("demo", NUMBER):
        typed("sign", user, str(file))
        signed = (tmp_path / "declaration.json.p7s").read_bytes()
        assert verify(signed, [b"{}"], at=timezone.now()).number == NUMBER
    with pytest.raises(DomainError, match="no-sample-person"):
        typed("sign", "nobody", str(file))


def test_a_certificate_for_a_signing_program_is_written_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "own.p12"
    typed("certificate", "demo", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    _key, certificate, others = pkcs12.load_key_and_certificates(file.read_bytes(), b"sample")
    assert certificate is not None
    assert others[0].subject == certificate.issuer


def test_nothing_is_made_on_a_server_for_others(tmp_path: Path, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["adaldyq.example"]
    with pytest.raises(DomainError, match="no-certificates-in-production"):
        typed("certificate", "demo", str(tmp_path / "own.p12"))
    assert not (tmp_path / "roots").exists()


def said(conditions: Any = None) -> tuple[Level, str]:
    (outcome,) = authorities(conditions)
    return outcome.level, f"{outcome.says} {outcome.remedy}"


def test_the_examination_names_whose_certificates_are_trusted(tmp_path: Path, settings: Any) -> None:
    assert said()[0] is Level.LOOK
    authority = certificates.authority_of(tmp_path, at=timezone.now())
    assert said()[0] is Level.LOOK
    settings.ALLOWED_HOSTS = ["adaldyq.example"]
    level, words = said()
    assert level is Level.BAD
    assert "Adaldyq sample country authority" in words
    assert "sample-country.pem" in words
    (tmp_path / "roots" / "broken.pem").write_text("no certificate", encoding="ascii")
    level, words = said()
    assert (level, "broken.pem" in words) == (Level.BAD, True)
    assert authority.certificate.issuer == authority.certificate.subject
