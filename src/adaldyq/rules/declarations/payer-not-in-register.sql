/*
id: declarations.payer-not-in-register
kind: flag
severity: medium
title:
  kk: Кірісті төлеуші тіркелімде жоқ
  ru: Плательщика дохода нет в реестре
  en: Income from a payer that no register knows
explanation:
  kk: >-
    Декларацияда кірісті төледі деп жазылған ұйымның немесе адамның нөмірі тіркелімдерде жоқ, не компания сол жылы жұмыс
    істемеген — бұрын жабылған немесе әлі ашылмаған. Ақшаны шынымен кім төлегенін түсіндіру қажет. Нөмірі жазылмаған төлеуші
    тек атауы дәл келсе танылады; келмесе, ештеңе сұралмайды: жеке адамды тек аты бойынша тануға болмайды.
  ru: >-
    Номера плательщика дохода из декларации нет в реестрах, или компания в тот год не существовала — закрылась раньше или ещё
    не была открыта. Нужно пояснить, кто заплатил на самом деле. Плательщик без номера узнаётся лишь по точно совпадающему
    названию; если оно ни с чем не совпало, вопроса нет: частное лицо по одному имени не узнать.
  en: >-
    The number that the declaration gives for the payer of an income is in no register, or the company did not exist in that
    year: it had closed before or was not founded yet. It needs an explanation who really paid. A payer without a number is known
    only by a name that fits exactly; nothing is asked about a name that fits none, since a person cannot be told by a name.
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
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 20-бап
    ru: Конвенция ООН против коррупции, статья 20
    en: United Nations Convention against Corruption, article 20
innocent:
  - kk: Төлеушінің нөмірі қате жазылған.
    ru: Номер плательщика записан с ошибкой.
    en: The number of the payer was mistyped.
  - kk: Төлеуші шетелде тіркелген, біздің тіркелім оны білмейді.
    ru: Плательщик зарегистрирован за границей, и наш реестр о нём не знает.
    en: The payer is registered abroad, where our register does not reach.
  - kk: Компания жабылғаннан кейін берешегін төлеген немесе басқа компанияға қосылған.
    ru: Компания после закрытия выплатила долг или вошла в другую.
    en: The company paid what it owed after closing, or became a part of another.
parameters:
  - name: threshold
    threshold: asked_above
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Осыдан аспайтын сома сұралмайды
      ru: О суммах не больше этой не спрашивают
      en: Sums up to this are not asked about
tables:
  declaration: [id, person_id, year, is_current, currency]
  declared_income: [row_id, declaration_id, payer_id, amount, currency]
  company: [id, registered_date, closed_date]
  body: [id]
  person: [id]
  exchange_rate: []
  index_value: []
steps: [conversion_rate, current_declaration, named_party]
compared:
  named_party: [namesakes]
unit: {kk: кіріс жолы, ru: строка дохода, en: row of income}
checked: |
  SELECT
      i.row_id AS unit_id,
      CASE
          WHEN n.row_id IS NOT NULL AND n.party_id IS NULL THEN 'several'
          WHEN n.row_id IS NULL AND i.payer_id IS NULL THEN 'no-payer'
          WHEN i.amount IS NULL THEN 'no-amount'
          WHEN d.index_unit IS NULL THEN 'no-index'
          WHEN r.rate IS NULL THEN 'no-rate'
      END AS reason
  FROM declared_income i
  JOIN current_declaration d ON d.id = i.declaration_id
  LEFT JOIN named_party n ON n.row_id = i.row_id
  LEFT JOIN conversion_rate r ON r.currency = i.currency AND r.quote_currency = d.currency AND r.year = d.year
  WHERE d.leads AND coalesce(i.owner, 'declarant') <> 'other'
reasons:
  no-payer:
    kk: төлеуші нөмірсіз жазылған, атауы бірде-бір тіркелімдегіге дәл келмейді немесе бірнешеуіне келеді
    ru: плательщик указан без номера, а его имя не совпадает ни с одним в реестрах или совпадает с несколькими
    en: the payer stands without a number, under a name that the registers do not know, or know several times
  several:
    kk: бұл нөмір бірнеше төлеушіде бар
    ru: под этим номером в реестрах несколько плательщиков
    en: several in the registers have the number of the payer
  no-amount: {kk: кірістің сомасы көрсетілмеген, ru: сумма дохода не указана, en: the income stands without its sum}
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
      kk: Белгісіз нөмір; былтыр жабылған компания
      ru: Неизвестный номер; компания, закрытая годом раньше
      en: An unknown number; a company that closed the year before
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      company: |
        id | name | registered_date | closed_date
        K1 | Арна | 2010-01-01      | 2023-12-31
      declared_income: |
        row_id | declaration_id | owner     | payer  | payer_id | amount  | currency
        N1     | D1             | declarant | Көктем | K9       | 2000000 | KZT
        N2     | D1             | spouse    | Көктем | K9       | 1000001 | KZT
        N3     | D1             | spouse    | Арна   | K1       | 4000000 | KZT
    expect: |
      subject_id | object_id | amount     | currency | since      | evidence
      P1         | 2024:K1   | 4000000.00 | KZT      | 2024-12-31 | declaration/D1 company/K1 declared_income/N3
      P1         | 2024:K9   | 3000001.00 | KZT      | 2024-12-31 | declaration/D1 declared_income/N1 declared_income/N2
  - case:
      kk: Компания келесі жылы ғана ашылған; еуро
      ru: Компания открыта лишь на следующий год; евро
      en: A company founded only the year after; euros
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | EUR      | KZT            | 2024 | 550
      company: |
        id | registered_date
        K1 | 2025-01-01
      declared_income: |
        row_id | declaration_id | payer_id | amount | currency
        N1     | D1             | K1       | 10000  | EUR
    expect: |
      subject_id | object_id | amount
      P1         | 2024:K1   | 5500000.00
  - case:
      kk: Қолмен жазылған нөмір ешбір тіркелімде жоқ; жабылған компания атауымен ғана жазылған
      ru: Номер, вписанный от руки, не известен ни одному реестру; закрытая компания указана лишь по названию
      en: A number typed by hand is in no register; a company that had closed stands by its name alone
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      company: |
        id | identifier   | name       | closed_date
        K1 | 050340001231 | ЖШС «Арна» | 2020-05-05
      declared_income: |
        row_id | declaration_id | payer      | number       | amount    | currency
        N1     | D1             | Ойдан      | 060440002342 | 900000000 | KZT
        N2     | D1             | жшс «арна» |              | 4000000   | KZT
    expect: |
      subject_id | object_id         | amount       | evidence
      P1         | 2024:060440002342 | 900000000.00 | declaration/D1 declared_income/N1
      P1         | 2024:K1           | 4000000.00   | declaration/D1 company/K1 named_party/N2 declared_income/N2
silent_on:
  - case:
      kk: Шетелдегі төлеуші, аты жабылған отандық компаниямен бірдей; шетел нөмірі
      ru: Плательщик за границей называется как закрытая здешняя компания; номер другой страны
      en: A payer abroad is called as a company here that was struck off; a number of another country
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      company: |
        id | name  | closed_date
        K1 | Alpha | 2015-01-01
      declared_income: |
        row_id | declaration_id | owner     | kind   | payer | number    | country | amount   | currency
        N1     | D1             | declarant | salary | Alpha |           | DE      | 90000000 | KZT
        N2     | D1             | declarant | salary | Beta  | HRB 12345 | DE      | 90000000 | KZT
  - case:
      kk: Нөмірі бойынша орган мен адам; атауы ешкімге келмейді; бір нөмір екі компанияда
      ru: Орган и человек по номеру; название ни с кем не совпадает; один номер у двух компаний
      en: A body and a person by their numbers; a name that fits nobody; one number of two companies
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      company: |
        id | identifier
        K1 | 050340001231
        K2 | 050340001231
      body: |
        id | identifier
        B1 | 990340001231
      person: |
        id
        P7
      person_identifier: |
        person_id | value
        P7        | 600101400014
      declared_income: |
        row_id | declaration_id | payer   | number       | amount  | currency
        N1     | D1             | Әкімдік | 990340001231 | 9000000 | KZT
        N2     | D1             | Ахметов | 600101400014 | 9000000 | KZT
        N3     | D1             | Ойдан   |              | 9000000 | KZT
        N4     | D1             | Егіз    | 050340001231 | 9000000 | KZT
  - case:
      kk: Орган, адам және жыл ішінде жабылған компания төлеген
      ru: Платили орган, человек и компания, закрытая в том же году
      en: Paid by a body, a person and a company that closed within the year
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      company: |
        id | registered_date | closed_date
        K1 | 2024-12-31      |
        K2 | 2010-01-01      | 2024-01-01
      body: |
        id
        B1
      person: |
        id
        P7
      declared_income: |
        row_id | declaration_id | payer_id | amount  | currency
        N1     | D1             | K1       | 9000000 | KZT
        N2     | D1             | K2       | 9000000 | KZT
        N3     | D1             | B1       | 9000000 | KZT
        N4     | D1             | P7       | 9000000 | KZT
  - case:
      kk: Дәл шекке тең; төлеуші нөмірсіз; бөтен адамның кірісі; бағамы жоқ валюта
      ru: Ровно на пороге; плательщик без номера; чужой доход; валюта без курса
      en: Exactly at the threshold; a payer without a number; somebody else's income; a currency without a rate
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | owner     | payer_id | amount  | currency
        N1     | D1             | declarant | K9       | 3000000 | KZT
        N2     | D1             | declarant |          | 9000000 | KZT
        N3     | D1             | other     | K8       | 9000000 | KZT
        N4     | D1             | declarant | K7       | 9000000 | XAU
*/
WITH paid AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        d.currency,
        d.index_unit,
        i.row_id,
        CASE WHEN n.row_id IS NULL THEN i.payer_id ELSE n.party_id END AS payer_id,
        CASE WHEN n.namesakes IS NOT NULL THEN 'named_party/' || n.row_id END AS named,
        k.id AS company_id,
        CAST(CAST(i.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)) AS worth
    FROM declared_income i
    JOIN current_declaration d ON d.id = i.declaration_id
    JOIN conversion_rate r ON r.currency = i.currency AND r.quote_currency = d.currency AND r.year = d.year
    LEFT JOIN named_party n ON n.row_id = i.row_id
    LEFT JOIN company k ON k.id = CASE WHEN n.row_id IS NULL THEN i.payer_id ELSE n.party_id END
    LEFT JOIN body b ON b.id = CASE WHEN n.row_id IS NULL THEN i.payer_id ELSE n.party_id END
    WHERE d.leads
        AND coalesce(i.owner, 'declarant') <> 'other'
        AND (i.payer_id IS NOT NULL OR n.party_id IS NOT NULL)
        AND b.id IS NULL
        AND (
            k.id IS NULL
            OR k.registered_date > d.year_end
            OR k.closed_date <= d.year_end - INTERVAL 1 YEAR
        )
)
SELECT
    p.person_id AS subject_id,
    CAST(p.year AS VARCHAR) || ':' || p.payer_id AS object_id,
    sum(p.worth) AS amount,
    min(p.currency) AS currency,
    min(p.year_end) AS since,
    list_concat(
        ['declaration/' || min(p.declaration_id), 'company/' || min(p.company_id), min(p.named)],
        list_sort(array_agg('declared_income/' || p.row_id))
    ) AS evidence
FROM paid p
ANTI JOIN person o ON o.id = p.payer_id
WHERE p.payer_id IS NOT NULL
GROUP BY p.person_id, p.year, p.payer_id
HAVING sum(p.worth) > CAST($threshold * min(p.index_unit) AS DECIMAL(32, 2))
