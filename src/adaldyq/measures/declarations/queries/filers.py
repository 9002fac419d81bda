"""Who filed a declaration: its line in the ledger says which account or token acted, and for whom."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from adaldyq.kernel import naming
from adaldyq.kernel.models import Account, Body
from adaldyq.ledger.queries import payloads_about
from adaldyq.measures.declarations.models import ELECTRONIC, PAPER, Declaration
from adaldyq.measures.declarations.queries.receipts import ACT

BODY = "body"


def filers(declarations: Sequence[Declaration]) -> dict[str, str]:
    """By declaration, who filed it, in the reader's words; nothing for one whose source does not say.

    Officers are not named, their office is; whoever acts for somebody is.
    """
    payloads = payloads_about(ACT, [one.pk for one in declarations])
    said = {key: json.loads(payload) for key, payload in payloads.items()}
    accounts = {one["by"] for one in said.values() if "by" in one}
    people = dict(Account.objects.filter(pk__in=accounts).values_list("pk", "person_id"))
    known = Known(people, naming.names_of([one for one in people.values() if one]), bodies(said.values()))
    told = {one.pk: filer_of(one, said.get(one.pk, {}), known) for one in declarations}
    return {key: words for key, words in told.items() if words}


def public_filer(one: Declaration) -> str:
    """Which office or body filed a declaration; empty when a person did, since whom a declarant lets act is not public."""
    return "" if one.way == ELECTRONIC else filers([one]).get(one.pk, "")


@dataclass(frozen=True, slots=True)
class Known:
    """People behind accounts, their names, and names of bodies; by id."""

    people: Mapping[str, str | None]
    names: Mapping[str, str]
    bodies: Mapping[str, str]


def bodies(said: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Names of the bodies for which programs acted."""
    keys = [key for one in said for kind, _colon, key in [one.get("on_behalf_of", "").partition(":")] if kind == BODY]
    return {one.pk: naming.spoken(one.names, one.name) for one in Body.objects.filter(pk__in=keys)}


def filer_of(one: Declaration, said: Mapping[str, Any], known: Known) -> str:
    """Who filed one; empty when its line does not say."""
    kind, _colon, key = said.get("on_behalf_of", "").partition(":")
    if one.way == PAPER:
        return _("on paper, keyed in by the office that keeps declarations")
    if kind == BODY:
        of_account = said.get("by") in known.people
        words = _("%(body)s, by its payroll") if of_account else _("%(body)s, by its program")
        return words % {"body": known.bodies.get(key, key)}
    if "by" not in said:
        return ""
    if one.way != ELECTRONIC:
        return _("the office that keeps declarations, from a file")
    return by_person(one, known.people.get(said["by"]) or "", known, mandate=bool(kind))


def by_person(one: Declaration, person: str, known: Known, *, mandate: bool) -> str:
    """Who filed one in the browser: the declarant, a representative, or husband or wife for both."""
    name = known.names.get(person, "")
    if person == one.person_id:
        return _("the declarant in person")
    if mandate:
        return _("%(name)s, by a mandate") % {"name": name} if name else _("somebody with a mandate")
    return _("%(name)s, for husband and wife together") % {"name": name} if name else ""
