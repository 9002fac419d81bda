"""The catalogue as everybody sees it: by words, activity, life event, body and sector, and one entry with its life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from adaldyq.base.money import Money
from adaldyq.base.search import asked as words_asked
from adaldyq.base.search import tokens
from adaldyq.countries.permits import PaperFact, PermitKind, Risk
from adaldyq.kernel import naming
from adaldyq.kernel.models import Body
from adaldyq.measures.permits.domain.burden import days_of, money_of
from adaldyq.measures.permits.domain.terms import Burden, Law, Terms
from adaldyq.measures.permits.models import ACTIVITY, LIFE_EVENT, PermitEntry, PermitEvent, PermitVersion
from adaldyq.measures.permits.states import IN_FORCE

SHORTEST_CODE = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; empty where nothing is said.

    Attributes:
        activity: a code of the classifier, with or without dots, or its beginning.
        ended: whether entries that have ended are shown too.
    """

    words: str = ""
    activity: str = ""
    life_event: str = ""
    body: str = ""
    sector: str = ""
    kind: str = ""
    ended: bool = False


def entries(asked: Asked) -> QuerySet[PermitEntry]:
    """Entries that are looked for, by number."""
    found = PermitEntry.objects.select_related("body").order_by("number")
    if not asked.ended:
        found = found.filter(state__in=IN_FORCE)
    same = {"body": asked.body, "sector": asked.sector, "kind": asked.kind}
    found = found.filter(**{name: value for name, value in same.items() if value})
    if asked.life_event:
        found = found.filter(tags__kind=LIFE_EVENT, tags__code=asked.life_event)
    if code := "".join(one for one in asked.activity if one.isdigit()):
        broader = [code[:length] for length in range(SHORTEST_CODE, len(code))]
        of_code = Q(tags__code__startswith=code) | Q(tags__code__in=broader)
        found = found.filter(of_code, tags__kind=ACTIVITY).distinct()
    for forms in words_asked(asked.words):
        found = found.filter(reduce(or_, (Q(words__contains=f" {form}") for form in forms)))
    return found


def words_of(names: Sequence[Mapping[str, str]]) -> str:
    """Forms of the words of some names in all languages, as the search looks for them."""
    return f" {tokens(text for one in names for text in one.values())} "


def entry(number: str) -> PermitEntry | None:
    """The entry of a number; none of what no number can hold, so that PostgreSQL is not asked for it."""
    if "\x00" in number:
        return None
    return PermitEntry.objects.select_related("body").filter(number=number).first()


def versions(of: PermitEntry) -> list[PermitVersion]:
    """What an entry has said, the newest first."""
    return list(of.versions.select_related("body").order_by("-version"))


def says_on(day: date) -> Q:
    """Condition on versions: what entries say on a day, whatever is announced for later."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))


def version_on(of: PermitEntry, day: date) -> PermitVersion | None:
    """What an entry says on a day; what it said last when it has ended, or first when it has not begun."""
    listed = versions(of)
    return next((one for one in listed if one.valid_from <= day), listed[-1] if listed else None)


def newest(of: PermitEntry) -> PermitVersion:
    """What an entry says last."""
    return of.versions.order_by("-version").select_related("body")[0]


def life(of: PermitEntry) -> list[PermitEvent]:
    """What happened to an entry, the newest first."""
    return list(of.events.order_by("-day", "-pk"))


def fee_of(version: PermitVersion, day: date) -> Money:
    """The fee on a day in the country's currency."""
    pack = naming.pack()
    return pack.worth(Decimal(version.fee or 0), pack.fee_unit, day)


def burden_of(version: PermitVersion) -> Burden | None:
    """What one application costs, as far as somebody has counted it."""
    if version.hours is None or version.costs is None or version.applications is None:
        return None
    return Burden(version.hours, version.costs, version.applications)


def hour_price(day: date) -> Decimal:
    """What an hour of work costs a business, in the country's currency."""
    return naming.pack().threshold_amount("permit_hour", day).amount


def yearly(version: PermitVersion, day: date) -> tuple[Decimal, int] | None:
    """What a permit costs in a year: money and working days of waiting; None when nobody has counted it."""
    burden = burden_of(version)
    return (money_of(burden, hour_price(day)), days_of(version.days, burden)) if burden else None


def terms_of(version: PermitVersion) -> Terms:
    """What a version says, as an act takes it."""
    same = (
        "sector", "names", "subtypes", "requirements", "fee", "days", "validity_months", "renewal_days",
        "silence_is_consent", "activities", "life_events",
    )  # fmt: skip
    return Terms(
        **{name: getattr(version, name) for name in same},
        kind=PermitKind(version.kind),
        risk=Risk(version.risk),
        law=Law(version.law, version.law_number, version.law_date, version.law_article),
        documents=[PaperFact(one["names"], one["held_by"]) for one in version.documents],
        burden=burden_of(version),
    )


def bodies() -> list[tuple[str, str]]:
    """Bodies that issue something, by name."""
    names, there = naming.body_names(), PermitEntry.objects.values_list("body_id", flat=True).distinct()
    return sorted(((one, names[one]) for one in there), key=lambda pair: pair[1])


def all_bodies() -> list[tuple[str, str]]:
    """Bodies that may issue something, by name."""
    there = set(Body.objects.filter(closed_date=None, level="national").values_list("pk", flat=True))
    return sorted(((key, name) for key, name in naming.body_names().items() if key in there), key=lambda pair: pair[1])


def body(key: str) -> Body | None:
    """A body."""
    return Body.objects.filter(pk=key).first()
