/*
id: declarations.vanished-without-sale
kind: flag
severity: low
title:
  kk: Мүлік декларациядан сатылмай жоғалған
  ru: Имущество исчезло из декларации без продажи
  en: Property gone from the declaration without a sale
explanation:
  kk: >-
    Былтыр декларант өзінікі деп көрсеткен мүлік келесі жылғы декларацияда жоқ. Тіркелім оның басқаға өткенін білмейді, сатудан
    түскен кіріс те көрсетілмеген. Мүлікке не болғанын түсіндіру қажет.
  ru: >-
    Имущества, которое декларант год назад указал своим, в следующей декларации нет. Реестр не знает о переходе к другому, и
    дохода от продажи не указано. Нужно пояснить, что стало с имуществом.
  en: >-
    What the declarant declared as owned is not in the declaration of the year after. The register knows of nobody who got it,
    and no income of a sale was declared. It needs an explanation what became of it.
basis:
  - kk: >-
      Тексеру әдісі: декларация тіркеліммен салыстырылады — бар деп көрсетілген мүлік кейін шығу тегі белгісіз қаражатты
      түсіндіруге пайдаланылуы мүмкін (StAR, «Getting the Full Picture on Public Officials», 2017)
    ru: >-
      Метод проверки: декларация сопоставляется с реестром — заявленное имущество может позже служить объяснением средств
      неизвестного происхождения (StAR, «Getting the Full Picture on Public Officials», 2017)
    en: >-
      Method of verification: the declaration is held against the register, because property that is only declared may
      later serve to explain money of unknown origin (StAR, “Getting the Full Picture on Public Officials”, 2017)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 52, paragraph 5
innocent:
  - kk: Үй қиратылған немесе өртенген, көлік есептен шығарылған.
    ru: Дом снесён или сгорел, машина сдана в утиль.
    en: A house was pulled down or burnt, a car was scrapped.
  - kk: Мүлік сыйға берілген, тіркеу әлі аяқталмаған.
    ru: Имущество подарено, но регистрация ещё не завершена.
    en: It was given away and the registration is not finished.
  - kk: Нөмірі өзгерген немесе келесі жылы басқаша жазылған.
    ru: Номер изменился или на следующий год записан иначе.
    en: The number changed, or was written in another way the year after.
  - kk: Декларант оны келесі жылы жазуды ұмытқан.
    ru: Декларант забыл указать его на следующий год.
    en: The declarant forgot it the year after.
tables:
  declaration: [id, person_id, year, is_current]
  declared_real_estate: [row_id, declaration_id, object_number, basis]
  declared_income: [declaration_id, kind]
  land_register: [id, object_number, owner_person_id, valid_from, valid_to]
optional:
  declared_vehicle: []
  vehicle_register: []
steps: [current_declaration]
unit:
  kk: келесі жылы да декларация тапсырған адамның меншігі
  ru: собственность тех, кто подал декларацию и на следующий год
  en: thing owned by somebody who declared the year after too
checked: |
  WITH thing AS (
      SELECT 'declared_real_estate' AS table_name, row_id, declaration_id, owner, object_number, basis, value, price, currency
      FROM declared_real_estate
      UNION ALL
      SELECT 'declared_vehicle', row_id, declaration_id, owner, object_number, basis, value, price, currency
      FROM declared_vehicle
  )
  SELECT t.table_name || '/' || t.row_id AS unit_id, CASE WHEN t.object_number IS NULL THEN 'no-number' END AS reason
  FROM thing t
  JOIN current_declaration d ON d.id = t.declaration_id
  JOIN current_declaration n ON n.person_id = d.person_id AND n.year = d.year + 1
  WHERE d.leads AND n.leads AND t.basis = 'ownership' AND coalesce(t.owner, 'declarant') = 'declarant'
reasons:
  no-number: {kk: объектінің нөмірі көрсетілмеген, ru: не указан номер объекта, en: the object has no number}
fires_on:
  - case:
      kk: Үй мен көлік жоғалған
      ru: Исчезли дом и машина
      en: A house and a car are gone
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      declared_real_estate: |
        row_id | declaration_id | owner     | object_number | basis     | value   | currency
        R1     | D1             | declarant | 20-100        | ownership | 9000000 | KZT
        R2     | D1             | declarant | 20-200        | ownership | 100     | KZT
        R3     | D2             | declarant | 20-200        | ownership | 100     | KZT
      declared_vehicle: |
        row_id | declaration_id | object_number | basis     | price  | currency
        V1     | D1             | XTA001        | ownership | 700000 | KZT
    expect: |
      subject_id | object_id | amount     | currency | since      | evidence
      P1         | 20-100    | 9000000.00 | KZT      | 2024-12-31 | declaration/D1 declaration/D2 declared_real_estate/R1
      P1         | XTA001    | 700000.00  | KZT      | 2024-12-31 | declaration/D1 declaration/D2 declared_vehicle/V1
  - case:
      kk: Тіркелімде құқық мұрагерсіз тоқтаған
      ru: Право в реестре прекратилось без преемника
      en: The right ended in the register, and nobody followed
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      land_register: |
        id | object_number | owner_person_id | valid_from | valid_to
        L0 | 20-100        | P9              | 2001-01-01 | 2010-01-01
        L1 | 20-100        | P1              | 2010-01-01 | 2024-06-06
      declared_real_estate: |
        row_id | declaration_id | object_number | basis
        R1     | D1             | 20-100        | ownership
    expect: |
      subject_id | object_id | evidence
      P1         | 20-100    | declaration/D1 declaration/D2 declared_real_estate/R1
silent_on:
  - case:
      kk: Басқаға сыйға өткен; әлі өз атында; сатудан кіріс бар
      ru: Перешло другому в дар; ещё за ним по реестру; есть доход от продажи
      en: Given to another; still the declarant's in the register; income of a sale
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
        D3 | P2        | income | 2023 | true       | KZT
        D4 | P2        | income | 2024 | true       | KZT
      land_register: |
        id | object_number | owner_person_id | basis    | valid_from | valid_to
        L1 | 20-100        | P1              | purchase | 2010-01-01 | 2024-06-06
        L2 | 20-100        | P9              | gift     | 2024-06-07 |
        L3 | 20-200        | P1              | purchase | 2010-01-01 |
      declared_income: |
        row_id | declaration_id | kind | amount  | currency
        N1     | D4             | sale | 9000000 | KZT
      declared_real_estate: |
        row_id | declaration_id | object_number | basis
        R1     | D1             | 20-100        | ownership
        R2     | D1             | 20-200        | ownership
        R3     | D3             | 20-300        | ownership
  - case:
      kk: Жалға алынған; жұбайдікі; нөмірсіз; келесі жылы басқа иесімен тұр; бір жыл үзіліс
      ru: Аренда; имущество супруга; без номера; через год записано за супругом; перерыв в год
      en: Leased; the spouse's; without a number; the spouse's the year after; a year's break
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2022 | true       | KZT
        D2 | P1        | income | 2023 | true       | KZT
        D3 | P2        | income | 2022 | true       | KZT
        D4 | P2        | income | 2024 | true       | KZT
      declared_real_estate: |
        row_id | declaration_id | owner     | object_number | basis
        R1     | D1             | declarant | 20-100        | lease
        R2     | D1             | spouse    | 20-200        | ownership
        R3     | D1             | declarant |               | ownership
        R4     | D1             | declarant | 20-400        | ownership
        R5     | D2             | spouse    | 20-400        | joint ownership
        R6     | D3             | declarant | 20-500        | ownership
*/
WITH thing AS (
    SELECT 'declared_real_estate' AS table_name, row_id, declaration_id, owner, object_number, basis, value, price, currency
    FROM declared_real_estate
    UNION ALL
    SELECT 'declared_vehicle', row_id, declaration_id, owner, object_number, basis, value, price, currency
    FROM declared_vehicle
),
pair AS (
    SELECT d.id AS declaration_id, n.id AS next_id, d.person_id, n.year, n.year_end
    FROM current_declaration d
    JOIN current_declaration n ON n.person_id = d.person_id AND n.year = d.year + 1
    WHERE d.leads AND n.leads
),
-- Most numbers are written alike in both places: only what is left over is compared by letters and figures alone.
differing AS (
    SELECT
        p.declaration_id,
        p.next_id,
        p.person_id,
        p.year_end,
        t.object_number,
        replace(replace(replace(replace(replace(lower(t.object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key,
        t.table_name || '/' || t.row_id AS row_name,
        coalesce(t.value, t.price) AS worth,
        t.currency
    FROM thing t
    JOIN pair p ON p.declaration_id = t.declaration_id
    ANTI JOIN thing a ON a.declaration_id = p.next_id AND a.object_number = t.object_number
    WHERE t.basis = 'ownership' AND coalesce(t.owner, 'declarant') = 'declarant' AND t.object_number IS NOT NULL
),
still_there AS (
    SELECT
        t.declaration_id,
        replace(replace(replace(replace(replace(lower(t.object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key
    FROM thing t
    SEMI JOIN differing g ON g.next_id = t.declaration_id
),
gone AS (
    SELECT g.declaration_id, g.next_id, g.person_id, g.year_end, g.object_number, g.number_key, g.row_name, g.worth, g.currency
    FROM differing g
    ANTI JOIN still_there t ON t.declaration_id = g.next_id AND t.number_key = g.number_key
),
sold AS (
    SELECT DISTINCT declaration_id FROM declared_income WHERE kind = 'sale'
),
unsold AS (
    SELECT g.declaration_id, g.next_id, g.person_id, g.year_end, g.object_number, g.number_key, g.row_name, g.worth, g.currency
    FROM gone g
    ANTI JOIN sold s ON s.declaration_id = g.next_id
),
known AS (
    SELECT
        replace(replace(replace(replace(replace(lower(object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key,
        owner_person_id,
        owner_company_id,
        valid_from,
        valid_to
    FROM land_register
    UNION ALL
    SELECT
        replace(replace(replace(replace(replace(lower(object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', ''),
        owner_person_id,
        owner_company_id,
        valid_from,
        valid_to
    FROM vehicle_register
),
accounted AS (
    SELECT DISTINCT u.row_name
    FROM unsold u
    JOIN known k ON k.number_key = u.number_key
    WHERE (k.valid_to IS NULL OR k.valid_to > u.year_end)
        OR (k.valid_from > u.year_end - INTERVAL 1 YEAR AND coalesce(k.owner_person_id, k.owner_company_id) <> u.person_id)
)
SELECT
    u.person_id AS subject_id,
    u.object_number AS object_id,
    CASE WHEN min(u.currency) = max(u.currency) THEN sum(u.worth) END AS amount,
    CASE WHEN min(u.currency) = max(u.currency) THEN min(u.currency) END AS currency,
    min(u.year_end) AS since,
    list_concat(
        ['declaration/' || min(u.declaration_id), 'declaration/' || min(u.next_id)], list_sort(array_agg(u.row_name))
    ) AS evidence
FROM unsold u
ANTI JOIN accounted a ON a.row_name = u.row_name
GROUP BY u.person_id, u.object_number
