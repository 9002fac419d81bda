"""Every operation answers as its schema says, to what the schema permits and to what it does not, and never fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.conf import settings as ours
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from pytest_django import Settings

from adaldyq.kernel.access import matrix
from adaldyq.ledger.sequencer import sequence
from adaldyq.portal.api.root import schema
from adaldyq.portal.api.urls import operations
from adaldyq.project.wsgi import application
from tests import factories

EXAMPLES = 12


@pytest.fixture
def described(db: None, settings: Settings, tmp_path: Path) -> Iterator[Any]:
    """The schema as a client gets it, over registers that hold something."""
    settings.DATA_DIR = tmp_path
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    settings.ALLOWED_HOSTS = ["*"]
    factories.official(rows={"income": [{"amount": 1500}]})
    sequence(at=factories.AT)
    for signal in (request_started, request_finished):  # they would end the connection that the test's rows are seen on
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


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
    described: Any, path: str, method: str, mode: schemathesis.GenerationMode
) -> None:
    operation = described[path][method]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    @given(operation.as_strategy(generation_mode=mode))
    def answers(case: Any) -> None:
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    answers()


def test_every_operation_is_in_the_schema_and_in_the_access_matrix(db: None) -> None:
    found = Client().get("/api/v1/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    assert len(found["paths"]) == len(operations)
    assert {one.name for one in operations} <= set(matrix(Path(ours.ACCESS_MATRIX)))
