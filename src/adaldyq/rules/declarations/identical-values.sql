/*
id: declarations.identical-values
kind: flag
severity: low
title:
  kk: Жыл сайын бірдей дөңгелек сома қайталанады
  ru: Из года в год одна и та же круглая сумма
  en: The same round sum year after year
explanation:
  kk: >-
    Қолма-қол ақша мен құнды заттардың жиыны үш жыл немесе одан да ұзақ уақыт қатар тиынына дейін бірдей дөңгелек сома болып
    көрсетілген. Сома шын мәнінде есептелген бе, әлде көшірілген бе, әлде болашақ сатып алуды түсіндіру үшін алдын ала
    жазылған ба — соны түсіндіру қажет.
  ru: >-
    Сумма наличных и ценностей три года подряд или дольше указана одинаковой до единицы и круглой. Нужно пояснить,
    пересчитывается ли она, переписывается из прошлого года или заявлена впрок, чтобы объяснить будущие покупки.
  en: >-
    Cash and valuables together were declared as the same round sum, to the unit, three years running or longer. It needs an
    explanation whether the sum is counted, copied from the year before, or declared ahead to explain later purchases.
basis:
  - kk: "Тексеру әдісі: жылдан жылға өзгермейтін дөңгелек сомалар (StAR, «Getting the Full Picture on Public Officials», 2017)"
    ru: "Метод проверки: круглые суммы, не меняющиеся из года в год (StAR, «Getting the Full Picture on Public Officials», 2017)"
    en: "Method of verification: round sums that never change (StAR, “Getting the Full Picture on Public Officials”, 2017)"
innocent:
  - kk: Отбасы «қара күнге» сақталған ақшаға шынымен тиіспейді.
    ru: Семья действительно не трогает деньги, отложенные на чёрный день.
    en: The family really does not touch money kept for a rainy day.
  - kk: Декларант соманы шамамен, дөңгелектеп жазады.
    ru: Декларант указывает сумму примерно, с округлением.
    en: The declarant rounds an estimate.
  - kk: Жаңа декларацияны бағдарлама былтырғы деректермен толтырған.
    ru: Программа заполнила новую декларацию данными прошлого года.
    en: A program filled the new declaration in from the year before.
parameters:
  - name: round
    value: 1000
    unit: {kk: жол валютасының бірлігі, ru: единиц валюты строки, en: units of the row's currency}
    meaning:
      kk: Осыған бөлінетін сома дөңгелек саналады
      ru: Круглой считается сумма, кратная этой
      en: A sum is round when it is a multiple of this
  - name: threshold
    threshold: values_repeated
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Осыдан аспайтын сома ескерілмейді
      ru: Не учитываются суммы не больше этой
      en: Sums up to this do not count
tables:
  declaration: [id, person_id, year, is_current, currency]
  declared_cash: [row_id, declaration_id, amount, currency]
  exchange_rate: []
  index_value: []
optional:
  declared_valuable: []
steps: [conversion_rate, current_declaration, worth_row]
unit: {kk: декларант, ru: декларант, en: declarant}
checked: |
  WITH enough AS (
      SELECT DISTINCT a.person_id
      FROM current_declaration a
      JOIN current_declaration b ON b.person_id = a.person_id AND b.year = a.year + 1
      JOIN current_declaration c ON c.person_id = a.person_id AND c.year = a.year + 2
      WHERE a.leads AND b.leads AND c.leads
  ),
  declarant AS (
      SELECT person_id, count(index_unit) AS years_with_index
      FROM current_declaration
      WHERE leads
      GROUP BY person_id
  )
  SELECT
      d.person_id AS unit_id,
      CASE
          WHEN e.person_id IS NULL THEN 'too-few-years'
          WHEN d.years_with_index = 0 THEN 'no-index'
      END AS reason
  FROM declarant d
  LEFT JOIN enough e ON e.person_id = d.person_id
reasons:
  too-few-years:
    kk: қатарынан үш жылдың декларациясы жоқ
    ru: нет деклараций за три года подряд
    en: there are not three declared years running
  no-index:
    kk: бұл жылдар мен валюта үшін көрсеткіш белгісіз
    ru: показатель за эти годы и в этой валюте неизвестен
    en: the index is not known for the years and currency
fires_on:
  - case:
      kk: Үш жыл бойы бес миллион қолма-қол ақша
      ru: Три года подряд пять миллионов наличными
      en: Five million in cash three years running
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2021 | true       | KZT
        D2 | P1        | income | 2022 | true       | KZT
        D3 | P1        | income | 2023 | true       | KZT
        D4 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2022 | KZT      | 3000
      declared_cash: |
        row_id | declaration_id | amount  | currency
        A1     | D1             | 4000000 | KZT
        A2     | D2             | 5000000 | KZT
        A3     | D3             | 5000000 | KZT
        A4     | D4             | 5000000 | KZT
    expect: |
      subject_id | object_id | amount     | currency | since      | evidence
      P1         | 2022      | 5000000.00 | KZT      | 2022-12-31 | declaration/D2 declaration/D3 declaration/D4 declared_cash/A2 declared_cash/A3 declared_cash/A4
  - case:
      kk: Доллар мен құнды заттардың жиыны тұрақты
      ru: Постоянна сумма долларов и ценностей
      en: Dollars and valuables together stay the same
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2021 | true       | KZT
        D2 | P1        | income | 2022 | true       | KZT
        D3 | P1        | income | 2023 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2021 | KZT      | 3000
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | USD      | KZT            | 2021 | 430
      declared_cash: |
        row_id | declaration_id | amount | currency
        A1     | D1             | 40000  | USD
        A2     | D2             | 30000  | USD
        A3     | D3             | 40000  | USD
      declared_valuable: |
        row_id | declaration_id | kind | value | currency
        W1     | D1             | art  | 10000 | USD
        W2     | D2             | art  | 20000 | USD
        W3     | D3             | art  | 10000 | USD
    expect: |
      subject_id | object_id | amount   | currency | evidence
      P1         | 2021      | 50000.00 | USD      | declaration/D1 declaration/D2 declaration/D3 declared_cash/A1 declared_cash/A2 declared_cash/A3 declared_valuable/W1 declared_valuable/W2 declared_valuable/W3
silent_on:
  - case:
      kk: Тек екі жыл бірдей; бір теңгеге өзгерген; дөңгелек емес; дәл шекке тең
      ru: Одинаково лишь два года; изменилось на тенге; не круглая; ровно на пороге
      en: The same for two years only; changed by one unit; not round; exactly at the threshold
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2022 | true       | KZT
        D2 | P1        | income | 2023 | true       | KZT
        D3 | P1        | income | 2024 | true       | KZT
        E1 | P2        | income | 2022 | true       | KZT
        E2 | P2        | income | 2023 | true       | KZT
        E3 | P2        | income | 2024 | true       | KZT
        F1 | P3        | income | 2022 | true       | KZT
        F2 | P3        | income | 2023 | true       | KZT
        F3 | P3        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2022 | KZT      | 3000
      declared_cash: |
        row_id | declaration_id | amount  | currency
        A1     | D1             | 5000000 | KZT
        A2     | D2             | 5000000 | KZT
        A3     | D3             | 5000001 | KZT
        B1     | E1             | 5000500 | KZT
        B2     | E2             | 5000500 | KZT
        B3     | E3             | 5000500 | KZT
        C1     | F1             | 300000  | KZT
        C2     | F2             | 300000  | KZT
        C3     | F3             | 300000  | KZT
  - case:
      kk: Қолма-қол ақшасыз сурет; арада бір жыл жоқ; үшінші жыл тек ауыстырылған нұсқада
      ru: Картина без наличных; пропущен год; третий год лишь в заменённой версии
      en: A painting without cash; a year left out; the third year only in a replaced version
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2022 | true       | KZT
        D2 | P1        | income | 2023 | true       | KZT
        D3 | P1        | income | 2024 | true       | KZT
        E1 | P2        | income | 2021 | true       | KZT
        E2 | P2        | income | 2022 | true       | KZT
        E3 | P2        | income | 2024 | true       | KZT
        F1 | P3        | income | 2022 | true       | KZT
        F2 | P3        | income | 2023 | true       | KZT
        F3 | P3        | income | 2024 | false      | KZT
        F4 | P3        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2022 | KZT      | 3000
        I2 | 2021 | KZT      | 3000
      declared_cash: |
        row_id | declaration_id | amount  | currency
        B1     | E1             | 5000000 | KZT
        B2     | E2             | 5000000 | KZT
        B3     | E3             | 5000000 | KZT
        C1     | F1             | 5000000 | KZT
        C2     | F2             | 5000000 | KZT
        C3     | F3             | 5000000 | KZT
      declared_valuable: |
        row_id | declaration_id | kind | value   | currency
        W1     | D1             | art  | 9000000 | KZT
        W2     | D2             | art  | 9000000 | KZT
        W3     | D3             | art  | 9000000 | KZT
*/
WITH entry AS (
    SELECT declaration_id, owner, currency, amount AS cash, amount AS worth FROM declared_cash
    UNION ALL
    SELECT declaration_id, owner, currency, 0, value FROM declared_valuable
),
round_sum AS (
    SELECT declaration_id, currency, sum(worth) AS worth
    FROM entry
    WHERE coalesce(owner, 'declarant') <> 'other'
    GROUP BY declaration_id, currency
    HAVING sum(cash) > 0 AND sum(worth) % $round = 0
),
total AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        d.currency AS own_currency,
        d.index_unit,
        s.currency,
        s.worth
    FROM round_sum s
    JOIN current_declaration d ON d.id = s.declaration_id
    WHERE d.leads
),
repeated AS (
    SELECT
        a.person_id,
        a.year,
        a.year_end,
        a.own_currency,
        a.index_unit,
        a.currency,
        a.worth,
        a.declaration_id,
        b.declaration_id AS second_id,
        c.declaration_id AS third_id
    FROM total a
    JOIN total b
        ON b.person_id = a.person_id AND b.currency = a.currency AND b.worth = a.worth AND b.year = a.year + 1
    JOIN total c
        ON c.person_id = a.person_id AND c.currency = a.currency AND c.worth = a.worth AND c.year = a.year + 2
),
begun AS (
    SELECT
        t.person_id,
        t.year,
        t.year_end,
        t.own_currency,
        t.index_unit,
        t.currency,
        t.worth,
        t.declaration_id,
        t.second_id,
        t.third_id
    FROM repeated t
    ANTI JOIN repeated e
        ON e.person_id = t.person_id AND e.currency = t.currency AND e.worth = t.worth AND e.year = t.year - 1
),
same AS (
    SELECT b.person_id, b.year, b.year_end, b.currency, b.worth, b.declaration_id, b.second_id, b.third_id
    FROM begun b
    JOIN conversion_rate r ON r.currency = b.currency AND r.quote_currency = b.own_currency AND r.year = b.year
    WHERE CAST(CAST(b.worth AS DECIMAL(30, 2)) * r.rate AS DECIMAL(36, 2))
        > CAST($threshold * b.index_unit AS DECIMAL(32, 2))
),
named AS (
    SELECT person_id, year, currency, declaration_id FROM same
    UNION ALL
    SELECT person_id, year, currency, second_id FROM same
    UNION ALL
    SELECT person_id, year, currency, third_id FROM same
),
largest AS (
    SELECT n.person_id, n.year, e.table_name || '/' || e.row_id AS row_name
    FROM named n
    JOIN worth_row e ON e.declaration_id = n.declaration_id AND e.currency = n.currency
    WHERE e.table_name IN ('declared_cash', 'declared_valuable') AND coalesce(e.owner, 'declarant') <> 'other'
    QUALIFY row_number() OVER (
        PARTITION BY n.declaration_id, n.year ORDER BY coalesce(e.amount, 0) DESC, e.table_name, e.row_id
    ) <= 12
),
listed AS (
    SELECT person_id, year, list_sort(array_agg(DISTINCT row_name)) AS row_names FROM largest GROUP BY person_id, year
)
SELECT
    s.person_id AS subject_id,
    CAST(s.year AS VARCHAR) AS object_id,
    CASE WHEN count(*) = 1 THEN max(s.worth) END AS amount,
    CASE WHEN count(*) = 1 THEN max(s.currency) END AS currency,
    min(s.year_end) AS since,
    list_concat(
        ['declaration/' || min(s.declaration_id), 'declaration/' || min(s.second_id), 'declaration/' || min(s.third_id)],
        min(b.row_names)
    ) AS evidence
FROM same s
JOIN listed b ON b.person_id = s.person_id AND b.year = s.year
GROUP BY s.person_id, s.year
