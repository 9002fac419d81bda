/*
id: reported_income
meaning: >
  Income of the declarant that payers reported for the year of the leading declaration, in its currency. `no_rate`: some
  record is in a currency without a rate.
key: declaration_id
columns:
  income:
    title: {kk: Төлеушілер хабарлаған кіріс, ru: Доход по данным плательщиков, en: Income that payers reported}
    meaning:
      kk: Салық органына хабарланған, декларантқа жыл ішінде төленген сома.
      ru: Сумма, выплаченная декларанту за год, по сведениям налоговой службы.
      en: What was paid to the declarant in the year, by the records of the tax service.
  sales:
    title: {kk: Оның ішінде сатудан хабарланғаны, ru: Из него от продаж, en: Of which from reported sales}
    meaning:
      kk: Төлеушілер хабарлаған кірістің мүлік сатудан түскен бөлігі.
      ru: Часть сообщённого плательщиками дохода, полученная от продажи имущества.
      en: The part of the income that payers reported which came from selling property.
tables: {}
optional:
  income_record: []
steps: [conversion_rate, current_declaration]
*/
WITH converted AS (
    SELECT
        d.id AS declaration_id,
        d.currency,
        coalesce(i.kind, '') = 'sale' AS is_sale,
        CASE
            WHEN i.currency = d.currency THEN i.amount
            ELSE CAST(CAST(i.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))
        END AS worth,
        r.rate IS NULL AS lacks_rate
    FROM income_record i
    JOIN current_declaration d ON d.person_id = i.person_id AND d.year = i.year
    LEFT JOIN conversion_rate r ON r.currency = i.currency AND r.quote_currency = d.currency AND r.year = d.year
    WHERE d.leads AND i.amount IS NOT NULL
)
SELECT
    declaration_id,
    min(currency) AS currency,
    sum(worth) AS income,
    sum(CASE WHEN is_sale THEN worth ELSE 0 END) AS sales,
    bool_or(lacks_rate) AS no_rate
FROM converted
GROUP BY declaration_id
