"""`adaldyq doctor` says of each fault that really is there what it is, and what to do."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone, translation
from pytest_django.fixtures import Settings

from adaldyq.kernel import events, heartbeats, worker
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.actions import start_deadline
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.models import Account, Event, EventDelivery, Heartbeat
from adaldyq.kernel.roles import Role
from adaldyq.kernel.uploads.actions import take_in
from adaldyq.kernel.uploads.purposes import EVIDENCE
from adaldyq.ledger import keys
from adaldyq.ledger.actions import append, forget
from adaldyq.ledger.erasures import note_waiting
from adaldyq.ledger.guard import Guard, cosign_guarded, sequence_guarded
from adaldyq.ledger.models import StoredCheckpoint
from adaldyq.ledger.witnessing import Rounds
from adaldyq.project.cli.snapshots import snapshots
from adaldyq.project.doctor import machine
from adaldyq.project.doctor.outcomes import lasted
from adaldyq.verification.contracts import contracts
from adaldyq.verification.runs import forget_plain_snapshots
from adaldyq.verification.snapshots import Origin, writing
from tests import factories
from tests.kernel.notifications.peers import Gateway, MailSink
from tests.kernel.uploads.clamd import Scanner
from tests.ledger.witnesses import witness_process
from tools.with_postgresql import free_port

pytestmark = pytest.mark.django_db

Examined = Callable[..., dict[str, list[tuple[str, str, str]]]]


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """An installation of its own."""
    tmp_path.chmod(0o700)
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"
    settings.LEDGER_SEEN, settings.LEDGER_WITNESSES = tmp_path / "outside" / "seen", ""
    return tmp_path


@pytest.fixture
def production(settings: Settings) -> Settings:
    """Settings of a server for others."""
    settings.ALLOWED_HOSTS = ["integrity.example"]
    settings.SECRET_KEY = "n2Vb7TqLw9ZxK4mRj8HdYc3PfGs6UaXe5NvBtQiWoSlEkJhDzM"
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SITE_ADDRESS = "https://integrity.example"
    return settings


@pytest.fixture
def examined() -> Examined:
    """Runs the command; gives level, sentence and remedy of what each check found, by its name."""

    def run(*words: str) -> dict[str, list[tuple[str, str, str]]]:
        with translation.override("en"):
            from adaldyq.project.cli.doctor import doctor  # noqa: PLC0415  # help texts are translated as they are read

            done = CliRunner().invoke(doctor, ["--json", *words])
        told = json.loads(done.stdout)
        assert done.exit_code == (1 if told["bad"] else 0)
        assert all(bool(one["remedy"]) == (one["level"] != "good") for one in told["checks"])
        found: dict[str, list[tuple[str, str, str]]] = {}
        for one in told["checks"]:
            found.setdefault(one["check"], []).append((one["level"], one["says"], one["remedy"]))
        return found

    return run


def levels(found: dict[str, list[tuple[str, str, str]]], check: str) -> set[str]:
    return {level for level, _says, _remedy in found[check]}


def test_settings_of_a_server_for_others_are_good(production: Settings, examined: Examined) -> None:
    found = examined()
    for check in ("debug", "secret-key", "hosts", "https", "address", "permissions", "country", "sample-sign-ins"):
        assert levels(found, check) == {"good"}, found[check]


@pytest.mark.parametrize(
    ("name", "value", "check"),
    [
        ("DEBUG", True, "debug"),
        ("SECRET_KEY", "change me", "secret-key"),
        ("ALLOWED_HOSTS", ["*"], "hosts"),
        ("SESSION_COOKIE_SECURE", False, "https"),
        ("CSRF_COOKIE_SECURE", False, "https"),
        ("SITE_ADDRESS", "http://localhost:8000", "address"),
        ("COUNTRY", "/nowhere", "country-pack"),
    ],
)
def test_a_setting_that_harms_others_is_bad(
    production: Settings, examined: Examined, name: str, value: object, check: str
) -> None:
    setattr(production, name, value)
    assert levels(examined(), check) == {"bad"}


def test_a_variable_that_nobody_reads_is_told(examined: Examined, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADALDYQ_HTTP", "1")
    [(level, says, _)] = examined()["variables"]
    assert level == "look"
    assert "ADALDYQ_HTTP" in says


def test_keys_that_others_may_read_are_told_with_the_command_that_closes_them(folder: Path, examined: Examined) -> None:
    (folder / "ledger-key").touch(0o644)
    (folder / "ledger-key").chmod(0o644)
    assert [remedy for _, _, remedy in examined()["permissions"]] == [f"chmod 600 {folder}/ledger-key"]


def test_sign_ins_of_the_sample_country_are_bad_in_production_only(settings: Settings, examined: Examined) -> None:
    factories.account("analyst", Role.AGENCY_ANALYST)
    Account.objects.update(is_sample=True)
    settings.ALLOWED_HOSTS = ["localhost"]
    assert levels(examined(), "sample-sign-ins") == {"look"}
    settings.ALLOWED_HOSTS = ["integrity.example"]
    [(level, says, _)] = examined()["sample-sign-ins"]
    assert (level, "analyst" in says) == ("bad", True)


def test_swap_in_the_open_is_told_and_what_is_encrypted_or_in_memory_is_not(
    examined: Examined, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed, devices = folder / "swaps", folder / "devices"
    monkeypatch.setattr(machine, "SWAPS", listed)
    monkeypatch.setattr(machine, "BLOCKS", devices)
    (devices / "dm-1" / "dm").mkdir(parents=True)
    (devices / "dm-1" / "dm" / "uuid").write_text("CRYPT-PLAIN-swap\n")
    listed.write_text("Filename Type Size Used Priority\n/dev/dm-1 partition 1 0 -2\n/dev/zram0 partition 1 0 5\n")
    assert levels(examined(), "swap") == {"good"}
    listed.write_text(f"{listed.read_text()}/swapfile file 1 0 -3\n")
    [(level, says, _remedy)] = examined()["swap"]
    assert (level, says) == ("look", "Memory may be written in the open to /swapfile.")


def test_mail_and_sms_are_reached(settings: Settings, examined: Examined) -> None:
    assert levels(examined(), "mail") == levels(examined(), "sms") == {"look"}
    sink, gateway = MailSink(), Gateway()
    settings.MAIL_IS_SENT, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "127.0.0.1", sink.port
    settings.SMS_GATEWAY = f"http://127.0.0.1:{gateway.port}/send"
    found = examined()
    assert levels(found, "mail") == levels(found, "sms") == {"good"}
    sink.stop()
    gateway.stop()
    found = examined()
    assert levels(found, "mail") == levels(found, "sms") == {"bad"}


def test_the_scanner_is_asked(settings: Settings, examined: Examined) -> None:
    peer = Scanner()
    settings.CLAMD = peer.address
    assert levels(examined(), "scanner") == {"good"}
    peer.stop()
    assert levels(examined(), "scanner") == {"bad"}


def test_a_database_that_takes_nothing_is_told(examined: Examined) -> None:
    assert levels(examined(), "write") == {"good"}
    assert not Heartbeat.objects.exists()
    read_only, again = {
        "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
        "postgresql": ("SET LOCAL transaction_read_only = on", ""),
    }[connection.vendor]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(read_only)
        assert levels(examined(), "write") == {"bad"}
        if again:
            cursor.execute(again)


def test_a_database_that_forgets_is_told(examined: Examined) -> None:
    """The tests' own is one: in memory, or without waiting for the disk."""
    assert levels(examined(), "journal") == {"bad"}


def test_a_worker_that_stopped_is_told(examined: Examined) -> None:
    assert levels(examined(), "worker") == {"bad"}
    heartbeats.Pulse(heartbeats.CLOCK).beat(timezone.now())
    assert levels(examined(), "worker") == {"look"}
    heartbeats.Pulse(heartbeats.EVENTS).beat(timezone.now())
    assert levels(examined(), "worker") == {"good"}
    long_ago = timezone.now() - timedelta(minutes=5)
    Heartbeat.objects.create(node="another", loop=heartbeats.CLOCK, beat_at=long_ago)
    assert levels(examined(), "worker-node") == {"look"}
    Heartbeat.objects.update(beat_at=long_ago)
    [(level, says, _)] = examined()["worker"]
    assert (level, "5 minutes" in says) == ("bad", True)


@pytest.mark.django_db(transaction=True)
def test_both_loops_of_a_worker_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "SECONDS_BETWEEN_LOOKS", 0.0)
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    Heartbeat.objects.create(node="gone", loop="clock", beat_at=at - timedelta(days=8))
    for loop in (worker.work, worker.keep_time):
        stop = threading.Event()
        looks: Iterator[int] = iter(range(3))

        def clock(stop: threading.Event = stop, looks: Iterator[int] = looks) -> datetime:
            if next(looks, None) is None:
                stop.set()
            return at

        loop(stop=stop, clock=clock)
    assert sorted(Heartbeat.objects.values_list("loop", "beat_at")) == [("clock", at), ("events", at)]


def test_events_and_deadlines_that_wait_are_told(examined: Examined) -> None:
    found = examined()
    assert levels(found, "events") == levels(found, "deadlines") == {"good"}
    now = timezone.now()
    events.append(name="thing.happened", payload={}, at=now - timedelta(minutes=3))
    waits = EventDelivery.objects.create(
        event=Event.objects.get(name="thing.happened"), handler="a.b", next_attempt_at=now - timedelta(minutes=3)
    )
    assert levels(examined(), "events") == {"look"}
    EventDelivery.objects.filter(pk=waits.pk).update(next_attempt_at=now - timedelta(hours=3), attempts=4, error="E: x")
    found = examined()
    assert levels(found, "events") == {"bad"}
    assert "a.b: E" in found["events-failing"][0][1]
    start_deadline(
        subject=factories.person(),
        due=Due("answer", "Answer", date(2025, 9, 22)),
        bound=Bound(account=factories.account("holder")),
        by=factories.BY,
        at=factories.AT,
    )
    assert levels(examined(), "deadlines") == {"bad"}


def act(at: datetime) -> None:
    with transaction.atomic():
        append(act="room.record.make", payloads=[{"record": "R1"}], at=at)


def test_lines_that_wait_and_a_key_that_is_gone_are_told(folder: Path, examined: Examined) -> None:
    act(timezone.now() - timedelta(hours=1))
    assert levels(examined(), "ledger-lines") == {"bad"}
    sequence_guarded(Guard.of_settings(), at=timezone.now())
    found = examined()
    for check in ("ledger-lines", "ledger-key", "ledger-guard", "ledger-memory"):
        assert levels(found, check) == {"good"}
    keys.file().rename(folder / "put-away")
    assert levels(examined(), "ledger-key") == {"bad"}
    (folder / "put-away").rename(keys.file())
    (folder / "outside" / "seen").unlink()
    found = examined()
    assert levels(found, "ledger-memory") == {"look"}
    [(level, _, remedy)] = found["ledger-guard"]
    assert (level, "restore-the-ledger.md" in remedy) == ("bad", True)


def test_an_erasure_that_is_not_noted_outside_the_backups_is_told(
    settings: Settings, tmp_path: Path, examined: Examined
) -> None:
    settings.ERASED = tmp_path / "outside" / "erased"
    assert levels(examined(), "erasures") == {"good"}
    settings.ERASED.mkdir(parents=True)  # in the way
    act(timezone.now())
    with transaction.atomic():
        forget(Q(subject="R1"))
    note_waiting()
    assert levels(examined(), "erasures") == {"bad"}


def test_a_machine_that_serves_pages_only_needs_no_key_of_the_ledger(folder: Path, examined: Examined) -> None:
    act(timezone.now())
    sequence_guarded(Guard.of_settings(), at=timezone.now())
    keys.file().rename(folder / "put-away")
    found = examined("--web")
    assert levels(found, "ledger-lines") == {"good"}
    assert not {"ledger-key", "ledger-guard", "ledger-memory", "witnesses"} & set(found)


def test_witnesses_are_asked_and_what_they_have_not_signed_is_told(
    production: Settings, tmp_path: Path, examined: Examined
) -> None:
    assert levels(examined(), "witnesses") == {"look"}
    signed_at = timezone.now() - timedelta(hours=2)
    with witness_process(tmp_path / "witness", keys.signing_keys()[0].verifier) as found:
        production.LEDGER_WITNESSES = f"{found.url} {found.key}"
        act(signed_at)
        guard = Guard.of_settings()
        sequence_guarded(guard, at=signed_at)
        assert levels(examined(), "cosignatures") == {"look"}
        cosign_guarded(guard, Rounds(guard.witnesses))
        told = examined()
        assert levels(told, "witnesses") == levels(told, "cosignatures") == {"good"}
    assert levels(examined(), "witnesses") == {"bad"}
    production.LEDGER_WITNESSES = f"http://127.0.0.1:{free_port()}"
    assert levels(examined(), "witnesses") == {"bad"}


def test_a_disk_without_the_room_that_is_asked_for_is_told(examined: Examined) -> None:
    assert "bad" not in levels(examined("--free", "0"), "disk")
    assert levels(examined("--free", "1000000000"), "disk") == {"bad"}


def test_a_clock_that_is_behind_what_was_recorded_is_told(examined: Examined) -> None:
    assert levels(examined(), "clock") == {"good"}
    act(timezone.now())
    sequence_guarded(Guard.of_settings(), at=timezone.now() + timedelta(hours=3))
    assert StoredCheckpoint.objects.count() == 1
    [(level, says, _)] = examined()["clock"]
    assert (level, "2 hours" in says) == ("bad", True)


def test_snapshots_that_are_plain_or_closed_and_what_a_killed_run_left_are_told(
    folder: Path, examined: Examined
) -> None:
    assert levels(examined(), "snapshots") == {"good"}
    for name, sealed in (("a", False), ("b", True)):
        with writing(folder / "snapshots" / name, contracts(), sealed=sealed) as writer:
            writer.open_table("person")
            writer.finish(Origin(dataset="", title="A country", source="a test"), [], timezone.now())
    assert levels(examined(), "snapshots") == {"bad"}
    forget_plain_snapshots(folder / "snapshots")
    assert levels(examined(), "snapshots") == {"good"}
    (folder / "spill").mkdir()
    assert levels(examined(), "snapshots") == {"bad"}
    (folder / "spill").rmdir()
    rotated = CliRunner().invoke(snapshots, ["rotate-key"])
    assert (rotated.exit_code, "1" in rotated.output) == (0, True)
    assert levels(examined(), "snapshots") == {"good"}
    (folder / "snapshots-key").unlink()
    assert levels(examined(), "snapshots") == {"bad"}


def test_files_that_are_gone_and_a_key_that_does_not_open_them_are_told(folder: Path, examined: Examined) -> None:
    holder = factories.account("aigerim")
    content = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
    taken = take_in(purpose=EVIDENCE, name="act.pdf", content=content, by=actor_of(holder), at=timezone.now())
    assert levels(examined(), "files") == {"good"}
    (folder / "files-key").rename(folder / "put-away")
    assert levels(examined(), "files-key") == {"bad"}
    assert not (folder / "files-key").exists()
    (folder / "put-away").rename(folder / "files-key")
    (folder / "files" / taken.place).unlink()
    assert levels(examined(), "files") == {"bad"}


@pytest.mark.parametrize(
    ("language", "said"), [("en", "1 second|21 days"), ("ru", "1 секунда|21 день"), ("kk", "1 секунд|21 күн")]
)
def test_a_span_is_said_as_the_language_counts(language: str, said: str) -> None:
    with translation.override(language):
        assert "|".join([lasted(timedelta(seconds=1)), lasted(timedelta(days=21))]) == said
