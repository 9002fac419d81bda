/*
id: permits.holder-owned-by-official
kind: flag
severity: high
title:
  kk: Лицензия иесінің үлесі лицензия берген органның қызметкерінде немесе оның отбасында
  ru: Доля держателя лицензии принадлежит служащему органа, который её выдал, или его семье
  en: Holder is owned by an official of the issuing body, or by family
explanation:
  kk: >-
    Лицензия берілген күні компанияның үлесі сол органда қызмет ететін адамда, оның жұбайында, ата-анасында немесе
    баласында болған. Бұл түсіндіруді қажет етеді.
  ru: >-
    В день выдачи лицензии доля компании принадлежала служащему того же органа, его супругу, родителю или ребёнку. Это
    нужно пояснить.
  en: >-
    On the day of the licence a share of the company belonged to somebody who serves in the same body, or to a spouse,
    parent or child. It needs an explanation.
basis:
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 15-бап (мүдделер қақтығысын болғызбау және реттеу)
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 15 (предотвращение и разрешение конфликта интересов)
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 15 (preventing and settling conflicts of interest)
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 7-бап, 4-тармақ (мүдделер қақтығысының алдын алу)
    ru: Конвенция ООН против коррупции, статья 7, пункт 4 (предупреждение конфликта интересов)
    en: UN Convention against Corruption, article 7, paragraph 4 (preventing conflicts of interest)
innocent:
  - kk: Қызметкердің лауазымы лицензиялауға қатысы жоқ және ол мүддесін жариялаған.
    ru: Должность служащего не связана с лицензированием, и интерес заявлен.
    en: "The official's post has nothing to do with licences, and the interest was disclosed."
  - kk: Үлес сенімгерлік басқаруда тұрған.
    ru: Доля находилась в доверительном управлении.
    en: The share was in trust management.
  - kk: Адам лицензиядан кейін тағайындалған, бұйрық кері күнмен жазылған.
    ru: Человек назначен после выдачи, приказ внесён задним числом.
    en: The person was appointed after the licence, and the order was entered with an earlier day.
parameters:
  - name: share
    value: 1
    unit: {kk: пайыз, ru: процентов, en: per cent}
    meaning:
      kk: Одан аз үлес туралы сұралмайды
      ru: О меньшей доле не спрашивают
      en: A smaller share is not asked about
tables:
  permit_licence: [id, body_id, company_id, issued_date]
  appointment: [id, person_id, post_id]
  post: [id, body_id]
  ownership: [id, company_id, owner_person_id]
optional:
  family_tie: []
unit: {kk: компанияның лицензиясы, ru: лицензия компании, en: licence of a company}
checked: |
  SELECT id AS unit_id, CASE WHEN issued_date IS NULL THEN 'no-day' END AS reason
  FROM permit_licence
  WHERE company_id IS NOT NULL
reasons:
  no-day: {kk: лицензияның күні белгісіз, ru: день выдачи неизвестен, en: the day of the licence is not known}
fires_on:
  - case:
      kk: Органның қызметкері компанияның 40 пайызына ие
      ru: Служащему органа принадлежит 40 процентов компании
      en: An official of the body owns 40 per cent of the company
    tables:
      permit_licence: |
        id | body_id | company_id | issued_date
        L1 | B1      | C1         | 2026-02-02
      post: |
        id | body_id
        Q1 | B1
      appointment: |
        id | person_id | post_id | valid_from | valid_to
        O1 | P1        | Q1      | 2020-01-01 |
      ownership: |
        id | company_id | owner_person_id | share | valid_from | valid_to
        W1 | C1         | P1              | 40    | 2019-01-01 |
    expect: |
      subject_id | object_id | since      | evidence
      P1         | C1        | 2026-02-02 | appointment/O1 ownership/W1 permit_licence/L1
  - case:
      kk: Қызметкердің жұбайы компанияның иесі
      ru: Компания принадлежит супруге служащего
      en: "The official's wife owns the company"
    tables:
      permit_licence: |
        id | body_id | company_id | issued_date
        L1 | B1      | C1         | 2026-02-02
      post: |
        id | body_id
        Q1 | B1
      appointment: |
        id | person_id | post_id | valid_from | valid_to
        O1 | P1        | Q1      | 2020-01-01 |
      ownership: |
        id | company_id | owner_person_id | share | valid_from | valid_to
        W1 | C1         | P2              | 100   | 2019-01-01 |
      family_tie: |
        id | person_id | relative_id | kind   | valid_from | valid_to
        T1 | P1        | P2          | spouse | 2010-01-01 |
    expect: |
      subject_id | object_id | evidence
      P1         | C1        | appointment/O1 family_tie/T1 ownership/W1 permit_licence/L1
silent_on:
  - case:
      kk: Басқа органның қызметкері; бұрынғы қызметкер
      ru: Служащий другого органа; бывший служащий
      en: An official of another body; a former official
    tables:
      permit_licence: |
        id | body_id | company_id | issued_date
        L1 | B1      | C1         | 2026-02-02
      post: |
        id | body_id
        Q1 | B1
        Q2 | B2
      appointment: |
        id | person_id | post_id | valid_from | valid_to
        O1 | P1        | Q2      | 2020-01-01 |
        O2 | P2        | Q1      | 2018-01-01 | 2025-12-31
      ownership: |
        id | company_id | owner_person_id | share | valid_from | valid_to
        W1 | C1         | P1              | 40    | 2019-01-01 |
        W2 | C1         | P2              | 60    | 2019-01-01 |
  - case:
      kk: Бір пайыздан аз үлес; лицензиядан кейін алынған үлес
      ru: Доля меньше процента; доля приобретена после выдачи
      en: Less than one per cent; a share bought after the licence
    tables:
      permit_licence: |
        id | body_id | company_id | issued_date
        L1 | B1      | C1         | 2026-02-02
      post: |
        id | body_id
        Q1 | B1
      appointment: |
        id | person_id | post_id | valid_from | valid_to
        O1 | P1        | Q1      | 2020-01-01 |
        O2 | P2        | Q1      | 2020-01-01 |
      ownership: |
        id | company_id | owner_person_id | share | valid_from | valid_to
        W1 | C1         | P1              | 0.5   | 2019-01-01 |
        W2 | C1         | P2              | 60    | 2026-03-01 |
*/
WITH serving AS (
    SELECT l.id, l.company_id, l.issued_date, a.id AS appointment_id, a.person_id
    FROM permit_licence l
    JOIN post p ON p.body_id = l.body_id
    JOIN appointment a ON a.post_id = p.id
    WHERE l.company_id IS NOT NULL
        AND (a.valid_from IS NULL OR a.valid_from <= l.issued_date)
        AND (a.valid_to IS NULL OR a.valid_to >= l.issued_date)
),
near AS (
    SELECT *, person_id AS near_id, CAST(NULL AS VARCHAR) AS tie_id
    FROM serving
    UNION ALL
    SELECT s.*, t.relative_id, t.id
    FROM serving s
    JOIN family_tie t ON t.person_id = s.person_id
    WHERE t.kind IN ('spouse', 'parent', 'child')
        AND (t.valid_from IS NULL OR t.valid_from <= s.issued_date)
        AND (t.valid_to IS NULL OR t.valid_to >= s.issued_date)
),
tied AS (
    SELECT n.*, w.id AS ownership_id
    FROM near n
    JOIN ownership w ON w.company_id = n.company_id AND w.owner_person_id = n.near_id
    WHERE (w.valid_from IS NULL OR w.valid_from <= n.issued_date)
        AND (w.valid_to IS NULL OR w.valid_to >= n.issued_date)
        AND coalesce(w.share, 100) >= $share
),
shown AS (
    SELECT person_id, company_id, issued_date, 'permit_licence/' || id AS row_name
    FROM tied
    UNION
    SELECT person_id, company_id, issued_date, 'ownership/' || ownership_id
    FROM tied
    UNION
    SELECT person_id, company_id, issued_date, 'appointment/' || appointment_id
    FROM tied
    UNION
    SELECT person_id, company_id, issued_date, 'family_tie/' || tie_id
    FROM tied
    WHERE tie_id IS NOT NULL
)
SELECT
    person_id AS subject_id,
    company_id AS object_id,
    NULL AS amount,
    NULL AS currency,
    min(issued_date) AS since,
    list_sort(array_agg(DISTINCT row_name)) AS evidence
FROM shown
GROUP BY person_id, company_id
