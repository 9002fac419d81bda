/*
id: named_party
meaning: >
  Rows of income, loans, gifts and company interests whose other side the declarant typed by hand, with who that is. A typed
  number leads to whom the registers know by it: a relative of the household before a company, a company before a body, and
  that before a person, since a sole trader may stand in two registers under one number; a company interest leads to a company
  alone. A number that none knows stands for itself; one that several companies have leads nowhere. A name without a number leads to the one company, body or relative of the household that is called so but for
  capitals, spaces, quotation marks, commas, full stops and the points of ё. Rows whose other side a register filled in, and
  names that fit nobody or several, are not here; nor are rows of another country, whose companies no register here knows.
key: row_id
columns:
  namesakes:
    type: number
    title:
      kk: Тек атауы бойынша танылды; тіркелімдерде осылай аталатындар
      ru: Определён только по названию или имени; столько в реестрах так называются
      en: Told by the name alone; so many in the registers are called so
    meaning:
      kk: Декларант нөмір жазбаған; атауы не аты-жөні дәл келетін бір-ақ компания, орган немесе туыс бар. Басқа біреу болуы да мүмкін.
      ru: Номера декларант не указал; точно так называется одна компания, один орган или один родственник. Это может быть и кто-то другой.
      en: The declarant gave no number; exactly one company, body or relative is called so. It may be somebody else all the same.
tables:
  declaration: [id]
optional:
  body: []
  company: []
  declared_claim: []
  declared_company_interest: []
  declared_family: []
  declared_gift: []
  declared_income: []
  person_identifier: []
  person_name: []
steps: [close_relative, household]
*/
WITH typed AS (
    SELECT i.row_id, i.declaration_id, i.number, i.payer AS name, i.payer_id AS party_id, false AS of_company
    FROM declared_income i
    JOIN declaration d ON d.id = i.declaration_id
    WHERE coalesce(i.country, d.country, '') = coalesce(d.country, '')
        AND (i.number IS NOT NULL OR i.payer_id IS NULL)
    UNION ALL
    SELECT row_id, declaration_id, number, counterparty, counterparty_id, false FROM declared_claim
    UNION ALL
    SELECT row_id, declaration_id, number, giver, giver_id, false FROM declared_gift
    UNION ALL
    SELECT r.row_id, r.declaration_id, r.number, r.company_name, r.company_id, true
    FROM declared_company_interest r
    JOIN declaration d ON d.id = r.declaration_id
    WHERE coalesce(r.country, d.country, '') = coalesce(d.country, '')
        AND (r.number IS NOT NULL OR r.company_id IS NULL)
),
numbered AS (
    SELECT row_id, declaration_id, number, of_company FROM typed WHERE number IS NOT NULL
),
named AS (
    SELECT row_id, declaration_id, name FROM typed WHERE number IS NULL AND party_id IS NULL AND name IS NOT NULL
),
by_hand AS (
    SELECT declaration_id FROM numbered
    UNION
    SELECT declaration_id FROM named
),
relative AS (
    SELECT h.declaration_id, t.relative_id
    FROM household h
    JOIN by_hand b ON b.declaration_id = h.declaration_id
    JOIN close_relative t ON t.person_id = h.member_id
),
holder AS (
    SELECT identifier AS number, id AS party_id, 1 AS place FROM company
    UNION ALL
    SELECT identifier, id, 2 FROM body
    UNION ALL
    SELECT value, person_id, 3 FROM person_identifier
),
held AS (
    SELECT n.row_id, h.party_id, CASE WHEN r.relative_id IS NULL THEN h.place ELSE 0 END AS place
    FROM numbered n
    JOIN holder h ON h.number = n.number
    LEFT JOIN relative r ON r.declaration_id = n.declaration_id AND r.relative_id = h.party_id
    WHERE NOT n.of_company OR h.place = 1
),
nearest AS (
    SELECT row_id, party_id
    FROM held
    QUALIFY place = min(place) OVER (PARTITION BY row_id)
),
known AS (
    SELECT row_id, min(party_id) AS first_id, max(party_id) AS last_id
    FROM nearest
    GROUP BY row_id
),
called AS (
    SELECT p.person_id, p.text AS spelling
    FROM person_name p
    SEMI JOIN relative r ON r.relative_id = p.person_id
),
called_here AS (
    SELECT f.declaration_id, f.relative_id, f.name AS spelling
    FROM declared_family f
    SEMI JOIN relative r ON r.declaration_id = f.declaration_id AND r.relative_id = f.relative_id
),
-- Folding a name costs more than joining by it, and the same names come again and again: each is folded once.
spelling AS (
    SELECT name AS spelling FROM named
    UNION
    SELECT name FROM company
    UNION
    SELECT name FROM body
    UNION
    SELECT spelling FROM called
    UNION
    SELECT spelling FROM called_here
),
bare AS (
    SELECT
        spelling,
        replace(replace(replace(replace(replace(lower(spelling), 'ё', 'е'), ',', ' '), '.', ' '), '«', ' '), '»', ' ') AS name
    FROM spelling
),
unquoted AS (
    SELECT spelling, replace(replace(replace(replace(name, '"', ' '), '“', ' '), '”', ' '), '„', ' ') AS name
    FROM bare
),
-- Null and not a condition where nothing is left: the engine would ask the condition of both sides of every join below.
folded AS (
    SELECT spelling, nullif(trim(replace(replace(replace(name, ' ', '<>'), '><', ''), '<>', ' ')), '') AS name
    FROM unquoted
),
sought AS (
    SELECT n.row_id, n.declaration_id, f.name
    FROM named n
    JOIN folded f ON f.spelling = n.name
),
fitting AS (
    SELECT f.spelling, f.name
    FROM folded f
    SEMI JOIN sought s ON s.name = f.name
),
namesake AS (
    SELECT s.row_id, k.id AS party_id
    FROM sought s
    JOIN fitting f ON f.name = s.name
    JOIN company k ON k.name = f.spelling
    UNION ALL
    SELECT s.row_id, b.id
    FROM sought s
    JOIN fitting f ON f.name = s.name
    JOIN body b ON b.name = f.spelling
    UNION ALL
    SELECT s.row_id, c.person_id
    FROM called c
    JOIN fitting f ON f.spelling = c.spelling
    JOIN relative r ON r.relative_id = c.person_id
    JOIN sought s ON s.name = f.name AND s.declaration_id = r.declaration_id
    UNION ALL
    SELECT s.row_id, c.relative_id
    FROM called_here c
    JOIN fitting f ON f.spelling = c.spelling
    JOIN sought s ON s.name = f.name AND s.declaration_id = c.declaration_id
)
SELECT
    n.row_id,
    CASE WHEN k.row_id IS NULL THEN n.number WHEN k.first_id = k.last_id THEN k.first_id END AS party_id,
    k.row_id IS NOT NULL AS is_known,
    CAST(NULL AS BIGINT) AS namesakes
FROM numbered n
LEFT JOIN known k ON k.row_id = n.row_id
UNION ALL
SELECT row_id, min(party_id), true, CAST(1 AS BIGINT)
FROM namesake
GROUP BY row_id
HAVING min(party_id) = max(party_id)
