"""The public catalogue of rules, made from the rule files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.ui.facts import Link
from adaldyq.ui.tables import Column, Table
from adaldyq.verification import labels, queries
from adaldyq.verification.contracts import contracts
from adaldyq.verification.examples import text_rows
from adaldyq.verification.forms import CatalogueForm
from adaldyq.verification.heads import Example, Parameter
from adaldyq.verification.models import RuleRun
from adaldyq.verification.rulefile import Rule
from adaldyq.verification.views.words import known_rules, language, severity_state
from adaldyq.verification.wording import reason_sentence

UNAVAILABLE = 503
ILLUSTRATIVE = "illustrative"


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All rules: what is looked for, searched by words, narrowed by subject and severity."""
    known = known_rules()
    form = CatalogueForm(request.GET, sorted({subject_of(rule) for rule in known.rules.values()}))
    form.is_valid()
    shown = [rule for rule in known.rules.values() if fits(rule, form.cleaned_data)]
    context = {
        "form": form,
        "problem": known.problem,
        "table": Table(
            _("Rules"),
            catalogue_columns(),
            shown,
            empty=_("No rule fits. Use fewer words or filters."),
            hide_caption=True,
        ),
        "shown": len(shown),
        "total": len(known.rules),
    }
    return render(request, "verification/catalogue.html", context, status=UNAVAILABLE if known.problem else None)


@require_safe
def catalogue_json(request: HttpRequest) -> HttpResponse:
    """The whole catalogue for programs, in all languages."""
    known = known_rules()
    if known.problem:
        return JsonResponse({"problem": known.problem}, status=UNAVAILABLE)
    entries = [
        {**rule.head.model_dump(mode="json"), "version": rule.version, "sql": rule.query.strip()}
        for rule in known.rules.values()
    ]
    answer = JsonResponse({"rules": entries}, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="rules.json"'
    return answer


@require_safe
def rule_page(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule: its question, what it rests on, what it reads, its examples, its text, how often it fired."""
    known = known_rules()
    rule = known.rules.get(rule_id)
    if rule is None:
        if known.problem:
            return render(request, "verification/rule_unavailable.html", {"problem": known.problem}, status=UNAVAILABLE)
        raise Http404(rule_id)
    head, words = rule.head, language()
    runs = queries.public_runs_of(rule.id)
    context = {
        "rule": rule,
        "subject": labels.subject_title(subject_of(rule)),
        "kind": labels.kind_word(head.kind, head.subject),
        "title": head.title.in_language(words),
        "explanation": head.explanation.in_language(words),
        "severity": severity_state(head.severity),
        "basis": [one.in_language(words) for one in head.basis],
        "innocent": [one.in_language(words) for one in head.innocent],
        "unit": head.unit.in_language(words),
        "parameters": parameters_table(rule) if head.parameters else None,
        "reads": reads_table(rule),
        "fires_on": [example_shown(example) for example in head.fires_on],
        "silent_on": [example_shown(example) for example in head.silent_on],
        "times": queries.number_of_public_runs(rule.id),
        "runs": runs_table(rule, runs),
        "last": runs[0] if runs else None,
    }
    return render(request, "verification/rule.html", context)


def subject_of(rule: Rule) -> str:
    """The folder that a rule stands in."""
    return rule.id.partition(".")[0]


def fits(rule: Rule, given: Mapping[str, str]) -> bool:
    """Whether a rule has all the words, in any language, and the subject and severity asked for."""
    head = rule.head
    texts = (head.title, head.explanation, *head.basis, *head.innocent)
    text = " ".join([rule.id, *(part for one in texts for part in (one.kk, one.ru, one.en))]).casefold()
    return (
        all(word in text for word in given.get("q", "").casefold().split())
        and given.get("subject") in {None, "", subject_of(rule)}
        and given.get("severity") in {None, "", head.severity}
    )


def catalogue_columns() -> Sequence[Column]:
    """Columns of the catalogue."""
    return (
        Column(
            "title",
            _("Rule"),
            value=lambda rule: rule.head.title.in_language(language()),
            link=lambda rule: reverse("rules-rule", args=[rule.id]),
        ),
        Column("question", _("The question"), value=lambda rule: rule.head.explanation.in_language(language())),
        Column("kind", _("What it finds"), value=lambda rule: labels.kind_word(rule.head.kind, rule.head.subject)),
        Column("severity", _("Severity"), value=lambda rule: severity_state(rule.head.severity)),
    )


def parameters_table(rule: Rule) -> Table:
    """Numbers that the query uses, with units and meaning."""
    words = language()
    columns = (
        Column("meaning", _("What it is"), value=lambda one: one.meaning.in_language(words)),
        Column("value", _("Set to"), kind="number"),
        Column("unit", _("Unit"), value=lambda one: one.unit.in_language(words)),
        Column("name", _("In the query"), value=lambda one: f"${one.name}"),
        Column("source", _("Where it comes from"), value=number_source),
    )
    return Table(_("Parameters"), columns, rule.head.parameters, hide_caption=True)


def number_source(one: Parameter) -> str:
    """Who chose a number: the rule itself, or the country pack, which names its source."""
    if not one.threshold:
        return _("It is chosen for this rule.")
    return _("The country pack marks this value as illustrative.") if one.source == ILLUSTRATIVE else _(one.source)


def reads_table(rule: Rule) -> Table:
    """Tables that a rule reads, with the columns without which it judges nothing."""
    head = rule.head
    rows = [
        *({"name": name, "needs": needed, "must": True} for name, needed in head.tables.items()),
        *({"name": name, "needs": needed, "must": False} for name, needed in head.optional.items()),
    ]
    known = contracts()

    def columns_of(row: Mapping[str, object]) -> str:
        contract = known[str(row["name"])]
        needed = row["needs"]
        names = needed if isinstance(needed, list) else []
        return ", ".join(labels.column_title(contract.by_name[name]) for name in names if name in contract.by_name)

    columns = (
        Column("title", _("Table"), value=lambda row: labels.table_title(row["name"])),
        Column("columns", _("Columns it cannot do without"), value=columns_of),
        Column("must", _("Without the table"), value=without_table),
        Column("name", _("In the query")),
    )
    return Table(_("Tables it reads"), columns, rows, hide_caption=True)


def without_table(row: Mapping[str, object]) -> str:
    """What happens when a source lacks a table."""
    return _("nothing can be judged") if row["must"] else _("it is taken for empty")


def example_shown(example: Example) -> dict[str, object]:
    """An example as small tables: what goes in and what the rule answers."""
    tables = [
        text_table(labels.table_title(name), text_rows(text), contracts()[name].by_name)
        for name, text in example.tables.items()
        if name in contracts() and text.strip()
    ]
    expected = text_rows(example.expect) if example.expect.strip() else []
    return {
        "case": example.case.in_language(language()),
        "tables": tables,
        "answer": text_table(_("What the rule asks about"), expected, {}) if expected else None,
    }


def text_table(caption: str, rows: Sequence[Mapping[str, str]], known: Mapping[str, object]) -> Table:
    """A text table of an example."""
    names = list(rows[0]) if rows else []
    columns = [Column(name, name, value=itemgetter(name)) for name in names]
    return Table(caption, columns, rows)


def runs_table(rule: Rule, runs: Iterable[RuleRun]) -> Table:
    """What the rule said about the country's registers, run by run: counts that name nobody."""

    def reasons(row: RuleRun) -> str:
        sentences = (
            f"{count} × {reason_sentence(rule, reason, language()).rstrip('.')}"
            for reason, count in sorted(row.unjudged.items())
        )
        return "; ".join(sentences)

    columns = (
        Column("day", _("Run"), kind="moment", value=lambda row: row.run.started_at),
        Column("checked", _("Checked"), kind="number"),
        Column("fired", _("Questions"), kind="number"),
        Column("unjudged", _("Not judged"), kind="number", value=lambda row: sum(row.unjudged.values())),
        Column("why", _("Why not judged"), value=reasons),
        Column("version", _("Version"), value=lambda row: row.version[:12]),
    )
    empty = _("The country’s registers have not been verified by this rule yet.")
    return Table(_("What it said about the country’s registers"), columns, list(runs), empty=empty, hide_caption=True)


def rule_link(rule: str, title: str) -> Link:
    """A link to the page of a rule."""
    return Link(title, reverse("rules-rule", args=[rule]))
