/*
id: declarations.undeclared-vehicle
kind: flag
severity: medium
title:
  kk: Тіркелген көлік декларацияда жоқ
  ru: Зарегистрированное транспортное средство не указано в декларации
  en: A registered vehicle is not in the declaration
explanation:
  kk: >-
    Тіркелімге сәйкес жыл соңында көлік декларанттың, оның жұбайының немесе кәмелетке толмаған баласының атында болған,
    бірақ сол жылғы декларацияда мұндай нөмірлі көлік жоқ. Неге көрсетілмегенін түсіндіру қажет.
  ru: >-
    По данным реестра, на конец года транспортное средство числилось за декларантом, супругом или несовершеннолетним
    ребёнком, однако в декларации за этот год его номера нет. Нужно пояснить, почему оно не указано.
  en: >-
    According to the register, the vehicle belonged to the declarant, the spouse or a minor child when the year ended, but
    the declaration of that year does not have its number. It needs an explanation why it was left out.
basis:
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 11-бап
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 11
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 11
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 8-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 8
    en: United Nations Convention against Corruption, article 8, paragraph 5
innocent:
  - kk: Көлік сатылған, бірақ жаңа иесі оны әлі өз атына тіркемеген.
    ru: Машина продана, но новый владелец ещё не переоформил её на себя.
    en: The vehicle was sold, but the new owner has not registered it yet.
  - kk: Көлік ұрланған, жойылған немесе есептен шығарылуда.
    ru: Машина угнана, разбита или снимается с учёта.
    en: The vehicle was stolen, wrecked or is being struck off.
  - kk: Көлік декларацияда бар, бірақ нөмірі қате жазылған.
    ru: Машина в декларации есть, но её номер записан с ошибкой.
    en: The vehicle is in the declaration, but its number was mistyped.
tables:
  declaration: [id, person_id, year, is_current]
  declared_vehicle: [declaration_id, object_number]
  vehicle_register: [id, object_number, owner_person_id, valid_from, valid_to]
optional:
  family_tie: []
  person: []
steps: [current_declaration, household]
unit: {kk: декларация, ru: декларация, en: declaration}
checked: SELECT id AS unit_id, NULL AS reason FROM current_declaration WHERE leads
fires_on:
  - case:
      kk: Екінші көлік көрсетілмеген
      ru: Второй автомобиль не указан
      en: The second car is missing
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      vehicle_register: |
        id | object_number | owner_person_id | valid_from | market_value | currency
        V1 | XTA001        | P1              | 2019-05-01 | 4000000      | KZT
        V2 | WDB002        | P1              | 2024-12-30 | 21000000     | KZT
      declared_vehicle: |
        row_id | declaration_id | object_number
        R1     | D1             | XTA001
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | WDB002    | 21000000.00 | KZT      | 2024-12-31 | declaration/D1 vehicle_register/V2
  - case:
      kk: Жұбайдың қайығы тек бірінші жылы көрсетілген
      ru: Катер супруга указан только в первый год
      en: The husband's boat stands only in the first year's declaration
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | assets | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      family_tie: |
        person_id | relative_id | kind   | valid_from
        P1        | P2          | spouse | 2010-01-01
      vehicle_register: |
        id | object_number | owner_person_id | valid_from | price   | currency
        V1 | BOAT-7        | P2              | 2020-01-01 | 2600000 | KZT
      declared_vehicle: |
        row_id | declaration_id | owner  | object_number
        R1     | D1             | spouse | BOAT-7
    expect: |
      subject_id | object_id | amount     | since
      P1         | BOAT-7    | 2600000.00 | 2024-12-31
silent_on:
  - case:
      kk: Ерлі-зайыптылар өз декларацияларын бөлек тапсырды, мүлік иесінікінде тұр
      ru: Супруги подали каждый свою декларацию, и имущество стоит в декларации владельца
      en: Husband and wife each filed a declaration, and what the owner has stands in the owner's
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P2        | income | 2024 | true       | KZT
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
        T2 | P2        | P1          | spouse
      vehicle_register: |
        id | object_number | owner_person_id | valid_from
        V1 | WDB-1         | P2              | 2015-05-05
      declared_vehicle: |
        declaration_id | object_number
        D2             | WDB 1
  - case:
      kk: Көлік желтоқсанда сатылған; басқасы келесі жылы алынған
      ru: Машина продана в декабре; другая куплена в следующем году
      en: The car was sold in December; another was bought the next year
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      vehicle_register: |
        id | object_number | owner_person_id | valid_from | valid_to
        V1 | XTA001        | P1              | 2015-05-01 | 2024-12-31
        V2 | XTA002        | P1              | 2025-01-02 |
  - case:
      kk: Ересек баланың көлігі және компанияның көлігі
      ru: Машина взрослого ребёнка и машина компании
      en: The car of an adult child and the car of a company
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      person: |
        id | birth_date
        C1 | 2001-03-08
      family_tie: |
        person_id | relative_id | kind  | valid_from
        P1        | C1          | child | 2001-03-08
      vehicle_register: |
        id | object_number | owner_person_id | owner_company_id | valid_from
        V1 | XTA001        | C1              |                  | 2021-01-01
        V2 | XTA002        |                 | K1               | 2021-01-01
  - case:
      kk: Көлік тек түзетілген нұсқада көрсетілген
      ru: Машина указана только в исправленной версии
      en: The car stands only in the amended version
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | currency
        D1 | P1        | income | 2024 | 1       | false      | KZT
        D2 | P1        | income | 2024 | 2       | true       | KZT
      vehicle_register: |
        id | object_number | owner_person_id | valid_from
        V1 | XTA001        | P1              | 2021-01-01
      declared_vehicle: |
        row_id | declaration_id | object_number
        R1     | D2             | XTA001
  - case:
      kk: Нөмір кіші әріппен және бос орынмен жазылған
      ru: Номер записан строчными буквами и с пробелом
      en: The number is written in small letters and with a space
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      vehicle_register: |
        id | object_number | owner_person_id | valid_from
        V1 | XTA001        | P1              | 2015-01-01
      declared_vehicle: |
        row_id | declaration_id | object_number
        R1     | D1             | xta 001
*/
WITH declared AS (
    SELECT d.person_id, d.year, r.object_number
    FROM declared_vehicle r
    JOIN current_declaration d ON d.id = r.declaration_id
    WHERE r.object_number IS NOT NULL
),
-- Most numbers are written alike in both places: only what is left over is compared by letters and figures alone.
differing AS (
    SELECT DISTINCT
        h.person_id,
        h.member_id,
        h.year,
        h.year_end,
        h.declaration_id,
        h.tie_id,
        v.object_number,
        replace(replace(replace(replace(replace(lower(v.object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key,
        v.id AS right_id,
        coalesce(v.market_value, v.price) AS worth,
        v.currency
    FROM household h
    JOIN vehicle_register v ON v.owner_person_id = h.member_id
    ANTI JOIN declared d ON d.person_id = h.person_id AND d.year = h.year AND d.object_number = v.object_number
    WHERE v.object_number IS NOT NULL
        AND (v.valid_from IS NULL OR v.valid_from <= h.year_end)
        AND (v.valid_to IS NULL OR v.valid_to > h.year_end)
),
-- A husband or wife may file a declaration of their own, and what stands there is asked of nobody.
asked AS (
    SELECT person_id, year FROM differing
    UNION
    SELECT member_id, year FROM differing
),
declared_there AS (
    SELECT
        d.person_id,
        d.year,
        replace(replace(replace(replace(replace(lower(d.object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key
    FROM declared d
    SEMI JOIN asked a ON a.person_id = d.person_id AND a.year = d.year
),
undeclared AS (
    SELECT h.person_id, h.year, h.year_end, h.declaration_id, h.tie_id, h.object_number, h.right_id, h.worth, h.currency
    FROM differing h
    ANTI JOIN declared_there d ON d.person_id = h.person_id AND d.year = h.year AND d.number_key = h.number_key
    ANTI JOIN declared_there o ON o.person_id = h.member_id AND o.year = h.year AND o.number_key = h.number_key
),
first_year AS (
    SELECT person_id, year_end, declaration_id, tie_id, object_number, right_id, worth, currency
    FROM undeclared
    QUALIFY year = min(year) OVER (PARTITION BY person_id, object_number)
)
SELECT
    person_id AS subject_id,
    object_number AS object_id,
    CASE WHEN min(currency) = max(currency) THEN sum(worth) END AS amount,
    CASE WHEN min(currency) = max(currency) THEN min(currency) END AS currency,
    min(year_end) AS since,
    list_concat(
        ['declaration/' || min(declaration_id), 'family_tie/' || min(tie_id)],
        list_sort(array_agg('vehicle_register/' || right_id))
    ) AS evidence
FROM first_year
GROUP BY person_id, object_number
