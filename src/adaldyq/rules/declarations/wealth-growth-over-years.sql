/*
id: declarations.wealth-growth-over-years
kind: flag
severity: high
title:
  kk: Дәулет бірнеше жыл бойы кірістен артық өсті
  ru: Состояние несколько лет росло больше дохода
  en: Wealth grew by more than income, year after year
explanation:
  kk: >-
    Үш жыл қатарынан түсіндірілмеген өсім жыл сайын аз болса да, үш жылда бірге шектен асады. Белгісіздің бәрі декларанттың
    пайдасына саналды, ал бір жылда жұмсалған қор келесі жылдың өсімінен шегерілді. Өсімнің қайдан пайда болғанын түсіндіру
    қажет. Өсім жалғаса берсе, келесі үш жыл туралы қайта сұралады; бір жыл екі рет есептелмейді. Бір жылда-ақ шектен асқан өсім туралы бұл жерде сұралмайды, ол туралы басқа ереже сұрайды.
  ru: >-
    Необъяснённый прирост за каждый из трёх лет подряд невелик, но за три года вместе он выше порога. Всё неизвестное сочтено в
    пользу декларанта, а израсходованные за год накопления вычтены из прироста других лет. Нужно пояснить, откуда взялся
    прирост. Если рост продолжается, о следующих трёх годах спрашивают снова; ни один год не считается дважды. О годе, который превысил порог сам по себе, здесь не спрашивают: о нём спрашивает другое правило.
  en: >-
    In each of three years on end the unexplained growth is small, but in the three years together it is above the threshold.
    All that is unknown is taken in the declarant's favour, and what was spent in one year is taken off the growth of the
    others. It needs an explanation where the growth came from. When it goes on, the next three years are asked about anew, and no
    year counts twice. Years of which one alone is above the threshold are not asked
    about here: another rule asks about that year.
basis:
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 20-бап және 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, статья 20 и пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 20 and article 52, paragraph 5
  - kk: "Тексеру әдісі: дәулетті жылдар бойынша салыстыру (StAR, «Public Office, Private Interests», 2012)"
    ru: "Метод проверки: сравнение состояния по годам (StAR, «Public Office, Private Interests», 2012)"
    en: "Method of verification: comparison of wealth over the years (StAR, “Public Office, Private Interests”, 2012)"
innocent:
  - kk: Саны өзгерген бағалы қағаздар немесе нөмірі жоқ мүлік жыл сайын қайта бағаланған.
    ru: Каждый год переоценивались бумаги, число которых менялось, или имущество без номера.
    en: Securities of which the number changed, or property without a number, were valued anew each year.
  - kk: Туысының ақшасы декларанттың шотында біртіндеп жиналған.
    ru: На счёте декларанта понемногу копились деньги родственника.
    en: A relative's money was saved bit by bit on the declarant's account.
  - kk: Шағын табыс — жалға беру, үй шаруашылығы — көрсетілмей қалған.
    ru: Не указан небольшой доход — аренда, подсобное хозяйство.
    en: A small income, from rent or the household's plot, was left out.
parameters:
  - name: margin
    value: 20
    unit: {kk: пайыз, ru: процентов, en: percent}
    meaning:
      kk: Түсіндірілмегені түскеннің осы бөлігінен артық болуы керек
      ru: Какую долю поступлений необъяснённое должно превысить
      en: Which part of what came in the unexplained must exceed
  - name: threshold
    threshold: wealth_unexplained
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Үш жылғы түсіндірілмегеннің ең азы осыдан асқанда ғана сұрақ қойылады
      ru: Вопрос задаётся, только если наименьшее необъяснённое за три года больше
      en: The question is asked only when the least that is unexplained in three years is larger
tables:
  declaration: [id, person_id, form, year, is_current, currency]
  declared_income: [declaration_id, amount, currency]
  exchange_rate: []
  index_value: []
steps: [declared_total, wealth_change, worth_row]
unit: {kk: декларация, ru: декларация, en: declaration}
checked: |
  SELECT
      d.declaration_id AS unit_id,
      CASE
          WHEN a.declaration_id IS NULL THEN 'too-few-years'
          WHEN d.index_unit IS NULL THEN 'no-index'
          WHEN a.unexplained_low IS NULL OR b.unexplained_low IS NULL OR c.unexplained_low IS NULL THEN 'unknown-change'
      END AS reason
  FROM declared_total d
  LEFT JOIN wealth_change c ON c.declaration_id = d.declaration_id
  LEFT JOIN wealth_change b ON b.declaration_id = c.before_id
  LEFT JOIN wealth_change a ON a.declaration_id = b.before_id
reasons:
  too-few-years:
    kk: қатарынан төрт жылдың декларациясы жоқ
    ru: нет деклараций за четыре года подряд
    en: there are no declarations of four years on end
  no-index:
    kk: бұл жыл мен валюта үшін көрсеткіш белгісіз
    ru: показатель за этот год и в этой валюте неизвестен
    en: the index is not known for the year and currency
  unknown-change:
    kk: бір жылдың өзгерісі белгісіз — сомасы жоқ жол немесе бағамы жоқ валюта бар
    ru: изменение одного из лет неизвестно — есть строка без суммы или валюта без курса
    en: the change of one of the years is not known, for a row without its sum or a currency without a rate
compared:
  wealth_change:
    - unexplained_low
    - unexplained_high
    - worth_low
    - inflow_high
    - outflow_low
largest: 10
fires_on:
  - case:
      kk: Жыл сайын үш миллионға түсіндірусіз өседі
      ru: Каждый год на три миллиона больше, чем объяснимо
      en: Three million a year more than is explained
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | assets | 2021 | true       | KZT
        D2 | P1        | income | 2022 | true       | KZT
        D3 | P1        | income | 2023 | true       | KZT
        D4 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | kind   | amount  | currency
        N2     | D2             | salary | 1000000 | KZT
        N3     | D3             | salary | 1000000 | KZT
        N4     | D4             | salary | 1000000 | KZT
      declared_account: |
        row_id | declaration_id | amount   | currency
        A1     | D1             | 1000000  | KZT
        A2     | D2             | 5000000  | KZT
        A3     | D3             | 9000000  | KZT
        A4     | D4             | 13000000 | KZT
    expect: |
      subject_id | object_id | amount     | currency | since      | evidence
      P1         | 2024      | 9000000.00 | KZT      | 2024-12-31 | wealth_change/D2 wealth_change/D3 wealth_change/D4 declaration/D1 declaration/D4 declared_account/A1 declared_account/A4
  - case:
      kk: Бір жылы азайса да, үш жылда шектен бір теңгеге асады
      ru: В один год убыло, но за три года на тенге выше порога
      en: One year it fell, and in three years it is one unit above the threshold
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | assets | 2021 | true       | KZT
        D2 | P1        | income | 2022 | true       | KZT
        D3 | P1        | income | 2023 | true       | KZT
        D4 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_cash: |
        row_id | declaration_id | amount  | currency
        C2     | D2             | 5000000 | KZT
        C3     | D3             | 2000000 | KZT
        C4     | D4             | 6000001 | KZT
    expect: |
      subject_id | object_id | amount
      P1         | 2024      | 6000001.00
  - case:
      kk: Жердегі үлес жыл сайын аздап өседі
      ru: Доля в участке понемногу растёт каждый год
      en: A share of a plot grows a little each year
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | assets | 2021 | true       | KZT
        D2 | P1        | income | 2022 | true       | KZT
        D3 | P1        | income | 2023 | true       | KZT
        D4 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_real_estate: |
        row_id | declaration_id | object_number | share | value    | price   | acquired_date | currency
        E1     | D1             | 20-1          | 10    | 3000000  |         |               | KZT
        E2     | D2             | 20-1          | 20    | 6000000  | 3000000 | 2022-03-03    | KZT
        E3     | D3             | 20-1          | 30    | 9000000  | 3000000 | 2023-03-03    | KZT
        E4     | D4             | 20-1          | 40    | 12000000 | 3000000 | 2024-03-03    | KZT
    expect: |
      subject_id | object_id | amount
      P1         | 2024      | 9000000.00
  - case:
      kk: Жеті жыл бойы жыл сайын түсіндірілмеген өсім
      ru: Семь лет подряд необъяснённый прирост
      en: Unexplained growth in seven years on end
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | assets | 2017 | true       | KZT
        D2 | P1        | income | 2018 | true       | KZT
        D3 | P1        | income | 2019 | true       | KZT
        D4 | P1        | income | 2020 | true       | KZT
        D5 | P1        | income | 2021 | true       | KZT
        D6 | P1        | income | 2022 | true       | KZT
        D7 | P1        | income | 2023 | true       | KZT
        D8 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2017 | KZT      | 3000
        I2 | 2018 | KZT      | 3000
        I3 | 2019 | KZT      | 3000
        I4 | 2020 | KZT      | 3000
        I5 | 2021 | KZT      | 3000
        I6 | 2022 | KZT      | 3000
        I7 | 2023 | KZT      | 3000
        I8 | 2024 | KZT      | 3000
      declared_cash: |
        row_id | declaration_id | amount | currency
        C1     | D1             | 0 | KZT
        C2     | D2             | 5000000 | KZT
        C3     | D3             | 10000000 | KZT
        C4     | D4             | 15000000 | KZT
        C5     | D5             | 20000000 | KZT
        C6     | D6             | 25000000 | KZT
        C7     | D7             | 30000000 | KZT
        C8     | D8             | 35000000 | KZT
    expect: |
      subject_id | object_id | amount
      P1         | 2020      | 15000000.00
      P1         | 2023      | 15000000.00
silent_on:
  - case:
      kk: Үш жылда дәл шекте; бір жыл өзі-ақ шектен асқан
      ru: За три года ровно на пороге; один год сам выше порога
      en: At the threshold exactly in three years; one year above it by itself
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | assets | 2021 | true       | KZT
        D2 | P1        | income | 2022 | true       | KZT
        D3 | P1        | income | 2023 | true       | KZT
        D4 | P1        | income | 2024 | true       | KZT
        E1 | P2        | assets | 2021 | true       | KZT
        E2 | P2        | income | 2022 | true       | KZT
        E3 | P2        | income | 2023 | true       | KZT
        E4 | P2        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2023 | KZT      | 3000
        I2 | 2024 | KZT      | 3000
      declared_cash: |
        row_id | declaration_id | amount   | currency
        C4     | D4             | 6000000  | KZT
        C6     | E3             | 60000000 | KZT
        C7     | E4             | 62000000 | KZT
  - case:
      kk: Аралық жыл жоқ; бір жылдың кірісі сомасыз
      ru: Пропущен год; доход одного года без суммы
      en: A year left out; an income of one year without its sum
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | assets | 2020 | true       | KZT
        D2 | P1        | income | 2022 | true       | KZT
        D3 | P1        | income | 2023 | true       | KZT
        D4 | P1        | income | 2024 | true       | KZT
        E1 | P2        | assets | 2021 | true       | KZT
        E2 | P2        | income | 2022 | true       | KZT
        E3 | P2        | income | 2023 | true       | KZT
        E4 | P2        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | kind   | amount | currency
        N2     | E2             | salary |        | KZT
      declared_cash: |
        row_id | declaration_id | amount  | currency
        C2     | D2             | 3000000 | KZT
        C3     | D3             | 6000000 | KZT
        C4     | D4             | 9000000 | KZT
        C6     | E2             | 3000000 | KZT
        C7     | E3             | 6000000 | KZT
        C8     | E4             | 9000000 | KZT
*/
WITH candidate AS (
    SELECT w.person_id
    FROM wealth_change w
    JOIN declared_total d ON d.declaration_id = w.declaration_id
    GROUP BY w.person_id
    HAVING sum(CASE WHEN w.unexplained_low > 0 THEN w.unexplained_low ELSE 0 END)
        > CAST($threshold * min(d.index_unit) AS DECIMAL(32, 2))
),
change AS (
    SELECT
        w.declaration_id,
        w.before_id,
        w.person_id,
        w.unexplained_low,
        w.inflow_high,
        d.year,
        d.year_end,
        d.currency,
        d.index_unit,
        w.unexplained_low * 100 > w.inflow_high * $margin
            AND w.unexplained_low > CAST($threshold * d.index_unit AS DECIMAL(32, 2)) AS alone
    FROM candidate p
    JOIN wealth_change w ON w.person_id = p.person_id
    JOIN declared_total d ON d.declaration_id = w.declaration_id
),
above AS (
    SELECT
        c.person_id AS subject_id,
        c.year,
        CAST(c.year AS VARCHAR) AS object_id,
        a.unexplained_low + b.unexplained_low + c.unexplained_low AS amount,
        c.currency,
        c.year_end,
        a.before_id AS first_id,
        a.declaration_id AS second_id,
        b.declaration_id AS third_id,
        c.declaration_id AS last_id
    FROM change c
    JOIN change b ON b.declaration_id = c.before_id
    JOIN change a ON a.declaration_id = b.before_id
    WHERE NOT coalesce(a.alone, false)
        AND NOT coalesce(b.alone, false)
        AND NOT coalesce(c.alone, false)
        AND (a.unexplained_low + b.unexplained_low + c.unexplained_low) * 100
        > (a.inflow_high + b.inflow_high + c.inflow_high) * $margin
        AND a.unexplained_low + b.unexplained_low + c.unexplained_low > CAST($threshold * c.index_unit AS DECIMAL(32, 2))
),
-- A year counts in one question only: each is about three years that begin after those of the one before.
following AS (
    SELECT a.subject_id, a.year, min(b.year) AS next_year
    FROM above a
    JOIN above b ON b.subject_id = a.subject_id
    WHERE b.year >= a.year + 3
    GROUP BY a.subject_id, a.year
),
first_time AS (
    SELECT subject_id, min(year) AS year FROM above GROUP BY subject_id
),
second_time AS (
    SELECT f.subject_id, f.next_year AS year FROM first_time t JOIN following f ON f.subject_id = t.subject_id AND f.year = t.year
),
third_time AS (
    SELECT f.subject_id, f.next_year AS year FROM second_time t JOIN following f ON f.subject_id = t.subject_id AND f.year = t.year
),
fourth_time AS (
    SELECT f.subject_id, f.next_year AS year FROM third_time t JOIN following f ON f.subject_id = t.subject_id AND f.year = t.year
),
fifth_time AS (
    SELECT f.subject_id, f.next_year AS year FROM fourth_time t JOIN following f ON f.subject_id = t.subject_id AND f.year = t.year
),
times AS (
    SELECT subject_id, year FROM first_time
    UNION ALL
    SELECT subject_id, year FROM second_time
    UNION ALL
    SELECT subject_id, year FROM third_time
    UNION ALL
    SELECT subject_id, year FROM fourth_time
    UNION ALL
    SELECT subject_id, year FROM fifth_time
),
grown AS (
    SELECT
        a.subject_id,
        a.object_id,
        a.amount,
        a.currency,
        a.year_end,
        a.first_id,
        a.second_id,
        a.third_id,
        a.last_id
    FROM times t
    JOIN above a ON a.subject_id = t.subject_id AND a.year = t.year
),
beside AS (
    SELECT subject_id, object_id, first_id AS declaration_id FROM grown
    UNION ALL
    SELECT subject_id, object_id, last_id FROM grown
),
behind AS (
    SELECT
        b.subject_id,
        b.object_id,
        b.declaration_id AS part,
        e.table_name || '/' || e.row_id AS row_name,
        abs(coalesce(e.amount, 0)) AS amount
    FROM beside b
    JOIN worth_row e ON e.declaration_id = b.declaration_id
    WHERE coalesce(e.owner, 'declarant') <> 'other'
)
SELECT
    subject_id,
    object_id,
    amount,
    currency,
    year_end AS since,
    list_concat(
        ['wealth_change/' || second_id, 'wealth_change/' || third_id, 'wealth_change/' || last_id],
        ['declaration/' || first_id, 'declaration/' || last_id]
    ) AS evidence
FROM grown
