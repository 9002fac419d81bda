/*
id: declarations.vehicle-not-in-register
kind: flag
severity: medium
title:
  kk: Декларацияланған көлік тіркелімде жоқ
  ru: Указанного в декларации транспорта нет в реестре
  en: A declared vehicle is not in the register
explanation:
  kk: >-
    Декларацияда көлік меншік құқығымен көрсетілген, бірақ тіркелімде жыл соңында ол отбасы мүшелерінің ешқайсысында жоқ.
    Көлік кімнің атына тіркелгенін және шынымен бар-жоғын түсіндіру қажет.
  ru: >-
    Транспорт указан в декларации как собственность, однако по реестру на конец года его нет ни у кого из семьи. Нужно
    пояснить, на кого он записан и существует ли он.
  en: >-
    The declaration shows the vehicle as owned, but in the register nobody of the household had it when the year ended. It
    needs an explanation in whose name it is registered and whether it is there.
basis:
  - kk: >-
      Тексеру әдісі: декларация көлік тіркелімімен салыстырылады — бар деп көрсетілген мүлік кейін шығу тегі белгісіз
      қаражатты түсіндіруге пайдаланылуы мүмкін (StAR, «Getting the Full Picture on Public Officials», 2017)
    ru: >-
      Метод проверки: декларация сопоставляется с реестром транспорта — заявленное имущество может позже служить объяснением
      средств неизвестного происхождения (StAR, «Getting the Full Picture on Public Officials», 2017)
    en: >-
      Method of verification: the declaration is held against the register of vehicles, because property that is only
      declared may later serve to explain money of unknown origin (StAR, “Getting the Full Picture on Public Officials”, 2017)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 52, paragraph 5
innocent:
  - kk: Көлік жаңа ғана алынған, тіркелімге әлі енгізілмеген.
    ru: Машина куплена недавно и ещё не поставлена на учёт.
    en: The vehicle is new and not registered yet.
  - kk: Көлік сенімхатпен алынған, бұрынғы иесінің атында тұр.
    ru: Машина куплена по доверенности и записана на прежнего владельца.
    en: It was bought by power of attorney and stands in the former owner's name.
  - kk: Нөмірі қате жазылған немесе көлік шетелде тіркелген.
    ru: Номер записан с ошибкой, или машина зарегистрирована за границей.
    en: The number was mistyped, or the vehicle is registered abroad.
tables:
  declaration: [id, person_id, year, is_current, country]
  declared_vehicle: [row_id, declaration_id, object_number, basis, country]
  vehicle_register: [id, object_number, owner_person_id, valid_from, valid_to]
optional:
  family_tie: []
  person: []
steps: [current_declaration, household]
unit: {kk: меншік құқығымен көрсетілген көлік, ru: транспорт в собственности, en: vehicle declared as owned}
checked: |
  SELECT
      r.row_id AS unit_id,
      CASE WHEN r.object_number IS NULL THEN 'no-number' WHEN r.country IS NULL THEN 'no-country' END AS reason
  FROM declared_vehicle r
  JOIN current_declaration d ON d.id = r.declaration_id
  WHERE d.leads
      AND r.basis = 'ownership'
      AND coalesce(r.owner, 'declarant') <> 'other'
      AND coalesce(r.country, d.country, '') = coalesce(d.country, '')
reasons:
  no-number: {kk: көліктің нөмірі көрсетілмеген, ru: не указан номер транспорта, en: the vehicle has no number}
  no-country: {kk: көліктің елі көрсетілмеген, ru: не указана страна транспорта, en: the vehicle has no country}
fires_on:
  - case:
      kk: Көлік басқа адамның атында; екі жыл бірдей көрсетілген
      ru: Машина записана на другого; указана два года
      en: The car is in somebody else's name, and declared for two years
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2023 | true       | KZ      | KZT
        D2 | P1        | income | 2024 | true       | KZ      | KZT
      vehicle_register: |
        id | object_number | owner_person_id | valid_from
        V1 | WDB002        | P9              | 2018-01-01
      declared_vehicle: |
        row_id | declaration_id | owner     | object_number | basis     | country | value   | currency
        R1     | D1             | declarant | WDB002        | ownership | KZ      | 9000000 | KZT
        R2     | D2             | declarant | WDB002        | ownership | KZ      | 8000000 | KZT
    expect: |
      subject_id | object_id | amount     | currency | since      | evidence
      P1         | WDB002    | 9000000.00 | KZT      | 2023-12-31 | declaration/D1 declared_vehicle/R1
  - case:
      kk: Көлік 30 желтоқсанда сатылып кеткен
      ru: Машина продана 30 декабря
      en: The car was sold on 30 December
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      vehicle_register: |
        id | object_number | owner_person_id | valid_from | valid_to
        V1 | XTA001        | P1              | 2018-01-01 | 2024-12-30
      declared_vehicle: |
        row_id | declaration_id | object_number | basis     | country | price  | currency
        R1     | D1             | XTA001        | ownership | KZ      | 700000 | KZT
    expect: |
      subject_id | object_id | amount
      P1         | XTA001    | 700000.00
silent_on:
  - case:
      kk: Көлік жұбайдың атында; басқасы 31 желтоқсанда сатылған
      ru: Машина записана на супругу; другая продана 31 декабря
      en: The car is the wife's; another was sold on 31 December
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      family_tie: |
        person_id | relative_id | kind
        P1        | P2          | spouse
      vehicle_register: |
        id | object_number | owner_person_id | valid_from | valid_to
        V1 | XTA001        | P2              | 2018-01-01 |
        V2 | XTA002        | P1              | 2018-01-01 | 2024-12-31
      declared_vehicle: |
        row_id | declaration_id | owner     | object_number | basis     | country
        R1     | D1             | declarant | XTA001        | ownership | KZ
        R2     | D1             | declarant | XTA002        | ownership | KZ
  - case:
      kk: Жалға алынған; шетелде; нөмірі жоқ; елі белгісіз; бөтен көлік
      ru: Аренда; за границей; без номера; без страны; чужая машина
      en: Leased; abroad; without a number; without a country; somebody else's
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      declared_vehicle: |
        row_id | declaration_id | owner     | object_number | basis     | country
        R1     | D1             | declarant | XTA001        | lease     | KZ
        R2     | D1             | declarant | XTA002        | ownership | DE
        R3     | D1             | declarant |               | ownership | KZ
        R4     | D1             | declarant | XTA004        | ownership |
        R5     | D1             | other     | XTA005        | ownership | KZ
*/
WITH held AS (
    SELECT h.declaration_id, v.object_number
    FROM household h
    JOIN vehicle_register v ON v.owner_person_id = h.member_id
    WHERE (v.valid_from IS NULL OR v.valid_from <= h.year_end)
        AND (v.valid_to IS NULL OR v.valid_to >= h.year_end)
),
-- Most numbers are written alike in both places: only what is left over is compared by letters and figures alone.
differing AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        r.row_id,
        r.object_number,
        replace(replace(replace(replace(replace(lower(r.object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key,
        coalesce(r.value, r.price) AS worth,
        r.currency
    FROM declared_vehicle r
    JOIN current_declaration d ON d.id = r.declaration_id
    ANTI JOIN held h ON h.declaration_id = r.declaration_id AND h.object_number = r.object_number
    WHERE d.leads
        AND r.basis = 'ownership'
        AND coalesce(r.owner, 'declarant') <> 'other'
        AND r.object_number IS NOT NULL
        AND r.country = d.country
),
held_there AS (
    SELECT
        h.declaration_id,
        replace(replace(replace(replace(replace(lower(h.object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key
    FROM held h
    SEMI JOIN differing r ON r.declaration_id = h.declaration_id
),
unknown AS (
    SELECT r.declaration_id, r.person_id, r.year, r.year_end, r.row_id, r.object_number, r.worth, r.currency
    FROM differing r
    ANTI JOIN held_there h ON h.declaration_id = r.declaration_id AND h.number_key = r.number_key
),
first_year AS (
    SELECT declaration_id, person_id, year_end, row_id, object_number, worth, currency
    FROM unknown
    QUALIFY year = min(year) OVER (PARTITION BY person_id, object_number)
)
SELECT
    person_id AS subject_id,
    object_number AS object_id,
    CASE WHEN min(currency) = max(currency) THEN sum(worth) END AS amount,
    CASE WHEN min(currency) = max(currency) THEN min(currency) END AS currency,
    min(year_end) AS since,
    list_concat(
        ['declaration/' || min(declaration_id)], list_sort(array_agg('declared_vehicle/' || row_id))
    ) AS evidence
FROM first_year
GROUP BY person_id, object_number
