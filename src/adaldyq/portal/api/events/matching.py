"""Changes that are made only to a record as the sender has seen it (`If-Match`; RFC 9110, 13.1.1).

The tag is the ETag that the address of the record answers today in the language of the request. It is compared in the
transaction of the act, with the record held, so that nobody comes between.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import parse_etags
from ninja import Header, Schema

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.periods import hold
from adaldyq.kernel.api.values import Given
from adaldyq.portal.api.companies import CompanyOut
from adaldyq.portal.api.events.recording import record_of
from adaldyq.portal.api.people import PersonOut, facts_of
from adaldyq.portal.api.rendering import Renderer, tag_of
from adaldyq.portal.api.rights import LandOut, VehicleOut

HEADER = "If-Match"
ANY = "*"
LONGEST_TAGS = 400

Match = Annotated[
    str | None,
    Header(
        alias=HEADER,
        max_length=LONGEST_TAGS,
        description="ETag of the record that is changed, as its address answered; refused with 412 when it has changed.",
    ),
]


def as_it_is(record: Any) -> Any:
    """A record whose columns are the answer."""
    return record


ANSWERS: Mapping[str, tuple[type[Schema], Callable[[Any], Any]]] = {
    "person": (PersonOut, lambda one: facts_of(one, timezone.localdate())),
    "company": (CompanyOut, as_it_is),
    "land_register": (LandOut, as_it_is),
    "vehicle_register": (VehicleOut, as_it_is),
}
"""What the addresses of records answer, by register: the schema, and what it is filled from."""


def require_match(register: str, field: str, given: Given, match: str) -> None:
    """Refuse to change a record that is not as the sender has seen it.

    Args:
        field: of what is given, which names the record.
        match: value of the header: tags, or `*` for any record that is there.

    Raises:
        DomainError: `record-not-as-seen`, `no-such-record`.
    """
    held = hold(record_of(register, getattr(given, field), field))
    if match.strip() != ANY and present_tag(register, held) not in parse_etags(match):
        raise DomainError("record-not-as-seen", field=HEADER)


def present_tag(register: str, record: Any) -> str:
    """The tag of a record's own address, today and in the language in force."""
    schema, facts = ANSWERS[register]
    answer = schema.model_validate(facts(record)).model_dump()
    return tag_of(Renderer().render(HttpRequest(), answer, response_status=200).encode())
