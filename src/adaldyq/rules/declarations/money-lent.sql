/*
id: declarations.money-lent
kind: flag
severity: low
title: {kk: Басқаларға берілген үлкен қарыз, ru: Крупные суммы даны в долг, en: Much money lent to others}
explanation:
  kk: >-
    Декларация бойынша басқалар отбасыға көп ақша қарыз. Ондай қарыз кейін қолма-қол ақшаның немесе сатып алудың көзі ретінде
    көрсетілуі мүмкін. Ақша кімге, неден және қандай құжатпен берілгенін түсіндіру қажет. Сұрақ алғашқы жыл үшін қойылады.
  ru: >-
    По декларации другие должны семье много денег. Такой долг позже может служить объяснением наличных или покупки. Нужно
    пояснить, кому, из каких средств и по какому документу даны деньги. Вопрос задаётся за первый такой год.
  en: >-
    By the declaration others owe the household much money. Such a claim may later serve to explain cash or a purchase. It needs
    an explanation to whom, out of what and by which paper it was lent. The question is asked for the first such year.
basis:
  - kk: Украинаның азаматтық талдаушыларының жарияланған шегі (dragnet, red_flags.es6)
    ru: Опубликованный порог гражданских аналитиков Украины (dragnet, red_flags.es6)
    en: Published threshold of Ukraine's civic analysts (dragnet, red_flags.es6)
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 52-баптың 5-тармағы
    ru: Конвенция ООН против коррупции, пункт 5 статьи 52
    en: United Nations Convention against Corruption, article 52, paragraph 5
innocent:
  - kk: Үй бөліп төлеумен сатылған, сатып алушы әлі төлеп жатыр.
    ru: Жильё продано в рассрочку, и покупатель ещё платит.
    en: A home was sold by instalments, and the buyer is still paying.
  - kk: Ақша балаларына немесе туыстарына үй алуға берілген.
    ru: Деньги даны детям или родственникам на покупку жилья.
    en: The money was given to children or relatives for a home.
  - kk: Үлескер өз компаниясына қарыз берген.
    ru: Участник дал заём своей компании.
    en: An owner lent it to the own company.
parameters:
  - name: threshold
    threshold: money_lent
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Берілген қарыз осыдан көп болса
      ru: Спрашивают, если в долг дано больше
      en: Asked about when more than this was lent
tables:
  declaration: [id, person_id, year, is_current, currency]
  declared_claim: [row_id, declaration_id, direction, amount, currency]
  exchange_rate: []
  index_value: []
steps: [conversion_rate, current_declaration]
unit: {kk: басқалардың қарызы, ru: долг других людей, en: claim on others}
checked: |
  SELECT
      c.row_id AS unit_id,
      CASE
          WHEN c.amount IS NULL THEN 'no-amount'
          WHEN d.index_unit IS NULL THEN 'no-index'
          WHEN r.rate IS NULL THEN 'no-rate'
      END AS reason
  FROM declared_claim c
  JOIN current_declaration d ON d.id = c.declaration_id
  LEFT JOIN conversion_rate r ON r.currency = c.currency AND r.quote_currency = d.currency AND r.year = d.year
  WHERE d.leads AND c.direction = 'receivable' AND coalesce(c.owner, 'declarant') <> 'other'
reasons:
  no-amount: {kk: қарыздың сомасы көрсетілмеген, ru: сумма долга не указана, en: the claim stands without its sum}
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
      kk: Екі қарыз бірге шектен асады, екі жыл қатарынан
      ru: Два долга вместе выше порога, два года подряд
      en: Two claims together are above the threshold, two years running
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2023 | true       | KZT
        D2 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2023 | KZT      | 3000
        I2 | 2024 | KZT      | 3000
      declared_claim: |
        row_id | declaration_id | owner     | direction  | amount  | currency
        C1     | D1             | declarant | receivable | 5000000 | KZT
        C2     | D1             | spouse    | receivable | 700001  | KZT
        C3     | D2             | declarant | receivable | 9000000 | KZT
    expect: |
      subject_id | object_id | amount     | currency | since      | evidence
      P1         | 2023      | 5700001.00 | KZT      | 2023-12-31 | declaration/D1 declared_claim/C1 declared_claim/C2
  - case:
      kk: Доллармен; басқасының сомасы белгісіз
      ru: В долларах; сумма другого неизвестна
      en: In dollars, beside one without its sum
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | USD      | KZT            | 2024 | 500
      declared_claim: |
        row_id | declaration_id | direction  | amount | currency
        C1     | D1             | receivable | 12000  | USD
        C2     | D1             | receivable |        | KZT
    expect: |
      subject_id | object_id | amount
      P1         | 2024      | 6000000.00
silent_on:
  - case:
      kk: Дәл шекте; отбасының өз қарызы
      ru: Ровно на пороге; собственный долг семьи
      en: At the threshold exactly; a debt of the household's own
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_claim: |
        row_id | declaration_id | direction  | amount   | currency
        C1     | D1             | receivable | 5700000  | KZT
        C2     | D1             | payable    | 90000000 | KZT
  - case:
      kk: Сомасы белгісіз; бағамы жоқ валюта; бөтен адамның қарызы
      ru: Сумма неизвестна; валюта без курса; чужой долг
      en: An unknown sum; a currency without a rate; somebody else's claim
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_claim: |
        row_id | declaration_id | owner     | direction  | amount   | currency
        C1     | D1             | declarant | receivable |          | KZT
        C2     | D1             | declarant | receivable | 90000000 | XAU
        C3     | D1             | other     | receivable | 90000000 | KZT
*/
WITH converted AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        d.currency,
        d.index_unit,
        c.row_id,
        CAST(CAST(c.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)) AS worth
    FROM declared_claim c
    JOIN current_declaration d ON d.id = c.declaration_id
    JOIN conversion_rate r ON r.currency = c.currency AND r.quote_currency = d.currency AND r.year = d.year
    WHERE c.direction = 'receivable' AND d.leads AND c.amount IS NOT NULL AND coalesce(c.owner, 'declarant') <> 'other'
),
summed AS (
    SELECT
        person_id,
        year,
        min(declaration_id) AS declaration_id,
        min(year_end) AS year_end,
        min(currency) AS currency,
        sum(worth) AS worth,
        list_sort(array_agg('declared_claim/' || row_id)) AS row_names
    FROM converted
    GROUP BY person_id, year
    HAVING sum(worth) > CAST($threshold * min(index_unit) AS DECIMAL(32, 2))
)
SELECT
    person_id AS subject_id,
    CAST(year AS VARCHAR) AS object_id,
    worth AS amount,
    currency,
    year_end AS since,
    list_concat(['declaration/' || declaration_id], row_names) AS evidence
FROM summed
QUALIFY year = min(year) OVER (PARTITION BY person_id)
