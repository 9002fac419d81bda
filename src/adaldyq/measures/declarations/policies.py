"""Who may see what of declarations.

The law opens officials' declarations to everybody, redacted; of everybody else's nothing is shown here, not
even that there is one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db.models import Q

from adaldyq.base.errors import DomainError
from adaldyq.base.tables import Column, Privacy
from adaldyq.kernel.acting import BODY, PERSON
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.models import Body
from adaldyq.kernel.policies import RegisterNotKept, may_write, require_registrar
from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.declarations.domain.sections import BY_NAME, Party
from adaldyq.measures.declarations.models import FormerObligation, Obligation, ReceivedPaper

FILE = "declarations.declaration.file"
PRIVATE, NOT_NAMED = "private person", "not named"

OPEN = Q(is_public=True)
"""Declarations and obligations that the law makes public."""

CURRENT = OPEN & Q(is_current=True)
"""Of them those that no later version replaces."""


def require_decider(by: Actor, act: str, obligation: Obligation | FormerObligation) -> None:
    """Stop whoever does not keep declarations of the body, or would decide about themselves.

    Raises:
        NotAllowed: as `require_registrar`; also for processes, because a person answers for the decision.
        DomainError: `own-obligation`.
    """
    require(not by.system, act)
    require_registrar(by, act, body=obligation.body)
    if obligation.body is None and not is_everywhere(by, Role.REGISTRAR):
        raise RegisterNotKept(Registry.DECLARATIONS)
    check_self(by, obligation)


def may_decide(by: Actor, act: str, body: Body | None) -> bool:
    """Whether an actor decides about whoever works in a body, or in none, as a registrar.

    Spouses, heads of companies and everybody else who works in none are decided about by those alone who are bound to
    no body and no territory.
    """
    return may_write(by, act, body=body) and (body is not None or is_everywhere(by, Role.REGISTRAR))


def may_hear(by: Actor, body: Body | None) -> bool:
    """The same of a reviewer, who hears appeals."""
    return by.may(Role.REVIEWER, body=body) and (body is not None or is_everywhere(by, Role.REVIEWER))


def is_everywhere(by: Actor, role: Role) -> bool:
    """Whether an actor has a role that is bound to no body and no territory; a registrar's, for declarations."""
    places = [one for one in by.held if one.role == role]
    theirs = [one for one in places if one.registry in {"", Registry.DECLARATIONS}]
    return by.system or not places or any(not one.body_id and not one.territory_id for one in theirs)


def check_self(by: Actor, obligation: Obligation | FormerObligation) -> None:
    """Let nobody decide about themselves.

    Raises:
        DomainError: `own-obligation`.
    """
    if by.person and by.person == obligation.person_id:
        raise DomainError("own-obligation")


def shown_columns(section: str) -> tuple[Column, ...]:
    """Columns of a section that the public may see; of the other side's only what `party_shown` says."""
    party = BY_NAME[section].party
    named = {party.name} if party else set()
    columns = BY_NAME[section].table.columns
    return tuple(one for one in columns if one.privacy is Privacy.PUBLIC or one.name in named)


def party_shown(
    party: Party, row: Mapping[str, object], organisations: Collection[str], relations: Mapping[str, str]
) -> str:
    """What the public may see of the other side of a row: an organisation's name, else how a person is related.

    Whoever is not known to be an organisation is not named (decision 6).

    Args:
        party: which columns name the other side.
        row: with its closed columns.
        organisations: ids of companies and state bodies among the other sides.
        relations: how people of the declarant's family are related to the declarant, by id.

    Returns:
        A name, or a code of `codes.PARTY`; empty when the row names nobody.
    """
    name, key = str(row[party.name] or ""), str(row[party.id] or "") if party.id else ""
    if not (name or key) or key in organisations:
        return name
    if key:
        return relations.get(key, PRIVATE)
    return name if row.get("kind") in party.organisations else NOT_NAMED


def filer(by: Actor) -> str:
    """The person for whom an actor files: themselves, or whom they act for; empty when that is nobody."""
    if by.acting_for:
        kind, _, key = by.acting_for.partition(":")
        return key if kind == PERSON else ""
    return "" if by.system else by.person


def keeps_declarations(by: Actor) -> bool:
    """Whether an actor keeps declarations somewhere, or is a process or a program that files them."""
    return (by.system or Role.REGISTRAR in by.roles) and may_write(by, FILE)


def may_file_for_others(by: Actor) -> bool:
    """Whether an actor takes declarations of others in at all: those that come to an office, on paper or as a file."""
    return keeps_declarations(by)


def payroll_bodies(by: Actor) -> list[str]:
    """Ids of bodies for whose payroll an actor files."""
    if by.acting_for and not by.acting_for.startswith(f"{BODY}:"):
        return []
    return [one.body_id for one in by.held if one.role == Role.PAYROLL and one.body_id]


def may_send(by: Actor) -> bool:
    """Whether an actor sends files of declarations of others: whoever keeps them, and the payroll of a body."""
    return keeps_declarations(by) or bool(payroll_bodies(by))


def of_payroll(by: Actor, body_id: str) -> Actor:
    """Whoever is of the payroll of a body, as they act for it: what they file says so."""
    held = tuple(one for one in by.held if one.role == Role.PAYROLL and one.body_id == body_id)
    return replace(by, roles=frozenset({Role.PAYROLL}), held=held, acting_for=f"{BODY}:{body_id}")


def is_of_payroll(by: Actor, body: Body | None) -> bool:
    """Whether an actor is of the payroll of a body, or of one above it."""
    return body is not None and any(
        one.role == Role.PAYROLL and one.body_id and one.holds(body, None) for one in by.held
    )


def is_program(by: Actor) -> bool:
    """Whether an actor is a program of an institution, which files for whoever let its payroll and for nobody else."""
    return by.acting_for.startswith(f"{BODY}:") and Role.PAYROLL not in by.roles


def is_kept(by: Actor, paper: ReceivedPaper) -> bool:
    """Whether an actor takes in papers of the body, and this is not their own."""
    return may_file_for(by, paper.body) and not (by.person and by.person == paper.person_id)


def may_file_for(by: Actor, body: Body | None) -> bool:
    """Whether an actor files declarations of whoever works in a body, or in none.

    Whoever files for certain bodies only does not file for those who work in none.
    """
    if not keeps_declarations(by):
        return False
    if body is not None:
        return may_write(by, FILE, body=body)
    return is_everywhere(by, Role.REGISTRAR)
