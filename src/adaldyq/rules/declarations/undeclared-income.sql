/*
id: declarations.undeclared-income
kind: flag
severity: medium
title:
  kk: Төлеушілер хабарлаған кіріс декларациядағыдан көп
  ru: Плательщики сообщили о большем доходе, чем указано в декларации
  en: Payers reported more income than was declared
explanation:
  kk: >-
    Төлеушілердің салық органына берген мәліметі бойынша декларанттың бір жылдағы кірісі ол өзі көрсеткеннен едәуір көп.
    Мүлік сатудан түскен ақша төлеушілер сатулар туралы хабарлаған мөлшерде ғана ескеріледі, сондықтан көрсетілген сату
    көрсетілмеген жалақыны жаппайды.
    Қай кірістің көрсетілмегенін және неге екенін түсіндіру қажет.
  ru: >-
    По сведениям, которые плательщики подали в налоговый орган, доход декларанта за год заметно больше указанного им.
    Выручка от продажи имущества учитывается лишь в пределах продаж, о которых сообщили плательщики, поэтому указанная
    продажа не закрывает неуказанную зарплату.
    Нужно пояснить, какой доход не указан и почему.
  en: >-
    By what payers reported to the tax service, the declarant's income of the year was clearly larger than the declarant
    stated. What property was sold for counts up to the sales that payers reported, so that a declared sale cannot stand
    for a salary that was left out. It needs an explanation which income was left out, and why.
basis:
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 11-бап
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 11
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 11
  - kk: "Тексеру әдісі: кіріс туралы жолдар төлеушілердің есептерімен салыстырылады"
    ru: "Метод проверки: строки о доходах сопоставляются с отчётами плательщиков"
    en: "Method of verification: income rows are held against the payers' reports"
innocent:
  - kk: Декларант салық ұсталғаннан кейінгі таза соманы жазған.
    ru: Декларант указал сумму «на руки», после удержания налога.
    en: The declarant stated the sum received after tax.
  - kk: Төлеуші есепті кейін түзеткен немесе бір төлемді екі рет хабарлаған.
    ru: Плательщик позже исправил отчёт или сообщил об одной выплате дважды.
    en: The payer corrected the report later, or reported one payment twice.
  - kk: Желтоқсанның жалақысы қаңтарда төленіп, келесі жылға жазылған.
    ru: Декабрьская зарплата выплачена в январе и отнесена к следующему году.
    en: The salary of December was paid in January and put under the next year.
parameters:
  - name: margin
    value: 10
    unit: {kk: пайыз, ru: процентов, en: percent}
    meaning:
      kk: Төлеушілер хабарлаған сома декларацияланғаннан осыдан артық болса
      ru: Насколько сообщённая сумма должна превышать указанную
      en: By how much the reported sum must exceed the declared one
  - name: threshold
    threshold: undeclared_income
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Айырма осыдан асқанда ғана сұрақ қойылады
      ru: Вопрос задаётся, только если разница больше
      en: The question is asked only when the difference is larger
tables:
  declaration: [id, person_id, form, year, is_current, currency]
  declared_income: [declaration_id, owner, amount, currency]
  income_record: [id, person_id, year, amount, currency]
  exchange_rate: []
  index_value: []
steps: [declared_total, earning_row, reported_income]
unit: {kk: декларация, ru: декларация, en: declaration}
checked: |
  SELECT
      d.declaration_id AS unit_id,
      CASE
          WHEN d.lacks_income THEN 'no-income-form'
          WHEN d.index_unit IS NULL THEN 'no-index'
          WHEN d.no_rate OR r.no_rate THEN 'no-rate'
          WHEN d.unknown_income
              AND r.income * 100 > (d.income_of_declarant + least(d.sales_of_declarant, r.sales)) * (100 + $margin)
              THEN 'unknown-income'
      END AS reason
  FROM declared_total d
  LEFT JOIN reported_income r ON r.declaration_id = d.declaration_id
reasons:
  unknown-income:
    kk: кірістің бір бөлігі сомасыз тұр
    ru: часть дохода указана без суммы
    en: some of the income stands without its sum
  no-income-form:
    kk: сол жылы тек активтер туралы декларация берілген, онда кіріс жоқ
    ru: за этот год подана только декларация об активах, доходов в ней нет
    en: only the form of assets was filed for the year, and it states no income
  no-index:
    kk: бұл жыл мен валюта үшін көрсеткіш белгісіз
    ru: показатель за этот год и в этой валюте неизвестен
    en: the index is not known for the year and currency
  no-rate:
    kk: валютаның сол жылғы бағамы белгісіз
    ru: неизвестен курс валюты за этот год
    en: there is no rate for a currency and year
compared:
  reported_income: [income, sales]
  declared_total: [income_of_declarant, sales_of_declarant]
largest: 18
fires_on:
  - case:
      kk: Екінші жұмыстың жалақысы көрсетілмеген
      ru: Не указана зарплата со второй работы
      en: The salary of a second job is missing
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | owner     | kind   | amount   | currency
        R1     | D1             | declarant | salary | 6000000  | KZT
        R2     | D1             | spouse    | salary | 9000000  | KZT
      income_record: |
        id | person_id | year | kind   | amount  | currency
        N1 | P1        | 2024 | salary | 6000000 | KZT
        N2 | P1        | 2024 | salary | 3500000 | KZT
        N3 | P2        | 2024 | salary | 9000000 | KZT
    expect: |
      subject_id | object_id | amount     | currency | since      | evidence
      P1         | 2024      | 3500000.00 | KZT      | 2024-12-31 | declared_total/D1 reported_income/D1 declaration/D1 declared_income/R1 income_record/N1 income_record/N2
  - case:
      kk: Еуродағы дивиденд көрсетілмеген
      ru: Не указан дивиденд в евро
      en: A dividend in euros is missing
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | EUR      | KZT            | 2024 | 540
      income_record: |
        id | person_id | year | kind     | amount | currency
        N1 | P1        | 2024 | dividend | 1000   | EUR
    expect: |
      subject_id | object_id | amount    | currency | evidence
      P1         | 2024      | 540000.00 | KZT      | declared_total/D1 reported_income/D1 declaration/D1 income_record/N1
  - case:
      kk: Көрсетілген сату көрсетілмеген жалақыны жаппайды
      ru: Указанная продажа не закрывает неуказанную зарплату
      en: A declared sale does not stand for a salary left out
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | owner     | kind | amount   | currency
        R1     | D1             | declarant | sale | 20000000 | KZT
      income_record: |
        id | person_id | year | kind   | amount  | currency
        N1 | P1        | 2024 | salary | 6000000 | KZT
        N2 | P1        | 2024 | sale   | 1000000 | KZT
    expect: |
      subject_id | object_id | amount     | evidence
      P1         | 2024      | 6000000.00 | declared_total/D1 reported_income/D1 declaration/D1 declared_income/R1 income_record/N1 income_record/N2
silent_on:
  - case:
      kk: Иесі жазылмаған жол декларанттікі; төлеуші хабарлаған сату көрсетілген
      ru: Строка без владельца — доход декларанта; сообщённая продажа указана
      en: A row without an owner is the declarant's; a reported sale was declared
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P2        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | owner     | kind   | amount   | currency
        R1     | D1             |           | salary | 6000000  | KZT
        R2     | D2             | declarant | sale   | 20000000 | KZT
      income_record: |
        id | person_id | year | kind   | amount   | currency
        N1 | P1        | 2024 | salary | 6000000  | KZT
        N2 | P2        | 2024 | sale   | 20000000 | KZT
  - case:
      kk: Дәл он пайызға көп; дәл шекке тең айырма
      ru: Больше ровно на десять процентов; разница ровно на пороге
      en: Exactly ten percent more; a difference exactly at the threshold
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P2        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_income: |
        row_id | declaration_id | owner     | amount   | currency
        R1     | D1             | declarant | 10000000 | KZT
        R2     | D2             | declarant | 500000   | KZT
      income_record: |
        id | person_id | year | amount   | currency
        N1 | P1        | 2024 | 11000000 | KZT
        N2 | P2        | 2024 | 800000   | KZT
  - case:
      kk: Кірісі жоқ нысан; бағамы белгісіз валюта; басқа жылдың кірісі
      ru: Форма без доходов; валюта без курса; доход другого года
      en: A form without income; a currency without a rate; income of another year
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | assets | 2024 | true       | KZT
        D2 | P2        | income | 2024 | true       | KZT
        D3 | P3        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      income_record: |
        id | person_id | year | amount   | currency
        N1 | P1        | 2024 | 11000000 | KZT
        N2 | P2        | 2024 | 11000000 | KZT
        N3 | P2        | 2024 | 90       | XAU
        N4 | P3        | 2023 | 11000000 | KZT
*/
WITH compared AS (
    SELECT
        d.declaration_id,
        r.income,
        d.income_of_declarant + least(d.sales_of_declarant, r.sales) AS declared
    FROM declared_total d
    JOIN reported_income r ON r.declaration_id = d.declaration_id
    WHERE NOT d.no_rate AND NOT r.no_rate AND NOT d.unknown_income
),
short AS (
    SELECT
        d.person_id AS subject_id,
        CAST(d.year AS VARCHAR) AS object_id,
        c.income - c.declared AS amount,
        d.currency,
        d.year,
        d.year_end,
        d.declaration_id
    FROM declared_total d
    JOIN compared c ON c.declaration_id = d.declaration_id
    WHERE NOT d.lacks_income
        AND c.income - c.declared > CAST($threshold * d.index_unit AS DECIMAL(32, 2))
        AND c.income * 100 > c.declared * (100 + $margin)
),
behind AS (
    SELECT
        s.subject_id,
        s.object_id,
        'reported' AS part,
        'income_record/' || i.id AS row_name,
        coalesce(i.amount, 0) AS amount
    FROM short s
    JOIN income_record i ON i.person_id = s.subject_id AND i.year = s.year
    UNION ALL
    SELECT s.subject_id, s.object_id, 'declared', e.table_name || '/' || e.row_id, coalesce(e.amount, 0)
    FROM short s
    JOIN earning_row e ON e.declaration_id = s.declaration_id
    WHERE e.class <> 'gift' AND coalesce(e.owner, 'declarant') = 'declarant'
)
SELECT
    subject_id,
    object_id,
    amount,
    currency,
    year_end AS since,
    list_concat(
        ['declared_total/' || declaration_id, 'reported_income/' || declaration_id], ['declaration/' || declaration_id]
    ) AS evidence
FROM short
