/*
id: outlay_row
meaning: >
  Rows of declared purchases and debts, one under another, in their own currencies, each with its day when it has one.
  `class` is thing, acquisition or debt.
key: row_id
written: false
tables: {}
optional:
  declared_real_estate: []
  declared_vehicle: []
  declared_valuable: []
  declared_acquisition: []
  declared_claim: []
*/
SELECT
    'declared_real_estate' AS table_name,
    row_id,
    declaration_id,
    owner,
    currency,
    price AS amount,
    'thing' AS class,
    acquired_date AS day
FROM declared_real_estate
WHERE price > 0 AND acquired_date IS NOT NULL AND coalesce(basis, 'ownership') IN ('ownership', 'joint ownership')
UNION ALL
SELECT 'declared_vehicle', row_id, declaration_id, owner, currency, price, 'thing', acquired_date
FROM declared_vehicle
WHERE price > 0 AND acquired_date IS NOT NULL AND coalesce(basis, 'ownership') IN ('ownership', 'joint ownership')
UNION ALL
SELECT 'declared_valuable', row_id, declaration_id, owner, currency, value, 'thing', acquired_date
FROM declared_valuable
WHERE value > 0 AND acquired_date IS NOT NULL
UNION ALL
SELECT 'declared_acquisition', row_id, declaration_id, owner, currency, price, 'acquisition', NULL
FROM declared_acquisition
WHERE price > 0
UNION ALL
SELECT 'declared_claim', row_id, declaration_id, owner, currency, amount, 'debt', since_date
FROM declared_claim
WHERE direction = 'payable' AND amount > 0
