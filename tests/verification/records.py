"""Runs and findings for tests, made through the acts that make real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from adaldyq.kernel.actions.accounts import grant_role, open_account
from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import OF_A_BODY, Role
from adaldyq.verification.actions.runs import Evidence, begin_run, finish_run, record_answer
from adaldyq.verification.catalogue import rules
from adaldyq.verification.contracts import contracts
from adaldyq.verification.engines.answers import FINDINGS, Answer
from adaldyq.verification.models import Finding, Run
from adaldyq.verification.rulefile import Rule
from adaldyq.verification.snapshots import Loss, Origin, read_snapshot, writing
from tests import factories

PROCESS = system("verification")
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
CHECKED = 1200
PASSWORD = "a password of a test"
ESTATE, INCOME = "declarations.undeclared-real-estate", "declarations.undeclared-income"
PERSON, NAME = "P00000000001", "Серік Әбдіұлы Таңатаров"

Fact = Mapping[str, object]

HOUSE: Fact = {
    "subject_id": PERSON,
    "object_id": "20-100",
    "amount": Decimal("30000000.00"),
    "currency": "KZT",
    "since": date(2023, 12, 31),
    "evidence": ["declaration/D3", "land_register/L1"],
}
PAY: Fact = {
    "subject_id": PERSON,
    "object_id": "2023",
    "amount": Decimal("3500000.00"),
    "currency": "KZT",
    "since": date(2023, 12, 31),
    "evidence": [
        "declared_total/D3",
        "reported_income/D3",
        "declaration/D3",
        "declared_income/R1",
        "income_record/N1",
    ],
}
ROWS: Mapping[str, Evidence] = {
    "declared_total/D3": Evidence(
        "declared_total",
        "D3",
        {
            "declaration_id": "D3",
            "currency": "KZT",
            "income_of_declarant": "6000000.00",
            "purchases": "777000.00",
            "no_rate": 0,
        },
    ),
    "reported_income/D3": Evidence(
        "reported_income", "D3", {"declaration_id": "D3", "currency": "KZT", "income": "9500000.00"}
    ),
    "declared_income/R1": Evidence(
        "declared_income",
        "R1",
        {
            "row_id": "R1",
            "declaration_id": "D3",
            "owner": "declarant",
            "kind": "salary",
            "payer": "Өскемен қалалық әкімдігі",
            "amount": "6000000.00",
            "currency": "KZT",
        },
    ),
    "income_record/N1": Evidence(
        "income_record",
        "N1",
        {"id": "N1", "person_id": PERSON, "year": 2023, "kind": "salary", "amount": "9500000.00", "currency": "KZT"},
    ),
    "declaration/D3": Evidence(
        "declaration",
        "D3",
        {
            "id": "D3",
            "person_id": PERSON,
            "form": "income",
            "year": 2023,
            "is_current": True,
            "declarant_name": NAME,
            "currency": "KZT",
            "filed_at": "2024-09-10 08:30:00+00:00",
        },
    ),
    "land_register/L1": Evidence(
        "land_register",
        "L1",
        {
            "id": "L1",
            "object_number": "20-100",
            "owner_person_id": PERSON,
            "kind": "apartment",
            "area": "86.500000",
            "valid_from": "2022-03-01",
            "market_value": "30000000.00",
            "currency": "KZT",
        },
    ),
}
DECLARATIONS: Sequence[dict[str, object]] = [
    {
        "id": f"D{year - 2020}",
        "person_id": PERSON,
        "form": "income",
        "year": year,
        "version": 1,
        "is_current": True,
        "declarant_name": NAME,
        "country": "KZ",
        "currency": "KZT",
        "is_public": True,
    }
    for year in (2021, 2022, 2023)
]


def account(name: str, *roles: Role, username: str = "") -> Account:
    """An account with roles that it has had for a day."""
    at = timezone.now() - timedelta(days=1)
    made = open_account(
        username=username or name, name=name, password_hash=make_password(PASSWORD), by=system("test"), at=at
    )
    for role in roles:
        body = factories.body() if role in OF_A_BODY else None
        grant_role(account=made, role=role, body=body, by=system("test"), at=at)
    return made


def analyst(name: str = "Айгүл Сейітова") -> Account:
    """An analyst."""
    return account(name, Role.AGENCY_ANALYST)


def as_actor(one: Account) -> Actor:
    """The account as it acts."""
    return actor_of(one)


def snapshot_of(dataset: str = "") -> Path:
    """A snapshot in the data folder: the declarations of one person, and one loss."""
    place = Path(settings.DATA_DIR) / ("datasets" if dataset else "snapshots") / (dataset or "first")
    with writing(place, contracts()) as writer:
        writer.write("declaration", list(DECLARATIONS))
        origin = Origin(dataset=dataset, title="Declarations of a test", source="a test", country="KZ")
        writer.finish(origin, [Loss(what="telephone numbers", count=12, example="8 727 000")], AT)
    return place


def made_run(
    facts: Sequence[Fact] = (HOUSE,),
    *,
    dataset: str = "",
    rule: str = ESTATE,
    kind: str = "flag",
    severity: str = "high",
    names: Mapping[str, str] | None = None,
    at: datetime = AT,
    unjudged: Mapping[str, int] | None = None,
) -> Run:
    """A finished run in which one rule found `facts`."""
    place = snapshot_of(dataset)
    snapshot = read_snapshot(place, contracts())
    path = str(place.relative_to(settings.DATA_DIR))
    run = begin_run(snapshot=snapshot, path=path, engine="DuckDB 1", by=PROCESS, at=at)
    record_answer(
        run=run,
        rule=rule_as(rule, kind, severity),
        answer=Answer(table_of(facts), CHECKED, unjudged or {}, "", 140),
        labels=names or {PERSON: NAME},
        evidence=ROWS,
        by=PROCESS,
        at=at,
    )
    finish_run(run=run, outcome="done", rules=list(rules()), by=PROCESS, at=at + timedelta(seconds=7))
    return run


def rule_as(rule: str, kind: str, severity: str) -> Rule:
    """A rule of the catalogue as if it were of another kind or severity."""
    real = rules()[rule]
    head = real.head.model_copy(update={"kind": kind, "severity": severity})
    return Rule(head, real.query, real.version, real.file, real.first_line, real.lines)


def table_of(facts: Sequence[Fact]) -> pa.Table:
    """Findings as an engine answers them."""
    return pa.Table.from_pylist([dict(fact) for fact in facts], schema=FINDINGS)


def fact(subject: str, thing: str = "20-100", **other: object) -> Fact:
    """A finding about somebody else."""
    return {**HOUSE, "subject_id": subject, "object_id": thing, **other}


def the_finding() -> Finding:
    """The one finding there is."""
    return Finding.objects.get()
