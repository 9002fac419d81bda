/*
id: current_declaration
meaning: >
  Declarations that no later version replaces, each with its year's end and with one unit of the country's index in its
  currency. When a person filed several for one year, one of them leads: the form with income goes before the other.
key: id
tables:
  declaration: [id, person_id, year, currency, is_current]
optional:
  index_value: []
*/
WITH leading AS (
    SELECT coalesce(max(id) FILTER (WHERE form = 'income'), max(id)) AS id
    FROM declaration
    WHERE is_current
    GROUP BY person_id, year
)
SELECT
    d.id,
    d.person_id,
    d.year,
    CASE WHEN d.year BETWEEN 1900 AND 2200 THEN make_date(d.year, 12, 31) END AS year_end,
    d.form,
    d.country,
    d.currency,
    d.body_id,
    i.amount AS index_unit,
    l.id IS NOT NULL AS leads
FROM declaration d
LEFT JOIN leading l ON l.id = d.id
LEFT JOIN index_value i ON i.year = d.year AND i.currency = d.currency
WHERE d.is_current
