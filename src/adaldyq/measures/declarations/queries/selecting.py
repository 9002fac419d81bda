"""What a selection for review reads: the frame of a year with its weights, its seed, and who is free to review."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.models import Absence
from adaldyq.kernel.models.accounts import RoleGrant
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.ledger.queries import beacon_after, line_about
from adaldyq.measures.declarations.domain.selection import (
    WEIGHT_OF_SEVERITY,
    Candidate,
    Drawn,
    draw,
    frame_text,
    read_frame,
)
from adaldyq.measures.declarations.models import Declaration, Review, ReviewSelection
from adaldyq.measures.declarations.states import UNDECIDED
from adaldyq.verification.models import COUNTRY, STANDING, EvidenceRow, Finding, Run
from adaldyq.verification.states import CONFIRMED, IN_WORK, OPEN

TABLE, FLAG, DONE = "declaration", "flag", "done"
LARGEST_REPEATED = 200_000
"""Declarations of a frame up to which a page repeats the draw while somebody waits; larger ones are taken as a file."""
FIX, DRAW = "declarations.selection.fix", "declarations.selection.draw"
"""The acts whose lines in the ledger come before the seed, and after it."""
PATIENCE = timedelta(days=7)
"""How long a witness is waited for before a frame may be fixed anew."""
Matter = tuple[str, str]
"""A person's id, and a form."""
Reason = Mapping[str, str]
REASON = ("finding", "rule", "severity")
"""What is kept of a finding that made a weight."""


@dataclass(frozen=True)
class Frame:
    """All declarations of a year that may be taken, as the draw reads them.

    Attributes:
        weights: what one finding weighs, by severity.
        reasons: findings behind a weight, by declaration.
    """

    text: bytes
    size: int
    weights: Mapping[str, int]
    reasons: Mapping[str, list[Reason]] = field(default_factory=dict)


def last_run() -> Run | None:
    """The last run of the rules over the country's own registers."""
    return Run.objects.filter(dataset=COUNTRY, outcome=DONE).order_by("-started_at").first()


def asked_findings() -> QuerySet[Finding]:
    """Questions that stand and that nobody has explained, about the country's own people."""
    return Finding.objects.filter(STANDING, kind=FLAG, dataset=COUNTRY, state__in=(OPEN, IN_WORK, CONFIRMED))


def weights_on(day: date) -> dict[str, int]:
    """What one finding weighs on a day by the pack, by severity."""
    country = naming.pack()
    return {severity: int(country.threshold(name, day).amount) for severity, name in WEIGHT_OF_SEVERITY.items()}


def filed_since(year: int) -> list[str]:
    """Versions in force of a year whose person and form no frame of that year has yet, whatever their version then."""
    known: set[str] = set()
    for earlier in ReviewSelection.objects.filter(year=year, given_up_at=None):
        known |= {one.id for one in read_frame(frame_kept(earlier))}
    rows = list(Declaration.objects.filter(year=year).values_list("pk", "person_id", "form", "is_current"))
    covered: set[Matter] = {(person, form) for key, person, form, _current in rows if key in known}
    return [key for key, person, form, current in rows if current and (person, form) not in covered]


def frame_of(year: int, day: date) -> Frame:
    """The frame of a year: the version in force of each declaration that was in none, weighed by the rules' questions.

    A question belongs to a declaration when its evidence names it, or when it stands since that year.
    """
    wanted = set(filed_since(year))
    filed = Declaration.objects.filter(year=year, is_current=True)
    reasons: dict[str, dict[str, Reason]] = defaultdict(dict)
    named = EvidenceRow.objects.filter(finding__in=asked_findings(), table=TABLE, key__in=filed.values("pk"))
    for key, *facts in named.values_list("key", "finding_id", "finding__rule", "finding__severity"):
        reasons[key][facts[0]] = dict(zip(REASON, facts, strict=True))
    of_person: dict[str, list[Reason]] = defaultdict(list)
    since = asked_findings().filter(since__year=year)
    for subject, *facts in since.values_list("subject_id", "pk", "rule", "severity"):
        of_person[subject].append(dict(zip(REASON, facts, strict=True)))
    weights, candidates = weights_on(day), []
    for key, person in filed.values_list("pk", "person_id"):
        if key not in wanted:
            continue
        for one in of_person.get(person, ()):
            reasons[key].setdefault(one["finding"], one)
        found = reasons.get(key, {}).values()
        candidates.append(Candidate(key, sum(weights.get(one["severity"], 0) for one in found)))
    listed = {key: in_order(found.values(), weights) for key, found in reasons.items() if key in wanted}
    return Frame(frame_text(candidates), len(candidates), weights, listed)


def in_order(reasons: Iterable[Reason], weights: Mapping[str, int]) -> list[Reason]:
    """Reasons, the weightiest first."""
    return sorted(reasons, key=lambda one: (-weights.get(one["severity"], 0), one["rule"], one["finding"]))


def check_year(year: int, day: date) -> Run:
    """The run whose findings are weighed, when a year may be selected.

    Raises:
        DomainError: `review-too-early`, `review-selected-already`, `review-nothing-filed` or `review-nothing-verified`.
    """
    due = naming.pack().filing_deadlines.get(year)
    if due is None or not Declaration.objects.filter(year=year, is_current=True).exists():
        raise DomainError("review-nothing-filed", field="year", year=year)
    if due >= day:
        raise DomainError("review-too-early", field="year", year=year, day=due)
    if ReviewSelection.objects.filter(year=year, given_up_at=None).exists():
        raise DomainError("review-selected-already", field="year", year=year)
    run = last_run()
    if run is None:
        raise DomainError("review-nothing-verified", field="year")
    return run


def check_supplement(year: int, day: date) -> Run:
    """The run whose findings are weighed, when those may be selected who filed after a draw.

    Raises:
        DomainError: `review-nobody-filed-since`.
    """
    run = last_run()
    if run is None or year not in years_to_supplement(day):
        raise DomainError("review-nobody-filed-since", field="year", year=year)
    return run


def years_to_select(day: date) -> list[int]:
    """Years that may be selected, the newest first."""
    due = naming.pack().filing_deadlines
    done = set(ReviewSelection.objects.filter(given_up_at=None).values_list("year", flat=True))
    years = Declaration.objects.filter(is_current=True).order_by("-year").values_list("year", flat=True).distinct()
    return [year for year in years if year not in done and year in due and due[year] < day]


def years_to_supplement(day: date) -> list[int]:
    """Years drawn long enough ago of which somebody has filed since, and over which the rules have run since.

    The day is the pack's, so that nobody chooses the moment at which somebody would be alone in a frame.
    """
    run, country = last_run(), naming.pack()
    newest: dict[int, ReviewSelection] = {}
    for one in ReviewSelection.objects.filter(given_up_at=None).defer("frame", "reasons").order_by("turn"):
        newest[one.year] = one
    return [
        year
        for year, last in sorted(newest.items())
        if run is not None
        and last.drawn_at is not None
        and run.started_at > last.at
        and country.due("review_supplement", country.day_of(last.at)) <= day
        and filed_since(year)
    ]


def analysts_on(day: date) -> list[str]:
    """Accounts that are analysts on a day by a grant of their own, and not away."""
    grants = RoleGrant.objects.on(day).filter(role=Role.AGENCY_ANALYST, account__is_active=True)
    away = Absence.objects.on(day).values_list("account_id", flat=True)
    return sorted(set(grants.values_list("account_id", flat=True)) - set(away))


def away_until(day: date) -> dict[str, date]:
    """Accounts that are away on a day, with the last day of it."""
    found: dict[str, date] = {}
    for account, last in Absence.objects.on(day).values_list("account_id", "valid_to"):
        found[account] = max(last, found.get(account, last))
    return found


def away_long(day: date) -> list[str]:
    """Accounts that are away longer than a review waits for its analyst."""
    limit = naming.pack().due("review_absence", day)
    return [account for account, last in away_until(day).items() if last > limit]


def open_reviews() -> QuerySet[Review]:
    """Reviews in which the analyst has still to decide."""
    return Review.objects.filter(state__in=UNDECIDED)


def load_of() -> dict[str, int]:
    """How many reviews each analyst has open."""
    counted = open_reviews().filter(analyst__isnull=False).order_by().values_list("analyst").annotate(number=Count("*"))
    return {str(analyst): number for analyst, number in counted}


def without_analyst(day: date) -> QuerySet[Review]:
    """Open reviews that nobody has, or somebody who is no analyst any more or is away for long.

    One that is due before its analyst is back does not wait either.
    """
    granted = RoleGrant.objects.on(day).filter(role=Role.AGENCY_ANALYST, account__is_active=True)
    nobody = Q(analyst=None) | ~Q(analyst__in=granted.values("account")) | Q(analyst__in=away_long(day))
    returning = Absence.objects.on(day).filter(account=OuterRef("analyst"), valid_to__gte=OuterRef("decision_due_date"))
    waiting = open_reviews().filter(nobody | Exists(returning))
    return waiting.select_related("declaration").order_by("pk")


def selections() -> QuerySet[ReviewSelection]:
    """All selections without their frames, the newest first."""
    return ReviewSelection.objects.defer("frame", "reasons").order_by("-year", "-turn")


def selection(key: str) -> ReviewSelection | None:
    """One selection with its frame."""
    return ReviewSelection.objects.filter(pk=key).first()


def to_draw() -> QuerySet[ReviewSelection]:
    """Selections whose frame is fixed and that wait for their seed."""
    return ReviewSelection.objects.filter(drawn_at=None, given_up_at=None).order_by("at", "pk")


def beacon_of(one: ReviewSelection) -> str | None:
    """What the ledger's witnesses signed first after the frame was fixed; None while one of them has not."""
    return beacon_after(FIX, one.pk, one.witnesses)


def line_of_draw(one: ReviewSelection) -> Leaf | None:
    """The newest line of the ledger about a selection: of the draw, or of the frame that waits for it."""
    return line_about(DRAW, one.pk) or line_about(FIX, one.pk)


def is_overdue(one: ReviewSelection, at: datetime) -> bool:
    """Whether a witness has not signed for so long that the frame may be fixed anew."""
    return one.drawn_at is None and one.given_up_at is None and at - one.at >= PATIENCE and beacon_of(one) is None


def seed_of(key: str) -> str:
    """The seed of a selection, without reading its frame."""
    return str(ReviewSelection.objects.filter(pk=key).values_list("seed", flat=True).get())


def frame_kept(one: ReviewSelection) -> bytes:
    """The frame of a selection as it was drawn from."""
    return zlib.decompress(bytes(one.frame))


def packed(reasons: Mapping[str, Collection[Reason]]) -> bytes:
    """Reasons of a frame, as they are kept until it is drawn."""
    return zlib.compress(json.dumps({key: list(found) for key, found in sorted(reasons.items())}).encode())


def reasons_kept(one: ReviewSelection) -> dict[str, list[dict[str, str]]]:
    """The reasons that are kept of a frame until it is drawn, by declaration."""
    found: dict[str, list[dict[str, str]]] = json.loads(zlib.decompress(bytes(one.reasons)))
    return found


def drawn_again(one: ReviewSelection) -> Drawn:
    """What the draw takes, done from the frame and the seed that are kept."""
    return draw(frame_kept(one), one.seed, risk=one.risk_count, random=one.random_count)


def repeats(one: ReviewSelection) -> bool | None:
    """Whether the draw, done again now, takes the same; none when the frame is too large to try while one waits.

    What was erased since is no longer there to be compared, and does not count.
    """
    if one.frame_size > LARGEST_REPEATED:
        return None
    again = drawn_again(one)
    drawn = {**dict.fromkeys(again.risk, "risk"), **dict.fromkeys(again.random, "random")}
    return all(drawn.get(key) == part for key, part in one.reviews.values_list("declaration_id", "part"))
