"""Checkpoints are read and written as C2SP tlog-checkpoint says, and cosigned as tlog-cosignature says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.errors import DomainError
from adaldyq.ledger.checkpoints import Checkpoint, open_checkpoint
from adaldyq.ledger.cosignatures import CosignerKey, cosign, cosignatures, cosigner
from adaldyq.ledger.notes import Note, Signature, SignerKey

# The example of tlog-checkpoint and tlog-cosignature.
TEXT = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
LOG_LINE = "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
WITNESS_LINE = "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
AT = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)
LOG = SignerKey.generate("example.kz/ledger")
WITNESS = cosigner("witness.example/1")
KEY = WITNESS.verifier


def witness_key() -> CosignerKey:
    assert isinstance(KEY, CosignerKey)
    return KEY


def cosigned(checkpoint: Checkpoint, at: datetime = AT) -> Note:
    return checkpoint.signed(LOG).with_lines(str(cosign(checkpoint.text(), WITNESS, at=at)))


def test_the_published_example_is_read() -> None:
    note = Note.parse(f"{TEXT}\n{LOG_LINE}{WITNESS_LINE}")
    found = Checkpoint.parse(note.text)
    assert (found.origin, found.size) == ("example.com/behind-the-sofa", 20852163)
    assert found.text() == TEXT
    assert [line.name for line in note.signatures] == ["example.com/behind-the-sofa", "witness.example.com/w1"]
    assert int.from_bytes(note.signatures[1].blob[:8]) == 1679315147
    assert str(note) == f"{TEXT}\n{LOG_LINE}{WITNESS_LINE}"


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_every_checkpoint_survives_its_text(size: int, root: bytes) -> None:
    checkpoint = Checkpoint("example.kz/ledger", size, root, ("extension",))
    assert Checkpoint.parse(checkpoint.text()) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example\n1\n",
        TEXT.removesuffix("\n"),
        TEXT.replace("20852163", "020852163"),
        TEXT.replace("20852163", "-1"),
        TEXT.replace("20852163", "２"),  # noqa: RUF100  # a full-width digit
        TEXT.replace("20852163", str(2**63)),
        TEXT.replace("20852163", ""),
        TEXT.replace("CsUY", "Cs"),
        TEXT.replace("=", ""),
        f"{TEXT}\nmore\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="checkpoint-malformed"):
        Checkpoint.parse(text)


def test_a_checkpoint_opens_with_the_key_of_its_log_only() -> None:
    checkpoint = Checkpoint("example.kz/ledger", 5, bytes(32))
    note = str(checkpoint.signed(LOG))
    assert open_checkpoint(note, [LOG.verifier], "example.kz/ledger") == checkpoint
    with pytest.raises(DomainError, match="checkpoint-of-another-log"):
        open_checkpoint(note, [LOG.verifier], "example.kz/other")
    with pytest.raises(DomainError, match="not-signed"):
        open_checkpoint(note, [SignerKey.generate("example.kz/ledger").verifier])


def test_a_checkpoint_says_who_cosigned_it_and_when() -> None:
    note = cosigned(Checkpoint("example.kz/ledger", 5, bytes(32)))
    [found] = cosignatures(note, [witness_key()])
    assert (found.key, found.at) == (witness_key(), AT)
    assert cosignatures(note, []) == []


@pytest.mark.parametrize("byte", range(8 + 64))
def test_a_cosignature_with_any_byte_changed_is_refused(byte: int) -> None:
    checkpoint = Checkpoint("example.kz/ledger", 5, bytes(32))
    line = cosign(checkpoint.text(), WITNESS, at=AT)
    wrong = Signature(line.name, line.id, line.blob[:byte] + bytes([line.blob[byte] ^ 1]) + line.blob[byte + 1 :])
    with pytest.raises(DomainError, match="signature-wrong"):
        cosignatures(Note(checkpoint.text(), (wrong,)), [witness_key()])


def test_a_cosignature_is_for_one_checkpoint_only() -> None:
    line = cosign(Checkpoint("example.kz/ledger", 5, bytes(32)).text(), WITNESS, at=AT)
    other = Checkpoint("example.kz/ledger", 6, bytes(32))
    with pytest.raises(DomainError, match="signature-wrong"):
        cosignatures(Note(other.text(), (line,)), [witness_key()])


def test_a_cosignature_cut_short_is_refused() -> None:
    checkpoint = Checkpoint("example.kz/ledger", 5, bytes(32))
    line = cosign(checkpoint.text(), WITNESS, at=AT)
    for length in (1, 8, 9, 71):
        with pytest.raises(DomainError, match="signature-wrong"):
            cosignatures(Note(checkpoint.text(), (Signature(line.name, line.id, line.blob[:length]),)), [witness_key()])


def test_a_log_key_is_no_witness() -> None:
    with pytest.raises(DomainError, match="key-malformed"):
        cosign(TEXT, LOG, at=AT)
    note = cosigned(Checkpoint("example.kz/ledger", 5, bytes(32)), AT + timedelta(days=1))
    assert LOG.verifier not in {one.key for one in cosignatures(note, [witness_key()])}
