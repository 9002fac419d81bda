"""Who may do what with the catalogue of permits, its review, applications and licences."""

from __future__ import annotations

from django.utils import timezone

from adaldyq.kernel.acting import COMPANY, PERSON, principal
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Account, Body
from adaldyq.kernel.policies import may_write
from adaldyq.kernel.roles import Role
from adaldyq.measures.permits.models import PermitApplication, PermitLicence


def may_keep(by: Actor, act: str, body: Body | None = None) -> bool:
    """Whether somebody may write the catalogue, for an issuing body: a registrar of permits, as `writers.csv` says."""
    return may_write(by, act, body=body)


def may_justify(by: Actor, body: Body | None = None) -> bool:
    """Whether somebody may justify permits of a body, or of any: its licensing officer, and never the system."""
    return not by.system and by.may(Role.LICENSING_OFFICER, body=body)


def may_review(by: Actor, body: Body | None = None) -> bool:
    """Whether somebody may assess and decide about permits of a body, or of any: a reviewer, and never the system."""
    return not by.system and by.may(Role.REVIEWER, body=body)


def handles(by: Actor, body: Body | None = None) -> bool:
    """Whether somebody handles applications to a body, or to any: its licensing officer, and never the system."""
    return not by.system and by.may(Role.LICENSING_OFFICER, body=body)


def deals(by: Actor, application: PermitApplication) -> bool:
    """Whether somebody handles applications to the body of one, or to that whose officers are drawn instead."""
    return handles(by, application.body) or (application.lent_to is not None and handles(by, application.lent_to))


def heads(by: Actor, body: Body) -> bool:
    """Whether somebody heads a body, or one above it; never the system."""
    return not by.system and by.may(Role.HEAD, body=body)


def hears_appeals(by: Actor) -> bool:
    """Whether somebody hears any appeals against decisions about applications: a reviewer; which, `queries.appeals` says."""
    return not by.system and by.may(Role.REVIEWER)


def stands_for(by: Actor, application: PermitApplication) -> bool:
    """Whether somebody acts for the applicant: the person or company themselves, their head, or by a mandate.

    A draft without an applicant yet is whoever's who began it.
    """
    if by.system or not by.id:
        return False
    if not application.person_id and not application.company_id:
        return application.owner_id == by.id
    return bool(acts_for(by, application.person_id or "", application.company_id or ""))


def acts_for(by: Actor, person: str, company: str) -> bool:
    """Whether somebody acts for a person or a company now."""
    if by.acting_for:
        return by.acting_for == (f"{COMPANY}:{company}" if company else f"{PERSON}:{person}")
    if person and person == by.person:
        return True
    key = f"{COMPANY}:{company}" if company else f"{PERSON}:{person}"
    return principal(by.person, key, day=day_of(timezone.now())) is not None


def is_same(by: Actor, account: Account | None) -> bool:
    """Whether an account is that of who acts, or of the same person."""
    if account is None or by.system or not by.id:
        return False
    return account.pk == by.id or bool(by.person and account.person_id == by.person)


def issues(by: Actor, licence: PermitLicence) -> bool:
    """Whether somebody may suspend, restore, revoke or transfer a licence: an officer of the body that issued it."""
    return handles(by, licence.body)


def may_commit(by: Actor) -> bool:
    """Whether somebody hands in secrets of an office for draws: its integrity officer, who draws nothing out of them."""
    return not by.system and bool(offices_of(by))


def offices_of(by: Actor) -> list[str]:
    """Bodies for which somebody may hand in secrets."""
    return sorted({one.body_id for one in by.held if one.role is Role.INTEGRITY_OFFICER and one.body_id})
