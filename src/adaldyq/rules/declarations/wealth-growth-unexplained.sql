/*
id: declarations.wealth-growth-unexplained
kind: flag
severity: high
title:
  kk: Дәулеттің өсуі кіріспен түсіндірілмейді
  ru: Рост состояния не объясняется доходом
  en: Growth of wealth is not explained by income
explanation:
  kk: >-
    Қарыздарды шегергендегі декларацияланған дәулет бір жылда түскені мен кеткені түсіндіргеннен артық өсті. Белгісіздің бәрі
    декларанттың пайдасына саналды: жыл ішіндегі бағам, көрсетілмеген құндар, сатудан түскеннің бәрі. Екі жылда да үлесі бірдей
    үй мен көлік құны өзгерсе де өзгермеген деп саналады. Өсімнің қайдан пайда болғанын түсіндіру қажет.
  ru: >-
    Указанное состояние за вычетом долгов выросло за год больше, чем объясняет то, что поступило и ушло. Всё неизвестное
    сочтено в пользу декларанта: курс внутри года, неуказанные стоимости, вся выручка от продаж. Недвижимость и транспорт,
    доля в которых в оба года та же, считаются неизменными, как бы их ни оценили. Нужно пояснить, откуда взялся прирост.
  en: >-
    Declared wealth less debts grew within a year by more than what came in and went out explains. All that is unknown is taken
    in the declarant's favour: the rate within the year, values that are not stated, all that sales brought. Real estate and
    vehicles of which the same share is held in both years count as unchanged, whatever they are said to be worth. It needs an explanation where the
    growth came from.
basis:
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 20-бап және 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, статья 20 и пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 20 and article 52, paragraph 5
  - kk: "Тексеру әдісі: дәулетті жылдар бойынша салыстыру (StAR, «Public Office, Private Interests», 2012)"
    ru: "Метод проверки: сравнение состояния по годам (StAR, «Public Office, Private Interests», 2012)"
    en: "Method of verification: comparison of wealth over the years (StAR, “Public Office, Private Interests”, 2012)"
innocent:
  - kk: Саны өзгерген бағалы қағаздар немесе нөмірі жоқ мүлік қайта бағаланған — нарық бағасы өскен.
    ru: Переоценены бумаги, число которых изменилось, или имущество без номера — выросла рыночная цена.
    en: Securities of which the number changed, or property without a number, were valued anew, because prices rose.
  - kk: Мұра алынған, бірақ сыйлықтар бөлімінде көрсетілмеген.
    ru: Получено наследство, не указанное среди подарков.
    en: An inheritance was received that does not stand among gifts.
  - kk: Былтырғы декларацияда бұрыннан бар мүлік көрсетілмей қалған.
    ru: В прошлой декларации не было указано имущество, которое уже имелось.
    en: The declaration of the year before left out property that was already there.
  - kk: Жыл ішінде неке қиылып, жұбайының мүлкі қосылған.
    ru: В течение года заключён брак, и добавилось имущество супруга.
    en: A marriage within the year brought in the spouse's property.
parameters:
  - name: margin
    value: 20
    unit: {kk: пайыз, ru: процентов, en: percent}
    meaning:
      kk: Түсіндірілмегені түскеннің осы бөлігінен артық болуы керек
      ru: Какую долю поступлений необъяснённое должно превысить
      en: Which part of what came in the unexplained must exceed
  - name: threshold
    threshold: wealth_unexplained
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Түсіндірілмегеннің ең азы осыдан асқанда ғана сұрақ қойылады
      ru: Вопрос задаётся, только если наименьшее необъяснённое больше
      en: The question is asked only when the least that is unexplained is larger
tables:
  declaration: [id, person_id, form, year, is_current, currency]
  declared_income: [declaration_id, amount, currency]
  exchange_rate: []
  index_value: []
optional:
  declared_expense: []
steps: [declared_total, earning_row, wealth_change, worth_row, year_before]
unit: {kk: декларация, ru: декларация, en: declaration}
checked: |
  SELECT
      d.declaration_id AS unit_id,
      CASE
          WHEN d.lacks_income THEN 'no-income-form'
          WHEN b.before_id IS NULL THEN 'no-year-before'
          WHEN NOT b.same_currency THEN 'other-currency'
          WHEN d.index_unit IS NULL THEN 'no-index'
          WHEN w.no_rate THEN 'no-rate'
          WHEN w.unknown_worth THEN 'unknown-worth'
          WHEN w.unknown_inflow THEN 'unknown-inflow'
      END AS reason
  FROM declared_total d
  LEFT JOIN year_before b ON b.declaration_id = d.declaration_id
  LEFT JOIN wealth_change w ON w.declaration_id = d.declaration_id
reasons:
  no-income-form:
    kk: сол жылы тек активтер туралы декларация берілген, онда кіріс жоқ
    ru: за этот год подана только декларация об активах, доходов в ней нет
    en: only the form of assets was filed for the year, and it states no income
  no-year-before:
    kk: алдыңғы жылдың декларациясы жоқ
    ru: нет декларации за предыдущий год
    en: there is no declaration of the year before
  other-currency:
    kk: алдыңғы жылдың декларациясы басқа валютада
    ru: декларация за предыдущий год в другой валюте
    en: the declaration of the year before is in another currency
  no-index:
    kk: бұл жыл мен валюта үшін көрсеткіш белгісіз
    ru: показатель за этот год и в этой валюте неизвестен
    en: the index is not known for the year and currency
  no-rate:
    kk: валютаның сол жылғы бағамы белгісіз
    ru: неизвестен курс валюты за этот год
    en: there is no rate for a currency and year
  unknown-worth:
    kk: алдыңғы жылғы мүліктің құны немесе осы жылғы қарыздың сомасы көрсетілмеген, сондықтан екі жыл салыстырылмайды
    ru: стоимость имущества за предыдущий год или сумма долга этого года не указана, и годы несравнимы
    en: property of the year before, or a debt of this year, stands without its amount, so the years cannot be compared
  unknown-inflow:
    kk: сол жылғы кірістің немесе сыйлықтың сомасы көрсетілмеген
    ru: не указана сумма дохода или подарка за этот год
    en: an income or gift of the year stands without its sum
compared:
  wealth_change:
    - unexplained_low
    - unexplained_high
    - worth_low
    - worth_high
    - inflow_low
    - inflow_high
    - outflow_low
    - outflow_high
  declared_total: [net, income, sales, gifts]
largest: 12
fires_on:
  - case:
      kk: Шоттағы ақша жалақыдан көп өсті
      ru: Деньги на счёте выросли больше, чем на зарплату
      en: Money on the account grew by more than the salary
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | owner     | kind   | amount  | currency
        R1     | D2             | declarant | salary | 5000000 | KZT
        R2     | D2             | spouse    | salary | 3000000 | KZT
      declared_account: |
        row_id | declaration_id | amount   | currency
        A1     | D1             | 1000000  | KZT
        A2     | D2             | 31000000 | KZT
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | 2024      | 22000000.00 | KZT      | 2024-12-31 | declared_total/D2 wealth_change/D2 declaration/D1 declaration/D2 declared_account/A1 declared_account/A2 declared_income/R1 declared_income/R2
  - case:
      kk: Қарыз кіріссіз өтелді
      ru: Долг погашен без дохода
      en: A debt was paid off without income
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | assets | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_claim: |
        row_id | declaration_id | direction | amount  | currency
        C1     | D1             | payable   | 6000001 | KZT
    expect: |
      subject_id | object_id | amount     | evidence
      P1         | 2024      | 6000001.00 | declared_total/D2 wealth_change/D2 declaration/D1 declaration/D2 declared_claim/C1
  - case:
      kk: Шығыстар кірістен асты, ал ақша кемімеді
      ru: Расходы превысили доход, а денег не убыло
      en: Expenses exceeded income, and the money did not shrink
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | kind   | amount  | currency | tax_withheld
        R1     | D2             | salary | 5000000 | KZT      | 500000
      declared_expense: |
        row_id | declaration_id | kind   | amount   | currency
        X1     | D2             | travel | 12000001 | KZT
    expect: |
      subject_id | object_id | amount     | evidence
      P1         | 2024      | 7000001.00 | declared_total/D2 wealth_change/D2 declaration/D1 declaration/D2 declared_expense/X1 declared_income/R1
  - case:
      kk: Пәтердегі үлес бір пайыздан толыққа жетті; екіншісінде бағасы да, күні де көрсетілмеген
      ru: Доля в квартире выросла с одного процента до целого; во втором случае цена и день не указаны
      en: A share of a flat grew from one per cent to the whole; in a second case without price and day
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
        D3 | P2        | income | 2023 | true       | KZT
        D4 | P2        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_real_estate: |
        row_id | declaration_id | owner     | object_number | share | value     | price    | acquired_date | currency
        E1     | D1             | declarant | 20-1          | 1     | 1000000   |          | 2023-02-02    | KZT
        E2     | D2             | declarant | 20-1          | 100   | 100000000 | 90000000 | 2024-05-05    | KZT
        E3     | D3             | declarant | 20-2          | 1     | 1000000   |          |               | KZT
        E4     | D4             | declarant | 20-2          | 100   | 100000000 |          |               | KZT
    expect: |
      subject_id | object_id | amount
      P1         | 2024      | 90000000.00
      P2         | 2024      | 99000000.00
  - case:
      kk: Сондай тағы бір биткоин пайда болған
      ru: Появился ещё один такой же биткойн
      en: One more Bitcoin has come
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_crypto: |
        row_id | declaration_id | asset   | quantity | value    | currency
        X1     | D1             | Bitcoin | 1        | 45000000 | KZT
        X2     | D2             | Bitcoin | 1        | 45000000 | KZT
        X3     | D2             | Bitcoin | 1        | 45000000 | KZT
    expect: |
      subject_id | object_id | amount
      P1         | 2024      | 45000000.00
silent_on:
  - case:
      kk: Бір биткоин, сол акциялар және компаниядағы сол үлес қайта бағаланған
      ru: Переоценены тот же биткойн, те же акции и та же доля в компании
      en: The same Bitcoin, the same shares and the same part of a company were valued anew
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_crypto: |
        row_id | declaration_id | asset   | quantity | value    | currency
        X1     | D1             | Bitcoin | 1        | 8000000  | KZT
        X2     | D2             | bitcoin | 1        | 45000000 | KZT
      declared_security: |
        row_id | declaration_id | issuer | kind  | quantity | value    | currency
        S1     | D1             | Арна   | share | 100      | 8000000  | KZT
        S2     | D2             | Арна   | share | 100      | 45000000 | KZT
      declared_company_interest: |
        row_id | declaration_id | company_name | share | value    | currency
        K1     | D1             | ЖШС «Егіз»   | 50    | 8000000  | KZT
        K2     | D2             | ЖШС «Егіз»   | 50    | 45000000 | KZT
  - case:
      kk: Жұбайының үлесі декларантқа өтті; үлес өсті, бірақ құны да, бағасы да белгісіз; жартысы сатылған
      ru: Доля супруги перешла декларанту; доля выросла, но ни стоимость, ни цена неизвестны; половина продана
      en: The wife's share passed to the declarant; a share grew, but neither value nor price is known; a half was sold
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
        D3 | P2        | income | 2023 | true       | KZT
        D4 | P2        | income | 2024 | true       | KZT
        D5 | P3        | income | 2023 | true       | KZT
        D6 | P3        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_real_estate: |
        row_id | declaration_id | owner     | object_number | share | value     | currency
        E1     | D1             | declarant | 20-1          | 40    | 40000000  | KZT
        E2     | D1             | spouse    | 20-1          | 60    | 60000000  | KZT
        E3     | D2             | declarant | 20-1          | 100   | 300000000 | KZT
        E4     | D3             | declarant | 20-2          | 1     |           | KZT
        E5     | D4             | declarant | 20-2          | 100   |           | KZT
        E6     | D5             | declarant | 20-3          | 100   | 80000000  | KZT
        E7     | D6             | declarant | 20-3          | 50    | 40000000  | KZT
      declared_account: |
        row_id | declaration_id | amount   | currency
        A1     | D6             | 40000000 | KZT
  - case:
      kk: Үй екі жылда да тұр, тек қымбат бағаланды; кірістің бірінің сомасы жоқ
      ru: Дом есть в оба года и лишь оценён дороже; один из доходов без суммы
      en: A house stands in both years and is only valued higher; one income is without its sum
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
        D3 | P2        | income | 2023 | true       | KZT
        D4 | P2        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_real_estate: |
        row_id | declaration_id | object_number | value    | currency
        E1     | D1             | 20-1          | 30000000 | KZT
        E2     | D2             | 20-1          | 90000000 | KZT
      declared_cash: |
        row_id | declaration_id | amount   | currency
        A4     | D4             | 90000000 | KZT
      declared_income: |
        row_id | declaration_id | kind   | amount | currency
        R4     | D4             | salary |        | KZT
  - case:
      kk: Түсіндірілмеген өсім дәл шекке тең; доллар тек бағаммен қымбаттаған
      ru: Необъяснённый рост ровно на пороге; доллары подорожали только по курсу
      en: Unexplained growth exactly at the threshold; dollars that rose only by their rate
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
        D3 | P2        | income | 2023 | true       | KZT
        D4 | P2        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | USD      | KZT            | 2023 | 450
        X2 | USD      | KZT            | 2024 | 900
      declared_cash: |
        row_id | declaration_id | amount  | currency
        A1     | D2             | 6000000 | KZT
        A2     | D3             | 100000  | USD
        A3     | D4             | 100000  | USD
  - case:
      kk: Алдыңғы жыл жоқ, құны белгісіз, тек ауыстырылған нұсқада болған, аралық жыл жоқ
      ru: Нет предыдущего года; стоимость неизвестна; сумма лишь в заменённой версии; пропущен год
      en: No year before; an unknown worth; a sum only in a replaced version; a year left out
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | currency
        D1 | P1        | income | 2024 | 1       | true       | KZT
        D2 | P2        | income | 2023 | 1       | true       | KZT
        D3 | P2        | income | 2024 | 1       | true       | KZT
        D4 | P3        | income | 2023 | 1       | true       | KZT
        D5 | P3        | income | 2024 | 1       | false      | KZT
        D6 | P3        | income | 2024 | 2       | true       | KZT
        D7 | P4        | income | 2022 | 1       | true       | KZT
        D8 | P4        | income | 2024 | 1       | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_cash: |
        row_id | declaration_id | amount   | currency
        A1     | D1             | 90000000 | KZT
        A3     | D3             | 90000000 | KZT
        A5     | D5             | 90000000 | KZT
        A8     | D8             | 90000000 | KZT
      declared_real_estate: |
        row_id | declaration_id | basis     | value    | currency
        E2     | D2             | ownership |          | KZT
        E6     | D6             | lease     | 90000000 | KZT
  - case:
      kk: Бір пәтердің құны биыл белгілі болды, құнсыз басқасы қосылды; бір қарыздың сомасы биыл жоқ
      ru: Стоимость одной квартиры стала известна, а другая появилась без стоимости; сумма долга неизвестна
      en: The value of one flat became known and another came without one; a debt stands without its sum
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
        D3 | P2        | income | 2023 | true       | KZT
        D4 | P2        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_real_estate: |
        row_id | declaration_id | value    | currency
        E1     | D1             |          | KZT
        E2     | D2             | 90000000 | KZT
        E3     | D2             |          | KZT
      declared_claim: |
        row_id | declaration_id | direction | amount   | currency
        C1     | D3             | payable   |          | KZT
        C2     | D3             | payable   | 90000000 | KZT
        C3     | D4             | payable   |          | KZT
  - case:
      kk: Ағасының мүлкі отбасынікі емес; үй сатылып, ақшаға айналған
      ru: Имущество брата не семейное; дом продан и стал деньгами
      en: A brother's property is not the household's; a house was sold and became money
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_real_estate: |
        row_id | declaration_id | owner     | value    | currency
        E1     | D1             | declarant | 40000000 | KZT
        E2     | D2             | other     | 70000000 | KZT
      declared_account: |
        row_id | declaration_id | owner     | amount   | currency
        A2     | D2             | declarant | 42000000 | KZT
*/
WITH grown AS (
    SELECT
        d.person_id AS subject_id,
        CAST(d.year AS VARCHAR) AS object_id,
        w.unexplained_low AS amount,
        d.currency,
        d.year_end,
        d.declaration_id,
        w.before_id
    FROM declared_total d
    JOIN wealth_change w ON w.declaration_id = d.declaration_id
    WHERE w.unexplained_low * 100 > w.inflow_high * $margin
        AND w.unexplained_low > CAST($threshold * d.index_unit AS DECIMAL(32, 2))
),
beside AS (
    SELECT subject_id, object_id, declaration_id FROM grown
    UNION ALL
    SELECT subject_id, object_id, before_id FROM grown
),
behind AS (
    SELECT
        b.subject_id,
        b.object_id,
        b.declaration_id AS part,
        e.table_name || '/' || e.row_id AS row_name,
        abs(coalesce(e.amount, 0)) AS amount
    FROM beside b
    JOIN worth_row e ON e.declaration_id = b.declaration_id
    WHERE coalesce(e.owner, 'declarant') <> 'other'
    UNION ALL
    SELECT g.subject_id, g.object_id, 'earning', e.table_name || '/' || e.row_id, coalesce(e.amount, 0)
    FROM grown g
    JOIN earning_row e ON e.declaration_id = g.declaration_id
    WHERE coalesce(e.owner, 'declarant') <> 'other'
    UNION ALL
    SELECT g.subject_id, g.object_id, 'outlay', 'declared_expense/' || e.row_id, coalesce(e.amount, 0)
    FROM grown g
    JOIN declared_expense e ON e.declaration_id = g.declaration_id
    WHERE coalesce(e.owner, 'declarant') <> 'other'
)
SELECT
    subject_id,
    object_id,
    amount,
    currency,
    year_end AS since,
    list_concat(
        ['declared_total/' || declaration_id, 'wealth_change/' || declaration_id],
        ['declaration/' || before_id, 'declaration/' || declaration_id]
    ) AS evidence
FROM grown
