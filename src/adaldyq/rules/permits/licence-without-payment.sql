/*
id: permits.licence-without-payment
kind: flag
severity: high
subject: body
title:
  kk: Төлемі түспеген лицензия
  ru: Лицензия, за которую не поступила оплата
  en: Licence whose fee has not come in
explanation:
  kk: >-
    Лицензия берілген, ал оның алымы төленбеген, лицензиядан кейін төленген немесе банк ақшаны қайтарып алған.
    Лицензияны берген орган мұны түсіндіруі қажет.
  ru: >-
    Лицензия выдана, а сбор за неё не уплачен, уплачен после выдачи или деньги отозваны банком. Орган, выдавший
    лицензию, должен это пояснить.
  en: >-
    A licence was issued while its fee is not paid, was paid only afterwards, or the bank took the money back. The body
    that issued it owes an explanation.
basis:
  - kk: «Рұқсаттар және хабарламалар туралы» Қазақстан Республикасының 2014 жылғы 16 мамырдағы № 202-V Заңы
    ru: Закон Республики Казахстан от 16 мая 2014 года № 202-V «О разрешениях и уведомлениях»
    en: Law of the Republic of Kazakhstan of 16 May 2014 No. 202-V on permits and notifications
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 12-бап, 2-тармақ, d тармақшасы (лицензия беру рәсімдерін теріс пайдаланудың алдын алу)
    ru: Конвенция ООН против коррупции, статья 12, пункт 2, подпункт d (предупреждение злоупотребления процедурами выдачи лицензий)
    en: UN Convention against Corruption, article 12, paragraph 2 (d) (preventing the misuse of procedures of licensing)
innocent:
  - kk: Алым басқа шотпен төленген, төлем осы өтініммен байланыстырылмаған.
    ru: Сбор уплачен по другому счёту, и платёж не связан с этим заявлением.
    en: The fee was paid under another invoice, and the payment is not tied to this application.
  - kk: Банк ақшаны қайтарған, ал орган лицензияны тоқтата тұру туралы шешім дайындап жатыр.
    ru: Банк отозвал деньги, и орган уже готовит решение о приостановлении.
    en: The bank took the money back, and the body is already deciding about a suspension.
  - kk: Сот лицензияны алымсыз беруді міндеттеген.
    ru: Суд обязал выдать лицензию без сбора.
    en: A court ordered the licence without the fee.
tables:
  permit_licence: [id, number, body_id, application_id, issued_date]
  permit_application: [id, fee, fee_state]
optional:
  invoice: []
  payment: []
unit: {kk: лицензия, ru: лицензия, en: licence}
checked: |
  SELECT
      l.id AS unit_id,
      CASE WHEN a.id IS NULL THEN 'no-application' WHEN a.fee IS NULL THEN 'no-fee' END AS reason
  FROM permit_licence l
  LEFT JOIN permit_application a ON a.id = l.application_id
reasons:
  no-application: {kk: лицензияның өтінімі белгісіз, ru: "неизвестно заявление, по которому выдана лицензия", en: the application behind the licence is not known}
  no-fee: {kk: алымы белгісіз, ru: сбор неизвестен, en: the fee is not known}
fires_on:
  - case:
      kk: Шот төленбеген күйі қалған
      ru: Счёт остался неоплаченным
      en: The invoice stayed unpaid
    tables:
      permit_licence: |
        id | number            | body_id | application_id | issued_date
        L1 | L-001-2026-000001 | B1      | A1             | 2026-03-02
      permit_application: |
        id | fee   | currency | fee_state | invoice_number
        A1 | 40000 | KZT      | issued    | N1
      invoice: |
        id | amount | waived | paid | currency | state
        N1 | 40000  | 0      | 0    | KZT      | issued
    expect: |
      subject_id | object_id         | amount   | currency | since      | evidence
      B1         | L-001-2026-000001 | 40000.00 | KZT      | 2026-03-02 | permit_licence/L1 permit_application/A1 invoice/N1
  - case:
      kk: Банк төленген ақшаны қайтарып алған
      ru: Банк отозвал уплаченное
      en: The bank took back what was paid
    tables:
      permit_licence: |
        id | number            | body_id | application_id | issued_date
        L1 | L-001-2026-000001 | B1      | A1             | 2026-03-02
      permit_application: |
        id | fee   | currency | fee_state | invoice_number
        A1 | 40000 | KZT      | paid      | N1
      invoice: |
        id | amount | waived | paid | currency | state
        N1 | 40000  | 10000  | 0    | KZT      | issued
      payment: |
        id | invoice_id | amount | charged_back | currency
        Y1 | N1         | 30000  | 30000        | KZT
    expect: |
      subject_id | object_id         | amount   | since
      B1         | L-001-2026-000001 | 30000.00 | 2026-03-02
  - case:
      kk: Лицензиядан бір апта кейін төленген
      ru: Оплачено через неделю после выдачи
      en: Paid a week after the licence
    tables:
      permit_licence: |
        id | number            | body_id | application_id | issued_date
        L1 | L-001-2026-000001 | B1      | A1             | 2026-03-02
      permit_application: |
        id | fee   | currency | fee_state | invoice_number
        A1 | 40000 | KZT      | paid      | N1
      invoice: |
        id | amount | waived | paid  | currency | settled_date | state
        N1 | 40000  | 0      | 40000 | KZT      | 2026-03-09   | paid
    expect: |
      subject_id | object_id         | amount
      B1         | L-001-2026-000001 | 40000.00
silent_on:
  - case:
      kk: Лицензия күні төленген; алымнан босатылған; алымсыз
      ru: Оплачено в день выдачи; освобождён от сбора; без сбора
      en: Paid on the day of the licence; waived; free
    tables:
      permit_licence: |
        id | number            | body_id | application_id | issued_date
        L1 | L-001-2026-000001 | B1      | A1             | 2026-03-02
        L2 | L-001-2026-000002 | B1      | A2             | 2026-03-02
        L3 | N-001-2026-000003 | B1      | A3             | 2026-03-02
      permit_application: |
        id | fee   | currency | fee_state | invoice_number
        A1 | 40000 | KZT      | paid      | N1
        A2 | 40000 | KZT      | waived    | N2
        A3 | 0     |          | free      |
      invoice: |
        id | amount | waived | paid  | currency | settled_date | state
        N1 | 40000  | 0      | 40000 | KZT      | 2026-03-02   | paid
        N2 | 40000  | 40000  | 0     | KZT      |              | waived
  - case:
      kk: Банк алғанды төлеуші қайта төлеген; өтінімі жоқ лицензия
      ru: Отозванное банком уплачено снова; лицензия без заявления
      en: What the bank took back was paid again; a licence without an application
    tables:
      permit_licence: |
        id | number            | body_id | application_id | issued_date
        L1 | L-001-2026-000001 | B1      | A1             | 2026-03-02
        L2 | L-001-2026-000002 | B1      |                | 2026-03-02
      permit_application: |
        id | fee   | currency | fee_state | invoice_number
        A1 | 40000 | KZT      | paid      | N1
      invoice: |
        id | amount | waived | paid  | currency | settled_date | state
        N1 | 40000  | 0      | 40000 | KZT      | 2026-05-02   | paid
      payment: |
        id | invoice_id | amount | charged_back | currency
        Y1 | N1         | 40000  | 40000        | KZT
        Y2 | N1         | 40000  | 0            | KZT
*/
WITH returned AS (
    SELECT invoice_id
    FROM payment
    WHERE charged_back > 0
    GROUP BY invoice_id
),
charged AS (
    SELECT
        l.id AS licence_id,
        l.number,
        l.body_id,
        l.issued_date,
        a.id AS application_id,
        a.fee,
        a.currency,
        a.fee_state,
        i.id AS invoice_id,
        i.state AS invoice_state,
        coalesce(i.settled_date > l.issued_date, false) AND r.invoice_id IS NULL AS is_late,
        greatest(i.amount - i.waived - i.paid, 0) AS missing
    FROM permit_licence l
    JOIN permit_application a ON a.id = l.application_id
    LEFT JOIN invoice i ON i.id = a.invoice_number
    LEFT JOIN returned r ON r.invoice_id = i.id
    WHERE a.fee > 0 AND coalesce(a.fee_state, '') <> 'waived'
)
SELECT
    body_id AS subject_id,
    number AS object_id,
    CASE WHEN missing > 0 THEN missing ELSE fee END AS amount,
    currency,
    issued_date AS since,
    list_concat(
        ['permit_licence/' || licence_id, 'permit_application/' || application_id],
        CASE WHEN invoice_id IS NOT NULL THEN ['invoice/' || invoice_id] ELSE [] END
    ) AS evidence
FROM charged
WHERE coalesce(fee_state, '') <> 'paid' OR invoice_state IN ('issued', 'expired', 'cancelled') OR is_late
