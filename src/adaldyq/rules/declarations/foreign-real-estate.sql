/*
id: declarations.foreign-real-estate
kind: flag
severity: low
title: {kk: Шетелдегі жылжымайтын мүлік, ru: Недвижимость за границей, en: Real estate abroad}
explanation:
  kk: >-
    Декларант немесе отбасы шетелдегі жылжымайтын мүлікті меншігі деп көрсеткен. Өз тіркеліміміз ол туралы ештеңе білмейді: оның
    қалай, қай ақшаға алынғанын және бағасы дұрыс па екенін түсіндіру қажет.
  ru: >-
    Декларант или его семья указали недвижимость за границей. Наш реестр о ней ничего не знает: нужно пояснить, как и на какие
    деньги она приобретена и верно ли указана цена.
  en: >-
    The declarant or the household owns real estate abroad, by the declaration. Our register knows nothing of it: it needs an
    explanation how and with what money it was acquired, and whether the price is right.
basis:
  - kk: Украинаның азаматтық талдаушыларының жарияланған белгісі (dragnet, red_flags.es6)
    ru: Опубликованный признак гражданских аналитиков Украины (dragnet, red_flags.es6)
    en: A published flag of Ukraine's civic analysts (dragnet, red_flags.es6)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 52, paragraph 5
innocent:
  - kk: Отбасы бұрын сол елде тұрған немесе жұмыс істеген.
    ru: Семья раньше жила или работала в той стране.
    en: The family lived or worked in that country before.
  - kk: Мүлік шетелдегі туысынан мұраға қалған.
    ru: Имущество досталось в наследство от родственника за границей.
    en: It was left by a relative abroad.
  - kk: Үй көрші елде, шекара маңында, көп жыл бұрын алынған.
    ru: Дом в соседней стране, у границы, куплен много лет назад.
    en: The house is just over the border and was bought many years ago.
tables:
  declaration: [id, person_id, year, is_current, country]
  declared_real_estate: [row_id, declaration_id, basis, country]
steps: [current_declaration]
unit: {kk: меншік құқығымен көрсетілген объект, ru: объект в собственности, en: object declared as owned}
checked: |
  SELECT r.row_id AS unit_id, CASE WHEN r.country IS NULL OR d.country IS NULL THEN 'no-country' END AS reason
  FROM declared_real_estate r
  JOIN current_declaration d ON d.id = r.declaration_id
  WHERE d.leads AND r.basis IN ('ownership', 'joint ownership') AND coalesce(r.owner, 'declarant') <> 'other'
reasons:
  no-country: {kk: объектінің елі көрсетілмеген, ru: не указана страна объекта, en: the object has no country}
fires_on:
  - case:
      kk: Бір елдегі екі пәтер, екі жыл
      ru: Две квартиры в одной стране, два года
      en: Two flats in one country, for two years
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2023 | true       | KZ      | KZT
        D2 | P1        | income | 2024 | true       | KZ      | KZT
      declared_real_estate: |
        row_id | declaration_id | owner     | basis           | country | value    | currency
        R1     | D1             | declarant | ownership       | AE      | 90000000 | KZT
        R2     | D1             | spouse    | joint ownership | AE      | 10000000 | KZT
        R3     | D2             | declarant | ownership       | AE      | 90000000 | KZT
    expect: |
      subject_id | object_id | amount       | currency | since      | evidence
      P1         | AE        | 100000000.00 | KZT      | 2023-12-31 | declaration/D1 declared_real_estate/R1 declared_real_estate/R2
  - case:
      kk: Екі елде; бірінің бағасы белгісіз
      ru: В двух странах; цена одного неизвестна
      en: In two countries, one without its worth
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      declared_real_estate: |
        row_id | declaration_id | basis     | country | price | currency
        R1     | D1             | ownership | TR      | 70000 | USD
        R2     | D1             | ownership | GE      |       | USD
    expect: |
      subject_id | object_id | amount   | currency
      P1         | GE        |          |
      P1         | TR        | 70000.00 | USD
silent_on:
  - case:
      kk: Өз еліндегі үй; шетелде жалға алынған пәтер
      ru: Дом у себя в стране; квартира в аренде за границей
      en: A house at home; a flat rented abroad
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      declared_real_estate: |
        row_id | declaration_id | basis     | country
        R1     | D1             | ownership | KZ
        R2     | D1             | lease     | AE
  - case:
      kk: Елі белгісіз; бөтен адамның үйі; ауыстырылған нұсқа
      ru: Страна неизвестна; чужой дом; заменённая версия
      en: No country; somebody else's house; a version that was replaced
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | country | currency
        D1 | P1        | income | 2024 | 1       | false      | KZ      | KZT
        D2 | P1        | income | 2024 | 2       | true       | KZ      | KZT
      declared_real_estate: |
        row_id | declaration_id | owner     | basis     | country
        R1     | D2             | declarant | ownership |
        R2     | D2             | other     | ownership | AE
        R3     | D1             | declarant | ownership | AE
*/
WITH abroad AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        r.row_id,
        r.country,
        coalesce(r.value, r.price) AS worth,
        r.currency
    FROM declared_real_estate r
    JOIN current_declaration d ON d.id = r.declaration_id
    WHERE d.leads
        AND r.basis IN ('ownership', 'joint ownership')
        AND coalesce(r.owner, 'declarant') <> 'other'
        AND r.country <> d.country
),
first_year AS (
    SELECT declaration_id, person_id, year_end, row_id, country, worth, currency
    FROM abroad
    QUALIFY year = min(year) OVER (PARTITION BY person_id, country)
)
SELECT
    person_id AS subject_id,
    country AS object_id,
    CASE WHEN min(currency) = max(currency) THEN sum(worth) END AS amount,
    CASE WHEN min(currency) = max(currency) AND sum(worth) IS NOT NULL THEN min(currency) END AS currency,
    min(year_end) AS since,
    list_concat(
        ['declaration/' || min(declaration_id)], list_sort(array_agg('declared_real_estate/' || row_id))
    ) AS evidence
FROM first_year
GROUP BY person_id, country
