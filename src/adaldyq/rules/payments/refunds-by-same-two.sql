/*
id: payments.refunds-by-same-two
kind: flag
severity: high
title:
  kk: Бір төлеушіге ақшаны үнемі сол екі адам қайтарады
  ru: Одному плательщику деньги всё время возвращают одни и те же двое
  en: Refunds to one payer by the same two people
explanation:
  kk: >-
    Қайтаруды бір адам сұрап, екіншісі бекітеді. Осы төлеушіге бірнеше рет сол екеуі ақша қайтарған. Себебін түсіндіру
    қажет.
  ru: >-
    Возврат просит один, а утверждает другой. Этому плательщику несколько раз возвращали деньги одни и те же двое. Нужно
    пояснить причину.
  en: >-
    One person asks for a refund and another approves it. To this payer the same two gave money back several times. It
    needs an explanation.
basis:
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 9-бап, 2-тармақ (мемлекеттік қаржыны басқарудағы есептілік)
    ru: Конвенция ООН против коррупции, статья 9, пункт 2 (подотчётность в управлении публичными финансами)
    en: UN Convention against Corruption, article 9, paragraph 2 (accountability in the management of public finances)
  - kk: "Төрт көз қағидасы: ACFE, Fraud Examiners Manual, қайтарулар арқылы алаяқтық"
    ru: "Принцип двух пар глаз: ACFE, Fraud Examiners Manual, мошенничество через возвраты"
    en: "Four-eyes principle: ACFE, Fraud Examiners Manual, refund schemes"
innocent:
  - kk: Кассада екі-ақ адам жұмыс істейді.
    ru: В кассе работают только двое.
    en: Only two people work at the desk.
  - kk: Төлеуші — көп шот төлейтін ірі мекеме.
    ru: Плательщик — крупная организация со множеством счетов.
    en: The payer is a large organisation with many invoices.
  - kk: Провайдердің қатесінен бір төлем бірнеше рет алынған.
    ru: Из-за ошибки провайдера платёж списан несколько раз.
    en: By an error of the provider a payment was taken several times.
parameters:
  - name: least
    value: 3
    unit: {kk: қайтару, ru: возврата, en: refunds}
    meaning:
      kk: Кемінде осынша қайтару
      ru: Возвратов не меньше
      en: At least so many refunds
tables:
  refund: [id, payment_id, requested_by_id, decided_by_id, state]
  payment: [id, invoice_id]
  invoice: [id]
optional:
  account: []
unit: {kk: бекітілген қайтару, ru: утверждённый возврат, en: approved refund}
checked: |
  SELECT
      r.id AS unit_id,
      CASE
          WHEN a.person_id IS NULL OR b.person_id IS NULL THEN 'officer-unknown'
          WHEN coalesce(i.company_id, i.person_id) IS NULL THEN 'no-payer'
      END AS reason
  FROM refund r
  LEFT JOIN account a ON a.id = r.requested_by_id
  LEFT JOIN account b ON b.id = r.decided_by_id
  LEFT JOIN payment p ON p.id = r.payment_id
  LEFT JOIN invoice i ON i.id = p.invoice_id
  WHERE r.state IN ('approved', 'sent', 'done')
reasons:
  officer-unknown: {kk: қызметкердің кім екені белгісіз, ru: "неизвестно, кто за учётной записью", en: it is not known whose account it is}
  no-payer: {kk: төлеуші белгісіз, ru: плательщик неизвестен, en: the payer is not known}
fires_on:
  - case:
      kk: Үш қайтару
      ru: Три возврата
      en: Three refunds
    tables:
      refund: |
        id | payment_id | amount | currency | requested_date | state | requested_by_id | decided_by_id
        R1 | Y1         | 1000   | KZT      | 2026-02-01     | done  | U1              | U2
        R2 | Y2         | 1500   | KZT      | 2026-03-01     | done  | U1              | U2
        R3 | Y3         | 500    | KZT      | 2026-04-01     | sent  | U1              | U2
      payment: |
        id | invoice_id
        Y1 | N1
        Y2 | N2
        Y3 | N3
      invoice: |
        id | company_id
        N1 | C1
        N2 | C1
        N3 | C1
      account: |
        id | person_id
        U1 | P1
        U2 | P2
        U3 | P3
        U9 | P9
    expect: |
      subject_id | object_id | amount  | currency | since      | evidence
      P1         | C1:P2     | 3000.00 | KZT      | 2026-02-01 | refund/R1 refund/R2 refund/R3
  - case:
      kk: Бір шоттың үш қайтаруы жеке адамға
      ru: Три возврата по одному счёту человеку
      en: Three refunds of one invoice to a person
    tables:
      refund: |
        id | payment_id | amount | currency | requested_date | state | requested_by_id | decided_by_id
        R1 | Y1         | 1000   | KZT      | 2026-02-01     | done  | U1              | U2
        R2 | Y1         | 1500   | KZT      | 2026-03-01     | done  | U1              | U2
        R3 | Y1         | 500    | KZT      | 2026-04-01     | done  | U1              | U2
      payment: |
        id | invoice_id
        Y1 | N1
      invoice: |
        id | person_id
        N1 | P5
      account: |
        id | person_id
        U1 | P1
        U2 | P2
        U3 | P3
        U9 | P9
    expect: |
      subject_id | object_id
      P1         | P5:P2
silent_on:
  - case:
      kk: Екі қайтару; үшіншісі қабылданбаған
      ru: Два возврата; третий отклонён
      en: Two refunds; the third was rejected
    tables:
      refund: |
        id | payment_id | amount | currency | requested_date | state    | requested_by_id | decided_by_id
        R1 | Y1         | 1000   | KZT      | 2026-02-01     | done     | U1              | U2
        R2 | Y1         | 1500   | KZT      | 2026-03-01     | done     | U1              | U2
        R3 | Y1         | 500    | KZT      | 2026-04-01     | rejected | U1              | U2
      payment: |
        id | invoice_id
        Y1 | N1
      invoice: |
        id | company_id
        N1 | C1
      account: |
        id | person_id
        U1 | P1
        U2 | P2
        U3 | P3
        U9 | P9
  - case:
      kk: Әртүрлі төлеушілер; екінші адам бөлек
      ru: Разные плательщики; второй человек другой
      en: Different payers; another second person
    tables:
      refund: |
        id | payment_id | amount | currency | requested_date | state | requested_by_id | decided_by_id
        R1 | Y1         | 1000   | KZT      | 2026-02-01     | done  | U1              | U2
        R2 | Y2         | 1500   | KZT      | 2026-03-01     | done  | U1              | U2
        R3 | Y3         | 500    | KZT      | 2026-04-01     | done  | U1              | U2
        R4 | Y1         | 500    | KZT      | 2026-04-01     | done  | U1              | U3
        R5 | Y1         | 500    | KZT      | 2026-04-01     | done  | U1              | U3
      payment: |
        id | invoice_id
        Y1 | N1
        Y2 | N2
        Y3 | N3
      invoice: |
        id | company_id
        N1 | C1
        N2 | C2
        N3 | C3
      account: |
        id | person_id
        U1 | P1
        U2 | P2
        U3 | P3
        U9 | P9
*/
SELECT
    a.person_id AS subject_id,
    concat(coalesce(i.company_id, i.person_id), ':', b.person_id) AS object_id,
    CASE WHEN min(r.currency) = max(r.currency) THEN sum(r.amount) END AS amount,
    CASE WHEN min(r.currency) = max(r.currency) THEN min(r.currency) END AS currency,
    min(r.requested_date) AS since,
    list_sort(array_agg('refund/' || r.id)) AS evidence
FROM refund r
JOIN account a ON a.id = r.requested_by_id
JOIN account b ON b.id = r.decided_by_id
JOIN payment p ON p.id = r.payment_id
JOIN invoice i ON i.id = p.invoice_id
WHERE r.state IN ('approved', 'sent', 'done') AND coalesce(i.company_id, i.person_id) IS NOT NULL
GROUP BY a.person_id, b.person_id, coalesce(i.company_id, i.person_id)
HAVING count(*) >= $least
