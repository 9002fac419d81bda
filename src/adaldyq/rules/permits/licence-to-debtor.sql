/*
id: permits.licence-to-debtor
kind: flag
severity: low
subject: body
title:
  kk: Мемлекетке қарызы бар иесіне лицензия
  ru: Лицензия тому, кто должен государству
  en: Licence to a holder with an overdue debt to the state
explanation:
  kk: >-
    Лицензия берілген күні иесінің төлем мерзімі бір айдан астам өткен алымы немесе айыппұлы болған. Орган мұны
    ескергенін-ескермегенін түсіндіруі қажет.
  ru: >-
    В день выдачи у держателя был сбор или штраф, просроченный больше чем на месяц. Орган должен пояснить, учёл ли он
    это.
  en: >-
    On the day of the licence a fee or fine of the holder's had been overdue for more than a month. The body owes an
    explanation whether it took that into account.
basis:
  - kk: «Рұқсаттар және хабарламалар туралы» Қазақстан Республикасының 2014 жылғы 16 мамырдағы № 202-V Заңы
    ru: Закон Республики Казахстан от 16 мая 2014 года № 202-V «О разрешениях и уведомлениях»
    en: Law of the Republic of Kazakhstan of 16 May 2014 No. 202-V on permits and notifications
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 12-бап, 2-тармақ, d тармақшасы (лицензия беру рәсімдерін теріс пайдаланудың алдын алу)
    ru: Конвенция ООН против коррупции, статья 12, пункт 2, подпункт d (предупреждение злоупотребления процедурами выдачи лицензий)
    en: UN Convention against Corruption, article 12, paragraph 2 (d) (preventing the misuse of procedures of licensing)
innocent:
  - kk: Қарызға сотта дау айтылып жатыр.
    ru: Долг оспаривается в суде.
    en: The debt is contested in court.
  - kk: Заң осы рұқсат үшін қарыздың жоқтығын талап етпейді.
    ru: Закон не требует для этого разрешения отсутствия долгов.
    en: For this permit the law does not ask for the absence of debts.
  - kk: Төлем жасалған, бірақ шотпен байланыстырылмаған.
    ru: Платёж сделан, но не связан со счётом.
    en: It was paid, and the payment is not tied to the invoice.
parameters:
  - name: days
    value: 30
    unit: {kk: күн, ru: дней, en: days}
    meaning:
      kk: Төлем мерзімінен кейін осынша күннен көп өткен
      ru: После срока уплаты прошло больше
      en: More days than that have passed since the last day to pay
tables:
  permit_licence: [id, number, body_id, issued_date]
  invoice: [id, amount, due_date, state]
optional:
  permit_application: []
unit: {kk: лицензия, ru: лицензия, en: licence}
checked: |
  SELECT id AS unit_id, CASE WHEN coalesce(company_id, person_id) IS NULL THEN 'no-holder' END AS reason
  FROM permit_licence
reasons:
  no-holder: {kk: иесі белгісіз, ru: держатель неизвестен, en: the holder is not known}
fires_on:
  - case:
      kk: Екі ай бұрын мерзімі өткен айыппұл
      ru: Штраф, просроченный на два месяца
      en: A fine two months overdue
    tables:
      permit_licence: |
        id | number            | entry_id | body_id | company_id | issued_date | state
        L1 | L-001-2026-000001 | E1       | B1      | C1         | 2026-03-02  | valid
      invoice: |
        id | company_id | person_id | amount | waived | currency | due_date   | settled_date | state
        N1 | C1         |           | 50000  | 0      | KZT      | 2026-01-02 |              | expired
    expect: |
      subject_id | object_id         | amount   | currency | since      | evidence
      B1         | L-001-2026-000001 | 50000.00 | KZT      | 2026-03-02 | permit_licence/L1 invoice/N1
  - case:
      kk: Екі шот, бірі лицензиядан кейін төленген
      ru: Два счёта, один уплачен после выдачи
      en: Two invoices, one paid after the licence
    tables:
      permit_licence: |
        id | number            | entry_id | body_id | company_id | issued_date | state
        L1 | L-001-2026-000001 | E1       | B1      | C1         | 2026-03-02  | valid
      permit_application: |
        id | invoice_number | company_id
        A9 | N1             | C1
      invoice: |
        id | company_id | person_id | amount | waived | currency | due_date   | settled_date | state
        N1 |            | P7        | 50000  | 0      | KZT      | 2026-01-02 |              | issued
        N2 | C1         |           | 70000  | 20000  | KZT      | 2025-01-02 | 2026-03-05   | paid
    expect: |
      subject_id | object_id         | amount
      B1         | L-001-2026-000001 | 100000.00
silent_on:
  - case:
      kk: Мерзімі үш апта өткен; дер кезінде төленген; босатылған
      ru: Просрочен на три недели; уплачен вовремя; освобождён
      en: Overdue for three weeks; paid in time; waived
    tables:
      permit_licence: |
        id | number            | entry_id | body_id | company_id | issued_date | state
        L1 | L-001-2026-000001 | E1       | B1      | C1         | 2026-03-02  | valid
      invoice: |
        id | company_id | person_id | amount | waived | currency | due_date   | settled_date | state
        N1 | C1         |           | 50000  | 0      | KZT      | 2026-02-09 |              | issued
        N2 | C1         |           | 50000  | 0      | KZT      | 2025-02-09 | 2025-02-08   | paid
        N3 | C1         |           | 50000  | 50000  | KZT      | 2025-02-09 |              | waived
  - case:
      kk: Басқаның қарызы; иесі белгісіз
      ru: Чужой долг; держатель неизвестен
      en: "Somebody else's debt; a holder unknown"
    tables:
      permit_licence: |
        id | number            | entry_id | body_id | company_id | issued_date | state
        L1 | L-001-2026-000001 | E1       | B1      | C1         | 2026-03-02  | valid
        L2 | L-001-2026-000002 | E1       | B1      |            | 2026-03-02  | valid
      invoice: |
        id | company_id | person_id | amount | waived | currency | due_date   | settled_date | state
        N1 | C2         | P9        | 50000  | 0      | KZT      | 2025-02-09 |              | issued
*/
WITH charged AS (
    -- The head of a company pays for its applications.
    SELECT
        i.*,
        coalesce(i.company_id, a.company_id) AS payer_company_id,
        CASE WHEN a.company_id IS NULL THEN i.person_id END AS payer_person_id
    FROM invoice i
    LEFT JOIN permit_application a ON a.invoice_number = i.id
),
overdue AS (
    SELECT l.id, l.number, l.body_id, l.issued_date, i.id AS invoice_id, i.amount - i.waived AS owed, i.currency
    FROM permit_licence l
    JOIN charged i
        ON i.payer_company_id = l.company_id OR (l.company_id IS NULL AND i.payer_person_id = l.person_id)
    WHERE i.state IN ('issued', 'expired', 'paid')
        AND i.amount > i.waived
        AND date_diff('day', i.due_date, l.issued_date) > $days
        AND (i.settled_date IS NULL OR i.settled_date > l.issued_date)
)
SELECT
    body_id AS subject_id,
    number AS object_id,
    CASE WHEN min(currency) = max(currency) THEN sum(owed) END AS amount,
    CASE WHEN min(currency) = max(currency) THEN min(currency) END AS currency,
    issued_date AS since,
    list_concat(['permit_licence/' || id], list_sort(array_agg('invoice/' || invoice_id))) AS evidence
FROM overdue
GROUP BY id, body_id, number, issued_date
