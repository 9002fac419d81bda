"""Telling the applicant what happened, as part of the act that made it happen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from adaldyq.kernel.models import Account
from adaldyq.kernel.notifications.actions import Told, notify, notify_together
from adaldyq.measures.permits.models import PermitApplication, PermitLicence


def page_of(application: PermitApplication) -> str:
    """The page of an application, without the language."""
    return f"permits/applications/{application.pk}/"


def page_of_licence(licence: PermitLicence) -> str:
    """The page of a licence, without the language."""
    return f"permits/licences/{licence.number}/"


def tell(application: PermitApplication, message: str, at: datetime) -> None:
    """Tell whoever wrote an application."""
    if application.owner is None:
        return
    key = f"{message}:{application.pk}:{at.isoformat()}"
    parameters = {"number": application.number or ""}
    href = page_of(application)
    notify(account=application.owner, message=message, parameters=parameters, key=key, href=href, at=at)


def tell_officer(application: PermitApplication, account: Account, message: str, at: datetime) -> None:
    """Tell an officer that an application is theirs."""
    key = f"{message}:{application.pk}:{account.pk}"
    parameters = {"number": application.number or ""}
    notify(account=account, message=message, parameters=parameters, key=key, href=page_of(application), at=at)


def tell_holder(licence: PermitLicence, message: str, at: datetime) -> None:
    """Tell whoever holds a licence what became of it, as `tell_holders`."""
    tell_holders([licence], message, at)


def tell_holders(licences: Sequence[PermitLicence], message: str, at: datetime) -> None:
    """Tell whoever applied for licences what became of them; of those that nobody applied for here, who holds them or heads the company."""
    bearers = {one.pk: bearer_of(one) for one in licences if one.application is None}
    accounts: dict[str, list[str]] = {}
    people = {person for person in bearers.values() if person}
    known = (
        Account.objects.filter(person__in=people, is_active=True).order_by("pk") if people else Account.objects.none()
    )
    for account, person in known.values_list("pk", "person_id"):
        accounts.setdefault(person or "", []).append(account)
    told = [
        Told(account, message, {"number": one.number}, f"{message}:{one.pk}:{at.isoformat()}", page_of_licence(one))
        for one in licences
        for account in (
            accounts.get(bearers[one.pk], ()) if one.application is None else filter(None, [one.application.owner_id])
        )
    ]
    notify_together(told=told, at=at)


def bearer_of(licence: PermitLicence) -> str:
    """Id of the person who holds a licence, or heads the company that does; empty where nobody is known."""
    return licence.person_id or (licence.company.head_id if licence.company is not None else None) or ""


def tell_about(licence: PermitLicence, account: Account, message: str, at: datetime) -> None:
    """Tell an officer of a licence."""
    key = f"{message}:{licence.pk}:{at.isoformat()}"
    href = page_of_licence(licence)
    notify(account=account, message=message, parameters={"number": licence.number}, key=key, href=href, at=at)
