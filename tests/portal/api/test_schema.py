"""Every operation answers as its schema says, to what the schema permits and to what it does not, and never fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from django.conf import settings as ours
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from pytest_django import Settings
from schemathesis.config import SchemathesisConfig
from schemathesis.config._checks import NEGATIVE_DATA_REJECTION_EXPECTED_STATUSES
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from adaldyq.kernel.access import matrix
from adaldyq.kernel.models import Body, Company, FamilyTie, Ownership, VehicleRight
from adaldyq.ledger.sequencer import sequence
from adaldyq.portal.api import lines, reading
from adaldyq.portal.api.events.kinds import KINDS
from adaldyq.portal.api.root import schema
from adaldyq.portal.api.urls import operations
from adaldyq.project.wsgi import application
from tests import factories

EXAMPLES, EXAMPLES_OF_EVENTS = 12, 5
WRITING = "/api/v1/events/"
REFUSED_BY_REGISTERS = [positive_data_acceptance]  # what fits the schema may still contradict what is registered
ROWS = "/api/v1/rows/"
BATCHES = ("/api/v1/events/batch", "/api/v1/events/lines")
SAID_ELSEWHERE = [positive_data_acceptance, negative_data_rejection]  # what XML fits, its own schema says
REFUSED_BY_LINE = [negative_data_rejection]  # the whole is answered, and each of its events by itself


@schemathesis.serializer(lines.MEDIA_TYPE)
def as_lines(ctx: schemathesis.SerializationContext, value: Any) -> bytes:
    """A sequence of JSON values as lines."""
    return b"".join(json.dumps(one).encode() + b"\n" for one in value) if isinstance(value, list) else b"\0"


@schemathesis.deserializer(lines.MEDIA_TYPE)
def from_lines(ctx: schemathesis.DeserializationContext, response: Any) -> Any:
    """Lines as a sequence of JSON values."""
    return [json.loads(one) for one in response.content.splitlines()]


@cache
def read() -> Any:
    """The schema as a client gets it. What is sent depends on it alone, not on what our source holds."""
    refused = [
        *NEGATIVE_DATA_REJECTION_EXPECTED_STATUSES,
        413,
    ]  # a text that is too long may be too long for us to read
    config = SchemathesisConfig.from_dict(
        {
            "analysis": {"constants": {"enabled": False}},
            "checks": {"negative_data_rejection": {"expected-statuses": refused}},
        }
    )
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=config)


@pytest.fixture
def described(db: None, settings: Settings, tmp_path: Path) -> Iterator[Any]:
    """The schema as a client gets it, over registers that hold something."""
    settings.DATA_DIR = tmp_path
    settings.ALLOWED_HOSTS = ["*"]
    factories.official(rows={"income": [{"amount": 1500}]})
    sequence(at=factories.AT)
    for signal in (request_started, request_finished):  # they would end the connection that the test's rows are seen on
        signal.disconnect(close_old_connections)
    yield read()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def known(described: Any) -> dict[str, str]:
    """Values of fields that only the registers can give, so that made-up events reach their acts."""
    one, other = factories.person(), factories.person()
    factories.family_tie(one, other)
    body = factories.body("of the program")
    held = factories.appointment(one, factories.post(body))
    company = Company(name="Алатау", legal_form="too", source=factories.SOURCE, as_of=factories.AS_OF)
    factories.loaded("company", company)
    share = Ownership(company=company, owner_person=one, share=Decimal(10), kind="direct", valid_from=factories.AS_OF)
    factories.loaded("ownership", share)
    vehicle = VehicleRight(
        owner_person=one, object_number="1", kind="car", make="Lada", source=factories.SOURCE, as_of=factories.AS_OF
    )
    factories.loaded("vehicle_register", vehicle)
    return {
        "person_id": one.pk,
        "relative_id": other.pk,
        "owner_person_id": one.pk,
        "head_id": one.pk,
        "post_id": factories.post(body).pk,
        "appointment_id": held.pk,
        "company_id": company.pk,
        "ownership_id": share.pk,
        "tie_id": FamilyTie.objects.filter(person=one).get().pk,
        "territory_id": factories.territory().pk,
        "legal_form": "too",
        "land": factories.land(one).pk,
        "vehicle": vehicle.pk,
    }


@pytest.fixture
def allowed(known: dict[str, str]) -> dict[str, str]:
    """Headers of a program that may do everything."""
    _token, secret = factories.token(requests_a_minute=6000, of=Body.objects.get(name="of the program"))
    return {"Accept-Encoding": "identity", "Authorization": f"Bearer {secret}"}


CALLS = [
    pytest.param(path, method, mode, id=f"{mode.value} {method} {path}")
    for path, methods in schema("api/v1/")["paths"].items()
    for method, operation in methods.items()
    for mode in schemathesis.GenerationMode
    if mode is schemathesis.GenerationMode.POSITIVE
    or "requestBody" in operation
    or any(one["in"] == "query" for one in operation["parameters"])  # else nothing can be sent that does not fit
]


@pytest.mark.parametrize(("path", "method", "mode"), CALLS)
def test_an_operation_answers_as_its_schema_says(
    described: Any,
    allowed: dict[str, str],
    known: dict[str, str],
    path: str,
    method: str,
    mode: schemathesis.GenerationMode,
) -> None:
    operation = described[path][method]
    fits = path.startswith(WRITING) and mode is schemathesis.GenerationMode.POSITIVE

    @settings(
        max_examples=EXAMPLES_OF_EVENTS if path.startswith((WRITING, ROWS)) else EXAMPLES,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    @given(operation.as_strategy(generation_mode=mode))
    def answers(case: Any) -> None:
        if fits and isinstance(case.body, dict):
            right = known["vehicle" if "vehicle" in path else "land"]
            case.body = {name: (known | {"right_id": right}).get(name, value) for name, value in case.body.items()}
        by_line = path in BATCHES or path.startswith(ROWS)
        excluded = REFUSED_BY_REGISTERS if fits else REFUSED_BY_LINE if by_line else []
        if case.media_type in reading.FORM:
            excluded = REFUSED_BY_REGISTERS  # a schema does not say what a PDF is
        if case.media_type in reading.XML:
            excluded = SAID_ELSEWHERE
        case.call_and_validate(headers=allowed, excluded_checks=excluded)

    answers()


def test_every_operation_is_in_the_schema_and_in_the_access_matrix(db: None) -> None:
    found = Client().get("/api/v1/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    assert len(found["paths"]) == len(operations)
    assert {one.name for one in operations} <= set(matrix(Path(ours.ACCESS_MATRIX)))


def test_every_operation_that_is_not_for_everybody_names_its_scopes_and_each_that_writes_needs_a_key(db: None) -> None:
    found = Client().get("/api/v1/openapi.json").json()
    scheme = found["components"]["securitySchemes"]["institution"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert found["paths"]["/api/v1/registers/people/{person_id}"]["get"]["security"] == [
        {"institution": ["people:read"]}
    ]
    assert found["paths"]["/api/v1/rules"]["get"]["security"] == []
    for path, methods in found["paths"].items():
        if path.startswith((WRITING, ROWS)):
            for operation in methods.values():
                assert operation["security"][0]["institution"][0].endswith(":write"), path
                assert [one["required"] for one in operation["parameters"] if one["name"] == "Idempotency-Key"] == [
                    True
                ]


def test_operations_stand_in_groups_in_the_order_in_which_they_are_described(db: None) -> None:
    found = Client().get("/api/v1/openapi.json").json()
    order = [one["name"] for one in found["tags"]]
    assert all(one["description"] for one in found["tags"])
    groups = [operation["tags"][0] for methods in found["paths"].values() for operation in methods.values()]
    assert list(dict.fromkeys(groups)) == order


def test_every_operation_with_a_body_has_an_example_that_its_schema_permits(db: None) -> None:
    found = Client().get("/api/v1/openapi.json").json()
    examples = 0
    for path, methods in found["paths"].items():
        for operation in methods.values():
            sent = operation.get("requestBody", {"content": {}})["content"].items()
            answered = [one.get("content", {}) for one in operation["responses"].values()]
            given = [
                part for part in (*sent, *(two for one in answered for two in one.items())) if "example" in part[1]
            ]
            assert not sent or "example" in next(iter(sent))[1], path
            for kind, part in given:
                values = [json.loads(part["example"])] if kind == lines.MEDIA_TYPE else part["example"]
                whole = {**part["schema"], "components": found["components"]}
                jsonschema_rs.validator_for(whole).validate(values)
                examples += 1
    assert examples > len(KINDS)
