"""`adaldyq import registry`: files of registries come in whole, twice, broken and newer."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests import databases
from tests.project.conftest import Shell

ROWS_REFUSED = 5
PEOPLE = """key,identifier,name_kk,name_en,birth_date,sex,country
p1,840327400128,Ахметова Айгүл,Akhmetova Aigul,1984-03-27,f,KZ
p2,750301300110,Омаров Дәурен,Omarov Dauren,1975-03-01,m,KZ
p3,,Сыздықова Сәуле,,,,
"""


@pytest.fixture
def prepared(data: Path, shell: Shell) -> Shell:
    databases.prepare(data)
    return shell


def written(folder: Path, name: str, text: str) -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def load(shell: Shell, kind: str, *files: str, source: str = "statreg", as_of: str = "2026-01-01") -> Any:
    return shell("import", "registry", kind, *files, "--source", source, "--as-of", as_of)


def rows(data: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(data / "adaldyq.sqlite3")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def rejects(data: Path, kind: str, source: str = "statreg") -> list[dict[str, str]]:
    with (data / "rejects" / f"registry-{source}-{kind}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_importing_a_file_twice_changes_nothing_the_second_time(prepared: Shell, data: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "people.csv", PEOPLE)
    first = load(prepared, "people", file)
    assert first.returncode == 0, first.stderr
    assert "New: 3, changed: 0, unchanged: 0." in first.stdout
    tables = ("kernel_person", "kernel_personname", "kernel_personidentifier", "kernel_sourcekey", "ledger_leaf")
    before = [rows(data, f"select count(*) from {table}") for table in tables]
    again = load(prepared, "people", file)
    assert "New: 0, changed: 0, unchanged: 3." in again.stdout
    assert [rows(data, f"select count(*) from {table}") for table in tables] == before
    assert rows(data, "select count(*) from ledger_leaf where act = 'kernel.register.import'") == [(1,)]


def test_a_row_that_fails_is_told_and_the_rest_is_taken(prepared: Shell, data: Path, tmp_path: Path) -> None:
    bad = "p4,123456789012,Қате,,1990-01-01,f,KZ\np5,,Күні жоқ,,1990-02-31,f,KZ\np6,,,,1990-02-01,f,KZ\np7,x\n,,Кілтсіз,,,,\n"
    done = load(prepared, "people", written(tmp_path, "people.csv", PEOPLE + bad))
    assert done.returncode == ROWS_REFUSED
    assert "New: 3" in done.stdout
    assert rows(data, "select count(*) from kernel_person") == [(3,)]
    found = [(one["line"], one["field"]) for one in rejects(data, "people")]
    assert sorted(found) == [("5", "identifier"), ("6", "birth_date"), ("7", "name_kk"), ("8", ""), ("9", "key")]
    assert all(one["reason"].endswith(".") for one in rejects(data, "people"))


def test_a_newer_file_ends_a_name_and_an_older_one_is_refused(prepared: Shell, data: Path, tmp_path: Path) -> None:
    load(prepared, "people", written(tmp_path, "people.csv", PEOPLE))
    newer = "key,name_kk\np1,Омарова Айгүл\n"
    assert "changed: 1" in load(prepared, "people", written(tmp_path, "n.csv", newer), as_of="2026-06-01").stdout
    names = rows(data, "select text, valid_to from kernel_personname where language = 'kk' and text like '%Айгүл'")
    assert sorted(names) == [("Ахметова Айгүл", "2026-05-31"), ("Омарова Айгүл", None)]
    older = load(prepared, "people", written(tmp_path, "o.csv", "key,name_kk\np1,Ахметова Айгүл\n"), as_of="2026-03-01")
    assert older.returncode == ROWS_REFUSED
    assert "not newer" in rejects(data, "people")[0]["reason"]


def test_a_number_finds_the_person_whom_another_source_brought(prepared: Shell, data: Path, tmp_path: Path) -> None:
    load(prepared, "people", written(tmp_path, "people.csv", PEOPLE))
    other = "key,identifier,name_kk\nTAX-9,840327400128,Ахметова Айгүл\n"
    load(prepared, "people", written(tmp_path, "tax.csv", other), source="tax")
    assert rows(data, "select count(*) from kernel_person") == [(3,)]
    assert rows(data, "select count(distinct record_id) from kernel_sourcekey where key in ('p1', 'TAX-9')") == [(1,)]


def test_followthemoney_under_another_name_finds_the_same_people(prepared: Shell, data: Path, tmp_path: Path) -> None:
    def entity(key: str, name: str, born: str = "") -> str:
        told = {"name": [name], **({"birthDate": [born]} if born else {})}
        return json.dumps({"id": key, "schema": "Person", "properties": told}, ensure_ascii=False) + "\n"

    same = entity("Q7747", "Akhmetova Aigul", "1984-03-27") + entity("NK-x1", "Omarov Dauren") + entity("7", "Li Na")
    load(prepared, "people", written(tmp_path, "first.ftm", same), source="first")
    [ours] = rows(data, "select person_id from kernel_personname where text = 'Omarov Dauren'")
    other = entity("Q7747", "Other Woman", "1990-01-01") + entity("8", "Omarov Dauren")
    more = same + other.replace("Q7747", "Q1")
    done = load(prepared, "people", written(tmp_path, "second.ftm", more), source="second", as_of="2026-02-01")
    assert done.returncode == 0, done.stderr
    assert "2 rows mean people whom another source has named before" in done.stdout.replace("\n", " ")
    with (data / "rejects" / "registry-second-people-matched.csv").open(encoding="utf-8", newline="") as stream:
        matched = {one["key"]: one["record"] for one in csv.DictReader(stream)}
    assert set(matched) == {"Q7747", "NK-x1"}
    assert matched["NK-x1"] == ours[0]
    assert rows(data, "select count(*) from kernel_person") == [(6,)]  # “7” and “8” may be mere counts
    again = load(prepared, "people", written(tmp_path, "own.ftm", entity(ours[0], "Omarov Dauren")), source="own")
    assert "New: 0, changed: 1, unchanged: 0." in again.stdout
    wrong = load(prepared, "people", written(tmp_path, "third.ftm", other), source="third")
    assert "New: 2" in wrong.stdout


def test_a_file_with_unknown_columns_is_refused_whole(prepared: Shell, data: Path, tmp_path: Path) -> None:
    done = load(prepared, "people", written(tmp_path, "people.csv", "key,shoe_size\np1,42\n"))
    assert done.returncode == 1
    assert "shoe_size" in done.stderr
    assert rows(data, "select count(*) from kernel_person") == [(0,)]


@pytest.mark.parametrize("content", [b"", b'key,name_kk\np1,\xd0\np2,"open\n'])
def test_broken_files_end_with_a_sentence(prepared: Shell, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.csv"
    file.write_bytes(content)
    done = load(prepared, "people", str(file))
    assert done.returncode in {0, 1, ROWS_REFUSED}
    assert "fault of the program" not in done.stderr


def test_what_cannot_be_read_is_told_in_the_language_of_the_shell(prepared: Shell, data: Path, tmp_path: Path) -> None:
    deep = "[" * 100_000
    lines = '{"id": "Q1", "schema"}\n' + '{"id": ' + deep + "\n" + '"' + "x" * 1_000_001 + '"\n'
    file = written(tmp_path, "people.ftm", lines)
    done = prepared("import", "registry", "people", file, "--source", "s", more={"ADALDYQ_LANGUAGE": "ru"})
    assert done.returncode == ROWS_REFUSED
    assert [one["reason"] for one in rejects(data, "people", "s")] == [
        "Начиная со знака 22 строка — не JSON. Проверьте там кавычки, запятые и скобки.",
        "Вложенность в строке слишком глубока, или в ней есть число со слишком многими цифрами.",
        "В строке больше 1000000 байт.",
    ]


def test_numbers_agree_with_their_words(prepared: Shell, data: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "people.csv", PEOPLE + "p9\n" + "p8,,\n")
    load(prepared, "people", file)
    wanted = "the first line names 7."
    assert [one["reason"] for one in rejects(data, "people")] == [
        f"The line has 1 column, {wanted}",
        f"The line has 3 columns, {wanted}",
    ]


def test_a_file_that_is_not_there_is_told(prepared: Shell, tmp_path: Path) -> None:
    done = load(prepared, "people", str(tmp_path / "none.csv"))
    assert done.returncode == 1
    assert "Check the path" in done.stderr


def test_companies_owners_and_ties_follow_the_people(prepared: Shell, data: Path, tmp_path: Path) -> None:
    load(prepared, "people", written(tmp_path, "people.csv", PEOPLE))
    companies = "key,identifier,name,legal_form,head\nc1,080740800604,«Байтерек» ЖШС,too,p1\nc2,,«Холдинг» АҚ,ao,\n"
    assert load(prepared, "companies", written(tmp_path, "c.csv", companies)).returncode == 0
    owners = (
        "company,owner_person,owner_company,share,valid_from,valid_to\nc1,p1,,60,2010-01-01,\nc1,,c2,40,2010-01-01,\n"
    )
    assert load(prepared, "ownership", written(tmp_path, "o.csv", owners)).returncode == 0
    grown = "company,owner_person,share,valid_from\nc1,p1,55.5,2020-01-01\nc9,p1,5,2020-01-01\n"
    assert load(prepared, "ownership", written(tmp_path, "g.csv", grown), as_of="2026-02-01").returncode == ROWS_REFUSED
    shares = rows(data, "select share, valid_to from kernel_ownership where owner_person_id is not null")
    assert sorted(shares) == [(55.5, None), (60, "2019-12-31")]
    ties = "person,relative,kind,valid_from,valid_to\np1,p2,spouse,2005-05-05,\n"
    divorced = ties.replace("05,\n", "05,2024-01-01\n")
    assert load(prepared, "ties", written(tmp_path, "t.csv", ties)).returncode == 0
    assert "changed: 1" in load(prepared, "ties", written(tmp_path, "d.csv", divorced)).stdout
    assert rows(data, "select kind, valid_to from kernel_familytie") == [("spouse", "2024-01-01")] * 2


def test_a_share_above_the_whole_is_refused_by_its_line_and_ends_nothing(
    prepared: Shell, data: Path, tmp_path: Path
) -> None:
    load(prepared, "people", written(tmp_path, "people.csv", PEOPLE))
    load(prepared, "companies", written(tmp_path, "c.csv", "key,name,legal_form\nc1,«Байтерек» ЖШС,too\n"))
    owners = """company,owner_person,share,kind,valid_from,valid_to
c1,p1,60,direct,2010-01-01,
c1,p2,40.5,direct,2015-01-01,2016-01-01
c1,p2,40,direct,2012-01-01,
c1,p3,100,beneficial,2010-01-01,
c1,p3,100,direct,2000-01-01,2009-12-31
c1,p3,1,direct,2000-01-01,
c1,p1,60.5,direct,2020-01-01,
"""
    done = load(prepared, "ownership", written(tmp_path, "o.csv", owners))
    assert done.returncode == ROWS_REFUSED
    assert [(one["line"], one["field"]) for one in rejects(data, "ownership")] == [
        ("3", "share"),
        ("7", "share"),
        ("8", "share"),
    ]
    assert "60 percent already" in rejects(data, "ownership")[0]["reason"]
    kept = rows(data, "select share, valid_to from kernel_ownership where kind = 'direct' order by valid_from")
    assert kept == [(100, "2009-12-31"), (60, None), (40, None)]


def test_followthemoney_entities_come_in_as_what_they_are(prepared: Shell, data: Path, tmp_path: Path) -> None:
    entities = [
        {
            "id": "Q1",
            "schema": "Person",
            "properties": {
                "name": ["Ахметова Айгүл", "Akhmetova Aigul"],
                "birthDate": ["1984-03-27"],
                "citizenship": ["kz"],
                "gender": ["female"],
            },
        },
        {"id": "C1", "schema": "Company", "properties": {"name": ["«Байтерек» ЖШС"], "legalForm": ["too"]}},
        {
            "id": "O1",
            "schema": "Ownership",
            "properties": {"owner": ["Q1"], "asset": ["C1"], "percentage": ["51"], "startDate": ["2020-01-01"]},
        },
        {"id": "Q2", "schema": "Person"},
    ]
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entities) + "{not json\n"
    file = written(tmp_path, "all.ftm", text)
    people = load(prepared, "people", file)
    assert people.returncode == ROWS_REFUSED
    assert {one["line"] for one in rejects(data, "people")} == {"4", "5"}
    load(prepared, "companies", file)
    load(prepared, "ownership", file)
    names = rows(data, "select language, text from kernel_personname order by language")
    assert names == [("en", "Akhmetova Aigul"), ("kk", "Ахметова Айгүл")]
    assert rows(data, "select sex, country from kernel_person") == [("f", "KZ")]
    assert rows(data, "select share, kind from kernel_ownership") == [(51, "direct")]


def test_bodies_posts_and_appointments_come_in_with_their_history(loaded: Path, shell: Shell, tmp_path: Path) -> None:
    bodies = "key,name_kk,level,kind,territory,parent\nb1,Жаңа агенттік,national,agency,KZ-71,\nb2,Оның департаменті,regional,department,KZ-75,b1\nb3,Қате,cosmic,agency,KZ-71,\n"
    done = load(shell, "bodies", written(tmp_path, "b.csv", bodies), source="order-5")
    assert done.returncode == ROWS_REFUSED
    assert "New: 2" in done.stdout
    posts = "key,body,title_kk,category,heads_body\nt1,b1,Төраға,political,1\nt2,b9,Маман,corps_b,0\n"
    assert "New: 1" in load(shell, "posts", written(tmp_path, "t.csv", posts), source="order-5").stdout
    person = rows(loaded, "select value from kernel_personidentifier limit 2")
    held = "person,post,valid_from,valid_to,act_number\n" + "".join(
        f"{number},t1,{since},{until},5-K\n"
        for (number,), since, until in zip(person, ("2019-01-01", "2022-01-01"), ("2021-12-31", ""), strict=True)
    )
    assert "New: 2" in load(shell, "appointments", written(tmp_path, "a.csv", held), source="order-5").stdout
    third = f"person,post,valid_from\n{person[0][0]},t1,2023-01-01\n"
    assert load(shell, "appointments", written(tmp_path, "x.csv", third), source="order-5").returncode == ROWS_REFUSED
    assert "shares a day" in rejects(loaded, "appointments", "order-5")[0]["reason"]
