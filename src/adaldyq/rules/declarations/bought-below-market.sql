/*
id: declarations.bought-below-market
kind: flag
severity: medium
title:
  kk: Мүлік нарық бағасынан әлдеқайда арзан алынған
  ru: Имущество куплено намного дешевле рынка
  en: Property bought far below its market value
explanation:
  kk: >-
    Тіркелім бойынша декларанттың отбасы жыл ішінде жылжымайтын мүлікті немесе көлікті нарықтық құнынан әлдеқайда
    арзан бағаға алған, сатушы жақын туыс емес. Шынымен қанша төленгенін және сатушының неге арзан бергенін түсіндіру қажет.
  ru: >-
    По реестру семья декларанта купила за год недвижимость или транспорт намного дешевле рыночной стоимости, и продавец не
    близкий родственник. Нужно пояснить, сколько уплачено на деле и почему продавец уступил так дёшево.
  en: >-
    By the register the household bought real estate or a vehicle in the year for far less than its market value, from
    somebody who is no close relative. It needs an explanation what was really paid and why the seller asked so little.
basis:
  - kk: "Тексеру әдісі: мәміле бағасын нарықтық құнмен салыстыру (OECD, «Asset Declarations for Public Officials», 2011)"
    ru: "Метод проверки: сравнение цены сделки с рыночной стоимостью (OECD, «Asset Declarations for Public Officials», 2011)"
    en: "Method of verification: comparison of a price with the market value (OECD, “Asset Declarations for Public Officials”, 2011)"
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 15 және 20-баптар
    ru: Конвенция ООН против коррупции, статьи 15 и 20
    en: United Nations Convention against Corruption, articles 15 and 20
innocent:
  - kk: Мүлік аукционнан немесе банктің кепілінен арзан алынған.
    ru: Имущество куплено на торгах или у банка из залога.
    en: It was bought at an auction, or from a bank that held it as a pledge.
  - kk: Мүлік жөндеуді қажет еткен, тіркелімнің бағалауы ескірген.
    ru: Имущество требовало ремонта, оценка реестра устарела.
    en: It needed repair, and the register's valuation is out of date.
  - kk: Мемлекеттік бағдарлама бойынша жеңілдікпен алынған үй.
    ru: Жильё куплено по государственной программе со скидкой.
    en: It is a home at a reduced price under a state programme.
parameters:
  - name: share
    threshold: price_to_market
    unit: {kk: пайыз, ru: процентов, en: percent}
    meaning:
      kk: Баға нарықтық құнның осы бөлігінен кем
      ru: Цена ниже этой части рыночной стоимости
      en: The price is below this part of the market value
  - name: threshold
    threshold: asked_above
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Осыдан аспайтын сома сұралмайды
      ru: О суммах не больше этой не спрашивают
      en: Sums up to this are not asked about
tables:
  declaration: [id, person_id, year, is_current, currency]
  land_register: [id, object_number, owner_person_id, previous_owner_id, basis, valid_from, price, market_value, currency]
  exchange_rate: []
  index_value: []
optional:
  vehicle_register: []
  family_tie: []
  person: []
steps: [bought_property, close_relative]
unit: {kk: отбасы жыл ішінде сатып алған зат, ru: купленное семьёй за год, en: thing that a household bought in the year}
checked: |
  SELECT
      declaration_id || ':' || right_id AS unit_id,
      CASE
          WHEN market_value IS NULL THEN 'no-market-value'
          WHEN index_unit IS NULL THEN 'no-index'
          WHEN rate IS NULL THEN 'no-rate'
      END AS reason
  FROM bought_property
reasons:
  no-market-value:
    kk: нарықтық құны белгісіз
    ru: рыночная стоимость неизвестна
    en: the market value is not known
  no-index:
    kk: бұл жыл мен валюта үшін көрсеткіш белгісіз
    ru: показатель за этот год и в этой валюте неизвестен
    en: the index is not known for the year and currency
  no-rate:
    kk: валютаның сол жылғы бағамы белгісіз
    ru: неизвестен курс валюты за этот год
    en: there is no rate for a currency and year
fires_on:
  - case:
      kk: Пәтер мен жұбайының көлігі
      ru: Квартира и машина супруги
      en: A flat and the wife's car
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
      land_register: |
        id | object_number | owner_person_id | previous_owner_id | basis    | valid_from | price   | market_value | currency
        L1 | 20-1          | P1              | P9                | purchase | 2024-01-01 | 9999999 | 20000000     | KZT
      vehicle_register: |
        id | object_number | owner_person_id | valid_from | price   | market_value | currency
        V1 | WDB1          | P2              | 2024-12-31 | 1000000 | 9000000      | KZT
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | 20-1      | 10000001.00 | KZT      | 2024-01-01 | declaration/D1 land_register/L1
      P1         | WDB1      | 8000000.00  | KZT      | 2024-12-31 | declaration/D1 family_tie/T1 vehicle_register/V1
  - case:
      kk: Доллармен бағаланған үй, екі үлес
      ru: Дом с ценой в долларах, две доли
      en: A house priced in dollars, in two shares
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
      land_register: |
        id | object_number | owner_person_id | share | basis    | valid_from | price | market_value | currency
        L1 | 20-1          | P1              | 50    | purchase | 2024-05-05 | 4000  | 14000        | USD
        L2 | 20-1          | P1              | 50    | purchase | 2024-05-05 | 4000  | 14000        | USD
    expect: |
      subject_id | object_id | amount      | evidence
      P1         | 20-1      | 10000000.00 | declaration/D1 land_register/L1 land_register/L2
silent_on:
  - case:
      kk: Дәл жартысы; айырма шектен аспайды; сый; нарықтық құны белгісіз
      ru: Ровно половина; разница не выше порога; дарение; рыночная стоимость неизвестна
      en: Exactly half; a difference at the threshold; a gift; an unknown market value
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      land_register: |
        id | object_number | owner_person_id | basis    | valid_from | price    | market_value | currency
        L1 | 20-1          | P1              | purchase | 2024-05-05 | 10000000 | 20000000     | KZT
        L2 | 20-2          | P1              | purchase | 2024-05-05 | 100000   | 3100000      | KZT
        L3 | 20-3          | P1              | gift     | 2024-05-05 | 1        | 20000000     | KZT
        L4 | 20-4          | P1              | purchase | 2024-05-05 | 1        |              | KZT
  - case:
      kk: Сатушы — әкесі; былтыр алынған; ересек баласы алған; бағамы жоқ валюта
      ru: Продавец — отец; куплено раньше; купил взрослый ребёнок; валюта без курса
      en: Sold by the father; bought the year before; bought by an adult child; a currency without a rate
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      person: |
        id | birth_date
        C1 | 2000-03-08
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P7        | P1          | child
        T2 | P1        | C1          | child
      land_register: |
        id | object_number | owner_person_id | previous_owner_id | basis    | valid_from | price | market_value | currency
        L1 | 20-1          | P1              | P7                | purchase | 2024-05-05 | 1     | 20000000     | KZT
        L2 | 20-2          | P1              | P9                | purchase | 2023-12-31 | 1     | 20000000     | KZT
        L3 | 20-3          | C1              | P9                | purchase | 2024-05-05 | 1     | 20000000     | KZT
        L4 | 20-4          | P1              | P9                | purchase | 2024-05-05 | 1     | 20000000     | XAU
*/
WITH cheap AS (
    SELECT
        person_id,
        declaration_id,
        member_id,
        tie_id,
        currency,
        table_name || '/' || right_id AS row_name,
        object_number,
        previous_owner_id,
        valid_from,
        CAST(CAST(market_value - price AS DECIMAL(20, 2)) * rate AS DECIMAL(32, 2)) AS below,
        CAST($threshold * index_unit AS DECIMAL(32, 2)) AS asked_above
    FROM bought_property
    WHERE rate IS NOT NULL
        AND CAST(price AS DECIMAL(28, 2)) * 100 < CAST(market_value AS DECIMAL(28, 2)) * $share
)
SELECT
    c.person_id AS subject_id,
    c.object_number AS object_id,
    sum(c.below) AS amount,
    min(c.currency) AS currency,
    min(c.valid_from) AS since,
    list_concat(
        ['declaration/' || min(c.declaration_id), 'family_tie/' || min(c.tie_id)], list_sort(array_agg(c.row_name))
    ) AS evidence
FROM cheap c
ANTI JOIN close_relative t ON t.person_id = c.member_id AND t.relative_id = c.previous_owner_id
GROUP BY c.person_id, c.object_number
HAVING sum(c.below) > min(c.asked_above)
