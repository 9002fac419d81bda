"""Rules and words that all pages of verification share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from adaldyq.base.errors import DomainError
from adaldyq.kernel.problems import sentence
from adaldyq.ui.facts import Look, State
from adaldyq.verification import catalogue, labels, states
from adaldyq.verification.models import Finding
from adaldyq.verification.rulefile import Rule

SEVERITY_LOOKS: Mapping[str, Look] = {"high": "attention", "medium": "open", "low": "plain"}
STATE_LOOKS: Mapping[str, Look] = {
    states.OPEN: "open",
    states.IN_WORK: "work",
    states.EXPLAINED: "good",
    states.CONFIRMED: "attention",
}


@dataclass(frozen=True)
class KnownRules:
    """The catalogue, or why it cannot be read: a wrong rule file must not take the findings from sight."""

    rules: Mapping[str, Rule]
    problem: str = ""

    def title(self, rule: str) -> str:
        """Title of a rule in the language in force; its id when the catalogue has it no longer."""
        known = self.rules.get(rule)
        return known.head.title.in_language(language()) if known else rule

    def titles(self) -> dict[str, str]:
        """Titles of all rules by id."""
        return {rule: self.title(rule) for rule in self.rules}


def known_rules() -> KnownRules:
    """Read the catalogue."""
    try:
        return KnownRules(catalogue.known())
    except DomainError as error:
        return KnownRules({}, sentence(error))


def language() -> str:
    """The language in force."""
    return get_language() or "en"


def severity_state(severity: str) -> State:
    """A severity as a word with a look."""
    return State(labels.SEVERITY.get(severity, severity), SEVERITY_LOOKS.get(severity, "plain"))


def finding_state(finding: Finding) -> State:
    """The state of a finding as a word with a look."""
    return State(labels.state_word(finding.state, finding.kind), STATE_LOOKS.get(finding.state, "plain"))
