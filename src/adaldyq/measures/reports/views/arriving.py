"""Who is new among those to whom keys are to be sealed, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from adaldyq.measures.reports.queries.newcomers import Newcomer
from adaldyq.ui.facts import State
from adaldyq.ui.tables import Column, Table


def newcomers_table(found: Sequence[Newcomer]) -> Table | None:
    """Those to whom keys were not sealed before; none when there is nobody."""
    if not found:
        return None
    columns = (
        Column("name", _("Who it is")),
        Column("recipient", _("Public key")),
        Column("made_date", _("Key made on"), kind="day"),
        Column("since_date", _("Role since"), kind="day"),
        Column("is_alone", _("Who gave the role"), value=given_by),
        Column("is_official", _("In the ledger"), value=in_ledger),
    )
    return Table(_("New among those who read them"), columns, found)


def given_by(one: Newcomer) -> State:
    """Who gave the role."""
    if one.is_alone:
        return State(_("a command on the server, for which one person is enough"), "bad")
    return State(_("two administrators"), "good")


def in_ledger(one: Newcomer) -> State:
    """Whether the key is official."""
    return State(_("yes"), "good") if one.is_official else State(_("not yet"), "bad")
