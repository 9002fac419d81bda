/*
id: permits.same-pair
kind: flag
severity: medium
title:
  kk: Бір өтініш берушіні үнемі бір қызметкер тексереді
  ru: Одного заявителя всё время проверяет один сотрудник
  en: One officer verifies the same applicant time after time
explanation:
  kk: >-
    Қызметкерлер жеребемен тағайындалады, ал осы өтініш берушінің өтінімдерін кездейсоқ болатыннан анық жиі бір
    қызметкер тексерген. Неге бұлай болғанын түсіндіру қажет.
  ru: >-
    Сотрудники назначаются по жребию, но заявления этого заявителя один и тот же сотрудник проверял явно чаще, чем
    бывает случайно. Нужно пояснить почему.
  en: >-
    Officers are drawn by lot, yet the same one verified the applications of this applicant clearly more often than
    chance makes it. It needs an explanation why.
basis:
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 12-бап, 2-тармақ, d тармақшасы (лицензия беру рәсімдерін теріс пайдаланудың алдын алу)
    ru: Конвенция ООН против коррупции, статья 12, пункт 2, подпункт d (предупреждение злоупотребления процедурами выдачи лицензий)
    en: UN Convention against Corruption, article 12, paragraph 2 (d) (preventing the misuse of procedures of licensing)
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 15-бап (мүдделер қақтығысын болғызбау және реттеу)
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 15 (предотвращение и разрешение конфликта интересов)
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 15 (preventing and settling conflicts of interest)
innocent:
  - kk: Басқа қызметкерлер сол кезде демалыста болған немесе әлі жұмысқа алынбаған.
    ru: Другие сотрудники были в отпуске или ещё не работали.
    en: The other officers were on leave, or not employed yet.
  - kk: Тек осы қызметкердің қажетті мамандығы бар.
    ru: Только у этого сотрудника есть нужная специальность.
    en: Only this officer has the speciality that is needed.
  - kk: Қайтарылған өтінімдер ереже бойынша бұрынғы қызметкерге қайта түседі.
    ru: Возвращённые заявления по правилам попадают к прежнему сотруднику.
    en: By the rules a returned application comes back to the same officer.
parameters:
  - name: least
    value: 4
    unit: {kk: өтінім, ru: заявлений, en: applications}
    meaning:
      kk: Жұпта кемінде осынша өтінім болғанда ғана
      ru: Только если у пары заявлений не меньше
      en: Only when the pair has so many applications
  - name: square
    value: 9
    unit: {kk: сан, ru: число, en: number}
    meaning:
      kk: Айырма өз кездейсоқ қателігінен неше есе үлкен болуы керек, квадраты (3 есе)
      ru: Во сколько раз разница должна превышать свою случайную ошибку, в квадрате (в 3 раза)
      en: How many times larger than its error by chance the difference is, squared (3 times)
tables:
  permit_application: [id, body_id, verified_by_id]
optional:
  account: []
steps: [permit_case]
unit: {kk: қызметкер мен өтініш беруші жұбы, ru: пара сотрудника и заявителя, en: pair of officer and applicant}
checked: |
  WITH desk AS (
      SELECT body_id, count(DISTINCT verified_by_id) AS officers
      FROM permit_case
      WHERE verified_by_id IS NOT NULL
      GROUP BY body_id
  )
  SELECT
      concat(c.body_id, ':', c.verified_by_id, ':', c.applicant_id) AS unit_id,
      CASE WHEN min(c.verifier_person_id) IS NULL THEN 'officer-unknown' WHEN min(d.officers) < 2 THEN 'one-officer' END AS reason
  FROM permit_case c
  JOIN desk d ON d.body_id = c.body_id
  WHERE c.verified_by_id IS NOT NULL AND c.applicant_id IS NOT NULL
  GROUP BY c.body_id, c.verified_by_id, c.applicant_id
reasons:
  officer-unknown: {kk: қызметкердің кім екені белгісіз, ru: "неизвестно, кто за учётной записью", en: it is not known whose account it is}
  one-officer: {kk: органда салыстыратын қызметкер жоқ, ru: в органе не с кем сравнить, en: the body has no other officer to compare with}
fires_on:
  - case:
      kk: Бес қызметкердің бірі 5 өтінімнің 5-еуін тексерген
      ru: Один из пяти проверил все 5 заявлений
      en: One of five officers verified all 5 applications
    tables:
      permit_application: |
        id  | body_id | sent_date  | verified_by_id | company_id
        A00 | B1      | 2026-02-01 | U1             | C1
        A01 | B1      | 2026-02-02 | U1             | C1
        A02 | B1      | 2026-02-03 | U1             | C1
        A03 | B1      | 2026-02-04 | U1             | C1
        A04 | B1      | 2026-02-05 | U1             | C1
        A05 | B1      | 2026-02-06 | U2             | C9
        A06 | B1      | 2026-02-07 | U3             | C9
        A07 | B1      | 2026-02-08 | U4             | C9
        A08 | B1      | 2026-02-09 | U5             | C9
      account: |
        id | person_id
        U1 | P1
        U2 | P2
        U3 | P3
        U4 | P4
        U5 | P5
    expect: |
      subject_id | object_id | since      | evidence
      P1         | C1:B1     | 2026-02-01 | permit_application/A00 permit_application/A01 permit_application/A02 permit_application/A03 permit_application/A04
  - case:
      kk: Екі қызметкердің бірі 11 өтінімнің 11-ін тексерген
      ru: Один из двух проверил все 11 заявлений
      en: One of two verified all 11 applications
    tables:
      permit_application: |
        id  | body_id | sent_date  | verified_by_id | company_id
        A00 | B1      | 2026-02-01 | U1             | C1
        A01 | B1      | 2026-02-02 | U1             | C1
        A02 | B1      | 2026-02-03 | U1             | C1
        A03 | B1      | 2026-02-04 | U1             | C1
        A04 | B1      | 2026-02-05 | U1             | C1
        A05 | B1      | 2026-02-06 | U1             | C1
        A06 | B1      | 2026-02-07 | U1             | C1
        A07 | B1      | 2026-02-08 | U1             | C1
        A08 | B1      | 2026-02-09 | U1             | C1
        A09 | B1      | 2026-02-10 | U1             | C1
        A10 | B1      | 2026-02-11 | U1             | C1
        A11 | B1      | 2026-02-12 | U2             | C2
      account: |
        id | person_id
        U1 | P1
        U2 | P2
        U3 | P3
        U4 | P4
        U5 | P5
    expect: |
      subject_id | object_id
      P1         | C1:B1
silent_on:
  - case:
      kk: "Екінің бірі 6-ның 6-уын тексерген: кездейсоқ та солай болады"
      ru: "Один из двух проверил все 6: так бывает и случайно"
      en: One of two verified all 6, as chance makes it too
    tables:
      permit_application: |
        id  | body_id | sent_date  | verified_by_id | company_id
        A00 | B1      | 2026-02-01 | U1             | C1
        A01 | B1      | 2026-02-02 | U1             | C1
        A02 | B1      | 2026-02-03 | U1             | C1
        A03 | B1      | 2026-02-04 | U1             | C1
        A04 | B1      | 2026-02-05 | U1             | C1
        A05 | B1      | 2026-02-06 | U1             | C1
        A06 | B1      | 2026-02-07 | U2             | C2
      account: |
        id | person_id
        U1 | P1
        U2 | P2
        U3 | P3
        U4 | P4
        U5 | P5
  - case:
      kk: Органда жалғыз қызметкер; үш өтінім ғана
      ru: В органе один сотрудник; только три заявления
      en: The body has one officer; three applications only
    tables:
      permit_application: |
        id  | body_id | sent_date  | verified_by_id | company_id
        A00 | B2      | 2026-02-02 | U1             | C1
        A01 | B2      | 2026-02-02 | U1             | C1
        A02 | B2      | 2026-02-02 | U1             | C1
        A03 | B2      | 2026-02-02 | U1             | C1
        A04 | B2      | 2026-02-02 | U1             | C1
        A05 | B2      | 2026-02-02 | U1             | C1
        A06 | B2      | 2026-02-02 | U1             | C1
        A07 | B2      | 2026-02-02 | U1             | C1
        A08 | B2      | 2026-02-02 | U1             | C1
        A09 | B2      | 2026-02-02 | U1             | C1
        A10 | B2      | 2026-02-02 | U1             | C1
        A11 | B2      | 2026-02-02 | U1             | C1
        D0  | B1      | 2026-02-02 | U1             | C1
        D1  | B1      | 2026-02-02 | U1             | C1
        D2  | B1      | 2026-02-02 | U1             | C1
        D3  | B1      | 2026-02-02 | U2             | C9
        D4  | B1      | 2026-02-02 | U3             | C9
        D5  | B1      | 2026-02-02 | U4             | C9
        D6  | B1      | 2026-02-02 | U5             | C9
      account: |
        id | person_id
        U1 | P1
        U2 | P2
        U3 | P3
        U4 | P4
        U5 | P5
*/
WITH desk AS (
    SELECT body_id, count(DISTINCT verifier_person_id) AS officers
    FROM permit_case
    WHERE verifier_person_id IS NOT NULL
    GROUP BY body_id
),
pair AS (
    SELECT
        body_id,
        verifier_person_id,
        applicant_id,
        count(*) AS verified,
        min(sent_date) AS since,
        list_sort(array_agg('permit_application/' || id)) AS evidence
    FROM permit_case
    WHERE verifier_person_id IS NOT NULL AND applicant_id IS NOT NULL
    GROUP BY body_id, verifier_person_id, applicant_id
),
beside AS (
    SELECT p.*, d.officers, sum(p.verified) OVER (PARTITION BY p.body_id, p.applicant_id) AS whole
    FROM pair p
    JOIN desk d ON d.body_id = p.body_id
)
SELECT
    verifier_person_id AS subject_id,
    concat(applicant_id, ':', body_id) AS object_id,
    NULL AS amount,
    NULL AS currency,
    since,
    evidence
FROM beside
WHERE verified >= $least
    AND officers >= 2
    AND verified * officers > whole
    -- With officers drawn evenly the number lies above its mean by more than three of its standard deviations.
    AND (verified * officers - whole) * (verified * officers - whole) > $square * whole * (officers - 1)
