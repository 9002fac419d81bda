"""Slows down whoever guesses passwords and codes, without barring the owner of the account.

Failed attempts are counted in the database, so that all processes of all servers see the same. What is counted:

- an account together with the client's address: five tries, then a pause that doubles from half a minute to a
  quarter of an hour;
- the client's address over all accounts: thirty tries, then a quarter of an hour;
- the account over all addresses: a hundred passwords an hour while it has no second factor, thirty codes an hour.

A device on which the account's owner has signed in before carries a signed cookie and is counted by itself, so
nothing that others do can bar it. A passkey cannot be guessed and is never counted. Addresses and names are kept
only as keyed hashes, for a day.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import F
from django.utils.crypto import salted_hmac

from adaldyq.kernel.models import SignInFailures

SALT = "adaldyq.kernel.lockout"
IPV6_PREFIX = 64  # what one household or office is given
KEPT = timedelta(days=1)
UNBARRED = timedelta(0)


class Step(StrEnum):
    """What is being guessed."""

    PASSWORD = "password"  # noqa: S105  # a word of ours, not a secret
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Limit:
    """How many tries are free, and how long the pause after them is.

    Attributes:
        free: tries without a pause.
        first: the pause after the last free one; it doubles with every further failure.
        longest: the pause never grows beyond it.
        window: failures are forgotten when none came for so long.
    """

    free: int
    first: timedelta
    longest: timedelta
    window: timedelta

    def pause(self, failures: int) -> timedelta:
        """How long to wait after so many failures."""
        if failures < self.free:
            return UNBARRED
        doublings = min(failures - self.free, 20)
        return min(self.first * (1 << doublings), self.longest)


QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
PAIR = Limit(free=5, first=timedelta(seconds=30), longest=QUARTER, window=HOUR)
CLIENT = Limit(free=30, first=QUARTER, longest=QUARTER, window=HOUR)
ACCOUNT = {
    Step.PASSWORD: Limit(free=100, first=QUARTER, longest=QUARTER, window=HOUR),
    Step.CODE: Limit(free=30, first=QUARTER, longest=QUARTER, window=HOUR),
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody tries to sign in.

    Attributes:
        step: what is being guessed.
        account: the name that was typed, or the id once the password was right.
        client: address of the client.
        device: id of a device on which the owner has signed in before; empty for an unknown one.
        guarded: whether the account has a second factor, so that its password alone opens nothing.
    """

    step: Step
    account: str
    client: str
    device: str = ""
    guarded: bool = False

    def counters(self) -> dict[str, Limit]:
        """What counts this attempt, by key."""
        name = self.account.casefold()
        if self.device:
            return {key(self.step, "device", name, self.device): PAIR}
        place = network(self.client)
        found = {key(self.step, "pair", name, place): PAIR, key("client", place): CLIENT}
        if self.step is Step.CODE or not self.guarded:
            found[key(self.step, "account", name)] = ACCOUNT[self.step]
        return found


def key(*parts: str) -> str:
    """The name of a counter, from which nobody can read what it counts."""
    return salted_hmac(SALT, "\n".join(parts), algorithm="sha256").hexdigest()


def network(client: str) -> str:
    """The address by which a client is counted; the prefix of its network for IPv6."""
    address = ipaddress.ip_address(client)
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False))
    return str(address)


def wait(attempt: Attempt, *, at: datetime) -> timedelta:
    """How long this attempt must wait; zero when it may be made now.

    A failure that lies ahead was counted before the server's clock was set back, and bars nobody until the clock is there
    again: never for longer than its pause, and not at all when it lies ahead by more than the longest one.
    """
    counters = attempt.counters()
    kept = SignInFailures.objects.filter(key__in=counters).values_list("key", "count", "last_at")
    pauses = [
        counters[name].pause(count) - max(UNBARRED, at - last_at)
        for name, count, last_at in kept
        if -counters[name].longest <= at - last_at < counters[name].window
    ]
    return max([UNBARRED, *pauses])


def failed(attempt: Attempt, *, at: datetime) -> None:
    """Count a failure."""
    for name, limit in attempt.counters().items():
        SignInFailures.objects.filter(key=name, last_at__lt=at - limit.window).update(count=0)
        SignInFailures.objects.bulk_create([SignInFailures(key=name, count=0, last_at=at)], ignore_conflicts=True)
        SignInFailures.objects.filter(key=name).update(count=F("count") + 1, last_at=at)
    SignInFailures.objects.filter(last_at__lt=at - KEPT).delete()


def succeeded(attempt: Attempt) -> None:
    """Forget the failures of this account on this client; those of the client at other accounts stay."""
    SignInFailures.objects.filter(key__in=own(attempt.counters())).delete()


def own(counters: dict[str, Limit]) -> Sequence[str]:
    """The counters that belong to the account on this client alone."""
    return [name for name, limit in counters.items() if limit is PAIR]
