/*
id: declarations.undeclared-company-interest
kind: flag
severity: high
title:
  kk: Компаниядағы үлес декларацияда жоқ
  ru: Доля в компании не указана в декларации
  en: A share in a company is not in the declaration
explanation:
  kk: >-
    Тіркелімге сәйкес жыл соңында декларант немесе жұбайы компанияның қатысушысы немесе бенефициарлық иесі болған, бірақ
    декларацияда бұл компания жоқ. Үлестің неге көрсетілмегенін түсіндіру қажет.
  ru: >-
    По данным реестра, на конец года декларант или супруг был участником либо бенефициарным собственником компании, но в
    декларации её нет. Нужно пояснить, почему доля не указана.
  en: >-
    According to the register, the declarant or the spouse was a member or the beneficial owner of the company when the year
    ended, but the declaration does not have the company. It needs an explanation why the share was left out.
basis:
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 11-бап
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 11
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 11
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 8-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 8
    en: United Nations Convention against Corruption, article 8, paragraph 5
innocent:
  - kk: Үлес сатылған немесе сенімгерлік басқаруға берілген, тіркелім әлі өзгермеген.
    ru: Доля продана или передана в доверительное управление, реестр ещё не изменён.
    en: The share was sold or handed to a trustee and the register does not show it yet.
  - kk: Компания іс жүзінде жұмыс істемейді, декларант ол туралы ұмытқан.
    ru: Компания давно не работает, и декларант о ней забыл.
    en: The company has long been idle and the declarant forgot it.
  - kk: Компания басқа атаумен немесе бағалы қағаз ретінде көрсетілген.
    ru: Компания указана под другим названием или как ценные бумаги.
    en: The company was declared under another name, or among securities.
parameters:
  - name: share
    value: 1
    unit: {kk: пайыз, ru: процентов, en: percent}
    meaning: {kk: Ескерілетін ең аз үлес, ru: Наименьшая учитываемая доля, en: Smallest share that counts}
tables:
  declaration: [id, person_id, year, is_current]
  declared_company_interest: [declaration_id, company_id]
  ownership: [id, company_id, owner_person_id, share, valid_from, valid_to]
optional:
  company: []
  family_tie: []
steps: [current_declaration, household, named_party]
unit: {kk: декларация, ru: декларация, en: declaration}
checked: SELECT id AS unit_id, NULL AS reason FROM current_declaration WHERE leads
fires_on:
  - case:
      kk: Декларанттың үлесі мен жұбайының бенефициарлық үлесі көрсетілмеген
      ru: Не указаны доля декларанта и бенефициарная доля супруги
      en: The declarant's share and the wife's beneficial share are missing
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      family_tie: |
        person_id | relative_id | kind
        P1        | P2          | spouse
      ownership: |
        id | company_id | owner_person_id | share | kind       | valid_from
        W1 | K1         | P1              | 100   | direct     | 2024-02-01
        W2 | K2         | P2              | 25    | beneficial | 2019-01-01
    expect: |
      subject_id | object_id | since      | evidence
      P1         | K1        | 2024-12-31 | declaration/D2 ownership/W1
      P1         | K2        | 2023-12-31 | declaration/D1 ownership/W2
  - case:
      kk: Үлес дәл бір пайыз
      ru: Доля ровно один процент
      en: A share of exactly one percent
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      ownership: |
        id | company_id | owner_person_id | share | kind   | valid_from
        W1 | K1         | P1              | 1     | direct | 2024-02-01
    expect: |
      subject_id | object_id
      P1         | K1
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
      company: |
        id | name
        K1 | Arna
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
        T2 | P2        | P1          | spouse
      ownership: |
        id | company_id | owner_person_id | share | kind   | valid_from
        W1 | K1         | P2              | 51    | direct | 2020-01-01
      declared_company_interest: |
        row_id | declaration_id | company_name | company_id
        C1     | D2             | Arna         | K1
  - case:
      kk: Бір пайызға жетпейтін үлес; белгісіз үлес; жыл соңына дейін тоқтаған үлес
      ru: Доля меньше одного процента; доля неизвестна; участие прекращено до конца года
      en: A share under one percent; an unknown share; a share that ended within the year
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      ownership: |
        id | company_id | owner_person_id | share    | kind   | valid_from | valid_to
        W1 | K1         | P1              | 0.999999 | direct | 2020-01-01 |
        W2 | K2         | P1              |          | direct | 2020-01-01 |
        W3 | K3         | P1              | 60       | direct | 2020-01-01 | 2024-12-31
  - case:
      kk: Компанияның нөмірі мемлекеттік органда да тұр, атауы басқаша жазылған
      ru: Номер компании записан и за государственным органом, название указано иначе
      en: A body has the number of the company too, whose name is spelt otherwise
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      company: |
        id | identifier   | name
        K1 | 050340001231 | ЖШС «Арна»
      body: |
        id | identifier
        B1 | 050340001231
      ownership: |
        id | company_id | owner_person_id | share | kind   | valid_from
        W1 | K1         | P1              | 40    | direct | 2020-01-01
      declared_company_interest: |
        row_id | declaration_id | company_name | number
        R1     | D1             | Arna LLP     | 050340001231
  - case:
      kk: Нөмірсіз, бірақ атауымен көрсетілген компания; таратылған компания; ажырасқан жұбайдың компаниясы
      ru: Компания указана по названию; ликвидированная компания; компания бывшей супруги
      en: A company declared by its name alone; a company struck off; the company of a former wife
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      family_tie: |
        person_id | relative_id | kind   | valid_from | valid_to
        P1        | P2          | spouse | 2001-01-01 | 2024-05-05
      company: |
        id | name          | closed_date
        K1 | ЖШС «Арна»    |
        K2 | ЖШС «Бұлақ»   | 2023-07-01
        K3 | ЖШС «Шыңғыс»  |
      ownership: |
        id | company_id | owner_person_id | share | kind   | valid_from
        W1 | K1         | P1              | 40    | direct | 2020-01-01
        W2 | K2         | P1              | 40    | direct | 2020-01-01
        W3 | K3         | P2              | 40    | direct | 2020-01-01
      declared_company_interest: |
        row_id | declaration_id | company_name | company_id
        R1     | D1             | жшс «арна»   |
*/
WITH held AS (
    SELECT DISTINCT
        h.person_id,
        h.member_id,
        h.year,
        h.year_end,
        h.declaration_id,
        o.id AS ownership_id,
        o.company_id,
        coalesce(lower(trim(c.name)), '') AS company_name
    FROM household h
    JOIN ownership o ON o.owner_person_id = h.member_id
    LEFT JOIN company c ON c.id = o.company_id
    WHERE h.role <> 'child'
        AND o.share >= $share
        AND (o.valid_from IS NULL OR o.valid_from <= h.year_end)
        AND (o.valid_to IS NULL OR o.valid_to > h.year_end)
        AND (c.closed_date IS NULL OR c.closed_date > h.year_end)
),
declared AS (
    SELECT DISTINCT
        d.person_id,
        d.year,
        CASE WHEN n.row_id IS NULL THEN r.company_id ELSE n.party_id END AS company_id,
        lower(trim(r.company_name)) AS company_name
    FROM declared_company_interest r
    JOIN current_declaration d ON d.id = r.declaration_id
    LEFT JOIN named_party n ON n.row_id = r.row_id
),
differing AS (
    SELECT h.person_id, h.member_id, h.year, h.year_end, h.declaration_id, h.ownership_id, h.company_id, h.company_name
    FROM held h
    ANTI JOIN declared d ON d.person_id = h.person_id AND d.year = h.year AND d.company_id = h.company_id
    ANTI JOIN declared n ON n.person_id = h.person_id AND n.year = h.year AND n.company_name = h.company_name
),
-- A husband or wife may file a declaration of their own, and what stands there is asked of nobody.
undeclared AS (
    SELECT h.person_id, h.year_end, h.declaration_id, h.ownership_id, h.company_id
    FROM differing h
    ANTI JOIN declared d ON d.person_id = h.member_id AND d.year = h.year AND d.company_id = h.company_id
    ANTI JOIN declared n ON n.person_id = h.member_id AND n.year = h.year AND n.company_name = h.company_name
    QUALIFY h.year = min(h.year) OVER (PARTITION BY h.person_id, h.company_id)
)
SELECT
    person_id AS subject_id,
    company_id AS object_id,
    CAST(NULL AS DECIMAL(18, 2)) AS amount,
    CAST(NULL AS VARCHAR) AS currency,
    min(year_end) AS since,
    list_concat(['declaration/' || min(declaration_id)], list_sort(array_agg('ownership/' || ownership_id))) AS evidence
FROM undeclared
WHERE company_id IS NOT NULL
GROUP BY person_id, company_id
