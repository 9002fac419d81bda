/*
id: declarations.sold-to-relative-below-market
kind: flag
severity: medium
title:
  kk: Мүлік туысқа нарық бағасынан әлдеқайда арзан сатылған
  ru: Имущество продано родственнику намного дешевле рынка
  en: Property sold to a relative far below its market value
explanation:
  kk: >-
    Декларант мүлкін туысына немесе туысының компаниясына нарықтық құнынан әлдеқайда арзан бағаға сатқан. Мәміленің
    шынайы бағасын және мүлікті кім пайдаланатынын түсіндіру қажет.
  ru: >-
    Декларант продал имущество родственнику или его компании намного дешевле рыночной стоимости. Нужно пояснить настоящую
    цену сделки и кто пользуется имуществом.
  en: >-
    The declarant sold property to a relative, or to a relative's company, for far less than its market value. The real
    price needs an explanation, and who uses the property.
basis:
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 20-бап және 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, статья 20 и пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 20 and article 52, paragraph 5
  - kk: "Тексеру әдісі: жақын адамдарға арзан бағамен беру — мүлікті жасырудың белгісі"
    ru: "Метод проверки: передача близким по заниженной цене — признак сокрытия имущества"
    en: "Method of verification: passing property to somebody close at a low price may serve to hide it"
innocent:
  - kk: Іс жүзінде сыйға тарту, бағасы тек құжат үшін жазылған.
    ru: По сути это дарение, цена указана лишь для бумаг.
    en: It was a gift in substance and the price stands only for the papers.
  - kk: Мүлік жөндеуді қажет еткен, сондықтан нарықтық баға артық есептелген.
    ru: Имущество требовало ремонта, и рыночная оценка завышена.
    en: The property needed repair and its market value was set too high.
  - kk: Туыс үйдің құнын бұрын бірге төлеген.
    ru: Родственник раньше сам оплатил часть этого имущества.
    en: The relative had paid for a part of it earlier.
parameters:
  - name: share
    threshold: price_to_market
    unit: {kk: пайыз, ru: процентов, en: percent}
    meaning:
      kk: Баға нарықтық құнның осы үлесінен кем
      ru: Цена ниже этой доли рыночной стоимости
      en: The price is below this part of the market value
tables:
  declaration: [id, person_id, is_current]
  family_tie: [id, person_id, relative_id, kind]
  land_register: [id, object_number, owner_person_id, previous_owner_id, price, market_value]
optional:
  vehicle_register: []
  company: []
  ownership: []
steps: [current_declaration]
unit: {kk: декларант, ru: декларант, en: declarant}
checked: |
  WITH transfer AS (
      SELECT previous_owner_id, price, market_value FROM land_register WHERE previous_owner_id IS NOT NULL
      UNION ALL
      SELECT previous_owner_id, price, market_value FROM vehicle_register WHERE previous_owner_id IS NOT NULL
  ),
  unvalued AS (
      SELECT DISTINCT previous_owner_id FROM transfer WHERE price > 0 AND market_value IS NULL
  ),
  declarant AS (
      SELECT DISTINCT person_id FROM current_declaration
  )
  SELECT d.person_id AS unit_id, CASE WHEN u.previous_owner_id IS NOT NULL THEN 'no-market-value' END AS reason
  FROM declarant d
  LEFT JOIN unvalued u ON u.previous_owner_id = d.person_id
reasons:
  no-market-value:
    kk: сатылған мүліктің нарықтық құны белгісіз
    ru: рыночная стоимость проданного неизвестна
    en: the market value of something sold is not known
fires_on:
  - case:
      kk: Пәтер әпкеге, көлік ұлының компаниясына сатылған
      ru: Квартира продана сестре, машина — компании сына
      en: A flat was sold to a sister, a car to the son's company
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | sibling
        T2 | P1        | P3          | child
      ownership: |
        id | company_id | owner_person_id | share | valid_from
        W1 | K1         | P3              | 51    | 2020-01-01
      land_register: |
        id | object_number | owner_person_id | previous_owner_id | basis    | valid_from | price   | market_value | currency
        L1 | 20-1          | P2              | P1                | purchase | 2024-05-01 | 9999999 | 20000000     | KZT
      vehicle_register: |
        id | object_number | owner_company_id | previous_owner_id | valid_from | price  | market_value | currency
        V1 | WDB1          | K1               | P1                | 2024-06-01 | 100000 | 8000000      | KZT
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | 20-1      | 10000001.00 | KZT      | 2024-05-01 | family_tie/T1 land_register/L1
      P1         | WDB1      | 7900000.00  | KZT      | 2024-06-01 | family_tie/T2 vehicle_register/V1
  - case:
      kk: Үй ағасы басқаратын компанияға сатылған
      ru: Дом продан компании, которой руководит отец
      en: A house was sold to a company that the father manages
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | parent
      company: |
        id | name  | head_id
        K1 | Арна  | P2
      land_register: |
        id | object_number | owner_company_id | previous_owner_id | basis    | valid_from | price   | market_value | currency
        L1 | 20-1          | K1               | P1                | purchase | 2024-05-01 | 1000000 | 20000000     | KZT
    expect: |
      subject_id | object_id | amount
      P1         | 20-1      | 19000000.00
silent_on:
  - case:
      kk: Дәл жартысы; бағасы жоқ сыйлық; нарықтық құны белгісіз
      ru: Ровно половина; дарение без цены; рыночная стоимость неизвестна
      en: Exactly half; a gift without a price; an unknown market value
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | child
      land_register: |
        id | object_number | owner_person_id | previous_owner_id | basis    | valid_from | price    | market_value | currency
        L1 | 20-1          | P2              | P1                | purchase | 2024-05-01 | 10000000 | 20000000     | KZT
        L2 | 20-2          | P2              | P1                | gift     | 2024-05-01 |          | 20000000     | KZT
        L3 | 20-3          | P2              | P1                | purchase | 2024-05-01 | 1000     |              | KZT
  - case:
      kk: Бөтен адамға арзан сатылған; ажырасқан жұбайға; үлесі біткен туыстың компаниясына
      ru: Продано дёшево постороннему; бывшей супруге; компании, где доля родственника прекратилась
      en: Sold cheaply to a stranger, to a former wife, to a company that the relative had left
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      family_tie: |
        id | person_id | relative_id | kind   | valid_to
        T1 | P1        | P2          | spouse | 2023-01-01
        T2 | P1        | P3          | child  |
      ownership: |
        id | company_id | owner_person_id | share | valid_from | valid_to
        W1 | K1         | P3              | 51    | 2020-01-01 | 2022-01-01
      land_register: |
        id | object_number | owner_person_id | owner_company_id | previous_owner_id | basis    | valid_from | price   | market_value | currency
        L1 | 20-1          | P9              |                  | P1                | purchase | 2024-05-01 | 1000000 | 20000000     | KZT
        L2 | 20-2          | P2              |                  | P1                | purchase | 2024-05-01 | 1000000 | 20000000     | KZT
        L3 | 20-3          |                 | K1               | P1                | purchase | 2024-05-01 | 1000000 | 20000000     | KZT
*/
WITH cheap AS (
    SELECT
        'land_register/' || id AS row_name,
        object_number,
        owner_person_id,
        owner_company_id,
        previous_owner_id,
        valid_from,
        CAST(market_value AS DECIMAL(28, 2)) - price AS below,
        currency
    FROM land_register
    WHERE previous_owner_id IS NOT NULL
        AND price > 0
        AND CAST(price AS DECIMAL(28, 2)) * 100 < CAST(market_value AS DECIMAL(28, 2)) * $share
    UNION ALL
    SELECT
        'vehicle_register/' || id,
        object_number,
        owner_person_id,
        owner_company_id,
        previous_owner_id,
        valid_from,
        CAST(market_value AS DECIMAL(28, 2)) - price,
        currency
    FROM vehicle_register
    WHERE previous_owner_id IS NOT NULL
        AND price > 0
        AND CAST(price AS DECIMAL(28, 2)) * 100 < CAST(market_value AS DECIMAL(28, 2)) * $share
),
declarant AS (
    SELECT DISTINCT person_id FROM current_declaration
),
sale AS (
    SELECT
        c.row_name,
        c.object_number,
        c.owner_person_id,
        c.owner_company_id,
        c.previous_owner_id,
        c.valid_from,
        c.below,
        c.currency
    FROM cheap c
    JOIN declarant d ON d.person_id = c.previous_owner_id
),
relative AS (
    SELECT s.row_name, s.valid_from AS day, t.id AS tie_id, t.relative_id, s.owner_person_id, s.owner_company_id
    FROM sale s
    JOIN family_tie t ON t.person_id = s.previous_owner_id
    WHERE (t.valid_from IS NULL OR t.valid_from <= s.valid_from)
        AND (t.valid_to IS NULL OR t.valid_to > s.valid_from)
),
bought AS (
    SELECT row_name, tie_id FROM relative WHERE relative_id = owner_person_id
    UNION ALL
    SELECT r.row_name, r.tie_id
    FROM relative r
    JOIN company k ON k.id = r.owner_company_id AND k.head_id = r.relative_id
    UNION ALL
    SELECT r.row_name, r.tie_id
    FROM relative r
    JOIN ownership o ON o.company_id = r.owner_company_id AND o.owner_person_id = r.relative_id
    WHERE (o.valid_from IS NULL OR o.valid_from <= r.day) AND (o.valid_to IS NULL OR o.valid_to > r.day)
),
buyer AS (
    SELECT row_name, min(tie_id) AS tie_id FROM bought GROUP BY row_name
)
SELECT
    s.previous_owner_id AS subject_id,
    s.object_number AS object_id,
    CASE WHEN min(s.currency) = max(s.currency) THEN sum(s.below) END AS amount,
    CASE WHEN min(s.currency) = max(s.currency) THEN min(s.currency) END AS currency,
    min(s.valid_from) AS since,
    list_concat(['family_tie/' || min(b.tie_id)], list_sort(array_agg(s.row_name))) AS evidence
FROM sale s
JOIN buyer b ON b.row_name = s.row_name
GROUP BY s.previous_owner_id, s.object_number
