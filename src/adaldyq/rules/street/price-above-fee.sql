/*
id: street.price-above-fee
kind: flag
severity: medium
subject: territory
codes: street_service
title:
  kk: Осы қызметте ресми төлемнен әлдеқайда көп сұралады
  ru: При получении этой услуги просят во много раз больше официальной платы
  en: Many times the official fee is asked for at this service
explanation:
  kk: >-
    Адамдар ашық айтқан мәлімет бойынша осы өңірде осы қызмет үшін сұралған сомалардың жартысы ресми төлемнен көп есе асады. Бұл ешбір
    адам туралы сұрақ емес: қызмет көрсететін орган мұндай ақша не үшін сұралатынын түсіндіруі және не істейтінін айтуы қажет.
  ru: >-
    По тому, что люди рассказали открыто, половина сумм, которые в этом регионе просили за эту услугу, во много раз больше
    официальной платы. Это вопрос не о человеке: орган, который оказывает услугу, должен пояснить, за что просят такие деньги, и
    сказать, что он сделает.
  en: >-
    By what people told openly, half of the sums that were asked for at this service in this region are many times its official fee.
    It is no question about a person: it needs an explanation by the body that gives the service, what such money is asked for, and
    what it will do.
basis:
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 8-бап (сыбайлас жемқорлық тәуекелдерін талдау)
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 8 (анализ коррупционных рисков)
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 8 (analysis of corruption risks)
innocent:
  - kk: Сомаға заңды төлемдер де кірген, мысалы сарапшыға немесе делдалға берілген ақы.
    ru: В сумму вошли и законные платежи, например эксперту или посреднику.
    en: The sum holds lawful payments too, such as to an expert or an agent.
  - kk: Адамдар бірнеше қызметті бірге айтқан немесе ең қымбат түрін айтқан.
    ru: Люди рассказали о нескольких услугах сразу или о самом дорогом виде.
    en: People told of several services at once, or of the dearest kind.
  - kk: Жауаптарды бір топ бір мақсатпен жіберген.
    ru: Ответы прислала одна группа с одной целью.
    en: One group sent the answers for a purpose of its own.
parameters:
  - name: least
    threshold: street_least
    unit: {kk: жауап, ru: ответов, en: answers}
    meaning:
      kk: Өңірде ақша сұралғанын кемінде осынша жауап айтқанда ғана сұрақ қойылады
      ru: Вопрос ставится, только если о просьбе денег рассказали не меньше
      en: Only where so many told that money was asked for is it asked about
  - name: times
    value: 20
    unit: {kk: есе, ru: раз, en: times}
    meaning:
      kk: Сұралған соманың ортасы ресми төлемнен осынша еседен көп болуы керек
      ru: Во сколько раз середина названных сумм должна превышать официальную плату
      en: How many times the fee the middle of the sums must be above
tables:
  street_cell: [id, year, service, territory_id, paid, refused, price_median, fee, currency]
unit: {kk: бір жылда бір өңірдегі қызмет, ru: услуга в регионе за год, en: service in a region in a year}
checked: |
  SELECT
      id AS unit_id,
      CASE
          WHEN fee IS NULL THEN 'no-fee'
          WHEN fee = 0 THEN 'free'
          WHEN price_median IS NULL OR paid + refused < $least THEN 'too-few'
      END AS reason
  FROM street_cell
  WHERE service IS NOT NULL AND territory_id IS NOT NULL
reasons:
  no-fee: {kk: елдің дерегінде ресми төлем жоқ, ru: официальной платы в данных страны нет, en: the country's pack has no official fee}
  free: {kk: қызмет тегін, ru: услуга бесплатна, en: the service is free}
  too-few: {kk: өңірде сома айтқан жауап тым аз, ru: в регионе слишком мало ответов с суммой, en: too few told a sum in the region}
fires_on:
  - case:
      kk: Төлем 40 000, сұралғандардың жартысы 1 200 000-нан көп
      ru: Плата 40 000, половина сумм больше 1 200 000
      en: The fee is 40,000, and half of the sums are above 1,200,000
    tables:
      street_cell: |
        id           | year | service | territory_id | paid | refused | price_median | fee      | currency
        2025:land:AA | 2025 | land    | AA           | 30   | 12      | 1200000.00   | 40000.00 | KZT
    expect: |
      subject_id | object_id | amount     | currency | since      | evidence
      AA         | land:2025 | 1200000.00 | KZT      | 2025-01-01 | street_cell/2025:land:AA
  - case:
      kk: Жиырма еседен бір теңгеге көп
      ru: На один тенге больше двадцати раз
      en: One tenge above twenty times
    tables:
      street_cell: |
        id              | year | service | territory_id | paid | refused | price_median | fee     | currency
        2025:vehicle:BB | 2025 | vehicle | BB           | 20   | 0       | 100001.00    | 5000.00 | KZT
    expect: |
      subject_id | object_id    | amount    | currency | since      | evidence
      BB         | vehicle:2025 | 100001.00 | KZT      | 2025-01-01 | street_cell/2025:vehicle:BB
silent_on:
  - case:
      kk: Дәл жиырма есе
      ru: Ровно в двадцать раз
      en: Twenty times exactly
    tables:
      street_cell: |
        id              | year | service | territory_id | paid | refused | price_median | fee     | currency
        2025:vehicle:BB | 2025 | vehicle | BB           | 20   | 0       | 100000.00    | 5000.00 | KZT
  - case:
      kk: Жауап тым аз; сома айтылмаған; қызмет тегін; төлемі белгісіз; барлық өңір бірге
      ru: Ответов слишком мало; сумм нет; услуга бесплатна; плата не известна; все регионы вместе
      en: Too few answers; no sums; the service is free; its fee is not known; all regions together
    tables:
      street_cell: |
        id              | year | service | territory_id | paid | refused | price_median | fee     | currency
        2025:vehicle:AA | 2025 | vehicle | AA           | 10   | 9       | 900000.00    | 5000.00 | KZT
        2025:vehicle:BB | 2025 | vehicle | BB           | 30   | 9       |              | 5000.00 |
        2025:health:AA  | 2025 | health  | AA           | 30   | 9       | 900000.00    | 0.00    | KZT
        2025:other:AA   | 2025 | other   | AA           | 30   | 9       | 900000.00    |         | KZT
        2025:vehicle:*  | 2025 | vehicle |              | 90   | 9       | 900000.00    | 5000.00 | KZT
*/
SELECT
    territory_id AS subject_id,
    concat(service, ':', CAST(year AS VARCHAR)) AS object_id,
    price_median AS amount,
    currency,
    CAST(concat(CAST(year AS VARCHAR), '-01-01') AS DATE) AS since,
    ['street_cell/' || id] AS evidence
FROM street_cell
WHERE service IS NOT NULL
    AND territory_id IS NOT NULL
    AND fee > 0
    AND paid + refused >= $least
    AND price_median > $times * fee
