"""Matching entries of statements by whole sets: by our key, by the invoice's reference, then by amount and date.

What an entry shows and nobody told before (a webhook was lost, a payer paid at a bank) is written first, through the same
acts as always; then what providers had told is moved in the books from them to the bank. What is left waits for a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Sum

from adaldyq.kernel.actor import Actor, require, system
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.measures.payments.actions.books import post
from adaldyq.measures.payments.actions.provider_events import apply_provider_events, record_provider_event
from adaldyq.measures.payments.actions.proving import prove_entries
from adaldyq.measures.payments.domain.providing import Said
from adaldyq.measures.payments.domain.standing import BANK, LEFT_BY, clearing
from adaldyq.measures.payments.models import BankStatement, BookEntry, Invoice, PaymentAttempt, Refund, StatementEntry
from adaldyq.measures.payments.models.statements import (
    BY_AMOUNT,
    BY_KEY,
    BY_REFERENCE,
    DOUBLE,
    EXACT,
    GIVEN_BACK,
    OVER,
    SETTLED,
    TAKEN_BACK,
    UNDER,
    UNMATCHED,
)
from adaldyq.measures.payments.queries.refunds import OWED_BACK, may_have_left
from adaldyq.measures.payments.states import (
    CHARGED_BACK,
    DONE,
    FAILED,
    ISSUED,
    MATCHED,
    NEW_ENTRY,
    NOT_DONE,
    OPEN_ATTEMPT,
    QUEUED,
    REQUESTED,
)

MATCH_ACT = "payments.statement.match"
BY = system("statements")
TO_PAY = F("amount") - F("waived") - F("reduced") - F("captured") + F("refunded") + F("charged_back")
FEW = 200
AFTER_DUE = timedelta(days=60)
"""How long after its last day an invoice may be meant by a payment of its amount without a reference."""

Entries = QuerySet[StatementEntry]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of matching a statement.

    Attributes:
        matched: how many of its entries are matched or explained.
        queued: how many wait for a person.
    """

    statement: BankStatement
    matched: int
    queued: int


def told(outcome: Outcome) -> Recorded:
    """The ledger line: of which statement, and how many entries are matched and wait."""
    statement = outcome.statement
    facts: dict[str, object] = {"statement": statement.pk, "matched": outcome.matched, "queued": outcome.queued}
    return Recorded([facts], {"statement": statement.pk})


def match_statement(*, statement: BankStatement, at: datetime) -> Outcome:
    """Match the new entries of a statement, as the house itself does. What was broken off before is gone on with."""
    hear(statement, at)
    settle_statement(statement=statement, by=BY, at=at)
    prove_entries(statement=statement, at=at)
    return outcome_of(statement)


@act(MATCH_ACT, leaves=Leaves.PER_BATCH, records=told)
def settle_statement(*, statement: BankStatement, by: Actor, at: datetime) -> Outcome:
    """Match the new entries of a statement and enter them in the books; the rest waits for a person.

    Raises:
        NotAllowed: `by` is a person.
    """
    require(by.system, MATCH_ACT)
    BankStatement.objects.select_for_update().get(pk=statement.pk)
    new = statement.entries.filter(state=NEW_ENTRY)
    by_key(new)
    by_reference(new)
    by_amount(new)
    queue(new)
    post_settled(statement, at)
    return outcome_of(statement)


def outcome_of(statement: BankStatement) -> Outcome:
    """How far a statement is matched."""
    queued = statement.entries.filter(state=QUEUED).count()
    return Outcome(statement, statement.count - queued, queued)


def of_key(*, sign: int) -> QuerySet[PaymentAttempt]:
    """The attempt at a provider whose key an entry bears, with its amount; of what was taken back, with what was told.

    Less than the whole that nobody told of may be something else: a person decides (`charging_back`).
    """
    known = PaymentAttempt.objects.filter(pk=OuterRef("end_to_end"), currency=OuterRef("currency"))
    same = known.exclude(provider=BANK)
    if sign > 0:
        return same.filter(amount=OuterRef("amount"))
    taken = same.annotate(taken=-OuterRef("amount"))
    return taken.filter(Q(charged_back=0, amount=F("taken")) | Q(charged_back=F("taken")))


def refund_of_key() -> QuerySet[Refund]:
    """The refund whose key an entry bears, with its amount."""
    return Refund.objects.filter(pk=OuterRef("end_to_end"), amount=-OuterRef("amount"), currency=OuterRef("currency"))


def firsts(entries: Entries, *, within: Sequence[str]) -> Entries:
    """Of entries that say the same, the first: one payment is settled once, whatever a bank repeats."""
    lowest = entries.order_by().values(*within).annotate(first=Min("pk")).values("first")
    return entries.filter(pk__in=lowest)


def hear(statement: BankStatement, at: datetime) -> None:
    """Take as told by the provider what only the statement shows: its webhook was lost, or is still to come."""
    new = statement.entries.filter(state=NEW_ENTRY).exclude(end_to_end="")
    unheard = (*OPEN_ATTEMPT, *FAILED)
    came = new.filter(Exists(of_key(sign=1).filter(state__in=unheard)), amount__gt=0)
    taken = new.filter(Exists(of_key(sign=-1).filter(charged_back=0)), amount__lt=0)
    on_its_way = refund_of_key().exclude(state__in=(DONE, NOT_DONE)).exclude(attempt__provider=BANK, state=REQUESTED)
    late = may_have_left(refund_of_key())
    back = new.filter(Exists(on_its_way) | Exists(late), amount__lt=0)
    events = [
        *(event_of(one, "succeeded", one.end_to_end, "", at) for one in came),
        *(event_of(one, "charged_back", one.end_to_end, "", at) for one in taken),
    ]
    refunds = {one.pk: one for one in Refund.objects.filter(pk__any_of=[one.end_to_end for one in back])}
    events += [event_of(one, "refund_done", refunds[one.end_to_end].attempt_id, one.end_to_end, at) for one in back]
    if events:
        apply_provider_events(events=events, by=BY, at=at)


def event_of(entry: StatementEntry, kind: str, attempt: str, refund: str, at: datetime) -> Any:
    """What an entry tells, stored as an event of the provider."""
    found = PaymentAttempt.objects.get(pk=attempt)
    said = Said(f"statement:{entry.key}", kind, attempt, abs(entry.amount), entry.currency, refund_key=refund)
    raw = f"{entry.statement_id} {entry.place} {entry.key}".encode()
    return record_provider_event(provider=found.provider, raw=raw, said=said, told_by="statement", at=at)[0]


def by_key(new: Entries) -> None:
    """Match what bears our key of a payment or of a refund, and moves just what that was for."""
    named = new.exclude(end_to_end="")
    settled = StatementEntry.objects.filter(attempt=OuterRef("end_to_end"), verdict=SETTLED)
    came = of_key(sign=1).exclude(state__in=(*OPEN_ATTEMPT, *FAILED))
    first = firsts(named.filter(Exists(came), ~Exists(settled), amount__gt=0), within=["end_to_end"])
    first.update(state=MATCHED, verdict=SETTLED, way=BY_KEY, attempt_id=F("end_to_end"))
    taken = StatementEntry.objects.filter(attempt=OuterRef("end_to_end"), verdict=TAKEN_BACK)
    lost = of_key(sign=-1).filter(state=CHARGED_BACK)
    first = firsts(named.filter(Exists(lost), ~Exists(taken), amount__lt=0), within=["end_to_end"])
    first.update(state=MATCHED, verdict=TAKEN_BACK, way=BY_KEY, attempt_id=F("end_to_end"))
    given = StatementEntry.objects.filter(refund=OuterRef("end_to_end"), verdict=GIVEN_BACK)
    back = refund_of_key().annotate(owed=OWED_BACK).filter(Q(state=DONE) | Q(owed__gt=0))
    first = firsts(named.filter(Exists(back), ~Exists(given), amount__lt=0), within=["end_to_end"])
    attempt = Subquery(Refund.objects.filter(pk=OuterRef("end_to_end")).values("attempt")[:1])
    facts = {"state": MATCHED, "verdict": GIVEN_BACK, "way": BY_KEY}
    first.update(**facts, refund_id=F("end_to_end"), attempt_id=attempt)


def by_reference(new: Entries) -> None:
    """Match what bears an invoice's reference: the one payment of it that a provider told of, else what is left to pay."""
    named = new.filter(amount__gt=0).exclude(reference="")
    told_of = PaymentAttempt.objects.filter(
        invoice__reference=OuterRef("reference"), amount=OuterRef("amount"), currency=OuterRef("currency")
    )
    unsettled = (
        told_of.exclude(provider=BANK)
        .exclude(state__in=(*OPEN_ATTEMPT, *FAILED))
        .exclude(statement_entries__verdict=SETTLED)
    )
    first = firsts(named.filter(Exists(unsettled)), within=["reference", "amount"])
    found = Subquery(unsettled.order_by("created_at", "pk").values("pk")[:1])
    first.update(state=MATCHED, verdict=SETTLED, way=BY_REFERENCE, attempt_id=found)
    owed = Invoice.objects.annotate(left=TO_PAY).filter(
        reference=OuterRef("reference"), left=OuterRef("amount"), currency=OuterRef("currency"), state=ISSUED
    )
    first = firsts(named.filter(Exists(owed)), within=["reference"])
    first.update(state=MATCHED, verdict=EXACT, way=BY_REFERENCE, invoice_id=Subquery(owed.values("pk")[:1]))


def by_amount(new: Entries) -> None:
    """Match by amount and date what bears no reference nor key of ours: only where one entry and one invoice can mean each other."""
    known = Invoice.objects.filter(reference=OuterRef("reference"))
    ours = PaymentAttempt.objects.filter(pk=OuterRef("end_to_end"))
    given_back = Refund.objects.filter(pk=OuterRef("end_to_end"))
    unnamed = new.filter(~Exists(known), ~Exists(ours), ~Exists(given_back), amount__gt=0)
    left = list(unnamed.values_list("pk", "amount", "currency", "booked_date"))
    if not left:
        return
    alike = Counter((amount, currency) for _pk, amount, currency, _day in left)
    taken = StatementEntry.objects.filter(invoice=OuterRef("pk"), verdict=EXACT, posting="")
    owed = Invoice.objects.annotate(left=TO_PAY).filter(~Exists(taken), state=ISSUED)
    rows = owed.filter(left_in(alike)).values_list("pk", "left", "currency", "issued_at", "due_date")
    invoices: dict[tuple[int, str], list[Any]] = {}
    for pk, to_pay, currency, issued, due in rows:
        invoices.setdefault((to_pay, currency), []).append((pk, issued.date(), due))
    for pk, amount, currency, day in left:
        found = invoices.get((amount, currency), [])
        if alike[amount, currency] == 1 and len(found) == 1 and found[0][1] <= day <= found[0][2] + AFTER_DUE:
            new.filter(pk=pk).update(state=MATCHED, verdict=EXACT, way=BY_AMOUNT, invoice_id=found[0][0])


def left_in(amounts: Iterable[tuple[int, str]]) -> Q:
    """Condition that what is left to pay is one of some amounts, or lies between them when they are many."""
    wanted = sorted({amount for amount, _currency in amounts})
    return Q(left__in=wanted) if len(wanted) <= FEW else Q(left__gte=wanted[0], left__lte=wanted[-1])


def queue(new: Entries) -> None:
    """Let a person decide about the rest, with what it may be."""
    named = Invoice.objects.filter(reference=OuterRef("reference"), currency=OuterRef("currency"))
    of_reference = new.filter(Exists(named)).exclude(reference="")
    of_reference.update(invoice_id=Subquery(named.values("pk")[:1]), way=BY_REFERENCE)
    of_verdict: dict[str, list[str]] = {}
    for one in new.filter(invoice__isnull=False, amount__gt=0).select_related("invoice"):
        of_verdict.setdefault(verdict_of(one.amount, one.invoice), []).append(one.pk)
    for verdict, keys in of_verdict.items():
        new.filter(pk__any_of=keys).update(verdict=verdict)
    new.filter(verdict="").update(verdict=UNMATCHED)
    new.update(state=QUEUED)


def verdict_of(amount: int, invoice: Invoice | None) -> str:
    """What money for an invoice is: all of what is left to pay, less, more, or paid once more."""
    if invoice is None:
        return UNMATCHED
    if not invoice.to_pay:
        return DOUBLE
    return EXACT if amount == invoice.to_pay else UNDER if amount < invoice.to_pay else OVER


def post_settled(statement: BankStatement, at: datetime) -> None:
    """Enter what providers had told of as moved from them to the bank, in one posting for each provider and kind.

    A refund of money that came by bank left the bank in the books when it was done.
    """
    settled = statement.entries.filter(state=MATCHED, posting="", verdict__in=(SETTLED, GIVEN_BACK, TAKEN_BACK))
    left = BookEntry.objects.filter(refund=OuterRef("refund"), kind__in=LEFT_BY, credit=BANK).order_by("-at")
    settled.filter(attempt__provider=BANK).update(posting=Subquery(left.values("posting")[:1]))
    sums = settled.values_list("verdict", "attempt__provider").annotate(Sum("amount")).order_by()
    for verdict, provider, amount in list(sums):
        made = post(
            {BANK: amount, clearing(provider): -amount},
            kind="settlement",
            currency=statement.currency,
            at=at,
            memo=f"{statement.pk} {verdict}",
        )
        posting = made[0].posting
        settled.filter(verdict=verdict, attempt__provider=provider).update(posting=posting)
