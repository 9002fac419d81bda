"""Attacks on a whole log: each bends the files of a log that an auditor saw with 500 lines, and that has 700 now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from adaldyq.ledger.checkpoints import Checkpoint, key_lines
from adaldyq.ledger.cosignatures import cosign
from adaldyq.ledger.notes import Note, Signature, SignerKey
from adaldyq.ledger.tiles import bundle, bundles_of
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
    Tree,
    flipped,
    resigned,
)

FULL, LAST, TOP = "tile/0/000", "tile/0/002.p/188", "tile/1/000.p/2"
ENTRIES, LAST_ENTRIES = "tile/entries/001", "tile/entries/002.p/188"


def write(place: Path, tree: Tree, note: Note | str | None = None, keys: Sequence[SignerKey] = (LOG,)) -> Path:
    """A log as files."""
    files = {tile.path(): hashes for tile, hashes in {**tree.edge.full, **tree.edge.partial()}.items()}
    for tile in bundles_of(tree.edge.size):
        lines = tree.lines[tile.index * 256 : tile.index * 256 + tile.width]
        files[tile.path()] = bundle(line.entry for line in lines)
    files["checkpoint"] = str(note or tree.note()).encode()
    files["keys"] = "".join(f"{key.verifier}\n" for key in keys).encode()
    for path, data in files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(data)
    return place


def changed(place: Path, path: str, change: Callable[[bytes], bytes]) -> None:
    (place / path).write_bytes(change((place / path).read_bytes()))


def signed(place: Path, text: str) -> None:
    (place / "checkpoint").write_text(text, encoding="utf-8")


def text_of(place: Path) -> str:
    """What is signed now."""
    return Note.parse((place / "checkpoint").read_text(encoding="utf-8")).text


# Another history, signed with the true key.


def log_rolled_back(place: Path) -> None:
    write(place, Tree(LINES[:400]))


def log_rolled_back_to_nothing(place: Path) -> None:
    write(place, Tree([]))


def log_forked_before_what_was_seen(place: Path) -> None:
    write(place, Tree([*LINES[:499], LINES[600], *LINES[500:]]))


def log_forked_at_the_same_size(place: Path) -> None:
    write(place, Tree([*LINES[:499], LINES[600]]))


def log_with_a_line_taken_out(place: Path) -> None:
    write(place, Tree([*LINES[:7], *LINES[8:]]))


def log_with_two_lines_swapped(place: Path) -> None:
    write(place, Tree([LINES[1], LINES[0], *LINES[2:]]))


def log_with_a_line_put_in(place: Path) -> None:
    write(place, Tree([*LINES[:100], LINES[650], *LINES[100:699]]))


def log_signed_with_the_root_of_another_tree(place: Path) -> None:
    signed(place, str(Checkpoint(ORIGIN, 700, Tree(LINES[::-1]).edge.root()).signed(LOG)))


def log_signed_for_a_smaller_tree_under_a_larger_size(place: Path) -> None:
    signed(place, str(Checkpoint(ORIGIN, 700, Tree(LINES[:600]).edge.root()).signed(LOG)))


def log_of_more_lines_than_the_world_has(place: Path) -> None:
    signed(place, str(Checkpoint(ORIGIN, 2**62, bytes(32)).signed(LOG)))


# Files of the log.


def lines_with_a_bit_turned(place: Path) -> None:
    changed(place, ENTRIES, flipped)


def lines_cut_short(place: Path) -> None:
    changed(place, ENTRIES, lambda data: data[:-1])


def lines_with_one_more(place: Path) -> None:
    changed(place, ENTRIES, lambda data: data + bundle([b"one more"]))


def lines_with_a_length_that_lies(place: Path) -> None:
    changed(place, ENTRIES, lambda data: b"\xff\xff" + data[2:])


def lines_of_another_width(place: Path) -> None:
    changed(place, LAST_ENTRIES, lambda _data: bundle(line.entry for line in LINES[512:699]))


def lines_gone(place: Path) -> None:
    (place / ENTRIES).unlink()


def lines_of_another_bundle(place: Path) -> None:
    changed(place, ENTRIES, lambda _data: (place / "tile/entries/000").read_bytes())


def tile_with_a_bit_turned(place: Path) -> None:
    changed(place, FULL, lambda data: flipped(data, 100))


def tile_cut_short(place: Path) -> None:
    changed(place, FULL, lambda data: data[:-32])


def tile_with_a_hash_more(place: Path) -> None:
    changed(place, LAST, lambda data: data + bytes(32))


def tile_of_another_width(place: Path) -> None:
    changed(place, LAST, lambda data: data[:-32])


def tile_with_two_hashes_swapped(place: Path) -> None:
    changed(place, FULL, lambda data: data[32:64] + data[:32] + data[64:])


def tile_of_another_level(place: Path) -> None:
    changed(place, TOP, lambda _data: (place / FULL).read_bytes()[:64])


def tile_gone(place: Path) -> None:
    (place / TOP).unlink()


# The checkpoint and who signed it.


def log_signed_by_a_stranger(place: Path) -> None:
    write(place, TREE, TREE.note(STRANGER), [STRANGER])


def log_signed_by_another_that_is_trusted(place: Path) -> None:
    write(place, TREE, TREE.note(SECOND), [SECOND])


def log_under_the_name_of_another(place: Path) -> None:
    write(place, TREE, TREE.note(LOG, origin="example.kz/second"))


def checkpoint_of_another_size(place: Path) -> None:
    changed(place, "checkpoint", lambda data: data.replace(b"\n700\n", b"\n699\n"))


def checkpoint_that_names_a_stranger_s_key(place: Path) -> None:
    text = text_of(place)
    changed(
        place,
        "checkpoint",
        lambda data: data.replace(text.encode(), f"{text}{key_lines([STRANGER.verifier])[0]}\n".encode()),
    )


def checkpoint_with_carriage_returns(place: Path) -> None:
    changed(place, "checkpoint", lambda data: data.replace(b"\n", b"\r\n"))


def checkpoint_of_two_megabytes(place: Path) -> None:
    signed(place, resigned(f"{text_of(place)}{'x' * 2_000_000}\n"))


def checkpoint_that_is_no_text(place: Path) -> None:
    changed(place, "checkpoint", lambda data: data.replace(b"\n700\n", b"\n700\xff\n"))


def checkpoint_forged_by_an_impostor_of_a_witness(place: Path) -> None:
    text = text_of(place)
    true = cosign(text, WITNESSES[0], at=AT)
    forged = Signature(true.name, true.id, cosign(text, IMPOSTOR, at=AT).blob)
    signed(place, f"{text}\n{LOG.line(text)}{forged}{cosign(text, WITNESSES[1], at=AT)}")


def checkpoint_that_no_witness_saw(place: Path) -> None:
    signed(place, f"{text_of(place)}\n{LOG.line(text_of(place))}")


def checkpoint_that_a_witness_saw_in_times_to_come(place: Path) -> None:
    text = text_of(place)
    lines = f"{cosign(text, WITNESSES[0], at=AT)}{cosign(text, WITNESSES[1], at=AGES_HENCE)}"
    signed(place, f"{text}\n{LOG.line(text)}{lines}")


# Two steps: first a word is smuggled in, then it is used.


def key_smuggled_in_beside_the_true_one(place: Path) -> None:
    write(place, TREE, TREE.note(LOG, STRANGER), [LOG, STRANGER])


def key_smuggled_in_by_name_of_another_log(place: Path) -> None:
    text = f"{text_of(place)}{key_lines([SECOND.verifier])[0]}\n"
    write(place, TREE, resigned(text), [LOG, SECOND])
