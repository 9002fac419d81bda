/*
id: permit_case
meaning: >
  An application that was sent, with whoever applies under one id, and the people behind the accounts of those who verified
  and decided it, or were drawn to.
key: id
written: false
tables: {}
optional:
  permit_application: []
  account: []
*/
SELECT
    a.id,
    a.number,
    a.entry_id,
    a.body_id,
    a.state,
    a.deemed,
    a.sent_date,
    a.days_taken,
    a.person_id,
    a.company_id,
    coalesce(a.company_id, a.person_id) AS applicant_id,
    a.verified_by_id,
    a.decided_by_id,
    v.person_id AS verifier_person_id,
    d.person_id AS decider_person_id,
    w.person_id AS drawn_person_id
FROM permit_application a
LEFT JOIN account v ON v.id = a.verified_by_id
LEFT JOIN account d ON d.id = a.decided_by_id
LEFT JOIN account w ON w.id = coalesce(a.decider_id, a.verifier_id)
WHERE a.sent_date IS NOT NULL
