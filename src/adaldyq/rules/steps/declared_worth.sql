/*
id: declared_worth
meaning: >
  What the household had at the year's end by leading declaration, in its currency: cash, money (cash and accounts), and
  all assets less debts. `no_rate`: some row is in a currency without a rate; `unknown_cash` and `unknown_money`: some row
  has no amount.
key: declaration_id
written: false
tables: {}
steps: [conversion_rate, current_declaration, declared_sum]
*/
WITH rated AS (
    SELECT
        s.declaration_id,
        s.cash,
        s.money,
        s.net,
        s.unknown_cash,
        s.unknown_money,
        s.currency = d.currency AS is_own,
        r.rate
    FROM declared_sum s
    JOIN current_declaration d ON d.id = s.declaration_id
    LEFT JOIN conversion_rate r ON r.currency = s.currency AND r.quote_currency = d.currency AND r.year = d.year
)
SELECT
    declaration_id,
    sum(CASE WHEN is_own THEN cash ELSE CAST(CAST(cash AS DECIMAL(20, 2)) * rate AS DECIMAL(32, 2)) END) AS cash,
    sum(CASE WHEN is_own THEN money ELSE CAST(CAST(money AS DECIMAL(20, 2)) * rate AS DECIMAL(32, 2)) END) AS money,
    sum(CASE WHEN is_own THEN net ELSE CAST(CAST(net AS DECIMAL(20, 2)) * rate AS DECIMAL(32, 2)) END) AS net,
    bool_or(net IS NOT NULL AND rate IS NULL) AS no_rate,
    bool_or(unknown_cash) AS unknown_cash,
    bool_or(unknown_money) AS unknown_money
FROM rated
GROUP BY declaration_id
