"""Notes are read and signed as C2SP signed-note says."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.errors import DomainError
from adaldyq.ledger.cosignatures import CosignerKey
from adaldyq.ledger.notes import MOST_SIGNATURES, Note, SignerKey, VerifierKey, open_note, sign

# The key and note that the documentation of Go's package golang.org/x/mod/sumdb/note prints.
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
OTHER = SignerKey.generate("other.example/log")


def code(note: str, *keys: VerifierKey) -> str:
    with pytest.raises(DomainError) as caught:
        open_note(note, keys)
    return caught.value.code


def test_a_known_key_signs_the_known_note() -> None:
    signer = SignerKey.parse(PRIVATE)
    assert str(signer.verifier) == PUBLIC
    assert signer.text() == PRIVATE
    assert str(sign(TEXT, signer)) == f"{TEXT}\n{LINE}"


def test_a_known_note_opens() -> None:
    assert open_note(f"{TEXT}\n{LINE}", [VerifierKey.parse(PUBLIC)]).text == TEXT


def test_a_secret_is_not_shown() -> None:
    signer = SignerKey.parse(PRIVATE)
    assert PRIVATE.rpartition("+")[2] not in repr(signer)
    with pytest.raises(DomainError) as caught:
        SignerKey.parse(PRIVATE.replace("c74f20a3", "c74f20a4"))
    assert PRIVATE.rpartition("+")[2] not in str(caught.value)


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="+"), min_size=1),
    st.binary(min_size=32, max_size=32),
)
def test_every_key_survives_its_text_form(name: str, seed: bytes) -> None:
    for kind in (VerifierKey, CosignerKey):
        signer = SignerKey.of(name, Ed25519PrivateKey.from_private_bytes(seed), kind)
        assert kind.parse(str(signer.verifier)) == signer.verifier
        again = SignerKey.parse(signer.text(), kind)
        assert (again.verifier, again.text()) == (signer.verifier, signer.text())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PeterNeumann",
        PUBLIC.replace("PeterNeumann", "PeterNeumanm"),
        PUBLIC.replace("c74f20a3", "C74F20A3"),
        PUBLIC[:-1],
        PUBLIC + "AAAA",
        PUBLIC.replace("+AR", "+AB"),
        PUBLIC.replace("+AR", "+ BR"),
        "+".join(("", *PUBLIC.split("+")[1:])),
        PUBLIC.replace("PeterNeumann", "Peter Neumann"),
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="key-malformed"):
        VerifierKey.parse(text)


@pytest.mark.parametrize("text", ["", PUBLIC, PRIVATE[:-4], PRIVATE.replace("+AY", "+BY")])
def test_what_is_no_private_key_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="key-malformed"):
        SignerKey.parse(text)


def test_the_same_key_bytes_of_another_kind_are_another_key() -> None:
    signer = SignerKey.parse(PRIVATE)
    cosigner = CosignerKey(signer.verifier.name, signer.verifier.public)
    assert cosigner.id != signer.verifier.id
    with pytest.raises(DomainError, match="key-malformed"):
        VerifierKey.parse(str(cosigner))


def test_unknown_signatures_are_passed_over_and_do_not_count() -> None:
    note = sign(TEXT, OTHER, SignerKey.parse(PRIVATE))
    assert list(note.checked([OTHER.verifier])) == [OTHER.verifier]
    assert open_note(str(note), [OTHER.verifier]).signatures == note.signatures
    assert code(str(note), SignerKey.generate("third.example").verifier) == "not-signed"
    assert code(str(note)) == "not-signed"


def test_a_key_of_the_same_name_is_another_key() -> None:
    assert code(str(sign(TEXT, OTHER)), SignerKey.generate("other.example/log").verifier) == "not-signed"


def test_one_wrong_signature_of_a_known_key_spoils_the_note() -> None:
    mine = SignerKey.parse(PRIVATE)
    good, foreign = sign(TEXT, mine), sign("something else\n", OTHER)
    note = Note(TEXT, (*good.signatures, *foreign.signatures))
    assert open_note(str(note), [mine.verifier])
    assert code(str(note), mine.verifier, OTHER.verifier) == "signature-wrong"


@given(st.integers(0, 10_000))
def test_a_note_with_any_letter_of_its_text_changed_is_refused(at: int) -> None:
    place = at % len(TEXT)
    changed = TEXT[:place] + ("x" if TEXT[place] != "x" else "y") + TEXT[place + 1 :]
    assert code(f"{changed}\n{LINE}", VerifierKey.parse(PUBLIC)) in {"signature-wrong", "note-malformed"}


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        TEXT,
        f"{TEXT}\n",
        f"{TEXT}{LINE}",
        f"{TEXT}\n{LINE.rstrip()}",
        f"{TEXT}\n{LINE}\n",
        f"{TEXT}\n{LINE.replace('—', '-')}",
        f"{TEXT}\n{LINE.replace('PeterNeumann', '')}",
        f"{TEXT}\n— PeterNeumann\n",
        f"{TEXT}\n— PeterNeumann x08g\n",
        f"{TEXT}\n— PeterNeumann x08go_8=\n",
        f"{TEXT}\x00\n\n{LINE}",
        f"{TEXT}\r\n\n{LINE}",
        f"{TEXT}\n{LINE * (MOST_SIGNATURES + 1)}",
        f"{'a' * 1_000_001}\n\n{LINE}",
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    assert code(note, VerifierKey.parse(PUBLIC)) == "note-malformed"


def test_a_text_with_empty_lines_is_kept_whole() -> None:
    text = "one\n\ntwo\n\n\nthree\n"
    assert open_note(str(sign(text, OTHER)), [OTHER.verifier]).text == text


def test_lines_that_somebody_sends_join_a_note_once() -> None:
    note = sign(TEXT, OTHER)
    more = note.with_lines(LINE)
    assert str(more) == str(note) + LINE
    assert more.with_lines(LINE) == more
    with pytest.raises(DomainError, match="note-malformed"):
        note.with_lines("nothing of the kind")
