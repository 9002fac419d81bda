"""`adaldyq person`: a person is erased from the shell of the server, by two registrars who each prove who they are."""

from __future__ import annotations

import sys

import click
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.erasures import confirm_erasure, propose_erasure, refuse_erasure
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.erasing import REMOVED, STAYED
from adaldyq.kernel.models import Account, Erasure, Person
from adaldyq.kernel.queries.keys import references
from adaldyq.kernel.registry import register_named
from adaldyq.project.cli.migrating import prepare_database
from adaldyq.project.cli.output import called, console, number

PERSON = "person"
GROUNDS = click.Choice([one.value for one in Erasure.Ground])
by_option = click.option("--by", "username", required=True, help=_("Sign-in name of the registrar."))


@click.group(
    PERSON,
    help=_(
        "Erase a person whose records the law lets go.\n\n"
        "It takes two registrars of people, as on the pages. Each gives the password and the code of the second "
        "factor; the operator of the server cannot do it in their place."
    ),
)
def person() -> None:
    """Hold the commands together."""
    prepare_database()


def proven(username: str) -> Actor:
    """The registrar who types password and code.

    Raises:
        DomainError: `not-proven`, whatever of it is wrong.
    """
    hidden = sys.stdin.isatty()
    password = click.prompt(_("Password of %(name)s") % {"name": username}, hide_input=hidden, err=True)
    code = click.prompt(_("Code of the second factor"), hide_input=hidden, err=True)
    account = Account.objects.filter(username=username, is_active=True).first()
    factor = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first() if account else None
    if account is None or factor is None or not account.check_password(password):
        raise DomainError("not-proven", field="by")
    if not TOTP(factor).validate_code(code.strip()):
        raise DomainError("not-proven", field="by")
    return actor_of(account)


def erasure_of(erasure_id: str) -> Erasure:
    """The erasure with an id.

    Raises:
        DomainError: `no-such-erasure`.
    """
    found = Erasure.objects.filter(pk=erasure_id.upper()).first()
    if found is None:
        raise DomainError("no-such-erasure", field="erasure", value=erasure_id)
    return found


@person.command(
    "forget", help=_("Ask that a person be erased with all records; nothing goes before another registrar confirms it.")
)
@click.argument("who", metavar="PERSON")
@click.option("--ground", type=GROUNDS, required=True, help=_("Why the law lets the records go."))
@click.option("--basis", required=True, help=_("Law and article, or court and number of the decision; names nobody."))
@click.option("--reason", required=True, help=_("Why the records go; names nobody."))
@by_option
def forget(who: str, ground: str, basis: str, reason: str, username: str) -> None:
    """Propose an erasure.

    Raises:
        DomainError: `no-such-record`, or what `proven` and `propose_erasure` say.
    """
    known = references(PERSON, "", [who])
    if who not in known:
        raise DomainError("no-such-record", field=PERSON, register=register_named(PERSON).title, value=who)
    asked = propose_erasure(
        person=Person.objects.get(pk=known[who]),
        ground=Erasure.Ground(ground),
        legal_basis=basis,
        reason=reason,
        by=proven(username),
        at=timezone.now(),
    )
    said = _("Asked for. Another registrar confirms it: `%(command)s person confirm %(erasure)s --by NAME`.")
    console.print(said % {"command": called(), "erasure": asked.pk}, soft_wrap=True, markup=False)


@person.command("confirm", help=_("Erase the person whom another registrar asked to erase. It cannot be undone."))
@click.argument("erasure")
@by_option
def confirm(erasure: str, username: str) -> None:
    """Confirm an erasure, and say how much went.

    Raises:
        DomainError: what `erasure_of`, `proven` and `confirm_erasure` say.
    """
    asked = erasure_of(erasure)
    done = confirm_erasure(erasure=asked, by=proven(username), at=timezone.now())
    facts = {state: number(sum(one[1] for one in done.outcome if one[2] == state)) for state in (REMOVED, STAYED)}
    console.print(_("Erased. Records removed: %(removed)s; kept without the person: %(stayed)s.") % facts)


@person.command("refuse", help=_("Refuse an erasure that was asked for, or take it back."))
@click.argument("erasure")
@by_option
def refuse(erasure: str, username: str) -> None:
    """Refuse an erasure.

    Raises:
        DomainError: what `erasure_of`, `proven` and `refuse_erasure` say.
    """
    refuse_erasure(erasure=erasure_of(erasure), by=proven(username), at=timezone.now())
    console.print(_("Refused. Nothing was erased."))
