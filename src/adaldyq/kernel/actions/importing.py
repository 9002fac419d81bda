"""The act by which a batch of a register's file enters the registry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import DataError, IntegrityError, transaction

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel.actions.import_bodies import AppointmentLoader, BodyLoader, CompanyLoader, PostLoader
from adaldyq.kernel.actions.import_ownership import OwnershipLoader
from adaldyq.kernel.actions.import_people import PeopleLoader, TieLoader
from adaldyq.kernel.actions.import_residences import ResidenceLoader
from adaldyq.kernel.actions.import_rights import LandLoader, VehicleLoader
from adaldyq.kernel.actions.import_territories import TerritoryLoader
from adaldyq.kernel.actions.plans import Loader, Plan, Refused, Row, Source
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.policies import require_registrar

LOADERS: Mapping[str, type[Loader]] = {
    "people": PeopleLoader,
    "bodies": BodyLoader,
    "posts": PostLoader,
    "appointments": AppointmentLoader,
    "companies": CompanyLoader,
    "ownership": OwnershipLoader,
    "ties": TieLoader,
    "territories": TerritoryLoader,
    "land": LandLoader,
    "vehicles": VehicleLoader,
    "residences": ResidenceLoader,
}
"""What takes the rows of each kind of file."""


class NothingChanged(Exception):
    """A batch holds nothing that the registry lacks, so that there is no act and no ledger line."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(plan.register)


def batch_line(plan: Plan) -> Recorded:
    """The ledger line of a batch: how much came from which source, and a digest of what was taken.

    Others are told which source it is too, and which dated records are new or whose facts are others by now.
    """
    counts = {"new": plan.new, "changed": plan.changed, "register": plan.register}
    source = {"source": plan.source.title, "as_of": plan.source.as_of.isoformat()}
    told = {"source": plan.source.name, "as_of": source["as_of"], "records": plan.dated, "changes": plan.changed_facts}
    return Recorded([{**counts, **source, "digest": plan.digest}], {**counts, **told})


@act("kernel.register.import", leaves=Leaves.PER_BATCH, records=batch_line)
def import_batch(*, kind: str, rows: Sequence[Row], source: Source, by: Actor, at: datetime) -> Plan:
    """Take a batch of rows into a registry: what is new, and what is newer than what is there.

    Rows that cannot be taken are in `refused` of the result; the rest is written.

    Args:
        kind: of file, such as `people`.

    Raises:
        NotAllowed: `by` does not keep the register, and is not the importer.
        NothingChanged: the registry holds all of it already.
    """
    require_registrar(by, "kernel.register.import", LOADERS[kind].register)
    plan = LOADERS[kind](Plan(LOADERS[kind].register, source)).take_all(rows)
    if not plan.writes:
        raise NothingChanged(plan)
    plan.write()
    return plan


def refusal(kind: str, row: Row, source: Source, error: Exception) -> Plan:
    """The plan of one row that was refused when it was written."""
    plan = Plan(LOADERS[kind].register, source)
    problem = str(error).splitlines()[0][:200]
    reason = error if isinstance(error, DomainError) else DomainError("database-refused", problem=problem)
    plan.refused.append(Refused(row.line, reason))
    return plan


def take_rows(*, kind: str, rows: Sequence[Row], source: Source, by: Actor, at: datetime) -> list[Plan]:
    """Import a batch; when the database itself refuses a row of it, the others are taken without that row."""
    try:
        with transaction.atomic():
            return [import_batch(kind=kind, rows=rows, source=source, by=by, at=at)]
    except NothingChanged as nothing:
        return [nothing.plan]
    except NotAllowed:
        raise
    except (IntegrityError, DataError, DomainError) as error:
        if len(rows) == 1:
            return [refusal(kind, rows[0], source, error)]
    half = len(rows) // 2
    parts = (rows[:half], rows[half:])
    return [plan for part in parts for plan in take_rows(kind=kind, rows=part, source=source, by=by, at=at)]
