/*
id: held_account
meaning: >
  Balances that banks reported of the household's accounts at the end of a declared year, in the currency of the leading
  declaration; `worth` is null when there is no rate.
key: balance_id
tables: {}
optional:
  bank_balance: []
steps: [conversion_rate, household]
*/
SELECT
    b.id AS balance_id,
    h.declaration_id,
    h.person_id,
    h.member_id,
    h.year,
    h.year_end,
    h.currency,
    h.index_unit,
    h.tie_id,
    h.role = 'child' AS is_of_child,
    b.account_number,
    b.country <> h.country AS is_foreign,
    CASE
        WHEN b.currency = h.currency THEN b.balance
        ELSE CAST(CAST(b.balance AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))
    END AS worth
FROM bank_balance b
JOIN household h ON h.member_id = b.person_id AND h.year = b.year
LEFT JOIN conversion_rate r ON r.currency = b.currency AND r.quote_currency = h.currency AND r.year = h.year
WHERE b.balance IS NOT NULL
