/*
id: declarations.undeclared-account
kind: flag
severity: high
title:
  kk: Банктегі ақша декларацияда жоқ немесе кем көрсетілген
  ru: Деньги в банке не указаны в декларации или занижены
  en: Money in a bank is missing from the declaration or understated
explanation:
  kk: >-
    Банк мәліметі бойынша жыл соңында декларанттың немесе жұбайының шотында қомақты сома болған, ал декларацияда бұл шот
    жоқ немесе соманың жартысына да жетпейтін қалдық көрсетілген. Айырманы түсіндіру қажет.
  ru: >-
    По данным банка, на конец года на счёте декларанта или супруга была значительная сумма, а в декларации этого счёта нет
    или указано меньше половины. Нужно пояснить разницу.
  en: >-
    According to the bank, the declarant or the spouse had a considerable sum on this account when the year ended, but the
    declaration does not have the account, or shows less than half of the sum. The difference needs an explanation.
basis:
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 11-бап
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 11
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 11
  - kk: "Тексеру әдісі: декларацияланған шоттар банктер хабарлаған қалдықтармен салыстырылады"
    ru: "Метод проверки: заявленные счета сопоставляются с остатками, о которых сообщили банки"
    en: "Method of verification: declared accounts are held against the balances that banks reported"
innocent:
  - kk: Шот нөмірі қате жазылған немесе банк оны ауыстырған.
    ru: Номер счёта записан с ошибкой или изменён банком.
    en: The account number was mistyped, or the bank has changed it.
  - kk: Ақша жыл соңында қысқа мерзімге түскен — мысалы, пәтер сату кезіндегі есеп айырысу.
    ru: Деньги были на счёте лишь на рубеже года, например при расчёте за проданную квартиру.
    en: The money was there only around the year's end, such as while a flat was being paid for.
  - kk: Декларант бір банктегі бірнеше шотты бір жолға жинаған.
    ru: Декларант сложил несколько счетов одного банка в одну строку.
    en: The declarant put several accounts of one bank into one line.
  - kk: Ақша басқа адамға тиесілі, шот иесі тек өкіл (қамқоршы, нотариус).
    ru: Деньги чужие, владелец счёта лишь представитель (опекун, нотариус).
    en: The money is somebody else's and the holder only acts for them, as a guardian or notary does.
parameters:
  - name: threshold
    threshold: undeclared_account
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Айырма осыдан асқанда ғана сұрақ қойылады
      ru: Вопрос задаётся, только если разница больше
      en: The question is asked only when the difference is larger
  - name: share
    value: 50
    unit: {kk: пайыз, ru: процентов, en: percent}
    meaning:
      kk: Декларацияланған сома банктегі қалдықтың осы үлесінен кем
      ru: Заявлено меньше этой доли банковского остатка
      en: Less than this part of the balance was declared
tables:
  declaration: [id, person_id, year, is_current, currency]
  declared_account: [declaration_id, account_number, amount, currency]
  bank_balance: [id, person_id, account_number, year, balance, currency]
  exchange_rate: []
  index_value: []
optional:
  family_tie: []
steps: [conversion_rate, current_declaration, held_account]
unit: {kk: декларация, ru: декларация, en: declaration}
checked: |
  WITH unrated AS (
      SELECT DISTINCT declaration_id FROM held_account WHERE NOT is_of_child AND worth IS NULL
  )
  SELECT
      d.id AS unit_id,
      CASE WHEN d.index_unit IS NULL THEN 'no-index' WHEN u.declaration_id IS NOT NULL THEN 'no-rate' END AS reason
  FROM current_declaration d
  LEFT JOIN unrated u ON u.declaration_id = d.id
  WHERE d.leads
reasons:
  no-index:
    kk: бұл жыл мен валюта үшін көрсеткіш белгісіз
    ru: показатель за этот год и в этой валюте неизвестен
    en: the index is not known for the year and currency
  no-rate:
    kk: шоттың валютасы үшін сол жылғы бағам белгісіз
    ru: неизвестен курс валюты счёта за этот год
    en: there is no rate for the account's currency and year
fires_on:
  - case:
      kk: Шот көрсетілмеген
      ru: Счёт не указан
      en: The account is missing
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      bank_balance: |
        id | person_id | account_number | year | balance | currency
        B1 | P1        | KZ01           | 2024 | 900001  | KZT
        B2 | P1        | KZ02           | 2024 | 5000000 | KZT
      declared_account: |
        row_id | declaration_id | account_number | amount  | currency
        R2     | D1             | KZ02           | 5000000 | KZT
    expect: |
      subject_id | object_id | amount    | currency | since      | evidence
      P1         | 2024:KZ01 | 900001.00 | KZT      | 2024-12-31 | declaration/D1 bank_balance/B1
  - case:
      kk: Жұбайдың доллар шотының жартысынан азы көрсетілген
      ru: По долларовому счёту супруги указано меньше половины
      en: Less than half of the wife's dollar account was declared
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
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
      bank_balance: |
        id | person_id | account_number | year | balance | currency
        B1 | P2        | KZ09           | 2024 | 40000   | USD
      declared_account: |
        row_id | declaration_id | owner  | account_number | amount   | currency
        R1     | D1             | spouse | KZ09           | 19999.99 | USD
    expect: |
      subject_id | object_id | amount      | currency | evidence
      P1         | 2024:KZ09 | 10000005.00 | KZT      | declaration/D1 family_tie/T1 bank_balance/B1 declared_account/R1
  - case:
      kk: Аса ірі сома есептеуді бұзбайды
      ru: Немыслимо большая сумма не ломает расчёта
      en: An absurd sum does not break the reckoning
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | USD      | KZT            | 2024 | 999999999999.999999
      bank_balance: |
        id | person_id | account_number | year | balance             | currency
        B1 | P1        | KZ09           | 2024 | 9999999999999999.99 | USD
    expect: |
      subject_id | object_id | amount           | currency
      P1         | 2024:KZ09 | 9999999999999.99 | KZT
silent_on:
  - case:
      kk: Ерлі-зайыптылар өз декларацияларын бөлек тапсырды, мүлік иесінікінде тұр
      ru: Супруги подали каждый свою декларацию, и имущество стоит в декларации владельца
      en: Husband and wife each filed a declaration, and what the owner has stands in the owner's
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P2        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
        T2 | P2        | P1          | spouse
      bank_balance: |
        id | person_id | year | bank | account_number | balance  | currency
        B1 | P2        | 2024 | X    | KZ01           | 90000000 | KZT
      declared_account: |
        row_id | declaration_id | account_number | amount   | currency
        A1     | D2             | KZ 01          | 90000000 | KZT
  - case:
      kk: Қалдық дәл шекке тең; дәл жартысы көрсетілген; баланың шоты
      ru: Остаток ровно на пороге; указана ровно половина; счёт ребёнка
      en: Exactly at the threshold; exactly half declared; a child's account
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      person: |
        id | birth_date
        C1 | 2015-01-01
      family_tie: |
        person_id | relative_id | kind
        P1        | C1          | child
      bank_balance: |
        id | person_id | account_number | year | balance | currency
        B1 | P1        | KZ01           | 2024 | 900000  | KZT
        B2 | P1        | KZ02           | 2024 | 4000000 | KZT
        B3 | C1        | KZ03           | 2024 | 4000000 | KZT
      declared_account: |
        row_id | declaration_id | account_number | amount  | currency
        R2     | D1             | KZ02           | 2000000 | KZT
  - case:
      kk: Бағамы белгісіз валюта; басқа жылдың қалдығы; көрсеткіші жоқ жыл
      ru: Валюта без курса; остаток другого года; год без показателя
      en: A currency without a rate; a balance of another year; a year without an index
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P1        | income | 2021 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      bank_balance: |
        id | person_id | account_number | year | balance | currency
        B1 | P1        | KZ01           | 2024 | 9000000 | XAU
        B2 | P1        | KZ02           | 2022 | 9000000 | KZT
        B3 | P1        | KZ03           | 2021 | 9000000 | KZT
*/
WITH large AS (
    SELECT person_id, member_id, year, year_end, declaration_id, tie_id, currency, index_unit, account_number, balance_id, worth
    FROM held_account
    WHERE NOT is_of_child
        AND account_number IS NOT NULL
        AND worth > CAST($threshold * index_unit AS DECIMAL(32, 2))
),
-- Most numbers are written alike in both places: only what is left over is compared by letters and figures alone.
differing AS (
    SELECT
        l.person_id,
        l.member_id,
        l.year,
        l.year_end,
        l.declaration_id,
        l.tie_id,
        l.currency,
        l.index_unit,
        l.account_number,
        replace(replace(replace(replace(replace(lower(l.account_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key,
        l.balance_id,
        l.worth
    FROM large l
    ANTI JOIN declared_account a
        ON a.declaration_id = l.declaration_id
        AND a.account_number = l.account_number
        AND a.currency = l.currency
        AND CAST(a.amount AS DECIMAL(32, 2)) * 100 >= l.worth * $share
),
-- A husband or wife may file a declaration of their own, and what stands there is asked of nobody.
holder AS (
    SELECT person_id, year FROM differing
    UNION
    SELECT member_id, year FROM differing
),
asked AS (
    SELECT d.id, d.person_id, d.year, d.currency
    FROM current_declaration d
    SEMI JOIN holder l ON l.person_id = d.person_id AND l.year = d.year
),
stated AS (
    SELECT
        a.declaration_id,
        d.person_id,
        d.year,
        d.currency AS quote_currency,
        a.row_id,
        replace(replace(replace(replace(replace(lower(a.account_number), ' ', ''), '-', ''), '.', ''), '/', ''), ':', '') AS number_key,
        a.amount,
        a.currency
    FROM declared_account a
    JOIN asked d ON d.id = a.declaration_id
),
not_plainly_declared AS (
    SELECT
        l.person_id,
        l.year,
        l.account_number,
        min(l.year_end) AS year_end,
        min(l.declaration_id) AS declaration_id,
        min(l.currency) AS currency,
        min(l.index_unit) AS index_unit,
        min(l.balance_id) AS balance_id,
        min(l.tie_id) AS tie_id,
        max(l.worth) AS worth,
        max(l.number_key) AS number_key
    FROM differing l
    ANTI JOIN stated a
        ON a.declaration_id = l.declaration_id
        AND a.number_key = l.number_key
        AND a.currency = l.currency
        AND CAST(a.amount AS DECIMAL(32, 2)) * 100 >= l.worth * $share
    ANTI JOIN stated o
        ON o.person_id = l.member_id
        AND o.year = l.year
        AND o.number_key = l.number_key
        AND o.currency = l.currency
        AND CAST(o.amount AS DECIMAL(32, 2)) * 100 >= l.worth * $share
    GROUP BY l.person_id, l.year, l.account_number
),
declared AS (
    SELECT
        n.person_id,
        n.year,
        n.account_number,
        min(a.row_id) AS row_id,
        sum(CAST(CAST(a.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))) AS worth,
        count(CASE WHEN a.amount IS NULL OR r.rate IS NULL THEN 1 END) AS unknown
    FROM not_plainly_declared n
    JOIN stated a ON a.person_id = n.person_id AND a.year = n.year AND a.number_key = n.number_key
    LEFT JOIN conversion_rate r ON r.currency = a.currency AND r.quote_currency = a.quote_currency AND r.year = a.year
    GROUP BY n.person_id, n.year, n.account_number
)
SELECT
    n.person_id AS subject_id,
    CAST(n.year AS VARCHAR) || ':' || n.account_number AS object_id,
    n.worth - coalesce(d.worth, 0) AS amount,
    n.currency AS currency,
    n.year_end AS since,
    [
        'declaration/' || n.declaration_id,
        'family_tie/' || n.tie_id,
        'bank_balance/' || n.balance_id,
        'declared_account/' || d.row_id
    ] AS evidence
FROM not_plainly_declared n
LEFT JOIN declared d ON d.person_id = n.person_id AND d.year = n.year AND d.account_number = n.account_number
WHERE coalesce(d.unknown, 0) = 0
    AND coalesce(d.worth, 0) * 100 < n.worth * $share
    AND n.worth - coalesce(d.worth, 0) > CAST($threshold * n.index_unit AS DECIMAL(32, 2))
