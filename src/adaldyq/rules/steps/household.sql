/*
id: household
meaning: >
  Who belonged to a declarant's household when the year of the leading declaration ended: the declarant, the spouse and
  children who were not yet 18, each with the family tie that says so. A marriage whose last day is 31 December counts as ended,
  and whoever had died by then belonged to it no more.
key: member_id
tables: {}
optional:
  family_tie: []
  person: []
steps: [current_declaration]
*/
SELECT
    id AS declaration_id,
    person_id,
    year,
    year_end,
    country,
    currency,
    index_unit,
    person_id AS member_id,
    'declarant' AS role,
    CAST(NULL AS VARCHAR) AS tie_id
FROM current_declaration
WHERE leads
UNION ALL
SELECT d.id, d.person_id, d.year, d.year_end, d.country, d.currency, d.index_unit, t.relative_id, t.kind, t.id
FROM current_declaration d
JOIN family_tie t ON t.person_id = d.person_id
LEFT JOIN person p ON p.id = t.relative_id
WHERE d.leads
    AND t.kind = 'spouse'
    AND (p.death_date IS NULL OR p.death_date > d.year_end)
    AND (t.valid_from IS NULL OR t.valid_from <= d.year_end)
    AND (t.valid_to IS NULL OR t.valid_to > d.year_end)
UNION ALL
SELECT d.id, d.person_id, d.year, d.year_end, d.country, d.currency, d.index_unit, t.relative_id, t.kind, t.id
FROM current_declaration d
JOIN family_tie t ON t.person_id = d.person_id
JOIN person p ON p.id = t.relative_id
WHERE d.leads
    AND t.kind = 'child'
    AND p.birth_date <= d.year_end
    AND p.birth_date > d.year_end - INTERVAL 18 YEAR
    AND (p.death_date IS NULL OR p.death_date > d.year_end)
