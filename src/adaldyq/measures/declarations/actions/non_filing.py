"""Acts on declarations that were not filed: notice by the clock, offence, fine and invoice, appeal.

The registrar who establishes an offence does not fine, and a reviewer hears the appeal (`duties.csv`). Nobody decides
about themselves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.ports import INVOICE
from adaldyq.kernel.ports.actions import withdraw
from adaldyq.kernel.states import advance
from adaldyq.measures.declarations.actions.invoices import ask_invoice, cancel_invoice
from adaldyq.measures.declarations.actions.relief import check_living, check_text, page_of, tell
from adaldyq.measures.declarations.domain.fines import PAYMENT, fine_on
from adaldyq.measures.declarations.models import FineInvoice, NonFiling, Obligation
from adaldyq.measures.declarations.policies import check_self, may_hear, require_decider
from adaldyq.measures.declarations.queries.non_filing import is_late, to_notice
from adaldyq.measures.declarations.states import PAID, WAITING

NOTICE = "declarations.non_filing.notice"
GIVE = "declarations.non_filing.give"
ESTABLISH, FINE, DROP = (f"declarations.non_filing.{verb}" for verb in ("establish", "fine", "drop"))
PAY = "declarations.non_filing.pay"
APPEAL, DECIDE = "declarations.non_filing.appeal", "declarations.non_filing.decide_appeal"
TOGETHER = 500


def noticed(notices: Sequence[NonFiling]) -> Recorded:
    """The ledger line of a batch of notices: how many, and a digest of which."""
    facts: dict[str, object] = {"rows": len(notices), "digest": digest(one.pk for one in notices)}
    return Recorded([facts], {"rows": len(notices)})


@act(NOTICE, leaves=Leaves.PER_BATCH, records=noticed)
def give_notices(*, by: Actor, at: datetime) -> Sequence[NonFiling]:
    """Give notice to a batch of those whose last day to file has passed and who have not filed.

    Raises:
        NotAllowed: `by` is not the clock.
    """
    require(by.system, NOTICE)
    decision = naming.pack().due("non_filing_decision", day_of(at))
    notices = [
        NonFiling(obligation=one, person_id=one.person_id, noticed_at=at, decision_due_date=decision)
        for one in to_notice(day_of(at))[:TOGETHER]
    ]
    NonFiling.objects.bulk_create(notices)
    for one in notices:
        tell(one.person_id, "non-filing-notice", {"year": one.owed.year}, one.pk, at, page_of(one))
    return notices


def give_all_notices(*, by: Actor, at: datetime) -> int:
    """Give every notice that is due, batch by batch; without an act when there is none."""
    given = 0
    while to_notice(day_of(at)).exists():
        given += len(give_notices(by=by, at=at))
    return given


def given(one: NonFiling) -> Recorded:
    """The ledger line of one notice."""
    facts: dict[str, object] = {"non_filing": one.pk, "obligation": one.owed.pk, "state": one.state}
    return Recorded([facts], {"non_filing": one.pk, "state": one.state})


@act(GIVE, records=given)
def give_notice(*, obligation: Obligation, by: Actor, at: datetime) -> NonFiling:
    """Give notice of an obligation that only a source states, about which the clock keeps silent.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        DomainError: `own-obligation`, `person-has-died`, or `notice-not-due` when something was filed, the last day has not passed, or notice
            was given.
    """
    require_decider(by, GIVE, obligation)
    check_living(obligation)
    today = day_of(at)
    owed = Obligation.objects.filter(pk=obligation.pk, filed_date__isnull=True, due_date__lt=today)
    if not owed.filter(non_filing__isnull=True).exists():
        raise DomainError("notice-not-due")
    decision = naming.pack().due("non_filing_decision", today)
    made = NonFiling.objects.create(
        obligation=obligation, person_id=obligation.person_id, noticed_at=at, decision_due_date=decision
    )
    tell(made.person_id, "non-filing-notice", {"year": obligation.year}, made.pk, at, page_of(made))
    return made


def check_in_term(one: NonFiling, today: date) -> None:
    """Hold whoever establishes or fines to the term of the decision; after it nothing may follow.

    Raises:
        DomainError: `decision-too-late`.
    """
    if today > one.decision_due_date:
        raise DomainError("decision-too-late", day=one.decision_due_date)


def check_late(one: NonFiling, today: date) -> None:
    """Hold nothing against somebody who filed in time, or still may.

    Raises:
        DomainError: `nothing-late`.
    """
    if not is_late(one, today):
        raise DomainError("nothing-late")


def stepped(one: NonFiling) -> Recorded:
    """The ledger line of a step: which, its state, the fine, and the hash of the words behind it."""
    later = filter(None, [one.fine_ground, one.back_ground, one.back_refusal])
    said = (one.finding, one.drop_ground, one.appeal_text, one.appeal_ground, *later)
    words = "\n".join(said)
    facts: dict[str, object] = {
        "non_filing": one.pk,
        "obligation": one.owed.pk,
        "state": one.state,
        "fine": str(one.fine_amount or ""),
        "words": hashlib.sha256(words.encode()).hexdigest(),
    }
    return Recorded([facts], {"non_filing": one.pk, "state": one.state})


@act(ESTABLISH, records=stepped, on="non_filing")
def establish_offence(*, non_filing: NonFiling, finding: str, by: Actor, at: datetime) -> NonFiling:
    """Establish that not filing was an offence; another registrar fines.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        DomainError: `own-obligation`, `person-has-died`, `nothing-late`, `decision-too-late`, `reason-missing`,
            `reason-too-long`.
        Conflict: its state does not permit it, or somebody was first.
    """
    require_decider(by, ESTABLISH, non_filing.owed)
    check_living(non_filing.owed)
    check_late(non_filing, day_of(at))
    check_in_term(non_filing, day_of(at))
    check_text(finding, "text", "reason-missing")
    return advance(
        non_filing, "establish", by=by, at=at, finding=finding.strip(), established_by=by.id, established_at=at
    )


@act(FINE, records=stepped, on="non_filing")
def fine(*, non_filing: NonFiling, ground: str = "", by: Actor, at: datetime) -> NonFiling:
    """Fine for an established offence, by the pack's units of the day, and hand the invoice over.

    Args:
        ground: what is to be said beside what shows the offence; may be empty.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        DomainError: `own-obligation`, `acts-apart` when `by` established the offence, `person-has-died`,
            `nothing-late`, `decision-too-late`, `no-such-value`, `reason-too-long`.
        Conflict: its state does not permit it, or somebody was first.
    """
    require_decider(by, FINE, non_filing.owed)
    check_living(non_filing.owed)
    check_late(non_filing, day_of(at))
    check_in_term(non_filing, day_of(at))
    if ground.strip():
        check_text(ground, "text", "reason-missing")
    pack, today = naming.pack(), day_of(at)
    found = fine_on(pack, today)
    fined = advance(
        non_filing,
        "fine",
        by=by,
        at=at,
        fine_amount=found.amount.amount,
        fine_currency=found.amount.currency,
        fine_law=found.law,
        fine_ground=ground.strip(),
        fined_by=by.id,
        fined_at=at,
        appeal_due_date=pack.due("appeal", today),
    )
    ask_invoice(fined, due_date=pack.due(PAYMENT, today), by=by, at=at)
    tell(fined.person_id, "non-filing-fined", {"year": fined.owed.year}, fined.pk, at, page_of(fined))
    return fined


def paid(one: NonFiling) -> Recorded:
    """The ledger line of a payment: of which fine, how much, and the hash of what shows it."""
    facts: dict[str, object] = {
        "non_filing": one.pk,
        "fine": str(one.fine_amount or ""),
        "payment": hashlib.sha256(one.invoice.payment.encode()).hexdigest(),
    }
    return Recorded([facts], {"non_filing": one.pk, "state": PAID})


@act(PAY, records=paid, on="non_filing")
def note_payment(*, non_filing: NonFiling, payment: str, by: Actor, at: datetime) -> NonFiling:
    """Note that a fine was paid outside, as the treasury tells; its invoice is taken back where one was asked for.

    Args:
        payment: what shows it, such as the number and day of the payment.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        DomainError: `own-obligation`, `reason-missing`, `reason-too-long`.
        Conflict: its invoice does not wait, or somebody was first.
    """
    require_decider(by, PAY, non_filing.owed)
    check_text(payment, "text", "reason-missing")
    waiting = FineInvoice.objects.filter(non_filing=non_filing, state=WAITING)
    if not waiting.update(state=PAID, paid_at=at, payment=payment.strip()):
        raise Conflict(PAY, non_filing.state)
    non_filing.invoice = FineInvoice.objects.get(non_filing=non_filing)
    withdraw(port=INVOICE, about=non_filing.invoice, by=by, at=at)
    return non_filing


@act(DROP, records=stepped, on="non_filing")
def drop(*, non_filing: NonFiling, ground: str, by: Actor, at: datetime) -> NonFiling:
    """Let nothing follow, with the ground.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        DomainError: `own-obligation`, `reason-missing`, `reason-too-long`.
        Conflict: its state does not permit it, or somebody was first.
    """
    require_decider(by, DROP, non_filing.owed)
    check_text(ground, "text", "reason-missing")
    dropped = advance(non_filing, "drop", by=by, at=at, drop_ground=ground.strip(), dropped_by=by.id, dropped_at=at)
    tell(dropped.person_id, "non-filing-dropped", {"year": dropped.owed.year}, dropped.pk, at, page_of(dropped))
    return dropped


@act(APPEAL, records=stepped, on="non_filing")
def appeal(*, non_filing: NonFiling, text: str, by: Actor, at: datetime) -> NonFiling:
    """Appeal against the fine, as the person who was fined.

    Raises:
        NotAllowed: `by` is somebody else.
        DomainError: `appeal-missing`, `reason-too-long`, `appeal-too-late`.
        Conflict: its state does not permit it.
    """
    require(not by.system and bool(by.person) and by.person == non_filing.person_id, APPEAL)
    check_text(text, "text", "appeal-missing")
    today = day_of(at)
    if non_filing.appeal_due_date is not None and today > non_filing.appeal_due_date:
        raise DomainError("appeal-too-late", field="text", day=non_filing.appeal_due_date)
    answer = naming.pack().due("appeal_answer", today)
    return advance(
        non_filing, "appeal", by=by, at=at, appeal_text=text.strip(), appealed_at=at, appeal_answer_due_date=answer
    )


@act(DECIDE, records=stepped, on="non_filing")
def decide_appeal(*, non_filing: NonFiling, upheld: bool, ground: str, by: Actor, at: datetime) -> NonFiling:
    """Decide an appeal: the fine stands, or falls with its invoice.

    Args:
        upheld: whether the fine stands.

    Raises:
        NotAllowed: `by` is not a reviewer.
        DomainError: `own-obligation`, `reason-missing`, `reason-too-long`.
        Conflict: its state does not permit it, or somebody was first.
    """
    require(not by.system and may_hear(by, non_filing.owed.body), DECIDE)
    check_self(by, non_filing.owed)
    check_text(ground, "text", "reason-missing")
    decided = advance(
        non_filing,
        "uphold" if upheld else "overturn",
        by=by,
        at=at,
        appeal_ground=ground.strip(),
        appeal_decided_by=by.id,
        appeal_decided_at=at,
    )
    if not upheld:
        cancel_invoice(decided, by=by, at=at)
    tell(
        decided.person_id,
        "non-filing-appeal-decided",
        {"year": decided.owed.year},
        decided.pk,
        at,
        page_of(decided),
    )
    return decided
