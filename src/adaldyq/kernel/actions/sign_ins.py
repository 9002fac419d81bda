"""What happened to a sign-in, so that its owner hears of it whoever did it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from adaldyq.base.ids import new_id
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import Account, Notification
from adaldyq.kernel.notifications.actions import notify

PAGE = "my/"


class Change(StrEnum):
    """What of a sign-in changed; each has a message `sign-in-…` in `notifications.words`."""

    PASSWORD = "password"  # noqa: S105  # a word of ours, not a secret
    APP_ADDED = "app-added"
    APP_REMOVED = "app-removed"
    PASSKEY_ADDED = "passkey-added"
    PASSKEY_REMOVED = "passkey-removed"
    NEW_CODES = "new-codes"
    RECOVERY_BEGUN = "recovery-begun"
    RECOVERED = "recovered"


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of a sign-in: whose, and what."""

    account: Account
    change: Change


def changed(one: Changed) -> Recorded:
    """The ledger line of a change: what kind it was, and nothing of what is secret."""
    return Recorded([{"account": one.account.pk, "change": one.change}], {"account": one.account.pk})


@act("kernel.sign_in.change", records=changed, on="account")
def note_change(*, account: Account, change: Change, by: Actor, at: datetime) -> Changed:
    """Note that somebody changed their own password or a second factor, and tell them.

    Called in the transaction of the change itself, which allauth writes.

    Raises:
        NotAllowed: `by` is somebody else.
    """
    require(by.id == account.pk and not by.system, "kernel.sign_in.change")
    tell_owner(account, change, at=at)
    return Changed(account, change)


def tell_owner(account: Account, change: Change, *, at: datetime) -> Notification:
    """Tell the owner of an account that its sign-in changed, at every address confirmed so far.

    Part of the act that calls this.
    """
    return notify(
        account=account,
        message=f"sign-in-{change}",
        parameters={},
        key=f"sign-in:{new_id()}",
        at=at,
        href=PAGE,
        always=True,
    )


def tell_of_new_device(*, account: Account, device: str, at: datetime) -> Notification:
    """Tell the owner that a session began on a device unknown to the account. It is no act and leaves no line.

    Args:
        device: what the browser calls itself in known words only, or an English sentence of the catalogues; never
            text that a stranger wrote.
    """
    with transaction.atomic():
        return notify(
            account=account,
            message="sign-in-new-device",
            parameters={"device_title": device},
            key=f"sign-in:{new_id()}",
            at=at,
            href=f"{PAGE}sessions/",
            always=True,
        )


def tell_of_recovery_code(*, account: Account, at: datetime) -> Notification:
    """Tell the owner that a recovery code was used in place of a second factor. It is no act and leaves no line."""
    with transaction.atomic():
        return notify(
            account=account,
            message="sign-in-recovery-code",
            parameters={},
            key=f"sign-in:{new_id()}",
            at=at,
            href=f"{PAGE}second-factor/",
            always=True,
        )
