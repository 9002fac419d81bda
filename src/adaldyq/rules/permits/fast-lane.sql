/*
id: permits.fast-lane
kind: flag
severity: medium
title:
  kk: Өтінім осы түрдегілердің медианасынан әлдеқайда тез шешілген
  ru: Заявление решено намного быстрее медианы своего вида
  en: Application decided far faster than the median of its kind
explanation:
  kk: >-
    Өтінім бойынша шешім сол рұқсат бойынша әдеттегіден бірнеше есе тез қабылданған. Шешім қабылдаған қызметкер неге
    бұлай болғанын түсіндіруі қажет.
  ru: >-
    Решение по заявлению принято в несколько раз быстрее, чем обычно по тому же разрешению. Тот, кто решал, должен
    пояснить почему.
  en: >-
    The application was decided several times faster than is usual for the same permit. Whoever decided it owes an
    explanation why.
basis:
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 12-бап, 2-тармақ, d тармақшасы (лицензия беру рәсімдерін теріс пайдаланудың алдын алу)
    ru: Конвенция ООН против коррупции, статья 12, пункт 2, подпункт d (предупреждение злоупотребления процедурами выдачи лицензий)
    en: UN Convention against Corruption, article 12, paragraph 2 (d) (preventing the misuse of procedures of licensing)
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 8-бап (сыбайлас жемқорлық тәуекелдерін талдау)
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 8 (анализ коррупционных рисков)
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 8 (analysis of corruption risks)
innocent:
  - kk: Өтініш беруші бұрын да осындай рұқсат алған, тексеретін ештеңе қалмаған.
    ru: Заявитель уже получал такое разрешение, и проверять было нечего.
    en: The applicant has held such a permit before, and there was nothing left to check.
  - kk: Заң осындай жағдайлар үшін қысқа мерзім береді.
    ru: Закон даёт для таких случаев короткий срок.
    en: The law gives a short term for such cases.
  - kk: Төтенше жағдайда жедел рәсім жарияланған.
    ru: В чрезвычайной ситуации объявлена ускоренная процедура.
    en: An expedited procedure was announced in an emergency.
parameters:
  - name: times
    value: 4
    unit: {kk: есе, ru: раз, en: times}
    meaning:
      kk: Медианадан кемінде осынша есе тез
      ru: Во столько раз быстрее медианы или больше
      en: So many times faster than the median, or more
  - name: usual
    value: 8
    unit: {kk: жұмыс күні, ru: рабочих дней, en: working days}
    meaning:
      kk: Медиана кемінде осынша күн болғанда ғана сұралады
      ru: Вопрос ставится, только если медиана не меньше
      en: Only when the median is so long is it asked about
  - name: peers
    value: 20
    unit: {kk: шешім, ru: решений, en: decisions}
    meaning:
      kk: Сол рұқсат бойынша шешім кемінде осынша болғанда ғана
      ru: Только если решений о том же разрешении не меньше
      en: Only with so many decisions about the same permit
tables:
  permit_application: [id, entry_id, sent_date, days_taken, decided_by_id]
optional:
  account: []
steps: [permit_case, permit_pace]
compared: {permit_pace: [middle, decided]}
unit: {kk: шешілген өтінім, ru: решённое заявление, en: decided application}
checked: |
  SELECT
      c.id AS unit_id,
      CASE WHEN c.decider_person_id IS NULL THEN 'officer-unknown' WHEN p.decided < $peers THEN 'few-peers' END AS reason
  FROM permit_case c
  JOIN permit_pace p ON p.id = c.entry_id
  WHERE c.days_taken IS NOT NULL
      AND NOT coalesce(c.deemed, false)
      AND c.state IN ('granted', 'refused', 'upheld', 'appealed')
reasons:
  officer-unknown: {kk: қызметкердің кім екені белгісіз, ru: "неизвестно, кто за учётной записью", en: it is not known whose account it is}
  few-peers: {kk: салыстыратын шешім аз, ru: мало решений для сравнения, en: there are too few decisions to compare with}
fires_on:
  - case:
      kk: Әдетте 12 күнде шешілетіні 2 күнде шешілген
      ru: Обычно решают за 12 дней, здесь за 2
      en: Usually decided in 12 days, here in 2
    tables:
      permit_application: |
        id  | number         | entry_id | state   | sent_date  | days_taken | decided_by_id | company_id
        A00 | PA-2026-000000 | E1       | granted | 2026-02-02 | 2          | U1            | C0
        A01 | PA-2026-000001 | E1       | granted | 2026-02-02 | 12         | U1            | C1
        A02 | PA-2026-000002 | E1       | granted | 2026-02-02 | 12         | U1            | C2
        A03 | PA-2026-000003 | E1       | granted | 2026-02-02 | 12         | U1            | C3
        A04 | PA-2026-000004 | E1       | granted | 2026-02-02 | 12         | U1            | C4
        A05 | PA-2026-000005 | E1       | granted | 2026-02-02 | 12         | U1            | C5
        A06 | PA-2026-000006 | E1       | granted | 2026-02-02 | 12         | U1            | C6
        A07 | PA-2026-000007 | E1       | granted | 2026-02-02 | 12         | U1            | C7
        A08 | PA-2026-000008 | E1       | granted | 2026-02-02 | 12         | U1            | C8
        A09 | PA-2026-000009 | E1       | granted | 2026-02-02 | 12         | U1            | C9
        A10 | PA-2026-000010 | E1       | granted | 2026-02-02 | 12         | U1            | C10
        A11 | PA-2026-000011 | E1       | granted | 2026-02-02 | 12         | U1            | C11
        A12 | PA-2026-000012 | E1       | granted | 2026-02-02 | 12         | U1            | C12
        A13 | PA-2026-000013 | E1       | granted | 2026-02-02 | 12         | U1            | C13
        A14 | PA-2026-000014 | E1       | granted | 2026-02-02 | 12         | U1            | C14
        A15 | PA-2026-000015 | E1       | granted | 2026-02-02 | 12         | U1            | C15
        A16 | PA-2026-000016 | E1       | granted | 2026-02-02 | 12         | U1            | C16
        A17 | PA-2026-000017 | E1       | granted | 2026-02-02 | 12         | U1            | C17
        A18 | PA-2026-000018 | E1       | granted | 2026-02-02 | 12         | U1            | C18
        A19 | PA-2026-000019 | E1       | granted | 2026-02-02 | 12         | U1            | C19
      account: |
        id | person_id
        U1 | P1
    expect: |
      subject_id | object_id      | since      | evidence
      P1         | PA-2026-000000 | 2026-02-02 | permit_pace/E1 permit_application/A00
  - case:
      kk: Сол күні шешілген екі өтінім
      ru: Два заявления решены в тот же день
      en: Two that were decided on the same day
    tables:
      permit_application: |
        id  | number         | entry_id | state   | sent_date  | days_taken | decided_by_id | company_id
        A00 | PA-2026-000000 | E1       | granted | 2026-02-02 | 0          | U1            | C0
        A01 | PA-2026-000001 | E1       | granted | 2026-02-02 | 0          | U1            | C1
        A02 | PA-2026-000002 | E1       | granted | 2026-02-02 | 12         | U1            | C2
        A03 | PA-2026-000003 | E1       | granted | 2026-02-02 | 12         | U1            | C3
        A04 | PA-2026-000004 | E1       | granted | 2026-02-02 | 12         | U1            | C4
        A05 | PA-2026-000005 | E1       | granted | 2026-02-02 | 12         | U1            | C5
        A06 | PA-2026-000006 | E1       | granted | 2026-02-02 | 12         | U1            | C6
        A07 | PA-2026-000007 | E1       | granted | 2026-02-02 | 12         | U1            | C7
        A08 | PA-2026-000008 | E1       | granted | 2026-02-02 | 12         | U1            | C8
        A09 | PA-2026-000009 | E1       | granted | 2026-02-02 | 12         | U1            | C9
        A10 | PA-2026-000010 | E1       | granted | 2026-02-02 | 12         | U1            | C10
        A11 | PA-2026-000011 | E1       | granted | 2026-02-02 | 12         | U1            | C11
        A12 | PA-2026-000012 | E1       | granted | 2026-02-02 | 12         | U1            | C12
        A13 | PA-2026-000013 | E1       | granted | 2026-02-02 | 12         | U1            | C13
        A14 | PA-2026-000014 | E1       | granted | 2026-02-02 | 12         | U1            | C14
        A15 | PA-2026-000015 | E1       | granted | 2026-02-02 | 12         | U1            | C15
        A16 | PA-2026-000016 | E1       | granted | 2026-02-02 | 12         | U1            | C16
        A17 | PA-2026-000017 | E1       | granted | 2026-02-02 | 12         | U1            | C17
        A18 | PA-2026-000018 | E1       | granted | 2026-02-02 | 12         | U1            | C18
        A19 | PA-2026-000019 | E1       | granted | 2026-02-02 | 12         | U1            | C19
      account: |
        id | person_id
        U1 | P1
    expect: |
      subject_id | object_id
      P1         | PA-2026-000000
      P1         | PA-2026-000001
silent_on:
  - case:
      kk: 12 күннің орнына 4 күн; бас тарту
      ru: 4 дня вместо 12; отказ
      en: 4 days in the place of 12; a refusal
    tables:
      permit_application: |
        id  | number         | entry_id | state   | sent_date  | days_taken | decided_by_id | company_id
        A00 | PA-2026-000000 | E1       | granted | 2026-02-02 | 4          | U1            | C0
        A01 | PA-2026-000001 | E1       | refused | 2026-02-02 | 1          | U1            | C1
        A02 | PA-2026-000002 | E1       | granted | 2026-02-02 | 12         | U1            | C2
        A03 | PA-2026-000003 | E1       | granted | 2026-02-02 | 12         | U1            | C3
        A04 | PA-2026-000004 | E1       | granted | 2026-02-02 | 12         | U1            | C4
        A05 | PA-2026-000005 | E1       | granted | 2026-02-02 | 12         | U1            | C5
        A06 | PA-2026-000006 | E1       | granted | 2026-02-02 | 12         | U1            | C6
        A07 | PA-2026-000007 | E1       | granted | 2026-02-02 | 12         | U1            | C7
        A08 | PA-2026-000008 | E1       | granted | 2026-02-02 | 12         | U1            | C8
        A09 | PA-2026-000009 | E1       | granted | 2026-02-02 | 12         | U1            | C9
        A10 | PA-2026-000010 | E1       | granted | 2026-02-02 | 12         | U1            | C10
        A11 | PA-2026-000011 | E1       | granted | 2026-02-02 | 12         | U1            | C11
        A12 | PA-2026-000012 | E1       | granted | 2026-02-02 | 12         | U1            | C12
        A13 | PA-2026-000013 | E1       | granted | 2026-02-02 | 12         | U1            | C13
        A14 | PA-2026-000014 | E1       | granted | 2026-02-02 | 12         | U1            | C14
        A15 | PA-2026-000015 | E1       | granted | 2026-02-02 | 12         | U1            | C15
        A16 | PA-2026-000016 | E1       | granted | 2026-02-02 | 12         | U1            | C16
        A17 | PA-2026-000017 | E1       | granted | 2026-02-02 | 12         | U1            | C17
        A18 | PA-2026-000018 | E1       | granted | 2026-02-02 | 12         | U1            | C18
        A19 | PA-2026-000019 | E1       | granted | 2026-02-02 | 12         | U1            | C19
      account: |
        id | person_id
        U1 | P1
  - case:
      kk: Салыстыратын шешім аз
      ru: Мало решений для сравнения
      en: Too few decisions to compare with
    tables:
      permit_application: |
        id  | number         | entry_id | state   | sent_date  | days_taken | decided_by_id | company_id
        A00 | PA-2026-000000 | E1       | granted | 2026-02-02 | 1          | U1            | C0
        A01 | PA-2026-000001 | E1       | granted | 2026-02-02 | 12         | U1            | C1
        A02 | PA-2026-000002 | E1       | granted | 2026-02-02 | 12         | U1            | C2
        A03 | PA-2026-000003 | E1       | granted | 2026-02-02 | 12         | U1            | C3
        A04 | PA-2026-000004 | E1       | granted | 2026-02-02 | 12         | U1            | C4
        A05 | PA-2026-000005 | E1       | granted | 2026-02-02 | 12         | U1            | C5
        A06 | PA-2026-000006 | E1       | granted | 2026-02-02 | 12         | U1            | C6
        A07 | PA-2026-000007 | E1       | granted | 2026-02-02 | 12         | U1            | C7
        A08 | PA-2026-000008 | E1       | granted | 2026-02-02 | 12         | U1            | C8
        A09 | PA-2026-000009 | E1       | granted | 2026-02-02 | 12         | U1            | C9
        A10 | PA-2026-000010 | E1       | granted | 2026-02-02 | 12         | U1            | C10
        A11 | PA-2026-000011 | E1       | granted | 2026-02-02 | 12         | U1            | C11
        A12 | PA-2026-000012 | E1       | granted | 2026-02-02 | 12         | U1            | C12
        A13 | PA-2026-000013 | E1       | granted | 2026-02-02 | 12         | U1            | C13
        A14 | PA-2026-000014 | E1       | granted | 2026-02-02 | 12         | U1            | C14
        A15 | PA-2026-000015 | E1       | granted | 2026-02-02 | 12         | U1            | C15
        A16 | PA-2026-000016 | E1       | granted | 2026-02-02 | 12         | U1            | C16
        A17 | PA-2026-000017 | E1       | granted | 2026-02-02 | 12         | U1            | C17
        A18 | PA-2026-000018 | E1       | granted | 2026-02-02 | 12         | U1            | C18
      account: |
        id | person_id
        U1 | P1
  - case:
      kk: Мұндай рұқсат әдетте де тез беріледі
      ru: Такое разрешение и обычно дают быстро
      en: Such a permit is usually given quickly
    tables:
      permit_application: |
        id  | number         | entry_id | state   | sent_date  | days_taken | decided_by_id | company_id
        A00 | PA-2026-000000 | E1       | granted | 2026-02-02 | 0          | U1            | C0
        A01 | PA-2026-000001 | E1       | granted | 2026-02-02 | 4          | U1            | C1
        A02 | PA-2026-000002 | E1       | granted | 2026-02-02 | 4          | U1            | C2
        A03 | PA-2026-000003 | E1       | granted | 2026-02-02 | 4          | U1            | C3
        A04 | PA-2026-000004 | E1       | granted | 2026-02-02 | 4          | U1            | C4
        A05 | PA-2026-000005 | E1       | granted | 2026-02-02 | 4          | U1            | C5
        A06 | PA-2026-000006 | E1       | granted | 2026-02-02 | 4          | U1            | C6
        A07 | PA-2026-000007 | E1       | granted | 2026-02-02 | 4          | U1            | C7
        A08 | PA-2026-000008 | E1       | granted | 2026-02-02 | 4          | U1            | C8
        A09 | PA-2026-000009 | E1       | granted | 2026-02-02 | 4          | U1            | C9
        A10 | PA-2026-000010 | E1       | granted | 2026-02-02 | 4          | U1            | C10
        A11 | PA-2026-000011 | E1       | granted | 2026-02-02 | 4          | U1            | C11
        A12 | PA-2026-000012 | E1       | granted | 2026-02-02 | 4          | U1            | C12
        A13 | PA-2026-000013 | E1       | granted | 2026-02-02 | 4          | U1            | C13
        A14 | PA-2026-000014 | E1       | granted | 2026-02-02 | 4          | U1            | C14
        A15 | PA-2026-000015 | E1       | granted | 2026-02-02 | 4          | U1            | C15
        A16 | PA-2026-000016 | E1       | granted | 2026-02-02 | 4          | U1            | C16
        A17 | PA-2026-000017 | E1       | granted | 2026-02-02 | 4          | U1            | C17
        A18 | PA-2026-000018 | E1       | granted | 2026-02-02 | 4          | U1            | C18
        A19 | PA-2026-000019 | E1       | granted | 2026-02-02 | 4          | U1            | C19
      account: |
        id | person_id
        U1 | P1
*/
SELECT
    c.decider_person_id AS subject_id,
    c.number AS object_id,
    NULL AS amount,
    NULL AS currency,
    c.sent_date AS since,
    ['permit_pace/' || p.id, 'permit_application/' || c.id] AS evidence
FROM permit_case c
JOIN permit_pace p ON p.id = c.entry_id
WHERE c.decider_person_id IS NOT NULL
    AND NOT coalesce(c.deemed, false)
    AND c.state = 'granted'
    AND p.decided >= $peers
    AND p.middle >= $usual
    AND c.days_taken * $times <= p.middle
