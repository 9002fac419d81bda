/*
id: permits.silence-at-one-desk
kind: flag
severity: medium
title:
  kk: Үндемей берілген рұқсаттар бір қызметкерде жинақталған
  ru: Разрешения по умолчанию скопились у одного сотрудника
  en: Grants by silence concentrated at one desk
explanation:
  kk: >-
    Мерзім өткенде рұқсат берілген болып есептеледі. Осындай жағдайлар осы қызметкерге түскен өтінімдерде оның үлесіне
    сай келетіннен анық көп. Қызметкер неге үндемегенін түсіндіруі қажет.
  ru: >-
    Когда срок прошёл, разрешение считается выданным. У этого сотрудника таких случаев явно больше, чем следует из его
    доли заявлений. Нужно пояснить, почему он молчал.
  en: >-
    When the term has passed, a permit counts as granted. Of such grants this officer has clearly more than follows from
    the share of applications drawn for them. The silence needs an explanation.
basis:
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 12-бап, 2-тармақ, d тармақшасы (лицензия беру рәсімдерін теріс пайдаланудың алдын алу)
    ru: Конвенция ООН против коррупции, статья 12, пункт 2, подпункт d (предупреждение злоупотребления процедурами выдачи лицензий)
    en: UN Convention against Corruption, article 12, paragraph 2 (d) (preventing the misuse of procedures of licensing)
  - kk: «Рұқсаттар және хабарламалар туралы» Қазақстан Республикасының 2014 жылғы 16 мамырдағы № 202-V Заңы
    ru: Закон Республики Казахстан от 16 мая 2014 года № 202-V «О разрешениях и уведомлениях»
    en: Law of the Republic of Kazakhstan of 16 May 2014 No. 202-V on permits and notifications
innocent:
  - kk: Қызметкер ұзақ ауырған, ал орынбасар тағайындалмаған.
    ru: Сотрудник долго болел, а замены не назначили.
    en: The officer was ill for long, and no deputy was named.
  - kk: Қызметкерге ең күрделі өтінімдер түскен.
    ru: Сотруднику достались самые трудные заявления.
    en: The hardest applications were drawn for this officer.
  - kk: Жүйе оның учаскесінде істен шыққан.
    ru: У него не работала система.
    en: The system was out of order at this desk.
parameters:
  - name: least
    value: 3
    unit: {kk: өтінім, ru: заявления, en: applications}
    meaning:
      kk: Кемінде осынша жағдай болғанда ғана
      ru: Только если случаев не меньше
      en: Only with so many cases
  - name: square
    value: 9
    unit: {kk: сан, ru: число, en: number}
    meaning:
      kk: Айырма өз кездейсоқ қателігінен неше есе үлкен болуы керек, квадраты (3 есе)
      ru: Во сколько раз разница должна превышать свою случайную ошибку, в квадрате (в 3 раза)
      en: How many times larger than its error by chance the difference is, squared (3 times)
tables:
  permit_application: [id, body_id, deemed, decider_id]
optional:
  account: []
steps: [permit_case]
unit: {kk: шешілген немесе берілген болып есептелген өтінім, ru: "заявление, решённое или выданное по умолчанию", en: "application decided, or granted by silence"}
checked: |
  SELECT id AS unit_id, CASE WHEN drawn_person_id IS NULL THEN 'officer-unknown' END AS reason
  FROM permit_case
  WHERE state IN ('granted', 'refused', 'upheld', 'appealed')
reasons:
  officer-unknown: {kk: қызметкердің кім екені белгісіз, ru: "неизвестно, кто за учётной записью", en: it is not known whose account it is}
fires_on:
  - case:
      kk: Төрт үнсіздіктің бәрі жүктің бестен бірін алатын қызметкерде
      ru: Все четыре случая у сотрудника с пятой частью нагрузки
      en: All four at an officer with a fifth of the load
    tables:
      permit_application: |
        id  | number | entry_id | body_id | state   | deemed | sent_date  | decider_id | company_id
        A00 | PA-0   | E1       | B1      | granted | true   | 2026-02-01 | U1         | C0
        A01 | PA-1   | E1       | B1      | granted | true   | 2026-02-02 | U1         | C1
        A02 | PA-2   | E1       | B1      | granted | true   | 2026-02-03 | U1         | C2
        A03 | PA-3   | E1       | B1      | granted | true   | 2026-02-04 | U1         | C3
        A04 | PA-4   | E1       | B1      | granted | false  | 2026-02-05 | U2         | C4
        A05 | PA-5   | E1       | B1      | granted | false  | 2026-02-06 | U2         | C5
        A06 | PA-6   | E1       | B1      | granted | false  | 2026-02-07 | U2         | C6
        A07 | PA-7   | E1       | B1      | granted | false  | 2026-02-08 | U2         | C7
        A08 | PA-8   | E1       | B1      | granted | false  | 2026-02-09 | U2         | C8
        A09 | PA-9   | E1       | B1      | granted | false  | 2026-02-10 | U2         | C9
        A10 | PA-10  | E1       | B1      | granted | false  | 2026-02-11 | U2         | C10
        A11 | PA-11  | E1       | B1      | granted | false  | 2026-02-12 | U2         | C11
        A12 | PA-12  | E1       | B1      | granted | false  | 2026-02-13 | U2         | C12
        A13 | PA-13  | E1       | B1      | granted | false  | 2026-02-14 | U2         | C13
        A14 | PA-14  | E1       | B1      | granted | false  | 2026-02-15 | U2         | C14
        A15 | PA-15  | E1       | B1      | granted | false  | 2026-02-16 | U2         | C15
        A16 | PA-16  | E1       | B1      | granted | false  | 2026-02-17 | U2         | C16
        A17 | PA-17  | E1       | B1      | granted | false  | 2026-02-18 | U2         | C17
        A18 | PA-18  | E1       | B1      | granted | false  | 2026-02-19 | U2         | C18
        A19 | PA-19  | E1       | B1      | granted | false  | 2026-02-20 | U2         | C19
      account: |
        id | person_id
        U1 | P1
        U2 | P2
    expect: |
      subject_id | object_id | since      | evidence
      P1         | B1        | 2026-02-01 | permit_application/A00 permit_application/A01 permit_application/A02 permit_application/A03
  - case:
      kk: Басқасында бір жағдай ғана
      ru: У другого только один случай
      en: The other officer has one case only
    tables:
      permit_application: |
        id  | number | entry_id | body_id | state   | deemed | sent_date  | decider_id | company_id
        A00 | PA-0   | E1       | B1      | granted | true   | 2026-02-01 | U1         | C0
        A01 | PA-1   | E1       | B1      | granted | true   | 2026-02-02 | U1         | C1
        A02 | PA-2   | E1       | B1      | granted | true   | 2026-02-03 | U1         | C2
        A03 | PA-3   | E1       | B1      | granted | true   | 2026-02-04 | U1         | C3
        A04 | PA-4   | E1       | B1      | granted | true   | 2026-02-05 | U1         | C4
        A05 | PA-5   | E1       | B1      | granted | true   | 2026-02-06 | U1         | C5
        A06 | PA-6   | E1       | B1      | granted | true   | 2026-02-07 | U1         | C6
        A07 | PA-7   | E1       | B1      | granted | true   | 2026-02-08 | U1         | C7
        A08 | PA-8   | E1       | B1      | granted | true   | 2026-02-09 | U2         | C8
        A09 | PA-9   | E1       | B1      | granted | false  | 2026-02-10 | U2         | C9
        A10 | PA-10  | E1       | B1      | granted | false  | 2026-02-11 | U2         | C10
        A11 | PA-11  | E1       | B1      | granted | false  | 2026-02-12 | U2         | C11
        A12 | PA-12  | E1       | B1      | granted | false  | 2026-02-13 | U2         | C12
        A13 | PA-13  | E1       | B1      | granted | false  | 2026-02-14 | U2         | C13
        A14 | PA-14  | E1       | B1      | granted | false  | 2026-02-15 | U2         | C14
        A15 | PA-15  | E1       | B1      | granted | false  | 2026-02-16 | U2         | C15
        A16 | PA-16  | E1       | B1      | granted | false  | 2026-02-17 | U2         | C16
        A17 | PA-17  | E1       | B1      | granted | false  | 2026-02-18 | U2         | C17
        A18 | PA-18  | E1       | B1      | granted | false  | 2026-02-19 | U2         | C18
        A19 | PA-19  | E1       | B1      | granted | false  | 2026-02-20 | U2         | C19
        A20 | PA-20  | E1       | B1      | granted | false  | 2026-02-21 | U2         | C20
        A21 | PA-21  | E1       | B1      | granted | false  | 2026-02-22 | U2         | C21
        A22 | PA-22  | E1       | B1      | granted | false  | 2026-02-23 | U2         | C22
        A23 | PA-23  | E1       | B1      | granted | false  | 2026-02-24 | U2         | C23
        A24 | PA-24  | E1       | B1      | granted | false  | 2026-02-25 | U2         | C24
        A25 | PA-25  | E1       | B1      | granted | false  | 2026-02-26 | U2         | C25
        A26 | PA-26  | E1       | B1      | granted | false  | 2026-02-27 | U2         | C26
        A27 | PA-27  | E1       | B1      | granted | false  | 2026-02-01 | U2         | C27
        A28 | PA-28  | E1       | B1      | granted | false  | 2026-02-02 | U2         | C28
        A29 | PA-29  | E1       | B1      | granted | false  | 2026-02-03 | U2         | C29
        A30 | PA-30  | E1       | B1      | granted | false  | 2026-02-04 | U2         | C30
        A31 | PA-31  | E1       | B1      | granted | false  | 2026-02-05 | U2         | C31
        A32 | PA-32  | E1       | B1      | granted | false  | 2026-02-06 | U2         | C32
        A33 | PA-33  | E1       | B1      | granted | false  | 2026-02-07 | U2         | C33
        A34 | PA-34  | E1       | B1      | granted | false  | 2026-02-08 | U2         | C34
        A35 | PA-35  | E1       | B1      | granted | false  | 2026-02-09 | U2         | C35
        A36 | PA-36  | E1       | B1      | granted | false  | 2026-02-10 | U2         | C36
        A37 | PA-37  | E1       | B1      | granted | false  | 2026-02-11 | U2         | C37
        A38 | PA-38  | E1       | B1      | granted | false  | 2026-02-12 | U2         | C38
        A39 | PA-39  | E1       | B1      | granted | false  | 2026-02-13 | U2         | C39
      account: |
        id | person_id
        U1 | P1
        U2 | P2
    expect: |
      subject_id | object_id
      P1         | B1
silent_on:
  - case:
      kk: Жүкке сай бөлінген
      ru: Распределено по нагрузке
      en: Spread as the load is
    tables:
      permit_application: |
        id  | number | entry_id | body_id | state   | deemed | sent_date  | decider_id | company_id
        A00 | PA-0   | E1       | B1      | granted | true   | 2026-02-01 | U1         | C0
        A01 | PA-1   | E1       | B1      | granted | true   | 2026-02-02 | U1         | C1
        A02 | PA-2   | E1       | B1      | granted | true   | 2026-02-03 | U1         | C2
        A03 | PA-3   | E1       | B1      | granted | true   | 2026-02-04 | U1         | C3
        A04 | PA-4   | E1       | B1      | granted | true   | 2026-02-05 | U2         | C4
        A05 | PA-5   | E1       | B1      | granted | true   | 2026-02-06 | U2         | C5
        A06 | PA-6   | E1       | B1      | granted | true   | 2026-02-07 | U2         | C6
        A07 | PA-7   | E1       | B1      | granted | true   | 2026-02-08 | U2         | C7
        A08 | PA-8   | E1       | B1      | granted | false  | 2026-02-09 | U2         | C8
        A09 | PA-9   | E1       | B1      | granted | false  | 2026-02-10 | U2         | C9
        A10 | PA-10  | E1       | B1      | granted | false  | 2026-02-11 | U2         | C10
        A11 | PA-11  | E1       | B1      | granted | false  | 2026-02-12 | U2         | C11
        A12 | PA-12  | E1       | B1      | granted | false  | 2026-02-13 | U2         | C12
        A13 | PA-13  | E1       | B1      | granted | false  | 2026-02-14 | U2         | C13
        A14 | PA-14  | E1       | B1      | granted | false  | 2026-02-15 | U2         | C14
        A15 | PA-15  | E1       | B1      | granted | false  | 2026-02-16 | U2         | C15
        A16 | PA-16  | E1       | B1      | granted | false  | 2026-02-17 | U1         | C16
        A17 | PA-17  | E1       | B1      | granted | false  | 2026-02-18 | U1         | C17
        A18 | PA-18  | E1       | B1      | granted | false  | 2026-02-19 | U1         | C18
        A19 | PA-19  | E1       | B1      | granted | false  | 2026-02-20 | U1         | C19
        A20 | PA-20  | E1       | B1      | granted | false  | 2026-02-21 | U1         | C20
        A21 | PA-21  | E1       | B1      | granted | false  | 2026-02-22 | U1         | C21
        A22 | PA-22  | E1       | B1      | granted | false  | 2026-02-23 | U1         | C22
        A23 | PA-23  | E1       | B1      | granted | false  | 2026-02-24 | U1         | C23
      account: |
        id | person_id
        U1 | P1
        U2 | P2
  - case:
      kk: Органда жалғыз қызметкер; тіркелгінің иесі белгісіз
      ru: Один сотрудник; неизвестно, чья учётная запись
      en: One officer alone; an account of nobody known
    tables:
      permit_application: |
        id  | number | entry_id | body_id | state   | deemed | sent_date  | decider_id | company_id
        A00 | PA-0   | E1       | B1      | granted | true   | 2026-02-01 | U1         | C0
        A01 | PA-1   | E1       | B1      | granted | true   | 2026-02-02 | U1         | C1
        A02 | PA-2   | E1       | B1      | granted | true   | 2026-02-03 | U1         | C2
        A03 | PA-3   | E1       | B1      | granted | true   | 2026-02-04 | U1         | C3
        A04 | PA-4   | E1       | B1      | granted | true   | 2026-02-05 | U1         | C4
        A05 | PA-5   | E1       | B1      | granted | true   | 2026-02-06 | U1         | C5
        A06 | PA-6   | E1       | B1      | granted | true   | 2026-02-07 | U1         | C6
        A07 | PA-7   | E1       | B1      | granted | true   | 2026-02-08 | U1         | C7
        A08 | PA-8   | E1       | B1      | granted | true   | 2026-02-09 | U1         | C8
        A09 | PA-9   | E1       | B1      | granted | true   | 2026-02-10 | U3         | C9
        A10 | PA-10  | E1       | B1      | granted | true   | 2026-02-11 | U3         | C10
        A11 | PA-11  | E1       | B1      | granted | true   | 2026-02-12 | U3         | C11
        A12 | PA-12  | E1       | B1      | granted | true   | 2026-02-13 | U3         | C12
        A13 | PA-13  | E1       | B1      | granted | true   | 2026-02-14 | U3         | C13
        A14 | PA-14  | E1       | B1      | granted | true   | 2026-02-15 | U3         | C14
        A15 | PA-15  | E1       | B1      | granted | true   | 2026-02-16 | U3         | C15
        A16 | PA-16  | E1       | B1      | granted | true   | 2026-02-17 | U3         | C16
        A17 | PA-17  | E1       | B1      | granted | true   | 2026-02-18 | U3         | C17
      account: |
        id | person_id
        U1 | P1
*/
WITH ended AS (
    SELECT id, body_id, sent_date, drawn_person_id, coalesce(deemed, false) AS is_silent
    FROM permit_case
    WHERE state IN ('granted', 'refused', 'upheld', 'appealed') AND drawn_person_id IS NOT NULL
),
desk AS (
    SELECT body_id, drawn_person_id, count(*) AS load, sum(CASE WHEN is_silent THEN 1 ELSE 0 END) AS silent
    FROM ended
    GROUP BY body_id, drawn_person_id
),
beside AS (
    SELECT
        *,
        sum(load) OVER (PARTITION BY body_id) AS all_load,
        sum(silent) OVER (PARTITION BY body_id) AS all_silent
    FROM desk
)
SELECT
    b.drawn_person_id AS subject_id,
    b.body_id AS object_id,
    NULL AS amount,
    NULL AS currency,
    min(e.sent_date) AS since,
    list_sort(array_agg('permit_application/' || e.id)) AS evidence
FROM beside b
JOIN ended e ON e.body_id = b.body_id AND e.drawn_person_id = b.drawn_person_id AND e.is_silent
WHERE b.silent >= $least
    AND b.all_load > b.load
    AND b.silent * b.all_load > b.all_silent * b.load
    -- Spread by load the number lies above its mean by more than three of its standard deviations.
    AND (b.silent * b.all_load - b.all_silent * b.load) * (b.silent * b.all_load - b.all_silent * b.load)
        > $square * b.all_silent * b.load * (b.all_load - b.load)
GROUP BY b.drawn_person_id, b.body_id
