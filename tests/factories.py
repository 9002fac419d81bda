"""Records for tests, made through the acts that make real ones.

Each function has values that do, so that a test names only what it is about. Ids are opaque and random;
what is returned is saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import models
from django.utils import timezone

from adaldyq.kernel.actions.accounts import grant_role, open_account
from adaldyq.kernel.actions.mandates import grant_mandate
from adaldyq.kernel.actions.registers import load_register
from adaldyq.kernel.actions.tokens import issue_token
from adaldyq.kernel.actor import Actor, system
from adaldyq.kernel.models import (
    Account,
    Appointment,
    Body,
    FamilyTie,
    InstitutionToken,
    LandRight,
    Person,
    PersonName,
    Post,
    Territory,
    VehicleRight,
)
from adaldyq.kernel.roles import OF_A_BODY, Role
from adaldyq.kernel.scopes import Scope
from adaldyq.measures.declarations.actions.declarations import FiledBatch, file_declarations
from adaldyq.measures.declarations.actions.obligations import state_obligations
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration, Obligation

BY: Actor = system("test")
AT = datetime(2025, 9, 20, 9, tzinfo=UTC)
SOURCE = "a register of a test"
AS_OF = date(2025, 1, 1)
PASSWORD = "a password of a test"
SPELLINGS = (("kk", "Cyrl"), ("ru", "Cyrl"), ("en", "Latn"))
NAMES = ("Таңатаров Серік Әбдіұлы", "Танатаров Серик Абдиевич", "Tanatarov Serik Abdievich")
PLACES = (("KZ", "country", None), ("KZ-75", "region", "KZ"), ("KZ-71", "region", "KZ"), ("KZ-10", "region", "KZ"))

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def loaded(register: str, *rows: models.Model) -> None:
    """Load records into a base registry."""
    load_register(register=register, rows=rows, by=BY, at=AT)


def territory(code: str = "KZ-75") -> Territory:
    """A territory of the pack; the country and three regions are loaded on first use."""
    if not Territory.objects.filter(pk=code).exists():
        known = PLACES if code in {place[0] for place in PLACES} else (*PLACES, (code, "district", "KZ-75"))
        rows = [
            Territory(id=place, level=level, parent_id=parent, official_code=place[3:], source=SOURCE, as_of=AS_OF)
            for place, level, parent in known
        ]
        loaded("territory", *rows)
    return Territory.objects.get(pk=code)


def person(names: Sequence[str] = NAMES, **facts: Any) -> Person:
    """A person with a name in Kazakh, Russian and Latin; fewer names make fewer rows."""
    made = Person(**{"source": SOURCE, "as_of": AS_OF, "country": "KZ", "birth_date": date(1975, 3, 1), **facts})
    loaded("person", made)
    spelt = [
        PersonName(person=made, language=language, script=script, text=text)
        for (language, script), text in zip(SPELLINGS, names, strict=False)
    ]
    loaded("person_name", *spelt)
    return made


def family_tie(one: Person, other: Person, kind: str = "spouse", **facts: Any) -> None:
    """A tie between two people, a row from each side."""
    back = {"child": "parent", "parent": "child"}.get(kind, kind)
    loaded(
        "family_tie",
        FamilyTie(person=one, relative=other, kind=kind, **facts),
        FamilyTie(person=other, relative=one, kind=back, **facts),
    )


def body(
    name: str = "Қаржы министрлігі",
    *,
    place: str = "KZ-75",
    level: str = "national",
    names: Mapping[str, str] | None = None,
    **facts: Any,
) -> Body:
    """A state institution."""
    made = Body(
        **{
            "name": name,
            "names": dict(names or {"kk": name, "ru": "Министерство финансов", "en": "Ministry of Finance"}),
            "level": level,
            "kind": "ministry",
            "territory": territory(place),
            "source": SOURCE,
            "as_of": AS_OF,
            **facts,
        }
    )
    loaded("body", made)
    return made


def post(of: Body | None = None, title: str = "Департамент директоры", **facts: Any) -> Post:
    """A post whose holder's declaration is public."""
    titles = {"kk": title, "ru": "Директор департамента", "en": "Director of a department"}
    made = Post(
        **{"body": of or body(), "category": "corps_a", "title": title, "titles": titles, "declares": True, **facts}
    )
    loaded("post", made)
    return made


def appointment(who: Person, to: Post, since: date = date(2019, 2, 1), until: date | None = None) -> Appointment:
    """That a person holds a post."""
    made = Appointment(person=who, post=to, valid_from=since, valid_to=until, act_number="12-K")
    loaded("appointment", made)
    return made


def land(of: Person, **facts: Any) -> LandRight:
    """A right to a flat."""
    known = {"object_number": "20-313-001", "kind": "apartment", "share": Decimal(100), "basis": "purchase"}
    dated = {"valid_from": date(2012, 1, 1), "source": SOURCE, "as_of": AS_OF}
    made = LandRight(**{"owner_person": of, **known, **dated, **facts})
    loaded("land_register", made)
    return made


def vehicle(of: Person, **facts: Any) -> VehicleRight:
    """A right to a car."""
    known = {"object_number": "KZ-77-1", "kind": "car", "make": "Toyota Camry", "valid_from": date(2015, 1, 1)}
    made = VehicleRight(**{"owner_person": of, **known, "source": SOURCE, "as_of": AS_OF, **facts})
    loaded("vehicle_register", made)
    return made


def obligation(who: Person, year: int = 2024, **facts: Any) -> Obligation:
    """That a person must file for a year; public by default, as an official's is."""
    made = Obligation(
        **{
            "person": who,
            "year": year,
            "form": "income",
            "reason": "official",
            "due_date": date(year + 1, 9, 15),
            "is_public": True,
            **facts,
        }
    )
    state_obligations(obligations=[made], by=BY, at=AT)
    return made


def declaration(who: Person | None = None, year: int = 2024, rows: Rows | None = None, **facts: Any) -> Declaration:
    """A filed declaration, public by default, with rows by section: `{"income": [{"amount": 5}]}`.

    `body_id`, `version`, `filed_at` and the rest of the model's fields may be given.
    """
    made = Declaration(
        **{
            "person": who or person(),
            "form": "income",
            "year": year,
            "filed_at": datetime(year + 1, 9, 10, 8, 30, tzinfo=UTC),
            "due_date": date(year + 1, 9, 15),
            "declarant_name": NAMES[0],
            "country": "KZ",
            "currency": "KZT",
            "is_public": True,
            **facts,
        }
    )
    sections = {name: [section_row(name, made, values) for values in listed] for name, listed in (rows or {}).items()}
    file_declarations(batch=FiledBatch([made], sections), by=BY, at=made.filed_at or AT)
    return made


def section_row(section: str, of: Declaration, values: Mapping[str, Any]) -> models.Model:
    """An unsaved row of a section; owner and currency as they mostly are, whole numbers as exact sums."""
    model = SECTION_MODELS[section]
    known = {field.name for field in model._meta.fields}
    usual = {"owner": "declarant", "currency": of.currency}
    given = {
        name: Decimal(value) if isinstance(model._meta.get_field(name), models.DecimalField) else value
        for name, value in values.items()
    }
    return model(declaration=of, **{name: value for name, value in usual.items() if name in known} | given)


def official(year: int = 2024, *, names: Sequence[str] = NAMES, of: Body | None = None, **facts: Any) -> Declaration:
    """An official with a post and an obligation who filed on time; returns the declaration."""
    who = person(names)
    held = post(of)
    appointment(who, held)
    obligation(who, year, body=held.body)
    return declaration(
        who,
        year,
        **{
            "declarant_name": names[0],
            "body": held.body,
            "post_title": held.title,
            "post_titles": held.titles,
            **facts,
        },
    )


def account(name: str, *roles: Role) -> Account:
    """An account with roles."""
    made = open_account(username=name, name=name, password_hash=make_password(PASSWORD), by=BY, at=AT)
    for role in roles:
        grant(made, role)
    return made


def grant(to: Account, role: Role, **bounds: Any) -> None:
    """Give a role to an account, perhaps for a `body` or a `territory`."""
    where = {"body": body()} | bounds if role in OF_A_BODY else bounds
    grant_role(account=to, role=role, by=BY, at=AT, **where)


def let_payroll(who: Person, of: Body) -> Account:
    """Somebody lets the payroll of a body act for them; returns the account of its clerk."""
    clerk = Account.objects.filter(grants__role=Role.PAYROLL, grants__body=of, person__isnull=False).first()
    if clerk is None:
        clerk = account(f"payroll-{of.pk}".lower())
        grant(clerk, Role.PAYROLL, body=of)
        Account.objects.filter(pk=clerk.pk).update(person=person())
        clerk = Account.objects.get(pk=clerk.pk)
    assert clerk.person is not None
    grant_mandate(representative=clerk.person, by=Actor(f"of-{who.pk}", frozenset(), person=who.pk), at=timezone.now())
    return clerk


def token(*scopes: Scope, of: Body | None = None, **facts: Any) -> tuple[InstitutionToken, str]:
    """A token of an institution, and its secret; issued now, since the API asks the clock."""
    now = timezone.now()
    done = issue_token(
        **{
            "body": of or body(),
            "label": "a program of a test",
            "scopes": scopes or tuple(Scope),
            "expires_at": now + timedelta(days=30),
            "by": BY,
            "at": now,
            **facts,
        }
    )
    return done.token, done.secret
