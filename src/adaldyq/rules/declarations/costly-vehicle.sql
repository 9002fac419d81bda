/*
id: declarations.costly-vehicle
kind: flag
severity: low
title: {kk: Қымбат көлік, ru: Дорогая машина, en: A costly vehicle}
explanation:
  kk: >-
    Декларант немесе отбасы өте қымбат көлікті меншігі деп көрсеткен. Оның қай ақшаға алынғанын түсіндіру қажет. Сұрақ әр көлік
    туралы бір рет қойылады.
  ru: >-
    Декларант или его семья указали в собственности очень дорогую машину. Нужно пояснить, на какие деньги она куплена. О
    каждой машине спрашивают один раз.
  en: >-
    The declarant or the household owns a very costly vehicle, by the declaration. It needs an explanation with what money it
    was bought. The question is asked once about each vehicle.
basis:
  - kk: Украинаның азаматтық талдаушыларының жарияланған белгісі, марка орнына құны бойынша (dragnet, red_flags.es6)
    ru: Опубликованный признак гражданских аналитиков Украины, по стоимости вместо марки (dragnet, red_flags.es6)
    en: A published flag of Ukraine's civic analysts, by worth instead of make (dragnet, red_flags.es6)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 52, paragraph 5
innocent:
  - kk: Көлік лауазымға дейінгі бизнестің немесе жұбайының кірісіне алынған.
    ru: Машина куплена на доход от бизнеса до должности или на доход супруга.
    en: It was paid out of a business before the post, or by the spouse's income.
  - kk: Көлік лизингке немесе несиеге алынған.
    ru: Машина куплена в лизинг или в кредит.
    en: It was bought on credit or by leasing.
  - kk: Бағасы сирек ескі көлік ретінде бағаланған.
    ru: Это редкая старая машина, оценённая как коллекционная.
    en: It is a rare old car, valued by collectors.
parameters:
  - name: threshold
    threshold: costly_vehicle
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Осыдан қымбат көлік туралы сұралады
      ru: Спрашивают о машинах дороже этого
      en: A vehicle worth more than this is asked about
tables:
  declaration: [id, person_id, year, is_current, currency]
  declared_vehicle: [row_id, declaration_id, basis, currency]
  exchange_rate: []
  index_value: []
steps: [conversion_rate, current_declaration]
unit: {kk: меншік құқығымен көрсетілген көлік, ru: машина в собственности, en: vehicle declared as owned}
checked: |
  SELECT
      v.row_id AS unit_id,
      CASE
          WHEN v.value IS NULL AND v.price IS NULL THEN 'no-value'
          WHEN d.index_unit IS NULL THEN 'no-index'
          WHEN r.rate IS NULL THEN 'no-rate'
      END AS reason
  FROM declared_vehicle v
  JOIN current_declaration d ON d.id = v.declaration_id
  LEFT JOIN conversion_rate r ON r.currency = v.currency AND r.quote_currency = d.currency AND r.year = d.year
  WHERE d.leads AND v.basis IN ('ownership', 'joint ownership') AND coalesce(v.owner, 'declarant') <> 'other'
reasons:
  no-value: {kk: бағасы мен құны көрсетілмеген, ru: не указаны цена и стоимость, en: neither price nor value is stated}
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
      kk: Жұбайының көлігі, екі жыл; доллармен бағаланған
      ru: Машина супруга, два года; цена в долларах
      en: A spouse's car, for two years, priced in dollars
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
      declared_vehicle: |
        row_id | declaration_id | owner  | object_number | basis     | price  | currency
        V1     | D1             | spouse | WDB001        | ownership | 100001 | USD
        V2     | D2             | spouse | WDB001        | ownership | 100001 | USD
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | WDB001    | 50000500.00 | KZT      | 2023-12-31 | declaration/D1 declared_vehicle/V1
  - case:
      kk: Нөмірі жоқ көлік; құны бағасынан жоғары
      ru: Машина без номера; стоимость выше цены
      en: A vehicle without a number, worth more than its price
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_vehicle: |
        row_id | declaration_id | basis           | price | value    | currency
        V1     | D1             | joint ownership | 1     | 48000001 | KZT
    expect: |
      subject_id | object_id | amount
      P1         | V1        | 48000001.00
silent_on:
  - case:
      kk: Дәл шектегі құн; ақысыз пайдаланылатын көлік
      ru: Стоимость ровно на пороге; машина в пользовании
      en: A worth at the threshold exactly; a car in use, not owned
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_vehicle: |
        row_id | declaration_id | object_number | basis     | value    | currency
        V1     | D1             | WDB001        | ownership | 48000000 | KZT
        V2     | D1             | WDB002        | use       | 90000000 | KZT
  - case:
      kk: Құны белгісіз; бағамы жоқ валюта; бөтен адамның көлігі
      ru: Стоимость неизвестна; валюта без курса; чужая машина
      en: An unknown worth; a currency without a rate; somebody else's car
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_vehicle: |
        row_id | declaration_id | owner     | basis     | value    | currency
        V1     | D1             | declarant | ownership |          | KZT
        V2     | D1             | declarant | ownership | 90000000 | XAU
        V3     | D1             | other     | ownership | 90000000 | KZT
*/
WITH valued AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        d.currency,
        d.index_unit,
        v.row_id,
        coalesce(v.object_number, v.row_id) AS thing,
        CAST(CAST(greatest(coalesce(v.value, v.price), coalesce(v.price, v.value)) AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))
            AS worth
    FROM declared_vehicle v
    JOIN current_declaration d ON d.id = v.declaration_id
    JOIN conversion_rate r ON r.currency = v.currency AND r.quote_currency = d.currency AND r.year = d.year
    WHERE d.leads AND v.basis IN ('ownership', 'joint ownership') AND coalesce(v.owner, 'declarant') <> 'other'
),
costly AS (
    SELECT declaration_id, person_id, year_end, currency, row_id, thing, worth
    FROM valued
    WHERE worth > CAST($threshold * index_unit AS DECIMAL(32, 2))
    QUALIFY year = min(year) OVER (PARTITION BY person_id, thing)
)
SELECT
    person_id AS subject_id,
    thing AS object_id,
    max(worth) AS amount,
    min(currency) AS currency,
    min(year_end) AS since,
    list_concat(['declaration/' || min(declaration_id)], list_sort(array_agg('declared_vehicle/' || row_id))) AS evidence
FROM costly
GROUP BY person_id, thing
