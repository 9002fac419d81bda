/*
id: declarations.private-loan
kind: flag
severity: medium
title:
  kk: Жеке адамнан немесе компаниядан ірі қарыз
  ru: Крупный заём у частного лица или компании
  en: A large loan from a person or a company
explanation:
  kk: >-
    Декларант банкке емес, жеке адамға немесе компанияға ірі сома қарыз. Қарыз берушінің кім екенін, шарттарын және оның
    декларанттың қызметімен байланысын түсіндіру қажет. Бір қарыз берушінің қатар жылдардағы қарызы бір рет, шектен асқан
    алғашқы жылы сұралады; тіркелімдегі ата-ананың, баланың, жұбайдың, аға-іні мен апа-қарындастың қарызы сұралмайды. Декларант рұқсат беретін, тексеретін немесе сатып алатын
    лауазымда болса, компаниядан алынған қарызға төменірек шек қолданылады; қарыз берушінің декларант қызмет еткен органнан алған
    лицензиясы болса, кез келген сома сұралады. Тіркелім таныған қарыз берушінің банк екенін декларацияда қалай аталғаны емес,
    тіркелімдегі қызмет түрі көрсетеді; ол жоқ болса, банк несиесі туралы ештеңе сұралмайды. Нөмір жазылмаса, қарыз беруші дәл келетін атауы бойынша танылады.
  ru: >-
    Декларант должен крупную сумму не банку, а частному лицу или компании. Нужно пояснить, кто дал заём, на каких условиях
    и связан ли он со службой декларанта. Долг одному заимодавцу в годы подряд ставится под вопрос один раз, в первый год
    выше порога; заём у родителя, ребёнка, супруга, брата или сестры по реестру под вопрос не ставится. Если должность связана с лицензиями, проверками или закупками, для займа у
    компании действует более низкий порог; если у заимодавца была лицензия органа, в котором служил декларант, спрашивается о
    любой сумме. Банк ли известный реестрам заимодавец, решает его деятельность по реестру, а не название долга в декларации; где она не указана, о банковском кредите не спрашивается. Без
    номера заимодавец узнаётся по точно совпадающему названию или имени.
  en: >-
    The declarant owes a large sum to a person or a company, not to a bank. It needs an explanation who lent it, on which
    terms, and whether the lender has to do with the declarant's office. A debt to one lender over years on end is asked
    about once, for the first year above the threshold; a loan of a parent, child, spouse, brother or sister by the register
    is not asked about. For a holder of a post that licences, inspects or
    procures, a lower threshold holds for loans from companies; where the lender held a licence of the body that the
    declarant served in, any sum is asked about. Whether a lender that the registers know is a bank is told by its registered
    activity, not by what the declaration calls the debt; where there is none, nothing is asked about a bank loan. Without a number a lender is known by a name that fits exactly.
basis:
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 8-баптың 5-тармағы (мүдделер қақтығысы)
    ru: Конвенция ООН против коррупции, пункт 5 статьи 8 (конфликт интересов)
    en: United Nations Convention against Corruption, article 8, paragraph 5 (conflicts of interest)
  - kk: "Тексеру әдісі: қайтарылмайтын қарыз сыйақының орнына жүруі мүмкін (OECD, «Asset Declarations for Public Officials», 2011)"
    ru: "Метод проверки: невозвратный заём может заменять вознаграждение (OECD, «Asset Declarations for Public Officials», 2011)"
    en: "Method of verification: a loan never repaid may stand for a reward (OECD, “Asset Declarations for Public Officials”, 2011)"
innocent:
  - kk: Тіркелімде байланысы жазылмаған туыс қолхатпен берген қарыз.
    ru: Заём по расписке у родственника, родство с которым не записано в реестре.
    en: A loan with a written note of a relative whose tie the register does not hold.
  - kk: Пәтерді тұрғызушыдан бөліп төлеумен алған.
    ru: Квартира куплена у застройщика в рассрочку.
    en: A flat was bought from its builder by instalments.
  - kk: Лицензияны декларантқа қатысы жоқ басқа бөлім берген.
    ru: Лицензию выдало другое подразделение, к которому декларант отношения не имеет.
    en: Another department, with which the declarant has nothing to do, gave the licence.
  - kk: Қарыз беруші — микроқаржы ұйымы немесе жұмыс беруші.
    ru: Заимодавец — микрофинансовая организация или работодатель.
    en: The lender is a microfinance organisation or the employer.
parameters:
  - name: threshold
    threshold: private_loan
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Осыдан асатын қарыз ескеріледі
      ru: Учитываются займы больше этой суммы
      en: Loans above this count
  - name: threshold_with_power
    threshold: private_loan_power
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Бизнеске қатысты өкілеттігі бар адамға компания берген қарыз үшін
      ru: Для займа от компании тому, чья должность даёт власть над бизнесом
      en: For a loan from a company to somebody whose post has power over businesses
tables:
  declaration: [id, person_id, year, is_current, currency]
  declared_claim: [row_id, declaration_id, direction, kind, amount, currency]
  exchange_rate: []
  index_value: []
optional:
  appointment: []
  post: []
  company: []
  permit_licence: []
  person: []
steps: [close_relative, conversion_rate, current_declaration, named_party]
compared:
  named_party: [namesakes]
unit: {kk: қарыз, ru: долг, en: debt}
checked: |
  WITH debt AS (
      SELECT
          c.row_id,
          c.amount,
          c.kind,
          r.rate,
          d.index_unit,
          (n.is_known AND n.party_id IS NOT NULL) OR (n.row_id IS NULL AND c.counterparty_id IS NOT NULL) AS is_known,
          k.id IS NOT NULL AND k.activity IS NULL AS is_of_unknown_trade,
          sum(
              CASE WHEN c.kind = 'private loan'
                  THEN CAST(CAST(c.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)) ELSE 0 END
          ) OVER (
              PARTITION BY
                  d.person_id,
                  d.year,
                  coalesce(
                      n.party_id,
                      CASE WHEN n.row_id IS NULL THEN c.counterparty_id END,
                      left(trim(replace(replace(replace(lower(c.counterparty), ' ', '<>'), '><', ''), '<>', ' ')), 80),
                      c.row_id
                  )
          ) AS worth
      FROM declared_claim c
      JOIN current_declaration d ON d.id = c.declaration_id
      LEFT JOIN named_party n ON n.row_id = c.row_id
      LEFT JOIN company k ON k.id = CASE WHEN n.row_id IS NULL THEN c.counterparty_id ELSE n.party_id END
      LEFT JOIN conversion_rate r ON r.currency = c.currency AND r.quote_currency = d.currency AND r.year = d.year
      WHERE d.leads AND c.direction = 'payable' AND coalesce(c.owner, 'declarant') <> 'other'
  )
  SELECT
      row_id AS unit_id,
      CASE
          WHEN amount IS NULL THEN 'no-amount'
          WHEN index_unit IS NULL THEN 'no-index'
          WHEN rate IS NULL THEN 'no-rate'
          WHEN kind IS NULL THEN 'no-kind'
          WHEN is_of_unknown_trade AND kind NOT IN ('private loan', 'other') THEN 'unknown-activity'
          WHEN NOT coalesce(is_known, false)
              AND NOT (kind = 'private loan' AND worth > CAST($threshold * index_unit AS DECIMAL(32, 2)))
              THEN 'unknown-lender'
      END AS reason
  FROM debt
reasons:
  no-amount: {kk: қарыздың сомасы көрсетілмеген, ru: сумма долга не указана, en: the debt stands without its amount}
  no-index:
    kk: бұл жыл мен валюта үшін көрсеткіш белгісіз
    ru: показатель за этот год и в этой валюте неизвестен
    en: the index is not known for the year and currency
  no-rate:
    kk: валютаның сол жылғы бағамы белгісіз
    ru: неизвестен курс валюты за этот год
    en: there is no rate for the currency and year
  no-kind: {kk: қарыздың түрі белгісіз, ru: вид долга неизвестен, en: the kind of debt is not known}
  unknown-activity:
    kk: тіркелімде қарыз берушінің қызмет түрі жоқ, сондықтан оның банк екені белгісіз
    ru: в реестре нет деятельности заимодавца, поэтому неизвестно, банк ли это
    en: the register does not tell the lender's activity, so whether it is a bank is not known
  unknown-lender:
    kk: қарыз берушіні тіркелімдерден таба алмадық, сондықтан оның лицензиясы мен туыстығы белгісіз
    ru: заимодавец в реестрах не найден, поэтому неизвестны ни его лицензии, ни родство
    en: no register knows the lender, so neither licences nor kinship could be looked at
fires_on:
  - case:
      kk: Жеке адамнан екі бөліп алынған қарыз; атымен ғана белгілі қарыз беруші; аты жоқ қарыз беруші
      ru: Заём у частного лица двумя частями; заимодавец известен лишь по имени; заимодавец без имени
      en: A loan from a person in two parts; a lender known by name alone; a lender without a name
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_claim: |
        row_id | declaration_id | direction | kind         | counterparty | counterparty_id | amount  | currency
        C1     | D1             | payable   | private loan | Ахметов      | P7              | 1500000 | KZT
        C2     | D1             | payable   | private loan | Ахметов      | P7              | 1500001 | KZT
        C3     | D1             | payable   | private loan | Е.  Оспанов  |                 | 2000000 | KZT
        C4     | D1             | payable   | private loan | е. оспанов   |                 | 2000000 | KZT
        C5     | D1             | payable   | private loan |              |                 | 4000000 | KZT
    expect: |
      subject_id | object_id       | amount     | currency | since      | evidence
      P1         | C5:2024         | 4000000.00 | KZT      | 2024-12-31 | declaration/D1 declared_claim/C5
      P1         | P7:2024         | 3000001.00 | KZT      | 2024-12-31 | declaration/D1 declared_claim/C1 declared_claim/C2
      P1         | е. оспанов:2024 | 4000000.00 | KZT      | 2024-12-31 | declaration/D1 declared_claim/C3 declared_claim/C4
  - case:
      kk: Бір қарыз екі жыл қатар тұр, үзілістен кейін қайта алынған
      ru: Один долг стоит два года подряд, после перерыва взят снова
      en: One debt stands for two years on end, and is taken again after a break
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2021 | true       | KZT
        D2 | P1        | income | 2022 | true       | KZT
        D3 | P1        | income | 2023 | true       | KZT
        D4 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2021 | KZT      | 3000
        I2 | 2022 | KZT      | 3000
        I3 | 2023 | KZT      | 3000
        I4 | 2024 | KZT      | 3000
      declared_claim: |
        row_id | declaration_id | direction | kind         | counterparty_id | amount  | currency
        C1     | D1             | payable   | private loan | P7              | 4000000 | KZT
        C2     | D2             | payable   | private loan | P7              | 4500000 | KZT
        C4     | D4             | payable   | private loan | P7              | 5000000 | KZT
    expect: |
      subject_id | object_id | amount     | since      | evidence
      P1         | P7:2021   | 4000000.00 | 2021-12-31 | declaration/D1 declared_claim/C1
      P1         | P7:2024   | 5000000.00 | 2024-12-31 | declaration/D4 declared_claim/C4
  - case:
      kk: Тексерушіге компания берген шағын қарыз
      ru: Небольшой заём от компании тому, кто проверяет
      en: A smaller loan from a company to an inspector
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      company: |
        id | name        | activity
        K1 | ЖШС «Құрыш» | 25.11
      post: |
        id | body_id | inspects | licences | procures
        S1 | B1      | true     | false    | false
      appointment: |
        id | person_id | post_id | valid_from | valid_to
        T1 | P1        | S1      | 2022-01-01 |
      declared_claim: |
        row_id | declaration_id | direction | kind  | counterparty | counterparty_id | amount | currency
        C1     | D1             | payable   | other | ЖШС «Құрыш»  | K1              | 600001 | KZT
    expect: |
      subject_id | object_id | amount    | evidence
      P1         | K1:2024   | 600001.00 | appointment/T1 company/K1 declaration/D1 declared_claim/C1
  - case:
      kk: Декларант органының лицензиясы бар компания мен адамның болмашы қарызы
      ru: Ничтожные займы у компании и у человека с лицензией органа декларанта
      en: Small loans of a company and of a person who hold licences of the declarant's body
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      company: |
        id | name        | activity
        K1 | ЖШС «Құрыш» | 25.11
      person: |
        id | birth_date
        P7 | 1980-03-08
      post: |
        id | body_id | inspects | licences | procures
        S1 | B1      | false    | false    | false
      appointment: |
        id | person_id | post_id | valid_from | valid_to
        T1 | P1        | S1      | 2022-01-01 |
      permit_licence: |
        id | body_id | company_id | person_id | valid_from | valid_until
        L1 | B1      | K1         |           | 2021-01-01 | 2024-01-01
        L2 | B1      |            | P7        | 2024-12-31 |
      declared_claim: |
        row_id | declaration_id | direction | kind         | counterparty_id | amount | currency
        C1     | D1             | payable   | other        | K1              | 1000   | KZT
        C2     | D1             | payable   | private loan | P7              | 1000   | KZT
    expect: |
      subject_id | object_id | amount  | evidence
      P1         | K1:2024   | 1000.00 | appointment/T1 permit_licence/L1 company/K1 declaration/D1 declared_claim/C1
      P1         | P7:2024   | 1000.00 | appointment/T1 permit_licence/L2 declaration/D1 declared_claim/C2
  - case:
      kk: Лицензиясы бар компанияның қарызы «банк несиесі», «лизинг» деп аталған; нөмірі не атауы ғана жазылған
      ru: Займы компаний с лицензией названы «банковским кредитом» и «лизингом»; указан лишь номер или название
      en: Loans of licensed companies are called a bank loan and leasing; only the number or the name was given
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      company: |
        id | identifier   | name        | activity
        K1 | 050340001231 | ЖШС «Құрыш» | 41.20
        K2 | 060440002342 | ЖШС «Мыс»   | 25.12
      post: |
        id | body_id | licences
        S1 | B1      | true
      appointment: |
        id | person_id | post_id | valid_from
        T1 | P1        | S1      | 2022-01-01
      permit_licence: |
        id | body_id | company_id | valid_from
        L1 | B1      | K1         | 2021-01-01
        L2 | B1      | K2         | 2021-01-01
      declared_claim: |
        row_id | declaration_id | direction | kind      | counterparty | number       | amount | currency
        C1     | D1             | payable   | bank loan | Бір банк     | 050340001231 | 1000   | KZT
        C2     | D1             | payable   | leasing   | жшс  "мыс"   |              | 1000   | KZT
    expect: |
      subject_id | object_id | amount  | evidence
      P1         | K1:2024   | 1000.00 | appointment/T1 permit_licence/L1 company/K1 declaration/D1 declared_claim/C1
      P1         | K2:2024   | 1000.00 | appointment/T1 permit_licence/L2 company/K2 declaration/D1 named_party/C2 declared_claim/C2
silent_on:
  - case:
      kk: Әкесі атымен ғана жазылған; банк «жеке қарыз» деп аталған; аттас екі компания
      ru: Отец указан лишь по имени; банк назван частным лицом; две компании с одним названием
      en: The father stands by his name alone; a bank is called a private lender; two companies of one name
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        person_id | relative_id | kind
        P1        | P7          | parent
      person_name: |
        person_id | text
        P7        | Оспанов Ерлан
      company: |
        id | identifier   | name       | activity
        K4 | 080640004564 | АО «Банк»  | 64.19
        K5 |              | ЖШС «Егіз» | 25.11
        K6 |              | ЖШС «Егіз» | 25.11
      post: |
        id | body_id | licences
        S1 | B1      | true
      appointment: |
        id | person_id | post_id | valid_from
        T1 | P1        | S1      | 2022-01-01
      permit_licence: |
        id | body_id | company_id | valid_from
        L1 | B1      | K5         | 2021-01-01
      declared_claim: |
        row_id | declaration_id | direction | kind         | counterparty  | number       | amount  | currency
        C1     | D1             | payable   | private loan | ОСПАНОВ Ерлан |              | 9000000 | KZT
        C2     | D1             | payable   | private loan | Банк          | 080640004564 | 9000000 | KZT
        C3     | D1             | payable   | other        | ЖШС «Егіз»    |              | 9000000 | KZT
  - case:
      kk: Қызметі тіркелімде жоқ банк нөмірімен және дәл атауымен; лизинг компаниясының лизингі; әкесі жеке кәсіпкер ретінде де тұр
      ru: Банк, чья деятельность в реестре не указана, по номеру и по названию; лизинг у лизинговой компании; отец есть и в реестре компаний
      en: A bank whose activity the register does not tell, by number and by name; a lease of a leasing firm; the father is a sole trader too
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        person_id | relative_id | kind
        P1        | P7          | parent
      person_identifier: |
        person_id | value
        P7        | 600101400014
      company: |
        id | identifier   | name          | activity
        K1 | 080640004564 | АО «Банк»     |
        K2 | 060440002342 | ТОО «Лизинг»  | 77.11
        K3 | 600101400014 | ИП Оспанов    | 47.11
      declared_claim: |
        row_id | declaration_id | direction | kind         | counterparty | number       | amount  | currency
        C1     | D1             | payable   | bank loan    | Банк         | 080640004564 | 9000000 | KZT
        C2     | D1             | payable   | mortgage     | АО «Банк»    |              | 9000000 | KZT
        C3     | D1             | payable   | leasing      | Лизинг       | 060440002342 | 9000000 | KZT
        C4     | D1             | payable   | private loan | Оспанов      | 600101400014 | 9000000 | KZT
        C5     | D1             | payable   |              | ИП Оспанов   |              | 9000000 | KZT
  - case:
      kk: Лицензияны басқа орган берген; мерзімі өткен; келесі жылы берілген; банк; қызметтен кеткен
      ru: Лицензия другого органа; срок истёк; выдана в следующем году; банк; со службы ушёл
      en: A licence of another body; expired; given in the next year; a bank; the declarant had left the body
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P2        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      company: |
        id | name        | activity
        K1 | ЖШС «Құрыш» | 25.11
        K2 | ЖШС «Мыс»   | 25.12
        K3 | ЖШС «Алтын» | 25.13
        K4 | АО «Банк»   | 64.19
      post: |
        id | body_id | licences
        S1 | B1      | false
      appointment: |
        id | person_id | post_id | valid_from | valid_to
        T1 | P1        | S1      | 2022-01-01 |
        T2 | P2        | S1      | 2020-01-01 | 2023-12-31
      permit_licence: |
        id | body_id | company_id | valid_from | valid_until
        L1 | B2      | K1         | 2021-01-01 |
        L2 | B1      | K2         | 2021-01-01 | 2023-12-31
        L3 | B1      | K3         | 2025-01-01 |
        L4 | B1      | K4         | 2021-01-01 |
        L5 | B1      | K1         | 2025-01-01 |
      declared_claim: |
        row_id | declaration_id | direction | kind  | counterparty_id | amount | currency
        C1     | D1             | payable   | other | K1              | 1000   | KZT
        C2     | D1             | payable   | other | K2              | 1000   | KZT
        C3     | D1             | payable   | other | K3              | 1000   | KZT
        C4     | D1             | payable   | other | K4              | 1000   | KZT
        C5     | D2             | payable   | other | K2              | 1000   | KZT
  - case:
      kk: Әкесі мен апасының қарызы; екінші байланыс тіркелімде кері бағытта тұр
      ru: Заём у отца и у сестры; вторая связь записана в обратную сторону
      en: A loan of the father and of the sister; the second tie stands the other way round
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        person_id | relative_id | kind
        P1        | P7          | parent
        P8        | P1          | sibling
      declared_claim: |
        row_id | declaration_id | direction | kind         | counterparty_id | amount  | currency
        C1     | D1             | payable   | private loan | P7              | 9000000 | KZT
        C2     | D1             | payable   | private loan | P8              | 9000000 | KZT
  - case:
      kk: Дәл шекке тең; банк несиесі; ипотека; өзі қарыз берген; ағасының қарызы
      ru: Ровно на пороге; банковский кредит; ипотека; сам дал в долг; долг брата
      en: Exactly at the threshold; a bank loan; a mortgage; money lent out; a brother's debt
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_claim: |
        row_id | declaration_id | owner     | direction  | kind         | counterparty_id | amount   | currency
        C1     | D1             | declarant | payable    | private loan | P7              | 3000000  | KZT
        C2     | D1             | declarant | payable    | bank loan    | K9              | 9000000  | KZT
        C3     | D1             | declarant | payable    | mortgage     |                 | 90000000 | KZT
        C4     | D1             | declarant | receivable | private loan | P8              | 90000000 | KZT
        C5     | D1             | other     | payable    | private loan | P9              | 90000000 | KZT
  - case:
      kk: Өкілеттігі тоқтаған; банк пен микроқаржы ұйымының қызметі; бағамы жоқ валюта
      ru: Полномочия прекратились; заимодавец — финансовая организация; валюта без курса
      en: The power had ended; the lender is a financial organisation; a currency without a rate
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      company: |
        id | name            | activity
        K1 | ЖШС «Құрыш»     | 25.11
        K2 | АО «Халық банк» | 64.19
      post: |
        id | body_id | inspects
        S1 | B1      | true
      appointment: |
        id | person_id | post_id | valid_from | valid_to
        T1 | P1        | S1      | 2020-01-01 | 2023-12-31
      declared_claim: |
        row_id | declaration_id | direction | kind         | counterparty_id | amount   | currency
        C1     | D1             | payable   | other        | K1              | 2000000  | KZT
        C2     | D1             | payable   | other        | K2              | 90000000 | KZT
        C3     | D1             | payable   | private loan | P7              | 90000000 | XAU
*/
WITH from_relative AS (
    SELECT DISTINCT c.row_id
    FROM declared_claim c
    JOIN current_declaration d ON d.id = c.declaration_id
    LEFT JOIN named_party n ON n.row_id = c.row_id
    JOIN close_relative t
        ON t.person_id = d.person_id
        AND t.relative_id = CASE WHEN n.row_id IS NULL THEN c.counterparty_id ELSE n.party_id END
),
debt AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        d.currency,
        d.index_unit,
        c.row_id,
        CASE WHEN n.namesakes IS NOT NULL THEN 'named_party/' || n.row_id END AS named,
        coalesce(
            n.party_id,
            CASE WHEN n.row_id IS NULL THEN c.counterparty_id END,
            left(trim(replace(replace(replace(lower(c.counterparty), ' ', '<>'), '><', ''), '<>', ' ')), 80),
            c.row_id
        ) AS lender,
        k.id AS company_id,
        CAST(CAST(c.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)) AS worth
    FROM declared_claim c
    JOIN current_declaration d ON d.id = c.declaration_id
    JOIN conversion_rate r ON r.currency = c.currency AND r.quote_currency = d.currency AND r.year = d.year
    LEFT JOIN named_party n ON n.row_id = c.row_id
    LEFT JOIN company k ON k.id = CASE WHEN n.row_id IS NULL THEN c.counterparty_id ELSE n.party_id END
    LEFT JOIN person p ON p.id = CASE WHEN n.row_id IS NULL THEN c.counterparty_id ELSE n.party_id END
    ANTI JOIN from_relative f ON f.row_id = c.row_id
    WHERE d.leads
        AND c.direction = 'payable'
        AND (
            c.kind = 'private loan'
            OR (c.kind = 'other' AND k.id IS NOT NULL)
            OR (c.kind IS NOT NULL AND p.id IS NOT NULL)
            OR (c.kind IS NOT NULL AND k.activity IS NOT NULL AND NOT (c.kind = 'leasing' AND starts_with(k.activity, '77')))
        )
        AND NOT coalesce(starts_with(k.activity, '64'), false)
        AND coalesce(c.owner, 'declarant') <> 'other'
),
loan AS (
    SELECT
        person_id,
        lender,
        year,
        min(year_end) AS year_end,
        min(currency) AS currency,
        min(index_unit) AS index_unit,
        min(company_id) AS company_id,
        sum(worth) AS worth,
        list_concat(
            ['declaration/' || min(declaration_id), min(named)], list_sort(array_agg('declared_claim/' || row_id))
        ) AS rows_of_loan
    FROM debt
    GROUP BY person_id, lender, year
),
power AS (
    SELECT l.person_id, l.lender, l.year, min(a.id) AS appointment_id
    FROM loan l
    JOIN appointment a ON a.person_id = l.person_id
    JOIN post s ON s.id = a.post_id
    WHERE l.company_id IS NOT NULL
        AND (s.licences OR s.inspects OR s.procures)
        AND (a.valid_from IS NULL OR a.valid_from <= l.year_end)
        AND (a.valid_to IS NULL OR a.valid_to > l.year_end - INTERVAL 1 YEAR)
    GROUP BY l.person_id, l.lender, l.year
),
licensed AS (
    SELECT l.person_id, l.lender, l.year, min(a.id) AS serving_id, min(p.id) AS licence_id
    FROM loan l
    JOIN permit_licence p ON l.lender IN (p.company_id, p.person_id)
    JOIN post s ON s.body_id = p.body_id
    JOIN appointment a ON a.person_id = l.person_id AND a.post_id = s.id
    WHERE (a.valid_from IS NULL OR a.valid_from <= l.year_end)
        AND (a.valid_to IS NULL OR a.valid_to > l.year_end - INTERVAL 1 YEAR)
        AND (p.valid_from IS NULL OR p.valid_from <= l.year_end)
        AND (p.valid_until IS NULL OR p.valid_until > l.year_end - INTERVAL 1 YEAR)
    GROUP BY l.person_id, l.lender, l.year
),
large AS (
    SELECT
        l.person_id,
        l.lender,
        l.year,
        l.worth,
        l.currency,
        l.year_end,
        l.company_id,
        l.rows_of_loan,
        p.appointment_id,
        w.serving_id,
        w.licence_id,
        lag(l.year) OVER (PARTITION BY l.person_id, l.lender ORDER BY l.year) AS year_before
    FROM loan l
    LEFT JOIN power p ON p.person_id = l.person_id AND p.lender = l.lender AND p.year = l.year
    LEFT JOIN licensed w ON w.person_id = l.person_id AND w.lender = l.lender AND w.year = l.year
    WHERE l.worth > CAST(
        CASE WHEN p.appointment_id IS NULL THEN $threshold ELSE $threshold_with_power END * l.index_unit AS DECIMAL(32, 2)
    )
        OR (w.licence_id IS NOT NULL AND l.worth > 0)
)
SELECT
    person_id AS subject_id,
    lender || ':' || CAST(year AS VARCHAR) AS object_id,
    worth AS amount,
    currency AS currency,
    year_end AS since,
    CASE
        WHEN licence_id IS NOT NULL
            THEN list_concat(
                ['appointment/' || serving_id, 'permit_licence/' || licence_id, 'company/' || company_id], rows_of_loan
            )
        WHEN appointment_id IS NOT NULL
            THEN list_concat(['appointment/' || appointment_id, 'company/' || company_id], rows_of_loan)
        WHEN company_id IS NOT NULL THEN list_concat(['company/' || company_id], rows_of_loan)
        ELSE rows_of_loan
    END AS evidence
FROM large
WHERE year_before IS NULL OR year_before < year - 1
