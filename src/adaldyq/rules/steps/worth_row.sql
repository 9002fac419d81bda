/*
id: worth_row
meaning: >
  Rows of declared property, money and debts, one under another, in their own currencies; debts with a minus. `class` is
  cash, account, claim, asset or debt. Real estate and vehicles have their number, share, price and day besides; what was handed
  to a manager has, as its number, the day, the manager and what it is; securities and crypto-assets have what they are and how
  many, company interests the company and the share.
key: row_id
written: false
tables: {}
optional:
  declared_real_estate: []
  declared_vehicle: []
  declared_account: []
  declared_cash: []
  declared_security: []
  declared_company_interest: []
  declared_crypto: []
  declared_claim: []
  declared_valuable: []
  declared_trust: []
*/
SELECT
    'declared_cash' AS table_name,
    row_id,
    declaration_id,
    owner,
    currency,
    amount,
    'cash' AS class,
    CAST(NULL AS VARCHAR) AS object_number,
    CAST(NULL AS DECIMAL(18, 6)) AS share,
    CAST(NULL AS DECIMAL(18, 2)) AS price,
    CAST(NULL AS DATE) AS acquired_date
FROM declared_cash
UNION ALL
SELECT 'declared_account', row_id, declaration_id, owner, currency, amount, 'account', NULL, NULL, NULL, NULL
FROM declared_account
UNION ALL
SELECT 'declared_claim', row_id, declaration_id, owner, currency, -amount, 'debt', NULL, NULL, NULL, NULL
FROM declared_claim
WHERE direction = 'payable'
UNION ALL
SELECT 'declared_claim', row_id, declaration_id, owner, currency, amount, 'claim', NULL, NULL, NULL, NULL
FROM declared_claim
WHERE coalesce(direction, '') <> 'payable'
UNION ALL
SELECT
    'declared_real_estate',
    row_id,
    declaration_id,
    owner,
    currency,
    value,
    'asset',
    replace(replace(replace(replace(replace(lower(object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS object_number,
    share,
    price,
    acquired_date
FROM declared_real_estate
WHERE coalesce(basis, 'ownership') IN ('ownership', 'joint ownership')
UNION ALL
SELECT
    'declared_vehicle',
    row_id,
    declaration_id,
    owner,
    currency,
    value,
    'asset',
    replace(replace(replace(replace(replace(lower(object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS object_number,
    share,
    price,
    acquired_date
FROM declared_vehicle
WHERE coalesce(basis, 'ownership') IN ('ownership', 'joint ownership')
UNION ALL
SELECT
    'declared_security',
    row_id,
    declaration_id,
    owner,
    currency,
    value,
    'asset',
    CASE WHEN issuer <> '' THEN lower(trim(issuer)) || ' ' || coalesce(kind, '') || ' ' || CAST(quantity AS VARCHAR) END,
    NULL,
    NULL,
    NULL
FROM declared_security
UNION ALL
SELECT
    'declared_company_interest',
    row_id,
    declaration_id,
    owner,
    currency,
    value,
    'asset',
    CASE WHEN company_name <> '' THEN lower(trim(company_name)) || ' ' || CAST(share AS VARCHAR) END,
    NULL,
    NULL,
    NULL
FROM declared_company_interest
UNION ALL
SELECT
    'declared_crypto',
    row_id,
    declaration_id,
    owner,
    currency,
    value,
    'asset',
    CASE WHEN asset <> '' THEN lower(trim(asset)) || ' ' || CAST(quantity AS VARCHAR) END,
    NULL,
    NULL,
    NULL
FROM declared_crypto
UNION ALL
SELECT 'declared_valuable', row_id, declaration_id, owner, currency, value, 'asset', NULL, NULL, NULL, NULL
FROM declared_valuable
UNION ALL
SELECT
    'declared_trust',
    row_id,
    declaration_id,
    owner,
    currency,
    value,
    'asset',
    CASE WHEN description <> '' THEN CAST(since_date AS VARCHAR) || ' ' || coalesce(manager, '') || ' ' || description END,
    NULL,
    NULL,
    NULL
FROM declared_trust
