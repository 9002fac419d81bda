"""Lines get their places once, in order, and what is signed only ever grows, whatever happens in between."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from adaldyq.base.errors import DomainError
from adaldyq.ledger import keys
from adaldyq.ledger.actions import append
from adaldyq.ledger.checkpoints import Checkpoint, open_checkpoint
from adaldyq.ledger.merkle import Frontier, leaf_hash, tree_root
from adaldyq.ledger.models import DayCount, Leaf, LogKey, StoredCheckpoint, StoredTile
from adaldyq.ledger.notes import Note, SignerKey
from adaldyq.ledger.sequencer import sequence, sequence_batch
from adaldyq.ledger.store import nodes

AT = datetime(2026, 3, 1, 12, 34, 56, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def lines(count: int, act: str = "room.record.make", at: datetime = AT) -> None:
    with transaction.atomic():
        append(act=act, payloads=[{"record": f"R{number}"} for number in range(count)], at=at)


def assert_whole() -> None:
    """The log is what its lines say, and every checkpoint is a beginning of it."""
    rows = list(Leaf.objects.exclude(position=None).order_by("position").values_list("pk", "position", "entry"))
    assert [row[1] for row in rows] == list(range(len(rows)))
    roots, frontier = {}, Frontier()
    for _pk, _position, entry in rows:
        frontier.append(leaf_hash(bytes(entry)))
        roots[frontier.size] = frontier.root()
    for stored in StoredCheckpoint.objects.order_by("size"):
        checkpoint = open_checkpoint(stored.note, keys.public_keys(), "localhost/ledger")
        assert checkpoint.size == stored.size
        assert checkpoint.root == bytes(stored.root) == roots[stored.size]
        assert tree_root(nodes(stored.size), stored.size) == stored.root
    newest = StoredCheckpoint.objects.order_by("-size").first()
    assert (newest.size if newest else 0) == len(rows)


def test_waiting_lines_get_their_places_in_the_order_of_writing() -> None:
    lines(700)
    assert sequence(at=AT, batch=256) == 700
    assert list(Leaf.objects.order_by("pk").values_list("position", flat=True)) == list(range(700))
    assert list(StoredCheckpoint.objects.order_by("size").values_list("size", flat=True)) == [256, 512, 700]
    assert_whole()


def test_the_log_continues_where_it_ended() -> None:
    for count in (1, 254, 1, 1, 300, 65):
        lines(count)
        sequence(at=AT)
        assert_whole()
    assert StoredTile.objects.filter(pk__lt=100).count() == 3


def test_nothing_is_signed_when_nothing_waits() -> None:
    assert sequence(at=AT) == 0
    assert not StoredCheckpoint.objects.exists()
    assert not keys.file().exists()


def test_lines_of_an_act_that_failed_are_not_there() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        append(act="room.record.make", payloads=[{}], at=AT)
        raise ZeroDivisionError
    assert sequence(at=AT) == 0


def test_a_clock_that_steps_back_makes_no_checkpoint_older() -> None:
    for minutes in (0, -90, -10, 5):
        lines(1)
        sequence(at=AT + timedelta(minutes=minutes))
    times = StoredCheckpoint.objects.order_by("size").values_list("signed_at", flat=True)
    assert list(times) == [AT, AT, AT, AT + timedelta(minutes=5)]


def test_acts_are_counted_by_the_day_of_the_country() -> None:
    lines(2, at=datetime(2026, 3, 1, 18, 59, tzinfo=UTC))
    lines(3, at=datetime(2026, 3, 1, 19, 1, tzinfo=UTC))
    sequence(at=AT)
    lines(4, "room.record.end", at=datetime(2026, 3, 2, 3, tzinfo=UTC))
    lines(5, at=datetime(2026, 3, 2, 3, tzinfo=UTC))
    sequence(at=AT)
    found = {(one.day, one.act): one.count for one in DayCount.objects.all()}
    first, second = date(2026, 3, 1), date(2026, 3, 2)
    assert found == {(first, "room.record.make"): 2, (second, "room.record.make"): 8, (second, "room.record.end"): 4}


class PowerCut(Exception):
    """The process ends here."""


def cut_at(statement: int) -> Callable[..., Any]:
    """Let the given statement, and all after it, not reach the database."""
    seen = 0

    def execute(run: Callable[..., Any], sql: str, params: object, many: bool, context: dict[str, Any]) -> Any:
        nonlocal seen
        seen += 1
        if seen > statement:
            raise PowerCut
        return run(sql, params, many, context)

    return execute


@pytest.mark.django_db(transaction=True)
def test_a_sequencer_that_dies_at_any_step_leaves_a_log_that_continues() -> None:
    lines(300)
    sequence(at=AT)
    for died_at in range(100):
        lines(7)
        try:
            with connection.execute_wrapper(cut_at(died_at)):
                sequence(at=AT, batch=5)
        except PowerCut:
            assert_whole()
            continue
        break
    else:
        pytest.fail("the sequencer takes more steps than were tried")
    assert died_at > 10
    sequence(at=AT)
    assert not Leaf.objects.filter(position=None).exists()
    assert_whole()


def test_a_damaged_tree_is_not_signed_and_its_lines_wait() -> None:
    lines(300)
    sequence(at=AT)
    lines(1)
    tile = StoredTile.objects.get(pk=1)
    StoredTile.objects.filter(pk=1).update(hashes=bytes(32) + bytes(tile.hashes)[32:])
    with pytest.raises(DomainError, match="ledger-tree-damaged"):
        sequence(at=AT)
    StoredTile.objects.filter(pk=1).delete()
    with pytest.raises(DomainError, match="ledger-tree-damaged"):
        sequence(at=AT)
    assert Leaf.objects.filter(position=None).count() == 1
    assert StoredCheckpoint.objects.count() == 1


def test_a_log_whose_newest_checkpoint_was_lost_is_not_signed() -> None:
    lines(3)
    sequence(at=AT)
    lines(1)
    StoredCheckpoint.objects.all().delete()
    with pytest.raises(DomainError, match="ledger-tree-damaged"):
        sequence(at=AT)


def test_a_guard_holds_the_lines_back() -> None:
    def refuse(newest: StoredCheckpoint | None) -> None:
        raise DomainError("ledger-tree-damaged", tile=str(newest))

    lines(1)
    with pytest.raises(DomainError):
        sequence(at=AT, guard=refuse)
    assert Leaf.objects.filter(position=None).count() == 1
    assert sequence(at=AT, guard=lambda _newest: None) == 1


def test_the_key_is_made_at_the_first_start_for_its_owner_only() -> None:
    lines(1)
    sequence(at=AT)
    assert stat.S_IMODE(keys.file().stat().st_mode) == 0o600
    [known] = keys.public_keys()
    assert keys.file().read_text() == f"{keys.signing_keys()[0].text()}\n"
    assert known == keys.signing_keys()[0].verifier
    assert list(keys.file().parent.iterdir()) == [keys.file()]


def test_a_key_that_went_missing_is_not_replaced_in_silence() -> None:
    lines(1)
    sequence(at=AT)
    keys.file().unlink()
    lines(1)
    with pytest.raises(DomainError, match="ledger-key-missing"):
        sequence(at=AT)
    made = keys.add_key()
    assert made.verifier.name == "localhost/ledger"
    assert sequence(at=AT) == 1
    assert len(keys.public_keys()) == 2
    assert_whole()


def test_a_second_worker_without_the_key_makes_no_other_before_the_first_has_signed(
    settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path / "first"
    settings.DATA_DIR.mkdir()
    [made] = keys.signing_keys()
    settings.DATA_DIR = tmp_path / "second"
    settings.DATA_DIR.mkdir()
    lines(1)
    with pytest.raises(DomainError, match="ledger-key-missing"):
        sequence(at=AT)
    assert list(settings.DATA_DIR.iterdir()) == []
    settings.DATA_DIR = tmp_path / "first"
    assert sequence(at=AT) == 1
    assert keys.public_keys() == [made.verifier]
    assert_whole()


def test_the_key_of_another_log_signs_nothing() -> None:
    lines(1)
    sequence(at=AT)
    keys.write([SignerKey.generate("elsewhere.example/ledger")])
    lines(1)
    with pytest.raises(DomainError, match="ledger-key-of-another-log"):
        sequence(at=AT)


@pytest.mark.parametrize("text", ["", "no key\n", "PRIVATE+KEY+a+00000000+AAAA\n"])
def test_a_file_that_is_no_key_is_told(text: str) -> None:
    keys.file().write_text(text)
    lines(1)
    with pytest.raises(DomainError, match="ledger-key-file-wrong"):
        sequence(at=AT)


def test_keys_may_come_from_the_environment(settings: Settings) -> None:
    one, two = SignerKey.generate("example.kz/ledger"), SignerKey.generate("example.kz/ledger")
    settings.LEDGER_KEY = f"{one.text()}\n{two.text()}"
    lines(1)
    sequence(at=AT)
    assert keys.public_keys() == [one.verifier, two.verifier]
    assert not keys.file().exists()
    for change in (keys.add_key, lambda: keys.retire_key(one.verifier.id.hex())):
        with pytest.raises(DomainError, match="ledger-key-in-environment"):
            change()


def test_a_key_is_replaced_while_both_sign() -> None:
    lines(1)
    sequence(at=AT)
    old, new = keys.signing_keys()[0].verifier, keys.add_key().verifier
    lines(1)
    sequence(at=AT)
    both = Note.parse(StoredCheckpoint.objects.get(size=2).note)
    assert set(both.checked([old, new])) == {old, new}
    assert keys.retire_key(old.id.hex().upper()) == old
    lines(1)
    sequence(at=AT)
    last = Note.parse(StoredCheckpoint.objects.get(size=3).note)
    assert set(last.checked([old, new])) == {new}
    assert keys.public_keys() == [old, new]
    assert LogKey.objects.count() == 2
    for wrong, told in ((old.id.hex(), "ledger-key-unknown"), (new.id.hex(), "ledger-key-last")):
        with pytest.raises(DomainError, match=told):
            keys.retire_key(wrong)
    assert_whole()


def test_a_line_is_found_by_the_record_of_its_act() -> None:
    with transaction.atomic():
        append(act="room.record.make", payloads=[{"record": "R1", "other": "X"}], at=AT, holders=["H1"])
        append(act="room.batch.load", payloads=[{"rows": 5}], at=AT)
        append(act="room.record.make", payloads=[{"record": "R" * 41}, {"record": True}, {"record": 7}], at=AT)
    assert list(Leaf.objects.order_by("pk").values_list("subject", flat=True)) == ["R1", None, None, None, "7"]
    assert Leaf.objects.get(subject="R1").holder == "H1"
    assert len(set(Leaf.objects.values_list("reference", flat=True))) == 5


def test_checkpoints_are_those_of_the_specification() -> None:
    lines(3)
    sequence(at=AT)
    note = Note.parse(StoredCheckpoint.objects.get().note)
    assert Checkpoint.parse(note.text) == Checkpoint("localhost/ledger", 3, tree_root(nodes(3), 3))
    assert sequence_batch(keys.signing_keys(), at=AT) == 0
