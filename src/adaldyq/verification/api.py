"""Operations of the catalogue of rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Field, Query, Router, Schema

from adaldyq.kernel.api.pages import Page, Slice, page_of
from adaldyq.verification.catalogue import known as known_rules
from adaldyq.verification.rulefile import Rule

router = Router(tags=["rules"])


class RulesAsked(Slice):
    """Which rules are asked for."""

    subject: str = Field("", max_length=40, description="The folder of the rules, such as `declarations`.")
    severity: str = Field("", max_length=10, description="low, medium or high.")


class RuleOut(Schema):
    """A rule in short."""

    id: str
    version: str = Field(description="SHA-256 of the rule's file.")
    title: str = Field(description="In the language asked for.")
    explanation: str = Field(description="The question that it puts, in the language asked for.")
    kind: str
    severity: str


class WholeRuleOut(RuleOut):
    """A rule with all that an auditor needs."""

    innocent: list[str] = Field(description="Honest explanations that an analyst must rule out.")
    basis: list[str] = Field(description="What it rests on.")
    head: dict[str, Any] = Field(description="Head of the rule's file, in all languages.")
    sql: str = Field(description="The query, in DuckDB's dialect.")


@router.get("", response=Page[RuleOut], url_name="api-rules", summary="Rules")
def rules(request: HttpRequest, response: HttpResponse, asked: Query[RulesAsked]) -> dict[str, Any]:
    """What is looked for: rules by id."""
    found = list(fitting(known_rules().values(), asked))
    part = found[asked.offset : asked.offset + asked.limit]
    return page_of(request, response, asked, len(found), [short(rule) for rule in part])


@router.get("/{rule_id}", response=WholeRuleOut, url_name="api-rule", summary="A rule")
def rule(request: HttpRequest, rule_id: str) -> dict[str, Any]:
    """One rule with its head and its query.

    Raises:
        Http404: there is none.
    """
    found = known_rules().get(rule_id)
    if found is None:
        raise Http404(rule_id)
    language = get_language() or "en"
    return short(found) | {
        "innocent": [one.in_language(language) for one in found.head.innocent],
        "basis": [one.in_language(language) for one in found.head.basis],
        "head": found.head.model_dump(mode="json"),
        "sql": found.query.strip(),
    }


def fitting(known: Iterable[Rule], asked: RulesAsked) -> Iterable[Rule]:
    """Rules that are asked for."""
    for one in known:
        subject = one.id.partition(".")[0]
        if asked.subject in {"", subject} and asked.severity in {"", one.head.severity}:
            yield one


def short(one: Rule) -> dict[str, Any]:
    """A rule in short, in the language in force."""
    language = get_language() or "en"
    return {
        "id": one.id,
        "version": one.version,
        "title": one.head.title.in_language(language),
        "explanation": one.head.explanation.in_language(language),
        "kind": one.head.kind,
        "severity": one.head.severity,
    }
