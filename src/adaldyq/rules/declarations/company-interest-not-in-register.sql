/*
id: declarations.company-interest-not-in-register
kind: flag
severity: medium
title:
  kk: Декларацияланған үлес компаниялар тіркелімінде жоқ
  ru: Указанной доли нет в реестре компаний
  en: A declared share is not in the register of companies
explanation:
  kk: >-
    Декларацияда компаниядағы үлес көрсетілген, бірақ тіркелімде жыл соңында отбасы мүшелерінің ешқайсысы бұл компанияның иесі
    болмаған. Үлестің қалай рәсімделгенін және шынымен бар-жоғын түсіндіру қажет.
  ru: >-
    В декларации указана доля в компании, но по реестру на конец года никто из семьи её не имел. Нужно пояснить, как оформлена
    доля и существует ли она.
  en: >-
    The declaration states a share in a company, but by the register nobody of the household owned any of it when the year
    ended. It needs an explanation how the share is documented and whether it is there.
basis:
  - kk: >-
      Тексеру әдісі: декларация тіркеліммен салыстырылады — бар деп көрсетілген мүлік кейін шығу тегі белгісіз қаражатты
      түсіндіруге пайдаланылуы мүмкін (StAR, «Getting the Full Picture on Public Officials», 2017)
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
  - kk: Үлес жыл соңында алынған, тіркеу әлі аяқталмаған.
    ru: Доля куплена в конце года, регистрация ещё не завершена.
    en: The share was bought as the year ended and is not registered yet.
  - kk: Акция брокер немесе депозитарий атында тұр.
    ru: Акции записаны на брокера или депозитарий.
    en: The shares stand in the name of a broker or a depository.
  - kk: Компанияның нөмірі қате жазылған.
    ru: Номер компании записан с ошибкой.
    en: The number of the company was mistyped.
tables:
  declaration: [id, person_id, year, is_current, country]
  declared_company_interest: [row_id, declaration_id, company_id, country]
  ownership: [company_id, owner_person_id, valid_from, valid_to]
optional:
  family_tie: []
  person: []
steps: [current_declaration, household, named_party]
compared:
  named_party: [namesakes]
unit: {kk: көрсетілген үлес, ru: указанная доля, en: declared share}
checked: |
  SELECT
      r.row_id AS unit_id,
      CASE
          WHEN n.row_id IS NOT NULL AND n.party_id IS NULL THEN 'several'
          WHEN n.row_id IS NULL AND r.company_id IS NULL THEN 'no-number'
          WHEN r.country IS NULL THEN 'no-country'
      END AS reason
  FROM declared_company_interest r
  JOIN current_declaration d ON d.id = r.declaration_id
  LEFT JOIN named_party n ON n.row_id = r.row_id
  WHERE d.leads AND coalesce(r.owner, 'declarant') <> 'other' AND coalesce(r.country, d.country, '') = coalesce(d.country, '')
reasons:
  no-number:
    kk: компания нөмірсіз жазылған, атауы бірде-бір тіркелгенге дәл келмейді немесе бірнешеуіне келеді
    ru: компания указана без номера, а её название не совпадает ни с одной в реестре или совпадает с несколькими
    en: the company stands without a number, under a name that the register does not know, or knows several times
  several:
    kk: бұл нөмір бірнеше компанияда бар
    ru: под этим номером в реестрах несколько компаний
    en: several in the registers have the number of the company
  no-country: {kk: компанияның елі көрсетілмеген, ru: не указана страна компании, en: the company has no country}
fires_on:
  - case:
      kk: Үлес екі жыл көрсетілген, тіркелім білмейді
      ru: Доля указана два года, реестр о ней не знает
      en: A share stands for two years, and the register knows of none
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2023 | true       | KZ      | KZT
        D2 | P1        | income | 2024 | true       | KZ      | KZT
      ownership: |
        id | company_id | owner_person_id | share
        W1 | K1         | P9              | 100
      declared_company_interest: |
        row_id | declaration_id | owner     | company_id | country | value   | currency
        R1     | D1             | declarant | K1         | KZ      | 5000000 | KZT
        R2     | D2             | declarant | K1         | KZ      | 6000000 | KZT
    expect: |
      subject_id | object_id | amount     | currency | since      | evidence
      P1         | K1        | 5000000.00 | KZT      | 2023-12-31 | declaration/D1 declared_company_interest/R1
  - case:
      kk: Үлес 30 желтоқсанда сатылған
      ru: Доля продана 30 декабря
      en: The share was sold on 30 December
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      ownership: |
        id | company_id | owner_person_id | share | valid_to
        W1 | K1         | P1              | 100   | 2024-12-30
      declared_company_interest: |
        row_id | declaration_id | company_id | country
        R1     | D1             | K1         | KZ
    expect: |
      subject_id | object_id | amount
      P1         | K1        |
  - case:
      kk: Қолмен жазылған нөмір тіркелімде жоқ; атауы бойынша танылған бөтен компания
      ru: Номера, вписанного от руки, нет в реестре; чужая компания, определённая по названию
      en: A number typed by hand is not in the register; somebody else's company told by its name
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      company: |
        id | identifier   | name
        K1 | 050340001231 | ЖШС «Арна»
      declared_company_interest: |
        row_id | declaration_id | company_name | number       | country | value     | currency
        R1     | D1             | Ойдан        | 060440002342 | KZ      | 900000000 | KZT
        R2     | D1             | ЖШС «Арна»   |              | KZ      | 5000000   | KZT
    expect: |
      subject_id | object_id    | amount       | evidence
      P1         | 060440002342 | 900000000.00 | declaration/D1 declared_company_interest/R1
      P1         | K1           | 5000000.00   | declaration/D1 named_party/R2 declared_company_interest/R2
silent_on:
  - case:
      kk: Өз компаниясы нөмірімен және атауымен жазылған; атауы ешкімге келмейді
      ru: Своя компания указана по номеру и по названию; название ни с кем не совпадает
      en: The own company stands by its number and by its name; a name that fits nobody
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      company: |
        id | identifier   | name
        K1 | 050340001231 | ЖШС «Арна»
        K2 | 060440002342 | ЖШС «Бұлақ»
      ownership: |
        id | company_id | owner_person_id | share
        W1 | K1         | P1              | 10
        W2 | K2         | P1              | 10
      declared_company_interest: |
        row_id | declaration_id | company_name | number       | country
        R1     | D1             | Арна         | 050340001231 | KZ
        R2     | D1             | жшс бұлақ    |              | KZ
        R3     | D1             | Ойдан        |              | KZ
  - case:
      kk: Үлес жұбайында; 31 желтоқсанда сатылған
      ru: Доля у супруги; продана 31 декабря
      en: The wife's share; a share sold on 31 December
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
      ownership: |
        id | company_id | owner_person_id | share | valid_to
        W1 | K1         | P2              | 1     |
        W2 | K2         | P1              | 50    | 2024-12-31
      declared_company_interest: |
        row_id | declaration_id | owner     | company_id | country
        R1     | D1             | declarant | K1         | KZ
        R2     | D1             | declarant | K2         | KZ
  - case:
      kk: Нөмірсіз; шетелдегі компания; елі белгісіз; бөтен адамның үлесі
      ru: Без номера; компания за границей; страна неизвестна; чужая доля
      en: Without a number; a company abroad; no country; somebody else's share
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      declared_company_interest: |
        row_id | declaration_id | owner     | company_id | country
        R1     | D1             | declarant |            | KZ
        R2     | D1             | declarant | K2         | CY
        R3     | D1             | declarant | K3         |
        R4     | D1             | other     | K4         | KZ
*/
WITH held AS (
    SELECT h.declaration_id, o.company_id
    FROM household h
    JOIN ownership o ON o.owner_person_id = h.member_id
    WHERE (o.valid_from IS NULL OR o.valid_from <= h.year_end)
        AND (o.valid_to IS NULL OR o.valid_to >= h.year_end)
),
unknown AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        r.row_id,
        CASE WHEN n.row_id IS NULL THEN r.company_id ELSE n.party_id END AS company_id,
        CASE WHEN n.namesakes IS NOT NULL THEN 'named_party/' || n.row_id END AS named,
        r.value,
        r.currency
    FROM declared_company_interest r
    JOIN current_declaration d ON d.id = r.declaration_id
    LEFT JOIN named_party n ON n.row_id = r.row_id
    ANTI JOIN held h
        ON h.declaration_id = r.declaration_id
        AND h.company_id = CASE WHEN n.row_id IS NULL THEN r.company_id ELSE n.party_id END
    WHERE d.leads
        AND coalesce(r.owner, 'declarant') <> 'other'
        AND (CASE WHEN n.row_id IS NULL THEN r.company_id ELSE n.party_id END) IS NOT NULL
        AND r.country = d.country
),
first_year AS (
    SELECT declaration_id, person_id, year_end, row_id, company_id, named, value, currency
    FROM unknown
    QUALIFY year = min(year) OVER (PARTITION BY person_id, company_id)
)
SELECT
    person_id AS subject_id,
    company_id AS object_id,
    CASE WHEN min(currency) = max(currency) THEN sum(value) END AS amount,
    CASE WHEN min(currency) = max(currency) AND sum(value) IS NOT NULL THEN min(currency) END AS currency,
    min(year_end) AS since,
    list_concat(
        ['declaration/' || min(declaration_id), min(named)],
        list_sort(array_agg('declared_company_interest/' || row_id))
    ) AS evidence
FROM first_year
GROUP BY person_id, company_id
