/*
id: declarations.spouse-part-empty
kind: flag
severity: medium
title:
  kk: Декларацияда жұбайы туралы мәлімет жоқ
  ru: О супруге в декларации нет никаких сведений
  en: The declaration says nothing of what the spouse has
explanation:
  kk: >-
    Тіркелім бойынша жұбайының кірісі, мүлкі немесе шоты болған, бірақ декларацияда оған тиесілі бірде-бір жол жоқ. Жұбайы
    мәлімет бермеді ме, әлде мүлкі әдейі жазылмады ма — соны түсіндіру қажет.
  ru: >-
    По реестрам у супруга были доход, имущество или счёт, но ни одной его строки в декларации нет. Нужно пояснить, не дал ли
    супруг сведений или его имущество не указали.
  en: >-
    By the registers the spouse had income, property or an account, and not one row of the declaration is the spouse's. It
    needs an explanation whether the spouse gave no information or was left out.
basis:
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 11-бап
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 11
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 11
  - kk: "Украинаның азаматтық талдаушыларының жарияланған белгісінен туындаған: «отбасы мүшесі мәлімет бермеді» (dragnet, red_flags.es6)"
    ru: "По опубликованному признаку гражданских аналитиков Украины «член семьи не предоставил сведений» (dragnet, red_flags.es6)"
    en: "After a published flag of Ukraine's civic analysts, “a family member gave no information” (dragnet, red_flags.es6)"
innocent:
  - kk: Жұбайлар бөлек тұрады, жұбайы мәлімет беруден бас тартқан.
    ru: Супруги живут раздельно, и супруг отказался дать сведения.
    en: The couple lives apart and the spouse refused to give information.
  - kk: Жұбайы өз декларациясын тапсырған, декларант сол жеткілікті деп ойлаған.
    ru: Супруг подал собственную декларацию, и декларант счёл, что этого достаточно.
    en: The spouse filed a declaration too, and the declarant thought that enough.
  - kk: Неке жыл соңында ғана қиылған.
    ru: Брак заключён лишь в конце года.
    en: The marriage was made only as the year ended.
parameters:
  - name: threshold
    threshold: asked_above
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Осыдан аспайтын сома сұралмайды
      ru: О суммах не больше этой не спрашивают
      en: Sums up to this are not asked about
tables:
  declaration: [id, person_id, form, year, is_current, currency]
  family_tie: [id, person_id, relative_id, kind, valid_from, valid_to]
  declared_income: [declaration_id, owner]
  income_record: [id, person_id, year, amount, currency]
  exchange_rate: []
  index_value: []
optional:
  land_register: []
  vehicle_register: []
  bank_balance: []
  person: []
steps: [conversion_rate, current_declaration, earning_row, household, worth_row]
unit: {kk: декларациядағы жұбай, ru: супруг в декларации, en: spouse of a declarant and year}
checked: |
  SELECT declaration_id || ':' || tie_id AS unit_id, CASE WHEN index_unit IS NULL THEN 'no-index' END AS reason
  FROM household
  WHERE role = 'spouse'
reasons:
  no-index:
    kk: бұл жыл мен валюта үшін көрсеткіш белгісіз
    ru: показатель за этот год и в этой валюте неизвестен
    en: the index is not known for the year and currency
fires_on:
  - case:
      kk: Жұбайының жалақысы мен пәтері көрсетілмеген
      ru: Не указаны зарплата и квартира супруги
      en: The wife's pay and flat are left out
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
      income_record: |
        id | person_id | year | amount  | currency
        N1 | P2        | 2024 | 3000001 | KZT
      land_register: |
        id | object_number | owner_person_id | valid_from | market_value | currency
        L1 | 20-1          | P2              | 2015-05-05 | 20000000     | KZT
        L2 | 20-2          | P2              | 2025-01-01 | 20000000     | KZT
      declared_income: |
        row_id | declaration_id | owner     | amount  | currency
        R1     | D1             | declarant | 5000000 | KZT
    expect: |
      subject_id | object_id | amount      | currency | since      | evidence
      P1         | P2        | 23000001.00 | KZT      | 2024-12-31 | declaration/D1 family_tie/T1 income_record/N1 land_register/L1
  - case:
      kk: Бірінші нысанда кіріс сұралмайды, көлігі мен шоты бар
      ru: Первая форма о доходах не спрашивает, есть машина и счёт
      en: The first form asks for no income; there are a car and an account
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | assets | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
      income_record: |
        id | person_id | year | amount   | currency
        N1 | P2        | 2024 | 90000000 | KZT
      vehicle_register: |
        id | object_number | owner_person_id | price   | currency
        V1 | WDB1          | P2              | 2000000 | KZT
      bank_balance: |
        id | person_id | year | balance | currency
        B1 | P2        | 2024 | 1000001 | KZT
    expect: |
      subject_id | object_id | amount
      P1         | P2        | 3000001.00
silent_on:
  - case:
      kk: Жұбайының бір ғана жолы бар; екінші отбасында шағын кіріс
      ru: Есть хотя бы одна строка супруги; в другой семье доход мал
      en: One row of the wife's stands; in another family the income is small
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P3        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        id | person_id | relative_id | kind
        T1 | P1        | P2          | spouse
        T2 | P3        | P4          | spouse
      income_record: |
        id | person_id | year | amount  | currency
        N1 | P2        | 2024 | 9000000 | KZT
        N2 | P4        | 2024 | 3000000 | KZT
      declared_cash: |
        row_id | declaration_id | owner  | amount | currency
        A1     | D1             | spouse | 1      | KZT
  - case:
      kk: Ажырасқан; басқа жылдың кірісі; бағамы жоқ валюта; көрсеткіш белгісіз
      ru: Развод; доход другого года; валюта без курса; показатель неизвестен
      en: Divorced; income of another year; a currency without a rate; an unknown index
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
        D2 | P3        | income | 2024 | true       | KZT
        D3 | P5        | income | 2019 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        id | person_id | relative_id | kind   | valid_to
        T1 | P1        | P2          | spouse | 2024-12-31
        T2 | P3        | P4          | spouse |
        T3 | P5        | P6          | spouse |
      income_record: |
        id | person_id | year | amount  | currency
        N1 | P2        | 2024 | 9000000 | KZT
        N2 | P4        | 2023 | 9000000 | KZT
        N3 | P4        | 2024 | 9000000 | XAU
        N4 | P6        | 2019 | 9000000 | KZT
*/
WITH told AS (
    SELECT declaration_id FROM earning_row WHERE owner = 'spouse'
    UNION ALL
    SELECT declaration_id FROM worth_row WHERE owner = 'spouse'
),
silent AS (
    SELECT h.declaration_id, h.person_id, h.year, h.year_end, h.currency, h.index_unit, h.member_id, h.tie_id
    FROM household h
    ANTI JOIN told t ON t.declaration_id = h.declaration_id
    WHERE h.role = 'spouse'
),
known AS (
    SELECT s.declaration_id, 'income_record/' || i.id AS row_name, i.amount AS worth, i.currency
    FROM silent s
    JOIN income_record i ON i.person_id = s.member_id AND i.year = s.year
    JOIN current_declaration d ON d.id = s.declaration_id
    WHERE coalesce(d.form, 'income') <> 'assets'
    UNION ALL
    SELECT s.declaration_id, 'bank_balance/' || b.id, b.balance, b.currency
    FROM silent s
    JOIN bank_balance b ON b.person_id = s.member_id AND b.year = s.year
    UNION ALL
    SELECT s.declaration_id, 'land_register/' || l.id, coalesce(l.market_value, l.price), l.currency
    FROM silent s
    JOIN land_register l ON l.owner_person_id = s.member_id
    WHERE (l.valid_from IS NULL OR l.valid_from <= s.year_end) AND (l.valid_to IS NULL OR l.valid_to > s.year_end)
    UNION ALL
    SELECT s.declaration_id, 'vehicle_register/' || v.id, coalesce(v.market_value, v.price), v.currency
    FROM silent s
    JOIN vehicle_register v ON v.owner_person_id = s.member_id
    WHERE (v.valid_from IS NULL OR v.valid_from <= s.year_end) AND (v.valid_to IS NULL OR v.valid_to > s.year_end)
),
held AS (
    SELECT
        s.declaration_id,
        s.person_id,
        s.year,
        min(s.year_end) AS year_end,
        min(s.currency) AS currency,
        min(s.tie_id) AS tie_id,
        s.member_id,
        sum(CAST(CAST(k.worth AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2))) AS worth,
        list_sort(array_agg(k.row_name)) AS row_names
    FROM silent s
    JOIN known k ON k.declaration_id = s.declaration_id
    JOIN conversion_rate r ON r.currency = k.currency AND r.quote_currency = s.currency AND r.year = s.year
    GROUP BY s.declaration_id, s.person_id, s.year, s.member_id
    HAVING sum(CAST(CAST(k.worth AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)))
        > CAST($threshold * min(s.index_unit) AS DECIMAL(32, 2))
),
first_year AS (
    SELECT declaration_id, person_id, year_end, currency, tie_id, member_id, worth, row_names
    FROM held
    QUALIFY year = min(year) OVER (PARTITION BY person_id, member_id)
)
SELECT
    person_id AS subject_id,
    member_id AS object_id,
    worth AS amount,
    currency,
    year_end AS since,
    list_concat(['declaration/' || declaration_id, 'family_tie/' || tie_id], row_names) AS evidence
FROM first_year
