/*
id: permits.newborn-firms
kind: flag
severity: medium
subject: body
title:
  kk: Жаңа тіркелген фирмаларға бір айда топтап берілген лицензиялар
  ru: Пачка лицензий только что созданным фирмам за месяц
  en: Batch of licences to newborn firms in a month
explanation:
  kk: >-
    Бір айда сол рұқсат бойынша бірнеше лицензия оның алдында ғана тіркелген компанияларға берілген, олар айдағы
    лицензиялардың кемінде жартысы. Орган себебін түсіндіруі қажет.
  ru: >-
    За месяц несколько лицензий одного вида получили компании, созданные незадолго до этого; таких не меньше половины за
    месяц. Орган должен пояснить причину.
  en: >-
    Within a month several licences of one kind went to companies registered shortly before, and they are at least half
    of that month's. The body owes an explanation.
basis:
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 12-бап, 2-тармақ, d тармақшасы (лицензия беру рәсімдерін теріс пайдаланудың алдын алу)
    ru: Конвенция ООН против коррупции, статья 12, пункт 2, подпункт d (предупреждение злоупотребления процедурами выдачи лицензий)
    en: UN Convention against Corruption, article 12, paragraph 2 (d) (preventing the misuse of procedures of licensing)
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 8-бап (сыбайлас жемқорлық тәуекелдерін талдау)
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 8 (анализ коррупционных рисков)
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 8 (analysis of corruption risks)
innocent:
  - kk: Жаңа рұқсат енгізілген, сондықтан бәрі жаңадан құрылған.
    ru: Разрешение введено недавно, и все начинают с нуля.
    en: The permit is new, so that everybody begins.
  - kk: Мемлекеттік бағдарлама осы саладағы жаңа кәсіпорындарға ақша берген.
    ru: Государственная программа дала деньги новым предприятиям этой отрасли.
    en: A state programme gave money to new businesses of this field.
  - kk: Бір топ филиалдарын бөлек компания етіп тіркеген.
    ru: Группа компаний оформила филиалы отдельными фирмами.
    en: A group registered its branches as companies of their own.
parameters:
  - name: days
    value: 30
    unit: {kk: күн, ru: дней, en: days}
    meaning:
      kk: Компания лицензиядан осынша күн бұрын немесе одан кеш тіркелген
      ru: Компания создана не раньше, чем за столько дней до лицензии
      en: The company was registered at most so long before the licence
  - name: least
    value: 3
    unit: {kk: фирма, ru: фирм, en: firms}
    meaning:
      kk: Бір айда кемінде осынша жаңа фирма
      ru: Новых фирм за месяц не меньше
      en: At least so many new firms in a month
tables:
  permit_licence: [id, body_id, entry_id, company_id, issued_date]
  company: [id, registered_date]
optional:
  permit_entry: []
unit: {kk: компанияның лицензиясы, ru: лицензия компании, en: licence of a company}
checked: |
  SELECT l.id AS unit_id, CASE WHEN c.registered_date IS NULL THEN 'no-registration' END AS reason
  FROM permit_licence l
  LEFT JOIN company c ON c.id = l.company_id
  WHERE l.company_id IS NOT NULL
reasons:
  no-registration: {kk: компанияның тіркелген күні белгісіз, ru: день регистрации компании неизвестен, en: the day on which the company was registered is not known}
fires_on:
  - case:
      kk: Үш лицензия бір апта бұрын құрылған фирмаларға
      ru: Три лицензии фирмам, созданным за неделю
      en: Three licences to firms a week old
    tables:
      permit_licence: |
        id | body_id | entry_id | company_id | issued_date
        L1 | B1      | E1       | C1         | 2026-03-01
        L2 | B1      | E1       | C2         | 2026-03-02
        L3 | B1      | E1       | C3         | 2026-03-03
      company: |
        id | registered_date
        C1 | 2026-02-24
        C2 | 2026-02-24
        C3 | 2026-02-24
      permit_entry: |
        id | number
        E1 | L-001
    expect: |
      subject_id | object_id     | since      | evidence
      B1         | L-001:2026-03 | 2026-03-01 | permit_licence/L1 permit_licence/L2 permit_licence/L3
  - case:
      kk: Алтаудың үшеуі жаңа
      ru: Три новых из шести
      en: Three new ones of six
    tables:
      permit_licence: |
        id | body_id | entry_id | company_id | issued_date
        L1 | B1      | E1       | C1         | 2026-03-01
        L2 | B1      | E1       | C2         | 2026-03-02
        L3 | B1      | E1       | C3         | 2026-03-03
        L4 | B1      | E1       | D4         | 2026-03-04
        L5 | B1      | E1       | D5         | 2026-03-05
        L6 | B1      | E1       | D6         | 2026-03-06
      company: |
        id | registered_date
        C1 | 2026-02-24
        C2 | 2026-02-24
        C3 | 2026-02-24
        D4 | 2010-02-24
        D5 | 2010-02-24
        D6 | 2010-02-24
      permit_entry: |
        id | number
        E1 | L-001
    expect: |
      subject_id | object_id
      B1         | L-001:2026-03
silent_on:
  - case:
      kk: Екі жаңа фирма; үш ескі фирма
      ru: Две новые фирмы; три давние
      en: Two new firms; three old ones
    tables:
      permit_licence: |
        id | body_id | entry_id | company_id | issued_date
        L1 | B1      | E1       | C1         | 2026-03-01
        L2 | B1      | E1       | C2         | 2026-03-02
        L4 | B1      | E2       | D4         | 2026-03-04
        L5 | B1      | E2       | D5         | 2026-03-05
        L6 | B1      | E2       | D6         | 2026-03-06
      company: |
        id | registered_date
        C1 | 2026-02-24
        C2 | 2026-02-24
        D4 | 2010-02-24
        D5 | 2010-02-24
        D6 | 2010-02-24
  - case:
      kk: Жетеудің үшеуі жаңа; әр органда бір-бірден
      ru: Три новых из семи; по одной у разных органов
      en: Three new ones of seven; one at each of three bodies
    tables:
      permit_licence: |
        id | body_id | entry_id | company_id | issued_date
        L1 | B1      | E1       | C1         | 2026-03-01
        L2 | B1      | E1       | C2         | 2026-03-02
        L3 | B1      | E1       | C3         | 2026-03-03
        L4 | B1      | E1       | D4         | 2026-03-04
        L5 | B1      | E1       | D5         | 2026-03-05
        L6 | B1      | E1       | D6         | 2026-03-06
        L7 | B1      | E1       | D7         | 2026-03-07
        M1 | B2      | E1       | C1         | 2026-03-02
        M2 | B3      | E1       | C2         | 2026-03-02
        M3 | B4      | E1       | C3         | 2026-03-02
      company: |
        id | registered_date
        C1 | 2026-02-24
        C2 | 2026-02-24
        C3 | 2026-02-24
        D4 | 2010-02-24
        D5 | 2010-02-24
        D6 | 2010-02-24
        D7 | 2010-02-24
*/
WITH issued AS (
    SELECT
        l.id,
        l.body_id,
        coalesce(e.number, l.entry_id) AS entry,
        substring(CAST(l.issued_date AS VARCHAR), 1, 7) AS in_month,
        l.issued_date,
        l.company_id,
        coalesce(date_diff('day', c.registered_date, l.issued_date) BETWEEN 0 AND $days, false) AS is_young
    FROM permit_licence l
    LEFT JOIN permit_entry e ON e.id = l.entry_id
    LEFT JOIN company c ON c.id = l.company_id
),
counted AS (
    SELECT
        body_id,
        entry,
        in_month,
        count(*) AS whole,
        count(DISTINCT CASE WHEN is_young THEN company_id END) AS young,
        min(CASE WHEN is_young THEN issued_date END) AS since
    FROM issued
    GROUP BY body_id, entry, in_month
),
shown AS (
    SELECT body_id, entry, in_month, list_sort(array_agg('permit_licence/' || id)) AS evidence
    FROM issued
    WHERE is_young
    GROUP BY body_id, entry, in_month
)
SELECT
    c.body_id AS subject_id,
    concat(c.entry, ':', c.in_month) AS object_id,
    NULL AS amount,
    NULL AS currency,
    c.since,
    s.evidence
FROM counted c
JOIN shown s ON s.body_id = c.body_id AND s.entry = c.entry AND s.in_month = c.in_month
WHERE c.young >= $least AND c.young * 2 >= c.whole
