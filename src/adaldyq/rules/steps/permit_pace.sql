/*
id: permit_pace
meaning: >
  How many working days decisions about a permit of the catalogue take: the middle of those that a person granted or refused.
key: id
columns:
  middle:
    type: number
    title: {kk: "Салыстырылған медиана, жұмыс күні", ru: "Медиана для сравнения, рабочих дней", en: "Median it was held against, working days"}
    meaning:
      kk: Осы рұқсат бойынша адам қабылдаған шешімдерге кеткен жұмыс күндерінің ортаңғы саны.
      ru: Среднее по порядку число рабочих дней, за которые люди решали о том же разрешении.
      en: The middle number of working days that people took to decide about the same permit.
  decided:
    type: number
    title: {kk: Салыстырылған шешім саны, ru: Решений в сравнении, en: Decisions compared}
    meaning:
      kk: Медиана шығарылған шешімдер саны, осы шешімді қоса.
      ru: Сколько решений дали эту медиану, включая это.
      en: How many decisions the median is of, this one included.
tables: {}
steps: [permit_case]
*/
SELECT entry_id AS id, CAST(median(days_taken) AS DECIMAL(18, 2)) AS middle, count(*) AS decided
FROM permit_case
WHERE days_taken IS NOT NULL AND NOT coalesce(deemed, false) AND state IN ('granted', 'refused', 'upheld', 'appealed')
GROUP BY entry_id
