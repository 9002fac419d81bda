/*
id: means_row
meaning: >
  Rows behind the means of a declaration: its money, and what it earned, without what belongs to others; `part` says which.
key: row_id
written: false
tables: {}
steps: [worth_row, earning_row]
*/
SELECT declaration_id, 'money' AS part, table_name, row_id, coalesce(amount, 0) AS amount
FROM worth_row
WHERE class IN ('cash', 'account') AND coalesce(owner, 'declarant') <> 'other'
UNION ALL
SELECT declaration_id, 'earning', table_name, row_id, coalesce(amount, 0)
FROM earning_row
WHERE coalesce(owner, 'declarant') <> 'other'
