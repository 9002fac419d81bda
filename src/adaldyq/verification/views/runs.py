"""Runs of the rules: what was verified, over which snapshot, and the request for another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.country_names import country_name
from adaldyq.kernel.problems import sentence
from adaldyq.ui.facts import Fact, Look, State
from adaldyq.ui.tables import Column, Table, sorted_page
from adaldyq.verification import labels, policies, queries
from adaldyq.verification.actions.decisions import request_run
from adaldyq.verification.forms import COUNTRY_CHOICE, RunRequestForm
from adaldyq.verification.models import COUNTRY, RuleRun, Run
from adaldyq.verification.runs import datasets
from adaldyq.verification.snapshots import Manifest
from adaldyq.verification.views.words import KnownRules, known_rules, language
from adaldyq.verification.wording import reason_sentence

UNPROCESSABLE = 422
OUTCOME_LOOKS: Mapping[str, Look] = {"running": "work", "done": "good", "failed": "bad"}


@dataclass(frozen=True)
class Unjudged:
    """Units that a rule could not judge in a run, and why."""

    rule: str
    count: int
    why: str


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """All runs, the newest first, with the form that asks for another."""
    form = RunRequestForm(None, datasets(settings.DATA_DIR))
    return show_runs(request, form, notice="requested" if "requested" in request.GET else "")


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_run(request: HttpRequest) -> HttpResponse:
    """Ask the worker for a run. Whoever comes without a form was signed out meanwhile, and is told so."""
    known = datasets(settings.DATA_DIR)
    if request.method != "POST":
        return show_runs(request, RunRequestForm(None, known), notice="not-requested")
    form = RunRequestForm(request.POST, known)
    if form.is_valid():
        try:
            request_run(dataset=form.name(), known=known, by=actor_of(request.user), at=timezone.now())
        except NotAllowed as error:
            raise PermissionDenied from error
        except DomainError as error:
            form.add_error(error.field, sentence(error))
        else:
            return redirect(f"{reverse('verification-runs')}?requested=1")
    return show_runs(request, form, status=UNPROCESSABLE)


@require_safe
def run_page(request: HttpRequest, run_id: str) -> HttpResponse:
    """One run: what each rule said, what could not be judged and why, and the snapshot behind it."""
    by, known = actor_of(request.user), known_rules()
    run = queries.runs_for(by).filter(pk=run_id).first()
    if run is None:
        raise Http404(run_id)
    rule_runs = queries.rules_of(run)
    manifest, problem = manifest_of(run)
    context = {
        "run": run,
        "title": labels.dataset_title(run.dataset),
        "outcome": outcome(run),
        "facts": facts_of(run),
        "rules": Table(_("Rules"), rule_columns(run, known, policies.may_see_findings(by)), rule_runs),
        "unjudged": unjudged_table(rule_runs, known),
        "errors": [(known.title(one.rule), one.error) for one in rule_runs if one.error],
        "origin": origin_of(manifest) if manifest else (),
        "tables": tables_table(manifest) if manifest else None,
        "losses": losses_table(manifest) if manifest and manifest.losses else None,
        "problem": problem,
    }
    return render(request, "verification/run.html", context)


def show_runs(request: HttpRequest, form: RunRequestForm, *, notice: str = "", status: int = 200) -> HttpResponse:
    """The list of runs."""
    by = actor_of(request.user)
    columns = run_columns()
    page = sorted_page(request, queries.runs_for(by), columns, default="-started_at", per_page=25)
    context = {
        "form": form,
        "notice": notice,
        "may_request": policies.may_request_run(by),
        "waiting": waiting_table(),
        "table": Table(
            _("Runs"), columns, page.rows, page=page, empty=_("The rules have not run yet."), hide_caption=True
        ),
    }
    return render(request, "verification/runs.html", context, status=status)


def waiting_table() -> Table | None:
    """Runs that were asked for and have not ended; none when there are none."""
    waiting = queries.requests_waiting()
    columns = (
        Column("dataset", _("Dataset"), value=lambda one: labels.dataset_title(one.dataset)),
        Column("at", _("Asked for"), kind="moment"),
        Column(
            "error",
            _("State"),
            value=lambda one: (
                State(_("failed, will be tried again"), "bad") if one.error else State(_("waits"), "work")
            ),
        ),
    )
    return Table(_("Asked for and not yet ended"), columns, waiting) if waiting else None


def run_columns() -> Sequence[Column]:
    """Columns of the list of runs."""
    return (
        Column(
            "started_at",
            _("Begun"),
            kind="moment",
            sort="started_at",
            link=lambda run: reverse("verification-run", args=[run.pk]),
        ),
        Column("dataset", _("Dataset"), value=lambda run: labels.dataset_title(run.dataset), sort="dataset"),
        Column("outcome", _("Outcome"), value=outcome),
        Column("rules_run", _("Rules"), kind="number"),
        Column("checked", _("Checked"), kind="number"),
        Column("fired", _("Findings"), kind="number"),
        Column("seconds", _("Took, seconds"), kind="number", value=seconds),
    )


def outcome(run: Run) -> State:
    """How a run ended, as a word with a look."""
    return State(labels.OUTCOMES.get(run.outcome, run.outcome), OUTCOME_LOOKS.get(run.outcome, "plain"))


def seconds(run: Run) -> float | None:
    """How long a run took; none while it lasts."""
    return round((run.finished_at - run.started_at).total_seconds(), 1) if run.finished_at else None


def facts_of(run: Run) -> list[Fact]:
    """What was run when."""
    lost = Fact(
        _("Not reproducible since"),
        run.not_reproducible_since,
        kind="moment",
        hint=_("Records were erased by law, and with them the snapshot that this run read. What it found remains."),
    )
    return [
        Fact(_("Dataset"), labels.dataset_title(run.dataset)),
        Fact(_("Begun"), run.started_at, kind="moment"),
        Fact(_("Ended"), run.finished_at, kind="moment"),
        Fact(_("Engine"), run.engine),
        Fact(_("Snapshot"), run.snapshot, hint=_("SHA-256 of its manifest, which holds the hash of every file.")),
        *([lost] if run.not_reproducible_since else []),
    ]


def rule_columns(run: Run, known: KnownRules, may_see_findings: bool) -> Sequence[Column]:
    """Columns of what each rule said; the numbers lead to the findings for those who may see them."""

    def queue(row: RuleRun) -> str:
        if not may_see_findings or not row.fired:
            return ""
        rule = known.rules.get(row.rule)
        kind = f"&kind={queries.QUALITY}" if rule and rule.head.kind == queries.QUALITY else ""
        return f"{reverse('findings-queue')}?rule={row.rule}&dataset={run.dataset or COUNTRY_CHOICE}&state=any{kind}"

    def page(row: RuleRun) -> str:
        return reverse("rules-rule", args=[row.rule]) if row.rule in known.rules else ""

    return (
        Column("rule", _("Rule"), value=lambda row: known.title(row.rule), link=page),
        Column("checked", _("Checked"), kind="number"),
        Column("fired", _("Findings"), kind="number", link=queue),
        Column("unjudged", _("Not judged"), kind="number", value=lambda row: sum(row.unjudged.values())),
        Column("milliseconds", _("Milliseconds"), kind="number"),
        Column("version", _("Version"), value=lambda row: row.version[:12]),
    )


def unjudged_table(rule_runs: Sequence[RuleRun], known: KnownRules) -> Table | None:
    """What could not be judged, and why; none when everything could."""
    rows = [
        Unjudged(known.title(one.rule), count, reason_sentence(known.rules.get(one.rule), reason, language()))
        for one in rule_runs
        for reason, count in sorted(one.unjudged.items())
    ]
    columns = (
        Column("rule", _("Rule")),
        Column("why", _("Why")),
        Column("count", _("How many"), kind="number"),
    )
    return Table(_("What could not be judged"), columns, rows, hide_caption=True) if rows else None


def manifest_of(run: Run) -> tuple[Manifest | None, str]:
    """The manifest of a run's snapshot, or why it cannot be shown."""
    try:
        return queries.kept_snapshot(run, settings.DATA_DIR).manifest, ""
    except DomainError as error:
        return None, sentence(error)


def origin_of(manifest: Manifest) -> list[Fact]:
    """Where the content of a snapshot comes from."""
    origin = manifest.origin
    return [
        Fact(_("What it is"), _(origin.title) if origin.dataset else labels.dataset_title(COUNTRY)),
        Fact(_("Taken from"), _(origin.source)),
        Fact(_("Licence"), _(origin.licence) if origin.licence else None),
        Fact(_("Country"), country_name(origin.country)),
        Fact(_("Made"), manifest.made_at, kind="moment"),
    ]


def tables_table(manifest: Manifest) -> Table:
    """Tables of a snapshot with their rows and hashes."""
    rows = [{"name": name, **entry.model_dump()} for name, entry in sorted(manifest.tables.items())]
    columns = (
        Column("title", _("Table"), value=lambda row: labels.table_title(row["name"])),
        Column("file", _("File")),
        Column("rows", _("Rows"), kind="number"),
        Column("columns", _("Columns"), kind="number", value=lambda row: len(row["columns"])),
        Column("bytes", _("Bytes"), kind="number"),
        Column("sha256", _("SHA-256"), value=lambda row: row["sha256"][:16]),
    )
    return Table(_("Tables of the snapshot"), columns, rows, hide_caption=True)


def losses_table(manifest: Manifest) -> Table:
    """What of the source has no place in the tables."""
    columns = (
        Column("what", _("What"), value=lambda loss: _(loss.what)),
        Column("count", _("How often"), kind="number"),
        Column("example", _("Example")),
    )
    return Table(_("What of the source was left out"), columns, manifest.losses, hide_caption=True)
