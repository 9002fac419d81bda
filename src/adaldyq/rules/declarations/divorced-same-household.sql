/*
id: declarations.divorced-same-household
kind: flag
severity: medium
title:
  kk: Ажырасқан, бірақ бір үйде тұрады
  ru: В разводе, но живут вместе
  en: Divorced, yet in one home
explanation:
  kk: >-
    Неке декларация берілген жылдары немесе сәл бұрын бұзылған, бірақ бір жыл өткен соң да екеуі бір тұрғын үйде тіркелген, ал бұрынғы жұбай
    ажырасқаннан кейін қымбат мүлік сатып алған. Ажырасу мүлікті декларациядан шығару үшін ғана жасалған-жасалмағанын
    түсіндіру қажет.
  ru: >-
    Брак расторгнут в годы, за которые поданы декларации, или незадолго до них, но и через год оба зарегистрированы в одном жилье, а бывший супруг
    после развода приобрёл дорогое имущество. Нужно пояснить, не был ли развод лишь способом вывести имущество из декларации.
  en: >-
    The marriage ended within the declared years or shortly before, yet a year later both were registered in one dwelling, and after the divorce
    the former spouse acquired costly property. It needs an explanation whether the divorce only served to take property out
    of the declaration.
basis:
  - kk: "Тексеру әдісі: мүлікті қағаз жүзінде ғана ажырасқан жұбайға жазу — жасырудың белгілі тәсілі (StAR, «Getting the Full Picture on Public Officials», 2017)"
    ru: "Метод проверки: запись имущества на супруга в формальном разводе — известный способ сокрытия (StAR, «Getting the Full Picture on Public Officials», 2017)"
    en: "Method of verification: putting property in the name of a spouse divorced on paper is a known way to hide it (StAR, “Getting the Full Picture on Public Officials”, 2017)"
innocent:
  - kk: Бұрынғы жұбай балалармен сол үйде қалып, тіркеуін өзгертпеген.
    ru: Бывший супруг остался с детьми в том же жилье и не менял регистрацию.
    en: The former spouse stayed with the children and never changed the registration.
  - kk: Мүлік бұрынғы жұбайдың өз кірісіне немесе жаңа некедегі қаражатқа алынған.
    ru: Имущество куплено на собственный доход бывшего супруга или в новом браке.
    en: The property was bought from the former spouse's own income, or in a new marriage.
  - kk: Мүлік ажырасқанда сот шешімімен бөліп берілген.
    ru: Имущество отошло бывшему супругу при разделе по решению суда.
    en: The property fell to the former spouse when a court divided it.
parameters:
  - name: years_before
    value: 2
    unit: {kk: жыл, ru: года, en: years}
    meaning:
      kk: Бірінші декларацияға дейін осынша жыл ішіндегі ажырасу да ескеріледі
      ru: Учитывается и развод за столько лет до первой декларации
      en: A divorce this many years before the first declaration counts too
  - name: threshold
    threshold: asked_above
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Ажырасқаннан кейін алынған мүліктің ең аз құны
      ru: Наименьшая стоимость приобретённого после развода
      en: Smallest worth of what was acquired after the divorce
tables:
  declaration: [id, person_id, year, is_current]
  family_tie: [id, person_id, relative_id, kind, valid_to]
  residence: [id, person_id, dwelling, valid_from, valid_to]
  land_register: [id, owner_person_id, valid_from, currency]
  index_value: []
optional:
  vehicle_register: []
  person: []
steps: [current_declaration]
unit: {kk: декларант, ru: декларант, en: declarant}
checked: |
  WITH declarant AS (
      SELECT person_id, min(year) AS first_year, max(year) AS last_year
      FROM current_declaration
      GROUP BY person_id
  ),
  divorced AS (
      SELECT t.person_id, t.relative_id
      FROM declarant d
      JOIN family_tie t ON t.person_id = d.person_id
      WHERE t.kind = 'spouse' AND extract(YEAR FROM t.valid_to) BETWEEN d.first_year - $years_before AND d.last_year
  ),
  unhoused AS (
      SELECT d.person_id FROM divorced d ANTI JOIN residence r ON r.person_id = d.person_id
      UNION
      SELECT d.person_id FROM divorced d ANTI JOIN residence r ON r.person_id = d.relative_id
  )
  SELECT d.person_id AS unit_id, CASE WHEN u.person_id IS NOT NULL THEN 'no-residence' END AS reason
  FROM declarant d
  LEFT JOIN unhoused u ON u.person_id = d.person_id
reasons:
  no-residence:
    kk: ажырасқандардың тұрғылықты жері белгісіз
    ru: место жительства разведённых неизвестно
    en: it is not known where the divorced live
fires_on:
  - case:
      kk: Ажырасқаннан кейін пәтер мен көлік алған, бір үйде тұрады
      ru: После развода куплены квартира и машина, живут вместе
      en: A flat and a car were bought after the divorce, and they live together
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2021 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2023 | KZT      | 3000
      family_tie: |
        id | person_id | relative_id | kind   | valid_from | valid_to
        T1 | P1        | P2          | spouse | 2010-01-01 | 2022-03-15
        T2 | P2        | P1          | spouse | 2010-01-01 | 2022-03-15
      residence: |
        id | person_id | dwelling | valid_from | valid_to
        R1 | P1        | H1       | 2010-01-01 |
        R2 | P2        | H1       | 2010-01-01 |
      land_register: |
        id | object_number | owner_person_id | valid_from | price   | market_value | currency
        L1 | 20-1          | P2              | 2023-01-01 | 2000000 | 2500000      | KZT
      vehicle_register: |
        id | object_number | owner_person_id | valid_from | price  | currency
        V1 | WDB1          | P2              | 2023-05-01 | 500001 | KZT
    expect: |
      subject_id | object_id | amount     | currency | since      | evidence
      P1         | P2        | 3000001.00 | KZT      | 2022-03-15 | family_tie/T1 land_register/L1 residence/R1 residence/R2 vehicle_register/V1
  - case:
      kk: Бірге жаңа үйге көшкен
      ru: Вместе переехали в новый дом
      en: They moved to a new home together
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2022 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2022 | KZT      | 3000
      family_tie: |
        id | person_id | relative_id | kind   | valid_to
        T1 | P1        | P2          | spouse | 2022-03-15
      residence: |
        id | person_id | dwelling | valid_from | valid_to
        R1 | P1        | H1       | 2010-01-01 | 2022-06-01
        R2 | P2        | H1       | 2010-01-01 | 2022-06-01
        R3 | P1        | H2       | 2022-06-02 |
        R4 | P2        | H2       | 2023-03-15 |
      land_register: |
        id | object_number | owner_person_id | valid_from | price    | currency
        L1 | 20-1          | P2              | 2022-03-16 | 20000000 | KZT
    expect: |
      subject_id | object_id | amount      | evidence
      P1         | P2        | 20000000.00 | family_tie/T1 land_register/L1 residence/R3 residence/R4
silent_on:
  - case:
      kk: Бір жылға жетпей көшіп кеткен; ажырасу күні алынған үй; дәл шекке тең
      ru: Разъехались раньше чем через год; дом куплен в день развода; ровно на пороге
      en: They parted within the year; a house bought on the day of divorce; exactly at the threshold
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2022 | true       | KZT
        D2 | P3        | income | 2022 | true       | KZT
        D3 | P5        | income | 2022 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2022 | KZT      | 3000
      family_tie: |
        id | person_id | relative_id | kind   | valid_to
        T1 | P1        | P2          | spouse | 2022-03-15
        T2 | P3        | P4          | spouse | 2022-03-15
        T3 | P5        | P6          | spouse | 2022-03-15
      residence: |
        id | person_id | dwelling | valid_from | valid_to
        R1 | P1        | H1       | 2010-01-01 |
        R2 | P2        | H1       | 2010-01-01 | 2023-03-14
        R3 | P3        | H2       | 2010-01-01 |
        R4 | P4        | H2       | 2010-01-01 |
        R5 | P5        | H3       | 2010-01-01 |
        R6 | P6        | H3       | 2010-01-01 |
      land_register: |
        id | object_number | owner_person_id | valid_from | price    | currency
        L1 | 20-1          | P2              | 2022-09-01 | 20000000 | KZT
        L2 | 20-2          | P4              | 2022-03-15 | 20000000 | KZT
        L3 | 20-3          | P6              | 2022-09-01 | 3000000  | KZT
  - case:
      kk: Жұбайы қайтыс болған; ажырасу бірінші декларациядан көп бұрын болған
      ru: Супруг умер; развод был задолго до первой декларации
      en: The spouse died; the divorce was long before the first declaration
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2022 | true       | KZT
        D2 | P3        | income | 2022 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2022 | KZT      | 3000
      person: |
        id | death_date
        P2 | 2022-03-15
      family_tie: |
        id | person_id | relative_id | kind   | valid_to
        T1 | P1        | P2          | spouse | 2022-03-15
        T2 | P3        | P4          | spouse | 2019-12-31
      residence: |
        id | person_id | dwelling | valid_from
        R1 | P1        | H1       | 2010-01-01
        R2 | P2        | H1       | 2010-01-01
        R3 | P3        | H2       | 2010-01-01
        R4 | P4        | H2       | 2010-01-01
      land_register: |
        id | object_number | owner_person_id | valid_from | price    | currency
        L1 | 20-1          | P2              | 2022-09-01 | 20000000 | KZT
        L2 | 20-2          | P4              | 2022-09-01 | 20000000 | KZT
*/
WITH declarant AS (
    SELECT person_id, min(year) AS first_year, max(year) AS last_year
    FROM current_declaration
    GROUP BY person_id
),
divorce AS (
    SELECT
        t.person_id,
        t.relative_id,
        max(t.id) AS tie_id,
        max(t.valid_to) AS day,
        CAST(max(t.valid_to) + INTERVAL 1 YEAR AS DATE) AS year_later
    FROM declarant d
    JOIN family_tie t ON t.person_id = d.person_id
    LEFT JOIN person p ON p.id = t.relative_id
    ANTI JOIN family_tie again
        ON again.person_id = t.person_id
        AND again.relative_id = t.relative_id
        AND again.kind = 'spouse'
        AND again.valid_to IS NULL
    WHERE t.kind = 'spouse'
        AND extract(YEAR FROM t.valid_to) BETWEEN d.first_year - $years_before AND d.last_year
        AND (p.death_date IS NULL OR p.death_date > t.valid_to)
    GROUP BY t.person_id, t.relative_id
),
home AS (
    SELECT d.tie_id, r.dwelling, min(r.id) AS residence_id
    FROM divorce d
    JOIN residence r ON r.person_id = d.person_id
    WHERE (r.valid_from IS NULL OR r.valid_from <= d.year_later)
        AND (r.valid_to IS NULL OR r.valid_to >= d.year_later)
    GROUP BY d.tie_id, r.dwelling
),
home_of_relative AS (
    SELECT d.tie_id, r.dwelling, min(r.id) AS residence_id
    FROM divorce d
    JOIN residence r ON r.person_id = d.relative_id
    WHERE (r.valid_from IS NULL OR r.valid_from <= d.year_later)
        AND (r.valid_to IS NULL OR r.valid_to >= d.year_later)
    GROUP BY d.tie_id, r.dwelling
),
together AS (
    SELECT
        d.tie_id,
        d.person_id,
        d.relative_id,
        d.day,
        min(h.residence_id) AS residence_id,
        min(o.residence_id) AS residence_of_relative_id
    FROM divorce d
    JOIN home h ON h.tie_id = d.tie_id
    JOIN home_of_relative o ON o.tie_id = d.tie_id AND o.dwelling = h.dwelling
    GROUP BY d.tie_id, d.person_id, d.relative_id, d.day
),
property AS (
    SELECT
        t.tie_id,
        'land_register/' || l.id AS row_name,
        l.valid_from,
        coalesce(l.market_value, l.price) AS worth,
        l.currency
    FROM together t
    JOIN land_register l ON l.owner_person_id = t.relative_id AND l.valid_from > t.day
    UNION ALL
    SELECT t.tie_id, 'vehicle_register/' || v.id, v.valid_from, coalesce(v.market_value, v.price), v.currency
    FROM together t
    JOIN vehicle_register v ON v.owner_person_id = t.relative_id AND v.valid_from > t.day
),
acquired AS (
    SELECT
        t.tie_id,
        t.person_id,
        t.relative_id,
        t.day,
        t.residence_id,
        t.residence_of_relative_id,
        p.row_name,
        p.worth,
        p.currency,
        CAST(p.worth / i.amount AS DECIMAL(28, 6)) AS index_units
    FROM together t
    JOIN property p ON p.tie_id = t.tie_id
    JOIN index_value i ON i.currency = p.currency AND i.year = extract(YEAR FROM p.valid_from)
    WHERE p.worth > 0 AND i.amount > 0
)
SELECT
    person_id AS subject_id,
    relative_id AS object_id,
    CASE WHEN min(currency) = max(currency) THEN sum(worth) END AS amount,
    CASE WHEN min(currency) = max(currency) THEN min(currency) END AS currency,
    min(day) AS since,
    list_sort(
        list_concat(
            ['family_tie/' || min(tie_id), 'residence/' || min(residence_id), 'residence/' || min(residence_of_relative_id)],
            array_agg(row_name)
        )
    ) AS evidence
FROM acquired
GROUP BY person_id, relative_id
HAVING sum(index_units) > $threshold
