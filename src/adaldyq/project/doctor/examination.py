"""All checks in their order: first what needs no database, then what needs its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel.problems import sentence
from adaldyq.project.doctor import configuration, databases, ledgers, machine, work
from adaldyq.project.doctor.outcomes import Check, Conditions, Level, Outcome, bad

BY_ITSELF: Sequence[Check] = (
    configuration.debugging,
    configuration.secret_key,
    configuration.hosts,
    configuration.https,
    configuration.variables,
    configuration.key_files,
    configuration.country_pack,
    configuration.authorities,
    configuration.mail,
    configuration.sms,
    configuration.scanner,
    machine.disks,
    machine.static_files,
    machine.time_service,
    machine.swap,
)
DATABASE: Sequence[Check] = (databases.reachable, databases.prepared)
WITH_TABLES: Sequence[Check] = (
    databases.writable,
    databases.kept_safe,
    databases.searchable,
    configuration.sample_sign_ins,
    machine.clock,
    machine.sealed_files,
    machine.snapshots,
    work.worker,
    work.events,
    work.deadlines,
    work.messages,
    ledgers.lines,
    ledgers.erased,
)
OF_WORKERS: Sequence[Check] = (ledgers.key, ledgers.witnesses, ledgers.held, ledgers.memory)
"""What a machine that serves pages only need not have: the ledger's key, its memory and its witnesses."""


def examine(conditions: Conditions, *, pages_only: bool = False) -> Iterator[Outcome]:
    """Look at everything, and tell each outcome as it is found.

    Args:
        pages_only: whether no worker runs on this machine.
    """
    for check in BY_ITSELF:
        yield from guarded(check, conditions)
    for check in DATABASE:
        for outcome in guarded(check, conditions):
            yield outcome
            if outcome.level is Level.BAD:
                yield bad(
                    "not-examined",
                    _("Worker, events, deadlines, ledger and clock were not looked at: they need the database."),
                    _("Mend the database, then run `adaldyq doctor` again."),
                )
                return
    for check in (*WITH_TABLES, *(() if pages_only else OF_WORKERS)):
        yield from guarded(check, conditions)


def guarded(check: Check, conditions: Conditions) -> Iterator[Outcome]:
    """What a check found; that it failed itself is an outcome too, and stops no other."""
    name = check.__name__.replace("_", "-")
    try:
        yield from check(conditions)
    except DomainError as error:
        yield bad(name, sentence(error), _("Mend this, then run `adaldyq doctor` again."))
    except Exception as error:  # noqa: BLE001  # whatever it is, the other checks are still wanted
        yield bad(
            name,
            _("This could not be looked at: %(error)s.") % {"error": databases.first_line(error)},
            _("Mend this, then run `adaldyq doctor` again."),
        )
