"""Says what is wrong between the rows of a section, each of which may be right by itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from adaldyq.base.errors import DomainError
from adaldyq.base.names import comparison_key
from adaldyq.base.registered_numbers import number_key
from adaldyq.measures.declarations.domain.numbers import WHOLE_SHARE
from adaldyq.measures.declarations.domain.relatives import FIELD

Rows = Sequence[tuple[str, Mapping[str, object]]]
"""Rows of a section in their order, each with its id."""


def spouses(rows: Iterable[tuple[str, Mapping[str, object]]]) -> set[str]:
    """Rows of the family that name a husband or wife when there are several, by their ids; nobody has two at once.

    Args:
        rows: of the family, each with its id.
    """
    found = [key for key, values in rows if values.get("relation") == "spouse"]
    return set(found) if len(found) > 1 else set()


def wrong_together(
    section: str, rows: Iterable[tuple[str, Mapping[str, object]]], registered: Collection[str] = ()
) -> dict[str, DomainError]:
    """What is wrong between the rows of a section, by the id of each row that it is said of.

    Args:
        registered: ids of rows that a register told, of which none is the other.
    """
    listed = list(rows)
    if section == "family":
        again = same_relatives(listed)
        others = spouses(row for row in listed if row[0] not in again)
        return again | {key: DomainError("declared-two-spouses", field="relation") for key in others}
    if section == "account":
        return same_accounts(listed, registered)
    return {key: DomainError("declared-shares-over-whole", field="share") for key in shares_over_whole(listed)}


def same_relatives(rows: Rows) -> dict[str, DomainError]:
    """Rows of the family that name somebody whom a row before names, by their ids.

    Somebody is the same by a number, by the register, or by day of birth and a name, in whatever script it is spelt.
    """
    places: dict[tuple[object, ...], int] = {}
    found = {}
    for place, (key, values) in enumerate(rows):
        known = list(people_of(values))
        before = next(((one, places[one]) for one in known if one in places), None)
        if before is None:
            places |= dict.fromkeys(known, place)
            continue
        (by, *_rest), other = before
        name = str(rows[other][1].get("name") or "…")
        field = FIELD if by == FIELD else "name"
        found[key] = DomainError("declared-same-relative", field=field, place=other + 1, name=name)
    return found


def people_of(values: Mapping[str, object]) -> Iterator[tuple[object, ...]]:
    """By what the person of a row is known again, the surest first."""
    if number := values.get(FIELD):
        yield FIELD, number_key(number)
    if key := values.get("relative_id"):
        yield "relative_id", key
    if (name := values.get("name")) and (born := values.get("birth_date")):
        yield "name", comparison_key(str(name)), born


def same_accounts(rows: Rows, registered: Collection[str] = ()) -> dict[str, DomainError]:
    """Rows that tell of an account in a currency that a row before tells of as the same owner's, by their ids.

    Two banks may give one number. Banks report a current account and a deposit under one number, too, so that two rows
    of theirs are two accounts; whoever files could not mend them.

    Args:
        registered: ids of rows that a register told.
    """
    places: dict[tuple[object, ...], list[int]] = defaultdict(list)
    found = {}
    for place, (key, values) in enumerate(rows):
        if not values.get("account_number"):
            continue
        before = places[account_of(values)]
        again = [one for one in before if not (key in registered and rows[one][0] in registered)]
        before.append(place)
        if again:
            found[key] = DomainError("declared-same-account", field="account_number", place=again[0] + 1)
    return found


def account_of(values: Mapping[str, object]) -> tuple[object, ...]:
    """By what an account is known again: its number, bank, owner and currency."""
    bank = comparison_key(str(values.get("bank") or ""))
    return number_key(values.get("account_number") or ""), bank, values.get("owner"), values.get("currency")


def as_reported(rows: Rows, reported: Iterable[Mapping[str, object]]) -> set[str]:
    """Ids of rows of accounts that banks reported, where the rows themselves do not say so: as many of each as were reported.

    Args:
        rows: of accounts.
        reported: what banks told of accounts of the declarant and the family.
    """
    left = Counter(map(account_of, reported))
    found = set()
    for key, values in rows:
        if left[account_of(values)] > 0:
            left[account_of(values)] -= 1
            found.add(key)
    return found


def things_of(rows: Iterable[tuple[str, Mapping[str, object]]]) -> Iterable[tuple[str, object]]:
    """Rows of a section by their ids, each with what it has a share in.

    A company is told by its id, and a row that has none by that of the rows with its name. Who owns a company and who
    benefits from it are two wholes, each of which may be told.
    """
    listed = list(rows)
    ids: dict[object, set[object]] = defaultdict(set)
    for _key, values in listed:
        if values.get("company_id"):
            ids[named(values)].add(values["company_id"])
    for key, values in listed:
        if number := values.get("object_number"):
            if values.get("basis") in {"ownership", "joint ownership"}:
                yield key, number_key(number)
        elif values.get("company_name"):
            of_name = ids[named(values)]
            company = values.get("company_id") or (next(iter(of_name)) if len(of_name) == 1 else named(values))
            yield key, (company, values.get("beneficial"))


def named(values: Mapping[str, object]) -> tuple[str, object]:
    """What a company is called, and where it is."""
    return folded(values.get("company_name")), values.get("country")


def folded(text: object) -> str:
    """A name in which neither case nor spaces tell things apart."""
    return "".join(str(text).split()).casefold()


def shares_over_whole(rows: Iterable[tuple[str, Mapping[str, object]]]) -> set[str]:
    """Rows of one thing whose shares add up to more than the whole, by their ids.

    Args:
        rows: of one section, each with its id.
    """
    listed = list(rows)
    shares: dict[object, list[tuple[str, Decimal]]] = defaultdict(list)
    read = {key: values.get("share") for key, values in listed}
    for key, thing in things_of(listed):
        if isinstance(share := read[key], Decimal):
            shares[thing].append((key, share))
    over = (parts for parts in shares.values() if sum(share for _key, share in parts) > WHOLE_SHARE)
    return {key for parts in over for key, _share in parts}
