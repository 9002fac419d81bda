"""What the page of a finding says: the question with this case's sums, the rows, the history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from adaldyq.base.tables import Column as Published
from adaldyq.base.tables import ColumnType
from adaldyq.ui.facts import Fact, State
from adaldyq.ui.formats.values import day, money
from adaldyq.ui.tables import Column, Table
from adaldyq.verification import labels, queries
from adaldyq.verification.evidence import IN_QUESTION, EvidenceTable, compared_in
from adaldyq.verification.models import Decision, Finding
from adaldyq.verification.rulefile import Rule
from adaldyq.verification.views.object_words import object_words
from adaldyq.verification.views.queue_columns import person, standing
from adaldyq.verification.views.register_values import names_in, written
from adaldyq.verification.views.rules import parameters_table, reads_table
from adaldyq.verification.views.words import KnownRules, finding_state, language, severity_state

Writing = Callable[..., str]
"""Writes the value of a column in a row."""

SIDE_BY_SIDE = 4
NOT_SHOWN = frozenset({"person_id", "declaration_id", "search_text"})


@dataclass(frozen=True)
class Past:
    """A decision as the history tells it."""

    step: object
    name: str
    at: datetime
    reason: str
    ruled_out: Sequence[str]


@dataclass(frozen=True)
class EvidenceShown:
    """Rows of one table as the page shows them.

    Attributes:
        meanings: what each column means.
    """

    title: str
    table: Table
    meanings: Sequence[Fact]


def about(finding: Finding, known: KnownRules) -> dict[str, Any]:
    """Title, question and facts of a finding, and what its rule compared."""
    rule = known.rules.get(finding.rule)
    words = language()
    return {
        "title": known.title(finding.rule),
        "rule": rule,
        "quality": finding.kind == queries.QUALITY,
        "explanation": rule.head.explanation.in_language(words) if rule else "",
        "this_case": this_case(finding),
        "state": finding_state(finding),
        "severity": severity_state(finding.severity),
        "standing": standing(finding, set(queries.last_runs())),
        "basis": [one.in_language(words) for one in rule.head.basis] if rule else [],
        "facts": facts_of(finding),
        "record": record_of(finding, rule, known.title(finding.rule)),
        "parameters": parameters_table(rule) if rule and rule.head.parameters else None,
        "reads": reads_table(rule) if rule else None,
    }


def this_case(finding: Finding) -> str:
    """The question with this case's sums, in a sentence."""
    who = ", ".join(filter(None, (person(finding), object_words(finding))))
    what = _("this") if finding.amount is None else money(finding.amount, finding.currency)
    if finding.kind == queries.QUALITY:
        return _("%(who)s: %(what)s may be a typing or reading error.") % {"who": who, "what": what}
    if finding.since is None:
        return _("%(who)s: %(what)s needs an explanation.") % {"who": who, "what": what}
    words = {"who": who, "what": what, "day": day(finding.since)}
    return _("%(who)s: %(what)s needs an explanation, since %(day)s.") % words


def facts_of(finding: Finding) -> list[Fact]:
    """Who is asked about what."""
    asked = {"territory": _("Place"), "body": _("Body")}.get(queries.subject_kind(finding), _("Person"))
    return [
        Fact(asked, person(finding), href=public_page(finding)),
        *([Fact(_("About"), about_what)] if (about_what := object_words(finding)) else []),
        Fact(_("Sum in question"), finding.amount, kind="money", currency=finding.currency),
        Fact(_("The question stands since"), finding.since, kind="day"),
        Fact(_("Dataset"), labels.dataset_title(finding.dataset)),
        Fact(_("Analyst"), finding.assignee.name if finding.assignee else None),
    ]


def public_page(finding: Finding) -> str:
    """Address of the person's public page; empty when there is none."""
    if not queries.has_public_page(finding.subject_id, finding.dataset):
        return ""
    try:
        return reverse("declarations-person", args=[finding.subject_id])
    except NoReverseMatch:
        return ""


def record_of(finding: Finding, rule: Rule | None, title: str) -> list[Fact]:
    """Which version of the rule found it, in which runs, over which snapshot."""
    changed = rule is not None and rule.version != finding.version
    runs = [(_("First found"), finding.first_run), (_("Last found"), finding.last_run)]
    if finding.gone_run:
        runs.append((_("Gone since"), finding.gone_run))
    return [
        *(
            Fact(key, run.started_at, kind="moment", href=reverse("verification-run", args=[run.pk]))
            for key, run in runs
        ),
        Fact(_("Rule"), title, href=reverse("rules-rule", args=[finding.rule]) if rule else ""),
        Fact(
            _("Version of the rule"),
            finding.version[:16],
            hint=_("The rule has been changed since; the next run uses the new version.") if changed else "",
        ),
        Fact(_("Snapshot"), finding.last_run.snapshot[:16], hint=_("First digits of the SHA-256 of its manifest.")),
        Fact(_("Number of the finding"), finding.pk),
    ]


def compared(finding: Finding, rule: Rule | None) -> list[Fact]:
    """The sums that the rule compared, by name; none when the rule is no longer in the catalogue."""
    words = language()
    return [
        Fact(
            one.column.title.in_language(words),
            one.value,
            kind=one.column.type,
            currency=one.currency,
            hint=one.column.meaning.in_language(words),
        )
        for one in (compared_in(finding, rule) if rule else ())
    ]


def history(decisions: Iterable[Decision], finding: Finding, rule: Rule | None) -> list[Past]:
    """Decisions as the page tells them; what was ruled out in words as far as the rule still has them."""
    innocent = [one.in_language(language()) for one in rule.head.innocent] if rule else []
    return [
        Past(
            labels.step_taken(one.act, finding.kind),
            one.by.name or one.by.username,
            one.at,
            one.reason,
            [innocent[number] for number in one.ruled_out if number < len(innocent)],
        )
        for one in decisions
    ]


def evidence_table(evidence: EvidenceTable, finding: Finding) -> EvidenceShown:
    """Rows of a table, side by side when they are few, one under another when they are many."""
    contract = evidence.contract
    left_out = NOT_SHOWN | {contract.key} | currencies_in_sums(evidence)
    shown = [column for column in evidence.columns if column.name not in left_out]
    shown += [contract.by_name[contract.key]] if contract.key in contract.by_name else []
    title = labels.table_title(contract.name)
    few = len(evidence.rows) <= SIDE_BY_SIDE
    write = partial(written, names=names_in(evidence, finding.dataset))
    table = (side_by_side if few else one_under_another)(title, shown, evidence, write)
    meanings = [Fact(labels.column_title(column), labels.column_meaning(column)) for column in shown]
    return EvidenceShown(title, table, meanings)


def currencies_in_sums(evidence: EvidenceTable) -> set[str]:
    """Columns of currencies that every row already says beside a sum."""
    sums = [column for column in evidence.columns if column.type is ColumnType.MONEY]
    return {
        column.unit or "currency" for column in sums if all(row.get(column.name) is not None for row in evidence.rows)
    }


def side_by_side(title: str, shown: Sequence[Published], evidence: EvidenceTable, write: Writing) -> Table:
    """A line for each column of the register, a column for each of its rows; those of one year are numbered."""
    columns = [Column("title", _("What"), value=labels.column_title)]
    all_fired = all(row[IN_QUESTION] for row in evidence.rows)
    years = [row.get("year") for row in evidence.rows]
    for number, (row, year) in enumerate(zip(evidence.rows, years, strict=True), 1):
        heading = _("Row %(number)s") % {"number": number}
        if year:
            heading = f"{year} ({years[:number].count(year)})" if years.count(year) > 1 else str(year)
        if row[IN_QUESTION] and not all_fired:
            heading = _("%(row)s (in question)") % {"row": heading}
        columns.append(Column(f"row{number}", heading, value=partial(write, row=row)))
    lines = [column for column in shown if not (column.name == "year" and "year" in evidence.rows[0])]
    return Table(title, columns, lines, hide_caption=True)


def one_under_another(title: str, shown: Sequence[Published], evidence: EvidenceTable, write: Writing) -> Table:
    """A line for each row of the register; those in question are marked."""
    columns = [Column(column.name, labels.column_title(column), value=partial(write, column)) for column in shown]
    if any(not row[IN_QUESTION] for row in evidence.rows):
        columns.append(Column(IN_QUESTION, _("In question"), value=mark))
    return Table(title, columns, evidence.rows, hide_caption=True)


def mark(row: Mapping[str, object]) -> State | str:
    """The mark of a row that made the rule fire."""
    return State(_("in question"), "attention") if row[IN_QUESTION] else ""
