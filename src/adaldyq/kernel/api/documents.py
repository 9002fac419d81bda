"""Problem documents (RFC 9457): what went wrong, for programs, with a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel.problems import sentence

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:adaldyq:problem:{code}"
UNPROCESSABLE = 422
STATUSES: Mapping[str, int] = {
    "request-under-way": 409,
    "secret-replaced": 409,
    "key-empty": 400,
    "body-not-json": 400,
    "body-too-deep": 400,
    "json-name-twice": 400,
    "record-not-as-seen": 412,
}
"""Statuses of refusals that are not of their kind's usual one."""

TITLES: Mapping[int, object] = {
    400: _("The request cannot be read"),
    401: _("A token is needed"),
    403: _("This is not open to you"),
    404: _("There is no such record"),
    405: _("This address does not take such a request"),
    406: _("The answer does not come in this form"),
    409: _("The record has changed"),
    412: _("The record is not as you have seen it"),
    413: _("The request is too large"),
    415: _("What was sent is of a kind that is not read here"),
    422: _("The request is not in order"),
    429: _("Too many requests"),
    500: _("Something went wrong on our side"),
    503: _("Not available just now"),
}
"""Titles of problems that have no code of their own, by HTTP status."""

WORDS: Mapping[str, object] = {
    "missing": _("It is missing."),
    "extra_forbidden": _("There is no such field."),
    "json_invalid": _("It is not JSON."),
    "greater_than_equal": _("It is %(ge)s or more."),
    "greater_than": _("It is more than %(gt)s."),
    "less_than_equal": _("It is %(le)s or less."),
    "less_than": _("It is less than %(lt)s."),
    "string_too_long": _("It has at most %(max_length)s characters."),
    "string_too_short": _("It has at least %(min_length)s characters."),
    "too_long": _("It holds at most %(max_length)s."),
    "too_short": _("It holds at least %(min_length)s."),
    "string_type": _("It is text in quotation marks."),
    "list_type": _("It is a list in square brackets."),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), _("It is an object in braces.")),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), _("It is a whole number.")),
    **dict.fromkeys(("bool_type", "bool_parsing"), _("It is true or false.")),
    **dict.fromkeys(("enum", "literal_error"), _("It is one of: %(expected)s.")),
}
WRONG = _("It is not as the schema says.")
"""What is wrong with a field, by the type of the schema's error."""

TITLES_OF_CODES: Mapping[str, object] = {
    "request-under-way": _("The same request is under way"),
    "key-empty": _("The request has no key"),
    "body-not-json": TITLES[400],
    "body-too-deep": TITLES[400],
    "json-name-twice": TITLES[400],
    "key-of-another-request": _("The key has been used"),
    "token-not-known": _("The token opens nothing"),
    "scope-missing": _("The token is not good for this"),
}
"""Titles of problems of some codes; others have that of their status."""


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str = Field(description="Name of the field or parameter, with dots where it lies within another.")
    detail: str = Field(description="What is wrong with it.")


class Problem(Schema):
    """Why a request was refused (RFC 9457)."""

    type: str = Field(description="URI of the kind of problem; stable.")
    title: str = Field(description="The kind of problem, in the language asked for.")
    status: int = Field(description="HTTP status.")
    detail: str = Field(description="What happened, in the language asked for.")
    code: str = Field(description="Stable name of the kind of problem.")
    scope: str | None = Field(None, description="The scope that a token would need, if that is what it lacks.")
    field: str | None = Field(None, description="The field that is wrong, if it is one.")
    errors: list[FieldProblem] | None = Field(None, description="All fields that are wrong, if there are several.")


def name_of(status: int) -> str:
    """Code of a problem that has none of its own, such as `not-found`."""
    return HTTPStatus(status).phrase.lower().replace(" ", "-")


def document(status: int, *, code: str = "", detail: str = "", field: str | None = None) -> dict[str, object]:
    """A problem document, in the language in force."""
    code = code or name_of(status)
    title = str(TITLES_OF_CODES.get(code) or TITLES.get(status, HTTPStatus(status).phrase))
    found: dict[str, object] = {
        "type": TYPE.format(code=code),
        "title": title,
        "status": status,
        "detail": detail or title,
        "code": code,
    }
    return found | ({"field": field} if field else {})


def status_of(error: DomainError) -> int:
    """The HTTP status that fits a refusal."""
    if isinstance(error, NotAllowed):
        return 403
    return 409 if isinstance(error, Conflict) else STATUSES.get(error.code, UNPROCESSABLE)


def document_of(error: DomainError) -> dict[str, object]:
    """The problem document of a refusal."""
    return document(status_of(error), code=error.code, detail=sentence(error), field=error.field)


def document_of_fields(wrong: Sequence[tuple[str, Mapping[str, Any]]]) -> dict[str, object]:
    """The problem document of fields that are not as the schema says.

    Args:
        wrong: name of each field, and the schema's error with its `type` and the limits of its `ctx`.
    """
    listed = [{"field": name, "detail": said_of(error)} for name, error in wrong]
    first = listed[0]
    found = document(UNPROCESSABLE, code="not-in-order", detail=first["detail"], field=first["field"])
    return found | {"errors": listed}


def said_of(error: Mapping[str, Any]) -> str:
    """What is wrong by an error of the schema; the words of a list are joined by commas in every language."""
    limits = dict(error.get("ctx", {}))
    if "expected" in limits:
        limits["expected"] = str(limits["expected"]).replace(" or ", ", ")
    return str(WORDS.get(error["type"], WRONG)) % limits


def document_of_scope(scope: str) -> dict[str, object]:
    """The problem document of a token that lacks a scope."""
    detail = _("The token lacks the scope %(scope)s. Ask the administrators for a token that has it.")
    return document(403, code="scope-missing", detail=str(detail) % {"scope": scope}) | {"scope": scope}


def answer(found: Mapping[str, object], headers: Mapping[str, str] | None = None) -> JsonResponse:
    """A response that carries a problem document."""
    status = found["status"]
    return JsonResponse(
        found,
        status=status if isinstance(status, int) else 500,
        content_type=MEDIA_TYPE,
        headers=dict(headers or {}),
        json_dumps_params={"ensure_ascii": False},
    )
