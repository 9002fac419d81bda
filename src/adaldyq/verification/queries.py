"""What pages read of findings and runs, already narrowed to what the viewer may see."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import Count, Q, QuerySet, Sum

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Body, Company, EventDelivery
from adaldyq.verification import models, policies, states
from adaldyq.verification.catalogue import known
from adaldyq.verification.contracts import contracts, published
from adaldyq.verification.models import COUNTRY, STANDING, Decision, Finding, RuleRun, Run
from adaldyq.verification.snapshots import Snapshot, read_snapshot

RUN_REQUEST = "verification.run.request"
FLAG, QUALITY = "flag", "quality"
THERE, NEW, GONE, EVER = "there", "new", "gone", "ever"
MINE, NOBODYS = "mine", "nobody"
PUBLIC_RUNS = 12


@dataclass(frozen=True)
class Choice:
    """Which findings of the queue to show.

    Attributes:
        kind: flags, or suspected typing and reading errors.
        dataset: one dataset; none for all.
        states: empty for all.
        standing: `there` in the last run, `new` since the run before it, `gone`, or `ever` found.
        whose: taken by the viewer (`mine`), by `nobody`, or empty for all.
        person: id of the person asked about.
    """

    kind: str = FLAG
    dataset: str | None = None
    rule: str = ""
    severity: str = ""
    states: tuple[str, ...] = states.UNDECIDED
    standing: str = THERE
    whose: str = ""
    person: str = ""


@dataclass(frozen=True)
class Counts:
    """How many findings wait in each part of the queue."""

    undecided: int
    mine: int
    new: int
    decided: int
    gone: int
    quality: int


@dataclass(frozen=True)
class WaitingRequest:
    """A run that was asked for and has not ended.

    Attributes:
        error: why the last attempt failed; the worker tries again.
    """

    dataset: str
    at: datetime
    error: str


def findings_for(by: Actor) -> QuerySet[Finding]:
    """Findings that the viewer may see: all for an analyst, none for anybody else."""
    return Finding.objects.all() if policies.may_see_findings(by) else Finding.objects.none()


def chosen(choice: Choice, by: Actor) -> QuerySet[Finding]:
    """The findings of a choice that the viewer may see."""
    narrowing = [Q(kind=choice.kind)]
    if choice.dataset is not None:
        narrowing.append(Q(dataset=choice.dataset))
    if choice.states:
        narrowing.append(Q(state__in=choice.states))
    exact = {"rule": choice.rule, "severity": choice.severity, "subject_id": choice.person}
    narrowing.extend(Q(**{name: value}) for name, value in exact.items() if value)
    match choice.standing:
        case "there":
            narrowing.append(STANDING)
        case "new":
            narrowing.extend((STANDING, Q(first_run__in=last_runs())))
        case "gone":
            narrowing.append(models.GONE)
    match choice.whose:
        case "mine":
            narrowing.append(Q(assignee=by.id))
        case "nobody":
            narrowing.append(Q(assignee=None))
    return findings_for(by).filter(*narrowing).select_related("assignee")


def last_runs() -> list[str]:
    """Ids of the last run of each dataset."""
    return list(dict(Run.objects.order_by("started_at").values_list("dataset", "pk")).values())


def counts(by: Actor) -> Counts:
    """How many findings wait in each part of the queue, for its navigation."""
    findings = findings_for(by)
    standing = findings.filter(STANDING, kind__in=(FLAG, QUALITY))
    grouped = standing.order_by().values("kind", "state").annotate(number=Count("*"))
    of = {(kind, state): number for kind, state, number in grouped.values_list("kind", "state", "number")}
    return Counts(
        undecided=sum(of.get((FLAG, state), 0) for state in states.UNDECIDED),
        mine=findings.filter(STANDING, kind=FLAG, state=states.IN_WORK, assignee=by.id).count(),
        new=findings.filter(STANDING, kind=FLAG, first_run__in=last_runs()).count(),
        decided=sum(number for (kind, state), number in of.items() if kind == FLAG and state not in states.UNDECIDED),
        gone=findings.filter(models.GONE, kind=FLAG).count(),
        quality=sum(number for (kind, state), number in of.items() if kind == QUALITY and state in states.UNDECIDED),
    )


def datasets_verified() -> list[str]:
    """Names of the datasets that were ever verified, the country first."""
    return sorted(set(Run.objects.order_by().values_list("dataset", flat=True).distinct()))


def rules_ever_run() -> list[str]:
    """Ids of the rules that ever ran, also of those no longer in the catalogue."""
    return sorted(set(RuleRun.objects.order_by().values_list("rule", flat=True).distinct()))


def finding_of(finding: str, by: Actor) -> Finding | None:
    """A finding with the runs that saw it and whoever works on it; none when the viewer may not see it."""
    related = ("first_run", "last_run", "gone_run", "assignee")
    return findings_for(by).select_related(*related).filter(pk=finding).first()


def decisions_about(finding: Finding) -> list[Decision]:
    """Decisions in the order in which they were made."""
    return list(finding.decisions.select_related("by").order_by("pk"))


def other_findings(finding: Finding, by: Actor, limit: int) -> list[Finding]:
    """Other findings about the same person of the same dataset, the gravest first."""
    same = findings_for(by).filter(subject_id=finding.subject_id, dataset=finding.dataset).exclude(pk=finding.pk)
    return list(same.order_by("rank", "pk")[:limit])


def has_public_page(person: str, dataset: str) -> bool:
    """Whether the law makes the declarations of a person of the country public.

    People of imported collections never have a page here. Who publishes declarations is found by the table.
    """
    register = published().get("declaration")
    if dataset != COUNTRY or register is None or register.model is None:
        return False
    return bool(register.model._default_manager.filter(person_id=person, is_public=True).exists())


def is_place(finding: Finding) -> bool:
    """Whether a finding is about a place of the country, and asks no person."""
    return finding.dataset == COUNTRY and finding.subject_id in naming.names_in_pack()


def subject_kind(finding: Finding) -> str:
    """Whom or what a finding is about, as the head of its rule says: person, territory or body."""
    if is_place(finding):
        return "territory"
    rule = known().get(finding.rule)
    return rule.head.subject if rule else "person"


def several_datasets() -> bool:
    """Whether more than one dataset was ever verified."""
    return len(last_runs()) > 1


def name_of(record: str) -> str:
    """Name of a record of the country, in the reader's language; empty when no such record is there."""
    return names_of_records([record]).get(record, "")


def names_of_records(records: Collection[str]) -> dict[str, str]:
    """Names of bodies, companies and people of the country, in the reader's language, by id."""
    bodies = Body.objects.filter(pk__in=records).only("id", "name", "names")
    return {
        **naming.names_of(records),
        **dict(Company.objects.filter(pk__in=records).values_list("pk", "name")),
        **{one.pk: naming.spoken(one.names, one.name) for one in bodies},
    }


def runs_for(by: Actor) -> QuerySet[Run]:
    """Runs that the viewer may see, with how many rules ran, how often they fired and what they checked."""
    runs = Run.objects.all() if policies.may_see_runs(by) else Run.objects.none()
    return runs.annotate(rules_run=Count("rules"), fired=Sum("rules__fired"), checked=Sum("rules__checked"))


def rules_of(run: Run) -> list[RuleRun]:
    """What each rule said in a run, in the order of their ids."""
    return list(run.rules.order_by("rule"))


def kept_snapshot(run: Run, data: Path) -> Snapshot:
    """The snapshot that a run read, while its files are kept.

    Args:
        data: the data folder.

    Raises:
        DomainError: `snapshot-gone` when they are not, or stand replaced by a later one; and others of
            `snapshots`.
    """
    try:
        snapshot = read_snapshot(data / run.snapshot_path, contracts())
    except DomainError as error:
        if error.code == "no-snapshot":
            raise DomainError("snapshot-gone") from None
        raise
    if snapshot.hash != run.snapshot:
        raise DomainError("snapshot-gone")
    return snapshot


def requests_waiting() -> list[WaitingRequest]:
    """Runs that were asked for and have not ended, the oldest first."""
    waiting = EventDelivery.objects.filter(event__name=RUN_REQUEST, delivered_at=None).select_related("event")
    return [
        WaitingRequest(str(one.event.payload.get("dataset") or ""), one.event.happened_at, one.error)
        for one in waiting.order_by("pk")
    ]


def public_runs_of(rule: str) -> Sequence[RuleRun]:
    """What a rule said about the country's own registers, in counts that name nobody; the newest first.

    Runs over imported collections of real people are never among them.
    """
    ended = RuleRun.objects.filter(rule=rule, run__dataset=COUNTRY, run__outcome="done")
    return list(ended.select_related("run").order_by("-run__started_at")[:PUBLIC_RUNS])


def last_public_run() -> Sequence[RuleRun]:
    """What each rule said in the last run over the country's own registers, in counts that name nobody."""
    last = Run.objects.filter(dataset=COUNTRY, outcome="done").order_by("-started_at").first()
    return list(RuleRun.objects.filter(run=last).select_related("run").order_by("rule")) if last else []


def number_of_public_runs(rule: str) -> int:
    """How many runs over the country's own registers a rule took part in."""
    return RuleRun.objects.filter(rule=rule, run__dataset=COUNTRY, run__outcome="done").count()
