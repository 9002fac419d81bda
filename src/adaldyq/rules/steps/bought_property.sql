/*
id: bought_property
meaning: >
  Real estate and vehicles that a member of the household bought in a declared year, by the registers, each beside the
  leading declaration: what it cost, what it was worth, and what one unit of its currency is worth in the declaration's;
  null when there is no rate.
key: right_id
tables: {}
optional:
  land_register: []
  vehicle_register: []
steps: [conversion_rate, household]
*/
WITH bought AS (
    SELECT
        'land_register' AS table_name,
        id,
        object_number,
        owner_person_id,
        previous_owner_id,
        valid_from,
        price,
        market_value,
        currency
    FROM land_register
    WHERE price > 0 AND basis = 'purchase'
    UNION ALL
    SELECT
        'vehicle_register',
        id,
        object_number,
        owner_person_id,
        previous_owner_id,
        valid_from,
        price,
        market_value,
        currency
    FROM vehicle_register
    WHERE price > 0
)
SELECT
    b.table_name,
    b.id AS right_id,
    b.object_number,
    b.previous_owner_id,
    b.valid_from,
    b.price,
    b.market_value,
    h.declaration_id,
    h.person_id,
    h.member_id,
    h.tie_id,
    h.currency,
    h.index_unit,
    r.rate
FROM bought b
JOIN household h ON h.member_id = b.owner_person_id AND h.year = extract(YEAR FROM b.valid_from)
LEFT JOIN conversion_rate r ON r.currency = b.currency AND r.quote_currency = h.currency AND r.year = h.year
