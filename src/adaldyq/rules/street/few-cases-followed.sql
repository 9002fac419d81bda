/*
id: street.few-cases-followed
kind: flag
severity: low
subject: territory
title:
  kk: Өңірде пара жиі сұралады, ал арыздар бойынша іс саны айтылмаған
  ru: В регионе просят взятки, а о делах по обращениям не сообщается
  en: Bribes are asked for in the region, and no number of cases because of reports is told
explanation:
  kk: >-
    Адамдар ашық айтқан мәлімет бойынша осы өңірде пара сұралады, осы жылы өңірден арыздар да түскен, бірақ олар бойынша
    қозғалған іс саны айтылмаған: іс жоқ, немесе аз. Сан кездейсоқ төмен дөңгелектенеді, сондықтан бестен сегізге дейінгі іс те кейде айтылмайды. Бұл ешбір адам туралы сұрақ емес: арыздарды қабылдайтын органдар себебін түсіндіруі қажет.
  ru: >-
    По тому, что люди рассказали открыто, в этом регионе просят взятки, и обращения из него в этом году были, но о числе
    тех, что привели к делу, не сообщается: таких нет или мало. Число случайным образом округляется вниз, поэтому иногда не сообщается и о пяти–восьми. Это вопрос не о человеке: пояснить причину должны органы, которые принимают обращения.
  en: >-
    By what people told openly, bribes are asked for in this region, and reports came from it in the year, but it is not told how many led
    to a case: none did, or few. The number is rounded down by chance, so that five to eight are not told now and then either. It is no question about a person: it needs an explanation by the bodies that receive reports.
basis:
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 8-бап (сыбайлас жемқорлық тәуекелдерін талдау)
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 8 (анализ коррупционных рисков)
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 8 (analysis of corruption risks)
innocent:
  - kk: Арыздар әлі қаралып жатыр, істер кейін қозғалады.
    ru: Обращения ещё рассматриваются, дела будут позже.
    en: The reports are still looked into, and cases come later.
  - kk: Арыздар пара туралы емес, басқа нәрсе туралы болған.
    ru: Обращения были о другом, не о взятках.
    en: The reports were about something else than bribes.
  - kk: Пара сұралғандар ашық айтқан, бірақ арыз бермеген.
    ru: Те, у кого просили взятку, рассказали открыто, но не обратились.
    en: Those who were asked told it openly and did not report it.
parameters:
  - name: least
    threshold: street_least
    unit: {kk: адам, ru: человек, en: people}
    meaning:
      kk: Пара сұралғанын кемінде осынша адам айтқанда және кемінде осынша арыз түскенде ғана сұрақ қойылады
      ru: Вопрос ставится, только если о взятке рассказали не меньше и обращений не меньше
      en: Only where so many told that a bribe was asked for, and so many reports came, is it asked about
tables:
  street_cell: [id, year, service, territory_id, paid, refused]
  report_number: [id, year, territory_id, received, led_to_case]
unit: {kk: бір жылдағы өңір, ru: регион за год, en: region in a year}
checked: |
  SELECT
      c.id AS unit_id,
      CASE
          WHEN c.paid + c.refused < $least THEN 'too-few'
          WHEN n.received IS NULL OR n.received < $least THEN 'few-reports'
      END AS reason
  FROM street_cell c
  LEFT JOIN report_number n ON n.year = c.year AND n.territory_id = c.territory_id
  WHERE c.service IS NULL AND c.territory_id IS NOT NULL
reasons:
  too-few: {kk: пара сұралғанын айтқандар тым аз, ru: слишком мало рассказавших о взятке, en: too few told that a bribe was asked for}
  few-reports: {kk: өңірден түскен арыз тым аз, ru: из региона слишком мало обращений, en: too few reports came from the region}
fires_on:
  - case: {kk: Отыз адам айтқан; жиырма бес арыз; іс айтылмаған, ru: Рассказали тридцать; двадцать пять обращений; о делах не сообщается, en: 'Thirty told, 25 reports, no case is told'}
    tables:
      street_cell: |
        id        | year | service | territory_id | paid | refused
        2025:*:AA | 2025 |         | AA           | 20   | 10
      report_number: |
        id      | year | territory_id | received | led_to_case
        2025:AA | 2025 | AA           | 25       | 0
        2025:*  | 2025 |              | 90       | 12
    expect: |
      subject_id | object_id | amount | since      | evidence
      AA         | 2025      |        | 2025-01-01 | report_number/2025:AA street_cell/2025:*:AA
  - case: {kk: Дәл шекте, ru: Ровно на границе, en: Just at the limit}
    tables:
      street_cell: |
        id        | year | service | territory_id | paid | refused
        2024:*:BB | 2024 |         | BB           | 0    | 20
      report_number: |
        id      | year | territory_id | received | led_to_case
        2024:BB | 2024 | BB           | 20       | 0
    expect: |
      subject_id | object_id | amount | since      | evidence
      BB         | 2024      |        | 2024-01-01 | report_number/2024:BB street_cell/2024:*:BB
silent_on:
  - case: {kk: Іс қозғалған, ru: Дела есть, en: There are cases}
    tables:
      street_cell: |
        id        | year | service | territory_id | paid | refused
        2025:*:AA | 2025 |         | AA           | 20   | 10
      report_number: |
        id      | year | territory_id | received | led_to_case
        2025:AA | 2025 | AA           | 25       | 5
  - case: {kk: Арыз аз; айтқандар аз; басқа жыл; бір қызмет қана, ru: Мало обращений; мало рассказавших; другой год; одна услуга, en: Few reports; few who told; another year; one service only}
    tables:
      street_cell: |
        id             | year | service | territory_id | paid | refused
        2025:*:AA      | 2025 |         | AA           | 20   | 10
        2025:*:BB      | 2025 |         | BB           | 10   | 9
        2025:*:CC      | 2025 |         | CC           | 30   | 9
        2025:health:DD | 2025 | health  | DD           | 30   | 9
      report_number: |
        id      | year | territory_id | received | led_to_case
        2025:AA | 2025 | AA           | 19       | 0
        2025:BB | 2025 | BB           | 40       | 0
        2024:CC | 2024 | CC           | 40       | 0
        2025:DD | 2025 | DD           | 40       | 0
*/
SELECT
    c.territory_id AS subject_id,
    CAST(c.year AS VARCHAR) AS object_id,
    NULL AS amount,
    NULL AS currency,
    CAST(concat(CAST(c.year AS VARCHAR), '-01-01') AS DATE) AS since,
    ['report_number/' || n.id, 'street_cell/' || c.id] AS evidence
FROM street_cell c
JOIN report_number n ON n.year = c.year AND n.territory_id = c.territory_id
WHERE c.service IS NULL
    AND c.territory_id IS NOT NULL
    AND c.paid + c.refused >= $least
    AND n.received >= $least
    AND n.led_to_case = 0
