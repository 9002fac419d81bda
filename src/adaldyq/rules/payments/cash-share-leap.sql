/*
id: payments.cash-share-leap
kind: flag
severity: low
subject: body
title:
  kk: Кассадағы қолма-қол ақшаның үлесі күрт өскен
  ru: Доля наличных в кассе резко выросла
  en: Share of cash leapt at a desk
explanation:
  kk: >-
    Органның алымдары бойынша банкке қолма-қол салынған төлемдердің айдағы үлесі алдыңғы он екі айдағыдан анық жоғары.
    Орган себебін түсіндіруі қажет.
  ru: >-
    Доля платежей, внесённых в банк наличными, за месяц у органа явно выше, чем за предыдущие двенадцать месяцев. Орган
    должен пояснить причину.
  en: >-
    In a month the share of payments made in cash at a bank for this body's fees is clearly higher than in the twelve
    months before. The body owes an explanation.
basis:
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 9-бап, 2-тармақ (мемлекеттік қаржыны басқарудағы есептілік)
    ru: Конвенция ООН против коррупции, статья 9, пункт 2 (подотчётность в управлении публичными финансами)
    en: UN Convention against Corruption, article 9, paragraph 2 (accountability in the management of public finances)
  - kk: "Үлестің аралығы: E. B. Wilson, JASA 22 (1927) 209"
    ru: "Интервал доли: E. B. Wilson, JASA 22 (1927) 209"
    en: "Interval of a share: E. B. Wilson, JASA 22 (1927) 209"
innocent:
  - kk: Провайдер немесе карта желісі бірнеше күн істемеген.
    ru: Провайдер или карточная сеть несколько дней не работали.
    en: The provider or the network of cards was down for days.
  - kk: Көшпелі қызмет байланысы жоқ ауылдарда көрсетілген.
    ru: Выездное обслуживание шло в сёлах без связи.
    en: The service went out to villages without a network.
  - kk: Жаңа қызмет енгізіліп, оны қарт адамдар көп пайдаланған.
    ru: Введена новая услуга, ею пользуются пожилые.
    en: A new service was brought in that old people use.
parameters:
  - name: least
    value: 20
    unit: {kk: төлем, ru: платежей, en: payments}
    meaning:
      kk: Айда да, оның алдында да кемінде осынша төлем
      ru: Платежей не меньше и за месяц, и до него
      en: At least so many payments in the month, and before it
  - name: square
    value: 9
    unit: {kk: сан, ru: число, en: number}
    meaning:
      kk: Айырма өз кездейсоқ қателігінен неше есе үлкен болуы керек, квадраты (3 есе)
      ru: Во сколько раз разница должна превышать свою случайную ошибку, в квадрате (в 3 раза)
      en: How many times larger than its error by chance the difference is, squared (3 times)
tables:
  payment: [id, invoice_id, method, paid_date]
  invoice: [id, body_id]
unit: {kk: органның бір айы, ru: месяц органа, en: month of a body}
checked: |
  WITH counted AS (
      SELECT
          i.body_id,
          CAST(date_trunc('month', p.paid_date) AS DATE) AS in_month,
          count(*) AS told,
          sum(CASE WHEN p.method = 'cash_at_bank' THEN 1 ELSE 0 END) AS cash
      FROM payment p
      JOIN invoice i ON i.id = p.invoice_id
      WHERE i.body_id IS NOT NULL
      GROUP BY i.body_id, CAST(date_trunc('month', p.paid_date) AS DATE)
  )
  SELECT
      concat(c.body_id, ':', CAST(c.in_month AS VARCHAR)) AS unit_id,
      CASE WHEN c.told < $least OR coalesce(sum(b.told), 0) < $least THEN 'too-few' END AS reason
  FROM counted c
  LEFT JOIN counted b
      ON b.body_id = c.body_id AND b.in_month < c.in_month AND b.in_month >= c.in_month - INTERVAL 12 MONTH
  GROUP BY c.body_id, c.in_month, c.told
reasons:
  too-few: {kk: төлем тым аз, ru: слишком мало платежей, en: there are too few payments}
fires_on:
  - case:
      kk: 20-дан 12-сі қолма-қол, бұрын 30-дан 2-еуі
      ru: Наличными 12 из 20, раньше 2 из 30
      en: In cash 12 of 20, before 2 of 30
    tables:
      payment: |
        id   | invoice_id | method       | paid_date
        Y000 | N1         | cash_at_bank | 2026-01-01
        Y001 | N1         | cash_at_bank | 2026-01-02
        Y002 | N1         | card         | 2026-02-03
        Y003 | N1         | card         | 2026-02-04
        Y004 | N1         | card         | 2026-02-05
        Y005 | N1         | card         | 2026-02-06
        Y006 | N1         | card         | 2026-02-07
        Y007 | N1         | card         | 2026-02-08
        Y008 | N1         | card         | 2026-02-09
        Y009 | N1         | card         | 2026-02-10
        Y010 | N1         | card         | 2026-02-11
        Y011 | N1         | card         | 2026-02-12
        Y012 | N1         | card         | 2026-02-13
        Y013 | N1         | card         | 2026-02-14
        Y014 | N1         | card         | 2026-02-15
        Y015 | N1         | card         | 2026-02-16
        Y016 | N1         | card         | 2026-02-17
        Y017 | N1         | card         | 2026-02-18
        Y018 | N1         | card         | 2026-02-19
        Y019 | N1         | card         | 2026-02-20
        Y020 | N1         | card         | 2026-02-21
        Y021 | N1         | card         | 2026-02-22
        Y022 | N1         | card         | 2026-02-23
        Y023 | N1         | card         | 2026-02-24
        Y024 | N1         | card         | 2026-02-25
        Y025 | N1         | card         | 2026-02-26
        Y026 | N1         | card         | 2026-02-27
        Y027 | N1         | card         | 2026-02-01
        Y028 | N1         | card         | 2026-02-02
        Y029 | N1         | card         | 2026-02-03
        Y040 | N1         | card         | 2026-03-14
        Y041 | N1         | card         | 2026-03-15
        Y042 | N1         | card         | 2026-03-16
        Y043 | N1         | card         | 2026-03-17
        Y044 | N1         | card         | 2026-03-18
        Y045 | N1         | card         | 2026-03-19
        Y046 | N1         | card         | 2026-03-20
        Y047 | N1         | card         | 2026-03-21
        Y050 | N1         | cash_at_bank | 2026-03-24
        Y051 | N1         | cash_at_bank | 2026-03-25
        Y052 | N1         | cash_at_bank | 2026-03-26
        Y053 | N1         | cash_at_bank | 2026-03-27
        Y054 | N1         | cash_at_bank | 2026-03-01
        Y055 | N1         | cash_at_bank | 2026-03-02
        Y056 | N1         | cash_at_bank | 2026-03-03
        Y057 | N1         | cash_at_bank | 2026-03-04
        Y058 | N1         | cash_at_bank | 2026-03-05
        Y059 | N1         | cash_at_bank | 2026-03-06
        Y060 | N1         | cash_at_bank | 2026-03-07
        Y061 | N1         | cash_at_bank | 2026-03-08
      invoice: |
        id | body_id
        N1 | B1
    expect: |
      subject_id | object_id | since
      B1         | 2026-03   | 2026-03-01
  - case:
      kk: Бұрын қолма-қол болмаған
      ru: Раньше наличных не было
      en: There was no cash before
    tables:
      payment: |
        id   | invoice_id | method       | paid_date
        Y000 | N1         | card         | 2026-02-01
        Y001 | N1         | card         | 2026-02-02
        Y002 | N1         | card         | 2026-02-03
        Y003 | N1         | card         | 2026-02-04
        Y004 | N1         | card         | 2026-02-05
        Y005 | N1         | card         | 2026-02-06
        Y006 | N1         | card         | 2026-02-07
        Y007 | N1         | card         | 2026-02-08
        Y008 | N1         | card         | 2026-02-09
        Y009 | N1         | card         | 2026-02-10
        Y010 | N1         | card         | 2026-02-11
        Y011 | N1         | card         | 2026-02-12
        Y012 | N1         | card         | 2026-02-13
        Y013 | N1         | card         | 2026-02-14
        Y014 | N1         | card         | 2026-02-15
        Y015 | N1         | card         | 2026-02-16
        Y016 | N1         | card         | 2026-02-17
        Y017 | N1         | card         | 2026-02-18
        Y018 | N1         | card         | 2026-02-19
        Y019 | N1         | card         | 2026-02-20
        Y020 | N1         | card         | 2026-02-21
        Y021 | N1         | card         | 2026-02-22
        Y022 | N1         | card         | 2026-02-23
        Y023 | N1         | card         | 2026-02-24
        Y024 | N1         | card         | 2026-02-25
        Y025 | N1         | card         | 2026-02-26
        Y026 | N1         | card         | 2026-02-27
        Y027 | N1         | card         | 2026-02-01
        Y028 | N1         | card         | 2026-02-02
        Y029 | N1         | card         | 2026-02-03
        Y030 | N1         | card         | 2026-02-04
        Y031 | N1         | card         | 2026-02-05
        Y032 | N1         | card         | 2026-02-06
        Y033 | N1         | card         | 2026-02-07
        Y034 | N1         | card         | 2026-02-08
        Y035 | N1         | card         | 2026-02-09
        Y036 | N1         | card         | 2026-02-10
        Y037 | N1         | card         | 2026-02-11
        Y038 | N1         | card         | 2026-02-12
        Y039 | N1         | card         | 2026-02-13
        Y040 | N1         | card         | 2026-03-14
        Y041 | N1         | card         | 2026-03-15
        Y042 | N1         | card         | 2026-03-16
        Y043 | N1         | card         | 2026-03-17
        Y044 | N1         | card         | 2026-03-18
        Y045 | N1         | card         | 2026-03-19
        Y046 | N1         | card         | 2026-03-20
        Y047 | N1         | card         | 2026-03-21
        Y048 | N1         | card         | 2026-03-22
        Y049 | N1         | card         | 2026-03-23
        Y050 | N1         | card         | 2026-03-24
        Y060 | N1         | cash_at_bank | 2026-03-07
        Y061 | N1         | cash_at_bank | 2026-03-08
        Y062 | N1         | cash_at_bank | 2026-03-09
        Y063 | N1         | cash_at_bank | 2026-03-10
        Y064 | N1         | cash_at_bank | 2026-03-11
        Y065 | N1         | cash_at_bank | 2026-03-12
        Y066 | N1         | cash_at_bank | 2026-03-13
        Y067 | N1         | cash_at_bank | 2026-03-14
        Y068 | N1         | cash_at_bank | 2026-03-15
      invoice: |
        id | body_id
        N1 | B1
    expect: |
      subject_id | object_id
      B1         | 2026-03
silent_on:
  - case:
      kk: Төлем аз; үлес кездейсоқ өзгерген
      ru: Мало платежей; доля колеблется случайно
      en: Too few payments; the share moves by chance
    tables:
      payment: |
        id   | invoice_id | method       | paid_date
        Y000 | N1         | card         | 2026-01-01
        Y001 | N1         | card         | 2026-01-02
        Y002 | N1         | card         | 2026-01-03
        Y003 | N1         | card         | 2026-01-04
        Y004 | N1         | card         | 2026-01-05
        Y005 | N1         | card         | 2026-01-06
        Y006 | N1         | card         | 2026-01-07
        Y007 | N1         | card         | 2026-01-08
        Y008 | N1         | card         | 2026-01-09
        Y009 | N1         | card         | 2026-01-10
        Y010 | N1         | card         | 2026-01-11
        Y011 | N1         | card         | 2026-01-12
        Y012 | N1         | card         | 2026-01-13
        Y013 | N1         | card         | 2026-01-14
        Y014 | N1         | card         | 2026-01-15
        Y015 | N1         | card         | 2026-01-16
        Y016 | N1         | card         | 2026-01-17
        Y017 | N1         | card         | 2026-01-18
        Y018 | N1         | card         | 2026-01-19
        Y019 | N1         | card         | 2026-01-20
        Y020 | N1         | card         | 2026-01-21
        Y021 | N1         | card         | 2026-01-22
        Y022 | N1         | card         | 2026-01-23
        Y023 | N1         | card         | 2026-01-24
        Y024 | N1         | card         | 2026-01-25
        Y025 | N1         | card         | 2026-01-26
        Y026 | N1         | card         | 2026-01-27
        Y027 | N1         | card         | 2026-01-01
        Y028 | N1         | card         | 2026-01-02
        Y029 | N1         | card         | 2026-01-03
        Y030 | N1         | card         | 2026-01-04
        Y031 | N1         | card         | 2026-01-05
        Y032 | N1         | card         | 2026-01-06
        Y033 | N1         | card         | 2026-01-07
        Y034 | N1         | card         | 2026-01-08
        Y035 | N1         | card         | 2026-01-09
        Y036 | N1         | card         | 2026-01-10
        Y037 | N1         | card         | 2026-01-11
        Y038 | N1         | card         | 2026-01-12
        Y039 | N1         | card         | 2026-01-13
        Y040 | N1         | cash_at_bank | 2026-03-14
        Y041 | N1         | cash_at_bank | 2026-03-15
        Y042 | N1         | cash_at_bank | 2026-03-16
        Y043 | N1         | cash_at_bank | 2026-03-17
        Y044 | N1         | cash_at_bank | 2026-03-18
        Y045 | N1         | cash_at_bank | 2026-03-19
        Y046 | N1         | cash_at_bank | 2026-03-20
        Y047 | N1         | cash_at_bank | 2026-03-21
        Y048 | N1         | cash_at_bank | 2026-03-22
        Y049 | N1         | cash_at_bank | 2026-03-23
        Y060 | N2         | card         | 2026-01-07
        Y061 | N2         | card         | 2026-01-08
        Y062 | N2         | card         | 2026-01-09
        Y063 | N2         | card         | 2026-01-10
        Y064 | N2         | card         | 2026-01-11
        Y065 | N2         | card         | 2026-01-12
        Y066 | N2         | card         | 2026-01-13
        Y067 | N2         | card         | 2026-01-14
        Y068 | N2         | card         | 2026-01-15
        Y069 | N2         | card         | 2026-01-16
        Y070 | N2         | card         | 2026-01-17
        Y071 | N2         | card         | 2026-01-18
        Y072 | N2         | card         | 2026-01-19
        Y073 | N2         | card         | 2026-01-20
        Y074 | N2         | card         | 2026-01-21
        Y075 | N2         | card         | 2026-01-22
        Y076 | N2         | card         | 2026-01-23
        Y077 | N2         | card         | 2026-01-24
        Y080 | N2         | cash_at_bank | 2026-01-27
        Y081 | N2         | cash_at_bank | 2026-01-01
        Y082 | N2         | cash_at_bank | 2026-01-02
        Y083 | N2         | cash_at_bank | 2026-01-03
        Y090 | N2         | card         | 2026-03-10
        Y091 | N2         | card         | 2026-03-11
        Y092 | N2         | card         | 2026-03-12
        Y093 | N2         | card         | 2026-03-13
        Y094 | N2         | card         | 2026-03-14
        Y095 | N2         | card         | 2026-03-15
        Y096 | N2         | card         | 2026-03-16
        Y097 | N2         | card         | 2026-03-17
        Y098 | N2         | card         | 2026-03-18
        Y099 | N2         | card         | 2026-03-19
        Y100 | N2         | card         | 2026-03-20
        Y101 | N2         | card         | 2026-03-21
        Y102 | N2         | card         | 2026-03-22
        Y103 | N2         | card         | 2026-03-23
        Y104 | N2         | card         | 2026-03-24
        Y105 | N2         | card         | 2026-03-25
        Y110 | N2         | cash_at_bank | 2026-03-03
        Y111 | N2         | cash_at_bank | 2026-03-04
        Y112 | N2         | cash_at_bank | 2026-03-05
        Y113 | N2         | cash_at_bank | 2026-03-06
        Y114 | N2         | cash_at_bank | 2026-03-07
        Y115 | N2         | cash_at_bank | 2026-03-08
      invoice: |
        id | body_id
        N1 | B1
        N2 | B2
  - case:
      kk: Екі жыл бұрынғымен салыстырылмайды
      ru: С тем, что было два года назад, не сравнивают
      en: What was two years ago is not compared with
    tables:
      payment: |
        id   | invoice_id | method       | paid_date
        Y000 | N1         | card         | 2024-01-01
        Y001 | N1         | card         | 2024-01-02
        Y002 | N1         | card         | 2024-01-03
        Y003 | N1         | card         | 2024-01-04
        Y004 | N1         | card         | 2024-01-05
        Y005 | N1         | card         | 2024-01-06
        Y006 | N1         | card         | 2024-01-07
        Y007 | N1         | card         | 2024-01-08
        Y008 | N1         | card         | 2024-01-09
        Y009 | N1         | card         | 2024-01-10
        Y010 | N1         | card         | 2024-01-11
        Y011 | N1         | card         | 2024-01-12
        Y012 | N1         | card         | 2024-01-13
        Y013 | N1         | card         | 2024-01-14
        Y014 | N1         | card         | 2024-01-15
        Y015 | N1         | card         | 2024-01-16
        Y016 | N1         | card         | 2024-01-17
        Y017 | N1         | card         | 2024-01-18
        Y018 | N1         | card         | 2024-01-19
        Y019 | N1         | card         | 2024-01-20
        Y020 | N1         | card         | 2024-01-21
        Y021 | N1         | card         | 2024-01-22
        Y022 | N1         | card         | 2024-01-23
        Y023 | N1         | card         | 2024-01-24
        Y024 | N1         | card         | 2024-01-25
        Y025 | N1         | card         | 2024-01-26
        Y026 | N1         | card         | 2024-01-27
        Y027 | N1         | card         | 2024-01-01
        Y028 | N1         | card         | 2024-01-02
        Y029 | N1         | card         | 2024-01-03
        Y030 | N1         | card         | 2024-01-04
        Y031 | N1         | card         | 2024-01-05
        Y032 | N1         | card         | 2024-01-06
        Y033 | N1         | card         | 2024-01-07
        Y034 | N1         | card         | 2024-01-08
        Y035 | N1         | card         | 2024-01-09
        Y036 | N1         | card         | 2024-01-10
        Y037 | N1         | card         | 2024-01-11
        Y038 | N1         | card         | 2024-01-12
        Y039 | N1         | card         | 2024-01-13
        Y040 | N1         | cash_at_bank | 2026-03-14
        Y041 | N1         | cash_at_bank | 2026-03-15
        Y042 | N1         | cash_at_bank | 2026-03-16
        Y043 | N1         | cash_at_bank | 2026-03-17
        Y044 | N1         | cash_at_bank | 2026-03-18
        Y045 | N1         | cash_at_bank | 2026-03-19
        Y046 | N1         | cash_at_bank | 2026-03-20
        Y047 | N1         | cash_at_bank | 2026-03-21
        Y048 | N1         | cash_at_bank | 2026-03-22
        Y049 | N1         | cash_at_bank | 2026-03-23
        Y050 | N1         | cash_at_bank | 2026-03-24
        Y051 | N1         | cash_at_bank | 2026-03-25
        Y052 | N1         | cash_at_bank | 2026-03-26
        Y053 | N1         | cash_at_bank | 2026-03-27
        Y054 | N1         | cash_at_bank | 2026-03-01
        Y055 | N1         | cash_at_bank | 2026-03-02
        Y056 | N1         | cash_at_bank | 2026-03-03
        Y057 | N1         | cash_at_bank | 2026-03-04
        Y058 | N1         | cash_at_bank | 2026-03-05
        Y059 | N1         | cash_at_bank | 2026-03-06
        Y060 | N1         | cash_at_bank | 2026-03-07
        Y061 | N1         | cash_at_bank | 2026-03-08
        Y062 | N1         | cash_at_bank | 2026-03-09
        Y063 | N1         | cash_at_bank | 2026-03-10
        Y064 | N1         | cash_at_bank | 2026-03-11
      invoice: |
        id | body_id
        N1 | B1
*/
WITH counted AS (
    SELECT
        i.body_id,
        CAST(date_trunc('month', p.paid_date) AS DATE) AS in_month,
        count(*) AS told,
        sum(CASE WHEN p.method = 'cash_at_bank' THEN 1 ELSE 0 END) AS cash
    FROM payment p
    JOIN invoice i ON i.id = p.invoice_id
    WHERE i.body_id IS NOT NULL
    GROUP BY i.body_id, CAST(date_trunc('month', p.paid_date) AS DATE)
),
beside AS (
    SELECT c.body_id, c.in_month, c.told, c.cash, sum(b.cash) + 1 AS cash_before, sum(b.told) + 2 AS told_before
    FROM counted c
    JOIN counted b
        ON b.body_id = c.body_id AND b.in_month < c.in_month AND b.in_month >= c.in_month - INTERVAL 12 MONTH
    GROUP BY c.body_id, c.in_month, c.told, c.cash
),
leapt AS (
    SELECT body_id, in_month
    FROM beside
    WHERE told >= $least
        AND told_before - 2 >= $least
        AND cash * told_before > cash_before * told
        -- The lower end of Wilson's interval of the share lies above the share before; one of each is added before.
        AND (cash * told_before - cash_before * told) * (cash * told_before - cash_before * told)
            > $square * cash_before * (told_before - cash_before) * told
)
SELECT
    l.body_id AS subject_id,
    substring(CAST(l.in_month AS VARCHAR), 1, 7) AS object_id,
    NULL AS amount,
    NULL AS currency,
    l.in_month AS since,
    list_sort(array_agg('payment/' || p.id)) AS evidence
FROM leapt l
JOIN invoice i ON i.body_id = l.body_id
JOIN payment p
    ON p.invoice_id = i.id
    AND p.method = 'cash_at_bank'
    AND CAST(date_trunc('month', p.paid_date) AS DATE) = l.in_month
GROUP BY l.body_id, l.in_month
