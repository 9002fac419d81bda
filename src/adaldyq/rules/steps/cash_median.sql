/*
id: cash_median
meaning: >
  The middle of the cash of leading declarations that have any, for each body, and for each country as a whole, in a year
  and currency. Declarations with a currency without a rate do not count.
key: id
columns:
  middle:
    title: {kk: Салыстырылған медиана, ru: Медиана для сравнения, en: Median it was held against}
    meaning:
      kk: Сол органның (адам аз болса, бүкіл елдің) сол жылы қолма-қол ақшасын көрсеткен декларациялары ішіндегі ортаңғы сома.
      ru: Средняя по порядку сумма среди деклараций с наличными того же органа, а если людей мало, то всей страны, за год.
      en: The middle sum among the year's declarations with cash, of the same body, or of the country when the body has few.
  holders:
    type: number
    title: {kk: Салыстырылған декларация саны, ru: Деклараций в сравнении, en: Declarations compared}
    meaning:
      kk: Медиана шығарылған, қолма-қол ақшасы бар декларациялар саны, осы декларацияны қоса.
      ru: Сколько деклараций с наличными дали эту медиану, включая эту.
      en: How many declarations with cash the median is of, this one included.
tables: {}
steps: [declared_total]
*/
WITH holder AS (
    SELECT body_id, coalesce(country, '') AS country, year, currency, cash
    FROM declared_total
    WHERE cash > 0 AND NOT no_rate
)
SELECT
    'body:' || body_id || ':' || CAST(year AS VARCHAR) || ':' || currency AS id,
    body_id,
    CAST(NULL AS VARCHAR) AS country,
    year,
    currency,
    CAST(median(cash) AS DECIMAL(32, 2)) AS middle,
    count(*) AS holders
FROM holder
WHERE body_id IS NOT NULL
GROUP BY body_id, year, currency
UNION ALL
SELECT
    'country:' || country || ':' || CAST(year AS VARCHAR) || ':' || currency,
    CAST(NULL AS VARCHAR),
    country,
    year,
    currency,
    CAST(median(cash) AS DECIMAL(32, 2)),
    count(*)
FROM holder
GROUP BY country, year, currency
