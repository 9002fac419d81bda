"""Load balancers and monitoring get their answers, and nobody else gets the figures."""

from __future__ import annotations

import ipaddress
import json
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from adaldyq.kernel import events
from adaldyq.kernel.heartbeats import CLOCK, Pulse
from adaldyq.kernel.models import Event, EventDelivery
from adaldyq.kernel.steps import steps
from adaldyq.ledger.guard import Guard, sequence_guarded
from tests import factories

TOKEN = "a token of a test"
BEARER = {"authorization": f"Bearer {TOKEN}"}


def test_a_process_that_runs_says_so_without_a_database_a_session_or_its_own_name(
    client: Client, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["integrity.example"], True
    client.cookies["sessionid"] = "of nobody"
    answer = client.get("/health/live", headers={"host": "10.0.0.7:8000"})
    assert (answer.status_code, answer.json()) == (200, {"status": "live"})
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.post("/health/live").status_code == 405


@pytest.mark.django_db
def test_a_process_is_ready_when_its_tables_are_there(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/health/ready")
    with django_assert_num_queries(2):
        answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})
    MigrationRecorder.Migration.objects.filter(app="kernel").delete()
    answer = client.get("/health/ready", headers={"accept-language": "en"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")
    assert answer.json()["code"] == "database-not-prepared"
    assert "adaldyq migrate" in answer.json()["detail"]
    *before, last = next(older for (app, _name), older in steps().items() if app == "kernel" and older)
    recorder = MigrationRecorder(connection)
    since = [step for step, older in steps().items() if step[0] == "kernel" and not older]
    for step in (*before, *since):
        recorder.record_applied(*step)
    assert client.get("/health/ready").status_code == 503
    recorder.record_applied(*last)
    assert client.get("/health/ready").status_code == 200  # an older version's steps, for which one stands now


def scraped(client: Client, **headers: str) -> dict[str, float]:
    """Figures by name and labels."""
    answer = client.get("/metrics", headers=headers or BEARER)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {
        " ".join([sample.name, *(f"{name}={value}" for name, value in sorted(sample.labels.items()))]): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.mark.django_db
def test_figures_are_for_whoever_has_the_token_or_comes_straight_from_a_permitted_network(
    client: Client, settings: Settings
) -> None:
    refused = client.get("/metrics", headers=BEARER)
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers=BEARER).status_code == 200
    assert client.get("/metrics", headers={"authorization": "Bearer another"}).status_code == 401
    assert client.get("/metrics").status_code == 401
    settings.METRICS_NETWORKS = (ipaddress.ip_network("10.1.0.0/16"),)
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="10.2.2.3").status_code == 401
    assert client.get("/metrics", REMOTE_ADDR="").status_code == 401
    for header in ("x-forwarded-for", "x-real-ip", "forwarded", "via"):
        passed_on = client.get("/metrics", REMOTE_ADDR="10.1.2.3", headers={header: "10.1.2.3"})
        assert passed_on.status_code == 401, header


@pytest.mark.django_db
def test_requests_are_counted_by_route_and_never_by_address(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    name = "adaldyq_requests_total method={} route={} status={}"
    before = scraped(client)
    client.get("/en/about/")
    client.get("/en/search/?q=Tanatarov")
    client.get("/nowhere/Tanatarov")
    client.generic("TANATAROV", "/en/about/")
    after = scraped(client)
    for wanted in (("GET", "about", 200), ("GET", "search", 200), ("GET", "unmatched", 404), ("other", "about", 405)):
        key = name.format(*wanted)
        assert after[key] == before.get(key, 0) + 1, wanted
    timed = "adaldyq_request_seconds_count route=about"
    assert after[timed] == before.get(timed, 0) + 2
    assert "tanatarov" not in client.get("/metrics", headers=BEARER).content.decode().lower()


@pytest.mark.django_db
def test_the_house_tells_what_waits_and_how_old_it_is(client: Client, settings: Settings, tmp_path: object) -> None:
    settings.METRICS_TOKEN = TOKEN
    settings.DATA_DIR, settings.LEDGER_SEEN, settings.LEDGER_WITNESSES = tmp_path, f"{tmp_path}/seen", ""
    now = timezone.now()
    events.append(name="thing.happened", payload={}, at=now - timedelta(minutes=5))
    EventDelivery.objects.create(event=Event.objects.get(name="thing.happened"), handler="a.b", next_attempt_at=now)
    Pulse(CLOCK).beat(now - timedelta(minutes=1))
    factories.account("holder")
    found = scraped(client)
    assert found["adaldyq_database_up"] == 1
    assert found["adaldyq_events_waiting"] == 1
    assert 300 <= found["adaldyq_events_oldest_seconds"] < 400
    assert found["adaldyq_ledger_lines"] == 0
    assert found["adaldyq_ledger_waiting"] == 1
    assert found["adaldyq_deadlines state=running"] == found["adaldyq_deadlines_due"] == 0
    [beat] = [value for name, value in found.items() if name.startswith("adaldyq_worker_heartbeat_seconds loop=clock")]
    assert 60 <= beat < 160
    sequence_guarded(Guard.of_settings(), at=now)
    found = scraped(client)
    assert (found["adaldyq_ledger_lines"], found["adaldyq_ledger_waiting"]) == (1, 0)
    assert found["adaldyq_acts_total act=kernel.account.open"] == 1
    assert 0 <= found["adaldyq_ledger_checkpoint_seconds"] < 100


@pytest.mark.django_db
def test_figures_of_requests_come_even_when_the_database_does_not_answer(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    client.get("/en/about/")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE kernel_eventdelivery RENAME TO put_away")
        found = scraped(client) if connection.vendor == "sqlite" else {"adaldyq_database_up": 0.0}
        transaction.set_rollback(True)
    assert found["adaldyq_database_up"] == 0
    assert json.loads(client.get("/health/ready").content)["status"] == "ready"
