"""Examples of what operations are sent and answer, with invented people, for those who read the OpenAPI document.

A test holds that each is as the schema of its operation says, and that no operation with a body lacks one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adaldyq.measures.declarations.domain import examples as declarations

JSON, OK, CREATED = "application/json", 200, 201
PERSON, RELATIVE, COMPANY, RECORD, POST = "01HV3XJ5K2MN", "01HV3XJ5K2MP", "01HV3XJ5K2MQ", "01HV3XJ5K2MR", "01HV3XJ5K2MS"
RECEIPT = "3KD8F0WQ2M7R"
DAY, LAST_DAY, TOLD = "2026-03-01", "2026-02-28", "2026-03-02"
IIN, BIN, OBJECT, VIN = "750301300120", "000140004023", "03:007:123:456", "XTA210990Y2766389"


def said(source: str, **facts: Any) -> dict[str, Any]:
    """What an event says, with where it comes from."""
    return {**facts, "source": source, "as_of": TOLD}


def rows_of(source: str, *rows: Mapping[str, Any]) -> dict[str, Any]:
    """What an operation on rows is sent."""
    return said(source, rows=list(rows))


NUMBER = {"scheme": "IIN", "country": "KZ", "value": IIN}
NAME = {"language": "kk", "script": "Cyrl", "text": "Серікқызы Айгерім"}
TIE_END = said("register of marriages, 7-12", tie_id=RECORD, until=LAST_DAY)
RIGHT = {"object_number": OBJECT, "kind": "apartment", "basis": "purchase"}
CAR = {"object_number": VIN, "kind": "car", "make": "Lada Niva", "production_year": 2019}

SENT: Mapping[str, Any] = {
    "api-ledger-check": {"receipt": "adaldyq-receipt-1 …"},
    "api-people-lookup": {"numbers": [IIN]},
    "api-token-secret": {"grace_days": 2},
    "api-events-person": said(
        "register of births, 12-45", names=[NAME], number=NUMBER, birth_date="2026-02-27", sex="f"
    ),
    "api-events-name": said("register of names, 3-1", person_id=PERSON, name=NAME, since=DAY),
    "api-events-identifier": said("register of births, 12-45", person_id=PERSON, number=NUMBER, since=DAY),
    "api-events-residence": said(
        "register of residence", person_id=PERSON, territory_id="KZ-75", dwelling="D-1024", since=DAY
    ),
    "api-events-tie": said(
        "register of marriages, 7-12", person_id=PERSON, relative_id=RELATIVE, kind="spouse", since=DAY
    ),
    "api-events-tie-end": TIE_END,
    "api-events-appointment": said(
        "order of the minister", person_id=PERSON, post_id=POST, since=DAY, act_number="114-k"
    ),
    "api-events-dismissal": said("order of the minister", appointment_id=RECORD, until=LAST_DAY, act_number="98-k"),
    "api-events-company": said(
        "register of legal persons", name="Алатау Құрылыс", legal_form="too", registered=DAY, identifier=BIN
    ),
    "api-events-owner": said(
        "register of legal persons", company_id=COMPANY, owner_person_id=PERSON, kind="direct", share="50", since=DAY
    ),
    "api-events-owner-end": said("contract of sale, 5", ownership_id=RECORD, until=LAST_DAY),
    "api-events-company-end": said("register of legal persons", company_id=COMPANY, until=LAST_DAY),
    "api-events-land": said("land cadastre", **RIGHT, owner_person_id=PERSON, since=DAY, share="100", area="64.5"),
    "api-events-land-transfer": said(
        "land cadastre", right_id=RECORD, owner_person_id=RELATIVE, since=DAY, basis="gift"
    ),
    "api-events-land-end": said("land cadastre", right_id=RECORD, until=LAST_DAY),
    "api-events-vehicle": said("register of vehicles", **CAR, owner_person_id=PERSON, since=DAY),
    "api-events-vehicle-transfer": said("register of vehicles", right_id=RECORD, owner_person_id=RELATIVE, since=DAY),
    "api-events-vehicle-end": said("register of vehicles", right_id=RECORD, until=LAST_DAY),
    "api-events-batch": {"events": [{"event": "tie-ends", "key": "7f0c-1", "data": TIE_END}]},
    "api-filings-document": {"file": "%PDF-1.7 …"},
    "api-declarations-file": declarations.example_with_documents(),
    "api-rows-people": rows_of("civil registry", {"number": NUMBER, "names": [NAME], "birth_date": "2026-02-27"}),
    "api-rows-residences": rows_of(
        "register of residence", {"person": IIN, "territory_id": "KZ-75", "dwelling": "D-1024", "since": DAY}
    ),
    "api-rows-ties": rows_of(
        "civil registry",
        {"person": IIN, "relative": RELATIVE, "kind": "spouse", "since": "2020-05-16", "until": LAST_DAY},
    ),
    "api-rows-appointments": rows_of(
        "staff list", {"person": IIN, "post_id": POST, "since": DAY, "act_number": "114-k"}
    ),
    "api-rows-companies": rows_of(
        "register of legal persons",
        {"identifier": BIN, "name": "Алатау Құрылыс", "legal_form": "too", "registered": "2019-04-01", "head": IIN},
    ),
    "api-rows-owners": rows_of(
        "register of legal persons", {"company": BIN, "owner_person": IIN, "share": "50", "since": "2019-04-01"}
    ),
    "api-rows-land": rows_of(
        "land cadastre",
        {**RIGHT, "owner_person": IIN, "since": "2019-02-01", "until": LAST_DAY},
        {**RIGHT, "owner_person": RELATIVE, "since": DAY},
    ),
    "api-rows-vehicles": rows_of("register of vehicles", {**CAR, "owner_person": IIN, "since": DAY}),
}
"""A body of each operation that takes one, by route."""

RECORDED = {"id": RECORD, "receipts": [RECEIPT]}
TAKEN = {
    "created": 1,
    "changed": 0,
    "unchanged": 0,
    "refused": 1,
    "results": [
        {"row": 1, "status": 201, "outcome": "created", **RECORDED, "replayed": False},
        {
            "row": 2,
            "status": 422,
            "replayed": False,
            "receipts": [],
            "problem": {
                "type": "urn:adaldyq:problem:refers-to-nothing",
                "title": "The request is not in order",
                "status": 422,
                "detail": f"No record is known here by “{IIN}”. Import the register that it is in first.",
                "code": "refers-to-nothing",
                "field": "owner_person",
            },
        },
    ],
}

PARAMETERS: Mapping[str, str] = {
    "Idempotency-Key": "4f9c1a52-8d31-4c0e-9d7b-1f0a2c6f7e11",
    "If-Match": '"6d1f0c2b8a7e4f5390ab12cd34ef5678"',
    "company_id": COMPANY,
    "day": DAY,
    "object_number": OBJECT,
    "person_id": PERSON,
    "post_id": POST,
    "q": "серік",
    "reference": RECEIPT,
    "right_id": RECORD,
}
"""Values of parameters, wherever they stand."""


def describe(schema: dict[str, Any], routes: Mapping[str, str]) -> None:
    """Write examples into an OpenAPI document.

    Args:
        schema: the document; it is changed.
        routes: names of routes by the address in the document.
    """
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            fill(operation, routes[path])


def fill(operation: dict[str, Any], route: str) -> None:
    """Write the examples of one operation into its description."""
    if route in SENT:
        next(iter(operation["requestBody"]["content"].values()))["example"] = SENT[route]
    if route.startswith("api-rows-"):
        operation["responses"][OK]["content"][JSON]["example"] = TAKEN
    if CREATED in operation["responses"] and route.startswith("api-events-"):
        operation["responses"][CREATED]["content"][JSON]["example"] = RECORDED
    for one in operation["parameters"]:
        if one["name"] in PARAMETERS:
            value = PARAMETERS[one["name"]]
            one["example"] = [value] if one["schema"].get("type") == "array" else value
