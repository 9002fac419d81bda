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
      kk: Екі жыл соңы арасындағы ең төмен бағаммен; екі жылда да үлесі бірдей, нөмірі бар мүлік, саны бірдей бағалы қағаз бен криптоактив, сол компаниядағы сол үлес және сол күні сол басқарушыға берілген мүлік өзгермеген деп саналады; өскен үлестің төленген бағасы, әйтпесе құнының оған анық тиесілі бөлігі алынады.
      ru: По наименьшему из курсов двух концов года; вещь с номером, доля в которой в оба года та же, те же бумаги и криптоактивы в том же количестве, та же доля в той же компании и имущество, переданное в тот же день тому же управляющему, считаются неизменными; от выросшей доли берётся уплаченная цена, иначе заведомо приходящаяся на неё часть стоимости.
      en: At the lowest rate of both year ends; a thing with a number of which the same share is held in both years, as many of the same securities or crypto-assets, the same share in the same company, and property handed to the same manager on the same day, count as unchanged; of a share that grew counts the price that was paid, else as much of the value as surely belongs to it.
  worth_high:
    title: {kk: Дәулеттің өзгерісі ең көбі, ru: Изменение состояния не больше, en: "Change of wealth, at most"}
    meaning:
      kk: Екі жыл соңы арасындағы ең жоғары бағаммен; өскен үлестен құнының оған тиесілі болуы мүмкін бөлігі алынады.
      ru: По наибольшему из курсов двух концов года; от выросшей доли берётся та часть стоимости, которая может на неё приходиться.
      en: At the highest rate of both year ends; of a share that grew counts as much of the value as may belong to it.
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
  declared_expense: []
steps: [current_declaration, declared_sum, declared_total, worth_row, earning_row, conversion_rate]
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
thing AS (
    SELECT
        p.declaration_id,
        p.side,
        e.table_name,
        e.object_number,
        e.currency,
        CASE WHEN e.share > 0 THEN e.share END AS share,
        e.amount,
        CASE WHEN p.side = 1 AND e.price > 0 AND extract(YEAR FROM e.acquired_date) = p.year THEN e.price END AS paid
    FROM place p
    JOIN worth_row e ON e.declaration_id = p.source_id
    WHERE e.table_name IN (
        'declared_real_estate',
        'declared_vehicle',
        'declared_trust',
        'declared_security',
        'declared_company_interest',
        'declared_crypto'
    )
        AND coalesce(e.owner, 'declarant') <> 'other'
),
kept AS (
    SELECT
        declaration_id,
        table_name,
        object_number,
        count(*) FILTER (WHERE side = 1) AS rows_now,
        count(*) FILTER (WHERE side = -1) AS rows_before,
        count(*) FILTER (WHERE side = 1 AND share IS NULL) AS unstated_now,
        count(*) FILTER (WHERE side = -1 AND share IS NULL) AS unstated_before,
        CAST(least(coalesce(sum(share) FILTER (WHERE side = 1), 0), 100) AS DECIMAL(9, 6)) AS stated_now,
        CAST(least(coalesce(sum(share) FILTER (WHERE side = -1), 0), 100) AS DECIMAL(9, 6)) AS stated_before
    FROM thing
    WHERE object_number <> ''
    GROUP BY declaration_id, table_name, object_number
    HAVING min(side) < max(side)
        -- Of pieces that are alike, as many must be there as were: another lot of the same size is an acquisition.
        AND (
            table_name IN ('declared_real_estate', 'declared_vehicle', 'declared_trust')
            OR count(*) FILTER (WHERE side = 1) = count(*) FILTER (WHERE side = -1)
        )
),
held AS (
    SELECT
        declaration_id,
        table_name,
        object_number,
        rows_now,
        rows_before,
        stated_now,
        stated_before,
        CAST(CASE WHEN unstated_now > 0 THEN 100 ELSE stated_now END AS DECIMAL(9, 6)) AS most_now,
        CAST(CASE WHEN unstated_before > 0 THEN 100 ELSE stated_before END AS DECIMAL(9, 6)) AS most_before
    FROM kept
    WHERE (stated_now <> stated_before OR unstated_now <> unstated_before) AND (stated_now > 0 OR stated_before > 0)
),
beyond AS (
    SELECT
        declaration_id,
        table_name,
        object_number,
        1 AS side,
        rows_now > 1 AS several,
        stated_now - most_before AS sure_part,
        most_now - stated_before AS possible_part,
        most_now AS most
    FROM held
    UNION ALL
    SELECT
        declaration_id,
        table_name,
        object_number,
        -1,
        rows_before > 1,
        stated_before - most_now,
        most_before - stated_now,
        most_before
    FROM held
),
-- Which part of a thing's value was gained or given up. The larger bound takes the value for that of the share, the smaller for
-- that of the whole thing; the quotient is that of whole numbers, rounded up, so that every engine gives the same.
share_part AS (
    SELECT
        declaration_id,
        table_name,
        object_number,
        side,
        sure_part > 0 AS sure,
        CAST(CASE WHEN several OR sure_part < 0 THEN 0 ELSE sure_part * 0.01 END AS DECIMAL(12, 8)) AS least_part,
        CAST(
            CASE
                WHEN several THEN 1
                ELSE (
                    (
                        CAST(possible_part * 1000000 AS BIGINT) * CAST(1000000 AS BIGINT)
                        + CAST(most * 1000000 AS BIGINT) - CAST(1 AS BIGINT)
                    ) // CAST(most * 1000000 AS BIGINT)
                ) * 0.000001
            END AS DECIMAL(12, 8)
        ) AS most_part
    FROM beyond
    WHERE possible_part > 0
),
gained AS (
    SELECT
        t.declaration_id,
        t.side,
        t.currency,
        t.amount,
        t.paid,
        s.sure,
        CAST(CAST(t.amount AS DECIMAL(20, 2)) * s.least_part AS DECIMAL(38, 2)) AS least_amount,
        CAST(CAST(t.amount AS DECIMAL(20, 2)) * s.most_part AS DECIMAL(38, 2)) AS most_amount
    FROM thing t
    JOIN share_part s
        ON s.declaration_id = t.declaration_id
        AND s.table_name = t.table_name
        AND s.object_number = t.object_number
        AND s.side = t.side
),
part_of_change AS (
    SELECT
        p.declaration_id,
        s.currency,
        s.loose AS worth_least,
        s.loose AS worth_most,
        CAST(NULL AS DECIMAL(38, 2)) AS gone,
        CAST(NULL AS DECIMAL(38, 2)) AS inflow,
        CAST(NULL AS DECIMAL(38, 2)) AS outflow,
        CAST(NULL AS DECIMAL(38, 2)) AS tax,
        false AS sold,
        s.unknown_debt AS unknown_low,
        s.unknown_loose AS unknown_high,
        false AS unknown_gone,
        false AS unknown_inflow,
        false AS unknown_outflow
    FROM pair p
    JOIN declared_sum s ON s.declaration_id = p.declaration_id
    UNION ALL
    SELECT
        p.declaration_id,
        s.currency,
        -s.loose,
        -s.loose,
        s.loose_assets,
        NULL,
        NULL,
        NULL,
        false,
        s.unknown_loose,
        s.unknown_debt,
        s.unknown_loose_asset,
        false,
        false
    FROM pair p
    JOIN declared_sum s ON s.declaration_id = p.before_id
    UNION ALL
    SELECT
        t.declaration_id,
        t.currency,
        t.side * coalesce(t.amount, t.paid),
        t.side * coalesce(t.amount, t.paid),
        CASE WHEN t.side = -1 THEN t.amount END,
        NULL,
        NULL,
        NULL,
        false,
        t.amount IS NULL AND t.side = -1,
        t.amount IS NULL AND t.paid IS NULL AND t.side = 1,
        t.amount IS NULL AND t.side = -1,
        false,
        false
    FROM thing t
    ANTI JOIN kept k
        ON k.declaration_id = t.declaration_id AND k.table_name = t.table_name AND k.object_number = t.object_number
    UNION ALL
    SELECT
        declaration_id,
        currency,
        CASE WHEN paid IS NULL THEN least_amount WHEN sure THEN paid END,
        greatest(most_amount, paid),
        NULL,
        NULL,
        NULL,
        NULL,
        false,
        false,
        amount IS NULL AND paid IS NULL,
        false,
        false,
        false
    FROM gained
    WHERE side = 1
    UNION ALL
    SELECT
        declaration_id,
        currency,
        -most_amount,
        -least_amount,
        most_amount,
        NULL,
        NULL,
        NULL,
        false,
        amount IS NULL,
        false,
        amount IS NULL,
        false,
        false
    FROM gained
    WHERE side = -1
    UNION ALL
    SELECT
        e.declaration_id,
        e.currency,
        NULL,
        NULL,
        NULL,
        e.amount,
        NULL,
        e.tax_withheld,
        e.class = 'sale',
        false,
        false,
        false,
        e.amount IS NULL,
        false
    FROM pair p
    JOIN earning_row e ON e.declaration_id = p.declaration_id
    WHERE coalesce(e.owner, 'declarant') <> 'other'
    UNION ALL
    SELECT
        x.declaration_id,
        x.currency,
        NULL,
        NULL,
        NULL,
        NULL,
        x.amount,
        NULL,
        false,
        false,
        false,
        false,
        false,
        x.amount IS NULL
    FROM pair p
    JOIN declared_expense x ON x.declaration_id = p.declaration_id
    WHERE coalesce(x.owner, 'declarant') <> 'other'
),
summed AS (
    SELECT
        declaration_id,
        currency,
        sum(worth_least) AS worth_least,
        sum(worth_most) AS worth_most,
        sum(gone) AS gone,
        sum(inflow) AS inflow,
        sum(outflow) AS outflow,
        sum(tax) AS tax,
        bool_or(sold) AS sold,
        bool_or(unknown_low) AS unknown_low,
        bool_or(unknown_high) AS unknown_high,
        bool_or(unknown_gone) AS unknown_gone,
        bool_or(unknown_inflow) AS unknown_inflow,
        bool_or(unknown_outflow) AS unknown_outflow
    FROM part_of_change
    GROUP BY declaration_id, currency
),
valued AS (
    SELECT
        s.declaration_id,
        s.sold,
        s.unknown_low,
        s.unknown_high,
        s.unknown_gone,
        s.unknown_inflow,
        s.unknown_outflow,
        false AS no_rate,
        s.worth_least,
        s.worth_least AS worth_least_next,
        s.worth_most,
        s.worth_most AS worth_most_next,
        s.gone,
        s.gone AS gone_next,
        s.inflow,
        s.inflow AS inflow_next,
        s.outflow,
        s.outflow AS outflow_next,
        s.tax,
        s.tax AS tax_next
    FROM pair p
    JOIN summed s ON s.declaration_id = p.declaration_id AND s.currency = p.currency
    UNION ALL
    SELECT
        s.declaration_id,
        s.sold,
        s.unknown_low,
        s.unknown_high,
        s.unknown_gone,
        s.unknown_inflow,
        s.unknown_outflow,
        r.rate IS NULL OR r.rate_next IS NULL,
        CAST(CAST(s.worth_least AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)),
        CAST(CAST(s.worth_least AS DECIMAL(20, 2)) * r.rate_next AS DECIMAL(32, 2)),
        CAST(CAST(s.worth_most AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)),
        CAST(CAST(s.worth_most AS DECIMAL(20, 2)) * r.rate_next AS DECIMAL(32, 2)),
        CAST(CAST(s.gone AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)),
        CAST(CAST(s.gone AS DECIMAL(20, 2)) * r.rate_next AS DECIMAL(32, 2)),
        CAST(CAST(s.inflow AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)),
        CAST(CAST(s.inflow AS DECIMAL(20, 2)) * r.rate_next AS DECIMAL(32, 2)),
        CAST(CAST(s.outflow AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)),
        CAST(CAST(s.outflow AS DECIMAL(20, 2)) * r.rate_next AS DECIMAL(32, 2)),
        CAST(CAST(s.tax AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)),
        CAST(CAST(s.tax AS DECIMAL(20, 2)) * r.rate_next AS DECIMAL(32, 2))
    FROM pair p
    JOIN summed s ON s.declaration_id = p.declaration_id AND s.currency IS DISTINCT FROM p.currency
    LEFT JOIN conversion_rate r
        ON r.currency = s.currency AND r.quote_currency = p.currency AND r.year = p.year_before
),
part AS (
    SELECT
        declaration_id,
        coalesce(sum(least(worth_least, worth_least_next)), 0) AS worth_low,
        coalesce(sum(greatest(worth_most, worth_most_next)), 0) AS worth_high,
        coalesce(sum(greatest(gone, gone_next)), 0) AS gone_high,
        coalesce(sum(least(inflow, inflow_next)), 0) AS inflow_low,
        coalesce(sum(greatest(inflow, inflow_next)), 0) AS inflow_high,
        coalesce(sum(least(outflow, outflow_next)), 0) AS outflow_low,
        coalesce(sum(greatest(outflow, outflow_next)), 0) + coalesce(sum(greatest(tax, tax_next)), 0) AS outflow_high,
        bool_or(sold) AS sold,
        bool_or(no_rate) AS no_rate,
        bool_or(unknown_low) AS unknown_low,
        bool_or(unknown_high) AS unknown_high,
        bool_or(unknown_gone) AS unknown_gone,
        bool_or(unknown_inflow) AS unknown_inflow,
        bool_or(unknown_outflow) AS unknown_outflow
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
        coalesce(s.unknown_low, false) AS unknown_worth,
        coalesce(s.unknown_inflow, false) AS unknown_inflow,
        CASE WHEN NOT coalesce(s.no_rate OR s.unknown_low, false) THEN coalesce(s.worth_low, 0) END AS worth_low,
        CASE WHEN NOT coalesce(s.no_rate OR s.unknown_high, false) THEN coalesce(s.worth_high, 0) END AS worth_high,
        CASE
            WHEN NOT coalesce(s.no_rate OR (s.sold AND s.unknown_gone), false)
                THEN coalesce(s.inflow_low - CASE WHEN s.sold THEN s.gone_high ELSE 0 END, 0)
        END AS inflow_low,
        CASE
            WHEN NOT p.lacks_income AND NOT coalesce(s.no_rate OR s.unknown_inflow, false) THEN coalesce(s.inflow_high, 0)
        END AS inflow_high,
        CASE WHEN NOT coalesce(s.no_rate, false) THEN coalesce(s.outflow_low, 0) END AS outflow_low,
        CASE
            WHEN NOT coalesce(s.no_rate OR s.unknown_outflow, false) THEN coalesce(s.outflow_high, 0)
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
