/*
id: payments.cash-leap-of-a-cashier
kind: flag
severity: medium
title:
  kk: Кассирдің қолма-қол төлемдерінің үлесі күрт өскен
  ru: Доля наличных у кассира резко выросла
  en: Share of cash leapt at a cashier
explanation:
  kk: >-
    Кассир қолмен түсіндірген төлемдердің ішінде айдағы қолма-қол үлесі оның алдыңғы он екі айындағыдан анық жоғары.
    Неге бұлай болғанын түсіндіру қажет.
  ru: >-
    Среди платежей, которые кассир объяснил вручную, доля наличных за месяц явно выше, чем у него же за предыдущие
    двенадцать месяцев. Нужно пояснить почему.
  en: >-
    Of the payments that a cashier explained by hand the share in cash in a month is clearly higher than in the twelve
    months before. It needs an explanation why.
basis:
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 9-бап, 2-тармақ (мемлекеттік қаржыны басқарудағы есептілік)
    ru: Конвенция ООН против коррупции, статья 9, пункт 2 (подотчётность в управлении публичными финансами)
    en: UN Convention against Corruption, article 9, paragraph 2 (accountability in the management of public finances)
  - kk: "Үлестің аралығы: E. B. Wilson, JASA 22 (1927) 209"
    ru: "Интервал доли: E. B. Wilson, JASA 22 (1927) 209"
    en: "Interval of a share: E. B. Wilson, JASA 22 (1927) 209"
innocent:
  - kk: Кассир басқа банктің шотына ауыстырылған.
    ru: Кассира перевели на счёт другого банка.
    en: The cashier was moved to the account of another bank.
  - kk: Карта желісі істемей, көбі банкте қолма-қол төлеген.
    ru: Карточная сеть не работала, и многие платили наличными в банке.
    en: The network of cards was down, and many paid in cash at a bank.
  - kk: Банк үзіндіде қолма-қолды енді ғана белгілей бастаған.
    ru: Банк только теперь стал отмечать наличные в выписке.
    en: The bank has begun to mark cash in its statements only now.
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
  payment: [id, method, paid_date, entered_by_id]
optional:
  account: []
unit: {kk: кассирдің бір айы, ru: месяц кассира, en: month of a cashier}
checked: |
  WITH counted AS (
      SELECT
          a.person_id,
          CAST(date_trunc('month', p.paid_date) AS DATE) AS in_month,
          count(*) AS told,
          sum(CASE WHEN p.method = 'cash_at_bank' THEN 1 ELSE 0 END) AS cash
      FROM payment p
      JOIN account a ON a.id = p.entered_by_id
      GROUP BY a.person_id, CAST(date_trunc('month', p.paid_date) AS DATE)
  )
  SELECT
      concat(c.person_id, ':', CAST(c.in_month AS VARCHAR)) AS unit_id,
      CASE WHEN c.told < $least OR coalesce(sum(b.told), 0) < $least THEN 'too-few' END AS reason
  FROM counted c
  LEFT JOIN counted b
      ON b.person_id = c.person_id AND b.in_month < c.in_month AND b.in_month >= c.in_month - INTERVAL 12 MONTH
  GROUP BY c.person_id, c.in_month, c.told
  UNION ALL
  SELECT concat(p.entered_by_id, ':', p.id), 'officer-unknown'
  FROM payment p
  LEFT JOIN account a ON a.id = p.entered_by_id
  WHERE p.entered_by_id IS NOT NULL AND a.id IS NULL
reasons:
  officer-unknown: {kk: қызметкердің кім екені белгісіз, ru: "неизвестно, кто за учётной записью", en: it is not known whose account it is}
  too-few: {kk: төлем тым аз, ru: слишком мало платежей, en: there are too few payments}
fires_on:
  - case:
      kk: 20-дан 12-сі қолма-қол, бұрын 30-дан 2-еуі
      ru: Наличными 12 из 20, раньше 2 из 30
      en: In cash 12 of 20, before 2 of 30
    tables:
      payment: |
        id   | entered_by_id | method       | paid_date
        Y000 | U1            | cash_at_bank | 2026-01-01
        Y001 | U1            | cash_at_bank | 2026-01-02
        Y002 | U1            | transfer     | 2026-02-03
        Y003 | U1            | transfer     | 2026-02-04
        Y004 | U1            | transfer     | 2026-02-05
        Y005 | U1            | transfer     | 2026-02-06
        Y006 | U1            | transfer     | 2026-02-07
        Y007 | U1            | transfer     | 2026-02-08
        Y008 | U1            | transfer     | 2026-02-09
        Y009 | U1            | transfer     | 2026-02-10
        Y010 | U1            | transfer     | 2026-02-11
        Y011 | U1            | transfer     | 2026-02-12
        Y012 | U1            | transfer     | 2026-02-13
        Y013 | U1            | transfer     | 2026-02-14
        Y014 | U1            | transfer     | 2026-02-15
        Y015 | U1            | transfer     | 2026-02-16
        Y016 | U1            | transfer     | 2026-02-17
        Y017 | U1            | transfer     | 2026-02-18
        Y018 | U1            | transfer     | 2026-02-19
        Y019 | U1            | transfer     | 2026-02-20
        Y020 | U1            | transfer     | 2026-02-21
        Y021 | U1            | transfer     | 2026-02-22
        Y022 | U1            | transfer     | 2026-02-23
        Y023 | U1            | transfer     | 2026-02-24
        Y024 | U1            | transfer     | 2026-02-25
        Y025 | U1            | transfer     | 2026-02-26
        Y026 | U1            | transfer     | 2026-02-27
        Y027 | U1            | transfer     | 2026-02-01
        Y028 | U1            | transfer     | 2026-02-02
        Y029 | U1            | transfer     | 2026-02-03
        Y040 | U1            | transfer     | 2026-03-14
        Y041 | U1            | transfer     | 2026-03-15
        Y042 | U1            | transfer     | 2026-03-16
        Y043 | U1            | transfer     | 2026-03-17
        Y044 | U1            | transfer     | 2026-03-18
        Y045 | U1            | transfer     | 2026-03-19
        Y046 | U1            | transfer     | 2026-03-20
        Y047 | U1            | transfer     | 2026-03-21
        Y050 | U1            | cash_at_bank | 2026-03-24
        Y051 | U1            | cash_at_bank | 2026-03-25
        Y052 | U1            | cash_at_bank | 2026-03-26
        Y053 | U1            | cash_at_bank | 2026-03-27
        Y054 | U1            | cash_at_bank | 2026-03-01
        Y055 | U1            | cash_at_bank | 2026-03-02
        Y056 | U1            | cash_at_bank | 2026-03-03
        Y057 | U1            | cash_at_bank | 2026-03-04
        Y058 | U1            | cash_at_bank | 2026-03-05
        Y059 | U1            | cash_at_bank | 2026-03-06
        Y060 | U1            | cash_at_bank | 2026-03-07
        Y061 | U1            | cash_at_bank | 2026-03-08
      account: |
        id | person_id
        U1 | P1
    expect: |
      subject_id | object_id | since
      P1         | 2026-03   | 2026-03-01
  - case:
      kk: Бұрын қолма-қол болмаған
      ru: Раньше наличных не было
      en: There was no cash before
    tables:
      payment: |
        id   | entered_by_id | method       | paid_date
        Y000 | U1            | transfer     | 2026-02-01
        Y001 | U1            | transfer     | 2026-02-02
        Y002 | U1            | transfer     | 2026-02-03
        Y003 | U1            | transfer     | 2026-02-04
        Y004 | U1            | transfer     | 2026-02-05
        Y005 | U1            | transfer     | 2026-02-06
        Y006 | U1            | transfer     | 2026-02-07
        Y007 | U1            | transfer     | 2026-02-08
        Y008 | U1            | transfer     | 2026-02-09
        Y009 | U1            | transfer     | 2026-02-10
        Y010 | U1            | transfer     | 2026-02-11
        Y011 | U1            | transfer     | 2026-02-12
        Y012 | U1            | transfer     | 2026-02-13
        Y013 | U1            | transfer     | 2026-02-14
        Y014 | U1            | transfer     | 2026-02-15
        Y015 | U1            | transfer     | 2026-02-16
        Y016 | U1            | transfer     | 2026-02-17
        Y017 | U1            | transfer     | 2026-02-18
        Y018 | U1            | transfer     | 2026-02-19
        Y019 | U1            | transfer     | 2026-02-20
        Y020 | U1            | transfer     | 2026-02-21
        Y021 | U1            | transfer     | 2026-02-22
        Y022 | U1            | transfer     | 2026-02-23
        Y023 | U1            | transfer     | 2026-02-24
        Y024 | U1            | transfer     | 2026-02-25
        Y025 | U1            | transfer     | 2026-02-26
        Y026 | U1            | transfer     | 2026-02-27
        Y027 | U1            | transfer     | 2026-02-01
        Y028 | U1            | transfer     | 2026-02-02
        Y029 | U1            | transfer     | 2026-02-03
        Y030 | U1            | transfer     | 2026-02-04
        Y031 | U1            | transfer     | 2026-02-05
        Y032 | U1            | transfer     | 2026-02-06
        Y033 | U1            | transfer     | 2026-02-07
        Y034 | U1            | transfer     | 2026-02-08
        Y035 | U1            | transfer     | 2026-02-09
        Y036 | U1            | transfer     | 2026-02-10
        Y037 | U1            | transfer     | 2026-02-11
        Y038 | U1            | transfer     | 2026-02-12
        Y039 | U1            | transfer     | 2026-02-13
        Y040 | U1            | transfer     | 2026-03-14
        Y041 | U1            | transfer     | 2026-03-15
        Y042 | U1            | transfer     | 2026-03-16
        Y043 | U1            | transfer     | 2026-03-17
        Y044 | U1            | transfer     | 2026-03-18
        Y045 | U1            | transfer     | 2026-03-19
        Y046 | U1            | transfer     | 2026-03-20
        Y047 | U1            | transfer     | 2026-03-21
        Y048 | U1            | transfer     | 2026-03-22
        Y049 | U1            | transfer     | 2026-03-23
        Y050 | U1            | transfer     | 2026-03-24
        Y060 | U1            | cash_at_bank | 2026-03-07
        Y061 | U1            | cash_at_bank | 2026-03-08
        Y062 | U1            | cash_at_bank | 2026-03-09
        Y063 | U1            | cash_at_bank | 2026-03-10
        Y064 | U1            | cash_at_bank | 2026-03-11
        Y065 | U1            | cash_at_bank | 2026-03-12
        Y066 | U1            | cash_at_bank | 2026-03-13
        Y067 | U1            | cash_at_bank | 2026-03-14
        Y068 | U1            | cash_at_bank | 2026-03-15
      account: |
        id | person_id
        U1 | P1
    expect: |
      subject_id | object_id
      P1         | 2026-03
silent_on:
  - case:
      kk: Төлем аз; үлес кездейсоқ өзгерген
      ru: Мало платежей; доля колеблется случайно
      en: Too few payments; the share moves by chance
    tables:
      payment: |
        id   | entered_by_id | method       | paid_date
        Y000 | U1            | transfer     | 2026-01-01
        Y001 | U1            | transfer     | 2026-01-02
        Y002 | U1            | transfer     | 2026-01-03
        Y003 | U1            | transfer     | 2026-01-04
        Y004 | U1            | transfer     | 2026-01-05
        Y005 | U1            | transfer     | 2026-01-06
        Y006 | U1            | transfer     | 2026-01-07
        Y007 | U1            | transfer     | 2026-01-08
        Y008 | U1            | transfer     | 2026-01-09
        Y009 | U1            | transfer     | 2026-01-10
        Y010 | U1            | transfer     | 2026-01-11
        Y011 | U1            | transfer     | 2026-01-12
        Y012 | U1            | transfer     | 2026-01-13
        Y013 | U1            | transfer     | 2026-01-14
        Y014 | U1            | transfer     | 2026-01-15
        Y015 | U1            | transfer     | 2026-01-16
        Y016 | U1            | transfer     | 2026-01-17
        Y017 | U1            | transfer     | 2026-01-18
        Y018 | U1            | transfer     | 2026-01-19
        Y019 | U1            | transfer     | 2026-01-20
        Y020 | U1            | transfer     | 2026-01-21
        Y021 | U1            | transfer     | 2026-01-22
        Y022 | U1            | transfer     | 2026-01-23
        Y023 | U1            | transfer     | 2026-01-24
        Y024 | U1            | transfer     | 2026-01-25
        Y025 | U1            | transfer     | 2026-01-26
        Y026 | U1            | transfer     | 2026-01-27
        Y027 | U1            | transfer     | 2026-01-01
        Y028 | U1            | transfer     | 2026-01-02
        Y029 | U1            | transfer     | 2026-01-03
        Y030 | U1            | transfer     | 2026-01-04
        Y031 | U1            | transfer     | 2026-01-05
        Y032 | U1            | transfer     | 2026-01-06
        Y033 | U1            | transfer     | 2026-01-07
        Y034 | U1            | transfer     | 2026-01-08
        Y035 | U1            | transfer     | 2026-01-09
        Y036 | U1            | transfer     | 2026-01-10
        Y037 | U1            | transfer     | 2026-01-11
        Y038 | U1            | transfer     | 2026-01-12
        Y039 | U1            | transfer     | 2026-01-13
        Y040 | U1            | cash_at_bank | 2026-03-14
        Y041 | U1            | cash_at_bank | 2026-03-15
        Y042 | U1            | cash_at_bank | 2026-03-16
        Y043 | U1            | cash_at_bank | 2026-03-17
        Y044 | U1            | cash_at_bank | 2026-03-18
        Y045 | U1            | cash_at_bank | 2026-03-19
        Y046 | U1            | cash_at_bank | 2026-03-20
        Y047 | U1            | cash_at_bank | 2026-03-21
        Y048 | U1            | cash_at_bank | 2026-03-22
        Y049 | U1            | cash_at_bank | 2026-03-23
        Y060 | U2            | transfer     | 2026-01-07
        Y061 | U2            | transfer     | 2026-01-08
        Y062 | U2            | transfer     | 2026-01-09
        Y063 | U2            | transfer     | 2026-01-10
        Y064 | U2            | transfer     | 2026-01-11
        Y065 | U2            | transfer     | 2026-01-12
        Y066 | U2            | transfer     | 2026-01-13
        Y067 | U2            | transfer     | 2026-01-14
        Y068 | U2            | transfer     | 2026-01-15
        Y069 | U2            | transfer     | 2026-01-16
        Y070 | U2            | transfer     | 2026-01-17
        Y071 | U2            | transfer     | 2026-01-18
        Y072 | U2            | transfer     | 2026-01-19
        Y073 | U2            | transfer     | 2026-01-20
        Y074 | U2            | transfer     | 2026-01-21
        Y075 | U2            | transfer     | 2026-01-22
        Y076 | U2            | transfer     | 2026-01-23
        Y077 | U2            | transfer     | 2026-01-24
        Y080 | U2            | cash_at_bank | 2026-01-27
        Y081 | U2            | cash_at_bank | 2026-01-01
        Y082 | U2            | cash_at_bank | 2026-01-02
        Y083 | U2            | cash_at_bank | 2026-01-03
        Y090 | U2            | transfer     | 2026-03-10
        Y091 | U2            | transfer     | 2026-03-11
        Y092 | U2            | transfer     | 2026-03-12
        Y093 | U2            | transfer     | 2026-03-13
        Y094 | U2            | transfer     | 2026-03-14
        Y095 | U2            | transfer     | 2026-03-15
        Y096 | U2            | transfer     | 2026-03-16
        Y097 | U2            | transfer     | 2026-03-17
        Y098 | U2            | transfer     | 2026-03-18
        Y099 | U2            | transfer     | 2026-03-19
        Y100 | U2            | transfer     | 2026-03-20
        Y101 | U2            | transfer     | 2026-03-21
        Y102 | U2            | transfer     | 2026-03-22
        Y103 | U2            | transfer     | 2026-03-23
        Y104 | U2            | transfer     | 2026-03-24
        Y105 | U2            | transfer     | 2026-03-25
        Y110 | U2            | cash_at_bank | 2026-03-03
        Y111 | U2            | cash_at_bank | 2026-03-04
        Y112 | U2            | cash_at_bank | 2026-03-05
        Y113 | U2            | cash_at_bank | 2026-03-06
        Y114 | U2            | cash_at_bank | 2026-03-07
        Y115 | U2            | cash_at_bank | 2026-03-08
      account: |
        id | person_id
        U1 | P1
        U2 | P2
  - case:
      kk: Ешкім қолмен енгізбеген; тіркелгінің иесі белгісіз
      ru: Никто не вносил вручную; неизвестно, чья учётная запись
      en: Nobody entered them by hand; an account of nobody known
    tables:
      payment: |
        id   | entered_by_id | method       | paid_date
        Y000 |               | card         | 2026-01-01
        Y001 |               | card         | 2026-01-02
        Y002 |               | card         | 2026-01-03
        Y003 |               | card         | 2026-01-04
        Y004 |               | card         | 2026-01-05
        Y005 |               | card         | 2026-01-06
        Y006 |               | card         | 2026-01-07
        Y007 |               | card         | 2026-01-08
        Y008 |               | card         | 2026-01-09
        Y009 |               | card         | 2026-01-10
        Y010 |               | card         | 2026-01-11
        Y011 |               | card         | 2026-01-12
        Y012 |               | card         | 2026-01-13
        Y013 |               | card         | 2026-01-14
        Y014 |               | card         | 2026-01-15
        Y015 |               | card         | 2026-01-16
        Y016 |               | card         | 2026-01-17
        Y017 |               | card         | 2026-01-18
        Y018 |               | card         | 2026-01-19
        Y019 |               | card         | 2026-01-20
        Y020 |               | card         | 2026-01-21
        Y021 |               | card         | 2026-01-22
        Y022 |               | card         | 2026-01-23
        Y023 |               | card         | 2026-01-24
        Y024 |               | card         | 2026-01-25
        Y025 |               | card         | 2026-01-26
        Y026 |               | card         | 2026-01-27
        Y027 |               | card         | 2026-01-01
        Y028 |               | card         | 2026-01-02
        Y029 |               | card         | 2026-01-03
        Y030 |               | card         | 2026-01-04
        Y031 |               | card         | 2026-01-05
        Y032 |               | card         | 2026-01-06
        Y033 |               | card         | 2026-01-07
        Y034 |               | card         | 2026-01-08
        Y035 |               | card         | 2026-01-09
        Y036 |               | card         | 2026-01-10
        Y037 |               | card         | 2026-01-11
        Y038 |               | card         | 2026-01-12
        Y039 |               | card         | 2026-01-13
        Y040 |               | cash_at_bank | 2026-03-14
        Y041 |               | cash_at_bank | 2026-03-15
        Y042 |               | cash_at_bank | 2026-03-16
        Y043 |               | cash_at_bank | 2026-03-17
        Y044 |               | cash_at_bank | 2026-03-18
        Y045 |               | cash_at_bank | 2026-03-19
        Y046 |               | cash_at_bank | 2026-03-20
        Y047 |               | cash_at_bank | 2026-03-21
        Y048 |               | cash_at_bank | 2026-03-22
        Y049 |               | cash_at_bank | 2026-03-23
        Y050 |               | cash_at_bank | 2026-03-24
        Y051 |               | cash_at_bank | 2026-03-25
        Y052 |               | cash_at_bank | 2026-03-26
        Y053 |               | cash_at_bank | 2026-03-27
        Y054 |               | cash_at_bank | 2026-03-01
        Y055 |               | cash_at_bank | 2026-03-02
        Y056 |               | cash_at_bank | 2026-03-03
        Y057 |               | cash_at_bank | 2026-03-04
        Y058 |               | cash_at_bank | 2026-03-05
        Y059 |               | cash_at_bank | 2026-03-06
        Y060 |               | cash_at_bank | 2026-03-07
        Y061 |               | cash_at_bank | 2026-03-08
        Y062 |               | cash_at_bank | 2026-03-09
        Y063 |               | cash_at_bank | 2026-03-10
        Y064 |               | cash_at_bank | 2026-03-11
        Y100 | U3            | transfer     | 2026-01-20
        Y101 | U3            | transfer     | 2026-01-21
        Y102 | U3            | transfer     | 2026-01-22
        Y103 | U3            | transfer     | 2026-01-23
        Y104 | U3            | transfer     | 2026-01-24
        Y105 | U3            | transfer     | 2026-01-25
        Y106 | U3            | transfer     | 2026-01-26
        Y107 | U3            | transfer     | 2026-01-27
        Y108 | U3            | transfer     | 2026-01-01
        Y109 | U3            | transfer     | 2026-01-02
        Y110 | U3            | transfer     | 2026-01-03
        Y111 | U3            | transfer     | 2026-01-04
        Y112 | U3            | transfer     | 2026-01-05
        Y113 | U3            | transfer     | 2026-01-06
        Y114 | U3            | transfer     | 2026-01-07
        Y115 | U3            | transfer     | 2026-01-08
        Y116 | U3            | transfer     | 2026-01-09
        Y117 | U3            | transfer     | 2026-01-10
        Y118 | U3            | transfer     | 2026-01-11
        Y119 | U3            | transfer     | 2026-01-12
        Y120 | U3            | transfer     | 2026-01-13
        Y121 | U3            | transfer     | 2026-01-14
        Y122 | U3            | transfer     | 2026-01-15
        Y123 | U3            | transfer     | 2026-01-16
        Y124 | U3            | transfer     | 2026-01-17
        Y125 | U3            | transfer     | 2026-01-18
        Y126 | U3            | transfer     | 2026-01-19
        Y127 | U3            | transfer     | 2026-01-20
        Y128 | U3            | transfer     | 2026-01-21
        Y129 | U3            | transfer     | 2026-01-22
        Y130 | U3            | transfer     | 2026-01-23
        Y131 | U3            | transfer     | 2026-01-24
        Y132 | U3            | transfer     | 2026-01-25
        Y133 | U3            | transfer     | 2026-01-26
        Y134 | U3            | transfer     | 2026-01-27
        Y135 | U3            | transfer     | 2026-01-01
        Y136 | U3            | transfer     | 2026-01-02
        Y137 | U3            | transfer     | 2026-01-03
        Y138 | U3            | transfer     | 2026-01-04
        Y139 | U3            | transfer     | 2026-01-05
        Y140 | U3            | cash_at_bank | 2026-03-06
        Y141 | U3            | cash_at_bank | 2026-03-07
        Y142 | U3            | cash_at_bank | 2026-03-08
        Y143 | U3            | cash_at_bank | 2026-03-09
        Y144 | U3            | cash_at_bank | 2026-03-10
        Y145 | U3            | cash_at_bank | 2026-03-11
        Y146 | U3            | cash_at_bank | 2026-03-12
        Y147 | U3            | cash_at_bank | 2026-03-13
        Y148 | U3            | cash_at_bank | 2026-03-14
        Y149 | U3            | cash_at_bank | 2026-03-15
        Y150 | U3            | cash_at_bank | 2026-03-16
        Y151 | U3            | cash_at_bank | 2026-03-17
        Y152 | U3            | cash_at_bank | 2026-03-18
        Y153 | U3            | cash_at_bank | 2026-03-19
        Y154 | U3            | cash_at_bank | 2026-03-20
        Y155 | U3            | cash_at_bank | 2026-03-21
        Y156 | U3            | cash_at_bank | 2026-03-22
        Y157 | U3            | cash_at_bank | 2026-03-23
        Y158 | U3            | cash_at_bank | 2026-03-24
        Y159 | U3            | cash_at_bank | 2026-03-25
        Y160 | U3            | cash_at_bank | 2026-03-26
        Y161 | U3            | cash_at_bank | 2026-03-27
        Y162 | U3            | cash_at_bank | 2026-03-01
        Y163 | U3            | cash_at_bank | 2026-03-02
        Y164 | U3            | cash_at_bank | 2026-03-03
      account: |
        id | person_id
        U1 | P1
*/
WITH counted AS (
    SELECT
        a.person_id,
        CAST(date_trunc('month', p.paid_date) AS DATE) AS in_month,
        count(*) AS told,
        sum(CASE WHEN p.method = 'cash_at_bank' THEN 1 ELSE 0 END) AS cash
    FROM payment p
    JOIN account a ON a.id = p.entered_by_id
    GROUP BY a.person_id, CAST(date_trunc('month', p.paid_date) AS DATE)
),
beside AS (
    SELECT c.person_id, c.in_month, c.told, c.cash, sum(b.cash) + 1 AS cash_before, sum(b.told) + 2 AS told_before
    FROM counted c
    JOIN counted b
        ON b.person_id = c.person_id AND b.in_month < c.in_month AND b.in_month >= c.in_month - INTERVAL 12 MONTH
    GROUP BY c.person_id, c.in_month, c.told, c.cash
),
leapt AS (
    SELECT person_id, in_month
    FROM beside
    WHERE told >= $least
        AND told_before - 2 >= $least
        AND cash * told_before > cash_before * told
        -- The lower end of Wilson's interval of the share lies above the share before; one of each is added before.
        AND (cash * told_before - cash_before * told) * (cash * told_before - cash_before * told)
            > $square * cash_before * (told_before - cash_before) * told
)
SELECT
    l.person_id AS subject_id,
    substring(CAST(l.in_month AS VARCHAR), 1, 7) AS object_id,
    NULL AS amount,
    NULL AS currency,
    l.in_month AS since,
    list_sort(array_agg('payment/' || p.id)) AS evidence
FROM leapt l
JOIN account a ON a.person_id = l.person_id
JOIN payment p
    ON p.entered_by_id = a.id
    AND p.method = 'cash_at_bank'
    AND CAST(date_trunc('month', p.paid_date) AS DATE) = l.in_month
GROUP BY l.person_id, l.in_month
