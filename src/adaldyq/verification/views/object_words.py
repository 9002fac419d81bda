"""What a finding is about, in words: a year, a company, a relative, the end of an account number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from adaldyq.kernel.naming import code_names
from adaldyq.verification import queries
from adaldyq.verification.codes import CODES, code_word
from adaldyq.verification.models import COUNTRY, Finding
from adaldyq.verification.views.words import known_rules

YEAR = re.compile(r"\d{4}(-\d{2})?")
NUMBER = re.compile(r"[A-Z]{1,3}-\d[0-9-]*")  # of an entry of the catalogue of permits, an application or a licence
OPAQUE = re.compile(r"[0-9A-Z]{12}")
ACCOUNT = re.compile(r"[A-Z]{2}\d{2}[0-9A-Z]{11,30}")  # an IBAN, ISO 13616; the shortest has 15 characters


def object_words(finding: Finding) -> str:
    """What a finding is about; empty when a rule names only a row, which the evidence shows.

    Numbers of land, vehicles and years stay as they are; several parts of an object stand behind each other.
    """
    parts = parts_of(finding.object_id)
    return ", ".join(filter(None, (part_in_words(one, finding) for one in parts)))


def parts_of(object_id: str) -> list[str]:
    """The parts of an object that has a year or a form in it; a cadastral number has colons of its own."""
    parts = object_id.split(":")
    return parts if len(parts) == 2 else [object_id]  # noqa: PLR2004  # a year or a form, and the thing itself


def part_in_words(part: str, finding: Finding) -> str:
    """One part of an object; of a company, person or body the name, in the country that of today."""
    if word := codes_of(finding).get(part):
        return word
    if ACCOUNT.fullmatch(part):
        return _("account ending in %(digits)s") % {"digits": part[-4:]}
    if OPAQUE.fullmatch(part):
        return (queries.name_of(part) if finding.dataset == COUNTRY else "") or finding.object_label
    if part in CODES:
        return code_word("form", part)
    return part if YEAR.fullmatch(part) or NUMBER.fullmatch(part) else finding.object_label or part


def codes_of(finding: Finding) -> Mapping[str, str]:
    """Names of the codes that the objects of a rule begin with; none when they begin with none."""
    rule = known_rules().rules.get(finding.rule)
    return code_names(rule.head.codes) if rule and rule.head.codes and finding.dataset == COUNTRY else {}
