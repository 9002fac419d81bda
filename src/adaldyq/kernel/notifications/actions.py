"""Telling, and how somebody wants to be told."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from adaldyq.base.errors import DomainError
from adaldyq.base.ids import new_id
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import Account, ContactChoice, ContactCode, Notification, NotificationDelivery
from adaldyq.kernel.models.notifications import EMAIL, SMS
from adaldyq.kernel.notifications.channels import Letter, Refused, Unreachable, channels, send
from adaldyq.kernel.notifications.messages import Parameters, messages
from adaldyq.kernel.notifications.queries import contact_of, language_of

CODE_LIVES = timedelta(minutes=30)
CODE_DIGITS = 6
MOST_TRIES = 5
BETWEEN_CODES = timedelta(minutes=1)


def notify(
    *,
    account: Account,
    message: str,
    parameters: Parameters,
    key: str,
    at: datetime,
    href: str = "",
    always: bool = False,
) -> Notification:
    """Tell an account something, as part of the act that calls this; it is no act of its own.

    The message goes into the account's list at once, and waits for the worker in each channel that the account
    has chosen. The same key tells nothing twice.

    Args:
        message: name of a message of this installation.
        parameters: values for its sentences; see `messages.said`.
        key: stable and of this account, such as `deadline:ID:reminder:3`.
        href: page it is about, without the language, such as `findings/X/`.
        always: whether it goes to every confirmed address as it is now, wanted or not, though another may take its
            place before it is sent; for what the owner must hear even when somebody else holds the account.

    Raises:
        KeyError: there is no such message.
        TransactionManagementError: called outside the act's transaction.
    """
    messages()[message]
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a message belongs to the transaction of its act")
    given = {"message": message, "parameters": dict(parameters), "href": href, "created_at": at}
    told, is_new = Notification.objects.get_or_create(account=account, key=key, defaults=given)
    if is_new:
        choice = contact_of(account.pk)
        confirmed = confirmed_addresses(choice)
        wanted = {EMAIL: choice.email_wanted or always, SMS: choice.sms_wanted or always}
        NotificationDelivery.objects.bulk_create(
            NotificationDelivery(
                notification=told, channel=channel, address=confirmed[channel] if always else "", next_attempt_at=at
            )
            for channel in channels()
            if channel in confirmed and wanted[channel]
        )
    return told


@dataclass(frozen=True, slots=True)
class Told:
    """A message to one of many accounts: the arguments of `notify`, and the id of the account."""

    account: str
    message: str
    parameters: Parameters
    key: str
    href: str = ""


def notify_together(*, told: Sequence[Told], at: datetime) -> None:
    """Tell many accounts in a few statements; as `notify`.

    Raises:
        KeyError: there is no such message.
        TransactionManagementError: called outside the act's transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a message belongs to the transaction of its act")
    if not told:
        return
    for one in told:
        messages()[one.message]
    accounts = {one.account for one in told}
    listed = Notification.objects.filter(account_id__in=accounts, key__in={one.key for one in told})
    before = set(listed.values_list("account_id", "key"))
    new = [
        Notification(
            account_id=one.account,
            key=one.key,
            message=one.message,
            parameters=dict(one.parameters),
            href=one.href,
            created_at=at,
        )
        for one in told
        if (one.account, one.key) not in before
    ]
    Notification.objects.bulk_create(new)
    choices = {one.account_id: chosen_channels(one) for one in ContactChoice.objects.filter(account_id__in=accounts)}
    NotificationDelivery.objects.bulk_create(
        NotificationDelivery(notification=one, channel=channel, address="", next_attempt_at=at)
        for one in new
        for channel in choices.get(one.account_id, ())
    )


def chosen_channels(choice: ContactChoice) -> list[str]:
    """Channels by which an account is told: there, confirmed and wanted."""
    wanted = {EMAIL: choice.email_wanted, SMS: choice.sms_wanted}
    return [one for one in channels() if one in confirmed_addresses(choice) and wanted[one]]


def confirmed_addresses(choice: ContactChoice) -> dict[str, str]:
    """Addresses that an account has confirmed, by channel."""
    known = {
        EMAIL: choice.email if choice.email_confirmed_at else "",
        SMS: choice.phone if choice.phone_confirmed_at else "",
    }
    return {channel: address for channel, address in known.items() if address}


def mark_read(*, notification: Notification, by: Actor, at: datetime) -> None:
    """Note that the account has opened a message. It is no official act and leaves no line.

    Raises:
        NotAllowed: the message is somebody else's.
    """
    require(notification.account_id == by.id and not by.system, "kernel.notification.open")
    Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=at)


def mark_all_read(*, by: Actor, at: datetime) -> int:
    """Note that the account has seen its whole list, and return how many were new."""
    require(bool(by.id) and not by.system, "kernel.notification.open")
    return Notification.objects.filter(account_id=by.id, read_at=None).update(read_at=at)


def forget_messages(*, before: datetime) -> int:
    """Remove messages that have been kept for their term, and return how many rows went; it is no act of its own."""
    rows, _by_model = Notification.objects.filter(created_at__lt=before).delete()
    return rows


def chosen(choice: ContactChoice) -> Recorded:
    """The ledger line of a choice: channels and language, never an address."""
    facts: dict[str, object] = {
        "account": choice.account_id,
        "language": choice.language,
        "email": choice.email_wanted,
        "sms": choice.sms_wanted,
    }
    return Recorded([facts], {"account": choice.account_id})


@act("kernel.contact.choose", records=chosen)
def choose_contact(*, language: str, email_wanted: bool, sms_wanted: bool, by: Actor, at: datetime) -> ContactChoice:
    """Choose the language of messages and the channels through which they come.

    Raises:
        NotAllowed: nobody is signed in.
        DomainError: `unknown-language`.
    """
    require(bool(by.id) and not by.system, "kernel.contact.choose")
    if language not in dict(settings.LANGUAGES):
        raise DomainError("unknown-language", field="language", value=language)
    choice, _ = ContactChoice.objects.update_or_create(
        account_id=by.id, defaults={"language": language, "email_wanted": email_wanted, "sms_wanted": sms_wanted}
    )
    return choice


def send_code(*, channel: str, address: str, by: Actor, at: datetime, language: str = "") -> None:
    """Send a code to an address, so that its holder can show that it is theirs.

    Only a slow hash of the code is kept. The old address stays in use until the new one is confirmed.

    Args:
        language: that of the page on which the code is typed; without it, the one of the account's messages.

    Raises:
        NotAllowed: nobody is signed in.
        DomainError: `channel-missing`, `code-too-soon`, `channel-unreachable` or `address-refused`.
    """
    require(bool(by.id) and not by.system, "kernel.contact.confirm")
    if channel not in channels():
        raise DomainError("channel-missing", field="address")
    last = ContactCode.objects.filter(account_id=by.id, channel=channel).first()
    if last and at - last.made_at < BETWEEN_CODES:
        raise DomainError("code-too-soon", field="address")
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    kept = {"address": address, "digest": make_password(code), "made_at": at, "tries": 0}
    row, _made = ContactCode.objects.update_or_create(account_id=by.id, channel=channel, defaults=kept)
    language = language or language_of(contact_of(by.id))
    with override(language):
        title = _("Your code is %(code)s") % {"code": code}
        text = _("Type this code on the page that asked for it. If you asked for none, do nothing.")
    try:
        send(channel, Letter(f"{row.pk}-{int(at.timestamp())}", address, title, text, "", language))
    except Unreachable:
        raise DomainError("channel-unreachable", field="address") from None
    except Refused:
        raise DomainError("address-refused", field="address", value=address) from None


def confirmed(choice: ContactChoice) -> Recorded:
    """The ledger line of a confirmed address: that there is one, never which."""
    return Recorded([{"account": choice.account_id}], {"account": choice.account_id})


def confirm_contact(*, channel: str, code: str, by: Actor, at: datetime) -> ContactChoice:
    """Confirm an address with the code that was sent to it. Every try counts, also one that fails.

    Raises:
        NotAllowed: nobody is signed in.
        DomainError: `code-wrong`, or `code-expired` when it is old, was tried too often, or none was sent.
    """
    require(bool(by.id) and not by.system, "kernel.contact.confirm")
    sent = ContactCode.objects.filter(account_id=by.id, channel=channel).first()
    if sent is None or at - sent.made_at > CODE_LIVES or sent.tries >= MOST_TRIES:
        raise DomainError("code-expired", field="code")
    tries = ContactCode.objects.filter(pk=sent.pk, tries=sent.tries)
    if tries.update(tries=F("tries") + 1) != 1 or not check_password(code.strip(), sent.digest):
        raise DomainError("code-wrong", field="code")
    return accept_address(sent=sent, by=by, at=at)


def tell_of_address(account: Account, *, at: datetime) -> None:
    """Tell the owner, at the addresses confirmed before, that another address takes the place of one of them."""
    key = f"sign-in:{new_id()}"
    href = "messages/settings/"
    notify(account=account, message="sign-in-address", parameters={}, key=key, at=at, href=href, always=True)


@act("kernel.contact.confirm", records=confirmed)
def accept_address(*, sent: ContactCode, by: Actor, at: datetime) -> ContactChoice:
    """Put a confirmed address in the place of the one before it."""
    require(sent.account_id == by.id, "kernel.contact.confirm")
    tell_of_address(Account.objects.get(pk=by.id), at=at)
    field = "email" if sent.channel == EMAIL else "phone"
    known = {field: sent.address, f"{field}_confirmed_at": at, f"{sent.channel}_wanted": True}
    choice, _made = ContactChoice.objects.update_or_create(account_id=by.id, defaults=known)
    ContactCode.objects.filter(pk=sent.pk).delete()
    return choice
