"""Every rule does on its own examples what it says, in three languages, on data it was not made for too."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
import sqlglot
from sqlglot import exp

from adaldyq.countries.required import UNITS
from adaldyq.verification import examples
from adaldyq.verification.catalogue import rules, titles
from adaldyq.verification.contracts import contracts
from adaldyq.verification.engines.answers import Answer
from adaldyq.verification.engines.duckdb import opened
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


def table(name: str, text: str) -> pa.Table:
    """A table that has only the columns its text names, as an imported collection does."""
    full = examples.arrow_table(text, contracts()[name])
    return full.select([cell.strip() for cell in text.strip().splitlines()[0].split("|")])


def answers(tables: dict[str, str], memory: str = "") -> dict[str, Answer]:
    """What every rule says of a collection that has these tables and columns, and no others."""
    with opened(contracts(), memory=memory) as engine:
        for name, text in tables.items():
            engine.offer_rows(name, table(name, text))
        engine.offer_nothing_else()
        for step in steps().values():
            engine.make_step(step)
        return {id_.partition(".")[2]: engine.answer(rule) for id_, rule in rules().items()}


PACK = {
    "exchange_rate": """
        id | currency | quote_currency | year | rate
        X1 | USD      | UAH            | 2016 | 27.19
        X2 | USD      | UAH            | 2017 | 28.07
    """,
    "index_value": """
        id | year | currency | amount
        I1 | 2016 | UAH      | 173.0
        I2 | 2017 | UAH      | 191.6
    """,
}
COLLECTION = PACK | {
    "declaration": """
        id | person_id | form   | year | version | is_current | country | currency | declarant_name
        D1 | P1        | income | 2016 | 1       | true       | UA      | UAH      | A
        D2 | P1        | income | 2017 | 1       | true       | UA      | UAH      | A
        D3 | P2        | income | 2025 | 1       | true       | UA      | UAH      | B
    """,
    "person": """
        id
        P1
        P2
    """,
    "declared_income": """
        row_id | declaration_id | owner     | kind   | amount | currency
        R1     | D2             | declarant | salary | 200000 | UAH
    """,
    "declared_cash": """
        row_id | declaration_id | owner     | amount | currency
        C1     | D1             | declarant | 1000   | USD
        C2     | D2             | declarant | 90000  | USD
        C3     | D3             | declarant | 90000  | USD
    """,
    "declared_real_estate": """
        row_id | declaration_id | owner     | kind | area | country | value | currency
        E1     | D1             | declarant | land | 100  | UA      | 5000  | UAH
        E2     | D2             | declarant | land | 100  | UA      | 5000  | UAH
    """,
}
REGISTERS = {
    "undeclared-real-estate": ("missing-column:declared_real_estate.object_number", 3),
    "undeclared-vehicle": ("missing-table:declared_vehicle", 3),
    "real-estate-not-in-register": ("missing-column:declared_real_estate.object_number", 0),
    "undeclared-account": ("missing-table:declared_account", 3),
    "undeclared-income": ("missing-table:income_record", 3),
    "undeclared-company-interest": ("missing-table:declared_company_interest", 3),
    "acquisitions-above-means": ("missing-column:declared_real_estate.acquired_date", 3),
    "private-loan": ("missing-table:declared_claim", 0),
    "gift-above-limit": ("missing-table:declared_gift", 0),
    "divorced-same-household": ("missing-table:family_tie", 2),
    "late-or-missing": ("missing-column:declaration.filed_date", 3),
    "sold-to-relative-below-market": ("missing-table:family_tie", 2),
    "foreign-account": ("missing-table:declared_account", 0),
    "gifts-above-income": ("missing-table:declared_gift", 3),
    "expenses-above-means": ("missing-table:declared_expense", 0),
    "debts-above-means": ("missing-table:declared_claim", 0),
    "purchase-without-price": ("missing-column:declared_real_estate.basis", 0),
    "family-not-declared": ("missing-table:declared_family", 3),
    "vehicle-not-in-register": ("missing-table:declared_vehicle", 0),
    "bought-below-market": ("missing-table:land_register", 0),
    "vanished-without-sale": ("missing-column:declared_real_estate.object_number", 0),
    "use-of-costly-property": ("missing-column:declared_real_estate.object_number", 0),
    "account-not-in-register": ("missing-table:declared_account", 0),
    "foreign-real-estate": ("missing-column:declared_real_estate.basis", 0),
    "spouse-part-empty": ("missing-table:family_tie", 0),
    "late-change-notice": ("missing-column:declaration.filed_date", 0),
    "family-gave-no-information": ("missing-table:withheld_value", 3),
    "amended-after-question": ("missing-column:declaration.filed_date", 0),
    "amended-long-after": ("missing-column:declaration.filed_date", 0),
    "payer-not-in-register": ("missing-column:declared_income.payer_id", 1),
    "company-interest-not-in-register": ("missing-table:declared_company_interest", 0),
    "costly-vehicle": ("missing-table:declared_vehicle", 0),
    "aircraft": ("missing-table:declared_vehicle", 0),
    "money-lent": ("missing-table:declared_claim", 0),
    "foreign-company-interest": ("missing-table:declared_company_interest", 0),
    "stated-conversion": ("missing-column:declared_cash.stated_amount", 0),
    "suspected-reading-error": ("missing-table:source_note", 3),
}


def test_collection_without_registers_is_not_judged_and_says_why() -> None:
    told = answers(COLLECTION)
    for name, (reason, units) in REGISTERS.items():
        assert told[name].error == ""
        assert told[name].unjudged == {reason: units}, name
        assert told[name].checked == told[name].findings.num_rows == 0


def test_collection_is_judged_where_it_can_be() -> None:
    told = answers(COLLECTION)
    growth = told["wealth-growth-unexplained"]
    assert growth.unjudged == {"no-year-before": 2}
    assert growth.checked == 1
    [finding] = growth.findings.to_pylist()
    assert (finding["subject_id"], finding["object_id"], finding["currency"]) == ("P1", "2017", "UAH")
    assert str(finding["amount"]) == "2219910.00"  # 89,000 USD at the lower rate of both ends, less the income
    [fortune] = told["money-above-income"].findings.to_pylist()
    assert (fortune["subject_id"], str(fortune["amount"])) == ("P1", "2526300.00")
    assert told["money-above-income"].unjudged == {"no-index": 1}
    assert told["cash-above-peers"].unjudged == {"few-peers": 2, "no-index": 1}
    assert told["identical-values"].unjudged == {"too-few-years": 2}


def test_silence_of_the_family_is_judged_only_where_a_form_of_the_country_says_it() -> None:
    marks = {"withheld_value": "id | declaration_id | detail\nH1 | D1 | costDate"}
    abroad = COLLECTION["declaration"].replace("| UA      | UAH      | B", "| KZ      | UAH      | B")
    answer = answers(COLLECTION | marks | {"declaration": abroad})["family-gave-no-information"]
    assert (answer.checked, answer.unjudged, answer.findings.num_rows) == (2, {"no-mark": 1}, 1)


def test_empty_collection_is_not_judged() -> None:
    for name, answer in answers({}).items():
        assert answer.error == "", name
        assert set(answer.unjudged.values()) == {0}
        assert answer.findings.num_rows == 0


def test_worth_that_is_unknown_is_not_taken_for_nothing() -> None:
    collection = COLLECTION | {
        "declared_cash": """
            row_id | declaration_id | owner     | amount | currency
            C1     | D1             | declarant |        | USD
            C2     | D2             | declarant | 90000  | USD
        """
    }
    assert answers(collection)["wealth-growth-unexplained"].unjudged == {"no-year-before": 2, "unknown-worth": 1}


def test_currency_without_a_rate_is_not_judged() -> None:
    collection = COLLECTION | {
        "declared_cash": """
            row_id | declaration_id | owner     | amount | currency
            C1     | D1             | declarant | 10     | XAU
            C2     | D2             | declarant | 90000  | USD
        """
    }
    told = answers(collection)
    assert told["wealth-growth-unexplained"].unjudged == {"no-year-before": 2, "no-rate": 1}
    assert told["wealth-growth-unexplained"].findings.num_rows == 0


def test_what_was_added_or_earned_without_a_sum_is_not_judged() -> None:
    told = answers(
        {
            "declaration": """
                id | person_id | form   | year | version | is_current | filed_date | due_date   | currency
                D1 | P1        | income | 2023 | 1       | false      | 2024-09-01 | 2024-09-15 | KZT
                D2 | P1        | income | 2023 | 2       | true       | 2025-03-01 | 2024-09-15 | KZT
                D3 | P2        | income | 2023 | 1       | false      | 2024-09-01 | 2024-09-15 | KZT
                D4 | P2        | income | 2023 | 2       | true       | 2025-03-01 | 2024-09-15 | KZT
            """,
            "index_value": """
                id | year | currency | amount
                I1 | 2023 | KZT      | 3000
            """,
            "exchange_rate": "id",
            "declared_real_estate": """
                row_id | declaration_id | owner     | object_number | acquired_date | price    | currency
                R1     | D2             | declarant | 20-1          |               |          |
                R2     | D2             | declarant |               | 2023-08-01    | 24000000 | KZT
            """,
            "declared_account": """
                row_id | declaration_id | owner     | account_number | amount   | currency
                A1     | D4             | declarant | KZ02           | 90000000 | XAU
            """,
            "declared_income": """
                row_id | declaration_id | owner     | kind   | amount | currency
                N1     | D2             | declarant | salary |        | KZT
            """,
            "income_record": """
                id | person_id | year | kind   | amount  | currency
                K1 | P1        | 2023 | salary | 6000000 | KZT
            """,
        }
    )
    assert told["amended-long-after"].unjudged == {"no-worth": 1, "no-rate": 1}
    assert told["acquisitions-above-means"].unjudged == {"unknown-income": 1, "no-rate": 1}
    assert told["undeclared-income"].unjudged == {"unknown-income": 1, "no-rate": 1}


ABSURD = "9999999999999999.99"


def test_absurd_sums_and_years_break_no_rule() -> None:
    rows = "\n".join(f"C{number} | D2 | declarant | {ABSURD} | USD" for number in range(50))
    collection = COLLECTION | {
        "exchange_rate": "id | currency | quote_currency | year | rate\nX | USD | UAH | 2017 | 999999999999.999999\n"
        "Y | USD | UAH | 2016 | 999999999999.999999",
        "declaration": COLLECTION["declaration"]
        + "D8 | P8 | income | 999999999999 | 1 | true | UA | UAH | C\nD9 | P8 | income | -5 | 1 | true | UA | UAH | C",
        "declared_cash": f"row_id | declaration_id | owner | amount | currency\n{rows}",
    }
    told = answers(collection)
    assert {name: answer.error for name, answer in told.items() if answer.error} == {}
    [finding] = told["wealth-growth-unexplained"].findings.to_pylist()
    assert str(finding["amount"]) == "9999999999999.99"
