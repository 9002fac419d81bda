"""`adaldyq token`: tokens of institutions from the shell of the server."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.utils import timezone, translation

from adaldyq.base.errors import DomainError
from adaldyq.kernel.models import InstitutionToken
from adaldyq.kernel.tokens import token_behind
from adaldyq.project.cli.tokens import token
from tests import factories

pytestmark = pytest.mark.django_db


def typed(*words: str) -> list[str]:
    """What a command says in English, in this process, line by line."""
    with translation.override("en"):
        outcome = CliRunner().invoke(token, words, catch_exceptions=False, standalone_mode=False)
    return outcome.output.split("\n")


def opens(secret: str) -> bool:
    return token_behind(secret, at=timezone.now()) is not None


def test_a_token_is_issued_listed_rotated_and_revoked() -> None:
    body = factories.body()
    key, first, _ = typed("issue", body.pk, "--label", "exchange", "--scope", "people:read", "--days", "30")
    assert InstitutionToken.objects.get(pk=key).scopes == "people:read"
    assert opens(first)
    assert any("exchange" in line and "people:read" in line for line in typed("list"))
    _, second, _ = typed("rotate", key.lower(), "--grace", "0")
    assert (opens(first), opens(second)) == (False, True)
    typed("revoke", key)
    assert not opens(second)
    assert any("over" in line for line in typed("list"))


def test_an_institution_is_named_by_its_number_too() -> None:
    body = factories.body(identifier="000140004023")
    key, _secret, _ = typed("issue", "000140004023", "--label", "civil registry", "--scope", "people:write")
    assert InstitutionToken.objects.get(pk=key).body == body


def test_what_there_is_not_is_refused() -> None:
    with pytest.raises(DomainError, match="no-such-record"):
        typed("issue", "NOBODY", "--label", "exchange", "--scope", "people:read")
    with pytest.raises(DomainError, match="no-such-scope"):
        typed("issue", factories.body().pk, "--label", "exchange", "--scope", "everything")
    with pytest.raises(DomainError, match="no-such-token"):
        typed("revoke", "NOBODY")
