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
    UNION ALL
    SELECT row_id, declaration_id, number, counterparty, counterparty_id, false FROM declared_claim
    UNION ALL
    SELECT row_id, declaration_id, number, giver, giver_id, false FROM declared_gift
    UNION ALL
    SELECT r.row_id, r.declaration_id, r.number, r.company_name, r.company_id, true
    FROM declared_company_interest r
    JOIN declaration d ON d.id = r.declaration_id
    WHERE coalesce(r.country, d.country, '') = coalesce(d.country, '')
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
    SELECT DISTINCT h.declaration_id, t.relative_id
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
spelling AS (
    SELECT 'row' AS kind, row_id AS id, declaration_id, name FROM named
    UNION ALL
    SELECT 'party', id, CAST(NULL AS VARCHAR), name FROM company
    UNION ALL
    SELECT 'party', id, CAST(NULL AS VARCHAR), name FROM body
    UNION ALL
    SELECT 'relative', r.relative_id, r.declaration_id, p.text
    FROM relative r
    JOIN person_name p ON p.person_id = r.relative_id
    UNION ALL
    SELECT 'relative', r.relative_id, r.declaration_id, f.name
    FROM relative r
    JOIN declared_family f ON f.declaration_id = r.declaration_id AND f.relative_id = r.relative_id
),
bare AS (
    SELECT
        kind,
        id,
        declaration_id,
        replace(replace(replace(replace(replace(lower(name), 'ё', 'е'), ',', ' '), '.', ' '), '«', ' '), '»', ' ') AS name
    FROM spelling
    WHERE name IS NOT NULL
),
unquoted AS (
    SELECT
        kind,
        id,
        declaration_id,
        replace(replace(replace(replace(name, '"', ' '), '“', ' '), '”', ' '), '„', ' ') AS name
    FROM bare
),
folded AS (
    SELECT
        kind,
        id,
        declaration_id,
        trim(replace(replace(replace(name, ' ', '<>'), '><', ''), '<>', ' ')) AS name
    FROM unquoted
),
namesake AS (
    SELECT n.id AS row_id, p.id AS party_id
    FROM folded n
    JOIN folded p ON p.name = n.name
    WHERE n.kind = 'row' AND p.kind = 'party' AND n.name <> ''
    UNION ALL
    SELECT n.id, p.id
    FROM folded n
    JOIN folded p ON p.name = n.name AND p.declaration_id = n.declaration_id
    WHERE n.kind = 'row' AND p.kind = 'relative' AND n.name <> ''
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
