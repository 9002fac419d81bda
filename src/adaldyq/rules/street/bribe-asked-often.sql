/*
id: street.bribe-asked-often
kind: flag
severity: medium
subject: territory
codes: street_service
title:
  kk: Осы қызметте пара басқа өңірлерге қарағанда жиірек сұралады
  ru: При получении этой услуги взятку просят чаще, чем в других регионах
  en: Bribes are asked for at this service more often than in other regions
explanation:
  kk: >-
    Адамдар ашық айтқан мәлімет бойынша осы өңірде осы қызметте пара сұралғандардың үлесі сол жылы басқа өңірлердегіден анық
    жоғары. Бұл ешбір адам туралы сұрақ емес: қызмет көрсететін орган себебін түсіндіруі және не істейтінін айтуы қажет.
  ru: >-
    По тому, что люди рассказали открыто, доля тех, у кого в этом регионе при получении этой услуги просили взятку, в том же
    году явно выше, чем в других регионах. Это вопрос не о человеке: пояснить должен орган, который оказывает услугу, и сказать,
    что он сделает.
  en: >-
    By what people told openly, the share of those who were asked for a bribe at this service in this region is clearly higher
    than in the other regions of the same year. It is no question about a person: it needs an explanation by the body that gives
    the service, and what it will do.
basis:
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 8-бап (сыбайлас жемқорлық тәуекелдерін талдау)
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 8 (анализ коррупционных рисков)
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 8 (analysis of corruption risks)
  - kk: "Үлестің аралығы: E. B. Wilson, JASA 22 (1927) 209"
    ru: "Интервал доли: E. B. Wilson, JASA 22 (1927) 209"
    en: "Interval of a share: E. B. Wilson, JASA 22 (1927) 209"
innocent:
  - kk: Науқан немесе жаңалық осы өңірдегі адамдарды айтуға итермеледі, басқа жерде айтылмады.
    ru: Кампания или новость побудила рассказать людей именно в этом регионе, в других — нет.
    en: A campaign or a news item moved people of this region to tell, and of no other.
  - kk: Жауаптарды бір топ бір мақсатпен жіберген.
    ru: Ответы прислала одна группа с одной целью.
    en: One group sent the answers for a purpose of its own.
  - kk: Сұраған адам енді ол жерде жұмыс істемейді немесе тәртіп өзгерген.
    ru: Тот, кто просил, там больше не работает, или порядок изменён.
    en: Whoever asked no longer works there, or the procedure has changed.
  - kk: Адал қарсы алынғандар бұл өңірде сирек айтады.
    ru: Те, кого встретили честно, в этом регионе рассказывают реже.
    en: Those who were met honestly tell it more seldom in this region.
parameters:
  - name: least
    threshold: street_least
    unit: {kk: жауап, ru: ответов, en: answers}
    meaning:
      kk: Өңірде де, қалған өңірлерде де кемінде осынша жауап болғанда ғана сұрақ қойылады
      ru: Вопрос ставится, только если ответов не меньше и в регионе, и в остальных вместе
      en: Only with so many answers in the region, and in the others together, is it asked about
  - name: square
    value: 9
    unit: {kk: сан, ru: число, en: number}
    meaning:
      kk: Айырма өз кездейсоқ қателігінен неше есе үлкен болуы керек, квадраты (3 есе)
      ru: Во сколько раз разница должна превышать свою случайную ошибку, в квадрате (в 3 раза)
      en: How many times larger than its error by chance the difference is, squared (3 times)
tables:
  street_cell: [id, year, service, territory_id, paid, refused, honest]
unit: {kk: бір жылда бір өңірдегі қызмет, ru: услуга в регионе за год, en: service in a region in a year}
checked: |
  WITH cell AS (
      SELECT id, year, service, territory_id, paid + refused + honest AS told
      FROM street_cell
      WHERE service IS NOT NULL
  )
  SELECT
      c.id AS unit_id,
      CASE
          WHEN c.told < $least THEN 'too-few'
          WHEN w.told IS NULL OR w.told - c.told < $least THEN 'no-others'
      END AS reason
  FROM cell c
  LEFT JOIN cell w ON w.year = c.year AND w.service = c.service AND w.territory_id IS NULL
  WHERE c.territory_id IS NOT NULL
reasons:
  too-few: {kk: өңірде жауап тым аз, ru: в регионе слишком мало ответов, en: there are too few answers in the region}
  no-others: {kk: басқа өңірлерде жауап тым аз, ru: в других регионах слишком мало ответов, en: there are too few answers in the other regions}
fires_on:
  - case:
      kk: Өңірде 30-дан 27-сінен пара сұралған, басқа өңірлерде 60-тан 20-сынан
      ru: В регионе взятку просили у 27 из 30, в остальных у 20 из 60
      en: In the region 27 of 30 were asked, in the others 20 of 60
    tables:
      street_cell: |
        id             | year | service | territory_id | paid | refused | honest
        2025:health:AA | 2025 | health  | AA           | 20   | 7       | 3
        2025:health:*  | 2025 | health  |              | 33   | 14      | 43
    expect: |
      subject_id | object_id   | amount | since      | evidence
      AA         | health:2025 |        | 2025-01-01 | street_cell/2025:health:AA street_cell/2025:health:*
  - case:
      kk: Басқа өңірлерде ешкімнен сұралмаған
      ru: В остальных регионах не просили ни у кого
      en: In the others nobody was asked
    tables:
      street_cell: |
        id          | year | service | territory_id | paid | refused | honest
        2025:tax:BB | 2025 | tax     | BB           | 0    | 20      | 4
        2025:tax:*  | 2025 | tax     |              | 0    | 20      | 29
    expect: |
      subject_id | object_id | amount | since      | evidence
      BB         | tax:2025  |        | 2025-01-01 | street_cell/2025:tax:BB street_cell/2025:tax:*
silent_on:
  - case:
      kk: Барлық жерде бірдей жиі сұралады
      ru: Просят одинаково часто везде
      en: They are asked as often everywhere
    tables:
      street_cell: |
        id             | year | service | territory_id | paid | refused | honest
        2025:health:AA | 2025 | health  | AA           | 20   | 7       | 3
        2025:health:*  | 2025 | health  |              | 60   | 20      | 10
  - case:
      kk: Айырма кездейсоқтықтан аспайды — 24-тің 15-і және 100-дің 50-і
      ru: Разница не больше случайной — 15 из 24 и 50 из 100
      en: The difference is no larger than chance makes it, 15 of 24 and 50 of 100
    tables:
      street_cell: |
        id             | year | service | territory_id | paid | refused | honest
        2025:health:AA | 2025 | health  | AA           | 10   | 5       | 9
        2025:health:*  | 2025 | health  |              | 45   | 20      | 59
  - case:
      kk: Өңірде жауап тым аз; басқа өңірлерде жауап жоқ
      ru: В регионе слишком мало ответов; в других ответов нет
      en: Too few answers in the region; none in the others
    tables:
      street_cell: |
        id             | year | service | territory_id | paid | refused | honest
        2025:health:AA | 2025 | health  | AA           | 19   | 0       | 0
        2025:health:*  | 2025 | health  |              | 25   | 10      | 60
        2025:tax:AA    | 2025 | tax     | AA           | 40   | 0       | 0
        2025:tax:*     | 2025 | tax     |              | 40   | 0       | 3
  - case:
      kk: Барлық қызмет бірге — сұрақ бір қызметке ғана қойылады
      ru: Все услуги вместе — вопрос ставится только об одной услуге
      en: All services together, since it is asked of one service only
    tables:
      street_cell: |
        id        | year | service | territory_id | paid | refused | honest
        2025:*:AA | 2025 |         | AA           | 30   | 0       | 0
        2025:*:*  | 2025 |         |              | 30   | 0       | 90
*/
WITH cell AS (
    SELECT id, year, service, territory_id, paid + refused AS asked, paid + refused + honest AS told
    FROM street_cell
    WHERE service IS NOT NULL
),
beside AS (
    SELECT
        c.*,
        w.id AS whole_id,
        greatest(w.asked - c.asked, 0) + 1 AS asked_elsewhere,
        w.told - c.told + 2 AS told_elsewhere
    FROM cell c
    JOIN cell w ON w.year = c.year AND w.service = c.service AND w.territory_id IS NULL
    WHERE c.territory_id IS NOT NULL
)
SELECT
    territory_id AS subject_id,
    concat(service, ':', CAST(year AS VARCHAR)) AS object_id,
    NULL AS amount,
    NULL AS currency,
    CAST(concat(CAST(year AS VARCHAR), '-01-01') AS DATE) AS since,
    ['street_cell/' || id, 'street_cell/' || whole_id] AS evidence
FROM beside
WHERE told >= $least
    AND told_elsewhere - 2 >= $least
    AND asked * told_elsewhere > asked_elsewhere * told
    -- The lower end of Wilson's interval of the share lies above the share elsewhere: the same without a root.
    -- One asked and one met honestly are added elsewhere, so that noise or chance makes no share there 0 or 1.
    AND (asked * told_elsewhere - asked_elsewhere * told) * (asked * told_elsewhere - asked_elsewhere * told)
        > $square * asked_elsewhere * (told_elsewhere - asked_elsewhere) * told
