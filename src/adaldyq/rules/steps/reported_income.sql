/*
id: reported_income
meaning: >
  Income of the declarant that payers reported for the year of the leading declaration, in its currency. `no_rate` counts
  records in a currency without a rate.
key: declaration_id
columns:
  income:
    title: {kk: Төлеушілер хабарлаған табыс, ru: Доход по данным плательщиков, en: Income that payers reported}
    meaning:
      kk: Салық органына хабарланған, декларантқа жыл ішінде төленген сома.
      ru: Сумма, выплаченная декларанту за год, по сведениям налоговой службы.
      en: What was paid to the declarant in the year, by the records of the tax service.
tables: {}
optional:
  income_record: []
steps: [conversion_rate, current_declaration]
*/
SELECT
    d.id AS declaration_id,
    min(d.currency) AS currency,
    sum(
        CASE
            WHEN i.currency = d.currency THEN i.amount
            ELSE CAST(CAST(i.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))
        END
    ) AS income,
    count(CASE WHEN r.rate IS NULL THEN 1 END) AS no_rate
FROM income_record i
JOIN current_declaration d ON d.person_id = i.person_id AND d.year = i.year
LEFT JOIN conversion_rate r ON r.currency = i.currency AND r.quote_currency = d.currency AND r.year = d.year
WHERE d.leads AND i.amount IS NOT NULL
GROUP BY d.id
