"""Every rule does on its own examples what it says, in three languages, on data it was not made for too."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from adaldyq.countries.required import UNITS
from adaldyq.verification import examples
from adaldyq.verification.catalogue import rules, titles
from adaldyq.verification.contracts import contracts
from adaldyq.verification.heads import Example, Words
from adaldyq.verification.rulefile import FOLDER, Rule, Step, steps
from adaldyq.verification.sqlcheck import check, checked_units, with_values

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = [
    pytest.param(rule, one, id=f"{rule.id}: {one.case.en}")
    for rule in rules().values()
    for one in (*rule.head.fires_on, *rule.head.silent_on)
]
RULES = [pytest.param(rule, id=rule.id) for rule in rules().values()]
FILES = [*RULES, *(pytest.param(step, id=name) for name, step in steps().items())]
KAZAKH_LETTERS = re.compile("[әіңғүұқөһ]", re.IGNORECASE)
STREET = {"street.bribe-asked-often", "street.price-above-fee", "street.few-cases-followed"}
PERMITS = {
    "licence-without-payment",
    "fast-lane",
    "same-pair",
    "related-reviewer",
    "holder-owned-by-official",
    "newborn-firms",
    "repeated-returns",
    "silence-at-one-desk",
    "outside-office-hours",
    "sent-back-to-the-draw",
    "granted-after-suspension",
    "licence-to-debtor",
    "shared-address",
    "fee-given-back",
}
PAYMENTS = {"waivers-by-one-officer", "refunds-by-same-two", "cash-share-leap", "cash-leap-of-a-cashier"}

FLAGS = {
    "undeclared-real-estate",
    "undeclared-vehicle",
    "real-estate-not-in-register",
    "undeclared-account",
    "undeclared-income",
    "undeclared-company-interest",
    "acquisitions-above-means",
    "wealth-growth-unexplained",
    "cash-above-peers",
    "private-loan",
    "gift-above-limit",
    "divorced-same-household",
    "identical-values",
    "late-or-missing",
    "sold-to-relative-below-market",
    "foreign-account",
    "money-above-income",
    "gifts-above-income",
    "expenses-above-means",
    "debts-above-means",
    "purchase-without-price",
    "family-not-declared",
    "vehicle-not-in-register",
    "bought-below-market",
    "vanished-without-sale",
    "use-of-costly-property",
    "account-not-in-register",
    "foreign-real-estate",
    "spouse-part-empty",
    "amended-after-question",
    "late-change-notice",
    "family-gave-no-information",
    "amended-long-after",
    "payer-not-in-register",
    "company-interest-not-in-register",
    "large-cash",
    "costly-vehicle",
    "aircraft",
    "large-dwelling",
    "money-lent",
    "prize-income",
    "foreign-company-interest",
    "wealth-growth-over-years",
}
QUALITY = {"stated-conversion", "suspected-reading-error"}


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example_comes_out_as_its_rule_says(rule: Rule, example: Example) -> None:
    outcome = examples.run(rule, example, contracts())
    assert outcome.found == [found | want for found, want in zip(outcome.found, outcome.expected, strict=True)]
    assert outcome.holds


def test_rule_of_the_how_to_works_as_it_stands(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "how-to" / "write-a-rule.md").read_text(encoding="utf-8")
    shutil.copytree(FOLDER / "steps", tmp_path / "steps")
    file = tmp_path / "declarations" / "many-vehicles.sql"
    file.parent.mkdir()
    file.write_text(text.split("```sql\n")[1].split("```")[0], encoding="utf-8")
    rule = rules(tmp_path)["declarations.many-vehicles"]
    for example in (*rule.head.fires_on, *rule.head.silent_on):
        assert examples.run(rule, example, contracts()).holds


def test_reference_names_every_rule_and_step() -> None:
    text = (ROOT / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")
    for name in (*(id_.partition(".")[2] for id_ in rules()), *steps()):
        assert f"`{name}`" in text, name


def test_rules_of_the_catalogue() -> None:
    by_kind = {kind: {id_ for id_, rule in rules().items() if rule.head.kind == kind} for kind in ("flag", "quality")}
    declared = {f"declarations.{name}" for name in FLAGS}
    licensed = {f"permits.{name}" for name in PERMITS} | {f"payments.{name}" for name in PAYMENTS}
    assert by_kind["flag"] == declared | STREET | licensed
    assert by_kind["quality"] == {f"declarations.{name}" for name in QUALITY}


@pytest.mark.parametrize("rule", RULES)
def test_rule_has_two_examples_of_each_kind(rule: Rule) -> None:
    assert min(len(rule.head.fires_on), len(rule.head.silent_on)) >= 2


@pytest.mark.parametrize("rule", RULES)
def test_rule_names_two_to_four_innocent_explanations(rule: Rule) -> None:
    assert 2 <= len(rule.head.innocent) <= 4


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_written_in_three_languages(rule: Rule) -> None:
    for words in texts(rule):
        assert words.en not in {words.kk, words.ru}
        assert words.kk != words.ru or " " not in words.kk, words.kk
        assert not re.search("[А-Яа-яЁё]", words.en), words.en
        assert not KAZAKH_LETTERS.search(words.ru), words.ru
    told = " ".join(words.kk for words in texts(rule))
    assert KAZAKH_LETTERS.search(told)


def test_sums_of_steps_are_named_in_three_languages_and_every_one_is_shown() -> None:
    compared = {
        (step, name) for rule in rules().values() for step, names in rule.head.compared.items() for name in names
    }
    described = {(name, column): shown for name, step in steps().items() for column, shown in step.head.columns.items()}
    assert set(described) == compared
    for shown in described.values():
        for words in (shown.title, shown.meaning):
            assert len({words.kk, words.ru, words.en}) == 3
            assert not re.search("[А-Яа-яЁё]", words.en), words.en
            assert not KAZAKH_LETTERS.search(words.ru), words.ru


@pytest.mark.parametrize("rule", RULES)
def test_rule_asks_and_does_not_accuse(rule: Rule) -> None:
    told = " ".join(f"{words.kk} {words.ru} {words.en}" for words in texts(rule)).lower()
    for word in ("violat", "offend", "guilt", "corrupt official", "нарушен", "винов", "преступ", "кінәлі", "құқық бұз"):
        assert word not in told
    if rule.head.kind == "flag":
        assert "explanation" in rule.head.explanation.en
        assert "пояснить" in rule.head.explanation.ru
        assert "түсіндіру" in rule.head.explanation.kk


def texts(rule: Rule) -> Iterator[Words]:
    """Every text of a rule's head."""
    head = rule.head
    yield from (head.title, head.explanation, head.unit, *head.basis, *head.innocent, *head.reasons.values())
    for parameter in head.parameters:
        yield from (parameter.unit, parameter.meaning)
    yield from (example.case for example in (*head.fires_on, *head.silent_on))


def test_a_sum_in_units_of_the_index_is_the_country_packs_and_in_that_unit() -> None:
    checked = 0
    for rule in rules().values():
        for one in rule.head.parameters:
            in_index = one.unit.en == "units of the index"
            assert one.threshold or not in_index, f"{rule.id}: {one.name} stands in the rule"
            if one.threshold:
                checked += 1
                assert ("index" in UNITS[one.threshold]) == in_index, f"{rule.id}: {one.threshold}"
    assert checked > 30


def test_titles_come_in_the_language_asked_for() -> None:
    assert titles("ru")["declarations.foreign-account"] == "Счёт за границей"
    assert titles("kk")["declarations.foreign-account"] == "Шетелдегі шот"


@pytest.mark.parametrize("file", FILES)
def test_query_can_be_said_to_spark(file: Rule | Step) -> None:
    values = file.parameters if isinstance(file, Rule) else {}
    queries = [check(file), *([checked_units(file)] if isinstance(file, Rule) else [])]
    for query in queries:
        spark = with_values(query, values).sql("spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
        assert isinstance(sqlglot.parse_one(spark, dialect="spark"), exp.Query)


@pytest.mark.parametrize("rule", RULES)
def test_every_reason_has_its_sentence_and_is_given(rule: Rule) -> None:
    given = {node.this for node in checked_units(rule).find_all(exp.Literal) if node.is_string}
    assert set(rule.head.reasons) <= given
