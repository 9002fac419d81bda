/*
id: permits.related-reviewer
kind: flag
severity: high
title:
  kk: Қызметкер өтініш берушімен туыс немесе оның компаниясынан табыс көреді
  ru: Сотрудник связан с заявителем
  en: Officer is related to the applicant
explanation:
  kk: >-
    Өтінімді тексерген немесе шешкен қызметкер, оның жұбайы, ата-анасы, баласы не бауыры — өтініш берушінің өзі, оның
    басшысы немесе үлескері. Қызметкер неге бас тартпағанын түсіндіруі қажет.
  ru: >-
    Тот, кто проверял или решал, либо его супруг, родитель, ребёнок, брат или сестра — сам заявитель, его руководитель
    или владелец доли. Сотрудник должен пояснить, почему не отказался.
  en: >-
    Whoever verified or decided, or a spouse, parent, child or sibling, is the applicant, heads it or owns a share in
    it. The officer owes an explanation why they did not step aside.
basis:
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 15-бап (мүдделер қақтығысын болғызбау және реттеу)
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 15 (предотвращение и разрешение конфликта интересов)
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 15 (preventing and settling conflicts of interest)
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 7-бап, 4-тармақ (мүдделер қақтығысының алдын алу)
    ru: Конвенция ООН против коррупции, статья 7, пункт 4 (предупреждение конфликта интересов)
    en: UN Convention against Corruption, article 7, paragraph 4 (preventing conflicts of interest)
innocent:
  - kk: "Аттас адам: тіркелімде байланыс қате жазылған."
    ru: "Однофамилец: связь в реестре записана ошибочно."
    en: "Another person of the same name: the register states the tie wrongly."
  - kk: Үлес сол кезде сенімгерлік басқаруға берілген.
    ru: Доля тогда была передана в доверительное управление.
    en: The share was in trust management then.
  - kk: Байланыс шешімнен кейін пайда болып, тіркелімге кері күнмен жазылған.
    ru: Связь возникла после решения и записана задним числом.
    en: The tie came up after the decision and was entered with an earlier day.
tables:
  permit_application: [id, sent_date]
optional:
  account: []
  company: []
  ownership: []
  family_tie: []
  person: []
steps: [permit_case]
unit: {kk: тексерілген немесе шешілген өтінім, ru: проверенное или решённое заявление, en: application that was verified or decided}
checked: |
  SELECT
      id AS unit_id,
      CASE
          WHEN verified_by_id IS NOT NULL AND verifier_person_id IS NULL THEN 'officer-unknown'
          WHEN decided_by_id IS NOT NULL AND decider_person_id IS NULL THEN 'officer-unknown'
      END AS reason
  FROM permit_case
  WHERE verified_by_id IS NOT NULL OR decided_by_id IS NOT NULL
reasons:
  officer-unknown: {kk: қызметкердің кім екені белгісіз, ru: "неизвестно, кто за учётной записью", en: it is not known whose account it is}
fires_on:
  - case:
      kk: Шешкен қызметкердің жұбайы компанияның басшысы
      ru: Супруг решавшего руководит компанией
      en: "The decider's spouse heads the company"
    tables:
      permit_application: |
        id | number         | sent_date  | verified_by_id | decided_by_id | company_id | person_id
        A1 | PA-2026-000001 | 2026-02-02 | U1             | U2            | C1         |
      account: |
        id | person_id
        U1 | P1
        U2 | P2
      family_tie: |
        id | person_id | relative_id | kind   | valid_from | valid_to
        T1 | P2        | P9          | spouse | 2015-01-01 |
      company: |
        id | head_id
        C1 | P9
    expect: |
      subject_id | object_id | since      | evidence
      P2         | C1        | 2026-02-02 | company/C1 family_tie/T1 permit_application/A1
  - case:
      kk: Тексерген қызметкердің өз үлесі бар; баласы өзі өтініш берген
      ru: У проверявшего своя доля; сын проверявшего сам подал заявление
      en: "The verifier owns a share; the verifier's son applies himself"
    tables:
      permit_application: |
        id | number         | sent_date  | verified_by_id | decided_by_id | company_id | person_id
        A1 | PA-2026-000001 | 2026-02-02 | U1             | U2            | C1         |
        A2 | PA-2026-000002 | 2026-03-02 | U1             | U2            |            | P7
      account: |
        id | person_id
        U1 | P1
        U2 | P2
      ownership: |
        id | company_id | owner_person_id | share | valid_from | valid_to
        W1 | C1         | P1              | 10    | 2020-01-01 |
      family_tie: |
        id | person_id | relative_id | kind  | valid_from | valid_to
        T1 | P1        | P7          | child | 2000-01-01 |
    expect: |
      subject_id | object_id | evidence
      P1         | C1        | ownership/W1 permit_application/A1
      P1         | P7        | family_tie/T1 permit_application/A2 person/P7
silent_on:
  - case:
      kk: Үлес өтінімнен бұрын сатылған; неке бұзылған
      ru: Доля продана до заявления; брак расторгнут
      en: The share was sold before the application; the marriage had ended
    tables:
      permit_application: |
        id | number         | sent_date  | verified_by_id | decided_by_id | company_id | person_id
        A1 | PA-2026-000001 | 2026-02-02 | U1             | U2            | C1         |
      account: |
        id | person_id
        U1 | P1
        U2 | P2
      ownership: |
        id | company_id | owner_person_id | share | valid_from | valid_to
        W1 | C1         | P1              | 10    | 2020-01-01 | 2026-02-01
      family_tie: |
        id | person_id | relative_id | kind   | valid_from | valid_to
        T1 | P2        | P9          | spouse | 2015-01-01 | 2025-12-31
      company: |
        id | head_id
        C1 | P9
  - case:
      kk: Бөтен адамдар; тіркелгінің иесі белгісіз
      ru: Посторонние люди; неизвестно, чья учётная запись
      en: Strangers; an account of nobody known
    tables:
      permit_application: |
        id | number         | sent_date  | verified_by_id | decided_by_id | company_id | person_id
        A1 | PA-2026-000001 | 2026-02-02 | U1             | U3            | C1         |
      account: |
        id | person_id
        U1 | P1
      ownership: |
        id | company_id | owner_person_id | share | valid_from | valid_to
        W1 | C1         | P8              | 100   | 2020-01-01 |
      company: |
        id | head_id
        C1 | P8
*/
WITH officer AS (
    SELECT id, applicant_id, company_id, person_id AS applicant_person_id, sent_date, verifier_person_id AS officer_id
    FROM permit_case
    WHERE verifier_person_id IS NOT NULL
    UNION
    SELECT id, applicant_id, company_id, person_id, sent_date, decider_person_id
    FROM permit_case
    WHERE decider_person_id IS NOT NULL
),
near AS (
    SELECT *, officer_id AS near_id, CAST(NULL AS VARCHAR) AS tie_id
    FROM officer
    UNION ALL
    SELECT o.*, t.relative_id, t.id
    FROM officer o
    JOIN family_tie t ON t.person_id = o.officer_id
    WHERE t.kind IN ('spouse', 'parent', 'child', 'sibling')
        AND (t.valid_from IS NULL OR t.valid_from <= o.sent_date)
        AND (t.valid_to IS NULL OR t.valid_to >= o.sent_date)
),
tied AS (
    SELECT n.officer_id, n.applicant_id, n.id, n.sent_date, n.tie_id, 'company/' || c.id AS row_name
    FROM near n
    JOIN company c ON c.id = n.company_id AND c.head_id = n.near_id
    UNION ALL
    SELECT n.officer_id, n.applicant_id, n.id, n.sent_date, n.tie_id, 'ownership/' || w.id
    FROM near n
    JOIN ownership w ON w.company_id = n.company_id AND w.owner_person_id = n.near_id
    WHERE (w.valid_from IS NULL OR w.valid_from <= n.sent_date) AND (w.valid_to IS NULL OR w.valid_to >= n.sent_date)
    UNION ALL
    SELECT officer_id, applicant_id, id, sent_date, tie_id, 'person/' || near_id
    FROM near
    WHERE applicant_person_id = near_id
),
shown AS (
    SELECT officer_id, applicant_id, sent_date, 'permit_application/' || id AS row_name
    FROM tied
    UNION
    SELECT officer_id, applicant_id, sent_date, row_name
    FROM tied
    UNION
    SELECT officer_id, applicant_id, sent_date, 'family_tie/' || tie_id
    FROM tied
    WHERE tie_id IS NOT NULL
)
SELECT
    officer_id AS subject_id,
    applicant_id AS object_id,
    NULL AS amount,
    NULL AS currency,
    min(sent_date) AS since,
    list_sort(array_agg(DISTINCT row_name)) AS evidence
FROM shown
GROUP BY officer_id, applicant_id
