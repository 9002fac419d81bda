"""Every attack of the table is tried on the real code, through the door that its victim has, and refused with its code."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from types import ModuleType

import pytest

from adaldyq.ledger.offline import main
from adaldyq.ledger.witness import Witness
from adaldyq.ledger.witness_client import WitnessAddress
from adaldyq.ledger.witness_server import Server
from tests.faults.attacks import databases, logs, notes, receipts, witnesses, world
from tests.faults.attacks.world import (
    AT,
    LOG,
    SECOND,
    SEEN_TREE,
    STRANGER,
    TREE,
    Attack,
    attacks,
    honest,
    says,
    witness_key,
)

MODULES = {
    "receipt": receipts,
    "note": notes,
    "audit": logs,
    "key": logs,
    "witness": witnesses,
    "sequencer": databases,
}
LEAST_ATTACKS = 60
UNJUDGED = {"witnesses-too-few": 1}
TRUST = [
    *("--key", str(LOG.verifier), "--key", str(SECOND.verifier)),
    *("--witness", str(witness_key(0)), "--witness", str(witness_key(1)), "--least", "2"),
]


def rows(*against: str) -> list[object]:
    return [pytest.param(one, id=f"{one.against}-{one.name}") for name in against for one in attacks(name)]


def test_the_table_names_every_attack_once_and_each_is_there() -> None:
    found = attacks()
    assert len(found) >= LEAST_ATTACKS
    assert len({(one.against, one.name) for one in found}) == len(found)
    for one in found:
        assert callable(one.of(MODULES[one.against])), one.name
        assert one.attacker
    for module in {*MODULES.values()}:
        listed = {one.function for one in found if MODULES[one.against] is module}
        assert attacks_of(module) <= listed


def attacks_of(module: ModuleType) -> set[str]:
    """Names of the functions of a module that are attacks: those of their form that the table, not a docstring, tells of."""
    forms: list[list[str]] = [["one"], ["place"], [] if module in {witnesses, databases} else ["one"]]
    return {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and list(inspect.signature(function).parameters) in forms
        and not function.__doc__
    }


def forged(attack: Attack) -> str:
    document = honest()
    text = attack.of(MODULES[attack.against])(document)
    return text if isinstance(text, str) else world.text_of(document)


def test_the_receipt_holds_before_it_is_attacked(tmp_path: Path) -> None:
    said: list[str] = []
    file = tmp_path / "receipt.json"
    file.write_text(world.text_of(honest()), encoding="utf-8")
    assert main(["verify", str(file), *TRUST], said.append) == 0, said
    assert says("step-witnessed", "\n".join(said))


@pytest.mark.parametrize("attack", rows("receipt", "note"))
def test_a_forged_receipt_is_refused(attack: Attack, tmp_path: Path) -> None:
    said: list[str] = []
    file = tmp_path / "receipt.json"
    file.write_text(forged(attack), encoding="utf-8")
    assert main(["verify", str(file), *TRUST], said.append) == UNJUDGED.get(attack.refused, 4), said
    assert says(attack.refused, "\n".join(said)), said
    assert all(line.isprintable() for line in said)


@pytest.mark.parametrize("attack", rows("audit", "key"))
def test_a_bent_log_is_refused(attack: Attack, tmp_path: Path) -> None:
    said: list[str] = []
    place = tmp_path / "log"
    command = ["audit", str(place), *TRUST, "--state", str(tmp_path / "seen.json")]
    logs.write(place, SEEN_TREE)
    assert main(command, said.append) == 0, said
    logs.write(place, TREE)
    attack.of(logs)(place)
    if attack.against == "key":
        assert main(command, said.append) == 0, said
        thief = STRANGER if "beside" in attack.name else SECOND
        logs.write(place, TREE, TREE.note(thief), [thief])
        command = [word for word in command if word not in {"--key", str(LOG.verifier), str(SECOND.verifier)}]
    said.clear()
    assert main(command, said.append) == UNJUDGED.get(attack.refused, 4), said
    assert says(attack.refused, "\n".join(said)), said
    kept = (tmp_path / "seen.json").read_text(encoding="utf-8")
    assert ("\\n500\\n" in kept) != (attack.against == "key"), "what was seen is not replaced by what was refused"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WitnessAddress]:
    """A witness on the network that watches two logs and saw 5 lines of the first."""
    found = Witness.open(tmp_path_factory.mktemp("witness"), "witness.example/1", [LOG.verifier, SECOND.verifier])
    found.add_checkpoint(witnesses.OURS.asks(0, 3), at=AT)
    found.add_checkpoint(witnesses.OURS.asks(3, witnesses.SEEN), at=AT)
    with Server(("127.0.0.1", 0), found, lambda: datetime.now(UTC)) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield WitnessAddress(f"http://127.0.0.1:{server.server_port}", found.key)
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("attack", rows("witness"))
def test_a_witness_signs_nothing_of_it(attack: Attack, served: WitnessAddress) -> None:
    before = served.last(world.ORIGIN)
    status, kind, said = served.ask("POST", "/add-checkpoint", attack.of(witnesses)())
    assert status == world.STATUS_OF.get(attack.refused, status)
    assert status >= 400
    if attack.refused == "witness-size-differs":
        assert (kind, said) == ("text/x.tlog.size", f"{witnesses.SEEN}\n")
    else:
        assert says(attack.refused, said), said
    assert served.last(world.ORIGIN) == before
