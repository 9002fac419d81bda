/*
id: declared_total
meaning: >
  Every leading declaration with its sums of earnings, worth and outlay, zero where nothing was declared. `no_rate` counts
  all rows of the declaration in a currency without a rate.
key: declaration_id
tables: {}
steps: [current_declaration, declared_earning, declared_worth, declared_outlay]
*/
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
    coalesce(e.income, 0) AS income,
    coalesce(e.income_of_declarant, 0) AS income_of_declarant,
    coalesce(e.sales, 0) AS sales,
    coalesce(e.gifts, 0) AS gifts,
    coalesce(w.cash, 0) AS cash,
    coalesce(w.money, 0) AS money,
    coalesce(w.net, 0) AS net,
    coalesce(w.net_next, 0) AS net_next,
    coalesce(o.purchases, 0) AS purchases,
    coalesce(o.new_debts, 0) AS new_debts,
    coalesce(e.no_rate, 0) + coalesce(w.no_rate, 0) + coalesce(o.no_rate, 0) AS no_rate,
    coalesce(w.no_rate_next, 0) AS no_rate_next,
    coalesce(w.unknown_money, 0) AS unknown_money,
    coalesce(w.unknown_assets, 0) AS unknown_assets,
    coalesce(w.unknown_debts, 0) AS unknown_debts
FROM current_declaration d
LEFT JOIN declared_earning e ON e.declaration_id = d.id
LEFT JOIN declared_worth w ON w.declaration_id = d.id
LEFT JOIN declared_outlay o ON o.declaration_id = d.id
WHERE d.leads
