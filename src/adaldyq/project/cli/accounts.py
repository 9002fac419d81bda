"""`adaldyq account`: accounts from the shell of the server, where the first administrator comes from."""

from __future__ import annotations

from typing import Any

import click
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.accounts import close_account, grant_role, open_account, withdraw_role
from adaldyq.kernel.actions.proposals import make_link
from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Account, Body, RoleGrant, Territory
from adaldyq.kernel.roles import Registry, Role
from adaldyq.kernel.titles import ROLE_TITLES
from adaldyq.project.cli.migrating import prepare_database
from adaldyq.project.cli.output import console, show_table

BY = system("shell")
ROLES = click.Choice([role.value for role in Role if role is not Role.PUBLIC])
ALL_ROLES = _("Roles: %(roles)s.") % {"roles": ", ".join(ROLES.choices)}

REGISTRIES = click.Choice([one.value for one in Registry])


@click.group(
    help=_(
        "Accounts of staff: open and close them, give and withdraw roles, and make links that set a password.\n\n"
        "What is done here is done by the operator of the server and recorded as such. The first administrator comes "
        "from here; later ones are given by two administrators on the pages."
    )
)
def account() -> None:
    """Hold the commands together."""
    prepare_database()


def found(username: str) -> Account:
    """The account with a sign-in name.

    Raises:
        DomainError: `no-such-account`.
    """
    kept = Account.objects.filter(username=username).first()
    if kept is None:
        raise DomainError("no-such-account", field="username", value=username)
    return kept


@account.command("list", help=_("List accounts with their roles."))
def list_accounts() -> None:
    """Print every account."""
    today = timezone.localdate()
    rows = []
    for one in Account.objects.order_by("username").prefetch_related("grants"):
        held = RoleGrant.objects.on(today).filter(account=one).values_list("role", flat=True)
        state = _("open") if one.is_active else _("closed")
        rows.append([one.username, one.name, ", ".join(str(ROLE_TITLES[Role(role)]) for role in held), state])
    columns = [(_("sign-in name"), "left"), (_("name"), "left"), (_("roles"), "left"), (_("state"), "left")]
    show_table(_("Accounts"), columns, rows)


@account.command("open", help=_("Open an account and print the link with which its owner sets a password."))
@click.argument("username")
@click.option("--name", required=True, help=_("Name of the person."))
@click.option("--role", type=ROLES, help=_("Role to give at once."))
def open_one(username: str, name: str, role: str | None) -> None:
    """Open an account."""
    if Account.objects.filter(username__iexact=username).exists():
        raise DomainError("name-taken", field="username", value=username)
    now = timezone.now()
    made = open_account(username=username, name=name, by=BY, at=now)
    if role:
        grant_role(account=made, role=Role(role), by=BY, at=now)
    tell_link(made)


@account.command("link", help=_("Print a link with which an account's owner sets a new password; it lives an hour."))
@click.argument("username")
def link(username: str) -> None:
    """Make a recovery link."""
    tell_link(found(username))


def tell_link(of: Account) -> None:
    """Make a recovery link and print it."""
    secret = make_link(account=of, by=BY, at=timezone.now()).secret
    language = translation.get_language()
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        path = reverse("accounts-recover", args=[secret])
    console.print(f"{settings.SITE_ADDRESS.rstrip('/')}{path}", soft_wrap=True)


@account.command("grant", help=_("Give a role, everywhere or for one body or territory."), epilog=ALL_ROLES)
@click.argument("username")
@click.argument("role", metavar="ROLE", type=ROLES)
@click.option("--body", "body_id", help=_("Id of the body."))
@click.option("--territory", "territory_id", help=_("Code of the territory."))
@click.option("--registry", type=REGISTRIES, help=_("Registry that a registrar keeps; without it, every one."))
def grant(username: str, role: str, body_id: str | None, territory_id: str | None, registry: str | None) -> None:
    """Give a role."""
    body = Body.objects.filter(pk=body_id).first()
    territory = Territory.objects.filter(pk=territory_id).first()
    for value, kept, register in ((body_id, body, _("bodies")), (territory_id, territory, _("territories"))):
        if value and kept is None:
            raise DomainError("no-such-record", field="id", register=register, value=value)
    where: dict[str, Any] = {"body": body, "territory": territory, "registry": Registry(registry) if registry else None}
    grant_role(account=found(username), role=Role(role), **where, by=BY, at=timezone.now())


@account.command("withdraw", help=_("Withdraw a role, wherever the account holds it."), epilog=ALL_ROLES)
@click.argument("username")
@click.argument("role", metavar="ROLE", type=ROLES)
def withdraw(username: str, role: str) -> None:
    """Withdraw a role."""
    for one in RoleGrant.objects.on(timezone.localdate()).filter(account=found(username), role=role):
        withdraw_role(grant=one, by=BY, at=timezone.now())


@account.command("close", help=_("Close an account: its sessions end and nobody signs in to it any more."))
@click.argument("username")
def close(username: str) -> None:
    """Close an account."""
    close_account(account=found(username), by=BY, at=timezone.now())
