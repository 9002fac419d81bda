"""The access matrix: which role may open which address. The default answer is no.

The matrix is a file of four columns (route, roles, why, reads). A route without a row is closed to everybody.
Among the roles of an operation of the API stand the scopes that open it to tokens of institutions, such as
`people:read`, or `any_token`.
`reads` names the kinds of restricted record that the page shows, or `nothing`; a page for everybody shows none.
`own:KIND` are the viewer's own records, or those of the person they act for.
What a role may see *on* a page is decided by the policies of the measure behind it.

Whoever has a role of the state and has not shown a second factor in this session may open only the pages of
`settings.SECOND_FACTOR_ROUTES`, on which one is set up or shown.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import structlog
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from adaldyq.kernel import kept_forms, logs
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.roles import STAFF, Role
from adaldyq.kernel.scopes import Scope, written
from adaldyq.kernel.tokens import carried_by

EVERYBODY, SIGNED_IN = "everybody", "signed_in"
GROUPS: Mapping[str, frozenset[Role]] = {
    EVERYBODY: frozenset(Role),
    SIGNED_IN: frozenset(Role) - {Role.PUBLIC},
}
"""Words of the matrix that stand for many roles."""
ANY_TOKEN = "any_token"  # noqa: S105  # a word of the matrix, not a secret
NOTHING = "nothing"
OWN = "own:"
UNAUTHORIZED, FORBIDDEN = 401, 403


@cache
def matrix(path: Path) -> Mapping[str, frozenset[Role]]:
    """Read the access matrix: roles by route name.

    Raises:
        ValueError: a role is unknown, or a route has two rows.
    """
    rows: dict[str, frozenset[Role]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["route"] in rows:
                raise ValueError(f"{path.name}: two rows for {row['route']}")
            named = [one for one in row["roles"].split() if one != ANY_TOKEN and ":" not in one]
            group = GROUPS.get(row["roles"])
            rows[row["route"]] = frozenset(map(Role, named)) if group is None else group
    return rows


def roles_for(route: str) -> frozenset[Role]:
    """Roles that may open a route; none when the matrix does not name it."""
    return matrix(settings.ACCESS_MATRIX).get(route, frozenset())


@cache
def scopes_by_route(path: Path) -> Mapping[str, frozenset[Scope]]:
    """Read the scopes of the access matrix, by route name.

    Raises:
        ValueError: a scope is unknown.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = {row["route"]: row["roles"].split() for row in csv.DictReader(lines)}
    return {
        route: frozenset(Scope) if ANY_TOKEN in words else frozenset(Scope(one) for one in words if ":" in one)
        for route, words in rows.items()
    }


def scopes_for(route: str) -> frozenset[Scope]:
    """Scopes that open an operation to a token; none when it has none."""
    return scopes_by_route(settings.ACCESS_MATRIX).get(route, frozenset())


@cache
def reads_by_route(path: Path) -> Mapping[str, frozenset[str]]:
    """Read the last column of the access matrix: kinds of record that a route shows, by route name."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = {row["route"]: (row["reads"] or "").split() for row in csv.DictReader(lines)}
    return {route: frozenset(kinds) - {NOTHING} for route, kinds in rows.items()}


def reads_of(route: str) -> frozenset[str]:
    """Kinds of restricted record that a page shows, and must log."""
    named = reads_by_route(settings.ACCESS_MATRIX).get(route, frozenset())
    return frozenset(one for one in named if not one.startswith(OWN))


def own_reads_of(route: str) -> frozenset[str]:
    """Kinds of record of the viewer's own that a page shows; looks of a representative at them are logged."""
    named = reads_by_route(settings.ACCESS_MATRIX).get(route, frozenset())
    return frozenset(one.removeprefix(OWN) for one in named if one.startswith(OWN))


class ScopeMissing(HttpResponse):
    """The refusal of a token that lacks the scope of an operation (RFC 6750, section 3.1).

    Attributes:
        scope: what would have opened it; empty when no scope does.
    """

    status_code = FORBIDDEN

    def __init__(self, scopes: frozenset[Scope]) -> None:
        self.scope = written(scopes)
        told = f'Bearer error="insufficient_scope", scope="{self.scope}"' if scopes else "Bearer"
        super().__init__(headers={"WWW-Authenticate": told})


class AccessMatrixMiddleware:
    """Holds every request to the access matrix before its view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """Let in, ask to sign in, or refuse.

        Raises:
            PermissionDenied: the matrix does not name any of the account's roles for this route.
        """
        route = request.resolver_match.view_name if request.resolver_match else ""
        permitted = roles_for(route)
        if (token := carried_by(request)) is not None:
            scopes = scopes_for(route)
            return None if Role.PUBLIC in permitted or scopes & token.opens else ScopeMissing(scopes)
        actor = actor_of(request.user)
        if actor.id:
            roles = sorted(actor.roles)
            structlog.contextvars.bind_contextvars(actor=logs.token(actor.id), roles=[str(role) for role in roles])
        if permitted & (actor.roles | {Role.PUBLIC}):
            return self.let_in(request, route, actor.roles)
        if request.path_info.startswith(settings.API_PREFIX):
            return HttpResponse(status=UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})
        if Role.PUBLIC in actor.roles and permitted:
            kept_forms.keep(request, kept_forms.sent_by(request))
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied

    def let_in(self, request: HttpRequest, route: str, roles: frozenset[Role]) -> HttpResponseBase | None:
        """Let in, or send staff who have not shown a second factor to the page where they do."""
        if roles & STAFF and route not in settings.SECOND_FACTOR_ROUTES and not is_proven(request):
            return redirect(settings.SECOND_FACTOR_URL)
        return None


def is_proven(request: HttpRequest) -> bool:
    """Whether a second factor, or the national e-ID, has been shown in this session."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)
