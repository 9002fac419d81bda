/*
id: declarations.stated-conversion
kind: quality
severity: low
title:
  kk: Шетел валютасы қате қайта есептелген сияқты
  ru: Валюта, похоже, пересчитана с ошибкой
  en: Foreign currency seems to be converted wrongly
explanation:
  kk: >-
    Қолма-қол ақшаның валютадағы сомасы мен декларация валютасына айналдырылған сомасы сол жылғы бағам бойынша екі еседен көп
    алшақ. Әдетте бұл үтірдің орны немесе нөлдердің саны қате жазылғанын білдіреді.
  ru: >-
    Сумма наличных в валюте и указанный пересчёт расходятся по курсу того года более чем вдвое. Обычно это значит, что
    ошиблись с запятой или числом нулей.
  en: >-
    The sum of cash in foreign currency and its stated conversion differ by more than twice at the rate of that year. Usually
    it means a misplaced decimal point or a wrong number of zeros.
basis:
  - kk: "Тексеру әдісі: екі жазылған соманы жыл соңындағы бағаммен салыстыру"
    ru: "Метод проверки: сопоставление двух указанных сумм по курсу на конец года"
    en: "Method of verification: the two stated sums are compared at the rate of the year's end"
innocent:
  - kk: Сома мен валюта орнымен шатастырылған.
    ru: Перепутаны местами сумма и валюта.
    en: Sum and currency were mixed up.
  - kk: Дереккөзді бағдарлама оқығанда қателескен.
    ru: Ошибся читавший источник программный распознаватель.
    en: The program that read the source made the mistake.
parameters:
  - name: factor
    value: 2
    unit: {kk: есе, ru: раз, en: times}
    meaning:
      kk: Екі сома осыдан артық алшақ болса
      ru: Во сколько раз должны расходиться суммы
      en: By how many times the two sums must differ
tables:
  declaration: [id, person_id, year, is_current, currency]
  declared_cash: [row_id, declaration_id, amount, currency, stated_amount]
  exchange_rate: []
steps: [conversion_rate, current_declaration]
unit: {kk: қайта есептелген сома, ru: пересчитанная сумма, en: converted sum}
checked: |
  SELECT
      c.row_id AS unit_id,
      CASE WHEN c.amount IS NULL THEN 'no-amount' WHEN r.rate IS NULL THEN 'no-rate' END AS reason
  FROM declared_cash c
  JOIN current_declaration d ON d.id = c.declaration_id
  LEFT JOIN conversion_rate r ON r.currency = c.currency AND r.quote_currency = d.currency AND r.year = d.year
  WHERE c.stated_amount IS NOT NULL
reasons:
  no-amount: {kk: валютадағы сома көрсетілмеген, ru: сумма в валюте не указана, en: the sum in its own currency is missing}
  no-rate:
    kk: валютаның сол жылғы бағамы белгісіз
    ru: неизвестен курс валюты за этот год
    en: there is no rate for the currency and year
fires_on:
  - case:
      kk: Үтірі жылжып кеткен
      ru: Сдвинута запятая
      en: The decimal point slipped
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | PLN
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | USD      | PLN            | 2024 | 4
      declared_cash: |
        row_id | declaration_id | amount | currency | stated_amount
        C1     | D1             | 10000  | USD      | 400000
        C2     | D1             | 10000  | USD      | 41000
    expect: |
      subject_id | object_id | amount    | currency | since      | evidence
      P1         | C1        | 360000.00 | PLN      | 2024-12-31 | declaration/D1 declared_cash/C1 exchange_rate/X1
  - case:
      kk: Қайта есептелген сома тым аз; өз валютасында да сәйкес емес
      ru: Пересчёт слишком мал; расходится и в своей валюте
      en: The conversion is too small; the two differ even in one currency
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | PLN
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | USD      | PLN            | 2024 | 4
      declared_cash: |
        row_id | declaration_id | amount | currency | stated_amount
        C1     | D1             | 10000  | USD      | 19999
        C2     | D1             | 500    | PLN      | 50000
    expect: |
      subject_id | object_id | amount
      P1         | C1        | 20001.00
      P1         | C2        | 49500.00
silent_on:
  - case:
      kk: Дәл екі есе; екінші сома жоқ
      ru: Ровно вдвое; второй суммы нет
      en: Exactly twice; no second sum
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | PLN
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | USD      | PLN            | 2024 | 4
      declared_cash: |
        row_id | declaration_id | amount | currency | stated_amount
        C1     | D1             | 10000  | USD      | 80000
        C2     | D1             | 10000  | USD      | 20000
        C3     | D1             | 10000  | USD      |
  - case:
      kk: Бағамы жоқ валюта; ауыстырылған нұсқа
      ru: Валюта без курса; заменённая версия
      en: A currency without a rate; a replaced version
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | currency
        D1 | P1        | income | 2024 | 1       | true       | PLN
        D2 | P2        | income | 2024 | 1       | false      | PLN
      declared_cash: |
        row_id | declaration_id | amount | currency | stated_amount
        C1     | D1             | 10000  | XAU      | 1
        C2     | D2             | 10000  | PLN      | 1
*/
WITH cash AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year_end,
        d.currency,
        c.row_id,
        r.rate_id,
        CAST(c.stated_amount AS DECIMAL(32, 2)) AS stated,
        CAST(CAST(c.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)) AS converted
    FROM declared_cash c
    JOIN current_declaration d ON d.id = c.declaration_id
    JOIN conversion_rate r ON r.currency = c.currency AND r.quote_currency = d.currency AND r.year = d.year
    WHERE c.stated_amount IS NOT NULL
)
SELECT
    person_id AS subject_id,
    row_id AS object_id,
    abs(stated - converted) AS amount,
    currency AS currency,
    year_end AS since,
    ['declaration/' || declaration_id, 'declared_cash/' || row_id, 'exchange_rate/' || rate_id] AS evidence
FROM cash
WHERE stated > converted * $factor OR converted > stated * $factor
