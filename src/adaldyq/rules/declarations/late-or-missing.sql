/*
id: declarations.late-or-missing
kind: flag
severity: medium
title:
  kk: Декларация мерзімінен кеш тапсырылған немесе тапсырылмаған
  ru: Декларация подана с опозданием или не подана
  en: A declaration is late or missing
explanation:
  kk: >-
    Осы адам декларация тапсыруға міндетті болған, бірақ мерзім өтіп кетсе де декларация жоқ немесе бірінші нұсқасы мерзімнен
    кейін келген. Мерзім тіркелімдегі ең соңғы тапсырылған күнге қарай есептеледі; өз мерзімінен тым кейінге жазылған күн
    (мысалы, 2099 жыл) қате деп саналып, есепке алынбайды. Кешігу себебін түсіндіру қажет.
  ru: >-
    Этот человек обязан был подать декларацию, но срок прошёл, а её нет, либо первая версия подана позже срока. Срок
    сверяется с днём последней подачи, известной реестру; день намного позже срока своего года (например, 2099 год)
    считается опиской и не учитывается. Нужно пояснить причину.
  en: >-
    This person had to file a declaration, but the last day has passed and there is none, or its first version came later.
    “Passed” means before the day of the latest filing that the register holds; a day far beyond the last day of its own
    year, such as one in 2099, is taken for a slip and does not count. It needs an explanation why.
basis:
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 11-бап
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 11
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 11
innocent:
  - kk: Мерзім заңды түрде ұзартылған — ауру, әскери қызмет немесе шетелдегі ұзақ іссапар.
    ru: Срок законно продлён — болезнь, военная служба или долгая командировка за границу.
    en: The last day was lawfully put off for illness, military service or long work abroad.
  - kk: Адам мерзімге дейін қайтыс болған немесе міндет одан алынған.
    ru: Человек умер до наступления срока или обязанность с него снята.
    en: The person died before the day, or was released from the duty.
  - kk: Декларация қағаз түрінде уақытында тапсырылып, тіркелімге кеш енгізілген.
    ru: Декларация сдана вовремя на бумаге, но внесена в реестр позже.
    en: The declaration was handed in on paper in time and entered in the register later.
parameters:
  - name: days
    value: 180
    unit: {kk: күн, ru: дней, en: days}
    meaning:
      kk: Өз жылының мерзімінен осыдан кейінге жазылған тапсыру күні уақыттың қай жерге жеткенін көрсетпейді
      ru: Подача позже срока своего года больше чем на столько не показывает, какой день уже наступил
      en: A filing later than this after the last day of its own year does not show which day has come
tables:
  declaration: [id, person_id, form, year, version, filed_date]
  obligation: [id, person_id, form, year, due_date]
optional:
  paper_in_hand: []
unit: {kk: міндет, ru: обязанность, en: obligation}
checked: |
  WITH filed AS (
      SELECT person_id, form, year, count(*) FILTER (WHERE filed_date IS NULL) AS undated
      FROM declaration
      GROUP BY person_id, form, year
  ),
  due AS (
      SELECT form, year, min(due_date) AS day FROM obligation GROUP BY form, year
  ),
  last_filing AS (
      SELECT max(d.filed_date) AS day
      FROM declaration d
      JOIN due u ON u.form = d.form AND u.year = d.year
      WHERE d.filed_date <= u.day + $days * INTERVAL 1 DAY
  )
  SELECT
      o.id AS unit_id,
      CASE
          WHEN o.due_date IS NULL THEN 'no-due-date'
          WHEN f.undated > 0 THEN 'no-filing-day'
          WHEN f.person_id IS NULL AND p.id IS NULL AND (l.day IS NULL OR o.due_date >= l.day) THEN 'not-yet-due'
      END AS reason
  FROM obligation o
  CROSS JOIN last_filing l
  LEFT JOIN filed f ON f.person_id = o.person_id AND f.form = o.form AND f.year = o.year
  LEFT JOIN paper_in_hand p ON p.person_id = o.person_id AND p.form = o.form AND p.year = o.year
  UNION ALL
  SELECT d.id, 'no-obligation'
  FROM declaration d
  ANTI JOIN obligation o ON o.person_id = d.person_id AND o.form = d.form AND o.year = d.year
  WHERE d.is_current
reasons:
  no-due-date: {kk: тапсыру мерзімі белгісіз, ru: срок подачи неизвестен, en: the last day to file is not known}
  no-filing-day: {kk: тапсырылған күні белгісіз, ru: день подачи неизвестен, en: the day of filing is not known}
  not-yet-due: {kk: мерзімі әлі өткен жоқ, ru: срок ещё не наступил, en: it is not yet due}
  no-obligation:
    kk: міндеттер тіркелімінде мұндай декларация жоқ
    ru: в реестре обязанностей такой декларации нет
    en: no obligation is known for the declaration
fires_on:
  - case:
      kk: Мерзімнен кейінгі күні тапсырған; мүлде тапсырмаған
      ru: Подана на следующий день после срока; не подана вовсе
      en: Filed on the day after the last; not filed at all
    tables:
      obligation: |
        id | person_id | year | form   | reason   | due_date
        O1 | P1        | 2024 | income | official | 2025-09-15
        O2 | P2        | 2024 | income | official | 2025-09-15
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date
        D1 | P1        | income | 2024 | 1       | true       | 2025-09-16
        D9 | P9        | income | 2024 | 1       | true       | 2025-10-01
    expect: |
      subject_id | object_id   | amount | since      | evidence
      P1         | income:2024 |        | 2025-09-15 | declaration/D1 obligation/O1
      P2         | income:2024 |        | 2025-09-15 | obligation/O2
  - case:
      kk: Бірінші нұсқасы кеш келген; басқа нысан міндетті ауыстырмайды
      ru: Первая версия подана поздно; другая форма не заменяет
      en: The first version was late; another form does not do
    tables:
      obligation: |
        id | person_id | year | form   | due_date
        O1 | P1        | 2024 | assets | 2025-07-15
        O2 | P2        | 2024 | assets | 2025-07-15
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date
        D1 | P1        | assets | 2024 | 1       | false      | 2025-07-20
        D2 | P1        | assets | 2024 | 2       | true       | 2025-08-20
        D3 | P2        | income | 2024 | 1       | true       | 2025-07-01
    expect: |
      subject_id | object_id   | since      | evidence
      P1         | assets:2024 | 2025-07-15 | declaration/D1 obligation/O1
      P2         | assets:2024 | 2025-07-15 | obligation/O2
  - case:
      kk: Қағазда мерзімнен кейін келіп, әлі енгізіліп жатыр
      ru: Пришла на бумаге после срока и ещё вводится
      en: It came on paper after the last day, and is still being keyed in
    tables:
      obligation: |
        id | person_id | year | form   | due_date
        O1 | P1        | 2024 | income | 2025-07-15
      paper_in_hand: |
        id | person_id | year | form   | received_date
        H1 | P1        | 2024 | income | 2025-07-16
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date
    expect: |
      subject_id | object_id   | since      | evidence
      P1         | income:2024 | 2025-07-15 | obligation/O1 paper_in_hand/H1
silent_on:
  - case:
      kk: Қағазда уақытында келіп, әлі енгізіліп жатыр
      ru: Пришла на бумаге в срок и ещё вводится
      en: It came on paper in time, and is still being keyed in
    tables:
      obligation: |
        id | person_id | year | form   | due_date
        O1 | P1        | 2024 | income | 2025-07-15
        O9 | P9        | 2024 | income | 2025-09-15
      paper_in_hand: |
        id | person_id | year | form   | received_date
        H1 | P1        | 2024 | income | 2025-07-15
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date
        D9 | P9        | income | 2024 | 1       | true       | 2025-09-01
  - case:
      kk: Біреудің 2099 жылға жазылған күні басқалардың мерзімін өткізбейді
      ru: Чей-то день подачи в 2099 году не делает сроки других прошедшими
      en: Somebody's filing dated 2099 does not make the others overdue
    tables:
      obligation: |
        id | person_id | year | form   | due_date
        O1 | P1        | 2025 | income | 2026-09-15
        O2 | P2        | 2024 | income | 2025-09-15
        O3 | P3        | 2025 | income | 2099-12-31
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date
        D2 | P2        | income | 2024 | 1       | true       | 2025-09-01
        D3 | P3        | income | 2025 | 1       | true       | 2099-03-01
  - case:
      kk: Соңғы күні тапсырған; түзету кейін келген
      ru: Подана в последний день; поправка пришла позже
      en: Filed on the last day; the amendment came later
    tables:
      obligation: |
        id | person_id | year | form   | due_date
        O1 | P1        | 2024 | income | 2025-09-15
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date
        D1 | P1        | income | 2024 | 1       | false      | 2025-09-15
        D2 | P1        | income | 2024 | 2       | true       | 2025-12-01
  - case:
      kk: Мерзімі келмеген; тапсырылған күні белгісіз; міндеті жоқ адам
      ru: Срок не наступил; день подачи неизвестен; обязанности нет
      en: Not yet due; the day of filing is unknown; a person without the duty
    tables:
      obligation: |
        id | person_id | year | form   | due_date
        O1 | P1        | 2025 | income | 2026-09-15
        O2 | P2        | 2024 | income | 2025-09-15
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date
        D1 | P2        | income | 2024 | 1       | true       |
        D2 | P3        | income | 2024 | 1       | true       | 2026-01-15
*/
WITH filed AS (
    SELECT
        person_id,
        form,
        year,
        min(filed_date) AS filed_date,
        min(id) FILTER (WHERE version = 1) AS declaration_id,
        count(*) FILTER (WHERE filed_date IS NULL) AS undated
    FROM declaration
    GROUP BY person_id, form, year
),
due AS (
    SELECT form, year, min(due_date) AS day FROM obligation GROUP BY form, year
),
last_filing AS (
    SELECT max(d.filed_date) AS day
    FROM declaration d
    JOIN due u ON u.form = d.form AND u.year = d.year
    WHERE d.filed_date <= u.day + $days * INTERVAL 1 DAY
),
duty AS (
    SELECT person_id, form, year, max(due_date) AS due_date, min(id) AS obligation_id
    FROM obligation
    GROUP BY person_id, form, year
)
SELECT
    o.person_id AS subject_id,
    o.form || ':' || CAST(o.year AS VARCHAR) AS object_id,
    CAST(NULL AS DECIMAL(18, 2)) AS amount,
    CAST(NULL AS VARCHAR) AS currency,
    o.due_date AS since,
    CASE
        WHEN f.declaration_id IS NULL AND p.id IS NOT NULL THEN ['obligation/' || o.obligation_id, 'paper_in_hand/' || p.id]
        WHEN f.declaration_id IS NULL THEN ['obligation/' || o.obligation_id]
        ELSE ['declaration/' || f.declaration_id, 'obligation/' || o.obligation_id]
    END AS evidence
FROM duty o
CROSS JOIN last_filing l
LEFT JOIN filed f ON f.person_id = o.person_id AND f.form = o.form AND f.year = o.year
LEFT JOIN paper_in_hand p ON p.person_id = o.person_id AND p.form = o.form AND p.year = o.year
WHERE (f.person_id IS NULL AND p.id IS NULL AND o.due_date < l.day)
    OR (f.person_id IS NULL AND p.received_date > o.due_date)
    OR (f.undated = 0 AND f.filed_date > o.due_date)
