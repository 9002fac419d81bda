/*
id: declarations.amended-long-after
kind: flag
severity: medium
title:
  kk: Мүлік мерзімнен көп кейін түзетумен қосылған
  ru: Имущество добавлено поправкой намного позже срока
  en: Property added by an amendment long after the last day
explanation:
  kk: >-
    Алғашқы нұсқада жоқ жылжымайтын мүлік, көлік немесе шот тапсыру мерзімінен көп уақыт өткен соң түзетілген нұсқада пайда
    болған. Оның неге бірден көрсетілмегенін және түзетуге не себеп болғанын — мысалы, қойылған сұрақ па — түсіндіру қажет.
  ru: >-
    Недвижимость, транспорт или счёт, которых не было в первой версии, появились в исправленной спустя долгое время после
    срока подачи. Нужно пояснить, почему они не указаны сразу и что вызвало поправку — например, заданный вопрос.
  en: >-
    Real estate, a vehicle or an account that the first version had not stands in an amended one, filed long after the last
    day. It needs an explanation why it was not declared at once, and what led to the amendment, such as a question asked.
basis:
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 11-бап
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 11
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 11
  - kk: "Тексеру әдісі: қате табылғаннан кейін енгізілген түзетулерді салыстыру (OECD, «Asset Declarations for Public Officials», 2011)"
    ru: "Метод проверки: сличение версий, поданных после обнаружения ошибки (OECD, «Asset Declarations for Public Officials», 2011)"
    en: "Method of verification: comparison of versions filed after an error was found (OECD, “Asset Declarations for Public Officials”, 2011)"
innocent:
  - kk: Декларант қатесін өзі байқап, ешкім сұрамай түзеткен.
    ru: Декларант сам заметил ошибку и исправил её без вопросов.
    en: The declarant noticed the error alone and corrected it unasked.
  - kk: Мұра кешігіп рәсімделіп, құқық өткен күнмен жазылған.
    ru: Наследство оформлено поздно, и право записано задним числом.
    en: An inheritance was settled late and the right was dated back.
  - kk: Бағдарлама бірінші нұсқаны толық жібермеген.
    ru: Программа отправила первую версию не полностью.
    en: A program sent the first version incomplete.
parameters:
  - name: days
    threshold: amendment
    unit: {kk: күн, ru: дней, en: days}
    meaning:
      kk: Соңғы күннен кейін осынша күннен артық өткен
      ru: Сколько дней прошло после последнего дня подачи, не меньше
      en: More than so many days after the last day to file
  - name: threshold
    threshold: asked_above
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Осыдан аспайтын сома сұралмайды
      ru: О суммах не больше этой не спрашивают
      en: Sums up to this are not asked about
tables:
  declaration: [id, person_id, form, year, version, is_current, filed_date, due_date, currency]
  declared_real_estate: [row_id, declaration_id, object_number]
  index_value: []
steps: [added_thing, current_declaration]
unit: {kk: түзетілген нұсқа, ru: исправленная версия, en: amended version}
checked: |
  WITH unknown AS (
      SELECT declaration_id, bool_or(lacks_rate) AS lacks_rate, coalesce(sum(worth), 0) AS known
      FROM added_thing
      GROUP BY declaration_id
      HAVING bool_or(worth IS NULL)
  )
  SELECT
      a.id AS unit_id,
      CASE
          WHEN a.filed_date IS NULL OR a.due_date IS NULL THEN 'no-day'
          WHEN date_diff('day', a.due_date, a.filed_date) <= $days THEN NULL
          WHEN d.index_unit IS NULL THEN 'no-index'
          WHEN u.known > CAST($threshold * d.index_unit AS DECIMAL(32, 2)) THEN NULL
          WHEN u.lacks_rate THEN 'no-rate'
          WHEN u.declaration_id IS NOT NULL THEN 'no-worth'
      END AS reason
  FROM declaration a
  JOIN current_declaration d ON d.id = a.id
  LEFT JOIN unknown u ON u.declaration_id = a.id
  WHERE a.version > 1
reasons:
  no-day: {kk: тапсыру күні немесе мерзімі белгісіз, ru: день подачи или срок неизвестен, en: the day of filing or the last day is not known}
  no-index:
    kk: бұл жыл мен валюта үшін көрсеткіш белгісіз
    ru: показатель за этот год и в этой валюте неизвестен
    en: the index is not known for the year and currency
  no-rate:
    kk: қосылған нәрсе валютасының сол жылғы бағамы белгісіз
    ru: неизвестен курс валюты добавленного имущества за этот год
    en: there is no rate for the currency of what was added
  no-worth:
    kk: қосылған нәрсенің құны да, бағасы да көрсетілмеген
    ru: у добавленного имущества нет ни стоимости, ни цены
    en: what was added stands without a value and without a price
fires_on:
  - case:
      kk: Пәтер алпыс бірінші күні қосылған
      ru: Квартира добавлена на шестьдесят первый день
      en: A flat was added on the sixty-first day
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date | due_date   | currency
        D1 | P1        | income | 2023 | 1       | false      | 2024-09-01 | 2024-09-15 | KZT
        D2 | P1        | income | 2023 | 2       | true       | 2024-11-15 | 2024-09-15 | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2023 | KZT      | 3000
      declared_real_estate: |
        row_id | declaration_id | owner     | object_number | value   | currency
        R1     | D1             | declarant | 20-100        | 9000000 | KZT
        R2     | D2             | declarant | 20-100        | 9000000 | KZT
        R3     | D2             | spouse    | 20-200        | 7000000 | KZT
    expect: |
      subject_id | object_id   | amount     | currency | since      | evidence
      P1         | income:2023 | 7000000.00 | KZT      | 2024-11-15 | declaration/D1 declaration/D2 declared_real_estate/R3
  - case:
      kk: Үшінші нұсқадағы көлік пен доллар шоты
      ru: Машина и счёт в долларах в третьей версии
      en: A car and a dollar account in the third version
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date | due_date   | currency
        D9 | P1        | income | 2023 | 1       | false      | 2024-09-01 | 2024-09-15 | KZT
        D2 | P1        | income | 2023 | 2       | false      | 2024-10-01 | 2024-09-15 | KZT
        D3 | P1        | income | 2023 | 3       | true       | 2025-03-01 | 2024-09-15 | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2023 | KZT      | 3000
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | USD      | KZT            | 2023 | 450
      declared_vehicle: |
        row_id | declaration_id | object_number | price   | currency
        V1     | D3             | WDB1          | 3000000 | KZT
      declared_account: |
        row_id | declaration_id | account_number | amount | currency
        A1     | D2             | KZ01           | 5      | KZT
        A2     | D3             | KZ01           | 5      | KZT
        A3     | D3             | KZ02           | 1000   | USD
    expect: |
      subject_id | object_id   | amount     | evidence
      P1         | income:2023 | 3450000.00 | declaration/D9 declaration/D3 declared_account/A3 declared_vehicle/V1
silent_on:
  - case:
      kk: Нөмір бұрынғы нұсқада басқаша бөліп жазылған
      ru: В прежней версии номер разделён иначе
      en: The earlier version parts the number in another way
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date | due_date   | currency
        D1 | P1        | income | 2023 | 1       | false      | 2024-09-01 | 2024-09-15 | KZT
        D2 | P1        | income | 2023 | 2       | true       | 2025-03-01 | 2024-09-15 | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2023 | KZT      | 3000
      declared_real_estate: |
        row_id | declaration_id | owner     | object_number  | value   | currency
        R1     | D1             | declarant | 20-313-001-204 | 9000000 | KZT
        R2     | D2             | declarant | 20 313 001 204 | 9000000 | KZT
  - case:
      kk: Дәл алпысыншы күні; бәрі бұрынғы нұсқада бар
      ru: Ровно на шестидесятый день; всё было в прежней версии
      en: On the sixtieth day exactly; all stood in the version before
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date | due_date   | currency
        D1 | P1        | income | 2023 | 1       | false      | 2024-09-01 | 2024-09-15 | KZT
        D2 | P1        | income | 2023 | 2       | true       | 2024-11-14 | 2024-09-15 | KZT
        D3 | P2        | income | 2023 | 1       | false      | 2024-09-01 | 2024-09-15 | KZT
        D4 | P2        | income | 2023 | 2       | true       | 2025-09-01 | 2024-09-15 | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2023 | KZT      | 3000
      declared_real_estate: |
        row_id | declaration_id | object_number | value   | currency
        R1     | D2             | 20-100        | 9000000 | KZT
        R2     | D3             | 20-200        | 9000000 | KZT
        R3     | D4             | 20-200        | 9000000 | KZT
  - case:
      kk: Шағын шот; нөмірсіз мүлік; күні белгісіз; алғашқы нұсқаның өзі кеш
      ru: Небольшой счёт; имущество без номера; день неизвестен; поздно подана сама первая версия
      en: A small account; property without a number; an unknown day; a first version that is late
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date | due_date   | currency
        D1 | P1        | income | 2023 | 1       | false      | 2024-09-01 | 2024-09-15 | KZT
        D2 | P1        | income | 2023 | 2       | true       | 2025-03-01 | 2024-09-15 | KZT
        D3 | P2        | income | 2023 | 1       | false      | 2024-09-01 | 2024-09-15 | KZT
        D4 | P2        | income | 2023 | 2       | true       |            | 2024-09-15 | KZT
        D5 | P3        | income | 2023 | 1       | true       | 2025-03-01 | 2024-09-15 | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2023 | KZT      | 3000
      declared_account: |
        row_id | declaration_id | account_number | amount  | currency
        A1     | D2             | KZ01           | 3000000 | KZT
        A2     | D4             | KZ01           | 9000000 | KZT
        A3     | D5             | KZ01           | 9000000 | KZT
      declared_real_estate: |
        row_id | declaration_id | object_number | value   | currency
        R1     | D2             |               | 9000000 | KZT
*/
WITH added AS (
    SELECT
        a.person_id,
        a.form,
        a.year,
        a.filed_date,
        a.id AS declaration_id,
        d.currency,
        d.index_unit,
        t.earlier_id,
        t.table_name || '/' || t.row_id AS row_name,
        t.worth
    FROM declaration a
    JOIN current_declaration d ON d.id = a.id
    JOIN added_thing t ON t.declaration_id = a.id
    WHERE date_diff('day', a.due_date, a.filed_date) > $days
)
SELECT
    person_id AS subject_id,
    form || ':' || CAST(year AS VARCHAR) AS object_id,
    sum(worth) AS amount,
    min(currency) AS currency,
    min(filed_date) AS since,
    list_concat(
        ['declaration/' || min(earlier_id), 'declaration/' || min(declaration_id)], list_sort(array_agg(row_name))
    ) AS evidence
FROM added
GROUP BY person_id, form, year
HAVING sum(worth) > CAST($threshold * min(index_unit) AS DECIMAL(32, 2))
