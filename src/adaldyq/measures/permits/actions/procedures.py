"""Publishing the procedure of a permit: only one that the linter passes."""

from __future__ import annotations

import hashlib
from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.countries.permits import PermitKind
from adaldyq.kernel import naming
from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import Body
from adaldyq.kernel.periods import day_before
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.domain.linting import lint, longest
from adaldyq.measures.permits.domain.procedures import Procedure, Side, as_data, canonical
from adaldyq.measures.permits.models import PermitEntry, PermitProcedure
from adaldyq.measures.permits.queries.catalogue import version_on
from adaldyq.measures.permits.states import IN_FORCE

PUBLISH = "permits.procedure.publish"


def published(made: PermitProcedure) -> Recorded:
    """The ledger line: of which entry, which version, since when, and the hash of its text."""
    facts: dict[str, object] = {
        "entry": made.entry.number,
        "version": made.version,
        "since": made.valid_from.isoformat(),
        "digest": made.digest,
    }
    return Recorded([facts], {"permit_procedure": made.pk})


@act(PUBLISH, records=published)
def publish_procedure(*, entry: PermitEntry, procedure: Procedure, by: Actor, at: datetime) -> PermitProcedure:
    """Let applications from a day on follow a procedure; those that have begun keep to theirs.

    Raises:
        NotAllowed: `by` does not keep the catalogue, or not for that body.
        DomainError: the first of what the linter finds; `procedure-of-another` when it names another permit; `permit-ended`;
            `procedure-unknown-body` when steps are another body's that is not there;
            `procedure-appeal-within` when the body that decides would hear the appeals too;
            `procedure-too-long` when officials would have more working days than the catalogue gives them;
            `permit-version-day` when its first day is not after that of the one in force.
    """
    require(policies.may_keep(by, PUBLISH, entry.body), PUBLISH)
    for mistake in mistakes(entry, procedure):
        raise mistake
    hold_names("permit-number", [entry.number])
    if not PermitEntry.objects.filter(pk=entry.pk, state__in=IN_FORCE).exists():
        raise DomainError("permit-ended", value=entry.number)
    last = PermitProcedure.objects.filter(entry=entry).order_by("-version").first()
    if last is not None:
        if procedure.since <= last.valid_from:
            raise DomainError("permit-version-day", field="text", day=last.valid_from)
        PermitProcedure.objects.filter(pk=last.pk).update(valid_to=day_before(procedure.since))
    return PermitProcedure.objects.create(
        entry=entry,
        version=last.version + 1 if last else 1,
        valid_from=procedure.since,
        content=as_data(procedure),
        digest=hashlib.sha256(canonical(procedure).encode()).hexdigest(),
        published_at=at,
    )


def mistakes(entry: PermitEntry, procedure: Procedure) -> list[DomainError]:
    """Everything for which a procedure of an entry is refused."""
    terms = version_on(entry, procedure.since)
    found = lint(procedure, naming.pack().languages, PermitKind(terms.kind) if terms is not None else None)
    if procedure.permit != entry.number:
        found.append(DomainError("procedure-of-another", field="text", value=procedure.permit, number=entry.number))
    named = [one.body for one in procedure.participants if one.body]
    there = set(Body.objects.filter(name__in=named, closed_date=None).values_list("name", flat=True))
    found += [DomainError("procedure-unknown-body", field="text", value=one) for one in named if one not in there]
    deciding = {entry.body.name, *([terms.body.name] if terms is not None else [])}
    within = [one for one in procedure.participants if one.side is Side.APPEAL and one.body in deciding]
    found += [DomainError("procedure-appeal-within", field="text", value=one.id) for one in within]
    if not found and terms is not None and (days := longest(procedure)) > terms.days:
        found.append(DomainError("procedure-too-long", field="text", days=days, limit=terms.days))
    return found
