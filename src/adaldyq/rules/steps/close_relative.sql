/*
id: close_relative
meaning: >
  Who is a close relative of whom: spouses, parents, children, brothers and sisters, each tie in both directions, whichever
  of the two the register holds.
key: relative_id
written: false
tables: {}
optional:
  family_tie: []
*/
SELECT person_id, relative_id
FROM family_tie
WHERE kind IN ('spouse', 'parent', 'child', 'sibling')
UNION ALL
SELECT relative_id, person_id
FROM family_tie
WHERE kind IN ('spouse', 'parent', 'child', 'sibling')
