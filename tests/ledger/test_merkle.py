"""The tree is that of RFC 6962, its proofs lead where they should, and nowhere when a bit is turned."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.errors import DomainError
from adaldyq.ledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    Nodes,
    check_consistency,
    check_inclusion,
    consistency_proof,
    fold,
    inclusion_proof,
    leaf_hash,
    node_hash,
    tree_root,
)

ROOT = Path(__file__).resolve().parents[2]
VECTORS = Path(os.environ.get("ADALDYQ_REAL_DATA", ROOT.parent / "shared" / "data")) / "tlog"
WITHOUT = pytest.mark.skipif(not VECTORS.is_dir(), reason="the published vectors are absent: set ADALDYQ_REAL_DATA")
KNOWN_ENTRIES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243")]
KNOWN_ROOT = "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"


def vectors(kind: str) -> list[Path]:
    return sorted((VECTORS / kind).rglob("*.json")) if VECTORS.is_dir() else []


def read(file: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(file.read_text(encoding="utf-8"))
    return found


def raw(text: object) -> bytes:
    return base64.b64decode(str(text))


def steps(found: dict[str, object]) -> list[bytes]:
    proof = found["proof"]
    return [raw(step) for step in proof] if isinstance(proof, list) else []


def tree(count: int) -> tuple[list[bytes], Nodes]:
    leaves = [leaf_hash(f"line {number}".encode()) for number in range(count)]
    return leaves, lambda height, index: fold(b"".join(leaves[index << height : (index + 1) << height]))


def by_definition(leaves: list[bytes]) -> bytes:
    """The tree hash as section 2.1 writes it down."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(by_definition(leaves[:half]), by_definition(leaves[half:]))


def refused(check: Callable[[], None]) -> bool:
    try:
        check()
    except DomainError:
        return True
    return False


def turned(data: bytes, bit: int) -> bytes:
    at = bit % (len(data) * 8)
    return data[: at // 8] + bytes([data[at // 8] ^ (1 << at % 8)]) + data[at // 8 + 1 :]


@WITHOUT
def test_the_published_vectors_are_there() -> None:
    assert len(vectors("inclusion")) > 50
    assert len(vectors("consistency")) > 50


@pytest.mark.parametrize("file", vectors("inclusion"), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_published_inclusion_proofs_are_judged_as_published(file: Path) -> None:
    found = read(file)
    leaf, root, proof = raw(found["leafHash"]), raw(found["root"]), steps(found)
    index, size = int(str(found["leafIdx"])), int(str(found["treeSize"]))
    assert refused(lambda: check_inclusion(leaf, index, size, proof, root)) == found["wantErr"]


@pytest.mark.parametrize("file", vectors("consistency"), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_published_consistency_proofs_are_judged_as_published(file: Path) -> None:
    found = read(file)
    old, new = int(str(found["size1"])), int(str(found["size2"]))
    old_root, new_root, proof = raw(found["root1"]), raw(found["root2"]), steps(found)
    assert refused(lambda: check_consistency(old, new, old_root, new_root, proof)) == found["wantErr"]


def test_a_tree_known_from_certificate_transparency_has_its_root() -> None:
    leaves = [leaf_hash(entry) for entry in KNOWN_ENTRIES]
    assert by_definition(leaves).hex() == KNOWN_ROOT
    assert (
        tree_root(lambda height, index: fold(b"".join(leaves[index << height : (index + 1) << height])), 6).hex()
        == KNOWN_ROOT
    )


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert tree_root(tree(0)[1], 0) == EMPTY_ROOT == Frontier().root()


@pytest.mark.parametrize("size", [*range(1, 20), 31, 32, 33, 255, 256, 257])
def test_three_ways_to_the_root_agree(size: int) -> None:
    leaves, nodes = tree(size)
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    assert tree_root(nodes, size) == frontier.root() == by_definition(leaves)
    assert frontier.size == size


@given(st.integers(1, 300), st.data())
def test_every_line_is_proved_and_no_other_is(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves, nodes = tree(size)
    proof, root = inclusion_proof(nodes, index, size), tree_root(nodes, size)
    check_inclusion(leaves[index], index, size, proof, root)
    for wrong in {index - 1, index + 1, index ^ 1, index + size} - {index}:
        assert refused(partial(check_inclusion, leaves[index], wrong, size, proof, root))
    assert refused(lambda: check_inclusion(leaf_hash(b"another"), index, size, proof, root))
    assert refused(lambda: check_inclusion(leaves[index], index, size, [*proof, root], root))


@given(st.integers(1, 300), st.data())
def test_every_growth_is_proved(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new))
    _, nodes = tree(new)
    proof = consistency_proof(nodes, old, new)
    old_root, new_root = tree_root(nodes, old), tree_root(nodes, new)
    check_consistency(old, new, old_root, new_root, proof)
    if old != new:
        assert refused(lambda: check_consistency(old, new, new_root, new_root, proof))
        assert refused(lambda: check_consistency(old, new, old_root, old_root, proof))
        assert refused(lambda: check_consistency(new, old, new_root, old_root, proof))


@pytest.mark.parametrize(("size", "index", "old"), [(2, 1, 1), (7, 6, 4), (13, 2, 6)])
def test_a_proof_with_any_bit_turned_is_refused(size: int, index: int, old: int) -> None:
    for bit in range(256):
        assert broken_proofs_are_refused(size, index, old, bit)


@given(st.integers(2, 300), st.integers(0, 255), st.data())
def test_a_proof_of_any_size_with_a_bit_turned_is_refused(size: int, bit: int, data: st.DataObject) -> None:
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size - 1))
    assert broken_proofs_are_refused(size, index, old, bit)


def broken_proofs_are_refused(size: int, index: int, old: int, bit: int) -> bool:
    leaves, nodes = tree(size)
    root, old_root = tree_root(nodes, size), tree_root(nodes, old)
    path, growth = inclusion_proof(nodes, index, size), consistency_proof(nodes, old, size)
    wrong_paths = [[*path[:at], turned(path[at], bit), *path[at + 1 :]] for at in range(len(path))]
    wrong_growths = [[*growth[:at], turned(growth[at], bit), *growth[at + 1 :]] for at in range(len(growth))]
    leaf = leaves[index]
    inclusions = [
        *((leaf, wrong, root) for wrong in wrong_paths),
        (turned(leaf, bit), path, root),
        (leaf, path, turned(root, bit)),
    ]
    consistencies = [
        *((old_root, root, wrong) for wrong in wrong_growths),
        (turned(old_root, bit), root, growth),
        (old_root, turned(root, bit), growth),
    ]
    return all(refused(partial(check_inclusion, one[0], index, size, one[1], one[2])) for one in inclusions) and all(
        refused(partial(check_consistency, old, size, *one)) for one in consistencies
    )


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="has no leaf"):
        inclusion_proof(tree(3)[1], index, size)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 3)])
def test_there_is_no_proof_from_an_empty_or_larger_tree(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="no proof leads"):
        consistency_proof(tree(4)[1], old, new)
