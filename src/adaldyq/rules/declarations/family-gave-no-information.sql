/*
id: declarations.family-gave-no-information
kind: flag
severity: medium
title:
  kk: Отбасы мүшесі мәлімет бермеген
  ru: Член семьи не предоставил сведений
  en: A family member gave no information
explanation:
  kk: >-
    Декларацияда отбасы мүшесі мәлімет бермеді деп жазылған, сондықтан мүліктің бағасы, сомасы немесе атауы бос тұр. Қай мүшесі
    және неге бермегенін түсіндіру қажет. Нысанында мұндай белгі жоқ елдерде қағида ештеңе сұрамайды.
  ru: >-
    В декларации отмечено, что член семьи не предоставил сведений, и поэтому цена, сумма или название стоят пустыми. Нужно
    пояснить, кто именно и почему. Там, где в форме нет такой отметки, правило ни о чём не спрашивает.
  en: >-
    The declaration says that a member of the family gave no information, so that a price, a sum or a name stands empty. It
    needs an explanation who it was and why. Where the form has no such mark the rule asks nothing.
basis:
  - kk: Украинаның азаматтық талдаушыларының жарияланған белгісі (dragnet, red_flags.es6)
    ru: Опубликованный признак гражданских аналитиков Украины (dragnet, red_flags.es6)
    en: A published flag of Ukraine's civic analysts (dragnet, red_flags.es6)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 8-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 8
    en: United Nations Convention against Corruption, article 8, paragraph 5
innocent:
  - kk: Ересек баласы немесе бөлек тұратын жұбайы мәлімет беруден шынымен бас тартқан.
    ru: Взрослый ребёнок или живущий отдельно супруг действительно отказался.
    en: A grown child, or a spouse who lives apart, did refuse.
  - kk: Мәлімет жоғалған — мүлік көп жыл бұрын алынған.
    ru: Сведения утрачены — имущество приобретено много лет назад.
    en: The facts are lost, because the thing was acquired many years ago.
tables:
  declaration: [id, person_id, year, is_current]
  withheld_value: [id, declaration_id]
steps: [current_declaration]
unit: {kk: декларация, ru: декларация, en: declaration}
checked: |
  WITH marking AS (
      SELECT DISTINCT coalesce(m.country, '') AS country
      FROM withheld_value h
      JOIN declaration m ON m.id = h.declaration_id
  )
  SELECT d.id AS unit_id, CASE WHEN k.country IS NULL THEN 'no-mark' END AS reason
  FROM current_declaration d
  LEFT JOIN marking k ON k.country = coalesce(d.country, '')
  WHERE d.leads
reasons:
  no-mark:
    kk: бұл елдің нысанында мұндай белгі жоқ (бірде-бір декларацияда кездеспейді)
    ru: в форме этой страны нет такой отметки (её нет ни в одной декларации)
    en: the country's form has no such mark (no declaration bears one)
fires_on:
  - case:
      kk: Екі жолда баға берілмеген
      ru: Цена не дана в двух строках
      en: A price is not given in two rows
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      withheld_value: |
        id | declaration_id | table_name           | row_id | detail
        H1 | D1             | declared_real_estate | R1     | costDate
        H2 | D1             | declared_real_estate | R2     | costDate
    expect: |
      subject_id | object_id | amount | currency | since      | evidence
      P1         | 2024      |        |          | 2024-12-31 | declaration/D1 declared_real_estate/R1 declared_real_estate/R2 withheld_value/H1 withheld_value/H2
  - case:
      kk: Жолы жоқ бөлімде
      ru: В разделе без строки
      en: Where the entry became no row
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      withheld_value: |
        id | declaration_id | detail
        H1 | D1             | en_name
    expect: |
      subject_id | object_id | evidence
      P1         | 2024      | declaration/D1 withheld_value/H1
silent_on:
  - case:
      kk: Белгі жоқ
      ru: Отметок нет
      en: No mark
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
  - case:
      kk: Белгі тек ауыстырылған нұсқада
      ru: Отметка только в заменённой версии
      en: A mark in a version that was replaced
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | currency
        D1 | P1        | income | 2024 | 1       | false      | KZT
        D2 | P1        | income | 2024 | 2       | true       | KZT
      withheld_value: |
        id | declaration_id | detail
        H1 | D1             | costDate
*/
WITH marked AS (
    SELECT d.id AS declaration_id, d.person_id, d.year, d.year_end, h.id, h.table_name || '/' || h.row_id AS row_name
    FROM withheld_value h
    JOIN current_declaration d ON d.id = h.declaration_id
    WHERE d.leads
)
SELECT
    person_id AS subject_id,
    CAST(year AS VARCHAR) AS object_id,
    CAST(NULL AS DECIMAL(18, 2)) AS amount,
    CAST(NULL AS VARCHAR) AS currency,
    min(year_end) AS since,
    list_concat(
        ['declaration/' || min(declaration_id)],
        list_sort(array_agg(DISTINCT row_name)),
        list_sort(array_agg('withheld_value/' || id))
    ) AS evidence
FROM marked
GROUP BY person_id, year
