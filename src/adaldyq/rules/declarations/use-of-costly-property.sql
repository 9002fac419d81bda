/*
id: declarations.use-of-costly-property
kind: flag
severity: medium
title:
  kk: Бөтен адамның қымбат мүлкін тегін пайдалану
  ru: Бесплатное пользование дорогим чужим имуществом
  en: Free use of somebody else's costly property
explanation:
  kk: >-
    Декларацияда отбасы ақысыз пайдаланатын жылжымайтын мүлік немесе көлік тұр, тіркелім бойынша ол жақын туысы емес адамға
    немесе компанияға тиесілі және қымбат. Иесінің кім екенін және неге ақы алмайтынын түсіндіру қажет.
  ru: >-
    В декларации есть недвижимость или транспорт в безвозмездном пользовании семьи. По реестру это дорогое имущество
    принадлежит не близкому родственнику, а другому человеку или компании. Нужно пояснить, кто владелец и почему он не берёт
    платы.
  en: >-
    The declaration names real estate or a vehicle that the household uses free of charge. By the register it is costly and
    belongs to a company, or to somebody who is no close relative. It needs an explanation who the owner is and why nothing
    is paid.
basis:
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 8-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 8
    en: United Nations Convention against Corruption, article 8, paragraph 5
  - kk: "Тексеру әдісі: басқаның атындағы мүлікті пайдалану нақты иесін жасыруы мүмкін (StAR, «The Puppet Masters», 2011)"
    ru: "Метод проверки: пользование имуществом на чужое имя может скрывать настоящего владельца (StAR, «The Puppet Masters», 2011)"
    en: "Method of verification: use of property in another's name may hide who really owns it (StAR, “The Puppet Masters”, 2011)"
innocent:
  - kk: Қызметтік тұрғын үй немесе жұмыс берушінің көлігі.
    ru: Служебное жильё или машина работодателя.
    en: It is a service flat, or a car of the employer.
  - kk: Иесі — тіркелімде байланысы жазылмаған туысы.
    ru: Владелец — родственник, родство с которым не записано в реестре.
    en: The owner is a relative whose tie the register does not hold.
  - kk: Ақы төленеді, бірақ декларант «пайдалану» деп жазған.
    ru: Плата вносится, но декларант записал «пользование».
    en: Rent is paid, and the declarant wrote “use” all the same.
parameters:
  - name: threshold
    threshold: costly_use
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Осыдан қымбат мүлік туралы сұралады
      ru: Спрашивают об имуществе дороже этого
      en: Property worth more than this is asked about
tables:
  declaration: [id, person_id, year, is_current, currency]
  declared_real_estate: [row_id, declaration_id, object_number, basis]
  land_register: [id, object_number, owner_person_id, owner_company_id, valid_from, valid_to, currency]
  exchange_rate: []
  index_value: []
optional:
  declared_vehicle: []
  vehicle_register: []
  family_tie: []
  person: []
steps: [close_relative, household, used_property]
unit: {kk: ақысыз пайдаланылатын зат, ru: вещь в безвозмездном пользовании, en: thing used free of charge}
checked: |
  SELECT
      table_name || '/' || row_id AS unit_id,
      CASE
          WHEN min(object_number) IS NULL THEN 'no-number'
          WHEN count(right_name) = 0 THEN 'no-owner'
          WHEN min(index_unit) IS NULL THEN 'no-index'
          WHEN bool_or(lacks_rate) THEN 'no-rate'
          WHEN bool_or(unknown_worth) THEN 'no-value'
      END AS reason
  FROM used_property
  GROUP BY table_name, row_id
reasons:
  no-number: {kk: объектінің нөмірі көрсетілмеген, ru: не указан номер объекта, en: the object has no number}
  no-owner: {kk: тіркелімде иесі табылмады, ru: владелец в реестре не найден, en: the register names no owner}
  no-value: {kk: құны белгісіз, ru: стоимость неизвестна, en: the worth is not known}
  no-index:
    kk: бұл жыл мен валюта үшін көрсеткіш белгісіз
    ru: показатель за этот год и в этой валюте неизвестен
    en: the index is not known for the year and currency
  no-rate:
    kk: валютаның сол жылғы бағамы белгісіз
    ru: неизвестен курс валюты за этот год
    en: there is no rate for a currency and year
fires_on:
  - case:
      kk: Бөгде адамның пәтері мен компанияның көлігі
      ru: Квартира постороннего и машина компании
      en: A stranger's flat and a company's car
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      land_register: |
        id | object_number | owner_person_id | valid_from | market_value | currency
        L1 | 20-100        | P9              | 2015-05-05 | 9000001      | KZT
      vehicle_register: |
        id | object_number | owner_company_id | valid_from | price    | currency
        V1 | WDB002        | K1               | 2023-05-05 | 30000000 | KZT
      declared_real_estate: |
        row_id | declaration_id | owner     | object_number | basis
        R1     | D1             | declarant | 20-100        | use
      declared_vehicle: |
        row_id | declaration_id | owner  | object_number | basis
        R2     | D1             | spouse | WDB002        | use
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | 20-100    | 9000001.00  | KZT      | 2024-12-31 | declaration/D1 declared_real_estate/R1 land_register/L1
      P1         | WDB002    | 30000000.00 | KZT      | 2024-12-31 | declaration/D1 declared_vehicle/R2 vehicle_register/V1
  - case:
      kk: Екі жыл қатар; бірінші жылы сұралады
      ru: Два года подряд; вопрос за первый
      en: For two years on end, asked about the first
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2023 | KZT      | 3000
        I2 | 2024 | KZT      | 3000
      land_register: |
        id | object_number | owner_person_id | market_value | currency
        L1 | 20-100        | P9              | 40000000     | KZT
      declared_real_estate: |
        row_id | declaration_id | object_number | basis
        R1     | D1             | 20-100        | use
        R2     | D2             | 20-100        | use
    expect: |
      subject_id | object_id | since      | evidence
      P1         | 20-100    | 2023-12-31 | declaration/D1 declared_real_estate/R1 land_register/L1
silent_on:
  - case:
      kk: Дәл шекке тең; жалға алынған; әкесінің үйі; жұбайының үйі
      ru: Ровно на пороге; аренда; дом отца; дом супруга
      en: Exactly at the threshold; leased; the father's house; the husband's house
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P7        | P1          | child
        T2 | P1        | P2          | spouse
      land_register: |
        id | object_number | owner_person_id | market_value | currency
        L1 | 20-100        | P9              | 9000000      | KZT
        L2 | 20-200        | P9              | 90000000     | KZT
        L3 | 20-300        | P7              | 90000000     | KZT
        L4 | 20-400        | P2              | 90000000     | KZT
      declared_real_estate: |
        row_id | declaration_id | object_number | basis
        R1     | D1             | 20-100        | use
        R2     | D1             | 20-200        | lease
        R3     | D1             | 20-300        | use
        R4     | D1             | 20-400        | use
  - case:
      kk: Нөмірі жоқ; тіркелімде жоқ; құны белгісіз; иесінің құқығы тоқтаған; бағамы жоқ валюта
      ru: Без номера; нет в реестре; стоимость неизвестна; право владельца прекратилось; валюта без курса
      en: Without a number; not in the register; worth unknown; the owner's right ended; a currency without a rate
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      land_register: |
        id | object_number | owner_person_id | valid_to   | market_value | currency
        L3 | 20-300        | P9              |            |              | KZT
        L4 | 20-400        | P9              | 2024-12-31 | 90000000     | KZT
        L5 | 20-500        | P9              |            | 90000000     | XAU
      declared_real_estate: |
        row_id | declaration_id | object_number | basis
        R1     | D1             |               | use
        R2     | D1             | 20-200        | use
        R3     | D1             | 20-300        | use
        R4     | D1             | 20-400        | use
        R5     | D1             | 20-500        | use
*/
WITH others AS (
    SELECT u.declaration_id, u.person_id, u.year, u.year_end, u.currency, u.table_name, u.row_id, u.object_number, u.right_name, u.worth
    FROM used_property u
    ANTI JOIN household h ON h.declaration_id = u.declaration_id AND h.member_id = u.owner_id
    ANTI JOIN close_relative c ON c.person_id = u.person_id AND c.relative_id = u.owner_id
    WHERE u.worth > CAST($threshold * u.index_unit AS DECIMAL(32, 2))
),
first_year AS (
    SELECT declaration_id, person_id, year_end, currency, table_name, row_id, object_number, right_name, worth
    FROM others
    QUALIFY year = min(year) OVER (PARTITION BY person_id, object_number)
)
SELECT
    person_id AS subject_id,
    object_number AS object_id,
    max(worth) AS amount,
    min(currency) AS currency,
    min(year_end) AS since,
    list_concat(
        ['declaration/' || min(declaration_id), min(table_name || '/' || row_id)],
        list_sort(array_agg(DISTINCT right_name))
    ) AS evidence
FROM first_year
GROUP BY person_id, object_number
