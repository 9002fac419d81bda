/*
id: earning_row
meaning: >
  Rows of declared income and gifts, one under another, in their own currencies. `class` is income, sale or gift.
key: row_id
written: false
tables: {}
optional:
  declared_income: []
  declared_gift: []
*/
SELECT
    'declared_income' AS table_name,
    row_id,
    declaration_id,
    owner,
    currency,
    amount,
    CASE WHEN kind = 'sale' THEN 'sale' ELSE 'income' END AS class,
    tax_withheld
FROM declared_income
UNION ALL
SELECT 'declared_gift', row_id, declaration_id, owner, currency, value, 'gift', NULL FROM declared_gift
