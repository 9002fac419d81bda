"""Import of shares in companies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.companies import KINDS, WHOLE, check_whole
from adaldyq.kernel.actions.plans import Loader, Row
from adaldyq.kernel.models import Company, Ownership
from adaldyq.kernel.periods import day_before
from adaldyq.kernel.queries.keys import references

Owner = tuple[str, str]  # column and id
Held = tuple[str, Owner, str]  # company, owner and kind
DIRECT = KINDS[0]


def owner_of(row: Row, people: Mapping[str, str], companies: Mapping[str, str]) -> Owner:
    """The one owner of a row.

    Args:
        people: ids by what the file calls them.
        companies: the same.

    Raises:
        DomainError: `one-owner` unless exactly one is named, or `refers-to-nothing`.
    """
    named = [column for column in ("owner", "owner_person", "owner_company") if row.values.get(column)]
    if len(named) != 1:
        raise DomainError("one-owner", field="owner")
    text = row.values[named[0]]
    if named[0] != "owner_company" and text in people:
        return "owner_person_id", people[text]
    if named[0] != "owner_person" and text in companies:
        return "owner_company_id", companies[text]
    raise DomainError("refers-to-nothing", field=named[0], value=text)


class OwnershipLoader(Loader):
    """Shares; found again by company, owner, kind and first day."""

    register = "ownership"

    def look_up(self, rows: Sequence[Row]) -> None:
        """Find companies, owners, and the shares that they hold."""
        source = self.plan.source.name
        self.companies = references("company", source, self.texts(rows, "company", "owner_company", "owner"))
        self.people = references("person", source, self.texts(rows, "owner_person", "owner"))
        companies = {*self.companies.values()}
        list(Company.objects.select_for_update().filter(pk__in=companies).order_by("pk").values_list("pk"))
        known = Ownership.objects.filter(company_id__in=companies)
        self.held: dict[Held, list[Ownership]] = defaultdict(list)
        self.direct: dict[str, list[Ownership]] = defaultdict(list)
        for one in known:
            if one.kind == DIRECT:
                self.direct[one.company_id].append(one)
            owner = ("owner_person_id", one.owner_person_id or "")
            if one.owner_company_id:
                owner = ("owner_company_id", one.owner_company_id)
            self.held[one.company_id, owner, one.kind].append(one)

    def take(self, row: Row) -> None:
        """A new share, another share of the same owner, or the end of one.

        Raises:
            DomainError: what `owner_of`, `check`, `check_whole`, `begin` and `go_on` say, or `owner-of-itself`.
        """
        company, owner = str(self.meant(self.companies, row, "company")), owner_of(row, self.people, self.companies)
        kind, share = row.values.get("kind") or DIRECT, row.values.get("share")
        since, until = row.values.get("valid_from"), row.values.get("valid_to")
        check(kind, share, since, until)
        if owner == ("owner_company_id", company):
            raise DomainError("owner-of-itself", field="owner_company")
        held = self.held[company, owner, kind]
        for one in held:
            if one.valid_from == since:
                self.go_on(row, one, share, until)
                return
        column, owner_id = owner
        if kind == DIRECT and share is not None:
            others = [one for one in self.direct[company] if getattr(one, column) != owner_id]
            check_whole(others, share, since, until)
        self.begin(row, held, since, until)
        facts: dict[str, Any] = {"share": share, "kind": kind, "valid_from": since, "valid_to": until}
        made = Ownership(company_id=company, **{column: owner_id}, **facts, **self.plan.columns(row))
        held.append(made)
        if kind == DIRECT:
            self.direct[company].append(made)
        self.plan.create(row, made)

    def begin(self, row: Row, held: Sequence[Ownership], since: date | None, until: date | None) -> None:
        """End the share of the owner that is in force, when the new one begins after it.

        Raises:
            DomainError: `period-overlaps`.
        """
        for one in held:
            ended = one.valid_to is not None and since is not None and one.valid_to < since
            comes_later = until is not None and one.valid_from is not None and one.valid_from > until
            if ended or comes_later:
                continue
            if one.valid_to is None and since is not None and (one.valid_from is None or one.valid_from < since):
                last = day_before(since)
                if one.pk not in self.plan.fresh:
                    self.plan.end(row, one, last)
                one.valid_to = last
                continue
            raise DomainError(
                "period-overlaps", field="valid_from", since=one.valid_from or "…", until=one.valid_to or "…"
            )

    def go_on(self, row: Row, present: Ownership, share: Decimal | None, until: date | None) -> None:
        """The same share again: with a last day that the register lacks, or with nothing new.

        Raises:
            DomainError: `differs-from-the-register`.
        """
        if share is not None and share != present.share:
            raise DomainError("differs-from-the-register", field="share")
        if until is None or until == present.valid_to:
            self.plan.unchanged += 1
            return
        if present.valid_to is not None:
            raise DomainError("differs-from-the-register", field="valid_to")
        self.plan.end(row, present, until)
        present.valid_to = until
        self.plan.changed += 1
        self.plan.tell(row, present.pk)


def check(kind: str, share: Decimal | None, since: date | None, until: date | None) -> None:
    """Refuse a share that nobody can have.

    Raises:
        DomainError: `unknown-kind`, `share-out-of-range`, `ends-before-it-begins`.
    """
    if kind not in KINDS:
        raise DomainError("unknown-kind", field="kind", value=kind, known=", ".join(KINDS))
    if share is not None and not 0 < share <= WHOLE:
        raise DomainError("share-out-of-range", field="share", value=share)
    if since and until and until < since:
        raise DomainError("ends-before-it-begins", field="valid_to", since=since, until=until)
