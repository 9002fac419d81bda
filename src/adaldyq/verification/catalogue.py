"""The rules of this installation, read and checked once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

from adaldyq.base.errors import DomainError
from adaldyq.countries.loader import load
from adaldyq.verification.columns import check_columns_exist
from adaldyq.verification.contracts import contracts
from adaldyq.verification.rulefile import FOLDER, Rule, Step, read_rule, rule_files, steps
from adaldyq.verification.sqlcheck import check_names


@cache
def known(folder: Path = FOLDER) -> Mapping[str, Rule]:
    """Every rule by id, in the order of the files: heads are checked, queries not yet, which takes seconds.

    It is for whoever tells of rules; `rules` is for whoever runs them.

    Raises:
        DomainError: `bad-rule-file` for the first file that is wrong, `no-rules` for a folder without any.
    """
    known_steps, tables, thresholds = steps(folder), contracts(), load(settings.COUNTRY).thresholds
    found = {rule.id: rule for rule in (read_rule(file, thresholds) for file in rule_files(folder))}
    if not found:
        raise DomainError("no-rules", file=str(folder))
    files: list[Rule | Step] = [*known_steps.values(), *found.values()]
    for file in files:
        check_names(file, tables, known_steps)
    return found


@cache
def rules(folder: Path = FOLDER) -> Mapping[str, Rule]:
    """Every rule by id as `known` has them, each query held to what a query may say and to the columns that there are.

    Raises:
        DomainError: as `known`.
    """
    found = known(folder)
    check_columns_exist(steps(folder).values(), found.values(), contracts())
    return found


def titles(language: str) -> Mapping[str, str]:
    """Titles of the rules in a language, by id."""
    return {rule.id: rule.head.title.in_language(language) for rule in known().values()}
