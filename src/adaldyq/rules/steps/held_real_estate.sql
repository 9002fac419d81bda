/*
id: held_real_estate
meaning: >
  Rights to real estate that a member of the household held on 31 December of a declared year, from the land register.
key: right_id
tables: {}
optional:
  land_register: []
steps: [household]
*/
SELECT
    l.id AS right_id,
    h.declaration_id,
    h.person_id,
    h.member_id,
    h.year,
    h.year_end,
    h.tie_id,
    l.object_number,
    l.valid_to,
    coalesce(l.market_value, l.price) AS worth,
    l.currency
FROM household h
JOIN land_register l ON l.owner_person_id = h.member_id
WHERE (l.valid_from IS NULL OR l.valid_from <= h.year_end)
    AND (l.valid_to IS NULL OR l.valid_to >= h.year_end)
