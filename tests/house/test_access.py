"""Every address has a row in the access matrix, and behaves for every role as the row says."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as ours
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.db.transaction import atomic, set_rollback
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone, translation
from pytest_django import DjangoDbBlocker

from adaldyq.kernel.access import EVERYBODY, AccessMatrixMiddleware, matrix
from adaldyq.kernel.actions.accounts import grant_role, open_account
from adaldyq.kernel.actor import actor_of, system
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import OF_A_BODY, Role
from tests import factories

SOMETHING = {"int": 1, "uuid": "00000000-0000-0000-0000-000000000000"}
NOBODYS = "00000000ZZZZ"
REFUSED, SERVER_ERROR, REDIRECT, UNAUTHORIZED = 403, 500, 302, 401


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, dict[str, object]]]:
    """Names of all addresses with arguments that fit."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns)
        else:
            converters = one.pattern.converters
            yield (
                one.name or str(one.pattern),
                {
                    name: SOMETHING.get(type(converter).__name__.removesuffix("Converter").lower(), NOBODYS)
                    for name, converter in converters.items()
                },
            )


ROUTES = dict(routes(get_resolver().url_patterns))
ROWS = matrix(Path(ours.ACCESS_MATRIX))


def test_every_address_has_a_row() -> None:
    assert set(ROUTES) == set(ROWS)


def test_an_address_that_is_not_for_everybody_says_which_records_it_shows() -> None:
    with Path(ours.ACCESS_MATRIX).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    silent = [row["route"] for row in rows if row["roles"] != EVERYBODY and not row["reads"]]
    assert silent == [], "name the kinds of record these pages show (and log with kernel.reads), or `nothing`"


@pytest.fixture(scope="module")
def signed_in(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[Role, Client]]:
    """A signed-in browser for each role, and one that is not signed in; what a test writes is rolled back before."""
    with django_db_blocker.unblock(), atomic():
        yield accounts_of_every_role()
        set_rollback(True)


@pytest.fixture
def clients(signed_in: dict[Role, Client], db: None) -> dict[Role, Client]:
    """The browsers, and the database as it was when they signed in."""
    return signed_in


def accounts_of_every_role() -> dict[Role, Client]:
    """Open an account for each role and sign it in."""
    found = {Role.PUBLIC: Client(raise_request_exception=False)}
    for role in Role:
        if role is Role.PUBLIC:
            continue
        by, at = system("test"), timezone.now()
        account = open_account(
            username=role.value, name=role.value, password_hash=make_password("a password of a test"), by=by, at=at
        )
        body = factories.body() if role in OF_A_BODY else None
        grant_role(account=account, role=role, by=by, at=at, body=body)
        found[role] = Client(raise_request_exception=False)
        found[role].force_login(account)
    return found


@pytest.mark.parametrize("route", ROUTES)
def test_an_address_opens_to_the_roles_of_its_row_only(route: str, clients: dict[Role, Client]) -> None:
    visitors = visitors_of(route)
    for language in ("kk", "en"):
        with translation.override(language):
            address = reverse(route, kwargs=ROUTES[route])
        for number, (role, client) in enumerate(clients.items()):
            if role not in visitors:
                continue
            if role is not Role.PUBLIC and ("kk", "en")[number % 2] != language:
                continue  # each role walks in one of the languages, the public in both
            answer = client.get(address)
            permitted = bool(ROWS[route] & {role, Role.PUBLIC})
            assert answer.status_code < SERVER_ERROR, (address, role)
            if permitted:
                assert answer.status_code != REFUSED, (address, role)
            elif address.startswith(ours.API_PREFIX):
                assert answer.status_code == UNAUTHORIZED, (address, role)  # it knows no sessions
            elif role is Role.PUBLIC:
                assert answer.status_code == REDIRECT, (address, role)
                assert answer.headers["Location"].startswith(f"/{language}/sign-in/"), (address, role)
            else:
                assert answer.status_code == REFUSED, (address, role)


def test_the_matrix_lets_in_the_roles_of_a_row_and_nobody_else(clients: dict[Role, Client]) -> None:
    """Every address for every role, at the door behind which the views stand."""
    door = AccessMatrixMiddleware(lambda _request: HttpResponse())
    visitors = {role: visitor(client) for role, client in clients.items()}
    for route, arguments in ROUTES.items():
        with translation.override("en"):
            address = reverse(route, kwargs=arguments)
            match = resolve(address)
        for role, (user, session) in visitors.items():
            request = RequestFactory().get(address)
            request.user, request.session, request.resolver_match = user, session, match
            assert let_in(door, request) == bool(ROWS[route] & {role, Role.PUBLIC}), (route, role)


def visitor(client: Client) -> tuple[Any, SessionBase]:
    """Whom a browser is signed in as, and the session."""
    key = client.session.get(SESSION_KEY)
    return (Account.objects.get(pk=key) if key else AnonymousUser()), client.session


def let_in(door: AccessMatrixMiddleware, request: HttpRequest) -> bool:
    """Whether the door lets a request pass."""
    try:
        return door.process_view(request, HttpResponse, (), {}) is None
    except PermissionDenied:
        return False


def visitors_of(route: str) -> set[Role]:
    """Who walks to an address: everybody to one that only some may open, and elsewhere the public and some roles.

    The API throws cookies away, so that any role is the public to it. Of what everybody may open, only the frame of the
    page differs by role: each role sees it on a third of those pages, and on all of its own.
    """
    if route == "sign-out":
        return set()  # it is the same for everybody, and would end the sign-in of the others
    if reverse(route, kwargs=ROUTES[route]).startswith(ours.API_PREFIX):
        one_in = len(Role) - 1
    else:
        one_in = 3 if Role.PUBLIC in ROWS[route] else 1
    roles, turn = [role for role in Role if role is not Role.PUBLIC], list(ROUTES).index(route)
    return {Role.PUBLIC, *(role for number, role in enumerate(roles, turn) if number % one_in == 0)}


def test_signing_out_is_open_to_everybody(clients: dict[Role, Client]) -> None:
    with translation.override("en"):
        address = reverse("sign-out")
    for client in clients.values():
        assert client.post(address).status_code == REDIRECT


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PUBLIC])
def test_a_role_for_one_body_is_no_role_for_another(role: Role) -> None:
    own, other = factories.body(), factories.body("Басқа министрлік")
    account = factories.account("somebody")
    factories.grant(account, role, body=own)
    actor = actor_of(account)
    assert actor.may(role, body=own)
    assert not actor.may(role, body=other)
    assert not any(actor.may(another, body=own) for another in Role if another is not role)


@pytest.mark.django_db
def test_staff_without_a_second_factor_open_no_page_but_those_to_set_one_up() -> None:
    client = Client()
    password_only = {"username": "newcomer", "password": factories.PASSWORD}
    factories.account("newcomer", Role.ADMINISTRATOR)
    client.post("/en/sign-in/", password_only)
    with translation.override("en"):
        for route, arguments in ROUTES.items():
            if {Role.ADMINISTRATOR, Role.PUBLIC} & ROWS[route] and route not in ours.SECOND_FACTOR_ROUTES:
                address = reverse(route, kwargs=arguments)
                if not address.startswith(ours.API_PREFIX):
                    assert client.get(address).headers.get("Location", "").endswith("/my/second-factor/"), route
