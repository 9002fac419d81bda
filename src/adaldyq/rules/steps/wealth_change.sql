/*
id: wealth_change
meaning: >
  Each leading declaration beside that of the year before, in one currency: by how much wealth changed, what came in and went
  out, and how much of it nothing explains, each between a low and a high. A low or high is null when it is not known.
key: declaration_id
columns:
  worth_low:
    title: {kk: Дәулеттің өзгерісі кемінде, ru: Изменение состояния не меньше, en: "Change of wealth, at least"}
    meaning:
      kk: Екі жыл соңы арасындағы ең төмен бағаммен; екі жылда да тұрған, нөмірі бар мүлік өзгермеген деп саналады.
      ru: По наименьшему из курсов двух концов года; вещь с номером, которая есть в оба года, считается неизменной.
      en: At the lowest rate of both year ends; a thing with a number that stands in both years counts as unchanged.
  worth_high:
    title: {kk: Дәулеттің өзгерісі ең көбі, ru: Изменение состояния не больше, en: "Change of wealth, at most"}
    meaning:
      kk: Екі жыл соңы арасындағы ең жоғары бағаммен.
      ru: По наибольшему из курсов двух концов года.
      en: At the highest rate of both year ends.
  inflow_low:
    title: {kk: Түскені кемінде, ru: Поступило не меньше, en: "Came in, at least"}
    meaning:
      kk: Кіріс пен сыйлықтар; сатудан тек пайда, яғни баға мен кеткен мүлік құнының айырмасы.
      ru: Доход и подарки; от продаж только прибыль, то есть цена за вычетом стоимости ушедшего имущества.
      en: Income and gifts; of sales only the gain, which is the price less the worth of what went.
  inflow_high:
    title: {kk: Түскені ең көбі, ru: Поступило не больше, en: "Came in, at most"}
    meaning:
      kk: Кіріс, сыйлықтар және сатудан түскеннің бәрі.
      ru: Доход, подарки и вся выручка от продаж.
      en: Income, gifts and all that was paid for what was sold.
  outflow_low:
    title: {kk: Кеткені кемінде, ru: Ушло не меньше, en: "Went out, at least"}
    meaning:
      kk: Декларацияда көрсетілген ірі шығыстар.
      ru: Крупные расходы, указанные в декларации.
      en: Large expenses that the declaration states.
  outflow_high:
    title: {kk: Кеткені ең көбі, ru: Ушло не больше, en: "Went out, at most"}
    meaning:
      kk: Ірі шығыстар және ұсталған салық, егер кіріс салығымен бірге көрсетілсе.
      ru: Крупные расходы и удержанный налог, если доход указан вместе с ним.
      en: Large expenses and withheld tax, if the income was stated with it.
  unexplained_low:
    title: {kk: Түсіндірілмегені кемінде, ru: Не объяснено не меньше, en: "Unexplained, at least"}
    meaning:
      kk: Белгісіз нәрсенің бәрі декларанттың пайдасына саналғанда да түсіндірілмей қалатын сома.
      ru: Сумма, которая остаётся без объяснения, даже если всё неизвестное считать в пользу декларанта.
      en: What stays unexplained even when all that is unknown is taken in the declarant's favour.
  unexplained_high:
    title: {kk: Түсіндірілмегені ең көбі, ru: Не объяснено не больше, en: "Unexplained, at most"}
    meaning:
      kk: Белгісіз нәрсенің бәрі декларанттың пайдасына саналмаған жағдайдағы сома.
      ru: Сумма, если всё неизвестное считать не в пользу декларанта.
      en: The same when all that is unknown is taken against the declarant.
tables: {}
optional:
  declared_real_estate: []
  declared_vehicle: []
  declared_income: []
  declared_expense: []
steps: [current_declaration, declared_total, worth_row, earning_row, conversion_rate]
*/
WITH pair AS (
    SELECT n.declaration_id, b.declaration_id AS before_id, n.person_id, n.year, b.year AS year_before, n.currency, n.lacks_income
    FROM declared_total n
    JOIN declared_total b ON b.person_id = n.person_id AND b.year = n.year - 1 AND b.currency = n.currency
),
place AS (
    SELECT declaration_id, declaration_id AS source_id, year, 1 AS side FROM pair
    UNION ALL
    SELECT declaration_id, before_id, year, -1 FROM pair
),
numbered AS (
    SELECT 'declared_real_estate' AS table_name, row_id, object_number, price, acquired_date FROM declared_real_estate
    UNION ALL
    SELECT 'declared_vehicle', row_id, object_number, price, acquired_date FROM declared_vehicle
),
held AS (
    SELECT
        p.declaration_id,
        p.side,
        e.table_name,
        e.currency,
        e.class = 'debt' AS owed,
        e.table_name IN (
            'declared_real_estate', 'declared_vehicle', 'declared_security', 'declared_company_interest',
            'declared_crypto', 'declared_valuable', 'declared_trust'
        ) AS sold,
        coalesce(n.object_number, '') AS number,
        coalesce(
            e.amount,
            CASE WHEN p.side = 1 AND n.price > 0 AND extract(YEAR FROM n.acquired_date) = p.year THEN n.price END
        ) AS amount
    FROM place p
    JOIN worth_row e ON e.declaration_id = p.source_id
    LEFT JOIN numbered n ON n.table_name = e.table_name AND n.row_id = e.row_id
    WHERE coalesce(e.owner, 'declarant') <> 'other'
),
kept AS (
    SELECT declaration_id, table_name, number
    FROM held
    WHERE number <> ''
    GROUP BY declaration_id, table_name, number
    HAVING min(side) < max(side)
),
moved AS (
    SELECT
        h.declaration_id,
        h.currency,
        sum(h.side * coalesce(h.amount, 0)) AS units,
        sum(CASE WHEN h.side = -1 AND h.sold THEN coalesce(h.amount, 0) ELSE 0 END) AS left_units,
        bool_or(h.amount IS NULL AND (h.side = 1) = h.owed) AS unknown_low,
        bool_or(h.amount IS NULL AND (h.side = 1) <> h.owed) AS unknown_high,
        bool_or(h.amount IS NULL AND h.side = -1 AND h.sold) AS left_unknown
    FROM held h
    LEFT JOIN kept k
        ON k.declaration_id = h.declaration_id AND k.table_name = h.table_name AND k.number = h.number
    WHERE k.declaration_id IS NULL
    GROUP BY h.declaration_id, h.currency
),
flow AS (
    SELECT
        p.declaration_id,
        e.currency,
        'in' AS way,
        e.class = 'sale' AS sale,
        e.amount
    FROM pair p
    JOIN earning_row e ON e.declaration_id = p.declaration_id
    WHERE coalesce(e.owner, 'declarant') <> 'other'
    UNION ALL
    SELECT p.declaration_id, x.currency, 'out', false, x.amount
    FROM pair p
    JOIN declared_expense x ON x.declaration_id = p.declaration_id
    WHERE coalesce(x.owner, 'declarant') <> 'other'
    UNION ALL
    SELECT p.declaration_id, i.currency, 'tax', false, i.tax_withheld
    FROM pair p
    JOIN declared_income i ON i.declaration_id = p.declaration_id
    WHERE coalesce(i.owner, 'declarant') <> 'other' AND i.tax_withheld <> 0
),
flowed AS (
    SELECT
        declaration_id,
        currency,
        way,
        sum(coalesce(amount, 0)) AS units,
        bool_or(amount IS NULL) AS unknown,
        bool_or(sale) AS sale
    FROM flow
    GROUP BY declaration_id, currency, way
),
unit AS (
    SELECT declaration_id, currency FROM moved
    UNION
    SELECT declaration_id, currency FROM flowed
),
rated AS (
    SELECT
        p.declaration_id,
        u.currency,
        CASE WHEN u.currency = p.currency THEN 1 ELSE r.rate END AS rate,
        CASE WHEN u.currency = p.currency THEN 1 ELSE r.rate_next END AS rate_next
    FROM pair p
    JOIN unit u ON u.declaration_id = p.declaration_id
    LEFT JOIN conversion_rate r
        ON r.currency = u.currency AND r.quote_currency = p.currency AND r.year = p.year_before
),
valued AS (
    SELECT
        m.declaration_id,
        'worth' AS part,
        CAST(CAST(m.units AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)) AS one,
        CAST(CAST(m.units AS DECIMAL(20, 2)) * r.rate_next AS DECIMAL(32, 2)) AS other,
        m.unknown_low,
        m.unknown_high,
        false AS sale,
        r.rate IS NULL OR r.rate_next IS NULL AS no_rate
    FROM moved m
    JOIN rated r ON r.declaration_id = m.declaration_id AND r.currency IS NOT DISTINCT FROM m.currency
    UNION ALL
    SELECT
        m.declaration_id,
        'left',
        CAST(CAST(m.left_units AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)),
        CAST(CAST(m.left_units AS DECIMAL(20, 2)) * r.rate_next AS DECIMAL(32, 2)),
        false,
        m.left_unknown,
        false,
        r.rate IS NULL OR r.rate_next IS NULL
    FROM moved m
    JOIN rated r ON r.declaration_id = m.declaration_id AND r.currency IS NOT DISTINCT FROM m.currency
    UNION ALL
    SELECT
        f.declaration_id,
        f.way,
        CAST(CAST(f.units AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)),
        CAST(CAST(f.units AS DECIMAL(20, 2)) * r.rate_next AS DECIMAL(32, 2)),
        false,
        f.unknown,
        f.sale,
        r.rate IS NULL OR r.rate_next IS NULL
    FROM flowed f
    JOIN rated r ON r.declaration_id = f.declaration_id AND r.currency IS NOT DISTINCT FROM f.currency
),
part AS (
    SELECT
        declaration_id,
        coalesce(sum(least(one, other)) FILTER (WHERE part = 'worth'), 0) AS worth_low,
        coalesce(sum(greatest(one, other)) FILTER (WHERE part = 'worth'), 0) AS worth_high,
        coalesce(sum(least(one, other)) FILTER (WHERE part = 'in'), 0) AS in_low,
        coalesce(sum(greatest(one, other)) FILTER (WHERE part = 'in'), 0) AS in_high,
        coalesce(sum(least(one, other)) FILTER (WHERE part = 'out'), 0) AS out_low,
        coalesce(sum(greatest(one, other)) FILTER (WHERE part = 'out'), 0) AS out_high,
        coalesce(sum(greatest(one, other)) FILTER (WHERE part = 'tax'), 0) AS tax_high,
        coalesce(sum(greatest(one, other)) FILTER (WHERE part = 'left'), 0) AS left_high,
        bool_or(sale) AS sale,
        bool_or(no_rate) AS no_rate,
        bool_or(part = 'worth' AND unknown_low) AS worth_unknown_low,
        bool_or(part = 'worth' AND unknown_high) AS worth_unknown_high,
        bool_or(part = 'in' AND unknown_high) AS in_unknown,
        bool_or(part IN ('out', 'tax') AND unknown_high) AS out_unknown,
        bool_or(part = 'left' AND unknown_high) AS left_unknown
    FROM valued
    GROUP BY declaration_id
),
bounded AS (
    SELECT
        p.declaration_id,
        p.before_id,
        p.person_id,
        p.year,
        p.currency,
        coalesce(s.no_rate, false) AS no_rate,
        coalesce(s.worth_unknown_low, false) AS unknown_worth,
        coalesce(s.in_unknown, false) AS unknown_inflow,
        CASE WHEN NOT coalesce(s.no_rate OR s.worth_unknown_low, false) THEN coalesce(s.worth_low, 0) END AS worth_low,
        CASE WHEN NOT coalesce(s.no_rate OR s.worth_unknown_high, false) THEN coalesce(s.worth_high, 0) END AS worth_high,
        CASE
            WHEN NOT coalesce(s.no_rate OR (s.sale AND s.left_unknown), false)
                THEN coalesce(s.in_low - CASE WHEN s.sale THEN s.left_high ELSE 0 END, 0)
        END AS inflow_low,
        CASE
            WHEN NOT p.lacks_income AND NOT coalesce(s.no_rate OR s.in_unknown, false) THEN coalesce(s.in_high, 0)
        END AS inflow_high,
        CASE WHEN NOT coalesce(s.no_rate, false) THEN coalesce(s.out_low, 0) END AS outflow_low,
        CASE
            WHEN NOT coalesce(s.no_rate OR s.out_unknown, false) THEN coalesce(s.out_high + s.tax_high, 0)
        END AS outflow_high
    FROM pair p
    LEFT JOIN part s ON s.declaration_id = p.declaration_id
)
SELECT
    declaration_id,
    before_id,
    person_id,
    year,
    currency,
    no_rate,
    unknown_worth,
    unknown_inflow,
    worth_low,
    worth_high,
    inflow_low,
    inflow_high,
    outflow_low,
    outflow_high,
    worth_low - inflow_high + outflow_low AS unexplained_low,
    worth_high - inflow_low + outflow_high AS unexplained_high
FROM bounded
