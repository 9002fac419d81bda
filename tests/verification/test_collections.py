"""Rules over what an imported collection has: what they cannot judge they say, and absurd values break none."""

from __future__ import annotations

import pyarrow as pa

from adaldyq.verification import examples
from adaldyq.verification.catalogue import rules
from adaldyq.verification.contracts import contracts
from adaldyq.verification.engines.answers import Answer
from adaldyq.verification.engines.duckdb import opened
from adaldyq.verification.rulefile import steps


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
