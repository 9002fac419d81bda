/*
id: declared_worth
meaning: >
  What the household had at the year's end by leading declaration, in its currency: cash, money (cash and accounts), and
  all assets less debts. `net_next` is the same at the rates of the year after, so that two years can be compared without
  the change of rates. `no_rate` and `no_rate_next`: some row is in a currency without a rate; `unknown_cash`,
  `unknown_money`, `unknown_assets` and `unknown_debts`: some row has no amount.
key: declaration_id
written: false
tables: {}
steps: [conversion_rate, current_declaration, worth_row]
*/
WITH converted AS (
    SELECT
        e.declaration_id,
        e.class,
        e.amount IS NULL AS unknown,
        CASE
            WHEN e.currency = d.currency THEN e.amount
            ELSE CAST(CAST(e.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))
        END AS worth,
        e.amount IS NOT NULL AND r.rate IS NULL AS lacks_rate
    FROM worth_row e
    JOIN current_declaration d ON d.id = e.declaration_id
    LEFT JOIN conversion_rate r ON r.currency = e.currency AND r.quote_currency = d.currency AND r.year = d.year
    WHERE d.leads AND coalesce(e.owner, 'declarant') <> 'other'
)
SELECT
    declaration_id,
    sum(worth) FILTER (WHERE class = 'cash') AS cash,
    sum(worth) FILTER (WHERE class IN ('cash', 'account')) AS money,
    sum(worth) AS net,
    bool_or(lacks_rate) AS no_rate,
    bool_or(unknown AND class = 'cash') AS unknown_cash,
    bool_or(unknown AND class IN ('cash', 'account')) AS unknown_money
FROM converted
GROUP BY declaration_id
