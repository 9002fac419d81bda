"""Attacks on a witness that saw 5 lines of a log last: each gives the request that is sent to it."""

from __future__ import annotations

from collections.abc import Iterable

from adaldyq.ledger.checkpoints import Checkpoint
from adaldyq.ledger.merkle import Frontier, consistency_proof, fold, leaf_hash
from adaldyq.ledger.notes import Note, Signature, SignerKey, encoded
from adaldyq.ledger.witness import Submission
from tests.faults.attacks.world import LOG, ORIGIN, SECOND, STRANGER

SEEN = 5


class History:
    """A log in memory, of 64 lines that begin with a word."""

    def __init__(self, word: str = "line", *, signer: SignerKey = LOG, origin: str = ORIGIN, same: int = 0) -> None:
        """Make the lines.

        Args:
            same: how many of the first are those of the true history.
        """
        self.signer, self.origin = signer, origin
        words = ["line" if number < same else word for number in range(64)]
        self.leaves = [leaf_hash(f"{one} {number}".encode()) for number, one in enumerate(words)]

    def node(self, height: int, index: int) -> bytes:
        return fold(b"".join(self.leaves[index << height : (index + 1) << height]))

    def note(self, size: int) -> Note:
        frontier = Frontier()
        for leaf in self.leaves[:size]:
            frontier.append(leaf)
        return Checkpoint(self.origin, size, frontier.root()).signed(self.signer)

    def proof(self, old: int, size: int) -> tuple[bytes, ...]:
        return tuple(consistency_proof(self.node, old, size)) if 0 < old < size else ()

    def asks(self, old: int, size: int, proof: Iterable[bytes] | None = None) -> bytes:
        steps = self.proof(old, size) if proof is None else tuple(proof)
        return Submission(old, steps, str(self.note(size))).text().encode()


OURS, THEIRS, LATER = History(), History("theirs"), History("theirs", same=4)

# Another history.


def fork_from_the_first_line() -> bytes:
    return THEIRS.asks(SEEN, 7)


def fork_just_before_what_was_seen() -> bytes:
    return LATER.asks(SEEN, 7)


def fork_at_the_same_size() -> bytes:
    return LATER.asks(SEEN, SEEN)


def fork_with_the_proof_of_the_true_history() -> bytes:
    return LATER.asks(SEEN, 7, OURS.proof(SEEN, 7))


def fork_from_nothing() -> bytes:
    return THEIRS.asks(0, 7)


def rollback_to_a_smaller_tree() -> bytes:
    return OURS.asks(3, 3)


def rollback_under_the_size_that_was_seen() -> bytes:
    return OURS.asks(SEEN, 3)


def rollback_to_nothing() -> bytes:
    return OURS.asks(0, 0)


def request_of_yesterday_again() -> bytes:
    return OURS.asks(0, SEEN)


def old_size_that_was_seen_before_the_last() -> bytes:
    return OURS.asks(3, 7)


def old_size_that_was_never_seen() -> bytes:
    return OURS.asks(6, 7)


def old_size_of_the_new_tree() -> bytes:
    return OURS.asks(7, 7)


def empty_tree_with_a_root() -> bytes:
    text = Checkpoint("example.kz/second", 0, bytes(32)).signed(SECOND)
    return Submission(0, (), str(text)).text().encode()


# The proof.


def proof_cut_short() -> bytes:
    return OURS.asks(SEEN, 7, OURS.proof(SEEN, 7)[:-1])


def proof_with_a_step_more() -> bytes:
    return OURS.asks(SEEN, 7, (*OURS.proof(SEEN, 7), bytes(32)))


def proof_turned_around() -> bytes:
    return OURS.asks(SEEN, 7, OURS.proof(SEEN, 7)[::-1])


def proof_to_another_size() -> bytes:
    return OURS.asks(SEEN, 7, OURS.proof(SEEN, 8))


def proof_of_nothing() -> bytes:
    return OURS.asks(SEEN, 7, ())


def proof_where_none_is_needed() -> bytes:
    return OURS.asks(SEEN, SEEN, [bytes(32)])


def proof_of_64_steps() -> bytes:
    return OURS.asks(SEEN, 7, [bytes(32)] * 64)


def proof_with_a_short_step() -> bytes:
    return OURS.asks(SEEN, 7, [bytes(31)])


# Who signed.


def signed_by_a_stranger_under_the_log_s_name() -> bytes:
    return History(signer=STRANGER).asks(SEEN, 7)


def signed_by_another_log_that_is_watched() -> bytes:
    return History(signer=SECOND).asks(SEEN, 7)


def signed_by_a_log_that_nobody_watches() -> bytes:
    elsewhere = SignerKey.generate("elsewhere.example/ledger")
    return History(signer=elsewhere, origin="elsewhere.example/ledger").asks(0, 7)


def signed_with_a_forged_signature() -> bytes:
    note = OURS.note(7)
    forged = Note(note.text, (Signature(note.signatures[0].name, note.signatures[0].id, bytes(64)),))
    return Submission(SEEN, OURS.proof(SEEN, 7), str(forged)).text().encode()


def signed_for_another_size() -> bytes:
    return OURS.asks(SEEN, 7).replace(b"\n7\n", b"\n8\n")


# The form.


def request_with_carriage_returns() -> bytes:
    return OURS.asks(SEEN, 7).replace(b"\n", b"\r\n")


def request_without_its_empty_line() -> bytes:
    return OURS.asks(SEEN, 7).replace(b"\n\n", b"\n")


def request_with_zeros_before_its_size() -> bytes:
    return OURS.asks(SEEN, 7).replace(b"old 5", b"old 05")


def request_with_a_size_below_nothing() -> bytes:
    return OURS.asks(SEEN, 7).replace(b"old 5", b"old -5")


def request_without_its_first_line() -> bytes:
    return OURS.asks(SEEN, 7).partition(b"\n")[2]


def request_whose_proof_is_no_base64() -> bytes:
    step = encoded(OURS.proof(SEEN, 7)[0]).encode()
    return OURS.asks(SEEN, 7).replace(step, step[:-1])


def request_that_is_no_text() -> bytes:
    return OURS.asks(SEEN, 7) + b"\xff\xfe"


def request_cut_in_its_signature() -> bytes:
    return OURS.asks(SEEN, 7)[:-9]


def request_of_a_size_that_is_no_number() -> bytes:
    return OURS.asks(SEEN, 7).replace(b"\n7\n", b"\nseven\n")


def request_of_a_hundred_thousand_bytes() -> bytes:
    return OURS.asks(SEEN, 7) + b"x" * 100_000


def request_of_nothing() -> bytes:
    return b""
