"""Lines of reporters in the ledger: one kind, by night, among others; and the proof that a reporter may take."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone

from adaldyq.base.errors import Conflict
from adaldyq.kernel.actor import system
from adaldyq.kernel.gathering import keep_lines
from adaldyq.ledger.actions import Line
from adaldyq.ledger.models import DayCount, Leaf
from adaldyq.ledger.sequencer import sequence
from adaldyq.measures.reports.actions.releasing import LINES, release_leaves
from adaldyq.measures.reports.jobs import begin_night
from adaldyq.measures.reports.models import ReporterLeaf
from adaldyq.measures.reports.queries.proofs import RELEASE
from adaldyq.project.cli.reporting import reports as command
from tests.measures.reports.office import Officer
from tests.measures.reports.reporter import Reporter

WHAT = "the inspector asked for money"


def night(days: int = 1) -> datetime:
    """A later night."""
    return timezone.now() + timedelta(days=days)


def lines() -> list[dict[str, Any]]:
    """What the lines of reporters say, in their order."""
    return [
        json.loads(one or "")
        for one in Leaf.objects.filter(act=RELEASE).order_by("pk").values_list("payload", flat=True)
    ]


def test_a_quiet_night_and_one_with_reports_bring_as_many_lines(agency: Officer, reporter: Reporter) -> None:
    begin_night({}, night(0))
    assert len(lines()) == LINES
    reporter.report(WHAT)
    reporter.report(WHAT)
    assert len(lines()) == LINES
    begin_night({}, night())
    told = lines()
    assert len(told) == 2 * LINES
    assert [one["what"] for one in told].count("filed") == 2
    assert {one["what"] for one in told[:LINES]} == {"cover"}


def test_more_acts_than_lines_of_a_night_bring_the_next_multiple(agency: Officer, reporter: Reporter) -> None:
    reporter.report(WHAT)
    one = ReporterLeaf.objects.get()
    many = [ReporterLeaf(report=one.report, what="reopened", made_date=one.made_date) for _number in range(LINES)]
    ReporterLeaf.objects.bulk_create(many)
    begin_night({}, night())
    told = lines()
    assert len(told) == 2 * LINES
    assert [line["what"] for line in told].count("cover") == LINES - 1
    assert [line["what"] for line in told] != sorted(line["what"] for line in told)


def test_the_explorer_never_counts_lines_of_reporters(agency: Officer) -> None:
    begin_night({}, night())
    sequence(at=night())
    assert Leaf.objects.filter(act=RELEASE, position__isnull=False).count() == LINES
    assert not DayCount.objects.filter(act=RELEASE).exists()
    assert DayCount.objects.exists()


def test_a_release_that_is_killed_and_started_again_loses_and_doubles_none(
    agency: Officer, reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter.report(WHAT)

    def killed(lines: list[Line]) -> None:
        keep_lines(lines[: len(lines) // 2])
        raise SystemExit

    with monkeypatch.context() as broken, pytest.raises(SystemExit):
        broken.setattr("adaldyq.kernel.acts.keep_lines", killed)
        begin_night({}, night())
    assert lines() == []
    begin_night({}, night())
    begin_night({}, night())
    assert [one["what"] for one in lines()].count("filed") == 1
    assert len(lines()) == LINES
    with pytest.raises(Conflict):
        release_leaves(by=system("clock"), at=night())


@pytest.fixture
def proof(agency: Officer, reporter: Reporter, tmp_path: Path) -> tuple[Path, list[str]]:
    """A proof that a reporter took, and the words of the phrase."""
    words = reporter.report(WHAT)
    reporter.come_back(words)
    reporter.post("reports-return", step="add", text="and again in May")
    reporter.come_back(words)
    assert "in the next night" in reporter.page
    begin_night({}, night())
    sequence(at=night())
    reporter.come_back(words)
    assert "Whoever finds it on you" in reporter.page
    reporter.post("reports-return", step="proof")
    file = tmp_path / "receipt.zip"
    file.write_bytes(reporter.response.content)
    return file, words


def test_the_proof_is_checked_without_the_server_and_opens_with_the_phrase(proof: tuple[Path, list[str]]) -> None:
    file, words = proof
    done = CliRunner().invoke(command, ["proof", str(file)], standalone_mode=False)
    assert done.return_value == 0, done.output
    assert done.output.count("The line names this envelope") == 2
    assert WHAT not in done.output
    opened = CliRunner().invoke(command, ["proof", str(file), "--phrase"], input=" ".join(words))
    assert WHAT in opened.output
    assert "and again in May" in opened.output


def test_a_proof_with_another_envelope_is_refuted(proof: tuple[Path, list[str]]) -> None:
    file, _words = proof
    changed = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) + (b"x" if name == "envelope-001.age" else b""))
    file.write_bytes(changed.getvalue())
    done = CliRunner().invoke(command, ["proof", str(file)], standalone_mode=False)
    assert done.return_value == 4
    assert "another envelope" in done.output


def test_what_is_no_proof_is_said_to_be_none(tmp_path: Path) -> None:
    file = tmp_path / "holiday.jpg"
    file.write_bytes(b"\xff\xd8")
    done = CliRunner().invoke(command, ["proof", str(file)])
    assert "proof-malformed" in str(done.exception)
