/*
id: declarations.amended-after-question
kind: flag
severity: medium
title:
  kk: Декларация сұрақ қойылғаннан кейін түзетілген
  ru: Декларация исправлена после заданного вопроса
  en: The declaration was amended after a question
explanation:
  kk: >-
    Талдаушы декларация туралы сұрақ қойған соң декларант жаңа нұсқа тапсырған. Екі нұсқаны салыстырып, не өзгергенін және ол
    алғашқы нұсқада неге болмағанын түсіндіру қажет.
  ru: >-
    После того как аналитик задал вопрос о декларации, декларант подал новую версию. Версии нужно сличить и пояснить, что
    изменилось и почему этого не было в первой.
  en: >-
    After an analyst had asked about the declaration, the declarant filed a new version. The two must be compared, and it needs
    an explanation what changed and why it was not in the first.
basis:
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 11-бап
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 11
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 11
  - kk: "Тексеру әдісі: сұрақтан кейін енгізілген түзетулерді салыстыру (OECD, «Asset Declarations for Public Officials», 2011)"
    ru: "Метод проверки: сличение версий, поданных после вопроса (OECD, «Asset Declarations for Public Officials», 2011)"
    en: "Method of verification: comparison of versions filed after a question (OECD, “Asset Declarations for Public Officials”, 2011)"
innocent:
  - kk: Сұрақ қатені байқатқан, декларант оны бірден түзеткен.
    ru: Вопрос помог заметить ошибку, и декларант сразу её исправил.
    en: The question showed an error, and the declarant corrected it at once.
  - kk: Талдаушының өзі түзетуді ұсынған.
    ru: Исправить предложил сам аналитик.
    en: The analyst proposed the amendment.
  - kk: Түзету сұраққа қатысы жоқ басқа бөлімге енгізілген.
    ru: Исправлен другой раздел, о котором не спрашивали.
    en: The amendment is about another section, which nobody asked about.
tables:
  declaration: [id, person_id, form, year, version, is_current, filed_date]
  review_inquiry: [id, declaration_id, asked_date]
unit: {kk: қойылған сұрақ, ru: заданный вопрос, en: question asked}
checked: |
  SELECT i.id AS unit_id, CASE WHEN d.id IS NULL THEN 'no-declaration' END AS reason
  FROM review_inquiry i
  LEFT JOIN declaration d ON d.id = i.declaration_id
reasons:
  no-declaration:
    kk: сұрақ қойылған декларация жоқ
    ru: декларации, о которой спросили, нет
    en: the declaration that was asked about is not there
fires_on:
  - case:
      kk: Сұрақ күні түзетілген
      ru: Исправлена в день вопроса
      en: Amended on the day of the question
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | filed_at            | filed_date | currency
        D1 | P1        | income | 2024 | 1       | false      | 2025-09-01T06:00:00Z | 2025-09-01 | KZT
        D2 | P1        | income | 2024 | 2       | true       | 2026-02-02T07:00:00Z | 2026-02-02 | KZT
      review_inquiry: |
        id | declaration_id | asked_date | asked_at
        Q1 | D1             | 2026-02-02 | 2026-02-02T06:59:00Z
    expect: |
      subject_id | object_id   | amount | currency | since      | evidence
      P1         | income:2024 |        |          | 2026-02-02 | declaration/D1 declaration/D2 review_inquiry/Q1
  - case:
      kk: Екі рет сұралған, үшінші нұсқа
      ru: Спросили дважды, третья версия
      en: Asked twice, a third version
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date | currency
        D1 | P1        | income | 2024 | 1       | false      | 2025-09-01 | KZT
        D2 | P1        | income | 2024 | 2       | false      | 2025-09-10 | KZT
        D3 | P1        | income | 2024 | 3       | true       | 2026-05-01 | KZT
      review_inquiry: |
        id | declaration_id | asked_date
        Q1 | D2             | 2026-02-02
        Q2 | D2             | 2026-03-03
    expect: |
      subject_id | object_id   | since      | evidence
      P1         | income:2024 | 2026-05-01 | declaration/D2 declaration/D3 review_inquiry/Q1 review_inquiry/Q2
silent_on:
  - case:
      kk: Сұрақ күні, бірақ сұрақтан бұрын түзетілген; ол күні ненің бұрын болғаны белгісіз
      ru: Исправлена в день вопроса, но до него; в тот же день, но что было раньше, неизвестно
      en: Amended on the day of the question, but before it; on that day, and nobody knows what came first
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | filed_at            | filed_date | currency
        D1 | P1        | income | 2024 | 1       | false      | 2025-09-01T06:00:00Z | 2025-09-01 | KZT
        D2 | P1        | income | 2024 | 2       | true       | 2026-02-02T07:00:00Z | 2026-02-02 | KZT
        D3 | P2        | income | 2024 | 1       | false      |                     | 2025-09-01 | KZT
        D4 | P2        | income | 2024 | 2       | true       |                     | 2026-02-02 | KZT
      review_inquiry: |
        id | declaration_id | asked_date | asked_at
        Q1 | D1             | 2026-02-02 | 2026-02-02T07:00:00Z
        Q2 | D3             | 2026-02-02 |
  - case:
      kk: Сұрақтан бір күн бұрын түзетілген; түзетілмеген
      ru: Исправлена за день до вопроса; не исправлена
      en: Amended the day before; not amended
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date | currency
        D1 | P1        | income | 2024 | 1       | false      | 2025-09-01 | KZT
        D2 | P1        | income | 2024 | 2       | true       | 2026-02-01 | KZT
        D3 | P2        | income | 2024 | 1       | true       | 2025-09-01 | KZT
      review_inquiry: |
        id | declaration_id | asked_date
        Q1 | D1             | 2026-02-02
        Q2 | D3             | 2026-02-02
  - case:
      kk: Басқа жылдың, басқа нысанның жаңа нұсқасы; декларациясы жоқ сұрақ
      ru: Новая версия за другой год и другой формы; вопрос без декларации
      en: A new version of another year and of another form; a question without its declaration
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date | currency
        D1 | P1        | income | 2023 | 1       | true       | 2024-09-01 | KZT
        D2 | P1        | income | 2024 | 2       | true       | 2026-03-01 | KZT
        D3 | P1        | assets | 2023 | 2       | true       | 2026-03-01 | KZT
      review_inquiry: |
        id | declaration_id | asked_date
        Q1 | D1             | 2026-02-02
        Q2 | D9             | 2026-02-02
*/
-- Few are asked: made distinct, questions are joined to their declarations first, not to every later filing.
WITH asked AS (
    SELECT DISTINCT i.id AS inquiry_id, i.asked_date, i.asked_at, d.id, d.person_id, d.form, d.year, d.version
    FROM review_inquiry i
    JOIN declaration d ON d.id = i.declaration_id
)
SELECT
    a.person_id AS subject_id,
    a.form || ':' || CAST(a.year AS VARCHAR) AS object_id,
    CAST(NULL AS DECIMAL(18, 2)) AS amount,
    CAST(NULL AS VARCHAR) AS currency,
    min(n.filed_date) AS since,
    list_concat(
        ['declaration/' || min(a.id), 'declaration/' || min(n.id)],
        list_sort(array_agg('review_inquiry/' || a.inquiry_id))
    ) AS evidence
FROM asked a
JOIN declaration n ON n.person_id = a.person_id AND n.year = a.year AND n.form = a.form
WHERE n.is_current
    AND n.version > a.version
    -- Where only days are known, nobody can say what came first on one day.
    AND CASE
        WHEN n.filed_at IS NOT NULL AND a.asked_at IS NOT NULL THEN n.filed_at > a.asked_at
        ELSE n.filed_date > a.asked_date
    END
GROUP BY a.person_id, a.form, a.year
