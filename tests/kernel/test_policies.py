"""A registrar writes the registers of one registry, for one body or place, and no others."""

from __future__ import annotations

import pytest
from django.db.models import Model
from django.utils import translation

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel import policies
from adaldyq.kernel.actions import companies
from adaldyq.kernel.actions.accounts import grant_role
from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.acts import ACTS
from adaldyq.kernel.documents import actions as documents
from adaldyq.kernel.models import Document, Held
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.roles import Registry, Role
from adaldyq.kernel.writers import writers
from adaldyq.measures.declarations.actions import declarations as filing
from adaldyq.measures.declarations.actions import obligations as owing
from adaldyq.measures.declarations.models import Declaration, Obligation
from tests import factories, rooms_of_acts
from tests.kernel.registry import AT, ORIGIN, day

rooms_of_acts.read_in()
ROWS = [(act, register) for act, registers in writers().roles.items() for register in registers]


def keeper(registry: Registry, body: str = "", territory: str = "") -> Actor:
    return Actor("r", frozenset({Role.REGISTRAR}), held=(Held(Role.REGISTRAR, body, territory, registry=registry),))


def test_every_act_of_the_file_is_an_act() -> None:
    assert set(writers().roles) <= set(ACTS)


def test_every_act_on_the_registers_stands_in_the_file() -> None:
    rooms = ("person", "family", "body", "post", "company", "land", "vehicle", "record", "register", "merge")
    of_registers = {name for name in ACTS if name.split(".")[:2] in [["kernel", room] for room in rooms]}
    assert of_registers <= set(writers().roles)


@pytest.mark.parametrize("registry", list(Registry))
def test_a_registrar_may_do_exactly_the_acts_of_the_own_registry(registry: Registry) -> None:
    for act, register in ROWS:
        owns = writers().registries[register] == registry
        assert policies.may_write(keeper(registry), act, register) == owns, (act, register)


def test_a_payroll_files_declarations_and_writes_nothing_else() -> None:
    by = Actor("x", frozenset({Role.PAYROLL}))
    assert {act for act, register in ROWS if policies.may_write(by, act, register)} == {"declarations.declaration.file"}


@pytest.mark.parametrize("role", [one for one in Role if one not in {Role.REGISTRAR, Role.PAYROLL}])
def test_no_other_role_writes_registers(role: Role) -> None:
    by = Actor("x", frozenset({role}))
    assert not any(policies.may_write(by, act, register) for act, register in ROWS)


def test_a_registrar_who_is_bound_to_none_keeps_all() -> None:
    by = Actor("x", frozenset({Role.REGISTRAR}))
    assert all(policies.may_write(by, act, register) for act, register in ROWS)


@pytest.mark.django_db
def test_a_registrar_of_civil_status_is_told_why_companies_are_closed() -> None:
    account = factories.account("civil")
    by, at = system("test"), AT
    grant_role(account=account, role=Role.REGISTRAR, registry=Registry.CIVIL_STATUS, by=by, at=at)
    with pytest.raises(NotAllowed) as refused:
        companies.register_company(
            name="«А» ЖШС", legal_form="too", registered=day("2020-01-01"), origin=ORIGIN, by=actor_of(account), at=at
        )
    with translation.override("en"):
        assert "companies and their owners" in sentence(refused.value)


@pytest.mark.django_db
def test_a_registrar_of_one_district_writes_no_land_of_another() -> None:
    near, far = factories.territory("KZ-75"), factories.territory("KZ-71")
    by = keeper(Registry.LAND, territory=near.pk)
    assert policies.may_write(by, "kernel.land.register", territory=near)
    assert not policies.may_write(by, "kernel.land.register", territory=far)
    office = factories.body(territory=near)
    served = keeper(Registry.LAND, body=office.pk)
    assert policies.may_write(served, "kernel.land.register", territory=near)
    assert not policies.may_write(served, "kernel.land.register", territory=far)


@pytest.mark.django_db
def test_the_personnel_office_of_a_body_appoints_below_it_only() -> None:
    own = factories.body()
    below, other = factories.body("Департамент", parent=own), factories.body("Басқа министрлік")
    by = keeper(Registry.CIVIL_SERVICE, body=own.pk)
    assert policies.may_write(by, "kernel.post.appoint", body=below)
    assert not policies.may_write(by, "kernel.post.appoint", body=other)


@pytest.mark.django_db
def test_declarations_are_filed_by_whoever_keeps_them_for_the_body() -> None:
    own, other, who = factories.body(), factories.body("Басқа"), factories.person()

    def file(by: Actor, year: int, **facts: object) -> None:
        one = Declaration(
            person=who, form="income", year=year, declarant_name="N", country="KZ", currency="KZT", **facts
        )
        filing.file_declarations(batch=filing.FiledBatch([one]), by=by, at=AT)
        due = Obligation(person=who, year=year, form="income", reason="official", due_date=day("2026-09-15"), **facts)
        owing.state_obligations(obligations=[due], by=by, at=AT)

    file(keeper(Registry.DECLARATIONS), 2020)
    file(keeper(Registry.DECLARATIONS, body=own.pk), 2021, body=own)
    for by in (keeper(Registry.CIVIL_STATUS), keeper(Registry.DECLARATIONS, body=own.pk)):
        with pytest.raises(policies.RegisterNotKept):
            file(by, 2022, body=other)


@pytest.mark.django_db
def test_a_document_is_withdrawn_by_whoever_keeps_what_it_certifies() -> None:
    own, other = factories.body(), factories.body("Басқа")
    declared = factories.declaration(factories.person(), body=own)

    def withdraw(by: Actor, subject: Model) -> None:
        number = str(Document.objects.count())
        facts = {
            "number": number,
            "sha256": number,
            "kind": "k",
            "code": "C",
            "language": "kk",
            "place": "p",
            "size": 1,
        }
        made = Document.objects.create(
            **facts, subject_kind=subject._meta.label, subject_id=subject.pk, issued_at=AT
        )  # fmt: skip
        documents.withdraw_document(document=made, ground="By mistake", by=by, at=AT)

    withdraw(keeper(Registry.DECLARATIONS, body=own.pk), declared)
    withdraw(keeper(Registry.CIVIL_STATUS), declared.person)
    withdraw(keeper(Registry.CIVIL_SERVICE, body=other.pk), other)
    for by, subject in (
        (keeper(Registry.CIVIL_STATUS), declared),
        (keeper(Registry.DECLARATIONS, body=other.pk), declared),
        (keeper(Registry.CIVIL_SERVICE, body=own.pk), other),
        (keeper(Registry.DECLARATIONS), factories.account("x")),
    ):
        with pytest.raises(policies.RegisterNotKept):
            withdraw(by, subject)
