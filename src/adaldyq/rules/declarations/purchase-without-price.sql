/*
id: declarations.purchase-without-price
kind: flag
severity: low
title:
  kk: Жыл ішінде алынған мүліктің бағасы көрсетілмеген
  ru: Цена приобретённого в этом году не указана
  en: Bought in the year, without a price
explanation:
  kk: >-
    Декларацияда осы жылы меншікке алынған жылжымайтын мүлік немесе көлік бағасыз тұр, ал тіркелім мұның сыйға тарту не мұра
    екенін растамайды. Мүліктің қалай және қанша ақшаға алынғанын түсіндіру қажет.
  ru: >-
    Недвижимость или транспорт, полученные в собственность в этом году, указаны без цены, а реестр не подтверждает дарения
    или наследства. Нужно пояснить, как и за сколько они приобретены.
  en: >-
    Real estate or a vehicle that became the household's own in this year stands without a price, and the register does not
    say that it was a gift or an inheritance. It needs an explanation how it was acquired and for how much.
basis:
  - kk: Украинаның азаматтық талдаушыларының жарияланған белгісі (dragnet, red_flags.es6)
    ru: Опубликованный признак гражданских аналитиков Украины (dragnet, red_flags.es6)
    en: A published flag of Ukraine's civic analysts (dragnet, red_flags.es6)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 52, paragraph 5
innocent:
  - kk: Мүлік сыйға берілген немесе мұраға қалған, тіркелім негізін көрсетпейді.
    ru: Имущество подарено или унаследовано, а реестр основания не называет.
    en: It was a gift or an inheritance, and the register does not name the ground.
  - kk: Жер мемлекеттен тегін берілген, үйді отбасы өзі салған.
    ru: Участок выделен государством бесплатно, дом семья построила сама.
    en: The state gave the land free, or the family built the house itself.
  - kk: Келісім ажырасу кезінде мүлікті бөлу болған.
    ru: Имущество разделено при разводе.
    en: It came when property was divided after a divorce.
tables:
  declaration: [id, person_id, year, is_current]
  declared_real_estate: [row_id, declaration_id, basis, acquired_date, price]
optional:
  declared_vehicle: []
  land_register: []
steps: [current_declaration]
unit: {kk: меншік құқығымен көрсетілген зат, ru: имущество в собственности, en: thing declared as owned}
checked: |
  WITH thing AS (
      SELECT 'declared_real_estate' AS table_name, row_id, declaration_id, owner, basis, acquired_date
      FROM declared_real_estate
      UNION ALL
      SELECT 'declared_vehicle', row_id, declaration_id, owner, basis, acquired_date
      FROM declared_vehicle
  )
  SELECT
      t.table_name || '/' || t.row_id AS unit_id,
      CASE WHEN t.acquired_date IS NULL THEN 'no-date' END AS reason
  FROM thing t
  JOIN current_declaration d ON d.id = t.declaration_id
  WHERE d.leads
      AND t.basis IN ('ownership', 'joint ownership')
      AND coalesce(t.owner, 'declarant') <> 'other'
reasons:
  no-date: {kk: алынған күні көрсетілмеген, ru: не указан день приобретения, en: the day of acquisition is not stated}
fires_on:
  - case:
      kk: Пәтер мен көлік бағасыз
      ru: Квартира и машина без цены
      en: A flat and a car without a price
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      declared_real_estate: |
        row_id | declaration_id | owner     | object_number | basis     | acquired_date | price | value    | currency
        R1     | D1             | declarant | 20-100        | ownership | 2024-12-31    |       | 48000000 | KZT
      declared_vehicle: |
        row_id | declaration_id | owner  | object_number | basis     | acquired_date | price | value | currency
        V1     | D1             | spouse | WDB002        | ownership | 2024-01-01    | 0     |       | KZT
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | 20-100    | 48000000.00 | KZT      | 2024-12-31 | declaration/D1 declared_real_estate/R1
      P1         | WDB002    |             |          | 2024-12-31 | declaration/D1 declared_vehicle/V1
  - case:
      kk: Нөмірі жоқ үй; тіркелімде сатып алу деп тұр
      ru: Дом без номера; в реестре основание — покупка
      en: A house without a number; the register says purchase
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      land_register: |
        id | object_number | owner_person_id | basis    | valid_from
        L1 | 20-200        | P1              | purchase | 2024-05-05
      declared_real_estate: |
        row_id | declaration_id | owner     | object_number | basis           | acquired_date | price | value | currency
        R1     | D1             | declarant |               | joint ownership | 2024-05-05    |       |       | KZT
        R2     | D1             | declarant | 20-200        | ownership       | 2024-05-05    |       | 100   | KZT
    expect: |
      subject_id | object_id | amount
      P1         | 20-200    | 100.00
      P1         | R1        |
silent_on:
  - case:
      kk: Тіркелімде мұра; бағасы бар; былтыр алынған; келесі жылы алынған
      ru: По реестру наследство; цена указана; куплено в прошлом году; куплено на следующий год
      en: An inheritance by the register; a price; bought the year before; bought the year after
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      land_register: |
        id | object_number | owner_person_id | basis       | valid_from
        L1 | 20-100        | P1              | inheritance | 2024-12-01
      declared_real_estate: |
        row_id | declaration_id | owner     | object_number | basis     | acquired_date | price | value   | currency
        R1     | D1             | declarant | 20-100        | ownership | 2024-12-01    |       | 9000000 | KZT
        R2     | D1             | declarant | 20-200        | ownership | 2024-12-01    | 1     | 9000000 | KZT
        R3     | D1             | declarant | 20-300        | ownership | 2023-12-31    |       | 9000000 | KZT
        R4     | D1             | declarant | 20-400        | ownership | 2025-01-01    |       | 9000000 | KZT
  - case:
      kk: Жалға алынған; бөтен адамның мүлкі; күні белгісіз; ауыстырылған нұсқа
      ru: Аренда; чужое имущество; день неизвестен; заменённая версия
      en: Leased; somebody else's; the day unknown; a version that was replaced
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | currency
        D1 | P1        | income | 2024 | 1       | false      | KZT
        D2 | P1        | income | 2024 | 2       | true       | KZT
      declared_real_estate: |
        row_id | declaration_id | owner     | object_number | basis     | acquired_date | price
        R1     | D2             | declarant | 20-100        | lease     | 2024-12-01    |
        R2     | D2             | other     | 20-200        | ownership | 2024-12-01    |
        R3     | D2             | declarant | 20-300        | ownership |               |
        R4     | D1             | declarant | 20-400        | ownership | 2024-12-01    |
*/
WITH thing AS (
    SELECT
        'declared_real_estate' AS table_name,
        row_id,
        declaration_id,
        owner,
        object_number,
        basis,
        acquired_date,
        price,
        value,
        currency
    FROM declared_real_estate
    UNION ALL
    SELECT
        'declared_vehicle',
        row_id,
        declaration_id,
        owner,
        object_number,
        basis,
        acquired_date,
        price,
        value,
        currency
    FROM declared_vehicle
),
unpriced AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year_end,
        t.table_name || '/' || t.row_id AS row_name,
        coalesce(t.object_number, t.row_id) AS thing,
        replace(replace(replace(replace(replace(lower(t.object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key,
        t.value,
        t.currency
    FROM thing t
    JOIN current_declaration d ON d.id = t.declaration_id AND extract(YEAR FROM t.acquired_date) = d.year
    WHERE d.leads
        AND t.basis IN ('ownership', 'joint ownership')
        AND coalesce(t.owner, 'declarant') <> 'other'
        AND coalesce(t.price, 0) <= 0
),
given AS (
    SELECT
        replace(replace(replace(replace(replace(lower(object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key,
        extract(YEAR FROM valid_from) AS year
    FROM land_register
    WHERE basis IN ('gift', 'inheritance', 'privatisation', 'construction')
)
SELECT
    u.person_id AS subject_id,
    u.thing AS object_id,
    CASE WHEN min(u.currency) = max(u.currency) THEN sum(u.value) END AS amount,
    CASE WHEN min(u.currency) = max(u.currency) AND sum(u.value) IS NOT NULL THEN min(u.currency) END AS currency,
    min(u.year_end) AS since,
    list_concat(['declaration/' || min(u.declaration_id)], list_sort(array_agg(u.row_name))) AS evidence
FROM unpriced u
ANTI JOIN given g ON g.number_key = u.number_key AND g.year = extract(YEAR FROM u.year_end)
GROUP BY u.person_id, u.thing
