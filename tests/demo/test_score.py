"""Scores count schemes once, findings each, and tell which innocent cases were named."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from adaldyq.base.errors import DomainError
from adaldyq.demo.parquet import TRUTH, write_country
from adaldyq.demo.score import Found, read_truth, same_thing, score
from adaldyq.demo.truth import SCHEMA
from adaldyq.demo.world import Country
from adaldyq.verification.runs import look_at

RULE = "declarations.undeclared-account"


def truth(*rows: tuple[str, str, str, str]) -> pa.Table:
    """Rows of the truth from case, person, object and kind; a case called hidden leaves no trace."""
    return pa.Table.from_pylist(
        [
            {"case_id": case, "scheme": "x", "rule": RULE, "subject_id": person, "object_id": thing, "kind": kind}
            | {"hidden": case == "hidden", "story": ""}
            for case, person, thing, kind in rows
        ],
        SCHEMA,
    )


KNOWN = truth(
    ("1", "P1", "2022:A", "scheme"),
    ("1", "P1", "2023:A", "scheme"),
    ("hidden", "P2", "", "scheme"),
    ("3", "P3", "2023:C", "near miss"),
    ("4", "P4", "2023:D", "look-alike"),
)


def found(*pairs: tuple[str, str]) -> list[Found]:
    return [Found(RULE, person, thing) for person, thing in pairs]


def test_recall_counts_schemes_and_precision_counts_findings() -> None:
    (one,) = score(found(("P1", "2022:A"), ("P1", "2023:A"), ("P4", "2023:D"), ("P9", "2023:Z")), KNOWN)
    assert (one.schemes, one.caught, one.hidden) == (2, 1, 1)
    assert (one.findings, one.right, one.unplanned) == (4, 2, 1)
    assert (one.near_misses, one.look_alikes) == ((1, 0), (1, 1))
    assert (one.precision, one.recall) == (0.5, 0.5)
    assert one.f1 == 0.5


def test_a_finding_about_another_thing_is_not_right() -> None:
    (one,) = score(found(("P1", "2022:B"), ("P2", "anything")), KNOWN)
    assert (one.right, one.caught, one.unplanned) == (1, 1, 1)


def test_without_findings_there_is_no_precision() -> None:
    (one,) = score([], KNOWN)
    assert (one.precision, one.recall, one.f1) == (None, 0.0, None)


def test_a_rule_that_only_errs_scores_nothing() -> None:
    (one,) = score(found(("P3", "2023:C")), KNOWN)
    assert (one.precision, one.recall, one.f1) == (0.0, 0.0, 0.0)
    assert one.near_misses == (1, 1)


def test_rules_without_truth_are_listed_too() -> None:
    scores = score([Found("declarations.other", "P1", "")], KNOWN)
    assert [(one.rule, one.recall) for one in scores] == [("declarations.other", None), (RULE, 0.0)]


@pytest.mark.parametrize(
    ("planted", "named", "same"),
    [("A", "A", True), ("2023:A", "A:2023", True), ("", "A", True), ("2023:A", "2022:A", False), ("A", "", False)],
)
def test_objects_are_compared_part_by_part(planted: str, named: str, same: bool) -> None:
    assert same_thing(planted, named) is same


def test_a_file_that_is_no_truth_is_refused(tmp_path: Path) -> None:
    (tmp_path / "truth.parquet").write_text("nothing")
    for name in ("truth.parquet", "absent.parquet"):
        with pytest.raises(DomainError) as refused:
            read_truth(tmp_path / name)
        assert refused.value.code == "no-truth"


def test_every_rule_catches_schemes_that_leave_a_trace(tmp_path: Path) -> None:
    def quiet(what: str, done: int, total: int) -> None:
        """Nobody watches."""

    place = tmp_path / "country"
    write_country(place, Country(21, 2500), at=datetime(2026, 3, 1, tzinfo=UTC), progress=quiet)
    report = look_at(place, work=tmp_path / "work", progress=quiet)
    findings = [
        Found(one.rule.id, row["subject_id"], row["object_id"])
        for one in report.rules
        for row in one.answer.findings.select(["subject_id", "object_id"]).to_pylist()
    ]
    scores = [one for one in score(findings, read_truth(place / TRUTH)) if one.schemes > one.hidden]
    assert len(scores) >= 44
    assert [one.rule for one in scores if one.caught < one.schemes - one.hidden] == []
    assert all(one.near_misses[1] <= one.near_misses[0] // 2 for one in scores)
