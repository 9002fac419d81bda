/*
id: declarations.aircraft
kind: flag
severity: low
title: {kk: Әуе көлігі, ru: Воздушное судно, en: An aircraft}
explanation:
  kk: >-
    Декларацияда әуе көлігі тұр: меншік болсын, пайдалануда болсын. Оны ұстау да қымбат, сондықтан қалай алынғанын, кім
    пайдаланатынын және шығынын кім төлейтінін түсіндіру қажет.
  ru: >-
    В декларации есть воздушное судно, в собственности или в пользовании. Дорого и содержать его, поэтому нужно пояснить, как
    оно получено, кто им пользуется и кто платит.
  en: >-
    The declaration names an aircraft, owned or used. To keep one is costly too: it needs an explanation how it was acquired,
    who uses it and who pays for it.
basis:
  - kk: Украинаның азаматтық талдаушыларының жарияланған белгісі (dragnet, red_flags.es6)
    ru: Опубликованный признак гражданских аналитиков Украины (dragnet, red_flags.es6)
    en: A published flag of Ukraine's civic analysts (dragnet, red_flags.es6)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 52, paragraph 5
innocent:
  - kk: Бұл дельтаплан, параплан немесе шағын спорттық ұшақ.
    ru: Это дельтаплан, параплан или маленький спортивный самолёт.
    en: It is a glider, a paraglider or a small sports plane.
  - kk: Отбасының шаруашылығында егінді өңдейтін ұшақ бар.
    ru: В хозяйстве семьи самолёт обрабатывает поля.
    en: The family's farm has a plane for its fields.
  - kk: Ұшақ ескі, бірнеше иесі бірге ұстайды.
    ru: Самолёт старый, его содержат несколько владельцев вместе.
    en: It is an old one that several owners keep together.
tables:
  declaration: [id, person_id, year, is_current]
  declared_vehicle: [row_id, declaration_id, kind]
steps: [current_declaration]
unit: {kk: көрсетілген көлік, ru: указанный транспорт, en: declared vehicle}
checked: |
  SELECT v.row_id AS unit_id, CASE WHEN v.kind IS NULL THEN 'no-kind' END AS reason
  FROM declared_vehicle v
  JOIN current_declaration d ON d.id = v.declaration_id
  WHERE d.leads AND coalesce(v.owner, 'declarant') <> 'other'
reasons:
  no-kind: {kk: көліктің түрі көрсетілмеген, ru: вид транспорта не указан, en: the kind of vehicle is not stated}
fires_on:
  - case:
      kk: Тікұшақ, екі жыл қатарынан
      ru: Вертолёт, два года подряд
      en: A helicopter, two years running
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      declared_vehicle: |
        row_id | declaration_id | owner     | kind     | object_number | basis     | value    | currency
        V1     | D1             | declarant | aircraft | UP-001        | ownership | 80000000 | KZT
        V2     | D2             | declarant | aircraft | UP-001        | ownership | 70000000 | KZT
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | UP-001    | 80000000.00 | KZT      | 2023-12-31 | declaration/D1 declared_vehicle/V1
  - case:
      kk: Ақысыз пайдаланылатын, нөмірсіз
      ru: В пользовании, без номера
      en: One in use, without a number
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      declared_vehicle: |
        row_id | declaration_id | owner  | kind     | basis | currency
        V1     | D1             | spouse | aircraft | use   | KZT
    expect: |
      subject_id | object_id | amount | currency | evidence
      P1         | V1        |        |          | declaration/D1 declared_vehicle/V1
silent_on:
  - case:
      kk: Қайық пен көлік
      ru: Лодка и машина
      en: A boat and a car
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      declared_vehicle: |
        row_id | declaration_id | kind | basis
        V1     | D1             | boat | ownership
        V2     | D1             | car  | ownership
  - case:
      kk: Түрі белгісіз; бөтен адамдікі; ауыстырылған нұсқа
      ru: Вид неизвестен; чужое; заменённая версия
      en: An unknown kind; somebody else's; a version that was replaced
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | currency
        D1 | P1        | income | 2024 | 1       | false      | KZT
        D2 | P1        | income | 2024 | 2       | true       | KZT
      declared_vehicle: |
        row_id | declaration_id | owner     | kind
        V1     | D1             | declarant | aircraft
        V2     | D2             | declarant |
        V3     | D2             | other     | aircraft
*/
WITH flown AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        v.row_id,
        coalesce(v.object_number, v.row_id) AS thing,
        coalesce(v.value, v.price) AS worth,
        v.currency
    FROM declared_vehicle v
    JOIN current_declaration d ON d.id = v.declaration_id
    WHERE v.kind = 'aircraft' AND d.leads AND coalesce(v.owner, 'declarant') <> 'other'
),
first_year AS (
    SELECT declaration_id, person_id, year_end, row_id, thing, worth, currency
    FROM flown
    QUALIFY year = min(year) OVER (PARTITION BY person_id, thing)
)
SELECT
    person_id AS subject_id,
    thing AS object_id,
    CASE WHEN min(currency) = max(currency) THEN max(worth) END AS amount,
    CASE WHEN min(currency) = max(currency) AND max(worth) IS NOT NULL THEN min(currency) END AS currency,
    min(year_end) AS since,
    list_concat(['declaration/' || min(declaration_id)], list_sort(array_agg('declared_vehicle/' || row_id))) AS evidence
FROM first_year
GROUP BY person_id, thing
