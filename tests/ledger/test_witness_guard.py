"""An old database is not signed, whoever knows better: a witness, or the file outside the backups."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from adaldyq.base.errors import DomainError
from adaldyq.ledger import keys, queries
from adaldyq.ledger.actions import append
from adaldyq.ledger.checkpoints import Checkpoint
from adaldyq.ledger.guard import Guard, accept, cosign_guarded, sequence_guarded, why_held
from adaldyq.ledger.models import DayCount, Leaf, LogKey, StoredCheckpoint, StoredCosignature, StoredTile
from adaldyq.ledger.notes import Note
from adaldyq.ledger.receipts import check
from adaldyq.ledger.verdicts import Watch
from adaldyq.ledger.witness import Witness
from adaldyq.ledger.witness_client import WitnessAddress
from adaldyq.ledger.witnessing import LONGEST_PAUSE, Rounds
from tests.ledger.witnesses import witness_process
from tools.with_postgresql import free_port

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
TABLES = (Leaf, StoredTile, StoredCheckpoint, StoredCosignature, LogKey, DayCount)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.LEDGER_SEEN = tmp_path / "outside" / "seen"
    settings.LEDGER_WITNESSES = ""


@pytest.fixture
def witness(settings: Settings, tmp_path: Path) -> Iterator[WitnessAddress]:
    """A real witness, in a process of its own, that watches our log."""
    with witness_process(tmp_path / "witness", keys.signing_keys()[0].verifier) as found:
        settings.LEDGER_WITNESSES = f"{found.url} {found.key}"
        yield found


def lines(count: int) -> None:
    with transaction.atomic():
        append(act="room.record.make", payloads=[{"record": f"R{number}"} for number in range(count)], at=AT)


def grow(count: int) -> None:
    """Lines, places, cosignatures."""
    lines(count)
    guard = Guard.of_settings()
    assert sequence_guarded(guard, at=AT) == count
    cosign_guarded(guard, Rounds(guard.witnesses))


def backup() -> list[tuple[type, list[dict[str, object]]]]:
    return [(table, [dict(row) for row in table.objects.values()]) for table in TABLES]


def restore(kept: list[tuple[type, list[dict[str, object]]]]) -> None:
    for table, _rows in reversed(kept):
        table.objects.all().delete()  # type: ignore[attr-defined]  # every model has objects
    for table, rows in kept:
        table.objects.bulk_create(table(**row) for row in rows)  # type: ignore[attr-defined]  # the same


def held() -> str:
    refusal = why_held()
    return refusal.code if refusal else ""


def sequence_is_refused(code: str) -> None:
    waiting = Leaf.objects.filter(position=None).count()
    with pytest.raises(DomainError, match=code):
        sequence_guarded(Guard.of_settings(), at=AT)
    assert Leaf.objects.filter(position=None).count() == waiting > 0


def test_a_witness_in_its_own_process_cosigns_and_the_receipt_says_so(witness: WitnessAddress) -> None:
    grow(5)
    grow(3)
    line = Leaf.objects.get(position=6)
    receipt = queries.receipt_of(line)
    assert receipt is not None
    verdict = check(receipt, keys.public_keys(), Watch((witness.key,), least=1))
    assert verdict.holds
    assert [step.code for step in verdict.steps][-2:] == ["step-cosigned", "step-witnessed"]
    assert StoredCosignature.objects.count() == 2


def test_an_old_backup_is_not_signed_when_only_the_witness_knows(witness: WitnessAddress, settings: Settings) -> None:
    grow(5)
    old = backup()
    grow(4)
    Path(settings.LEDGER_SEEN).unlink()
    restore(old)
    lines(1)
    sequence_is_refused("ledger-behind")
    assert held() == "ledger-behind"
    with pytest.raises(DomainError, match="ledger-behind"):
        accept()


def test_an_old_backup_is_not_signed_when_only_the_file_knows() -> None:
    grow(5)
    old = backup()
    grow(4)
    restore(old)
    lines(1)
    sequence_is_refused("ledger-behind")
    with pytest.raises(DomainError, match="ledger-behind"):
        accept()


def test_the_newest_backup_goes_on(witness: WitnessAddress) -> None:
    grow(5)
    newest = backup()
    restore(newest)
    assert held() == ""
    grow(4)


def test_an_empty_database_is_not_signed_with_a_key_that_was_in_use(witness: WitnessAddress) -> None:
    grow(5)
    restore([(table, []) for table in TABLES])
    lines(1)
    sequence_is_refused("ledger-behind")


def test_another_history_of_the_same_length_is_not_signed(witness: WitnessAddress, settings: Settings) -> None:
    grow(5)
    old = backup()
    grow(4)
    restore(old)
    lines(6)
    from adaldyq.ledger.sequencer import sequence  # noqa: PLC0415  # the unguarded way, by which a thief would fork

    sequence(at=AT)
    lines(1)
    sequence_is_refused("ledger-differs")
    Path(settings.LEDGER_SEEN).unlink()
    sequence_is_refused("ledger-differs")
    with pytest.raises(DomainError, match="ledger-refused"):
        cosign_guarded(Guard.of_settings(), Rounds([witness]))


def test_with_neither_witness_nor_file_lines_wait_until_the_operator_is_certain(settings: Settings) -> None:
    grow(5)
    settings.LEDGER_WITNESSES = f"http://127.0.0.1:{free_port()} {Witness.open(settings.DATA_DIR / 'w', 'w', []).key}"
    Path(settings.LEDGER_SEEN).unlink()
    lines(2)
    sequence_is_refused("ledger-unguarded")
    assert held() == "ledger-unguarded"
    newest = accept()
    assert newest is not None
    assert newest.size == 5
    assert sequence_guarded(Guard.of_settings(), at=AT) == 2


def test_a_witness_that_is_away_stops_nothing_and_is_asked_less_often(settings: Settings) -> None:
    away = WitnessAddress(f"http://127.0.0.1:{free_port()}", Witness.open(settings.DATA_DIR / "w", "w", []).key)
    grow(5)
    now = 0.0
    rounds = Rounds([away], seconds=lambda: now)
    pauses = []
    for _try in range(12):
        assert rounds.go() == 0
        pauses.append(rounds.patience[away.url].until - now)
        now = rounds.patience[away.url].until
    assert pauses[:4] == [1, 2, 4, 8]
    assert pauses[-1] == LONGEST_PAUSE
    guard = Guard(Path(settings.LEDGER_SEEN), [away])
    lines(2)
    assert sequence_guarded(guard, at=AT) == 2


def test_a_witness_that_comes_back_cosigns_what_was_signed_without_it(settings: Settings, tmp_path: Path) -> None:
    grow(5)
    with witness_process(tmp_path / "witness", keys.signing_keys()[0].verifier) as found:
        settings.LEDGER_WITNESSES = f"{found.url} {found.key}"
        guard = Guard.of_settings()
        assert cosign_guarded(guard, Rounds(guard.witnesses)) == 1
        assert cosign_guarded(guard, Rounds(guard.witnesses)) == 0
    assert StoredCheckpoint.objects.get(size=5).cosigned().checked([found.key])


def test_the_log_and_a_witness_that_lost_count_find_together_again(witness: WitnessAddress) -> None:
    grow(5)
    grow(4)
    StoredCosignature.objects.all().delete()
    guard = Guard.of_settings()
    assert cosign_guarded(guard, Rounds(guard.witnesses)) == 1
    grow(2)


@pytest.mark.parametrize("text", ["", "nothing", "localhost/ledger\n9\nAAAA\n\n— x AAAA\n"])
def test_a_file_without_our_signature_holds_the_log(settings: Settings, text: str) -> None:
    grow(5)
    Path(settings.LEDGER_SEEN).write_text(text)
    lines(1)
    sequence_is_refused("ledger-last-unreadable")


def test_a_file_of_another_log_s_checkpoint_holds_the_log(settings: Settings) -> None:
    grow(5)
    file = Path(settings.LEDGER_SEEN)
    note = Note.parse(file.read_text())
    forged = Checkpoint("localhost/ledger", 3, bytes(32)).text()
    file.write_text(str(Note(forged, note.signatures)))
    lines(1)
    sequence_is_refused("ledger-last-unreadable")


def test_a_running_log_stops_when_a_witness_refuses_it(witness: WitnessAddress, settings: Settings) -> None:
    grow(5)
    old = backup()
    grow(4)
    restore(old)
    guard = Guard(Path(settings.LEDGER_SEEN).with_name("another"), [witness], asked=True)
    StoredCosignature.objects.all().delete()
    with pytest.raises(DomainError, match="ledger-behind"):
        cosign_guarded(guard, Rounds([witness]))
    lines(1)
    with pytest.raises(DomainError, match="ledger-behind"):
        sequence_guarded(guard, at=AT)
