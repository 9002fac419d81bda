-- The same flags as the rule files ask for, written by hand as one script for one country whose declarations are
-- all in tenge: what an analyst who knows DuckDB would write. Rows of a flag go to the table `flag`.
-- Shared parts are tables made once; thresholds stand in the text.

SET preserve_insertion_order = false;

CREATE TABLE flag (rule VARCHAR, subject_id VARCHAR, object_id VARCHAR, amount DECIMAL(32, 2), since DATE, evidence VARCHAR[]);

CREATE TABLE unit AS SELECT year, amount AS mci FROM index_value WHERE currency = 'KZT';
CREATE TABLE rate AS
SELECT currency, year, rate FROM exchange_rate WHERE quote_currency = 'KZT' AND currency <> 'KZT'
UNION ALL SELECT 'KZT', year, 1 FROM unit;

CREATE TABLE d AS
SELECT id, person_id, year, make_date(year, 12, 31) AS year_end, form, body_id, country, mci,
    id = coalesce(max(id) FILTER (WHERE form = 'income') OVER w, max(id) OVER w) AS leads
FROM declaration JOIN unit USING (year)
WHERE is_current
WINDOW w AS (PARTITION BY person_id, year);

CREATE TABLE household AS
SELECT id AS declaration_id, person_id, year, year_end, mci, person_id AS member_id, 'declarant' AS role FROM d WHERE leads
UNION ALL
SELECT d.id, d.person_id, d.year, d.year_end, d.mci, t.relative_id, 'spouse'
FROM d JOIN family_tie t ON t.person_id = d.person_id AND t.kind = 'spouse' LEFT JOIN person p ON p.id = t.relative_id
WHERE leads AND coalesce(p.death_date, DATE '9999-01-01') > d.year_end AND coalesce(t.valid_from, DATE '0001-01-01') <= d.year_end AND coalesce(t.valid_to, DATE '9999-01-01') > d.year_end
UNION ALL
SELECT d.id, d.person_id, d.year, d.year_end, d.mci, t.relative_id, 'child'
FROM d JOIN family_tie t ON t.person_id = d.person_id AND t.kind = 'child' JOIN person p ON p.id = t.relative_id
WHERE leads AND p.birth_date <= d.year_end AND p.birth_date > d.year_end - INTERVAL 18 YEAR AND coalesce(p.death_date, DATE '9999-01-01') > d.year_end;

CREATE VIEW kin AS
SELECT person_id, relative_id FROM family_tie UNION SELECT relative_id, person_id FROM family_tie;
CREATE MACRO plain(name) AS trim(regexp_replace(replace(lower(name), 'ё', 'е'), '[ ,.«»"“”„]+', ' ', 'g'));
CREATE MACRO folded(name) AS left(regexp_replace(lower(trim(name)), ' +', ' ', 'g'), 80);

CREATE TABLE worth AS
SELECT e.declaration_id,
    sum(amount * rate) FILTER (WHERE class = 'cash') AS cash,
    sum(amount * rate) AS money,
    count(*) FILTER (WHERE amount IS NULL) AS unknown_money
FROM (
    SELECT declaration_id, owner, currency, amount, 'cash' AS class FROM declared_cash
    UNION ALL SELECT declaration_id, owner, currency, amount, 'account' FROM declared_account
) e
JOIN d ON d.id = e.declaration_id AND d.leads
LEFT JOIN rate r ON r.currency = e.currency AND r.year = d.year
WHERE coalesce(e.owner, '') <> 'other'
GROUP BY e.declaration_id;

CREATE TABLE earning AS
SELECT e.declaration_id,
    sum(amount * rate) FILTER (WHERE kind <> 'a gift') AS income,
    sum(amount * rate) FILTER (WHERE kind NOT IN ('a gift', 'sale') AND coalesce(owner, 'declarant') = 'declarant') AS own_income,
    sum(amount * rate) FILTER (WHERE kind = 'sale' AND coalesce(owner, 'declarant') = 'declarant') AS own_sales,
    sum(amount * rate) FILTER (WHERE kind = 'sale') AS sales,
    sum(amount * rate) FILTER (WHERE kind = 'a gift') AS gifts
FROM (
    SELECT declaration_id, owner, currency, amount, kind FROM declared_income
    UNION ALL SELECT declaration_id, owner, currency, value, 'a gift' FROM declared_gift
) e
JOIN d ON d.id = e.declaration_id AND d.leads
LEFT JOIN rate r ON r.currency = e.currency AND r.year = d.year
WHERE coalesce(e.owner, '') <> 'other'
GROUP BY e.declaration_id;

CREATE TABLE outlay AS
SELECT e.declaration_id,
    greatest(coalesce(sum(amount * rate) FILTER (WHERE class = 'thing'), 0),
        coalesce(sum(amount * rate) FILTER (WHERE class = 'listed'), 0)) AS purchases,
    sum(amount * rate) FILTER (WHERE class = 'debt') AS new_debts
FROM (
    SELECT declaration_id, owner, currency, price AS amount, 'thing' AS class, acquired_date AS day FROM declared_real_estate
        WHERE price > 0 AND acquired_date IS NOT NULL AND coalesce(basis, 'ownership') IN ('ownership', 'joint ownership')
    UNION ALL SELECT declaration_id, owner, currency, price, 'thing', acquired_date FROM declared_vehicle
        WHERE price > 0 AND acquired_date IS NOT NULL AND coalesce(basis, 'ownership') IN ('ownership', 'joint ownership')
    UNION ALL SELECT declaration_id, owner, currency, value, 'thing', acquired_date FROM declared_valuable
        WHERE value > 0 AND acquired_date IS NOT NULL
    UNION ALL SELECT declaration_id, owner, currency, price, 'listed', NULL FROM declared_acquisition WHERE price > 0
    UNION ALL SELECT declaration_id, owner, currency, amount, 'debt', since_date FROM declared_claim
        WHERE direction = 'payable' AND amount > 0
) e
JOIN d ON d.id = e.declaration_id AND d.leads AND (e.day IS NULL OR year(e.day) = d.year)
LEFT JOIN rate r ON r.currency = e.currency AND r.year = d.year
WHERE coalesce(e.owner, '') <> 'other'
GROUP BY e.declaration_id;

CREATE TABLE total AS
SELECT d.*, coalesce(income, 0) AS income, coalesce(own_income, 0) AS own_income, coalesce(own_sales, 0) AS own_sales, coalesce(sales, 0) AS sales,
    coalesce(gifts, 0) AS gifts, coalesce(cash, 0) AS cash, coalesce(money, 0) AS money,
    coalesce(unknown_money, 0) AS unknown_money,
    coalesce(purchases, 0) AS purchases, coalesce(new_debts, 0) AS new_debts
FROM d
LEFT JOIN worth w ON w.declaration_id = d.id
LEFT JOIN earning e ON e.declaration_id = d.id
LEFT JOIN outlay o ON o.declaration_id = d.id
WHERE leads;

CREATE TABLE step AS
SELECT n.*, b.id AS before_id, b.money AS money_before, b.unknown_money AS unknown_money_before
FROM total n JOIN total b ON b.person_id = n.person_id AND b.year = n.year - 1
WHERE n.form <> 'assets' OR n.income > 0;

-- The largest rows behind a sum, for those few that are flagged.
CREATE VIEW worth_row AS
SELECT declaration_id, 'declared_cash/' || row_id AS name, amount, 'money' AS part FROM declared_cash WHERE coalesce(owner, '') <> 'other'
UNION ALL SELECT declaration_id, 'declared_account/' || row_id, amount, 'money' FROM declared_account WHERE coalesce(owner, '') <> 'other'
UNION ALL SELECT declaration_id, 'declared_claim/' || row_id, amount, 'thing' FROM declared_claim WHERE coalesce(owner, '') <> 'other'
UNION ALL SELECT declaration_id, 'declared_real_estate/' || row_id, value, 'thing' FROM declared_real_estate WHERE coalesce(owner, '') <> 'other'
UNION ALL SELECT declaration_id, 'declared_vehicle/' || row_id, value, 'thing' FROM declared_vehicle WHERE coalesce(owner, '') <> 'other'
UNION ALL SELECT declaration_id, 'declared_security/' || row_id, value, 'thing' FROM declared_security WHERE coalesce(owner, '') <> 'other'
UNION ALL SELECT declaration_id, 'declared_company_interest/' || row_id, value, 'thing' FROM declared_company_interest WHERE coalesce(owner, '') <> 'other'
UNION ALL SELECT declaration_id, 'declared_crypto/' || row_id, value, 'thing' FROM declared_crypto WHERE coalesce(owner, '') <> 'other'
UNION ALL SELECT declaration_id, 'declared_valuable/' || row_id, value, 'thing' FROM declared_valuable WHERE coalesce(owner, '') <> 'other'
UNION ALL SELECT declaration_id, 'declared_trust/' || row_id, value, 'thing' FROM declared_trust WHERE coalesce(owner, '') <> 'other';
CREATE VIEW earning_row AS
SELECT declaration_id, 'declared_income/' || row_id AS name, amount FROM declared_income WHERE coalesce(owner, '') <> 'other'
UNION ALL SELECT declaration_id, 'declared_gift/' || row_id, value FROM declared_gift WHERE coalesce(owner, '') <> 'other';
CREATE VIEW outlay_row AS
SELECT declaration_id, 'declared_real_estate/' || row_id AS name, price AS amount, year(acquired_date) AS year FROM declared_real_estate WHERE price > 0
UNION ALL SELECT declaration_id, 'declared_vehicle/' || row_id, price, year(acquired_date) FROM declared_vehicle WHERE price > 0
UNION ALL SELECT declaration_id, 'declared_valuable/' || row_id, value, year(acquired_date) FROM declared_valuable WHERE value > 0
UNION ALL SELECT declaration_id, 'declared_acquisition/' || row_id, price, NULL FROM declared_acquisition WHERE price > 0
UNION ALL SELECT declaration_id, 'declared_claim/' || row_id, amount, year(since_date) FROM declared_claim WHERE direction = 'payable' AND amount > 0;

-- Property of the household that is in a register and not in the declaration, and the other way round.
CREATE TABLE held AS
SELECT h.declaration_id, h.person_id, h.member_id, h.year, h.year_end, l.id, l.object_number, l.valid_to, coalesce(market_value, price) AS worth
FROM household h JOIN land_register l ON l.owner_person_id = h.member_id
WHERE coalesce(l.valid_from, h.year_end) <= h.year_end AND coalesce(l.valid_to, h.year_end) >= h.year_end;

INSERT INTO flag
SELECT 'undeclared-real-estate', person_id, object_number, sum(worth), min(year_end),
    ['declaration/' || min(declaration_id)] || list_sort(list('land_register/' || id))
FROM (
    SELECT DISTINCT h.* FROM held h
    ANTI JOIN (
        SELECT d.person_id, d.year, r.object_number FROM declared_real_estate r JOIN d ON d.id = r.declaration_id
    ) x ON x.person_id IN (h.person_id, h.member_id) AND x.year = h.year AND x.object_number = h.object_number
    WHERE h.valid_to IS NULL OR h.valid_to > h.year_end
    QUALIFY h.year = min(h.year) OVER (PARTITION BY h.person_id, h.object_number)
)
GROUP BY person_id, object_number;

INSERT INTO flag
SELECT 'real-estate-not-in-register', person_id, object_number, sum(worth), min(year_end),
    list_sort(list('declared_real_estate/' || row_id))
FROM (
    SELECT d.person_id, d.year_end, r.row_id, r.object_number, coalesce(r.value, r.price) AS worth
    FROM declared_real_estate r JOIN d ON d.id = r.declaration_id
    ANTI JOIN held h ON h.person_id = d.person_id AND h.year = d.year AND h.object_number = r.object_number
    WHERE r.basis = 'ownership' AND coalesce(r.owner, '') <> 'other' AND r.object_number IS NOT NULL AND r.country = d.country
    QUALIFY d.year = min(d.year) OVER (PARTITION BY d.person_id, r.object_number)
)
GROUP BY person_id, object_number;

INSERT INTO flag
SELECT 'undeclared-vehicle', person_id, object_number, sum(worth), min(year_end),
    ['declaration/' || min(declaration_id)] || list_sort(list('vehicle_register/' || id))
FROM (
    SELECT DISTINCT h.declaration_id, h.person_id, h.year, h.year_end, v.id, v.object_number, coalesce(v.market_value, v.price) AS worth
    FROM household h JOIN vehicle_register v ON v.owner_person_id = h.member_id
    ANTI JOIN (
        SELECT d.person_id, d.year, r.object_number FROM declared_vehicle r JOIN d ON d.id = r.declaration_id
    ) x ON x.person_id IN (h.person_id, h.member_id) AND x.year = h.year AND x.object_number = v.object_number
    WHERE coalesce(v.valid_from, h.year_end) <= h.year_end AND (v.valid_to IS NULL OR v.valid_to > h.year_end)
    QUALIFY h.year = min(h.year) OVER (PARTITION BY h.person_id, v.object_number)
)
GROUP BY person_id, object_number;

CREATE TABLE balance AS
SELECT h.declaration_id, h.person_id, h.member_id, h.year, h.year_end, h.mci, h.role, b.id, b.country, b.account_number, (b.balance * r.rate)::DECIMAL(32, 2) AS worth
FROM bank_balance b
JOIN household h ON h.member_id = b.person_id AND h.year = b.year
LEFT JOIN rate r ON r.currency = b.currency AND r.year = b.year;

INSERT INTO flag
SELECT 'undeclared-account', b.person_id, b.year || ':' || b.account_number, b.worth - coalesce(a.worth, 0), b.year_end,
    ['declaration/' || b.declaration_id, 'bank_balance/' || b.id]
FROM (
    SELECT declaration_id, person_id, year, year_end, mci, account_number, max(id) AS id, max(worth) AS worth
    FROM balance b
    ANTI JOIN (
        SELECT d.person_id, d.year, a.account_number, a.amount * r.rate AS worth
        FROM declared_account a JOIN d ON d.id = a.declaration_id LEFT JOIN rate r ON r.currency = a.currency AND r.year = d.year
    ) o ON o.person_id = b.member_id AND o.year = b.year AND o.account_number = b.account_number AND o.worth >= b.worth * 0.5
    WHERE role <> 'child'
    GROUP BY ALL
    HAVING max(worth) > 300 * any_value(mci)
) b
LEFT JOIN (
    SELECT d.person_id, d.year, a.account_number, sum(a.amount * r.rate)::DECIMAL(32, 2) AS worth
    FROM declared_account a JOIN d ON d.id = a.declaration_id LEFT JOIN rate r ON r.currency = a.currency AND r.year = d.year
    GROUP BY ALL
) a ON a.person_id = b.person_id AND a.year = b.year AND a.account_number = b.account_number
WHERE coalesce(a.worth, 0) * 100 < b.worth * 50 AND b.worth - coalesce(a.worth, 0) > 300 * b.mci;

INSERT INTO flag
SELECT 'foreign-account', person_id, year || ':' || account, max(worth), min(year_end), list_sort(list(DISTINCT name))
FROM (
    SELECT d.person_id, d.year, d.year_end, d.mci, coalesce(a.account_number, a.row_id) AS account, a.amount * r.rate AS worth,
        'declared_account/' || a.row_id AS name
    FROM declared_account a JOIN d ON d.id = a.declaration_id AND d.leads JOIN rate r ON r.currency = a.currency AND r.year = d.year
    WHERE a.country <> d.country AND coalesce(a.owner, '') <> 'other'
    UNION ALL
    SELECT b.person_id, b.year, b.year_end, b.mci, coalesce(b.account_number, b.id), b.worth, 'bank_balance/' || b.id
    FROM balance b WHERE b.country <> 'KZ'
)
GROUP BY person_id, year, account
HAVING max(worth) > 100 * min(mci);

INSERT INTO flag
SELECT 'undeclared-income', t.person_id, t.year, i.income - t.own_income - least(t.own_sales, i.sales), t.year_end, ['declaration/' || t.id] || i.names || x.names
FROM total t
LEFT JOIN (
    SELECT declaration_id, list_sort(list('declared_income/' || row_id)) AS names FROM declared_income WHERE coalesce(owner, 'declarant') = 'declarant' GROUP BY ALL
) x ON x.declaration_id = t.id
JOIN (
    SELECT i.person_id, i.year, sum(i.amount * r.rate) AS income, coalesce(sum(i.amount * r.rate) FILTER (WHERE i.kind = 'sale'), 0) AS sales,
        list_sort(list('income_record/' || i.id)) AS names
    FROM income_record i SEMI JOIN d USING (person_id, year) LEFT JOIN rate r ON r.currency = i.currency AND r.year = i.year
    GROUP BY ALL
) i ON i.person_id = t.person_id AND i.year = t.year
WHERE (t.form <> 'assets' OR t.income > 0) AND i.income * 100 > (t.own_income + least(t.own_sales, i.sales)) * 110
    AND i.income - t.own_income - least(t.own_sales, i.sales) > 100 * t.mci;

INSERT INTO flag
SELECT 'undeclared-company-interest', person_id, company_id, NULL, min(year_end),
    ['declaration/' || min(declaration_id)] || list_sort(list('ownership/' || id))
FROM (
    SELECT DISTINCT h.declaration_id, h.person_id, h.year, h.year_end, o.id, o.company_id
    FROM household h JOIN ownership o ON o.owner_person_id = h.member_id LEFT JOIN company c ON c.id = o.company_id
    ANTI JOIN (
        SELECT d.person_id, d.year, r.company_id, lower(trim(r.company_name)) AS name
        FROM declared_company_interest r JOIN d ON d.id = r.declaration_id
    ) x ON x.person_id IN (h.person_id, h.member_id) AND x.year = h.year AND x.company_id = o.company_id
    ANTI JOIN (
        SELECT d.person_id, d.year, lower(trim(r.company_name)) AS name
        FROM declared_company_interest r JOIN d ON d.id = r.declaration_id
    ) y ON y.person_id IN (h.person_id, h.member_id) AND y.year = h.year AND y.name = lower(trim(c.name))
    WHERE h.role <> 'child' AND o.share >= 1
        AND coalesce(o.valid_from, h.year_end) <= h.year_end AND (o.valid_to IS NULL OR o.valid_to > h.year_end)
        AND (c.closed_date IS NULL OR c.closed_date > h.year_end)
    QUALIFY h.year = min(h.year) OVER (PARTITION BY h.person_id, o.company_id)
)
GROUP BY person_id, company_id;

CREATE TABLE short AS
SELECT *, purchases - means AS amount
FROM (
    SELECT s.*, income + gifts + new_debts + money_before + greatest(coalesce(x.price, 0) - sales, 0) AS means
    FROM step s
    LEFT JOIN (
        SELECT previous_owner_id, year, sum(price * rate) AS price
        FROM (
            SELECT previous_owner_id, year(valid_from) AS year, currency, price FROM land_register
            UNION ALL SELECT previous_owner_id, year(valid_from), currency, price FROM vehicle_register
        ) JOIN rate USING (currency, year)
        WHERE previous_owner_id IS NOT NULL
        GROUP BY ALL
    ) x ON x.previous_owner_id = s.person_id AND x.year = s.year
    WHERE purchases > 0 AND unknown_money_before = 0
)
WHERE purchases * 100 > means * 120 AND purchases - means > 1000 * mci;

INSERT INTO flag
SELECT 'acquisitions-above-means', s.person_id, s.year, s.amount, s.year_end, ['declaration/' || s.before_id, 'declaration/' || s.id] || e.names
FROM short s
LEFT JOIN (
    SELECT id, list_sort(list(name)) AS names
    FROM (
        SELECT * FROM (
        SELECT id, 'outlay' AS part, name, e.amount FROM short s JOIN outlay_row e ON e.declaration_id = s.id AND coalesce(e.year, s.year) = s.year
        UNION ALL SELECT id, 'earning', name, e.amount FROM short s JOIN earning_row e ON e.declaration_id = s.id
        UNION ALL SELECT id, 'money', name, e.amount FROM short s JOIN worth_row e ON e.declaration_id = s.before_id AND e.part = 'money'
        UNION ALL SELECT s.id, 'sale', 'land_register/' || l.id, l.price FROM short s JOIN land_register l ON l.previous_owner_id = s.person_id AND year(l.valid_from) = s.year
        UNION ALL SELECT s.id, 'sale', 'vehicle_register/' || l.id, l.price FROM short s JOIN vehicle_register l ON l.previous_owner_id = s.person_id AND year(l.valid_from) = s.year
        )
        QUALIFY row_number() OVER (PARTITION BY id, part ORDER BY amount DESC, name) <= 9
    )
    GROUP BY id
) e ON e.id = s.id;

-- Least growth of wealth between two year ends: each currency at the cheaper of both rates, whatever is unknown taken for
-- the declarant. What stands in both years is left out: numbered things and property in trust, and as many lots of the same
-- security, crypto-asset or company share. Of a share that grew counts the price paid for all of what was gained, else as much
-- of the value as it surely is; of one that shrank goes the most that it may be. Only the least decides, so no upper end is made.
CREATE TABLE change AS
WITH side AS (
    SELECT id, id AS declaration_id, year, 1 AS sign FROM step
    UNION ALL SELECT id, before_id, year, -1 FROM step
),
thing AS (
    SELECT s.id, s.sign, e.kind, e.object_number, e.currency, if(e.share > 0, e.share, NULL) AS share, e.value,
        if(s.sign = 1 AND e.price > 0 AND year(e.acquired_date) = s.year, e.price, NULL) AS paid
    FROM side s
    JOIN (
        SELECT 'land' AS kind, declaration_id, owner, basis, object_number, share, currency, value, price, acquired_date FROM declared_real_estate
        UNION ALL
        SELECT 'vehicle', declaration_id, owner, basis, object_number, share, currency, value, price, acquired_date FROM declared_vehicle
        UNION ALL
        SELECT 'trust', declaration_id, owner, NULL, since_date || ' ' || coalesce(manager, '') || ' ' || nullif(description, ''), NULL, currency, value, NULL, NULL
        FROM declared_trust
        UNION ALL
        SELECT 'security', declaration_id, owner, NULL, lower(trim(nullif(issuer, ''))) || ' ' || coalesce(kind, '') || ' ' || quantity, NULL, currency, value, NULL, NULL
        FROM declared_security
        UNION ALL
        SELECT 'interest', declaration_id, owner, NULL, lower(trim(nullif(company_name, ''))) || ' ' || share, NULL, currency, value, NULL, NULL
        FROM declared_company_interest
        UNION ALL
        SELECT 'crypto', declaration_id, owner, NULL, lower(trim(nullif(asset, ''))) || ' ' || quantity, NULL, currency, value, NULL, NULL FROM declared_crypto
    ) e USING (declaration_id)
    WHERE coalesce(e.basis, 'ownership') IN ('ownership', 'joint ownership') AND coalesce(e.owner, '') <> 'other'
),
stayed AS (
    SELECT id, kind, object_number, now_rows, before_rows, shares_now, shares_before,
        if(open_now > 0, 100, shares_now) AS most_now, if(open_before > 0, 100, shares_before) AS most_before,
        (shares_now > 0 OR shares_before > 0) AND (shares_now <> shares_before OR open_now <> open_before) AS differs
    FROM (
        SELECT id, kind, object_number, count(*) FILTER (WHERE sign = 1) AS now_rows, count(*) FILTER (WHERE sign = -1) AS before_rows,
            least(coalesce(sum(share) FILTER (WHERE sign = 1), 0), 100) AS shares_now,
            least(coalesce(sum(share) FILTER (WHERE sign = -1), 0), 100) AS shares_before,
            count(*) FILTER (WHERE sign = 1 AND share IS NULL) AS open_now,
            count(*) FILTER (WHERE sign = -1 AND share IS NULL) AS open_before
        FROM thing
        WHERE object_number <> ''
        GROUP BY id, kind, object_number
    )
    WHERE now_rows > 0 AND before_rows > 0 AND (kind IN ('land', 'vehicle', 'trust') OR now_rows = before_rows)
),
moved AS (
    SELECT id, currency, sum(sign * amount) AS units, bool_or(amount IS NULL AND sign = CASE WHEN debt THEN 1 ELSE -1 END) AS unsure
    FROM (
        SELECT t.id, t.currency, t.sign, coalesce(t.value, t.paid) AS amount, false AS debt
        FROM thing t
        ANTI JOIN stayed o ON o.id = t.id AND o.kind = t.kind AND o.object_number = t.object_number
        UNION ALL
        SELECT t.id, t.currency, 1, CASE
                WHEN t.paid IS NULL THEN if(b.now_rows > 1, 0, t.value * greatest(b.shares_now - b.most_before, 0) / 100)::DECIMAL(32, 2)
                WHEN b.shares_now > b.most_before THEN t.paid
            END, false
        FROM stayed b JOIN thing t ON t.id = b.id AND t.kind = b.kind AND t.object_number = b.object_number
        WHERE b.differs AND t.sign = 1 AND b.most_now > b.shares_before
        UNION ALL
        SELECT t.id, t.currency, -1, if(b.before_rows > 1, t.value, t.value * (b.most_before - b.shares_now) / b.most_before)::DECIMAL(32, 2), false
        FROM stayed b JOIN thing t ON t.id = b.id AND t.kind = b.kind AND t.object_number = b.object_number
        WHERE b.differs AND t.sign = -1 AND b.most_before > b.shares_now
        UNION ALL
        SELECT s.id, e.currency, s.sign, e.amount, e.debt
        FROM side s
        JOIN (
            SELECT declaration_id, owner, currency, amount, false AS debt FROM declared_cash
            UNION ALL SELECT declaration_id, owner, currency, amount, false FROM declared_account
            UNION ALL SELECT declaration_id, owner, currency, if(direction = 'payable', -amount, amount), coalesce(direction = 'payable', false) FROM declared_claim
            UNION ALL SELECT declaration_id, owner, currency, value, false FROM declared_valuable
        ) e USING (declaration_id)
        WHERE coalesce(e.owner, '') <> 'other'
    )
    GROUP BY id, currency
),
flow AS (
    SELECT e.declaration_id AS id, e.currency, sum(e.earned) AS earned, sum(e.spent) AS spent, bool_or(e.earned IS NULL AND e.spent IS NULL) AS unsure
    FROM step s
    JOIN (
        SELECT declaration_id, owner, currency, amount AS earned, NULL AS spent FROM declared_income
        UNION ALL SELECT declaration_id, owner, currency, value, NULL FROM declared_gift
        UNION ALL SELECT declaration_id, owner, currency, NULL, coalesce(amount, 0) FROM declared_expense
    ) e ON e.declaration_id = s.id
    WHERE coalesce(e.owner, '') <> 'other'
    GROUP BY ALL
),
rated AS (
    SELECT s.id, v.unsure OR b.rate IS NULL OR n.rate IS NULL AS unsure, least(b.rate, n.rate) AS low, greatest(b.rate, n.rate) AS high,
        v.units, v.earned, v.spent
    FROM (
        SELECT id, currency, unsure, units, NULL AS earned, NULL AS spent FROM moved
        UNION ALL SELECT id, currency, unsure, NULL, earned, spent FROM flow
    ) v
    JOIN step s USING (id)
    LEFT JOIN rate b ON b.currency = v.currency AND b.year = s.year - 1
    LEFT JOIN rate n ON n.currency = v.currency AND n.year = s.year
),
least_growth AS (
    SELECT id, coalesce(sum(units * if(units < 0, high, low)), 0) AS worth, coalesce(sum(earned * high), 0) AS earned, coalesce(sum(spent * low), 0) AS spent
    FROM rated
    GROUP BY id
    HAVING NOT bool_or(unsure)
)
SELECT s.id, s.before_id, s.person_id, s.year, s.year_end, s.mci, worth + spent - g.earned AS unexplained, g.earned,
    (worth + spent - g.earned) * 100 > g.earned * 20 AND worth + spent - g.earned > 2000 * s.mci AS alone
FROM step s JOIN least_growth g USING (id);
CREATE VIEW grown AS SELECT *, unexplained AS amount FROM change WHERE alone;

INSERT INTO flag
SELECT 'wealth-growth-unexplained', g.person_id, g.year, g.amount, g.year_end, ['declaration/' || g.before_id, 'declaration/' || g.id] || e.names
FROM grown g
LEFT JOIN (
    SELECT id, list_sort(list(name)) AS names
    FROM (
        SELECT * FROM (
        SELECT id, 'now' AS part, name, e.amount FROM grown g JOIN worth_row e ON e.declaration_id = g.id
        UNION ALL SELECT id, 'before', name, e.amount FROM grown g JOIN worth_row e ON e.declaration_id = g.before_id
        UNION ALL SELECT id, 'earning', name, e.amount FROM grown g JOIN earning_row e ON e.declaration_id = g.id
        UNION ALL SELECT id, 'outlay', 'declared_expense/' || row_id, e.amount FROM grown g JOIN declared_expense e ON e.declaration_id = g.id
        )
        QUALIFY row_number() OVER (PARTITION BY id, part ORDER BY amount DESC, name) <= 12
    )
    GROUP BY id
) e ON e.id = g.id;

INSERT INTO flag
SELECT 'cash-above-peers', person_id, year, cash, year_end, list_sort(list('declared_cash/' || row_id))
FROM (
    SELECT *, count(*) OVER b AS in_body, median(cash) OVER b AS of_body, count(*) OVER c AS in_country, median(cash) OVER c AS of_country
    FROM total WHERE cash > 0
    WINDOW b AS (PARTITION BY body_id, year), c AS (PARTITION BY country, year)
) t
JOIN declared_cash r ON r.declaration_id = t.id AND coalesce(r.owner, '') <> 'other'
WHERE cash > 3000 * mci AND in_country >= 5 AND cash > 10 * if(body_id IS NOT NULL AND in_body >= 5, of_body, of_country)
GROUP BY person_id, year, cash, year_end;

INSERT INTO flag
SELECT 'gift-above-limit', d.person_id, d.year || ':' || coalesce(g.giver_id, folded(g.giver)), sum(g.value * r.rate),
    min(d.year_end), list_sort(list('declared_gift/' || g.row_id))
FROM declared_gift g
JOIN d ON d.id = g.declaration_id AND d.leads
JOIN rate r ON r.currency = g.currency AND r.year = d.year
ANTI JOIN (
    SELECT DISTINCT h.declaration_id, t.relative_id
    FROM household h JOIN kin t ON t.person_id = h.member_id
    WHERE h.role <> 'child' AND h.declaration_id IN (SELECT declaration_id FROM declared_gift)
) t ON t.declaration_id = g.declaration_id AND t.relative_id = g.giver_id
WHERE coalesce(g.owner, '') <> 'other' AND coalesce(g.giver_id, g.giver) IS NOT NULL
GROUP BY d.person_id, d.year, coalesce(g.giver_id, folded(g.giver))
HAVING sum(g.value * r.rate) > 100 * min(d.mci);

INSERT INTO flag
WITH loan AS (
    SELECT d.person_id, coalesce(c.counterparty_id, folded(c.counterparty), c.row_id) AS lender, d.year, min(d.year_end) AS year_end,
        min(d.mci) AS mci, min(k.id) AS company_id, sum(c.amount * r.rate) AS worth, list_sort(list('declared_claim/' || c.row_id)) AS names
    FROM declared_claim c
    JOIN d ON d.id = c.declaration_id AND d.leads
    JOIN rate r ON r.currency = c.currency AND r.year = d.year
    LEFT JOIN company k ON k.id = c.counterparty_id
    LEFT JOIN person p ON p.id = c.counterparty_id
    ANTI JOIN kin t ON t.person_id = d.person_id AND t.relative_id = c.counterparty_id
    WHERE c.direction = 'payable' AND coalesce(c.owner, '') <> 'other' AND NOT coalesce(starts_with(k.activity, '64'), false)
        AND (c.kind = 'private loan' OR c.kind IS NOT NULL AND (k.id IS NOT NULL OR p.id IS NOT NULL))
    GROUP BY ALL
),
large AS (
    SELECT l.*, lag(year) OVER (PARTITION BY l.person_id, lender ORDER BY year) AS year_before
    FROM loan l
    LEFT JOIN (
        SELECT l.person_id, l.lender, l.year, min(a.id) AS appointment_id
        FROM loan l
        JOIN appointment a ON a.person_id = l.person_id
        JOIN post s ON s.id = a.post_id AND (s.licences OR s.inspects OR s.procures)
        WHERE l.company_id IS NOT NULL
            AND a.valid_from <= l.year_end AND (a.valid_to IS NULL OR a.valid_to > l.year_end - INTERVAL 1 YEAR)
        GROUP BY ALL
    ) p USING (person_id, lender, year)
    WHERE l.worth > if(p.appointment_id IS NULL, 1000, 200) * l.mci
)
SELECT 'private-loan', person_id, lender || ':' || year, worth, year_end, names
FROM large WHERE coalesce(year_before < year - 1, true);

INSERT INTO flag
SELECT 'identical-values', person_id, t.year, NULL, min(year_end), ['declaration/' || min(id)]
FROM (
    SELECT *, lead(year, 1) OVER w = year + 1 AND lead(year, 2) OVER w = year + 2
        AND coalesce(lag(year) OVER w <> year - 1 OR lead(year, 1) OVER w IS NULL, true) AS begins
    FROM (
        SELECT d.id, d.person_id, d.year, d.year_end, d.mci, e.currency, sum(e.worth) AS worth
        FROM (
            SELECT declaration_id, owner, currency, amount AS cash, amount AS worth FROM declared_cash
            UNION ALL SELECT declaration_id, owner, currency, 0, value FROM declared_valuable
        ) e
        JOIN d ON d.id = e.declaration_id AND d.leads
        WHERE coalesce(e.owner, '') <> 'other'
        GROUP BY ALL
        HAVING sum(e.cash) > 0 AND sum(e.worth) % 1000 = 0
    )
    WINDOW w AS (PARTITION BY person_id, currency, worth ORDER BY year)
) t JOIN rate r ON r.currency = t.currency AND r.year = t.year
WHERE begins AND t.worth * r.rate > 100 * t.mci
GROUP BY person_id, t.year;

INSERT INTO flag
SELECT 'late-or-missing', o.person_id, o.form || ':' || o.year, NULL, o.due_date, ['obligation/' || o.id]
FROM obligation o
LEFT JOIN (
    SELECT person_id, form, year, min(filed_date) AS filed_date, count(*) FILTER (WHERE filed_date IS NULL) AS undated FROM declaration GROUP BY ALL
) f ON f.person_id = o.person_id AND f.form = o.form AND f.year = o.year
WHERE f.person_id IS NULL AND o.due_date < (
        SELECT max(filed_date)
        FROM declaration JOIN (SELECT form, year, min(due_date) AS due FROM obligation GROUP BY ALL) USING (form, year)
        WHERE filed_date <= due + 180
    ) OR f.undated = 0
    AND f.filed_date > o.due_date;

INSERT INTO flag
WITH sale AS (
    SELECT 'land_register/' || id AS name, object_number, owner_person_id, owner_company_id, previous_owner_id, valid_from, market_value - price AS below
    FROM land_register WHERE price > 0 AND price::DECIMAL(28, 2) * 100 < market_value::DECIMAL(28, 2) * 50
    UNION ALL
    SELECT 'vehicle_register/' || id, object_number, owner_person_id, owner_company_id, previous_owner_id, valid_from, market_value - price
    FROM vehicle_register WHERE price > 0 AND price::DECIMAL(28, 2) * 100 < market_value::DECIMAL(28, 2) * 50
),
bought AS (
    SELECT s.*, t.id AS tie_id, t.relative_id
    FROM sale s SEMI JOIN d ON d.person_id = s.previous_owner_id JOIN family_tie t ON t.person_id = s.previous_owner_id
    WHERE coalesce(t.valid_from, s.valid_from) <= s.valid_from AND (t.valid_to IS NULL OR t.valid_to > s.valid_from)
)
SELECT 'sold-to-relative-below-market', previous_owner_id, object_number, sum(below), min(valid_from), list('family_tie/' || tie_id)
FROM (
    SELECT b.name, previous_owner_id, object_number, b.valid_from, below, min(tie_id) AS tie_id
    FROM bought b
    LEFT JOIN company k ON k.id = b.owner_company_id
    LEFT JOIN ownership o ON o.company_id = b.owner_company_id AND o.owner_person_id = b.relative_id
        AND coalesce(o.valid_from, b.valid_from) <= b.valid_from AND (o.valid_to IS NULL OR o.valid_to > b.valid_from)
    WHERE relative_id = b.owner_person_id OR k.head_id = relative_id OR o.id IS NOT NULL
    GROUP BY ALL
)
GROUP BY previous_owner_id, object_number;

INSERT INTO flag
WITH divorce AS (
    SELECT t.person_id, t.relative_id, max(t.id) AS tie_id, max(t.valid_to) AS day, max(t.valid_to) + INTERVAL 1 YEAR AS later
    FROM (SELECT person_id, min(year) AS first, max(year) AS last FROM d GROUP BY ALL) d
    JOIN family_tie t ON t.person_id = d.person_id AND t.kind = 'spouse' AND year(t.valid_to) BETWEEN d.first AND d.last
    LEFT JOIN person p ON p.id = t.relative_id
    ANTI JOIN family_tie a ON a.person_id = t.person_id AND a.relative_id = t.relative_id AND a.kind = 'spouse' AND a.valid_to IS NULL
    WHERE p.death_date IS NULL OR p.death_date > t.valid_to
    GROUP BY ALL
),
home AS (
    SELECT v.person_id, r.dwelling, v.relative_id, v.tie_id, v.day, v.later
    FROM divorce v JOIN residence r ON r.person_id = v.person_id
    WHERE coalesce(r.valid_from, v.day) <= v.later AND (r.valid_to IS NULL OR r.valid_to >= v.later)
),
together AS (
    SELECT DISTINCT h.person_id, h.relative_id, h.tie_id, h.day
    FROM home h JOIN residence r ON r.person_id = h.relative_id AND r.dwelling = h.dwelling
    WHERE coalesce(r.valid_from, h.day) <= h.later AND (r.valid_to IS NULL OR r.valid_to >= h.later)
)
SELECT 'divorced-same-household', t.person_id, t.relative_id, sum(p.worth), min(t.day), ['family_tie/' || min(t.tie_id)] || list_sort(list(p.name))
FROM together t
JOIN (
    SELECT 'land_register/' || id AS name, owner_person_id, valid_from, coalesce(market_value, price) AS worth FROM land_register
    UNION ALL SELECT 'vehicle_register/' || id, owner_person_id, valid_from, coalesce(market_value, price) FROM vehicle_register
) p ON p.owner_person_id = t.relative_id AND p.valid_from > t.day
JOIN unit u ON u.year = year(p.valid_from)
GROUP BY t.person_id, t.relative_id
HAVING sum(p.worth / u.mci) > 1000;

INSERT INTO flag
SELECT 'stated-conversion', d.person_id, c.row_id, abs(c.stated_amount - c.amount * r.rate), d.year_end, ['declared_cash/' || c.row_id]
FROM declared_cash c JOIN d ON d.id = c.declaration_id JOIN rate r ON r.currency = c.currency AND r.year = d.year
WHERE c.stated_amount > c.amount * r.rate * 2 OR c.amount * r.rate > c.stated_amount * 2;

INSERT INTO flag
SELECT 'suspected-reading-error', d.person_id, n.id, NULL, make_date(d.year, 12, 31), ['source_note/' || n.id]
FROM source_note n JOIN declaration d ON d.id = n.declaration_id;

INSERT INTO flag
WITH above AS (
    SELECT * FROM total
    WHERE (form <> 'assets' OR income > 0) AND money >= 10 * (income + gifts) AND money > 1000 * mci
)
SELECT 'money-above-income', person_id, year, money, year_end, list_sort(list(DISTINCT e.name)) || list_sort(list(DISTINCT x.name))
FROM above a
LEFT JOIN worth_row e ON e.declaration_id = a.id AND e.part = 'money'
LEFT JOIN earning_row x ON x.declaration_id = a.id
GROUP BY ALL;

INSERT INTO flag
WITH taken AS (
    SELECT t.id, t.person_id, t.year, t.year_end, t.mci, t.income, sum(g.value * r.rate) AS worth, list_sort(list('declared_gift/' || g.row_id)) AS names
    FROM total t
    JOIN declared_gift g ON g.declaration_id = t.id AND coalesce(g.owner, '') <> 'other'
    JOIN rate r ON r.currency = g.currency AND r.year = t.year
    LEFT JOIN person p ON p.id = g.giver_id
    WHERE t.gifts * 100 > (t.income + t.gifts) * 75 AND (t.form <> 'assets' OR t.income > 0)
        AND (p.death_date IS NULL OR g.received_date IS NULL OR p.death_date > g.received_date)
    GROUP BY ALL
)
SELECT 'gifts-above-income', t.person_id, t.year, t.worth, t.year_end, t.names || list_sort(list(e.name))
FROM taken t LEFT JOIN earning_row e ON e.declaration_id = t.id
WHERE t.worth * 100 > (t.income + t.worth) * 75 AND t.worth > 1000 * t.mci
GROUP BY t.person_id, t.year, t.worth, t.year_end, t.names;

INSERT INTO flag
WITH spent AS (
    SELECT t.id, t.person_id, t.year, t.year_end, sum(e.amount * r.rate) AS worth, list_sort(list('declared_expense/' || e.row_id)) AS names
    FROM declared_expense e
    JOIN total t ON t.id = e.declaration_id
    JOIN rate r ON r.currency = e.currency AND r.year = t.year
    WHERE coalesce(e.owner, '') <> 'other' AND t.income + t.gifts + t.money > 0 AND (t.form <> 'assets' OR t.income > 0)
    GROUP BY ALL
    HAVING sum(e.amount * r.rate) >= 3 * min(t.income + t.gifts + t.money) AND sum(e.amount * r.rate) > 1000 * min(t.mci)
)
SELECT 'expenses-above-means', s.person_id, s.year, s.worth, s.year_end, s.names || list_sort(list(DISTINCT e.name)) || list_sort(list(DISTINCT m.name))
FROM spent s
LEFT JOIN earning_row e ON e.declaration_id = s.id
LEFT JOIN worth_row m ON m.declaration_id = s.id AND m.part = 'money'
GROUP BY s.person_id, s.year, s.worth, s.year_end, s.names;

INSERT INTO flag
WITH owed AS (
    SELECT t.id, t.person_id, t.year, t.year_end, sum(c.amount * r.rate) AS worth, list_sort(list('declared_claim/' || c.row_id)) AS names
    FROM declared_claim c
    JOIN total t ON t.id = c.declaration_id
    JOIN rate r ON r.currency = c.currency AND r.year = t.year
    WHERE c.direction = 'payable' AND coalesce(c.kind, '') <> 'mortgage' AND coalesce(c.owner, '') <> 'other'
        AND t.income + t.gifts + t.money > 0 AND (t.form <> 'assets' OR t.income > 0)
    GROUP BY ALL
    HAVING sum(c.amount * r.rate) >= 2 * min(t.income + t.gifts + t.money) AND sum(c.amount * r.rate) > 1000 * min(t.mci)
)
SELECT 'debts-above-means', o.person_id, o.year, o.worth, o.year_end, o.names || list_sort(list(DISTINCT e.name)) || list_sort(list(DISTINCT m.name))
FROM owed o
LEFT JOIN earning_row e ON e.declaration_id = o.id
LEFT JOIN worth_row m ON m.declaration_id = o.id AND m.part = 'money'
GROUP BY o.person_id, o.year, o.worth, o.year_end, o.names;

INSERT INTO flag
SELECT 'purchase-without-price', d.person_id, coalesce(t.object_number, t.row_id), sum(t.value), min(d.year_end),
    ['declaration/' || min(d.id)] || list_sort(list(t.name || t.row_id))
FROM (
    SELECT 'declared_real_estate/' AS name, row_id, declaration_id, owner, basis, object_number, acquired_date, price, value FROM declared_real_estate
    UNION ALL
    SELECT 'declared_vehicle/', row_id, declaration_id, owner, basis, object_number, acquired_date, price, value FROM declared_vehicle
) t
JOIN d ON d.id = t.declaration_id AND d.leads AND d.year = year(t.acquired_date)
ANTI JOIN (
    SELECT object_number, year(valid_from) AS year FROM land_register
    WHERE basis IN ('gift', 'inheritance', 'privatisation', 'construction')
) g ON g.object_number = t.object_number AND g.year = d.year
WHERE t.basis IN ('ownership', 'joint ownership') AND coalesce(t.owner, '') <> 'other' AND coalesce(t.price, 0) <= 0
GROUP BY d.person_id, coalesce(t.object_number, t.row_id);

INSERT INTO flag
SELECT 'family-not-declared', person_id, member_id, NULL, min(year_end), ['declaration/' || min(declaration_id)]
FROM (
    SELECT h.*
    FROM household h
    ANTI JOIN declared_family f ON f.declaration_id = h.declaration_id AND f.relative_id = h.member_id
    LEFT JOIN person p ON p.id = h.member_id
    ANTI JOIN (
        SELECT h.declaration_id, h.member_id
        FROM declared_family f JOIN household h ON h.declaration_id = f.declaration_id AND h.role = coalesce(f.relation, h.role)
        LEFT JOIN person p ON p.id = h.member_id LEFT JOIN person_name s ON s.person_id = h.member_id
        WHERE f.relative_id IS NULL AND (f.birth_date = p.birth_date OR folded(f.name) = folded(s.text)
            OR coalesce(f.birth_date, p.birth_date) IS NULL AND coalesce(f.name, s.text) IS NULL)
    ) n ON n.declaration_id = h.declaration_id AND n.member_id = h.member_id
    WHERE h.role <> 'declarant' AND (p.death_date IS NULL OR p.death_date > h.year_end)
    QUALIFY h.year = min(h.year) OVER (PARTITION BY h.person_id, h.member_id)
)
GROUP BY person_id, member_id;

INSERT INTO flag
SELECT 'vehicle-not-in-register', person_id, object_number, sum(worth), min(year_end),
    ['declaration/' || min(id)] || list_sort(list('declared_vehicle/' || row_id))
FROM (
    SELECT d.id, d.person_id, d.year_end, r.row_id, r.object_number, coalesce(r.value, r.price) AS worth
    FROM declared_vehicle r JOIN d ON d.id = r.declaration_id AND d.leads
    ANTI JOIN (
        SELECT h.declaration_id, v.object_number
        FROM household h JOIN vehicle_register v ON v.owner_person_id = h.member_id
        WHERE coalesce(v.valid_from, h.year_end) <= h.year_end AND coalesce(v.valid_to, h.year_end) >= h.year_end
    ) h ON h.declaration_id = r.declaration_id AND h.object_number = r.object_number
    WHERE r.basis = 'ownership' AND coalesce(r.owner, '') <> 'other' AND r.object_number IS NOT NULL AND r.country = d.country
    QUALIFY d.year = min(d.year) OVER (PARTITION BY d.person_id, r.object_number)
)
GROUP BY person_id, object_number;

INSERT INTO flag
WITH bought AS (
    SELECT 'land_register/' || id AS name, object_number, owner_person_id, previous_owner_id, valid_from, currency, market_value - price AS below
    FROM land_register WHERE basis = 'purchase' AND price > 0 AND price::DECIMAL(28, 2) * 100 < market_value::DECIMAL(28, 2) * 50
    UNION ALL
    SELECT 'vehicle_register/' || id, object_number, owner_person_id, previous_owner_id, valid_from, currency, market_value - price
    FROM vehicle_register WHERE price > 0 AND price::DECIMAL(28, 2) * 100 < market_value::DECIMAL(28, 2) * 50
)
SELECT 'bought-below-market', h.person_id, b.object_number, sum(b.below * r.rate), min(b.valid_from),
    ['declaration/' || min(h.declaration_id)] || list_sort(list(b.name))
FROM bought b
JOIN household h ON h.member_id = b.owner_person_id AND h.year = year(b.valid_from)
JOIN rate r ON r.currency = b.currency AND r.year = h.year
ANTI JOIN kin k ON k.person_id = h.member_id AND k.relative_id = b.previous_owner_id
GROUP BY h.person_id, b.object_number
HAVING sum(b.below * r.rate) > 1000 * min(h.mci);

INSERT INTO flag
WITH thing AS (
    SELECT 'declared_real_estate/' || row_id AS name, declaration_id, owner, basis, object_number, coalesce(value, price) AS worth FROM declared_real_estate
    UNION ALL
    SELECT 'declared_vehicle/' || row_id, declaration_id, owner, basis, object_number, coalesce(value, price) FROM declared_vehicle
),
gone AS (
    SELECT d.id, n.id AS next_id, d.person_id, n.year_end, t.name, t.object_number, t.worth
    FROM thing t
    JOIN d ON d.id = t.declaration_id AND d.leads
    JOIN d n ON n.person_id = d.person_id AND n.year = d.year + 1 AND n.leads
    ANTI JOIN thing a ON a.declaration_id = n.id AND a.object_number = t.object_number
    ANTI JOIN (SELECT declaration_id FROM declared_income WHERE kind = 'sale') s ON s.declaration_id = n.id
    WHERE t.basis = 'ownership' AND coalesce(t.owner, 'declarant') = 'declarant' AND t.object_number IS NOT NULL
)
SELECT 'vanished-without-sale', person_id, object_number, sum(worth), min(year_end), list_sort(list(name))
FROM gone g
WHERE NOT EXISTS (
    SELECT 1 FROM (
        SELECT object_number, owner_person_id, owner_company_id, valid_from, valid_to FROM land_register
        UNION ALL SELECT object_number, owner_person_id, owner_company_id, valid_from, valid_to FROM vehicle_register
    ) k
    WHERE k.object_number = g.object_number AND (
        k.valid_to IS NULL OR k.valid_to > g.year_end
        OR k.valid_from > g.year_end - INTERVAL 1 YEAR AND coalesce(k.owner_person_id, k.owner_company_id) <> g.person_id
    )
)
GROUP BY person_id, object_number;

INSERT INTO flag
SELECT 'use-of-costly-property', person_id, object_number, max(worth), min(year_end), list_sort(list(DISTINCT name))
FROM (
    SELECT d.person_id, d.year_end, t.object_number, k.name, k.worth * r.rate AS worth
    FROM (
        SELECT declaration_id, owner, object_number FROM declared_real_estate WHERE basis = 'use'
        UNION ALL SELECT declaration_id, owner, object_number FROM declared_vehicle WHERE basis = 'use'
    ) t
    JOIN d ON d.id = t.declaration_id AND d.leads
    JOIN (
        SELECT 'land_register/' || id AS name, object_number, coalesce(owner_person_id, owner_company_id) AS owner_id,
            coalesce(market_value, price) AS worth, currency, valid_from, valid_to FROM land_register
        UNION ALL
        SELECT 'vehicle_register/' || id, object_number, coalesce(owner_person_id, owner_company_id),
            coalesce(market_value, price), currency, valid_from, valid_to FROM vehicle_register
    ) k ON k.object_number = t.object_number AND coalesce(k.valid_from, d.year_end) <= d.year_end AND (k.valid_to IS NULL OR k.valid_to > d.year_end)
    JOIN rate r ON r.currency = k.currency AND r.year = d.year
    ANTI JOIN household h ON h.declaration_id = d.id AND h.member_id = k.owner_id
    ANTI JOIN kin c ON c.person_id = d.person_id AND c.relative_id = k.owner_id
    WHERE coalesce(t.owner, '') <> 'other' AND k.worth * r.rate > 3000 * d.mci
    QUALIFY d.year = min(d.year) OVER (PARTITION BY d.person_id, t.object_number)
)
GROUP BY person_id, object_number;

INSERT INTO flag
WITH large AS (
    SELECT d.id, d.person_id, d.year, d.year_end, a.row_id, a.account_number, a.amount * r.rate AS worth
    FROM declared_account a JOIN d ON d.id = a.declaration_id AND d.leads JOIN rate r ON r.currency = a.currency AND r.year = d.year
    WHERE coalesce(a.owner, '') <> 'other' AND a.account_number IS NOT NULL AND a.country = d.country AND a.amount * r.rate > 1000 * d.mci
)
SELECT 'account-not-in-register', person_id, year || ':' || account_number, sum(worth), min(year_end), list_sort(list('declared_account/' || row_id))
FROM large l
ANTI JOIN balance b ON b.declaration_id = l.id AND b.account_number = l.account_number
GROUP BY person_id, year, account_number;

INSERT INTO flag
SELECT 'foreign-real-estate', person_id, country, sum(worth), min(year_end), list_sort(list('declared_real_estate/' || row_id))
FROM (
    SELECT d.person_id, d.year_end, r.country, r.row_id, coalesce(r.value, r.price) AS worth
    FROM declared_real_estate r JOIN d ON d.id = r.declaration_id AND d.leads
    WHERE r.basis IN ('ownership', 'joint ownership') AND coalesce(r.owner, '') <> 'other' AND r.country <> d.country
    QUALIFY d.year = min(d.year) OVER (PARTITION BY d.person_id, r.country)
)
GROUP BY person_id, country;

INSERT INTO flag
WITH silent AS (
    SELECT h.*, d.form
    FROM household h JOIN d ON d.id = h.declaration_id
    ANTI JOIN (
        SELECT declaration_id FROM declared_income WHERE owner = 'spouse'
        UNION ALL SELECT declaration_id FROM declared_gift WHERE owner = 'spouse'
        UNION ALL SELECT declaration_id FROM declared_cash WHERE owner = 'spouse'
        UNION ALL SELECT declaration_id FROM declared_account WHERE owner = 'spouse'
        UNION ALL SELECT declaration_id FROM declared_claim WHERE owner = 'spouse'
        UNION ALL SELECT declaration_id FROM declared_real_estate WHERE owner = 'spouse' AND coalesce(basis, 'ownership') IN ('ownership', 'joint ownership')
        UNION ALL SELECT declaration_id FROM declared_vehicle WHERE owner = 'spouse' AND coalesce(basis, 'ownership') IN ('ownership', 'joint ownership')
        UNION ALL SELECT declaration_id FROM declared_security WHERE owner = 'spouse'
        UNION ALL SELECT declaration_id FROM declared_company_interest WHERE owner = 'spouse'
        UNION ALL SELECT declaration_id FROM declared_crypto WHERE owner = 'spouse'
        UNION ALL SELECT declaration_id FROM declared_valuable WHERE owner = 'spouse'
        UNION ALL SELECT declaration_id FROM declared_trust WHERE owner = 'spouse'
    ) t ON t.declaration_id = h.declaration_id
    WHERE h.role = 'spouse'
),
known AS (
    SELECT s.*, 'income_record/' || i.id AS name, i.amount * r.rate AS worth
    FROM silent s JOIN income_record i ON i.person_id = s.member_id AND i.year = s.year JOIN rate r ON r.currency = i.currency AND r.year = s.year
    WHERE s.form <> 'assets'
    UNION ALL
    SELECT s.*, 'bank_balance/' || b.id, b.balance * r.rate
    FROM silent s JOIN bank_balance b ON b.person_id = s.member_id AND b.year = s.year JOIN rate r ON r.currency = b.currency AND r.year = s.year
    UNION ALL
    SELECT s.*, 'land_register/' || l.id, coalesce(l.market_value, l.price)
    FROM silent s JOIN land_register l ON l.owner_person_id = s.member_id
    WHERE coalesce(l.valid_from, s.year_end) <= s.year_end AND (l.valid_to IS NULL OR l.valid_to > s.year_end)
    UNION ALL
    SELECT s.*, 'vehicle_register/' || v.id, coalesce(v.market_value, v.price)
    FROM silent s JOIN vehicle_register v ON v.owner_person_id = s.member_id
    WHERE coalesce(v.valid_from, s.year_end) <= s.year_end AND (v.valid_to IS NULL OR v.valid_to > s.year_end)
)
SELECT 'spouse-part-empty', person_id, member_id, worth, year_end, names
FROM (
    SELECT declaration_id, person_id, member_id, year, year_end, sum(worth) AS worth, list_sort(list(name)) AS names
    FROM known GROUP BY declaration_id, person_id, member_id, year, year_end, mci
    HAVING sum(worth) > 1000 * mci
)
QUALIFY year = min(year) OVER (PARTITION BY person_id, member_id);

INSERT INTO flag
WITH thing AS (
    SELECT 'declared_real_estate/' || row_id AS name, declaration_id, owner, object_number AS number, coalesce(value, price) AS worth, currency FROM declared_real_estate
    UNION ALL SELECT 'declared_vehicle/' || row_id, declaration_id, owner, object_number, coalesce(value, price), currency FROM declared_vehicle
    UNION ALL SELECT 'declared_account/' || row_id, declaration_id, owner, account_number, amount, currency FROM declared_account
),
amended AS (
    SELECT a.*, d.mci FROM declaration a JOIN d USING (id) WHERE a.version > 1 AND a.filed_date - a.due_date > 60
)
SELECT 'amended-long-after', a.person_id, a.form || ':' || a.year, sum(t.worth * r.rate), min(a.filed_date), list_sort(list(t.name))
FROM amended a
JOIN thing t ON t.declaration_id = a.id
JOIN rate r ON r.currency = t.currency AND r.year = a.year
ANTI JOIN (
    SELECT a.id, t.number
    FROM amended a
    JOIN declaration b ON b.person_id = a.person_id AND b.year = a.year AND b.form = a.form AND NOT b.is_current
    JOIN thing t ON t.declaration_id = b.id
) s ON s.id = a.id AND s.number = t.number
WHERE t.number IS NOT NULL AND coalesce(t.owner, '') <> 'other'
GROUP BY a.person_id, a.form, a.year
HAVING sum(t.worth * r.rate) > 1000 * min(a.mci);

INSERT INTO flag
SELECT 'payer-not-in-register', d.person_id, d.year || ':' || i.payer_id, sum(i.amount * r.rate), min(d.year_end), list_sort(list('declared_income/' || i.row_id))
FROM declared_income i
JOIN d ON d.id = i.declaration_id AND d.leads
JOIN rate r ON r.currency = i.currency AND r.year = d.year
LEFT JOIN company k ON k.id = i.payer_id
ANTI JOIN body b ON b.id = i.payer_id
ANTI JOIN person p ON p.id = i.payer_id
WHERE coalesce(i.owner, '') <> 'other' AND i.payer_id IS NOT NULL
    AND (k.id IS NULL OR k.registered_date > d.year_end OR k.closed_date <= d.year_end - INTERVAL 1 YEAR)
GROUP BY d.person_id, d.year, i.payer_id
HAVING sum(i.amount * r.rate) > 1000 * min(d.mci);

INSERT INTO flag
SELECT 'company-interest-not-in-register', person_id, company_id, sum(value), min(year_end), list_sort(list('declared_company_interest/' || row_id))
FROM (
    SELECT d.person_id, d.year_end, r.row_id, coalesce(r.company_id, n.id) AS company_id, r.value
    FROM declared_company_interest r JOIN d ON d.id = r.declaration_id AND d.leads
    LEFT JOIN (SELECT plain(name) AS name, min(id) AS id FROM company GROUP BY 1 HAVING count(*) = 1) n
        ON r.company_id IS NULL AND n.name = plain(r.company_name)
    ANTI JOIN (
        SELECT h.declaration_id, o.company_id
        FROM household h JOIN ownership o ON o.owner_person_id = h.member_id
        WHERE coalesce(o.valid_from, h.year_end) <= h.year_end AND coalesce(o.valid_to, h.year_end) >= h.year_end
    ) h ON h.declaration_id = r.declaration_id AND h.company_id = coalesce(r.company_id, n.id)
    WHERE coalesce(r.owner, '') <> 'other' AND coalesce(r.company_id, n.id) IS NOT NULL AND r.country = d.country
    QUALIFY d.year = min(d.year) OVER (PARTITION BY d.person_id, coalesce(r.company_id, n.id))
)
GROUP BY person_id, company_id;

INSERT INTO flag
SELECT 'late-change-notice', d.person_id, d.id, sum(t.worth), min(t.day), list_sort(list(t.name))
FROM declaration d
JOIN (
    SELECT 'declared_real_estate/' || row_id AS name, declaration_id, acquired_date AS day, price AS worth FROM declared_real_estate
    UNION ALL SELECT 'declared_vehicle/' || row_id, declaration_id, acquired_date, price FROM declared_vehicle
    UNION ALL SELECT 'declared_valuable/' || row_id, declaration_id, acquired_date, value FROM declared_valuable
    UNION ALL SELECT 'declared_gift/' || row_id, declaration_id, received_date, value FROM declared_gift
) t ON t.declaration_id = d.id AND d.filed_date - t.day > 10
WHERE d.form = 'change'
GROUP BY d.person_id, d.id;

INSERT INTO flag
SELECT 'amended-after-question', a.person_id, a.form || ':' || a.year, NULL, min(n.filed_date), list_sort(list('review_inquiry/' || a.inquiry))
FROM (
    SELECT DISTINCT i.id AS inquiry, i.asked_at, d.person_id, d.form, d.year, d.version
    FROM review_inquiry i JOIN declaration d ON d.id = i.declaration_id
) a
JOIN declaration n ON n.person_id = a.person_id AND n.year = a.year AND n.form = a.form AND n.is_current AND n.version > a.version
WHERE n.filed_at > a.asked_at
GROUP BY a.person_id, a.form, a.year;

INSERT INTO flag
SELECT 'family-gave-no-information', d.person_id, d.year, NULL, min(d.year_end), list_sort(list('withheld_value/' || h.id))
FROM withheld_value h JOIN d ON d.id = h.declaration_id AND d.leads
GROUP BY d.person_id, d.year;

INSERT INTO flag
SELECT 'large-cash', t.person_id, t.year, t.cash, t.year_end, ['declaration/' || t.id] || list_sort(list('declared_cash/' || c.row_id))
FROM (SELECT * FROM total WHERE cash > 10000 * mci QUALIFY year = min(year) OVER (PARTITION BY person_id)) t
JOIN declared_cash c ON c.declaration_id = t.id AND coalesce(c.owner, '') <> 'other'
GROUP BY t.id, t.person_id, t.year, t.cash, t.year_end;

INSERT INTO flag
SELECT 'costly-vehicle', person_id, thing, max(worth), min(year_end), ['declaration/' || min(id)] || list_sort(list('declared_vehicle/' || row_id))
FROM (
    SELECT d.id, d.person_id, d.year_end, v.row_id, coalesce(v.object_number, v.row_id) AS thing, greatest(v.value, v.price) * r.rate AS worth
    FROM declared_vehicle v JOIN d ON d.id = v.declaration_id AND d.leads JOIN rate r ON r.currency = v.currency AND r.year = d.year
    WHERE v.basis IN ('ownership', 'joint ownership') AND coalesce(v.owner, '') <> 'other' AND greatest(v.value, v.price) * r.rate > 16000 * d.mci
    QUALIFY d.year = min(d.year) OVER (PARTITION BY d.person_id, coalesce(v.object_number, v.row_id))
)
GROUP BY person_id, thing;

INSERT INTO flag
SELECT 'aircraft', person_id, thing, max(worth), min(year_end), ['declaration/' || min(id)] || list_sort(list('declared_vehicle/' || row_id))
FROM (
    SELECT d.id, d.person_id, d.year_end, v.row_id, coalesce(v.object_number, v.row_id) AS thing, coalesce(v.value, v.price) AS worth
    FROM declared_vehicle v JOIN d ON d.id = v.declaration_id AND d.leads
    WHERE v.kind = 'aircraft' AND coalesce(v.owner, '') <> 'other'
    QUALIFY d.year = min(d.year) OVER (PARTITION BY d.person_id, coalesce(v.object_number, v.row_id))
)
GROUP BY person_id, thing;

INSERT INTO flag
SELECT 'large-dwelling', person_id, thing, sum(worth), min(year_end), ['declaration/' || min(id)] || list_sort(list('declared_real_estate/' || row_id))
FROM (
    SELECT d.id, d.person_id, d.year_end, l.row_id, coalesce(l.object_number, l.row_id) AS thing, coalesce(l.value, l.price) AS worth
    FROM declared_real_estate l JOIN d ON d.id = l.declaration_id AND d.leads
    WHERE l.kind IN ('apartment', 'house') AND l.area > 300 AND coalesce(l.owner, '') <> 'other'
    QUALIFY d.year = min(d.year) OVER (PARTITION BY d.person_id, coalesce(l.object_number, l.row_id))
)
GROUP BY person_id, thing;

INSERT INTO flag
SELECT 'money-lent', person_id, year, worth, year_end, names
FROM (
    SELECT d.person_id, d.year, min(d.year_end) AS year_end, sum(c.amount * r.rate) AS worth,
        ['declaration/' || min(d.id)] || list_sort(list('declared_claim/' || c.row_id)) AS names
    FROM declared_claim c JOIN d ON d.id = c.declaration_id AND d.leads JOIN rate r ON r.currency = c.currency AND r.year = d.year
    WHERE c.direction = 'receivable' AND coalesce(c.owner, '') <> 'other'
    GROUP BY d.person_id, d.year
    HAVING sum(c.amount * r.rate) > 1900 * min(d.mci)
)
QUALIFY year = min(year) OVER (PARTITION BY person_id);

INSERT INTO flag
SELECT 'prize-income', d.person_id, d.year, sum(i.amount * r.rate), min(d.year_end),
    ['declaration/' || min(d.id)] || list_sort(list('declared_income/' || i.row_id))
FROM declared_income i JOIN d ON d.id = i.declaration_id AND d.leads JOIN rate r ON r.currency = i.currency AND r.year = d.year
WHERE i.kind = 'prize' AND coalesce(i.owner, '') <> 'other'
GROUP BY d.person_id, d.year
HAVING sum(i.amount * r.rate) > 64 * min(d.mci);

INSERT INTO flag
SELECT 'foreign-company-interest', person_id, country, sum(value), min(year_end),
    ['declaration/' || min(id)] || list_sort(list('declared_company_interest/' || row_id))
FROM (
    SELECT d.id, d.person_id, d.year_end, c.row_id, c.country, c.value
    FROM declared_company_interest c JOIN d ON d.id = c.declaration_id AND d.leads
    WHERE c.country <> d.country AND coalesce(c.owner, '') <> 'other'
    QUALIFY d.year = min(d.year) OVER (PARTITION BY d.person_id, c.country)
)
GROUP BY person_id, country;

-- Three years on end, none of which is above by itself; a year counts once, so the next three begin after these.
INSERT INTO flag
WITH RECURSIVE three AS (
    SELECT c.id, c.before_id, a.before_id AS first_id, c.person_id, c.year, c.year_end, c.mci,
        a.unexplained + b.unexplained + c.unexplained AS worth, a.earned + b.earned + c.earned AS earned
    FROM change c JOIN change b ON b.id = c.before_id JOIN change a ON a.id = b.before_id
    WHERE NOT (a.alone OR b.alone OR c.alone)
),
above AS (
    SELECT * FROM three WHERE worth * 100 > earned * 20 AND worth > 2000 * mci
),
picked AS (
    SELECT person_id, min(year) AS year FROM above GROUP BY person_id
    UNION ALL
    SELECT p.person_id, min(a.year) FROM picked p JOIN above a ON a.person_id = p.person_id AND a.year >= p.year + 3 GROUP BY p.person_id
)
SELECT 'wealth-growth-over-years', t.person_id, t.year, t.worth, t.year_end, ['declaration/' || t.first_id, 'declaration/' || t.id] || e.names
FROM (SELECT * FROM above SEMI JOIN picked USING (person_id, year)) t
LEFT JOIN (
    SELECT id, list_sort(list(name)) AS names
    FROM (
        SELECT t.id, t.id AS part, e.name, e.amount FROM above t JOIN worth_row e ON e.declaration_id = t.id
        UNION ALL SELECT t.id, t.first_id, e.name, e.amount FROM above t JOIN worth_row e ON e.declaration_id = t.first_id
        QUALIFY row_number() OVER (PARTITION BY id, part ORDER BY amount DESC, name) <= 10
    )
    GROUP BY id
) e ON e.id = t.id;
