"""Acts on the catalogue: an entry is brought in by a law, and says something else from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.indexing import Searchable
from adaldyq.kernel.models import Body
from adaldyq.kernel.periods import day_before
from adaldyq.kernel.search import Findable, put
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.domain.terms import Terms, check, check_number
from adaldyq.measures.permits.models import (
    ACTIVITY,
    LIFE_EVENT,
    PermitEntry,
    PermitEvent,
    PermitReview,
    PermitTag,
    PermitVersion,
)
from adaldyq.measures.permits.queries.catalogue import newest, terms_of, words_of
from adaldyq.measures.permits.queries.held import SOURCES
from adaldyq.measures.permits.states import IN_FORCE, OPEN

INTRODUCE, AMEND, LOAD = "permits.entry.introduce", "permits.entry.amend", "permits.catalogue.load"
BEGIN = "permits.entry.begin"
KIND = "permit"
BATCH = 500


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that is to be brought in: its number, who issues it, what it says, and from which day on."""

    number: str
    body: Body
    terms: Terms
    since: date


def told(entry: PermitEntry) -> Recorded:
    """The ledger line of a step in the life of an entry: which, what it is now, and since when."""
    last = entry.events.order_by("-day", "-pk")[0]
    facts: dict[str, object] = {
        "entry": entry.number,
        "state": entry.state,
        "kind": entry.kind,
        "day": last.day.isoformat(),
        "act": last.act_number,
    }
    return Recorded([facts], {"permit_entry": entry.pk, "happened": last.happened})


@act(INTRODUCE, records=told)
def introduce_entry(*, new: NewEntry, by: Actor, at: datetime) -> PermitEntry:
    """Bring an entry into the catalogue. Only a law brings one in.

    Raises:
        NotAllowed: `by` does not keep the catalogue, or not for that body.
        DomainError: `permit-law-missing` and the others of `domain.terms.check`; `permit-number-taken`.
    """
    require(policies.may_keep(by, INTRODUCE, new.body), INTRODUCE)
    return write([new])[0]


def loaded(entries: Sequence[PermitEntry]) -> Recorded:
    """The ledger line of a batch: how many, and a digest of their numbers."""
    numbers = sorted(one.number for one in entries)
    return Recorded([{"entries": len(numbers), "digest": digest(numbers)}], {"entries": len(numbers)})


@act(LOAD, leaves=Leaves.PER_BATCH, records=loaded)
def load_catalogue(*, new: Sequence[NewEntry], by: Actor, at: datetime) -> Sequence[PermitEntry]:
    """Bring many entries in at once, all or none: the inventory with which a catalogue begins.

    Raises:
        NotAllowed: `by` does not keep the catalogue.
        DomainError: as `introduce_entry`, of the first that is wrong.
    """
    require(policies.may_keep(by, LOAD), LOAD)
    return write(new)


def write(new: Sequence[NewEntry]) -> list[PermitEntry]:
    """Write entries with their first versions.

    Raises:
        DomainError: as `introduce_entry`.
    """
    for one in new:
        check_number(one.number)
        check_terms(one.terms, one.since)
    numbers = [one.number for one in new]
    hold_names("permit-number", numbers)
    taken = set(PermitEntry.objects.filter(number__in=numbers).values_list("number", flat=True))
    seen: set[str] = set()
    for number in numbers:
        if number in taken or number in seen:
            raise DomainError("permit-number-taken", field="number", value=number)
        seen.add(number)
    made = [PermitEntry(number=one.number, introduced_date=one.since, **shown(one.terms, one.body)) for one in new]
    PermitEntry.objects.bulk_create(made, batch_size=BATCH)
    pairs = list(zip(made, new, strict=True))
    PermitVersion.objects.bulk_create(
        [version_of(entry, one.terms, one.body, 1, one.since) for entry, one in pairs], batch_size=BATCH
    )
    PermitTag.objects.bulk_create([tag for entry, one in pairs for tag in tags_of(entry, one.terms)], batch_size=BATCH)
    events = [event_of(entry, "introduced", one.terms, one.since) for entry, one in pairs]
    PermitEvent.objects.bulk_create(events, batch_size=BATCH)
    make_findable(made)
    return made


@act(AMEND, records=told)
def amend_entry(*, entry: PermitEntry, terms: Terms, body: Body, since: date, by: Actor, at: datetime) -> PermitEntry:
    """Let an entry say something else from a day on; what it said before stays as it was.

    Raises:
        NotAllowed: `by` does not keep the catalogue, or not for those bodies.
        DomainError: those of `domain.terms.check`; `permit-ended`; `permit-version-day` when the day is not after the
            first day of what it says now; `permit-kind-by-review` when it would be another kind; `permit-under-review`.
    """
    require(policies.may_keep(by, AMEND, entry.body) and policies.may_keep(by, AMEND, body), AMEND)
    if terms.kind != entry.kind:
        raise DomainError("permit-kind-by-review", field="kind")
    if PermitReview.objects.filter(entry=entry, state__in=OPEN).exists():
        raise DomainError("permit-under-review", value=entry.number)
    rewrite(entry, terms, body, since, day_of(at))
    PermitEvent.objects.bulk_create([event_of(entry, "amended", terms, since)])
    return entry


def rewrite(entry: PermitEntry, terms: Terms, body: Body, since: date, today: date) -> None:
    """Write the next version of an entry, within the act that decides it; lists show it from its first day on.

    Raises:
        DomainError: as `amend_entry`.
    """
    check_terms(terms, since)
    hold_names("permit-number", [entry.number])
    if not PermitEntry.objects.filter(pk=entry.pk, state__in=IN_FORCE).exists():
        raise DomainError("permit-ended", value=entry.number)
    last = newest(entry)
    if since <= last.valid_from:
        raise DomainError("permit-version-day", field="since", day=last.valid_from)
    PermitVersion.objects.filter(pk=last.pk).update(valid_to=day_before(since))
    version_of(entry, terms, body, last.version + 1, since).save(force_insert=True)
    if since <= today:
        show(entry, terms, body)


def drop_announced(entry: PermitEntry, after: date) -> None:
    """Let what was only announced fall with the decision that comes before it: versions that were to begin after a day.

    None of them ever held, so nothing was decided by them; that they were announced the ledger keeps.
    """
    entry.versions.filter(valid_from__gt=after).delete()


def show(entry: PermitEntry, terms: Terms, body: Body) -> None:
    """Let lists and the search have what an entry says."""
    for name, value in shown(terms, body).items():
        setattr(entry, name, value)
    PermitEntry.objects.filter(pk=entry.pk).update(**shown(terms, body))
    entry.tags.all().delete()
    PermitTag.objects.bulk_create(tags_of(entry, terms))
    make_findable([entry])


def began(version: PermitVersion) -> Recorded:
    """The ledger line: what an entry is since the day on which a version holds."""
    facts: dict[str, object] = {
        "entry": version.entry.number,
        "kind": version.kind,
        "version": version.version,
        "day": version.valid_from.isoformat(),
    }
    return Recorded([facts], {"permit_entry": version.entry_id, "version": version.version})


@act(BEGIN, records=began)
def begin_version(*, version: PermitVersion, by: Actor, at: datetime) -> PermitVersion:
    """Let lists and the search have what an entry says since the day has come that was named before.

    Raises:
        NotAllowed: `by` is a person.
    """
    require(by.system, BEGIN)
    show(version.entry, terms_of(version), version.body)
    return version


def begin_versions(*, by: Actor, at: datetime) -> int:
    """Let lists and the search have what has come to hold and is not shown yet, each by an act; how many that were."""
    today, count = day_of(at), 0
    holding = PermitVersion.objects.filter(version__gt=1, valid_from__lte=today, entry__state__in=IN_FORCE)
    for one in holding.exclude(valid_to__lt=today).select_related("entry", "body").order_by("pk"):
        if not is_shown(one):
            begin_version(version=one, by=by, at=at)
            count += 1
    return count


def is_shown(version: PermitVersion) -> bool:
    """Whether lists and the search have what a version says."""
    entry, terms = version.entry, terms_of(version)
    same = all(getattr(entry, name) == getattr(version, name) for name in ("kind", "body_id", "sector", "names"))
    tags = {(one.kind, one.code) for one in entry.tags.all()}
    return (
        same and tags == {(one.kind, one.code) for one in tags_of(entry, terms)} and entry.words == words_shown(terms)
    )


def check_terms(terms: Terms, since: date) -> None:
    """Refuse terms that cannot be, or that promise a document of a register which nobody asks.

    Raises:
        DomainError: those of `domain.terms.check`; `declared-not-offered`.
    """
    pack = naming.pack()
    check(terms, pack.codes, pack.languages, since)
    for one in terms.documents:
        if one.held_by and one.held_by not in SOURCES:
            raise DomainError("declared-not-offered", field="documents", value=one.held_by)


def shown(terms: Terms, body: Body) -> dict[str, Any]:
    """Columns of an entry that lists show and search."""
    return {
        "kind": terms.kind.value,
        "body": body,
        "sector": terms.sector,
        "names": dict(terms.names),
        "words": words_shown(terms),
    }


def words_shown(terms: Terms) -> str:
    """Forms of the words by which an entry is found."""
    return words_of([terms.names, *terms.subtypes])


def version_of(entry: PermitEntry, terms: Terms, body: Body, number: int, since: date) -> PermitVersion:
    """A version, not written yet."""
    burden = terms.burden
    same = ("fee", "days", "validity_months", "renewal_days", "silence_is_consent", "sector")
    return PermitVersion(
        **{name: getattr(terms, name) for name in same},
        entry=entry,
        version=number,
        valid_from=since,
        kind=terms.kind.value,
        body=body,
        names=dict(terms.names),
        law=dict(terms.law.names),
        law_number=terms.law.number,
        law_date=terms.law.day,
        law_article=dict(terms.law.article),
        subtypes=[dict(one) for one in terms.subtypes],
        requirements=[dict(one) for one in terms.requirements],
        documents=[{"names": dict(one.names), "held_by": one.held_by} for one in terms.documents],
        risk=terms.risk.value,
        activities=list(terms.activities),
        life_events=list(terms.life_events),
        hours=burden.hours if burden else None,
        costs=burden.costs if burden else None,
        currency=naming.pack().currency if burden else "",
        applications=burden.applications if burden else None,
    )


def tags_of(entry: PermitEntry, terms: Terms) -> list[PermitTag]:
    """By what an entry is found."""
    listed = ((ACTIVITY, terms.activities), (LIFE_EVENT, terms.life_events))
    return [PermitTag(entry=entry, kind=kind, code=code) for kind, codes in listed for code in dict.fromkeys(codes)]


def event_of(entry: PermitEntry, happened: str, terms: Terms, day: date) -> PermitEvent:
    """What happened by the law that the terms name."""
    state_language = naming.pack().languages[0]
    return PermitEvent(
        entry=entry,
        happened=happened,
        day=day,
        kind=terms.kind.value,
        act_title=terms.law.names[state_language],
        act_number=terms.law.number,
        act_date=terms.law.day,
    )


def make_findable(entries: Iterable[PermitEntry]) -> None:
    """Let the search of the whole site find entries, in the transaction of the act that writes them."""
    put([Findable(KIND, one.number, one.names, dict(one.body.names), [one.number]) for one in entries])


def numbers_after(key: str, most: int) -> list[str]:
    """Numbers of entries after one, for the rebuild of the search."""
    listed = PermitEntry.objects.filter(number__gt=key).order_by("number")
    return list(listed.values_list("number", flat=True)[:most])


def put_again(numbers: Sequence[str]) -> None:
    """Let the search find entries of these numbers."""
    make_findable(PermitEntry.objects.filter(number__in=numbers).select_related("body"))


SEARCHABLES = (Searchable(KIND, _("Permits and licences"), PermitEntry.objects.count, numbers_after, put_again),)
