"""Containers and envelopes: what goes in comes out, and nothing of what was changed."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adaldyq.base.errors import DomainError
from adaldyq.sealing import containers, envelopes

HEADS = st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=4)
READER = envelopes.new_identity()
OTHER = envelopes.new_identity()


@given(st.integers(0, 1 << 50))
def test_padding_adds_at_most_an_eighth_and_leaves_few_lengths(length: int) -> None:
    padded = containers.padme(length)
    assert padded >= max(length, containers.LEAST)
    assert padded <= max(length * 1.12 + 1, containers.LEAST)
    assert containers.padme(padded) == padded


def test_padding_has_the_lengths_of_the_paper() -> None:
    """A length has as many free low bits as its exponent is longer than the exponent's own length."""
    assert [containers.padme(length) for length in (1, 4096, 4097, 9999, 1_000_000)] == [
        4096,
        4096,
        4352,
        10240,
        1_015_808,
    ]


@given(HEADS, st.binary(max_size=9000))
def test_a_container_gives_back_what_was_put_in(head: dict[str, str], body: bytes) -> None:
    packed = containers.pack(head, body)
    assert containers.unpack(packed) == (head, body)
    assert len(packed) == containers.padme(len(packed))


@given(st.lists(st.binary(max_size=5000), max_size=5))
def test_a_body_in_pieces_is_the_same_container(pieces: list[bytes]) -> None:
    assert b"".join(containers.packing({}, pieces)) == containers.pack({}, b"".join(pieces))


@given(st.binary(max_size=200))
def test_what_is_no_container_is_named(noise: bytes) -> None:
    with pytest.raises(DomainError, match="envelope-damaged"):
        containers.unpack(containers.MAGIC + noise)


@settings(max_examples=20)
@given(HEADS, st.binary(max_size=9000))
def test_an_envelope_opens_with_its_key_only(head: dict[str, str], body: bytes) -> None:
    sealed = envelopes.seal(head, body, [READER[1]])
    assert body[:16] not in sealed or len(body) < 16
    assert envelopes.open_sealed(sealed, [READER[0]]) == (head, body)
    with pytest.raises(DomainError, match="envelope-not-opened"):
        envelopes.open_sealed(sealed, [OTHER[0]])


@pytest.mark.parametrize("readers", [1, 2, 15, 16, 17, 40])
def test_a_wrapped_key_does_not_tell_how_many_read(readers: int) -> None:
    people = [envelopes.new_identity() for _ in range(readers)]
    report = envelopes.new_identity()[0]
    wrapped = envelopes.wrap(report, [public for _, public in people])
    assert envelopes.recipients_of(wrapped) == -(-readers // 16) * 16
    assert all(envelopes.unwrap(wrapped, secret) == report for secret, _ in people[:2])


def test_a_key_is_never_wrapped_to_nobody() -> None:
    with pytest.raises(DomainError, match="nobody-to-seal-to"):
        envelopes.wrap(READER[0], [])


def test_an_envelope_with_a_thousand_recipients_is_refused_before_it_is_opened() -> None:
    stanza = b"-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc\nhjabGXwSLQ9c3S6Lw2i+S2Tu2fiwQHHslbBN6B41FLE\n"
    with pytest.raises(DomainError, match="envelope-damaged"):
        envelopes.recipients_of(envelopes.BEGINS + stanza * 1000 + b"--- " + b"x" * 43)


@pytest.mark.parametrize("beginning", [b"", b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----\n--- "])
def test_what_is_no_envelope_is_named(beginning: bytes) -> None:
    with pytest.raises(DomainError, match="envelope-damaged"):
        envelopes.recipients_of(beginning)


@pytest.mark.parametrize("change", ["cut", "flipped"])
def test_no_part_of_a_changed_file_is_shown(tmp_path: Path, change: str) -> None:
    """A change in the last of several pieces, when the first ones are long opened."""
    sealed = bytearray(envelopes.seal({"name": "a.bin"}, b"canary" * 50_000, [READER[1]]))
    if change == "cut":
        del sealed[-20:]
    else:
        sealed[-1] ^= 1
    target = tmp_path / "a.bin"
    with pytest.raises(DomainError, match="envelope-not-opened"):
        envelopes.open_file(io.BytesIO(bytes(sealed)), target, [READER[0]])
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(DomainError, match="envelope-not-opened"):
        envelopes.body_of(io.BytesIO(bytes(sealed)), READER[0])


def test_a_file_is_opened_without_its_padding(tmp_path: Path) -> None:
    body = bytes(range(256)) * 1000
    sealed = envelopes.seal({"name": "photo.jpg"}, body, [READER[1]])
    target = tmp_path / "photo.jpg"
    assert envelopes.open_file(io.BytesIO(sealed), target, [OTHER[0], READER[0]]) == {"name": "photo.jpg"}
    assert target.read_bytes() == body


@given(HEADS, st.binary(max_size=200_000))
@settings(max_examples=20)
def test_a_body_is_handed_on_in_pieces_that_are_the_whole(head: dict[str, str], body: bytes) -> None:
    sealed, taken = io.BytesIO(envelopes.seal(head, body, [READER[1]])), io.BytesIO()
    envelopes.hand_on(sealed, READER[0], envelopes.body_of(sealed, READER[0]), taken.write)
    assert taken.getvalue() == body


@pytest.mark.parametrize("text", ["", "age1x", "age1" + "q" * 58, "AGE-SECRET-KEY-1"])
def test_a_mistyped_key_is_named(text: str) -> None:
    with pytest.raises(DomainError, match="recipient-invalid"):
        envelopes.seal({}, b"", [text])
    with pytest.raises(DomainError, match="key-invalid"):
        envelopes.open_sealed(b"", [text])
