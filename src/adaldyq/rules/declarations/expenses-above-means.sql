/*
id: declarations.expenses-above-means
kind: flag
severity: medium
title:
  kk: Шығыс кіріс пен ақшадан үш есе көп
  ru: Расходы втрое больше дохода и денег
  en: Expenses three times income and money
explanation:
  kk: >-
    Жыл ішіндегі көрсетілген ірі шығыс отбасының сол жылғы кірісі, сыйлықтары және жыл соңындағы ақшасы қосындысынан бірнеше
    есе асқан. Шығыс қандай қаражаттан төленгенін түсіндіру қажет.
  ru: >-
    Указанные крупные расходы года в несколько раз больше, чем доход семьи, подарки и деньги на конец года вместе взятые.
    Нужно пояснить, из каких средств они оплачены.
  en: >-
    The large expenses that were declared for the year are several times the household's income, gifts and money at the
    year's end together. It needs an explanation out of what they were paid.
basis:
  - kk: Украинаның азаматтық талдаушыларының жарияланған шегі (dragnet, red_flags.es6)
    ru: Опубликованный порог гражданских аналитиков Украины (dragnet, red_flags.es6)
    en: Published threshold of Ukraine's civic analysts (dragnet, red_flags.es6)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 52, paragraph 5
innocent:
  - kk: Шығысты туыстары, қор немесе сақтандыру төлеген.
    ru: Расходы оплатили родственники, фонд или страховая компания.
    en: Relatives, a fund or an insurer paid the expenses.
  - kk: Шығыс бұрынғы жылдардағы жинақтан төленген, ол жыл соңына дейін таусылған.
    ru: Расходы оплачены из накоплений прошлых лет, которые к концу года закончились.
    en: Savings of earlier years paid them and were gone when the year ended.
  - kk: Сома қате валютада немесе артық нөлмен жазылған.
    ru: Сумма записана не в той валюте или с лишним нулём.
    en: The sum was written in the wrong currency or with a zero too many.
parameters:
  - name: multiple
    threshold: expenses_to_means
    unit: {kk: есе, ru: раз, en: times}
    meaning:
      kk: Шығыс кіріс пен ақшаның қосындысынан осынша есе көп болса немесе одан асса
      ru: Во сколько раз или больше расходы превышают доход и деньги вместе
      en: How many times income and money together, or more, the expenses are
  - name: threshold
    threshold: asked_above
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Осыдан аспайтын сома сұралмайды
      ru: О суммах не больше этой не спрашивают
      en: Sums up to this are not asked about
tables:
  declaration: [id, person_id, form, year, is_current, currency]
  declared_income: [declaration_id, amount, currency]
  declared_expense: [row_id, declaration_id, amount, currency]
  declared_cash: [row_id, declaration_id, amount, currency]
  exchange_rate: []
  index_value: []
optional:
  declared_account: []
steps: [conversion_rate, current_declaration, declared_total, means_row]
unit: {kk: ірі шығысы бар декларация, ru: декларация с крупными расходами, en: declaration with large expenses}
checked: |
  WITH spent AS (
      SELECT
          e.declaration_id,
          sum(
              CASE
                  WHEN e.currency = d.currency THEN e.amount
                  ELSE CAST(CAST(e.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))
              END
          ) AS expenses,
          bool_or(e.amount IS NOT NULL AND r.rate IS NULL) AS no_rate
      FROM declared_expense e
      JOIN current_declaration d ON d.id = e.declaration_id
      LEFT JOIN conversion_rate r ON r.currency = e.currency AND r.quote_currency = d.currency AND r.year = d.year
      WHERE d.leads AND coalesce(e.owner, 'declarant') <> 'other'
      GROUP BY e.declaration_id
  )
  SELECT
      d.declaration_id AS unit_id,
      CASE
          WHEN d.lacks_income THEN 'no-income-form'
          WHEN d.index_unit IS NULL THEN 'no-index'
          WHEN d.no_rate OR s.no_rate THEN 'no-rate'
          WHEN d.unknown_income THEN 'unknown-income'
          WHEN d.unknown_money THEN 'unknown-money'
          WHEN d.income + d.gifts + d.money <= 0 THEN 'no-means'
      END AS reason
  FROM spent s
  JOIN declared_total d ON d.declaration_id = s.declaration_id
reasons:
  no-income-form:
    kk: сол жылы тек активтер туралы декларация берілген, онда кіріс жоқ
    ru: за этот год подана только декларация об активах, доходов в ней нет
    en: only the form of assets was filed for the year, and it states no income
  no-index:
    kk: бұл жыл мен валюта үшін көрсеткіш белгісіз
    ru: показатель за этот год и в этой валюте неизвестен
    en: the index is not known for the year and currency
  no-rate:
    kk: валютаның сол жылғы бағамы белгісіз
    ru: неизвестен курс валюты за этот год
    en: there is no rate for a currency and year
  unknown-income:
    kk: кірістің бір бөлігі сомасыз тұр
    ru: часть дохода указана без суммы
    en: some of the income stands without its sum
  no-means:
    kk: кіріс те, ақша да көрсетілмеген, салыстыратын ештеңе жоқ
    ru: ни доход, ни деньги не указаны, сравнивать не с чем
    en: neither income nor money is stated to compare with
  unknown-money:
    kk: ақшаның бір бөлігі сомасыз тұр
    ru: часть денег указана без суммы
    en: some of the money stands without its sum
compared:
  declared_total: [income, gifts, money]
largest: 12
fires_on:
  - case:
      kk: Екі шығыс бірге дәл үш есе
      ru: Два расхода вместе ровно втрое
      en: Two expenses together, exactly three times
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | amount  | currency
        N1     | D1             | 4000000 | KZT
      declared_cash: |
        row_id | declaration_id | amount  | currency
        A1     | D1             | 1000000 | KZT
      declared_expense: |
        row_id | declaration_id | owner     | kind      | amount  | currency
        E1     | D1             | declarant | education | 9000000 | KZT
        E2     | D1             | spouse    | travel    | 6000000 | KZT
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | 2024      | 15000000.00 | KZT      | 2024-12-31 | declared_total/D1 declaration/D1 declared_cash/A1 declared_expense/E1 declared_expense/E2 declared_income/N1
  - case:
      kk: Шетел валютасындағы шығыс
      ru: Расход в иностранной валюте
      en: An expense in a foreign currency
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | USD      | KZT            | 2024 | 500
      declared_income: |
        row_id | declaration_id | amount  | currency
        N1     | D1             | 4000000 | KZT
      declared_expense: |
        row_id | declaration_id | kind   | amount | currency
        E1     | D1             | health | 30000  | USD
    expect: |
      subject_id | object_id | amount
      P1         | 2024      | 15000000.00
silent_on:
  - case:
      kk: Үш еседен бір теңгеге кем; бөтен адамның шығысы
      ru: На тенге меньше трёх раз; чужой расход
      en: One unit short of three times; somebody else's expense
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | amount  | currency
        N1     | D1             | 5000000 | KZT
      declared_expense: |
        row_id | declaration_id | owner     | amount   | currency
        E1     | D1             | declarant | 14999999 | KZT
        E2     | D1             | other     | 90000000 | KZT
  - case:
      kk: Ештеңе көрсетілмеген; кірістің не ақшаның сомасы белгісіз; шағын шығыс
      ru: Ничего не указано; сумма дохода или денег неизвестна; небольшой расход
      en: Nothing stated; an income or money without its sum; a small expense
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P2        | income | 2024 | true       | KZT
        D3 | P3        | income | 2024 | true       | KZT
        D4 | P4        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | amount | currency
        N2     | D2             | 1000   | KZT
        N3     | D2             |        | KZT
        N4     | D3             | 1000   | KZT
        N5     | D4             | 1000   | KZT
      declared_cash: |
        row_id | declaration_id | amount | currency
        A1     | D3             |        | KZT
      declared_expense: |
        row_id | declaration_id | amount   | currency
        E1     | D1             | 90000000 | KZT
        E2     | D2             | 90000000 | KZT
        E3     | D3             | 90000000 | KZT
        E4     | D4             | 3000000  | KZT
*/
WITH spent AS (
    SELECT
        e.declaration_id,
        sum(
            CASE
                WHEN e.currency = d.currency THEN e.amount
                ELSE CAST(CAST(e.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))
            END
        ) AS expenses,
        bool_or(e.amount IS NOT NULL AND r.rate IS NULL) AS no_rate
    FROM declared_expense e
    JOIN current_declaration d ON d.id = e.declaration_id
    LEFT JOIN conversion_rate r ON r.currency = e.currency AND r.quote_currency = d.currency AND r.year = d.year
    WHERE d.leads AND coalesce(e.owner, 'declarant') <> 'other'
    GROUP BY e.declaration_id
),
above AS (
    SELECT
        d.person_id AS subject_id,
        CAST(d.year AS VARCHAR) AS object_id,
        s.expenses AS amount,
        d.currency,
        d.year_end,
        d.declaration_id
    FROM spent s
    JOIN declared_total d ON d.declaration_id = s.declaration_id
    WHERE NOT d.lacks_income
        AND NOT d.no_rate
        AND NOT s.no_rate
        AND NOT d.unknown_income
        AND NOT d.unknown_money
        AND d.income + d.gifts + d.money > 0
        AND s.expenses >= (d.income + d.gifts + d.money) * $multiple
        AND s.expenses > CAST($threshold * d.index_unit AS DECIMAL(32, 2))
),
behind AS (
    SELECT a.subject_id, a.object_id, m.part, m.table_name || '/' || m.row_id AS row_name, m.amount
    FROM above a
    JOIN means_row m ON m.declaration_id = a.declaration_id
    UNION ALL
    SELECT a.subject_id, a.object_id, 'expense', 'declared_expense/' || e.row_id, coalesce(e.amount, 0)
    FROM above a
    JOIN declared_expense e ON e.declaration_id = a.declaration_id
    WHERE coalesce(e.owner, 'declarant') <> 'other'
)
SELECT
    subject_id,
    object_id,
    amount,
    currency,
    year_end AS since,
    ['declared_total/' || declaration_id, 'declaration/' || declaration_id] AS evidence
FROM above
