"""Every address has a row in the access matrix, and behaves for every role as the row says."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone, translation

from adaldyq.kernel.access import EVERYBODY, matrix
from adaldyq.kernel.actions.accounts import grant_role, open_account
from adaldyq.kernel.actor import system
from adaldyq.kernel.roles import Role

SOMETHING = {"int": 1, "uuid": "00000000-0000-0000-0000-000000000000"}
NOBODYS = "00000000ZZZZ"
REFUSED, SERVER_ERROR, REDIRECT = 403, 500, 302


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
ROWS = matrix(Path(settings.ACCESS_MATRIX))


def test_every_address_has_a_row() -> None:
    assert set(ROUTES) == set(ROWS)


def test_an_address_that_is_not_for_everybody_says_which_records_it_shows() -> None:
    with Path(settings.ACCESS_MATRIX).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    silent = [row["route"] for row in rows if row["roles"] != EVERYBODY and not row["reads"]]
    assert silent == [], "name the kinds of record these pages show (and log with kernel.reads), or `nothing`"


@pytest.fixture
def clients(db: None) -> dict[Role, Client]:
    """A signed-in browser for each role, and one that is not signed in."""
    found = {Role.PUBLIC: Client(raise_request_exception=False)}
    for role in Role:
        if role is Role.PUBLIC:
            continue
        by, at = system("test"), timezone.now()
        account = open_account(username=role.value, name=role.value, password="a password of a test", by=by, at=at)
        grant_role(account=account, role=role, by=by, at=at)
        found[role] = Client(raise_request_exception=False)
        found[role].force_login(account)
    return found


@pytest.mark.parametrize("route", ROUTES)
def test_an_address_opens_to_the_roles_of_its_row_only(route: str, clients: dict[Role, Client]) -> None:
    for language in ("kk", "en"):
        with translation.override(language):
            address = reverse(route, kwargs=ROUTES[route])
        for role, client in clients.items():
            if route == "sign-out":
                continue  # it is the same for everybody, and would end the sign-in of the others
            answer = client.get(address)
            permitted = bool(ROWS[route] & {role, Role.PUBLIC})
            assert answer.status_code < SERVER_ERROR, (address, role)
            if permitted:
                assert answer.status_code != REFUSED, (address, role)
            elif role is Role.PUBLIC:
                assert answer.status_code == REDIRECT, (address, role)
                assert answer.headers["Location"].startswith(f"/{language}/sign-in/"), (address, role)
            else:
                assert answer.status_code == REFUSED, (address, role)


def test_signing_out_is_open_to_everybody(clients: dict[Role, Client]) -> None:
    with translation.override("en"):
        address = reverse("sign-out")
    for client in clients.values():
        assert client.post(address).status_code == REDIRECT
