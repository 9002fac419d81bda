"""Nothing that the law keeps closed comes out of any public door of the register."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings as ours
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import override

from adaldyq.base.tables import Column, ColumnType, Privacy
from adaldyq.kernel import logs
from adaldyq.kernel.access import roles_for
from adaldyq.kernel.models import Company, Person
from adaldyq.kernel.roles import Role
from adaldyq.ledger.queries import line_about
from adaldyq.measures.declarations.domain.codes import OWNER
from adaldyq.measures.declarations.domain.redaction import FREE_TEXT
from adaldyq.measures.declarations.domain.sections import SECTIONS
from adaldyq.measures.declarations.models import Declaration
from adaldyq.measures.declarations.queries.receipts import ACT
from adaldyq.measures.declarations.tables import PUBLISHED
from adaldyq.measures.declarations.urls import urlpatterns
from tests import factories
from tests.house.test_access import ROUTES
from tests.kernel.documents.reading import text_of

pytestmark = pytest.mark.django_db

BIRTH_DATE = date(1913, 7, 29)
BIRTH_DATE_WRITTEN = re.compile(r"(?<!\w)1913(?!\w)|29 July|29 июля|29 шілде")
"""However a page may write it; the four digits may stand within a random id or a fingerprint."""
IDENTIFIERS = ("CANARY-IIN", "CANARY-DWELLING")
WHOLE = ("declarations-register-rows", "declarations-register-json", "declarations-register-entities")
CLOSED = [
    (section.name, column)
    for section in SECTIONS
    for column in section.table.columns
    if column.privacy is not Privacy.PUBLIC
]


def canary(section: str, column: Column) -> str:
    return f"CANARY-{section}-{column.name}"


def planted() -> dict[str, list[dict[str, object]]]:
    """Rows of each section, one an owner, with a canary in each closed column, and something in each open one."""
    return {
        section.name: [{"owner": owner, **dict(filled(section.name, section.table.columns))} for owner in OWNER]
        for section in SECTIONS
    }


def filled(section: str, columns: tuple[Column, ...]) -> Iterator[tuple[str, object]]:
    for column in columns:
        if column.name in {"row_id", "declaration_id", "owner", "currency"}:
            continue
        closed = column.privacy is not Privacy.PUBLIC
        match column.type:
            case ColumnType.TEXT:
                yield column.name, canary(section, column) if closed else "open"
            case ColumnType.DATE:
                yield column.name, BIRTH_DATE if closed else date(2019, 5, 6)
            case ColumnType.BOOLEAN:
                yield column.name, True
            case ColumnType.INTEGER:
                yield column.name, 2015
            case _:
                yield column.name, Decimal(5)


def doors(declaration: Declaration) -> list[str]:
    """Addresses of everything that the public can open about a declaration."""
    person, body = [declaration.person_id], [declaration.body_id]
    return [
        reverse("declarations-register"),
        reverse("declarations-register-csv"),
        reverse("declarations-register-rows"),
        reverse("declarations-register-json"),
        reverse("declarations-register-entities"),
        reverse("declarations-feed"),
        reverse("declarations-body-feed", args=body),
        reverse("declarations-person", args=person),
        reverse("declarations-person-csv", args=person),
        reverse("declarations-person-json", args=person),
        reverse("declarations-person-change-csv", args=person),
        reverse("declarations-person-entities", args=person),
        reverse("declarations-declaration", args=[declaration.pk]),
        reverse("declarations-body", args=body),
        reverse("declarations-body-csv", args=body),
        reverse("declarations-statistics"),
        reverse("declarations-statistics-csv"),
        reverse("declarations-ways-csv"),
        reverse("declarations-values"),
        reverse("declarations-values-csv"),
        reverse("declarations-rates"),
        reverse("declarations-rates-csv"),
        reverse("declarations-review-numbers"),
        reverse("declarations-review-numbers-csv"),
        reverse("declarations-start"),
        reverse("declarations-paper-forms"),
        reverse("declarations-paper-form", args=["income", timezone.localdate().year - 1, "ru"]),
        reverse("home"),
        "/api/v1/declarations",
        "/api/v1/declarations/statistics",
        "/api/v1/declarations/filings",
        "/api/v1/declarations/values",
        "/api/v1/declarations/rates",
        f"/api/v1/declarations/people/{declaration.person_id}/entities",
        f"/api/v1/declarations/people/{declaration.person_id}",
        f"/api/v1/declarations/{declaration.pk}",
    ]


def test_every_address_of_the_measure_is_among_the_doors() -> None:
    tried = {resolve(address).url_name for address in doors(factories.official())}
    assert {one.name for one in urlpatterns if Role.PUBLIC in roles_for(str(one.name))} <= tried


def content(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    body = answer.getvalue() if getattr(answer, "streaming", False) else answer.content
    return text_of(body) if answer.headers["Content-Type"] == "application/pdf" else body.decode()


def test_every_section_has_open_columns_and_closed_ones_are_planted() -> None:
    assert len(CLOSED) >= 10
    rows = planted()
    for section, column in CLOSED:
        assert rows[section][0][column.name] in {canary(section, column), BIRTH_DATE}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_closed_columns_come_out_of_no_public_door(client: Client, language: str) -> None:
    earlier = factories.official(2023, rows=planted())
    factories.obligation(earlier.person, 2024, body=earlier.body)
    changed = planted()
    changed["real_estate"][0]["object_number"] = "CANARY-another-object"
    facts = {"body": earlier.body, "post_title": earlier.post_title, "post_titles": earlier.post_titles}
    latest = factories.declaration(earlier.person, 2024, rows=changed, **facts)
    with override(language):
        addresses = [*doors(latest), reverse("declarations-declaration", args=[earlier.pk])]
        addresses.append(f"{reverse('declarations-person', args=[latest.person_id])}?declaration={earlier.pk}")
    for address in addresses:
        text = content(client, address)
        assert "CANARY" not in text, address
        without_ids = re.sub("[0-9A-Z]{12}", "", text)  # an id may hold such digits by chance
        assert not BIRTH_DATE_WRITTEN.search(without_ids), address


def sides(client: Client, rows: dict[str, list[dict[str, object]]], family: list[dict[str, object]]) -> list[str]:
    """All that the public doors say of an official who declared some rows."""
    declaration = factories.official(2024, rows={**rows, "family": family})
    with override("en"):
        return [content(client, address) for address in doors(declaration)]


CHILD, WIFE, LENDER = (
    ("Жасырынов Балапан", "Тайников Балапан", "Zhasyrynov Balapan"),
    ("Жасырынова Жұбай", "Тайникова Супруга", "Zhasyrynova Zhubay"),
    ("Жасырынов Қарыз", "Тайников Кредитор", "Zhasyrynov Qaryz"),
)
UNTOLD, STEPCHILD, FORMER = (
    ("Бүркенов Ұмытылған", "Пропущенный Сынок", "Burkenov Umytylghan"),
    ("Көрінбесова Қиял", "Незримова Падчерица", "Korinbesova Qiyal"),
    ("Баяғыдағы Қызалақ", "Прошлогодняя Дочурка", "Bayaghydaghy Qyzalaq"),
)
"""Children who stand in the register of families, and one of an earlier declaration, in no Family section of the latest."""
NUMBER, ACCOUNT, CADASTRE, ADDRESS = "750301300123", "KZ869999AC00000777", "20-313-001-777", "Сыпатаев көшесі 17"
TOLD = f"{CHILD[0]} атына, {CHILD[1]}, {WIFE[2]}, {ADDRESS}, {NUMBER}, {ACCOUNT}, {CADASTRE}"
TOLD += f", {', '.join((*UNTOLD, *STEPCHILD))}, учёба Прошлогодней Дочурки, {FORMER[2]}"
UNUSED = ("crypto", "position", "security", "vehicle")
"""Sections into whose open texts a talkative declarant writes what is closed."""
SECRETS: tuple[str, ...] = (NUMBER, ACCOUNT, CADASTRE, ADDRESS, "Сыпатаев", "асырынов", "Тайников", "hasyrynov")
SECRETS += tuple(word for name in (*UNTOLD, *STEPCHILD, FORMER[2]) for word in name.split())
SECRETS += ("Прошлогодн", "Дочурк")


def lived() -> Declaration:
    """An official whose closed values look as they do in life and stand in the registers of people and land too."""
    child, wife, lender = map(factories.person, (CHILD, WIFE, LENDER))
    family = [
        {"relation": "child", "relative_id": child.pk, "name": CHILD[0], "birth_date": BIRTH_DATE},
        {"relation": "spouse", "relative_id": wife.pk, "name": WIFE[0], "birth_date": BIRTH_DATE},
    ]
    loan: dict[str, object] = {
        "direction": "payable",
        "kind": "private loan",
        "counterparty": LENDER[0],
        "counterparty_id": lender.pk,
    }
    estate: dict[str, object] = {
        "kind": "apartment",
        "object_number": CADASTRE,
        "address": ADDRESS,
        "territory_id": "KZ-75",
    }
    rows: dict[str, list[dict[str, object]]] = {
        "family": family,
        "claim": [loan, {**loan, "counterparty_id": ""}],
        "real_estate": [{**estate, "owner": owner} for owner in OWNER],
        "account": [{"bank": "Алатау Банкі", "account_number": ACCOUNT, "amount": 5}],
        "gift": [{"kind": "money", "giver": CHILD[1], "giver_id": child.pk, "value": 1}],
        "income": [
            {"kind": "rent", "payer": WIFE[2], "payer_id": wife.pk, "amount": 2},
            {"kind": "salary", "payer": f"ЖК {UNTOLD[0]}", "amount": 2},
        ],
        "trust": [{"manager": LENDER[1]}],
        **{section: [dict.fromkeys(columns, TOLD)] for section, columns in FREE_TEXT.items() if section in UNUSED},
    }
    rows["account"][0]["bank"] = f"Алатау Банкі {ACCOUNT}"
    declaration = factories.official(2024, rows=rows)
    for who in (child, wife):
        factories.family_tie(declaration.person, who, "child" if who == child else "spouse")
        factories.land(who, object_number=CADASTRE)
    undeclared(declaration, wife)
    identify(declaration, NUMBER, ADDRESS)
    return declaration


def undeclared(declaration: Declaration, wife: Person) -> None:
    """Children of the house whom the declaration does not list."""
    untold, stepchild, former = map(factories.person, (UNTOLD, STEPCHILD, FORMER))
    factories.family_tie(declaration.person, untold, "child")
    factories.family_tie(wife, stepchild, "child")
    once = {"relation": "child", "relative_id": former.pk, "name": FORMER[0], "birth_date": BIRTH_DATE}
    factories.declaration(declaration.person, 2021, is_public=False, rows={"family": [once]})


def everywhere(declaration: Declaration) -> Iterator[str]:
    """Every address of the product that is open to everybody, with ids of a declaration where it takes some."""
    line = line_about(ACT, declaration.pk)
    known = {
        "person_id": declaration.person_id,
        "declaration_id": declaration.pk,
        "body_id": declaration.body_id,
        "code": "KZ-75",
        "reference": line.reference if line else "",
    }
    for route, arguments in ROUTES.items():
        if Role.PUBLIC in roles_for(route) and route != "sign-out":
            yield reverse(route, kwargs={name: known.get(name, value) for name, value in arguments.items()})


def refusals(declaration: Declaration) -> list[str]:
    """Addresses that are answered with an error."""
    hidden = factories.declaration(declaration.person, 2022, is_public=False, rows=planted())
    return [
        reverse("declarations-declaration", args=[hidden.pk]),
        f"/api/v1/declarations/{hidden.pk}",
        f"/api/v1/declarations?year={NUMBER[:4]}x",
        f"{reverse('declarations-person', args=[declaration.person_id])}?declaration={hidden.pk}",
        f"{reverse('declarations-feed')}?after={hidden.pk}",
    ]


def test_nothing_closed_is_behind_any_address_of_the_product_or_in_its_log(client: Client) -> None:
    declaration, log = lived(), io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setFormatter(logs.formatter(logs.JSON, addresses=False))
    logging.getLogger().addHandler(handler)
    logs.speak()
    try:
        with override("ru"):
            addresses, wrong = list(everywhere(declaration)), refusals(declaration)
        for address in (*addresses, *wrong):
            answer = client.get(address)
            assert answer.status_code < 500, address
            assert answer.status_code >= 400 or address not in wrong, address
            text = (answer.getvalue() if getattr(answer, "streaming", False) else answer.content).decode(
                errors="replace"
            )
            assert not [one for one in (*SECRETS, "CANARY") if one in text], address
    finally:
        logging.getLogger().removeHandler(handler)
        logging.getLogger(logs.OWN).setLevel(logging.NOTSET)
    written = log.getvalue()
    logged = [one for one in addresses if resolve(one.partition("?")[0]).view_name not in ours.UNLOGGED_ROUTES]
    assert written.count('"event": "request"') >= len(logged)
    assert not [one for one in (*SECRETS, declaration.person_id, *factories.NAMES) if one in written]


@pytest.mark.parametrize("closed", [CHILD[0], WIFE[1], LENDER[2], NUMBER, ACCOUNT, CADASTRE, ADDRESS])
def test_nobody_is_found_by_what_is_closed(client: Client, closed: str) -> None:
    declaration = lived()
    asked = {"q": closed}
    assert client.get("/api/v1/declarations", asked).json()["total"] == 0
    for address in ("/en/search/", "/en/declarations/", "/en/declarations/rows.csv"):
        answer = client.get(address, asked)
        body = answer.getvalue() if getattr(answer, "streaming", False) else answer.content
        assert answer.status_code == 200
        assert declaration.person_id not in body.decode()


def test_open_columns_of_the_published_tables_hold_nothing_closed() -> None:
    lived()
    factories.official(2023, names=("Басқа Кісі", "Другой Некто", "Other One"), rows=planted())
    values = [
        str(value)
        for one in PUBLISHED
        if one.model
        for row in one.model._default_manager.values_list(*(column.name for column in one.table.open_columns))
        for value in row
    ]
    assert "apartment" in values
    for value in values:
        assert not [one for one in (*SECRETS, "CANARY", str(BIRTH_DATE)) if one in value], value


def test_organisations_are_named_and_private_people_are_not(client: Client) -> None:
    company = Company(name="«Байтерек» ЖШС", legal_form="llp", source="a test", as_of=date(2025, 1, 1))
    factories.loaded("company", company)
    ministry, friend, wife = factories.body("Сауда министрлігі"), factories.person(), factories.person()
    rows: dict[str, list[dict[str, object]]] = {
        "income": [
            {"kind": "rent", "payer": "Арендатор Тайный", "payer_id": friend.pk},
            {"kind": "other", "payer": "Сауда министрлігі", "payer_id": ministry.pk},
            {"kind": "salary", "payer": "Шет ел мектебі"},
            {"kind": "sale", "payer": "Покупатель Тайный"},
        ],
        "claim": [
            {"kind": "private loan", "counterparty": "Заимодавец Тайный", "counterparty_id": friend.pk},
            {"kind": "bank loan", "counterparty": "Алатау Банкі"},
        ],
        "gift": [
            {"kind": "thing", "giver": "Жена Тайная", "giver_id": wife.pk},
            {"kind": "money", "giver": "«Байтерек» ЖШС", "giver_id": company.pk},
        ],
        "trust": [{"manager": "Управляющий Тайный"}],
    }
    told = sides(client, rows, [{"relation": "spouse", "relative_id": wife.pk, "name": "Жена Тайная"}])
    everything = "\n".join(told)
    assert "Тайн" not in everything
    for name in ("Сауда министрлігі", "Шет ел мектебі", "Алатау Банкі", "«Байтерек» ЖШС"):
        assert name in everything, name
    for words in ("a private person", "not named in public", "spouse"):
        assert words in everything, words


def test_names_of_other_sides_are_closed_in_the_open_tables() -> None:
    for section in SECTIONS:
        if section.party:
            assert section.party.name not in {column.name for column in section.table.open_columns}


def test_what_is_open_does_come_out(client: Client) -> None:
    declaration = factories.official(2024, rows=planted())
    with override("en"):
        text = content(client, reverse("declarations-person", args=[declaration.person_id]))
    assert text.count("open") >= len(SECTIONS)


def test_numbers_and_dwelling_of_a_person_come_out_of_no_door(client: Client) -> None:
    declaration = factories.official(2024)
    identify(declaration, *IDENTIFIERS)
    with override("en"):
        addresses = doors(declaration)
    for address in addresses:
        text = content(client, address)
        assert not [one for one in IDENTIFIERS if one in text], address


def identify(declaration: Declaration, number: str, dwelling: str) -> None:
    from adaldyq.kernel.models import PersonIdentifier, Residence  # noqa: PLC0415  # only this test plants them

    factories.loaded(
        "person_identifier", PersonIdentifier(person=declaration.person, scheme="iin", country="KZ", value=number)
    )
    place = factories.territory()
    factories.loaded("residence", Residence(person=declaration.person, territory=place, dwelling=dwelling))
