"""`adaldyq person`: a person is erased from the shell by two registrars who prove who they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from click.testing import CliRunner
from django.utils import timezone, translation
from pytest_django import Settings

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel.models import Erasure, Person
from adaldyq.kernel.roles import Role
from adaldyq.project.cli.people import person
from tests import factories

pytestmark = pytest.mark.django_db
WHY = ("--ground", "order", "--basis", "Decision 7", "--reason", "The court ordered it.")


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> None:
    """Where files lie, and where erasures are noted."""
    settings.DATA_DIR, settings.FILES_DIR, settings.ERASED = tmp_path, tmp_path / "files", tmp_path / "erased"


def staff(name: str, role: Role = Role.REGISTRAR) -> str:
    """An account with a second factor; returns what it types when it is asked who it is."""
    account, secret = factories.account(name, role), generate_totp_secret()
    TOTP.activate(account, secret)
    code = format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))
    return f"{factories.PASSWORD}\n{code}\n"


def typed(*words: str, proof: str) -> str:
    """What a command says in English, in this process."""
    with translation.override("en"):
        how = {"catch_exceptions": False, "standalone_mode": False}
        return CliRunner().invoke(person, words, input=proof, **how).output  # type: ignore[arg-type]  # flags


def test_one_registrar_asks_and_another_erases() -> None:
    proofs = {name: staff(name) for name in ("first", "second")}
    gone = factories.person(["Зейнегүл Ерасылқызы"])
    said = typed("forget", gone.pk, *WHY, "--by", "first", proof=proofs["first"])
    [asked] = Erasure.objects.all()
    assert f"person confirm {asked.pk} --by NAME" in said
    assert Person.objects.filter(pk=gone.pk).exists()
    assert "Erased. Records removed:" in typed("confirm", asked.pk, "--by", "second", proof=proofs["second"])
    assert not Person.objects.filter(pk=gone.pk).exists()


def test_whoever_asked_does_not_confirm_and_may_take_it_back() -> None:
    password = staff("first").partition("\n")[0]
    gone = factories.person()
    with pytest.raises(DomainError) as refused:
        typed("forget", gone.pk, *WHY, "--by", "first", proof=f"{password}\n000000\n")
    assert refused.value.code == "not-proven"
    assert not Erasure.objects.exists()
    with pytest.raises(NotAllowed):
        typed("forget", gone.pk, *WHY, "--by", "analyst", proof=staff("analyst", Role.AGENCY_ANALYST))
    typed("forget", gone.pk, *WHY, "--by", "other", proof=staff("other"))
    [asked] = Erasure.objects.all()
    typed("refuse", asked.pk, "--by", "third", proof=staff("third"))
    asked.refresh_from_db()
    assert (asked.state, Person.objects.filter(pk=gone.pk).exists()) == ("refused", True)
    with pytest.raises(DomainError) as unknown:
        typed("confirm", "000000000000", "--by", "third", proof="")
    assert unknown.value.code == "no-such-erasure"
