"""`adaldyq import` of sources that are damaged, cut off or odd: nothing good is replaced, everything is said."""

from __future__ import annotations

import csv
import fcntl
import gzip
import json
from pathlib import Path

import pytest

from tests.measures.declarations.adapters.nacp_documents import HIDDEN, document
from tests.measures.declarations.adapters.test_kosovo import ARTA, sheet
from tests.measures.declarations.adapters.test_sejm import Record, member
from tests.project.conftest import Shell

MEMBERS = ("Anna Pierwsza", "Jan Drugi", "Ewa Trzecia", "Piotr Śląski")


def sejm_file(folder: Path, *records: Record) -> Path:
    file = folder / "declarations.jsonl"
    file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
    return file


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    folder = tmp_path / "kosovo"
    folder.mkdir()
    for year in (2012, 2013):
        sheet(folder, year, ARTA)
    return folder


@pytest.fixture
def members(tmp_path: Path) -> Path:
    return sejm_file(tmp_path, *map(member, MEMBERS))


def declarations(data: Path, dataset: str) -> int:
    manifest = json.loads((data / "datasets" / dataset / "manifest.json").read_text(encoding="utf-8"))
    rows: int = manifest["tables"]["declaration"]["rows"]
    return rows


def rejects(data: Path, dataset: str) -> list[dict[str, str]]:
    with (data / "rejects" / f"{dataset}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def slips(data: Path, dataset: str) -> list[dict[str, str]]:
    with (data / "rejects" / f"{dataset}-slips.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def imported(shell: Shell, *words: str, code: int = 0) -> str:
    done = shell("import", *words)
    assert done.returncode == code, done.stderr
    return " ".join(done.stdout.split())


def refused(shell: Shell, *words: str) -> str:
    done = shell("import", *words)
    assert done.returncode == 1, done.stdout
    return " ".join(done.stderr.split())


def test_a_damaged_file_does_not_replace_a_good_dataset(shell: Shell, data: Path, sheets: Path) -> None:
    imported(shell, "kosovo", str(sheets))
    (sheets / "2012.csv").write_text("a,b,c\n", encoding="utf-8")
    said = refused(shell, "kosovo", str(sheets))
    assert "2012.csv:1" in said
    assert "--partial" in said
    assert str(data / "rejects" / "kosovo-refused.csv") in said
    assert declarations(data, "kosovo") == 2
    assert [row["place"] for row in rejects(data, "kosovo-refused")] == ["2012.csv:1"]


def test_what_can_be_read_is_imported_when_asked_for(shell: Shell, data: Path, sheets: Path) -> None:
    imported(shell, "kosovo", str(sheets))
    (sheets / "2012.csv").write_text("a,b,c\n", encoding="utf-8")
    said = imported(shell, "kosovo", str(sheets), "--partial", code=5)
    assert "Declarations then: 2, now: 1." in said
    assert "1 record could not be read" in said
    assert declarations(data, "kosovo") == 1


def test_a_reject_file_goes_when_everything_was_read(shell: Shell, data: Path, sheets: Path) -> None:
    (sheets / "2014.csv").write_text("a,b,c\n", encoding="utf-8")
    refused(shell, "kosovo", str(sheets))
    (sheets / "2014.csv").unlink()
    imported(shell, "kosovo", str(sheets))
    assert not (data / "rejects" / "kosovo.csv").exists()


def test_a_spreadsheet_cut_off_in_its_last_line_is_refused(shell: Shell, data: Path, sheets: Path) -> None:
    file = sheets / "2013.csv"
    file.write_text(file.read_text(encoding="utf-8") + "Besa Cut,AAA,2500", encoding="utf-8")
    said = refused(shell, "kosovo", str(file))
    assert "2013.csv:" in said
    assert "cut off" in said
    assert not (data / "datasets").exists() or not list((data / "datasets").iterdir())


def test_json_lines_cut_in_the_middle_are_refused(shell: Shell, data: Path, members: Path) -> None:
    imported(shell, "sejm", str(members))
    lines = members.read_text(encoding="utf-8").splitlines()
    members.write_text("\n".join(lines[:2]) + "\n" + lines[2][:200], encoding="utf-8")
    said = refused(shell, "sejm", str(members))
    assert "declarations.jsonl:3" in said
    assert "cut off" in said
    assert declarations(data, "sejm") == len(MEMBERS)
    assert "Declarations then: 4, now: 2." in imported(shell, "sejm", str(members), "--partial", code=5)


def test_a_bad_line_in_a_whole_file_is_counted_and_the_rest_is_imported(
    shell: Shell, data: Path, members: Path
) -> None:
    lines = members.read_text(encoding="utf-8").splitlines()
    members.write_text("\n".join([lines[0], '{"cut', *lines[1:]]) + "\n", encoding="utf-8")
    assert "1 record could not be read" in imported(shell, "sejm", str(members), code=5)
    assert declarations(data, "sejm") == len(MEMBERS)
    assert rejects(data, "sejm")[0]["place"] == "declarations.jsonl:2"


def test_half_a_character_in_a_record_is_rejected_with_line_and_field(shell: Shell, data: Path, tmp_path: Path) -> None:
    bad = member("Anna Pierwsza", realEstate=[{"description": "half"}])
    text = json.dumps(bad).replace('"half"', r'"\ud800"') + "\n" + json.dumps(member("Jan Drugi")) + "\n"
    file = tmp_path / "declarations.jsonl"
    file.write_text(text, encoding="utf-8")
    assert "1 record could not be read" in imported(shell, "sejm", str(file), code=5)
    assert declarations(data, "sejm") == 1
    (reject,) = rejects(data, "sejm")
    assert reject["place"] == "declarations.jsonl:1"
    assert reject["field"] == "assetDeclarations[].realEstate[].description"
    assert r"\ud800" in reject["problem"]


@pytest.mark.parametrize("escape", [r'"\ud800"', r'{"\udfff": {}}', r'["\ud83d\ud83d\ude00"]', r'"\\ud83d\ude00"'])
def test_a_document_with_half_a_character_is_named_with_line_and_field(
    escape: str, shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "one.json"
    file.write_text(json.dumps(document(extra="half"), indent=1).replace('"half"', escape), encoding="utf-8")
    said = refused(shell, "nacp", str(file))
    assert "one.json, line " in said
    assert ": extra" in said


def test_the_line_of_half_a_character_is_the_one_it_stands_in(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    text = json.dumps(document(smile="😀", extra="half"), indent=1).replace("half", r"\ud800")
    file.write_text(text, encoding="utf-8")
    line = next(number for number, one in enumerate(text.splitlines(), 1) if '"extra"' in one)
    assert f"one.json, line {line}: extra" in refused(shell, "nacp", str(file))


def test_a_whole_character_outside_the_first_plane_is_no_half(shell: Shell, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text(json.dumps(document(extra="😀 \\ud800", hidden=HIDDEN)), encoding="utf-8")
    imported(shell, "nacp", str(file))
    assert declarations(data, "nacp") == 1


def test_a_file_cut_inside_a_character_is_said_to_be_cut_off(shell: Shell, members: Path) -> None:
    raw = members.read_bytes()
    members.write_bytes(raw[: raw.index("Ś".encode()) + 1])
    said = refused(shell, "sejm", str(members))
    assert "declarations.jsonl, line 4" in said
    assert "cut off" in said
    assert "Windows-1250" not in said


def test_a_name_too_long_for_a_register_is_cut_and_noted(shell: Shell, data: Path, tmp_path: Path) -> None:
    imported(shell, "sejm", str(sejm_file(tmp_path, member("Jan " + "W" * 100_000))))
    manifest = json.loads((data / "datasets" / "sejm" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["tables"]["source_note"]["rows"] >= 1


@pytest.mark.parametrize("name", ["country", "Country"])
def test_the_name_that_reports_give_the_country_is_reserved(name: str, shell: Shell, data: Path, members: Path) -> None:
    assert "stands for the country’s own registers" in refused(shell, "sejm", str(members), "--name", name)
    assert not (data / "datasets").exists()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_refusal_is_wholly_in_the_language_of_the_shell(language: str, shell: Shell, sheets: Path) -> None:
    (sheets / "2012.csv").write_text("a,b,c\n", encoding="utf-8")
    done = shell("import", "kosovo", str(sheets), more={"ADALDYQ_LANGUAGE": language})
    assert done.returncode == 1
    assert "not a year" not in done.stderr
    assert "Nothing was imported" not in done.stderr


def test_what_looks_like_a_slip_is_imported_and_listed_with_its_line(shell: Shell, data: Path, tmp_path: Path) -> None:
    records = [member(name) for name in MEMBERS]
    declared = [record["assetDeclarations"][0] for record in records]
    declared[0]["cashPositions"] = [{"currency": "ZZZ", "currencyValue": 7000, "baseValue": 7000}]
    declared[1]["date"] = "2025-02-30"
    declared[2]["cashPositions"] = [{"currency": "PLN", "currencyValue": -5, "baseValue": 164000}]
    declared[3]["cashPositions"] = [{"currency": "PLN", "currencyValue": 1e300, "baseValue": 164000}]
    said = imported(shell, "sejm", str(sejm_file(tmp_path, *records)))
    assert str(data / "rejects" / "sejm-slips.csv") in said
    assert "4 values look like slips" in said
    assert [(one["place"].rpartition(" #")[0], one["kind"]) for one in slips(data, "sejm")] == [
        ("declarations.jsonl:1", "unknown-currency"),
        ("declarations.jsonl:2", "impossible-date"),
        ("declarations.jsonl:3", "negative-amount"),
        ("declarations.jsonl:4", "absurd-amount"),
    ]
    assert all(one["meaning"] for one in slips(data, "sejm"))


def test_the_list_of_slips_goes_when_there_are_none(shell: Shell, data: Path, tmp_path: Path) -> None:
    record = member(MEMBERS[0])
    record["assetDeclarations"][0]["date"] = "2025-02-30"
    imported(shell, "sejm", str(sejm_file(tmp_path, record, member(MEMBERS[1]))))
    assert slips(data, "sejm")
    said = imported(shell, "sejm", str(sejm_file(tmp_path, member(MEMBERS[0]))))
    assert "look like slips" not in said
    assert not (data / "rejects" / "sejm-slips.csv").exists()


def test_a_dataset_is_not_replaced_while_a_run_reads_it(shell: Shell, data: Path, tmp_path: Path) -> None:
    source = str(sejm_file(tmp_path, member(MEMBERS[0])))
    imported(shell, "sejm", source)
    manifest = (data / "datasets" / "sejm" / "manifest.json").read_bytes()
    with (data / "verify.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "Another run is under way" in refused(shell, "sejm", source)
    assert (data / "datasets" / "sejm" / "manifest.json").read_bytes() == manifest
    assert [one.name for one in (data / "datasets").iterdir()] == ["sejm"]
    assert "The dataset was there before" in imported(shell, "sejm", source)


def test_when_no_declaration_can_be_read_the_first_is_named_with_its_line(
    shell: Shell, data: Path, tmp_path: Path
) -> None:
    imported(shell, "sejm", str(sejm_file(tmp_path, member(MEMBERS[0]))))
    manifest = (data / "datasets" / "sejm" / "manifest.json").read_bytes()
    records = [member(name) for name in MEMBERS[:2]]
    for record in records:
        record["assetDeclarations"][0]["date"] = "yesterday"
    done = shell("import", "sejm", str(sejm_file(tmp_path, *records)))
    assert done.returncode == 1
    assert "declarations.jsonl:1" in done.stderr
    assert f"(2) is in {data / 'rejects' / 'sejm-refused.csv'}" in done.stderr
    assert (data / "datasets" / "sejm" / "manifest.json").read_bytes() == manifest


def test_a_declaration_of_no_year_is_rejected(shell: Shell, data: Path, tmp_path: Path) -> None:
    record = member(MEMBERS[0])
    record["assetDeclarations"][0]["date"] = "2025-02-30"
    assert "No declaration could be read" in refused(shell, "sejm", str(sejm_file(tmp_path, record)))
    assert [(one["place"], one["field"]) for one in rejects(data, "sejm-refused")] == [
        ("declarations.jsonl:1 #1", "date")
    ]


def test_of_a_compressed_file_that_is_cut_off_the_whole_lines_are_imported_when_asked_for(
    shell: Shell, data: Path, tmp_path: Path
) -> None:
    lines = "".join(json.dumps(member(f"Anna {number}")) + "\n" for number in range(200))
    whole, file = gzip.compress(lines.encode()), tmp_path / "declarations.jsonl.gz"
    file.write_bytes(whole[: len(whole) // 2])
    said = refused(shell, "sejm", str(file))
    assert "the compressed file is cut off" in said
    assert "--partial" in said
    imported(shell, "sejm", str(file), "--partial", code=5)
    (reject,) = rejects(data, "sejm")
    assert reject["place"] == f"declarations.jsonl.gz:{declarations(data, 'sejm') + 1}"
    assert declarations(data, "sejm") > 0


def test_lists_of_a_dataset_that_stands_outlast_an_import_that_is_refused(
    shell: Shell, data: Path, tmp_path: Path
) -> None:
    file = sejm_file(tmp_path, member("Anna Pierwsza"), member("Jan Drugi"))
    file.write_text(file.read_text(encoding="utf-8") + "{}\n{\n\n", encoding="utf-8")
    imported(shell, "sejm", str(file), "--partial", code=5)
    lists = {one.name: one.read_bytes() for one in (data / "rejects").iterdir()}
    assert lists
    file.write_text("[]\n", encoding="utf-8")
    refused(shell, "sejm", str(file))
    kept = {one.name: one.read_bytes() for one in (data / "rejects").iterdir() if "refused" not in one.name}
    assert kept == lists
