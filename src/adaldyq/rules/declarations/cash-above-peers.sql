/*
id: declarations.cash-above-peers
kind: flag
severity: medium
title:
  kk: Қолма-қол ақша әріптестерінікінен әлдеқайда көп
  ru: Наличных намного больше, чем у коллег
  en: Cash far above that of peers
explanation:
  kk: >-
    Декларацияланған қолма-қол ақша сол жылы сол органда қолма-қол ақша көрсеткендердің медианасынан бірнеше есе көп.
    Мұндай соманың неге банкте емес, қолда сақталғанын және қайдан алынғанын түсіндіру қажет.
  ru: >-
    Указанная сумма наличных во много раз больше медианы тех, кто в том же году в том же органе указал наличные. Нужно
    пояснить, откуда она и почему хранится не в банке.
  en: >-
    The declared cash is many times the median of those who declared cash in the same body and year. It needs an
    explanation where it came from and why it is not kept in a bank.
basis:
  - kk: "Тексеру әдісі: біртектес лауазымды адамдарды салыстыру (StAR, «Getting the Full Picture on Public Officials», 2017)"
    ru: "Метод проверки: сравнение с сопоставимыми должностными лицами (StAR, «Getting the Full Picture on Public Officials», 2017)"
    en: "Method of verification: comparison with comparable officials (StAR, “Getting the Full Picture on Public Officials”, 2017)"
innocent:
  - kk: Жыл соңында пәтер, көлік немесе мал сатылып, ақша әлі банкке салынбаған.
    ru: В конце года продано жильё, машина или скот, и деньги ещё не положены в банк.
    en: A home, car or cattle was sold at the end of the year and the money had not reached a bank yet.
  - kk: Үйлену тойына немесе емделуге жиналған отбасылық ақша.
    ru: Семейные деньги собраны на свадьбу или лечение.
    en: The family gathered money for a wedding or a treatment.
  - kk: Декларант ауылда тұрады, жақын жерде банк жоқ.
    ru: Декларант живёт в селе, где поблизости нет банка.
    en: The declarant lives in a village without a bank nearby.
parameters:
  - name: multiple
    threshold: cash_to_peers
    unit: {kk: есе, ru: раз, en: times}
    meaning:
      kk: Медианадан осынша есе көп
      ru: Во сколько раз больше медианы
      en: How many times the median
  - name: threshold
    threshold: cash_of_peers
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Осыдан аз сома ескерілмейді
      ru: Меньшие суммы не учитываются
      en: Smaller sums do not count
  - name: peers
    value: 5
    unit: {kk: адам, ru: человек, en: people}
    meaning:
      kk: Салыстыруға қажет адамдардың ең аз саны; органда жетпесе, сол елдің сол жылғы барлық декларанттары алынады
      ru: Сколько человек нужно для сравнения; если в органе меньше, берутся все декларанты страны за год
      en: How many people a comparison needs; when the body has fewer, all declarants of the country and year are taken
tables:
  declaration: [id, person_id, year, is_current, currency]
  declared_cash: [row_id, declaration_id, amount, currency]
  exchange_rate: []
  index_value: []
steps: [cash_median, declared_total]
unit: {kk: декларация, ru: декларация, en: declaration}
checked: |
  WITH mixed AS (
      SELECT declaration_id
      FROM declared_cash
      WHERE or_at_bank AND coalesce(owner, 'declarant') <> 'other'
      GROUP BY declaration_id
  )
  SELECT
      d.declaration_id AS unit_id,
      CASE
          WHEN d.index_unit IS NULL THEN 'no-index'
          WHEN d.no_rate THEN 'no-rate'
          WHEN m.declaration_id IS NOT NULL AND d.cash > CAST($threshold * d.index_unit AS DECIMAL(32, 2))
              THEN 'cash-or-bank'
          WHEN d.cash > 0 AND c.holders < $peers THEN 'few-peers'
          WHEN d.unknown_cash
              AND (
                  d.cash <= CAST($threshold * d.index_unit AS DECIMAL(32, 2))
                  OR d.cash <= coalesce(b.middle, c.middle) * $multiple
              )
              THEN 'unknown-cash'
      END AS reason
  FROM declared_total d
  LEFT JOIN mixed m ON m.declaration_id = d.declaration_id
  LEFT JOIN cash_median c ON c.country = coalesce(d.country, '') AND c.year = d.year AND c.currency = d.currency
  LEFT JOIN cash_median b
      ON b.body_id = d.body_id AND b.year = d.year AND b.currency = d.currency AND b.holders >= $peers
reasons:
  no-index:
    kk: бұл жыл мен валюта үшін көрсеткіш белгісіз
    ru: показатель за этот год и в этой валюте неизвестен
    en: the index is not known for the year and currency
  no-rate:
    kk: валютаның сол жылғы бағамы белгісіз
    ru: неизвестен курс валюты за этот год
    en: there is no rate for a currency and year
  cash-or-bank:
    kk: нысан қолма-қол ақшаны банктегі ақшадан бөлмейді
    ru: форма не отличает наличные от денег в банке
    en: the form does not tell cash from money at a bank
  few-peers:
    kk: салыстыратын адамдар тым аз
    ru: слишком мало людей для сравнения
    en: there are too few people to compare with
  unknown-cash:
    kk: қолма-қол ақшаның бір бөлігі сомасыз тұр, ал белгілі бөлігі сұраққа жетпейді
    ru: часть наличных указана без суммы, а известной части для вопроса недостаточно
    en: some of the cash stands without its sum, and what is known is not enough for the question
compared:
  declared_total: [cash]
  cash_median: [middle, holders]
largest: 36
fires_on:
  - case:
      kk: Бір органдағы алты адамның бірі
      ru: Один из шести сотрудников органа
      en: One of six people in a body
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency | body_id
        D1 | P1        | income | 2024 | true       | KZ      | KZT      | B1
        D2 | P2        | income | 2024 | true       | KZ      | KZT      | B1
        D3 | P3        | income | 2024 | true       | KZ      | KZT      | B1
        D4 | P4        | income | 2024 | true       | KZ      | KZT      | B1
        D5 | P5        | income | 2024 | true       | KZ      | KZT      | B1
        D6 | P6        | income | 2024 | true       | KZ      | KZT      | B1
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_cash: |
        row_id | declaration_id | amount   | currency
        A1     | D1             | 10000001 | KZT
        A2     | D2             | 1000000  | KZT
        A3     | D3             | 1000000  | KZT
        A4     | D4             | 1000000  | KZT
        A5     | D5             | 500000   | KZT
        A6     | D6             | 2000000  | KZT
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | 2024      | 10000001.00 | KZT      | 2024-12-31 | declared_total/D1 cash_median/body:B1:2024:KZT declaration/D1 declared_cash/A1
  - case:
      kk: Органы белгісіз жинақта барлық декларанттармен салыстырылады, бір бөлігі долларда
      ru: В собрании без органов сравнение идёт со всеми; часть денег в долларах
      en: A collection without bodies compares with all declarants; a part is in dollars
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | XK      | EUR
        D2 | P2        | income | 2024 | true       | XK      | EUR
        D3 | P3        | income | 2024 | true       | XK      | EUR
        D4 | P4        | income | 2024 | true       | XK      | EUR
        D5 | P5        | income | 2024 | true       | XK      | EUR
      index_value: |
        id | year | currency | amount
        I1 | 2024 | EUR      | 7.25
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | USD      | EUR            | 2024 | 0.9
      declared_cash: |
        row_id | declaration_id | amount | currency
        A0     | D1             | 10000  | EUR
        A1     | D1             | 30000  | USD
        A2     | D2             | 1000   | EUR
        A3     | D3             | 1000   | EUR
        A4     | D4             | 1000   | EUR
        A5     | D5             | 1000   | EUR
    expect: |
      subject_id | object_id | amount   | currency | evidence
      P1         | 2024      | 37000.00 | EUR      | declared_total/D1 cash_median/country:XK:2024:EUR declaration/D1 declared_cash/A0 declared_cash/A1
silent_on:
  - case:
      kk: Медианадан дәл он есе көп
      ru: Ровно в десять раз больше медианы
      en: Exactly ten times the median
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency | body_id
        D1 | P1        | income | 2024 | true       | KZ      | KZT      | B1
        D2 | P2        | income | 2024 | true       | KZ      | KZT      | B1
        D3 | P3        | income | 2024 | true       | KZ      | KZT      | B1
        D4 | P4        | income | 2024 | true       | KZ      | KZT      | B1
        D5 | P5        | income | 2024 | true       | KZ      | KZT      | B1
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_cash: |
        row_id | declaration_id | amount   | currency
        A1     | D1             | 10000000 | KZT
        A2     | D2             | 1000000  | KZT
        A3     | D3             | 1000000  | KZT
        A4     | D4             | 1000000  | KZT
        A5     | D5             | 1000000  | KZT
  - case:
      kk: Салыстыратын адам аз; бағам жоқ
      ru: Мало людей для сравнения; нет курса
      en: Too few people to compare with; no rate
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency | body_id
        D1 | P1        | income | 2024 | true       | KZ      | KZT      | B1
        D2 | P2        | income | 2024 | true       | KZ      | KZT      | B1
        D3 | P3        | income | 2024 | true       | KZ      | KZT      | B2
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_cash: |
        row_id | declaration_id | amount    | currency
        A1     | D1             | 100000000 | KZT
        A2     | D2             | 1000      | KZT
        A3     | D3             | 100000000 | XAU
  - case:
      kk: Нысан қолма-қол ақша мен банктегі ақшаны бірге сұрайды
      ru: Форма спрашивает о наличных и о деньгах в банке вместе
      en: The form asks for cash and money at a bank together
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | assets | 2024 | true       | PL      | PLN
        D2 | P2        | assets | 2024 | true       | PL      | PLN
        D3 | P3        | assets | 2024 | true       | PL      | PLN
        D4 | P4        | assets | 2024 | true       | PL      | PLN
        D5 | P5        | assets | 2024 | true       | PL      | PLN
      index_value: |
        id | year | currency | amount
        I1 | 2024 | PLN      | 35
      declared_cash: |
        row_id | declaration_id | amount  | currency | or_at_bank
        A1     | D1             | 5000000 | PLN      | true
        A2     | D2             | 1000    | PLN      | true
        A3     | D3             | 1000    | PLN      | true
        A4     | D4             | 1000    | PLN      | true
        A5     | D5             | 1000    | PLN      |
*/
WITH mixed AS (
    SELECT declaration_id
    FROM declared_cash
    WHERE or_at_bank AND coalesce(owner, 'declarant') <> 'other'
    GROUP BY declaration_id
),
above AS (
    SELECT
        h.person_id AS subject_id,
        CAST(h.year AS VARCHAR) AS object_id,
        h.cash AS amount,
        h.currency,
        h.year_end,
        h.declaration_id,
        coalesce(b.id, c.id) AS median_id
    FROM declared_total h
    JOIN cash_median c
        ON c.country = coalesce(h.country, '') AND c.year = h.year AND c.currency = h.currency AND c.holders >= $peers
    LEFT JOIN cash_median b
        ON b.body_id = h.body_id AND b.year = h.year AND b.currency = h.currency AND b.holders >= $peers
    LEFT JOIN mixed m ON m.declaration_id = h.declaration_id
    WHERE NOT h.no_rate
        AND m.declaration_id IS NULL
        AND h.cash > CAST($threshold * h.index_unit AS DECIMAL(32, 2))
        AND h.cash > coalesce(b.middle, c.middle) * $multiple
),
behind AS (
    SELECT
        a.subject_id,
        a.object_id,
        'cash' AS part,
        'declared_cash/' || r.row_id AS row_name,
        coalesce(r.amount, 0) AS amount
    FROM above a
    JOIN declared_cash r ON r.declaration_id = a.declaration_id
    WHERE coalesce(r.owner, 'declarant') <> 'other'
)
SELECT
    subject_id,
    object_id,
    amount,
    currency,
    year_end AS since,
    list_concat(
        ['declared_total/' || declaration_id, 'cash_median/' || median_id], ['declaration/' || declaration_id]
    ) AS evidence
FROM above
