"""What pages read, narrowed to the viewer, in a constant number of queries."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.roles import Role
from adaldyq.verification import policies, queries, states
from adaldyq.verification.actions.decisions import Step, decide
from adaldyq.verification.contracts import contracts
from adaldyq.verification.evidence import YEAR, evidence_of, years_beside
from adaldyq.verification.labels import COLUMNS, TABLES
from adaldyq.verification.meanings import MEANINGS
from adaldyq.verification.models import SEVERITIES, Finding, Run
from adaldyq.verification.wording import reason_sentence
from tests.verification.records import AT, ESTATE, PERSON, account, analyst, as_actor, fact, made_run, the_finding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]

NOBODY = Actor(id="", roles=frozenset({Role.PUBLIC}))


def test_only_an_analyst_has_findings_to_read() -> None:
    made_run()
    assert queries.findings_for(as_actor(analyst())).count() == 1
    for viewer in (NOBODY, as_actor(account("Auditor", Role.AUDITOR))):
        assert not queries.chosen(queries.Choice(), viewer).exists()
        assert queries.finding_of(the_finding().pk, viewer) is None
        assert queries.counts(viewer) == queries.Counts(0, 0, 0, 0, 0, 0)


def test_runs_are_read_by_analysts_and_auditors_only() -> None:
    made_run()
    run = vars(queries.runs_for(as_actor(analyst())).get())
    assert (run["rules_run"], run["fired"]) == (1, 1)
    assert queries.runs_for(as_actor(account("Auditor", Role.AUDITOR))).exists()
    assert not queries.runs_for(NOBODY).exists()


def test_the_rank_follows_the_severity() -> None:
    for number, severity in enumerate(reversed(SEVERITIES)):
        made_run([fact("P1")], severity=severity, dataset=f"set{number}")
    found = Finding.objects.order_by("rank").values_list("severity", flat=True)
    assert tuple(found) == SEVERITIES


def test_new_is_what_the_last_run_of_its_dataset_found_first() -> None:
    one = as_actor(analyst())
    made_run([fact("P1")], at=AT - timedelta(days=2))
    made_run([fact("P9")], dataset="nacp", at=AT - timedelta(days=1))
    made_run([fact("P1"), fact("P2")], at=AT)
    new = queries.chosen(queries.Choice(standing=queries.NEW), one)
    assert set(new.values_list("subject_id", flat=True)) == {"P2", "P9"}


def test_the_counts_are_those_of_the_parts() -> None:
    one = analyst()
    made_run([fact("P1"), fact("P2"), fact("P3"), fact("P4")], at=AT - timedelta(days=1))
    made_run([fact("P1"), fact("P2"), fact("P3"), fact("P5")])
    made_run([fact("P8", "N1")], kind="quality", dataset="nacp")
    decide(finding=Finding.objects.get(subject_id="P1"), step=Step(states.TAKE, 0), by=as_actor(one), at=AT)
    decide(
        finding=Finding.objects.get(subject_id="P2"),
        step=Step(states.EXPLAIN, 0, "An heir."),
        by=as_actor(one),
        at=AT,
    )
    assert queries.counts(as_actor(one)) == queries.Counts(undecided=3, mine=1, new=1, decided=1, gone=1, quality=1)


def test_public_counts_are_of_the_country_and_of_finished_runs_only() -> None:
    made_run([fact("P1"), fact("P2")])
    made_run([fact("P1")], dataset="nacp")
    unfinished = made_run([fact("P1")])
    Run.objects.filter(pk=unfinished.pk).update(outcome="failed")
    assert [one.fired for one in queries.public_runs_of(ESTATE)] == [2]
    assert queries.number_of_public_runs(ESTATE) == 1


def test_evidence_comes_back_in_the_types_of_its_columns() -> None:
    made_run()
    right, declaration = evidence_of(the_finding())
    assert (declaration.contract.name, right.contract.name) == ("declaration", "land_register")
    assert str(right.rows[0]["market_value"]) == "30000000.00"
    assert right.rows[0]["valid_from"].isoformat() == "2022-03-01"  # type: ignore[attr-defined]  # a day
    assert "share" not in {column.name for column in right.columns}


def test_other_years_stand_beside_those_in_question(data_dir: Path) -> None:
    made_run()
    right, declaration = years_beside(the_finding(), data_dir)
    assert [(row["year"], row["in_question"]) for row in declaration.rows] == [
        (2021, False),
        (2022, False),
        (2023, True),
    ]
    assert [row["id"] for row in right.rows] == ["L1"]


def test_other_years_are_not_taken_from_another_snapshot(data_dir: Path) -> None:
    made_run()
    Run.objects.update(snapshot="0" * 64)
    with pytest.raises(DomainError) as refused:
        years_beside(the_finding(), data_dir)
    assert refused.value.code == "snapshot-gone"


def test_others_about_the_same_person_are_of_the_same_dataset() -> None:
    one = as_actor(analyst())
    made_run([fact(PERSON, "a"), fact(PERSON, "b"), fact("P2", "c")])
    made_run([fact(PERSON, "d")], dataset="nacp")
    finding = Finding.objects.get(object_id="a")
    assert [other.object_id for other in queries.other_findings(finding, one, 10)] == ["b"]


def test_a_finding_is_read_in_a_constant_number_of_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made_run()
    one, number = as_actor(analyst()), the_finding().pk
    with django_assert_num_queries(1):
        finding = queries.finding_of(number, one)
        assert finding is not None
        assert finding.last_run.engine


@pytest.mark.parametrize("role", list(Role))
def test_the_steps_of_a_finding_are_for_analysts_only(role: Role) -> None:
    made_run()
    by = Actor(id="somebody", roles=frozenset({role}))
    steps = policies.steps_open_to(by, the_finding())
    assert bool(steps) == (role is Role.AGENCY_ANALYST)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_reason_is_a_sentence_in_each_language(language: str) -> None:
    for reason in ("missing-table:bank_balance", "missing-column:declaration.filed_at", "odd"):
        sentence = reason_sentence(None, reason, language)
        assert sentence.endswith(".")
        assert len(sentence) > len(reason)
    assert len({reason_sentence(None, "missing-table:bank_balance", one) for one in ("kk", "ru", "en")}) == 3


def test_every_published_table_and_column_has_a_title() -> None:
    for table in contracts().values():
        assert table.name in TABLES
        assert [one.name for one in table.columns if not one.title and one.name not in COLUMNS] == []


def test_every_meaning_of_a_column_is_marked_for_translation() -> None:
    described = {column.meaning for table in contracts().values() for column in table.columns}
    assert described <= MEANINGS
    assert described | {YEAR.meaning} >= MEANINGS
