/*
id: declared_worth
meaning: >
  What the household had at the year's end by leading declaration, in its currency: cash, money (cash and accounts), and
  all assets less debts. `net_next` is the same at the rates of the year after, so that two years can be compared without
  the change of rates. `no_rate` and `no_rate_next` count rows in a currency without a rate; `unknown_cash`,
  `unknown_money`, `unknown_assets` and `unknown_debts` count rows without an amount.
key: declaration_id
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
        CASE
            WHEN e.currency = d.currency THEN e.amount
            ELSE CAST(CAST(e.amount AS DECIMAL(20, 2)) * r.rate_next AS DECIMAL(32, 2))
        END AS worth_next,
        e.amount IS NOT NULL AND r.rate IS NULL AS lacks_rate,
        e.amount IS NOT NULL AND r.rate_next IS NULL AS lacks_rate_next
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
    sum(worth_next) AS net_next,
    count(CASE WHEN lacks_rate THEN 1 END) AS no_rate,
    count(CASE WHEN lacks_rate_next THEN 1 END) AS no_rate_next,
    count(CASE WHEN unknown AND class = 'cash' THEN 1 END) AS unknown_cash,
    count(CASE WHEN unknown AND class IN ('cash', 'account') THEN 1 END) AS unknown_money,
    count(CASE WHEN unknown AND class <> 'debt' THEN 1 END) AS unknown_assets,
    count(CASE WHEN unknown AND class = 'debt' THEN 1 END) AS unknown_debts
FROM converted
GROUP BY declaration_id
