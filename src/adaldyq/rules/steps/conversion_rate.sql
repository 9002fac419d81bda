/*
id: conversion_rate
meaning: >
  What one unit of a currency is worth in the currency of declarations, at the end of a year and of the year after: the
  dated rates, and one for a currency in itself, also in years for which there are no rates.
key: currency
tables: {}
optional:
  exchange_rate: []
steps: [current_declaration]
*/
SELECT r.currency, r.quote_currency, r.year, r.rate, n.rate AS rate_next, r.id AS rate_id
FROM exchange_rate r
LEFT JOIN exchange_rate n
    ON n.currency = r.currency AND n.quote_currency = r.quote_currency AND n.year = r.year + 1
WHERE r.currency <> r.quote_currency
UNION ALL
SELECT DISTINCT currency, currency, year, CAST(1 AS DECIMAL(18, 6)), CAST(1 AS DECIMAL(18, 6)), NULL
FROM current_declaration
WHERE currency IS NOT NULL
