"""`adaldyq export`: what others read is what their formats ask for, and nothing that the law keeps closed."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from followthemoney import model

from tests.project.conftest import Shell

SCHEMA = Path(__file__).with_name("bods-0.4")


def ftm(shell: Shell, folder: Path, *options: str) -> list[dict[str, Any]]:
    done = shell("export", "ftm", str(folder / "out.ftm"), *options)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in (folder / "out.ftm").read_text(encoding="utf-8").splitlines()]


def bods(shell: Shell, folder: Path, *options: str) -> list[dict[str, Any]]:
    done = shell("export", "bods", str(folder / "out.json"), *options)
    assert done.returncode == 0, done.stderr
    statements: list[dict[str, Any]] = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    return statements


@pytest.mark.usefixtures("loaded")
def test_followthemoney_reads_every_entity_and_every_reference_leads_somewhere(shell: Shell, tmp_path: Path) -> None:
    found = ftm(shell, tmp_path)
    schemata = {one["schema"] for one in found}
    assert schemata == {
        "Person", "PublicBody", "Position", "Occupancy", "Employment", "Company", "Directorship", "Ownership",
    }  # fmt: skip
    ids = {one["id"] for one in found}
    assert len(ids) == len(found)
    for one in found:
        entity = model.get_proxy(one, cleaned=False)
        entity.schema.validate(one)
        for prop, value in entity.itervalues():
            assert prop.type.validate(value), (one["schema"], prop.name, value)
            if prop.type.name == "entity":
                assert value in ids, (one["schema"], prop.name)


def test_an_open_export_holds_no_number_no_birthday_and_no_family(loaded: Path, shell: Shell, tmp_path: Path) -> None:
    text = json.dumps(ftm(shell, tmp_path), ensure_ascii=False)
    connection = sqlite3.connect(loaded / "adaldyq.sqlite3")
    numbers = [value for (value,) in connection.execute("select value from kernel_personidentifier")]
    closed = connection.execute(
        "select count(*) from kernel_person where id not in (select person_id from kernel_appointment) "
        "and id not in (select owner_person_id from kernel_ownership where owner_person_id is not null)"
    ).fetchone()[0]
    everybody = connection.execute("select count(*) from kernel_person").fetchone()[0]
    connection.close()
    assert numbers
    assert not [value for value in numbers if value in text]
    assert "birthDate" not in text
    assert "Family" not in text
    assert text.count('"schema": "Person"') <= everybody - closed + everybody // 5


def test_everything_is_only_written_when_asked_for_and_is_logged(loaded: Path, shell: Shell, tmp_path: Path) -> None:
    found = ftm(shell, tmp_path, "--everything")
    assert "Family" in {one["schema"] for one in found}
    people = [one for one in found if one["schema"] == "Person"]
    assert any("idNumber" in one["properties"] for one in people)
    connection = sqlite3.connect(loaded / "adaldyq.sqlite3")
    logged = connection.execute("select count(*) from kernel_read where purpose = 'export'").fetchone()[0]
    connection.close()
    assert logged == len(people)


@pytest.mark.usefixtures("loaded")
def test_bods_statements_have_what_the_standard_requires(shell: Shell, tmp_path: Path) -> None:
    found = bods(shell, tmp_path)
    records = {one["recordId"]: one["recordType"] for one in found}
    assert set(records.values()) == {"entity", "person", "relationship"}
    assert len({one["statementId"] for one in found}) == len(found)
    seen: set[str] = set()
    for one in found:
        assert one["source"]["type"] == ["officialRegister"]
        if one["recordType"] == "relationship":
            assert records[one["recordDetails"]["subject"]] == "entity"
            assert records[one["recordDetails"]["interestedParty"]] in {"entity", "person"}
            assert {one["recordDetails"]["subject"], one["recordDetails"]["interestedParty"]} <= seen
        seen.add(one["recordId"])


def wrong_in(statements: list[dict[str, Any]]) -> list[str]:
    """What of the statements the published schema does not permit."""
    files = {one["$id"]: one for one in (json.loads(file.read_text("utf-8")) for file in SCHEMA.glob("*.json"))}
    registry = jsonschema_rs.Registry(list(files.items()))
    validator = jsonschema_rs.Draft202012Validator(files["urn:statement"], registry=registry, validate_formats=True)
    return [f"{one.instance_path}: {one.message}"[:300] for one in validator.iter_errors(statements)]


@pytest.mark.parametrize("options", [(), ("--everything",)])
def test_the_published_schema_permits_every_statement(
    loaded: Path, shell: Shell, tmp_path: Path, options: tuple[str, ...]
) -> None:
    with closing(sqlite3.connect(loaded / "adaldyq.sqlite3")) as connection, connection:
        connection.execute("update kernel_ownership set as_of = null, valid_from = null, share = null")
        connection.execute("update kernel_person set birth_date = null, death_date = null, country = ''")
        connection.execute("update kernel_company set registered_date = null, identifier = '' where id < '8'")
    found = bods(shell, tmp_path, *options)
    assert wrong_in(found) == []
    assert wrong_in([{**found[0], "recordDetails": {"isComponent": "moon"}}]) != []


@pytest.mark.usefixtures("loaded")
def test_a_statement_keeps_its_id_while_it_says_the_same(shell: Shell, tmp_path: Path) -> None:
    assert [one["statementId"] for one in bods(shell, tmp_path)] == [
        one["statementId"] for one in bods(shell, tmp_path)
    ]
