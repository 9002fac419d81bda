"""Licences of Chicago come in as a dataset of their own: what cannot be read is told, and nothing of it is the country's."""

from __future__ import annotations

import gzip
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from adaldyq.base.errors import DomainError
from adaldyq.measures.permits.adapters.chicago import NEEDED, TABLES, Reading
from adaldyq.project.cli.permit_importing import import_licences
from adaldyq.verification.contracts import contracts
from adaldyq.verification.runs import look_at
from adaldyq.verification.snapshots import read_snapshot

REAL = Path(os.environ.get("ADALDYQ_REAL_DATA", "../shared/data")) / "chicago-inspections"
FILE = "business_licences_at_inspection.csv.gz"
LINE = (
    "1-20110416,63759.0,VIRGINIA DELA ROSA,3352 N BROADWAY,1006.0,Retail Food Establishment,AAI,2011-04-16,2013-04-15"
)


def written(folder: Path, *lines: str) -> Path:
    """A file as the city publishes it."""
    file = folder / "licences.csv.gz"
    file.write_bytes(gzip.compress("\n".join([",".join(NEEDED), *lines, ""]).encode()))
    return file


def test_a_line_that_cannot_be_read_is_named_and_the_rest_comes_in(tmp_path: Path) -> None:
    wrong = LINE.replace("1-2011", "2-2011").replace("2013-04-15", "2010-04-15")
    reading = Reading(written(tmp_path, LINE, LINE, wrong, LINE.replace("1-20110416", "")))
    rows = list(reading.rows())
    assert [table for table, _row in rows] == ["body", "company", "permit_entry", "permit_licence"]
    assert rows[3][1]["body_id"] == rows[0][1]["id"]
    assert rows[3][1]["holder_name"] == "VIRGINIA DELA ROSA"
    assert [line for line, _problem in reading.rejects] == [4]
    assert reading.losses == {"ID again": 1, "a line without a licence": 1}


def test_a_file_that_is_cut_off_or_no_csv_of_licences_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, *[LINE.replace("1-2011", f"{number}-2011") for number in range(500)])
    file.write_bytes(file.read_bytes()[:-400])
    other = tmp_path / "other.csv.gz"
    other.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    for each in (file, other):
        with pytest.raises(DomainError) as refused:
            list(Reading(each).rows())
        assert refused.value.code == "licences-unreadable"


def test_licences_of_many_holders_at_one_address_are_found(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    lines = [LINE.replace("1-2011", f"{one}-2011").replace("63759.0", f"{one}.0") for one in range(1, 5)]
    done = CliRunner().invoke(
        import_licences, [str(written(tmp_path, *lines)), "--format", "chicago"], standalone_mode=False
    )
    assert done.return_value == 0, done.output
    report = look_at(tmp_path / "datasets" / "chicago", work=tmp_path, progress=lambda *_said: None)
    [answer] = [one.answer for one in report.rules if one.rule.id == "permits.shared-address"]
    assert (answer.checked, answer.findings.num_rows, answer.unjudged) == (4, 1, {})


@pytest.mark.skipif(not REAL.is_dir(), reason="real data is not there: set ADALDYQ_REAL_DATA")
def test_the_real_licences_become_a_dataset(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    done = CliRunner().invoke(import_licences, [str(REAL / FILE), "--format", "chicago"], standalone_mode=False)
    assert done.return_value == 0, done.output
    manifest = read_snapshot(tmp_path / "datasets" / "chicago", contracts()).manifest
    assert {name: manifest.tables[name].rows for name in TABLES} == {
        "body": 1,
        "company": 9365,
        "permit_entry": 44,
        "permit_licence": 17430,
    }
    assert Counter(one.what for one in manifest.losses)["a line without a licence"] == 1
