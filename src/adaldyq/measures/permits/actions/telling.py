"""Telling the applicant what happened, as part of the act that made it happen."""

from __future__ import annotations

from datetime import datetime

from adaldyq.kernel.models import Account
from adaldyq.kernel.notifications.actions import notify
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
    """Tell whoever applied for a licence what became of it."""
    application = licence.application
    if application is None or application.owner is None:
        return
    key = f"{message}:{licence.pk}:{at.isoformat()}"
    href = page_of_licence(licence)
    notify(account=application.owner, message=message, parameters={"number": licence.number}, key=key, href=href, at=at)


def tell_about(licence: PermitLicence, account: Account, message: str, at: datetime) -> None:
    """Tell an officer of a licence."""
    key = f"{message}:{licence.pk}:{at.isoformat()}"
    href = page_of_licence(licence)
    notify(account=account, message=message, parameters={"number": licence.number}, key=key, href=href, at=at)
