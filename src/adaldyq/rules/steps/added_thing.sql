/*
id: added_thing
meaning: >
  Real estate, vehicles and accounts with a number that stand in an amended declaration in force and in no earlier version
  of it, however their number is written there, each with its worth in the declaration's currency, or none where no value,
  price or rate is known. `earlier_id` is the first version.
key: row_id
tables:
  declaration: [id, person_id, form, year, version, is_current]
  declared_real_estate: [row_id, declaration_id, object_number]
optional:
  declared_vehicle: []
  declared_account: []
steps: [conversion_rate, current_declaration]
*/
WITH amended AS (
    SELECT a.id AS declaration_id, a.person_id, a.form, a.year, d.currency
    FROM declaration a
    JOIN current_declaration d ON d.id = a.id
    WHERE a.version > 1
),
earlier AS (
    SELECT a.declaration_id, b.id AS earlier_id, b.version
    FROM amended a
    JOIN declaration b ON b.person_id = a.person_id AND b.year = a.year AND b.form = a.form
    WHERE NOT b.is_current
),
version AS (
    SELECT declaration_id AS source_id FROM amended
    UNION
    SELECT earlier_id FROM earlier
),
thing AS (
    SELECT 'declared_real_estate' AS table_name, row_id, declaration_id, owner, object_number AS number, coalesce(value, price) AS worth, currency
    FROM declared_real_estate
    WHERE object_number IS NOT NULL
    UNION ALL
    SELECT 'declared_vehicle', row_id, declaration_id, owner, object_number, coalesce(value, price), currency
    FROM declared_vehicle
    WHERE object_number IS NOT NULL
    UNION ALL
    SELECT 'declared_account', row_id, declaration_id, owner, account_number, amount, currency
    FROM declared_account
    WHERE account_number IS NOT NULL
),
numbered AS (
    SELECT
        t.table_name,
        t.row_id,
        t.declaration_id,
        t.owner,
        replace(replace(replace(replace(replace(lower(t.number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key,
        t.worth,
        t.currency
    FROM thing t
    SEMI JOIN version v ON v.source_id = t.declaration_id
),
stood AS (
    SELECT DISTINCT e.declaration_id, t.table_name, t.number_key
    FROM earlier e
    JOIN numbered t ON t.declaration_id = e.earlier_id
),
first_version AS (
    SELECT declaration_id, earlier_id
    FROM earlier
    QUALIFY row_number() OVER (PARTITION BY declaration_id ORDER BY version, earlier_id) = 1
)
SELECT
    t.row_id,
    t.table_name,
    a.declaration_id,
    f.earlier_id,
    CAST(CAST(t.worth AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)) AS worth,
    t.worth IS NOT NULL AND r.rate IS NULL AS lacks_rate
FROM amended a
JOIN first_version f ON f.declaration_id = a.declaration_id
JOIN numbered t ON t.declaration_id = a.declaration_id
LEFT JOIN conversion_rate r ON r.currency = t.currency AND r.quote_currency = a.currency AND r.year = a.year
ANTI JOIN stood s
    ON s.declaration_id = a.declaration_id
    AND s.table_name = t.table_name
    AND s.number_key = t.number_key
WHERE coalesce(t.owner, 'declarant') <> 'other'
