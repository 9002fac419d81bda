/*
id: permits.granted-after-suspension
kind: flag
severity: high
subject: body
title:
  kk: Осындай лицензиясы тоқтатылған немесе қайтарып алынған компанияға жаңа лицензия
  ru: Новая лицензия тому, у кого такая же приостановлена или отозвана
  en: New licence while one of the same kind is suspended or was revoked
explanation:
  kk: >-
    Лицензия берілген күні осы иесінің сондай лицензиясы тоқтатылып тұрған немесе соңғы жылы қайтарып алынған. Орган не
    өзгергенін түсіндіруі қажет.
  ru: >-
    В день выдачи такая же лицензия этого держателя была приостановлена или в последний год отозвана. Орган должен
    пояснить, что изменилось.
  en: >-
    On the day of the licence another one of the same kind and holder was suspended, or had been revoked within the
    year. The body owes an explanation of what has changed.
basis:
  - kk: «Рұқсаттар және хабарламалар туралы» Қазақстан Республикасының 2014 жылғы 16 мамырдағы № 202-V Заңы
    ru: Закон Республики Казахстан от 16 мая 2014 года № 202-V «О разрешениях и уведомлениях»
    en: Law of the Republic of Kazakhstan of 16 May 2014 No. 202-V on permits and notifications
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 12-бап, 2-тармақ, d тармақшасы (лицензия беру рәсімдерін теріс пайдаланудың алдын алу)
    ru: Конвенция ООН против коррупции, статья 12, пункт 2, подпункт d (предупреждение злоупотребления процедурами выдачи лицензий)
    en: UN Convention against Corruption, article 12, paragraph 2 (d) (preventing the misuse of procedures of licensing)
innocent:
  - kk: Кемшіліктер жойылған, ал қалпына келтіру актісі кеш енгізілген.
    ru: Недостатки устранены, а акт о возобновлении внесён поздно.
    en: What was wrong is put right, and the act of restoring came late.
  - kk: Сот тоқтата тұруды заңсыз деп таныған.
    ru: Суд признал приостановление незаконным.
    en: A court held the suspension unlawful.
  - kk: Жаңа лицензия басқа нысанға қатысты.
    ru: Новая лицензия относится к другому объекту.
    en: The new licence is for other premises.
parameters:
  - name: days
    value: 365
    unit: {kk: күн, ru: дней, en: days}
    meaning:
      kk: Қайтарып алынғаннан бері осынша күн өтпеген
      ru: После отзыва прошло не больше
      en: No more days have passed since it was revoked
tables:
  permit_licence: [id, number, entry_id, body_id, issued_date]
  permit_licence_event: [id, licence_id, happened, day]
unit: {kk: лицензия, ru: лицензия, en: licence}
checked: |
  SELECT id AS unit_id, CASE WHEN coalesce(company_id, person_id) IS NULL THEN 'no-holder' END AS reason
  FROM permit_licence
reasons:
  no-holder: {kk: иесі белгісіз, ru: держатель неизвестен, en: the holder is not known}
fires_on:
  - case:
      kk: Бірінші лицензия тоқтатулы кезде екіншісі берілген
      ru: Вторая выдана, пока первая приостановлена
      en: The second was issued while the first is suspended
    tables:
      permit_licence: |
        id | number            | entry_id | body_id | company_id | issued_date | state
        L1 | L-001-2025-000001 | E1       | B1      | C1         | 2025-01-02  | suspended
        L2 | L-001-2026-000002 | E1       | B1      | C1         | 2026-03-02  | valid
      permit_licence_event: |
        id | licence_id | happened  | day
        V1 | L1         | suspended | 2026-01-10
    expect: |
      subject_id | object_id         | since      | evidence
      B1         | L-001-2026-000002 | 2026-03-02 | permit_licence/L2 permit_licence_event/V1
  - case:
      kk: Қайтарып алынғаннан кейін екі айда
      ru: Через два месяца после отзыва
      en: Two months after a revocation
    tables:
      permit_licence: |
        id | number            | entry_id | body_id | company_id | issued_date | state
        L1 | L-001-2025-000001 | E1       | B1      | C1         | 2025-01-02  | revoked
        L2 | L-001-2026-000002 | E1       | B1      | C1         | 2026-03-02  | valid
      permit_licence_event: |
        id | licence_id | happened | day
        V1 | L1         | revoked  | 2026-01-02
    expect: |
      subject_id | object_id
      B1         | L-001-2026-000002
silent_on:
  - case:
      kk: Алдымен қалпына келтірілген; кейін тоқтатылған
      ru: Сначала возобновлена; приостановлена позже
      en: It was restored first; it was suspended later
    tables:
      permit_licence: |
        id | number            | entry_id | body_id | company_id | issued_date | state
        L1 | L-001-2025-000001 | E1       | B1      | C1         | 2025-01-02  | valid
        L2 | L-001-2026-000002 | E1       | B1      | C1         | 2026-03-02  | valid
        L3 | L-001-2025-000003 | E1       | B1      | C2         | 2025-01-02  | suspended
        L4 | L-001-2026-000004 | E1       | B1      | C2         | 2026-03-02  | valid
      permit_licence_event: |
        id | licence_id | happened  | day
        V1 | L1         | suspended | 2026-01-10
        V2 | L1         | valid     | 2026-02-10
        V3 | L3         | suspended | 2026-05-10
  - case:
      kk: Екі жыл бұрын қайтарылған; басқа рұқсат; басқа ие
      ru: Отозвана два года назад; другое разрешение; другой держатель
      en: Revoked two years before; another permit; another holder
    tables:
      permit_licence: |
        id | number            | entry_id | body_id | company_id | issued_date | state
        L1 | L-001-2020-000001 | E1       | B1      | C1         | 2020-01-02  | revoked
        L2 | L-001-2026-000002 | E1       | B1      | C1         | 2026-03-02  | valid
        L3 | L-002-2026-000003 | E2       | B1      | C3         | 2026-03-02  | valid
        L4 | L-001-2025-000004 | E1       | B1      | C3         | 2025-03-02  | suspended
        L5 | L-001-2026-000005 | E1       | B1      | C5         | 2026-03-02  | valid
      permit_licence_event: |
        id | licence_id | happened  | day
        V1 | L1         | revoked   | 2024-01-02
        V2 | L4         | suspended | 2026-01-02
*/
WITH held AS (
    SELECT id, number, entry_id, body_id, coalesce(company_id, person_id) AS holder_id, issued_date
    FROM permit_licence
),
stopped AS (
    SELECT n.id AS new_id, e.licence_id, e.id AS event_id, e.happened, e.day
    FROM held n
    JOIN held o ON o.holder_id = n.holder_id AND o.entry_id = n.entry_id AND o.id <> n.id
    JOIN permit_licence_event e ON e.licence_id = o.id
    WHERE e.day <= n.issued_date
        AND (
            (e.happened = 'suspended' AND e.day < n.issued_date)
            OR (e.happened = 'revoked' AND date_diff('day', e.day, n.issued_date) <= $days)
        )
),
lifted AS (
    SELECT s.new_id, s.event_id
    FROM stopped s
    JOIN held n ON n.id = s.new_id
    JOIN permit_licence_event r ON r.licence_id = s.licence_id
    WHERE s.happened = 'suspended' AND r.happened IN ('valid', 'expired', 'renewed', 'transferred') AND r.day >= s.day AND r.day <= n.issued_date
    GROUP BY s.new_id, s.event_id
)
SELECT
    n.body_id AS subject_id,
    n.number AS object_id,
    NULL AS amount,
    NULL AS currency,
    n.issued_date AS since,
    list_concat(
        ['permit_licence/' || n.id], list_sort(array_agg(DISTINCT 'permit_licence_event/' || s.event_id))
    ) AS evidence
FROM stopped s
JOIN held n ON n.id = s.new_id
LEFT JOIN lifted l ON l.new_id = s.new_id AND l.event_id = s.event_id
WHERE l.event_id IS NULL
GROUP BY n.id, n.body_id, n.number, n.issued_date
