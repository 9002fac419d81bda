"""Steps of those who review declarations."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.test import Client
from django.utils import timezone

from adaldyq.kernel.models import Account, Person
from adaldyq.kernel.roles import Role
from adaldyq.ledger.sequencer import sequence
from adaldyq.measures.declarations.actions.declarations import FiledBatch, file_declarations
from adaldyq.measures.declarations.models import Declaration
from adaldyq.verification.models import EvidenceRow, Finding, Run
from tests import factories

SELECT = "/en/declarations/reviews/select/"
RAN = datetime(2026, 3, 1, 8, tzinfo=UTC)


def signed_in(name: str, *roles: Role) -> Client:
    """A browser of an account, opened on first use."""
    account = Account.objects.filter(username=name).first() or factories.account(name, *roles)
    client = Client()
    client.force_login(account)
    return client


def analyst(name: str = "analyst") -> Client:
    return signed_in(name, Role.AGENCY_ANALYST)


def found(about: Declaration, severity: str = "high", state: str = "open") -> None:
    """A finding whose evidence names a declaration."""
    run = Run.objects.first() or Run.objects.create(
        snapshot="a", snapshot_path="b", started_at=RAN, engine="c", outcome="done"
    )
    one = Finding.objects.create(
        id=f"F{Finding.objects.count()}",
        rule="declarations.undeclared-real-estate",
        kind="flag",
        severity=severity,
        subject_id=about.person_id,
        first_run=run,
        last_run=run,
        version="d",
        state=state,
    )
    EvidenceRow.objects.create(finding=one, table="declaration", key=about.pk, values={})


def select(year: int = 2024, name: str = "analyst") -> tuple[int, str]:
    """Fix the frame of a year; once the ledger is signed, draw from it."""
    answer = analyst(name).post(SELECT, {"year": year})
    if answer.status_code == 302:
        sequence(at=timezone.now())
        drawn = analyst(name).post(answer.headers["Location"], {"step": "draw"})
        assert drawn.status_code == 302, drawn.content.decode()
    return answer.status_code, answer.content.decode()


def many_filed(count: int) -> list[Declaration]:
    """Declarations of so many people, filed together."""
    people = [Person(source="a", as_of=date(2025, 1, 1), country="KZ") for _each in range(count)]
    factories.loaded("person", *people)
    facts = {"form": "income", "year": 2024, "declarant_name": "А", "country": "KZ", "currency": "KZT"}
    made = [Declaration(person=one, filed_at=factories.AT, **facts) for one in people]
    file_declarations(batch=FiledBatch(made), by=factories.BY, at=factories.AT)
    return made
