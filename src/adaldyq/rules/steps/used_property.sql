/*
id: used_property
meaning: >
  Things that a leading declaration states as used free of charge, each beside the rights to it that the registers hold at
  the end of the year, with their worth in the declaration's currency. A thing that no register knows has a row without a right.
key: row_id
tables: {}
optional:
  declared_real_estate: []
  declared_vehicle: []
  land_register: []
  vehicle_register: []
steps: [conversion_rate, current_declaration]
*/
WITH thing AS (
    SELECT 'declared_real_estate' AS table_name, row_id, declaration_id, owner, object_number
    FROM declared_real_estate
    WHERE basis = 'use'
    UNION ALL
    SELECT 'declared_vehicle', row_id, declaration_id, owner, object_number
    FROM declared_vehicle
    WHERE basis = 'use'
),
used AS (
    SELECT
        t.table_name,
        t.row_id,
        t.object_number,
        replace(replace(replace(replace(replace(lower(t.object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key,
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        d.currency,
        d.index_unit
    FROM thing t
    JOIN current_declaration d ON d.id = t.declaration_id
    WHERE d.leads AND coalesce(t.owner, 'declarant') <> 'other'
),
number AS (
    SELECT DISTINCT number_key FROM used
),
known AS (
    SELECT
        'land_register/' || l.id AS right_name,
        n.number_key,
        coalesce(l.owner_person_id, l.owner_company_id) AS owner_id,
        coalesce(l.market_value, l.price) AS worth,
        l.currency,
        l.valid_from,
        l.valid_to
    FROM number n
    JOIN land_register l
        ON replace(replace(replace(replace(replace(lower(l.object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') = n.number_key
    UNION ALL
    SELECT
        'vehicle_register/' || v.id,
        n.number_key,
        coalesce(v.owner_person_id, v.owner_company_id),
        coalesce(v.market_value, v.price),
        v.currency,
        v.valid_from,
        v.valid_to
    FROM number n
    JOIN vehicle_register v
        ON replace(replace(replace(replace(replace(lower(v.object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') = n.number_key
)
SELECT
    u.table_name,
    u.row_id,
    u.object_number,
    u.declaration_id,
    u.person_id,
    u.year,
    u.year_end,
    u.currency,
    u.index_unit,
    k.right_name,
    k.owner_id,
    k.worth IS NULL AS unknown_worth,
    r.rate IS NULL AS lacks_rate,
    CAST(CAST(k.worth AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)) AS worth
FROM used u
LEFT JOIN known k
    ON k.number_key = u.number_key
    AND (k.valid_from IS NULL OR k.valid_from <= u.year_end)
    AND (k.valid_to IS NULL OR k.valid_to > u.year_end)
LEFT JOIN conversion_rate r ON r.currency = k.currency AND r.quote_currency = u.currency AND r.year = u.year
