/*
id: declarations.gifts-above-income
kind: flag
severity: medium
title:
  kk: Кірістің көп бөлігі — сыйлық
  ru: Большая часть дохода — подарки
  en: Most of the income is gifts
explanation:
  kk: >-
    Жыл ішінде отбасы алған сыйлықтар оның барлық кірісі мен сыйлықтарының төрттен үшінен асады. Сыйлықтарды кім, не үшін
    бергенін және берушінің мүмкіндігі болғанын түсіндіру қажет. Қайтыс болған адамнан қалған мұра сыйлыққа жатпайды.
  ru: >-
    Подарки, полученные семьёй за год, составляют больше трёх четвертей всех её поступлений. Нужно пояснить, кто и за что их
    подарил и мог ли себе это позволить. Наследство после умершего подарком не считается.
  en: >-
    The gifts that the household received in the year are more than three quarters of all it received. It needs an explanation
    who gave them, for what, and whether the giver could afford it. What somebody who had died left is no gift.
basis:
  - kk: Украинаның азаматтық талдаушыларының жарияланған шегі (dragnet, red_flags.es6)
    ru: Опубликованный порог гражданских аналитиков Украины (dragnet, red_flags.es6)
    en: Published threshold of Ukraine's civic analysts (dragnet, red_flags.es6)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 8-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 8
    en: United Nations Convention against Corruption, article 8, paragraph 5
innocent:
  - kk: Ата-анасы пәтер алуға немесе тойға ақша берген.
    ru: Родители дали денег на квартиру или свадьбу.
    en: Parents gave money towards a home or for a wedding.
  - kk: Мұра алынған, бірақ мұра қалдырушы тіркелімде көрсетілмеген.
    ru: Получено наследство, но наследодатель в реестре не указан.
    en: It is an inheritance, and the register does not name who left it.
  - kk: Декларант бала күтімінде немесе оқуда, өз кірісі аз.
    ru: Декларант в отпуске по уходу за ребёнком или учится, своего дохода мало.
    en: The declarant cares for a child or studies and has little income.
parameters:
  - name: share
    threshold: gifts_of_income
    unit: {kk: пайыз, ru: процентов, en: percent}
    meaning:
      kk: Сыйлықтар барлық түсімнің осы бөлігінен асады
      ru: Подарки составляют больше этой части всех поступлений
      en: Gifts are more than this part of all that was received
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
  declared_gift: [row_id, declaration_id, value, currency]
  exchange_rate: []
  index_value: []
optional:
  person: []
steps: [conversion_rate, current_declaration, declared_total, earning_row]
unit: {kk: декларация, ru: декларация, en: declaration}
checked: |
  SELECT
      declaration_id AS unit_id,
      CASE
          WHEN lacks_income THEN 'no-income-form'
          WHEN index_unit IS NULL THEN 'no-index'
          WHEN no_rate THEN 'no-rate'
          WHEN unknown_income THEN 'unknown-income'
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
compared:
  declared_total: [income, gifts]
largest: 18
fires_on:
  - case:
      kk: Екі сыйлаушыдан жалақыдан үш есе көп
      ru: От двух дарителей втрое больше зарплаты
      en: From two givers, more than three times the pay
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | owner     | amount  | currency
        N1     | D1             | declarant | 2000000 | KZT
      declared_gift: |
        row_id | declaration_id | owner     | giver_id | value   | currency
        G1     | D1             | declarant | P8       | 3000000 | KZT
        G2     | D1             | spouse    | P9       | 3000001 | KZT
    expect: |
      subject_id | object_id | amount     | currency | since      | evidence
      P1         | 2024      | 6000001.00 | KZT      | 2024-12-31 | declared_total/D1 declaration/D1 declared_gift/G1 declared_gift/G2 declared_income/N1
  - case:
      kk: Кіріс мүлдем жоқ; долларлық сыйлық
      ru: Дохода нет вовсе; подарок в долларах
      en: No income at all; a gift in dollars
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
      declared_gift: |
        row_id | declaration_id | giver | value | currency
        G1     | D1             | Досы  | 10000 | USD
    expect: |
      subject_id | object_id | amount
      P1         | 2024      | 5000000.00
silent_on:
  - case:
      kk: Дәл төрттен үші; ішінде мұра бар
      ru: Ровно три четверти; среди подарков наследство
      en: Exactly three quarters; an inheritance among the gifts
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P2        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      person: |
        id | death_date
        P9 | 2023-11-30
      declared_income: |
        row_id | declaration_id | amount  | currency
        N1     | D1             | 2000000 | KZT
        N2     | D2             | 2000000 | KZT
      declared_gift: |
        row_id | declaration_id | giver_id | received_date | value    | currency
        G1     | D1             | P8       | 2024-05-05    | 6000000  | KZT
        G2     | D2             | P9       | 2024-05-30    | 90000000 | KZT
  - case:
      kk: Шағын сыйлық; кірістің сомасы белгісіз; бөтен адамның сыйлығы; бағамы жоқ валюта
      ru: Небольшой подарок; сумма дохода неизвестна; чужой подарок; валюта без курса
      en: A small gift; an income without its sum; somebody else's gift; a currency without a rate
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
        N1     | D2             |        | KZT
      declared_gift: |
        row_id | declaration_id | owner     | value    | currency
        G1     | D1             | declarant | 3000000  | KZT
        G2     | D2             | declarant | 90000000 | KZT
        G3     | D3             | other     | 90000000 | KZT
        G4     | D4             | declarant | 90000000 | XAU
*/
WITH many AS (
    SELECT declaration_id, person_id, year, year_end, currency, index_unit, income
    FROM declared_total
    WHERE NOT lacks_income
        AND NOT no_rate
        AND NOT unknown_income
        AND gifts * 100 > (income + gifts) * $share
        AND gifts > CAST($threshold * index_unit AS DECIMAL(32, 2))
),
taken AS (
    SELECT
        g.declaration_id,
        g.row_id,
        g.value,
        CASE
            WHEN g.currency = d.currency THEN g.value
            ELSE CAST(CAST(g.value AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))
        END AS worth
    FROM many m
    JOIN declared_gift g ON g.declaration_id = m.declaration_id
    JOIN current_declaration d ON d.id = g.declaration_id
    LEFT JOIN conversion_rate r ON r.currency = g.currency AND r.quote_currency = d.currency AND r.year = d.year
    LEFT JOIN person p ON p.id = g.giver_id
    WHERE coalesce(g.owner, 'declarant') <> 'other'
        AND (p.death_date IS NULL OR g.received_date IS NULL OR p.death_date > g.received_date)
),
above AS (
    SELECT
        m.person_id AS subject_id,
        CAST(m.year AS VARCHAR) AS object_id,
        sum(t.worth) AS amount,
        m.currency,
        m.year_end,
        m.declaration_id
    FROM many m
    JOIN taken t ON t.declaration_id = m.declaration_id
    GROUP BY m.declaration_id, m.person_id, m.year, m.year_end, m.currency
    HAVING sum(t.worth) * 100 > (min(m.income) + sum(t.worth)) * $share
        AND sum(t.worth) > CAST($threshold * min(m.index_unit) AS DECIMAL(32, 2))
),
behind AS (
    SELECT
        a.subject_id,
        a.object_id,
        'gift' AS part,
        'declared_gift/' || t.row_id AS row_name,
        coalesce(t.value, 0) AS amount
    FROM above a
    JOIN taken t ON t.declaration_id = a.declaration_id
    UNION ALL
    SELECT a.subject_id, a.object_id, 'income', e.table_name || '/' || e.row_id, coalesce(e.amount, 0)
    FROM above a
    JOIN earning_row e ON e.declaration_id = a.declaration_id
    WHERE e.class <> 'gift' AND coalesce(e.owner, 'declarant') <> 'other'
)
SELECT
    subject_id,
    object_id,
    amount,
    currency,
    year_end AS since,
    ['declared_total/' || declaration_id, 'declaration/' || declaration_id] AS evidence
FROM above
