"""`adaldyq token`: tokens of institutions from the shell of the server."""

from __future__ import annotations

from datetime import timedelta

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.tokens import (
    GRACE,
    MOST_REQUESTS,
    USUAL_REQUESTS,
    HandedOver,
    issue_token,
    revoke_token,
    rotate_token,
)
from adaldyq.kernel.actor import system
from adaldyq.kernel.deadlines.days import end_of
from adaldyq.kernel.models import InstitutionToken
from adaldyq.kernel.naming import spoken
from adaldyq.kernel.queries import lookup
from adaldyq.kernel.scopes import Scope
from adaldyq.project.cli.migrating import prepare_database
from adaldyq.project.cli.output import console, show_table

BY = system("shell")
USUAL_DAYS = 365


@click.group(
    help=_(
        "Tokens with which programs of institutions use the API: issue, list, rotate and revoke them.\n\n"
        "What is done here is done by the operator of the server and recorded as such. On the pages a secret takes two "
        "administrators."
    )
)
def token() -> None:
    """Hold the commands together."""
    prepare_database()


def found(token_id: str) -> InstitutionToken:
    """The token with an id.

    Raises:
        DomainError: `no-such-token`.
    """
    kept = InstitutionToken.objects.filter(pk=token_id.upper()).first()
    if kept is None:
        raise DomainError("no-such-token", field="id", value=token_id)
    return kept


def scopes_of(words: tuple[str, ...]) -> list[Scope]:
    """Scopes that were named.

    Raises:
        DomainError: `no-such-scope`.
    """
    known = {one.value for one in Scope}
    for word in words:
        if word not in known:
            raise DomainError("no-such-scope", field="scope", value=word, known=", ".join(sorted(known)))
    return [Scope(word) for word in words]


@token.command("issue", help=_("Issue a token to an institution and print its id and its secret, once."))
@click.argument("body")
@click.option("--label", required=True, help=_("Which program of the institution it is for."))
@click.option("--scope", "words", multiple=True, help=_("What it opens; may be given several times."))
@click.option(
    "--days", type=click.IntRange(1, USUAL_DAYS), default=USUAL_DAYS, show_default=True, help=_("For how many days.")
)
@click.option(
    "--requests",
    type=click.IntRange(1, MOST_REQUESTS),
    default=USUAL_REQUESTS,
    show_default=True,
    help=_("Requests a minute."),
)
def issue(body: str, label: str, words: tuple[str, ...], days: int, requests: int) -> None:
    """Issue a token."""
    institution = lookup.body(body)
    if institution is None:
        raise DomainError("no-such-record", field="body", register=_("Register of state bodies"), value=body)
    tell(
        issue_token(
            body=institution,
            label=label,
            scopes=scopes_of(words),
            expires_at=end_of(timezone.localdate() + timedelta(days)),
            requests_a_minute=requests,
            by=BY,
            at=timezone.now(),
        )
    )


def tell(done: HandedOver) -> None:
    """Print the id and the secret of a token, each on a line."""
    console.print(done.token.pk)
    console.print(done.secret, soft_wrap=True)


@token.command("list", help=_("List tokens with what they open."))
def list_tokens() -> None:
    """Print every token."""
    now, rows = timezone.now(), []
    for one in InstitutionToken.objects.select_related("body").order_by("issued_at", "pk"):
        last = one.last_used_date.isoformat() if one.last_used_date else "—"
        state = _("over") if one.is_over(now) else _("waits for a second administrator") if one.asked_by else _("open")
        expires = timezone.localdate(one.expires_at).isoformat()
        rows.append([one.pk, spoken(one.body.names, one.body.name), one.label, one.scopes, expires, last, state])
    titles = ("id", _("institution"), _("program"), _("scopes"), _("expires"), _("last used"), _("state"))
    show_table(_("Tokens"), [(title, "left") for title in titles], rows)


@token.command("rotate", help=_("Make a new secret and print it, once. The old one lives on for some days."))
@click.argument("token_id")
@click.option(
    "--grace",
    type=click.IntRange(0, 90),
    default=GRACE.days,
    show_default=True,
    help=_("Days the old secret lives on."),
)
def rotate(token_id: str, grace: int) -> None:
    """Rotate a token."""
    tell(rotate_token(token=found(token_id), by=BY, at=timezone.now(), grace=timedelta(grace)))


@token.command("revoke", help=_("Revoke a token: programs that use it are refused from this moment."))
@click.argument("token_id")
def revoke(token_id: str) -> None:
    """Revoke a token."""
    revoke_token(token=found(token_id), by=BY, at=timezone.now())
