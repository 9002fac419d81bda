"""Which receiving offices and officers a text in own words names: none of them may get it.

Where the server sees the text it looks itself, and nothing of the text is kept. Where a browser seals, the browser looks, and
has for that the names of offices and, of people, hashes: enough to know a name by, and no list to be read.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from adaldyq.base.errors import DomainError
from adaldyq.base.names import comparison_key
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Account, Body, PersonName
from adaldyq.kernel.models.accounts import RoleGrant
from adaldyq.kernel.recent import recent
from adaldyq.measures.reports.domain.named import Called, Reading, called, has_office
from adaldyq.measures.reports.models import ReceivingUnit
from adaldyq.measures.reports.models.keys import AGENCY, PROSECUTOR
from adaldyq.measures.reports.queries.colleagues import holders_named
from adaldyq.measures.reports.queries.conflicts import concerned_by
from adaldyq.measures.reports.queries.offices import names_of
from adaldyq.measures.reports.queries.routing import LEADER, LEADERS, RECEIVERS, UNITS, officers_of, receivers

HASH_BYTES, TAG_BYTES, VERSION_LETTERS = 6, 9, 12
ACCOUNTS = Compiled(
    lambda accounts: Account.objects.filter(pk__any_of=accounts).order_by("pk").values_list("pk", "name", "person_id"),
    list,
)
PARTS = Compiled(lambda body: Body.objects.filter(parent=body).order_by("pk"), str)
FAMILIES = Compiled(
    lambda people: (
        PersonName.objects.filter(person__any_of=people)
        .order_by("family_name", "text")
        .values_list("person_id", "family_name", "text")
    ),
    list,
)


def offices_named(text: str, day: date) -> list[str]:
    """The offices that receive reports that a text names by any of their names, by what they are."""
    units = {one.kind: one.body for one in UNITS(day)}
    kinds = [kind for kind in (AGENCY, PROSECUTOR) if kind in units]
    return [kind for kind in kinds if has_office(text, folded_names(kind, units[kind]))]


def folded_names(kind: str, body: Body) -> list[list[str]]:
    """The names of an office, as folded words: those that the register has of it and of bodies right beneath it, and what people call it."""
    names = {body.name, *body.names.values(), *names_of(kind)}
    for one in PARTS(body.pk):
        names |= {one.name, *one.names.values()}
    folded = {tuple(comparison_key(name).split()) for name in names}
    return [[*one] for one in sorted(folded)]


def officers_named(text: str, day: date) -> frozenset[str]:
    """Accounts of officers and custodians of all offices whom a text names, or a relative of theirs, or where these work.

    With them those of heads and integrity officers, as `LEADER` where they receive too, and who else holds a post there (`colleagues`),
    whom it names themselves.
    """
    reading, found = Reading(text), people(day)
    named = frozenset(account for account, one in found.items() if reading.names(one))
    return named | concerned_by(text, reading, receivers(day), day) | holders_named(reading, day)


def people(day: date) -> Mapping[str, Called]:
    """Accounts of officers, custodians and heads of all offices, with what each is called."""
    return {
        account: called(families, names, by_family=by_family)
        for account, families, names, by_family in names_of_people(day)
    }


def names_of_people(day: date) -> list[tuple[str, tuple[str, ...], tuple[str, ...], bool]]:
    """Accounts of officers, custodians and heads, each with the family names and the whole names of its holder.

    The last tells whether the family name is enough: it keeps one officer out, but of who leads an office the whole office, so that for
    a leader something more is asked, as for the others who hold a post there. A leader who receives too stands here twice: as an officer, and
    as `LEADER`.
    """
    receive = receivers(day)
    leading = {one for unit in UNITS(day) for role in LEADERS for one in officers_of(unit, day, role)}
    accounts = receive | leading
    listed = [(str(pk), name, str(person or "")) for pk, name, person in ACCOUNTS(sorted(accounts))]
    families: dict[str, list[str]] = {}
    whole: dict[str, str] = {}
    for person, family, text in FAMILIES(sorted({person for _pk, _name, person in listed if person})):
        whole[str(person)] = text  # the last in order is Cyrillic, by which other scripts are known too
        if family:
            families.setdefault(str(person), []).append(family)
    found = []
    for account, name, person in listed:
        known = (tuple(families.get(person, ())), told_apart(name, whole.get(person, "")))
        found.append((account, *known, account in receive))
        if account in receive & leading:
            found.append((f"{LEADER}{account}", *known, False))
    return found


def told_apart(name: str, of_register: str) -> tuple[str, ...]:
    """The name of an account, and that of the register when it says more."""
    known = set(comparison_key(name).split())
    return (name,) if known >= set(comparison_key(of_register).split()) else (name, of_register)


def told_to_scripts(day: date) -> Mapping[str, Any]:
    """What a browser looks for in a text before it seals: names of offices, and hashes of the names of people.

    It is the same for everybody until a name or an officer changes; its version tells that.
    """
    offices = {one.kind: folded_names(one.kind, one.body) for one in UNITS(day)}
    facts = json.dumps([offices, names_of_people(day), salt()])
    version = sha256(facts.encode()).hexdigest()[:VERSION_LETTERS]
    return recent(f"named {version}", lambda: {"version": version, "offices": offices, **hashed_people(day)})


def hashed_people(day: date) -> Mapping[str, Any]:
    """People by tags, in the order of these, which tells nothing; each with hashes of what `Called` has."""
    found, own = people(day), salt()
    listed = [
        {
            "tag": tag_of(account),
            "alone": hashed(one.alone, own),
            "names": [[hashed(part, own) for part in name] for name in one.names],
            "beside": hashed(one.beside, own),
        }
        for account, one in found.items()
    ]
    return {"salt": own, "people": sorted(listed, key=lambda one: str(one["tag"]))}


def salt() -> str:
    """What is hashed with every key: a table that was made for another installation does not serve for this one."""
    return salted_hmac("adaldyq.reports.named", "salt", algorithm="sha256").hexdigest()[:VERSION_LETTERS]


def hashed(keys: Iterable[str], with_salt: str) -> str:
    """Hashes of keys, in the order of the hashes, one behind another."""
    made = (sha256(f"adaldyq name 1 {with_salt} {key}".encode()).digest()[:HASH_BYTES] for key in keys)
    return "".join(sorted(base64.b64encode(one).decode() for one in made))


def tag_of(account: str) -> str:
    """By what a script calls an account, whose id is chance and stands on no page."""
    return base64.urlsafe_b64encode(sha256(f"adaldyq officer 1 {account}".encode()).digest()[:TAG_BYTES]).decode()


def is_of_receiver(grant: str) -> bool:
    """Whether a grant of a role is that of somebody who is looked for by name."""
    return ever_named().filter(pk=grant).exists()


def ever_named() -> QuerySet[RoleGrant]:
    """Grants of roles whose holders are, or were, looked for by name."""
    offices = ReceivingUnit.objects.values("body")
    return RoleGrant.objects.filter(Q(role__in=RECEIVERS) | Q(role__in=LEADERS, body__in=offices))


def accounts_of(tags: Collection[str]) -> frozenset[str]:
    """The accounts that a script calls by tags, also of who is no officer any more: a form may be older.

    Raises:
        DomainError: `envelope-damaged`: there is none of such a tag.
    """
    if not tags:
        return frozenset()
    ever = ever_named().values_list("account_id", flat=True).distinct()
    known = {tag_of(one): one for account in ever for one in (str(account), f"{LEADER}{account}")}
    if not known.keys() >= set(tags):
        raise DomainError("envelope-damaged", field="left_out")
    return frozenset(known[one] for one in tags)
