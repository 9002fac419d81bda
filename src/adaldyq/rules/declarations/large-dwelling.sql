/*
id: declarations.large-dwelling
kind: flag
severity: low
title: {kk: Өте үлкен тұрғын үй, ru: Очень большое жильё, en: A very large dwelling}
explanation:
  kk: >-
    Декларацияда ауданы өте үлкен пәтер немесе үй тұр: меншік болсын, пайдалануда болсын. Оның қай ақшаға алынғанын немесе
    салынғанын, ал басқанікі болса, кімнің мүлкі екенін түсіндіру қажет.
  ru: >-
    В декларации есть квартира или дом очень большой площади, в собственности или в пользовании. Нужно пояснить, на какие
    деньги жильё куплено или построено, а если оно чужое, то кому принадлежит.
  en: >-
    The declaration names a flat or a house of a very large area, owned or used. It needs an explanation with what money it was
    bought or built or, when it is not the household's, whose it is.
basis:
  - kk: Украинаның азаматтық талдаушыларының жарияланған шегі (dragnet, red_flags.es6)
    ru: Опубликованный порог гражданских аналитиков Украины (dragnet, red_flags.es6)
    en: Published threshold of Ukraine's civic analysts (dragnet, red_flags.es6)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 52, paragraph 5
innocent:
  - kk: Үйде бірнеше ұрпақ немесе бірнеше отбасы бірге тұрады.
    ru: В доме живут вместе несколько поколений или несколько семей.
    en: Several generations, or several families, live in it together.
  - kk: Аудан қате жазылған — бөлшектің үтірі қалып қойған немесе жер ауданы көрсетілген.
    ru: Площадь записана с ошибкой — пропущена запятая или указана площадь участка.
    en: The area was mistyped, without its decimal point, or it is that of the plot.
  - kk: Бұл ауылдағы арзан ескі үй.
    ru: Это старый недорогой дом в селе.
    en: It is an old, cheap house in a village.
parameters:
  - name: metres
    threshold: large_dwelling
    unit: {kk: шаршы метр, ru: квадратных метров, en: square metres}
    meaning:
      kk: Ауданы осыдан үлкен тұрғын үй туралы сұралады
      ru: Спрашивают о жилье большей площади
      en: A dwelling of a larger area is asked about
tables:
  declaration: [id, person_id, year, is_current]
  declared_real_estate: [row_id, declaration_id, kind, area]
steps: [current_declaration]
unit: {kk: көрсетілген тұрғын үй, ru: указанное жильё, en: declared dwelling}
checked: |
  SELECT r.row_id AS unit_id, CASE WHEN r.area IS NULL THEN 'no-area' END AS reason
  FROM declared_real_estate r
  JOIN current_declaration d ON d.id = r.declaration_id
  WHERE d.leads AND r.kind IN ('apartment', 'house') AND coalesce(r.owner, 'declarant') <> 'other'
reasons:
  no-area: {kk: ауданы көрсетілмеген, ru: площадь не указана, en: the area is not stated}
fires_on:
  - case:
      kk: Үш жүз метрден асатын үй, екі жыл
      ru: Дом больше трёхсот метров, два года
      en: A house above three hundred metres, for two years
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      declared_real_estate: |
        row_id | declaration_id | owner     | kind  | object_number | area   | basis     | value    | currency
        R1     | D1             | declarant | house | 20-100        | 300.01 | ownership | 50000000 | KZT
        R2     | D2             | declarant | house | 20-100        | 300.01 | ownership | 60000000 | KZT
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | 20-100    | 50000000.00 | KZT      | 2023-12-31 | declaration/D1 declared_real_estate/R1
  - case:
      kk: Ақысыз пайдаланылатын пәтер; ерлі-зайыптының екі үлесі
      ru: Квартира в пользовании; две доли супругов
      en: A flat in use; two shares of a couple
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      declared_real_estate: |
        row_id | declaration_id | owner     | kind      | object_number | area | basis           | value    | currency
        R1     | D1             | declarant | apartment |               | 310  | use             |          | KZT
        R2     | D1             | declarant | house     | 20-200        | 400  | joint ownership | 10000000 | KZT
        R3     | D1             | spouse    | house     | 20-200        | 400  | joint ownership | 10000000 | KZT
    expect: |
      subject_id | object_id | amount      | currency | evidence
      P1         | 20-200    | 20000000.00 | KZT      | declaration/D1 declared_real_estate/R2 declared_real_estate/R3
      P1         | R1        |             |          | declaration/D1 declared_real_estate/R1
silent_on:
  - case:
      kk: Дәл үш жүз метр; үлкен жер мен дүкен
      ru: Ровно триста метров; большой участок и магазин
      en: Three hundred metres exactly; a large plot and a shop
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      declared_real_estate: |
        row_id | declaration_id | kind       | area
        R1     | D1             | house      | 300
        R2     | D1             | land       | 1500
        R3     | D1             | commercial | 900
  - case:
      kk: Ауданы белгісіз; бөтен адамның үйі
      ru: Площадь неизвестна; чужой дом
      en: An unknown area; somebody else's house
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      declared_real_estate: |
        row_id | declaration_id | owner     | kind  | area
        R1     | D1             | declarant | house |
        R2     | D1             | other     | house | 900
*/
WITH large AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        r.row_id,
        coalesce(r.object_number, r.row_id) AS thing,
        coalesce(r.value, r.price) AS worth,
        r.currency
    FROM declared_real_estate r
    JOIN current_declaration d ON d.id = r.declaration_id
    WHERE r.kind IN ('apartment', 'house')
        AND r.area > $metres
        AND d.leads
        AND coalesce(r.owner, 'declarant') <> 'other'
),
first_year AS (
    SELECT declaration_id, person_id, year_end, row_id, thing, worth, currency
    FROM large
    QUALIFY year = min(year) OVER (PARTITION BY person_id, thing)
)
SELECT
    person_id AS subject_id,
    thing AS object_id,
    CASE WHEN min(currency) = max(currency) THEN sum(worth) END AS amount,
    CASE WHEN min(currency) = max(currency) AND sum(worth) IS NOT NULL THEN min(currency) END AS currency,
    min(year_end) AS since,
    list_concat(['declaration/' || min(declaration_id)], list_sort(array_agg('declared_real_estate/' || row_id))) AS evidence
FROM first_year
GROUP BY person_id, thing
