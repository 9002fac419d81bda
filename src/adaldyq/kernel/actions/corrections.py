"""“This is wrong”: a person asks that a record about them be corrected, a registrar answers, a reviewer hears the appeal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from adaldyq.base.errors import DomainError
from adaldyq.base.letters import check_seen
from adaldyq.base.words import gettext_noop
from adaldyq.kernel.actions import name_index
from adaldyq.kernel.actions.facts import replace
from adaldyq.kernel.actions.people import BACK
from adaldyq.kernel.actions.periods import Provenance, check_free, follow, today
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines import actions as deadlines
from adaldyq.kernel.deadlines import days, queries
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.models import Account, CorrectionRequest, FamilyTie, PersonName, Upload
from adaldyq.kernel.models.deadlines import OPEN
from adaldyq.kernel.notifications.actions import notify
from adaldyq.kernel.policies import require_keeper
from adaldyq.kernel.queries.families import speaks_for
from adaldyq.kernel.registry import Register, as_text, from_text, register_named
from adaldyq.kernel.roles import Role
from adaldyq.kernel.states import advance
from adaldyq.kernel.uploads.actions import attach

ANSWER, APPEAL_ANSWER = "correction_answer", "appeal_answer"
TITLES = {
    ANSWER: gettext_noop("Answer a request to correct a record"),
    APPEAL_ANSWER: gettext_noop("Decide an appeal about a correction"),
}
LONGEST_TEXT, LONGEST_VALUE = 4000, 300
MAY_COME = frozenset({"valid_to"})
"""Days that registers state before they come."""
SOURCE = "Correction request "
"""Where a corrected record comes from, before the id of the request."""


def line(request: CorrectionRequest) -> Recorded:
    """The ledger line of a step: which request about which record, and its state."""
    facts: dict[str, object] = {
        "request": request.pk,
        "register": request.register,
        "record": request.record_id,
        "field": request.field,
        "state": request.state,
        "ground": request.appeal_ground or request.ground,
    }
    return Recorded([facts], {"request": request.pk, "state": request.state})


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said to be wrong.

    Attributes:
        register: name of the register.
        record_id: of the record in it.
        field: column that is wrong.
        value: what it should hold, as text.
        evidence: what shows it.
    """

    register: str
    record_id: str
    field: str
    value: str
    evidence: str


@act("kernel.correction.submit", records=line)
def submit_correction(*, claim: Claim, by: Actor, at: datetime, files: Sequence[Upload] = ()) -> CorrectionRequest:
    """Ask that a field of a record about oneself, a child under age, or whom one acts for, be corrected.

    Args:
        files: that show it; they were handed in by `by` and become part of the request.

    Raises:
        NotAllowed: the record is about somebody else, nobody stands behind the account, or a file is another's.
        Conflict: a file belongs to another request, or has expired.
        DomainError: `field-not-changeable`, `value-missing`, `text-too-long`, `in-dispute-already`,
            `nothing-changed`, or what `from_text` says of the claimed value.
    """
    register = register_named(claim.register)
    record: Any = register.find(claim.record_id)
    require(may_ask(by, person_of(register, record), days.day_of(at)), "kernel.correction.submit")
    if claim.field not in register.correctable:
        raise DomainError("field-not-changeable", field="field", register=claim.register, name=claim.field)
    present = as_text(getattr(record, claim.field))
    check_claim(register, claim, present, days.day_of(at))
    due = days.pack_due(ANSWER, days.day_of(at))
    try:
        with transaction.atomic():
            request = CorrectionRequest.objects.create(
                register=claim.register,
                record_id=claim.record_id,
                field=claim.field,
                present_value="" if present is None else str(present),
                claimed_value=claim.value.strip(),
                evidence=claim.evidence.strip(),
                person_id=by.stands_for,
                submitted_by_id=by.id,
                submitted_at=at,
                due_date=due,
            )
    except IntegrityError:
        raise DomainError("in-dispute-already", field="field") from None
    for one in files:
        attach(upload=one, subject=request, by=by, at=at)
    run(request, ANSWER, due, by, at)
    return request


def person_of(register: Register, record: Any) -> str:
    """The person that a record is about; empty when it is about none."""
    return str(getattr(record, register.person, "") or "") if register.person else ""


def may_ask(by: Actor, person: str, day: date) -> bool:
    """Whether an actor speaks for the person that a record is about: it is they, whom they act for, or a child of theirs."""
    return bool(by.stands_for and person) and (person == by.stands_for or speaks_for(by.stands_for, person, day))


def require_answerer(by: Actor, act: str, request: CorrectionRequest) -> None:
    """Stop whoever does not keep the register of a request, or is the person concerned.

    Raises:
        NotAllowed: as said.
    """
    require(not by.system and by.person != request.person_id, act)
    register = register_named(request.register)
    require_keeper(by, act, request.register, register.find(request.record_id))


def check_claim(register: Register, claim: Claim, present: object, today: date) -> None:
    """Refuse a claim that says nothing, too much, or what is there already.

    Raises:
        DomainError: as said in `submit_correction`.
    """
    for name, text, limit in (("evidence", claim.evidence, LONGEST_TEXT), ("value", claim.value, LONGEST_VALUE)):
        if len(text) > limit:
            raise DomainError("text-too-long", field=name, length=len(text), limit=limit)
        check_seen(text, name)
    if not claim.evidence.strip():
        raise DomainError("value-missing", field="evidence")
    try:
        value = from_text(register.records, claim.field, claim.value)
    except DomainError as error:
        error.field = "value"
        raise
    if isinstance(value, date) and value > today and claim.field not in MAY_COME:
        raise DomainError("future-day", field="value", value=value)
    if as_text(value) == present:
        raise DomainError("nothing-changed", field="value")


@act("kernel.correction.take", records=line)
def take_correction(*, request: CorrectionRequest, by: Actor, at: datetime) -> CorrectionRequest:
    """Take a request into review.

    Raises:
        NotAllowed: `by` does not keep the register, or the record is about themselves.
        Conflict: another registrar was first.
    """
    require_answerer(by, "kernel.correction.take", request)
    return advance(request, "take", by=by, at=at, taken_by_id=by.id, taken_at=at)


@act("kernel.correction.accept", records=line)
def accept_correction(*, request: CorrectionRequest, ground: str, by: Actor, at: datetime) -> CorrectionRequest:
    """Accept a request: the record holds what was claimed from today, and keeps what it held.

    Raises:
        NotAllowed: `by` does not keep the register, or the record is about themselves.
        Conflict: the request is not in review.
    """
    require_answerer(by, "kernel.correction.accept", request)
    decided = advance(request, "accept", by=by, at=at, decided_by_id=by.id, decided_at=at, ground=ground.strip())
    apply_correction(decided, today(at))
    answered(decided, ANSWER, by, at)
    return decided


@act("kernel.correction.refuse", records=line)
def refuse_correction(*, request: CorrectionRequest, ground: str, by: Actor, at: datetime) -> CorrectionRequest:
    """Refuse a request, with the ground on which the person may appeal.

    Raises:
        NotAllowed: `by` does not keep the register, or the record is about themselves.
        Conflict: the request is not in review.
        DomainError: `value-missing` without a ground, `text-too-long`.
    """
    require_answerer(by, "kernel.correction.refuse", request)
    check_ground(ground)
    decided = advance(request, "refuse", by=by, at=at, decided_by_id=by.id, decided_at=at, ground=ground.strip())
    answered(decided, ANSWER, by, at)
    return decided


@act("kernel.correction.appeal", records=line)
def appeal_correction(*, request: CorrectionRequest, text: str, by: Actor, at: datetime) -> CorrectionRequest:
    """Appeal against a refusal.

    Raises:
        NotAllowed: the request is somebody else's.
        Conflict: the request was not refused.
        DomainError: `value-missing` without a reason, `text-too-long`, `term-passed` when it comes too late.
    """
    require(bool(by.stands_for) and by.stands_for == request.person_id, "kernel.correction.appeal")
    check_ground(text)
    if request.decided_at is not None:
        last = days.pack_due("appeal", days.day_of(request.decided_at))
        if days.day_of(at) > last:
            raise DomainError("term-passed", field="ground", day=last)
    due = days.pack_due(APPEAL_ANSWER, days.day_of(at))
    appealed = advance(request, "appeal", by=by, at=at, appeal_text=text.strip(), appealed_at=at, appeal_due_date=due)
    run(appealed, APPEAL_ANSWER, due, by, at)
    return appealed


@act("kernel.correction.decide_appeal", records=line)
def decide_appeal(
    *, request: CorrectionRequest, overturn: bool, ground: str, by: Actor, at: datetime
) -> CorrectionRequest:
    """Decide an appeal: the refusal stands, or falls and the record is corrected from today.

    Raises:
        NotAllowed: `by` is not a reviewer, refused the request, or is the person concerned.
        Conflict: there is no appeal to decide.
        DomainError: `value-missing` without a ground, `text-too-long`.
    """
    strangers = by.id != request.decided_by_id and by.person != request.person_id
    require(Role.REVIEWER in by.roles and strangers, "kernel.correction.decide_appeal")
    check_ground(ground)
    facts = {"appeal_decided_by_id": by.id, "appeal_decided_at": at, "appeal_ground": ground.strip()}
    decided = advance(request, "overturn" if overturn else "uphold", by=by, at=at, **facts)
    if overturn:
        apply_correction(decided, today(at))
    answered(decided, APPEAL_ANSWER, by, at)
    return decided


def check_ground(text: str) -> None:
    """Refuse an empty ground, or one that is too long.

    Raises:
        DomainError: `value-missing` or `text-too-long`.
    """
    if not text.strip():
        raise DomainError("value-missing", field="ground")
    if len(text) > LONGEST_TEXT:
        raise DomainError("text-too-long", field="ground", length=len(text), limit=LONGEST_TEXT)
    check_seen(text, "ground")


def apply_correction(request: CorrectionRequest, day: date) -> None:
    """Let the record hold what was claimed from a day: a new name ends the former one, a fact keeps its former value."""
    register = register_named(request.register)
    origin = Provenance(f"{SOURCE}{request.pk}", day)
    if request.register == "person_name":
        correct_name(request, day, origin)
        return
    facts: dict[str, object] = {request.field: request.claimed_value}
    records = [request.record_id]
    if request.register == "family_tie":
        records.extend(other_side(request.record_id))
    for record_id in records:
        replace(register, record_id, facts, day, origin)


def correct_name(request: CorrectionRequest, day: date, origin: Provenance) -> None:
    """End a name and begin the claimed one."""
    former = PersonName.objects.get(pk=request.record_id)
    place = {"person_id": former.person_id, "language": former.language, "script": former.script}
    rows = PersonName.objects.filter(**place)
    follow(rows, day)
    check_free(rows, day, None)
    written = PersonName.objects.create(**place, text=request.claimed_value, valid_from=day, **origin.columns)
    name_index.keep([written])


def other_side(tie_id: str) -> list[str]:
    """The same tie from the relative's side."""
    tie = FamilyTie.objects.get(pk=tie_id)
    rows = FamilyTie.objects.filter(
        person_id=tie.relative_id, relative_id=tie.person_id, kind=BACK[tie.kind], valid_from=tie.valid_from
    )
    return list(rows.values_list("pk", flat=True))


def run(request: CorrectionRequest, name: str, due: date, by: Actor, at: datetime) -> None:
    """Start the deadline of an answer."""
    what = Due(name=name, title=TITLES[name], last_day=due, href=f"registers/corrections/{request.pk}/")
    deadlines.start_deadline(subject=request, due=what, bound=Bound(), by=by, at=at)


def answered(request: CorrectionRequest, name: str, by: Actor, at: datetime) -> None:
    """Meet the deadline of an answer, and tell the person and whoever asked for them that there is one."""
    for deadline in queries.of_subject(request).filter(name=name, state__in=OPEN):
        deadlines.meet_deadline(deadline=deadline, by=by, at=at)
    concerned = Account.objects.filter(Q(pk=request.submitted_by_id) | Q(person_id=request.person_id), is_active=True)
    for account in concerned.order_by("pk"):
        notify(
            account=account,
            message="correction-answered",
            parameters={},
            key=f"correction:{request.pk}:{request.state}",
            at=at,
            href=f"registers/corrections/{request.pk}/",
        )
