/*
id: declarations.money-above-income
kind: flag
severity: medium
title:
  kk: Ақша жылдық кірістен он есе көп
  ru: Денег в десять раз больше годового дохода
  en: Money ten times the year's income
explanation:
  kk: >-
    Жыл соңында отбасының қолма-қол ақшасы мен шоттардағы ақшасы сол жылғы кірісі мен сыйлықтарынан көп есе асқан. Бұл ақша
    қай жылдары және неден жиналғанын түсіндіру қажет. Кіріс мүлде көрсетілмесе, шектен асқан кез келген ақша туралы сұралады.
  ru: >-
    На конец года у семьи наличных и денег на счетах во много раз больше, чем доход и подарки этого года. Нужно пояснить, за
    какие годы и из чего они накоплены. Если дохода не указано вовсе, спрашивают о любых деньгах выше порога.
  en: >-
    When the year ended the household had many times more cash and money on accounts than its income and gifts of that year.
    It needs an explanation in which years and out of what it was saved. Where no income is stated at all, any money above the
    threshold is asked about.
basis:
  - kk: Украинаның азаматтық талдаушыларының жарияланған шегі (dragnet, red_flags.es6)
    ru: Опубликованный порог гражданских аналитиков Украины (dragnet, red_flags.es6)
    en: Published threshold of Ukraine's civic analysts (dragnet, red_flags.es6)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 52, paragraph 5
innocent:
  - kk: Ақша декларация тапсырғанға дейінгі көп жылдық жұмыстан жиналған.
    ru: Деньги накоплены за многие годы работы до первой декларации.
    en: The money was saved over many years of work before the first declaration.
  - kk: Пәтер немесе бизнес өткен жылдары сатылған, ақшасы шотта жатыр.
    ru: Жильё или бизнес проданы в прошлые годы, и деньги лежат на счёте.
    en: A home or a business was sold in earlier years and the money lies on an account.
  - kk: Осы жылы кіріс уақытша азайған — бала күтімі, оқу немесе ауру.
    ru: В этом году доход временно упал — уход за ребёнком, учёба или болезнь.
    en: The income of this year was low for a time, because of a child, studies or illness.
parameters:
  - name: multiple
    threshold: money_to_income
    unit: {kk: есе, ru: раз, en: times}
    meaning:
      kk: Ақша кірістен осынша есе көп болса немесе одан асса
      ru: Во сколько раз или больше деньги превышают доход
      en: How many times the income, or more, the money is
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
  declared_cash: [row_id, declaration_id, amount, currency]
  exchange_rate: []
  index_value: []
optional:
  declared_account: []
steps: [declared_total, means_row]
unit: {kk: декларация, ru: декларация, en: declaration}
checked: |
  SELECT
      declaration_id AS unit_id,
      CASE
          WHEN lacks_income THEN 'no-income-form'
          WHEN index_unit IS NULL THEN 'no-index'
          WHEN no_rate THEN 'no-rate'
          WHEN unknown_income THEN 'unknown-income'
          WHEN unknown_money
              AND (money < (income + gifts) * $multiple OR money <= CAST($threshold * index_unit AS DECIMAL(32, 2)))
              THEN 'unknown-money'
      END AS reason
  FROM declared_total
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
  unknown-money:
    kk: ақшаның бір бөлігі сомасыз тұр
    ru: часть денег указана без суммы
    en: some of the money stands without its sum
compared:
  declared_total: [money, income, gifts]
largest: 18
fires_on:
  - case:
      kk: Шот пен доллар бірге дәл он есе
      ru: Счёт и доллары вместе ровно в десять раз
      en: An account and dollars together, exactly ten times
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
        row_id | declaration_id | owner     | kind   | amount  | currency
        N1     | D1             | declarant | salary | 4000000 | KZT
        N2     | D1             | spouse    | salary | 1000000 | KZT
      declared_cash: |
        row_id | declaration_id | owner  | amount | currency
        A1     | D1             | spouse | 40000  | USD
      declared_account: |
        row_id | declaration_id | owner     | amount   | currency
        B1     | D1             | declarant | 30000000 | KZT
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | 2024      | 50000000.00 | KZT      | 2024-12-31 | declared_total/D1 declaration/D1 declared_account/B1 declared_cash/A1 declared_income/N1 declared_income/N2
  - case:
      kk: Бір шоттың сомасы белгісіз, бірақ белгілісі де жетеді
      ru: Сумма одного счёта неизвестна, но хватает и известной
      en: The sum of one account is unknown, and what is known is enough
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | amount  | currency
        N1     | D1             | 2000000 | KZT
      declared_cash: |
        row_id | declaration_id | amount   | currency
        A1     | D1             | 20000001 | KZT
        A2     | D1             |          | KZT
    expect: |
      subject_id | object_id | amount
      P1         | 2024      | 20000001.00
  - case:
      kk: Кіріс мүлде көрсетілмеген
      ru: Доход не указан вовсе
      en: No income is stated at all
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_account: |
        row_id | declaration_id | amount    | currency
        B1     | D1             | 900000000 | KZT
    expect: |
      subject_id | object_id | amount
      P1         | 2024      | 900000000.00
silent_on:
  - case:
      kk: Он есеге бір теңге жетпейді; сыйлық кіріске қосылады
      ru: До десяти раз не хватает одного тенге; подарок считается доходом
      en: One unit short of ten times; a gift counts as income
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | amount  | currency
        N1     | D1             | 3000000 | KZT
      declared_gift: |
        row_id | declaration_id | value   | currency
        G1     | D1             | 1000000 | KZT
      declared_cash: |
        row_id | declaration_id | amount   | currency
        A1     | D1             | 39999999 | KZT
  - case:
      kk: Шектен аспайтын сома, кірісі бар және жоқ; кірістің сомасы белгісіз; бағамы жоқ валюта
      ru: Сумма не выше порога, с доходом и без; сумма дохода неизвестна; валюта без курса
      en: A sum at the threshold, with an income and without; an income without its sum; a currency without a rate
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P2        | income | 2024 | true       | KZT
        D3 | P3        | income | 2024 | true       | KZT
        D4 | P4        | income | 2024 | true       | KZT
        D5 | P5        | assets | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | amount | currency
        N1     | D1             | 100    | KZT
        N3     | D3             | 100    | KZT
        N4     | D3             |        | KZT
        N5     | D4             | 100    | KZT
      declared_cash: |
        row_id | declaration_id | amount   | currency
        A1     | D1             | 3000000  | KZT
        A2     | D2             | 3000000  | KZT
        A3     | D3             | 90000000 | KZT
        A4     | D4             | 90000000 | XAU
        A5     | D5             | 90000000 | KZT
*/
WITH above AS (
    SELECT
        person_id AS subject_id,
        CAST(year AS VARCHAR) AS object_id,
        money AS amount,
        currency,
        year_end,
        declaration_id
    FROM declared_total
    WHERE NOT lacks_income
        AND NOT no_rate
        AND NOT unknown_income
        AND money >= (income + gifts) * $multiple
        AND money > CAST($threshold * index_unit AS DECIMAL(32, 2))
),
behind AS (
    SELECT a.subject_id, a.object_id, m.part, m.table_name || '/' || m.row_id AS row_name, m.amount
    FROM above a
    JOIN means_row m ON m.declaration_id = a.declaration_id
)
SELECT
    subject_id,
    object_id,
    amount,
    currency,
    year_end AS since,
    ['declared_total/' || declaration_id, 'declaration/' || declaration_id] AS evidence
FROM above
