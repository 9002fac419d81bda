/*
id: declarations.debts-above-means
kind: flag
severity: medium
title:
  kk: Қарыз кіріс пен ақшадан екі есе көп
  ru: Долги вдвое больше дохода и денег
  en: Debts twice income and money
explanation:
  kk: >-
    Жыл соңындағы ипотекадан басқа қарыздар отбасының жылдық кірісі, сыйлықтары және ақшасы қосындысынан кемінде екі есе көп.
    Мұндай қарызды кім және неге сеніп бергенін, қарыз ақша қайда жұмсалғанын түсіндіру қажет.
  ru: >-
    Долги на конец года, кроме ипотеки, по меньшей мере вдвое больше, чем доход семьи за год, подарки и деньги вместе взятые.
    Нужно пояснить, кто и почему дал столько в долг и на что пошли деньги.
  en: >-
    The debts at the year's end, mortgages left out, are at least twice the household's income of the year, gifts and money
    together. It needs an explanation who lent so much and why, and what it was spent on.
basis:
  - kk: Украинаның азаматтық талдаушыларының жарияланған шегі (dragnet, red_flags.es6)
    ru: Опубликованный порог гражданских аналитиков Украины (dragnet, red_flags.es6)
    en: Published threshold of Ukraine's civic analysts (dragnet, red_flags.es6)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 8-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 8
    en: United Nations Convention against Corruption, article 8, paragraph 5
innocent:
  - kk: Қарыз бизнеске немесе үй салуға алынған, мүлік бар, ақша жұмсалған.
    ru: Долг взят на бизнес или постройку дома, деньги уже вложены.
    en: The debt was taken for a business or to build a house, and the money is spent on it.
  - kk: Қарыз емделуге немесе сот шешімін орындауға алынған.
    ru: Долг взят на лечение или на исполнение решения суда.
    en: The debt was taken for a treatment, or to pay what a court decided.
  - kk: Ипотека басқа түрдегі қарыз деп жазылған.
    ru: Ипотека записана долгом другого вида.
    en: A mortgage was written down as another kind of debt.
parameters:
  - name: multiple
    threshold: debts_to_means
    unit: {kk: есе, ru: раз, en: times}
    meaning:
      kk: Қарыз кіріс пен ақшаның қосындысынан осынша есе көп болса немесе одан асса
      ru: Во сколько раз или больше долги превышают доход и деньги вместе
      en: How many times income and money together, or more, the debts are
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
  declared_claim: [row_id, declaration_id, direction, kind, amount, currency]
  declared_cash: [row_id, declaration_id, amount, currency]
  exchange_rate: []
  index_value: []
optional:
  declared_account: []
steps: [conversion_rate, current_declaration, declared_total, means_row]
unit: {kk: қарызы бар декларация, ru: декларация с долгами, en: declaration with debts}
checked: |
  WITH owed AS (
      SELECT
          c.declaration_id,
          sum(
              CASE
                  WHEN c.currency = d.currency THEN c.amount
                  ELSE CAST(CAST(c.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))
              END
          ) AS debts,
          bool_or(c.amount IS NOT NULL AND r.rate IS NULL) AS no_rate
      FROM declared_claim c
      JOIN current_declaration d ON d.id = c.declaration_id
      LEFT JOIN conversion_rate r ON r.currency = c.currency AND r.quote_currency = d.currency AND r.year = d.year
      WHERE d.leads
          AND c.direction = 'payable'
          AND coalesce(c.kind, '') <> 'mortgage'
          AND coalesce(c.owner, 'declarant') <> 'other'
      GROUP BY c.declaration_id
  )
  SELECT
      d.declaration_id AS unit_id,
      CASE
          WHEN d.lacks_income THEN 'no-income-form'
          WHEN d.index_unit IS NULL THEN 'no-index'
          WHEN d.no_rate OR o.no_rate THEN 'no-rate'
          WHEN d.unknown_income THEN 'unknown-income'
          WHEN d.unknown_money THEN 'unknown-money'
          WHEN d.income + d.gifts + d.money <= 0 THEN 'no-means'
      END AS reason
  FROM owed o
  JOIN declared_total d ON d.declaration_id = o.declaration_id
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
      kk: Банк несиесі мен жеке қарыз бірге дәл екі есе
      ru: Кредит банка и частный заём вместе ровно вдвое
      en: A bank loan and a private loan together, exactly twice
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
      declared_claim: |
        row_id | declaration_id | owner     | direction | kind         | amount  | currency
        C1     | D1             | declarant | payable   | bank loan    | 6000000 | KZT
        C2     | D1             | spouse    | payable   | private loan | 4000000 | KZT
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | 2024      | 10000000.00 | KZT      | 2024-12-31 | declared_total/D1 declaration/D1 declared_cash/A1 declared_claim/C1 declared_claim/C2 declared_income/N1
  - case:
      kk: Еуромен алынған қарыз
      ru: Долг в евро
      en: A debt in euros
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | EUR      | KZT            | 2024 | 550
      declared_income: |
        row_id | declaration_id | amount  | currency
        N1     | D1             | 4000000 | KZT
      declared_claim: |
        row_id | declaration_id | direction | kind  | amount | currency
        C1     | D1             | payable   | other | 20000  | EUR
    expect: |
      subject_id | object_id | amount
      P1         | 2024      | 11000000.00
silent_on:
  - case:
      kk: Екі еседен бір теңгеге кем; ипотека; өзі берген қарыз
      ru: На тенге меньше двух раз; ипотека; сам дал в долг
      en: One unit short of twice; a mortgage; money lent out
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
      declared_claim: |
        row_id | declaration_id | owner     | direction  | kind         | amount   | currency
        C1     | D1             | declarant | payable    | bank loan    | 9999999  | KZT
        C2     | D1             | declarant | payable    | mortgage     | 90000000 | KZT
        C3     | D1             | declarant | receivable | private loan | 90000000 | KZT
        C4     | D1             | other     | payable    | private loan | 90000000 | KZT
  - case:
      kk: Кіріс жоқ; шоттың сомасы белгісіз; бағамы жоқ валюта
      ru: Дохода нет; сумма на счёте неизвестна; валюта без курса
      en: No income; an account without its sum; a currency without a rate
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P2        | income | 2024 | true       | KZT
        D3 | P3        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | amount | currency
        N2     | D2             | 1000   | KZT
        N3     | D3             | 1000   | KZT
      declared_account: |
        row_id | declaration_id | amount | currency
        A1     | D2             |        | KZT
      declared_claim: |
        row_id | declaration_id | direction | kind  | amount   | currency
        C1     | D1             | payable   | other | 90000000 | KZT
        C2     | D2             | payable   | other | 90000000 | KZT
        C3     | D3             | payable   | other | 90000000 | XAU
*/
WITH owed AS (
    SELECT
        c.declaration_id,
        sum(
            CASE
                WHEN c.currency = d.currency THEN c.amount
                ELSE CAST(CAST(c.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))
            END
        ) AS debts,
        bool_or(c.amount IS NOT NULL AND r.rate IS NULL) AS no_rate
    FROM declared_claim c
    JOIN current_declaration d ON d.id = c.declaration_id
    LEFT JOIN conversion_rate r ON r.currency = c.currency AND r.quote_currency = d.currency AND r.year = d.year
    WHERE d.leads
        AND c.direction = 'payable'
        AND coalesce(c.kind, '') <> 'mortgage'
        AND coalesce(c.owner, 'declarant') <> 'other'
    GROUP BY c.declaration_id
),
above AS (
    SELECT
        d.person_id AS subject_id,
        CAST(d.year AS VARCHAR) AS object_id,
        o.debts AS amount,
        d.currency,
        d.year_end,
        d.declaration_id
    FROM owed o
    JOIN declared_total d ON d.declaration_id = o.declaration_id
    WHERE NOT d.lacks_income
        AND NOT d.no_rate
        AND NOT o.no_rate
        AND NOT d.unknown_income
        AND NOT d.unknown_money
        AND d.income + d.gifts + d.money > 0
        AND o.debts >= (d.income + d.gifts + d.money) * $multiple
        AND o.debts > CAST($threshold * d.index_unit AS DECIMAL(32, 2))
),
behind AS (
    SELECT a.subject_id, a.object_id, m.part, m.table_name || '/' || m.row_id AS row_name, m.amount
    FROM above a
    JOIN means_row m ON m.declaration_id = a.declaration_id
    UNION ALL
    SELECT a.subject_id, a.object_id, 'debt', 'declared_claim/' || c.row_id, coalesce(c.amount, 0)
    FROM above a
    JOIN declared_claim c ON c.declaration_id = a.declaration_id
    WHERE c.direction = 'payable' AND coalesce(c.kind, '') <> 'mortgage' AND coalesce(c.owner, 'declarant') <> 'other'
)
SELECT
    subject_id,
    object_id,
    amount,
    currency,
    year_end AS since,
    ['declared_total/' || declaration_id, 'declaration/' || declaration_id] AS evidence
FROM above
