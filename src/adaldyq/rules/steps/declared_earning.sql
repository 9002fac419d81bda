/*
id: declared_earning
meaning: >
  Income and gifts of the household by leading declaration, in its currency at the rates of its year's end. `no_rate`
  counts rows in a currency without a rate.
key: declaration_id
tables: {}
optional:
  declared_income: []
  declared_gift: []
steps: [conversion_rate, current_declaration]
*/
WITH entry AS (
    SELECT declaration_id, owner, currency, amount, CASE WHEN kind = 'sale' THEN 'sale' ELSE 'income' END AS class
    FROM declared_income
    UNION ALL
    SELECT declaration_id, owner, currency, value, 'gift' FROM declared_gift
),
converted AS (
    SELECT
        e.declaration_id,
        e.owner,
        e.class,
        CASE
            WHEN e.currency = d.currency THEN e.amount
            ELSE CAST(CAST(e.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))
        END AS worth,
        e.amount IS NOT NULL AND r.rate IS NULL AS lacks_rate
    FROM entry e
    JOIN current_declaration d ON d.id = e.declaration_id
    LEFT JOIN conversion_rate r ON r.currency = e.currency AND r.quote_currency = d.currency AND r.year = d.year
    WHERE d.leads AND coalesce(e.owner, 'declarant') <> 'other'
)
SELECT
    declaration_id,
    sum(CASE WHEN class = 'gift' THEN 0 ELSE worth END) AS income,
    sum(CASE WHEN class <> 'gift' AND owner = 'declarant' THEN worth ELSE 0 END) AS income_of_declarant,
    sum(CASE WHEN class = 'sale' THEN worth ELSE 0 END) AS sales,
    sum(CASE WHEN class = 'gift' THEN worth ELSE 0 END) AS gifts,
    count(CASE WHEN lacks_rate THEN 1 END) AS no_rate
FROM converted
GROUP BY declaration_id
