"""Attacks on what a log and its witnesses signed: each forges the checkpoint of a receipt that holds."""

from __future__ import annotations

from datetime import timedelta

from adaldyq.ledger.cosignatures import cosign, cosigner, message
from adaldyq.ledger.notes import DASH, Signature, SignerKey, encoded
from tests.faults.attacks.receipts import loosened
from tests.faults.attacks.world import (
    AGES_HENCE,
    AT,
    IMPOSTOR,
    LINES,
    LOG,
    ORIGIN,
    SECOND,
    STRANGER,
    TREE,
    WITNESSES,
    Document,
    Tree,
    flipped,
    resigned,
)

TEXT = TREE.note().text
ROOT = TEXT.split("\n")[2]
SIGNED, FIRST, OTHER = TREE.note().signatures

# The text of the checkpoint.


def checkpoint_of_another_origin(one: Document) -> None:
    one["checkpoint"] = one["checkpoint"].replace(ORIGIN + "\n", "example.kz/second\n", 1)


def checkpoint_signed_by_another_log_that_is_trusted(one: Document) -> None:
    one["checkpoint"] = resigned(TEXT, SECOND)


def checkpoint_of_a_larger_size(one: Document) -> None:
    one["checkpoint"] = one["checkpoint"].replace("\n700\n", "\n701\n")


def checkpoint_with_zeros_before_its_size(one: Document) -> None:
    one["checkpoint"] = resigned(TEXT.replace("\n700\n", "\n0700\n"))


def checkpoint_with_a_sign_before_its_size(one: Document) -> None:
    one["checkpoint"] = resigned(TEXT.replace("\n700\n", "\n+700\n"))


def checkpoint_with_other_digits(one: Document) -> None:
    one["checkpoint"] = resigned(TEXT.replace("\n700\n", "\n٧٠٠\n"))


def checkpoint_larger_than_any_tree(one: Document) -> None:
    one["checkpoint"] = resigned(TEXT.replace("\n700\n", f"\n{2**63}\n"))


def checkpoint_with_a_bit_of_its_root_turned(one: Document) -> None:
    one["checkpoint"] = one["checkpoint"].replace(ROOT, encoded(flipped(TREE.edge.root())))


def checkpoint_with_the_root_of_another_tree(one: Document) -> None:
    one["checkpoint"] = str(Tree(LINES[::-1]).note())


def checkpoint_with_a_short_root(one: Document) -> None:
    one["checkpoint"] = resigned(TEXT.replace(ROOT, encoded(TREE.edge.root()[:31])))


def checkpoint_whose_root_has_loose_bits(one: Document) -> None:
    one["checkpoint"] = resigned(TEXT.replace(ROOT, loosened(ROOT)))


def checkpoint_with_a_line_more(one: Document) -> None:
    one["checkpoint"] = one["checkpoint"].replace(ROOT + "\n", f"{ROOT}\nkey {STRANGER.verifier}\n")


def checkpoint_with_an_empty_line_in_it(one: Document) -> None:
    one["checkpoint"] = resigned(TEXT.replace("\n700\n", "\n\n700\n"))


def checkpoint_of_two_lines(one: Document) -> None:
    one["checkpoint"] = resigned(f"{ORIGIN}\n700\n")


def checkpoint_with_half_a_letter(one: Document) -> None:
    one["checkpoint"] = one["checkpoint"].replace(ROOT + "\n", f"{ROOT}\n\ud800\n")


def checkpoint_rolled_back_under_the_newer_signature(one: Document) -> None:
    one["checkpoint"] = f"{Tree(LINES[:600]).note().text}\n{SIGNED}{FIRST}{OTHER}"


# The form of the note.


def note_without_its_empty_line(one: Document) -> None:
    one["checkpoint"] = one["checkpoint"].replace("\n\n", "\n")


def note_with_carriage_returns(one: Document) -> None:
    one["checkpoint"] = one["checkpoint"].replace("\n", "\r\n")


def note_without_its_last_newline(one: Document) -> None:
    one["checkpoint"] = one["checkpoint"].removesuffix("\n")


def note_with_something_behind_it(one: Document) -> None:
    one["checkpoint"] += "and this is true as well\n"


def note_with_a_hyphen_for_the_dash(one: Document) -> None:
    one["checkpoint"] = one["checkpoint"].replace(DASH, "- ")


def note_whose_signature_has_loose_bits(one: Document) -> None:
    text = encoded(SIGNED.id + SIGNED.blob)
    one["checkpoint"] = one["checkpoint"].replace(text, loosened(text))


def note_whose_signature_has_spaces(one: Document) -> None:
    text = encoded(SIGNED.id + SIGNED.blob)
    one["checkpoint"] = one["checkpoint"].replace(text, f"{text[:8]} {text[8:]}")


def note_whose_signature_has_nothing_in_it(one: Document) -> None:
    one["checkpoint"] = f"{TEXT}\n{DASH}{ORIGIN} {encoded(SIGNED.id)}\n"


def note_with_a_plus_in_a_name(one: Document) -> None:
    one["checkpoint"] += f"{DASH}one+two {encoded(SIGNED.id + SIGNED.blob)}\n"


def note_with_more_signatures_than_anybody_reads(one: Document) -> None:
    one["checkpoint"] += str(Signature("a", bytes(4), bytes(64))) * 100


def note_with_a_zero_byte(one: Document) -> None:
    one["checkpoint"] = one["checkpoint"].replace(ORIGIN, ORIGIN + "\0", 1)


def note_without_any_signature(one: Document) -> None:
    one["checkpoint"] = f"{TEXT}\n"


# Who signed.


def signature_of_the_log_gone(one: Document) -> None:
    one["checkpoint"] = f"{TEXT}\n{FIRST}{OTHER}"


def signature_of_a_stranger_only(one: Document) -> None:
    one["checkpoint"] = resigned(TEXT, STRANGER)


def signature_with_a_bit_turned(one: Document) -> None:
    one["checkpoint"] = f"{TEXT}\n{Signature(SIGNED.name, SIGNED.id, flipped(SIGNED.blob))}{FIRST}{OTHER}"


def signature_of_a_key_with_the_same_name_and_hash(one: Document) -> None:
    forged = STRANGER.secret.sign(TEXT.encode())
    one["checkpoint"] = f"{TEXT}\n{Signature(SIGNED.name, SIGNED.id, forged)}{FIRST}{OTHER}"


def signature_forged_behind_the_true_one(one: Document) -> None:
    one["checkpoint"] += str(Signature(SIGNED.name, SIGNED.id, bytes(64)))


def signature_of_another_checkpoint(one: Document) -> None:
    older = Tree(LINES[:600]).note().signatures[0]
    one["checkpoint"] = f"{TEXT}\n{older}{FIRST}{OTHER}"


def signature_cut_short(one: Document) -> None:
    one["checkpoint"] = f"{TEXT}\n{Signature(SIGNED.name, SIGNED.id, SIGNED.blob[:63])}{FIRST}{OTHER}"


def signature_that_the_receipt_s_own_key_confirms(one: Document) -> None:
    one.update(keys=[str(STRANGER.verifier)], checkpoint=resigned(TEXT, STRANGER))


# Who cosigned.


def cosignatures_gone(one: Document) -> None:
    one["checkpoint"] = f"{TEXT}\n{SIGNED}"


def cosignature_of_one_witness_only(one: Document) -> None:
    one["checkpoint"] = f"{TEXT}\n{SIGNED}{FIRST}"


def cosignature_of_one_witness_twice(one: Document) -> None:
    again = cosign(TEXT, WITNESSES[0], at=AT + timedelta(seconds=1))
    one["checkpoint"] = f"{TEXT}\n{SIGNED}{FIRST}{again}"


def cosignatures_of_strangers(one: Document) -> None:
    strangers = "".join(str(cosign(TEXT, cosigner(f"other.example/{number}"), at=AT)) for number in range(9))
    one["checkpoint"] = f"{TEXT}\n{SIGNED}{strangers}"


def cosignature_of_an_impostor_of_the_same_name(one: Document) -> None:
    one["checkpoint"] = f"{TEXT}\n{SIGNED}{cosign(TEXT, IMPOSTOR, at=AT)}{OTHER}"


def cosignature_forged_under_the_witness_s_hash(one: Document) -> None:
    forged = cosign(TEXT, IMPOSTOR, at=AT)
    one["checkpoint"] = f"{TEXT}\n{SIGNED}{Signature(FIRST.name, FIRST.id, forged.blob)}{OTHER}"


def cosignature_with_its_time_moved(one: Document) -> None:
    later = (int(AT.timestamp()) + 1).to_bytes(8) + FIRST.blob[8:]
    one["checkpoint"] = f"{TEXT}\n{SIGNED}{Signature(FIRST.name, FIRST.id, later)}{OTHER}"


def cosignature_of_another_checkpoint(one: Document) -> None:
    older = Tree(LINES[:600]).note().signatures[1]
    one["checkpoint"] = f"{TEXT}\n{SIGNED}{older}{OTHER}"


def cosignature_of_a_day_to_come(one: Document) -> None:
    one["checkpoint"] = f"{TEXT}\n{SIGNED}{FIRST}{cosign(TEXT, WITNESSES[1], at=AGES_HENCE)}"


def cosignature_of_the_end_of_all_days(one: Document) -> None:
    seconds = 2**63 - 1
    blob = seconds.to_bytes(8) + WITNESSES[1].secret.sign(message(TEXT, seconds))
    one["checkpoint"] = f"{TEXT}\n{SIGNED}{FIRST}{Signature(OTHER.name, OTHER.id, blob)}"


def cosignature_without_a_time(one: Document) -> None:
    plain = Signature(FIRST.name, FIRST.id, WITNESSES[0].secret.sign(TEXT.encode()))
    one["checkpoint"] = f"{TEXT}\n{SIGNED}{plain}{OTHER}"


def cosignature_passed_for_the_log_s(one: Document) -> None:
    as_log = SignerKey.of(ORIGIN, LOG.secret).verifier
    cosigned = cosign(TEXT, WITNESSES[0], at=AT)
    one["checkpoint"] = f"{TEXT}\n{Signature(as_log.name, as_log.id, cosigned.blob)}{FIRST}{OTHER}"
