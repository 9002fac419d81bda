"""A run stores what is new, still there and gone, and nothing that it did not see."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from string import Template

import pytest
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.registers import load_register
from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Person, PersonName
from adaldyq.ledger.models import Leaf
from adaldyq.verification.contracts import contracts
from adaldyq.verification.models import EvidenceRow, Finding, Run
from adaldyq.verification.runs import Report, look_at, verify_country, verify_dataset
from adaldyq.verification.snapshots import Origin, writing
from adaldyq.verification.views.object_words import object_words

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORDS = "{kk: а, ru: б, en: c}"
RULE = Template(f"""/*
id: people.$name
kind: flag
severity: low
title: {WORDS}
explanation: {WORDS}
basis: [{WORDS}]
innocent: [{WORDS}]
tables: {{$table: [$columns]}}
unit: {WORDS}
checked: SELECT id AS unit_id, NULL AS reason FROM $table
fires_on:
  - case: {WORDS}
    tables: {{}}
    expect: x
silent_on:
  - case: {WORDS}
    tables: {{}}
*/
$query
""")
BORN_LATE = """SELECT id AS subject_id, '' AS object_id, NULL AS amount, NULL AS currency, birth_date AS since,
    ['person/' || id] AS evidence
FROM person WHERE birth_date >= DATE '2000-01-01'"""
STEP = f"""/*
id: age
meaning: How old people become this year.
key: id
columns:
  years: {{type: number, title: {WORDS}, meaning: {WORDS}}}
tables: {{person: [id, birth_date]}}
*/
SELECT id, birth_date, 2026 - extract(YEAR FROM birth_date) AS years FROM person
"""

pytestmark = pytest.mark.django_db


def quiet(what: str, done: int, total: int) -> None:
    """Nobody watches."""


@pytest.fixture
def rule_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "rules" / "people"
    folder.mkdir(parents=True)
    write_rule(folder, "born-late", "person", "id, birth_date", BORN_LATE)
    return folder.parent


def write_rule(folder: Path, name: str, table: str, columns: str, query: str) -> None:
    text = RULE.substitute(name=name, table=table, columns=columns, query=query)
    (folder / f"{name}.sql").write_text(text, encoding="utf-8")


@pytest.fixture
def verified(tmp_path: Path, rule_folder: Path) -> Callable[[], Report]:
    def run() -> Report:
        from adaldyq.verification import catalogue, rulefile  # noqa: PLC0415  # their caches belong to one test

        catalogue.known.cache_clear()
        catalogue.rules.cache_clear()
        rulefile.steps.cache_clear()
        return verify_country(data=tmp_path, clock=timezone.now, progress=quiet, rule_folder=rule_folder)

    return run


def person(name: str, born: date) -> Person:
    one = Person(birth_date=born, source="a test", as_of=born)
    by = system("test")
    load_register(register="person", rows=[one], by=by, at=AT)
    named = PersonName(person=one, language="en", script="Latn", text=name)
    load_register(register="person_name", rows=[named], by=by, at=AT)
    return one


def test_a_finding_is_stored_with_its_name_and_rows(verified: Callable[[], Report]) -> None:
    young = person("Young One", date(2001, 5, 6))
    person("Old One", date(1960, 1, 1))
    report = verified()
    finding = Finding.objects.get()
    assert (finding.subject_id, finding.subject_label, finding.since) == (young.pk, "Young One", date(2001, 5, 6))
    assert (report.rules[0].answer.checked, report.rules[0].new, report.rules[0].gone) == (2, 1, 0)
    row = EvidenceRow.objects.get()
    assert (row.table, row.key, row.values["birth_date"]) == ("person", young.pk, "2001-05-06")


def test_rows_of_steps_are_stored_beside_those_of_tables(verified: Callable[[], Report], rule_folder: Path) -> None:
    young = person("Young One", date(2001, 5, 6))
    (rule_folder / "steps").mkdir()
    (rule_folder / "steps" / "age.sql").write_text(STEP, encoding="utf-8")
    query = BORN_LATE.replace("['person/' || id]", "['age/' || id, 'person/' || id]").replace("FROM person", "FROM age")
    write_rule(rule_folder / "people", "born-late", "person", "id, birth_date", query)
    file = rule_folder / "people" / "born-late.sql"
    text = file.read_text(encoding="utf-8").replace("unit:", "steps: [age]\ncompared: {age: [years]}\nunit:", 1)
    file.write_text(text, encoding="utf-8")
    report = verified()
    assert report.failed == []
    rows = EvidenceRow.objects.order_by("pk")
    assert [(row.table, row.key) for row in rows] == [("age", young.pk), ("person", young.pk)]
    assert rows[0].values["years"] == 25


def test_a_finding_that_stands_again_keeps_its_id_and_state(verified: Callable[[], Report]) -> None:
    person("Young One", date(2001, 5, 6))
    verified()
    Finding.objects.update(state="in_work")
    report = verified()
    finding = Finding.objects.get()
    assert finding.state == "in_work"
    assert finding.first_run != finding.last_run == report.run
    assert report.rules[0].new == 0
    assert EvidenceRow.objects.count() == 1


def test_a_finding_whose_ground_is_gone_is_gone_and_may_come_back(verified: Callable[[], Report]) -> None:
    young = person("Young One", date(2001, 5, 6))
    first = verified()
    Person.objects.filter(pk=young.pk).update(birth_date=date(1990, 1, 1))
    second = verified()
    assert Finding.objects.get().gone_run == second.run
    assert second.rules[0].gone == 1
    Person.objects.filter(pk=young.pk).update(birth_date=date(2001, 5, 6))
    third = verified()
    finding = Finding.objects.get()
    assert (finding.first_run, finding.last_run, finding.gone_run) == (first.run, third.run, None)


def judging(rule_folder: Path, born_known: str) -> None:
    """Let the rule say that it cannot judge whom `born_known` holds not true of."""
    file = rule_folder / "people" / "born-late.sql"
    text = file.read_text(encoding="utf-8")
    reason = f"CASE WHEN NOT ({born_known}) THEN 'unknown-birth' END AS reason"
    text = text.replace("NULL AS reason", reason).replace(
        "fires_on:", f"reasons: {{unknown-birth: {WORDS}}}\nfires_on:"
    )
    file.write_text(text, encoding="utf-8")


def test_a_finding_whose_unit_cannot_be_judged_any_more_stands(
    verified: Callable[[], Report], rule_folder: Path
) -> None:
    young, other = person("Young One", date(2001, 5, 6)), person("Other One", date(2002, 5, 6))
    judging(rule_folder, "birth_date > DATE '1900-01-01'")
    first = verified()
    Person.objects.filter(pk=young.pk).update(birth_date=date(1800, 1, 1))
    Person.objects.filter(pk=other.pk).update(birth_date=date(1990, 1, 1))
    second = verified()
    report = second.rules[0]
    assert dict(report.answer.unjudged) == {"unknown-birth": 1}
    assert report.gone == 1
    stands, gone = Finding.objects.get(subject_id=young.pk), Finding.objects.get(subject_id=other.pk)
    assert (stands.gone_run, stands.last_run) == (None, first.run)
    assert gone.gone_run == second.run
    assert [row.key for row in stands.evidence.all()] == [young.pk]
    Person.objects.filter(pk=young.pk).update(birth_date=date(1990, 1, 1))
    third = verified()
    assert Finding.objects.get(subject_id=young.pk).gone_run == third.run


def test_a_row_of_another_unit_that_was_never_judged_keeps_no_finding(
    verified: Callable[[], Report], rule_folder: Path
) -> None:
    young, old = person("Young One", date(2001, 5, 6)), person("Old One", date(1800, 1, 1))
    (rule_folder / "steps").mkdir()
    (rule_folder / "steps" / "age.sql").write_text(STEP, encoding="utf-8")
    rows = f"['age/' || id, 'person/{old.pk}', 'person/' || id]"
    write_rule(
        rule_folder / "people", "born-late", "person", "id, birth_date", BORN_LATE.replace("['person/' || id]", rows)
    )
    judging(rule_folder, "birth_date > DATE '1900-01-01'")
    file = rule_folder / "people" / "born-late.sql"
    text = file.read_text(encoding="utf-8").replace("unit:", "steps: [age]\ncompared: {age: [years]}\nunit:", 1)
    file.write_text(text, encoding="utf-8")
    verified()
    assert set(EvidenceRow.objects.values_list("key", flat=True)) == {young.pk, old.pk}
    Person.objects.filter(pk=young.pk).update(birth_date=date(1990, 1, 1))
    assert verified().rules[0].gone == 1


def test_a_rule_that_fails_is_told_stops_no_other_and_clears_nothing(
    verified: Callable[[], Report], rule_folder: Path
) -> None:
    person("Young One", date(2001, 5, 6))
    verified()
    broken = BORN_LATE.replace("'' AS object_id", "CAST(CAST(CAST(id AS VARCHAR) AS INTEGER) AS VARCHAR) AS object_id")
    write_rule(rule_folder / "people", "born-late", "person", "id, birth_date", broken)
    write_rule(rule_folder / "people", "second", "person", "id, birth_date", BORN_LATE)
    report = verified()
    assert [one.rule.id for one in report.failed] == ["people.born-late"]
    assert report.run is not None
    assert report.run.outcome == "failed"
    assert set(Finding.objects.filter(gone_run=None).values_list("rule", flat=True)) == {
        "people.born-late",
        "people.second",
    }


def test_findings_of_a_rule_that_was_withdrawn_are_gone(verified: Callable[[], Report], rule_folder: Path) -> None:
    person("Young One", date(2001, 5, 6))
    verified()
    write_rule(rule_folder / "people", "second", "person", "id, birth_date", BORN_LATE)
    (rule_folder / "people" / "born-late.sql").unlink()
    report = verified()
    assert Finding.objects.get(rule="people.born-late").gone_run == report.run


def test_every_answer_leaves_a_line_in_the_ledger(verified: Callable[[], Report]) -> None:
    person("Young One", date(2001, 5, 6))
    verified()
    acts = list(Leaf.objects.filter(act__startswith="verification.").order_by("id").values_list("act", flat=True))
    assert acts == ["verification.run.begin", "verification.answer.record", "verification.run.finish"]


def test_two_runs_at_once_are_refused(verified: Callable[[], Report], tmp_path: Path) -> None:
    with (tmp_path / "verify.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(DomainError, match="run-under-way"):
            verified()
    assert not Run.objects.exists()
    verified()


def test_a_run_that_was_killed_is_closed_by_the_next(verified: Callable[[], Report]) -> None:
    verified()
    Run.objects.update(outcome="running", finished_at=None)
    verified()
    assert sorted(Run.objects.values_list("outcome", flat=True)) == ["done", "failed"]


def test_a_dataset_is_verified_apart_from_the_country(
    tmp_path: Path, verified: Callable[[], Report], rule_folder: Path
) -> None:
    person("Young One", date(2001, 5, 6))
    verified()
    with writing(tmp_path / "datasets" / "abroad", contracts()) as writer:
        writer.write("person", [{"id": "P1", "birth_date": date(2002, 1, 1), "source": "x", "as_of": date(2020, 1, 1)}])
        writer.finish(Origin(dataset="abroad", title="Abroad", source="a test"), [], AT)
    report = verify_dataset("abroad", data=tmp_path, clock=timezone.now, progress=quiet, rule_folder=rule_folder)
    assert report.rules[0].answer.findings.num_rows == 1
    assert sorted(Finding.objects.values_list("dataset", "subject_id")) == [
        ("", Finding.objects.get(dataset="").subject_id),
        ("abroad", "P1"),
    ]
    assert Finding.objects.filter(gone_run=None).count() == 2


def test_a_finding_is_stored_with_the_name_of_the_company_it_is_about(tmp_path: Path, rule_folder: Path) -> None:
    company = "K00000000001"
    write_rule(
        rule_folder / "people", "born-late", "person", "id, birth_date", BORN_LATE.replace("''", f"'2024:{company}'")
    )
    known = {"source": "x", "as_of": date(2020, 1, 1)}
    with writing(tmp_path / "datasets" / "abroad", contracts()) as writer:
        writer.write("person", [{"id": "P1", "birth_date": date(2002, 1, 1), **known}])
        writer.write("company", [{"id": company, "identifier": "1", "name": "Көркем", "legal_form": "llp", **known}])
        writer.finish(Origin(dataset="abroad", title="Abroad", source="a test"), [], AT)
    verify_dataset("abroad", data=tmp_path, clock=timezone.now, progress=quiet, rule_folder=rule_folder)
    finding = Finding.objects.get()
    assert (finding.object_id, finding.object_label) == (f"2024:{company}", "Көркем")
    assert object_words(finding) == "2024, Көркем"


def test_a_lender_whom_no_register_knows_has_the_name_that_the_declaration_gives(
    tmp_path: Path, rule_folder: Path
) -> None:
    query = """SELECT declaration_id AS subject_id, counterparty_id || ':2024' AS object_id, NULL AS amount,
        NULL AS currency, NULL AS since, ['declared_claim/' || row_id] AS evidence FROM declared_claim"""
    write_rule(rule_folder / "people", "born-late", "declared_claim", "row_id, declaration_id, counterparty_id", query)
    file = rule_folder / "people" / "born-late.sql"
    text = file.read_text(encoding="utf-8").replace("SELECT id AS unit_id", "SELECT row_id AS unit_id")
    file.write_text(text, encoding="utf-8")
    claim: dict[str, object] = {
        "row_id": "C1",
        "declaration_id": "D1",
        "counterparty": "АТ КБ «Банк»",
        "counterparty_id": "14360570",
    }
    with writing(tmp_path / "datasets" / "abroad", contracts()) as writer:
        writer.write("declared_claim", [claim])
        writer.finish(Origin(dataset="abroad", title="Abroad", source="a test"), [], AT)
    verify_dataset("abroad", data=tmp_path, clock=timezone.now, progress=quiet, rule_folder=rule_folder)
    assert object_words(Finding.objects.get()) == "АТ КБ «Банк», 2024"


def test_a_dataset_without_the_column_says_that_it_could_not_be_judged(tmp_path: Path, rule_folder: Path) -> None:
    with writing(tmp_path / "s", contracts()) as writer:
        writer.open_table("person", ["id", "source", "as_of"])
        writer.write("person", [{"id": "P1", "source": "x", "as_of": date(2020, 1, 1)}])
        writer.finish(Origin(dataset="abroad", title="Abroad", source="a test"), [], AT)
    report = look_at(tmp_path / "s", work=tmp_path, progress=quiet, rule_folder=rule_folder)
    answer = report.rules[0].answer
    assert (answer.checked, dict(answer.unjudged)) == (0, {"missing-column:person.birth_date": 1})


def test_what_a_killed_run_left_is_gone_after_the_next(tmp_path: Path, rule_folder: Path) -> None:
    with writing(tmp_path / "s", contracts()) as writer:
        writer.write("person", [{"id": "P1", "source": "x", "as_of": date(2020, 1, 1)}])
        writer.finish(Origin(dataset="abroad", title="Abroad", source="a test"), [], AT)
    (tmp_path / "work" / "spill").mkdir(parents=True)
    (tmp_path / "work" / "spill" / "held_account.parquet").write_bytes(b"half a file")
    look_at(tmp_path / "s", work=tmp_path / "work", progress=quiet, rule_folder=rule_folder)
    assert list((tmp_path / "work").iterdir()) == []


def test_an_unknown_dataset_is_refused_with_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "datasets" / "abroad").mkdir(parents=True)
    with pytest.raises(DomainError, match="no-such-dataset") as refusal:
        verify_dataset("elsewhere", data=tmp_path, clock=timezone.now, progress=quiet)
    assert refusal.value.parameters["known"] == "abroad"


def test_only_the_newest_snapshots_are_kept(tmp_path: Path, verified: Callable[[], Report]) -> None:
    for _ in range(7):
        verified()
    kept = list((tmp_path / "snapshots").iterdir())
    assert len(kept) == 5
    assert str(Run.objects.latest("started_at").snapshot_path) in {str(one.relative_to(tmp_path)) for one in kept}
