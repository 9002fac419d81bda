/*
id: declared_outlay
meaning: >
  What the household bought in the year and what it newly borrowed, by leading declaration, in its currency at the rates of
  its year's end. The same purchase may stand with the thing and among large acquisitions, so the larger of the two sums
  counts. A debt without a date counts as new. `no_rate`: some row is in a currency without a rate.
key: declaration_id
written: false
tables: {}
steps: [conversion_rate, current_declaration, outlay_row]
*/
WITH converted AS (
    SELECT
        e.declaration_id,
        e.class,
        CASE
            WHEN e.currency = d.currency THEN e.amount
            ELSE CAST(CAST(e.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))
        END AS worth,
        r.rate IS NULL AS lacks_rate
    FROM outlay_row e
    JOIN current_declaration d ON d.id = e.declaration_id AND extract(YEAR FROM coalesce(e.day, d.year_end)) = d.year
    LEFT JOIN conversion_rate r ON r.currency = e.currency AND r.quote_currency = d.currency AND r.year = d.year
    WHERE d.leads AND coalesce(e.owner, 'declarant') <> 'other'
)
SELECT
    declaration_id,
    greatest(
        sum(CASE WHEN class = 'thing' THEN worth ELSE 0 END),
        sum(CASE WHEN class = 'acquisition' THEN worth ELSE 0 END)
    ) AS purchases,
    sum(CASE WHEN class = 'debt' THEN worth ELSE 0 END) AS new_debts,
    bool_or(lacks_rate) AS no_rate
FROM converted
GROUP BY declaration_id
