"""The access matrix: which role may open which address. The default answer is no.

The matrix is a file of three columns (route, roles, why). A route without a row is closed to everybody.
What a role may see *on* a page is decided by the policies of the measure behind it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.roles import Role

EVERYBODY = "everybody"


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
            named = row["roles"].split()
            rows[row["route"]] = frozenset(Role) if named == [EVERYBODY] else frozenset(map(Role, named))
    return rows


def roles_for(route: str) -> frozenset[Role]:
    """Roles that may open a route; none when the matrix does not name it."""
    return matrix(settings.ACCESS_MATRIX).get(route, frozenset())


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
        actor = actor_of(request.user)
        if permitted & (actor.roles | {Role.PUBLIC}):
            return None
        if Role.PUBLIC in actor.roles and permitted:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied
