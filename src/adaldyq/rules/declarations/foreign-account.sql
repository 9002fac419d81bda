/*
id: declarations.foreign-account
kind: flag
severity: low
title:
  kk: Шетелдегі шот
  ru: Счёт за границей
  en: An account abroad
explanation:
  kk: >-
    Декларанттың, жұбайының немесе кәмелетке толмаған баласының басқа елдің банкінде қомақты сомасы бар шоты болған. Шоттың
    не үшін ашылғанын, ақшаның шығу тегін және лауазымы мұндай шотқа рұқсат ете ме екенін түсіндіру қажет.
  ru: >-
    У декларанта, супруга или несовершеннолетнего ребёнка был счёт со значительной суммой в банке другой страны. Нужно
    пояснить, зачем он открыт, откуда деньги и допускает ли такой счёт занимаемая должность.
  en: >-
    The declarant, the spouse or a minor child had an account with a considerable sum in a bank of another country. It needs
    an explanation what the account is for, where the money came from, and whether the office held permits it.
basis:
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 52-баптың 6-тармағы (шетелдегі шоттар)
    ru: Конвенция ООН против коррупции, пункт 6 статьи 52 (счета в иностранных государствах)
    en: United Nations Convention against Corruption, article 52, paragraph 6 (accounts in foreign countries)
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 12-бап (сыбайлас жемқорлыққа қарсы шектеулер)
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 12 (антикоррупционные ограничения)
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 12 (anti-corruption restrictions)
innocent:
  - kk: Шот шетелде оқу, емделу немесе іссапар кезінде ашылған.
    ru: Счёт открыт на время учёбы, лечения или работы за границей.
    en: The account was opened during studies, treatment or work abroad.
  - kk: Жұбайы — басқа елдің азаматы немесе сонда жұмыс істейді.
    ru: Супруг — гражданин другой страны или работает там.
    en: The spouse is a citizen of the other country or works there.
  - kk: Шот заңмен рұқсат етілген және толық көрсетілген.
    ru: Счёт разрешён законом и указан полностью.
    en: The account is lawful and was fully declared.
parameters:
  - name: threshold
    threshold: foreign_account
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Осыдан асатын сома ескеріледі
      ru: Учитываются суммы больше этой
      en: Sums above this count
tables:
  declaration: [id, person_id, year, is_current, country, currency]
  declared_account: [row_id, declaration_id, country, amount, currency]
  exchange_rate: []
  index_value: []
optional:
  bank_balance: []
  family_tie: []
  person: []
steps: [conversion_rate, current_declaration, held_account]
unit: {kk: шот, ru: счёт, en: account}
checked: |
  SELECT
      a.row_id AS unit_id,
      CASE
          WHEN a.country IS NULL OR d.country IS NULL THEN 'no-country'
          WHEN a.country = d.country THEN NULL
          WHEN a.amount IS NULL THEN 'no-amount'
          WHEN d.index_unit IS NULL THEN 'no-index'
          WHEN r.rate IS NULL THEN 'no-rate'
      END AS reason
  FROM declared_account a
  JOIN current_declaration d ON d.id = a.declaration_id
  LEFT JOIN conversion_rate r ON r.currency = a.currency AND r.quote_currency = d.currency AND r.year = d.year
  WHERE d.leads AND coalesce(a.owner, 'declarant') <> 'other'
reasons:
  no-country: {kk: шоттың елі көрсетілмеген, ru: страна счёта не указана, en: the account has no country}
  no-amount: {kk: шоттағы сома көрсетілмеген, ru: сумма на счёте не указана, en: the account stands without its amount}
  no-index:
    kk: бұл жыл мен валюта үшін көрсеткіш белгісіз
    ru: показатель за этот год и в этой валюте неизвестен
    en: the index is not known for the year and currency
  no-rate:
    kk: валютаның сол жылғы бағамы белгісіз
    ru: неизвестен курс валюты за этот год
    en: there is no rate for the currency and year
fires_on:
  - case:
      kk: Декларацияланған дубайлық шот; банк те хабарлаған
      ru: Указан счёт в Дубае; о нём сообщил и банк
      en: A declared account in Dubai, which the bank reported too
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | AED      | KZT            | 2024 | 140
      declared_account: |
        row_id | declaration_id | account_number | country | amount | currency
        A1     | D1             | AE07           | AE      | 10000  | AED
      bank_balance: |
        id | person_id | account_number | country | year | balance | currency
        B1 | P1        | AE07           | AE      | 2024 | 12000   | AED
    expect: |
      subject_id | object_id | amount     | currency | since      | evidence
      P1         | 2024:AE07 | 1680000.00 | KZT      | 2024-12-31 | declaration/D1 bank_balance/B1 declared_account/A1
  - case:
      kk: Жұбайының көрсетілмеген шоты; нөмірсіз шот
      ru: Не указанный счёт супруги; счёт без номера
      en: An undeclared account of the wife; an account without a number
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        person_id | relative_id | kind
        P1        | P2          | spouse
      declared_account: |
        row_id | declaration_id | account_number | country | amount | currency
        A1     | D1             |                | DE      | 300001 | KZT
      bank_balance: |
        id | person_id | account_number | country | year | balance | currency
        B1 | P2        | CH01           | CH      | 2024 | 900000  | KZT
    expect: |
      subject_id | object_id | amount    | evidence
      P1         | 2024:A1   | 300001.00 | declaration/D1 declared_account/A1
      P1         | 2024:CH01 | 900000.00 | declaration/D1 bank_balance/B1
silent_on:
  - case:
      kk: Өз елінің шоты; дәл шекке тең; елі белгісіз; бағамы жоқ
      ru: Счёт в своей стране; ровно на пороге; страна неизвестна; нет курса
      en: An account at home; exactly at the threshold; an unknown country; no rate
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_account: |
        row_id | declaration_id | account_number | country | amount  | currency
        A1     | D1             | KZ01           | KZ      | 9000000 | KZT
        A2     | D1             | DE01           | DE      | 300000  | KZT
        A3     | D1             | XX01           |         | 9000000 | KZT
        A4     | D1             | ZZ01           | ZZ      | 9000000 | XAU
  - case:
      kk: Еуродағы декларация мен өз еліндегі шот; ересек баланың шоты; басқа жылдың қалдығы
      ru: Декларация в евро и счёт в своей стране; счёт взрослого ребёнка; остаток другого года
      en: A declaration in euros with an account at home; an adult child's account; a balance of another year
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | XK      | EUR
      index_value: |
        id | year | currency | amount
        I1 | 2024 | EUR      | 7.25
      person: |
        id | birth_date
        C1 | 2000-01-01
      family_tie: |
        person_id | relative_id | kind
        P1        | C1          | child
      declared_account: |
        row_id | declaration_id | country | amount | currency
        A1     | D1             | XK      | 90000  | EUR
      bank_balance: |
        id | person_id | account_number | country | year | balance | currency
        B1 | C1        | CH01           | CH      | 2024 | 90000   | EUR
        B2 | P1        | CH02           | CH      | 2022 | 90000   | EUR
*/
WITH account AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        d.currency,
        d.index_unit,
        CAST(NULL AS VARCHAR) AS tie_id,
        coalesce(a.account_number, a.row_id) AS account,
        'declared_account/' || a.row_id AS row_name,
        CAST(CAST(a.amount AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)) AS worth
    FROM declared_account a
    JOIN current_declaration d ON d.id = a.declaration_id
    JOIN conversion_rate r ON r.currency = a.currency AND r.quote_currency = d.currency AND r.year = d.year
    WHERE d.leads AND coalesce(a.owner, 'declarant') <> 'other' AND a.country <> d.country
    UNION ALL
    SELECT
        b.declaration_id,
        b.person_id,
        b.year,
        b.year_end,
        b.currency,
        b.index_unit,
        b.tie_id,
        coalesce(b.account_number, b.balance_id),
        'bank_balance/' || b.balance_id,
        b.worth
    FROM held_account b
    WHERE b.is_foreign
)
SELECT
    person_id AS subject_id,
    CAST(year AS VARCHAR) || ':' || account AS object_id,
    max(worth) AS amount,
    min(currency) AS currency,
    min(year_end) AS since,
    list_concat(
        ['declaration/' || min(declaration_id), 'family_tie/' || min(tie_id)],
        list_sort(array_agg(DISTINCT row_name))
    ) AS evidence
FROM account
GROUP BY person_id, year, account
HAVING max(worth) > CAST($threshold * min(index_unit) AS DECIMAL(32, 2))
