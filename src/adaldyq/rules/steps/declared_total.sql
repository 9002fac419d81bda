/*
id: declared_total
meaning: >
  Sums of each leading declaration in its own currency, by the rates of its year's end: income, gifts, money, assets,
  debts, purchases; a debt without a date counts as new. `net_next` values its assets less debts by the rates of the year after, so that two years can be
  compared without the change of rates. Rows of people outside the household are left out. `no_rate` counts amounts in
  currencies without a rate; `unknown_money`, `unknown_assets` and `unknown_debts` count rows without an amount.
key: declaration_id
tables: {}
optional:
  declared_income: []
  declared_real_estate: []
  declared_vehicle: []
  declared_account: []
  declared_cash: []
  declared_security: []
  declared_company_interest: []
  declared_crypto: []
  declared_claim: []
  declared_valuable: []
  declared_gift: []
  declared_acquisition: []
  declared_trust: []
steps: [conversion_rate, current_declaration]
*/
WITH entry AS (
    SELECT declaration_id, owner, currency, amount, 'income' AS class, kind, CAST(NULL AS DATE) AS since
    FROM declared_income
    UNION ALL
    SELECT declaration_id, owner, currency, value, 'gift', kind, NULL FROM declared_gift
    UNION ALL
    SELECT declaration_id, owner, currency, amount, 'account', NULL, NULL FROM declared_account
    UNION ALL
    SELECT declaration_id, owner, currency, amount, 'cash', NULL, NULL FROM declared_cash
    UNION ALL
    SELECT declaration_id, owner, currency, amount, direction, kind, since_date FROM declared_claim
    UNION ALL
    SELECT declaration_id, owner, currency, value, 'thing', NULL, NULL
    FROM declared_real_estate
    WHERE coalesce(basis, 'ownership') IN ('ownership', 'joint ownership')
    UNION ALL
    SELECT declaration_id, owner, currency, value, 'thing', NULL, NULL
    FROM declared_vehicle
    WHERE coalesce(basis, 'ownership') IN ('ownership', 'joint ownership')
    UNION ALL
    SELECT declaration_id, owner, currency, value, 'thing', NULL, NULL FROM declared_security
    UNION ALL
    SELECT declaration_id, owner, currency, value, 'thing', NULL, NULL FROM declared_company_interest
    UNION ALL
    SELECT declaration_id, owner, currency, value, 'thing', NULL, NULL FROM declared_crypto
    UNION ALL
    SELECT declaration_id, owner, currency, value, 'thing', NULL, NULL FROM declared_valuable
    UNION ALL
    SELECT declaration_id, owner, currency, value, 'thing', NULL, NULL FROM declared_trust
    UNION ALL
    SELECT declaration_id, owner, currency, price, 'purchase', NULL, acquired_date
    FROM declared_real_estate
    WHERE price > 0 AND coalesce(basis, 'ownership') IN ('ownership', 'joint ownership')
    UNION ALL
    SELECT declaration_id, owner, currency, price, 'purchase', NULL, acquired_date
    FROM declared_vehicle
    WHERE price > 0 AND coalesce(basis, 'ownership') IN ('ownership', 'joint ownership')
    UNION ALL
    SELECT declaration_id, owner, currency, value, 'purchase', NULL, acquired_date
    FROM declared_valuable
    WHERE value > 0
    UNION ALL
    SELECT declaration_id, owner, currency, price, 'listed purchase', NULL, acquired_date
    FROM declared_acquisition
    WHERE price > 0
),
converted AS (
    SELECT
        e.declaration_id,
        e.owner,
        CASE WHEN e.class = 'thing' OR e.class = 'receivable' THEN 'asset' ELSE e.class END AS class,
        e.kind,
        e.amount IS NULL AS unknown,
        e.class = 'listed purchase' OR extract(YEAR FROM e.since) = d.year AS this_year,
        CAST(CAST(e.amount AS DECIMAL(28, 2)) * r.rate AS DECIMAL(32, 2)) AS worth,
        CAST(CAST(e.amount AS DECIMAL(28, 2)) * n.rate AS DECIMAL(32, 2)) AS worth_next
    FROM entry e
    JOIN current_declaration d ON d.id = e.declaration_id
    LEFT JOIN conversion_rate r ON r.currency = e.currency AND r.quote_currency = d.currency AND r.year = d.year
    LEFT JOIN conversion_rate n ON n.currency = e.currency AND n.quote_currency = d.currency AND n.year = d.year + 1
    WHERE d.leads AND coalesce(e.owner, 'declarant') <> 'other'
),
total AS (
    SELECT
        declaration_id,
        sum(worth) FILTER (WHERE class = 'income') AS income,
        sum(worth) FILTER (WHERE class = 'income' AND owner = 'declarant') AS income_of_declarant,
        sum(worth) FILTER (WHERE class = 'income' AND kind = 'sale') AS sales,
        sum(worth) FILTER (WHERE class = 'gift') AS gifts,
        sum(worth) FILTER (WHERE class = 'cash') AS cash,
        sum(worth) FILTER (WHERE class IN ('cash', 'account')) AS money,
        sum(worth) FILTER (WHERE class IN ('cash', 'account', 'asset')) AS assets,
        sum(worth) FILTER (WHERE class = 'payable') AS debts,
        sum(worth_next) FILTER (WHERE class IN ('cash', 'account', 'asset')) AS assets_next,
        sum(worth_next) FILTER (WHERE class = 'payable') AS debts_next,
        sum(worth) FILTER (WHERE class = 'payable' AND coalesce(this_year, true)) AS new_debts,
        sum(worth) FILTER (WHERE class = 'purchase' AND this_year) AS purchases,
        sum(worth) FILTER (WHERE class = 'listed purchase') AS listed_purchases,
        count(*) FILTER (WHERE worth IS NULL AND NOT unknown) AS no_rate,
        count(*) FILTER (WHERE worth_next IS NULL AND NOT unknown AND class IN ('cash', 'account', 'asset', 'payable'))
            AS no_rate_next,
        count(*) FILTER (WHERE unknown AND class IN ('cash', 'account')) AS unknown_money,
        count(*) FILTER (WHERE unknown AND class IN ('cash', 'account', 'asset')) AS unknown_assets,
        count(*) FILTER (WHERE unknown AND class = 'payable') AS unknown_debts
    FROM converted
    GROUP BY declaration_id
)
SELECT
    d.id AS declaration_id,
    d.person_id,
    d.year,
    d.year_end,
    d.form,
    d.country,
    d.currency,
    d.body_id,
    d.index_unit,
    coalesce(t.income, 0) AS income,
    coalesce(t.income_of_declarant, 0) AS income_of_declarant,
    coalesce(t.sales, 0) AS sales,
    coalesce(t.gifts, 0) AS gifts,
    coalesce(t.cash, 0) AS cash,
    coalesce(t.money, 0) AS money,
    coalesce(t.assets, 0) - coalesce(t.debts, 0) AS net,
    coalesce(t.assets_next, 0) - coalesce(t.debts_next, 0) AS net_next,
    coalesce(t.new_debts, 0) AS new_debts,
    greatest(coalesce(t.purchases, 0), coalesce(t.listed_purchases, 0)) AS purchases,
    coalesce(t.no_rate, 0) AS no_rate,
    coalesce(t.no_rate_next, 0) AS no_rate_next,
    coalesce(t.unknown_money, 0) AS unknown_money,
    coalesce(t.unknown_assets, 0) AS unknown_assets,
    coalesce(t.unknown_debts, 0) AS unknown_debts
FROM current_declaration d
LEFT JOIN total t ON t.declaration_id = d.id
WHERE d.leads
