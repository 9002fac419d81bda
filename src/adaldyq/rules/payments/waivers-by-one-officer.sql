/*
id: payments.waivers-by-one-officer
kind: flag
severity: medium
title:
  kk: Алымнан босату бір қызметкерде жинақталған
  ru: Освобождения от сборов сосредоточены у одного сотрудника
  en: Waivers concentrated on one officer
explanation:
  kk: >-
    Осы органның алымдарынан босатуларын басқалардан анық жиі бір қызметкер ұсынған. Неге бұлай болғанын түсіндіру
    қажет.
  ru: >-
    Освобождения от сборов этого органа один сотрудник предлагал явно чаще других. Нужно пояснить почему.
  en: >-
    Waivers of this body's fees were proposed by one officer clearly more often than by the others. It needs an
    explanation why.
basis:
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 9-бап, 2-тармақ (мемлекеттік қаржыны басқарудағы есептілік)
    ru: Конвенция ООН против коррупции, статья 9, пункт 2 (подотчётность в управлении публичными финансами)
    en: UN Convention against Corruption, article 9, paragraph 2 (accountability in the management of public finances)
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 8-бап (сыбайлас жемқорлық тәуекелдерін талдау)
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 8 (анализ коррупционных рисков)
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 8 (analysis of corruption risks)
innocent:
  - kk: Қызметкер жеңілдігі бар адамдарды қабылдайтын терезеде отырады.
    ru: Сотрудник сидит в окне, где принимают льготников.
    en: The officer sits at the window for those entitled to waivers.
  - kk: Басқа кассирлер кеш қабылданған.
    ru: Другие кассиры приняты недавно.
    en: The other cashiers were employed lately.
  - kk: Босатуларды бір адамға жүктеген бұйрық бар.
    ru: Приказ возложил освобождения на одного человека.
    en: An order gave waivers to one person.
parameters:
  - name: least
    value: 5
    unit: {kk: босату, ru: освобождений, en: waivers}
    meaning:
      kk: Кемінде осынша босату болғанда ғана
      ru: Только если освобождений не меньше
      en: Only with so many waivers
  - name: square
    value: 9
    unit: {kk: сан, ru: число, en: number}
    meaning:
      kk: Айырма өз кездейсоқ қателігінен неше есе үлкен болуы керек, квадраты (3 есе)
      ru: Во сколько раз разница должна превышать свою случайную ошибку, в квадрате (в 3 раза)
      en: How many times larger than its error by chance the difference is, squared (3 times)
tables:
  waiver: [id, body_id, decided_date, proposed_by_id]
optional:
  account: []
unit: {kk: бекітілген босату, ru: подтверждённое освобождение, en: confirmed waiver}
checked: |
  SELECT w.id AS unit_id, CASE WHEN a.person_id IS NULL THEN 'officer-unknown' END AS reason
  FROM waiver w
  LEFT JOIN account a ON a.id = w.proposed_by_id
reasons:
  officer-unknown: {kk: қызметкердің кім екені белгісіз, ru: "неизвестно, кто за учётной записью", en: it is not known whose account it is}
fires_on:
  - case:
      kk: Үш қызметкердің бірі жетеудің бәрін ұсынған
      ru: Один из троих предложил все семь
      en: One of three proposed all seven
    tables:
      waiver: |
        id  | body_id | amount | currency | decided_date | proposed_by_id | decided_by_id
        W00 | B1      | 1000   | KZT      | 2026-02-01   | U1             | U9
        W01 | B1      | 1000   | KZT      | 2026-02-02   | U1             | U9
        W02 | B1      | 1000   | KZT      | 2026-02-03   | U1             | U9
        W03 | B1      | 1000   | KZT      | 2026-02-04   | U1             | U9
        W04 | B1      | 1000   | KZT      | 2026-02-05   | U1             | U9
        W05 | B1      | 1000   | KZT      | 2026-02-06   | U1             | U9
        W06 | B1      | 1000   | KZT      | 2026-02-07   | U1             | U2
      account: |
        id | person_id
        U1 | P1
        U2 | P2
        U3 | P3
        U9 | P9
    expect: |
      subject_id | object_id | amount  | currency | since
      P1         | B1        | 7000.00 | KZT      | 2026-02-01
  - case:
      kk: Екінің бірі он екінің он екісін
      ru: Один из двоих предложил все двенадцать
      en: One of two proposed all twelve
    tables:
      waiver: |
        id  | body_id | amount | currency | decided_date | proposed_by_id | decided_by_id
        W00 | B1      | 1000   | KZT      | 2026-02-01   | U1             | U9
        W01 | B1      | 1000   | KZT      | 2026-02-02   | U1             | U9
        W02 | B1      | 1000   | KZT      | 2026-02-03   | U1             | U9
        W03 | B1      | 1000   | KZT      | 2026-02-04   | U1             | U9
        W04 | B1      | 1000   | KZT      | 2026-02-05   | U1             | U9
        W05 | B1      | 1000   | KZT      | 2026-02-06   | U1             | U9
        W06 | B1      | 1000   | KZT      | 2026-02-07   | U1             | U9
        W07 | B1      | 1000   | KZT      | 2026-02-08   | U1             | U9
        W08 | B1      | 1000   | KZT      | 2026-02-09   | U1             | U9
        W09 | B1      | 1000   | KZT      | 2026-02-10   | U1             | U9
        W10 | B1      | 1000   | KZT      | 2026-02-11   | U1             | U9
        W11 | B1      | 1000   | KZT      | 2026-02-12   | U1             | U9
      account: |
        id | person_id
        U1 | P1
        U2 | P2
        U3 | P3
        U9 | P9
    expect: |
      subject_id | object_id | amount
      P1         | B1        | 12000.00
silent_on:
  - case:
      kk: "Екінің бірі тоғыздың тоғызын: кездейсоқ та болады"
      ru: "Один из двоих — все девять: бывает и случайно"
      en: One of two proposed all nine, as chance makes it too
    tables:
      waiver: |
        id  | body_id | amount | currency | decided_date | proposed_by_id | decided_by_id
        W00 | B1      | 1000   | KZT      | 2026-02-01   | U1             | U9
        W01 | B1      | 1000   | KZT      | 2026-02-02   | U1             | U9
        W02 | B1      | 1000   | KZT      | 2026-02-03   | U1             | U9
        W03 | B1      | 1000   | KZT      | 2026-02-04   | U1             | U9
        W04 | B1      | 1000   | KZT      | 2026-02-05   | U1             | U9
        W05 | B1      | 1000   | KZT      | 2026-02-06   | U1             | U9
        W06 | B1      | 1000   | KZT      | 2026-02-07   | U1             | U9
        W07 | B1      | 1000   | KZT      | 2026-02-08   | U1             | U9
        W08 | B1      | 1000   | KZT      | 2026-02-09   | U1             | U9
      account: |
        id | person_id
        U1 | P1
        U2 | P2
        U3 | P3
        U9 | P9
  - case:
      kk: Тең бөлінген; төртеуі ғана
      ru: Поровну; только четыре
      en: Spread evenly; four only
    tables:
      waiver: |
        id  | body_id | amount | currency | decided_date | proposed_by_id | decided_by_id
        W00 | B1      | 1000   | KZT      | 2026-02-01   | U1             | U9
        W01 | B1      | 1000   | KZT      | 2026-02-02   | U1             | U9
        W02 | B1      | 1000   | KZT      | 2026-02-03   | U1             | U9
        W03 | B1      | 1000   | KZT      | 2026-02-04   | U1             | U9
        W04 | B1      | 1000   | KZT      | 2026-02-05   | U1             | U9
        W05 | B1      | 1000   | KZT      | 2026-02-06   | U1             | U9
        W06 | B1      | 1000   | KZT      | 2026-02-07   | U1             | U9
        W07 | B1      | 1000   | KZT      | 2026-02-08   | U1             | U9
        W08 | B1      | 1000   | KZT      | 2026-02-09   | U2             | U9
        W09 | B1      | 1000   | KZT      | 2026-02-10   | U2             | U9
        W10 | B1      | 1000   | KZT      | 2026-02-11   | U2             | U9
        W11 | B1      | 1000   | KZT      | 2026-02-12   | U2             | U9
        W12 | B1      | 1000   | KZT      | 2026-02-13   | U2             | U9
        W13 | B1      | 1000   | KZT      | 2026-02-14   | U2             | U9
        W14 | B1      | 1000   | KZT      | 2026-02-15   | U2             | U9
        W15 | B1      | 1000   | KZT      | 2026-02-16   | U2             | U9
        W20 | B2      | 1000   | KZT      | 2026-02-21   | U3             | U9
        W21 | B2      | 1000   | KZT      | 2026-02-22   | U3             | U9
        W22 | B2      | 1000   | KZT      | 2026-02-23   | U3             | U9
        W23 | B2      | 1000   | KZT      | 2026-02-24   | U3             | U9
      account: |
        id | person_id
        U1 | P1
        U2 | P2
        U3 | P3
        U9 | P9
*/
WITH proposed AS (
    SELECT w.id, coalesce(w.body_id, '') AS body_id, w.amount, w.currency, w.decided_date, a.person_id
    FROM waiver w
    JOIN account a ON a.id = w.proposed_by_id
),
staff AS (
    SELECT body_id, person_id
    FROM proposed
    UNION
    SELECT coalesce(w.body_id, ''), a.person_id
    FROM waiver w
    JOIN account a ON a.id = w.decided_by_id
),
desk AS (
    SELECT body_id, count(*) AS officers
    FROM staff
    GROUP BY body_id
),
own AS (
    SELECT
        body_id,
        person_id,
        count(*) AS waivers,
        sum(amount) AS amount,
        min(currency) AS currency,
        max(currency) AS other_currency,
        min(decided_date) AS since,
        list_sort(array_agg('waiver/' || id)) AS evidence
    FROM proposed
    GROUP BY body_id, person_id
),
beside AS (
    SELECT o.*, d.officers, sum(o.waivers) OVER (PARTITION BY o.body_id) AS whole
    FROM own o
    JOIN desk d ON d.body_id = o.body_id
)
SELECT
    person_id AS subject_id,
    body_id AS object_id,
    CASE WHEN currency = other_currency THEN amount END AS amount,
    CASE WHEN currency = other_currency THEN currency END AS currency,
    since,
    evidence
FROM beside
WHERE waivers >= $least
    AND officers >= 2
    AND waivers * officers > whole
    -- Proposed evenly by all the number lies above its mean by more than three of its standard deviations.
    AND (waivers * officers - whole) * (waivers * officers - whole) > $square * whole * (officers - 1)
