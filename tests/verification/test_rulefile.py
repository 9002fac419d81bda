"""Rule files are read whole, or refused with file, line and remedy."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.utils import translation

from adaldyq.base.errors import DomainError
from adaldyq.countries.loader import load
from adaldyq.kernel.problems import sentence
from adaldyq.verification.catalogue import known, rules
from adaldyq.verification.rulefile import needed_steps, read_rule, read_step, steps

RULE = """\
/*
id: declarations.late
kind: flag
severity: low
title: {kk: Кеш, ru: Поздно, en: Late}
explanation: {kk: Неге, ru: Почему, en: Why}
basis:
  - {kk: Әдіс, ru: Метод, en: Method}
innocent:
  - {kk: Ауру, ru: Болезнь, en: Illness}
parameters:
  - name: year
    value: 2020
    unit: {kk: жыл, ru: год, en: year}
    meaning: {kk: Бастап, ru: Начиная, en: From}
tables:
  declaration: [id, person_id]
unit: {kk: декларация, ru: декларация, en: declaration}
checked: |
  SELECT id AS unit_id, NULL AS reason
  FROM declaration
fires_on:
  - case: {kk: Бір, ru: Один, en: One}
    tables:
      declaration: |
        id | person_id | year
        D1 | P1        | 2024
    expect: |
      subject_id | object_id
      P1         | D1
silent_on:
  - case: {kk: Жоқ, ru: Нет, en: None}
    tables: {}
*/
SELECT
    person_id AS subject_id,
    id AS object_id,
    CAST(NULL AS DECIMAL(18, 2)) AS amount,
    CAST(NULL AS VARCHAR) AS currency,
    CAST(NULL AS DATE) AS since,
    ['declaration/' || id] AS evidence
FROM declaration
WHERE year > $year
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "declarations" / "late.sql"
    place.parent.mkdir()
    place.write_text(RULE, encoding="utf-8")
    return place


def refusal(file: Path, text: str | bytes) -> tuple[int, str]:
    """Line and problem of a file that the catalogue refuses; its sentence names them both."""
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    known.cache_clear()
    rules.cache_clear()
    steps.cache_clear()
    with pytest.raises(DomainError) as caught:
        rules(file.parent.parent)
    error = caught.value
    assert error.code == "bad-rule-file"
    assert error.parameters["file"] == f"{file.parent.name}/{file.name}"
    with translation.override("en"):
        assert f"line {error.parameters['line']}: {error.parameters['problem']}" in sentence(error)
    return int(str(error.parameters["line"])), str(error.parameters["problem"])


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_rule_says_what_its_file_says(file: Path) -> None:
    rule = read_rule(file)
    assert rule.id == "declarations.late"
    assert rule.head.title.in_language("kk") == "Кеш"
    assert rule.head.title.in_language("de") == "Late"
    assert rule.parameters == {"year": 2020}
    assert rule.reads == {"declaration"}


def test_version_of_a_rule_is_the_hash_of_its_file(file: Path) -> None:
    assert read_rule(file).version == hashlib.sha256(RULE.encode()).hexdigest()


def test_a_price_below_market_is_that_of_the_country_pack_in_both_rules() -> None:
    for name in ("bought-below-market", "sold-to-relative-below-market"):
        file = rules()[f"declarations.{name}"].file
        shares = {country: read_rule(file, load(country).thresholds).parameters["share"] for country in ("kz", "zz")}
        assert shares == {"kz": 50, "zz": 40}, name


def test_number_of_the_country_pack_is_taken_with_its_source_and_counts_in_the_version(file: Path) -> None:
    text = RULE.replace("value: 2020", "threshold: money_to_income")
    file.write_text(text, encoding="utf-8")
    rule = read_rule(file, load("kz").thresholds)
    [number] = rule.head.parameters
    assert rule.parameters == {"year": 10}
    assert "assets_to_income_fraction = 10" in number.source
    assert rule.version not in {hashlib.sha256(text.encode()).hexdigest(), hashlib.sha256(RULE.encode()).hexdigest()}


def test_lines_of_head_and_query_are_those_of_the_file(file: Path) -> None:
    rule = read_rule(file)
    assert rule.first_line == line_of(RULE, "SELECT\n")
    assert rule.line_of("checked") == line_of(RULE, "  SELECT id AS unit_id")
    assert rule.line_of("parameters", 0, "value") == line_of(RULE, "    value: 2020")
    assert rule.line_of("parameters", 0, "no such part") == line_of(RULE, "  - name: year")


@pytest.mark.parametrize(
    ("old", "new", "line_at", "problem"),
    [
        ("id: declarations.late", "id: declarations.other", "id: declarations.other", "after folder and file"),
        ("id: declarations.late", "id: Late", "id: Late", "id:"),
        ("kind: flag", "kind: guess", "kind: guess", "kind:"),
        ("kk: Кеш, ", "", "title:", "title.kk: Field required"),
        ("ru: Болезнь", "ru: ''", "  - {kk: Ауру", "innocent.0.ru"),
        ("severity: low\n", "", "id: declarations.late", "severity: Field required"),
        ("severity: low", "severity: low\nseverity: high", "severity: high", "severity stands twice"),
        ("severity: low", "severity: low\ncolour: red", "colour: red", "colour: Extra inputs"),
        ("severity: low", "severity: [low", "severity: [low", "not YAML"),
        ("severity: low", "severity: 'low", "severity: 'low", "not YAML"),
        ("severity: low", " severity: low", " severity: low", "not YAML"),
        ("severity: low", "severity: &a low", "severity: &a low", "without &, * and !"),
        ("severity: low", "severity: !!python/name:os.system low", "severity: !!", "without &, * and !"),
        ("severity: low", "severity: lo\x07w", "severity: lo", "not YAML"),
        ("value: 2020", "threshold: height", "  - name: year", "the country pack has no threshold height"),
        ("value: 2020", "value: 1\n    threshold: amendment", "  - name: year", "brings value and source with it"),
        ("value: 2020", "value: .nan", "value: .nan", "parameters.0.value"),
        (
            "    expect: |\n      subject_id | object_id\n      P1         | D1\n",
            "",
            "id: declarations",
            "must say what",
        ),
        (
            "    tables: {}",
            "    tables: {}\n    expect: |\n      subject_id\n      P1",
            "id: declarations",
            "expects nothing",
        ),
        ("/*\nid", "id", "id", "begin with /*"),
        ("\n*/\n", "\n*/", "/*", "begin with /*"),
    ],
)
def test_head_that_is_wrong_is_refused_at_its_line(file: Path, old: str, new: str, line_at: str, problem: str) -> None:
    text = RULE.replace(old, new, 1)
    line, told = refusal(file, text)
    assert problem in told
    expected = line_of(text, line_at)
    assert line == expected


def test_file_in_another_encoding_is_refused_at_its_line(file: Path) -> None:
    assert refusal(file, RULE.encode("utf-16")) == (1, "write the file in UTF-8")
    line, problem = refusal(file, RULE.encode("cp1251", errors="replace"))
    assert (line, problem) == (line_of(RULE, "title:"), "write the file in UTF-8")


def test_file_with_carriage_returns_is_refused(file: Path) -> None:
    assert refusal(file, RULE.replace("\n", "\r\n")) == (1, "end lines with a line feed alone")


def test_empty_file_is_refused(file: Path) -> None:
    assert refusal(file, "")[0] == 1


def test_folder_with_the_name_of_a_rule_is_refused(file: Path) -> None:
    (file.parent / "folder.sql").mkdir()
    with pytest.raises(DomainError, match="cannot be read"):
        read_rule(file.parent / "folder.sql")


def test_two_files_cannot_share_an_id(file: Path) -> None:
    twin = file.with_name("twin.sql")
    assert refusal(twin, RULE) == (2, "the id must be declarations.twin, after folder and file")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("declaration: [id, person_id]", "declarations: [id]", "there is no published table “declarations”"),
        ("declaration: [id, person_id]", "declaration: [id, owner]", "the table declaration has no column “owner”"),
        ("declaration: [id, person_id]", "declaration: [id]\nsteps: [nothing]", "there is no step “nothing”"),
    ],
)
def test_head_that_names_what_is_not_there_is_refused(file: Path, old: str, new: str, problem: str) -> None:
    text = RULE.replace(old, new)
    line, told = refusal(file, text)
    assert told == problem
    assert line == line_of(text, "steps:" if "steps" in new else new)


STEP = "/*\nid: {id}\nmeaning: rows\nkey: id\ntables:\n  declaration: [id]\nsteps: [{reads}]\n*/\nSELECT id FROM declaration\n"


def write_step(file: Path, name: str, reads: str = "") -> Path:
    place = file.parent.parent / "steps" / f"{name}.sql"
    place.parent.mkdir(exist_ok=True)
    place.write_text(STEP.format(id=name, reads=reads), encoding="utf-8")
    steps.cache_clear()
    return place


def test_steps_come_after_those_they_read(file: Path) -> None:
    write_step(file, "a", "b")
    write_step(file, "b", "c")
    write_step(file, "c")
    write_step(file, "d")
    assert list(steps(file.parent.parent)).index("c") < list(steps(file.parent.parent)).index("b")
    assert [step.head.id for step in needed_steps(["a"], file.parent.parent)] == ["c", "b", "a"]


def test_steps_that_read_each_other_are_refused(file: Path) -> None:
    write_step(file, "a", "b")
    write_step(file, "b", "a")
    with pytest.raises(DomainError, match="b cannot be made before this one"):
        steps(file.parent.parent)


def test_step_is_named_after_its_file(file: Path) -> None:
    place = write_step(file, "a")
    place.rename(place.with_name("b.sql"))
    with pytest.raises(DomainError, match="the id must be b"):
        read_step(place.with_name("b.sql"))


def test_step_may_not_take_the_name_of_a_table(file: Path) -> None:
    write_step(file, "person")
    known.cache_clear()
    rules.cache_clear()
    with pytest.raises(DomainError, match="may not take the name of a published table"):
        rules(file.parent.parent)


COLUMN = "{title: {kk: Ақша, ru: Деньги, en: Money}, meaning: {kk: Қанша, ru: Сколько, en: How much}}"


def step_with_sums(file: Path, column: str = COLUMN, query: str = "SELECT id, currency, year AS money") -> Path:
    """A step that describes its column `money`."""
    place = write_step(file, "sums")
    text = place.read_text(encoding="utf-8").replace("key: id\n", f"key: id\ncolumns:\n  money: {column}\n")
    place.write_text(text.replace("SELECT id", query), encoding="utf-8")
    known.cache_clear()
    rules.cache_clear()
    return place


def rule_that_compares(file: Path, compared: str, reads: str = "steps: [sums]\n") -> None:
    """The rule, with a row of the step as evidence."""
    text = RULE.replace("unit: {kk: декл", f"{reads}{compared}unit: {{kk: декл")
    file.write_text(text.replace("'declaration/' || id", "'sums/' || id"), encoding="utf-8")


def test_rule_may_show_described_columns_of_a_step(file: Path) -> None:
    step_with_sums(file)
    rule_that_compares(file, "compared: {sums: [money]}\n")
    [rule] = rules(file.parent.parent).values()
    assert rule.head.compared == {"sums": ["money"]}
    column = steps(file.parent.parent)["sums"].head.columns["money"]
    assert (column.type, column.title.in_language("ru")) == ("money", "Деньги")


@pytest.mark.parametrize(
    ("reads", "compared", "problem"),
    [
        ("steps: [sums]\n", "", "say under compared what to show of the step “sums”"),
        ("", "", "evidence names “sums”, which the head does not name"),
        ("", "compared: {sums: [money]}\n", "name the step “sums” under steps too"),
        ("steps: [sums]\n", "compared: {sums: [id]}\n", "the step sums describes no column “id” under columns"),
        ("steps: [sums]\n", "compared: {sums: []}\n", "compared.sums: List should have at least 1 item"),
    ],
)
def test_evidence_that_the_page_could_not_show_is_refused(file: Path, reads: str, compared: str, problem: str) -> None:
    step_with_sums(file)
    rule_that_compares(file, compared, reads)
    with pytest.raises(DomainError) as caught:
        rules(file.parent.parent)
    assert str(caught.value.parameters["problem"]).startswith(problem)


@pytest.mark.parametrize(
    ("column", "query", "problem"),
    [
        (COLUMN, "SELECT id, currency", "the query returns no column “money”"),
        (COLUMN, "SELECT id, year AS money", "the query must return the currency of its sums"),
        (COLUMN, "SELECT currency, year AS money", "the query must return the key id"),
        (COLUMN.replace("ru: Деньги, ", ""), "SELECT id", "columns.money.title.ru: Field required"),
        (COLUMN.replace("{title", "{type: text, title"), "SELECT id", "columns.money.type: Input should be"),
    ],
)
def test_column_of_a_step_that_could_not_be_shown_is_refused(file: Path, column: str, query: str, problem: str) -> None:
    step_with_sums(file, column, query)
    with pytest.raises(DomainError) as caught:
        rules(file.parent.parent)
    assert str(caught.value.parameters["problem"]).startswith(problem)


def test_number_of_a_step_needs_no_currency(file: Path) -> None:
    step_with_sums(file, COLUMN.replace("{title", "{type: number, title"), "SELECT id, year AS money")
    rule_that_compares(file, "compared: {sums: [money]}\n")
    assert list(rules(file.parent.parent)) == ["declarations.late"]


def test_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="no-rules") as refusal:
        rules(tmp_path)
    assert refusal.value.parameters["file"] == str(tmp_path)
