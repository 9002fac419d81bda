"""Merkle trees as in RFC 6962, section 2.1, with the verification algorithms of RFC 9162, section 2.1.

A tree is read through its perfect subtrees: `Nodes` answers with the hash of the subtree over the leaves
`index * 2**height` up to the next multiple. Whoever can answer that (a list in memory, the tiles of a log)
can prove everything.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from adaldyq.base.errors import DomainError

HASH_BYTES = 32
LEAF, NODE = b"\x00", b"\x01"
EMPTY_ROOT = sha256(b"").digest()

Nodes = Callable[[int, int], bytes]
"""Hash of the perfect subtree of a height (0 is a leaf) at an index."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash of an entry as a leaf."""
    return sha256(LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    return sha256(NODE + left + right).digest()


def fold(hashes: bytes) -> bytes:
    """Root of a perfect tree.

    Args:
        hashes: its lowest hashes one after another, their number a power of two.
    """
    while len(hashes) > HASH_BYTES:
        hashes = b"".join(
            [sha256(NODE + hashes[at : at + 2 * HASH_BYTES]).digest() for at in range(0, len(hashes), 2 * HASH_BYTES)]
        )
    return hashes


def perfect_parts(begin: int, end: int) -> list[tuple[int, int]]:
    """Height and index of the largest perfect subtrees that make up the leaves from `begin` to `end`, left to right.

    Args:
        begin: a multiple of the largest power of two below the length of the range, as in every RFC 6962 subtree.
    """
    parts = []
    while begin < end:
        height = (end - begin).bit_length() - 1
        parts.append((height, begin >> height))
        begin += 1 << height
    return parts


def joined(roots: Iterable[bytes]) -> bytes:
    """Root over perfect subtrees of falling height."""
    after = None
    for root in reversed(list(roots)):
        after = root if after is None else node_hash(root, after)
    return EMPTY_ROOT if after is None else after


def range_root(nodes: Nodes, begin: int, end: int) -> bytes:
    """Merkle tree hash of the leaves from `begin` to `end`."""
    return joined(nodes(height, index) for height, index in perfect_parts(begin, end))


def tree_root(nodes: Nodes, size: int) -> bytes:
    """Merkle tree hash of the first `size` leaves."""
    return range_root(nodes, 0, size)


def inclusion_proof(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """Audit path of a leaf, from its neighbour up to the child of the root.

    Raises:
        ValueError: the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + split(end - begin)
        if index < middle:
            path.append(range_root(nodes, middle, end))
            end = middle
        else:
            path.append(range_root(nodes, begin, middle))
            begin = middle
    return path[::-1]


def consistency_proof(nodes: Nodes, old: int, new: int) -> list[bytes]:
    """Proof that the tree of `new` leaves begins with the tree of `old` leaves.

    Raises:
        ValueError: the old tree is empty, or larger than the new one.
    """
    if not 0 < old <= new:
        raise ValueError(f"no proof leads from {old} to {new} leaves")
    path: list[bytes] = []
    begin, end, whole = 0, new, True
    while old != end:
        middle = begin + split(end - begin)
        if old <= middle:
            path.append(range_root(nodes, middle, end))
            end = middle
        else:
            path.append(range_root(nodes, begin, middle))
            begin, whole = middle, False
    if not whole:
        path.append(range_root(nodes, begin, end))
    return path[::-1]


def split(length: int) -> int:
    """The largest power of two below a length."""
    return 1 << ((length - 1).bit_length() - 1)


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Follow an audit path (RFC 9162, section 2.1.3.2).

    Args:
        leaf: the hash of the entry.

    Raises:
        DomainError: `inclusion-wrong`: the path does not lead from the leaf to the root.
    """
    if not 0 <= index < size or any(len(step) != HASH_BYTES for step in (leaf, *proof)):
        raise DomainError("inclusion-wrong")
    here, last, reached = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise DomainError("inclusion-wrong")
        if here & 1 or here == last:
            reached = node_hash(step, reached)
            here, last = above_left_edges(here, last)
        else:
            reached = node_hash(reached, step)
        here, last = here >> 1, last >> 1
    if last != 0 or not hmac.compare_digest(reached, root):
        raise DomainError("inclusion-wrong")


def above_left_edges(here: int, last: int) -> tuple[int, int]:
    """Skip the levels on which a node has no neighbour, because it is the last one of a ragged tree."""
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last


def check_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that one tree continues another (RFC 9162, section 2.1.4.2).

    The empty tree is continued by every tree, so nothing is proved from it and it is refused.

    Raises:
        DomainError: `consistency-wrong`: the new tree does not begin with the old one.
    """
    if not 0 < old <= new or any(len(step) != HASH_BYTES for step in proof):
        raise DomainError("consistency-wrong")
    if old == new:
        if proof or not hmac.compare_digest(old_root, new_root):
            raise DomainError("consistency-wrong")
        return
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not proof or not follows(old, new, steps, (old_root, new_root)):
        raise DomainError("consistency-wrong")


def follows(old: int, new: int, steps: Sequence[bytes], roots: tuple[bytes, bytes]) -> bool:
    """Whether the steps rebuild both roots."""
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old_reached = new_reached = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            old_reached, new_reached = node_hash(step, old_reached), node_hash(step, new_reached)
            here, last = above_left_edges(here, last)
        else:
            new_reached = node_hash(new_reached, step)
        here, last = here >> 1, last >> 1
    same_old, same_new = hmac.compare_digest(old_reached, roots[0]), hmac.compare_digest(new_reached, roots[1])
    return last == 0 and same_old and same_new


class Frontier:
    """The right edge of a growing tree: enough to know its root after every leaf, in memory of its height."""

    def __init__(self) -> None:
        self.size = 0
        self.parts: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add the hash of an entry."""
        node, full = leaf, self.size
        while full & 1:
            node = node_hash(self.parts.pop(), node)
            full >>= 1
        self.parts.append(node)
        self.size += 1

    def root(self) -> bytes:
        """Merkle tree hash of all leaves so far."""
        return joined(self.parts)
