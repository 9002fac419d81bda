"""Groups of operations, in the order in which somebody who begins would read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TAGS: Mapping[str, str] = {
    "declarations": "Declarations of officials, and who has filed. Open to everybody.",
    "declarations: filing": "File declarations of those who work in your body, up to 100 at once.",
    "declarations: reviews": "What came of reviews, open to everybody; the reviews themselves for an agency's own programs.",
    "reports": "What came of reports of corruption, in numbers. Open to everybody.",
    "street": "Where people say they were asked for a bribe, or met an honest official, in numbers. Open to everybody.",
    "payments": "What public services cost, how an invoice stands by its link, and payments in numbers. Open to everybody.",
    "permits": "The catalogue of licences, permits and notifications, with the life of each. Open to everybody.",
    "registers": "State bodies, companies with their owners, territories. Open to everybody.",
    "rules": "What is looked for in the registers, and the evidence it needs. Open to everybody.",
    "ledger": "What the ledger signed, and receipts to check. Open to everybody.",
    "token": "What the token of an institution is good for, its renewal, and the receipts of what was done by it.",
    "people": "Read people, by number or id, with their families.",
    "appointments": "Read who holds or held a post.",
    "land and vehicles": "Read rights to objects, by object or owner.",
    "events: people and families": "Record births, names, numbers, moves, marriages.",
    "events: posts": "Record appointments and dismissals.",
    "events: companies": "Record companies, their owners, their end.",
    "events: land and vehicles": "Record rights, their transfer, their end.",
    "events: many at once": "Send events of any kinds in one request.",
    "rows": "Bring many rows of a register up to what your own holds; each is compared, and acted on where it differs.",
}


def describe(schema: dict[str, Any]) -> None:
    """Name the groups in an OpenAPI document, and put its operations in their order.

    Args:
        schema: the document; it is changed.
    """
    schema["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
    order = {name: place for place, name in enumerate(TAGS)}

    def place(path: str) -> int:
        return min(order[operation["tags"][0]] for operation in schema["paths"][path].values())

    schema["paths"] = {path: schema["paths"][path] for path in sorted(schema["paths"], key=place)}
