"""Names of reporters: kept apart from the report, and opened by a custodian for a stated reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.gathering import insert_later
from adaldyq.measures.reports import policies
from adaldyq.measures.reports.actions.holding import held
from adaldyq.measures.reports.actions.releasing import leave_leaf
from adaldyq.measures.reports.actions.wraps import check_places, check_readers
from adaldyq.measures.reports.adapters.identities import SealedIdentity
from adaldyq.measures.reports.adapters.rewraps import Wrapped, digest
from adaldyq.measures.reports.models import Identity, IdentityOpening, Report
from adaldyq.measures.reports.models.identities import LONGEST_BASIS, REASONS
from adaldyq.measures.reports.models.leaves import ADDED, HANDLED
from adaldyq.measures.reports.queries.identities import is_kept, keepers_of, kept_from_name, to_give
from adaldyq.sealing import envelopes

OPEN, REWRAP, GIVE = "reports.report.open_name", "reports.report.rewrap_name", "reports.report.give_name"
LARGEST_SEALED = 16 * 1024


def check_identity(identity: SealedIdentity) -> None:
    """Refuse what no page of ours sends.

    Raises:
        DomainError: `no-custodian`, `recipient-invalid`; `envelope-damaged` with the part that is wrong.
    """
    if not identity.sealed_to:
        raise DomainError("no-custodian", field="identity")
    envelopes.recipient(identity.recipient)
    whole = len(identity.sealed) <= LARGEST_SEALED and envelopes.is_whole(identity.sealed)
    if not whole or envelopes.recipients_of(identity.sealed) != 1:
        raise DomainError("envelope-damaged", field="identity")
    check_places(identity.wrapped, field="identity")


def keep_identity(report: Report, identity: SealedIdentity, day: date) -> Identity:
    """Put the reporter's name beside a report, within the act that files it.

    Raises:
        DomainError: as `check_identity`.
    """
    check_identity(identity)
    made = Identity(report=report, **columns_of(identity, report, day))
    insert_later([made])
    return made


def columns_of(identity: SealedIdentity, report: Report, day: date) -> dict[str, Any]:
    """What is kept of a name that comes with a report, or to it."""
    return {
        "unit": report.unit,
        "recipient": identity.recipient,
        "wrapped": identity.wrapped,
        "readers": digest(identity.sealed_to),
        "sealed": identity.sealed,
        "made_date": day,
    }


def named(identity: Identity) -> Recorded:
    """What listeners learn of a name: of which report."""
    return Recorded([], {"report": identity.report_id})


@act(GIVE, leaves=Leaves.NONE, records=named, quiet=True)
def give_identity(*, report: Report, identity: SealedIdentity, by: Actor, at: datetime) -> Identity:
    """Let a reporter who comes back say who they are. Who has the phrase, and so the report, may, once.

    Once more, when the name was destroyed because the report is about the unit that kept it; days on which it was opened
    stay.

    Raises:
        NotAllowed: `by` is somebody.
        DomainError: as `check_identity`; `keys-changed` when it is sealed to others than the custodians.
    """
    require(not by.id and not by.system, GIVE)
    report = held(report)  # two pages with one phrase may give it at once
    known = Identity.objects.filter(report=report).first()
    if known is not None and is_kept(known):
        return known
    day = naming.pack().day_of(at)
    check_identity(identity)
    if set(identity.sealed_to) != set(to_give(report, day)):
        raise DomainError("keys-changed")
    leave_leaf(report, ADDED, day)
    if known is None:
        return keep_identity(report, identity, day)
    Identity.objects.filter(pk=known.pk).update(**columns_of(identity, report, day))
    known.refresh_from_db()
    return known


def sealed_anew(made: Sequence[Identity]) -> Recorded:
    """The one ledger line of names whose keys were sealed anew together: how many there are is nobody's business."""
    digested = digest(f"{one.report_id} {one.readers}" for one in made)
    return Recorded([{"names": len(made), "digest": digested}], {"names": len(made)})


@act(REWRAP, leaves=Leaves.PER_BATCH, records=sealed_anew, told_as=HANDLED)
def rewrap_identities(*, wraps: Sequence[Wrapped], by: Actor, at: datetime) -> Sequence[Identity]:
    """Take in keys of names that a custodian sealed to those who keep them now. The names themselves are not opened.

    Raises:
        NotAllowed: `by` may not keep one of them.
        DomainError: `rewrap-malformed` for a name that is not there; `rewrap-keys-changed` when it is sealed to others
            than its custodians, or the name was given anew meanwhile; `nobody-to-seal-to`; `envelope-damaged` for what is no wrap.
    """
    day, made = naming.pack().day_of(at), []
    for one in wraps:
        found = Identity.objects.select_for_update(of=("self",)).filter(report=one.report)
        identity = found.select_related("unit", "report__about_body").first()
        if identity is None:
            raise DomainError("rewrap-malformed", field="file")
        require(policies.may_open_name(by, identity, kept_from_name(identity, by.id, day)), REWRAP)
        check_readers(one, [key.recipient for key in keepers_of(identity, day)], bytes(identity.wrapped))
        identity.wrapped, identity.readers = one.wrapped, digest(one.recipients)
        identity.save(update_fields=["wrapped", "readers"])
        made.append(identity)
    return made


def opened(made: IdentityOpening) -> Recorded:
    """The ledger line of an opening: of which report, for what and on what basis; never the name."""
    facts: dict[str, object] = {"report": made.identity.report_id, "reason": made.reason, "basis": made.basis}
    return Recorded([facts], {"report": made.identity.report_id})


@act(OPEN, records=opened, told_as=HANDLED)
def open_identity(*, identity: Identity, reason: str, basis: str, by: Actor, at: datetime) -> IdentityOpening:
    """Let a custodian have the envelope of a name today. The reporter sees day and reason when they come back.

    Args:
        reason: a code of `REASONS`.
        basis: the decision or request on which it rests, in words.

    Raises:
        NotAllowed: `by` is no custodian of the unit that keeps it, or the report may be about them or the unit.
        DomainError: `no-such-value` for an unknown reason; `basis-missing`.
    """
    day = naming.pack().day_of(at)
    require(policies.may_open_name(by, identity, kept_from_name(identity, by.id, day)), OPEN)
    if reason not in REASONS:
        raise DomainError("no-such-value", field="reason", value=reason, day=day.isoformat())
    if not basis.strip() or len(basis) > LONGEST_BASIS:
        raise DomainError("basis-missing", field="basis")
    return IdentityOpening.objects.create(
        identity=identity, by_id=by.id, reason=reason, basis=basis.strip(), made_date=day
    )
