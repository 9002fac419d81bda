/*
id: declarations.large-cash
kind: flag
severity: low
title: {kk: Қолма-қол ақша өте көп, ru: Очень много наличных, en: Very much cash}
explanation:
  kk: >-
    Декларацияда отбасының қолма-қол ақшасы елдегі кез келген лауазым үшін өте көп. Сұрақ осындай сома алғаш көрсетілген жыл
    үшін бір рет қойылады. Бұл ақшаның неден жиналғанын және неге банкте емес екенін түсіндіру қажет.
  ru: >-
    Наличных у семьи по декларации очень много для любой должности. Вопрос задаётся один раз, за первый год с такой суммой.
    Нужно пояснить, из чего эти деньги накоплены и почему они не в банке.
  en: >-
    The declaration states very much cash of the household, whatever the post. The question is asked once, for the first year
    with such a sum. It needs an explanation out of what the money was saved and why it is not at a bank.
basis:
  - kk: Украинаның азаматтық талдаушыларының жарияланған шегі (dragnet, red_flags.es6)
    ru: Опубликованный порог гражданских аналитиков Украины (dragnet, red_flags.es6)
    en: Published threshold of Ukraine's civic analysts (dragnet, red_flags.es6)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 52, paragraph 5
innocent:
  - kk: Үй немесе бизнес жыл соңында сатылып, ақшасы әлі банкке салынбаған.
    ru: Жильё или бизнес проданы в конце года, и деньги ещё не внесены в банк.
    en: A home or a business was sold as the year ended, and the money was not yet brought to the bank.
  - kk: Отбасы банкке сенбейді — бұрын салымынан айырылған.
    ru: Семья не доверяет банкам — раньше потеряла вклад.
    en: The family trusts no bank since it lost its savings at one.
  - kk: Сома қате жазылған — артық нөл қосылып кеткен.
    ru: Сумма записана с ошибкой — лишний ноль.
    en: The sum was mistyped, with a nought too many.
parameters:
  - name: threshold
    threshold: large_cash
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Қолма-қол ақша осыдан көп болса
      ru: Спрашивают, если наличных больше
      en: Cash above this is asked about
tables:
  declaration: [id, person_id, year, is_current, currency]
  declared_cash: [row_id, declaration_id, amount, currency]
  exchange_rate: []
  index_value: []
steps: [declared_total]
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
          WHEN d.unknown_cash AND d.cash <= CAST($threshold * d.index_unit AS DECIMAL(32, 2)) THEN 'unknown-cash'
      END AS reason
  FROM declared_total d
  LEFT JOIN mixed m ON m.declaration_id = d.declaration_id
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
  unknown-cash:
    kk: қолма-қол ақшаның бір бөлігі сомасыз тұр, ал белгілі бөлігі сұраққа жетпейді
    ru: часть наличных указана без суммы, а известной части для вопроса недостаточно
    en: some of the cash stands without its sum, and what is known is not enough for the question
compared:
  declared_total: [cash, income]
largest: 36
fires_on:
  - case:
      kk: Теңге мен доллар бірге шектен асады; екі жыл қатарынан
      ru: Тенге и доллары вместе выше порога; два года подряд
      en: Tenge and dollars together are above the threshold, two years running
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2023 | KZT      | 3000
        I2 | 2024 | KZT      | 3000
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | USD      | KZT            | 2023 | 500
        X2 | USD      | KZT            | 2024 | 500
      declared_cash: |
        row_id | declaration_id | owner     | amount   | currency
        C1     | D1             | declarant | 20000001 | KZT
        C2     | D1             | spouse    | 20000    | USD
        C3     | D2             | declarant | 90000000 | KZT
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | 2023      | 30000001.00 | KZT      | 2023-12-31 | declared_total/D1 declaration/D1 declared_cash/C1 declared_cash/C2
  - case:
      kk: Бір сома белгісіз, бірақ белгілісі де жетеді
      ru: Одна сумма неизвестна, но хватает и известной
      en: One sum is unknown, and what is known is enough
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_cash: |
        row_id | declaration_id | amount   | currency
        C1     | D1             | 30000001 | KZT
        C2     | D1             |          | KZT
    expect: |
      subject_id | object_id | amount
      P1         | 2024      | 30000001.00
silent_on:
  - case:
      kk: Дәл шекте; шоттағы ақша есепке кірмейді
      ru: Ровно на пороге; деньги на счёте не считаются
      en: At the threshold exactly; money on an account does not count
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_cash: |
        row_id | declaration_id | amount   | currency
        C1     | D1             | 30000000 | KZT
      declared_account: |
        row_id | declaration_id | amount   | currency
        B1     | D1             | 90000000 | KZT
  - case:
      kk: Банктегі ақша болуы мүмкін; бағамы жоқ валюта; бөтен адамның ақшасы
      ru: Деньги могут быть в банке; валюта без курса; чужие деньги
      en: Money that may be at a bank; a currency without a rate; somebody else's money
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P2        | income | 2024 | true       | KZT
        D3 | P3        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_cash: |
        row_id | declaration_id | owner     | amount   | currency | or_at_bank
        C1     | D1             | declarant | 90000000 | KZT      | true
        C2     | D2             | declarant | 90000000 | XAU      |
        C3     | D3             | other     | 90000000 | KZT      |
*/
WITH mixed AS (
    SELECT declaration_id
    FROM declared_cash
    WHERE or_at_bank AND coalesce(owner, 'declarant') <> 'other'
    GROUP BY declaration_id
),
above AS (
    SELECT
        d.person_id AS subject_id,
        CAST(d.year AS VARCHAR) AS object_id,
        d.cash AS amount,
        d.currency,
        d.year_end,
        d.declaration_id
    FROM declared_total d
    LEFT JOIN mixed m ON m.declaration_id = d.declaration_id
    WHERE NOT d.no_rate
        AND m.declaration_id IS NULL
        AND d.cash > CAST($threshold * d.index_unit AS DECIMAL(32, 2))
    QUALIFY d.year = min(d.year) OVER (PARTITION BY d.person_id)
),
behind AS (
    SELECT
        a.subject_id,
        a.object_id,
        'cash' AS part,
        'declared_cash/' || c.row_id AS row_name,
        coalesce(c.amount, 0) AS amount
    FROM above a
    JOIN declared_cash c ON c.declaration_id = a.declaration_id
    WHERE coalesce(c.owner, 'declarant') <> 'other'
)
SELECT
    subject_id,
    object_id,
    amount,
    currency,
    year_end AS since,
    ['declared_total/' || declaration_id, 'declaration/' || declaration_id] AS evidence
FROM above
