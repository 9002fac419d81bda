/*
id: declarations.account-not-in-register
kind: flag
severity: low
title:
  kk: Декларацияланған шотты ешбір банк хабарламаған
  ru: О счёте из декларации не сообщил ни один банк
  en: No bank reported the declared account
explanation:
  kk: >-
    Декларацияда елдегі шоттағы едәуір сома көрсетілген, бірақ банктер сол жылы отбасының мұндай нөмірлі шоты туралы хабарламаған.
    Шот қай банкте екенін және ақшаның шынымен бар-жоғын түсіндіру қажет.
  ru: >-
    В декларации указана значительная сумма на счёте внутри страны, но банки за этот год не сообщили о счёте семьи с таким
    номером. Нужно пояснить, в каком банке счёт и есть ли на нём деньги.
  en: >-
    The declaration states a considerable sum on an account in the country, but for that year no bank reported an account of
    the household with this number. It needs an explanation which bank keeps it and whether the money is there.
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
  - kk: Банк біріккен соң шоттың нөмірі өзгерген.
    ru: После слияния банков номер счёта изменился.
    en: The account was renumbered when banks merged.
  - kk: Нөмірі қате жазылған немесе карточка нөмірі көрсетілген.
    ru: Номер записан с ошибкой или указан номер карты.
    en: The number was mistyped, or the number of the card was given.
  - kk: Банк мәліметті әлі жібермеген немесе шот брокерде.
    ru: Банк ещё не передал сведения, или счёт у брокера.
    en: The bank has not reported yet, or the account is with a broker.
parameters:
  - name: threshold
    threshold: asked_above
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Осыдан аспайтын сома сұралмайды
      ru: О суммах не больше этой не спрашивают
      en: Sums up to this are not asked about
tables:
  declaration: [id, person_id, year, is_current, country, currency]
  declared_account: [row_id, declaration_id, account_number, country, amount, currency]
  bank_balance: [person_id, account_number, year]
  exchange_rate: []
  index_value: []
optional:
  family_tie: []
  person: []
steps: [conversion_rate, current_declaration, held_account]
unit: {kk: елдегі шот, ru: счёт внутри страны, en: account in the country}
checked: |
  WITH reported AS (
      SELECT DISTINCT year FROM bank_balance
  )
  SELECT
      a.row_id AS unit_id,
      CASE
          WHEN a.account_number IS NULL THEN 'no-number'
          WHEN a.country IS NULL THEN 'no-country'
          WHEN a.amount IS NULL THEN 'no-amount'
          WHEN d.index_unit IS NULL THEN 'no-index'
          WHEN r.rate IS NULL THEN 'no-rate'
          WHEN b.year IS NULL THEN 'no-reports'
      END AS reason
  FROM declared_account a
  JOIN current_declaration d ON d.id = a.declaration_id
  LEFT JOIN conversion_rate r ON r.currency = a.currency AND r.quote_currency = d.currency AND r.year = d.year
  LEFT JOIN reported b ON b.year = d.year
  WHERE d.leads AND coalesce(a.owner, 'declarant') <> 'other' AND coalesce(a.country, d.country, '') = coalesce(d.country, '')
reasons:
  no-number: {kk: шоттың нөмірі көрсетілмеген, ru: не указан номер счёта, en: the account has no number}
  no-country: {kk: шоттың елі көрсетілмеген, ru: не указана страна счёта, en: the account has no country}
  no-amount: {kk: шоттағы сома көрсетілмеген, ru: сумма на счёте не указана, en: the account stands without its sum}
  no-reports: {kk: бұл жылы банктердің мәліметі жоқ, ru: за этот год нет сведений банков, en: banks reported nothing for the year}
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
      kk: Шоттың бірі хабарланбаған
      ru: Об одном из счетов не сообщено
      en: One of the accounts was not reported
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      bank_balance: |
        id | person_id | account_number | year | balance | currency
        B1 | P1        | KZ01           | 2024 | 500     | KZT
      declared_account: |
        row_id | declaration_id | owner     | account_number | country | amount  | currency
        A1     | D1             | declarant | KZ01           | KZ      | 500     | KZT
        A2     | D1             | spouse    | KZ02           | KZ      | 3000001 | KZT
    expect: |
      subject_id | object_id | amount     | currency | since      | evidence
      P1         | 2024:KZ02 | 3000001.00 | KZT      | 2024-12-31 | declaration/D1 declared_account/A2
  - case:
      kk: Доллар шоты; басқа адамда сондай нөмір бар; былтыр хабарланған
      ru: Счёт в долларах; такой номер у другого; сообщено за прошлый год
      en: A dollar account; the number is another's; reported for the year before
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | USD      | KZT            | 2024 | 500
      bank_balance: |
        id | person_id | account_number | year | balance | currency
        B1 | P9        | KZ01           | 2024 | 500     | KZT
        B2 | P1        | KZ01           | 2023 | 500     | KZT
      declared_account: |
        row_id | declaration_id | account_number | country | amount | currency
        A1     | D1             | KZ01           | KZ      | 9000   | USD
    expect: |
      subject_id | object_id | amount
      P1         | 2024:KZ01 | 4500000.00
silent_on:
  - case:
      kk: Жұбайының шоты; дәл шекке тең; шетелдегі шот
      ru: Счёт супруги; ровно на пороге; счёт за границей
      en: The wife's account; exactly at the threshold; an account abroad
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
      bank_balance: |
        id | person_id | account_number | year | balance | currency
        B1 | P2        | KZ01           | 2024 | 500     | KZT
      declared_account: |
        row_id | declaration_id | account_number | country | amount  | currency
        A1     | D1             | KZ01           | KZ      | 9000000 | KZT
        A2     | D1             | KZ02           | KZ      | 3000000 | KZT
        A3     | D1             | AE03           | AE      | 9000000 | KZT
  - case:
      kk: Нөмірсіз; сомасыз; елі жоқ; банктер ол жылы хабарламаған; бағамы жоқ валюта
      ru: Без номера; без суммы; без страны; за тот год сведений банков нет; валюта без курса
      en: Without a number; a sum; a country; a year without reports; a currency without a rate
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
        D2 | P1        | income | 2023 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
        I2 | 2023 | KZT      | 3000
      bank_balance: |
        id | person_id | account_number | year | balance | currency
        B1 | P9        | KZ09           | 2024 | 500     | KZT
      declared_account: |
        row_id | declaration_id | account_number | country | amount  | currency
        A1     | D1             |                | KZ      | 9000000 | KZT
        A2     | D1             | KZ02           | KZ      |         | KZT
        A3     | D1             | KZ03           |         | 9000000 | KZT
        A4     | D2             | KZ04           | KZ      | 9000000 | KZT
        A5     | D1             | KZ05           | KZ      | 9000000 | XAU
*/
WITH reported AS (
    SELECT DISTINCT year FROM bank_balance
),
-- Most numbers are written alike in both places: only what is left over is compared by letters and figures alone.
differing AS (
    SELECT
        a.declaration_id,
        a.row_id,
        a.account_number,
        replace(replace(replace(replace(replace(lower(a.account_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key,
        a.country,
        a.amount,
        a.currency
    FROM declared_account a
    ANTI JOIN held_account h ON h.declaration_id = a.declaration_id AND h.account_number = a.account_number
    WHERE coalesce(a.owner, 'declarant') <> 'other' AND a.account_number IS NOT NULL
),
held_there AS (
    SELECT
        h.declaration_id,
        replace(replace(replace(replace(replace(lower(h.account_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key
    FROM held_account h
    SEMI JOIN differing a ON a.declaration_id = h.declaration_id
),
unreported AS (
    SELECT a.declaration_id, a.row_id, a.account_number, a.country, a.amount, a.currency
    FROM differing a
    ANTI JOIN held_there h ON h.declaration_id = a.declaration_id AND h.number_key = a.number_key
),
stated AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        d.currency,
        d.index_unit,
        a.row_id,
        a.account_number,
        CASE
            WHEN a.currency = d.currency THEN a.amount
            ELSE CAST(CAST(a.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))
        END AS worth
    FROM unreported a
    JOIN current_declaration d ON d.id = a.declaration_id
    JOIN conversion_rate r ON r.currency = a.currency AND r.quote_currency = d.currency AND r.year = d.year
    JOIN reported b ON b.year = d.year
    WHERE d.leads AND a.country = d.country
)
SELECT
    person_id AS subject_id,
    CAST(year AS VARCHAR) || ':' || account_number AS object_id,
    sum(worth) AS amount,
    min(currency) AS currency,
    min(year_end) AS since,
    list_concat(
        ['declaration/' || min(declaration_id)], list_sort(array_agg('declared_account/' || row_id))
    ) AS evidence
FROM stated
WHERE worth > CAST($threshold * index_unit AS DECIMAL(32, 2))
GROUP BY person_id, year, account_number
