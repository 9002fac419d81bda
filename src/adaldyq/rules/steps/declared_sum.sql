/*
id: declared_sum
meaning: >
  Declared property, money and debts of each declaration, summed by currency, debts with a minus. Sums called loose leave
  real estate, vehicles, trusts, securities, company interests and crypto-assets out, since those are compared one by one between years. The columns called unknown tell that a
  row of that kind lacks its amount.
key: declaration_id
tables: {}
steps: [worth_row]
*/
WITH entry AS (
    SELECT
        declaration_id,
        currency,
        class,
        table_name NOT IN (
            'declared_real_estate',
            'declared_vehicle',
            'declared_trust',
            'declared_security',
            'declared_company_interest',
            'declared_crypto'
        ) AS is_loose,
        amount
    FROM worth_row
    WHERE coalesce(owner, 'declarant') <> 'other'
)
SELECT
    declaration_id,
    currency,
    sum(amount) FILTER (WHERE class = 'cash') AS cash,
    sum(amount) FILTER (WHERE class IN ('cash', 'account')) AS money,
    sum(amount) AS net,
    sum(amount) FILTER (WHERE is_loose) AS loose,
    sum(amount) FILTER (WHERE is_loose AND class = 'asset') AS loose_assets,
    bool_or(amount IS NULL AND class = 'cash') AS unknown_cash,
    bool_or(amount IS NULL AND class IN ('cash', 'account')) AS unknown_money,
    bool_or(amount IS NULL AND class = 'debt') AS unknown_debt,
    bool_or(is_loose AND amount IS NULL AND class <> 'debt') AS unknown_loose,
    bool_or(is_loose AND amount IS NULL AND class = 'asset') AS unknown_loose_asset
FROM entry
GROUP BY declaration_id, currency
