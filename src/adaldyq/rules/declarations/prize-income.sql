/*
id: declarations.prize-income
kind: flag
severity: medium
title: {kk: Ұтыс пен жүлде, ru: Выигрыши и призы, en: Prizes and winnings}
explanation:
  kk: >-
    Отбасы жыл ішінде ұтыс немесе жүлде түрінде едәуір ақша алған деп көрсетілген. Ұтыспен шығу тегі белгісіз ақшаны түсіндіру
    оңай. Ұтысты кім ұйымдастырғанын, ол қалай төленгенін және салығы қалай ұсталғанын түсіндіру қажет.
  ru: >-
    Семья указала за год заметный доход от выигрышей или призов. Выигрышем легко объяснить деньги неизвестного происхождения.
    Нужно пояснить, кто проводил розыгрыш, как выплачен выигрыш и удержан ли налог.
  en: >-
    The household states a considerable income from winnings or prizes in the year. Winnings easily explain money of unknown
    origin. It needs an explanation who held the draw, how it was paid and whether tax was withheld.
basis:
  - kk: Украинаның азаматтық талдаушыларының жарияланған шегі (dragnet, red_flags.es6)
    ru: Опубликованный порог гражданских аналитиков Украины (dragnet, red_flags.es6)
    en: Published threshold of Ukraine's civic analysts (dragnet, red_flags.es6)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 52, paragraph 5
innocent:
  - kk: Мемлекеттік сыйлық немесе ғылыми, спорттық, шығармашылық жүлде берілген.
    ru: Это государственная премия или научный, спортивный, творческий приз.
    en: It is a state award, or a prize for science, sport or art.
  - kk: Ұтысты ірі лотерея жариялаған және салығын ұстаған.
    ru: О выигрыше сообщила крупная лотерея, налог удержан.
    en: A large lottery published the win and withheld the tax.
  - kk: Банк немесе дүкен акциясының жүлдесі.
    ru: Это приз акции банка или магазина.
    en: It was won in a campaign of a bank or a shop.
parameters:
  - name: threshold
    threshold: prize_income
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Жылдық ұтыстар осыдан көп болса
      ru: Спрашивают, если выигрыши года больше
      en: Asked about when the winnings of a year are more
tables:
  declaration: [id, person_id, year, is_current, currency]
  declared_income: [row_id, declaration_id, kind, amount, currency]
  exchange_rate: []
  index_value: []
steps: [conversion_rate, current_declaration]
unit: {kk: ұтыс немесе жүлде, ru: выигрыш или приз, en: prize or winning}
checked: |
  SELECT
      c.row_id AS unit_id,
      CASE
          WHEN c.amount IS NULL THEN 'no-amount'
          WHEN d.index_unit IS NULL THEN 'no-index'
          WHEN r.rate IS NULL THEN 'no-rate'
      END AS reason
  FROM declared_income c
  JOIN current_declaration d ON d.id = c.declaration_id
  LEFT JOIN conversion_rate r ON r.currency = c.currency AND r.quote_currency = d.currency AND r.year = d.year
  WHERE d.leads AND c.kind = 'prize' AND coalesce(c.owner, 'declarant') <> 'other'
reasons:
  no-amount: {kk: ұтыстың сомасы көрсетілмеген, ru: сумма выигрыша не указана, en: the winning stands without its sum}
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
      kk: Ерлі-зайыптының екі ұтысы бірге шектен асады
      ru: Два выигрыша супругов вместе выше порога
      en: Two winnings of a couple together are above the threshold
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | owner     | kind   | payer   | amount   | currency
        N1     | D1             | declarant | prize  | Лотерея | 100000   | KZT
        N2     | D1             | spouse    | prize  | Лотерея | 92001    | KZT
        N3     | D1             | declarant | salary | Орган   | 90000000 | KZT
    expect: |
      subject_id | object_id | amount    | currency | since      | evidence
      P1         | 2024      | 192001.00 | KZT      | 2024-12-31 | declaration/D1 declared_income/N1 declared_income/N2
  - case:
      kk: Екі жылда екі ұтыс, бірі доллармен
      ru: Два выигрыша за два года, один в долларах
      en: Two winnings in two years, one in dollars
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
        X1 | USD      | KZT            | 2024 | 500
      declared_income: |
        row_id | declaration_id | kind  | amount | currency
        N1     | D1             | prize | 900000 | KZT
        N2     | D2             | prize | 1000   | USD
    expect: |
      subject_id | object_id | amount
      P1         | 2023      | 900000.00
      P1         | 2024      | 500000.00
silent_on:
  - case:
      kk: Дәл шекте; сыйлық пен жалақы
      ru: Ровно на пороге; подарок и зарплата
      en: At the threshold exactly; a gift and a salary
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | kind   | amount  | currency
        N1     | D1             | prize  | 192000  | KZT
        N2     | D1             | gift   | 9000000 | KZT
        N3     | D1             | salary | 9000000 | KZT
  - case:
      kk: Сомасы белгісіз; бағамы жоқ валюта; бөтен адамның ұтысы
      ru: Сумма неизвестна; валюта без курса; чужой выигрыш
      en: An unknown sum; a currency without a rate; somebody else's winning
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | owner     | kind  | amount   | currency
        N1     | D1             | declarant | prize |          | KZT
        N2     | D1             | declarant | prize | 90000000 | XAU
        N3     | D1             | other     | prize | 90000000 | KZT
*/
WITH converted AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        d.currency,
        d.index_unit,
        c.row_id,
        CAST(CAST(c.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)) AS worth
    FROM declared_income c
    JOIN current_declaration d ON d.id = c.declaration_id
    JOIN conversion_rate r ON r.currency = c.currency AND r.quote_currency = d.currency AND r.year = d.year
    WHERE c.kind = 'prize' AND d.leads AND c.amount IS NOT NULL AND coalesce(c.owner, 'declarant') <> 'other'
)
SELECT
    person_id AS subject_id,
    CAST(year AS VARCHAR) AS object_id,
    sum(worth) AS amount,
    min(currency) AS currency,
    min(year_end) AS since,
    list_concat(['declaration/' || min(declaration_id)], list_sort(array_agg('declared_income/' || row_id))) AS evidence
FROM converted
GROUP BY person_id, year
HAVING sum(worth) > CAST($threshold * min(index_unit) AS DECIMAL(32, 2))
