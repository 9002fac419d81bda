/*
id: permits.repeated-returns
kind: flag
severity: medium
subject: body
title:
  kk: Бір өтініш берушінің өтінімі қайта-қайта қайтарылған
  ru: Заявление одного заявителя возвращали снова и снова
  en: Application of one applicant returned again and again
explanation:
  kk: >-
    Заң барлық кемшілікті бір хабарламада атауды талап етеді, ал орган осы өтініш берушінің бір рұқсатқа өтінімін жыл
    ішінде бірнеше рет қайтарған. Орган себебін түсіндіруі қажет.
  ru: >-
    Все недостатки называют в одном уведомлении, а орган за год несколько раз вернул заявление этого заявителя на одно и
    то же разрешение. Орган должен пояснить причину.
  en: >-
    All defects are named in one notice, yet within a year the body returned applications of this applicant for the same
    permit several times. The body owes an explanation.
basis:
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 10-бап, b тармақшасы (әкімшілік рәсімдерді жеңілдету)
    ru: Конвенция ООН против коррупции, статья 10, подпункт b (упрощение административных процедур)
    en: UN Convention against Corruption, article 10 (b) (simplifying administrative procedures)
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 12-бап, 2-тармақ, d тармақшасы (лицензия беру рәсімдерін теріс пайдаланудың алдын алу)
    ru: Конвенция ООН против коррупции, статья 12, пункт 2, подпункт d (предупреждение злоупотребления процедурами выдачи лицензий)
    en: UN Convention against Corruption, article 12, paragraph 2 (d) (preventing the misuse of procedures of licensing)
innocent:
  - kk: Өтініш беруші әр жолы сол құжатты әкелмеген.
    ru: Заявитель каждый раз не приносил один и тот же документ.
    en: The applicant left out the same document each time.
  - kk: Өтінімдер әртүрлі нысандар үшін берілген.
    ru: Заявления поданы на разные объекты.
    en: The applications were for different premises.
  - kk: Өтінімді тәжірибесіз делдал толтырған.
    ru: Заявления заполнял неопытный посредник.
    en: An inexperienced agent filled the applications in.
parameters:
  - name: least
    value: 3
    unit: {kk: рет, ru: раза, en: times}
    meaning:
      kk: Кемінде осынша рет қайтарылған
      ru: Возвращено не меньше
      en: Returned at least so often
  - name: days
    value: 365
    unit: {kk: күн, ru: дней, en: days}
    meaning:
      kk: Осынша күн ішінде
      ru: За столько дней
      en: Within so many days
tables:
  permit_application: [id, entry_id, body_id, state, sent_date]
optional:
  permit_entry: []
  account: []
steps: [permit_case]
unit: {kk: аяқталған өтінім, ru: завершённое заявление, en: application that has ended}
checked: |
  SELECT id AS unit_id, CASE WHEN applicant_id IS NULL THEN 'no-applicant' END AS reason
  FROM permit_case
  WHERE state IN ('granted', 'refused', 'returned', 'noted', 'upheld', 'appealed')
reasons:
  no-applicant: {kk: өтініш беруші белгісіз, ru: заявитель неизвестен, en: the applicant is not known}
fires_on:
  - case:
      kk: Жарты жылда үш рет қайтарылған
      ru: Трижды возвращено за полгода
      en: Returned three times in half a year
    tables:
      permit_application: |
        id | number | entry_id | body_id | state    | sent_date  | company_id
        A1 | PA-1   | E1       | B1      | returned | 2026-01-12 | C1
        A2 | PA-2   | E1       | B1      | returned | 2026-03-12 | C1
        A3 | PA-3   | E1       | B1      | returned | 2026-06-12 | C1
      permit_entry: |
        id | number
        E1 | P-001
    expect: |
      subject_id | object_id | since      | evidence
      B1         | C1:P-001  | 2026-01-12 | permit_application/A1 permit_application/A2 permit_application/A3
  - case:
      kk: Үш рет қайтарылып, кейін берілген
      ru: Трижды возвращено, потом выдано
      en: Returned three times, then granted
    tables:
      permit_application: |
        id | number | entry_id | body_id | state    | sent_date  | company_id
        A1 | PA-1   | E1       | B1      | returned | 2026-01-12 | C1
        A2 | PA-2   | E1       | B1      | returned | 2026-01-30 | C1
        A3 | PA-3   | E1       | B1      | returned | 2026-02-12 | C1
        A4 | PA-4   | E1       | B1      | granted  | 2026-03-12 | C1
      permit_entry: |
        id | number
        E1 | P-001
    expect: |
      subject_id | object_id
      B1         | C1:P-001
silent_on:
  - case:
      kk: Екі рет қайтарылған; үшіншісі екі жылдан кейін
      ru: Дважды возвращено; третий раз через два года
      en: Returned twice; the third time two years later
    tables:
      permit_application: |
        id | number | entry_id | body_id | state    | sent_date  | company_id
        A1 | PA-1   | E1       | B1      | returned | 2024-01-12 | C1
        A2 | PA-2   | E1       | B1      | returned | 2024-03-12 | C1
        A3 | PA-3   | E1       | B1      | returned | 2026-06-12 | C1
  - case:
      kk: Әртүрлі рұқсаттар; әртүрлі өтініш берушілер
      ru: Разные разрешения; разные заявители
      en: Different permits; different applicants
    tables:
      permit_application: |
        id | number | entry_id | body_id | state    | sent_date  | company_id
        A1 | PA-1   | E1       | B1      | returned | 2026-01-12 | C1
        A2 | PA-2   | E2       | B1      | returned | 2026-03-12 | C1
        A3 | PA-3   | E3       | B1      | returned | 2026-06-12 | C1
        A4 | PA-4   | E1       | B1      | returned | 2026-06-12 | C2
*/
WITH returned AS (
    SELECT c.id, c.body_id, c.applicant_id, coalesce(e.number, c.entry_id) AS entry, c.sent_date
    FROM permit_case c
    LEFT JOIN permit_entry e ON e.id = c.entry_id
    WHERE c.state = 'returned' AND c.applicant_id IS NOT NULL
),
within AS (
    SELECT a.body_id, a.applicant_id, a.entry, a.id, count(*) AS times
    FROM returned a
    JOIN returned b
        ON b.body_id = a.body_id
        AND b.applicant_id = a.applicant_id
        AND b.entry = a.entry
        AND date_diff('day', a.sent_date, b.sent_date) BETWEEN 0 AND $days
    GROUP BY a.body_id, a.applicant_id, a.entry, a.id
),
often AS (
    SELECT body_id, applicant_id, entry
    FROM within
    GROUP BY body_id, applicant_id, entry
    HAVING max(times) >= $least
)
SELECT
    r.body_id AS subject_id,
    concat(r.applicant_id, ':', r.entry) AS object_id,
    NULL AS amount,
    NULL AS currency,
    min(r.sent_date) AS since,
    list_sort(array_agg('permit_application/' || r.id)) AS evidence
FROM returned r
JOIN often o ON o.body_id = r.body_id AND o.applicant_id = r.applicant_id AND o.entry = r.entry
GROUP BY r.body_id, r.applicant_id, r.entry
