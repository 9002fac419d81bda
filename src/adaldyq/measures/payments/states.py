"""Lives of invoices, payment attempts, what providers tell, waivers and refunds."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.states import Transition, TransitionTable

CASHIER = "cashier"

ISSUED, PAID, WAIVED, EXPIRED, CANCELLED, REFUNDED = "issued", "paid", "waived", "expired", "cancelled", "refunded"
SETTLE, REOPEN, WAIVE, EXPIRE, CANCEL, GIVE_BACK = "settle", "reopen", "waive", "expire", "cancel", "give_back"
OWED = (ISSUED, PAID, WAIVED, REFUNDED)
"""States in which the fee is claimed; what comes in another state is to be given back."""

PAYABLE = (ISSUED, EXPIRED)

INVOICE = TransitionTable(
    "invoice",
    ISSUED,
    (
        Transition(ISSUED, SETTLE, PAID),
        Transition(ISSUED, WAIVE, WAIVED),
        Transition(ISSUED, EXPIRE, EXPIRED),
        Transition(ISSUED, CANCEL, CANCELLED),
        Transition(PAID, REOPEN, ISSUED),
        Transition(PAID, GIVE_BACK, REFUNDED),
        Transition(PAID, CANCEL, CANCELLED),
        Transition(EXPIRED, SETTLE, PAID),
        Transition(EXPIRED, CANCEL, CANCELLED),
        Transition(WAIVED, CANCEL, CANCELLED),
    ),
)
"""An invoice is paid, waived, expires or is cancelled. Money that comes after it expired pays it; money that a bank takes back
opens it again; of what was paid for a cancelled one, everything is to be given back."""

CREATED, STARTED, SUBMITTED, SUCCESS = "created", "started", "submitted", "success"
DECLINED, EXPIRED_ATTEMPT, CANCELLED_ATTEMPT, ERROR = "declined", "expired", "cancelled", "error"
DISPUTED, CHARGED_BACK = "disputed", "charged_back"
START, SUBMIT, SUCCEED, DECLINE, ABANDON, FAIL = "start", "submit", "succeed", "decline", "abandon", "fail"
DISPUTE, WIN, CHARGE_BACK = "dispute", "win", "charge_back"
CORRECT_SUCCESS, CORRECT_FAILURE, CORRECT_CHARGE_BACK = "correct_success", "correct_failure", "correct_charge_back"

OPEN_ATTEMPT = (CREATED, STARTED, SUBMITTED)
FAILED = (DECLINED, EXPIRED_ATTEMPT, CANCELLED_ATTEMPT, ERROR)
HELD = (SUCCESS, DISPUTED)
"""States in which money has come."""

GIVEABLE = (*HELD, CHARGED_BACK)
"""States in which money may be left to go back, also of a payment of which a part was taken back."""

ATTEMPT = TransitionTable(
    "payment_attempt",
    CREATED,
    (
        Transition(CREATED, START, STARTED),
        Transition(CREATED, SUBMIT, SUBMITTED),
        Transition(STARTED, SUBMIT, SUBMITTED),
        *(Transition(source, SUCCEED, SUCCESS) for source in OPEN_ATTEMPT),
        *(Transition(source, DECLINE, DECLINED) for source in OPEN_ATTEMPT),
        *(Transition(source, EXPIRE, EXPIRED_ATTEMPT) for source in OPEN_ATTEMPT),
        *(Transition(source, ABANDON, CANCELLED_ATTEMPT) for source in OPEN_ATTEMPT),
        *(Transition(source, FAIL, ERROR) for source in OPEN_ATTEMPT),
        Transition(SUCCESS, DISPUTE, DISPUTED),
        Transition(SUCCESS, CHARGE_BACK, CHARGED_BACK),
        Transition(DISPUTED, WIN, SUCCESS),
        Transition(DISPUTED, CHARGE_BACK, CHARGED_BACK),
        *(Transition(source, CORRECT_SUCCESS, SUCCESS) for source in FAILED),
        Transition(SUCCESS, CORRECT_FAILURE, ERROR),
        Transition(CHARGED_BACK, CORRECT_CHARGE_BACK, SUCCESS),
    ),
)
"""An attempt ends once. What turns out otherwise afterwards is a correction with its kind, never a quiet change."""

LATE_SUCCESS, FALSE_SUCCESS, REVERSED_CHARGE_BACK = "late_success", "false_success", "reversed_charge_back"
CORRECTIONS: Mapping[str, str] = {
    LATE_SUCCESS: CORRECT_SUCCESS,
    FALSE_SUCCESS: CORRECT_FAILURE,
    REVERSED_CHARGE_BACK: CORRECT_CHARGE_BACK,
}
"""By kind of correction, its step: money came after all; it had not come; a bank gave it back."""
LATE_REFUND = "late_refund"
"""A correction of what a refund of the payment came to, that had failed: it left after all."""

CORRECTION_KINDS = (*CORRECTIONS, LATE_REFUND)

STORED, APPLIED, WAITING, SUPERSEDED, REFUSED = "stored", "applied", "waiting", "superseded", "refused"
DISMISSED = "dismissed"
APPLY, WAIT, SUPERSEDE, REFUSE, DISMISS = "apply", "wait", "supersede", "refuse", "dismiss"
UNSETTLED = (STORED, WAITING)

PROVIDER_EVENT = TransitionTable(
    "provider_event",
    STORED,
    (
        *(Transition(source, APPLY, APPLIED) for source in UNSETTLED),
        *(Transition(source, SUPERSEDE, SUPERSEDED) for source in UNSETTLED),
        *(Transition(source, REFUSE, REFUSED) for source in UNSETTLED),
        Transition(STORED, WAIT, WAITING),
        Transition(WAITING, DISMISS, DISMISSED, CASHIER),
    ),
)
"""What a provider tells is stored, then applied once; it waits for what must come before it, is superseded by what came
later, or is refused since it does not fit the attempt. What waits for nothing that will come a person dismisses."""

PROPOSED, CONFIRMED, REJECTED = "proposed", "confirmed", "rejected"
CONFIRM, REJECT = "confirm", "reject"

WAIVER = TransitionTable(
    "waiver",
    PROPOSED,
    (Transition(PROPOSED, CONFIRM, CONFIRMED, CASHIER), Transition(PROPOSED, REJECT, REJECTED, CASHIER)),
)
"""A waiver needs two people: one proposes it with its ground, another confirms or rejects it."""

OF_TWO = (LATE_SUCCESS, REVERSED_CHARGE_BACK)
"""Kinds of corrections by which money is held after all."""

CORRECTION = TransitionTable(
    "attempt_correction",
    PROPOSED,
    (Transition(PROPOSED, CONFIRM, CONFIRMED, CASHIER), Transition(PROPOSED, REJECT, REJECTED, CASHIER)),
)
"""A correction by which money is held after all needs two people, unless the provider told of it; any other is made at once."""

REQUESTED, APPROVED, SENT, DONE, NOT_DONE = "requested", "approved", "sent", "done", "failed"
APPROVE, SEND, FINISH, RETURN, TAKE_BACK = "approve", "send", "finish", "return", "take_back"
COME_BACK, STAND, LEAVE, FALL = "come_back", "stand", "leave", "fall"
LIVE_REFUND = (REQUESTED, APPROVED, SENT, DONE)
"""States in which a refund takes from what was captured."""

REFUND = TransitionTable(
    "refund",
    REQUESTED,
    (
        Transition(REQUESTED, APPROVE, APPROVED, CASHIER),
        Transition(REQUESTED, REJECT, REJECTED, CASHIER),
        Transition(APPROVED, SEND, SENT),
        Transition(APPROVED, FINISH, DONE),
        Transition(SENT, FINISH, DONE),
        Transition(APPROVED, RETURN, NOT_DONE),
        Transition(SENT, RETURN, NOT_DONE),
        Transition(DONE, TAKE_BACK, APPROVED, CASHIER),
        Transition(DONE, COME_BACK, NOT_DONE, CASHIER),
        Transition(NOT_DONE, STAND, DONE, CASHIER),
        Transition(NOT_DONE, LEAVE, DONE),
        Transition(REQUESTED, FALL, REJECTED),
    ),
)
"""A refund needs a second person, is sent to the provider or goes by bank, and is done or comes back. One that an entry of a
statement was wrongly said to be is on its way again; one whose transfer the bank sent back has failed, unless that turns out wrong. One that
failed and left after all is done; what was asked for instead falls."""

OPEN_DAY, CLOSED_DAY = "open", "closed"
CLOSE = "close"

BANK_STATEMENT = TransitionTable("bank_statement", OPEN_DAY, (Transition(OPEN_DAY, CLOSE, CLOSED_DAY, CASHIER),))
"""A statement stays open until its balances agree and every entry is explained."""

NEW_ENTRY, MATCHED, QUEUED, EXPLAINED = "new", "matched", "queued", "explained"
MATCH, QUEUE, EXPLAIN = "match", "queue", "explain"
ENTRY_STATES = (NEW_ENTRY, MATCHED, QUEUED, EXPLAINED)
DONE_ENTRY = (MATCHED, EXPLAINED)

STATEMENT_ENTRY = TransitionTable(
    "statement_entry",
    NEW_ENTRY,
    (
        Transition(NEW_ENTRY, MATCH, MATCHED),
        Transition(NEW_ENTRY, QUEUE, QUEUED),
        Transition(MATCHED, QUEUE, QUEUED),
        Transition(QUEUED, EXPLAIN, EXPLAINED, CASHIER),
        *(Transition(source, TAKE_BACK, QUEUED, CASHIER) for source in (EXPLAINED, MATCHED)),
    ),
)
"""An entry is matched by the house itself, or waits for a person who explains it; so does one whose invoice was paid before
the entry came into the books. While its day is open another person takes a wrong explanation back."""
