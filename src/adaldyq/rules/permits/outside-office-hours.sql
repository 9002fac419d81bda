/*
id: permits.outside-office-hours
kind: flag
severity: low
title:
  kk: Шешімдер жұмыс уақытынан тыс қабылданған
  ru: Решения приняты в нерабочее время
  en: Decisions outside office hours
explanation:
  kk: >-
    Қызметкер бір айда бірнеше өтінімді түнде немесе демалыс күндері шешкен. Неге бұлай болғанын түсіндіру қажет:
    тіркелгіні басқа адам пайдалануы мүмкін.
  ru: >-
    За месяц сотрудник решил несколько заявлений ночью или в выходные. Нужно пояснить почему: учётной записью мог
    пользоваться другой.
  en: >-
    Within a month an officer decided several applications at night or on days of rest. It needs an explanation:
    somebody else may use the account.
basis:
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 12-бап, 2-тармақ, d тармақшасы (лицензия беру рәсімдерін теріс пайдаланудың алдын алу)
    ru: Конвенция ООН против коррупции, статья 12, пункт 2, подпункт d (предупреждение злоупотребления процедурами выдачи лицензий)
    en: UN Convention against Corruption, article 12, paragraph 2 (d) (preventing the misuse of procedures of licensing)
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 8-бап (сыбайлас жемқорлық тәуекелдерін талдау)
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 8 (анализ коррупционных рисков)
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 8 (analysis of corruption risks)
innocent:
  - kk: Мерзімнің соңғы күні болған, қызметкер кеш қалған.
    ru: Истекал срок, и сотрудник задержался на работе.
    en: The term was about to end, and the officer stayed late.
  - kk: Қызметкер басқа уақыт белдеуінен қашықтан жұмыс істеген.
    ru: Сотрудник работал удалённо из другого часового пояса.
    en: The officer worked from another time zone.
  - kk: Бұйрықпен кезекшілік енгізілген.
    ru: Приказом введено дежурство.
    en: An order had set shifts.
parameters:
  - name: least
    value: 3
    unit: {kk: шешім, ru: решения, en: decisions}
    meaning:
      kk: Айына кемінде осынша
      ru: За месяц не меньше
      en: At least so many in a month
  - name: opens
    value: 7
    unit: {kk: сағат, ru: часов, en: o’clock}
    meaning:
      kk: Одан ертерек — жұмыс уақытынан тыс
      ru: Раньше — нерабочее время
      en: Earlier is outside office hours
  - name: closes
    value: 21
    unit: {kk: сағат, ru: часов, en: o’clock}
    meaning:
      kk: Сол сағаттан бастап — жұмыс уақытынан тыс
      ru: С этого часа — нерабочее время
      en: From then on it is outside office hours
tables:
  permit_application: [id, decided_by_id]
  permit_application_event: [id, application_id, account_id, day, hour, working]
optional:
  account: []
steps: [permit_case]
unit: {kk: адам шешкен өтінім, ru: "заявление, решённое человеком", en: application that a person decided}
checked: |
  SELECT id AS unit_id, CASE WHEN decider_person_id IS NULL THEN 'officer-unknown' END AS reason
  FROM permit_case
  WHERE decided_by_id IS NOT NULL
reasons:
  officer-unknown: {kk: қызметкердің кім екені белгісіз, ru: "неизвестно, кто за учётной записью", en: it is not known whose account it is}
fires_on:
  - case:
      kk: Бір айда түнде үш шешім
      ru: Три решения ночью за месяц
      en: Three decisions at night in a month
    tables:
      permit_application: |
        id | number | state   | sent_date  | decided_by_id | company_id
        A0 | PA-0   | granted | 2026-02-02 | U1            | C0
        A1 | PA-1   | granted | 2026-02-02 | U1            | C1
        A2 | PA-2   | granted | 2026-02-02 | U1            | C2
      account: |
        id | person_id
        U1 | P1
      permit_application_event: |
        id | application_id | happened | account_id | day        | hour | working
        V1 | A0             | step     | U1         | 2026-02-10 | 23   | true
        V2 | A1             | step     | U1         | 2026-02-11 | 2    | true
        V3 | A2             | step     | U1         | 2026-02-12 | 21   | true
    expect: |
      subject_id | object_id | since      | evidence
      P1         | 2026-02   | 2026-02-10 | permit_application_event/V1 permit_application_event/V2 permit_application_event/V3
  - case:
      kk: Демалыс күні түсте
      ru: Днём в выходные
      en: At noon on days of rest
    tables:
      permit_application: |
        id | number | state   | sent_date  | decided_by_id | company_id
        A0 | PA-0   | granted | 2026-02-02 | U1            | C0
        A1 | PA-1   | granted | 2026-02-02 | U1            | C1
        A2 | PA-2   | granted | 2026-02-02 | U1            | C2
      account: |
        id | person_id
        U1 | P1
      permit_application_event: |
        id | application_id | happened | account_id | day        | hour | working
        V1 | A0             | step     | U1         | 2026-02-14 | 12   | false
        V2 | A1             | step     | U1         | 2026-02-14 | 12   | false
        V3 | A2             | step     | U1         | 2026-02-15 | 13   | false
    expect: |
      subject_id | object_id
      P1         | 2026-02
silent_on:
  - case:
      kk: Екі шешім түнде, қалғаны күндіз
      ru: Два решения ночью, прочие днём
      en: Two at night, the others by day
    tables:
      permit_application: |
        id | number | state   | sent_date  | decided_by_id | company_id
        A0 | PA-0   | granted | 2026-02-02 | U1            | C0
        A1 | PA-1   | granted | 2026-02-02 | U1            | C1
        A2 | PA-2   | granted | 2026-02-02 | U1            | C2
        A3 | PA-3   | granted | 2026-02-02 | U1            | C3
      account: |
        id | person_id
        U1 | P1
      permit_application_event: |
        id | application_id | happened | account_id | day        | hour | working
        V1 | A0             | step     | U1         | 2026-02-10 | 23   | true
        V2 | A1             | step     | U1         | 2026-02-11 | 2    | true
        V3 | A2             | step     | U1         | 2026-02-12 | 20   | true
        V4 | A3             | step     | U1         | 2026-02-12 | 7    | true
  - case:
      kk: Түнде басқа адам, сағат не өтініш беруші әрекет еткен
      ru: Ночью действовал другой, часы или заявитель
      en: At night somebody else acted, the clock or the applicant
    tables:
      permit_application: |
        id | number | state   | sent_date  | decided_by_id | company_id
        A0 | PA-0   | granted | 2026-02-02 | U1            | C0
        A1 | PA-1   | granted | 2026-02-02 | U1            | C1
        A2 | PA-2   | granted | 2026-02-02 | U1            | C2
      account: |
        id | person_id
        U1 | P1
      permit_application_event: |
        id | application_id | happened | account_id | day        | hour | working
        V1 | A0             | step     | U9         | 2026-02-10 | 23   | true
        V2 | A1             | deemed   |            | 2026-02-11 | 2    | true
        V3 | A2             | sent     | U1         | 2026-02-12 | 22   | true
*/
WITH decided AS (
    SELECT c.decider_person_id, c.id, max(e.id) AS event_id, max(e.day) AS day
    FROM permit_case c
    JOIN permit_application_event e ON e.application_id = c.id AND e.account_id = c.decided_by_id AND e.happened = 'step'
    WHERE c.decider_person_id IS NOT NULL AND (NOT e.working OR e.hour < $opens OR e.hour >= $closes)
    GROUP BY c.decider_person_id, c.id
)
SELECT
    decider_person_id AS subject_id,
    substring(CAST(day AS VARCHAR), 1, 7) AS object_id,
    NULL AS amount,
    NULL AS currency,
    min(day) AS since,
    list_sort(array_agg('permit_application_event/' || event_id)) AS evidence
FROM decided
GROUP BY decider_person_id, substring(CAST(day AS VARCHAR), 1, 7)
HAVING count(*) >= $least
