/*
id: declarations.acquisitions-above-means
kind: flag
severity: high
title:
  kk: Жыл ішіндегі сатып алулар қаражаттан асады
  ru: Покупки года превышают средства
  en: The year's purchases exceed the means
explanation:
  kk: >-
    Жыл ішінде сатып алынған мүліктің бағасы отбасының сол жылғы кірісінен, жыл басындағы ақшасынан, жаңа қарыздарынан,
    сыйлықтарынан және мүлік сатудан түскен қаражатынан асып түседі. Ақшаның қайдан алынғанын түсіндіру қажет.
  ru: >-
    Цена приобретённого за год больше, чем доход семьи за этот год, деньги на начало года, новые займы, подарки и выручка
    от продаж вместе взятые. Нужно пояснить, откуда взяты деньги.
  en: >-
    What was bought in the year cost more than the household's income of the year, its money at the beginning, new loans,
    gifts and sales together. It needs an explanation where the money came from.
basis:
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 20-бап және 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, статья 20 и пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 20 and article 52, paragraph 5
  - kk: "Тексеру әдісі: шығыс пен қаражат көзінің теңдестігі (OECD, «Asset Declarations for Public Officials», 2011)"
    ru: "Метод проверки: баланс расходов и источников (OECD, «Asset Declarations for Public Officials», 2011)"
    en: "Method of verification: balance of outlay and sources (OECD, “Asset Declarations for Public Officials”, 2011)"
innocent:
  - kk: Баға бірнеше жылға бөліп төленеді — бөліп төлеу немесе ипотека декларацияда көрсетілмеген.
    ru: Цена выплачивается в рассрочку или по ипотеке, а долг в декларации не указан.
    en: The price is paid over years, by instalments or a mortgage that was not declared as a debt.
  - kk: Бағаның бір бөлігін ата-анасы немесе басқа туыстары төлеген.
    ru: Часть цены заплатили родители или другие родственники.
    en: Parents or other relatives paid a part of the price.
  - kk: Бір сатып алу ерлі-зайыптының екеуінде де толық бағасымен жазылған.
    ru: Одна и та же покупка записана у обоих супругов по полной цене.
    en: One purchase stands at its full price in the rows of both spouses.
  - kk: Жыл басындағы қолма-қол ақша декларациялауға жататын шектен аз болған.
    ru: Наличные на начало года были ниже порога, с которого их указывают.
    en: Cash at the beginning of the year was below the sum from which it must be declared.
parameters:
  - name: margin
    value: 20
    unit: {kk: пайыз, ru: процентов, en: percent}
    meaning:
      kk: Сатып алулар қаражаттан осыдан артық асуы керек
      ru: Насколько покупки должны превысить средства
      en: By how much purchases must exceed the means
  - name: threshold
    threshold: asked_above
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Айырма осыдан асқанда ғана сұрақ қойылады
      ru: Вопрос задаётся, только если разница больше
      en: The question is asked only when the difference is larger
tables:
  declaration: [id, person_id, form, year, is_current, currency]
  declared_income: [declaration_id, amount, currency]
  declared_real_estate: [declaration_id, acquired_date, price, currency]
  exchange_rate: []
  index_value: []
optional:
  declared_vehicle: []
  declared_valuable: []
  declared_acquisition: []
  land_register: []
  vehicle_register: []
steps: [conversion_rate, declared_total, earning_row, outlay_row, worth_row, year_before]
unit: {kk: декларация, ru: декларация, en: declaration}
checked: |
  SELECT
      d.declaration_id AS unit_id,
      CASE
          WHEN d.lacks_income THEN 'no-income-form'
          WHEN d.index_unit IS NULL THEN 'no-index'
          WHEN d.no_rate THEN 'no-rate'
          WHEN d.purchases * 100 <= (d.income + d.gifts + d.new_debts) * (100 + $margin) THEN NULL
          WHEN d.unknown_income THEN 'unknown-income'
          WHEN b.before_id IS NULL THEN 'no-year-before'
          WHEN NOT b.same_currency THEN 'other-currency'
          WHEN b.no_rate_before THEN 'no-rate'
          WHEN b.unknown_money_before THEN 'unknown-money'
      END AS reason
  FROM declared_total d
  LEFT JOIN year_before b ON b.declaration_id = d.declaration_id
reasons:
  unknown-income:
    kk: кірістің бір бөлігі сомасыз тұр
    ru: часть дохода указана без суммы
    en: some of the income stands without its sum
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
  no-year-before:
    kk: алдыңғы жылдың декларациясы жоқ, сондықтан жинақ белгісіз
    ru: нет декларации за предыдущий год, поэтому накопления неизвестны
    en: there is no declaration of the year before, so savings are unknown
  other-currency:
    kk: алдыңғы жылдың декларациясы басқа валютада
    ru: декларация за предыдущий год в другой валюте
    en: the declaration of the year before is in another currency
  unknown-money:
    kk: алдыңғы жылғы ақшаның сомасы көрсетілмеген
    ru: сумма денег за предыдущий год не указана
    en: money of the year before stands without its amount
compared:
  declared_total: [purchases, income, sales, gifts, new_debts]
  year_before: [money_before]
largest: 9
fires_on:
  - case:
      kk: Пәтер мен көлік жалақы мен жинақтан қымбат
      ru: Квартира и машина дороже зарплаты и накоплений
      en: A flat and a car cost more than salary and savings
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | owner     | kind   | amount  | currency
        R1     | D2             | declarant | salary | 6000000 | KZT
      declared_account: |
        row_id | declaration_id | amount  | currency
        A1     | D1             | 4000000 | KZT
      declared_real_estate: |
        row_id | declaration_id | basis     | acquired_date | price    | value    | currency
        E1     | D2             | ownership | 2024-08-01    | 30000000 | 30000000 | KZT
        E2     | D2             | ownership | 2014-08-01    | 50000000 | 50000000 | KZT
      declared_vehicle: |
        row_id | declaration_id | basis     | acquired_date | price    | value    | currency
        V1     | D2             | ownership | 2024-12-31    | 12000000 | 12000000 | KZT
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | 2024      | 32000000.00 | KZT      | 2024-12-31 | declared_total/D2 year_before/D2 declaration/D1 declaration/D2 declared_account/A1 declared_income/R1 declared_real_estate/E1 declared_vehicle/V1
  - case:
      kk: Шетелдік валютамен төленген, тек сатып алулар бөлімінде көрсетілген
      ru: Покупка в валюте, указанная только в разделе крупных покупок
      en: A purchase in foreign currency that stands only among large acquisitions
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | USD      | KZT            | 2024 | 500
      declared_income: |
        row_id | declaration_id | kind   | amount  | currency
        R1     | D2             | salary | 5000000 | KZT
      declared_acquisition: |
        row_id | declaration_id | kind     | price | currency
        Q1     | D2             | security | 20000 | USD
    expect: |
      subject_id | object_id | amount     | evidence
      P1         | 2024      | 5000000.00 | declared_total/D2 year_before/D2 declaration/D1 declaration/D2 declared_acquisition/Q1 declared_income/R1
silent_on:
  - case:
      kk: Дәл жиырма пайызға артық; ипотекамен алынған; ескі үйін сатқан
      ru: Больше ровно на двадцать процентов; куплено в ипотеку; продан старый дом
      en: Exactly twenty percent more; bought with a mortgage; the old house was sold
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
        D3 | P2        | income | 2023 | true       | KZT
        D4 | P2        | income | 2024 | true       | KZT
        D5 | P3        | income | 2023 | true       | KZT
        D6 | P3        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | kind   | amount   | currency
        R1     | D2             | salary | 20000000 | KZT
        R2     | D4             | salary | 5000000  | KZT
        R3     | D6             | salary | 5000000  | KZT
      declared_claim: |
        row_id | declaration_id | direction | kind     | since_date | amount   | currency
        C1     | D4             | payable   | mortgage | 2024-03-01 | 20000000 | KZT
      declared_real_estate: |
        row_id | declaration_id | acquired_date | price    | currency
        E1     | D2             | 2024-08-01    | 24000000 | KZT
        E2     | D4             | 2024-08-01    | 25000000 | KZT
        E3     | D6             | 2024-08-01    | 25000000 | KZT
      land_register: |
        id | object_number | owner_person_id | previous_owner_id | valid_from | price    | currency
        L1 | 20-100        | P9              | P3                | 2024-06-01 | 21000000 | KZT
  - case:
      kk: Алдыңғы жыл жоқ; бағам жоқ; мұраның бағасы жоқ
      ru: Нет предыдущего года; нет курса; у наследства нет цены
      en: No year before; no rate; an inheritance has no price
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P2        | income | 2023 | true       | KZT
        D3 | P2        | income | 2024 | true       | KZT
        D4 | P3        | income | 2023 | true       | KZT
        D5 | P3        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_real_estate: |
        row_id | declaration_id | acquired_date | price    | value    | currency
        E1     | D1             | 2024-08-01    | 24000000 | 24000000 | KZT
        E2     | D3             | 2024-08-01    | 240000   | 240000   | XAU
        E3     | D5             | 2024-08-01    |          | 24000000 | KZT
*/
WITH short AS (
    SELECT
        d.declaration_id,
        b.before_id,
        d.person_id,
        d.year,
        d.year_end,
        d.currency,
        d.index_unit,
        d.purchases,
        d.sales,
        d.income + d.gifts + d.new_debts + b.money_before AS means
    FROM declared_total d
    JOIN year_before b ON b.declaration_id = d.declaration_id
    WHERE NOT d.lacks_income
        AND b.same_currency
        AND NOT d.no_rate
        AND NOT d.unknown_income
        AND NOT b.no_rate_before
        AND NOT b.unknown_money_before
        AND d.purchases * 100 > (d.income + d.gifts + d.new_debts + b.money_before) * (100 + $margin)
),
sold AS (
    SELECT 'land_register' AS table_name, id, previous_owner_id, extract(YEAR FROM valid_from) AS year, currency, price
    FROM land_register
    WHERE previous_owner_id IS NOT NULL
    UNION ALL
    SELECT 'vehicle_register', id, previous_owner_id, extract(YEAR FROM valid_from), currency, price
    FROM vehicle_register
    WHERE previous_owner_id IS NOT NULL
),
sale AS (
    SELECT
        s.declaration_id,
        o.table_name,
        o.id,
        CAST(CAST(o.price AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)) AS worth
    FROM short s
    JOIN sold o ON o.previous_owner_id = s.person_id AND o.year = s.year
    JOIN conversion_rate r
        ON r.currency = o.currency AND r.quote_currency = s.currency AND r.year = s.year
),
registered_sales AS (
    SELECT declaration_id, sum(worth) AS sales FROM sale GROUP BY declaration_id
),
above AS (
    SELECT
        s.person_id AS subject_id,
        CAST(s.year AS VARCHAR) AS object_id,
        s.declaration_id,
        s.before_id,
        s.year,
        s.year_end,
        s.currency,
        s.purchases - s.means - greatest(coalesce(r.sales, 0) - s.sales, 0) AS amount
    FROM short s
    LEFT JOIN registered_sales r ON r.declaration_id = s.declaration_id
    WHERE s.purchases * 100 > (s.means + greatest(coalesce(r.sales, 0) - s.sales, 0)) * (100 + $margin)
        AND s.purchases - s.means - greatest(coalesce(r.sales, 0) - s.sales, 0)
        > CAST($threshold * s.index_unit AS DECIMAL(32, 2))
),
behind AS (
    SELECT a.subject_id, a.object_id, 'outlay' AS part, e.table_name || '/' || e.row_id AS row_name, e.amount
    FROM above a
    JOIN outlay_row e ON e.declaration_id = a.declaration_id
    WHERE extract(YEAR FROM coalesce(e.day, a.year_end)) = a.year AND coalesce(e.owner, 'declarant') <> 'other'
    UNION ALL
    SELECT a.subject_id, a.object_id, 'earning', e.table_name || '/' || e.row_id, coalesce(e.amount, 0)
    FROM above a
    JOIN earning_row e ON e.declaration_id = a.declaration_id
    WHERE coalesce(e.owner, 'declarant') <> 'other'
    UNION ALL
    SELECT a.subject_id, a.object_id, 'money', e.table_name || '/' || e.row_id, e.amount
    FROM above a
    JOIN worth_row e ON e.declaration_id = a.before_id
    WHERE e.class IN ('cash', 'account') AND coalesce(e.owner, 'declarant') <> 'other'
    UNION ALL
    SELECT a.subject_id, a.object_id, 'sale', s.table_name || '/' || s.id, s.worth
    FROM above a
    JOIN sale s ON s.declaration_id = a.declaration_id
)
SELECT
    subject_id,
    object_id,
    amount,
    currency,
    year_end AS since,
    list_concat(
        ['declared_total/' || declaration_id, 'year_before/' || declaration_id],
        ['declaration/' || before_id, 'declaration/' || declaration_id]
    ) AS evidence
FROM above
