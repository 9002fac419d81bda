"""Rounds of drand's public beacon are held against those that it published; whatever was altered does not hold."""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import timedelta

import pytest

from adaldyq.base import beacons
from adaldyq.base.beacons import QUICKNET, Round

# Published by the League of Entropy at https://api.drand.sh/52db9ba7…e971/public/ROUND; the same stand in the tests of
# noislabs/drand-verify and of many other verifiers. The second of each is the randomness, SHA-256 of the signature.
PUBLISHED = {
    1000: (
        "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
        "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
    ),
    657_413: (
        "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
        "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587",
    ),
}


@pytest.mark.parametrize("number", PUBLISHED)
def test_a_published_round_holds(number: int) -> None:
    signature, randomness = PUBLISHED[number]
    one = Round(number, signature)
    assert beacons.holds(one)
    assert hashlib.sha256(bytes.fromhex(signature)).hexdigest() == randomness
    assert beacons.read(one.text) == one


def test_the_process_bears_deep_texts_as_before() -> None:
    limit = sys.getrecursionlimit()
    assert beacons.holds(Round(1000, PUBLISHED[1000][0]))
    assert sys.getrecursionlimit() == limit
    with pytest.raises(RecursionError):
        json.loads("[" * 100_000)


@pytest.mark.parametrize(
    "one",
    [
        Round(1001, PUBLISHED[1000][0]),
        Round(1000, PUBLISHED[657_413][0]),
        Round(1000, f"{PUBLISHED[1000][0][:-1]}8"),
        Round(1000, f"{PUBLISHED[1000][0][:-2]}"),
        Round(1000, f"a{PUBLISHED[1000][0][1:]}"),  # the other point of the same x
        Round(1000, f"c0{'00' * 47}"),  # the point at infinity
        Round(1000, "ff" * 48),
        Round(0, PUBLISHED[1000][0]),
    ],
    ids=["another number", "another round", "altered", "cut", "negated", "infinity", "no point", "no number"],
)
def test_what_the_chain_did_not_sign_does_not_hold(one: Round) -> None:
    assert not beacons.holds(one)


@pytest.mark.parametrize(
    "text", ["", "drand", "drand x 1000 y", Round(1000, "aa").text + " ", Round(1000, "aa").text[1:]]
)
def test_another_text_is_no_round(text: str) -> None:
    with pytest.raises(ValueError, match="no round"):
        beacons.read(text)


def test_the_next_round_is_one_that_nobody_can_know_yet() -> None:
    at = QUICKNET.time_of(1000)
    assert QUICKNET.first_after(at) == 1001
    assert QUICKNET.first_after(at - timedelta(microseconds=1)) == 1000
    assert QUICKNET.first_after(at + timedelta(seconds=2.9)) == 1001
