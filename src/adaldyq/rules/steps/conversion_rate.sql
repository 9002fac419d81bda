/*
id: conversion_rate
meaning: >
  What one unit of a currency is worth in the currency of declarations, by year: the dated rates, and one for a currency
  in itself, also in years for which there are no rates.
key: currency
tables: {}
optional:
  exchange_rate: []
steps: [current_declaration]
*/
SELECT currency, quote_currency, year, rate
FROM exchange_rate
WHERE currency <> quote_currency
UNION ALL
SELECT currency, currency, year, CAST(1 AS DECIMAL(18, 6))
FROM (
    SELECT currency, year FROM current_declaration
    UNION
    SELECT currency, year + 1 FROM current_declaration
) own
WHERE currency IS NOT NULL
