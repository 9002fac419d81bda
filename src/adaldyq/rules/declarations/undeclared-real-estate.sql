/*
id: declarations.undeclared-real-estate
kind: flag
severity: high
title:
  kk: Тіркелген жылжымайтын мүлік декларацияда жоқ
  ru: Зарегистрированная недвижимость не указана в декларации
  en: Registered real estate is not in the declaration
explanation:
  kk: >-
    Тіркелімге сәйкес жыл соңында декларант, оның жұбайы немесе кәмелетке толмаған баласы осы объектіге құқық иеленген,
    бірақ сол жылғы декларацияда мұндай нөмірлі объект жоқ. Неге көрсетілмегенін түсіндіру қажет.
  ru: >-
    По данным реестра, на конец года право на этот объект принадлежало декларанту, супругу или несовершеннолетнему
    ребёнку, однако в декларации за этот год объекта с таким номером нет. Нужно пояснить, почему он не указан.
  en: >-
    According to the register, the declarant, the spouse or a minor child held a right to this object when the year ended,
    but the declaration of that year has no object with this number. It needs an explanation why it was left out.
basis:
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 11-бап
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 11
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 11
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 8-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 8
    en: United Nations Convention against Corruption, article 8, paragraph 5
innocent:
  - kk: Тіркелім кешігіп жаңартылған — құқық жыл соңына дейін басқа адамға өтіп кеткен.
    ru: Реестр обновили с опозданием, и право перешло к другому лицу ещё до конца года.
    en: The register was updated late and the right had passed to somebody else before the year ended.
  - kk: Объект декларацияда көрсетілген, бірақ нөмірі қате жазылған немесе бос қалған.
    ru: Объект в декларации есть, но его номер записан с ошибкой или пропущен.
    en: The object is in the declaration, but its number was mistyped or left out.
  - kk: Мұра ресімделіп біткенімен, декларант бұл туралы білмеген.
    ru: Наследство оформлено, но декларант об этом ещё не знал.
    en: An inheritance had been registered, but the declarant did not know of it yet.
  - kk: Тіркелімде аты-жөні бірдей басқа адам жазылған.
    ru: В реестре записан другой человек с тем же именем.
    en: The register holds another person of the same name.
tables:
  declaration: [id, person_id, year, is_current]
  declared_real_estate: [declaration_id, object_number]
  land_register: [id, object_number, owner_person_id, valid_from, valid_to]
optional:
  family_tie: []
  person: []
steps: [current_declaration, held_real_estate]
unit: {kk: декларация, ru: декларация, en: declaration}
checked: SELECT id AS unit_id, NULL AS reason FROM current_declaration WHERE leads
fires_on:
  - case:
      kk: Жұбайдың пәтері екі жыл қатар көрсетілмеген
      ru: Квартира супруги не указана два года подряд
      en: The wife's flat is missing two years running
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D3 | P1        | income | 2023 | true       | KZT
        D4 | P1        | income | 2024 | true       | KZT
      family_tie: |
        person_id | relative_id | kind   | valid_from | valid_to
        P1        | P2          | spouse | 2015-06-01 |
      land_register: |
        id | object_number | owner_person_id | valid_from | valid_to | market_value | currency
        L1 | 20-100        | P2              | 2022-03-01 |          | 30000000     | KZT
        L2 | 20-200        | P1              | 2010-01-01 |          | 9000000      | KZT
      declared_real_estate: |
        row_id | declaration_id | object_number
        R1     | D3             | 20-200
        R2     | D4             | 20-200
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | 20-100    | 30000000.00 | KZT      | 2023-12-31 | declaration/D3 land_register/L1
  - case:
      kk: Ерлі-зайыптының ортақ үйі декларация түзетілгеннен кейін де жоқ; құны белгісіз
      ru: Общий дом супругов пропал после поправки к декларации; стоимость неизвестна
      en: The couple's house is gone from the amended declaration; its value is unknown
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | currency
        D1 | P1        | income | 2024 | 1       | false      | KZT
        D2 | P1        | income | 2024 | 2       | true       | KZT
      family_tie: |
        person_id | relative_id | kind
        P1        | P2          | spouse
      land_register: |
        id | object_number | owner_person_id | share | valid_from | market_value | currency
        L1 | 30-1          | P1              | 50    | 2024-12-31 |              | KZT
        L2 | 30-1          | P2              | 50    | 2024-12-31 |              | KZT
      declared_real_estate: |
        row_id | declaration_id | object_number
        R1     | D1             | 30-1
    expect: |
      subject_id | object_id | amount | since      | evidence
      P1         | 30-1      |        | 2024-12-31 | declaration/D2 land_register/L1 land_register/L2
  - case:
      kk: Кәмелетке толмаған баланың жері
      ru: Участок несовершеннолетнего ребёнка
      en: The land of a minor child
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      person: |
        id | birth_date
        C1 | 2007-01-01
      family_tie: |
        person_id | relative_id | kind  | valid_from
        P1        | C1          | child | 2007-01-01
      land_register: |
        id | object_number | owner_person_id | valid_from | price   | currency
        L1 | 40-1          | C1              |            | 2500000 | KZT
    expect: |
      subject_id | object_id | amount
      P1         | 40-1      | 2500000.00
silent_on:
  - case:
      kk: Жұбайы қайтыс болған, ал тіркелімде пәтер әлі соның атында
      ru: Супруг умер, а квартира в реестре всё ещё на его имя
      en: The spouse has died, and the register still holds the flat in their name
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      person: |
        id | birth_date | death_date
        P2 | 1950-01-01 | 2020-06-01
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
      land_register: |
        id | object_number | owner_person_id | valid_from
        L1 | 20-1          | P2              | 2015-05-05
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
      land_register: |
        id | object_number | owner_person_id | valid_from
        L1 | 20-1          | P2              | 2015-05-05
      declared_real_estate: |
        declaration_id | object_number
        D2             | 20 1
  - case:
      kk: Мүлік желтоқсанда сатылған, тіпті жылдың соңғы күні
      ru: Объекты проданы в декабре, один — в последний день года
      en: Sold in December, one of them on the last day of the year
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      land_register: |
        id | object_number | owner_person_id | valid_from | valid_to
        L1 | 20-100        | P1              | 2012-01-01 | 2024-12-20
        L2 | 20-200        | P1              | 2012-01-01 | 2024-12-31
  - case:
      kk: Он сегізге толған бала мен ажырасқан жұбайдың мүлкі, келесі қаңтарда сатып алынған үй
      ru: Имущество ребёнка, которому исполнилось 18, и бывшей супруги; дом куплен в январе следующего года
      en: Property of a child who turned 18, of a divorced spouse, and a house bought the next January
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      person: |
        id | birth_date
        C1 | 2006-12-31
      family_tie: |
        person_id | relative_id | kind   | valid_from | valid_to
        P1        | C1          | child  | 2006-12-31 |
        P1        | P2          | spouse | 2005-01-01 | 2024-11-30
      land_register: |
        id | object_number | owner_person_id | valid_from | valid_to
        L1 | 20-100        | C1              | 2020-01-01 |
        L2 | 20-200        | P2              | 2020-01-01 |
        L3 | 20-300        | P1              | 2025-01-01 |
  - case:
      kk: Объект сол жылы берілген екінші нысанда көрсетілген
      ru: Объект указан во второй форме, поданной за тот же год
      en: The object stands in the other form filed for the same year
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P1        | assets | 2024 | true       | KZT
      land_register: |
        id | object_number | owner_person_id | valid_from
        L1 | 20-100        | P1              | 2012-01-01
      declared_real_estate: |
        row_id | declaration_id | object_number
        R1     | D2             | 20-100
  - case:
      kk: Нөмірдің арасы басқаша бөлініп жазылған
      ru: Номер записан с другими знаками между цифрами
      en: The number is parted in another way
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      land_register: |
        id | object_number | owner_person_id | valid_from
        L1 | 20-313-001    | P1              | 2012-01-01
      declared_real_estate: |
        row_id | declaration_id | object_number
        R1     | D1             | 20 313 001
*/
WITH declared AS (
    SELECT d.person_id, d.year, r.object_number
    FROM declared_real_estate r
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
        h.object_number,
        replace(replace(replace(replace(replace(lower(h.object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key,
        h.right_id,
        h.worth,
        h.currency
    FROM held_real_estate h
    ANTI JOIN declared d ON d.person_id = h.person_id AND d.year = h.year AND d.object_number = h.object_number
    WHERE h.object_number IS NOT NULL AND (h.valid_to IS NULL OR h.valid_to > h.year_end)
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
        list_sort(array_agg('land_register/' || right_id))
    ) AS evidence
FROM first_year
GROUP BY person_id, object_number
