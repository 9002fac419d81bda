"""The analysts' queue of findings, the page of one, and the decision about it."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel import reads
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.problems import sentence
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Link
from adaldyq.ui.tables import Table, sorted_page
from adaldyq.verification import policies, queries, states
from adaldyq.verification.actions.decisions import decide
from adaldyq.verification.evidence import EvidenceTable, evidence_of, years_beside
from adaldyq.verification.forms import DecisionForm, QueueForm
from adaldyq.verification.models import COUNTRY, Decision, Finding
from adaldyq.verification.views import finding_words
from adaldyq.verification.views.queue_columns import file_columns, page_columns
from adaldyq.verification.views.words import KnownRules, known_rules, language

UNPROCESSABLE, CONFLICT = 422, 409
READ = "finding"
OTHERS_SHOWN = 10
ROWS_AT_ONCE = 2000


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Findings that wait for an analyst, narrowed, sorted and paged."""
    by, known = actor_of(request.user), known_rules()
    form = queue_form(request, known)
    choice, columns = form.choice(), page_columns(known, several=queries.several_datasets())
    page = sorted_page(request, queries.chosen(choice, by), columns, default="rank")
    reads.note(request, READ, map(concerned, page.rows))
    address = f"{reverse('findings-csv')}?{request.GET.urlencode()}"
    context = {
        "form": form,
        "problem": known.problem,
        "parts": parts_of(queries.counts(by), choice),
        "quality": choice.kind == queries.QUALITY,
        "total": page.total,
        "table": Table(
            _("Findings"),
            columns,
            page.rows,
            page=page,
            download=address,
            hide_caption=True,
            empty=_("No finding fits this choice. New ones come when the rules run over the registers."),
        ),
    }
    return render(request, "verification/queue.html", context)


@require_safe
def queue_csv(request: HttpRequest) -> HttpResponseBase:
    """The same findings as a file."""
    known = known_rules()
    found = queries.chosen(queue_form(request, known).choice(), actor_of(request.user)).order_by("rank", "pk")
    rows = reads.noted(request, READ, found.iterator(chunk_size=ROWS_AT_ONCE), concerned)
    return csv_response("findings.csv", file_columns(known), rows)


@require_safe
def finding_page(request: HttpRequest, finding_id: str) -> HttpResponse:
    """One finding: the question, the rows that fired, what to rule out, what was decided."""
    found = finding_or_404(request, finding_id)
    return show_finding(request, found, None, notice="recorded" if "recorded" in request.GET else "")


@require_http_methods(["GET", "HEAD", "POST"])
def decide_finding(request: HttpRequest, finding_id: str) -> HttpResponse:
    """Record a decision. Whoever comes without one was signed out while writing it, and is told so."""
    found = finding_or_404(request, finding_id)
    if request.method != "POST":
        return show_finding(request, found, None, notice="not-recorded")
    form = decision_form(request, found, queries.decisions_about(found), known_rules())
    if form.is_valid():
        try:
            decide(finding=found, step=form.as_step(), by=actor_of(request.user), at=timezone.now())
        except NotAllowed as error:
            raise PermissionDenied from error
        except Conflict:
            return show_conflict(request, found, form)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            return redirect(f"{reverse('findings-finding', args=[found.pk])}?recorded=1")
    return show_finding(request, found, form, status=UNPROCESSABLE)


def queue_form(request: HttpRequest, known: KnownRules) -> QueueForm:
    """The form of the queue, with every rule that is known or ever ran."""
    titles = {rule: known.title(rule) for rule in (*known.rules, *queries.rules_ever_run())}
    return QueueForm(request.GET, dict(sorted(titles.items(), key=lambda pair: pair[1])))


def parts_of(numbers: queries.Counts, choice: queries.Choice) -> list[Link]:
    """Parts of the queue with their numbers; the part is marked that shows just this choice."""
    address = reverse("findings-queue")
    plain = queries.Choice()
    parts: list[tuple[str, str, int, bool]] = [
        (_("To be decided"), "", numbers.undecided, choice == plain),
        (_("My work"), "?state=in_work&whose=mine", numbers.mine, choice.whose == queries.MINE),
        (_("New"), "?standing=new&state=any", numbers.new, choice.standing == queries.NEW),
        (_("Decided"), "?state=decided", numbers.decided, is_decided(choice)),
        (_("Gone"), "?standing=gone&state=any", numbers.gone, choice.standing == queries.GONE),
        (_("Data quality"), "?kind=quality", numbers.quality, choice.kind == queries.QUALITY),
    ]
    return [Link(text, f"{address}{query}", current=current, count=count) for text, query, count, current in parts]


def is_decided(choice: queries.Choice) -> bool:
    """Whether a choice shows only what was decided."""
    return bool(choice.states) and not set(choice.states) & set(states.UNDECIDED)


def concerned(finding: Finding) -> reads.Concerned:
    """A finding and the person it is about, if it is about one; people of an imported collection are none of this country's."""
    concerns = finding.dataset == COUNTRY and queries.subject_kind(finding) == "person"
    return finding.pk, finding.subject_id if concerns else ""


def finding_or_404(request: HttpRequest, finding_id: str) -> Finding:
    """The finding of an address, if the viewer may see it."""
    found = queries.finding_of(finding_id, actor_of(request.user))
    if found is None:
        raise Http404(finding_id)
    reads.note(request, READ, [concerned(found)])
    return found


def decision_form(
    request: HttpRequest, finding: Finding, decisions: Sequence[Decision], known: KnownRules
) -> DecisionForm:
    """The form of a decision; taking into work has a button of its own."""
    steps = policies.steps_open_to(actor_of(request.user), finding)
    return DecisionForm(
        request.POST if request.method == "POST" else None,
        rule=known.rules.get(finding.rule),
        language=language(),
        open_steps=[step for step in steps if step != states.TAKE],
        seen=decisions[-1].pk if decisions else 0,
        ruled_out=decisions[-1].ruled_out if decisions else [],
        kind=finding.kind,
    )


def show_finding(
    request: HttpRequest, finding: Finding, form: DecisionForm | None, *, notice: str = "", status: int = 200
) -> HttpResponse:
    """The page of a finding, with an empty form or one that came back."""
    by, known = actor_of(request.user), known_rules()
    decisions = queries.decisions_about(finding)
    beside, problem = other_years(request, finding)
    context = {
        "finding": finding,
        "form": form or decision_form(request, finding, decisions, known),
        "seen": decisions[-1].pk if decisions else 0,
        "may_take": states.TAKE in policies.steps_open_to(by, finding),
        "anothers": policies.is_anothers_work(by, finding),
        "notice": notice,
        "decisions": finding_words.history(decisions, finding, known.rules.get(finding.rule)),
        "others": others_table(finding, by, known),
        "others_title": others_title(finding),
        "compared": finding_words.compared(finding, known.rules.get(finding.rule)),
        "evidence": [finding_words.evidence_table(one, finding) for one in beside or evidence_of(finding)],
        "beside": bool(beside),
        "problem": problem,
        **finding_words.about(finding, known),
    }
    return render(request, "verification/finding.html", context, status=status)


def other_years(request: HttpRequest, finding: Finding) -> tuple[list[EvidenceTable], str]:
    """Rows of the person's other years when they are asked for, or why they cannot be shown."""
    if "years" not in request.GET:
        return [], ""
    try:
        return years_beside(finding, settings.DATA_DIR), ""
    except DomainError as error:
        return [], sentence(error)


def others_table(finding: Finding, by: Actor, known: KnownRules) -> Table | None:
    """Other questions about the same person; none when there are none."""
    others = queries.other_findings(finding, by, OTHERS_SHOWN)
    columns = [
        one for one in page_columns(known, several=queries.several_datasets()) if one.name not in {"person", "dataset"}
    ]
    return Table(others_title(finding), columns, others, hide_caption=True) if others else None


def others_title(finding: Finding) -> str:
    """What the other questions have in common."""
    titles = {
        "territory": _("Other questions about the same place"),
        "body": _("Other questions to the same body"),
    }
    return titles.get(queries.subject_kind(finding), _("Other questions about the same person"))


def show_conflict(request: HttpRequest, finding: Finding, form: DecisionForm) -> HttpResponse:
    """Somebody else was first: what they did, and what was written here, so that nothing is lost."""
    finding.refresh_from_db()
    rule = known_rules().rules.get(finding.rule)
    seen = form.cleaned_data["seen"]
    since = [one for one in queries.decisions_about(finding) if one.pk > seen]
    context = {
        "finding": finding,
        "decisions": finding_words.history(since, finding, rule),
        "reason": form.cleaned_data["reason"],
        **finding_words.about(finding, known_rules()),
    }
    return render(request, "verification/conflict.html", context, status=CONFLICT)
