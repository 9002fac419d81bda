/*
id: declarations.foreign-company-interest
kind: flag
severity: low
title: {kk: Шетел компаниясындағы үлес, ru: Доля в иностранной компании, en: A share in a foreign company}
explanation:
  kk: >-
    Декларант немесе отбасы шетел компаниясындағы үлесті не оның түпкі меншігін көрсеткен. Өз тіркеліміміз ол компания туралы
    ештеңе білмейді: оның немен айналысатынын, қай ақшаға алынғанын және кірісі қайда екенін түсіндіру қажет.
  ru: >-
    Декларант или его семья указали долю в иностранной компании или бенефициарное владение ею. Наш реестр об этой компании
    ничего не знает: нужно пояснить, чем она занимается, на какие деньги получена и где её доход.
  en: >-
    The declarant or the household states a share in a foreign company, or its beneficial ownership. Our register knows nothing
    of that company: it needs an explanation what it does, with what money it was acquired and where its income is.
basis:
  - kk: Украинаның азаматтық талдаушыларының жарияланған белгісі (dragnet, red_flags.es6)
    ru: Опубликованный признак гражданских аналитиков Украины (dragnet, red_flags.es6)
    en: A published flag of Ukraine's civic analysts (dragnet, red_flags.es6)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 52, paragraph 5
innocent:
  - kk: Бұл биржада сатылатын ірі компанияның аздаған акциясы.
    ru: Это немного акций крупной компании, торгуемых на бирже.
    en: It is a few shares of a large company that are traded on an exchange.
  - kk: Отбасы бұрын сол елде тұрған және кәсіппен айналысқан.
    ru: Семья раньше жила в той стране и вела там дело.
    en: The family lived in that country before and had a business there.
  - kk: Үлес лауазымға дейін алынған, қазір сенімгерлік басқаруда.
    ru: Доля получена до должности и теперь в доверительном управлении.
    en: The share was acquired before the post and is now in trust management.
tables:
  declaration: [id, person_id, year, is_current, country]
  declared_company_interest: [row_id, declaration_id, country]
steps: [current_declaration]
unit: {kk: көрсетілген үлес, ru: указанная доля, en: declared share}
checked: |
  SELECT c.row_id AS unit_id, CASE WHEN c.country IS NULL OR d.country IS NULL THEN 'no-country' END AS reason
  FROM declared_company_interest c
  JOIN current_declaration d ON d.id = c.declaration_id
  WHERE d.leads AND coalesce(c.owner, 'declarant') <> 'other'
reasons:
  no-country: {kk: компанияның елі көрсетілмеген, ru: не указана страна компании, en: the company has no country}
fires_on:
  - case:
      kk: Бір елдегі екі үлес, екі жыл
      ru: Две доли в одной стране, два года
      en: Two shares in one country, for two years
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2023 | true       | KZ      | KZT
        D2 | P1        | income | 2024 | true       | KZ      | KZT
      declared_company_interest: |
        row_id | declaration_id | owner     | company_name | country | value   | currency
        S1     | D1             | declarant | Palm FZE     | AE      | 9000000 | KZT
        S2     | D1             | spouse    | Dune FZE     | AE      | 1000000 | KZT
        S3     | D2             | declarant | Palm FZE     | AE      | 9000000 | KZT
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | AE        | 10000000.00 | KZT      | 2023-12-31 | declaration/D1 declared_company_interest/S1 declared_company_interest/S2
  - case:
      kk: Түпкі меншік; екі елде, бірінің құны белгісіз
      ru: Бенефициарное владение; в двух странах, стоимость одной неизвестна
      en: Beneficial ownership, in two countries, one without its worth
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      declared_company_interest: |
        row_id | declaration_id | beneficial | country | value | currency
        S1     | D1             | true       | CY      |       | EUR
        S2     | D1             | false      | GE      | 7000  | EUR
    expect: |
      subject_id | object_id | amount  | currency
      P1         | CY        |         |
      P1         | GE        | 7000.00 | EUR
silent_on:
  - case:
      kk: Өз еліндегі компания; шетелдік облигация
      ru: Компания в своей стране; иностранная облигация
      en: A company at home; a foreign bond
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      declared_company_interest: |
        row_id | declaration_id | country
        S1     | D1             | KZ
      declared_security: |
        row_id | declaration_id | kind | country
        B1     | D1             | bond | US
  - case:
      kk: Елі белгісіз; бөтен адамның үлесі; ауыстырылған нұсқа
      ru: Страна неизвестна; чужая доля; заменённая версия
      en: No country; somebody else's share; a version that was replaced
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | country | currency
        D1 | P1        | income | 2024 | 1       | false      | KZ      | KZT
        D2 | P1        | income | 2024 | 2       | true       | KZ      | KZT
      declared_company_interest: |
        row_id | declaration_id | owner     | country
        S1     | D2             | declarant |
        S2     | D2             | other     | AE
        S3     | D1             | declarant | AE
*/
WITH abroad AS (
    SELECT d.id AS declaration_id, d.person_id, d.year, d.year_end, c.row_id, c.country, c.value, c.currency
    FROM declared_company_interest c
    JOIN current_declaration d ON d.id = c.declaration_id
    WHERE d.leads AND coalesce(c.owner, 'declarant') <> 'other' AND c.country <> d.country
),
first_year AS (
    SELECT declaration_id, person_id, year_end, row_id, country, value, currency
    FROM abroad
    QUALIFY year = min(year) OVER (PARTITION BY person_id, country)
)
SELECT
    person_id AS subject_id,
    country AS object_id,
    CASE WHEN min(currency) = max(currency) THEN sum(value) END AS amount,
    CASE WHEN min(currency) = max(currency) AND sum(value) IS NOT NULL THEN min(currency) END AS currency,
    min(year_end) AS since,
    list_concat(
        ['declaration/' || min(declaration_id)], list_sort(array_agg('declared_company_interest/' || row_id))
    ) AS evidence
FROM first_year
GROUP BY person_id, country
