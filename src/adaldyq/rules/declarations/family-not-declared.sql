/*
id: declarations.family-not-declared
kind: flag
severity: medium
title:
  kk: Жұбайы немесе баласы отбасы қатарында көрсетілмеген
  ru: Супруг или ребёнок не указан в составе семьи
  en: A spouse or child is not named as family
explanation:
  kk: >-
    Азаматтық хал актілері тіркелімінде жыл соңында декларанттың жұбайы немесе кәмелетке толмаған баласы болған, бірақ
    декларацияның отбасы бөлімінде ол жоқ. Неге көрсетілмегенін түсіндіру қажет.
  ru: >-
    По реестру актов гражданского состояния на конец года у декларанта был супруг или несовершеннолетний ребёнок, но в
    разделе о семье его нет. Нужно пояснить, почему он не указан.
  en: >-
    By the civil register the declarant had a spouse or a minor child when the year ended, who is not in the declaration's
    section on the family. It needs an explanation why this person was not named.
basis:
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 11-бап
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 11
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 11
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 8-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 8
    en: United Nations Convention against Corruption, article 8, paragraph 5
innocent:
  - kk: Неке шетелде бұзылған, тіркелімге әлі енгізілмеген.
    ru: Брак расторгнут за границей, и в реестре этого ещё нет.
    en: The marriage was ended abroad and the register does not know yet.
  - kk: Бала басқа ата-анасымен тұрады немесе асырап алуға берілген.
    ru: Ребёнок живёт с другим родителем или передан на усыновление.
    en: The child lives with the other parent, or was adopted by others.
  - kk: Бала жыл соңында туған, жазба декларациядан кейін түскен.
    ru: Ребёнок родился в конце года, запись появилась после подачи декларации.
    en: The child was born as the year ended and was registered after the filing.
tables:
  declaration: [id, person_id, year, is_current]
  declared_family: [declaration_id, relative_id]
  family_tie: [id, person_id, relative_id, kind, valid_from, valid_to]
optional:
  person: []
  person_name: []
steps: [current_declaration, household]
unit: {kk: декларация, ru: декларация, en: declaration}
checked: |
  WITH nameless AS (
      SELECT declaration_id, relation, birth_date, left(trim(replace(replace(replace(lower(name), ' ', '<>'), '><', ''), '<>', ' ')), 200) AS name
      FROM declared_family
      WHERE relative_id IS NULL
  ),
  perhaps AS (
      SELECT h.declaration_id, h.member_id
      FROM household h
      JOIN nameless n ON n.declaration_id = h.declaration_id AND coalesce(n.relation, h.role) = h.role
      LEFT JOIN person p ON p.id = h.member_id
      LEFT JOIN person_name s ON s.person_id = h.member_id
      ANTI JOIN declared_family f ON f.declaration_id = h.declaration_id AND f.relative_id = h.member_id
      WHERE h.role <> 'declarant'
      GROUP BY h.declaration_id, h.member_id
      HAVING bool_or(n.birth_date IS NULL OR p.birth_date IS NULL)
          AND NOT bool_or(
              coalesce(n.birth_date = p.birth_date, false) OR coalesce(n.name = left(trim(replace(replace(replace(lower(s.text), ' ', '<>'), '><', ''), '<>', ' ')), 200), false)
          )
  ),
  unsure AS (
      SELECT DISTINCT declaration_id FROM perhaps
  )
  SELECT d.id AS unit_id, CASE WHEN n.declaration_id IS NOT NULL THEN 'no-number' END AS reason
  FROM current_declaration d
  LEFT JOIN unsure n ON n.declaration_id = d.id
  WHERE d.leads
reasons:
  no-number:
    kk: жұбайы не баласы нөмірсіз жазылған, туған күнімен салыстыруға болмайды, ал аты әртүрлі жазылуы мүмкін
    ru: супруг или ребёнок указан без номера, по дню рождения сличить нельзя, а имя могли записать иначе
    en: a spouse or child stands without a number, the day of birth cannot be compared, and the name may be spelt otherwise
fires_on:
  - case:
      kk: Жұбайы мен кіші баласы көрсетілмеген
      ru: Не указаны супруга и младший ребёнок
      en: The wife and the younger child are missing
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      person: |
        id | birth_date
        C1 | 2010-03-08
        C2 | 2024-12-31
      family_tie: |
        id | person_id | relative_id | kind   | valid_from
        T1 | P1        | P2          | spouse | 2008-05-05
        T2 | P1        | C1          | child  | 2010-03-08
        T3 | P1        | C2          | child  | 2024-12-31
      declared_family: |
        row_id | declaration_id | owner | relation | relative_id
        F1     | D1             | child | child    | C1
    expect: |
      subject_id | object_id | amount | currency | since      | evidence
      P1         | C2        |        |          | 2024-12-31 | declaration/D1 family_tie/T3
      P1         | P2        |        |          | 2024-12-31 | declaration/D1 family_tie/T1
  - case:
      kk: Жұбайы тек бірінші жылы көрсетілген
      ru: Супруг указан только в первый год
      en: The husband stands only in the first year's declaration
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | assets | 2022 | true       | KZT
        D2 | P1        | income | 2023 | true       | KZT
        D3 | P1        | income | 2024 | true       | KZT
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
      declared_family: |
        row_id | declaration_id | relation | relative_id
        F1     | D1             | spouse   | P2
    expect: |
      subject_id | object_id | since      | evidence
      P1         | P2        | 2023-12-31 | declaration/D2 family_tie/T1
  - case:
      kk: Нөмірсіз жазылған апасы мен басқа күні туған бала жұбайы мен баланың орнына жүрмейді
      ru: Сестра без номера и ребёнок с другим именем и днём рождения не заменяют супругу и ребёнка
      en: A sister without a number and a child of another name and birth do not stand for wife and child
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      person: |
        id | birth_date
        P2 | 1985-05-05
        C1 | 2010-03-08
      person_name: |
        id | person_id | text
        N1 | P2        | Оспанова Айгүл
        N2 | C1        | Оспанов Дәулет
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
        T2 | P1        | C1          | child
      declared_family: |
        row_id | declaration_id | relation | name           | birth_date
        F1     | D1             | sibling  | Оспанова Айгүл | 1985-05-05
        F2     | D1             | child    | Оспанов Алан   | 2012-01-01
    expect: |
      subject_id | object_id | evidence
      P1         | C1        | declaration/D1 family_tie/T2
      P1         | P2        | declaration/D1 family_tie/T1
silent_on:
  - case:
      kk: Жұбайы туған күнімен, баласы атымен танылады
      ru: Супруга узнаётся по дню рождения, ребёнок — по имени
      en: The wife is known by her day of birth, the child by the name
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      person: |
        id | birth_date
        P2 | 1985-05-05
        C1 | 2010-03-08
      person_name: |
        id | person_id | text
        N1 | P2        | Оспанова Айгүл
        N2 | C1        | Оспанов Дәулет
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
        T2 | P1        | C1          | child
      declared_family: |
        row_id | declaration_id | relation | name            | birth_date
        F1     | D1             | spouse   | Ospanova Aigul  | 1985-05-05
        F2     | D1             | child    | оспанов  дәулет | 2010-03-09
  - case:
      kk: Жұбайының туған күні тіркелімде жоқ, аты латынша жазылған
      ru: Дня рождения супруги в реестре нет, имя записано латиницей
      en: The register has no day of birth of the wife, whose name stands in Latin letters
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      person: |
        id | birth_date
        P2 |
      person_name: |
        id | person_id | text
        N1 | P2        | Оспанова Айгүл
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
      declared_family: |
        row_id | declaration_id | relation | name           | birth_date
        F1     | D1             | spouse   | Ospanova Aigul | 1985-05-05
  - case:
      kk: 31 желтоқсанда ажырасқан; сол күні 18-ге толған; қайтыс болған; келесі жылы туған
      ru: Развод 31 декабря; в этот день исполнилось 18; умер; родился на следующий год
      en: Divorced on 31 December; eighteen on that day; died; born the year after
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      person: |
        id | birth_date | death_date
        C1 | 2006-12-31 |
        C2 | 2015-01-01 | 2024-06-06
        C3 | 2025-01-01 |
      family_tie: |
        id | person_id | relative_id | kind   | valid_from | valid_to
        T1 | P1        | P2          | spouse | 2008-05-05 | 2024-12-31
        T2 | P1        | C1          | child  |            |
        T3 | P1        | C2          | child  |            |
        T4 | P1        | C3          | child  |            |
  - case:
      kk: Отбасы мүшесі нөмірсіз жазылған; ата-ана мен аға
      ru: Член семьи указан без номера; родитель и брат
      en: A member without a number; a parent and a brother
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P3        | income | 2024 | true       | KZT
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
        T2 | P3        | P4          | parent
        T3 | P3        | P5          | sibling
      declared_family: |
        row_id | declaration_id | relation | relative_id | name
        F1     | D1             | spouse   |             | Айгүл
*/
WITH nameless AS (
    SELECT declaration_id, relation, birth_date, left(trim(replace(replace(replace(lower(name), ' ', '<>'), '><', ''), '<>', ' ')), 200) AS name
    FROM declared_family
    WHERE relative_id IS NULL
),
stands AS (
    SELECT DISTINCT h.declaration_id, h.member_id
    FROM household h
    JOIN nameless n ON n.declaration_id = h.declaration_id AND coalesce(n.relation, h.role) = h.role
    LEFT JOIN person p ON p.id = h.member_id
    LEFT JOIN person_name s ON s.person_id = h.member_id
    WHERE n.birth_date = p.birth_date
        OR n.name = left(trim(replace(replace(replace(lower(s.text), ' ', '<>'), '><', ''), '<>', ' ')), 200)
        OR n.birth_date IS NULL
        OR p.birth_date IS NULL
),
missing AS (
    SELECT h.declaration_id, h.person_id, h.year, h.year_end, h.member_id, h.tie_id
    FROM household h
    ANTI JOIN declared_family f ON f.declaration_id = h.declaration_id AND f.relative_id = h.member_id
    ANTI JOIN stands n ON n.declaration_id = h.declaration_id AND n.member_id = h.member_id
    WHERE h.role <> 'declarant'
),
first_year AS (
    SELECT m.declaration_id, m.person_id, m.year_end, m.member_id, m.tie_id
    FROM missing m
    LEFT JOIN person p ON p.id = m.member_id
    WHERE p.death_date IS NULL OR p.death_date > m.year_end
    QUALIFY m.year = min(m.year) OVER (PARTITION BY m.person_id, m.member_id)
)
SELECT
    person_id AS subject_id,
    member_id AS object_id,
    CAST(NULL AS DECIMAL(18, 2)) AS amount,
    CAST(NULL AS VARCHAR) AS currency,
    min(year_end) AS since,
    ['declaration/' || min(declaration_id), 'family_tie/' || min(tie_id)] AS evidence
FROM first_year
GROUP BY person_id, member_id
