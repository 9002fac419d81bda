"""What a selection for review reads: the frame of a year with its weights, and who is free to review."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.models.accounts import RoleGrant
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.domain.selection import WEIGHT_OF_SEVERITY, Candidate, draw, frame_text
from adaldyq.measures.declarations.models import Declaration, Review, ReviewSelection
from adaldyq.measures.declarations.states import UNDECIDED
from adaldyq.verification.models import COUNTRY, STANDING, EvidenceRow, Finding, Run
from adaldyq.verification.states import CONFIRMED, IN_WORK, OPEN

TABLE, FLAG, DONE = "declaration", "flag", "done"
LARGEST_REPEATED = 200_000
"""Declarations of a frame up to which a page repeats the draw while somebody waits; larger ones are taken as a file."""
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


def frame_of(year: int, day: date) -> Frame:
    """The frame of a year: the version in force of each declaration, weighed by the questions of the rules.

    A question belongs to a declaration when its evidence names it, or when it stands since that year.
    """
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
        for one in of_person.get(person, ()):
            reasons[key].setdefault(one["finding"], one)
        found = reasons.get(key, {}).values()
        candidates.append(Candidate(key, sum(weights.get(one["severity"], 0) for one in found)))
    listed = {key: in_order(found.values(), weights) for key, found in reasons.items()}
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
    if ReviewSelection.objects.filter(year=year).exists():
        raise DomainError("review-selected-already", field="year", year=year)
    run = last_run()
    if run is None:
        raise DomainError("review-nothing-verified", field="year")
    return run


def years_to_select(day: date) -> list[int]:
    """Years that may be selected, the newest first."""
    due = naming.pack().filing_deadlines
    done = set(ReviewSelection.objects.values_list("year", flat=True))
    years = Declaration.objects.filter(is_current=True).order_by("-year").values_list("year", flat=True).distinct()
    return [year for year in years if year not in done and year in due and due[year] < day]


def analysts_on(day: date) -> list[str]:
    """Accounts that are analysts on a day by a grant of their own."""
    grants = RoleGrant.objects.on(day).filter(role=Role.AGENCY_ANALYST, account__is_active=True)
    return sorted(set(grants.values_list("account_id", flat=True)))


def open_reviews() -> QuerySet[Review]:
    """Reviews in which the analyst has still to decide."""
    return Review.objects.filter(state__in=UNDECIDED)


def load_of() -> dict[str, int]:
    """How many reviews each analyst has open."""
    counted = open_reviews().filter(analyst__isnull=False).order_by().values_list("analyst").annotate(number=Count("*"))
    return {str(analyst): number for analyst, number in counted}


def without_analyst(day: date) -> QuerySet[Review]:
    """Open reviews that nobody has, or somebody who is no analyst any more."""
    waiting = open_reviews().filter(Q(analyst=None) | ~Q(analyst__in=analysts_on(day)))
    return waiting.select_related("declaration").order_by("pk")


def selections() -> QuerySet[ReviewSelection]:
    """All selections without their frames, the newest year first."""
    return ReviewSelection.objects.defer("frame").order_by("-year")


def selection(key: str) -> ReviewSelection | None:
    """One selection with its frame."""
    return ReviewSelection.objects.filter(pk=key).first()


def seed_of(key: str) -> str:
    """The seed of a selection, without reading its frame."""
    return str(ReviewSelection.objects.filter(pk=key).values_list("seed", flat=True).get())


def frame_kept(one: ReviewSelection) -> bytes:
    """The frame of a selection as it was drawn from."""
    return zlib.decompress(bytes(one.frame))


def repeats(one: ReviewSelection) -> bool | None:
    """Whether the draw, done again now, takes the same; none when the frame is too large to try while one waits.

    What was erased since is no longer there to be compared, and does not count.
    """
    if one.frame_size > LARGEST_REPEATED:
        return None
    again = draw(frame_kept(one), one.seed, risk=one.risk_count, random=one.random_count)
    drawn = {**dict.fromkeys(again.risk, "risk"), **dict.fromkeys(again.random, "random")}
    return all(drawn.get(key) == part for key, part in one.reviews.values_list("declaration_id", "part"))
