/*
id: declared_earning
meaning: >
  Income and gifts of the household by leading declaration, in its currency at the rates of its year's end. `no_rate`:
  some row is in a currency without a rate; `unknown_income`: some income has no amount.
key: declaration_id
written: false
tables: {}
steps: [conversion_rate, current_declaration, earning_row]
*/
WITH converted AS (
    SELECT
        e.declaration_id,
        e.owner,
        e.class,
        CASE
            WHEN e.currency = d.currency THEN e.amount
            ELSE CAST(CAST(e.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))
        END AS worth,
        e.amount IS NULL AND e.class <> 'gift' AS unknown,
        e.amount IS NOT NULL AND r.rate IS NULL AS lacks_rate
    FROM earning_row e
    JOIN current_declaration d ON d.id = e.declaration_id
    LEFT JOIN conversion_rate r ON r.currency = e.currency AND r.quote_currency = d.currency AND r.year = d.year
    WHERE d.leads AND coalesce(e.owner, 'declarant') <> 'other'
)
SELECT
    declaration_id,
    sum(CASE WHEN class = 'gift' THEN 0 ELSE worth END) AS income,
    sum(CASE WHEN class = 'income' AND coalesce(owner, 'declarant') = 'declarant' THEN worth ELSE 0 END)
        AS income_of_declarant,
    sum(CASE WHEN class = 'sale' AND coalesce(owner, 'declarant') = 'declarant' THEN worth ELSE 0 END)
        AS sales_of_declarant,
    sum(CASE WHEN class = 'sale' THEN worth ELSE 0 END) AS sales,
    sum(CASE WHEN class = 'gift' THEN worth ELSE 0 END) AS gifts,
    bool_or(lacks_rate) AS no_rate,
    bool_or(unknown) AS unknown_income
FROM converted
GROUP BY declaration_id
