/*
id: permits.fee-given-back
kind: flag
severity: medium
subject: body
title:
  kk: Лицензия күшінде, ал алымы қайтарылған
  ru: Лицензия действует, а сбор возвращён
  en: Licence stands, and its fee was given back
explanation:
  kk: >-
    Алым төлеушіге толық қайтарылған, ал лицензия әлі күшінде. Орган себебін түсіндіруі қажет.
  ru: >-
    Сбор полностью возвращён плательщику, а лицензия всё ещё действует. Орган должен пояснить причину.
  en: >-
    The whole fee was given back to the payer, and the licence still stands. The body owes an explanation.
basis:
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 9-бап, 2-тармақ (мемлекеттік қаржыны басқарудағы есептілік)
    ru: Конвенция ООН против коррупции, статья 9, пункт 2 (подотчётность в управлении публичными финансами)
    en: UN Convention against Corruption, article 9, paragraph 2 (accountability in the management of public finances)
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 12-бап, 2-тармақ, d тармақшасы (лицензия беру рәсімдерін теріс пайдаланудың алдын алу)
    ru: Конвенция ООН против коррупции, статья 12, пункт 2, подпункт d (предупреждение злоупотребления процедурами выдачи лицензий)
    en: UN Convention against Corruption, article 12, paragraph 2 (d) (preventing the misuse of procedures of licensing)
innocent:
  - kk: Екі рет төленген, ал артығы емес, екеуі де қайтарылған.
    ru: Уплачено дважды, и вернули не лишнее, а всё.
    en: It was paid twice, and not the surplus but all of it was given back.
  - kk: Заң кейін осы рұқсатты тегін еткен.
    ru: Закон позже сделал это разрешение бесплатным.
    en: A law made this permit free of charge later.
  - kk: Сот алымды заңсыз деп тапқан.
    ru: Суд признал сбор незаконным.
    en: A court held the fee unlawful.
tables:
  permit_licence: [id, number, body_id, application_id, state]
  permit_application: [id, invoice_number]
  invoice: [id, state, amount]
unit: {kk: алымы бар лицензия, ru: лицензия со сбором, en: licence with a fee}
checked: |
  SELECT l.id AS unit_id, CASE WHEN i.id IS NULL THEN 'no-invoice' END AS reason
  FROM permit_licence l
  JOIN permit_application a ON a.id = l.application_id
  LEFT JOIN invoice i ON i.id = a.invoice_number
  WHERE a.fee > 0
reasons:
  no-invoice: {kk: алымның шоты белгісіз, ru: счёт за сбор неизвестен, en: the invoice of the fee is not known}
fires_on:
  - case:
      kk: Қайтарылған алым
      ru: Возвращённый сбор
      en: A fee that was given back
    tables:
      permit_licence: |
        id | number            | body_id | application_id | state | issued_date
        L1 | L-001-2026-000001 | B1      | A1             | valid | 2026-03-02
      permit_application: |
        id | fee   | invoice_number
        A1 | 40000 | N1
      invoice: |
        id | amount | waived | currency | state
        N1 | 40000  | 0      | KZT      | refunded
    expect: |
      subject_id | object_id         | amount   | currency | since      | evidence
      B1         | L-001-2026-000001 | 40000.00 | KZT      | 2026-03-02 | permit_licence/L1 invoice/N1
  - case:
      kk: Жартысынан босатылып, қалғаны қайтарылған
      ru: Половина прощена, остальное возвращено
      en: Half was waived and the rest given back
    tables:
      permit_licence: |
        id | number            | body_id | application_id | state | issued_date
        L1 | L-001-2026-000001 | B1      | A1             | valid | 2026-03-02
      permit_application: |
        id | fee   | invoice_number
        A1 | 40000 | N1
      invoice: |
        id | amount | waived | currency | state
        N1 | 40000  | 20000  | KZT      | refunded
    expect: |
      subject_id | object_id         | amount
      B1         | L-001-2026-000001 | 20000.00
silent_on:
  - case:
      kk: Лицензия қайтарып алынған
      ru: Лицензия отозвана
      en: The licence was revoked
    tables:
      permit_licence: |
        id | number            | body_id | application_id | state   | issued_date
        L1 | L-001-2026-000001 | B1      | A1             | revoked | 2026-03-02
      permit_application: |
        id | fee   | invoice_number
        A1 | 40000 | N1
      invoice: |
        id | amount | waived | currency | state
        N1 | 40000  | 0      | KZT      | refunded
  - case:
      kk: Төленген; шоты белгісіз
      ru: Уплачен; счёт неизвестен
      en: Paid; its invoice is not known
    tables:
      permit_licence: |
        id | number            | body_id | application_id | state | issued_date
        L1 | L-001-2026-000001 | B1      | A1             | valid | 2026-03-02
        L2 | L-001-2026-000002 | B1      | A2             | valid | 2026-03-02
      permit_application: |
        id | fee   | invoice_number
        A1 | 40000 | N1
        A2 | 40000 |
      invoice: |
        id | amount | waived | currency | state
        N1 | 40000  | 0      | KZT      | paid
*/
SELECT
    l.body_id AS subject_id,
    l.number AS object_id,
    i.amount - i.waived AS amount,
    i.currency,
    l.issued_date AS since,
    ['permit_licence/' || l.id, 'invoice/' || i.id] AS evidence
FROM permit_licence l
JOIN permit_application a ON a.id = l.application_id
JOIN invoice i ON i.id = a.invoice_number
WHERE l.state = 'valid' AND i.state = 'refunded'
