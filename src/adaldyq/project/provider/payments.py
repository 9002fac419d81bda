"""Payments of the test provider: what payers and the portal do with them, each step told by an event."""

from __future__ import annotations

import hashlib
import json
import random
import secrets
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from adaldyq.project.provider.behaviour import Behaviour
from adaldyq.project.provider.store import Store

CREATED, STARTED, SUBMITTED, SUCCESS = "created", "started", "submitted", "success"
DECLINED, EXPIRED, CANCELLED, ERROR = "declined", "expired", "cancelled", "error"
DISPUTED, CHARGED_BACK, WON = "disputed", "charged_back", "dispute_won"
REFUNDED = "refunded"
CARD, TRANSFER, MOBILE = "card", "transfer", "mobile"
METHODS = (CARD, TRANSFER, MOBILE)
OPEN = (CREATED, STARTED)
FROM: Mapping[str, tuple[str, ...]] = {
    STARTED: (CREATED,),
    SUBMITTED: OPEN,
    SUCCESS: (*OPEN, SUBMITTED),
    DECLINED: (*OPEN, SUBMITTED),
    ERROR: OPEN,
    CANCELLED: OPEN,
    EXPIRED: (*OPEN, SUBMITTED),
    DISPUTED: (SUCCESS,),
    CHARGED_BACK: (DISPUTED,),
    WON: (DISPUTED,),
}
"""From which states each step may be taken."""
SECONDS_TO_PAY = 3 * 24 * 3600.0
CARDS: Mapping[str, tuple[str, str]] = {
    "4111111111111111": (SUCCESS, ""),
    "4000000000000002": (DECLINED, "insufficient_funds"),
    "4000000000000069": (DECLINED, "expired_card"),
    "4000000000000119": (ERROR, "bank_unreachable"),
    "4000000000000259": (DISPUTED, ""),
}
"""What becomes of a payment by each card: its state, and why."""
CHANCE = random.Random()  # noqa: S311  # how webhooks go astray is no secret


class Refused(Exception):  # reads as what it is
    """What the provider does not do.

    Attributes:
        code: why, for programs.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A payment that the portal asks for.

    Attributes:
        merchant_key: what the portal calls it.
        reference: what the payer's statement calls it.
        amount: minor units.
        language: in which the payer is spoken to.
    """

    merchant_key: str
    reference: str
    purpose: str
    amount: int
    currency: str
    return_url: str
    webhook_url: str
    language: str


def create(store: Store, wanted: Wanted, key: str) -> dict[str, Any]:
    """Make a payment, or find the one that was made with this key.

    Raises:
        Refused: `key-reused` for another payment with the same key.
    """
    request = hashlib.sha256(json.dumps(asdict(wanted), sort_keys=True).encode()).hexdigest()
    with store.writing() as connection:
        known = connection.execute("SELECT * FROM payment WHERE key = ?", (key,)).fetchone()
        if known:
            if known["request"] != request:
                raise Refused("key-reused")
            return dict(known)
        now = time.time()
        row = {
            "id": f"pay_{secrets.token_hex(12)}",
            "key": key,
            "request": request,
            **asdict(wanted),
            "state": CREATED,
            "made_at": now,
            "expires_at": now + SECONDS_TO_PAY,
        }
        columns = ", ".join(row)
        connection.execute(
            f"INSERT INTO payment ({columns}) VALUES ({', '.join('?' * len(row))})",  # noqa: S608  # our own names
            tuple(row.values()),
        )
    return found(store, str(row["id"]))


def found(store: Store, payment: str) -> dict[str, Any]:
    """A payment by its id.

    Raises:
        Refused: `no-such-payment`.
    """
    row = store.row("SELECT * FROM payment WHERE id = ?", payment)
    if row is None:
        raise Refused("no-such-payment")
    return row


def step(store: Store, payment: str, to: str, zone: ZoneInfo, **facts: str) -> dict[str, Any]:
    """Take a payment to a state, tell it, and book what it moves.

    Raises:
        Refused: `no-such-payment`, or `not-now` when its state does not permit it.
    """
    behaviour = store.behaviour()
    with store.writing() as connection:
        row = connection.execute("SELECT * FROM payment WHERE id = ?", (payment,)).fetchone()
        if row is None:
            raise Refused("no-such-payment")
        if row["state"] not in FROM[to]:
            raise Refused("not-now")
        state = SUCCESS if to == WON else to
        connection.execute(
            "UPDATE payment SET state = ?, method = ?, reason = ? WHERE id = ?",
            (state, facts.get("method", row["method"]), facts.get("reason", ""), payment),
        )
        tell(connection, dict(row), f"payment.{to}", behaviour, {"reason": facts.get("reason", "")})
        if to in {SUCCESS, CHARGED_BACK}:
            sign = 1 if to == SUCCESS else -1
            party = facts.get("party", "")
            book(connection, dict(row), sign * row["amount"], zone, party=party, words=words_of(dict(row), to))
    if to == SUCCESS and CHANCE.random() < behaviour.dispute:
        return step(store, payment, DISPUTED, zone, reason="not_recognised")
    return found(store, payment)


def words_of(payment: Mapping[str, Any], to: str) -> str:
    """What the statement says of a movement."""
    return f"Chargeback {payment['id']}" if to == CHARGED_BACK else str(payment["purpose"])


def tell(
    connection: sqlite3.Connection,
    payment: Mapping[str, Any],
    kind: str,
    behaviour: Behaviour,
    facts: Mapping[str, object],
) -> None:
    """Keep an event of a payment, and have its webhooks sent as often and as late as behaviour says."""
    (last,) = connection.execute(
        "SELECT coalesce(max(sequence), 0) FROM event WHERE payment = ?", (payment["id"],)
    ).fetchone()
    now, key = time.time(), f"evt_{secrets.token_hex(12)}"
    body = {
        "id": key,
        "kind": kind,
        "payment": payment["id"],
        "merchant_key": payment["merchant_key"],
        "reference": payment["reference"],
        "amount": payment["amount"],
        "currency": payment["currency"],
        "sequence": last + 1,
        "at": datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds"),
        **{name: value for name, value in facts.items() if value not in {"", None}},
    }
    row = (key, payment["id"], last + 1, kind, json.dumps(body, sort_keys=True), now)
    connection.execute("INSERT INTO event (id, payment, sequence, kind, body, at) VALUES (?, ?, ?, ?, ?, ?)", row)
    for late in behaviour.sendings(CHANCE):
        connection.execute("INSERT INTO delivery (event, due) VALUES (?, ?)", (key, now + late))


def book(
    connection: sqlite3.Connection,
    payment: Mapping[str, Any],
    amount: int,
    zone: ZoneInfo,
    *,
    party: str,
    words: str,
    reference: str | None = None,
    merchant_key: str | None = None,
) -> None:
    """Write an entry of the account.

    Args:
        reference: what the payer gave, where it is not the payment's.
        merchant_key: what the portal calls it, where that is not the payment's name.
    """
    row = {
        "day": datetime.now(zone).date().isoformat(),
        "payment": payment["id"],
        "amount": amount,
        "currency": payment["currency"],
        "reference": payment["reference"] if reference is None else reference,
        "merchant_key": payment["merchant_key"] if merchant_key is None else merchant_key,
        "party": party,
        "words": words,
    }
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO entry ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))  # noqa: S608  # our own names


def pay_by_card(store: Store, payment: str, number: str, zone: ZoneInfo) -> dict[str, Any]:
    """Pay by a card, with what its number or behaviour leads to.

    Raises:
        Refused: `unknown-card`, or as `step`.
    """
    if number not in CARDS:
        raise Refused("unknown-card")
    to, reason = CARDS[number]
    facts = {"method": CARD, "party": f"CARD {number[:4]}...{number[-4:]}"}
    if to in {SUCCESS, DISPUTED}:
        row = pay(store, payment, zone, **facts)
        disputes = to == DISPUTED and row["state"] == SUCCESS
        return step(store, payment, DISPUTED, zone, reason="not_recognised") if disputes else row
    return step(store, payment, to, zone, reason=reason, **facts)


def pay(store: Store, payment: str, zone: ZoneInfo, **facts: str) -> dict[str, Any]:
    """Let a payment succeed, unless behaviour declines it.

    Raises:
        Refused: as `step`.
    """
    if CHANCE.random() < store.behaviour().decline:
        return step(store, payment, DECLINED, zone, reason="declined_by_bank", **facts)
    return step(store, payment, SUCCESS, zone, **facts)


def transfer(store: Store, payment: str, amount: int, reference: str, zone: ZoneInfo) -> dict[str, Any]:
    """Let money come by transfer, in whatever amount and with whatever reference the payer writes.

    What is right pays; anything else is an entry of the statement only, as at a bank.

    Raises:
        Refused: `no-such-payment`, or `not-now` for one that nobody can pay.
    """
    row = found(store, payment)
    if row["state"] in OPEN:
        row = step(store, payment, SUBMITTED, zone, method=TRANSFER)
    if row["state"] == SUBMITTED and (amount, reference) == (row["amount"], row["reference"]):
        return pay(store, payment, zone, method=TRANSFER, party="TRANSFER")
    if row["state"] not in {SUBMITTED, SUCCESS}:
        raise Refused("not-now")
    with store.writing() as connection:
        book(
            connection, row, amount, zone, party="TRANSFER", words=row["purpose"], reference=reference, merchant_key=""
        )
    return row


def refund(store: Store, payment: str, amount: int, key: str, zone: ZoneInfo) -> dict[str, Any]:
    """Give money back, once for a key.

    Raises:
        Refused: `no-such-payment`, `not-now`, `key-reused`, `refund-too-large`.
    """
    behaviour = store.behaviour()
    with store.writing() as connection:
        known = connection.execute("SELECT * FROM refund WHERE key = ?", (key,)).fetchone()
        if known:
            if (known["payment"], known["amount"]) != (payment, amount):
                raise Refused("key-reused")
            return dict(known)
        row = connection.execute("SELECT * FROM payment WHERE id = ?", (payment,)).fetchone()
        if row is None:
            raise Refused("no-such-payment")
        if row["state"] != SUCCESS:
            raise Refused("not-now")
        (before,) = connection.execute(
            "SELECT coalesce(sum(amount), 0) FROM refund WHERE payment = ?", (payment,)
        ).fetchone()
        if not 0 < amount <= row["amount"] - before:
            raise Refused("refund-too-large")
        made = {"id": f"ref_{secrets.token_hex(12)}", "key": key, "payment": payment, "amount": amount}
        connection.execute(
            "INSERT INTO refund (id, key, payment, amount, state, made_at) VALUES (?, ?, ?, ?, ?, ?)",
            (*made.values(), REFUNDED, time.time()),
        )
        tell(connection, dict(row), "refund.done", behaviour, {"refund": made["id"], "key": key, "refunded": amount})
        words = f"Refund {made['id']}"
        book(connection, dict(row), -amount, zone, party="REFUND", words=words, merchant_key=key)
    return {**made, "state": REFUNDED}


def expire(store: Store, zone: ZoneInfo) -> None:
    """Let payments expire whose time is over."""
    waiting = (CREATED, STARTED, SUBMITTED)
    marks = ", ".join("?" * len(waiting))
    query = f"SELECT id FROM payment WHERE state IN ({marks}) AND expires_at < ?"  # noqa: S608  # marks only
    for row in store.rows(query, *waiting, time.time()):
        try:
            step(store, row["id"], EXPIRED, zone)
        except Refused:  # paid just now
            continue
