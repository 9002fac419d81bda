/*
id: declarations.real-estate-not-in-register
kind: flag
severity: medium
title:
  kk: Декларацияланған жылжымайтын мүлік тіркелімде жоқ
  ru: Указанной в декларации недвижимости нет в реестре
  en: Declared real estate is not in the register
explanation:
  kk: >-
    Декларацияда осы объект меншік құқығымен көрсетілген, бірақ тіркелімде жыл соңында отбасы мүшелерінің ешқайсысында
    бұл объектіге құқық жоқ. Құқықтың қалай тіркелгенін және кімнің атында екенін түсіндіру қажет.
  ru: >-
    В декларации объект указан как собственность, однако по реестру на конец года права на него нет ни у одного члена
    семьи. Нужно пояснить, как оформлено право и на кого.
  en: >-
    The declaration shows the object as owned, but in the register no member of the household held a right to it when the
    year ended. It needs an explanation how the right is documented and in whose name.
basis:
  - kk: >-
      Тексеру әдісі: декларация мүлік тіркелімімен салыстырылады — бар деп көрсетілген мүлік кейін шығу тегі белгісіз
      қаражатты түсіндіруге пайдаланылуы мүмкін (StAR, «Getting the Full Picture on Public Officials», 2017)
    ru: >-
      Метод проверки: декларация сопоставляется с реестром — заявленное имущество может позже служить объяснением средств
      неизвестного происхождения (StAR, «Getting the Full Picture on Public Officials», 2017)
    en: >-
      Method of verification: the declaration is held against the register, because property that is only declared may
      later serve to explain money of unknown origin (StAR, “Getting the Full Picture on Public Officials”, 2017)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 52, paragraph 5
innocent:
  - kk: Құқық жаңа ғана пайда болған, тіркеу әлі аяқталмаған.
    ru: Право возникло недавно, регистрация ещё не завершена.
    en: The right is recent and its registration is not finished.
  - kk: Объектінің нөмірі қате жазылған немесе тіркелімде өзгерген.
    ru: Номер объекта записан с ошибкой или изменился в реестре.
    en: The number was mistyped, or the register has renumbered the object.
  - kk: Ескі құқық бұрынғы құжаттармен расталады және тіркелімге енгізілмеген.
    ru: Старое право подтверждается прежними документами и в реестр не внесено.
    en: An old right rests on earlier papers and was never entered in the register.
  - kk: Объект декларанттың компаниясына тиесілі, ал ол өзінікі деп көрсеткен.
    ru: Объект принадлежит компании декларанта, а он указал его своим.
    en: The object belongs to the declarant's company, and was declared as the declarant's own.
tables:
  declaration: [id, person_id, year, is_current, country]
  declared_real_estate: [row_id, declaration_id, object_number, basis, country]
  land_register: [id, object_number, owner_person_id, valid_from, valid_to]
optional:
  family_tie: []
  person: []
steps: [current_declaration, held_real_estate]
unit: {kk: меншік құқығымен көрсетілген объект, ru: объект в собственности, en: object declared as owned}
checked: |
  SELECT
      r.row_id AS unit_id,
      CASE WHEN r.object_number IS NULL THEN 'no-number' WHEN r.country IS NULL THEN 'no-country' END AS reason
  FROM declared_real_estate r
  JOIN current_declaration d ON d.id = r.declaration_id
  WHERE r.basis = 'ownership'
      AND coalesce(r.owner, 'declarant') <> 'other'
      AND coalesce(r.country, d.country, '') = coalesce(d.country, '')
reasons:
  no-number: {kk: объектінің нөмірі көрсетілмеген, ru: не указан номер объекта, en: the object has no number}
  no-country: {kk: объектінің елі көрсетілмеген, ru: не указана страна объекта, en: the object has no country}
fires_on:
  - case:
      kk: Пәтер басқа адамның атында
      ru: Квартира оформлена на другого человека
      en: The flat is in somebody else's name
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      land_register: |
        id | object_number | owner_person_id | valid_from
        L1 | 20-100        | P9              | 2018-01-01
      declared_real_estate: |
        row_id | declaration_id | owner      | object_number | basis     | country | value    | currency
        R1     | D1             | declarant  | 20-100        | ownership | KZ      | 48000000 | KZT
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | 20-100    | 48000000.00 | KZT      | 2024-12-31 | declaration/D1 declared_real_estate/R1
  - case:
      kk: Құқық былтыр тоқтаған, бірақ үй екі жыл бойы әлі де өзінікі деп көрсетіліп келеді
      ru: Право прекратилось раньше, но дом два года подряд указан своим
      en: The right ended earlier, yet the house is declared as owned for two years
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2023 | true       | KZ      | KZT
        D2 | P1        | income | 2024 | true       | KZ      | KZT
      land_register: |
        id | object_number | owner_person_id | valid_from | valid_to
        L1 | 20-100        | P1              | 2001-01-01 | 2023-12-30
      declared_real_estate: |
        row_id | declaration_id | object_number | basis     | country | price   | currency
        R1     | D1             | 20-100        | ownership | KZ      | 7000000 | KZT
        R2     | D2             | 20-100        | ownership | KZ      | 7000000 | KZT
    expect: |
      subject_id | object_id | amount     | since      | evidence
      P1         | 20-100    | 7000000.00 | 2023-12-31 | declaration/D1 declared_real_estate/R1
silent_on:
  - case:
      kk: Құқық жұбайда; басқасы 31 желтоқсанда сатылған
      ru: Право у супруги; другой объект продан 31 декабря
      en: The right is the wife's; another was sold on 31 December
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      family_tie: |
        person_id | relative_id | kind
        P1        | P2          | spouse
      land_register: |
        id | object_number | owner_person_id | share | valid_from | valid_to
        L1 | 20-100        | P2              |       | 2018-01-01 |
        L2 | 20-200        | P1              | 50    | 2018-01-01 | 2024-12-31
      declared_real_estate: |
        row_id | declaration_id | owner     | object_number | basis     | country
        R1     | D1             | declarant | 20-100        | ownership | KZ
        R2     | D1             | declarant | 20-200        | ownership | KZ
  - case:
      kk: Шетелдегі үй, жалға алынған пәтер, нөмірсіз жер, елі белгісіз саяжай, ағасының үйі
      ru: Дом за границей, арендованная квартира, участок без номера, дача без страны, дом брата
      en: A house abroad, a rented flat, land without a number, a cottage without a country, a brother's house
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      declared_real_estate: |
        row_id | declaration_id | owner     | object_number | basis     | country
        R1     | D1             | declarant | TR-1          | ownership | TR
        R2     | D1             | declarant | 20-100        | lease     | KZ
        R3     | D1             | declarant |               | ownership | KZ
        R4     | D1             | declarant | 20-300        | ownership |
        R5     | D1             | other     | 20-400        | ownership | KZ
  - case:
      kk: Объект тек ауыстырылған нұсқада қалған
      ru: Объект остался только в заменённой версии
      en: The object stands only in a version that was replaced
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | country | currency
        D1 | P1        | income | 2024 | 1       | false      | KZ      | KZT
        D2 | P1        | income | 2024 | 2       | true       | KZ      | KZT
      declared_real_estate: |
        row_id | declaration_id | object_number | basis     | country
        R1     | D1             | 20-100        | ownership | KZ
*/
WITH declared AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        r.row_id,
        r.object_number,
        coalesce(r.value, r.price) AS worth,
        r.currency
    FROM declared_real_estate r
    JOIN current_declaration d ON d.id = r.declaration_id
    WHERE r.basis = 'ownership'
        AND coalesce(r.owner, 'declarant') <> 'other'
        AND r.object_number IS NOT NULL
        AND r.country = d.country
),
-- Most numbers are written alike in both places: only what is left over is compared by letters and figures alone.
differing AS (
    SELECT
        d.declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        d.row_id,
        d.object_number,
        replace(replace(replace(replace(replace(lower(d.object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key,
        d.worth,
        d.currency
    FROM declared d
    ANTI JOIN held_real_estate h ON h.person_id = d.person_id AND h.year = d.year AND h.object_number = d.object_number
),
held_there AS (
    SELECT
        h.person_id,
        h.year,
        replace(replace(replace(replace(replace(lower(h.object_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key
    FROM held_real_estate h
    SEMI JOIN differing d ON d.person_id = h.person_id AND d.year = h.year
),
unregistered AS (
    SELECT d.declaration_id, d.person_id, d.year_end, d.row_id, d.object_number, d.worth, d.currency
    FROM differing d
    ANTI JOIN held_there h ON h.person_id = d.person_id AND h.year = d.year AND h.number_key = d.number_key
    QUALIFY d.year = min(d.year) OVER (PARTITION BY d.person_id, d.object_number)
)
SELECT
    person_id AS subject_id,
    object_number AS object_id,
    CASE WHEN min(currency) = max(currency) THEN sum(worth) END AS amount,
    CASE WHEN min(currency) = max(currency) THEN min(currency) END AS currency,
    min(year_end) AS since,
    list_concat(['declaration/' || min(declaration_id)], list_sort(array_agg('declared_real_estate/' || row_id))) AS evidence
FROM unregistered
GROUP BY person_id, object_number
