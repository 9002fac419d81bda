"""Taking over licences that a former register holds: from then on they are checked, suspended, revoked and renewed as all others.

A row is found again by its number and source. What was taken over is changed by acts only, so a row that says something else
later is refused, never written over what officers have done since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_noop

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actions.plans import Matched, Refused, Row, Source
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.actions import DueOf, begin_deadlines
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.documents.actions import next_numbers
from adaldyq.kernel.models import Deadline
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.licensing import EXPIRE_ACTION, EXPIRY, REMINDERS, SERIALS
from adaldyq.measures.permits.actions.telling import tell_holders
from adaldyq.measures.permits.adapters.licence_files import BETWEEN
from adaldyq.measures.permits.models import PermitLicence, PermitLicenceEvent, PermitOrigin
from adaldyq.measures.permits.queries.catalogue import words_of
from adaldyq.measures.permits.queries.taking_over import Known, known_of
from adaldyq.measures.permits.states import EXPIRED, IN_FORCE, STANDING, VALID

IMPORT = "permits.licence.import"
TAKEN_OVER = "taken_over"
MOMENT = timedelta(microseconds=1)
TOGETHER = 500


@dataclass(slots=True)
class Taken:
    """What became of some rows.

    Attributes:
        changed: none ever; reports of imports count it.
        matched: none; the same.
    """

    source: Source
    made: list[tuple[PermitLicence, Row]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    matched: list[Matched] = field(default_factory=list)
    unchanged: int = 0
    changed: int = 0

    @property
    def new(self) -> int:
        """How many licences were not there before."""
        return len(self.made)


class NothingNew(Exception):
    """No row is of a licence that is not there, so that there is no act and no line."""

    def __init__(self, taken: Taken) -> None:
        self.taken = taken
        super().__init__(taken.source.name)


def told(taken: Taken) -> Recorded:
    """The ledger line of a batch: how many licences came from which register, and a digest of what it said of them."""
    digest = hashlib.sha256("\n".join(digest_of(row) for _licence, row in taken.made).encode()).hexdigest()
    source = {"source": taken.source.name, "title": taken.source.title, "as_of": taken.source.as_of.isoformat()}
    return Recorded([{**source, "licences": taken.new, "digest": digest}], {"licences": taken.new})


@act(IMPORT, leaves=Leaves.PER_BATCH, records=told)
def import_licences(*, rows: Sequence[Row], source: Source, by: Actor, at: datetime) -> Taken:
    """Take licences of a register over. Rows that cannot be taken are in `refused` of the result; the rest is written.

    Raises:
        NotAllowed: `by` does not keep the catalogue, and is not the importer.
        NothingNew: all that can be taken is there.
    """
    require(policies.may_keep(by, IMPORT), IMPORT)
    taken, known = Taken(source), known_of(rows)
    for row in rows:
        try:
            if (made := licence_of(row, source, known, day_of(at))) is None:
                taken.unchanged += 1
                continue
        except DomainError as error:
            taken.refused.append(Refused(row.line, error))
            continue
        known.new.add(made.number)
        taken.made.append((made, row))
    if not taken.made:
        raise NothingNew(taken)
    write(taken, by, at)
    return taken


def take_over(*, rows: Sequence[Row], source: Source, by: Actor, at: datetime) -> Taken:
    """The same, also where nothing is new."""
    try:
        return import_licences(rows=rows, source=source, by=by, at=at)
    except NothingNew as nothing:
        return nothing.taken


def licence_of(row: Row, source: Source, known: Known, today: date) -> PermitLicence | None:
    """The licence of a row; None when it was taken over before and the row says of it what was said then.

    Raises:
        DomainError: `licence-number-taken`, `licence-differs`, `twice-in-the-file`; `refers-to-nothing` for an entry, holder or
            territory that is not there, `licence-holder-two`; `permit-abolished`; those of `standing` and `check_holder`.
    """
    said = row.values
    if (before := known.licences.get(said["number"])) is not None:
        check_same(before, row, source)
        return None
    if said["number"] in known.new:
        raise DomainError("twice-in-the-file", field="number")
    entry, version = known.entry(said["permit"], said["issued"])
    since, until = said.get("valid_from") or said["issued"], said.get("valid_until")
    state = standing(said, since, until, today)
    if state in STANDING and entry.state not in IN_FORCE:
        raise DomainError("permit-abolished", field="permit", value=entry.number, day=entry.ended_date)
    company, person = known.holder(said["holder"])
    known.check_holder(company, person, said["holder_name"], in_force=state in STANDING)
    return PermitLicence(
        number=said["number"],
        entry=entry,
        version=version,
        body=version.body,
        kind=version.kind,
        company=company,
        person_id=person,
        holder_name=said["holder_name"],
        holder_identifier=company.identifier if company else "",
        address=known.place(said.get("region"), said.get("address", "")),
        conditions=[one.strip() for one in said.get("conditions", "").split(BETWEEN) if one.strip()],
        state=state,
        issued_date=said["issued"],
        issued_at=datetime.combine(said["issued"], time(), tzinfo=naming.pack().zone),
        valid_from=since,
        valid_until=until,
    )


def standing(said: Mapping[str, Any], since: date, until: date | None, today: date) -> str:
    """How a licence stands today by what a row says; one whose last day has passed has expired.

    Raises:
        DomainError: `licence-ahead`, `licence-state-ahead`, `licence-days`.
    """
    if said["issued"] > today:
        raise DomainError("licence-ahead", field="issued", day=said["issued"])
    if (changed := said.get("state_since")) is not None and changed > today:
        raise DomainError("licence-state-ahead", field="state_since", day=changed)
    if until is not None and until < since:
        raise DomainError("licence-days", field="valid_until", since=since, until=until)
    state: str = said["state"]
    return EXPIRED if state in STANDING and until is not None and until < today else state


def check_same(before: PermitLicence, row: Row, source: Source) -> None:
    """Hold a row to what was said of a licence when it was taken over.

    Raises:
        DomainError: `licence-number-taken`, `licence-differs`.
    """
    origin: PermitOrigin | None = getattr(before, "origin", None)
    if origin is None or origin.source != source.name:
        raise DomainError("licence-number-taken", field="number", value=before.number)
    if origin.digest != digest_of(row):
        raise DomainError("licence-differs", field="number", value=before.number)


def digest_of(row: Row) -> str:
    """SHA-256 of what a row says, in hexadecimal."""
    facts = {name: str(value) for name, value in sorted(row.values.items())}
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def write(taken: Taken, by: Actor, at: datetime) -> None:
    """Write licences with where they come from and their lives so far, let the ends of those that stand be watched, and tell who holds them."""
    made = [one for one, _row in taken.made]
    for one, serial in zip(made, next_numbers(SERIALS, len(made)), strict=True):
        one.serial = int(serial.rpartition("-")[2])
        one.words = words_of([{"a": one.number, "b": one.holder_name, "c": one.holder_identifier, "d": one.address}])
    PermitLicence.objects.bulk_create(made, batch_size=TOGETHER)
    PermitOrigin.objects.bulk_create(
        PermitOrigin(
            licence=one,
            source=taken.source.name,
            title=taken.source.title,
            as_of=row.day(taken.source.as_of),
            digest=digest_of(row),
            taken_at=at,
        )
        for one, row in taken.made
    )
    PermitLicenceEvent.objects.bulk_create([event for one, row in taken.made for event in life_of(one, row, by, at)])
    watch([one for one in made if one.state in STANDING and one.valid_until], at)
    tell_holders([one for one in made if one.state in STANDING], "licence-taken-over", at)


def life_of(licence: PermitLicence, row: Row, by: Actor, at: datetime) -> list[PermitLicenceEvent]:
    """What has happened to a licence: it was issued, came to stand as it does, and was taken over."""
    said, account = row.values, None if by.system or not by.id else by.id
    events = [PermitLicenceEvent(licence=licence, happened="issued", day=licence.issued_date, at=at - 2 * MOMENT)]
    if licence.state not in {VALID, EXPIRED}:
        events.append(
            PermitLicenceEvent(
                licence=licence,
                happened=licence.state,
                day=said.get("state_since") or row.day(licence.issued_date),
                ground=said.get("ground", ""),
                act_number=said.get("act_number", ""),
                at=at - MOMENT,
            )
        )
    elif licence.state == EXPIRED and licence.valid_until is not None:
        events.append(PermitLicenceEvent(licence=licence, happened=EXPIRED, day=licence.valid_until, at=at - MOMENT))
    events.append(PermitLicenceEvent(licence=licence, happened=TAKEN_OVER, day=day_of(at), at=at, account_id=account))
    return events


def watch(licences: Sequence[PermitLicence], at: datetime) -> None:
    """Let the clock end licences after their last days, and remind the people who hold them."""
    of = [DueOf(one, one.person_id or "", one.valid_until) for one in licences if one.valid_until]
    due = Due(EXPIRY, gettext_noop("End of a licence"), working=False, action=EXPIRE_ACTION, reminders=REMINDERS)
    numbers = {one.pk: one.number for one in licences}
    started = begin_deadlines(due=due, of=of, bound=Bound(), at=at) if of else ()
    for deadline in started:
        deadline.href = f"permits/licences/{numbers[deadline.subject_id]}/"
    Deadline.objects.bulk_update(started, ["href"], batch_size=TOGETHER)
