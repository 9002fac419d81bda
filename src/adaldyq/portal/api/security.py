"""How the schema tells which token an operation needs: from the access matrix, which decides it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adaldyq.kernel.access import roles_for, scopes_for
from adaldyq.kernel.roles import Role
from adaldyq.kernel.scopes import TITLES, Scope
from adaldyq.kernel.tokens import BYTES, PREFIX

SCHEME = "institution"


def describe(schema: dict[str, Any], routes: Mapping[str, str]) -> None:
    """Write the scheme of tokens, and what each operation needs, into an OpenAPI document.

    Args:
        schema: the document; it is changed.
        routes: names of routes by the address in the document.
    """
    scopes = "\n".join(f"- `{one}`: {TITLES[one]}" for one in Scope)
    schema["components"]["securitySchemes"] = {
        SCHEME: {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": f"{PREFIX} and {2 * BYTES} hexadecimal digits",
            "description": f"The token of an institution. Its scopes:\n\n{scopes}",
        }
    }
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            operation["security"] = needed(routes[path])


def needed(route: str) -> list[dict[str, list[str]]]:
    """What opens an operation, as OpenAPI writes it; any one of the list is enough."""
    if Role.PUBLIC in roles_for(route):
        return []
    scopes = scopes_for(route)
    if scopes == frozenset(Scope):
        return [{SCHEME: []}]
    return [{SCHEME: [one.value]} for one in sorted(scopes)]
